"""The whole referat as it will look, and its way to approval. A sak in it leads back to writing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.documents.compose_referat import compose_referat
from desktop.documents.content import ReferatContent
from desktop.documents.parts import sak_anchor
from desktop.rules.states import ReferatTilstand
from desktop.services.explain import EXPECTED, explain
from desktop.services.minutes_view import load_referat
from desktop.services.papers_view import PapersOverview, read_papers
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preview_html import Rendered, render
from desktop.viewmodels.tasks import Job, Progress, Tasks
from desktop.views.moete.paper_panels import ReferatPanel
from desktop.views.moete.preview import Preview
from desktop.views.moete.sending import Sending
from desktop.views.parts import Notice, button, column, row
from desktop.views.words import _

_SIDE: Final = 226
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class ReadThrough(QWidget):
    """Shows the referat composed.

    Signals:
        wanted: the key of a sak the user wants to go on writing in.
        left: the user wants back to where the writing was.
    """

    wanted = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self._desk = desk
        self._tasks = tasks
        self._moete_id = ""
        self._anchors: dict[str, str] = {}
        self._goal = ""
        self._ticket = 0
        self.preview = Preview()
        self.preview.shown.connect(self._shown)
        self.preview.sheet.installEventFilter(self)
        self.preview.sheet.viewport().installEventFilter(self)
        self.preview.sheet.setToolTip(_("Dobbeltklikk eller Enter i en sak går tilbake dit"))
        self.sending = Sending(desk, self._start, self)
        self.panel = ReferatPanel(self.step, self.sending.publish)
        self.panel.setFixedWidth(_SIDE)
        self.notice = Notice()
        self.sending.told.connect(self.notice.say)
        self.back = button(
            _("Tilbake til skrivingen"), self.left.emit, tip=_("Ctrl+Shift+G eller Esc")
        )
        side = QWidget()
        side.setLayout(column(self.back, self.panel, spacing=14))
        body = row(self.preview, side, spacing=16)
        body.setStretch(0, 1)
        self.setLayout(column(self.notice, body, spacing=8))
        self.setFocusProxy(self.preview.sheet)

    def show_moete(self, moete_id: str, sak_id: str = "") -> None:
        """Show the referat of a meeting as it is now, from a sak where one is given."""
        same = moete_id == self._moete_id
        self._moete_id, self._goal = moete_id, sak_id
        try:
            overview = self._desk.read(lambda session: read_papers(session, moete_id))
            content = self._desk.read(lambda session: load_referat(session, moete_id))
        except EXPECTED as error:
            self.preview.clear(explain(error))
            return
        self._show_way(overview)
        self._know(content)
        self._render(content, keep_place=same and not sak_id)

    def _show_way(self, overview: PapersOverview) -> None:
        self.sending.overview = overview
        self.panel.show_way(overview.referat, writable=not self._desk.read_only)

    def _know(self, content: ReferatContent) -> None:
        self._anchors = {sak_anchor(sak): sak.key for sak in content.moete.saker}

    def _render(self, content: ReferatContent, *, keep_place: bool) -> None:
        """Show the referat: at once, or when it is ready where it has pictures."""
        self._ticket += 1
        ticket = self._ticket
        if not content.figurer:
            self.preview.show_rendered(render(compose_referat(content)), keep_place=keep_place)
            return

        def job(_report: Progress) -> object:
            return render(compose_referat(content))

        def show(made: object) -> None:
            if ticket == self._ticket and isinstance(made, Rendered):
                self.preview.show_rendered(made, keep_place=keep_place)

        task = self._tasks.start(_("Gjør referatet klart"), job)
        task.finished.connect(show)
        task.failed.connect(self.preview.clear)

    def _start(self, label: str, job: Job, finished: object) -> object:
        task = self._tasks.start(label, job)
        task.finished.connect(finished)
        return task

    def step(self, step: ReferatTilstand) -> None:
        """Ask for what a step of the referat needs."""
        self.notice.say("")
        self.sending.step(step)

    def _shown(self) -> None:
        if self._goal:
            self.go_to(self._goal)
            self._goal = ""

    def go_to(self, sak_id: str) -> None:
        """Scroll to a sak."""
        anchor = next((name for name, key in self._anchors.items() if key == sak_id), "")
        if anchor:
            self.preview.sheet.scrollToAnchor(anchor)

    def sak_at(self, cursor: QTextCursor) -> str:
        """Return the key of the sak that a place of the sheet belongs to; "" above the first."""
        block = cursor.block()
        while block.isValid():
            for name in _names(block):
                if name in self._anchors:
                    return self._anchors[name]
            block = block.previous()
        return ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Go back to a sak with a double click or Enter in it."""
        sheet = self.preview.sheet
        if (
            watched is sheet.viewport()
            and event.type() == QEvent.Type.MouseButtonDblClick
            and isinstance(event, QMouseEvent)
        ):
            return self._want(sheet.cursorForPosition(event.position().toPoint()))
        if (
            watched is sheet
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _ENTER
            and not event.modifiers()
        ):
            return self._want(self._seen())
        return super().eventFilter(watched, event)

    def _seen(self) -> QTextCursor:
        """Return the cursor where one is set, else the upper part of what is seen."""
        sheet = self.preview.sheet
        cursor = sheet.textCursor()
        if cursor.position() and sheet.rect().contains(sheet.cursorRect(cursor).center()):
            return cursor
        middle = sheet.viewport().rect().center()
        middle.setY(sheet.viewport().height() // 4)
        return sheet.cursorForPosition(middle)

    def _want(self, cursor: QTextCursor) -> bool:
        found = self.sak_at(cursor)
        if found:
            self.wanted.emit(found)
        return bool(found)


def _names(block: QTextBlock) -> list[str]:
    return [name for look in block.textFormats() for name in look.format.anchorNames()]
