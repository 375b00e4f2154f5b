"""A meeting as it is stored: what the rules make numbers, clock and papers of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.services.rows import (
    AksjonspunktRow,
    DagRow,
    DeltakerRow,
    InnspillRow,
    MoeteRow,
    NavnRow,
    PlassertRow,
    PostRow,
    ReferatRow,
    RolleRow,
    SakRow,
    SaksreferatRow,
    SeksjonRow,
    TidligereVedtakRow,
    ToppnotatRow,
    UtsendelsefilRow,
    UtvalgRow,
    VedleggRow,
    VedtakRow,
)


class Series(NamedTuple):
    """Where the numbers of an utvalg start in the meeting's year."""

    foerste_sak: int = 1
    foerste_moete: int = 1


@dataclass(frozen=True, slots=True)
class MoeteRows:
    """A meeting as it is stored. Nothing in it is computed.

    `load_agenda_rows` leaves the fields with a default, and the texts of the saker, empty.
    """

    moete: MoeteRow
    utvalg: UtvalgRow
    serie: Series
    dager: tuple[DagRow, ...]
    poster: tuple[PostRow, ...]
    saker: Mapping[str, SakRow]
    vedlegg: Mapping[str, tuple[VedleggRow, ...]]
    plasserte: tuple[PlassertRow, ...]
    toppnotater: Mapping[str, ToppnotatRow] = field(default_factory=dict)
    saksreferater: Mapping[str, SaksreferatRow] = field(default_factory=dict)
    vedtak: Mapping[str, VedtakRow] = field(default_factory=dict)
    referat: ReferatRow | None = None
    roller: Mapping[str, tuple[RolleRow, ...]] = field(default_factory=dict)
    seksjoner: Mapping[str, tuple[SeksjonRow, ...]] = field(default_factory=dict)
    tidligere_vedtak: Mapping[str, tuple[TidligereVedtakRow, ...]] = field(default_factory=dict)
    deltakere: tuple[DeltakerRow, ...] = ()
    innspill: Mapping[str, tuple[InnspillRow, ...]] = field(default_factory=dict)
    aksjonspunkter: Mapping[str, tuple[AksjonspunktRow, ...]] = field(default_factory=dict)
    utsendelser: tuple[UtsendelsefilRow, ...] = ()
    navn: tuple[NavnRow, ...] = ()
