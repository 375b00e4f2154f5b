"""Imports the store behind the painted window, so that it costs the user nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from pkgutil import iter_modules
from threading import Thread
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

_BETWEEN_MS = 3
FIRST: Final = (
    "desktop.services.mapped",
    "desktop.services.explain",
    "desktop.services.known_words",
)
FIRST_OF_WINDOW: Final = (
    "desktop.viewmodels.desk",
    "desktop.app.opened",
    "desktop.viewmodels.tasks",
    "desktop.viewmodels.text.own_words",
    "desktop.viewmodels.spellers",
    "desktop.views.pages.oversikt",
)
_SELDOM: Final = frozenset({"eksempel"})
_BESIDE_SERVICES: Final = (
    "desktop.documents.html",
    "desktop.documents.save",
    "desktop.i18n.spelling",
    "desktop.i18n.spelling_server",
    "desktop.importing.html_paste",
    "desktop.importing.text_paste",
)
_WINDOW: Final = (
    "desktop.viewmodels.text",
    "desktop.viewmodels",
    "desktop.views.editor",
    "desktop.views",
    "desktop.views.search",
    "desktop.views.moete.toppnotat",
    "desktop.views.moete.referat",
    "desktop.views.moete",
    "desktop.views.pages",
    "desktop.app",
)


class Loader(QObject):
    """Imports modules while the window is on the screen.

    A thread imports what knows nothing of Qt. Modules of the window are imported in turns of the
    event loop: PySide makes a class of Qt when it is first asked for, and two threads that ask at
    once get half of it.

    Signals:
        ready: what an archive is opened with is there.
        rest_ready: everything is there.
    """

    ready = Signal()
    rest_ready = Signal()
    _store_ready = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._names: Iterator[str] = iter(())
        self._then: SignalInstance = self.ready
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._load_next)
        self._store_ready.connect(self._turn.start)

    def start(self) -> None:
        """Import what is needed at once."""
        self._begin(FIRST, iter(FIRST_OF_WINDOW), self.ready)

    def load_later(self) -> None:
        """Import what is needed after the first page, while nobody waits for it."""
        self._turn.setInterval(_BETWEEN_MS)
        self._begin(store_modules(), window_modules(), self.rest_ready)

    def _begin(self, store: Iterable[str], window: Iterator[str], then: SignalInstance) -> None:
        self._names, self._then = window, then
        Thread(target=self._load_store, args=(store,), name="import", daemon=True).start()

    def _load_store(self, names: Iterable[str]) -> None:
        for name in names:
            _try_import(name)
        with suppress(RuntimeError):  # the window went meanwhile
            self._store_ready.emit()

    def _load_next(self) -> None:
        name = next(self._names, None)
        if name is not None:
            _try_import(name)
            return
        self._turn.stop()
        self._then.emit()


def store_modules() -> Iterator[str]:
    """Yield the modules without Qt that the window has a use for."""
    from desktop import services  # noqa: PLC0415

    names = (module.name for module in iter_modules(services.__path__))
    yield from (f"{services.__name__}.{name}" for name in names if name not in _SELDOM)
    yield from _BESIDE_SERVICES


def window_modules() -> Iterator[str]:
    """Yield the modules of the window, in an order where few import many others."""
    for package in _WINDOW:
        path = import_module(package).__path__
        for module in iter_modules(path):
            if not module.ispkg:
                yield f"{package}.{module.name}"


def _try_import(name: str) -> None:
    with suppress(ImportError):  # told when the page is wanted
        import_module(name)
