"""Les inn fra Word: what a file has beside what the sak has, and what of it to take in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Seksjonslag
from desktop.services.explain import EXPECTED, explain
from desktop.services.read_note import (
    NotePreview,
    Part,
    PartState,
    TakenPart,
    Target,
    preview_note,
    take_in_note,
)
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.tasks import Progress, Task, Tasks
from desktop.views.diff_view import DiffView
from desktop.views.form import Choice
from desktop.views.parts import button, column, label, row
from desktop.views.words import _

if TYPE_CHECKING:
    from desktop.importing.toppnotat_docx import ReadNote

_SIZE: Final = (1060, 680)
_LEFT: Final = 330
_GAP: Final = 6
_TAKE: Final = "ta_inn"
_KEEP: Final = "behold"
_OWN: Final = "egen"
LARGEST_FILE: Final = 100 * 1024 * 1024

_STATES: Final = {
    PartState.NY: _("ny"),
    PartState.LIK: _("lik"),
    PartState.ENDRET: _("endret"),
    PartState.IKKE_PLASSERT: _("ikke plassert"),
}


def open_les_inn(
    parent: QWidget, desk: Desk, tasks: Tasks, sak_id: str, path: Path | None = None
) -> LesInnDialog | None:
    """Open the dialog on a Word file; without a path the user chooses one, or gives up (None)."""
    chosen = path or _ask(parent)
    if chosen is None:
        return None
    dialog = LesInnDialog(parent, desk, tasks, sak_id, chosen)
    dialog.open()
    return dialog


def _ask(parent: QWidget) -> Path | None:
    name, _filter = QFileDialog.getOpenFileName(
        parent,
        _("Velg toppnotatet som skal leses inn"),
        "",
        _("Word-dokumenter (*.docx *.docm *.doc)"),
    )
    return Path(name) if name else None


def _read(path: Path, report: Progress) -> ReadNote:
    """Read the file; in the background."""
    from desktop.importing.docx_errors import DocxError  # noqa: PLC0415
    from desktop.importing.toppnotat_docx import read_toppnotat  # noqa: PLC0415

    if path.stat().st_size > LARGEST_FILE:
        raise DocxError("too_large")
    report(0, 1)
    return read_toppnotat(path.read_bytes())


class LesInnDialog(QDialog):
    """Shows the parts of a file, the difference of each, and what is to become of it."""

    def __init__(self, parent: QWidget, desk: Desk, tasks: Tasks, sak_id: str, path: Path) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Les inn fra Word"))
        self.resize(*_SIZE)
        self._desk, self._tasks, self._sak_id = desk, tasks, sak_id
        self._note: ReadNote | None = None
        self.preview: NotePreview | None = None
        self._choices: dict[str, object] = {}
        self.title = label(_("Leser {fil} …").format(fil=path.name), "undertittel", wrap=True)
        self.intro = label("", "stille", wrap=True)
        self.head = label("", "advarsel", wrap=True)
        self.error = label("", "feil", wrap=True)
        self.parts = QListWidget()
        self.parts.setAccessibleName(_("Deler av filen"))
        self.parts.currentRowChanged.connect(self._show_part)
        self.choice = Choice([], _("Hva skal skje med delen"))
        self.choice.currentIndexChanged.connect(self._choose)
        self.choice_label = label(_("&Denne delen:"))
        self.choice_label.setBuddy(self.choice)
        self.effect = label("", "stille", wrap=True)
        self.diff = DiffView(_("Forskjell"))
        self.remarks = QPlainTextEdit()
        self.remarks.setReadOnly(True)
        self.remarks.setTabChangesFocus(True)
        self.remarks.setAccessibleName(_("Merknader fra lesingen"))
        self.citations = QCheckBox("")
        self.take = button(_("&Les inn"), self._take_in, main=True)
        self.take.setDefault(True)
        self.other = button(_("Velg en &annen fil …"), self._other_file)
        self.cancel = button(_("Avbryt"), self.reject)
        self.body = self._lay_out()
        self._show_state(read=False)
        self._start(path)

    def _lay_out(self) -> QWidget:
        left, right = QWidget(), QWidget()
        left.setLayout(
            column(
                label(_("Deler av filen"), "stille"),
                self.parts,
                label(_("Merknader"), "stille"),
                self.remarks,
                self.citations,
            )
        )
        choose = row(self.choice_label, self.choice)
        choose.setStretch(1, 1)
        right.setLayout(column(choose, self.effect, self.diff))
        left.setContentsMargins(0, 0, _GAP, 0)
        right.setContentsMargins(_GAP, 0, 0, 0)
        self.remarks.setMaximumHeight(150)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([_LEFT, _SIZE[0] - _LEFT])
        split.setChildrenCollapsible(False)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.stack.addWidget(split)
        buttons = row(self.other, None, self.cancel, self.take)
        layout = column(
            self.title,
            self.error,
            self.intro,
            self.head,
            self.stack,
            buttons,
            margin=18,
            spacing=10,
        )
        layout.setStretch(layout.indexOf(self.stack), 1)
        self.setLayout(layout)
        return split

    # Reading

    def _start(self, path: Path) -> None:
        self.say("")
        self.title.setText(_("Leser {fil} …").format(fil=path.name))
        self._file = path.name
        task = self._tasks.start(
            _("Leser {fil}").format(fil=path.name), lambda report: _read(path, report)
        )
        self._task: Task = task
        task.finished.connect(self._read_done)
        task.failed.connect(self._read_failed)
        task.crashed.connect(self._read_crashed)

    def done(self, result: int) -> None:
        """Close; what is being read is not waited for."""
        self._task.cancel()
        super().done(result)

    def _read_crashed(self, _trace: str) -> None:
        self._read_failed(_("Filen kunne ikke leses. Ingenting er lest inn eller endret."))

    def _read_failed(self, sentence: str) -> None:
        self.title.setText(_("{fil} ble ikke lest inn").format(fil=self._file))
        self.say(sentence)
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_done(self, note: ReadNote) -> None:
        self._note = note
        try:
            self.preview = self._desk.read(
                lambda session: preview_note(session, sak_id=self._sak_id, note=note)
            )
        except EXPECTED as error:
            self._read_failed(explain(error))
            return
        self._choices = {part.key: self._proposed(part) for part in self.preview.parts}
        self._show_preview(self.preview)

    @staticmethod
    def _proposed(part: Part) -> object:
        if part.state is PartState.LIK:
            return _KEEP
        return _OWN if part.state is PartState.IKKE_PLASSERT else _TAKE

    # What is shown

    def _show_preview(self, preview: NotePreview) -> None:
        self.title.setText(_("{fil} til sak {sak}").format(fil=self._file, sak=preview.label))
        self.intro.setText(self._summary(preview))
        self.head.setText(_head_text(preview))
        self.head.setVisible(bool(preview.head))
        self._show_remarks(preview)
        self._show_citations(preview)
        self.parts.clear()
        for part in preview.parts:
            self.parts.addItem(QListWidgetItem())
            self._show_line(part, self.parts.count() - 1)
        self._show_state(read=True)
        first = next(
            (i for i, part in enumerate(preview.parts) if part.state is not PartState.LIK), 0
        )
        self.parts.setCurrentRow(first)
        self.parts.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _summary(preview: NotePreview) -> str:
        if not preview.parts:
            return _("Filen har ingen tekst til toppnotatet.")
        text = _(
            "Se over delene og velg hva som skal tas inn. Alt tas inn som ett steg, som kan angres."
        )
        if preview.untouched:
            kept = _("Dette har ikke filen, og det blir stående: {deler}.")
            text = f"{text} {kept.format(deler=', '.join(preview.untouched))}"
        return text

    def _show_remarks(self, preview: NotePreview) -> None:
        from desktop.importing.docx_remarks import remark_text  # noqa: PLC0415

        lines = [f"• {remark_text(remark)}" for remark in preview.remarks]
        self.remarks.setPlainText("\n".join(lines) or _("Ingen. Hele filen er lest."))

    def _show_citations(self, preview: NotePreview) -> None:
        count = len(preview.citations)
        text = _.plural(
            "Ta inn {antall} rad om tidligere vedtak",
            "Ta inn {antall} rader om tidligere vedtak",
            count,
        ).format(antall=count)
        self.citations.setText(text)
        self.citations.setToolTip("\n".join(row_.sak for row_ in preview.citations))
        self.citations.setChecked(bool(count))
        self.citations.setVisible(bool(count))

    def _show_line(self, part: Part, place: int) -> None:
        item = self.parts.item(place)
        taken = self._choices[part.key] != _KEEP
        state = _STATES[part.state]
        sign = "✓" if taken else "–"
        item.setText(f"{sign}  {part.title}\n     {state}")
        act = _("tas inn") if taken else _("tas ikke inn")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{part.title}, {state}, {act}")

    def _show_state(self, *, read: bool) -> None:
        self.stack.setCurrentIndex(1 if read else 0)
        self.take.setEnabled(read and self._has_something())
        self.intro.setVisible(read)
        self.head.setVisible(read and bool(self.head.text()))

    def _has_something(self) -> bool:
        taken = any(choice != _KEEP for choice in self._choices.values())
        return taken or bool(self.preview and self.preview.citations)

    def _part(self) -> Part | None:
        place = self.parts.currentRow()
        if self.preview is None or not 0 <= place < len(self.preview.parts):
            return None
        return self.preview.parts[place]

    def _show_part(self, _place: int) -> None:
        part = self._part()
        if part is None or self.preview is None:
            return
        blocked = self.choice.blockSignals(True)
        self.choice.set_items(self._offered(part))
        self.choice.choose(self._choices[part.key])
        self.choice.blockSignals(blocked)
        self._show_diff(part)

    def _offered(self, part: Part) -> list[tuple[object, str]]:
        """Return what can become of a part: taken in, left, or put at another place."""
        assert self.preview is not None  # noqa: S101
        offered: list[tuple[object, str]] = []
        if part.state is PartState.IKKE_PLASSERT:
            offered.append((_OWN, _("Ta inn som egen del: «{navn}»").format(navn=part.title)))
            offered.append((_KEEP, _("Ikke ta inn")))
        else:
            text = _("Ta inn") if part.state is PartState.NY else _("Ta inn, erstatt det som står")
            offered.append((_TAKE, text))
            kept = _("Ikke ta inn") if part.state is PartState.NY else _("Behold det som står")
            offered.append((_KEEP, kept))
        last = _("Plasser sist i: {sted}")
        offered += [
            (place.target, last.format(sted=place.title))
            for place in self.preview.places
            if not place.target.same_as(part.target)
        ]
        if part.target.slag is not Seksjonslag.EGEN:
            offered.append((_OWN, _("Plasser som egen del: «{navn}»").format(navn=part.title)))
        return offered

    def _choose(self, _index: int) -> None:
        part = self._part()
        if part is None:
            return
        self._choices[part.key] = self.choice.key()
        self._show_line(part, self.parts.currentRow())
        self._show_diff(part)
        self.take.setEnabled(self._has_something())

    def _show_diff(self, part: Part) -> None:
        choice = self._choices[part.key]
        if isinstance(choice, Target):
            held = self._held(choice)
            self.effect.setText(_("Delen kommer etter det som står der."))
            self.diff.show_diff(held, Tree(held.blocks + part.new.blocks))
            return
        self.effect.setText(_effect(part))
        self.diff.show_diff(part.old, part.new)

    def _held(self, target: Target) -> Tree:
        places = self.preview.places if self.preview else ()
        return next((place.tree for place in places if place.target.same_as(target)), Tree())

    # Taking in

    def taken(self) -> list[TakenPart]:
        """Return the parts that are chosen, with their places: those that replace come first."""
        parts = self.preview.parts if self.preview else ()
        found: list[TakenPart] = []
        for part in parts:
            choice = self._choices[part.key]
            if choice == _TAKE:
                found.append(TakenPart(part.target, part.new))
            elif choice == _OWN:
                found.append(TakenPart(Target(Seksjonslag.EGEN, part.title), part.new, append=True))
            elif isinstance(choice, Target):
                found.append(TakenPart(choice, part.new, append=True))
        return sorted(found, key=lambda taken: taken.append)

    def _take_in(self) -> None:
        if self.preview is None or self._note is None:
            return
        rows = self.preview.citations if self.citations.isChecked() else ()
        outcome = self._desk.do(
            take_in_note,
            sak_id=self._sak_id,
            parts=self.taken(),
            images=self._note.images,
            citations=rows,
        )
        self.say(outcome.error)
        if outcome:
            self.accept()

    def say(self, sentence: str) -> None:
        """Show why nothing was taken in; "" shows nothing."""
        self.error.setText(sentence)
        self.error.setAccessibleName(sentence)
        self.error.setVisible(bool(sentence))

    def _other_file(self) -> None:
        path = _ask(self)
        if path is not None:
            self._task.cancel()
            self._show_state(read=False)
            self._start(path)


def _effect(part: Part) -> str:
    match part.state:
        case PartState.LIK:
            return _("Teksten er den samme som i saken.")
        case PartState.NY:
            return _("Saken har ikke denne teksten fra før.")
        case PartState.ENDRET:
            return _("Understreket er nytt i filen. Gjennomstreket står i saken, men ikke i filen.")
        case PartState.IKKE_PLASSERT:
            return _("Dette står ikke under en overskrift som er kjent. Velg hvor det skal stå.")


def _head_text(preview: NotePreview) -> str:
    lines = [
        _("{felt}: filen har «{fil}», saken har «{sak}».").format(
            felt=fact.name, fil=fact.in_file, sak=fact.in_sak
        )
        for fact in preview.head
    ]
    return "\n".join(lines)
