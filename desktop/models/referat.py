"""What was said and decided, and what was sent."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Entity, choice
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Innspillslag, Utsendelseslag
from desktop.rules.states import ReferatTilstand


class Referat(Entity):
    """The minutes of a meeting, and their way to approval."""

    __tablename__ = "referat"
    __table_args__ = (UniqueConstraint("moete_id"),)

    moete_id: Mapped[str] = mapped_column(ForeignKey("moete.id", ondelete="CASCADE"))
    tilstand: Mapped[ReferatTilstand] = mapped_column(choice(ReferatTilstand, "tilstand"))
    kommentarfrist: Mapped[dt.date | None]
    endringer: Mapped[Tree | None] = mapped_column(deferred=True)
    publisert: Mapped[dt.date | None]
    publisert_hvor: Mapped[str | None]
    godkjent_i_sak_id: Mapped[str | None] = mapped_column(ForeignKey("sak.id"))


class Saksreferat(Entity):
    """What was said in one sak."""

    __tablename__ = "saksreferat"
    __table_args__ = (UniqueConstraint("sak_id"),)

    sak_id: Mapped[str] = mapped_column(ForeignKey("sak.id", ondelete="CASCADE"))
    innledning: Mapped[Tree | None] = mapped_column(deferred=True)
    oppsummering: Mapped[Tree | None] = mapped_column(deferred=True)
    habilitet: Mapped[Tree | None] = mapped_column(deferred=True)
    protokolltilfoersel: Mapped[Tree | None] = mapped_column(deferred=True)


class Innspill(Entity):
    """One line of what was put forward.

    `innsender_id` is a memory aid, erased when the referat is approved; the name is printed only
    where `navngis` says that the member asked for it (the council's sak 26/23).
    """

    __tablename__ = "innspill"
    __table_args__ = (CheckConstraint("nivaa BETWEEN 0 AND 8", name="nivaa"),)

    saksreferat_id: Mapped[str] = mapped_column(
        ForeignKey("saksreferat.id", ondelete="CASCADE"), index=True
    )
    slag: Mapped[Innspillslag] = mapped_column(choice(Innspillslag, "slag"))
    nivaa: Mapped[int]
    tekst: Mapped[Tree] = mapped_column(deferred=True)
    innsender_id: Mapped[str | None] = mapped_column(
        ForeignKey("person.id"), info={"unlogged": True}
    )
    navngis: Mapped[bool]
    rekkefoelge: Mapped[str]


class Aksjonspunkt(Entity):
    """Something somebody took on in a sak."""

    __tablename__ = "aksjonspunkt"

    saksreferat_id: Mapped[str] = mapped_column(
        ForeignKey("saksreferat.id", ondelete="CASCADE"), index=True
    )
    tekst: Mapped[str]
    ansvarlig_organisasjon_id: Mapped[str | None] = mapped_column(ForeignKey("organisasjon.id"))
    ansvarlig_person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    frist: Mapped[dt.date | None]
    rekkefoelge: Mapped[str]


class Utsendelse(Entity):
    """Exactly what was made to be sent, and to whom and when it went. Local date and time."""

    __tablename__ = "utsendelse"
    __table_args__ = (UniqueConstraint("moete_id", "slag", "versjon"),)

    moete_id: Mapped[str] = mapped_column(ForeignKey("moete.id"))
    slag: Mapped[Utsendelseslag] = mapped_column(choice(Utsendelseslag, "slag"))
    versjon: Mapped[int]
    laget: Mapped[dt.datetime]
    sendt: Mapped[dt.datetime | None]


class Utsendelsefil(Entity):
    """One file of an utsendelse, byte for byte."""

    __tablename__ = "utsendelsefil"
    __table_args__ = (UniqueConstraint("utsendelse_id", "filnavn"),)

    utsendelse_id: Mapped[str] = mapped_column(ForeignKey("utsendelse.id", ondelete="CASCADE"))
    filnavn: Mapped[str]
    fil_sha256: Mapped[str] = mapped_column(ForeignKey("fil.sha256"))
    rekkefoelge: Mapped[str]


class Mottaker(Entity):
    """Somebody an utsendelse was sent to, under the name and address of that day."""

    __tablename__ = "mottaker"

    utsendelse_id: Mapped[str] = mapped_column(
        ForeignKey("utsendelse.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    navn: Mapped[str]
    epost: Mapped[str | None]
    rekkefoelge: Mapped[str]
