"""The text tree as versioned JSON with Norwegian names.

Stored form: `{"versjon":1,"sha256":"…","blokker":[…]}`, compact, keys inside the blocks sorted,
defaults left out; the sum is that of the blocks' canonical JSON in UTF-8. The exchange form is
the same object without `sha256`.

- block: `{"type":"avsnitt|overskrift|liste|tabell|figur","id":…}` and
  - avsnitt: `innhold`, `stil` ("bildetekst"); overskrift: `innhold`, `nivaa` (1);
  - liste: `punkter` (each `{"blokker":[…]}`), `slag` ("nummer"), `format` ("1."), `start` (1);
  - tabell: `rader` (each `{"celler":[{"blokker":[…],"kolonner":1,"rader":1}]}`),
    `overskriftsrader` (1), `kolonnebredder`;
  - figur: `fil`, `alt`, `bredde_mm`;
- inline: `{"tekst":…,"fet":true,"kursiv":true,"hevet":true,"lenke":…}`, `{"linjeskift":true}` or
  `{"fotnote":"<id>","innhold":[…]}`.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Final

from desktop.richtext.decode import decode_tree
from desktop.richtext.encode import encode_block
from desktop.richtext.errors import (
    CodecError,
    DamagedTextError,
    InvalidTreeError,
    NewerVersionError,
)
from desktop.richtext.remembered import Remembered, RememberedBlocks, StoredBlock
from desktop.richtext.tree import Block, Tree
from desktop.richtext.validate import validate

__all__ = [
    "VERSION",
    "CodecError",
    "DamagedTextError",
    "InvalidTreeError",
    "NewerVersionError",
    "dumps",
    "from_data",
    "join_blocks",
    "loads",
    "split_blocks",
    "to_data",
    "written_blocks",
]

VERSION: Final = 1
_HEAD: Final = f'{{"versjon":{VERSION},"sha256":"'
_MIDDLE: Final = '","blokker":['
_TAIL: Final = "]}"
_SUM_END: Final = len(_HEAD) + 64
_BLOCKS_START: Final = _SUM_END + len(_MIDDLE)
_TREES: Final = Remembered[Tree](64)
_SPLITS: Final = Remembered[tuple[tuple[str, ...], tuple[str, ...]]](16)
_BLOCKS: Final = RememberedBlocks()
_DECODER: Final = json.JSONDecoder()
_DAMAGED: Final = "Teksten stemmer ikke med kontrollsummen den ble lagret med."
_NOT_JSON: Final = "Teksten er ikke gyldig JSON."
_NOT_STORED: Final = "Teksten har ikke den lagrede formen."


def to_data(tree: Tree) -> dict[str, object]:
    """Return the exchange form of a valid tree.

    Raises:
        InvalidTreeError: The tree breaks a rule, so that it could not be read back.
    """
    _refuse_invalid(tree)
    return {"versjon": VERSION, "blokker": [encode_block(block) for block in tree.blocks]}


def from_data(data: object) -> Tree:
    """Return the tree of the exchange form, given as parsed JSON.

    Raises:
        CodecError: The data holds anything this version does not know, or an invalid tree.
    """
    return _tree(_envelope(data, {"versjon", "blokker"})["blokker"])


def dumps(tree: Tree) -> str:
    """Return the stored form of a valid tree; equal trees give equal texts.

    Raises:
        InvalidTreeError: The tree breaks a rule, so that it could not be read back.
    """
    parts = _parts(tree)
    texts = tuple(part.text for part in parts)
    stored = _stored(",".join(texts))
    _SPLITS.put(stored, (tuple(block.id for block in tree.blocks), texts))
    _TREES.put(stored, tree)
    return stored


def loads(text: str, *, check_rules: bool = True) -> Tree:
    """Return the tree of the stored form.

    The archive reads its own texts without `check_rules`: `dumps` checked them when they were
    written, and the sum shows that they are as they were.

    Raises:
        NewerVersionError: A newer version wrote the text.
        DamagedTextError: The blocks do not match their sum.
        CodecError: The text holds anything else this version does not know, or an invalid tree.
    """
    known = None if check_rules else _TREES.get(text)
    if known is not None:
        return known
    body = _framed_body(text)
    if body is not None and text[len(_HEAD) : _SUM_END] == _sum(body):
        tree = _tree(_parsed(body)) if check_rules else decode_tree(_parsed(body))
        _TREES.put(text, tree)
        return tree
    envelope = _envelope(_parsed(text), {"versjon", "sha256", "blokker"})
    if envelope["sha256"] != _sum(_canonical_json(envelope["blokker"])):
        raise DamagedTextError("sha256", _DAMAGED)
    return _tree(envelope["blokker"])


def split_blocks(text: str) -> tuple[list[str], dict[str, str]]:
    """Return the ids of a stored text's top blocks in order, and the canonical JSON of each.

    `join_blocks` gives the same text back. The blocks' inside is not validated.

    Raises:
        DamagedTextError: The blocks do not match their sum.
        CodecError: The text is not one that `dumps` or `join_blocks` wrote.
    """
    known = _SPLITS.get(text)
    if known is not None:
        return list(known[0]), dict(zip(*known, strict=True))
    body = _framed_body(text)
    if body is None:
        _envelope(_parsed(text), {"versjon", "sha256", "blokker"})
        raise CodecError("", _NOT_STORED)
    if text[len(_HEAD) : _SUM_END] != _sum(body):
        raise DamagedTextError("sha256", _DAMAGED)
    return _scan(text)


def written_blocks(text: str) -> tuple[str, ...] | None:
    """Return the canonical JSON of each top block of a text that was stored a moment ago.

    None where the text is not one of the last that `dumps` made; it may be a stored one all the
    same.
    """
    known = _SPLITS.get(text)
    return None if known is None else known[1]


def join_blocks(ids: list[str], blocks: dict[str, str]) -> str:
    """Return the stored text of the blocks in the order of the ids.

    Raises:
        CodecError: A block is missing.
    """
    missing = [block_id for block_id in ids if block_id not in blocks]
    if missing:
        raise CodecError("blokker", f"Blokken «{missing[0]}» mangler.")
    return _stored(",".join([blocks[block_id] for block_id in ids]))


def _scan(text: str) -> tuple[list[str], dict[str, str]]:
    ids: list[str] = []
    blocks: dict[str, str] = {}
    position = _BLOCKS_START
    end = len(text) - len(_TAIL)
    while position < end:
        try:
            block, after = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            raise CodecError(f"blokker[{len(ids)}]", _NOT_JSON) from error
        block_id = block.get("id") if isinstance(block, dict) else None
        if not isinstance(block_id, str) or block_id in blocks:
            raise CodecError(f"blokker[{len(ids)}]", "Blokken mangler en egen id.")
        if after != end and (text[after] != "," or after + 1 == end):
            raise CodecError(f"blokker[{len(ids)}]", _NOT_STORED)
        ids.append(block_id)
        blocks[block_id] = text[position:after]
        position = after + 1
    return ids, blocks


def _framed_body(text: str) -> str | None:
    """Return the JSON of the blocks as it stands in a text of the stored form."""
    framed = text.startswith(_HEAD) and text.endswith(_TAIL)
    if not framed or text[_SUM_END:_BLOCKS_START] != _MIDDLE:
        return None
    return text[_BLOCKS_START - 1 : -1]


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CodecError("", _NOT_JSON) from error


def _envelope(data: object, keys: set[str]) -> dict[str, object]:
    if not isinstance(data, dict):
        raise CodecError("", "Teksten må være et JSON-objekt.")
    version = data.get("versjon")
    if type(version) is not int or version < 1:
        raise CodecError("versjon", "Teksten mangler et gyldig versjonsnummer.")
    if version > VERSION:
        reason = "Teksten er skrevet av en nyere versjon av Møtebok."
        raise NewerVersionError("versjon", reason)
    if data.keys() != keys:
        wrong = min(map(str, data.keys() ^ keys))
        reason = "Feltet er ukjent." if wrong in data else "Feltet mangler."
        raise CodecError(wrong, reason)
    return data


def _tree(blocks: object) -> Tree:
    tree = decode_tree(blocks)
    _refuse_invalid(tree)
    return tree


def _refuse_invalid(tree: Tree) -> None:
    problems = validate(tree)
    if problems:
        raise InvalidTreeError(tuple(problems))


def _parts(tree: Tree) -> list[StoredBlock]:
    """Return the blocks of a valid tree in their stored form; only new ones are made."""
    parts = [_BLOCKS.get(block) or _new_part(block) for block in tree.blocks]
    known = [part for part in parts if part is not None]
    block_ids = [one for part in known for one in part.block_ids]
    note_ids = [one for part in known for one in part.note_ids]
    twice = len({*block_ids}) < len(block_ids) or len({*note_ids}) < len(note_ids)
    if twice or len(known) < len(parts):
        raise InvalidTreeError(tuple(validate(tree)))
    return known


def _new_part(block: Block) -> StoredBlock | None:
    """Return a block in its stored form, or None where it is not valid by itself."""
    if validate(Tree((block,))):
        return None
    return _BLOCKS.put(block, _canonical_json(encode_block(block)))


def _stored(inside: str) -> str:
    return f"{_HEAD}{_sum(f'[{inside}]')}{_MIDDLE}{inside}{_TAIL}"


def _sum(body: str) -> str:
    return sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def _canonical_json(blocks: object) -> str:
    return json.dumps(blocks, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
