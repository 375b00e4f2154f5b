"""How a row's change is written in the log, and how it is read, checked and taken back.

The payload is canonical JSON: `[table, key, kind, [[name, …], …]]` with one value per field of an
inserted or deleted row and two (before, after) per field of an updated one. Text, integers and
null stand for themselves; a float is `{"r": repr}` and bytes are `{"b": base64}`. A tree that
changed is one `{"t": …}` with the blocks that differ.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from desktop.richtext.codec import CodecError, join_blocks, split_blocks
from desktop.storage.changes import ChangeKind, FieldChange, Row, RowChange, Value, difference, same

_REMEMBERED_TEXTS: Final = 16


class MismatchError(Exception):
    """A row is not as the log says it was left. `field` is None where the row itself is."""

    def __init__(self, field: str | None) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class TreeDifference:
    """The blocks that differ between two trees, and the SHA-256 of both stored texts.

    `order` is (position, ids before, ids after) of the stretch whose sequence changed.
    """

    before_sha: str
    after_sha: str
    order: tuple[int, tuple[str, ...], tuple[str, ...]] | None
    blocks: Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class StoredField:
    """One field as it stands in the log: two values, or a difference of trees."""

    name: str
    before: Value = None
    after: Value = None
    tree: TreeDifference | None = None


@dataclass(frozen=True, slots=True)
class StoredChange:
    """One row as it stands in the log. An erased change has lost its fields."""

    table: str
    key: str
    kind: ChangeKind
    fields: tuple[StoredField, ...]
    erased: bool = False


def canonical(data: object) -> str:
    """Return the one JSON text of some data."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def encode_value(value: Value) -> object:
    """Return a value as JSON data without loss of type or digits."""
    if isinstance(value, float):
        return {"r": repr(value)}
    if isinstance(value, bytes):
        return {"b": base64.b64encode(value).decode("ascii")}
    return value


def decode_value(data: Any) -> Value:  # noqa: ANN401
    """Return the value of JSON data."""
    if isinstance(data, dict):
        return float(data["r"]) if "r" in data else base64.b64decode(data["b"])
    value: Value = data
    return value


def encode_row(row: Row) -> str:
    """Return a whole row as text."""
    return canonical([[name, encode_value(value)] for name, value in row.items()])


def decode_row(text: str) -> dict[str, Value]:
    """Return the row of a text."""
    return {name: decode_value(value) for name, value in json.loads(text)}


def row_hash(row: Row) -> str:
    """Return the SHA-256 of a row, whatever the order of its columns."""
    text = canonical(sorted([name, encode_value(value)] for name, value in row.items()))
    return _sha(text)


def encode_change(change: RowChange, trees: frozenset[str]) -> str:
    """Return the payload of a change; the fields in `trees` are logged by block."""
    if change.kind == "update":
        fields = [_encode_update(item, item.name in trees) for item in change.fields]
    else:
        inserted = change.kind == "insert"
        fields = [
            [item.name, encode_value(item.after if inserted else item.before)]
            for item in change.fields
        ]
    return canonical([change.table, change.key, change.kind, fields])


def decode_change(payload: str) -> StoredChange:
    """Return the change of a payload.

    Raises:
        ValueError: It is no payload of ours.
    """
    try:
        table, key, kind, fields = json.loads(payload)
        return StoredChange(table, key, kind, tuple(_decode_field(kind, item) for item in fields))
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        raise ValueError("not a payload of the change log") from error


def take_back(change: StoredChange, live: Row | None) -> RowChange | None:
    """Return the exact inverse of a change on the row it left behind.

    Raises:
        MismatchError: The live row is not the after-image of the change.
    """
    _expect_presence(live, present=change.kind != "delete")
    if live is None:
        before: dict[str, Value] | None = {item.name: item.before for item in change.fields}
    elif change.kind == "insert":
        for item in change.fields:
            if item.name not in live or not same(live[item.name], item.after):
                raise MismatchError(item.name)
        if len(live) != len(change.fields):
            raise MismatchError(None)
        before = None
    else:
        before = dict(live)
        for item in change.fields:
            before[item.name] = _earlier_value(item, live)
    return difference(change.table, change.key, live, before)


def _expect_presence(live: Row | None, *, present: bool) -> None:
    if (live is not None) != present:
        raise MismatchError(None)


def _earlier_value(item: StoredField, live: Row) -> Value:
    if item.name not in live:
        raise MismatchError(item.name)
    value = live[item.name]
    if item.tree is None:
        if not same(value, item.after):
            raise MismatchError(item.name)
        return item.before
    if not isinstance(value, str) or _sha(value) != item.tree.after_sha:
        raise MismatchError(item.name)
    return _earlier_tree(value, item)


def _earlier_tree(text: str, item: StoredField) -> str:
    tree = item.tree
    assert tree is not None  # noqa: S101
    ids, blocks = split_blocks(text)
    for block_id, (before, _) in tree.blocks.items():
        if before is None:
            blocks.pop(block_id, None)
        else:
            blocks[block_id] = before
    if tree.order is not None:
        start, old, new = tree.order
        ids[start : start + len(new)] = old
    try:
        earlier = join_blocks(ids, blocks)
    except CodecError as error:
        raise MismatchError(item.name) from error
    if _sha(earlier) != tree.before_sha:
        raise MismatchError(item.name)
    return earlier


def _encode_update(change: FieldChange, is_tree: bool) -> list[object]:
    if is_tree and isinstance(change.before, str) and isinstance(change.after, str):
        found = tree_difference(change.before, change.after)
        if found is not None:
            return [change.name, {"t": _tree_data(found)}]
    return [change.name, encode_value(change.before), encode_value(change.after)]


@dataclass(frozen=True, slots=True)
class _SplitText:
    ids: Sequence[str]
    blocks: Mapping[str, str]
    sha: str


@lru_cache(maxsize=_REMEMBERED_TEXTS)
def _split(text: str) -> _SplitText | None:
    """Return a stored tree in blocks, or None where they would not join to the same text.

    The last texts are remembered: what an autosave leaves is what the next one starts from.
    """
    try:
        ids, blocks = split_blocks(text)
    except CodecError:
        return None
    if ",".join([blocks[block_id] for block_id in ids]) not in text:
        return None
    return _SplitText(ids, blocks, _sha(text))


def tree_difference(before: str, after: str) -> TreeDifference | None:
    """Return the difference by block, or None where a text does not split and join exactly."""
    old, new = _split(before), _split(after)
    if old is None or new is None:
        return None
    blocks = {
        block_id: (old.blocks.get(block_id), new.blocks.get(block_id))
        for block_id in old.blocks.keys() | new.blocks.keys()
        if old.blocks.get(block_id) != new.blocks.get(block_id)
    }
    return TreeDifference(old.sha, new.sha, _order_change(old.ids, new.ids), blocks)


def _order_change(
    old: Sequence[str], new: Sequence[str]
) -> tuple[int, tuple[str, ...], tuple[str, ...]] | None:
    if old == new:
        return None
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, tuple(old[start : len(old) - end]), tuple(new[start : len(new) - end])


def _tree_data(tree: TreeDifference) -> dict[str, object]:
    data: dict[str, object] = {"s": [tree.before_sha, tree.after_sha], "b": tree.blocks}
    if tree.order is not None:
        data["o"] = tree.order
    return data


def _decode_field(kind: ChangeKind, data: list[Any]) -> StoredField:
    if kind == "insert":
        return StoredField(data[0], after=decode_value(data[1]))
    if kind == "delete":
        return StoredField(data[0], before=decode_value(data[1]))
    if len(data) == 3:
        return StoredField(data[0], decode_value(data[1]), decode_value(data[2]))
    tree = data[1]["t"]
    order = tree.get("o")
    return StoredField(
        data[0],
        tree=TreeDifference(
            before_sha=tree["s"][0],
            after_sha=tree["s"][1],
            order=None if order is None else (order[0], tuple(order[1]), tuple(order[2])),
            blocks={block_id: (pair[0], pair[1]) for block_id, pair in tree["b"].items()},
        ),
    )


def _sha(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
