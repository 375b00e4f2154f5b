"""HTML from the clipboard as a text tree: any program's, of any size, opening nothing.

`parse_html`, then `html_word.rewrite`, then the reader of `html`. Pictures written into the HTML
(`data:`) are handed to the caller; every other address is only a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from desktop.importing.html import read_dom
from desktop.importing.html_dom import parse_html
from desktop.importing.html_word import rewrite
from desktop.importing.paste_limit import limited
from desktop.richtext.problems import Problem
from desktop.richtext.tree import Tree

MAX_HTML: Final = 8_000_000  # characters, pictures not counted: some 250 pages from Word
PictureSource = Callable[[str], str | None]

_CLIPBOARD_HEAD: Final = re.compile(r"\s*Version:[0-9.]{1,8}\s[^<]{0,1000}")
_DATA: Final = re.compile(
    r"""(<img\b[^<>]{0,4000}?\ssrc\s*=\s*)"""
    r"""(?:"\s*(data:[^"]*)"|'\s*(data:[^']*)'|(data:[^\s"'<>]*))""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: the tree, what was left out, and whether the limits cut something."""

    tree: Tree
    problems: tuple[Problem, ...] = ()
    was_cut: bool = False


def read_pasted(html: str, *, picture: PictureSource | None = None) -> Read:
    """Return the tree of HTML from the clipboard. Pure: it may run in any thread.

    Args:
        html: What the clipboard holds, with or without Windows' `Version:…` lines before it.
        picture: Gives for a `data:` address the SHA-256 of the picture, or None to leave it out.
            Asked for no other address.
    """
    pictures: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        pictures.append(found[2] or found[3] or found[4])
        return f'{found[1]}"data:{len(pictures) - 1}"'

    def figure(source: str) -> str | None:
        number = source.removeprefix("data:")
        if picture is None or number == source or not re.fullmatch("[0-9]{1,7}", number):
            return None
        return picture(pictures[int(number)]) if int(number) < len(pictures) else None

    text = _DATA.sub(set_aside, _CLIPBOARD_HEAD.sub("", html, count=1))
    dom, left_out = rewrite(parse_html(text[:MAX_HTML]))
    result = read_dom(dom, figure=figure)
    blocks, was_cut = limited(result.tree.blocks)
    return Read(Tree(blocks), (*left_out, *result.problems), was_cut or len(text) > MAX_HTML)
