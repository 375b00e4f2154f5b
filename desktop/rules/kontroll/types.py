"""What a rule of the quality check says: where, how grave, and about what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Final

NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


class Severity(StrEnum):
    """`FEIL`: the papers say something wrong or lack something. `HINT`: form, worth a look."""

    FEIL = "feil"
    HINT = "hint"


class Source(StrEnum):
    """Whose rule it is; the sentence is the catalogue's."""

    SAK_26_23 = "sak_26_23"
    HUSETS_FORM = "husets_form"
    ARKIVET = "arkivet"
    KALENDEREN = "kalenderen"
    SPRAAKRAADET = "spraakraadet"
    RETTSKRIVNING = "rettskrivning"
    PAUSER = "pauser"


class PlaceKind(StrEnum):
    """What part of the papers a place is in."""

    MOETEDAG = "moetedag"
    POST = "post"
    SAK = "sak"
    TITTEL = "tittel"
    OMTALE = "omtale"
    FORSLAG = "forslag"
    TOPPNOTAT = "toppnotat"
    SEKSJON = "seksjon"
    TIDLIGERE_VEDTAK = "tidligere_vedtak"
    VEDLEGG = "vedlegg"
    INNLEDNING = "innledning"
    INNSPILL = "innspill"
    OPPSUMMERING = "oppsummering"
    AKSJONSPUNKT = "aksjonspunkt"
    HABILITET = "habilitet"
    PROTOKOLLTILFOERSEL = "protokolltilfoersel"
    VEDTAK = "vedtak"
    DELTAKER = "deltaker"


MINUTES: Final = frozenset(
    {
        PlaceKind.INNLEDNING,
        PlaceKind.INNSPILL,
        PlaceKind.OPPSUMMERING,
        PlaceKind.AKSJONSPUNKT,
        PlaceKind.HABILITET,
        PlaceKind.PROTOKOLLTILFOERSEL,
        PlaceKind.VEDTAK,
        PlaceKind.DELTAKER,
    }
)
"""The parts that the referat prints; the others are the innkalling's."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a part of a sak or of the meeting, and what block of its text.

    Attributes:
        row_id: the section, line, vedlegg, row of the running order or person it is.
        block_id: the block of the text tree.
        span: from and to in the block's text.
    """

    kind: PlaceKind
    sak_id: str | None = None
    row_id: str | None = None
    block_id: str | None = None
    span: tuple[int, int] | None = None

    @property
    def key(self) -> str:
        """What names the place for as long as its text is the same, wherever in it the span is."""
        return "/".join((self.kind.value, *(part or "" for part in self._keys())))

    def _keys(self) -> tuple[str | None, ...]:
        return (self.sak_id, self.row_id, self.block_id)


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found. `subject` is the text it is about: when that changes, it is another hit.

    `excerpt` is the part of it that is shown; "" where there is no text.
    """

    place: Place
    params: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    excerpt: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit of a rule."""

    rule: str
    severity: Severity
    place: Place
    params: Mapping[str, object]
    excerpt: str
    subject: str

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of what was found: rule, place, values and the text it is about."""
        values = "\x1f".join(f"{name}={self.params[name]}" for name in sorted(self.params))
        whole = f"{self.rule}\x1e{self.place.key}\x1e{values}\x1e{self.subject}"
        return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
