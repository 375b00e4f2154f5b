"""States and the steps between them (design §2 "States").

`STEPS` is the table: for each kind and state, every other state with None where the step is
allowed, else the code of the rule that forbids it. Undo is not a step: it restores what the change
log holds and asks no table.

A sak's steps depend also on its number and its meeting; `require_sak_step` asks for those.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from desktop.rules.errors import RuleError


class MoeteTilstand(StrEnum):
    """The states of a møte."""

    PLANLAGT = "planlagt"
    INNKALT = "innkalt"
    AVHOLDT = "avholdt"
    AVSLUTTET = "avsluttet"
    AVLYST = "avlyst"


class SakTilstand(StrEnum):
    """The states of a sak."""

    INNMELDT = "innmeldt"
    PAA_DAGSORDEN = "paa_dagsorden"
    BEHANDLET = "behandlet"
    UTSATT = "utsatt"
    TRUKKET = "trukket"


class ToppnotatTilstand(StrEnum):
    """The states of a toppnotat."""

    UTKAST = "utkast"
    TIL_KVALITETSSIKRING = "til_kvalitetssikring"
    KLAR = "klar"
    SENDT = "sendt"


class ReferatTilstand(StrEnum):
    """The states of a referat."""

    UTKAST = "utkast"
    TIL_KOMMENTAR = "til_kommentar"
    OPPDATERT = "oppdatert"
    GODKJENT = "godkjent"


class OppfoelgingTilstand(StrEnum):
    """The states of an oppfølging."""

    AAPEN = "aapen"
    PAAGAAR = "paagaar"
    FERDIG = "ferdig"
    BORTFALT = "bortfalt"


class Kind(StrEnum):
    """The kinds of rows that have states."""

    MOETE = "moete"
    SAK = "sak"
    TOPPNOTAT = "toppnotat"
    REFERAT = "referat"
    OPPFOELGING = "oppfoelging"


STATES: Final[Mapping[Kind, type[StrEnum]]] = MappingProxyType(
    {
        Kind.MOETE: MoeteTilstand,
        Kind.SAK: SakTilstand,
        Kind.TOPPNOTAT: ToppnotatTilstand,
        Kind.REFERAT: ReferatTilstand,
        Kind.OPPFOELGING: OppfoelgingTilstand,
    }
)

_Table = dict[str, dict[str, str | None]]

_MOETE: Final[_Table] = {
    "planlagt": {
        "innkalt": None,
        "avholdt": "moete_maa_innkalles_foerst",
        "avsluttet": "moete_maa_avholdes_foerst",
        "avlyst": None,
    },
    "innkalt": {
        "planlagt": "moete_innkalt_er_ferdigstilt",
        "avholdt": None,
        "avsluttet": "moete_maa_avholdes_foerst",
        "avlyst": None,
    },
    "avholdt": {
        "planlagt": "moete_avholdt_har_vaert",
        "innkalt": "moete_avholdt_har_vaert",
        "avsluttet": None,
        "avlyst": "moete_avholdt_kan_ikke_avlyses",
    },
    "avsluttet": dict.fromkeys(
        ("planlagt", "innkalt", "avholdt", "avlyst"), "moete_avsluttet_er_endelig"
    ),
    "avlyst": dict.fromkeys(
        ("planlagt", "innkalt", "avholdt", "avsluttet"), "moete_avlyst_er_endelig"
    ),
}

_SAK: Final[_Table] = {
    "innmeldt": {
        "paa_dagsorden": None,
        "behandlet": "sak_maa_staa_paa_dagsorden",
        "utsatt": "sak_maa_staa_paa_dagsorden",
        "trukket": "sak_maa_staa_paa_dagsorden",
    },
    "paa_dagsorden": {"innmeldt": None, "behandlet": None, "utsatt": None, "trukket": None},
    "behandlet": dict.fromkeys(
        ("innmeldt", "paa_dagsorden", "utsatt", "trukket"), "sak_behandlet_er_endelig"
    ),
    "utsatt": dict.fromkeys(
        ("innmeldt", "paa_dagsorden", "behandlet", "trukket"), "sak_utsatt_kommer_som_ny_sak"
    ),
    "trukket": dict.fromkeys(
        ("innmeldt", "paa_dagsorden", "behandlet", "utsatt"), "sak_trukket_kommer_som_ny_sak"
    ),
}

_TOPPNOTAT: Final[_Table] = {
    "utkast": {
        "til_kvalitetssikring": None,
        "klar": "toppnotat_maa_kvalitetssikres",
        "sendt": "toppnotat_maa_vaere_klart",
    },
    "til_kvalitetssikring": {"utkast": None, "klar": None, "sendt": "toppnotat_maa_vaere_klart"},
    "klar": {
        "utkast": None,
        "til_kvalitetssikring": "toppnotat_klart_gaar_til_utkast",
        "sendt": None,
    },
    "sendt": dict.fromkeys(
        ("utkast", "til_kvalitetssikring", "klar"), "toppnotat_sendt_kan_ikke_endres"
    ),
}

_REFERAT: Final[_Table] = {
    "utkast": {
        "til_kommentar": None,
        "oppdatert": "referat_maa_til_kommentar_foerst",
        "godkjent": "referat_maa_til_kommentar_foerst",
    },
    "til_kommentar": {
        "utkast": "referat_er_sendt_til_kommentar",
        "oppdatert": None,
        "godkjent": None,
    },
    "oppdatert": {
        "utkast": "referat_er_sendt_til_kommentar",
        "til_kommentar": None,
        "godkjent": None,
    },
    "godkjent": dict.fromkeys(
        ("utkast", "til_kommentar", "oppdatert"), "referat_godkjent_er_endelig"
    ),
}

_OPPFOELGING: Final[_Table] = {
    "aapen": {"paagaar": None, "ferdig": None, "bortfalt": None},
    "paagaar": {"aapen": "oppfoelging_er_paabegynt", "ferdig": None, "bortfalt": None},
    "ferdig": dict.fromkeys(("aapen", "paagaar", "bortfalt"), "oppfoelging_ferdig_er_endelig"),
    "bortfalt": dict.fromkeys(("aapen", "paagaar", "ferdig"), "oppfoelging_bortfalt_er_endelig"),
}


def _read_only(table: _Table) -> Mapping[str, Mapping[str, str | None]]:
    return MappingProxyType({old: MappingProxyType(steps) for old, steps in table.items()})


STEPS: Final[Mapping[Kind, Mapping[str, Mapping[str, str | None]]]] = MappingProxyType(
    {
        Kind.MOETE: _read_only(_MOETE),
        Kind.SAK: _read_only(_SAK),
        Kind.TOPPNOTAT: _read_only(_TOPPNOTAT),
        Kind.REFERAT: _read_only(_REFERAT),
        Kind.OPPFOELGING: _read_only(_OPPFOELGING),
    }
)

_CLOSED_MEETINGS: Final = frozenset({MoeteTilstand.AVSLUTTET, MoeteTilstand.AVLYST})


def rule_against(kind: Kind, old: str, new: str) -> str | None:
    """Return the code of the rule that forbids the step, or None when it is allowed."""
    for state in (old, new):
        if state not in STEPS[kind]:
            return "ukjent_tilstand"
    return "tilstand_er_uendret" if old == new else STEPS[kind][old][new]


def next_states(kind: Kind, old: str) -> tuple[str, ...]:
    """Return the states that a row in this state may step to, in the order of the design."""
    return tuple(new for new in STEPS[kind] if rule_against(kind, old, new) is None)


def require_step(kind: Kind, old: str, new: str) -> None:
    """Do nothing when the step is allowed.

    Raises:
        RuleError: the rule that forbids it, with `kind`, `from` and `to`.
    """
    _refuse(rule_against(kind, old, new), kind, old, new)


def require_sak_step(old: str, new: str, *, numbered: bool, moete: MoeteTilstand) -> None:
    """Do nothing when a sak may take this step in its meeting.

    Args:
        old: the state it has.
        new: the state it is to have.
        numbered: whether the sak has a fixed number.
        moete: the state of its meeting, or of the one it is placed in.

    Raises:
        RuleError: the rule that forbids it, with `kind`, `from` and `to`.
    """
    code = rule_against(Kind.SAK, old, new) or _rule_against_in_meeting(
        SakTilstand(new), numbered=numbered, moete=moete
    )
    _refuse(code, Kind.SAK, old, new)


def _rule_against_in_meeting(
    new: SakTilstand, *, numbered: bool, moete: MoeteTilstand
) -> str | None:
    broken = {
        SakTilstand.PAA_DAGSORDEN: {"moete_tar_ikke_nye_saker": moete in _CLOSED_MEETINGS},
        SakTilstand.INNMELDT: {"sak_med_nummer_kan_ikke_til_koeen": numbered},
        SakTilstand.UTSATT: {"sak_uten_nummer_gaar_til_koeen": not numbered},
        SakTilstand.TRUKKET: {"sak_uten_nummer_gaar_til_koeen": not numbered},
        SakTilstand.BEHANDLET: {
            "sak_behandles_i_avholdt_moete": moete != MoeteTilstand.AVHOLDT,
            "sak_behandles_med_nummer": not numbered,
        },
    }
    return next((code for code, is_broken in broken[new].items() if is_broken), None)


def _refuse(code: str | None, kind: Kind, old: str, new: str) -> None:
    if code is not None:
        raise RuleError(code, kind=str(kind), **{"from": old, "to": new})
