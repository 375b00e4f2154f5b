"""The format buttons of the editor that is written in."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QWidget

from desktop.views.editor.commands import Commands
from desktop.views.editor.text_edit import TextEdit
from desktop.views.words import _

_NAMES = (
    "bold", "italic", "superscript", "link", "clear", "",
    "list_bullet", "list_number", "outdent", "indent", "",
    "insert_table", "insert_figure", "insert_note",
)  # fmt: skip
_SPACING = 2
_GAP = 8
_KINDS = ("paragraph", "heading1", "heading2", "heading3", "caption")


class FormatBar(QWidget):
    """Buttons for the commands of whichever editor it follows. It never takes the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Formatering"))
        self._edit: TextEdit | None = None
        self.buttons: dict[str, QToolButton] = {}
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Avsnittsstil"))
        self.kind.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.kind.activated.connect(self._choose_kind)
        self.table = self._menu_button(_("Tabell"))
        self.numbering = self._menu_button(_("Nummerering"))
        self.rest = self._menu_button(_("Mer"))
        self.rest.setText("»")
        self.rest.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.rest.setToolTip(_("Flere formater"))
        self.rest.menu().aboutToShow.connect(self._fill_rest)
        self._parts: list[tuple[QToolButton, int]] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_SPACING)
        line.addWidget(self.kind)
        gap = 0
        for made in (*(self._button(name) if name else None for name in _NAMES),
                     self.numbering, self.table):  # fmt: skip
            if made is None:
                gap = _GAP
                continue
            line.addSpacing(gap)
            line.addWidget(made)
            self._parts.append((made, gap + _SPACING))
            gap = 0
        line.addWidget(self.rest)
        line.addStretch(1)
        self.rest.hide()
        self.setMinimumWidth(self.kind.minimumSizeHint().width() + 40)
        self.setEnabled(False)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put what there is no room for behind »."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        room = self.width() - max(self.kind.sizeHint().width(), self.kind.minimumWidth())
        widths = [made.sizeHint().width() + gap for made, gap in self._parts]
        if sum(widths) > room:
            room -= self.rest.sizeHint().width() + _SPACING
        taken = 0
        for (made, _gap), width in zip(self._parts, widths, strict=True):
            taken += width
            made.setVisible(taken <= room)
        self.rest.setVisible(taken > room)

    def _fill_rest(self) -> None:
        menu = self.rest.menu()
        menu.clear()
        for made, _gap in self._parts:
            if made.isHidden():
                inner: QMenu | None = made.menu()
                menu.addAction(inner.menuAction() if inner is not None else made.defaultAction())

    def _button(self, name: str) -> QToolButton:
        made = QToolButton()
        made.setIconSize(QSize(18, 18))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.buttons[name] = made
        return made

    def _menu_button(self, text: str) -> QToolButton:
        made = QToolButton()
        made.setText(text)
        made.setAccessibleName(text)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setMenu(QMenu(text, made))
        return made

    def follow(self, edit: TextEdit | None) -> None:
        """Let the buttons act on an editor; None lets them rest."""
        if edit is self._edit:
            return
        self._let_go()
        self._edit = edit
        self.setEnabled(edit is not None)
        if edit is None:
            return
        edit.destroyed.connect(self._gone)
        commands = edit.commands
        for name, made in self.buttons.items():
            step: QAction = getattr(commands, name)
            made.setDefaultAction(step)
            made.setAccessibleName(step.text())
        self._fill(commands)
        commands.refresh()
        self._fold()

    def _let_go(self) -> None:
        if self._edit is None:
            return
        for name, made in self.buttons.items():
            made.removeAction(getattr(self._edit.commands, name))
        self._edit.destroyed.disconnect(self._gone)
        for step in self._kinds(self._edit.commands):
            step.changed.disconnect(self._show_kind)

    def _gone(self) -> None:
        self._edit = None
        self.setEnabled(False)

    def _fill(self, commands: Commands) -> None:
        self.kind.clear()
        for step in self._kinds(commands):
            self.kind.addItem(step.text())
            step.changed.connect(self._show_kind)
        numbers = self.numbering.menu()
        numbers.clear()
        group = QActionGroup(numbers)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        numbers.addActions(list(commands.formats.values()))
        numbers.addSeparator()
        numbers.addActions([commands.start_at, commands.continue_numbering])
        made = self.table.menu()
        made.clear()
        commands.fill_table_menu(made)

    @staticmethod
    def _kinds(commands: Commands) -> list[QAction]:
        return [getattr(commands, name) for name in _KINDS]

    def _show_kind(self) -> None:
        if self._edit is None:
            return
        steps = self._kinds(self._edit.commands)
        chosen = next((place for place, step in enumerate(steps) if step.isChecked()), -1)
        self.kind.setCurrentIndex(chosen)
        self.kind.setEnabled(steps[0].isEnabled())

    def _choose_kind(self, place: int) -> None:
        if self._edit is not None:
            self._kinds(self._edit.commands)[place].trigger()
            self._edit.setFocus()
