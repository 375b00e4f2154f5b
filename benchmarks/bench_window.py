"""How fast the window is on an archive of twenty years: the start, and the work in it.

    .venv/bin/python -m benchmarks.bench_window [--arkiv FIL] [--runder 9] [--saker 5000]

The start, each way a whole process and in turn, from its spawning:
F: a bare PySide6 process to the first paint of an empty QMainWindow.
S: `python -c "import sqlalchemy.orm"`.
The window with its navigation is painted within 1.4 F, the first page with its data within
1.2 (F + S).

The work, in one process: the time of every act to the paint that shows it (targets: under 100 ms,
in the register under 50 ms), and the longest stall of the event loop, which is how long one turn of
it lasted (target: none over 50 ms). Without a display the offscreen platform is used.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

ROOT: Final = Path(__file__).resolve().parents[1]
NAVIGATION_LIMIT, PAGE_LIMIT = 1.4, 1.2
ACT_LIMIT_MS, REGISTER_LIMIT_MS, STALL_LIMIT_MS = 100.0, 50.0, 50.0
_BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("window", time.time(), flush=True)
        application.quit()
application = QApplication(sys.argv)
window = Window()
window.resize(1180, 760)
window.show()
application.exec()
"""
_OURS = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
import desktop.app as app
told = {}
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            told[watched.objectName()] = time.time()
            if watched.objectName() == "page":
                for name, when in told.items():
                    print(name, when, flush=True)
                QTimer.singleShot(0, window[0].close)
        return False
watch, window = Watch(), []
class Window(app.MainWindow):
    def __init__(self, *given):
        super().__init__(*given)
        window.append(self)
        self.setObjectName("window")
        self.navigation.viewport().setObjectName("navigation")
        for watched in (self, self.navigation.viewport()):
            watched.installEventFilter(watch)
    def go(self, target):
        super().go(target)
        page = self.pages[target.place].ensure()
        page.setObjectName("page")
        page.installEventFilter(watch)
app.MainWindow = Window
sys.exit(app.main(["--arkiv", sys.argv[1]]))
"""


def run(code: str, *arguments: str) -> dict[str, float]:
    """Return the milliseconds from the spawning of a process to what it told, and to its end."""
    start = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    end = time.time()
    assert done.returncode == 0, done.stderr
    told = (line.split() for line in done.stdout.splitlines())
    return {"end": (end - start) * 1000} | {
        name: (float(when) - start) * 1000 for name, when in told
    }


def measure_start(archive: Path, rounds: int) -> bool:
    ways: dict[str, Callable[[], float | dict[str, float]]] = {
        "F": lambda: run(_BARE)["window"],
        "S": lambda: run("import sqlalchemy.orm")["end"],
        "ours": lambda: run(_OURS, str(archive)),
    }
    times: dict[str, list[float]] = {}
    for place in range(rounds + 1):
        for way, job in ways.items():
            found = job()
            if place == 0:
                continue  # fills the caches of the disk
            for name, value in (found if isinstance(found, dict) else {way: found}).items():
                times.setdefault(name, []).append(value)
    middle = {name: statistics.median(values) for name, values in times.items()}
    floor, both = middle["F"], middle["F"] + middle["S"]
    navigation, page = middle["navigation"] / floor, middle["page"] / both
    print(f"start, medians of {rounds} alternating runs")
    print(f"  F {floor:.0f} ms, S {middle['S']:.0f} ms, first paint {middle['window']:.0f} ms")
    kept = tell("navigation painted", middle["navigation"], navigation, NAVIGATION_LIMIT, "F")
    return tell("first page with data", middle["page"], page, PAGE_LIMIT, "(F + S)") and kept


def tell(what: str, took: float, ratio: float, limit: float, of: str) -> bool:
    kept = ratio <= limit
    word = "kept" if kept else "BROKEN"
    print(f"  {what}: {took:.0f} ms = {ratio:.2f} {of}, limit {limit:.1f}: {word}")
    return kept


class Watchdog(QObject):
    """Measures how long each turn of the event loop is: from its waking to its next waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.worst = 0.0
        self._woke: float | None = None
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._awake, Qt.ConnectionType.DirectConnection)
        dispatcher.aboutToBlock.connect(self._block, Qt.ConnectionType.DirectConnection)
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        self._block()
        self._awake()

    def _awake(self) -> None:
        self._woke = time.perf_counter()

    def _block(self) -> None:
        if self._woke is not None:
            self.worst = max(self.worst, (time.perf_counter() - self._woke) * 1000)
        self._woke = None


class Painted(QObject):
    """Notes when something in the window was painted last."""

    def __init__(self) -> None:
        super().__init__()
        self.last = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in {QEvent.Type.Paint, QEvent.Type.UpdateRequest}:
            self.last = time.perf_counter()
        return False


class Cycle:
    """Does each act many times, and keeps how long it took and the longest stall."""

    def __init__(self, application: QApplication, painted: Painted, watchdog: Watchdog) -> None:
        self.application, self.painted, self.watchdog = application, painted, watchdog
        self.acts: dict[str, list[tuple[float, float]]] = {}
        self.limits: dict[str, float] = {}

    def settle(self, seconds: float = 0.06) -> None:
        """Let the event loop run until it has nothing more to do for a while."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.application.processEvents()
            time.sleep(0.0005)

    def act(self, name: str, job: Callable[[], object], limit: float = ACT_LIMIT_MS) -> None:
        """Do an act in a turn of the loop; it has taken as long as to the last paint."""
        self.settle()
        self.watchdog.worst = 0.0
        began: list[float] = []

        def go() -> None:
            began.append(time.perf_counter())
            job()
            began.append(time.perf_counter())

        QTimer.singleShot(0, go)
        self.settle(0.25)
        took = (max(self.painted.last, began[1]) - began[0]) * 1000
        self.acts.setdefault(name, []).append((took, self.watchdog.worst))
        self.limits[name] = limit

    def report(self) -> bool:
        kept = True
        print(f"  {'':28}{'median':>9}{'worst':>9}{'first':>9}{'stall':>9}")
        for name, found in self.acts.items():
            took = [one for one, _stall in found]
            stalls = [stall for _one, stall in found]
            fine = statistics.median(took) < self.limits[name] and max(stalls) <= STALL_LIMIT_MS
            kept = kept and fine
            numbers = (statistics.median(took), max(took), took[0], max(stalls))
            columns = "".join(f"{number:9.1f}" for number in numbers)
            print(f"  {name:28}{columns}  {'kept' if fine else 'BROKEN'}")
        return kept


def measure_work(archive: Path, rounds: int) -> bool:
    """Open the archive as the program does, and act in it."""
    from desktop.app import MainWindow, apply_theme  # noqa: PLC0415
    from desktop.app.opening import Opening  # noqa: PLC0415
    from desktop.viewmodels.preferences import Preferences  # noqa: PLC0415

    preferences = Preferences()
    application = QApplication(["motebok"])
    painted = Painted()
    apply_theme(application, preferences.appearance())
    window = MainWindow(preferences)
    window.resize(1366, 768)
    window.show()
    opening = Opening(application, window, preferences, archive)
    watchdog = Watchdog()
    cycle = Cycle(application, painted, watchdog)
    opening.start()
    while opening.pages is None:
        cycle.settle()
    print(f"start in the loop: longest stall {watchdog.worst:.0f} ms")
    watchdog.worst = 0.0
    cycle.settle(1.5)  # the modules of the other pages are imported meanwhile
    print(f"modules of the other pages: longest stall {watchdog.worst:.0f} ms")
    window.windowHandle().installEventFilter(painted)
    meetings = _planned(opening)
    for turn in range(rounds):
        _in_a_meeting(cycle, opening, meetings[turn % len(meetings)])
        _in_the_register(cycle, opening)
    print(f"work, {rounds} rounds, ms (target 100, in the register 50; no stall over 50)")
    kept = cycle.report()
    window.close()
    return kept


def _planned(opening: Any) -> list[str]:  # noqa: ANN401
    from sqlalchemy import text  # noqa: PLC0415

    sql = text("SELECT id FROM moete WHERE nummer IS NULL ORDER BY id LIMIT 4")
    found: list[str] = opening.desk.read(lambda session: list(session.scalars(sql)))
    return found


def _in_a_meeting(cycle: Cycle, opening: Any, meeting: str) -> None:  # noqa: ANN401
    from desktop.viewmodels.targets import Place, Tab, Target  # noqa: PLC0415

    cycle.act("open Møter", lambda: opening.go(Target(Place.MOETER)))
    cycle.act("open a møte", lambda: opening.go(Target(Place.MOETER, meeting, Tab.DAGSORDEN)))
    workspace = opening.pages.holders[Place.MOETER].page.workspace
    tab: Any = workspace.tab(Tab.DAGSORDEN)
    tab.table.setFocus()
    cycle.act("move a sak", lambda: tab.shift(1))
    cycle.act("undo", opening.desk.undo)
    for row in (3, 5, 7):
        cycle.act("select a sak", lambda row=row: tab.table.select_row(row))
    for place, name in ((1, "tab Deltakere"), (2, "tab Dokumenter"), (0, "tab Dagsorden")):
        cycle.act(name, lambda place=place: workspace.tabs.setCurrentIndex(place))
    cycle.act("back to the list", workspace.left.emit)


def _in_the_register(cycle: Cycle, opening: Any) -> None:  # noqa: ANN401
    from desktop.viewmodels.targets import Place, Target  # noqa: PLC0415

    cycle.act("open Saker", lambda: opening.go(Target(Place.SAKER)))
    register = opening.pages.holders[Place.SAKER].page.register
    order, fast = Qt.SortOrder, REGISTER_LIMIT_MS
    for column, name in ((1, "title"), (3, "sakseier"), (0, "number")):
        for way in (order.AscendingOrder, order.DescendingOrder):
            cycle.act(
                f"sort by {name}",
                lambda column=column, way=way: register.table.sortByColumn(column, way),
                fast,
            )
    cycle.act("filter by year", lambda: register.year.setCurrentIndex(3), fast)
    cycle.act("filter by type", lambda: register.kind.setCurrentIndex(2), fast)
    cycle.act("filters away", register.clear_filters, fast)

    def search() -> None:
        register.search.setText("journal")
        register.apply()

    cycle.act("search in titles and texts", search, fast)
    cycle.act("search away", register.clear_filters, fast)
    cycle.act("open Oversikt", lambda: opening.go(Target(Place.OVERSIKT)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arkiv", type=Path, help="an archive that is there; it is changed")
    parser.add_argument("--saker", type=int, default=5_000)
    parser.add_argument("--runder", type=int, default=9)
    parser.add_argument("--del", dest="part", choices=("start", "work"), help="only one part")
    wanted = parser.parse_args()
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CONFIG_HOME"] = name
        archive = wanted.arkiv
        if archive is None:
            from benchmarks.twenty_years import make_archive  # noqa: PLC0415

            archive = folder / "tjue.motebok"
            make_archive(archive, saker=wanted.saker)
        kept = wanted.part == "work" or measure_start(archive, wanted.runder)
        if wanted.part != "start":
            kept = measure_work(archive, wanted.runder) and kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
