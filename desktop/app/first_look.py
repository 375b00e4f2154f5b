"""What stands on the front page, shown before the store is loaded: it is read by SQLite alone."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from desktop.app.whereabouts import recall_place
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import Place

if TYPE_CHECKING:
    from desktop.services.front_page import FrontPage


class FirstLook(QObject):
    """Reads the front page of an archive in a thread.

    Signals:
        done: a `FrontPage`, or None where the archive has to be opened to say what it is. It comes
            in a later turn of the event loop than the one that began the look.
    """

    done = Signal(object)
    _read = Signal(object)

    def __init__(self, parent: QObject, path: Path) -> None:
        super().__init__(parent)
        self._path = path
        self._read.connect(self.done, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin."""
        Thread(target=self._run, name="first look", daemon=True).start()

    def _run(self) -> None:
        found = None
        with suppress(Exception):  # whatever it is, who opens the archive meets it, and says it
            found = look(self._path)
        with suppress(RuntimeError):  # the window went meanwhile
            self._read.emit(found)


def first_look(
    parent: QObject, preferences: Preferences, asked_for: Path | None
) -> FirstLook | None:
    """Begin to read the front page, where that is what will be shown first; else return None."""
    path = asked_for or next(iter(preferences.recent()), None)
    if path is None or recall_place(preferences, path.absolute())[0].place is not Place.OVERSIKT:
        return None
    begun = FirstLook(parent, path)
    begun.start()
    return begun


def look(path: Path) -> FrontPage | None:
    """Return what the front page of an archive tells today; None where it cannot be read so."""
    from desktop.services.front_page import read_front_page  # noqa: PLC0415
    from desktop.storage.errors import ArchiveError  # noqa: PLC0415
    from desktop.storage.glance import glance  # noqa: PLC0415

    try:
        with glance(path) as driver:
            return read_front_page(driver, today=dt.datetime.now().date())  # noqa: DTZ005  (local)
    except (ArchiveError, LookupError, OSError, ValueError):
        return None
