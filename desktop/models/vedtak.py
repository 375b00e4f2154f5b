"""Decisions and the commitments that follow from them."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Entity, choice
from desktop.richtext.tree import Tree
from desktop.rules.kinds import Sakstype
from desktop.rules.states import OppfoelgingTilstand


class Vedtak(Entity):
    """A decision: of a sak in the archive, or entered in the register from elsewhere.

    With a sak, title, date and type are the sak's; without one they stand here, and `referanse`
    says which matter it was ("NUIT 50/23").
    """

    __tablename__ = "vedtak"
    __table_args__ = (
        UniqueConstraint("sak_id"),
        CheckConstraint("sak_id IS NOT NULL OR referanse IS NOT NULL", name="kilde"),
    )

    sak_id: Mapped[str | None] = mapped_column(ForeignKey("sak.id", ondelete="CASCADE"))
    utvalg_id: Mapped[str | None] = mapped_column(ForeignKey("utvalg.id"), index=True)
    organ: Mapped[str | None]
    referanse: Mapped[str | None]
    tittel: Mapped[str | None]
    dato: Mapped[dt.date | None]
    sakstype: Mapped[Sakstype | None] = mapped_column(choice(Sakstype, "sakstype"))
    tekst: Mapped[Tree] = mapped_column(deferred=True)
    som_foreslaatt: Mapped[bool | None]


class Oppfoelging(Entity):
    """A commitment: who, what, by when.

    `forslag` is what the vedtak or aksjonspunkt said when this was accepted, so that the same words
    are not proposed again.
    """

    __tablename__ = "oppfoelging"
    __table_args__ = (Index("ix_oppfoelging_frist", "tilstand", "frist"),)

    utvalg_id: Mapped[str] = mapped_column(ForeignKey("utvalg.id"), index=True)
    vedtak_id: Mapped[str | None] = mapped_column(
        ForeignKey("vedtak.id", ondelete="SET NULL"), index=True
    )
    aksjonspunkt_id: Mapped[str | None] = mapped_column(
        ForeignKey("aksjonspunkt.id", ondelete="SET NULL"), index=True
    )
    forslag: Mapped[str | None]
    eier_organisasjon_id: Mapped[str | None] = mapped_column(ForeignKey("organisasjon.id"))
    eier_person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    oppgave: Mapped[str]
    frist: Mapped[dt.date | None]
    tilstand: Mapped[OppfoelgingTilstand] = mapped_column(choice(OppfoelgingTilstand, "tilstand"))


class Oppfoelgingsavslag(Entity):
    """A proposed commitment that was rejected, in the words of its vedtak or aksjonspunkt."""

    __tablename__ = "oppfoelgingsavslag"
    __table_args__ = (
        CheckConstraint("vedtak_id IS NOT NULL OR aksjonspunkt_id IS NOT NULL", name="kilde"),
        UniqueConstraint("vedtak_id", "forslag"),
        UniqueConstraint("aksjonspunkt_id", "forslag"),
    )

    vedtak_id: Mapped[str | None] = mapped_column(ForeignKey("vedtak.id", ondelete="CASCADE"))
    aksjonspunkt_id: Mapped[str | None] = mapped_column(
        ForeignKey("aksjonspunkt.id", ondelete="CASCADE")
    )
    forslag: Mapped[str]


class Oppfoelginglogg(Entity):
    """A dated update of a commitment, and the state it led to."""

    __tablename__ = "oppfoelginglogg"

    oppfoelging_id: Mapped[str] = mapped_column(
        ForeignKey("oppfoelging.id", ondelete="CASCADE"), index=True
    )
    dato: Mapped[dt.date]
    tekst: Mapped[str]
    tilstand: Mapped[OppfoelgingTilstand] = mapped_column(choice(OppfoelgingTilstand, "tilstand"))
    rekkefoelge: Mapped[str]


class OppfoelgingSak(Entity):
    """A sak that a commitment is about, or comes back in."""

    __tablename__ = "oppfoelging_sak"
    __table_args__ = (UniqueConstraint("oppfoelging_id", "sak_id"),)

    oppfoelging_id: Mapped[str] = mapped_column(ForeignKey("oppfoelging.id", ondelete="CASCADE"))
    sak_id: Mapped[str] = mapped_column(ForeignKey("sak.id", ondelete="CASCADE"), index=True)
