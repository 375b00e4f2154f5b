"""What a Word file says is read into the text tree, construct by construct."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings

from desktop.documents.document import DocHeading, FigureFile, TreePart
from desktop.documents.docx_writer import write_docx
from desktop.importing.docx import ReadDocument, read_docx
from desktop.importing.docx_fields import link_of
from desktop.importing.docx_remarks import SENTENCES, remark_text
from desktop.importing.docx_symbols import symbol
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import (
    Block,
    Figure,
    Footnote,
    Heading,
    LineBreak,
    ListBlock,
    Paragraph,
    Run,
    Table,
    Tree,
    walk,
)
from desktop.richtext.validate import canonical, validate
from tests.documents.docx_reading import document
from tests.documents.samples import picture
from tests.importing.docx_trees import comparable
from tests.importing.word.lag import RELATIONS, item, p, word_file
from tests.trees import trees

PICTURE = picture().data
FILE = sha256(PICTURE).hexdigest()


def tree(read: ReadDocument) -> Tree:
    return canonical(Tree(tuple(one.block for one in read.blocks)))


def text(body: str, **more: object) -> str:
    return plain_text(tree(read_docx(word_file(body, **more))))


def blocks(body: str, **more: object) -> tuple[Block, ...]:
    return tree(read_docx(word_file(body, **more))).blocks


def inlines(inner: str, **more: object) -> tuple:
    (block,) = blocks(p(inner=inner), **more)
    assert isinstance(block, Paragraph | Heading)
    return block.inlines


def run(words: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def codes(body: str, **more: object) -> list[str]:
    return [remark.code for remark in read_docx(word_file(body, **more)).remarks]


def said(body: str, **more: object) -> list[str]:
    return [remark_text(remark) for remark in read_docx(word_file(body, **more)).remarks]


# Our own files


@settings(max_examples=120)
@given(trees())
def test_that_a_tree_written_as_word_is_read_back_as_it_was(given_tree: Tree):
    figures = {
        block.file: FigureFile(PICTURE, "image/png")
        for block in walk(given_tree.blocks)
        if isinstance(block, Figure)
    }
    above = [DocHeading((Run("Over"),), level) for level in (1, 2, 3, 4)]
    made = write_docx(document(*above, TreePart(given_tree, 0), figures=figures)).data
    read = read_docx(made)
    assert comparable(Tree(tree(read).blocks[4:])) == comparable(given_tree)
    assert validate(tree(read)) == []
    assert read.images == ({FILE: PICTURE} if figures else {})
    assert read.remarks == ()


# Paragraphs and runs


@pytest.mark.parametrize(
    ("style", "level"), [("Overskrift1", 1), ("Overskrift2", 2), ("Egen", 2), ("LO", 3)]
)
def test_that_headings_are_known_by_style_name_outline_level_and_what_they_build_on(style, level):
    (block,) = blocks(p("Tittel", style=style))
    assert isinstance(block, Heading)
    assert block.level == level


def test_that_an_outline_level_of_a_paragraph_makes_a_heading_and_body_level_none():
    one, two = blocks(
        p("a", properties='<w:outlineLvl w:val="1"/>')
        + p("b", style="Overskrift1", properties='<w:outlineLvl w:val="9"/>')
    )
    assert isinstance(one, Heading)
    assert isinstance(two, Paragraph)


def test_that_looks_come_from_runs_and_from_character_styles():
    found = inlines(
        run("a", "<w:b/>")
        + run("b", '<w:rStyle w:val="Sterk"/>')
        + run("c", '<w:rStyle w:val="Sterk"/><w:b w:val="0"/>')
        + run("d", '<w:rStyle w:val="Utheving"/>')
        + run("2", '<w:vertAlign w:val="superscript"/>')
    )
    assert found == (
        Run("ab", bold=True),
        Run("c"),
        Run("d", italic=True),
        Run("2", superscript=True),
    )


def test_that_low_digits_stay_low():
    assert inlines(run("CO") + run("2", '<w:vertAlign w:val="subscript"/>')) == (Run("CO₂"),)


def test_that_signs_and_breaks_become_what_they_mean():
    found = inlines(
        "<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>helse</w:t><w:softHyphen/><w:t>råd</w:t><w:tab/>"
        '<w:t>a</w:t><w:br/><w:t>b</w:t><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    )
    assert found == (Run("e\u2011helseråd a"), LineBreak(), Run("b→"))


def test_that_a_page_break_goes_and_its_words_do_not_run_together():
    found = inlines('<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>')
    assert found == (Run("a"), LineBreak(), Run("b"))
    assert text(p("a") + p(inner='<w:r><w:br w:type="page"/></w:r>') + p("b")) == "a\nb"


def test_that_white_space_counts_only_where_the_file_says_so():
    assert text(p(inner="<w:r><w:t>  a\n b </w:t></w:r>")) == "a  b"
    assert text(p(inner=run("  a "))) == "  a "


def test_that_an_unknown_sign_is_shown_as_unknown_and_told():
    body = p(inner='<w:r><w:sym w:font="Webdings" w:char="F021"/><w:t>x</w:t></w:r>')
    assert text(body) == "!x"
    unknown = p(inner='<w:r><w:sym w:font="Wingdings" w:char="F021"/></w:r>')
    assert text(unknown) == "�"
    assert codes(unknown) == ["symbol"]


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [("Symbol", "F0B3", "≥"), ("Symbol", "F061", "α"), ("Arial", "00E6", "æ"), ("x", "zz", "�")],
)
def test_that_signs_of_symbol_fonts_are_ordinary_characters(font, code, sign):
    assert symbol(font, code) == sign


def test_that_hidden_text_is_left_out_and_told():
    body = p(
        inner=run("synlig") + run("intern", "<w:vanish/>") + run("x", '<w:rStyle w:val="Skjult"/>')
    )
    assert text(body) == "synlig"
    assert said(body) == ["Skjult tekst ble ikke lest inn: «internx»"]


def test_that_struck_text_stays_and_is_told():
    body = p(inner=run("bort", "<w:strike/>"))
    assert text(body) == "bort"
    assert codes(body) == ["struck_text"]


def test_that_content_controls_and_smart_tags_are_seen_through_and_placeholders_are_not_text():
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    hint = control.format("<w:showingPlcHdr/>", run("Klikk for å skrive"))
    inner = control.format("", run("a")) + f"<w:smartTag>{run('b')}</w:smartTag>" + hint
    whole = control.format('<w:tag w:val="x"/>', p(inner=inner))
    assert text(whole) == "ab"
    (block,) = read_docx(word_file(whole)).blocks
    assert block.facts.tags == ("x",)


def test_that_one_form_of_alternatives_is_read():
    inner = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>"
        f"{p('boks')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:textbox><w:txbxContent>{p('boks')}</w:txbxContent></v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text(p("over", inner=inner) + p("under")) == "over\nboks\nunder"
    assert codes(p("over", inner=inner)) == ["textbox"]


def test_that_a_formula_is_read_as_its_text():
    assert text(p(inner="<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>")) == "a=b"


# Links and fields

LINK = (
    f'<Relationship Id="l1" Type="{RELATIONS}/hyperlink" Target="https://eksempel.no/a b" '
    'TargetMode="External"/>'
    f'<Relationship Id="l2" Type="{RELATIONS}/hyperlink" Target="file:///C:/x" '
    'TargetMode="External"/>'
)


def test_that_links_keep_their_address_and_those_not_allowed_their_text():
    linked = f'<w:hyperlink r:id="l1">{run("her")}</w:hyperlink>'
    refused = f'<w:hyperlink r:id="l2">{run("der")}</w:hyperlink>'
    assert inlines(linked, relations=LINK) == (Run("her", link="https://eksempel.no/a%20b"),)
    assert inlines(refused, relations=LINK) == (Run("der"),)
    assert codes(p(inner=refused), relations=LINK) == ["link_refused"]


def test_that_an_inner_link_points_to_its_place():
    assert inlines(f'<w:hyperlink w:anchor="del_2">{run("se")}</w:hyperlink>') == (
        Run("se", link="#del_2"),
    )


def field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_that_a_field_shows_its_result_and_a_link_field_links():
    assert inlines(field("DATE", run("i dag"))) == (Run("i dag"),)
    assert inlines(field('HYPERLINK "https://eksempel.no"', run("x")) + run(" y")) == (
        Run("x", link="https://eksempel.no"),
        Run(" y"),
    )


def test_that_a_field_that_does_not_end_hides_no_text():
    assert text(p(inner='<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + p("resten")) == "resten"


@pytest.mark.parametrize(
    ("code", "link"),
    [
        (' HYPERLINK "https://a.no" \\l "b" \\o "tips"', "https://a.no#b"),
        ('HYPERLINK \\l "b"', "#b"),
        ("HYPERLINK https://a.no", "https://a.no"),
        ("PAGEREF x", None),
    ],
)
def test_that_the_code_of_a_link_field_tells_the_address(code, link):
    assert link_of(code) == link


def test_that_a_table_of_contents_is_left_out():
    body = p("Innhold 1", style="INNH1") + p("Tekst")
    assert text(body) == "Tekst"
    assert codes(body) == ["contents_left_out"]


# Notes and comments

NOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Se </w:t>'
    "</w:r><w:r><w:rPr><w:i/></w:rPr><w:t>loven</w:t></w:r></w:p><w:p><w:r><w:t>§ 6</w:t></w:r>"
    "</w:p></w:footnote>"
)


def test_that_a_footnote_stands_where_its_mark_stands():
    found = inlines(
        run("a") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("b"),
        parts={"footnotes": NOTES},
    )
    assert found[0], found[2] == (Run("a"), Run("b"))
    assert isinstance(found[1], Footnote)
    assert found[1].content == (Run("Se "), Run("loven", italic=True), LineBreak(), Run("§ 6"))


def test_that_an_endnote_becomes_a_footnote_and_is_told():
    notes = '<w:endnote w:id="1"><w:p><w:r><w:t>slutt</w:t></w:r></w:p></w:endnote>'
    body = p("a", inner='<w:r><w:endnoteReference w:id="1"/></w:r>')
    assert text(body, parts={"endnotes": notes}) == "a[1]\n\n[1] slutt"
    assert codes(body, parts={"endnotes": notes}) == ["endnotes"]


def test_that_comments_are_told_with_who_and_what():
    comments = (
        '<w:comment w:id="0" w:author="Kari"><w:p><w:r><w:t>Stemmer dette?</w:t></w:r></w:p>'
        "</w:comment>"
    )
    body = p("a", inner='<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>')
    assert text(body, parts={"comments": comments}) == "a"
    assert said(body, parts={"comments": comments}) == [
        "Merknad fra Kari ble ikke lest inn: «Stemmer dette?»"
    ]


# Lists


def test_that_levels_of_one_list_nest():
    found = text(item("a") + item("b", level=1) + item("c", level=2) + item("d"))
    assert found == "• a\n  • b\n    • c\n• d"


def test_that_formats_of_levels_are_kept_and_roman_numbers_told():
    body = item("a", 2) + item("b", 2, 1) + item("c", 2, 2)
    assert text(body) == "1. a\n   a) b\n      1. c"
    assert codes(body) == ["number_format"]


def test_that_a_list_after_a_paragraph_goes_on_counting_and_a_restart_begins_anew():
    body = item("a", 2) + item("b", 2) + p("mellom") + item("c", 2) + p("så") + item("d", 3)
    assert text(body) == "1. a\n2. b\nmellom\n3. c\nså\n1. d"


def test_that_a_deeper_level_begins_anew_under_the_next_point():
    body = item("a", 2) + item("x", 2, 1) + item("y", 2, 1) + item("b", 2) + item("z", 2, 1)
    assert text(body) == "1. a\n   a) x\n   b) y\n2. b\n   a) z"


def test_that_another_list_that_is_indented_more_lies_inside():
    deep = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="1440"/>'
    assert text(item("a", 2) + p("b", properties=deep) + item("c", 2)) == "1. a\n   • b\n2. c"


def test_that_a_paragraph_indented_as_the_point_continues_it():
    body = item("a") + p("mer om a", style="Listeavsnitt") + item("b") + p("etter")
    (one, after) = blocks(body)
    assert isinstance(one, ListBlock)
    assert [len(listed.blocks) for listed in one.items] == [2, 1]
    assert isinstance(after, Paragraph)


def test_that_a_list_comes_from_the_style_and_can_be_taken_away():
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    found = blocks(p("a", style="Punkt") + p("b", style="Punkt", properties=off))
    assert isinstance(found[0], ListBlock)
    assert isinstance(found[1], Paragraph)


def test_that_a_level_without_any_mark_is_no_list():
    assert text(item("a", 5) + item("b", 5, 1) + item("c", 5)) == "1) a\n   b\n2) c"


def test_that_numbers_of_several_parts_become_plain_ones_and_are_told():
    body = item("a", 4) + item("b", 4, 1)
    assert text(body) == "1. a\n   1. b"
    assert codes(body) == ["number_format"]


# Tables


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(words)}</w:tc>"


def table(*rows: str, grid: str = "") -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def line(*cells: str, header: bool = False, properties: str = "") -> str:
    marked = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr>{marked}{properties}</w:trPr>{''.join(cells)}</w:tr>"


def only_table(body: str) -> Table:
    (block,) = blocks(body)
    assert isinstance(block, Table)
    return block


def test_that_spans_header_rows_and_widths_are_read():
    found = only_table(
        table(
            line(cell("A", '<w:gridSpan w:val="2"/>'), header=True),
            line(cell("b", '<w:vMerge w:val="restart"/>'), cell("c")),
            line(cell("", "<w:vMerge/>"), cell("d")),
            grid='<w:gridCol w:w="1000"/><w:gridCol w:w="3000"/>',
        )
    )
    assert found.header_rows == 1
    assert found.column_widths == (1000, 3000)
    assert found.rows[0].cells[0].column_span == 2
    assert found.rows[1].cells[0].row_span == 2
    assert len(found.rows[2].cells) == 1


def test_that_a_first_row_in_bold_is_a_heading_row():
    bold = f"<w:tc>{p('A', bold=True)}</w:tc><w:tc>{p('B', bold=True)}</w:tc>"
    assert only_table(table(line(bold), line(cell("1"), cell("2")))).header_rows == 1
    assert (
        only_table(table(line(cell("A"), cell("B")), line(cell("1"), cell("2")))).header_rows == 0
    )


def test_that_rows_that_begin_late_or_are_too_short_are_filled():
    found = only_table(
        table(
            line(cell("a"), cell("b"), cell("c")),
            line(cell("d"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        )
    )
    assert [len(row.cells) for row in found.rows] == [3, 3]
    assert validate(Tree((found,))) == []


def test_that_a_table_in_a_cell_becomes_its_paragraphs():
    inner = table(line(cell("x"), cell("y")))
    body = table(line(f"<w:tc>{p('a')}{inner}{p()}</w:tc>", cell("b")))
    found = only_table(body)
    assert [plain_text(Tree((block,))) for block in found.rows[0].cells[0].blocks] == [
        "a",
        "x",
        "y",
    ]
    assert codes(body) == ["table_in_cell"]


# Pictures


def drawing(identifier: str, *, how: str = "embed", alt: str = "Kart", more: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="1800000" cy="900000"/>'
        f'<wp:docPr id="1" name="Bilde 1" descr="{alt}"/><a:graphic><a:graphicData><pic:pic>'
        f'<pic:blipFill><a:blip r:{how}="{identifier}"/>{more}</pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def image(target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="b1" Type="{RELATIONS}/image" Target="{target}"{mode}/>'


def test_that_a_picture_comes_beside_the_text_with_alt_text_and_width():
    body = p("før", inner=drawing("b1") + run("etter"))
    read = read_docx(
        word_file(body, relations=image("media/b.png"), files={"word/media/b.png": PICTURE})
    )
    before, figure, after = tree(read).blocks
    assert (before.inlines, after.inlines) == ((Run("før"),), (Run("etter"),))
    assert (figure.file, figure.alt_text, figure.width_mm) == (FILE, "Kart", 50)
    assert read.images == {FILE: PICTURE}


@pytest.mark.parametrize(
    ("relation", "how", "data", "code"),
    [
        (image("media/b.emf"), "embed", b"\x01\x00\x00\x00EMF", "image_left_out"),
        (image("media/b.png"), "embed", PICTURE[: len(PICTURE) // 2], "image_left_out"),
        (image("media/borte.png"), "embed", b"", "image_left_out"),
        (image("https://eksempel.no/x.png", external=True), "link", b"", "image_linked"),
        (image("file:///etc/passwd", external=True), "embed", b"", "image_linked"),
    ],
)
def test_that_a_picture_that_cannot_be_shown_is_told_and_never_fetched(relation, how, data, code):
    name = "word/media/b.emf" if "emf" in relation else "word/media/b.png"
    read = read_docx(
        word_file(p("a", inner=drawing("b1", how=how)), relations=relation, files={name: data})
    )
    assert plain_text(tree(read)) == "a"
    assert [remark.code for remark in read.remarks] == [code]


def test_that_a_cropped_picture_is_told():
    body = p(inner=drawing("b1", more='<a:srcRect l="10000"/>'))
    files = {"word/media/b.png": PICTURE}
    assert codes(body, relations=image("media/b.png"), files=files) == ["image_cropped"]


def test_that_every_sentence_can_be_said():
    for sentence in SENTENCES.values():
        assert sentence[-1] in ".»"
