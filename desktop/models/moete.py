"""Meetings: their days, their running order and who takes part."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Entity, choice
from desktop.rules.entity_kinds import Oppmoeterolle, Postslag
from desktop.rules.kinds import Moeteform, Oppmoetestatus
from desktop.rules.states import MoeteTilstand


class Moete(Entity):
    """A meeting. `nummer` is empty while it is provisional; `aar` is the year it counts in."""

    __tablename__ = "moete"
    __table_args__ = (
        UniqueConstraint("utvalg_id", "aar", "nummer"),
        CheckConstraint("nummer >= 1", name="nummer"),
    )

    utvalg_id: Mapped[str] = mapped_column(ForeignKey("utvalg.id"))
    aar: Mapped[int]
    nummer: Mapped[int | None]
    tilstand: Mapped[MoeteTilstand] = mapped_column(choice(MoeteTilstand, "tilstand"))
    form: Mapped[Moeteform] = mapped_column(choice(Moeteform, "form"))
    sted: Mapped[str | None]
    digital_lenke: Mapped[str | None]
    moeteleder_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    referent_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))

    dager: Mapped[list["Moetedag"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Moetedag.dato"
    )


class Moetedag(Entity):
    """One day of a meeting, with its planned start and end. `sted` where the day has its own."""

    __tablename__ = "moetedag"
    __table_args__ = (
        UniqueConstraint("moete_id", "dato"),
        CheckConstraint("fra < til", name="tid"),
    )

    moete_id: Mapped[str] = mapped_column(ForeignKey("moete.id", ondelete="CASCADE"))
    dato: Mapped[dt.date]
    fra: Mapped[dt.time]
    til: Mapped[dt.time]
    sted: Mapped[str | None]


class Dagsordenpost(Entity):
    """One row of a day's running order.

    `varighet` is in minutes. `innkalt_tid` is the clock time the row had when the innkalling was
    frozen: where it differs from the computed one, the row is marked as changed.
    """

    __tablename__ = "dagsordenpost"
    __table_args__ = (
        UniqueConstraint("sak_id"),
        CheckConstraint("varighet >= 0", name="varighet"),
        CheckConstraint("(slag = 'sak') = (sak_id IS NOT NULL)", name="sak"),
        Index("ix_dagsordenpost_moetedag_id_rekkefoelge", "moetedag_id", "rekkefoelge"),
    )

    moetedag_id: Mapped[str] = mapped_column(ForeignKey("moetedag.id", ondelete="CASCADE"))
    rekkefoelge: Mapped[str]
    slag: Mapped[Postslag] = mapped_column(choice(Postslag, "slag"))
    sak_id: Mapped[str | None] = mapped_column(ForeignKey("sak.id", ondelete="CASCADE"))
    tittel: Mapped[str | None]
    varighet: Mapped[int | None]
    fast_tid: Mapped[dt.time | None]
    innkalt_tid: Mapped[dt.time | None]


class Oppmoete(Entity):
    """One person's attendance at one meeting.

    `for_id` is the member a substitute stands in for. `fra_sak_id` and `til_sak_id` bound the
    presence of somebody who came late or left early; guests are bound to saker by `saker`.
    """

    __tablename__ = "oppmoete"
    __table_args__ = (UniqueConstraint("moete_id", "person_id"),)

    moete_id: Mapped[str] = mapped_column(ForeignKey("moete.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    organisasjon_id: Mapped[str | None] = mapped_column(ForeignKey("organisasjon.id"))
    rolle: Mapped[Oppmoeterolle] = mapped_column(choice(Oppmoeterolle, "rolle"))
    status: Mapped[Oppmoetestatus | None] = mapped_column(choice(Oppmoetestatus, "status"))
    for_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    fra_sak_id: Mapped[str | None] = mapped_column(ForeignKey("sak.id", ondelete="SET NULL"))
    til_sak_id: Mapped[str | None] = mapped_column(ForeignKey("sak.id", ondelete="SET NULL"))
    rekkefoelge: Mapped[str]


class OppmoeteSak(Entity):
    """A sak that a guest is there for."""

    __tablename__ = "oppmoete_sak"
    __table_args__ = (UniqueConstraint("oppmoete_id", "sak_id"),)

    oppmoete_id: Mapped[str] = mapped_column(ForeignKey("oppmoete.id", ondelete="CASCADE"))
    sak_id: Mapped[str] = mapped_column(ForeignKey("sak.id", ondelete="CASCADE"), index=True)
