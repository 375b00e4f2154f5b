"""The welcome page: a new archive, an existing one, the example, or one of those opened last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from desktop.filer.names import safe_file_name
from desktop.rules.kinds import Maalform
from desktop.services.new_archive import NewArchive
from desktop.viewmodels.preferences import Preferences
from desktop.views.field import Field
from desktop.views.parts import Notice, button, column, label, row
from desktop.views.words import _

SUFFIX = ".motebok"
FILE_FILTER = _("Møtebok-arkiv (*.motebok)")
_HIGHEST = 9999
_FORM_WIDTH = 430
_SIDE_WIDTH = 330


def documents_folder() -> Path:
    """Return where a new archive is proposed to lie."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or Path.home()) / "Møtebok"


class WelcomePage(QScrollArea):
    """What is shown while no archive is open.

    Signals:
        create_wanted: a NewArchive.
        open_wanted: the path of an archive.
        restore_wanted: the path of an archive that shall be restored from a copy.
        example_wanted: the example archive is asked for.
        example_stopped: the user does not want to wait for it.
    """

    create_wanted = Signal(object)
    open_wanted = Signal(object)
    restore_wanted = Signal(object)
    example_wanted = Signal()
    example_stopped = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._year = dt.datetime.now().year  # noqa: DTZ005  (local)
        self._damaged: Path | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.notice = Notice()
        self.restore = button(_("Gjenopprett fra sikkerhetskopi …"), self._restore)
        self.restore.hide()
        self._make_fields(preferences.user_name())
        body = row(self._new_card(), self._open_side(preferences.recent()), spacing=20)
        body.setAlignment(Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        inner.setMaximumWidth(_FORM_WIDTH + _SIDE_WIDTH + 20)
        inner.setLayout(
            column(
                label(_("Velkommen til Møtebok"), "tittel"),
                label(_WHAT_FOR, "stille", wrap=True),
                self.notice,
                row(self.restore, None),
                body,
                None,
                spacing=14,
            )
        )
        outer = QWidget()
        outer.setLayout(row(None, inner, None, margin=28))
        outer.layout().setStretch(1, 100)  # type: ignore[union-attr]
        self.setWidget(outer)
        self._follow_names()

    def _make_fields(self, user: str) -> None:
        self.user = QLineEdit(user)
        self.utvalg = QLineEdit()
        self.utvalg.setPlaceholderText(_("for eksempel Nasjonalt e-helseråd"))
        self.name = QLineEdit()
        self.path = QLineEdit()
        self.language = QComboBox()
        self.language.addItem(_("Bokmål"), Maalform.NB)
        self.language.addItem(_("Nynorsk"), Maalform.NN)
        self.next_sak, self.next_moete = QLineEdit("1"), QLineEdit("1")
        choose = button(_("Velg …"), self._choose_place)
        choose.setAccessibleName(_("Velg hvor arkivet skal ligge"))
        self.fields = {
            "bruker": Field(_("&Ditt navn"), self.user, help_text=_NAME_HELP),
            "utvalg": Field(_("&Utvalg"), self.utvalg, help_text=_UTVALG_HELP),
            "navn": Field(_("&Navn på arkivet"), self.name),
            "sti": Field(_("&Lagres som"), self.path, beside=choose, help_text=_PLACE_HELP),
            "maalform": Field(_("Målform i &dokumentene"), self.language),
            "sak": Field(_("Neste &saksnummer"), self.next_sak),
            "moete": Field(_("Neste &møtenummer"), self.next_moete),
        }

    def _new_card(self) -> QFrame:
        series = _("Hvor står nummerserien i {aar}?").format(aar=self._year)
        self.create_button = button(_("Lag arkivet"), self._create, main=True)
        fields = self.fields
        numbers = row(fields["sak"], fields["moete"], spacing=12)
        numbers.setAlignment(Qt.AlignmentFlag.AlignTop)
        card = _card(
            label(_("Nytt arkiv"), "undertittel"),
            fields["bruker"],
            fields["utvalg"],
            fields["navn"],
            fields["sti"],
            fields["maalform"],
            label(series),
            numbers,
            label(_SERIES_HELP, "stille", wrap=True),
            row(None, self.create_button),
        )
        for line in (self.user, self.utvalg, self.name, self.path, self.next_sak, self.next_moete):
            line.returnPressed.connect(self._create)
        card.setMinimumWidth(360)
        return card

    def _open_side(self, recent: list[Path]) -> QWidget:
        self.open_button = button(_("Åpne et arkiv …"), self.choose_archive)
        self.example = button(_("Åpne eksempelarkivet"), self._want_example)
        self.example_text = label(_EXAMPLE_HELP, "stille", wrap=True)
        self.recent = [self._recent_button(path) for path in recent]
        side = QWidget()
        cards: list[QFrame] = []
        if self.recent:
            cards.append(_card(label(_("Sist brukt"), "undertittel"), *self.recent))
        cards.append(
            _card(
                label(_("Har du et arkiv?"), "undertittel"),
                label(_OPEN_HELP, "stille", wrap=True),
                self.open_button,
            )
        )
        cards.append(
            _card(label(_("Vil du se deg om?"), "undertittel"), self.example_text, self.example)
        )
        side.setLayout(column(*cards, None, spacing=14))
        side.setMaximumWidth(_SIDE_WIDTH)
        side.setMinimumWidth(250)
        return side

    def _recent_button(self, path: Path) -> QPushButton:
        made = button(path.stem.replace("&", "&&"), lambda: self.open_wanted.emit(path))
        made.setAccessibleName(_("Åpne {navn}").format(navn=path.stem))
        made.setToolTip(str(path))
        return made

    def focus_first(self) -> None:
        """Put the focus where most people begin: the archive used last, else the first field."""
        if self.recent:
            self.recent[0].setFocus()
        else:
            self.begin_new()

    def user_name(self) -> str:
        """Return the name typed, cleaned."""
        return " ".join(self.user.text().split())

    def say(self, sentence: str, damaged: Path | None = None) -> None:
        """Say why no archive is open; a damaged one can be restored from a copy."""
        self.notice.say(sentence)
        self._damaged = damaged
        self.restore.setVisible(damaged is not None)
        self.ensureVisible(0, 0)

    def show_example_step(self, step: str) -> None:
        """Show how far the example archive is; "" when it is over."""
        working = bool(step)
        self.example_text.setText(step or _EXAMPLE_HELP)
        self.example.setText(_("Avbryt") if working else _("Åpne eksempelarkivet"))
        self.example.setAccessibleName(self.example.text())
        for other in (self.create_button, self.open_button, *self.recent):
            other.setEnabled(not working)

    def begin_new(self) -> None:
        """Put the focus where a new archive begins."""
        (self.utvalg if self.user.text() else self.user).setFocus()

    def choose_archive(self) -> None:
        """Ask for the file of an archive and want it opened."""
        self.ask_for_archive(self, self.open_wanted.emit)

    @staticmethod
    def ask_for_archive(parent: QWidget, chosen: Callable[[Path], object]) -> None:
        """Ask for the file of an archive, and tell which one was chosen."""
        folder = documents_folder()
        start = next(one for one in (folder, *folder.parents) if one.is_dir())
        dialog = QFileDialog(parent, _("Åpne arkiv"), str(start), FILE_FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: chosen(Path(name)))
        dialog.open()

    def _choose_place(self) -> None:
        dialog = QFileDialog(self, _("Lagre arkivet som"), self.path.text(), FILE_FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._place_chosen)
        dialog.open()

    def _place_chosen(self, name: str) -> None:
        self.path.setText(name)
        self.path.setModified(True)
        self.fields["sti"].say(self._path_error())

    def _follow_names(self) -> None:
        """Let the archive's name follow the utvalg's, and the file the name, until typed over."""
        self.utvalg.textChanged.connect(self._propose_name)
        self.name.textChanged.connect(self._propose_path)
        self.path.textChanged.connect(lambda _text: self.fields["sti"].say(self._path_error()))
        self._propose_path(_("Arkiv"))

    def _propose_name(self, utvalg: str) -> None:
        if not self.name.isModified():
            self.name.setText(utvalg)

    def _propose_path(self, name: str) -> None:
        if not self.path.isModified():
            file = safe_file_name(name.strip() or _("Arkiv"))
            self.path.setText(str(documents_folder() / f"{file}{SUFFIX}"))

    def _path_error(self) -> str:
        text = self.path.text().strip()
        if not text:
            return _("Si hvor arkivet skal ligge.")
        if self._wanted_path().exists():
            return _("Det ligger allerede en fil der. Velg et annet navn.")
        return ""

    def _wanted_path(self) -> Path:
        path = Path(self.path.text().strip()).expanduser()
        if not path.is_absolute():
            path = documents_folder() / path
        return path if path.suffix == SUFFIX else path.with_name(f"{path.name}{SUFFIX}")

    def _create(self) -> None:
        problems = {
            "bruker": "" if self.user_name() else _("Skriv navnet ditt."),
            "utvalg": "" if self.utvalg.text().strip() else _("Skriv hva utvalget heter."),
            "navn": "" if self.name.text().strip() else _("Gi arkivet et navn."),
            "sti": self._path_error(),
            "sak": _number_error(self.next_sak),
            "moete": _number_error(self.next_moete),
        }
        for name, problem in problems.items():
            self.fields[name].say(problem)
        wrong = next((name for name, problem in problems.items() if problem), None)
        if wrong is not None:
            self.fields[wrong].control.setFocus()
            self.ensureWidgetVisible(self.fields[wrong])
            return
        self.create_wanted.emit(
            NewArchive(
                sti=self._wanted_path(),
                navn=self.name.text(),
                bruker=self.user_name(),
                utvalg=self.utvalg.text(),
                maalform=Maalform(self.language.currentData()),
                aar=self._year,
                neste_sak=int(self.next_sak.text()),
                neste_moete=int(self.next_moete.text()),
            )
        )

    def _want_example(self) -> None:
        working = self.example.text() == _("Avbryt")
        (self.example_stopped if working else self.example_wanted).emit()

    def _restore(self) -> None:
        if self._damaged is not None:
            self.restore_wanted.emit(self._damaged)


_WHAT_FOR = _(
    "Møtebok holder møter, saker, toppnotater og referater for et utvalg i ett arkiv, som er én "
    "fil på denne maskinen."
)
_NAME_HELP = _("Står i historikken ved det du gjør.")
_UTVALG_HELP = _("Flere utvalg kan legges til siden.")
_PLACE_HELP = _("Velg en mappe på en lokal disk.")
_SERIES_HELP = _("La begge stå på 1 hvis året ikke har hatt noe møte ennå.")
_OPEN_HELP = _("Arkiver har filnavn som slutter på .motebok.")
_EXAMPLE_HELP = _("Eksempelarkivet har to møter med saker, toppnotater og referat å prøve seg på.")


def _number_error(field: QLineEdit) -> str:
    text = field.text().strip()
    if text.isdecimal() and 1 <= int(text) <= _HIGHEST:
        return ""
    return _("Skriv et tall fra 1 til {hoeyest}.").format(hoeyest=_HIGHEST)


def _card(*items: QWidget | QLayout) -> QFrame:
    made = QFrame()
    made.setObjectName("kort")
    made.setLayout(column(*items, margin=18, spacing=10))
    return made
