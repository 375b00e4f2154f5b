"""The frame of the window: navigation, pages, what was saved, what runs. It owns nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import Place, Target
from desktop.views.layouts import column, icon, row
from desktop.views.words import _

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QAction, QResizeEvent

NAVIGATION_WIDTH, ICONS_WIDTH = 212, 58
_NARROW = 860
_LEAST = QSize(820, 460)
FRAME_HEIGHT = 40
_NAMES = {
    Place.OVERSIKT: _("Oversikt"),
    Place.MOETER: _("Møter"),
    Place.SAKER: _("Saker"),
    Place.VEDTAK: _("Vedtak og oppfølging"),
    Place.MEDLEMMER: _("Medlemmer"),
    Place.INNSTILLINGER: _("Innstillinger"),
}


class MainWindow(QMainWindow):
    """The window. Pages are put in by `show_pages` once the archive is open."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences
        self.pages: Mapping[Place, QWidget] = {}
        self.page_steps: list[QAction] = []
        self.closing: Callable[[], bool] = lambda: True
        self.setWindowTitle("Møtebok")
        self.setWindowIcon(icon("motebok"))
        self.setMinimumSize(_LEAST.boundedTo(self.screen().availableSize() - QSize(0, 40)))
        self._make_frame()
        self._restore()

    def _make_frame(self) -> None:
        self.navigation = QListWidget()
        self.navigation.setObjectName("navigasjon")
        self.navigation.setAccessibleName(_("Sider"))
        self.navigation.setFixedWidth(NAVIGATION_WIDTH)
        self.navigation.setIconSize(QSize(20, 20))
        self.navigation.ensurePolished()  # the rows get their height from the style
        for number, (place, name) in enumerate(_NAMES.items(), 1):
            item = QListWidgetItem(icon(place.value), name)
            item.setToolTip(f"{name} (Ctrl+{number})")
            self.navigation.addItem(item)
        self.navigation.setEnabled(False)
        self.navigation.currentItemChanged.connect(self._navigated)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.notices = QVBoxLayout()
        frame = QWidget()
        layout = row(self.navigation, column(self.notices, self.stack, spacing=0), spacing=0)
        layout.setStretch(1, 1)
        frame.setLayout(layout)
        self.setCentralWidget(frame)

    def furnish(self) -> None:
        """Make what the first picture of the window did not wait for, such as the status bar."""
        from PySide6.QtCore import Qt  # noqa: PLC0415

        from desktop.views.parts import label  # noqa: PLC0415

        self.navigation.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for place, name in enumerate(_NAMES.values()):
            self.navigation.item(place).setData(Qt.ItemDataRole.AccessibleTextRole, name)
        self.archive_name = label("", "stille")
        self.saved = label("", "stille")
        self.work = label("", "stille")
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(12, 0, 12, 0)
        bar.addWidget(self.archive_name)
        bar.addPermanentWidget(self.work)
        bar.addPermanentWidget(self.saved)

    def _restore(self) -> None:
        if not self.restoreGeometry(self.preferences.window_state("vindu/plass")):
            room = self.screen().availableSize() - QSize(20, 60)
            self.resize(QSize(1180, 760).boundedTo(room))

    def hide_navigation(self) -> None:
        """Show no navigation, as where there is no archive to go about in."""
        self.navigation.setEnabled(False)
        self.navigation.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show the navigation by its icons alone where the window is narrow."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        width = ICONS_WIDTH if narrow else NAVIGATION_WIDTH
        if self.navigation.maximumWidth() == width:
            return
        self.navigation.setFixedWidth(width)
        for place, name in enumerate(_NAMES.values()):
            self.navigation.item(place).setText("" if narrow else name)

    def show_alone(self, widget: QWidget) -> None:
        """Show one widget without navigation, as the welcome page."""
        self.hide_navigation()
        self._put(widget)

    def show_waiting(self) -> None:
        """Say that the archive is being opened; the navigation serves once it is."""
        from PySide6.QtCore import Qt  # noqa: PLC0415

        line = QLabel(_("Åpner arkivet …"))
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._put(line)

    def show_front(self, front: QWidget) -> None:
        """Show the front page beside the navigation, while the archive is being opened."""
        self.navigation.blockSignals(True)
        self.navigation.setCurrentRow(list(_NAMES).index(Place.OVERSIKT))
        self.navigation.blockSignals(False)
        self._put(front)

    def show_pages(self, pages: Mapping[Place, QWidget], archive_name: str) -> None:
        """Show the pages of an open archive; `go` says which one first."""
        self.hide_pages()
        self.pages = pages
        for page in pages.values():
            self.stack.addWidget(page)
        self.navigation.show()
        self.navigation.doItemsLayout()
        self.navigation.setEnabled(True)
        self.archive_name.setText(archive_name)
        self._add_page_shortcuts()

    def hide_pages(self) -> None:
        """Take the pages of an archive that is closed out of the window."""
        self.stack.setCurrentIndex(0)
        for page in self.pages.values():
            self.stack.removeWidget(page)
        for step in self.page_steps:
            self.removeAction(step)
        self.pages, self.page_steps = {}, []
        self.archive_name.clear()
        self.saved.clear()

    def _put(self, widget: QWidget) -> None:
        if self.stack.indexOf(widget) < 0:
            self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)

    def _add_page_shortcuts(self) -> None:
        from PySide6.QtGui import QAction, QKeySequence  # noqa: PLC0415

        for number, place in enumerate(self.pages, 1):
            step = QAction(_NAMES[place], self)
            step.setShortcut(QKeySequence(f"Ctrl+{number}"))
            step.triggered.connect(lambda _checked=False, where=place: self.go(Target(where)))
            self.addAction(step)
            self.page_steps.append(step)

    def go(self, target: Target) -> None:
        """Show a page, and what a target names on it."""
        page = self.pages[target.place]
        self.navigation.blockSignals(True)
        self.navigation.setCurrentRow(list(_NAMES).index(target.place))
        self.navigation.blockSignals(False)
        self._put(page)
        opener = getattr(page, "open", None)
        if opener is not None and (target.key or target.tab or target.sak_id):
            opener(target)
        else:
            _give_keyboard(page)

    def _navigated(self, item: QListWidgetItem | None) -> None:
        if item is not None and self.pages:
            self._put(self.pages[list(_NAMES)[self.navigation.row(item)]])

    def current_place(self) -> Place:
        """Return the page that is shown."""
        for place, page in self.pages.items():
            if page is self.stack.currentWidget():
                return place
        return Place.OVERSIKT

    def tell_saved(self, when: dt.datetime) -> None:
        """Say when the archive was saved last: after the commit, never before."""
        self.saved.setText(_("Lagret kl. {tid}").format(tid=f"{when:%H.%M}"))

    def tell(self, text: str) -> None:
        """Say something in passing in the status bar."""
        self.work.setText(text)
        QTimer.singleShot(8_000, self, lambda: self._forget(text))

    def _forget(self, text: str) -> None:
        if self.work.text() == text:
            self.work.clear()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Remember the window's place and let the program close the archive."""
        self.preferences.set_window_state("vindu/plass", self.saveGeometry())
        if self.closing():
            event.accept()
        else:
            event.ignore()


def _give_keyboard(page: QWidget) -> None:
    """Let the keys go to the first list of a page."""
    from PySide6.QtCore import Qt  # noqa: PLC0415
    from PySide6.QtWidgets import QAbstractItemView  # noqa: PLC0415

    views = (view for view in page.findChildren(QAbstractItemView) if view.isVisible())
    first = next((view for view in views if view.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
    if first is not None:
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
