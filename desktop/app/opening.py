"""Opens archives and puts the program around the pages: what is open, what runs, what was left.

Nothing of the store is imported when this module is: the window is painted first.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from desktop import quick
from desktop.app.first_paint import FirstPaint
from desktop.app.loading import Loader
from desktop.app.pages import Pages
from desktop.app.whereabouts import recall_place, remember_place
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import Place, Target
from desktop.views.main_window import MainWindow
from desktop.views.menus import Act, Menus
from desktop.views.parts import Notice
from desktop.views.search.box import SearchBox
from desktop.views.standing import StandingNotice
from desktop.views.unexpected import Unexpected
from desktop.views.words import _
from desktop.views.work import WorkBar

if TYPE_CHECKING:
    from desktop.app.archive_acts import ArchiveActs
    from desktop.app.first_look import FirstLook
    from desktop.app.first_start import FirstStart
    from desktop.app.opened import Opened
    from desktop.services.front_page import FrontPage
    from desktop.viewmodels.desk import Desk
    from desktop.viewmodels.tasks import Task, Tasks
    from desktop.views.pages.oversikt_front import Front

_DAILY_BACKUP_AFTER_MS: Final = 4_000
_LATER_MS: Final = 300
_SEARCH_AFTER_MS: Final = 1_500


class Opening(QObject):
    """The program around the pages. One archive is open at a time, or the welcome page is shown."""

    def __init__(
        self,
        application: QApplication,
        window: MainWindow,
        preferences: Preferences,
        path: Path | None = None,
    ) -> None:
        super().__init__(window)
        self.application, self.window, self.preferences = application, window, preferences
        self._asked_for = path
        self.front: Front | None = None
        self._all_loaded = self._settled = False
        self._wanted_first: Target | None = None
        window.furnish()
        if path or preferences.recent():
            window.show_waiting()
        self.desk: Desk | None = None
        self.tasks: Tasks
        self.pages: Pages | None = None
        self.notice = Notice()
        self.standing = StandingNotice(_("Åpne på nytt"), self.reopen)
        for notice in (self.standing, self.notice):
            window.notices.addWidget(notice)
        self.work = WorkBar()
        window.statusBar().insertPermanentWidget(1, self.work)
        self.unexpected = Unexpected(window)
        self.menus = Menus(window)
        self.menus.wanted.connect(self._act)
        self.menus.undo_wanted.connect(self._undo)
        self.menus.redo_wanted.connect(self._redo)
        self.menus.show_pages([])
        self.search = SearchBox(window)
        self.search.wanted.connect(self.go)
        window.menuBar().setCornerWidget(self.search.corner())
        window.closing = self.close_program
        self._loader = Loader(window)
        self._loader.ready.connect(self._begin)
        self._loader.rest_ready.connect(self._build_pages)

    def start(self, look: FirstLook | None = None) -> None:
        """Catch what goes wrong from here on, and open as soon as the store is imported.

        The front page is shown before that, where a first look reads it.
        """
        self.unexpected.install()
        if look is None:
            self._loader.start()
        else:
            look.done.connect(self._show_front)

    def _show_front(self, shown: FrontPage | None) -> None:
        if shown is None:
            self._loader.start()
            return
        from desktop.views.pages.oversikt_front import Front  # noqa: PLC0415

        self.front = Front()
        self.front.show_what(shown)
        self.front.wanted.connect(self._want_first)
        self.window.show_front(self.front)
        FirstPaint(self.front).passed.connect(self._loader.start)

    def _want_first(self, target: Target) -> None:
        """Go to what was clicked before the archive was open once it is."""
        self._wanted_first = target

    def _take_front(self) -> Front | None:
        """Return the front page that is on the screen, to become that of the open archive."""
        front, self.front = self.front, None
        if front is not None:
            front.wanted.disconnect(self._want_first)
        return front

    def _begin(self) -> None:
        from desktop.viewmodels.tasks import Tasks  # noqa: PLC0415

        self.tasks = Tasks(self)
        self.tasks.started.connect(self._watch)
        self.work.follow(self.tasks)
        recent = self.preferences.recent()
        path = self._asked_for or (recent[0] if recent else None)
        if path is None:
            self.first_start.show()
        else:
            QTimer.singleShot(0, self, lambda: self._open_first(path))
        QTimer.singleShot(_LATER_MS, self, self._load_later)

    def _load_later(self) -> None:
        quick.settled()
        self._loader.load_later()

    def _build_pages(self) -> None:
        """Make ahead what nobody has seen, once all of it is imported."""
        self._all_loaded = True
        if self.pages is not None:
            self.pages.build_all()

    def _pages_built(self) -> None:
        if not self._settled:  # what a later archive leaves behind must be collected
            self._settled = True
            quick.settled()

    @cached_property
    def acts(self) -> ArchiveActs:
        """What the menu does with the archive's file."""
        from desktop.app.archive_acts import ArchiveActs  # noqa: PLC0415

        return ArchiveActs(self, self)

    @cached_property
    def first_start(self) -> FirstStart:
        """The welcome page at work."""
        from desktop.app.first_start import FirstStart  # noqa: PLC0415

        return FirstStart(self, self)

    def _watch(self, task: Task) -> None:
        task.crashed.connect(self.unexpected.show_report)

    def user_name(self) -> str:
        """Return who the log and the lock say it is."""
        if self.preferences.user_name():
            return self.preferences.user_name()
        try:
            return getpass.getuser()
        except (ImportError, KeyError, OSError):
            return _("ukjent")

    def open(self, path: Path) -> bool:
        """Open an archive in place of the one that is open; False where the welcome page says why.

        One that another program writes in is opened for reading.
        """
        from desktop.app.opened import open_desk  # noqa: PLC0415

        self.close_archive()
        return self._take(open_desk(path.absolute(), self.user_name()), path)

    def _open_first(self, path: Path) -> None:
        """Open the file in one turn of the event loop, and show it in the next."""
        from desktop.app.opened import open_desk  # noqa: PLC0415

        opened = open_desk(path.absolute(), self.user_name())
        QTimer.singleShot(0, self, lambda: self._take(opened, path))

    def _take(self, opened: Opened, path: Path) -> bool:
        if opened.desk is None:
            front = self._take_front()
            if front is not None:
                front.deleteLater()
            self.first_start.show(opened.sentence, path.absolute() if opened.damaged else None)
            return False
        if "first_start" in vars(self):
            self.first_start.leave()
        self._show(opened.desk, opened.name)
        self.standing.say(opened.standing)
        self.notice.say(opened.sentence)
        return True

    def reopen(self) -> None:
        """Open the archive again, as when the other program may have let go of it."""
        if self.desk is not None:
            self.open(self.desk.path)

    def _show(self, desk: Desk, name: str) -> None:
        from desktop.viewmodels.spellers import Spellers  # noqa: PLC0415
        from desktop.viewmodels.text.own_words import OwnWords  # noqa: PLC0415

        window = self.window
        self.desk = desk
        desk.setParent(self)
        desk.spellers = Spellers(desk, OwnWords(self.preferences))
        self.preferences.remember(desk.path)
        self.pages = Pages(desk, self.tasks, self.preferences, self._take_front())
        self.pages.wanted.connect(self.go)
        self.pages.built.connect(self._pages_built)
        desk.saved.connect(window.tell_saved)
        desk.saved.connect(self.unexpected.note_saved)
        desk.undo_changed.connect(self.show_undo)
        window.show_pages(self.pages.holders, name)
        window.archive_name.setToolTip(str(desk.path))
        window.setWindowTitle(_("{arkiv} – Møtebok").format(arkiv=name))
        self.menus.show_pages([self.search.go_there, *window.page_steps])
        self.search.follow(desk)
        QTimer.singleShot(_SEARCH_AFTER_MS, desk, lambda: self._look_after_search(desk))
        self.menus.show_archive(is_open=True, read_only=desk.read_only)
        self._go_where_left_off(desk.path)
        QTimer.singleShot(0, self, self.show_undo)
        if self._all_loaded:
            self.pages.build_all()
        if not desk.read_only:
            QTimer.singleShot(_DAILY_BACKUP_AFTER_MS, desk, self._back_up_daily)

    def _look_after_search(self, desk: Desk) -> None:
        from desktop.viewmodels.search_upkeep import SearchUpkeep  # noqa: PLC0415

        SearchUpkeep(desk, self.tasks)

    def _back_up_daily(self) -> None:
        self.acts.back_up_daily()

    def _go_where_left_off(self, path: Path) -> None:
        from desktop.services.explain import EXPECTED  # noqa: PLC0415

        target, scroll = recall_place(self.preferences, path)
        if self._wanted_first is not None:
            target, scroll, self._wanted_first = self._wanted_first, 0, None
        try:
            self.go(target)
        except EXPECTED:
            self.go(Target(Place.OVERSIKT))
            return
        holder = self.pages.holders[target.place] if self.pages else None
        if holder is not None and scroll:
            QTimer.singleShot(0, holder, lambda: holder.scroll_to(scroll))

    def go(self, target: Target) -> None:
        """Show a page, and what a target names on it."""
        if self.pages is not None:
            self.window.go(target)

    def say(self, sentence: str) -> None:
        """Say something above the pages, or on the welcome page; it can be closed."""
        if self.desk is None:
            self.first_start.say(sentence)
        else:
            self.notice.say(sentence)

    def choose_copy_of(self, archive: Path) -> None:
        """Ask which copy an archive shall be restored from."""
        self.acts.choose_copy_of(archive)

    def show_undo(self) -> None:
        """Name in the menu what undo and redo would do now."""
        from desktop.services.last_changes import in_the_way_of_undo  # noqa: PLC0415

        desk = self.desk
        if desk is None or desk.read_only:
            self.menus.show_undo("", "", "")
            return
        undo = desk.undo_text()
        in_the_way = "" if undo else in_the_way_of_undo(desk.archive)
        self.menus.show_undo(undo, desk.redo_text(), in_the_way)

    def _undo(self) -> None:
        if self.desk is not None:
            self.notice.say(self.desk.undo().error)

    def _redo(self) -> None:
        if self.desk is not None:
            self.notice.say(self.desk.redo().error)

    def close_archive(self) -> None:
        """Remember where one is, and let go of the archive and its pages."""
        desk, pages = self.desk, self.pages
        if desk is None or pages is None:
            return
        holder = pages.holders[self.window.current_place()]
        remember_place(self.preferences, desk.path, holder.where(), holder.scroll_value())
        self.search.follow(None)
        self.window.hide_pages()
        self.menus.show_pages([])
        pages.close()
        self.desk, self.pages = None, None
        self.menus.show_archive(is_open=False)
        self.standing.say("")
        self.notice.say("")
        self.window.setWindowTitle("Møtebok")
        desk.close()
        desk.deleteLater()

    def close_program(self) -> bool:
        """Stop what runs, let go of the archive, and write the preferences."""
        if hasattr(self, "tasks"):
            if "first_start" in vars(self):
                self.first_start.stop()
            self.tasks.wait()
        self.close_archive()
        self.preferences.sync()
        self.unexpected.uninstall()
        return True

    def _act(self, act: Act) -> None:
        if not hasattr(self, "tasks"):
            return
        steps: dict[Act, Callable[[], object]] = {
            Act.NEW: self.first_start.begin_new,
            Act.OPEN: self.first_start.choose,
            Act.BACK_UP: self.acts.back_up_now,
            Act.RESTORE: self.acts.choose_copy,
            Act.EXPORT: self.acts.export,
            Act.IMPORT: self.acts.choose_import,
            Act.VERIFY: self.acts.verify,
            Act.CLOSE: self.first_start.close_and_show,
            Act.QUIT: self.window.close,
            Act.SHORTCUTS: lambda: self._show_dialog("ShortcutsDialog"),
            Act.ABOUT: lambda: self._show_dialog("AboutDialog"),
        }
        steps[act]()

    def _show_dialog(self, name: str) -> None:
        from desktop.views import shortcuts  # noqa: PLC0415

        dialog: QDialog = getattr(shortcuts, name)(self.window)
        dialog.open()
