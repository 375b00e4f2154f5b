"""What can be done to the text of an editor, as actions with shortcuts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QTextCharFormat
from PySide6.QtWidgets import QMenu

from desktop.richtext.tree import ListKind, NumberFormat, Run
from desktop.viewmodels.text import edits, lists, shapes, tables
from desktop.viewmodels.text.carriers import char_format, list_look
from desktop.viewmodels.text.lines import LineKind
from desktop.viewmodels.text.read import list_of, table_of
from desktop.views.editor import insertions
from desktop.views.editor.gated import GatedEdit
from desktop.views.parts import icon
from desktop.views.words import _

Step = Callable[[], object]
_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Commands(QObject):
    """The commands of one editor. Checkable ones show the state at the cursor after `refresh`."""

    def __init__(self, edit: GatedEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._rich: list[QAction] = []
        self._in_table: list[QAction] = []
        self._looks()
        self._paragraphs()
        self._lists()
        self._insertions()
        self._tables()
        self._by_key = {
            keys.toString(): step for step in edit.actions() for keys in step.shortcuts()
        }
        self._timer = QTimer(self, interval=40, singleShot=True)
        self._timer.timeout.connect(self.refresh)
        edit.cursorPositionChanged.connect(self.refresh_soon)
        edit.currentCharFormatChanged.connect(self.refresh_soon)
        edit.edited.connect(self.refresh_soon)

    def _add(
        self,
        text: str,
        step: Step,
        keys: str = "",
        picture: str = "",
        *,
        checks: bool = False,
        rich: bool = True,
    ) -> QAction:
        made = QAction(text, self._edit)
        made.setCheckable(checks)
        made.triggered.connect(lambda _checked=False: self._do(step))
        if keys:
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            native = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            made.setToolTip(f"{text} ({native})")
        if picture:
            made.setIcon(icon(picture))
        if rich:
            self._rich.append(made)
        self._edit.addAction(made)
        return made

    def _do(self, step: Step) -> None:
        step()
        self.refresh()

    # Looks of words

    def _looks(self) -> None:
        add, edit = self._add, self._edit
        self.bold = add(
            _("Fet"), lambda: self._flag("bold"), "Ctrl+B", "fet", checks=True, rich=False
        )
        self.italic = add(
            _("Kursiv"), lambda: self._flag("italic"), "Ctrl+I", "kursiv", checks=True, rich=False
        )
        self.superscript = add(
            _("Hevet"),
            lambda: self._flag("superscript"),
            "Ctrl+Shift++",
            "hevet",
            checks=True,
            rich=False,
        )
        self.superscript.setShortcuts([QKeySequence("Ctrl+Shift++"), QKeySequence("Ctrl++")])
        self.link = add(
            _("Lenke …"), lambda: insertions.ask_link(edit), "Ctrl+L", "lenke", rich=False
        )
        self.clear = add(
            _("Fjern formatering"), self._clear, "Ctrl+Space", "fjern-format", rich=False
        )

    def _flag(self, flag: shapes.Flag) -> None:
        edit = self._edit
        look = edit.typing_look()
        if edit.textCursor().hasSelection():
            edit.change(shapes.set_flag(flag, on=not edit.all_selected(flag)))
            return
        on = not getattr(look, flag)
        bold = on if flag == "bold" else look.bold
        italic = on if flag == "italic" else look.italic
        raised = on if flag == "superscript" else look.superscript
        edit.setCurrentCharFormat(char_format(Run("", bold, italic, raised, look.link)))

    def _clear(self) -> None:
        if self._edit.textCursor().hasSelection():
            self._edit.change(shapes.clear_looks)
        else:
            self._edit.setCurrentCharFormat(QTextCharFormat())

    # Paragraphs and lists

    def _paragraphs(self) -> None:
        self.paragraph = self._kind(_("Avsnitt"), "normal", "Ctrl+Alt+0")
        self.heading1 = self._kind(_("Overskrift 1"), "h1", "Ctrl+Alt+1")
        self.heading2 = self._kind(_("Overskrift 2"), "h2", "Ctrl+Alt+2")
        self.heading3 = self._kind(_("Overskrift 3"), "h3", "Ctrl+Alt+3")
        self.caption = self._kind(_("Bildetekst"), "caption", "")
        self.kinds: dict[LineKind, QAction] = {
            "normal": self.paragraph,
            "h1": self.heading1,
            "h2": self.heading2,
            "h3": self.heading3,
            "caption": self.caption,
        }

    def _kind(self, text: str, kind: LineKind, keys: str) -> QAction:
        return self._add(text, lambda: self._edit.change(shapes.set_kind(kind)), keys, checks=True)

    def _lists(self) -> None:
        add, edit = self._add, self._edit
        self.list_bullet = self._list(_("Punktliste"), "bullet", "Ctrl+Shift+L", "punktliste")
        self.list_number = self._list(_("Nummerert liste"), "number", "Ctrl+Shift+N", "nummerliste")
        self.indent = add(
            _("Ett nivå inn"), lambda: edit.change(lists.shift_level(1)), picture="innrykk"
        )
        self.outdent = add(
            _("Ett nivå ut"), lambda: edit.change(lists.shift_level(-1)), picture="utrykk"
        )
        self.formats = {
            number_format: self._format(number_format) for number_format in lists.NUMBER_FORMATS
        }
        self.start_at = add(_("Begynn på nummer …"), lambda: insertions.ask_start(edit))
        self.continue_numbering = add(
            _("Fortsett nummereringen"),
            lambda: edit.change(lists.continue_numbering, whole=True),
        )

    def _list(self, text: str, kind: ListKind, keys: str, picture: str) -> QAction:
        return self._add(
            text, lambda: self._edit.change(lists.toggle_list(kind)), keys, picture, checks=True
        )

    def _format(self, number_format: NumberFormat) -> QAction:
        sample = {"1.": "1. 2. 3.", "1)": "1) 2) 3)", "a.": "a. b. c.", "a)": "a) b) c)"}
        return self._add(
            sample[number_format],
            lambda: self._edit.change(lists.set_format(number_format)),
            checks=True,
        )

    # Tables, figures, footnotes

    def _insertions(self) -> None:
        add, edit = self._add, self._edit
        self.insert_table = add(
            _("Sett inn tabell …"), lambda: insertions.ask_table(edit), picture="tabell"
        )
        self.insert_figure = add(
            _("Sett inn bilde …"), lambda: insertions.choose_figure(edit), picture="bilde"
        )
        self.edit_figure = add(_("Bildets tekst og bredde …"), lambda: insertions.ask_figure(edit))
        self.insert_note = add(
            _("Fotnote …"), lambda: insertions.ask_note(edit), "Ctrl+Alt+F", "fotnote"
        )
        self.remove_note = add(_("Fjern fotnoten"), lambda: insertions.remove_note(edit))

    def _tables(self) -> None:
        table = self._table
        self.row_above = table(_("Ny rad over"), tables.add_row(below=False))
        self.row_below = table(_("Ny rad under"), tables.add_row(below=True))
        self.column_before = table(_("Ny kolonne til venstre"), tables.add_column(after=False))
        self.column_after = table(_("Ny kolonne til høyre"), tables.add_column(after=True))
        self.row_up = table(_("Flytt raden opp"), tables.move_row(-1), "Alt+Shift+Up")
        self.row_down = table(_("Flytt raden ned"), tables.move_row(1), "Alt+Shift+Down")
        self.column_left = table(
            _("Flytt kolonnen til venstre"), tables.move_column(-1), "Alt+Shift+Left"
        )
        self.column_right = table(
            _("Flytt kolonnen til høyre"), tables.move_column(1), "Alt+Shift+Right"
        )
        self.header_row = table(_("Overskriftsrad"), tables.toggle_header)
        self.merge_cells = table(_("Slå sammen celler"), tables.merge_cells)
        self.split_cell = table(_("Del cellen"), tables.split_cell)
        self.remove_row = table(_("Fjern raden"), tables.remove_rows)
        self.remove_column = table(_("Fjern kolonnen"), tables.remove_columns)
        self.remove_table = table(_("Fjern tabellen"), tables.remove_table)

    def _table(self, text: str, step: edits.Edit, keys: str = "") -> QAction:
        made = self._add(text, lambda: self._edit.change(step, around=True), keys)
        self._in_table.append(made)
        return made

    def of_key(self, event: QKeyEvent) -> QAction | None:
        """Return the command of a key that was pressed."""
        if not event.modifiers() & _COMMANDING:
            return None
        return self._by_key.get(QKeySequence(event.keyCombination()).toString())

    # State and menu

    def refresh_soon(self) -> None:
        """Show the state after what is going on now."""
        if self._edit.hasFocus() and not self._timer.isActive():
            self._timer.start()

    def refresh(self) -> None:
        """Show the state at the cursor."""
        edit = self._edit
        look = edit.typing_look()
        self.bold.setChecked(look.bold)
        self.italic.setChecked(look.italic)
        self.superscript.setChecked(look.superscript)
        kind, level = edit.line_kind(), edit.in_list()
        for name, step in self.kinds.items():
            step.setChecked(name == kind and not level)
        text_list = list_of(edit.textCursor().block())
        found = list_look(text_list.format()) if text_list is not None else None
        self.list_bullet.setChecked(found is not None and found.kind == "bullet")
        numbered = found is not None and found.kind == "number"
        self.list_number.setChecked(numbered)
        for number_format, step in self.formats.items():
            step.setChecked(found is not None and numbered and found.number_format == number_format)
        writable = not edit.isReadOnly()
        for step in edit.actions():
            step.setEnabled(writable)
        for step in self._rich:
            step.setEnabled(writable and not edit.plain)
        table = table_of(edit.textCursor()) is not None
        for step in self._in_table:
            step.setEnabled(writable and table)
        for step in (self.start_at, self.continue_numbering):
            step.setEnabled(writable and numbered)
        for step in (self.indent, self.outdent):
            step.setEnabled(writable and level)
        self.edit_figure.setEnabled(writable and edit.figure_here() is not None)
        self.remove_note.setEnabled(writable and edit.note_here() is not None)

    def menu(self) -> QMenu:
        """Return the menu for the place of the cursor."""
        self.refresh()
        edit = self._edit
        menu = QMenu(edit)
        chosen = edit.textCursor().hasSelection()
        writable = not edit.isReadOnly()
        for text, step, enabled in (
            (_("Angre"), edit.undo, writable and edit.document().isUndoAvailable()),
            (_("Gjenta"), edit.redo, writable and edit.document().isRedoAvailable()),
            (_("Klipp ut"), edit.cut, writable and chosen),
            (_("Kopier"), edit.copy, chosen),
            (_("Lim inn"), edit.paste, writable),
            (_("Merk alt"), edit.selectAll, True),
        ):
            made = menu.addAction(text)
            made.setEnabled(enabled)
            made.triggered.connect(lambda _checked=False, step=step: step())
        menu.addSeparator()
        menu.addAction(self.link)
        if not edit.plain:
            self._rich_menu(menu)
        return menu

    def _rich_menu(self, menu: QMenu) -> None:
        menu.addActions([self.insert_note, self.insert_table, self.insert_figure])
        for step in (self.remove_note, self.edit_figure):
            if step.isEnabled():
                menu.addAction(step)
        if self.list_number.isChecked():
            numbering = menu.addMenu(_("Nummerering"))
            numbering.addActions([*self.formats.values(), self.start_at, self.continue_numbering])
        if self.header_row.isEnabled():
            self.fill_table_menu(menu.addMenu(_("Tabell")))

    def fill_table_menu(self, made: QMenu) -> None:
        """Put what can be done to a table into a menu."""
        for step in self._in_table:
            if step in {self.row_up, self.header_row, self.remove_row}:
                made.addSeparator()
            made.addAction(step)

    def all(self) -> list[QAction]:
        """Return every command."""
        return list(self._edit.actions())
