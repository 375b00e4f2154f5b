"""From plain data to tree, refusing everything the schema does not know; see `codec`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from desktop.richtext.errors import CodecError
from desktop.richtext.tree import (
    Block,
    Cell,
    Figure,
    Footnote,
    Heading,
    HeadingLevel,
    Inline,
    LineBreak,
    ListBlock,
    ListItem,
    ListKind,
    NumberFormat,
    Paragraph,
    ParagraphStyle,
    Row,
    Run,
    Table,
    Tree,
)

Data = dict[str, object]
T = TypeVar("T")

_UNKNOWN: Final = "Feltet er ukjent."
_MISSING: Final = "Feltet mangler."
_NOT_OBJECT: Final = "Verdien må være et objekt."
_NOT_INTEGER: Final = "Feltet må være et heltall."
_STYLES: Final[Mapping[str, ParagraphStyle]] = {"normal": "normal", "bildetekst": "caption"}
_KINDS: Final[Mapping[str, ListKind]] = {"punkt": "bullet", "nummer": "number"}
_FORMATS: Final[Mapping[str, NumberFormat]] = {"1.": "1.", "1)": "1)", "a.": "a.", "a)": "a)"}
_LEVELS: Final[Mapping[int, HeadingLevel]] = {1: 1, 2: 2, 3: 3}


def decode_tree(blocks: object) -> Tree:
    """Return the tree of a list of block data.

    Raises:
        CodecError: A key, kind or type is not in the schema.
    """
    return Tree(_each(blocks, "blokker", _block))


def _each(value: object, field: str, decode: Callable[[object], T]) -> tuple[T, ...]:
    """Decode the members of a list; an error gets its place on its way up, so that it is free."""
    if not isinstance(value, list):
        raise CodecError(field, _MISSING if value is None else "Feltet må være en liste.")
    done: list[T] = []
    try:
        for item in value:
            done.append(decode(item))  # noqa: PERF401 - the error path needs the count
    except CodecError as error:
        raise error.moved_into(f"{field}[{len(done)}]") from None
    return tuple(done)


def _object(value: object, keys: frozenset[str]) -> Data:
    if not isinstance(value, dict):
        raise CodecError("", _NOT_OBJECT)
    if not value.keys() <= keys:
        raise CodecError(min(str(key) for key in value if key not in keys), _UNKNOWN)
    return value


def _block(value: object) -> Block:
    if not isinstance(value, dict):
        raise CodecError("", _NOT_OBJECT)
    kind = _text(value, "type")
    if kind not in _DECODERS:
        raise CodecError("type", f"Blokktypen «{kind}» er ukjent.")
    decode, keys = _DECODERS[kind]
    return decode(_object(value, keys))


def _paragraph(data: Data) -> Paragraph:
    style = _choice(data, "stil", _STYLES, "normal") if "stil" in data else "normal"
    return Paragraph(_inlines(data), style, _text(data, "id"))


def _heading(data: Data) -> Heading:
    level = _LEVELS.get(_number(data, "nivaa", 1))
    if level is None:
        raise CodecError("nivaa", "Overskriftsnivået må være 1, 2 eller 3.")
    return Heading(_inlines(data), level, _text(data, "id"))


def _list(data: Data) -> ListBlock:
    return ListBlock(
        _each(data.get("punkter"), "punkter", _item),
        _choice(data, "slag", _KINDS, "punkt"),
        _choice(data, "format", _FORMATS, "1."),
        _number(data, "start", 1),
        _text(data, "id"),
    )


def _item(value: object) -> ListItem:
    return ListItem(_each(_object(value, _ITEM_KEYS).get("blokker"), "blokker", _block))


def _table(data: Data) -> Table:
    return Table(
        _each(data.get("rader"), "rader", _row),
        _number(data, "overskriftsrader", 1),
        _each(data.get("kolonnebredder", []), "kolonnebredder", _integer),
        _text(data, "id"),
    )


def _row(value: object) -> Row:
    return Row(_each(_object(value, _ROW_KEYS).get("celler"), "celler", _cell))


def _cell(value: object) -> Cell:
    data = _object(value, _CELL_KEYS)
    return Cell(
        _each(data.get("blokker"), "blokker", _block),
        _number(data, "kolonner", 1),
        _number(data, "rader", 1),
    )


def _figure(data: Data) -> Figure:
    width = _number(data, "bredde_mm", 0) if "bredde_mm" in data else None
    return Figure(_text(data, "fil"), _text(data, "alt"), width, _text(data, "id"))


def _inlines(data: Data) -> tuple[Inline, ...]:
    return _each(data.get("innhold"), "innhold", _inline)


def _inline(value: object) -> Inline:
    if isinstance(value, dict) and "fotnote" in value:
        data = _object(value, _NOTE_KEYS)
        return Footnote(_text(data, "fotnote"), _each(data.get("innhold"), "innhold", _simple))
    return _simple(value)


def _simple(value: object) -> Run | LineBreak:
    if isinstance(value, dict):
        if "tekst" in value:
            return _run(value)
        if "fotnote" in value:
            raise CodecError("", "En fotnote kan ikke inneholde en fotnote.")
    if _object(value, _BREAK_KEYS).get("linjeskift") is not True:
        raise CodecError("", "Innholdet må være tekst, linjeskift eller fotnote.")
    return LineBreak()


def _run(data: Data) -> Run:
    text = data["tekst"]
    if len(data) == 1 and isinstance(text, str):
        return Run(text)
    _object(data, _RUN_KEYS)
    return Run(
        _text(data, "tekst"),
        _flag(data, "fet"),
        _flag(data, "kursiv"),
        _flag(data, "hevet"),
        _text(data, "lenke") if "lenke" in data else None,
    )


def _text(data: Data, key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise CodecError(key, "Feltet må være en tekst." if key in data else _MISSING)
    return value


def _flag(data: Data, key: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise CodecError(key, "Feltet må være true eller false.")
    return value


def _number(data: Data, key: str, default: int) -> int:
    value = data.get(key, default)
    if type(value) is not int:
        raise CodecError(key, _NOT_INTEGER)
    return value


def _integer(value: object) -> int:
    if type(value) is not int:
        raise CodecError("", _NOT_INTEGER)
    return value


def _choice(data: Data, key: str, allowed: Mapping[str, T], default: str) -> T:
    value = data.get(key, default)
    if not isinstance(value, str) or value not in allowed:
        raise CodecError(key, f"Feltet må være en av {', '.join(allowed)}.")
    return allowed[value]


_Decoder = Callable[[Data], Block]
_DECODERS: Final[Mapping[str, tuple[_Decoder, frozenset[str]]]] = {
    "avsnitt": (_paragraph, frozenset({"type", "id", "innhold", "stil"})),
    "overskrift": (_heading, frozenset({"type", "id", "innhold", "nivaa"})),
    "liste": (_list, frozenset({"type", "id", "punkter", "slag", "format", "start"})),
    "tabell": (
        _table,
        frozenset({"type", "id", "rader", "overskriftsrader", "kolonnebredder"}),
    ),
    "figur": (_figure, frozenset({"type", "id", "fil", "alt", "bredde_mm"})),
}
_ITEM_KEYS: Final = frozenset({"blokker"})
_ROW_KEYS: Final = frozenset({"celler"})
_CELL_KEYS: Final = frozenset({"blokker", "kolonner", "rader"})
_RUN_KEYS: Final = frozenset({"tekst", "fet", "kursiv", "hevet", "lenke"})
_NOTE_KEYS: Final = frozenset({"fotnote", "innhold"})
_BREAK_KEYS: Final = frozenset({"linjeskift"})
