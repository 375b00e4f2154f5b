"""A process that is killed while somebody types a referat, and what the next start says."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.app.opened import open_desk
from desktop.richtext.plain import plain_text
from desktop.services.minutes_view import load_minutes, load_sak_minutes
from desktop.services.numbers import find_moete_id

LONGEST_MS = 1_200
"""The longest time without saving, shortened: the same timers as with ten seconds."""

WRITER = """
import sys, pathlib
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desktop.storage.archive import Archive
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.tasks import Tasks
from desktop.services.numbers import find_moete_id
from desktop.views.editor import field
from desktop.views.moete.referat import saving

path, part, longest = sys.argv[1], sys.argv[2], int(sys.argv[3])
field.LONGEST_MS = saving.LONGEST_MS = longest
from desktop.views.moete.referat import actions_box
actions_box.LONGEST_MS = longest
from desktop.views.moete.referat.tab import ReferatTab

app = QApplication([])
desk = Desk(Archive.open(path, bruker="Kari"))
tab = ReferatTab(desk, Tasks(), Preferences(pathlib.Path(path).with_suffix(".ini")))
desk.changed.connect(tab.refresh)
tab.show_moete(desk.read(lambda s: find_moete_id(s, "4/2023", utvalg="E-helserådet")))
tab.show()
tab.activateWindow()
panel = tab.panel()
where = {
    "innspill": panel.innspill,
    "innledning": panel.innledning.edit,
    "aksjonspunkt": panel.actions_box.input,
}[part]
where.setFocus()
typed = []

def type_on():
    letter = "abcdefghij"[len(typed) % 10]
    QTest.keyClicks(where, letter)
    typed.append(letter)
    print(len(typed), flush=True)

timer = QTimer(interval=60)
timer.timeout.connect(type_on)
timer.start()
app.exec()
"""


def write_until_killed(path, part, letters):
    """Let a process type, kill it, and return when it had typed each letter and when it died."""
    child = subprocess.Popen(
        [sys.executable, "-P", "-c", WRITER, str(path), part, str(LONGEST_MS)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    times = []
    for line in child.stdout:
        if line.strip().isdigit():
            times.append(time.monotonic())
        if len(times) >= letters:
            break
    child.kill()
    died = time.monotonic()
    child.wait()
    child.stdout.close()
    return times, died


def text_of(desk, part):
    moete = desk.read(lambda session: find_moete_id(session, "4/2023", utvalg="E-helserådet"))
    first = desk.read(lambda session: load_minutes(session, moete)).saker[0]
    said = desk.read(lambda session: load_sak_minutes(session, first.id))
    if part == "innspill":
        return "".join(plain_text(line.tekst) for line in said.innspill)
    if part == "innledning":
        return plain_text(said.innledning)
    return "".join(line.tekst for line in said.aksjonspunkter).rstrip(".").lower()


@pytest.mark.parametrize("part", ["innspill", "innledning", "aksjonspunkt"])
def test_that_a_killed_process_loses_no_more_than_the_longest_pause(example, qapp, part):
    times, died = write_until_killed(example, part, 60)
    opened = open_desk(Path(example), "Kari")
    try:
        kept = text_of(opened.desk, part)
        assert kept == ("abcdefghij" * 6)[: len(kept)]
        lost = [when for when in times[len(kept) :] if died - when > LONGEST_MS / 1000 + 0.5]
        assert lost == []
        assert len(kept) >= 20
        if part != "aksjonspunkt":
            assert "Møtebok ble ikke lukket riktig sist." in opened.sentence
            assert "sak 28/23" in opened.sentence
    finally:
        opened.desk.close()
