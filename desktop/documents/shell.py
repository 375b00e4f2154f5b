"""A template made ready: text with gaps, which a document fills without parsing anything.

Our own template is made ready when it is built and kept as JSON beside it, one file per language.
An utvalg's template is made ready by `make_shell`.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import NamedTuple

from desktop.documents.relations import Relation
from desktop.ressurser import resource_bytes

_OWN = "maler/motebok.{}.json"


class Shell(NamedTuple):
    """What the documents of one template and one language have in common.

    Pairs and triples of texts are a part cut where something goes in: styles of marked fields, list
    instances, references to head and foot and `w:titlePg` in the section. `room` is the width of
    the text in twips. `style_ids` are by casefolded name, `list_ids` by number format, `custom`
    properties by name. `borrowed` are the styles that come from our own template.
    """

    main: str
    parts: dict[str, bytes]
    types: dict[str, str]
    relations: tuple[Relation, ...]
    has_head_or_foot: bool
    section: tuple[str, str, str]
    room: int
    styles: tuple[str, str]
    style_ids: dict[str, str]
    borrowed: frozenset[str]
    settings: str
    settings_tracked: str
    numbering: tuple[str, str]
    list_ids: dict[str, int]
    first_list: int
    custom: dict[str, str]


def own_shell_name(language: str) -> str:
    """Return the name of the resource that holds our own template in a language ("nb-NO")."""
    return _OWN.format(language)


@lru_cache(maxsize=4)
def own_shell(language: str) -> Shell:
    """Return our own template, ready."""
    return decode_shell(resource_bytes(own_shell_name(language)))


def encode_shell(shell: Shell) -> bytes:
    """Return a shell without binary parts as JSON."""
    fields = shell._asdict()
    fields["parts"] = {name: data.decode() for name, data in shell.parts.items()}
    fields["borrowed"] = sorted(shell.borrowed)
    return (json.dumps(fields, ensure_ascii=False, indent=1) + "\n").encode()


def decode_shell(data: bytes) -> Shell:
    """Return the shell that `encode_shell` wrote."""
    fields = json.loads(data)
    fields["parts"] = {name: text.encode() for name, text in fields["parts"].items()}
    fields["relations"] = tuple(Relation(*relation) for relation in fields["relations"])
    fields["borrowed"] = frozenset(fields["borrowed"])
    for name in ("section", "styles", "numbering"):
        fields[name] = tuple(fields[name])
    return Shell(**fields)
