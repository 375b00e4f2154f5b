"""What only a finished document has: title, heads, marks, contents, page frame, properties."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from lxml import etree

from desktop.documents.chapters import as_chapter
from desktop.documents.document import (
    DocHeading,
    Document,
    GridRow,
    GridTable,
    HeadRow,
    HeadTable,
    PageBreak,
    StyledParagraph,
    TableOfContents,
    Title,
    TocEntry,
    TreePart,
)
from desktop.documents.docx_writer import write_docx
from desktop.documents.style_names import ROLES
from desktop.richtext.tree import (
    Cell,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Run,
    Table,
    Tree,
    paragraph,
)
from tests.documents.check_docx import (
    Parts,
    body_paragraphs,
    check_docx,
    find,
    paragraph_text,
    style_name,
)
from tests.documents.docx_reading import body_of, document
from tests.documents.samples import PICTURE, picture

_LONG = "Kommunene har meldt at innføringen krever mer støtte. " * 30


def _parts(*blocks: object, **fields: object) -> Parts:
    return Parts(write_docx(document(*blocks, **fields)).data)


def _table(*texts: str, header_rows: int = 1) -> Table:
    rows = tuple(Row((Cell((paragraph(text),)),)) for text in texts)
    return Table(rows, header_rows)


def _whole_document() -> Document:
    items = (ListItem((paragraph("Første"), paragraph("Mer om første"))),)
    nested = ListBlock((ListItem((paragraph("Ytre"), ListBlock(items, "number", "a)"))),))
    note = Footnote("n", (Run("Se "), Run("kilden", link="https://www.ehelse.no/a?b=1&c=2")))
    text = Tree(
        (
            Paragraph((Run("Se "), Run("saken", bold=True, link="#sak"), note)),
            nested,
            Heading((Run("Underveis"),), 1),
            ListBlock((ListItem((paragraph("Fjerde"),)),), "number", "1.", 4),
            Paragraph((Run("Tabell 1"),), "caption"),
            Table(
                (
                    Row((Cell((paragraph("Tiltak"),)), Cell((paragraph("Frist"),)))),
                    Row((Cell((paragraph("Begge"),), 2),)),
                    Row((Cell((paragraph("To rader"),), 1, 2), Cell((paragraph("Mai"),)))),
                    Row((Cell((paragraph("Juni"),)),)),
                ),
                1,
                (3, 1),
            ),
            Figure(PICTURE, "En blå stolpe", 40),
            Paragraph((Run("Figur 1"),), "caption"),
        )
    )
    return Document(
        title="Møte i Nasjonalt e-helseråd",
        author="Sekretariatet",
        maalform="nb",
        subject="Toppnotat",
        keywords="e-helse",
        created=datetime(2023, 12, 1, 9, 30, tzinfo=UTC),
        header_text="Nasjonalt e-helseråd",
        footer_text="Sak 28/23",
        identity=(("motebok-id", "4f7c"),),
        figures={PICTURE: picture()},
        blocks=(
            Title("Møte i Nasjonalt e-helseråd"),
            StyledParagraph((Run("Foreløpig"),), "foreloepig"),
            HeadTable(
                (
                    HeadRow("Dato", ((paragraph("14.12.2023"),),), mark="dato"),
                    HeadRow("Medlemmer", ((paragraph("Kari"),), (paragraph("Ola"),))),
                )
            ),
            GridTable(
                ("Sak", "Agenda"),
                (
                    GridRow(((paragraph("28/23"),), (paragraph("Godkjenning"),))),
                    GridRow(((), (paragraph("Lunsj"),)), muted=True),
                ),
                (20, 140),
            ),
            TableOfContents("Innhold", (TocEntry("Bakgrunn", "sak"),)),
            DocHeading((Run("Bakgrunn"),), 1, anchor="sak", mark="bakgrunn"),
            TreePart(text),
        ),
    )


def test_that_a_whole_document_is_written_part_by_part_as_before(snapshot):
    data = write_docx(_whole_document()).data
    assert check_docx(data) == []
    parts = Parts(data)
    names = [name for name in parts.names if name.startswith("word/") and name.endswith(".xml")]
    fixed = {"word/styles.xml", "word/theme/theme1.xml", "word/fontTable.xml"}
    shown = {name: _pretty(parts.raw[name]) for name in sorted(set(names) - fixed)}
    shown["docProps/core.xml"] = _pretty(parts.raw["docProps/core.xml"])
    assert shown == snapshot


def _pretty(data: bytes) -> str:
    root = etree.fromstring(data)
    for node in root.iter("{*}abstractNum"):
        del node[2:]
    etree.indent(root)
    return etree.tostring(root, encoding="unicode")


def test_that_headings_inside_the_text_go_below_the_heading_above_them():
    text = Tree((Heading((Run("Status"),), 1), Heading((Run("Dypere"),), 3)))
    styles = body_paragraphs(
        write_docx(document(DocHeading((Run("Bakgrunn"),), 1), TreePart(text, 1))).data
    )
    assert styles == [
        ("heading 1", "Bakgrunn"),
        ("heading 2", "Status"),
        ("heading 3", "Dypere"),
    ]


def test_that_a_text_that_starts_with_a_deep_heading_does_not_skip_a_level():
    text = Tree((Heading((Run("Dypt"),), 3), Heading((Run("Høyt"),), 1)))
    levels = [style for style, _ in body_paragraphs(write_docx(document(TreePart(text))).data)]
    assert levels == ["heading 1", "heading 2"]


def test_that_a_marked_heading_holds_bookmark_control_and_a_style_of_its_own():
    parts = _parts(DocHeading((Run("Hensikt med saken"),), 1, anchor="h", mark="hensikt"))
    heading = find(parts.document, "//w:p")[0]
    assert style_name(parts, heading) == "Møtebok felt hensikt"
    assert find(heading, "w:bookmarkStart/@w:name") == ["_a_h", "_mb_hensikt"]
    assert find(heading, "w:sdt/w:sdtPr/w:tag/@w:val") == ["hensikt"]
    assert paragraph_text(find(heading, "w:sdt/w:sdtContent")[0]) == "Hensikt med saken"
    style = find(parts.xml("word/styles.xml"), "w:style[w:name/@w:val='Møtebok felt hensikt']")[0]
    assert find(style, "w:basedOn/@w:val") == ["Heading1"]


def test_that_a_marked_value_of_the_head_is_found_by_its_bookmark():
    head = HeadTable(
        (
            HeadRow("Dato", ((paragraph("14.12.2023"),),), mark="dato"),
            HeadRow("Fra", ((paragraph("A"), paragraph("B")),), mark="fra"),
        )
    )
    parts = _parts(head)
    assert find(parts.document, "//w:bookmarkStart/@w:name") == ["_mb_dato"]
    assert paragraph_text(find(parts.document, "//w:sdtContent")[0]) == "14.12.2023"


def test_that_a_mark_that_is_used_twice_is_placed_once():
    parts = _parts(
        DocHeading((Run("En"),), 1, mark="felt"), DocHeading((Run("To"),), 1, mark="felt")
    )
    assert find(parts.document, "//w:tag/@w:val") == ["felt"]


def test_that_the_table_of_contents_links_to_its_headings_without_a_field():
    data = write_docx(
        document(
            TableOfContents("Innhold", (TocEntry("Sak 28/23", "sak 28/23"), TocEntry("?", "x"))),
            DocHeading((Run("Sak 28/23"),), 1, anchor="sak 28/23"),
        )
    ).data
    parts = Parts(data)
    assert check_docx(data) == []
    assert find(parts.document, "//w:hyperlink/@w:anchor") == ["_a_sak_28_23"]
    assert find(parts.document, "//w:bookmarkStart/@w:name") == ["_a_sak_28_23"]
    assert body_paragraphs(data)[:3] == [
        ("TOC Heading", "Innhold"),
        ("toc 1", "Sak 28/23"),
        ("toc 1", "?"),
    ]


def test_that_anchors_that_read_alike_as_bookmarks_stay_apart():
    anchors = ("sak 28/23", "sak_28_23", "SAK-28-23", "x" * 60, "x" * 61)
    blocks = [DocHeading((Run(a),), 1, anchor=a) for a in anchors]
    names = find(_parts(*blocks).document, "//w:bookmarkStart/@w:name")
    assert len({name.casefold() for name in names}) == len(anchors)
    assert max(map(len, names)) == 40


@pytest.mark.parametrize(
    "link",
    [
        "#finnes-ikke",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://",
        "http://[::1",
        "https://a.no/x]y",
        "mailto:ingen",
        "http://a.no:port/",
    ],
)
def test_that_a_link_that_leads_nowhere_is_plain_text(link: str):
    data = write_docx(document(Paragraph((Run("her", link=link),)))).data
    assert check_docx(data) == []
    assert body_paragraphs(data) == [("Normal", "her")]
    assert find(Parts(data).document, "//w:hyperlink | //w:rStyle") == []


def test_that_one_link_over_several_looks_is_one_link():
    link = "https://a.no/æ b"
    runs = (Run("fet", bold=True, link=link), Run(" og ikke", link=link), Run("."))
    parts = _parts(Paragraph(runs), Paragraph(runs))
    assert [paragraph_text(x) for x in find(parts.document, "//w:hyperlink")] == ["fet og ikke"] * 2
    targets = [
        item.get("Target")
        for item in parts.relations("word/document.xml").values()
        if item.get("TargetMode") == "External"
    ]
    assert targets == ["https://a.no/%C3%A6%20b"]


def test_that_a_page_break_stands_in_the_next_paragraph_and_not_in_one_of_its_own():
    body = body_of(paragraph("En"), PageBreak(), paragraph("To"), PageBreak())
    assert [paragraph_text(p) for p in find(body, "w:p")] == ["En", "To"]
    assert len(find(body, "w:p[2]/w:pPr/w:pageBreakBefore")) == 1
    assert len(find(body, "//w:pageBreakBefore")) == 1


def test_that_a_page_break_before_a_table_moves_the_table():
    body = body_of(paragraph("En"), PageBreak(), _table("A", "B"))
    assert [etree.QName(node).localname for node in body] == ["p", "p", "tbl", "p", "sectPr"]
    assert len(find(body, "w:p[2]/w:pPr/w:pageBreakBefore")) == 1


def test_that_two_tables_in_a_row_stay_two_tables():
    body = body_of(_table("A"), _table("B"))
    assert [etree.QName(node).localname for node in body] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_that_header_rows_repeat_and_short_rows_stay_whole_and_long_rows_may_break():
    body = body_of(_table("Hode", "Hode 2", "Kort", _LONG, header_rows=2))
    rows = find(body, "w:tbl/w:tr")
    assert [bool(find(row, "w:trPr/w:tblHeader")) for row in rows] == [True, True, False, False]
    assert [bool(find(row, "w:trPr/w:cantSplit")) for row in rows] == [True, True, True, False]


def test_that_labels_of_the_head_are_row_headers_and_no_row_is_a_header_row():
    body = body_of(
        HeadTable((HeadRow("Møte", ((paragraph("4"),),)), HeadRow("Hvem", ((), (), ()))))
    )
    look = find(body, "w:tbl/w:tblPr/w:tblLook")[0]
    assert (
        look.get(look.tag.replace("tblLook", "firstColumn")),
        look.get(look.tag.replace("tblLook", "firstRow")),
    ) == ("1", "0")
    assert find(body, "//w:tblHeader") == []
    assert find(body, "w:tbl/w:tr[1]/w:tc[2]/w:tcPr/w:gridSpan/@w:val") == ["3"]


def test_that_column_widths_add_up_to_the_width_of_the_text():
    row = GridRow(((), (), ()))
    body = body_of(GridTable(("A", "B", "C"), (row,), (1, 1, 1)))
    assert sum(map(int, find(body, "//w:gridCol/@w:w"))) == 9072


def test_that_a_caption_stays_with_its_table_and_a_figure_with_its_caption():
    caption = Paragraph((Run("Tabell 1"),), "caption")
    body = body_of(
        TreePart(Tree((caption, _table("A"), Figure(PICTURE, "Alt"), caption))),
        figures={PICTURE: picture()},
    )
    kept = [paragraph_text(p) for p in find(body, "w:p[w:pPr/w:keepNext]")]
    assert kept == ["Tabell 1", ""]
    assert find(body, "//*[local-name()='docPr']/@descr") == ["Alt"]


def test_that_a_figure_is_never_wider_than_its_place_or_higher_than_the_page():
    wide, high = "a" * 64, "b" * 64
    body = body_of(
        TreePart(Tree((Figure(wide, "bred", 400), Figure(high, "høy", 160)))),
        figures={wide: picture(300, 100), high: picture(20, 200)},
    )
    sizes = find(body, "//*[local-name()='extent']")
    millimetres = [(int(s.get("cx")) / 36000, int(s.get("cy")) / 36000) for s in sizes]
    assert millimetres[0] == pytest.approx((160, 160 / 3), abs=0.1)
    assert millimetres[1] == pytest.approx((20, 200), abs=0.1)


def test_that_a_picture_used_twice_is_in_the_file_once():
    parts = _parts(Figure(PICTURE, "En"), Figure(PICTURE, "To"), figures={PICTURE: picture()})
    assert [name for name in parts.names if "media" in name] == [f"word/media/{PICTURE[:16]}.png"]


def test_that_a_figure_whose_file_is_missing_is_printed_as_its_text():
    shown = body_paragraphs(write_docx(document(Figure(PICTURE, "En stolpe"))).data)
    assert shown == [("Figur", "[En stolpe]")]


def test_that_a_list_goes_on_after_a_paragraph_with_the_next_number():
    first = ListBlock((ListItem((paragraph("En"),)), ListItem((paragraph("To"),))), "number")
    going_on = ListBlock((ListItem((paragraph("Tre"),)),), "number", start=3)
    parts = _parts(first, paragraph("Mellom"), going_on)
    numbers = find(parts.document, "//w:numPr/w:numId/@w:val")
    assert numbers[0] == numbers[1] != numbers[2]
    starts = {
        num.get(num.tag.replace("}num", "}numId")): find(num, ".//w:startOverride/@w:val")
        for num in find(parts.xml("word/numbering.xml"), "w:num")
    }
    assert (starts[numbers[0]], starts[numbers[2]]) == (["1"], ["3"])


def test_that_nested_lists_have_their_level_and_further_paragraphs_of_an_item_no_number():
    inner = ListBlock((ListItem((paragraph("Indre"),)),), "number", "a)")
    outer = ListBlock((ListItem((paragraph("Ytre"), paragraph("Mer"), inner)),))
    body = body_of(outer)
    assert find(body, "//w:ilvl/@w:val") == ["0", "1"]
    assert body_paragraphs(write_docx(document(outer)).data) == [
        ("List Bullet", "Ytre"),
        ("List Continue", "Mer"),
        ("List Number 2", "Indre"),
    ]
    assert find(body, "w:p[2]/w:pPr/w:ind/@w:left") == ["397"]


def test_that_the_foot_counts_pages_and_the_head_spares_the_first_page():
    parts = _parts(paragraph("x"), header_text="Møte 4/2023", footer_text="Sekretariatet")
    for name in ("word/footer1.xml", "word/footer2.xml"):
        assert paragraph_text(parts.xml(name)) == "Sekretariatet\tside 1 av 1"
        assert find(parts.xml(name), "//w:fldSimple/@w:instr") == [" PAGE ", " NUMPAGES "]
    section = find(parts.document, "//w:sectPr")[0]
    assert find(section, "w:headerReference/@w:type") == ["default"]
    assert sorted(find(section, "w:footerReference/@w:type")) == ["default", "first"]
    assert len(find(section, "w:titlePg")) == 1


@pytest.mark.parametrize(("maalform", "language"), [("nb", "nb-NO"), ("nn", "nn-NO")])
def test_that_the_language_of_the_document_is_set(maalform: str, language: str):
    parts = _parts(paragraph("x"), maalform=maalform)
    assert find(parts.xml("word/styles.xml"), "//w:rPrDefault//w:lang/@w:val") == [language]
    assert find(parts.xml("word/settings.xml"), "w:themeFontLang/@w:val") == [language]


def test_that_properties_say_who_what_when_and_which():
    parts = Parts(write_docx(_whole_document()).data)
    core = parts.xml("docProps/core.xml")
    values = {etree.QName(node).localname: node.text for node in core}
    assert values == {
        "title": "Møte i Nasjonalt e-helseråd",
        "subject": "Toppnotat",
        "creator": "Sekretariatet",
        "keywords": "e-helse",
        "identifier": "4f7c",
        "language": "nb-NO",
        "lastModifiedBy": "Sekretariatet",
        "revision": "1",
        "created": "2023-12-01T09:30:00Z",
        "modified": "2023-12-01T09:30:00Z",
    }
    custom = parts.xml("docProps/custom.xml")
    assert custom[0].get("name") == "motebok-id"
    assert custom[0][0].text == "4f7c"


def test_that_changes_are_tracked_only_where_the_document_says_so():
    for wanted in (True, False):
        settings = _parts(paragraph("x"), track_changes=wanted).xml("word/settings.xml")
        assert bool(find(settings, "w:trackRevisions")) is wanted


@pytest.mark.parametrize("role", list(ROLES))
def test_that_a_paragraph_with_a_part_to_play_has_the_style_of_it(role):
    shown = body_paragraphs(write_docx(document(StyledParagraph((Run("Tekst"),), role))).data)
    assert shown == [(ROLES[role], "Tekst")]


def test_that_characters_that_xml_forbids_never_break_a_file():
    nasty = 'a\x00b\x0bc\ud800d\ufffee\tf\ng & <w:p> " \u00ad\u2011'
    data = write_docx(
        document(
            Title(nasty),
            DocHeading((Run(nasty, link="https://a.no"),), 1, anchor=nasty, mark="felt"),
            Figure(PICTURE, nasty),
            title=nasty,
            author=nasty,
            header_text=nasty,
            identity=((nasty, nasty),),
            figures={PICTURE: picture()},
        )
    ).data
    for name, part in Parts(data).raw.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(part)
    assert body_paragraphs(data)[0] == ("Title", 'abcde\tf g & <w:p> " \u00ad\u2011')


def test_that_a_chapter_of_a_larger_document_keeps_its_links_to_itself():
    chapter = (
        Title("Toppnotat"),
        DocHeading((Run("Bakgrunn"),), 1, anchor="b", mark="bakgrunn"),
        TreePart(Tree((Paragraph((Run("over", link="#b"),)), Heading((Run("Del"),), 1)))),
    )
    one = as_chapter(chapter, anchor="sak-1", prefix="1-")
    two = as_chapter(chapter, anchor="sak-2", prefix="2-")
    data = write_docx(document(Title("Møtepakke"), *one, *two)).data
    assert check_docx(data) == []
    parts = Parts(data)
    assert find(parts.document, "//w:hyperlink/@w:anchor") == ["_a_1_b", "_a_2_b"]
    assert [s for s, _ in body_paragraphs(data)] == ["Title"] + [
        "heading 1",
        "heading 2",
        "Normal",
        "heading 3",
    ] * 2
    assert len(find(parts.document, "//w:pageBreakBefore")) == 2


def test_that_nothing_of_the_file_tells_when_the_zip_was_made():
    data = write_docx(document(paragraph("x"))).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
