"""Sentences for what went wrong: a code with parameters in, a Norwegian sentence out.

Rules, storage and services report codes; only this module knows the words. A sentence says what
happened, what was kept, and what to do. Values are put into it by name, `{navn}`, and by nothing
cleverer: no attributes, no indexes. Sentences are bokmål; another målform is looked up in the
catalogue and stays bokmål where the catalogue has no such sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import Enum
from types import MappingProxyType
from typing import Final

from desktop.i18n.catalogue import words
from desktop.i18n.dates import long_date, prose_clock
from desktop.i18n.locales import BOKMAAL
from desktop.i18n.rule_messages import RULE_MESSAGES
from desktop.i18n.service_messages import SERVICE_MESSAGES

_LONGEST_VALUE = 200
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{(?P<name>[a-zæøå_][a-zæøå0-9_]*)\}")

_READING_MESSAGES: Final = MappingProxyType(
    {
        "dato_uleselig": (
            "«{tekst}» er ikke en dato. Skriv den som 14.12.2023 eller 14. desember 2023."
        ),
        "dato_finnes_ikke": "Datoen {tekst} finnes ikke. Se etter dag og måned.",
        "dato_uten_aar": "Datoen {tekst} mangler år. Skriv den som 14.12.2023.",
        "klokkeslett_uleselig": (
            "«{tekst}» er ikke et klokkeslett. Skriv det som 10.00 eller kl. 10."
        ),
        "klokkeslett_finnes_ikke": (
            "Klokkeslettet {tekst} finnes ikke. Bruk tider fra 00.00 til 23.59."
        ),
    }
)

_UNKNOWN = "Noe gikk galt, og handlingen ble ikke fullført (feilkode {kode})."

MESSAGES: Final[Mapping[str, str]] = MappingProxyType(
    {**RULE_MESSAGES, **SERVICE_MESSAGES, **_READING_MESSAGES}
)


def message(code: str, params: Mapping[str, object] | None = None, maalform: str = BOKMAAL) -> str:
    """Return the sentence for a code; for one without a sentence, a general one that names it.

    A value that the sentence asks for and `params` lacks is shown as "?". Long values are cut.
    """
    template = MESSAGES.get(code)
    if template is None:
        return filled(words(maalform)(_UNKNOWN), {"kode": code}, maalform)
    return filled(words(maalform)(template), params or {}, maalform)


def filled(template: str, params: Mapping[str, object], maalform: str) -> str:
    """Return a sentence with its values put in, as `message` does."""

    def value(found: re.Match[str]) -> str:
        name = found["name"]
        if name is None:
            return found[0][0]
        return _shown(params[name], maalform) if name in params else "?"

    return _PLACEHOLDER.sub(value, template)


def _shown(value: object, maalform: str) -> str:
    match value:
        case datetime():
            return f"{long_date(value, maalform)} kl. {prose_clock(value.time())}"
        case date():
            return long_date(value, maalform)
        case time():
            return prose_clock(value)
        case Enum():
            return str(value.value)
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"
