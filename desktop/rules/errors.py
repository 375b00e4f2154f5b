"""What a rule says when it is broken: a code with parameters, never a sentence.

`i18n` makes the sentence for the user from the code and the parameters. `RULES` lists every code
there is, with an English explanation and its source; a code that is not listed cannot be raised.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

RULES: Final[dict[str, str]] = {
    # Sak numbers and meeting numbers
    "aar_utenfor_omraade": (
        "A year must lie in 1980–2079, so that its two last digits name one year only "
        "(design §3, One clock, one series)."
    ),
    "nummer_utenfor_omraade": "A number must lie in 1–9999 (design §3, One clock, one series).",
    "serie_starter_for_lavt": "A series starts at 1 or higher (design §2, Nummerserie).",
    "nummer_gitt_to_ganger": (
        "Two rows of one series hold the same fixed number; a number is never reused (design §3)."
    ),
    "plassert_to_ganger": "One sak or meeting is placed twice in one series (design §2, Sak).",
    "moenster_klammer": "A brace in a number pattern belongs to no field (dokumenter §5).",
    "moenster_ukjent_felt": (
        "A number pattern knows the fields nr, nr:02 to nr:04, aar and aar2 (dokumenter §5)."
    ),
    "moenster_trenger_ett_nummer": "A number pattern has exactly one nr (dokumenter §5).",
    "moenster_trenger_ett_aar": "A number pattern has exactly one aar or aar2 (dokumenter §5).",
    "moenster_siffer_ved_felt": (
        "Text with no digit next to it must part number and year, else the number cannot be read "
        "back (dokumenter §5)."
    ),
    "moenster_ulovlig_tekst": (
        "A number pattern is at most 40 printable characters without space at its ends "
        "(dokumenter §5)."
    ),
    "saksnummer_foelger_ikke_moensteret": (
        "The text is not a sak number as the utvalg's pattern writes it (dokumenter §5)."
    ),
    "moetenummer_uleselig": "The text is not a meeting number as 4/2023 or 4/23 (dokumenter §1).",
    "moete_avlyst_faar_ikke_nummer": (
        "A cancelled meeting freezes nothing; it keeps a number it has (design §2, States)."
    ),
    "sak_har_allerede_nummer": "A fixed sak number is never given anew (design §3).",
    "sak_uten_plass_tas_ikke_opp": (
        "A sak that is withdrawn or postponed, or whose meeting is cancelled, is not taken up "
        "(design §3)."
    ),
    "innkalling_er_ikke_ferdigstilt": (
        "A sak is taken up in a meeting whose innkalling is frozen (design §3)."
    ),
    # Vedlegg numbers
    "vedleggsnummer_uleselig": "The text is not a vedlegg number as 6 or 6A (dokumenter §1).",
    "vedlegg_gitt_to_ganger": (
        "Two vedlegg of a meeting hold one fixed number; none is ever reused (design §3)."
    ),
    "vedleggsnummer_i_to_saker": "A vedlegg number belongs to one sak of a meeting (design §3).",
    "sak_har_to_vedleggsnumre": (
        "All vedlegg of a sak share one number; further ones add A, B, … (design §3)."
    ),
    # The agenda clock
    "doegnet_er_passert": "A day's running order ends before midnight (design §3, One clock).",
    "varighet_er_negativ": "A duration is 0 minutes or more (design §2, Dagsordenpost).",
    "klokkeslett_er_ikke_hele_minutter": (
        "A clock time is local and in whole minutes (dokumenter, Clock times)."
    ),
    "slutt_foer_start": "The planned end of a day is not before its start (design §2, Moetedag).",
    # States (design §2)
    "ukjent_tilstand": "The text names no state of this kind of row (design §2, States).",
    "tilstand_er_uendret": "A step leads to another state (design §2, States).",
    "moete_maa_innkalles_foerst": "A meeting is held only after it is innkalt (design §2, States).",
    "moete_maa_avholdes_foerst": "A meeting is closed only after it is held (design §2, States).",
    "moete_innkalt_er_ferdigstilt": (
        "A frozen innkalling cannot become unsent again (design §3, angrebar)."
    ),
    "moete_avholdt_har_vaert": "A meeting that was held is not called again (design §2).",
    "moete_avholdt_kan_ikke_avlyses": "Only a meeting not yet held can be cancelled (design §2).",
    "moete_avsluttet_er_endelig": "A closed meeting stays closed (design §2, States).",
    "moete_avlyst_er_endelig": (
        "A cancelled meeting stays cancelled; a new one is planned instead (design §2, States)."
    ),
    "moete_tar_ikke_nye_saker": "A closed or cancelled meeting takes no more saker (design §2).",
    "sak_maa_staa_paa_dagsorden": (
        "A sak is dealt with, postponed or withdrawn from an agenda only (design §2)."
    ),
    "sak_behandlet_er_endelig": "A sak that was dealt with stays so (design §2, States).",
    "sak_utsatt_kommer_som_ny_sak": (
        "A postponed matter returns as a new sak that points to it (design §2, Sak)."
    ),
    "sak_trukket_kommer_som_ny_sak": (
        "A withdrawn matter returns as a new sak that points to it (design §2, Sak)."
    ),
    "sak_med_nummer_kan_ikke_til_koeen": (
        "A numbered sak keeps number and row; it can only be postponed or withdrawn (design §3)."
    ),
    "sak_uten_nummer_gaar_til_koeen": (
        "A sak taken out before it has a number goes back to the queue (design §3)."
    ),
    "sak_behandles_med_nummer": "A sak that the meeting takes up has a fixed number (design §3).",
    "sak_behandles_i_avholdt_moete": "A sak is dealt with in a meeting that is held (design §2).",
    "toppnotat_maa_kvalitetssikres": "A toppnotat is ready only after quality control (design §2).",
    "toppnotat_maa_vaere_klart": "Only a toppnotat that is ready is sent (design §2, States).",
    "toppnotat_klart_gaar_til_utkast": (
        "A ready toppnotat that needs more work goes back to draft (design §2, States)."
    ),
    "toppnotat_sendt_kan_ikke_endres": "A sent toppnotat stays as sent (design §2, States).",
    "referat_maa_til_kommentar_foerst": (
        "A referat is updated or approved after the members could comment (dokumenter §3)."
    ),
    "referat_er_sendt_til_kommentar": (
        "A referat that members have seen is not a draft again (dokumenter §3)."
    ),
    "referat_godkjent_er_endelig": "An approved referat stays approved (design §3, angrebar).",
    "oppfoelging_er_paabegynt": "A commitment under way is not untouched again (design §2).",
    "oppfoelging_ferdig_er_endelig": "A fulfilled commitment stays fulfilled (design §2, States).",
    "oppfoelging_bortfalt_er_endelig": "A dropped commitment stays dropped (design §2, States).",
    # Phrases
    "frase_klammer": "A brace in a phrase belongs to no placeholder (dokumenter §3b).",
    "frase_ukjent_plassholder": (
        "Phrases know utvalg, dato, aktør, tema and sekretariat (dokumenter §1, §3b)."
    ),
    # Deadlines
    "frist_dager_er_negativt": "A deadline is zero or more days ahead (dokumenter §3).",
    "frist_utenfor_kalenderen": "A deadline lies within the calendar, year 1–9999 (dokumenter §3).",
}


class RuleError(Exception):
    """A rule forbids what was asked.

    Attributes:
        code: which rule; a key of `RULES`.
        params: what the sentence about it needs, by name.
    """

    def __init__(self, code: str, /, **params: object) -> None:
        if code not in RULES:
            raise ValueError(f"{code!r} is not a listed rule")
        super().__init__(code, params)
        self.code = code
        self.params: dict[str, object] = params

    def __reduce__(
        self,
    ) -> tuple[Callable[[str, dict[str, object]], RuleError], tuple[str, dict[str, object]]]:
        return _rebuild, (self.code, self.params)

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({shown})"


def _rebuild(code: str, params: dict[str, object]) -> RuleError:
    return RuleError(code, **params)
