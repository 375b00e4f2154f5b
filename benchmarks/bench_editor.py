"""How fast the text editor is: a key to its painting, opening, autosave, pasting.

    .venv/bin/python -m benchmarks.bench_editor [--runder 200]

A key is timed from its press to the end of the painting that it causes, at random places of a text
of 30 KB and of 100 KB (targets: 4 ms and 8 ms at the 95th percentile), beside a stock QTextEdit
with the same text in the same run. Opening is from the tree to the painted text (target: under
150 ms for 100 KB), autosave is what the editor needs to give its tree after a key (under 50 ms).
The room is the tab Toppnotater with spelling, preview and an archive (see `bench_note`).
Without a display the offscreen platform is used.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit

from benchmarks.bench_note import measure_room
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import (
    Block,
    Cell,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Run,
    Table,
    Tree,
    new_block_id,
)
from desktop.views.editor.text_edit import TextEdit

WORDS = [
    "rådet",
    "drøftet",
    "saken",
    "om",
    "felles",
    "e-helse",
    "i",
    "kommuner",
    "og",
    "helseforetak",
    "og",
    "ba",
    "sekretariatet",
    "følge",
    "opp",
    "innspillene",
    "med",
    "en",
    "plan",
    "for",
    "finansiering",
    "ansvar",
    "og",
    "innføring",
    "før",
    "neste",
    "møte",
]


def text_of(size: int) -> Tree:
    """Return a text like a long toppnotat, of about so many characters."""
    chance = random.Random(size)  # noqa: S311
    blocks: list[Block] = []
    length = 0
    while length < size:
        made = _section(chance)
        blocks += made
        length += len(plain_text(Tree(tuple(made))))
    return Tree(tuple(blocks))


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def _runs(chance: random.Random, words: int) -> tuple[Run, ...]:
    return (
        Run(_sentence(chance, words) + " "),
        Run(_sentence(chance, 4), bold=True),
        Run(" " + _sentence(chance, words)),
    )


def _section(chance: random.Random) -> list[Block]:
    items = tuple(ListItem((Paragraph(_runs(chance, 8)),)) for _item in range(4))
    cells = [[Cell((Paragraph((Run(_sentence(chance, 3)),)),)) for _c in "abc"] for _r in "abc"]
    note = Footnote(new_block_id(), (Run(_sentence(chance, 6)),))
    return [
        Heading((Run(_sentence(chance, 4)),), 1),
        *(Paragraph(_runs(chance, 35)) for _paragraph in range(5)),
        Paragraph((*_runs(chance, 30), note)),
        ListBlock(items),
        Table(tuple(Row(tuple(row)) for row in cells)),
        Paragraph(_runs(chance, 20)),
    ]


def press(edit: QTextEdit, text: str, key: Qt.Key = Qt.Key.Key_unknown) -> float:
    """Return the milliseconds from a key to the end of its painting."""
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
    start = time.perf_counter()
    QApplication.sendEvent(edit, event)
    QApplication.processEvents()
    return (time.perf_counter() - start) * 1000


def keys(edit: QTextEdit, rounds: int, seed: int) -> list[float]:
    chance = random.Random(seed)  # noqa: S311
    times: list[float] = []
    for place in range(rounds):
        if place % 20 == 0:
            cursor = edit.textCursor()
            cursor.setPosition(chance.randrange(edit.document().characterCount()))
            edit.setTextCursor(cursor)
            QApplication.processEvents()
        times.append(press(edit, chance.choice("aeiorntsk ")))
    return times


def lines(edit: QTextEdit, rounds: int) -> list[float]:
    """Time Enter and Backspace, which pass the gate."""
    times: list[float] = []
    for _round in range(rounds // 4):
        times.append(press(edit, "\r", Qt.Key.Key_Return))
        times.append(press(edit, "\b", Qt.Key.Key_Backspace))
    return times


def tell(name: str, times: list[float], peer: list[float] | None = None) -> float:
    middle, late = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    ratio = f", {middle / statistics.median(peer):.1f} × QTextEdit" if peer else ""
    print(f"  {name:34} median {middle:7.2f} ms, p95 {late:7.2f} ms{ratio}")
    return late


def timed(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    QApplication.processEvents()
    return (time.perf_counter() - start) * 1000


def shown(edit: QTextEdit, job: Callable[[], object]) -> float:
    """Return the milliseconds of a job with the painting of what it shows."""
    start = time.perf_counter()
    job()
    edit.viewport().repaint()
    took = (time.perf_counter() - start) * 1000
    QApplication.processEvents()
    return took


def show(edit: QTextEdit) -> None:
    edit.resize(760, 900)
    edit.show()
    edit.setFocus()
    QApplication.processEvents()


def measure(size: int, rounds: int) -> float:
    tree = text_of(size)
    ours, stock = TextEdit(), QTextEdit()
    show(ours)
    show(stock)
    ours.set_tree(tree)
    html = ours.document().toHtml()
    opened: list[float] = []
    stock_opened: list[float] = []
    for _round in range(9):
        opened.append(shown(ours, lambda: ours.set_tree(tree)))
        stock_opened.append(shown(stock, lambda: stock.setHtml(html)))
    print(f"{size // 1000} KB, {len(tree.blocks)} blocks")
    tell("opening to the first painting", opened, stock_opened)
    mine: list[float] = []
    other: list[float] = []
    for part in range(10):
        mine += keys(ours, rounds // 10, part)
        other += keys(stock, rounds // 10, part)
    late = tell("key to paint", mine, other)
    tell("Enter and Backspace", lines(ours, rounds), lines(stock, rounds))
    saves: list[float] = []
    for _round in range(20):
        keys(ours, 3, _round)
        saves.append(timed(ours.tree))
    tell("tree after keys", saves)
    cursor = ours.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    ours.setTextCursor(cursor)
    tell("typing at the end", keys(ours, 20, 1) + [press(ours, "a") for _key in range(40)])
    paste = text_of(100_000)
    print(
        f"  insert of 100 KB                   {timed(lambda: ours.insert(paste.blocks)):7.0f} ms"
    )
    return late


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runder", type=int, default=200)
    parser.add_argument("--del", dest="part", choices=("alone", "room"), help="only one part")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    application.setStyle("Fusion")
    sizes = () if options.part == "room" else (30_000, 100_000)
    late = [measure(size, options.runder) for size in sizes] or [0.0, 0.0]
    kept = late[0] <= 4 and late[1] <= 8
    if options.part != "alone":
        texts = {size: text_of(size) for size in (30_000, 100_000)}
        kept = measure_room(texts, options.runder, _sentence(random.Random(1), 14)) and kept  # noqa: S311
    print("targets kept" if kept else "targets missed")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
