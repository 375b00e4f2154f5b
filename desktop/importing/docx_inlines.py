"""The paragraphs of a Word file as runs, line breaks, footnotes, pictures and text boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from desktop.importing.docx_fields import Fields, link_of
from desktop.importing.docx_figures import Pictures
from desktop.importing.docx_remarks import Remarks, clipped
from desktop.importing.docx_styles import RunLook, Styles, run_look
from desktop.importing.docx_symbols import UNKNOWN, symbol
from desktop.importing.docx_xml import (
    MC,
    XML_SPACE,
    A,
    Element,
    M,
    V,
    child,
    is_on,
    local_name,
    r,
    value,
    w,
)
from desktop.richtext.links import safe_link
from desktop.richtext.tree import Figure, Footnote, LineBreak, Run, new_block_id

if TYPE_CHECKING:
    from desktop.importing.docx_package import Relation

_SPACES: Final = " \t\r\n"
_LONGEST_NOTICE: Final = 2000
_NO_TEXT: Final = frozenset({"pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom"})
_SUBSCRIPTS: Final = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SIGNS: Final = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": ""}


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page or column break: dropped, but what stands around it does not run together."""


@dataclass(frozen=True, slots=True)
class Box:
    """A text box that is anchored here; its content is read as blocks after the paragraph."""

    content: Element


Piece = Run | LineBreak | Footnote | Figure | PageBreak | Box
NoteContent = tuple[Run | LineBreak, ...]


@dataclass(slots=True)
class ReadParagraph:
    """What a paragraph holds, and by what it can be recognised.

    Attributes:
        tags: The tags and aliases of the content controls in and around it, outermost first.
        bookmarks: The names of the bookmarks that begin in it.
        bold: Whether all its text is bold, be it by style.
    """

    pieces: list[Piece] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    bold: bool = True
    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """A text of its own: the main text, or the notes; its links are in relations of its own."""

    relations: Mapping[str, Relation]
    fields: Fields
    note: Callable[[str, str], NoteContent | None] | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a run stands."""

    link: str | None = None


class InlineReader:
    """Reads paragraphs."""

    def __init__(self, styles: Styles, pictures: Pictures, remarks: Remarks) -> None:
        self._styles = styles
        self._pictures = pictures
        self._remarks = remarks

    def read(self, paragraph: Element, story: Story, base: RunLook) -> ReadParagraph:
        """Return the pieces of a paragraph whose style has the run look `base`."""
        reading = _Reading(self._styles, self._pictures, self._remarks, story, base)
        reading.walk(paragraph, _Place())
        self._tell(reading.found)
        return reading.found

    def _tell(self, found: ReadParagraph) -> None:
        for code, texts in (("hidden_text", found.hidden), ("struck_text", found.struck)):
            text = clipped("".join(texts), _LONGEST_NOTICE)
            if text:
                self._remarks.say(code, text=text)


class _Reading:
    """One paragraph while it is read."""

    def __init__(
        self, styles: Styles, pictures: Pictures, remarks: Remarks, story: Story, base: RunLook
    ) -> None:
        self._styles = styles
        self._pictures = pictures
        self._remarks = remarks
        self._story = story
        self._base = base
        self.found = ReadParagraph()
        self._holders: Mapping[str, Callable[[Element, _Place], None]] = {
            "bookmarkStart": self._bookmark,
            "fldSimple": self._simple_field,
            "hyperlink": self._hyperlink,
            "oMath": self._equation,
            "oMathPara": self._equation,
            "ruby": self._ruby_base,
            "sdt": self._control,
        }
        self._special: Mapping[str, Callable[[Element, RunLook, _Place], None]] = {
            "br": self._break,
            "cr": self._break,
            "drawing": self._drawing,
            "endnoteReference": self._note,
            "fldChar": self._field,
            "footnoteReference": self._note,
            "instrText": self._field,
            "object": self._vml,
            "pict": self._vml,
            "ruby": self._ruby,
            "sym": self._symbol,
        }

    def walk(self, parent: Element, place: _Place) -> None:
        for element in parent.iterchildren("{*}*"):
            self._element(element, place)

    def _element(self, element: Element, place: _Place) -> None:
        name = local_name(element)
        if element.tag == w("r"):
            self._run(element, place)
        elif name == "AlternateContent":
            for chosen in alternatives(element):
                self._element(chosen, place)
        elif name in self._holders:
            self._holders[name](element, place)
        elif name not in _NO_TEXT:
            self.walk(element, place)

    def _bookmark(self, element: Element, _place: _Place) -> None:
        self.found.bookmarks.append(element.get(w("name"), ""))

    def _simple_field(self, element: Element, place: _Place) -> None:
        link = self._allowed(link_of(element.get(w("instr"), "")))
        self.walk(element, replace(place, link=link or place.link))

    def _ruby_base(self, element: Element, place: _Place) -> None:
        base = child(element, "rubyBase")
        if base is not None:
            self.walk(base, place)

    def _hyperlink(self, element: Element, place: _Place) -> None:
        relation = self._story.relations.get(element.get(r("id"), ""))
        address = relation.target if relation is not None else ""
        anchor = element.get(w("anchor"))
        if anchor:
            address = f"{address.partition('#')[0]}#{anchor}"
        link = self._allowed(address or None)
        self.walk(element, replace(place, link=link or place.link))

    def _allowed(self, address: str | None) -> str | None:
        if not address:
            return None
        link = safe_link(address)
        if link is None:
            self._remarks.say("link_refused", link=clipped(address))
        return link

    def _control(self, element: Element, place: _Place) -> None:
        if is_placeholder(element):
            return
        self.found.tags += control_names(element)
        content = child(element, "sdtContent")
        if content is not None:
            self.walk(content, place)

    def _equation(self, element: Element, place: _Place) -> None:
        text = "".join(str(part.text or "") for part in element.iter(f"{{{M}}}t"))
        if text.strip():
            self._remarks.say("equation", text=clipped(text))
            self._text(text, RunLook(), place)

    # Runs

    def _run(self, run: Element, place: _Place) -> None:
        properties = child(run, "rPr")
        own = run_look(properties).over(self._styles.run(value(properties, "rStyle")))
        for element in run.iterchildren("{*}*"):
            self._in_run(element, own, place)

    def _in_run(self, element: Element, look: RunLook, place: _Place) -> None:
        name = local_name(element)
        if name == "t":
            self._text(_written(element), look, place)
        elif name in _SIGNS:
            self._text(_SIGNS[name], look, place)
        elif name == "AlternateContent":
            for chosen in alternatives(element):
                self._in_run(chosen, look, place)
        elif name in self._special:
            self._special[name](element, look, place)

    def _text(self, text: str, look: RunLook, place: _Place) -> None:
        if not text or not self._story.fields.shows:
            return
        seen = look.over(self._base)
        if seen.hidden:
            self.found.hidden.append(text)
            return
        if seen.struck:
            self.found.struck.append(text)
        if text.strip() and not seen.bold:
            self.found.bold = False
        if look.align == "subscript":
            lowered = text.translate(_SUBSCRIPTS)
            text = lowered if lowered != text and not any(map(str.isalpha, text)) else text
        self.found.pieces.append(
            Run(
                text,
                bold=bool(look.bold),
                italic=bool(look.italic),
                superscript=look.align == "superscript",
                link=self._allowed(self._story.fields.link) or place.link,
            )
        )

    def _symbol(self, element: Element, look: RunLook, place: _Place) -> None:
        font = element.get(w("font"), "")
        sign = symbol(font, element.get(w("char"), ""))
        if sign == UNKNOWN:
            self._remarks.say("symbol", font=clipped(font) or "ukjent")
        self._text(sign, look, place)

    def _break(self, element: Element, look: RunLook, _place: _Place) -> None:
        if not self._story.fields.shows or look.over(self._base).hidden:
            return
        paged = element.get(w("type")) in {"page", "column"}
        self.found.pieces.append(PageBreak() if paged else LineBreak())

    def _field(self, element: Element, _look: RunLook, _place: _Place) -> None:
        if local_name(element) == "fldChar":
            self._story.fields.mark(element.get(w("fldCharType")))
        else:
            self._story.fields.code(element.text or "")

    def _ruby(self, element: Element, _look: RunLook, place: _Place) -> None:
        self._ruby_base(element, place)

    def _note(self, element: Element, look: RunLook, _place: _Place) -> None:
        if self._story.note is None or not self._story.fields.shows:
            return
        kind = local_name(element).removesuffix("Reference")
        content = self._story.note(kind, element.get(w("id"), ""))
        if content is None:
            return
        if look.over(self._base).hidden:
            self.found.hidden += [part.text for part in content if isinstance(part, Run)]
            return
        if kind == "endnote":
            self._remarks.say("endnotes")
        self.found.pieces.append(Footnote(new_block_id(), content))

    # What is not text

    def _drawing(self, element: Element, _look: RunLook, _place: _Place) -> None:
        boxes = list(_boxes(element))
        figures = self._pictures.drawing(element, self._story.relations)
        self.found.pieces += [*figures, *boxes]
        told = next(element.iter(f"{{{A}}}blip"), None) is not None
        shape = any(True for _ in element.iter(f"{{{A}}}prstGeom", f"{{{A}}}custGeom"))
        if not told and not boxes and not shape:
            self._pictures.left_out(element)

    def _vml(self, element: Element, _look: RunLook, _place: _Place) -> None:
        boxes = list(_boxes(element))
        figures = self._pictures.vml(element, self._story.relations)
        self.found.pieces += [*figures, *boxes]
        for path in element.iter(f"{{{V}}}textpath"):
            self._text(path.get("string") or "", RunLook(), _Place())
        if local_name(element) == "object":
            self._remarks.say("embedded_left_out")


def _written(element: Element) -> str:
    """Return the text of `w:t`: white space at its ends counts only where it says so."""
    text = "".join(str(part) for part in element.itertext())
    text = text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    return text if element.get(XML_SPACE) == "preserve" else text.strip(_SPACES)


def _boxes(element: Element) -> Iterator[Box]:
    """Yield the outermost text boxes of a drawing, each in one of its forms."""
    inner = (w("txbxContent"), f"{{{MC}}}Fallback")
    for found in element.iter(w("txbxContent")):
        ups: list[Element] = []
        for up in found.iterancestors():
            if up is element:
                break
            ups.append(up)
        if not any(up.tag in inner for up in ups):
            yield Box(found)


def alternatives(element: Element) -> Iterable[Element]:
    """Return what to read of `mc:AlternateContent`: the first form with something to read."""
    forms = list(element.iterchildren(f"{{{MC}}}Choice", f"{{{MC}}}Fallback"))
    for form in forms:
        if any(True for _ in form.iter(w("t"), f"{{{A}}}blip", f"{{{V}}}imagedata")):
            return list(form.iterchildren("{*}*"))
    return list(forms[0].iterchildren("{*}*")) if forms else ()


def is_placeholder(control: Element) -> bool:
    """Return whether a content control shows the text that asks for text."""
    return is_on(child(control, "sdtPr", "showingPlcHdr"))


def control_names(control: Element) -> list[str]:
    """Return tag and alias of a content control."""
    properties = child(control, "sdtPr")
    return [name for key in ("tag", "alias") if (name := value(properties, key))]
