"""What belongs in the file of one meeting: enough to write its documents, and no more.

- The meeting with everything on it: days, running order, saker and their people, vedlegg,
  toppnotater, attendance, minutes, vedtak, what was sent, and the commitments that came of it.
- The minutes of every meeting whose referat is a vedlegg here, since the møtepakke prints them.
- The seats of the utvalg on the days of those meetings, since the papers print the members.
- Every row that one of these refers to, and what that one refers to in turn. An organisation comes
  with its names, an utvalg with its posts, phrases and series, another meeting with its days alone:
  a sak or a vedtak of it that is referred to has then its number and its date.
- The row that names the archive.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Final

from desktop.rules.entity_kinds import Vedleggslag
from desktop.services.exchange_format import FILE_TABLE, Row, formats, is_exported
from desktop.services.exchange_rows import Tables

_Children = Mapping[str, tuple[tuple[str, str], ...]]

_MINUTES: Final[_Children] = MappingProxyType(
    {
        "moete": (("moetedag", "moete_id"), ("sak", "moete_id"), ("oppmoete", "moete_id"),
                  ("referat", "moete_id")),
        "moetedag": (("dagsordenpost", "moetedag_id"),),
        "sak": (("saksrolle", "sak_id"), ("saksreferat", "sak_id"), ("vedtak", "sak_id")),
        "saksreferat": (("innspill", "saksreferat_id"), ("aksjonspunkt", "saksreferat_id")),
        "oppmoete": (("oppmoete_sak", "oppmoete_id"),),
    }
)  # fmt: skip
_PAPERS: Final[_Children] = MappingProxyType(
    {
        "moete": (("utsendelse", "moete_id"), ("kontrollunntak", "moete_id")),
        "sak": (("vedlegg", "sak_id"), ("toppnotat", "sak_id")),
        "toppnotat": (("toppnotatseksjon", "toppnotat_id"), ("tidligere_vedtak", "toppnotat_id")),
        "vedtak": (("oppfoelging", "vedtak_id"), ("oppfoelgingsavslag", "vedtak_id")),
        "aksjonspunkt": (
            ("oppfoelging", "aksjonspunkt_id"),
            ("oppfoelgingsavslag", "aksjonspunkt_id"),
        ),
        "oppfoelging": (("oppfoelginglogg", "oppfoelging_id"),),
        "utsendelse": (("utsendelsefil", "utsendelse_id"), ("mottaker", "utsendelse_id")),
    }
)
_WHOLE: Final[_Children] = MappingProxyType(
    {
        table: (*_MINUTES.get(table, ()), *_PAPERS.get(table, ()))
        for table in dict.fromkeys((*_MINUTES, *_PAPERS))
    }
)
_ALWAYS: Final[_Children] = MappingProxyType(
    {
        "organisasjon": (("organisasjonsnavn", "organisasjon_id"),),
        "utvalg": (("nummerserie", "utvalg_id"), ("fastpost", "utvalg_id"), ("frase", "utvalg_id")),
        "moete": (("moetedag", "moete_id"),),
    }
)

_Node = tuple[str, str]
Keys = dict[str, set[str]]


def keys_of_moete(tables: Tables, moete_id: str) -> Keys:
    """Return the keys, by table, of what belongs in the file of one meeting."""
    return _Closure(tables).of(moete_id)


class _Closure:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._children: dict[tuple[str, str], dict[str, list[str]]] = {}
        self._found: set[_Node] = set()

    def of(self, moete_id: str) -> Keys:
        whole = self._below(("moete", moete_id), _WHOLE)
        attached = {
            row["referat_moete_id"]
            for table, key in whole
            if table == "vedlegg" and (row := self._tables[table][key])["referat_moete_id"]
            if row["slag"] is Vedleggslag.REFERAT
        }
        minutes = [self._below(("moete", key), _MINUTES) for key in sorted(attached)]
        seats = chain.from_iterable(map(self._seats, {moete_id, *attached}))
        names = (("arkiv", key) for key in self._tables["arkiv"])
        self._add(chain(whole, *minutes, seats, names))
        self._add_links()
        keys: Keys = {}
        for table, key in self._found:
            keys.setdefault(table, set()).add(key)
        return keys

    def _below(self, root: _Node, children: _Children) -> set[_Node]:
        found, waiting = {root}, [root]
        while waiting:
            for node in self._children_of(waiting.pop(), children):
                if node not in found:
                    found.add(node)
                    waiting.append(node)
        return found

    def _children_of(self, node: _Node, children: _Children) -> Iterator[_Node]:
        table, key = node
        for child, column in children.get(table, ()):
            for child_key in self._by_parent(child, column).get(key, ()):
                yield child, child_key

    def _by_parent(self, table: str, column: str) -> dict[str, list[str]]:
        found = self._children.get((table, column))
        if found is None:
            found = defaultdict(list)
            for key, row in self._tables[table].items():
                found[row[column]].append(key)
            self._children[table, column] = found
        return found

    def _seats(self, moete_id: str) -> Iterator[_Node]:
        days = [
            self._tables["moetedag"][key]["dato"]
            for key in self._by_parent("moetedag", "moete_id").get(moete_id, ())
        ]
        utvalg = self._tables["moete"][moete_id]["utvalg_id"]
        for key in self._by_parent("verv", "utvalg_id").get(utvalg, ()):
            if any(_holds(self._tables["verv"][key], day) for day in days):
                yield "verv", key

    def _add(self, nodes: Iterable[_Node]) -> None:
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if node not in self._found:
                self._found.add(node)
                waiting += self._parents_of(node)
                waiting += self._children_of(node, _ALWAYS)

    def _parents_of(self, node: _Node) -> Iterator[_Node]:
        table, key = node
        if table == FILE_TABLE:
            return
        row = self._tables[table][key]
        for field in formats()[table].references:
            parent = row[field.name]
            if field.reference and parent is not None and is_exported(field, row):
                yield field.reference, parent

    def _add_links(self) -> None:
        """Add the links of commitments to saker that are both in the file already."""
        for key, row in self._tables["oppfoelging_sak"].items():
            ends = {("oppfoelging", row["oppfoelging_id"]), ("sak", row["sak_id"])}
            if ends <= self._found:
                self._found.add(("oppfoelging_sak", key))


def _holds(seat: Row, day: dt.date) -> bool:
    return (seat["fra"] is None or seat["fra"] <= day) and (
        seat["til"] is None or seat["til"] >= day
    )
