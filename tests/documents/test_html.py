from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents.compose_innkalling import compose_innkalling
from desktop.documents.compose_moetepakke import compose_moetepakke
from desktop.documents.compose_toppnotat import compose_toppnotat
from desktop.documents.document import (
    DocHeading,
    Document,
    FigureFile,
    PageBreak,
    StyledParagraph,
    TableOfContents,
    Title,
    TocEntry,
    TreePart,
)
from desktop.documents.html import write_html
from desktop.documents.html_blocks import fragment_html
from desktop.richtext.tree import (
    Cell,
    Figure,
    Footnote,
    Heading,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Run,
    Table,
    Tree,
)
from tests.documents import samples
from tests.trees import trees

HOSTILE = "\"><script>alert(1)</script>&amp;'</p></style>"
VOID = {"br", "img", "meta", "col", "hr"}


class Reader(HTMLParser):
    """Reads elements and attributes, and complains of elements that do not nest."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open, self.seen, self.text = [], [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.seen if name == tag]


def document(*blocks, **fields):
    return Document("Tittel", "Forfatter", "nb", blocks, **fields)


def test_that_a_fragment_has_the_form_that_is_read_back():
    note = Footnote("n1", (Run("Se "), Run("her", link="https://a.no/?x=1&y=2"), LineBreak()))
    text = Paragraph(
        (Run("A < B", bold=True, italic=True), LineBreak(), Run("2", superscript=True), note),
        id="p1",
    )
    table = Table(
        (
            Row((Cell((Paragraph((Run("h"),), id="c1"),), 2),)),
            Row((Cell((Paragraph((), id="c2"),), 1, 2), Cell((Paragraph((), id="c3"),)))),
        ),
        1,
        (2, 3),
        id="t1",
    )
    tree = Tree(
        (
            Heading((Run("Tittel"),), 2, id="h1"),
            text,
            Paragraph((Run("Tabell 1"),), "caption", id="p2"),
            ListBlock((ListItem((Paragraph((Run("i"),), id="p3"),)),), id="l1"),
            ListBlock((ListItem((Paragraph((), id="p4"),)),), "number", "a)", 3, id="l2"),
            table,
            Figure("ab12", 'En "figur"', 120, id="f1"),
            Figure("ab12", "", id="f2"),
        )
    )
    assert fragment_html(tree) == (
        '<h2 data-id="h1">Tittel</h2>'
        '<p data-id="p1"><strong><em>A &lt; B</em></strong><br><sup>2</sup>'
        '<span class="fotnote" data-id="n1">Se <a href="https://a.no/?x=1&amp;y=2">her</a><br></span>'
        "</p>"
        '<p class="bildetekst" data-id="p2">Tabell 1</p>'
        '<ul data-id="l1"><li><p data-id="p3">i</p></li></ul>'
        '<ol data-id="l2" type="a" start="3" data-format="a)"><li><p data-id="p4"></p></li></ol>'
        '<table data-id="t1" data-bredder="2 3"><thead><tr><th scope="col" colspan="2">'
        '<p data-id="c1">h</p></th></tr></thead><tbody><tr>'
        '<td rowspan="2"><p data-id="c2"></p></td><td><p data-id="c3"></p></td></tr>'
        "</tbody></table>"
        '<figure data-id="f1">'
        '<img data-fil="ab12" alt="En &quot;figur&quot;" data-bredde="120"></figure>'
        '<figure data-id="f2"><img data-fil="ab12" alt=""></figure>'
    )


def test_that_looks_nest_in_one_order():
    run = Run("x", bold=True, italic=True, superscript=True, link="#a")
    html = fragment_html(Tree((Paragraph((run,), id="p"),)))
    assert html == '<p data-id="p"><strong><em><sup><a href="#a">x</a></sup></em></strong></p>'


def test_that_a_table_without_header_or_without_body_has_no_empty_part():
    row = Row((Cell((Paragraph((), id="p"),)),))
    for header_rows, part in ((0, "tbody"), (1, "thead")):
        html = fragment_html(Tree((Table((row,), header_rows, id="t"),)))
        assert [tag for tag, _ in Reader(html).seen if tag in {"thead", "tbody"}] == [part]


@settings(max_examples=60)
@given(trees())
def test_that_any_tree_makes_elements_that_nest_and_nothing_between_them(tree):
    html = fragment_html(tree)
    tags = {tag for tag, _attributes in Reader(html).seen}
    allowed = "p h1 h2 h3 ul ol li table thead tbody tr th td figure img span strong em sup a br"
    assert tags <= set(allowed.split())
    Reader(write_html(document(Title("T"), TreePart(tree))))


def hostile_document():
    cell = (Paragraph((Run(HOSTILE),)),)
    return document(
        Title(HOSTILE, anchor=HOSTILE),
        TableOfContents(HOSTILE, (TocEntry(HOSTILE, HOSTILE),)),
        DocHeading((Run(HOSTILE),), anchor="b c"),
        StyledParagraph((Run(HOSTILE, link=f"#{HOSTILE}"),), "forslag", anchor="d"),
        TreePart(
            Tree(
                (
                    Paragraph((Footnote(HOSTILE, (Run(HOSTILE),)),), id=HOSTILE),
                    Table((Row((Cell(cell),)),), 0, id=HOSTILE),
                    Figure(HOSTILE, HOSTILE, id=HOSTILE),
                    Figure("ok", HOSTILE, id="f"),
                )
            )
        ),
        footer_text=HOSTILE,
        figures={"ok": FigureFile(b"x", "image/png")},
    )


def test_that_hostile_text_stays_text_in_a_document():
    hostile = hostile_document()
    read = Reader(write_html(hostile))
    assert read.all("script") == []
    assert "".join(read.text).count(HOSTILE) == 9
    assert read.all("img")[0]["alt"] == HOSTILE


@given(st.text(max_size=20).map(lambda text: HOSTILE + text.replace("\r", " ").replace("\0", " ")))
def test_that_hostile_text_stays_text_in_a_fragment(text):
    paragraph = Paragraph((Run(text),), id=text)
    read = Reader(fragment_html(Tree((paragraph, Figure(text, text, id="f")))))
    assert [tag for tag, _attributes in read.seen] == ["p", "figure", "img"]
    assert "".join(read.text) == text
    assert read.all("img")[0] == {"data-fil": text, "alt": text}


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "file:///x", "//server/x"]
)
def test_that_a_link_that_does_not_lead_to_the_web_is_only_text(link):
    text = Tree((Paragraph((Run("her", link=link),), id="p"),))
    assert fragment_html(text) == '<p data-id="p">her</p>'
    assert Reader(write_html(document(TreePart(text)))).all("a") == []


def test_that_a_link_to_a_place_that_is_not_there_is_only_text():
    texts = [Paragraph((Run("her", link=f"#{name}"),)) for name in ("sak 1", "sak 2")]
    html = write_html(
        document(DocHeading((Run("S"),), anchor="sak 1"), TreePart(Tree(tuple(texts))))
    )
    assert Reader(html).all("a") == [{"href": "#sak-1"}]
    assert Reader(html).all("h2") == [{"id": "sak-1"}]


def test_that_a_document_names_its_language_title_and_author():
    read = Reader(write_html(compose_innkalling(samples.MOETE)))
    assert read.all("html") == [{"lang": "nb"}]
    assert {"name": "author", "content": "Direktoratet for e-helse"} in read.all("meta")
    assert "Innkalling til møte 4/2023 i Nasjonalt e-helseråd" in read.text


def test_that_a_fragment_of_a_document_is_its_main_alone():
    html = write_html(document(Title("T")), fragment=True)
    assert html == '<main lang="nb">\n<h1>T</h1>\n</main>\n'


def test_that_every_header_cell_says_what_it_is_the_header_of():
    read = Reader(write_html(compose_toppnotat(samples.TOPPNOTAT_31)))
    assert {attributes.get("scope") for attributes in read.all("th")} == {"row", "col"}


def test_that_headings_never_skip_a_level():
    html = write_html(compose_moetepakke(samples.PAKKE))
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_that_a_heading_of_the_text_stands_below_the_heading_of_its_section():
    part = TreePart(Tree((Heading((Run("Under"),), 1, id="h"),)), 1)
    html = write_html(document(DocHeading((Run("Over"),), 1), part, Heading((Run("Fri"),), 1)))
    assert re.findall(r"<h(\d)>(\w+)", html) == [("2", "Over"), ("3", "Under"), ("2", "Fri")]


def test_that_footnotes_are_numbered_and_linked_both_ways():
    read = Reader(write_html(compose_moetepakke(samples.PAKKE)))
    links = {attributes["href"] for attributes in read.all("a")}
    names = {attributes["id"] for _tag, attributes in read.seen if "id" in attributes}
    for number in (1, 2):
        assert {f"#fotnote-{number}", f"#fotnote-{number}-sted"} <= links
        assert {f"fotnote-{number}", f"fotnote-{number}-sted"} <= names
    assert {link[1:] for link in links if link.startswith("#")} <= names


def test_that_ids_are_unique():
    read = Reader(write_html(compose_moetepakke(samples.PAKKE)))
    names = [attributes["id"] for _tag, attributes in read.seen if "id" in attributes]
    assert len(names) == len(set(names))


def test_that_a_picture_is_inside_the_file_and_has_its_text():
    read = Reader(write_html(compose_toppnotat(samples.TOPPNOTAT_31)))
    (image,) = read.all("img")
    assert image["src"].startswith("data:image/png;base64,iVBOR")
    assert image["alt"] == "Blå firkant som viser nettets oppetid"
    assert image["style"] == "width:60mm"


@pytest.mark.parametrize("file", [None, FigureFile(b"<svg/>", "image/svg+xml")])
def test_that_a_picture_that_cannot_be_shown_is_its_text(file):
    figures = {} if file is None else {"f": file}
    html = write_html(document(TreePart(Tree((Figure("f", "Kart", id="x"),))), figures=figures))
    assert "<p>Kart</p>" in html
    assert "<img" not in html


def test_that_nothing_is_fetched_and_nothing_runs():
    html = write_html(compose_moetepakke(samples.PAKKE))
    assert not re.search(r"<script|<link|@import|url\(|\son\w+=", html)
    assert all(image["src"].startswith("data:") for image in Reader(html).all("img"))


def test_that_it_looks_right_in_dark_and_on_paper():
    html = write_html(document(PageBreak()))
    for rule in ("prefers-color-scheme: dark", "max-width: 210mm", "@media print"):
        assert rule in html
