"""Edits of what selected lines and words are: heading, caption, bold, link, note, figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from desktop.richtext.tree import Figure, Footnote, LineBreak, Run
from desktop.viewmodels.text.lines import Entry, Line, LineKind, Piece
from desktop.viewmodels.text.walk import map_pieces, map_selected

Entries = list[Entry]
Edit = Callable[[Entries], Entries | None]
Flag = Literal["bold", "italic", "superscript"]


def set_kind(kind: LineKind) -> Edit:
    """Return the edit that makes the selected lines paragraphs, captions or headings."""

    def edit(line: Line) -> Line:
        if line.figure is not None:
            return line
        kept = kind == "caption" and line.level
        if kept:
            return replace(line, kind=kind)
        return replace(line, kind=kind, level=0, list=None)

    return lambda entries: map_selected(entries, edit)


def set_flag(flag: Flag, *, on: bool) -> Edit:
    """Return the edit that gives the selected words a look or takes it from them."""

    def edit(piece: Piece) -> Sequence[Piece]:
        if not isinstance(piece, Run):
            return (piece,)
        match flag:
            case "bold":
                return (replace(piece, bold=on),)
            case "italic":
                return (replace(piece, italic=on),)
            case "superscript":
                return (replace(piece, superscript=on),)

    return lambda entries: map_pieces(entries, edit)


def set_link(link: str | None) -> Edit:
    """Return the edit that lets the selected words link to an address, or to none."""

    def edit(piece: Piece) -> Sequence[Piece]:
        return (replace(piece, link=link),) if isinstance(piece, Run) else (piece,)

    return lambda entries: map_pieces(entries, edit)


def clear_looks(entries: Entries) -> Entries:
    """Return the entries with the selected words plain and the selected lines paragraphs."""

    def edit(piece: Piece) -> Sequence[Piece]:
        return (Run(piece.text),) if isinstance(piece, Run) else (piece,)

    def line(old: Line) -> Line:
        return old if old.figure or old.kind == "phantom" else replace(old, kind="normal")

    return map_selected(map_pieces(entries, edit), line)


def set_note(note_id: str, content: tuple[Run | LineBreak, ...] | None) -> Edit:
    """Return the edit that gives a selected footnote another content; None removes it."""

    def edit(piece: Piece) -> Sequence[Piece]:
        if not isinstance(piece, Footnote) or piece.id != note_id:
            return (piece,)
        return () if content is None else (replace(piece, content=content),)

    return lambda entries: map_pieces(entries, edit)


def set_figure(alt_text: str, width_mm: int | None) -> Edit:
    """Return the edit that gives the selected figures another alternative text and width."""

    def edit(line: Line) -> Line:
        figure = line.figure
        if figure is None:
            return line
        made = replace(figure, alt_text=alt_text, width_mm=width_mm)
        pieces = tuple(made if isinstance(piece, Figure) else piece for piece in line.pieces)
        return replace(line, pieces=pieces)

    return lambda entries: map_selected(entries, edit)
