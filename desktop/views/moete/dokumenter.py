"""The tab Dokumenter of a meeting: choose, see, write, and send."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QTabWidget,
    QWidget,
)

from desktop.rules.kinds import Maalform
from desktop.services.before_sending import MissingLine
from desktop.services.explain import EXPECTED, explain
from desktop.services.papers import Dokumenttype, Papers, compose
from desktop.services.papers_chosen import gather_chosen
from desktop.services.papers_view import (
    PaperKey,
    PapersOverview,
    SentFile,
    SentLine,
    read_papers,
    read_stored,
)
from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.kontroll import target_of
from desktop.viewmodels.papers import (
    OpenedFiles,
    PapersModel,
    WritingRun,
    choose_folder,
    folder_of,
    renamed_text,
    start_gated,
    state_text,
    stopped_text,
)
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.preview_html import Rendered, render
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.viewmodels.tasks import Job, Progress, Tasks
from desktop.views.moete.paper_panels import (
    ReferatPanel,
    SentPanel,
    StateDelegate,
    WorkRow,
    WrittenPanel,
    open_outside,
)
from desktop.views.moete.preview import Preview
from desktop.views.moete.saerutskrift import SakChooser
from desktop.views.moete.sending import Sending, missing_styles
from desktop.views.moete.tab import MeetingTab
from desktop.views.parts import Notice, action, button, column, label, row, table_view
from desktop.views.words import _

_SHARES: Final = (3, 5)
_LEAST_WIDTH: Final = 340
_LANGUAGES: Final = {
    Maalform.NB: _("Bokmål, som utvalget"),
    Maalform.NN: _("Nynorsk, som utvalget"),
}
_UNEXPECTED: Final = _("Noe uventet gikk galt, og arbeidet ble ikke fullført. Prøv igjen.")


class DokumenterTab(MeetingTab):
    """The documents of a meeting: the list, the sheet of the selected one, and what was sent."""

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__(desk, tasks, preferences)
        self.overview: PapersOverview | None = None
        self._stale = False
        self._shown: PaperKey | None = None
        self._ticket = 0
        self._opened = OpenedFiles()
        self._reloader = QTimer(self, singleShot=True, interval=0)
        self._reloader.timeout.connect(lambda: self._load(anew=False))
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show_selected)
        self.sending = Sending(desk, self._start, self)
        self._make_head()
        self._make_list()
        self._make_sides()
        self.preview = Preview()
        self._make_layout()
        self._connect()

    def _make_head(self) -> None:
        self.state = label("", "stille", wrap=True)
        self.freeze = button(_("Ferdigstill innkalling …"), self.sending.freeze)
        self.write = button(
            _("Skriv Word-filer"),
            self.write_files,
            main=True,
            tip=_("Skriv dokumentene det er krysset av for (Ctrl+Enter)"),
        )
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            action(self, _("Skriv Word-filer"), self.write_files, key)
        self.notice = Notice()
        self.retry = button(_("Prøv igjen"), self._try_again)
        self.retry.hide()
        self.work = WorkRow()

    def _make_list(self) -> None:
        self.model = PapersModel(self)
        self.list = table_view(_("Dokumenter i møtet"), multi=False)
        self.list.setModel(self.model)
        self.list.setItemDelegateForColumn(1, StateDelegate(self.list))
        header = self.list.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.all = button(_("Velg alle"), lambda: self.model.check_all(on=True))
        self.none = button(_("Velg ingen"), lambda: self.model.check_all(on=False))
        self.sak = SakChooser()
        self.language = label("", "stille")
        self.folder = QLineEdit()
        self.folder.setReadOnly(True)
        self.folder_name = label(_("Mappe"), "stille")
        self.folder_name.setBuddy(self.folder)
        self.change_folder = button(_("Bytt mappe …"), self._choose_folder)

    def _make_sides(self) -> None:
        self.written = WrittenPanel()
        self.sent = SentPanel()
        self.referat = ReferatPanel(self.sending.step, self.sending.publish)
        chosen = QWidget()
        where = row(self.folder, self.change_folder)
        where.setStretch(0, 1)
        layout = column(
            self.list,
            self.sak,
            row(self.all, self.none, None, self.language),
            self.folder_name,
            where,
            spacing=8,
        )
        layout.setContentsMargins(0, 10, 0, 0)
        layout.setStretch(0, 1)
        chosen.setLayout(layout)
        self.sides = QTabWidget()
        self.sides.setDocumentMode(True)
        self.sides.tabBar().setDrawBase(False)
        self.sides.setStyleSheet("QTabBar::tab { padding: 8px 9px; }")
        self.sides.setMinimumWidth(_LEAST_WIDTH)
        self.sides.setAccessibleName(_("Deler av dokumentene"))
        for part, name in (
            (chosen, _("Dokumenter")),
            (self.written, _("Skrevet")),
            (self.sent, _("Utsendelser")),
            (self.referat, _("Referatet")),
        ):
            self.sides.addTab(part, name)

    def _make_layout(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.sides)
        self.splitter.addWidget(self.preview)
        self.splitter.setChildrenCollapsible(False)
        for place, share in enumerate(_SHARES):
            self.splitter.setStretchFactor(place, share)
        self.splitter.setSizes([100 * share for share in _SHARES])
        head = row(self.state, self.freeze, self.write)
        head.setStretch(0, 1)
        told = row(self.notice, self.retry)
        told.setStretch(0, 1)
        layout = column(head, told, self.work, self.splitter, spacing=8)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._later.start())
        self.model.chosen.connect(self._show_write)
        self.sak.chosen.connect(self._later.start)
        self.written.told.connect(self._say)
        self.sent.register.connect(self.sending.register)
        self.sent.opened.connect(self._open_sent)
        self.sent.exported.connect(self._export)
        self.sending.told.connect(self._say)
        self.sending.stale.connect(self._say_stale)
        self.sending.wanted.connect(self._want)
        self.sides.currentChanged.connect(lambda _place: self._show_referat())
        self.sending.frozen.connect(lambda: self.sides.setCurrentWidget(self.sent))

    def show_moete(self, moete_id: str) -> None:
        """Show another meeting, or the same one anew."""
        other = moete_id != self.moete_id
        super().show_moete(moete_id)
        if other:
            self._say("")
            self.written.show_files(())
            self.sides.setCurrentIndex(0)
        self._load(anew=other)

    def refresh(self, changes: ChangeSet) -> None:
        """Read again soon after a change; once the tab is seen, where it is not now."""
        if not changes or not self.moete_id:
            return
        if self.isVisible():
            self._reloader.start()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Read what was changed while the tab was hidden."""
        super().showEvent(event)
        if self._stale:
            self._load(anew=False)

    def show_sak(self, sak_id: str) -> None:
        """Select the toppnotat of a sak."""
        for place, line in enumerate(self.model.lines()):
            if line.sak_id == sak_id:
                self.sides.setCurrentIndex(0)
                self.list.selectRow(place)

    def _show_referat(self) -> None:
        """Show the referat where its way is shown."""
        if self.sides.currentWidget() is not self.referat:
            return
        for place, line in enumerate(self.model.lines()):
            if line.slag is Dokumenttype.REFERAT:
                self.list.selectRow(place)

    def _load(self, *, anew: bool) -> None:
        self._stale = False
        key = self.moete_id
        held = None if anew else self._shown
        try:
            overview = self.desk.read(lambda session: read_papers(session, key))
        except EXPECTED as error:
            self._say(explain(error))
            return
        self.overview = self.sending.overview = overview
        lines = (*overview.papirer, *overview.andre)
        self.model.set_lines(lines, anew=anew)
        self.sak.show_saker(overview.saker)
        writable = not self.desk.read_only
        self.sent.show_lines(overview.utsendelser, writable=writable)
        self.referat.show_way(overview.referat, writable=writable)
        self.language.setText(_LANGUAGES[overview.maalform])
        self._show_state(overview, writable=writable)
        self._show_folder()
        keys = [line.key for line in lines]
        self._select(keys.index(held) if held in keys else 0)

    def _select(self, place: int) -> None:
        index = self.model.index(place, 0)
        if self.list.currentIndex().row() != place:
            self.list.setCurrentIndex(index)
        else:
            self._later.start()

    def _show_state(self, overview: PapersOverview, *, writable: bool) -> None:
        self.state.setText(state_text(overview))
        updates = overview.ferdigstilt
        text = _("Oppdater innkalling …") if updates else _("Ferdigstill innkalling …")
        self.freeze.setText(text)
        self.freeze.setAccessibleName(text)
        self.freeze.setToolTip(
            _("Lag en oppdatert innkalling med det som er nytt")
            if updates
            else _("Gi møtet og sakene faste numre, og lagre dokumentene slik de blir sendt")
        )
        self.freeze.setEnabled(writable and overview.kan_innkalles and not self.work.busy)
        self._show_write()

    def _show_write(self) -> None:
        self.write.setEnabled(bool(self.model.checked()) and not self.work.busy)

    def _show_folder(self) -> None:
        if self.overview is not None:
            path = str(folder_of(self.preferences, self.overview).path)
            self.folder.setText(path)
            self.folder.setToolTip(path)

    def _say(self, text: str) -> None:
        self.retry.hide()
        self.notice.say(text)

    def _say_stale(self, text: str) -> None:
        self.notice.say(text)
        self.retry.show()

    def _try_again(self) -> None:
        self._say("")
        self.sending.try_again()

    def _want(self, wanted: object) -> None:
        if isinstance(wanted, MissingLine) and wanted.place is not None:
            self.wanted.emit(target_of(self.moete_id, wanted.place, has_note=wanted.notat))
        else:
            self.wanted.emit(Target(Place.MOETER, self.moete_id, Tab.DAGSORDEN, str(wanted)))

    # The preview

    def _show_selected(self) -> None:
        place = self.list.currentIndex().row()
        lines = self.model.lines()
        if not 0 <= place < len(lines):
            self._shown = None
            self.preview.clear(_("Møtet har ingen dokumenter ennå."))
            return
        key = lines[place].key
        self.sak.show_for(key)
        same, self._shown = key == self._shown, key
        papers = self._gather((key,), self.preview.clear)
        if papers is not None and papers.papers:
            self._render(papers, keep_place=same)

    def _gather(self, keys: tuple[PaperKey, ...], say: Callable[[str], None]) -> Papers | None:
        moete_id, chosen = self.moete_id, self.sak.answered(keys)
        try:
            return self.desk.read(lambda session: gather_chosen(session, moete_id, chosen))
        except EXPECTED as error:
            say(explain(error))
            return None

    def _render(self, papers: Papers, *, keep_place: bool) -> None:
        """Show a document: a short one at once, one with chapters or pictures when it is ready."""
        paper = papers.papers[0]
        self._ticket += 1
        ticket = self._ticket
        if paper.slag is not Dokumenttype.MOETEPAKKE and not getattr(
            paper.innhold, "figurer", None
        ):
            self.preview.show_rendered(render(compose(paper.innhold)), keep_place=keep_place)
            return

        def job(_report: Progress) -> object:
            return render(compose(paper.innhold))

        def show(made: object) -> None:
            if ticket == self._ticket and isinstance(made, Rendered):
                self.preview.show_rendered(made, keep_place=keep_place)

        if not keep_place:
            self.preview.clear(_("Gjør klar forhåndsvisningen …"))
        task, go = start_gated(self.tasks, _("Gjør klar forhåndsvisningen"), job)
        task.finished.connect(show)
        task.failed.connect(self.preview.clear)
        task.crashed.connect(lambda _trace: self.preview.clear(_UNEXPECTED))
        go()

    # Writing

    def write_files(self) -> None:
        """Write the checked documents into the folder, in the background."""
        keys = self.model.checked()
        if self.overview is None or self.work.busy or not keys:
            return
        self._say("")
        papers = self._gather(keys, self._say)
        if papers is None:
            return
        self._run(_("Skriver Word-filer"), lambda run, progress: run.write(papers, progress))

    def _export(self, line: SentLine) -> None:
        if self.overview is None or self.work.busy:
            return
        try:
            files = self.desk.read(lambda session: read_stored(session, line.filer))
        except EXPECTED as error:
            self._say(explain(error))
            return
        self._run(_("Legger filene i mappen"), lambda run, progress: run.copy(files, progress))

    def _run(self, text: str, work: Callable[[WritingRun, Progress], None]) -> None:
        assert self.overview is not None  # noqa: S101
        now = dt.datetime.now().replace(microsecond=0)  # noqa: DTZ005
        run = WritingRun(folder_of(self.preferences, self.overview), now)

        def show(said: str) -> None:
            self.written.show_files(run.saved)
            if run.saved:
                self.sides.setCurrentWidget(self.written)
            lacking = missing_styles(list(run.missing_styles))
            self._say(" ".join(filter(None, (said, renamed_text(run.saved), lacking))))

        self._start(
            text,
            lambda progress: work(run, progress),
            lambda _none: show(""),
            failed=show,
            cancelled=lambda: show(stopped_text(len(run.saved))),
        )

    def _start(
        self,
        label: str,
        job: Job,
        finished: Callable[[object], None],
        *,
        failed: Callable[[str], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        """Start work that is shown in the tab; what it answers is said in place."""
        task, go = start_gated(self.tasks, label, job)
        self.work.follow(task)
        task.finished.connect(finished)
        task.failed.connect(failed or self._say)
        task.crashed.connect(lambda _trace: (failed or self._say)(_UNEXPECTED))
        task.cancelled.connect(cancelled or self._nothing_changed)
        for ended in (task.finished, task.failed, task.crashed, task.cancelled):
            ended.connect(self._show_enabled)
        self._show_enabled()
        go()

    def _nothing_changed(self) -> None:
        self._say(_("Avbrutt. Ingenting er endret."))

    def _show_enabled(self) -> None:
        if self.overview is not None:
            self._show_state(self.overview, writable=not self.desk.read_only)

    def _choose_folder(self) -> None:
        if self.overview is None:
            return
        dialog = QFileDialog(self, _("Velg mappe for dokumentene"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(folder_of(self.preferences, self.overview).nearest))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.use_folder)
        dialog.open()

    def use_folder(self, folder: str) -> None:
        """Let the documents of this meeting go to another folder."""
        choose_folder(self.preferences, self.moete_id, Path(folder))
        self._show_folder()

    def _open_sent(self, line: SentLine, file: SentFile) -> None:
        try:
            stored = self.desk.read(lambda session: read_stored(session, (file,)))[0]
            path = self._opened.put(line.id, stored)
        except EXPECTED as error:
            self._say(explain(error))
            return
        if not open_outside(path):
            self._say(_("Maskinen har ikke noe program som åpner {navn}.").format(navn=path.name))
