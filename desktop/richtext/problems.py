"""What can be wrong with a tree, as codes with parameters, and the Norwegian sentence of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

Params = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `path` names the place as in the JSON form: `blokker[2].punkter[0]`."""

    path: str
    code: str
    params: Params = field(default_factory=dict, hash=False)


SENTENCES: Final[Mapping[str, str]] = {
    "bad_choice": "«{value}» er ikke en kjent verdi for «{field}».",
    "bad_file": "Figuren viser ikke til en fil i arkivet.",
    "bad_id": "Id-en «{id}» har feil form.",
    "bad_level": "Overskriftsnivået {level} finnes ikke; nivåene er 1 til 3.",
    "bad_link": "Lenken «{link}» er ikke tillatt; bruk http, https, mailto eller #.",
    "bad_note_id": "Fotnotens id «{id}» har feil form.",
    "bad_start": "Listen kan ikke begynne på {start}.",
    "bad_width": "Figurens bredde på {width} mm er utenfor 1 til 500.",
    "bullet_numbering": "En punktliste kan ikke ha nummerformat eller startnummer.",
    "cell_block": "En tabellcelle kan ikke inneholde en tabell.",
    "column_widths": "Tabellen har {columns} kolonner, men {widths} gyldige kolonnebredder.",
    "duplicate_id": "Id-en «{id}» er brukt flere ganger.",
    "duplicate_note_id": "Fotnote-id-en «{id}» er brukt flere ganger.",
    "empty_cell": "Tabellcellen mangler avsnitt.",
    "empty_item": "Listepunktet mangler avsnitt.",
    "empty_list": "Listen har ingen punkter.",
    "empty_row": "I tabellraden begynner ingen celle.",
    "empty_run": "Et tekststykke er tomt.",
    "empty_table": "Tabellen har ingen rader.",
    "header_rows": "Tabellen har {rows} rader og kan ikke ha {header_rows} overskriftsrader.",
    "item_block": "Et listepunkt kan bare inneholde avsnitt og lister.",
    "item_start": "Et listepunkt må begynne med et avsnitt.",
    "row_too_long": "Tabellraden har flere celler enn tabellens {columns} kolonner.",
    "row_too_short": "Tabellraden fyller ikke tabellens {columns} kolonner.",
    "span_outside": "En celle strekker seg under tabellens siste rad.",
    "span_overlap": "To celler i tabellen ligger over hverandre.",
    "span_too_small": "En celle må dekke minst én kolonne og én rad.",
    "too_deep": "Listen har flere enn {limit} nivåer.",
    "too_many_columns": "Tabellen har {columns} kolonner; grensen er {limit}.",
    "unclean_text": "Teksten inneholder tegn som ikke kan lagres.",
    "unmerged_runs": "To tekststykker med likt utseende står ved siden av hverandre.",
}


def problem_text(problem: Problem, sentences: Mapping[str, str] = SENTENCES) -> str:
    """Return the sentence of a problem, without its path."""
    return sentences[problem.code].format(**problem.params)
