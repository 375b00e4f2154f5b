import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.documents.html_blocks import fragment_html
from desktop.importing.html import SENTENCES, read_html
from desktop.richtext.plain import plain_text
from desktop.richtext.problems import problem_text
from desktop.richtext.tree import (
    Figure,
    Footnote,
    Heading,
    LineBreak,
    ListBlock,
    Paragraph,
    Run,
    Table,
    Tree,
    child_blocks,
    walk,
)
from desktop.richtext.validate import validate
from tests.trees import trees

FILE = "0123456789abcdef" * 4


def blocks(html, **options):
    return read_html(html, **options).tree.blocks


def one(html, **options):
    (block,) = blocks(html, **options)
    return block


def codes(html):
    return [problem.code for problem in read_html(html).problems]


@settings(max_examples=150)
@given(trees())
def test_that_a_tree_is_the_same_after_html(tree):
    result = read_html(fragment_html(tree))
    assert result.tree == tree
    assert result.problems == ()


@given(trees())
def test_that_line_ends_and_indents_between_blocks_mean_nothing(tree):
    spread = fragment_html(tree).replace("</p><", "</p>\n   <").replace("><li>", ">\n\t<li>")
    assert read_html(spread).tree == tree


@given(st.text())
@example("&#" + "1" * 5000 + ";")
@example("<![foo<!>" * 3)
@example("<!-- <p> --!><?x <![endif]--> </ <")
@example("<a href='https://[x'>y</a><img data-bredde='²' data-fil=''>")
def test_that_any_text_becomes_a_valid_tree(text):
    assert validate(read_html(text).tree) == []


_PIECES = [
    "<p>", "</p>", "<ul>", "</ul>", "<ol start=-1>", "<li>", "</li>", "<table>", "</table>",
    "<tr>", "</tr>", "<td>", "<td colspan=9 rowspan=9>", "<th rowspan=0>", "</td>", "<thead>",
    "</thead>", "<caption>", "<b>", "</b>", "<a href=javascript:x>", "<a href=https://x.no>",
    "</a>", "<span class=fotnote data-id=aaaaaaaaaa>", "</span>", "<h1>", "</h1>",
    "<p data-id=aaaaaaaaaa>", "<h6 data-id=aaaaaaaaaa>", "<figure>", "<figcaption>", "<br/>",
    f"<img data-fil={FILE}>", "<img src=x>", "<script>", "</script>", "<div>", "</div>", "<pre>",
    "</pre>", "<del>", "</del>", "<![if x]>", "<!--", "-->", "<", "&", "&#x;", "&#55296;", "x",
    " y ", "\n", "\u2028", "\uf0b7", "\x00",
]  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_that_any_mixture_of_tags_becomes_a_valid_tree(html):
    result = read_html(html)
    assert validate(result.tree) == []
    assert all(problem_text(problem, SENTENCES) for problem in result.problems)


@settings(max_examples=150)
@given(trees(max_blocks=2).map(fragment_html), st.data())
def test_that_damaged_html_becomes_a_valid_tree(html, source):
    for _ in range(3):
        start = source.draw(st.integers(0, len(html)))
        end = source.draw(st.integers(start, min(len(html), start + 20)))
        html = html[:start] + source.draw(st.sampled_from(["", *_PIECES])) + html[end:]
    assert validate(read_html(html).tree) == []


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50000,
        "<ul><li>" * 20000,
        "<table><tr><td>" * 20000,
        "<b>x" * 20000,
        "<" * 50000,
        "<!--" * 20000,
        "<a " * 30000,
        "<p " + 'a="b" ' * 30000,
        "&" * 50000,
    ],
)  # fmt: skip
def test_that_endless_nesting_and_endless_tags_are_read(html):
    assert validate(read_html(html).tree) == []


def test_that_white_space_shows_as_a_browser_shows_it():
    assert one("<p>\n  Rådet\n\tdrøftet <b> saken </b> nå \n</p>").inlines == (
        Run("Rådet drøftet "),
        Run("saken ", bold=True),
        Run("nå"),
    )
    assert one("<p>a <br>\n b</p>").inlines == (Run("a"), LineBreak(), Run("b"))
    assert one("<p>14.&nbsp;desember</p>").inlines == (Run("14.\N{NO-BREAK SPACE}desember"),)


def test_that_spaces_in_our_own_paragraphs_stay_and_line_ends_do_not():
    html = '<p data-id="aaaaaaaaaa">\n    to  mellomrom\n    og linjer </p>'
    assert one(html).inlines == (Run("to  mellomrom og linjer "),)


def test_that_preformatted_text_keeps_its_lines():
    assert one("<pre>a  b\nc</pre>").inlines == (Run("a  b"), LineBreak(), Run("c"))


def test_that_text_without_paragraphs_is_divided_by_blocks_and_empty_ones_vanish():
    html = "Først<div>så<p>&nbsp;</p></div><section><i>sist</i></section><p></p>"
    assert plain_text(read_html(html).tree).split("\n") == ["Først", "så", "sist"]


def test_that_looks_combine_and_end_with_their_element():
    assert one("<p><b>a<em>b<sup>c</b>d</em></p>").inlines == (
        Run("a", bold=True),
        Run("b", bold=True, italic=True),
        Run("c", bold=True, italic=True, superscript=True),
        Run("d"),
    )


def test_that_headings_have_three_levels():
    html = "".join(f"<h{level}>x</h{level}>" for level in range(1, 7))
    assert [block.level for block in blocks(html)] == [1, 2, 3, 3, 3, 3]


def test_that_a_refused_link_loses_its_address_and_is_reported():
    html = '<p><a href="javascript:x">a</a>\n<a href="https://x.no/å b">c</a><a name="x">d</a></p>'
    result = read_html(html)
    assert result.tree.blocks[0].inlines == (
        Run("a "),
        Run("c", link="https://x.no/å%20b"),
        Run("d"),
    )
    (problem,) = result.problems
    assert (problem.path, problem.code) == ("linje 1", "link_refused")
    assert "javascript:x" in problem_text(problem, SENTENCES)


@pytest.mark.parametrize(
    ("tag", "kind", "number_format", "start"),
    [
        ("<ul>", "bullet", "1.", 1),
        ("<ol>", "number", "1.", 1),
        ("<ol type=a start=3>", "number", "a.", 3),
        ('<ol type="1" data-format="1)" start="0">', "number", "1)", 0),
        ('<ol data-format="a)" start="-4">', "number", "a)", 1),
        ("<ol type=I start=99999>", "number", "1.", 1),
    ],
)
def test_that_lists_have_kind_format_and_start(tag, kind, number_format, start):
    block = one(f"{tag}<li>a</ol></ul>")
    assert (block.kind, block.number_format, block.start) == (kind, number_format, start)


def test_that_items_hold_several_blocks_and_nested_lists():
    html = "<ul><li>en<p>to</p><ol><li>tre</ol>fire<li>fem</ul>"
    block = one(html)
    assert [type(child) for child in child_blocks(block)] == [
        Paragraph,
        Paragraph,
        ListBlock,
        Paragraph,
        Paragraph,
    ]


def test_that_a_list_directly_in_a_list_belongs_to_the_item_before():
    block = one("<ul><li>a</li><ul><li>b</li></ul></ul>")
    assert plain_text(Tree((block,))) == "• a\n  • b"
    assert plain_text(read_html("<ul><ul><li>b</ul></ul>").tree) == "• \n  • b"


def test_that_what_a_list_cannot_hold_is_kept_after_it_or_as_text():
    html = f"<ul><li><h2>a</h2><table><tr><td>b</table><img data-fil={FILE}><li>c</ul>d"
    result = read_html(html)
    assert [type(block) for block in result.tree.blocks] == [ListBlock, Table, Figure, Paragraph]
    found = [problem.code for problem in result.problems]
    assert found == ["heading_in_list", "lifted_from_list", "lifted_from_list"]


def test_that_the_tenth_level_of_a_list_becomes_paragraphs():
    result = read_html("<ul><li>x" * 12)
    assert plain_text(result.tree).count("x") == 12
    assert {problem.code for problem in result.problems} == {"list_too_deep"}


def test_that_a_table_has_heading_rows_from_thead_or_from_its_cells():
    body = "<tr><td>1<td>2</tr>"
    assert (
        one(f"<table><thead><tr><td>a<td>b</thead><tbody>{body}</tbody></table>").header_rows == 1
    )
    assert one(f"<table><tr><th>a<th>b</tr>{body}</table>").header_rows == 1
    assert one(f"<table><tr><th>a<td>b</tr>{body}</table>").header_rows == 0


def test_that_column_widths_come_from_our_attribute_or_from_col():
    row = "<tr><td>a<td>b</tr></table>"
    assert one(f'<table data-bredder="2 3">{row}').column_widths == (2, 3)
    assert one(f'<table data-bredder="2">{row}').column_widths == ()
    assert one(
        f"<table><colgroup><col width=30%><col width=70%></colgroup>{row}"
    ).column_widths == (
        30,
        70,
    )
    assert one(f'<table><col style="color:red; width: 4.5cm" span=2>{row}').column_widths == (4, 4)
    assert one(f"<table><col width=30%><col width=20>{row}").column_widths == ()


def test_that_merged_cells_are_read_and_a_bad_grid_is_mended():
    good = "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>"
    spans = [[(c.column_span, c.row_span) for c in row.cells] for row in one(good).rows]
    assert spans == [[(1, 2), (2, 1)], [(1, 1), (1, 1)]]
    assert codes(good) == []
    bad = "<table><tr><td rowspan=5>a<td>b<tr><td>c<td>d<tr></table>"
    assert codes(bad) == ["table_mended"]
    assert plain_text(read_html(bad).tree).split("\n") == ["a\tb\t", "\tc\td"]


def test_that_a_caption_stands_before_its_table_and_stray_text_is_kept():
    html = "<table>løst<caption>Tabell 1</caption><tr>mer<td>a</table>"
    found = blocks(html)
    assert found[0].style == "caption"
    assert isinstance(found[3], Table)
    assert [plain_text(Tree((b,))) for b in found] == ["Tabell 1", "løst", "mer", "a"]


def test_that_a_table_in_a_cell_becomes_its_paragraphs():
    html = "<table><tr><td>a<table><tr><td>b<td>c</table>d</table>"
    (cell,) = one(html).rows[0].cells
    assert [plain_text(Tree((block,))) for block in cell.blocks] == ["a", "b", "c", "d"]
    assert codes(html) == ["table_in_cell"]


def test_that_footnotes_stand_in_their_place_with_a_look_of_their_own():
    html = (
        '<p><b>a<span class="x fotnote" data-id="n1"><p>se <i>her</i></p>'
        '<ul><li>og der</ul></span>b</b><span class="fotnote" data-id="n1">to</span></p>'
    )
    first, note, second, other = one(html).inlines
    assert (first, second) == (Run("a", bold=True), Run("b", bold=True))
    assert note == Footnote("n1", (Run("se "), Run("her", italic=True), LineBreak(), Run("og der")))
    assert other.id != "n1"


def test_that_images_are_asked_for_and_never_opened():
    asked = []

    def figure(source):
        asked.append(source)
        return FILE if source == "a.png" else None

    html = (
        '<p>før<img src="a.png" alt="En graf" width="96">etter</p><figure data-id="bbbbbbbbbb">'
        f'<img data-fil="{FILE}" src="x" data-bredde="120"><figcaption>Figur 1</figcaption>'
        '</figure><img src="file:///etc/passwd" alt="hemmelig"><img data-fil="feil">'
    )
    result = read_html(html, figure=figure)
    before, picture, after, own, caption = result.tree.blocks
    assert asked == ["a.png", "file:///etc/passwd"]
    assert (picture.alt_text, picture.width_mm) == ("En graf", 25)
    assert own == Figure(FILE, "", 120, "b" * 10)
    assert caption.style == "caption"
    assert plain_text(Tree((before, after))) == "før\netter"
    assert [p.params for p in result.problems] == [{"text": "hemmelig"}, {"text": ""}]


def test_that_ids_are_kept_when_they_are_sound_and_new():
    html = '<p data-id="aaaaaaaaaa">1</p><p data-id="aaaaaaaaaa">2</p><p data-id="KORT">3</p>'
    first, second, third = (block.id for block in blocks(html))
    assert first == "a" * 10
    assert len({first, second, third}) == 3
    assert validate(read_html(html).tree) == []


def test_that_scripts_styles_and_titles_are_no_text():
    html = "<title>t</title><style>p{}</style><script>if (a < b) {'<p>'}</script><p>x</p>"
    assert plain_text(read_html(html).tree) == "x"


def test_that_deleted_text_is_left_out_and_both_edits_are_reported():
    result = read_html("<p>Rådet <del>drøftet</del><ins>vedtok</ins></p>")
    assert plain_text(result.tree) == "Rådet vedtok"
    assert [p.params["text"] for p in result.problems] == ["drøftet", "vedtok"]


def test_that_a_whole_document_is_read_with_a_heading_that_holds_paragraphs():
    html = (
        "<!doctype html><html><head><meta charset=x></head><body><h1><p>A</p></h1>B</body></html>"
    )
    assert [type(block) for block in blocks(html)] == [Heading, Paragraph]


def test_that_foreign_characters_are_cleaned():
    assert one("<p>for\N{SOFT HYPHEN}bud &#8232;e&#769;&#xF0B7;</p>").inlines == (
        Run("forbud "),
        LineBreak(),
        Run("é•"),
    )


def test_that_every_problem_names_its_line_and_has_a_sentence():
    html = "\n<ul><li><h1>a</h1></ul>\n<a href=x:y>b</a>" + "<div>" * 120
    problems = read_html(html).problems
    assert [problem.path for problem in problems] == ["linje 3", "linje 2", "linje 3"]
    assert {problem.code for problem in problems} == {
        "heading_in_list",
        "link_refused",
        "cut_depth",
    }
    for problem in problems:
        assert problem_text(problem, SENTENCES).endswith(".")


@given(trees())
def test_that_text_pasted_twice_gets_ids_of_its_own(tree):
    twice = read_html(fragment_html(tree) * 2).tree
    ids = [block.id for block in walk(twice.blocks)]
    assert len(ids) == len(set(ids))
    assert plain_text(Tree(twice.blocks[: len(tree.blocks)])) == plain_text(tree)
