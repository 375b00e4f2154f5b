from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.richtext.grid import MAX_COLUMNS, grid_fault, mend_grid, placed_cells
from desktop.richtext.links import link_allowed, safe_link
from desktop.richtext.problems import SENTENCES, problem_text
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
    paragraph,
    walk,
)
from desktop.richtext.validate import MAX_LIST_DEPTH, canonical, validate
from tests.trees import grids, trees

FILE = "0123456789abcdef" * 4


def item(*blocks):
    return ListItem(blocks or (Paragraph(),))


def cell(across=1, down=1):
    return Cell((Paragraph(),), across, down)


def table(*rows, **fields):
    return Table(tuple(Row(tuple(row)) for row in rows), **fields)


def nested(depth):
    block = ListBlock((item(),))
    for _ in range(depth - 1):
        block = ListBlock((item(Paragraph(), block),))
    return block


FAULTY = [
    ("empty_run", "blokker[0].innhold[0]", Paragraph((Run(""),))),
    ("unclean_text", "blokker[0].innhold[0]", Paragraph((Run("a\nb"),))),
    ("unmerged_runs", "blokker[0].innhold[1]", Paragraph((Run("a"), Run("b")))),
    ("bad_link", "blokker[0].innhold[0]", Paragraph((Run("a", link="javascript:x"),))),
    ("bad_note_id", "blokker[0].innhold[0]", Paragraph((Footnote("", ()),))),
    ("empty_run", "blokker[0].innhold[0].innhold[0]", Heading((Footnote("n", (Run(""),)),))),
    ("bad_level", "blokker[0]", Heading((), 4)),
    ("bad_choice", "blokker[0]", Paragraph((), "quote")),
    ("bad_id", "blokker[0]", Paragraph((), id="KORT")),
    ("empty_list", "blokker[0]", ListBlock(())),
    ("empty_item", "blokker[0].punkter[0]", ListBlock((ListItem(()),))),
    ("item_start", "blokker[0].punkter[0]", ListBlock((item(ListBlock((item(),))),))),
    (
        "item_block",
        "blokker[0].punkter[0].blokker[1]",
        ListBlock((item(Paragraph(), Figure(FILE, "")),)),
    ),
    ("bad_start", "blokker[0]", ListBlock((item(),), "number", "1.", -1)),
    ("bullet_numbering", "blokker[0]", ListBlock((item(),), start=3)),
    ("empty_table", "blokker[0]", Table((), 0)),
    ("header_rows", "blokker[0]", table([cell()], header_rows=2)),
    ("column_widths", "blokker[0]", table([cell()], column_widths=(1, 2))),
    ("column_widths", "blokker[0]", table([cell()], column_widths=(0,))),
    ("empty_cell", "blokker[0].rader[0].celler[0]", table([Cell(())])),
    (
        "cell_block",
        "blokker[0].rader[0].celler[0].blokker[0]",
        table([Cell((table([cell()]),))]),
    ),
    ("row_too_short", "blokker[0].rader[1]", table([cell(), cell()], [cell()])),
    ("row_too_long", "blokker[0].rader[1]", table([cell()], [cell(), cell()])),
    (
        "span_overlap",
        "blokker[0].rader[1]",
        table([cell(), cell(1, 2), cell()], [cell(2), cell()]),
    ),
    ("span_outside", "blokker[0].rader[0]", table([cell(1, 2)])),
    ("span_too_small", "blokker[0].rader[0]", table([cell(1, 0)])),
    ("empty_row", "blokker[0].rader[1]", table([cell(1, 2)], [])),
    ("too_many_columns", "blokker[0].rader[0]", table([cell(64)])),
    ("bad_file", "blokker[0]", Figure("abc", "")),
    ("bad_width", "blokker[0]", Figure(FILE, "", 0)),
    ("unclean_text", "blokker[0]", Figure(FILE, "a\tb")),
]


@pytest.mark.parametrize(("code", "path", "block"), FAULTY)
def test_that_each_broken_rule_is_found_at_its_place(code, path, block):
    assert [(p.code, p.path) for p in validate(Tree((block,)))] == [(code, path)]


@pytest.mark.parametrize(("code", "_path", "block"), FAULTY)
def test_that_every_finding_has_a_whole_sentence(code, _path, block):
    (problem,) = validate(Tree((block,)))
    sentence = problem_text(problem)
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_that_every_sentence_belongs_to_a_rule_that_is_tested():
    tested = {code for code, _, _ in FAULTY}
    assert set(SENTENCES) == tested | {"duplicate_id", "duplicate_note_id", "too_deep"}


def test_that_an_id_may_be_used_once_in_the_whole_text():
    one = paragraph("a")
    listed = ListBlock((ListItem((replace(one),)),))
    assert [p.code for p in validate(Tree((one, listed)))] == ["duplicate_id"]
    notes = Paragraph((Footnote("n", ()), Footnote("n", ())))
    assert [p.code for p in validate(Tree((notes,)))] == ["duplicate_note_id"]


def test_that_lists_nest_to_nine_levels_and_no_deeper():
    assert validate(Tree((nested(MAX_LIST_DEPTH),))) == []
    assert [p.code for p in validate(Tree((nested(MAX_LIST_DEPTH + 1),)))] == ["too_deep"]


def test_that_all_findings_are_listed_at_once():
    tree = Tree((Paragraph((Run(""), Run("\x00", bold=True)), id="x"), ListBlock(())))
    codes = [problem.code for problem in validate(tree)]
    assert codes == ["bad_id", "empty_run", "unclean_text", "empty_list"]


@given(trees())
def test_that_random_valid_trees_have_no_findings_and_are_canonical(tree):
    assert validate(tree) == []
    assert canonical(tree) == tree


def test_that_the_canonical_form_merges_equal_runs_and_drops_empty_ones():
    tree = Tree(
        (Paragraph((Run("e"), Run(""), Run("\N{COMBINING ACUTE ACCENT}"), Run("b", True))),)
    )
    (block,) = canonical(tree).blocks
    assert block.inlines == (Run("é"), Run("b", bold=True))


def test_that_the_canonical_form_makes_line_ends_line_breaks():
    (block,) = canonical(Tree((Paragraph((Run("a\r\nb\u2028", bold=True),)),))).blocks
    bold = replace(Run("a", bold=True))
    assert block.inlines == (bold, LineBreak(), replace(bold, text="b"), LineBreak())


def test_that_the_canonical_form_keeps_the_first_of_equal_ids():
    block = paragraph("a")
    tree = canonical(Tree((block, block, Paragraph((), id=""))))
    assert tree.blocks[0] == block
    assert len({b.id for b in tree.blocks}) == 3
    assert validate(tree) == []


loose_runs = st.builds(Run, st.text(max_size=3), st.booleans())
loose_inlines = st.lists(
    st.one_of(
        loose_runs,
        st.just(LineBreak()),
        st.builds(Footnote, st.sampled_from(["n", ""]), st.lists(loose_runs).map(tuple)),
    )
).map(tuple)


@given(st.lists(st.builds(Paragraph, loose_inlines, id=st.sampled_from(["", "a" * 10]))))
def test_that_the_canonical_form_of_any_paragraphs_is_valid_and_final(paragraphs):
    tree = canonical(Tree(tuple(paragraphs)))
    assert validate(tree) == []
    assert canonical(tree) == tree


@settings(max_examples=300)
@given(grids())
def test_that_a_mended_grid_is_whole_and_loses_no_block(rows):
    given_rows = [[replace(c, blocks=(Paragraph(),)) for c in row] for row in rows]
    mended = mend_grid(given_rows)
    kept = {b.id for row in mended.rows for c in row.cells for b in c.blocks}
    assert {b.id for row in given_rows for c in row for b in c.blocks} <= kept
    assert len(mended.sources) == len(mended.rows)
    if mended.rows:
        assert grid_fault(mended.rows) is None
        again = mend_grid([row.cells for row in mended.rows])
        assert again.rows == mended.rows
        assert not again.changed


def test_that_cells_beyond_the_last_column_join_their_neighbour():
    mended = mend_grid([[cell(60), cell(10), Cell((paragraph("sist"),))]])
    assert [c.column_span for c in mended.rows[0].cells] == [60, MAX_COLUMNS - 60]
    assert len(mended.rows[0].cells[1].blocks) == 2


@given(trees())
def test_that_the_cells_of_a_table_cover_its_grid_once(tree):
    for found in walk(tree.blocks):
        if isinstance(found, Table):
            covered = [
                (row + y, column + x)
                for row, column, placed in placed_cells(found)
                for y in range(placed.row_span)
                for x in range(placed.column_span)
            ]
            columns = sum(c.column_span for c in found.rows[0].cells)
            assert sorted(covered) == [
                (y, x) for y in range(len(found.rows)) for x in range(columns)
            ]


@pytest.mark.parametrize(
    "link", ["https://ehelse.no/a?b=c", "HTTP://x.no", "mailto:a@b.no", "#sak-28"]
)
def test_that_known_schemes_are_allowed(link):
    assert link_allowed(link)
    assert safe_link(f" {link}\n") == link


@pytest.mark.parametrize(
    "link",
    [
        "", "#", "javascript:alert(1)", "java\nscript:x", "file:///etc/passwd", "//server/x",
        "data:,x", "vbscript:x", "\\\\server\\del", "https://", "ehelse.no",
        f"https://{'a' * 2000}",
    ],
)  # fmt: skip
def test_that_other_addresses_are_refused(link):
    assert not link_allowed(link)
    assert safe_link(link) is None


@given(st.text())
def test_that_a_safe_link_is_always_allowed(text):
    link = safe_link(f"https://{text}")
    assert link is None or link_allowed(link)
