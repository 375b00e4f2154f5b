"""The archive itself, and the bodies that meet: their form, phrases, fixed posts and series."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Entity, choice
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Fastpostslag, Plassering
from desktop.rules.kinds import Maalform, Sakstype, Toppnotatstatus


class Arkiv(Entity):
    """The archive: one row that says what it is called and when it was made."""

    __tablename__ = "arkiv"

    navn: Mapped[str]
    opprettet: Mapped[dt.date]


class Utvalg(Entity):
    """A body that meets. `bestemt` is the name in running text, `kortnavn` the short one."""

    __tablename__ = "utvalg"
    __table_args__ = (UniqueConstraint("navn"),)

    navn: Mapped[str]
    bestemt: Mapped[str]
    kortnavn: Mapped[str]
    maalform: Mapped[Maalform] = mapped_column(choice(Maalform, "maalform"))
    saksnummermoenster: Mapped[str]
    sekretariat_id: Mapped[str | None] = mapped_column(ForeignKey("organisasjon.id"))
    standardsted: Mapped[str | None]
    standard_fra: Mapped[dt.time | None]
    standard_til: Mapped[dt.time | None]
    kommentarfrist_dager: Mapped[int]
    husregler: Mapped[Tree | None] = mapped_column(deferred=True)
    mal_navn: Mapped[str | None]
    mal_sha256: Mapped[str | None] = mapped_column(ForeignKey("fil.sha256"))
    rekkefoelge: Mapped[str]

    fastposter: Mapped[list["Fastpost"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Fastpost.rekkefoelge"
    )
    fraser: Mapped[list["Frase"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Frase.rekkefoelge"
    )
    serier: Mapped[list["Nummerserie"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Nummerserie.aar"
    )


class Nummerserie(Entity):
    """The first sak number and the first meeting number of an utvalg in a year.

    An archive may begin in the middle of a year: its first sak can be 17.
    """

    __tablename__ = "nummerserie"
    __table_args__ = (
        UniqueConstraint("utvalg_id", "aar"),
        CheckConstraint("foerste_sak >= 1 AND foerste_moete >= 1", name="start"),
    )

    utvalg_id: Mapped[str] = mapped_column(ForeignKey("utvalg.id", ondelete="CASCADE"))
    aar: Mapped[int]
    foerste_sak: Mapped[int]
    foerste_moete: Mapped[int]


class Fastpost(Entity):
    """A post that a new meeting of the utvalg proposes by itself."""

    __tablename__ = "fastpost"
    __table_args__ = (CheckConstraint("varighet >= 0", name="varighet"),)

    utvalg_id: Mapped[str] = mapped_column(ForeignKey("utvalg.id", ondelete="CASCADE"), index=True)
    slag: Mapped[Fastpostslag] = mapped_column(choice(Fastpostslag, "slag"))
    tittel: Mapped[str]
    sakstype: Mapped[Sakstype | None] = mapped_column(choice(Sakstype, "sakstype"))
    varighet: Mapped[int]
    plassering: Mapped[Plassering] = mapped_column(choice(Plassering, "plassering"))
    toppnotatstatus: Mapped[Toppnotatstatus] = mapped_column(
        choice(Toppnotatstatus, "toppnotatstatus")
    )
    frase: Mapped[str | None]
    rekkefoelge: Mapped[str]


class Frase(Entity):
    """A phrase for vedtak of one sakstype, with {utvalg}, {dato}, {aktør} and {tema}."""

    __tablename__ = "frase"

    utvalg_id: Mapped[str] = mapped_column(ForeignKey("utvalg.id", ondelete="CASCADE"), index=True)
    sakstype: Mapped[Sakstype] = mapped_column(choice(Sakstype, "sakstype"))
    tekst: Mapped[str]
    rekkefoelge: Mapped[str]
