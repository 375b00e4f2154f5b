"""A tree shown in a document is read back as it was."""

from hypothesis import given, settings
from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.richtext.codec import dumps
from desktop.richtext.tree import Figure, Paragraph, Run, Table, Tree, paragraph, walk
from desktop.viewmodels.text.lines import entries_of, fold
from desktop.viewmodels.text.mend import mend
from desktop.viewmodels.text.read import read_tree
from desktop.viewmodels.text.render import insert_blocks, render
from desktop.viewmodels.text.selection import tree_of_selection
from tests.trees import trees


@settings(max_examples=500)
@given(tree=trees())
def test_that_every_tree_is_read_back_unchanged(qapp, tree):
    document = QTextDocument()
    render(tree, document)
    assert read_tree(document) == tree
    assert not document.isUndoAvailable()


@given(tree=trees())
def test_that_a_valid_tree_is_in_its_one_form_already(tree):
    entries = entries_of(tree.blocks)
    assert fold(entries) == tree.blocks
    mended = mend(entries).entries
    assert fold(mended) == tree.blocks
    assert mend(mended).entries == mended


@settings(max_examples=40)
@given(tree=trees(), other=trees())
def test_that_blocks_put_into_a_text_leave_a_valid_tree_and_can_be_undone(qapp, tree, other):
    document = QTextDocument()
    render(tree, document)
    cursor = QTextCursor(document)
    cursor.setPosition(document.characterCount() // 2)
    insert_blocks(cursor, other.blocks)
    dumps(read_tree(document))
    while document.isUndoAvailable():
        document.undo()
    assert read_tree(document) == tree


@settings(max_examples=40)
@given(tree=trees())
def test_that_selecting_everything_gives_the_whole_text(qapp, tree):
    document = QTextDocument()
    render(tree, document)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    chosen = tree_of_selection(cursor)
    dumps(chosen)
    if not any(isinstance(block, Table | Figure) for block in walk(tree.blocks)):
        assert chosen == tree or not cursor.hasSelection() or len(tree.blocks) == 1


def test_that_words_selected_in_a_heading_are_a_plain_paragraph(qapp):
    document = QTextDocument()
    render(Tree((paragraph("Rådet drøftet saken"),)), document)
    cursor = QTextCursor(document)
    cursor.setPosition(6)
    cursor.setPosition(13, QTextCursor.MoveMode.KeepAnchor)
    (block,) = tree_of_selection(cursor).blocks
    assert isinstance(block, Paragraph)
    assert block.inlines == (Run("drøftet"),)
