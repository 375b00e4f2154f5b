"""The briefing note of a sak."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Entity, choice
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.states import ToppnotatTilstand


class Toppnotat(Entity):
    """The toppnotat of a sak; its texts are the sections."""

    __tablename__ = "toppnotat"
    __table_args__ = (UniqueConstraint("sak_id"),)

    sak_id: Mapped[str] = mapped_column(ForeignKey("sak.id", ondelete="CASCADE"))
    tilstand: Mapped[ToppnotatTilstand] = mapped_column(choice(ToppnotatTilstand, "tilstand"))


class Toppnotatseksjon(Entity):
    """One section. `overskrift` is set for a section with a heading of its own alone."""

    __tablename__ = "toppnotatseksjon"
    __table_args__ = (CheckConstraint("(slag = 'egen') = (overskrift IS NOT NULL)", name="egen"),)

    toppnotat_id: Mapped[str] = mapped_column(
        ForeignKey("toppnotat.id", ondelete="CASCADE"), index=True
    )
    slag: Mapped[Seksjonslag] = mapped_column(choice(Seksjonslag, "slag"))
    overskrift: Mapped[str | None]
    innhold: Mapped[Tree | None] = mapped_column(deferred=True)
    rekkefoelge: Mapped[str]


class TidligereVedtak(Entity):
    """A row of "Vedtak fra tidligere behandlinger": from the register, or typed by hand."""

    __tablename__ = "tidligere_vedtak"
    __table_args__ = (
        CheckConstraint("vedtak_id IS NOT NULL OR sak_tekst IS NOT NULL", name="kilde"),
    )

    toppnotat_id: Mapped[str] = mapped_column(
        ForeignKey("toppnotat.id", ondelete="CASCADE"), index=True
    )
    vedtak_id: Mapped[str | None] = mapped_column(ForeignKey("vedtak.id"), index=True)
    sak_tekst: Mapped[str | None]
    tema: Mapped[str | None]
    formulering: Mapped[Tree | None] = mapped_column(deferred=True)
    rekkefoelge: Mapped[str]
