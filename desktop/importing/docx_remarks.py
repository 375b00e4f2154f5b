"""What a reader of Word files has to tell: what was left out, changed, or must be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from desktop.richtext.clean import clean_text
from desktop.richtext.problems import Params

SENTENCES: Final[Mapping[str, str]] = {
    "attachments": "Filene som dokumentet lister som vedlegg, legges til på saken: {text}.",
    "comment": "Merknad fra {hvem} ble ikke lest inn: «{text}»",
    "contents_left_out": "Innholdsfortegnelsen er utelatt; dokumentene lager sin egen.",
    "duplicate_section": "Overskriften «{text}» står flere ganger; den siste er lest som egen del.",
    "embedded_left_out": "Et innebygd dokument eller objekt er ikke lest inn.",
    "endnotes": "Sluttnotene er lest som fotnoter.",
    "equation": "En formel er lest som tekst: «{text}»",
    "hidden_text": "Skjult tekst ble ikke lest inn: «{text}»",
    "image_cropped": "Bildet «{text}» er beskåret i Word; hele bildet er lest inn.",
    "image_in_note": "Et bilde i en fotnote er ikke lest inn.",
    "image_left_out": "Bildet «{text}» kunne ikke leses og er utelatt. Sett det inn som PNG.",
    "image_linked": "Bildet «{text}» ligger utenfor filen og er ikke hentet.",
    "link_refused": "Lenken «{link}» er ikke tillatt; teksten er beholdt uten lenke.",
    "list_too_deep": "Listen har flere enn {limit} nivåer; de innerste er lest som avsnitt.",
    "number_format": "En liste har en nummerering som er forenklet. Se over den.",
    "other_document": "Filen hører til et annet toppnotat. Kontroller at den gjelder denne saken.",
    "struck_text": "Gjennomstreket tekst er tatt med som vanlig tekst: «{text}»",
    "symbol": "Et tegn fra skriften {font} er ukjent og står som «�».",
    "table_in_cell": "En tabell inne i en celle er lest som avsnitt.",
    "table_mended": "Cellene i en tabell passet ikke sammen; tabellen er rettet.",
    "textbox": "Teksten i en tekstboks er satt inn etter avsnittet den hører til: «{text}»",
    "too_many": "Det var flere merknader enn {limit}; resten er ikke vist.",
}
_LONGEST: Final = 160
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell whoever reads a file in: a code of `SENTENCES` with its parameters."""

    code: str
    params: Params = field(default_factory=dict, hash=False)


def remark_text(remark: Remark, sentences: Mapping[str, str] = SENTENCES) -> str:
    """Return the sentence of a remark."""
    return sentences[remark.code].format(**remark.params)


def clipped(text: str, longest: int = _LONGEST) -> str:
    """Return a text as one line that is not too long to be shown."""
    line = " ".join(clean_text(text).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


class Remarks:
    """Gathers remarks, each once."""

    def __init__(self) -> None:
        self._found: list[Remark] = []

    def say(self, code: str, **params: str | int) -> None:
        """Add a remark, unless it was made before or there are too many."""
        remark = Remark(code, params)
        if remark in self._found or len(self._found) > _MOST:
            return
        full = len(self._found) == _MOST
        self._found.append(Remark("too_many", {"limit": _MOST}) if full else remark)

    def all(self) -> tuple[Remark, ...]:
        """Return the remarks in the order they were made."""
        return tuple(self._found)
