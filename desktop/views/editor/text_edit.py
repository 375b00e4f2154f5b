"""The text editor: a `QTextEdit` whose every change passes one gate and leaves a valid tree."""

from __future__ import annotations

import math
from functools import cached_property, partial
from html import escape

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QTextEdit, QToolTip, QWidget
from shiboken6 import isValid

from desktop.richtext.plain import inline_text
from desktop.richtext.tree import Tree
from desktop.viewmodels.text import edits
from desktop.viewmodels.text.carriers import FIGURE_SCHEME
from desktop.viewmodels.text.speller import Speller
from desktop.views.editor import insertions, keys, spelling_menu
from desktop.views.editor.commands import Commands
from desktop.views.editor.gated import GatedEdit
from desktop.views.editor.highlighter import TreeHighlighter
from desktop.views.editor.notes import NOTE_TYPE, NoteObject

_MARGIN = 10


class TextEdit(GatedEdit):
    """Shows a tree and lets it be edited."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.highlighter = TreeHighlighter(self.document())
        self.cache.is_painted = lambda: self.highlighter.is_marking
        self._growing = False
        self._area: QScrollArea | None = None
        self.document().setDocumentMargin(_MARGIN)
        self.setAcceptRichText(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._note_object = NoteObject(self)
        self.document().documentLayout().registerHandler(NOTE_TYPE, self._note_object)
        self.pictured.connect(lambda: insertions.ask_pasted_figure(self))
        self.set_tree(Tree())

    @cached_property
    def commands(self) -> Commands:
        """What can be done to the text; made when the editor is first wanted for writing."""
        made = Commands(self)
        made.refresh()
        return made

    # The text

    def set_tree(self, tree: Tree) -> None:
        """Show a tree; what could be undone is forgotten."""
        super().set_tree(tree)
        self._note_object.forget()
        if "commands" in vars(self):
            self.commands.refresh_soon()

    @property
    def speller(self) -> Speller | None:
        """What knows misspelt words; the text is looked through again when it is set."""
        return self.highlighter.speller

    @speller.setter
    def speller(self, speller: Speller | None) -> None:
        self.highlighter.speller = speller

    def set_plain(self, plain: bool) -> None:
        """Let the text be paragraphs with bold, italic, superscript and links alone."""
        self.plain = plain
        if "commands" in vars(self):
            self.commands.refresh()

    def set_growing(self, growing: bool) -> None:
        """Let the height follow the text, so that a page of fields scrolls as one."""
        self._growing = growing
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if growing else policy.ScrollBarAsNeeded
        )
        layout = self.document().documentLayout()
        if growing:
            layout.documentSizeChanged.connect(self._grow)
            self.cursorPositionChanged.connect(self._show_cursor)
            self._grow()

    def _grow(self) -> None:
        height = math.ceil(self.document().size().height()) + 2 * self.frameWidth()
        if self._growing and height != self.height():
            self.setFixedHeight(max(height, 40))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a width for reading and the height of the text."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.height()) if self._growing else hint

    def _show_cursor(self) -> None:
        if not self.hasFocus():
            return
        area = self._scroll_area()
        page = area.widget() if area is not None else None
        if area is not None and page is not None:
            place = self.mapTo(page, self.cursorRect().center())
            area.ensureVisible(place.x(), place.y(), 20, 40)

    def _scroll_area(self) -> QScrollArea | None:
        """Return the page around the field, which is asked for at every key."""
        known = self._area
        if known is not None and isValid(known) and known.isAncestorOf(self):
            return known
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        self._area = parent
        return parent

    def event(self, event: QEvent) -> bool:
        """Keep the editor's own keys, and what AltGr types, from the shortcuts of the window."""
        is_ours = (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (self.commands.of_key(event) is not None or keys.is_typed_with_altgr(event))
        )
        if is_ours:
            event.accept()
        return is_ours or super().event(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow another appearance."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.highlighter.restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Edit by our own rules; Qt moves the cursor."""
        step = self.commands.of_key(event)
        if step is not None:
            step.trigger()
            event.accept()
            return
        if keys.pressed(self, event):
            event.accept()
            return
        before = self.document().revision()
        super().keyPressEvent(event)
        if self.document().revision() != before:
            self.document().undo()
            self.document().clearUndoRedoStacks(QTextDocument.Stacks.RedoStack)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """Take composed text (dead keys, input methods) through the gate."""
        if self.isReadOnly():
            return
        composing = event.preeditString() or event.commitString() or event.replacementLength()
        if composing and self.textCursor().hasSelection():
            self.change(edits.erase)
        text = event.commitString()
        if event.replacementLength():
            keys.select_relative(self, event.replacementStart(), event.replacementLength())
            self.change(edits.erase)
        rest = QInputMethodEvent(event.preeditString(), event.attributes())
        if text:
            super().inputMethodEvent(QInputMethodEvent())
            self.type_text(text)
        super().inputMethodEvent(rest)
        event.accept()

    def focusNextPrevChild(self, _next: bool) -> bool:  # noqa: N802
        """Leave Tab to the keys of the editor."""
        return False

    # Clipboard, dragging, menu

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let a dragged selection that was moved elsewhere be deleted through the gate."""
        keys.drag(self, lambda: QTextEdit.mouseMoveEvent(self, event))

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Put in what is dropped; what was dragged from here moves."""
        keys.drop(self, event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Show our own menu: Qt's would act past the gate."""
        place = spot = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place, spot = self.cursorRect().center(), self.cursorRect().bottomLeft()
        self.show_menu(self.viewport().mapToGlobal(spot), place)

    def show_menu(self, where: QPoint, place: QPoint) -> None:
        """Show the menu at a place of the text."""
        if not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(place))
        menu = self.commands.menu()
        replace = partial(spelling_menu.replace_in_tree, self)
        spelling_menu.fill(menu, self, self.highlighter, replace)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """Show the text of a footnote whose mark the mouse rests on."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            note = self.note_at(event.pos())
            text = f"<qt>{escape(inline_text(note.content))}</qt>" if note is not None else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll the page around a field that grows."""
        if self._growing:
            event.ignore()
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show the state of the commands; where the focus only passes, they are not made."""
        super().focusInEvent(event)
        if "commands" in vars(self):
            self.commands.refresh_soon()
        else:
            QTimer.singleShot(0, self, self._make_commands)

    def _make_commands(self) -> None:
        if self.hasFocus():
            self.commands.refresh_soon()

    # Figures

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802
        """Return the image of a figure of ours; anything else is a null image, never a file."""
        address = name if isinstance(name, str) else name.toString()
        if kind != QTextDocument.ResourceType.ImageResource.value or not address.startswith(
            FIGURE_SCHEME
        ):
            return QImage()
        data = self.figure(address.removeprefix(FIGURE_SCHEME))
        image = QImage()
        if data:
            image.loadFromData(data)
        return image
