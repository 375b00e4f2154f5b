"""A text as HTML for other programs: footnotes as Word writes them, pictures inside."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable

from desktop.documents.html_blocks import HtmlBlocks, attribute
from desktop.richtext.tree import Block, Figure, Footnote, Tree

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)


def clipboard_html(tree: Tree, figure: Callable[[str], bytes | None] | None) -> str:
    """Return a text as a whole HTML page; `figure` gives the bytes of a figure's file."""
    printer = _ClipboardHtml(figure)
    body = printer.blocks(tree.blocks) + printer.endnotes()
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'


class _ClipboardHtml(HtmlBlocks):
    """Prints what others read: no ids of ours, and the footnotes gathered at the end."""

    def __init__(self, figure: Callable[[str], bytes | None] | None) -> None:
        self._figure = figure
        self._notes: list[str] = []

    def identity(self, block: Block) -> str:  # noqa: ARG002
        return ""

    def figure(self, figure: Figure) -> str:
        data = self._figure(figure.file) if self._figure else None
        kind = next((kind for start, kind in _SIGNATURES if data and data.startswith(start)), None)
        if data is None or kind is None:
            return ""
        source = attribute("src", f"data:{kind};base64,{b64encode(data).decode('ascii')}")
        width = attribute("width", round(figure.width_mm * 96 / 25.4)) if figure.width_mm else ""
        return f"<p><img{source}{attribute('alt', figure.alt_text)}{width}></p>"

    def footnote(self, note: Footnote) -> str:
        self._notes.append("")
        number = len(self._notes)
        self._notes[number - 1] = self.inlines(note.content)
        return (
            f'<a style="mso-footnote-id:ftn{number}" href="#_ftn{number}" name="_ftnref{number}">'
            f"<sup>[{number}]</sup></a>"
        )

    def endnotes(self) -> str:
        """Return the footnotes met so far."""
        if not self._notes:
            return ""
        notes = "".join(
            f'<div style="mso-element:footnote" id="ftn{number}"><p class="MsoFootnoteText">'
            f'<a style="mso-footnote-id:ftn{number}" href="#_ftnref{number}" name="_ftn{number}">'
            f"<sup>[{number}]</sup></a> {note}</p></div>"
            for number, note in enumerate(self._notes, 1)
        )
        return f'<div style="mso-element:footnote-list"><hr>{notes}</div>'
