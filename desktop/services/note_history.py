"""The versions of a toppnotat, rebuilt from the change log.

Starting from the note as it stands, each logged change of its sections and of the proposed vedtak
is taken back, the newest first. A version is the note as it stood after an operation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.i18n.catalogue import words
from desktop.i18n.terms import SEKSJONER
from desktop.models import Sak, Toppnotat, Toppnotatseksjon
from desktop.richtext.codec import CodecError, dumps, loads
from desktop.richtext.tree import Block, Heading, Run, Tree
from desktop.rules.entity_kinds import Seksjonslag
from desktop.services.access import get
from desktop.services.operation_words import describe_operation
from desktop.storage.archive import Archive
from desktop.storage.changes import OperationInfo, RowChange, Value

_SECTION = "toppnotatseksjon"
_FORSLAG = "forslag_til_vedtak"
_Row = Mapping[str, Value]


@dataclass(frozen=True)
class OldSection:
    """A section as it was; `stored` is the JSON of its text."""

    id: str
    slag: Seksjonslag
    overskrift: str | None
    stored: str | None
    rekkefoelge: str

    @cached_property
    def innhold(self) -> Tree:
        """The text."""
        return _tree(self.stored)

    def heading(self) -> str:
        """Return the heading it stands under."""
        return self.overskrift or words("nb")(SEKSJONER.get(self.slag, ""))


@dataclass(frozen=True)
class NoteVersion:
    """A note as it stood after an operation.

    Attributes:
        nummer: the operation's; None for what is typed and not sealed yet.
        tid: local time.
        av: who did it; "" where the name was erased.
        hva: the operation in words.
        deler: the headings of the sections it changed, in the order of the note.
    """

    nummer: int | None
    tid: dt.datetime
    av: str
    hva: str
    deler: tuple[str, ...]
    sections: tuple[OldSection, ...]
    stored_forslag: str | None

    @cached_property
    def forslag(self) -> Tree:
        """The proposed vedtak."""
        return _tree(self.stored_forslag)

    @cached_property
    def whole(self) -> Tree:
        """The note as one text, each section under its heading, to be compared with another."""
        return _joined(self.parts)

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, Tree]]:
        """Heading and text of each section by its key, in order, the proposed vedtak included."""
        found: dict[str, tuple[str, Tree]] = {}
        if not any(one.slag is Seksjonslag.FORSLAG for one in self.sections):
            heading = words("nb")(SEKSJONER[Seksjonslag.FORSLAG])
            found[_FORSLAG] = (heading, self.forslag)
        for one in self.sections:
            is_forslag = one.slag is Seksjonslag.FORSLAG
            found[one.id] = (one.heading(), self.forslag if is_forslag else one.innhold)
        return MappingProxyType(found)


def compared(old: NoteVersion | None, new: NoteVersion) -> tuple[Tree, Tree]:
    """Return two versions as texts, without the sections that are the same in both."""
    before, after = old.parts if old else {}, new.parts
    same = {key for key, part in after.items() if before.get(key) == part}
    old_parts = {key: part for key, part in before.items() if key not in same}
    return _joined(old_parts), _joined({k: part for k, part in after.items() if k not in same})


def _joined(parts: Mapping[str, tuple[str, Tree]]) -> Tree:
    return Tree(tuple(block for key, part in parts.items() for block in _under(key, *part)))


@dataclass(frozen=True)
class _State:
    """The rows of a note at one time. `rows` are sections by key."""

    rows: Mapping[str, _Row]
    forslag: str | None


def versions_in(archive: Archive, *, sak_id: str) -> tuple[NoteVersion, ...]:
    """Return the versions of a sak's note, the newest first; what is being typed is sealed before.

    What cannot be rebuilt any more, and what was before it, is left out.

    Raises:
        ServiceError: `finnes_ikke_lenger`.
    """
    if not archive.read_only:
        archive.seal()
    with archive.read() as session:
        note_id = session.scalar(select(Toppnotat.id).where(Toppnotat.sak_id == sak_id))
        live = _live(session, sak_id, note_id)
        keys = dict.fromkeys((_SECTION, key) for key in live.rows)
        if note_id is not None:
            logged = archive.logged_rows("toppnotat_id", note_id)
            keys.update(dict.fromkeys(row for row in logged if row[0] == _SECTION))
        infos = archive.history("sak", sak_id, *keys)
    return tuple(_walk([info for info in infos if any(map(_concerns, info.changes))], live))


def _live(session: Session, sak_id: str, note_id: str | None) -> _State:
    forslag = get(session, Sak, sak_id).forslag_til_vedtak
    found = select(
        Toppnotatseksjon.id,
        Toppnotatseksjon.slag,
        Toppnotatseksjon.overskrift,
        Toppnotatseksjon.innhold,
        Toppnotatseksjon.rekkefoelge,
    ).where(Toppnotatseksjon.toppnotat_id == note_id)
    rows: dict[str, _Row] = {
        key: {
            "slag": slag.value,
            "overskrift": heading,
            "innhold": None if text is None else dumps(text),
            "rekkefoelge": rank,
        }
        for key, slag, heading, text, rank in session.execute(found)
    }
    return _State(rows, None if forslag is None else dumps(forslag))


def _concerns(change: RowChange) -> bool:
    """Tell whether a change is one of the texts of the note."""
    return change.table == _SECTION or change.erased or change.field(_FORSLAG) is not None


def _walk(infos: list[OperationInfo], state: _State) -> Iterator[NoteVersion]:
    for info in infos:
        before = state
        known = True
        for change in info.changes:
            if _concerns(change):
                known = known and _is_known(change)
                before = _taken_back(before, change)
        version = _version(info, state, before)
        if version.deler:
            yield version
        if not known:
            return
        state = before


def _is_known(change: RowChange) -> bool:
    return not change.erased and all(field.known for field in change.fields)


def _taken_back(state: _State, change: RowChange) -> _State:
    """Return the note as it was before a change."""
    before = {field.name: field.before for field in change.fields}
    if change.table != _SECTION:
        return _State(state.rows, _text(before.get(_FORSLAG)))
    rows = dict(state.rows)
    if change.kind == "insert":
        rows.pop(change.key, None)
    else:
        rows[change.key] = {**rows.get(change.key, {}), **before}
    return _State(MappingProxyType(rows), state.forslag)


def _version(info: OperationInfo, state: _State, before: _State) -> NoteVersion:
    sections = _sections(state)
    return NoteVersion(
        nummer=info.operation_id,
        tid=dt.datetime.fromisoformat(info.time).astimezone(),
        av=info.user,
        hva=describe_operation(info),
        deler=tuple(_changed(state, before)),
        sections=sections,
        stored_forslag=state.forslag,
    )


def _sections(state: _State) -> tuple[OldSection, ...]:
    found = [
        OldSection(
            id=key,
            slag=Seksjonslag(str(row["slag"])),
            overskrift=_text(row.get("overskrift")),
            stored=_text(row.get("innhold")),
            rekkefoelge=str(row["rekkefoelge"]),
        )
        for key, row in state.rows.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.rekkefoelge, one.id)))


def _changed(state: _State, before: _State) -> Iterator[str]:
    """Yield the headings of what an operation changed."""
    if (state.forslag or _NOTHING) != (before.forslag or _NOTHING):
        yield words("nb")(SEKSJONER[Seksjonslag.FORSLAG])
    old = {one.id: one for one in _sections(before)}
    for one in _sections(state):
        was = old.pop(one.id, None)
        if was != one:
            yield one.heading()
    for gone in old.values():
        yield gone.heading()


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def _tree(stored: str | None) -> Tree:
    try:
        return loads(stored) if stored else Tree()
    except CodecError:
        return Tree()


def _under(key: str, heading: str, text: Tree) -> Iterator[Block]:
    if text:
        yield Heading((Run(heading),), id=f"overskrift-{key}")
        yield from text.blocks


_NOTHING: Final = dumps(Tree())
