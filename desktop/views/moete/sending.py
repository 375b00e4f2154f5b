"""What cannot be undone: freezing an innkalling, and the way of a referat. Each act asks first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.richtext.tree import Tree
from desktop.rules.states import ReferatTilstand
from desktop.services.before_sending import MissingLine, read_errors_of_referat, read_missing
from desktop.services.innkalling import (
    Prepared,
    Recipient,
    approve_referat,
    freeze_innkalling,
    prepare_innkalling,
    publish_referat,
    register_sent,
    send_referat_to_comment,
    update_referat,
)
from desktop.services.papers import WrittenPaper, write_papers
from desktop.services.papers_view import (
    PapersOverview,
    SentLine,
    read_news,
    read_recipients,
)
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.papers import sent_name
from desktop.viewmodels.tasks import Job, Progress
from desktop.views.moete.referat_dialogs import (
    ApproveDialog,
    CommentDialog,
    PublishDialog,
    UpdateDialog,
)
from desktop.views.moete.send_dialogs import FreezeDialog, SentDialog
from desktop.views.words import _


class Start(Protocol):
    """Starts work in the background and calls back with what it made."""

    def __call__(self, label: str, job: Job, finished: Callable[[object], None]) -> object:
        """Start the work."""


class Sending(QObject):
    """Freezes, registers and steps, with a dialog before each act.

    Signals:
        told: a sentence to show; "" for none.
        stale: a sentence about papers that were changed while they were written; one can try again.
        wanted: the key of a sak the user wants to see.
        frozen: an innkalling was frozen.
    """

    told = Signal(str)
    stale = Signal(str)
    wanted = Signal(object)
    frozen = Signal()

    def __init__(self, desk: Desk, start: Start, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._start = start
        self._parent = parent
        self.overview: PapersOverview | None = None
        self.dialog: QDialog | None = None

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.destroyed.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def freeze(self) -> None:
        """List what is missing or new, and ask whether to freeze."""
        overview = self.overview
        if overview is None:
            return
        key = overview.moete_id
        if overview.ferdigstilt:
            ready = self._prepare(key)
            if ready is None:
                return
        desk = self._desk
        news = desk.read(lambda session: read_news(desk.archive, session, key))
        dialog = FreezeDialog(
            self._parent,
            moete=overview.nummer,
            missing=desk.read(lambda session: read_missing(session, key)),
            news=news if overview.ferdigstilt else None,
            freeze=lambda: self._freeze(key),
        )
        dialog.opened.connect(self.wanted)
        self._open(dialog)

    def try_again(self) -> None:
        """Freeze anew what was changed while it was written."""
        if self.overview is not None:
            self.told.emit(self._freeze(self.overview.moete_id))

    def _prepare(self, moete_id: str) -> Prepared | None:
        found = self._desk.do(prepare_innkalling, moete_id=moete_id, today=_now().date())
        self.told.emit(found.error)
        return found.value

    def _freeze(self, moete_id: str) -> str:
        found = self._desk.do(prepare_innkalling, moete_id=moete_id, today=_now().date())
        prepared, now = found.value, _now()
        if prepared is None:
            return found.error

        def write(progress: Progress) -> object:
            return write_papers(prepared.papers, created=now, progress=progress)

        self._start(_("Skriver innkallingen"), write, lambda files: self._fix(prepared, files, now))
        return ""

    def _fix(self, prepared: Prepared, files: object, now: dt.datetime) -> None:
        written: Sequence[WrittenPaper] = files if isinstance(files, list) else []
        done = self._desk.do(freeze_innkalling, prepared=prepared, files=written, now=now)
        if not done:
            self.stale.emit(done.error)
            return
        self.frozen.emit()
        missing = sorted({style for file in written for style in file.missing_styles})
        self.told.emit(f"{FROZEN} {missing_styles(missing)}".strip())

    def register(self, line: SentLine) -> None:
        """Ask when an utsendelse went and to whom."""
        overview = self.overview
        if overview is None:
            return
        key = overview.moete_id

        def act(sendt: dt.datetime, people: Sequence[Recipient]) -> str:
            return self._desk.do(
                register_sent, utsendelse_id=line.id, sendt=sendt, mottakere=people
            ).error

        self._open(
            SentDialog(
                self._parent,
                what=sent_name(line),
                people=self._desk.read(lambda session: read_recipients(session, key)),
                now=_now(),
                register=act,
            )
        )

    def step(self, step: ReferatTilstand) -> None:
        """Ask for what a step of the referat needs."""
        overview = self.overview
        if overview is None:
            return
        _load_writer_meanwhile()
        match step:
            case ReferatTilstand.TIL_KOMMENTAR:
                self._open(self._comment(overview))
            case ReferatTilstand.OPPDATERT:
                self._open(self._update(overview))
            case ReferatTilstand.GODKJENT:
                self._open(self._approve(overview))
            case ReferatTilstand.UTKAST:
                return

    def publish(self) -> None:
        """Ask when and where the referat was published."""
        overview = self.overview
        if overview is None:
            return

        def act(dato: dt.date, hvor: str) -> str:
            return self._desk.do(
                publish_referat, moete_id=overview.moete_id, dato=dato, hvor=hvor
            ).error

        self._open(
            PublishDialog(
                self._parent,
                moete=overview.nummer,
                dato=overview.referat.publisert or _now().date(),
                hvor=overview.referat.publisert_hvor,
                publish=act,
            )
        )

    def _comment(self, overview: PapersOverview) -> QDialog:
        def act(frist: dt.date) -> str:
            return self._desk.do(
                send_referat_to_comment, moete_id=overview.moete_id, now=_now(), frist=frist
            ).error

        frist = overview.referat.proposed_deadline(_now().date())
        dialog = CommentDialog(
            self._parent,
            moete=overview.nummer,
            frist=frist,
            send=act,
            errors=self._errors(overview),
        )
        dialog.opened.connect(self.wanted)
        return dialog

    def _errors(self, overview: PapersOverview) -> Sequence[MissingLine]:
        key = overview.moete_id
        return self._desk.read(lambda session: read_errors_of_referat(session, key))

    def _update(self, overview: PapersOverview) -> QDialog:
        def act(endringer: Tree | None) -> str:
            return self._desk.do(
                update_referat, moete_id=overview.moete_id, now=_now(), endringer=endringer
            ).error

        dialog = UpdateDialog(
            self._parent, moete=overview.nummer, update=act, errors=self._errors(overview)
        )
        dialog.opened.connect(self.wanted)
        return dialog

    def _approve(self, overview: PapersOverview) -> QDialog:
        def act(sak_id: str) -> str:
            return self._desk.do(
                approve_referat, moete_id=overview.moete_id, sak_id=sak_id, now=_now()
            ).error

        saker = overview.referat.godkjennere
        return ApproveDialog(self._parent, moete=overview.nummer, saker=saker, approve=act)


FROZEN: Final = _(
    "Innkallingen er ferdigstilt, og filene ligger i arkivet. Legg dem i mappen, send dem, og "
    "registrer når de ble sendt."
)


def missing_styles(names: Sequence[str]) -> str:
    """Return the sentence about styles that an utvalg's template does not have; "" for none."""
    if not names:
        return ""
    return _(
        "Wordmalen til utvalget mangler disse stilene, så husets egne ble brukt: {stiler}."
    ).format(stiler=", ".join(names))


def _now() -> dt.datetime:
    return dt.datetime.now().replace(microsecond=0)  # noqa: DTZ005


def _load_writer_meanwhile() -> None:
    """Load what writes Word files while the user reads the dialog."""
    QThreadPool.globalInstance().start(_load_writer)


def _load_writer() -> None:
    import desktop.documents.docx_writer  # noqa: F401, PLC0415
