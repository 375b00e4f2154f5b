"""Asking the index: which documents have all the words, the best first, in a bounded time.

Words go to SQLite as stems in quotes, so that nothing that was typed is syntax. A word is sought in
two ways: by its own stem, and by every word that it is a part of. Where more documents match than
can be ranked in time, those with a match in the title and the newest ones are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final, NamedTuple

from desktop.storage.search_schema import YEAR_SHIFT
from desktop.storage.search_words import PART, stem

_STEPS: Final = 2_000
_MOST_STEMS: Final = 250
_MOST_BEGINNINGS: Final = 60
_LONG_STEM: Final = 5
_TITLES, _EXACT, _WIDE = 300, 800, 500
_RECENT_YEARS: Final = 12
_UNDATED: Final = 3_000
_WORTH: Final = {"sak": 0.3, "person": 0.2, "organisasjonsnavn": 0.2, "vedtak": 0.1}
_CONTAINING: Final = (
    "SELECT o.ord, o.stamme FROM soek_deler CROSS JOIN soek_ord o ON o.id = soek_deler.rowid"
    " WHERE soek_deler MATCH ? AND instr(o.ord, ?) > 0"
    " ORDER BY instr(o.ord, ?) > 1, length(o.ord) LIMIT ?"
)
_BEGINNING: Final = (
    "SELECT ord, stamme FROM soek_ord WHERE ord >= ? AND ord < ? ORDER BY length(ord) LIMIT ?"
)
_SELECT: Final = (
    "SELECT soek_tekst.rowid, {rank}, d.tabell, d.noekkel, d.sak_id"
    " FROM soek_tekst CROSS JOIN soek_dok d ON d.id = soek_tekst.rowid{joined}"
    " WHERE soek_tekst MATCH ?{conditions} ORDER BY soek_tekst.rowid DESC LIMIT ?"
)
_TITLED: Final = _SELECT.replace("soek_tekst", "soek_titler").replace("{rank}", "0.0")
_BM25: Final = "-bm25(soek_tekst, 10.0, 4.0, 1.0)"
_LIST: Final = (
    "SELECT d.id, 0.0, d.tabell, d.noekkel, d.sak_id FROM soek_dok d{joined}"
    " WHERE 1{conditions} ORDER BY d.id DESC LIMIT ?"
)
_JOINED: Final = " LEFT JOIN sak s ON s.id = d.sak_id"
_ENOUGH: Final = 60
_RARE: Final = 3_000

Row = tuple[int, float, str, str, str | None]


class Wanted(NamedTuple):
    """Folded words that stand together; `unfinished` is a last word that is still being typed."""

    words: tuple[str, ...]
    quoted: bool = False
    unfinished: bool = False


class Condition(NamedTuple):
    """An SQL condition over `d` (soek_dok) and `s` (sak), with its values.

    `{id}` in it stands for the number of the document.
    """

    sql: str
    values: tuple[object, ...] = ()


class Found(NamedTuple):
    """A document that matches; the higher the score, the better."""

    table: str
    key: str
    sak_id: str | None
    score: float


@dataclass(slots=True)
class Match:
    """The documents found, the best first.

    `bounded` says that there are more than were ranked, `interrupted` that time ran out.
    """

    found: list[Found] = field(default_factory=list)
    bounded: bool = False
    interrupted: bool = False


class Matcher:
    """One search in one state of the archive, which ends when its time is over."""

    def __init__(self, driver: sqlite3.Connection, milliseconds: float | None) -> None:
        self._driver = driver
        self._end = None if milliseconds is None else perf_counter() + milliseconds / 1000
        self._scores: dict[int, tuple[float, Row]] = {}
        self._result = Match()

    def match(self, wanted: Sequence[Wanted], conditions: Sequence[Condition], most: int) -> Match:
        """Return the documents that have everything wanted and meet all conditions."""
        self._driver.set_progress_handler(self._is_over, _STEPS)
        try:
            if wanted:
                self._ranked(wanted, conditions)
            else:
                self._note(self._rows(_LIST, None, conditions, most), most, (0.0, 0.0))
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_INTERRUPT:
                raise
            self._result.interrupted = True
        finally:
            self._driver.set_progress_handler(None, 0)
        best = sorted(self._scores.items(), key=lambda item: (-item[1][0], -item[0]))
        rows: dict[tuple[str, str], Found] = {}
        for _number, (score, row) in best:
            rows.setdefault((row[2], row[3]), Found(row[2], row[3], row[4], score))
        self._result.found = list(rows.values())
        return self._result

    def _is_over(self) -> bool:
        return self._end is not None and perf_counter() > self._end

    def _ranked(self, wanted: Sequence[Wanted], conditions: Sequence[Condition]) -> None:
        """Note the exact matches, then those in titles, then those by a part of a word.

        What has all words only when the texts of a sak are taken together comes last. Each step
        is left out where the ones before it filled what is shown.
        """
        exact = " AND ".join(_exact(one) for one in wanted)
        ranked = _SELECT.replace("{rank}", _BM25)
        self._note(self._rows(ranked, exact, conditions, _EXACT), _EXACT, (1.0, 1.0))
        most = max(40, _MOST_STEMS // sum(len(one.words) for one in wanted))
        parts = [self._wide(one, most) for one in wanted]
        wide = " AND ".join(parts)
        plain = _SELECT.replace("{rank}", "0.0")
        titles = self._rows(_TITLED, wide, conditions, _TITLES)
        self._note(titles, _TITLES, (1.6, 0.0))
        if wide != exact:
            if len(self._scores) >= _ENOUGH:
                self._result.bounded = True
                return
            self._note(self._rows(plain, wide, conditions, _WIDE), _WIDE, (0.5, 0.0))
        if len(parts) > 1 and len(self._scores) < _ENOUGH:
            self._together(parts, conditions)

    def _together(self, parts: Sequence[str], conditions: Sequence[Condition]) -> None:
        """Note the saker that have all words, but not in one text."""
        saker: set[str] | None = None
        by_sak: dict[str, Row] = {}
        plain = _SELECT.replace("{rank}", "0.0")
        for part in parts:
            rows = self._rows(plain, part, conditions, _RARE)
            self._result.bounded |= len(rows) == _RARE
            by_sak |= {row[4]: row for row in rows if row[4] is not None}
            found = {row[4] for row in rows if row[4] is not None}
            saker = found if saker is None else saker & found
            if not saker:
                return
        self._note([by_sak[sak] for sak in saker or ()], _RARE, (0.2, 0.0))

    def _rows(
        self, sql: str, expression: str | None, conditions: Sequence[Condition], most: int
    ) -> list[Row]:
        table = "soek_titler" if sql is _TITLED else "soek_tekst"
        number = "d.id" if expression is None else f"{table}.rowid"
        tests = "".join(f" AND ({one.sql.replace('{id}', number)})" for one in conditions)
        joined = _JOINED if any("s." in one.sql for one in conditions) else ""
        values = [value for one in conditions for value in one.values]
        return self._driver.execute(
            sql.replace("{joined}", joined).replace("{conditions}", tests),
            (*(() if expression is None else (expression,)), *values, most),
        ).fetchall()

    def _note(self, rows: Sequence[Row], most: int, worth: tuple[float, float]) -> None:
        """Note documents; `worth` is that of the worst of them and what the best has more.

        What several steps find is worth the most of them, and a little more.
        """
        self._result.bounded |= len(rows) == most
        best = max((row[1] for row in rows), default=0.0) or 1.0
        newest = max((year for row in rows if (year := row[0] >> YEAR_SHIFT) < _UNDATED), default=0)
        for row in rows:
            number = row[0]
            score = worth[0] + worth[1] * row[1] / best + _WORTH.get(row[2], 0.0)
            score += _recency(number >> YEAR_SHIFT, newest)
            known = self._scores.get(number)
            if known is not None:
                score = max(score, known[0]) + 0.3
            self._scores[number] = score, row

    def _wide(self, wanted: Wanted, most: int) -> str:
        if wanted.quoted:
            return _exact(wanted)
        parts = []
        for place, word in enumerate(wanted.words):
            last = wanted.unfinished and place == len(wanted.words) - 1
            stems = {stem(word): None, **self._stems(word, most, unfinished=last)}
            parts.append(f"({' OR '.join(map(_quoted, stems))})")
        return f"({' AND '.join(parts)})" if len(parts) > 1 else parts[0]

    def _stems(self, word: str, most: int, *, unfinished: bool) -> Mapping[str, None]:
        """Return the stems of the words that a word is a part of, or the beginning of."""
        if len(word) >= PART and not word.isdigit():
            found = dict(self._containing(word, most))
            root = stem(word)
            if root != word and len(root) >= _LONG_STEM:
                found |= dict(self._containing(root, most))
        elif unfinished:
            after = word[:-1] + chr(ord(word[-1]) + 1)
            found = dict(self._driver.execute(_BEGINNING, (word, after, _MOST_BEGINNINGS)))
        else:
            found = {}
        return dict.fromkeys(found.values())

    def _containing(self, part: str, most: int) -> Iterable[tuple[str, str]]:
        parts = {part[place : place + PART] for place in range(len(part) - PART + 1)}
        expression = " AND ".join(sorted(map(_quoted, parts)))
        return self._driver.execute(_CONTAINING, (expression, part, part, most)).fetchall()


def _exact(wanted: Wanted) -> str:
    return _quoted(" ".join(map(stem, wanted.words)))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _recency(year: int, newest: int) -> float:
    """Return what being new is worth: a little, and the less the older it is."""
    if year > newest:
        return 0.15
    return 0.25 * max(0.0, 1 - (newest - year) / _RECENT_YEARS)
