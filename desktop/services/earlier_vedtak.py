"""Earlier vedtak for a toppnotat: those of the sak's own chain, and those that resemble the sak.

Likeness is counted in rare words: of what the sak says, the stems that fewest documents of the
search index have are sought there, and what has several of them in title or vedtak stands first.
While the index is not complete, the longest words of the title are sought in titles alone.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Sak, Toppnotat, Toppnotatseksjon
from desktop.richtext.plain import plain_text
from desktop.services.access import get
from desktop.services.register_text import like_pattern
from desktop.services.search import driver_of
from desktop.services.search_language import read_query
from desktop.services.toppnotater import cite_vedtak
from desktop.services.vedtak_register import (
    VedtakRegisterRow,
    load_vedtak_page,
    match_vedtak_titles,
)
from desktop.services.verbs import operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet
from desktop.storage.search_match import Condition, Matcher
from desktop.storage.search_schema import is_complete
from desktop.storage.search_words import stem, words

PROPOSED: Final = 12
_LISTED: Final = 60
_TITLE_WORTH: Final = 3
_WORDS_READ: Final = 600
_SOUGHT: Final = 40
_MOST_STEMS: Final = 160
_MOST_DOCUMENTS: Final = 2_500
"""How many documents the sought stems may be found in together: it bounds the time."""
_ENOUGH, _ENOUGH_ALONE = 0.25, 0.45
"""What a proposal needs of the best one's likeness: by several words, and by a single one."""
_MOST_TITLES: Final = 500
_MILLISECONDS: Final = 150.0
_COMMON: Final = frozenset(
    map(stem, words(
        "sak saken status orientering drøfting arbeid videre nasjonal råd utvalg møte vedtak"
        " innspill foreslå skal være eller andre denne disse dette hvordan gjennom under mellom"
        " etter også godkjenning innkalling dagsorden referat eventuelt"
    ))
)  # fmt: skip
_LETTERS: Final = re.compile(r"[^\W\d_]{4,}")
_KINDS: Final = Condition("d.tabell IN ('sak', 'vedtak')")


class EarlierProposal(NamedTuple):
    """A vedtak to cite; `samme_kjede` says that its sak is one that this one continues."""

    vedtak: VedtakRegisterRow
    samme_kjede: bool = False
    sitert: bool = False


def propose_earlier(
    session: Session, sak_id: str, *, limit: int = PROPOSED
) -> tuple[EarlierProposal, ...]:
    """Return the vedtak that a toppnotat is likely to cite: those of its chain, then the likest.

    What it cites already is left out, and so is the sak's own vedtak.
    """
    chain = _chain_rows(session, sak_id)
    out = _left_out(session, sak_id)
    likest = [row for row in _resembling(session, sak_id) if row not in chain]
    kept = [row for row in (*chain, *likest) if row not in out][:limit]
    page = load_vedtak_page(session, kept)
    return tuple(EarlierProposal(page[row], row in set(chain)) for row in kept if row in page)


def search_earlier(session: Session, sak_id: str, text: str) -> tuple[EarlierProposal, ...]:
    """Return the vedtak of the register that a text finds; those cited already are marked."""
    titles = sorted(match_vedtak_titles(session, text), reverse=True)[:_LISTED]
    driver = driver_of(session)
    found: list[int] = []
    if is_complete(driver):
        sought = read_query(text).sought
        if sought:
            hits = Matcher(driver, _MILLISECONDS).match(sought, (_KINDS,), _LISTED).found
            found = _rows_of_documents(driver, [(one.table, one.key) for one in hits])
    rows = list(dict.fromkeys((*found, *titles)))[:_LISTED]
    page, cited = load_vedtak_page(session, rows), _left_out(session, sak_id)
    return tuple(EarlierProposal(page[row], sitert=row in cited) for row in rows if row in page)


def cite_several(archive: Archive, *, sak_id: str, vedtak: Sequence[str]) -> ChangeSet:
    """Add vedtak of the register to a toppnotat's table, in this order, as one operation.

    Raises:
        ServiceError: as `cite_vedtak`.
    """
    with operation(archive, "cite_vedtak") as op:
        for key in dict.fromkeys(vedtak):
            cite_vedtak(archive, sak_id=sak_id, vedtak_id=key)
    return op.changes


def chain_of(session: Session, sak_id: str) -> tuple[str, ...]:
    """Return the keys of the saker of a chain: those it continues, itself, those that continue it.

    In the order of their numbers; saker without one come last.
    """
    found = session.connection().exec_driver_sql(
        "WITH RECURSIVE foer(id, forrige) AS (SELECT id, fortsetter_id FROM sak WHERE id = :sak"
        " UNION SELECT s.id, s.fortsetter_id FROM foer JOIN sak s ON s.id = foer.forrige),"
        " kjede(id) AS (SELECT id FROM foer UNION"
        " SELECT s.id FROM kjede JOIN sak s ON s.fortsetter_id = kjede.id)"
        " SELECT s.id FROM kjede JOIN sak s ON s.id = kjede.id"
        " ORDER BY s.moetesaksaar IS NULL, s.moetesaksaar, s.moetesakssekvensnummer, s.id",
        {"sak": sak_id},
    )
    return tuple(found.scalars())


def _chain_rows(session: Session, sak_id: str) -> list[int]:
    keys = [key for key in chain_of(session, sak_id) if key != sak_id]
    driver = driver_of(session)
    return _rows_of_documents(driver, [("sak", key) for key in keys])


def _rows_of_documents(
    driver: sqlite3.Connection, documents: Iterable[tuple[str, str]]
) -> list[int]:
    """Return the row numbers of the vedtak that documents are, or whose saker they are."""
    sql = {
        "sak": "SELECT rowid FROM vedtak WHERE sak_id = ?",
        "vedtak": "SELECT rowid FROM vedtak WHERE id = ?",
    }
    found = (driver.execute(sql[table], (key,)).fetchone() for table, key in documents)
    return list(dict.fromkeys(row[0] for row in found if row))


def _left_out(session: Session, sak_id: str) -> set[int]:
    found = session.connection().exec_driver_sql(
        "SELECT rowid FROM vedtak WHERE sak_id = :sak UNION SELECT v.rowid FROM toppnotat n"
        " JOIN tidligere_vedtak t ON t.toppnotat_id = n.id JOIN vedtak v ON v.id = t.vedtak_id"
        " WHERE n.sak_id = :sak",
        {"sak": sak_id},
    )
    return set(found.scalars())


def _resembling(session: Session, sak_id: str) -> list[int]:
    driver = driver_of(session)
    title, text = _said(session, sak_id)
    if not is_complete(driver):
        return _with_title_words(session, title)
    counted: Counter[str] = Counter()
    for worth, part in ((_TITLE_WORTH, title), (1, text)):
        for word in words(part)[:_WORDS_READ]:
            if _LETTERS.fullmatch(word) and (root := stem(word)) not in _COMMON:
                counted[root] += worth
    sought = _rarest(driver, counted)
    scores: dict[int, float] = {}
    shared: Counter[int] = Counter()
    for root, weight in sought:
        for row in _having(driver, root):
            scores[row] = scores.get(row, 0.0) + weight
            shared[row] += 1
    best = max(scores.values(), default=0.0)
    kept = (
        row
        for row, score in scores.items()
        if score >= best * (_ENOUGH if shared[row] > 1 else _ENOUGH_ALONE)
    )
    return sorted(kept, key=lambda row: (-scores[row], -row))[:_LISTED]


def _said(session: Session, sak_id: str) -> tuple[str, str]:
    sak = get(session, Sak, sak_id)
    sections = session.scalars(
        select(Toppnotatseksjon.innhold)
        .join(Toppnotat, Toppnotat.id == Toppnotatseksjon.toppnotat_id)
        .where(Toppnotat.sak_id == sak_id, Toppnotatseksjon.innhold.is_not(None))
        .order_by(Toppnotatseksjon.rekkefoelge)
    )
    trees = (sak.omtale, *sections)
    return sak.tittel, "\n".join(plain_text(tree) for tree in trees if tree is not None)


def _rarest(driver: sqlite3.Connection, counted: Counter[str]) -> list[tuple[str, float]]:
    """Return the stems that say most about a sak, with their weights; few enough to be quick."""
    total = driver.execute("SELECT count(*) FROM soek_dok").fetchone()[0] or 1
    weighed = []
    for root, count in counted.most_common(_MOST_STEMS):
        found = driver.execute("SELECT doc FROM soek_stammer WHERE term = ?", (root,)).fetchone()
        if found and found[0] > 1:
            rare = math.log(1 + total / found[0])
            weighed.append((min(count, 6) * rare, found[0], root))
    chosen: list[tuple[str, float]] = []
    documents = 0
    for weight, held, root in sorted(weighed, reverse=True):
        if len(chosen) < _SOUGHT and documents + held <= _MOST_DOCUMENTS:
            chosen.append((root, weight))
            documents += held
    return chosen


def _having(driver: sqlite3.Connection, root: str) -> set[int]:
    """Return the row numbers of the vedtak whose text, or whose sak's title, has a stem."""
    quoted = '"' + root.replace('"', '""') + '"'
    found = driver.execute(
        "SELECT v.rowid FROM soek_tekst CROSS JOIN soek_dok d ON d.id = soek_tekst.rowid"
        " CROSS JOIN vedtak v ON v.sak_id = d.noekkel WHERE soek_tekst MATCH ?"
        " AND d.tabell = 'sak' UNION SELECT v.rowid FROM soek_tekst"
        " CROSS JOIN soek_dok d ON d.id = soek_tekst.rowid"
        " CROSS JOIN vedtak v ON v.id = d.noekkel WHERE soek_tekst MATCH ?"
        " AND d.tabell = 'vedtak'",
        (f"tittel : {quoted}", f"{{tittel vedtak}} : {quoted}"),
    )
    return {row for (row,) in found}


def _with_title_words(session: Session, title: str) -> list[int]:
    """Return the vedtak whose titles have most of a title's longest words, without an index."""
    longest = sorted(
        {word for word in words(title) if _LETTERS.fullmatch(word) and stem(word) not in _COMMON},
        key=len,
        reverse=True,
    )[:6]
    patterns = [f"%{like_pattern(stem(word))}%" for word in longest]
    if not patterns:
        return []
    count = " + ".join("(tittel LIKE ? ESCAPE '\\')" for _pattern in patterns)
    numbered = session.connection().exec_driver_sql(
        "SELECT v.rowid, t.antall FROM (SELECT rowid AS rad, antall FROM (SELECT rowid,"  # noqa: S608
        f" {count} AS antall FROM sak INDEXED BY ix_sak_tittel) WHERE antall > 0"
        f" ORDER BY antall DESC LIMIT {_MOST_TITLES}) t"
        " CROSS JOIN sak s ON s.rowid = t.rad CROSS JOIN vedtak v ON v.sak_id = s.id"
        f" UNION ALL SELECT rowid, antall FROM (SELECT rowid, {count} AS antall FROM vedtak"
        " WHERE tittel IS NOT NULL) WHERE antall > 0",
        (*patterns, *patterns),
    )
    held: dict[int, int] = {row[0]: row[1] for row in numbered}
    return sorted(held, key=lambda row: (-held[row], -row))[:_LISTED]
