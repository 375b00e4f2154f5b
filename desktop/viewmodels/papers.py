"""The documents of a meeting as the tab shows them, and the work of writing them."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from types import MappingProxyType
from typing import Any, Final, NamedTuple
from weakref import finalize

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFont

from desktop.documents.save import SavedFile, SavedStatus, save_document
from desktop.filer.atomic import SaveError, save_error
from desktop.i18n.catalogue import N_, words
from desktop.i18n.dates import numeric_date, prose_clock
from desktop.rules.entity_kinds import Utsendelseslag
from desktop.services.papers import MEETING_PAPERS, Dokumenttype, Papers, write_papers
from desktop.services.papers_view import (
    PaperKey,
    PaperLine,
    PapersOverview,
    Papirtilstand,
    SentLine,
    StoredFile,
)
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.table import Column, Index
from desktop.viewmodels.tasks import Job, Progress, Task, Tasks

_ = words("nb")
_ROOT = QModelIndex()
_FORBIDDEN_IN_FOLDERS: Final = str.maketrans(dict.fromkeys('<>:"/\\|?*', "-"))

STATE_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""The Papirtilstand of a row."""

_KINDS: Final[Mapping[Dokumenttype, str]] = MappingProxyType(
    {
        Dokumenttype.INNKALLING: N_("Innkalling"),
        Dokumenttype.TOPPNOTAT: N_("Toppnotat"),
        Dokumenttype.REFERAT: N_("Referat"),
        Dokumenttype.MOETEPAKKE: N_("Møtepakke"),
        Dokumenttype.SAKSLISTE: N_("Saksliste"),
        Dokumenttype.KJOEREPLAN: N_("Kjøreplan for møteleder"),
        Dokumenttype.SAERUTSKRIFT: N_("Særutskrift av en sak"),
        Dokumenttype.VEDTAKSPROTOKOLL: N_("Vedtaksprotokoll"),
        Dokumenttype.OPPFOELGINGSLISTE: N_("Oppfølgingsliste (Word og Excel)"),
    }
)
_STATES: Final[Mapping[Papirtilstand, str]] = MappingProxyType(
    {
        Papirtilstand.FORELOEPIG: N_("Foreløpig"),
        Papirtilstand.ENDRET: N_("Endret etter innkalling"),
        Papirtilstand.FERDIGSTILT: N_("Ferdigstilt"),
        Papirtilstand.UTKAST: N_("Utkast"),
        Papirtilstand.TIL_KOMMENTAR: N_("Til kommentar"),
        Papirtilstand.OPPDATERT: N_("Oppdatert"),
        Papirtilstand.GODKJENT: N_("Godkjent"),
        Papirtilstand.LOEPENDE: N_("Løpende"),
    }
)
_SENT_KINDS: Final[Mapping[Utsendelseslag, str]] = MappingProxyType(
    {
        Utsendelseslag.INNKALLING: N_("Innkalling"),
        Utsendelseslag.OPPDATERT_INNKALLING: N_("Oppdatert innkalling"),
        Utsendelseslag.REFERAT_TIL_KOMMENTAR: N_("Referat til kommentar"),
        Utsendelseslag.OPPDATERT_REFERAT: N_("Oppdatert referat"),
        Utsendelseslag.GODKJENT_REFERAT: N_("Godkjent referat"),
    }
)
_STATUSES: Final[Mapping[SavedStatus, str]] = MappingProxyType(
    {
        "new": N_("Ny"),
        "replaced": N_("Erstattet"),
        "unchanged": N_("Uendret"),
        "renamed": N_("Fikk nytt navn"),
    }
)
_UNFINISHED: Final = frozenset({Papirtilstand.FORELOEPIG, Papirtilstand.UTKAST})


def paper_name(line: PaperLine) -> str:
    """Return what the list calls a document: "Innkalling", "Toppnotat 31/23 Felles modell"."""
    return " ".join(part for part in (_(_KINDS[line.slag]), _own_number(line), line.tittel) if part)


def _own_number(line: PaperLine) -> str:
    return line.nummer if line.slag is Dokumenttype.TOPPNOTAT else ""


def state_name(state: Papirtilstand) -> str:
    """Return a state in words."""
    return _(_STATES[state])


def sent_name(line: SentLine) -> str:
    """Return what was sent, with its version from the second on."""
    name = _(_SENT_KINDS[line.slag])
    if line.versjon == 1:
        return name
    return _("{navn}, versjon {versjon}").format(navn=name, versjon=line.versjon)


def moment(when: dt.datetime | None) -> str:
    """Return local date and time as "14.12.2023 kl. 10.00"; "" for none."""
    if when is None:
        return ""
    return _("{dato} kl. {tid}").format(dato=numeric_date(when), tid=prose_clock(when.time()))


class PapersModel(QAbstractTableModel):
    """The documents of a meeting; the first column can be checked.

    Signals:
        chosen: other documents are checked.
    """

    chosen = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[PaperLine, ...] = ()
        self._unchecked: set[PaperKey] = set()

    def set_lines(self, lines: Sequence[PaperLine], *, anew: bool) -> None:
        """Show documents; `anew` checks the papers of the meeting alone, else each keeps its check.

        Of new lines, too, the papers are checked.
        """
        known = set() if anew else {line.key for line in self._lines}
        if anew:
            self._unchecked.clear()
        self._unchecked |= {
            line.key for line in lines if line.slag not in MEETING_PAPERS and line.key not in known
        }
        same = not anew and [line.key for line in lines] == [line.key for line in self._lines]
        if same:
            self._lines = tuple(lines)
            if lines:
                self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, 1))
        else:
            self.beginResetModel()
            self._lines = tuple(lines)
            self.endResetModel()
        self.chosen.emit()

    def lines(self) -> tuple[PaperLine, ...]:
        """Return the documents."""
        return self._lines

    def checked(self) -> tuple[PaperKey, ...]:
        """Return the keys of the documents that are checked, in order."""
        return tuple(line.key for line in self._lines if line.key not in self._unchecked)

    def check_all(self, *, on: bool) -> None:
        """Check every document, or none."""
        self._unchecked = set() if on else {line.key for line in self._lines}
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, 0))
        self.chosen.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        """Return the number of documents; a cell has none."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        """Return the number of columns; a cell has none."""
        return 0 if parent.isValid() else 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        known = super().flags(index)
        first = index.isValid() and index.column() == 0
        return known | Qt.ItemFlag.ItemIsUserCheckable if first else known

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell shows."""
        if not index.isValid():
            return None
        line, first = self._lines[index.row()], index.column() == 0
        answers: dict[int, Callable[[], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda: paper_name(line) if first else _state(line),
            Qt.ItemDataRole.ToolTipRole: lambda: paper_name(line) if first else _state(line),
            Qt.ItemDataRole.CheckStateRole: lambda: self._check_of(line) if first else None,
            Qt.ItemDataRole.FontRole: lambda: None if first else _font(line),
            STATE_ROLE: lambda: line.tilstand,
        }
        return answers[role]() if role in answers else None

    def setData(  # noqa: N802
        self,
        index: Index,
        value: Any,  # noqa: ANN401
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Check a document or not."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid() or index.column():
            return False
        key = self._lines[index.row()].key
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._unchecked.discard(key)
        else:
            self._unchecked.add(key)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        self.chosen.emit()
        return True

    def headerData(  # noqa: N802
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401
        """Return a column's header."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (_("Dokument"), _("Tilstand"))[section] if section in {0, 1} else None

    def _check_of(self, line: PaperLine) -> Qt.CheckState:
        off = line.key in self._unchecked
        return Qt.CheckState.Unchecked if off else Qt.CheckState.Checked


def _state(line: PaperLine) -> str:
    return state_name(line.tilstand)


def _font(line: PaperLine) -> QFont | None:
    if line.tilstand not in _UNFINISHED:
        return None
    font = QFont()
    font.setItalic(True)
    return font


SENT_COLUMNS: Final[tuple[Column[SentLine], ...]] = (
    Column(_("Utsendelse"), sent_name, tooltip=sent_name),
    Column(
        _("Laget"),
        lambda line: numeric_date(line.laget),
        sort=lambda line: line.laget,
        tooltip=lambda line: moment(line.laget),
    ),
    Column(
        _("Sendt"),
        lambda line: numeric_date(line.sendt) if line.sendt else _("Ikke sendt"),
        sort=lambda line: (line.sendt is not None, line.sendt or line.laget),
        tooltip=lambda line: moment(line.sendt) or _("Ikke sendt"),
    ),
    Column(
        _("Til"),
        lambda line: str(line.mottakere) if line.sendt else "",
        sort=lambda line: line.mottakere,
        tooltip=lambda line: _.plural(
            "{antall} mottaker", "{antall} mottakere", line.mottakere
        ).format(antall=line.mottakere),
        right=True,
    ),
)
WRITTEN_COLUMNS: Final[tuple[Column[SavedFile], ...]] = (
    Column(_("Fil"), lambda row: row.path.name, tooltip=lambda row: str(row.path)),
    Column(
        _("Status"),
        lambda row: _(_STATUSES[row.status]),
        tooltip=lambda row: _(_STATUSES[row.status]),
    ),
)


def renamed_text(files: Sequence[SavedFile]) -> str:
    """Return the sentence about files that got another name; "" for none."""
    count = sum(1 for file in files if file.status == "renamed")
    if not count:
        return ""
    return _.plural(
        "{antall} fil fikk nytt navn, fordi filen som lå der, er redigert for hånd. Den er urørt.",
        "{antall} filer fikk nytt navn, fordi filene som lå der, er redigert for hånd. "
        "De er urørt.",
        count,
    ).format(antall=count)


def state_text(overview: PapersOverview) -> str:
    """Return how final the documents of a meeting are, as a sentence."""
    if not overview.ferdigstilt:
        return _("Numre og tider er foreløpige til innkallingen er ferdigstilt.")
    changed = sum(1 for line in overview.papirer if line.tilstand is Papirtilstand.ENDRET)
    if not changed:
        return _("Innkallingen er ferdigstilt, og dokumentene er som da.")
    return _.plural(
        "{antall} dokument er endret etter innkallingen.",
        "{antall} dokumenter er endret etter innkallingen.",
        changed,
    ).format(antall=changed)


def stopped_text(written: int) -> str:
    """Return the sentence about writing that was stopped after so many files."""
    return _.plural(
        "Avbrutt. {antall} fil ble skrevet.", "Avbrutt. {antall} filer ble skrevet.", written
    ).format(antall=written)


def folder_name(text: str) -> str:
    """Return a name that every system takes for a folder."""
    return " ".join(text.translate(_FORBIDDEN_IN_FOLDERS).split()).strip(" .") or _("Møte")


def _folder_key(moete_id: str) -> str:
    return f"mapper/moete-{moete_id}"


class PaperFolder(NamedTuple):
    """Where the documents of a meeting go. `root` must be there; what is below it is made."""

    path: Path
    root: Path | None

    @property
    def nearest(self) -> Path:
        """The folder, or the nearest one above it that is there."""
        folders = (self.path, *self.path.parents)
        return next((one for one in folders if one.is_dir()), Path.home())

    def make(self) -> None:
        """Make the folder where it is not there.

        Raises:
            SaveError: it cannot be made, or the folder the user chose is gone.
        """
        if self.root is not None and not self.root.is_dir():
            raise SaveError("no_folder", self.path)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise SaveError("not_a_folder", self.path) from error
        except OSError as error:
            raise save_error(error, self.path) from error


def folder_of(preferences: Preferences, overview: PapersOverview) -> PaperFolder:
    """Return where the documents of a meeting go: as chosen for it, else below the user's own."""
    chosen = preferences.text(_folder_key(overview.moete_id))
    if chosen:
        return PaperFolder(Path(chosen), Path(chosen))
    name = folder_name(_("Møte {nummer}").format(nummer=overview.nummer))
    base = preferences.documents_folder()
    own = preferences.text("mapper/dokumenter")
    return PaperFolder(base / folder_name(overview.kortnavn) / name, Path(own) if own else None)


def choose_folder(preferences: Preferences, moete_id: str, folder: Path | None) -> None:
    """Let the documents of a meeting go to a folder; None for the usual one."""
    preferences.set_text(_folder_key(moete_id), str(folder) if folder else "")


class WritingRun:
    """Writes documents into a folder, one after the other. Runs in the background.

    What is written stays when a later document fails or the user stops: `saved` holds it.
    """

    def __init__(self, folder: PaperFolder, created: dt.datetime) -> None:
        self.folder = folder
        self.created = created
        self.saved: list[SavedFile] = []
        self.missing_styles: dict[str, None] = {}

    def write(self, papers: Papers, progress: Progress) -> None:
        """Write gathered documents.

        Raises:
            SaveError, TemplateError: the documents before it are in place.
        """
        self.folder.make()
        progress(0, len(papers.papers))
        for number, paper in enumerate(papers.papers, 1):
            for made in write_papers(Papers((paper,), papers.template), created=self.created):
                self.missing_styles |= dict.fromkeys(made.missing_styles)
                self.saved.append(save_document(self.folder.path, made.filnavn, made.data))
            if not progress(number, len(papers.papers)):
                return

    def copy(self, files: Sequence[StoredFile], progress: Progress) -> None:
        """Put files of the archive into the folder, byte for byte.

        Raises:
            SaveError: the files before it are in place.
        """
        self.folder.make()
        for number, file in enumerate(files, 1):
            self.saved.append(save_document(self.folder.path, file.filnavn, file.data))
            if not progress(number, len(files)):
                return


def start_gated(tasks: Tasks, label: str, job: Job) -> tuple[Task, Callable[[], None]]:
    """Start a job that waits for the call returned: connect the task's signals, then call it.

    A job that fails at once would else have told so before anybody listens.
    """
    listened = Event()

    def wait_and_run(report: Progress) -> object:
        listened.wait()
        return job(report)

    return tasks.start(label, wait_and_run), listened.set


class OpenedFiles:
    """Files of the archive that are opened as they were: read-only copies, gone when we are."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def put(self, utsendelse_id: str, file: StoredFile) -> Path:
        """Return the path of a read-only copy that keeps its name.

        Raises:
            OSError: it cannot be written.
        """
        path = self._made_folder() / utsendelse_id / folder_name(file.filnavn)
        path.parent.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            if path.read_bytes() == file.data:
                return path
            path.chmod(0o600)
        path.write_bytes(file.data)
        path.chmod(0o400)
        return path

    def _made_folder(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="motebok-"))
            finalize(self, _remove, self._folder)
        return self._folder


def _remove(folder: Path) -> None:
    """Remove a folder of read-only files; one that another program holds open is left."""
    with suppress(OSError):
        for path in folder.rglob("*"):
            path.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)
