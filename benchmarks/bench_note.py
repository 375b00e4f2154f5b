"""How fast the writing room is, with spelling, preview and an archive that is saved to.

Run by `bench_editor`. A key is timed from its press to the end of its painting; the longest stall
of the event loop while one types includes what the preview, the spelling and the autosave do. A
pasted text is 50 pages as Word puts them on the clipboard.
"""

from __future__ import annotations

import gc
import random
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QMimeData, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from benchmarks.bench_window import Watchdog
from benchmarks.twenty_years import make_archive
from desktop.app.opened import open_desk
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Seksjonslag
from desktop.services.toppnotater import write_standard_section
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.spellers import Spellers
from desktop.viewmodels.tasks import Tasks
from desktop.viewmodels.text.own_words import OwnWords
from desktop.views.editor.text_edit import TextEdit
from desktop.views.moete.toppnotat.tab import ToppnotaterTab

OPEN_LIMIT_MS, PASTE_LIMIT_MS, STALL_LIMIT_MS = 150.0, 1_500.0, 50.0
_PAGE = 2_600
_PAUSE_EVERY = 40
_AUTOSAVE_S = 2.4


def wait(seconds: float) -> None:
    """Let the event loop run, as it runs in the program."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


class Room:
    """The tab with a note of some size open."""

    def __init__(self, folder: Path) -> None:
        archive = folder / "rom.motebok"
        make_archive(archive, saker=1_200, notes=1_200)
        with closing(sqlite3.connect(archive)) as driver, driver:
            driver.execute("UPDATE toppnotat SET tilstand = 'utkast'")  # so that they are written
        gc.collect()
        gc.freeze()  # the making of the archive, which a window does not leave behind
        found = open_desk(archive, "Kari").desk
        assert found is not None
        self.desk: Desk = found
        preferences = Preferences(folder / "valg.ini")
        self.desk.spellers = Spellers(self.desk, OwnWords(preferences))
        self.tab = ToppnotaterTab(self.desk, Tasks(), preferences)
        self.desk.changed.connect(self.tab.refresh)
        self.tab.resize(1366, 768)
        self.tab.show()
        self.tab.show_moete(self._meeting())
        self.watchdog = Watchdog()
        wait(1.5)

    def _meeting(self) -> str:
        sql = text(
            "SELECT m.id FROM moete m JOIN sak s ON s.moete_id = m.id"
            " JOIN toppnotat t ON t.sak_id = s.id"
            " WHERE m.nummer IS NULL GROUP BY m.id HAVING count(*) > 1 LIMIT 1"
        )
        key: str = self.desk.read(lambda session: session.scalars(sql).one())
        return key

    def write(self, tree: Tree) -> None:
        """Let the first note of the meeting have a long section."""
        first = self.tab.list.current_sak()
        done = self.desk.do(
            write_standard_section, sak_id=first, slag=Seksjonslag.BAKGRUNN, tree=tree
        )
        assert done, done.error
        wait(1.0)

    def edit(self) -> TextEdit:
        """Return the editor of the long section."""
        boxes = (box.field for box in self.tab.page.boxes)
        return max(
            (one.edit for one in boxes if one), key=lambda edit: edit.document().blockCount()
        )

    def opening(self, rounds: int) -> list[float]:
        """Go to another note and back; return the milliseconds to the painted page."""
        times: list[float] = []
        for _round in range(rounds):
            self.tab.step(1)
            wait(0.4)
            start = time.perf_counter()
            self.tab.step(-1)
            self.tab.page.grab()
            times.append((time.perf_counter() - start) * 1000)
            wait(1.0)
        return times

    def typing(self, rounds: int) -> tuple[list[float], float]:
        """Type at random places with pauses; return each key's time and the longest stall."""
        chance, edit = random.Random(1), self.edit()  # noqa: S311
        edit.setFocus()
        wait(1.0)
        times: list[float] = []
        self.watchdog.worst = 0.0
        for place in range(rounds):
            if place % _PAUSE_EVERY == 0:
                cursor = edit.textCursor()
                cursor.setPosition(chance.randrange(edit.document().characterCount()))
                edit.setTextCursor(cursor)
                wait(_AUTOSAVE_S)
            event = QKeyEvent(
                QEvent.Type.KeyPress,
                Qt.Key.Key_unknown,
                Qt.KeyboardModifier.NoModifier,
                chance.choice("aeiorntsk "),
            )
            start = time.perf_counter()
            QApplication.sendEvent(edit, event)
            QApplication.sendPostedEvents()
            times.append((time.perf_counter() - start) * 1000)
            wait(0.04)
        wait(_AUTOSAVE_S)
        return times, self.watchdog.worst

    def pasting(self, html: str) -> tuple[float, float]:
        """Return the milliseconds to the text in place, and the longest stall on the way."""
        mime, edit = QMimeData(), self.edit()
        mime.setHtml(html)
        edit.moveCursor(QTextCursor.MoveOperation.End)
        wait(0.5)
        self.watchdog.begin()
        self.watchdog.worst = 0.0
        start = time.perf_counter()
        loop = QEventLoop()
        edit.reading.connect(lambda on: None if on else QTimer.singleShot(0, loop.quit))
        edit.put_in(mime)
        loop.exec()
        took = (time.perf_counter() - start) * 1000
        wait(0.3)
        return took, self.watchdog.worst

    def close(self) -> None:
        """Let go of the archive."""
        self.tab.page.flush()
        self.tab.close()
        self.desk.close()


def word_html(sentence: str, pages: int = 50) -> str:
    """Return pages of a text as Word puts them on the clipboard."""
    line = f"<p class=MsoNormal style='margin-bottom:8pt'><span lang=NO-BOK>{sentence}</span></p>"
    return f"<html><body>{line * (pages * _PAGE // len(sentence))}</body></html>"


def measure_room(texts: dict[int, Tree], rounds: int, sentence: str) -> bool:
    """Measure the room with each text, and tell; True where every target was kept."""
    kept = True
    for limit, (size, tree) in zip((4.0, 8.0), texts.items(), strict=True):
        with tempfile.TemporaryDirectory() as name:
            room = Room(Path(name))
            room.write(tree)
            opened = statistics.median(room.opening(5))
            times, stall = room.typing(rounds)
            late = statistics.quantiles(times, n=20)[-1]
            pasted, paste_stall = room.pasting(word_html(sentence))
            room.close()
        middle = statistics.median(times)
        print(f"{size // 1000} KB in the room, with spelling, preview and autosave")
        print(f"  key to paint: median {middle:.1f} ms, p95 {late:.1f} ms (limit {limit:.0f})")
        print(f"  longest stall while typing {stall:.0f} ms (limit {STALL_LIMIT_MS:.0f})")
        print(f"  opening {opened:.0f} ms (limit {OPEN_LIMIT_MS:.0f} at 100 KB)")
        print(f"  50 pages from Word in place after {pasted:.0f} ms, stall {paste_stall:.0f} ms")
        kept = kept and late <= limit and stall <= STALL_LIMIT_MS
        kept = kept and opened <= OPEN_LIMIT_MS and pasted <= PASTE_LIMIT_MS
    return kept
