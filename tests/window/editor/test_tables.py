"""Tables as a person edits them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Cell, Row, Run, Table, Tree, paragraph
from desktop.viewmodels.text.read import read_tree
from desktop.views.editor import insertions
from tests.window.editor.test_typing import BACK, DELETE, ENTER, TAB, type_all


def table(*rows, header=1, widths=()):
    return Table(
        tuple(Row(tuple(Cell((paragraph(text),)) for text in row.split("|"))) for row in rows),
        header,
        widths,
    )


@pytest.fixture
def grid(edit):
    """An editor with a table of three by three, the cursor in its middle."""
    edit.set_tree(Tree((paragraph("ZZ"), table("a|b|c", "d|e|f", "g|h|i", widths=(1, 2, 3)))))
    go(edit, "e")
    return edit


def go(edit, text):
    """Put the cursor before a text."""
    cursor = edit.document().find(text)
    place = cursor.selectionStart()
    cursor.setPosition(place)
    edit.setTextCursor(cursor)


def rows(edit):
    assert edit.tree() == read_tree(edit.document())
    found = next(block for block in edit.tree().blocks if isinstance(block, Table))
    return plain_text(Tree((found,))).split("\n")


def run(edit, name):
    edit.commands.refresh()
    getattr(edit.commands, name).trigger()


def test_that_a_table_is_put_in_and_the_cursor_stands_in_its_first_cell(edit):
    type_all(edit, "før")
    dialog = insertions.ask_table(edit)
    dialog.rows.setValue(2)
    dialog.columns.setValue(2)
    dialog.answer.click()
    type_all(edit, "A", TAB, "B", TAB, "C", TAB, "D", TAB, "E")
    assert rows(edit) == ["A\tB", "C\tD", "E\t"]
    type_all(edit, (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier), "x")
    assert rows(edit) == ["A\tB", "C\tx", "E\t"]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("row_above", ["a\tb\tc", "\t\t", "d\te\tf", "g\th\ti"]),
        ("row_below", ["a\tb\tc", "d\te\tf", "\t\t", "g\th\ti"]),
        ("column_before", ["a\t\tb\tc", "d\t\te\tf", "g\t\th\ti"]),
        ("column_after", ["a\tb\t\tc", "d\te\t\tf", "g\th\t\ti"]),
        ("row_up", ["d\te\tf", "a\tb\tc", "g\th\ti"]),
        ("row_down", ["a\tb\tc", "g\th\ti", "d\te\tf"]),
        ("column_left", ["b\ta\tc", "e\td\tf", "h\tg\ti"]),
        ("column_right", ["a\tc\tb", "d\tf\te", "g\ti\th"]),
        ("remove_row", ["a\tb\tc", "g\th\ti"]),
        ("remove_column", ["a\tc", "d\tf", "g\ti"]),
    ],
)
def test_that_rows_and_columns_are_added_moved_and_removed(grid, command, expected):
    start = grid.tree()
    run(grid, command)
    assert rows(grid) == expected
    widths = grid.tree().blocks[1].column_widths
    assert len(widths) == expected[0].count("\t") + 1
    grid.undo()
    assert grid.tree() == start


def test_that_the_heading_row_goes_on_and_off(grid):
    go(grid, "a")
    run(grid, "header_row")
    assert grid.tree().blocks[1].header_rows == 0
    run(grid, "header_row")
    assert grid.tree().blocks[1].header_rows == 1


def test_that_cells_are_merged_with_all_their_text_and_split_again(grid):
    cursor = grid.textCursor()
    go(grid, "b")
    start = grid.textCursor().position()
    go(grid, "f")
    cursor.setPosition(start)
    cursor.setPosition(grid.textCursor().position(), cursor.MoveMode.KeepAnchor)
    grid.setTextCursor(cursor)
    run(grid, "merge_cells")
    merged = grid.tree().blocks[1].rows[0].cells[1]
    assert (merged.column_span, merged.row_span) == (2, 2)
    assert [block.inlines[0].text for block in merged.blocks] == ["b", "c", "e", "f"]
    run(grid, "row_below")
    assert len(grid.tree().blocks[1].rows) == 4
    go(grid, "b")
    run(grid, "split_cell")
    assert all(
        (cell.column_span, cell.row_span) == (1, 1)
        for row in grid.tree().blocks[1].rows
        for cell in row.cells
    )


def test_that_a_merged_cell_is_never_torn_by_moving_a_row(edit):
    rows_of = (
        Row((Cell((paragraph("a"),), 1, 2), Cell((paragraph("b"),)))),
        Row((Cell((paragraph("c"),)),)),
        Row((Cell((paragraph("d"),)), Cell((paragraph("e"),)))),
    )
    edit.set_tree(Tree((Table(rows_of),)))
    before = edit.tree()
    go(edit, "d")
    run(edit, "row_up")
    assert edit.tree() == before


def test_that_the_table_goes_with_its_last_row_or_by_command(grid):
    run(grid, "remove_table")
    assert len(grid.tree().blocks) == 2
    grid.undo()
    for _row in range(3):
        run(grid, "remove_row")
    assert not any(isinstance(block, Table) for block in grid.tree().blocks)


def test_that_deleting_selected_cells_empties_them_and_keeps_the_table(grid):
    cursor = grid.textCursor()
    go(grid, "a")
    cursor.setPosition(grid.textCursor().position())
    go(grid, "e")
    cursor.setPosition(grid.textCursor().position(), cursor.MoveMode.KeepAnchor)
    grid.setTextCursor(cursor)
    QTest.keyClick(grid, DELETE)
    assert rows(grid) == ["\t\tc", "\t\tf", "g\th\ti"]


def test_that_copying_over_merged_cells_gives_their_part_of_the_table(edit):
    merged = (
        Row((Cell((paragraph("a"),), 1, 2), Cell((paragraph("b"),)), Cell((paragraph("c"),)))),
        Row((Cell((paragraph("d"),), 2, 1),)),
    )
    edit.set_tree(Tree((Table(merged),)))
    edit.selectAll()
    edit.copy()
    go(edit, "a")
    cursor = edit.textCursor()
    go(edit, "d")
    cursor.setPosition(edit.textCursor().position(), cursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    (block,) = edit.selected_tree().blocks
    assert plain_text(Tree((block,))) == "a\tb\tc\n\td\t"


def test_that_several_blocks_and_lists_stand_in_a_cell(grid):
    type_all(grid, "x", ENTER, "- p", ENTER, "q")
    cell = grid.tree().blocks[1].rows[1].cells[1]
    assert [type(block).__name__ for block in cell.blocks] == ["Paragraph", "ListBlock"]
    assert cell.blocks[0].inlines == (Run("x"),)


def test_that_backspace_at_the_start_of_a_cell_or_after_a_table_keeps_the_table(grid):
    before = grid.tree()
    go(grid, "d")
    type_all(grid, BACK)
    cursor = grid.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    grid.setTextCursor(cursor)
    type_all(grid, BACK)
    assert grid.tree() == before


def test_that_text_can_be_written_before_and_after_a_lone_table(edit):
    edit.set_tree(Tree((table("a|b"),)))
    cursor = edit.textCursor()
    cursor.setPosition(0)
    edit.setTextCursor(cursor)
    type_all(edit, "før")
    cursor.movePosition(cursor.MoveOperation.End)
    edit.setTextCursor(cursor)
    type_all(edit, "etter")
    assert plain_text(edit.tree()) == "før\na\tb\netter"
