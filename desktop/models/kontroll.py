"""What the secretariat let stand of what the quality check found."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import SHA256_LENGTH, Entity


class Kontrollunntak(Entity):
    """A finding of the quality check that somebody accepts, and why.

    `regel` is the rule's id and `sted` the key of the place. `avtrykk` is the SHA-256 of what the
    rule found there: the exception holds for as long as that stands unchanged.
    """

    __tablename__ = "kontrollunntak"
    __table_args__ = (UniqueConstraint("moete_id", "regel", "sted", "avtrykk"),)

    moete_id: Mapped[str] = mapped_column(ForeignKey("moete.id", ondelete="CASCADE"))
    regel: Mapped[str]
    sted: Mapped[str]
    avtrykk: Mapped[str] = mapped_column(String(SHA256_LENGTH))
    begrunnelse: Mapped[str]
