"""The words of the tab Toppnotater."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from desktop.i18n.catalogue import words
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.kinds import Toppnotatstatus
from desktop.rules.states import ToppnotatTilstand
from desktop.services.note_history import NoteVersion
from desktop.services.note_view import NoteLine, reading_minutes

_ = words("nb")

STATES: Final[Mapping[ToppnotatTilstand, str]] = MappingProxyType(
    {
        ToppnotatTilstand.UTKAST: _("Utkast"),
        ToppnotatTilstand.TIL_KVALITETSSIKRING: _("Til kvalitetssikring"),
        ToppnotatTilstand.KLAR: _("Klart"),
        ToppnotatTilstand.SENDT: _("Sendt"),
    }
)

STEPS: Final[Mapping[ToppnotatTilstand, str]] = MappingProxyType(
    {
        ToppnotatTilstand.UTKAST: _("Tilbake til utkast"),
        ToppnotatTilstand.TIL_KVALITETSSIKRING: _("Send til kvalitetssikring"),
        ToppnotatTilstand.KLAR: _("Marker som klart"),
        ToppnotatTilstand.SENDT: _("Marker som sendt"),
    }
)

_STATUSES: Final[Mapping[Toppnotatstatus, str]] = MappingProxyType(
    {
        Toppnotatstatus.SKAL_HA: _("Ikke påbegynt"),
        Toppnotatstatus.INGEN: _("Ingen toppnotat"),
        Toppnotatstatus.IKKE_AKTUELT: _("Uten toppnotat"),
    }
)

MISSING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "mangler_forslag_til_vedtak": _("mangler forslag"),
        "mangler_hensikt": _("mangler hensikt"),
        "mangler_sakseier": _("mangler sakseier"),
    }
)
"""What a sak lacks; that the note is not ready is its state."""

PURPOSES: Final[Mapping[Seksjonslag, str]] = MappingProxyType(
    {
        Seksjonslag.FORSLAG: _("Det utvalget bes om å vedta, slik det skal stå i referatet"),
        Seksjonslag.HENSIKT: _("Hva saken skal føre til, og hvorfor utvalget får den nå"),
        Seksjonslag.BAKGRUNN: _("Det utvalget må vite: hva som har skjedd, og hva som foreslås"),
        Seksjonslag.DROEFTING: _("Spørsmål som utvalget bes drøfte, gjerne nummerert: skriv «1. »"),
        Seksjonslag.VIDERE: _("Hva som skjer etter møtet, hvem som gjør det, og når"),
        Seksjonslag.EGEN: _("Skriv her"),
    }
)
"""What an empty section is for."""


def state_text(line: NoteLine) -> str:
    """Return the state of a note, or that there is none."""
    if line.tilstand is ToppnotatTilstand.KLAR:
        return _("Klart, ikke sendt")
    return STATES[line.tilstand] if line.tilstand else _STATUSES[line.status]


def missing_text(line: NoteLine) -> str:
    """Return what the sak lacks, or ""."""
    return ", ".join(MISSING[code] for code in line.mangler if code in MISSING)


def words_text(count: int) -> str:
    """Return how many words there are."""
    return _.plural("{antall} ord", "{antall} ord", count).format(antall=count)


def length_text(count: int) -> str:
    """Return how long a note is, and how long it takes to read."""
    if not count:
        return words_text(count)
    minutes = reading_minutes(count)
    reading = _.plural("ca. {antall} minutt å lese", "ca. {antall} minutter å lese", minutes)
    return f"{words_text(count)} · {reading.format(antall=minutes)}"


def version_parts(version: NoteVersion) -> str:
    """Return which sections a version changed."""
    if len(version.deler) > len(MISSING):
        return _("hele toppnotatet")
    return ", ".join(version.deler)
