"""The act of writing a document of an utvalg: the vedtak of a year, or the open commitments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject

from desktop.documents.save import SavedFile
from desktop.services.explain import EXPECTED, explain
from desktop.services.papers import Dokumenttype
from desktop.services.papers_register import gather_register_papers
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.papers import WritingRun, start_gated, stopped_text
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.register_papers import register_run, written_text
from desktop.viewmodels.tasks import Task, Tasks
from desktop.views.words import _

_UNEXPECTED: Final = _("Noe uventet gikk galt, og arbeidet ble ikke fullført. Prøv igjen.")


def write_register_papers(
    parent: QObject,
    desk: Desk,
    tasks: Tasks,
    preferences: Preferences,
    slag: Dokumenttype,
    *,
    utvalg_id: str,
    told: Callable[[str], object],
    aar: int | None = None,
    done: Callable[[Sequence[SavedFile]], object] = lambda _files: None,
    started: Callable[[Task], object] = lambda _task: None,
) -> None:
    """Write a document of an utvalg into its folder, in the background.

    Args:
        parent: what asks; nothing is told once it is gone.
        desk: the archive.
        tasks: where it runs.
        preferences: which folder it goes to.
        slag: `VEDTAKSPROTOKOLL` (of `aar`) or `OPPFOELGINGSLISTE` (a Word and an Excel file).
        utvalg_id: whose.
        told: is told what became of it, a Norwegian sentence.
        aar: the year of the protocol.
        done: is given the files that were written.
        started: is given the task, to show how far it is.
    """
    try:
        papers = desk.read(
            lambda session: gather_register_papers(session, slag, utvalg_id, aar=aar)
        )
    except EXPECTED as error:
        told(explain(error))
        return
    run = register_run(preferences, papers)
    task, go = start_gated(tasks, _("Skriver filer"), lambda report: run.write(papers, report))
    teller = _Teller(parent, run, told, done)
    task.finished.connect(teller.finish)
    task.failed.connect(teller.fail)
    task.crashed.connect(teller.crash)
    task.cancelled.connect(teller.cancel)
    started(task)
    go()


class _Teller(QObject):
    """Says what became of the work, for as long as the one who asked is there."""

    def __init__(
        self,
        parent: QObject,
        run: WritingRun,
        told: Callable[[str], object],
        done: Callable[[Sequence[SavedFile]], object],
    ) -> None:
        super().__init__(parent)
        self._run = run
        self._told = told
        self._done = done

    def finish(self, _nothing: object) -> None:
        """Say what was written, and hand the files over."""
        self._end(written_text(self._run.saved))
        self._done(tuple(self._run.saved))

    def fail(self, sentence: str) -> None:
        """Say why it was not done, and what was written before."""
        self._end(" ".join(filter(None, (sentence, written_text(self._run.saved)))))

    def crash(self, _trace: str) -> None:
        """Say that something unexpected happened."""
        self._end(_UNEXPECTED)

    def cancel(self) -> None:
        """Say what was written before the user stopped."""
        self._end(stopped_text(len(self._run.saved)))

    def _end(self, sentence: str) -> None:
        self._told(sentence)
        self.deleteLater()
