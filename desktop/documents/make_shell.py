"""Makes a template ready for the documents of one language."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from desktop.documents import relations as rel
from desktop.documents.complete_numbering import complete_numbering
from desktop.documents.complete_styles import complete_styles
from desktop.documents.ooxml import TYPE_THEME
from desktop.documents.properties import PID
from desktop.documents.relations import Relations
from desktop.documents.section import open_section
from desktop.documents.settings import settings_part
from desktop.documents.shell import Shell
from desktop.documents.template import own_template, read_template
from desktop.documents.xml_tree import parse

if TYPE_CHECKING:
    from desktop.documents.template import Template

_THEME = "theme/theme1.xml"


@lru_cache(maxsize=8)
def make_shell(data: bytes, language: str) -> Shell:
    """Return a .docx or .dotx as the shell of new documents in a language ("nb-NO").

    Raises:
        TemplateError: the template cannot be used.
    """
    template = _with_theme(read_template(data))
    section = open_section(template.section, whole=template.has_head_or_foot)
    styles = complete_styles(template.styles, _own().styles or b"", language)
    numbering = complete_numbering(template.numbering)
    return Shell(
        main=template.main,
        parts=template.parts,
        types={name: kind for name, kind in template.types.items() if not name.endswith(".rels")},
        relations=template.relations,
        has_head_or_foot=template.has_head_or_foot,
        section=(section.start, section.before, section.after),
        room=section.room,
        styles=(styles.head, styles.tail),
        style_ids=styles.ids,
        borrowed=styles.borrowed,
        settings=settings_part(template.settings, language, track_changes=False).decode(),
        settings_tracked=settings_part(template.settings, language, track_changes=True).decode(),
        numbering=(numbering.head, numbering.tail),
        list_ids=numbering.ids,
        first_list=numbering.first_free,
        custom=_custom_properties(template.custom_properties),
    )


def _own() -> Template:
    return read_template(own_template())


def _with_theme(template: Template) -> Template:
    """Return the template with our theme if it has none: Word and its validators ask for one."""
    if any(relation.type == rel.THEME for relation in template.relations):
        return template
    relations = Relations(template.relations)
    relations.add(rel.THEME, _THEME)
    name = posixpath.join(posixpath.dirname(template.main), _THEME)
    return template._replace(
        relations=relations.all(),
        parts={**template.parts, name: _own().parts[f"word/{_THEME}"]},
        types={**template.types, name: TYPE_THEME},
    )


def _custom_properties(part: bytes | None) -> dict[str, str]:
    if part is None:
        return {}
    found = {}
    for item in parse(part):
        item.set("pid", PID)
        found[item.get("name", "")] = etree.tostring(item, encoding="unicode", with_tail=False)
    return found
