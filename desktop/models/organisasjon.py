"""Organisations, persons and their seats."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Entity, choice
from desktop.rules.kinds import Funksjon


class Organisasjon(Entity):
    """An organisation; it keeps its identity when its name changes."""

    __tablename__ = "organisasjon"

    navn: Mapped[list["Organisasjonsnavn"]] = relationship(
        back_populates="organisasjon",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Organisasjonsnavn.fra",
    )


class Organisasjonsnavn(Entity):
    """A name an organisation has from a date (or from the beginning) to a date, both included."""

    __tablename__ = "organisasjonsnavn"
    __table_args__ = (CheckConstraint("fra IS NULL OR til IS NULL OR fra <= til", name="periode"),)

    organisasjon_id: Mapped[str] = mapped_column(
        ForeignKey("organisasjon.id", ondelete="CASCADE"), index=True
    )
    navn: Mapped[str]
    kortnavn: Mapped[str | None]
    fra: Mapped[dt.date | None]
    til: Mapped[dt.date | None]

    organisasjon: Mapped["Organisasjon"] = relationship(back_populates="navn")


class Person(Entity):
    """A person: member, substitute, caseworker, presenter or guest."""

    __tablename__ = "person"

    fornavn: Mapped[str]
    etternavn: Mapped[str]
    epost: Mapped[str | None]
    telefon: Mapped[str | None]
    organisasjon_id: Mapped[str | None] = mapped_column(ForeignKey("organisasjon.id"), index=True)

    @property
    def navn(self) -> str:
        """The name as documents print it: given name, family name."""
        return f"{self.fornavn} {self.etternavn}".strip()


class Verv(Entity):
    """A person's seat in an utvalg on behalf of an organisation, in a period (both ends included).

    `vara_for_id` is the seat a substitute stands in for.
    """

    __tablename__ = "verv"
    __table_args__ = (CheckConstraint("fra IS NULL OR til IS NULL OR fra <= til", name="periode"),)

    utvalg_id: Mapped[str] = mapped_column(ForeignKey("utvalg.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    organisasjon_id: Mapped[str | None] = mapped_column(ForeignKey("organisasjon.id"))
    funksjon: Mapped[Funksjon] = mapped_column(choice(Funksjon, "funksjon"))
    fra: Mapped[dt.date | None]
    til: Mapped[dt.date | None]
    rekkefoelge: Mapped[str]
    vara_for_id: Mapped[str | None] = mapped_column(ForeignKey("verv.id", ondelete="SET NULL"))
