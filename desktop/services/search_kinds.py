"""What a hit is, and which rows of the archive make hits of that kind."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from desktop.i18n.catalogue import N_


class HitKind(StrEnum):
    """What a hit opens."""

    SAK = "sak"
    MOETE = "moete"
    TOPPNOTAT = "toppnotat"
    REFERAT = "referat"
    INNSPILL = "innspill"
    VEDTAK = "vedtak"
    AKSJONSPUNKT = "aksjonspunkt"
    OPPFOELGING = "oppfoelging"
    VEDLEGG = "vedlegg"
    PERSON = "person"
    ORGANISASJON = "organisasjon"


KIND_NAMES: Final = MappingProxyType(
    {
        HitKind.SAK: N_("Sak"),
        HitKind.MOETE: N_("Møte"),
        HitKind.TOPPNOTAT: N_("Toppnotat"),
        HitKind.REFERAT: N_("Referat"),
        HitKind.INNSPILL: N_("Innspill"),
        HitKind.VEDTAK: N_("Vedtak"),
        HitKind.AKSJONSPUNKT: N_("Aksjonspunkt"),
        HitKind.OPPFOELGING: N_("Oppfølging"),
        HitKind.VEDLEGG: N_("Vedlegg"),
        HitKind.PERSON: N_("Person"),
        HitKind.ORGANISASJON: N_("Organisasjon"),
    }
)

HINTS: Final = MappingProxyType(
    {
        "ukjent_utvalg": N_("Ingen utvalg heter noe med «{verdi}»."),
        "ukjent_aar": N_("«{verdi}» er ikke et år. Skriv år:2023 eller år:2021-2023."),
        "ukjent_type": N_(
            "«{verdi}» er ikke en type. Skriv for eksempel type:vedtak eller type:orientering."
        ),
        "ukjent_eier": N_("Ingen organisasjon eller person heter noe med «{verdi}»."),
        "avbrutt": N_("Søket ble stoppet fordi det tok lang tid. Skriv flere ord for å finne alt."),
        "ufullstendig": N_("Søkeregisteret bygges, så alt er ikke med ennå."),
        "uten_register": N_(
            "Arkivet har ikke noe søkeregister ennå. Det bygges når arkivet åpnes i vinduet."
        ),
    }
)
"""What the hints of a search say, by their codes."""

KIND_OF_TABLE: Final[Mapping[str, HitKind]] = MappingProxyType(
    {
        "sak": HitKind.SAK,
        "toppnotatseksjon": HitKind.TOPPNOTAT,
        "tidligere_vedtak": HitKind.TOPPNOTAT,
        "saksreferat": HitKind.REFERAT,
        "referat": HitKind.REFERAT,
        "innspill": HitKind.INNSPILL,
        "aksjonspunkt": HitKind.AKSJONSPUNKT,
        "vedtak": HitKind.VEDTAK,
        "oppfoelging": HitKind.OPPFOELGING,
        "oppfoelginglogg": HitKind.OPPFOELGING,
        "vedlegg": HitKind.VEDLEGG,
        "person": HitKind.PERSON,
        "organisasjonsnavn": HitKind.ORGANISASJON,
    }
)
ONE_PER_SAK: Final = frozenset({HitKind.TOPPNOTAT, HitKind.REFERAT})
"""Kinds whose rows are parts of one document: its best part stands for it."""
