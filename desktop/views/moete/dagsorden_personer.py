"""Who has a part in a sak: picked by name, ordered, removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCompleter,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QWidget,
)

from desktop.services.agenda_view import Part
from desktop.views.moete.dagsorden_delegates import accept_held, is_held
from desktop.views.parts import action, column, label, row
from desktop.views.words import _


def small_button(sign: str, name: str, clicked: Callable[[], object]) -> QToolButton:
    """Return a small button with a sign; its name is its tooltip."""
    made = QToolButton()
    made.setText(sign)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.clicked.connect(lambda _checked=False: clicked())
    return made


class ShortList(QListWidget):
    """A list of a few rows."""

    def commitData(self, editor: QWidget) -> None:  # noqa: N802
        """Accept what was typed when another row becomes current."""
        accept_held(self, editor)

    def closeEditor(  # noqa: N802
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """Close an editor, unless its text was refused: nothing typed is lost."""
        if not is_held(editor):
            super().closeEditor(editor, hint)


def short_list(name: str) -> ShortList:
    """Return a list that is as high as its few rows."""
    made = ShortList()
    made.setAccessibleName(name)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    return made


def fit_list(rows: QListWidget) -> None:
    """Give a list the height of its rows."""
    height = rows.sizeHintForRow(0) if rows.count() else 0
    rows.setFixedHeight(height * rows.count() + 2 * rows.frameWidth() + 2)
    rows.setVisible(bool(rows.count()))


class Candidates:
    """Everybody who can be picked, by name and organisation."""

    def __init__(self) -> None:
        self.model = QStringListModel()
        self._parts: dict[str, Part] = {}

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Offer other people; those of one name and organisation are numbered."""
        self._parts = {}
        for part in parts:
            name, number = part.full, 2
            while name in self._parts:
                name, number = f"{part.full} ({number})", number + 1
            self._parts[name] = part
        self.model.setStringList(list(self._parts))

    def find(self, text: str) -> Part | None:
        """Return the one that a text names, whole or in part; None for none or several."""
        wanted = " ".join(text.casefold().split())
        exact = [
            p for name, p in self._parts.items() if wanted in {name.casefold(), p.title.casefold()}
        ]
        found = exact or [p for name, p in self._parts.items() if wanted in name.casefold()]
        return found[0] if wanted and len(found) == 1 else None


class PeopleField(QWidget):
    """The people of one role in a sak. `save` returns a sentence where a change was refused."""

    def __init__(
        self, name: str, candidates: Candidates, save: Callable[[Sequence[Part]], str]
    ) -> None:
        super().__init__()
        self._save = save
        self._candidates = candidates
        self._parts: tuple[Part, ...] = ()
        self.rows = short_list(name)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Legg til navn"))
        self.line.setAccessibleName(_("Legg til {rolle}").format(rolle=name.lower()))
        self.problem = label("", "feil", wrap=True)
        self.problem.hide()
        self.up = small_button("↑", _("Flytt opp (Alt+pil opp)"), lambda: self._move(-1))
        self.down = small_button("↓", _("Flytt ned (Alt+pil ned)"), lambda: self._move(1))
        self.gone = small_button("×", _("Fjern (Delete)"), self._remove)
        title = label(name, "stille")
        title.setBuddy(self.line)
        head = row(title, None, self.up, self.down, self.gone, spacing=0)
        self.setLayout(column(head, self.rows, self.line, self.problem, spacing=3))
        self.setFocusProxy(self.line)
        self._make_keys()
        self._show_buttons()

    def _make_keys(self) -> None:
        action(self.rows, _("Flytt opp"), lambda: self._move(-1), "Alt+Up")
        action(self.rows, _("Flytt ned"), lambda: self._move(1), "Alt+Down")
        action(self.rows, _("Fjern"), self._remove, "Delete")
        self.rows.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.rows.currentRowChanged.connect(lambda _row: self._show_buttons())
        completer = QCompleter(self._candidates.model, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(10)
        popup = completer.popup()
        if popup is not None:
            popup.setAccessibleName(_("Forslag til navn"))
        self.line.setCompleter(completer)
        # The completer writes its choice into the line after it has told of it.
        completer.activated.connect(lambda _text: QTimer.singleShot(0, self.add_typed))
        self.line.returnPressed.connect(self.add_typed)
        self.line.textEdited.connect(lambda _text: self._tell(""))

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show who has a part; the row that was chosen stays chosen."""
        chosen = self.rows.currentRow()
        self._parts = tuple(parts)
        self.rows.clear()
        for part in parts:
            item = QListWidgetItem(part.full)
            item.setData(Qt.ItemDataRole.UserRole, part)
            self.rows.addItem(item)
        fit_list(self.rows)
        if 0 <= chosen < len(parts):
            self.rows.setCurrentRow(chosen)
        self._show_buttons()

    def clear_typed(self) -> None:
        """Forget what is typed: another sak is shown."""
        self.line.clear()
        self._tell("")

    def add_typed(self) -> None:
        """Add the one whose name is typed; a name that is nobody's stays where it is."""
        text = self.line.text().strip()
        if not text:
            return
        part = self._candidates.find(text)
        if part is None:
            self._tell(
                _(
                    "«{navn}» er ikke én bestemt person eller organisasjon. Velg fra listen, eller "
                    "legg personen til under Medlemmer først."
                ).format(navn=text)
            )
            return
        self._keep((*self._parts, part), typed=True)

    def _keep(self, parts: Sequence[Part], *, typed: bool = False) -> None:
        sentence = self._save(parts)
        if typed and not sentence:
            self.line.clear()
        self._tell(sentence)

    def _move(self, step: int) -> None:
        place = self.rows.currentRow()
        if 0 <= place < len(self._parts) and 0 <= place + step < len(self._parts):
            parts = list(self._parts)
            parts[place], parts[place + step] = parts[place + step], parts[place]
            self._keep(parts)
            self.rows.setCurrentRow(place + step)

    def _remove(self) -> None:
        place = self.rows.currentRow()
        if 0 <= place < len(self._parts):
            self._keep([*self._parts[:place], *self._parts[place + 1 :]])

    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.line.setAccessibleDescription(sentence)

    def _show_buttons(self) -> None:
        place = self.rows.currentRow()
        self.up.setVisible(len(self._parts) > 1)
        self.down.setVisible(len(self._parts) > 1)
        self.gone.setVisible(bool(self._parts))
        self.up.setEnabled(place > 0)
        self.down.setEnabled(0 <= place < len(self._parts) - 1)
        self.gone.setEnabled(place >= 0)
