"""What of each row can be found: its title, the text of a vedtak, and everything else it says."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Final, NamedTuple
from zlib import crc32

from desktop.richtext.codec import written_blocks
from desktop.storage.changes import Row, Value
from desktop.storage.search_words import normal

_PIECE, _LONGEST_PIECE = 400, 1_000
_BEGINNING: Final = 16
FILE_TEXT: Final = "fil_sha256"
"""The column whose file's text is the row's too."""


class Source(NamedTuple):
    """What is found of one table, and how a row of it leads to its sak (a select by `:key`).

    `follows` are the columns that decide which sak that is; `undated` rows are found whatever the
    year is.
    """

    title: tuple[str, ...] = ()
    decision: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    sak: str = "SELECT NULL"
    follows: tuple[str, ...] = ("sak_id",)
    undated: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column that is found."""
        return (*self.title, *self.decision, *self.text)


class Texts(NamedTuple):
    """The three texts of a document of the index."""

    title: str
    decision: str
    text: str

    def __bool__(self) -> bool:
        return bool(self.title or self.decision or self.text)


_OF_NOTE: Final = "SELECT n.sak_id FROM {} r JOIN toppnotat n ON n.id = r.toppnotat_id"
_OF_MINUTES: Final = "SELECT n.sak_id FROM {} r JOIN saksreferat n ON n.id = r.saksreferat_id"
_OF_COMMITMENT: Final = (
    "SELECT coalesce((SELECT v.sak_id FROM vedtak v WHERE v.id = o.vedtak_id),"
    " (SELECT r.sak_id FROM aksjonspunkt a JOIN saksreferat r ON r.id = a.saksreferat_id"
    " WHERE a.id = o.aksjonspunkt_id)) FROM oppfoelging o WHERE {}"
)
_BY_KEY: Final = " WHERE r.id = :key"


def _own(table: str) -> str:
    return f"SELECT sak_id FROM {table} WHERE id = :key"  # noqa: S608


SOURCES: Final[Mapping[str, Source]] = MappingProxyType(
    {
        "sak": Source(
            ("tittel",), ("forslag_til_vedtak",), ("omtale", "arkivreferanse"), "SELECT :key", ()
        ),
        "toppnotatseksjon": Source(
            text=("overskrift", "innhold"),
            sak=_OF_NOTE.format("toppnotatseksjon") + _BY_KEY,
            follows=("toppnotat_id",),
        ),
        "tidligere_vedtak": Source(
            text=("sak_tekst", "tema", "formulering"),
            sak=_OF_NOTE.format("tidligere_vedtak") + _BY_KEY,
            follows=("toppnotat_id",),
        ),
        "saksreferat": Source(
            text=("innledning", "oppsummering", "habilitet", "protokolltilfoersel"),
            sak=_own("saksreferat"),
        ),
        "innspill": Source(
            text=("tekst",),
            sak=_OF_MINUTES.format("innspill") + _BY_KEY,
            follows=("saksreferat_id",),
        ),
        "aksjonspunkt": Source(
            text=("tekst",),
            sak=_OF_MINUTES.format("aksjonspunkt") + _BY_KEY,
            follows=("saksreferat_id",),
        ),
        "referat": Source(text=("endringer",), follows=()),
        "vedtak": Source(
            ("tittel",), ("tekst",), ("organ", "referanse"), _own("vedtak"), ("sak_id", "dato")
        ),
        "oppfoelging": Source(
            decision=("oppgave",),
            sak=_OF_COMMITMENT.format("o.id = :key"),
            follows=("vedtak_id", "aksjonspunkt_id", "frist"),
        ),
        "oppfoelginglogg": Source(
            text=("tekst",),
            sak=_OF_COMMITMENT.format(
                "o.id = (SELECT oppfoelging_id FROM oppfoelginglogg WHERE id = :key)"
            ),
            follows=("oppfoelging_id",),
        ),
        "vedlegg": Source(("tittel", "filnavn"), (), ("url", FILE_TEXT), _own("vedlegg")),
        "person": Source(("fornavn", "etternavn"), (), ("epost",), follows=(), undated=True),
        "organisasjonsnavn": Source(("navn", "kortnavn"), follows=(), undated=True),
    }
)


def fits(driver: sqlite3.Connection) -> bool:
    """Return whether the file has the tables and columns that are found."""
    for table, source in SOURCES.items():
        columns = {row[1] for row in driver.execute(f"PRAGMA main.table_info({table})")}
        if not columns.issuperset(source.columns):
            return False
    return True


def texts_of(driver: sqlite3.Connection, table: str, row: Row) -> Texts:
    """Return what is found of a row, as people read it."""
    source = SOURCES[table]
    return Texts(*(
        normal(_joined(driver, row, columns))
        for columns in (source.title, source.decision, source.text)
    ))  # fmt: skip


def _joined(driver: sqlite3.Connection, row: Row, columns: tuple[str, ...]) -> str:
    found = (
        file_text(driver, row.get(name)) if name == FILE_TEXT else as_text(row.get(name))
        for name in columns
    )
    return "\n".join(filter(None, found))


def pieces(texts: Texts) -> list[Texts]:
    """Return texts with a long one cut at paragraphs, so that an edit changes one piece or two.

    Where to cut follows from how a paragraph begins, not from what stands before it.
    """
    if len(texts.text) <= _LONGEST_PIECE:
        return [texts]
    made: list[list[str]] = [[]]
    size = 0
    for line in texts.text.split("\n"):
        cut = size >= _PIECE and crc32(line[:_BEGINNING].encode(errors="replace")) % 2 == 0
        if size and (cut or size + len(line) > _LONGEST_PIECE):
            made.append([])
            size = 0
        made[-1].append(line)
        size += len(line)
    first, *rest = ("\n".join(lines) for lines in made)
    return [texts._replace(text=first), *(Texts("", "", text) for text in rest)]


def read_row(driver: sqlite3.Connection, table: str, key: str) -> Row | None:
    """Return the columns of a row that are found, or None where the row is gone."""
    columns = SOURCES[table].columns
    found = driver.execute(
        f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?",  # noqa: S608
        (key,),
    ).fetchone()
    return None if found is None else dict(zip(columns, found, strict=True))


def file_text(driver: sqlite3.Connection, digest: Value) -> str:
    """Return the text of an attached file; "" where it has not been read yet, or has none."""
    if not isinstance(digest, str):
        return ""
    found = driver.execute("SELECT tekst FROM soek_fil WHERE sha256 = ?", (digest,)).fetchone()
    return found[0] if found else ""


def as_text(value: Value) -> str:
    """Return a stored value as text: that of a tree, or the value itself."""
    if not isinstance(value, str):
        return ""
    return tree_text(value) if value.startswith('{"versjon":') else value


def tree_text(stored: str) -> str:
    """Return the text of a stored tree, one line per paragraph; "" where it is damaged.

    It is read without its checks, which cost more than a commit may: what is searched is what is
    there.
    """
    written = written_blocks(stored)
    if written is not None:
        return "\n".join(chain.from_iterable(map(_block_paragraphs, written)))
    try:
        data = json.loads(stored)
    except ValueError:
        return ""
    return "\n".join(_paragraphs(data))


@lru_cache(maxsize=2_048)
def _block_paragraphs(stored: str) -> tuple[str, ...]:
    """Return the texts of a block; while one writes, all blocks but one are as they were."""
    return tuple(_paragraphs([json.loads(stored)]))


def _paragraphs(node: object) -> Iterator[str]:
    """Yield the texts of the blocks below a node, in their order."""
    if isinstance(node, list):
        for part in node:
            yield from _paragraphs(part)
    elif isinstance(node, dict):
        content = node.get("innhold")
        if isinstance(content, list):
            yield "".join(_inlines(content))
        if isinstance(node.get("alt"), str):
            yield node["alt"]
        for name in ("blokker", "punkter", "rader", "celler"):
            below = node.get(name)
            if isinstance(below, list):
                yield from _paragraphs(below)


def _inlines(content: list[object]) -> Iterator[str]:
    for inline in content:
        if not isinstance(inline, dict):
            continue
        if isinstance(inline.get("tekst"), str):
            yield inline["tekst"]
        elif inline.get("linjeskift"):
            yield "\n"
        elif isinstance(inline.get("innhold"), list):
            yield f" [{''.join(_inlines(inline['innhold']))}]"
