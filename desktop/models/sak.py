"""Saker, their people and vedlegg, and the immutable files."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, validates

from desktop.i18n.sorting import sort_text
from desktop.models.base import DERIVED, SHA256_LENGTH, Base, Entity, choice
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Fastpostslag, Rolle, Vedleggslag
from desktop.rules.kinds import Sakstype, Toppnotatstatus
from desktop.rules.states import SakTilstand


def title_key(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what the title among the values of a row decides; nothing where it is not there."""
    return {"tittelnoekkel": sort_text(values["tittel"])} if "tittel" in values else {}


def _title_key(context: DefaultExecutionContext) -> str:
    return sort_text(context.get_current_parameters()["tittel"])  # type: ignore[no-untyped-call]


class Fil(Base):
    """The bytes of a file under their SHA-256. Rows are added and never changed."""

    __tablename__ = "fil"

    sha256: Mapped[str] = mapped_column(String(SHA256_LENGTH), primary_key=True)
    stoerrelse: Mapped[int]
    innhold: Mapped[bytes] = mapped_column(LargeBinary)


class Sak(Entity):
    """One matter in one meeting, or in the queue (no meeting, no number).

    `moetesakssekvensnummer` (eInnsyn) is empty while the number is provisional.
    `innkalt_avtrykk` is the SHA-256 of what the frozen innkalling said about the sak.
    `koerekkefoelge` orders the queue. `fastpostslag` is set for a sak that a fixed post proposed.
    `tittelnoekkel` follows the title, and sorts as the title does in a Norwegian list.
    """

    __tablename__ = "sak"
    __table_args__ = (
        UniqueConstraint("utvalg_id", "moetesaksaar", "moetesakssekvensnummer"),
        CheckConstraint("moetesakssekvensnummer >= 1", name="nummer"),
        CheckConstraint("prioritet BETWEEN 1 AND 3", name="prioritet"),
        Index("ix_sak_moete_id", "moete_id", "moetesakssekvensnummer"),
        Index(
            "ix_sak_nummer",
            "moetesaksaar",
            "moetesakssekvensnummer",
            "utvalg_id",
            "sakstype",
            "tilstand",
        ),
        Index("ix_sak_tittel", "tittelnoekkel", "tittel"),
    )

    utvalg_id: Mapped[str] = mapped_column(ForeignKey("utvalg.id"))
    moete_id: Mapped[str | None] = mapped_column(ForeignKey("moete.id"))
    moetesaksaar: Mapped[int | None]
    moetesakssekvensnummer: Mapped[int | None]
    arkivreferanse: Mapped[str | None]
    tittel: Mapped[str]
    tittelnoekkel: Mapped[str] = mapped_column(default=_title_key, info={**DERIVED})
    sakstype: Mapped[Sakstype | None] = mapped_column(choice(Sakstype, "sakstype"))
    omtale: Mapped[Tree | None] = mapped_column(deferred=True)
    forslag_til_vedtak: Mapped[Tree | None] = mapped_column(deferred=True)
    tilstand: Mapped[SakTilstand] = mapped_column(choice(SakTilstand, "tilstand"))
    toppnotatstatus: Mapped[Toppnotatstatus] = mapped_column(
        choice(Toppnotatstatus, "toppnotatstatus")
    )
    fastpostslag: Mapped[Fastpostslag | None] = mapped_column(choice(Fastpostslag, "fastpostslag"))
    fortsetter_id: Mapped[str | None] = mapped_column(
        ForeignKey("sak.id", ondelete="SET NULL"), index=True
    )
    innmeldt_av_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    innmeldt: Mapped[dt.date | None]
    oensket_moete: Mapped[str | None]
    prioritet: Mapped[int | None]
    koerekkefoelge: Mapped[str | None]
    innkalt_avtrykk: Mapped[str | None] = mapped_column(String(SHA256_LENGTH))

    @validates("tittel")
    def _follow_title(self, _name: str, tittel: str) -> str:
        self.tittelnoekkel = sort_text(tittel)
        return tittel


class Saksrolle(Entity):
    """A person or an organisation as sakseier, saksbehandler or presenter of a sak."""

    __tablename__ = "saksrolle"
    __table_args__ = (
        CheckConstraint("person_id IS NOT NULL OR organisasjon_id IS NOT NULL", name="hvem"),
        Index("ix_saksrolle_rolle", "rolle", "organisasjon_id", "sak_id"),
    )

    sak_id: Mapped[str] = mapped_column(ForeignKey("sak.id", ondelete="CASCADE"), index=True)
    rolle: Mapped[Rolle] = mapped_column(choice(Rolle, "rolle"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    organisasjon_id: Mapped[str | None] = mapped_column(ForeignKey("organisasjon.id"))
    rekkefoelge: Mapped[str]


class Vedlegg(Entity):
    """An attachment of a sak. `nummer` and `bokstav` ("6", "A") are empty while provisional.

    The title of a generated document is computed; `tittel` is empty there. A vedlegg that was sent
    and is `trukket` keeps its number.
    """

    __tablename__ = "vedlegg"
    __table_args__ = (
        CheckConstraint("slag <> 'lenke' OR url IS NOT NULL", name="lenke"),
        CheckConstraint("slag <> 'fil' OR fil_sha256 IS NOT NULL", name="fil"),
        CheckConstraint("slag <> 'referat' OR referat_moete_id IS NOT NULL", name="referat"),
    )

    sak_id: Mapped[str] = mapped_column(ForeignKey("sak.id", ondelete="CASCADE"), index=True)
    slag: Mapped[Vedleggslag] = mapped_column(choice(Vedleggslag, "slag"))
    tittel: Mapped[str | None]
    url: Mapped[str | None]
    filnavn: Mapped[str | None]
    fil_sha256: Mapped[str | None] = mapped_column(ForeignKey("fil.sha256"))
    referat_moete_id: Mapped[str | None] = mapped_column(ForeignKey("moete.id"))
    nummer: Mapped[int | None]
    bokstav: Mapped[str | None]
    trukket: Mapped[bool] = mapped_column(default=False)
    rekkefoelge: Mapped[str]
