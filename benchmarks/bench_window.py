"""How fast the window is on an archive of twenty years: the start, and the work in it.

    .venv/bin/python -m benchmarks.bench_window [--arkiv FIL] [--runder 9] [--saker 5000]

The start, each way a whole process and in turn, from its spawning:
F: a bare PySide6 process to the first paint of an empty QMainWindow.
S: `python -c "import sqlalchemy.orm"`.
The window with its navigation is painted within 1.4 F, the first page with its data within
1.2 (F + S). The page is read by SQLite alone; what it says opens once the archive is open, which is
told without a limit.

The work, in one process: the time of every act to the paint that shows it (targets: under 100 ms,
in the register under 50 ms), and the longest stall of the event loop: how late a timer of 5 ms came
(target: none over 50 ms). Without a display the offscreen platform is used.
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
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

ROOT: Final = Path(__file__).resolve().parents[1]
NAVIGATION_LIMIT, PAGE_LIMIT = 1.4, 1.2
ACT_LIMIT_MS, REGISTER_LIMIT_MS, STALL_LIMIT_MS = 100.0, 50.0, 50.0
_TICK_MS: Final = 5
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
from desktop import quick
quick.begin()
from PySide6.QtCore import QEvent, QObject, QTimer
import desktop.app as app
told, names, window = {}, {}, []
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched in names:
            name = names.pop(watched)
            told[name] = time.time()
            if name == "open":
                for name, when in told.items():
                    print(name, when, flush=True)
                QTimer.singleShot(0, window[0].close)
        return False
watch = Watch()
def follow(widget, name):
    names[widget] = name
    widget.installEventFilter(watch)
class Window(app.MainWindow):
    def __init__(self, *given):
        super().__init__(*given)
        window.append(self)
        follow(self, "window")
        follow(self.navigation.viewport(), "navigation")
    def show_front(self, front):
        super().show_front(front)
        follow(front, "page")
    def go(self, target):
        super().go(target)
        follow(self.pages[target.place].ensure(), "open")
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
    print(f"  archive open, its page painted again: {middle['open']:.0f} ms")
    kept = tell("navigation painted", middle["navigation"], navigation, NAVIGATION_LIMIT, "F")
    return tell("first page with data", middle["page"], page, PAGE_LIMIT, "(F + S)") and kept


def tell(what: str, took: float, ratio: float, limit: float, of: str) -> bool:
    kept = ratio <= limit
    word = "kept" if kept else "BROKEN"
    print(f"  {what}: {took:.0f} ms = {ratio:.2f} {of}, limit {limit:.1f}: {word}")
    return kept


class Watchdog(QObject):
    """Measures how long the event loop did not come round: how late a tick of 5 ms was."""

    def __init__(self) -> None:
        super().__init__()
        self.worst = 0.0
        self._last: float | None = None
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def begin(self) -> None:
        """Measure from now on, when the loop begins: the time before is left out."""
        self._last = time.perf_counter()

    def _tick(self) -> None:
        now = time.perf_counter()
        if self._last is not None:
            self.worst = max(self.worst, (now - self._last) * 1000 - _TICK_MS)
        self._last = now


class Painted(QObject):
    """Notes each painting of the window. What is dirty is painted in its update request."""

    def __init__(self) -> None:
        super().__init__()
        self.times: list[float] = []

    def first_after(self, when: float) -> float:
        """Return the first painting from a time on; later ones may be a blinking cursor's."""
        return next((one for one in self.times if one >= when), when)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in {QEvent.Type.Paint, QEvent.Type.UpdateRequest}:
            QTimer.singleShot(0, self, self._note)  # the paint itself comes first
        return False

    def _note(self) -> None:
        self.times.append(time.perf_counter())


class Cycle:
    """Does each act many times, and keeps how long it took and the longest stall."""

    def __init__(self, painted: Painted, watchdog: Watchdog) -> None:
        self.painted, self.watchdog = painted, watchdog
        self.acts: dict[str, list[tuple[float, float]]] = {}
        self.limits: dict[str, float] = {}

    def settle(self, seconds: float = 0.06) -> None:
        """Let the event loop run for a while, as it runs in the program."""
        loop = QEventLoop()
        self.watchdog.begin()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def act(
        self,
        name: str,
        job: Callable[[], object],
        limit: float = ACT_LIMIT_MS,
        seconds: float = 0.25,
    ) -> None:
        """Do an act in a turn of the loop; it has taken as long as to the paint that shows it."""
        self.settle()
        self.watchdog.worst = 0.0
        began: list[float] = []

        def go() -> None:
            began.append(time.perf_counter())
            job()
            began.append(time.perf_counter())

        QTimer.singleShot(0, go)
        self.settle(seconds)
        took = (self.painted.first_after(began[1]) - began[0]) * 1000
        self.acts.setdefault(name, []).append((took, self.watchdog.worst))
        self.limits[name] = limit

    def report(self) -> bool:
        kept = True
        print(f"  {'':28}{'median':>9}{'worst':>9}{'first':>9}{'stall':>9}{'worst':>9}")
        for name, found in self.acts.items():
            took = [one for one, _stall in found]
            stalls = [stall for _one, stall in found]
            fine = statistics.median(took) < self.limits[name] and max(stalls) <= STALL_LIMIT_MS
            kept = kept and fine
            numbers = (
                statistics.median(took),
                max(took),
                took[0],
                statistics.median(stalls),
                max(stalls),
            )
            columns = "".join(f"{number:9.1f}" for number in numbers)
            print(f"  {name:28}{columns}  {'kept' if fine else 'BROKEN'}")
        return kept


def measure_work(archive: Path, rounds: int) -> bool:
    """Open the archive as the program does, and act in it."""
    from desktop import quick  # noqa: PLC0415
    from desktop.app.opening import Opening  # noqa: PLC0415
    from desktop.viewmodels.preferences import Preferences  # noqa: PLC0415
    from desktop.views.main_window import MainWindow  # noqa: PLC0415
    from desktop.views.theme import apply_theme  # noqa: PLC0415

    preferences = Preferences()
    application = QApplication(["motebok"])
    painted = Painted()
    apply_theme(application, preferences.appearance())
    window = MainWindow(preferences)
    window.resize(1366, 768)
    quick.begin()
    window.show()
    opening = Opening(application, window, preferences, archive)
    watchdog = Watchdog()
    cycle = Cycle(painted, watchdog)
    opening.start()
    while opening.pages is None:
        cycle.settle()
    print(f"start in the loop: longest stall {watchdog.worst:.0f} ms")
    watchdog.worst, start = 0.0, time.perf_counter()
    while not opening.pages.is_built:
        cycle.settle(0.1)
    took = time.perf_counter() - start
    print(f"the other pages made ahead in {took:.1f} s: longest stall {watchdog.worst:.0f} ms")
    window.installEventFilter(painted)
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
        cycle.act("select a sak", partial(tab.table.select_row, row))
    places = [*range(1, workspace.tabs.count()), 0]
    for place in places:
        name = f"tab {workspace.tabs.tabText(place)}"
        cycle.act(name, partial(workspace.tabs.setCurrentIndex, place))
    _in_the_documents(cycle, workspace)
    cycle.act("back to the list", workspace.left.emit)


def _in_the_documents(cycle: Cycle, workspace: Any) -> None:  # noqa: ANN401
    """Mark everybody, and show the previews, each until its last piece is in place."""
    from desktop.viewmodels.targets import Tab  # noqa: PLC0415

    workspace.tabs.setCurrentIndex(list(Tab).index(Tab.DELTAKERE))
    cycle.act("«Alle til stede»", workspace.tab(Tab.DELTAKERE).mark_rest)
    workspace.desk.undo()
    workspace.tabs.setCurrentIndex(list(Tab).index(Tab.DOKUMENTER))
    papers = workspace.tab(Tab.DOKUMENTER)
    cycle.settle(1.0)
    last = papers.model.rowCount() - 1
    for row, name in ((last, "preview møtepakke"), (0, "preview innkalling")):
        cycle.act(name, partial(papers.list.selectRow, row), seconds=2.5)


def _in_the_register(cycle: Cycle, opening: Any) -> None:  # noqa: ANN401
    from desktop.viewmodels.targets import Place, Target  # noqa: PLC0415

    cycle.act("open Saker", lambda: opening.go(Target(Place.SAKER)))
    register = opening.pages.holders[Place.SAKER].page.register
    order, fast = Qt.SortOrder, REGISTER_LIMIT_MS
    for column, name in ((1, "title"), (3, "sakseier"), (0, "number")):
        for way in (order.AscendingOrder, order.DescendingOrder):
            cycle.act(
                f"sort by {name}",
                partial(register.table.sortByColumn, column, way),
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
    cycle.act("open Vedtak og oppfølging", lambda: opening.go(Target(Place.VEDTAK)))
    cycle.act("open Oversikt", lambda: opening.go(Target(Place.OVERSIKT)))
    page = opening.pages.holders[Place.OVERSIKT].page
    cycle.act("read Oversikt anew", page.load)


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
