"""The user's own choices: name, folders and appearance. They are kept outside the archive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFileDialog,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from desktop.services.backups import backup_folder
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Appearance, Preferences
from desktop.views.field import Field
from desktop.views.parts import button, column, label, row
from desktop.views.theme import apply_theme
from desktop.views.words import _

_APPEARANCES = (
    (Appearance.SYSTEM, _("Som &systemet")),
    (Appearance.LIGHT, _("L&yst")),
    (Appearance.DARK, _("&Mørkt")),
)
BACKUPS = "mapper/sikkerhetskopier"
DOCUMENTS = "mapper/dokumenter"


class Own(QWidget):
    """Shows what the user has chosen; a choice counts at once."""

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__()
        self.desk = desk
        self.preferences = preferences
        self.name = QLineEdit()
        self.name_field = Field(
            _("&Ditt navn"), self.name, help_text=_("Står i historikken ved det du endrer.")
        )
        self.name.editingFinished.connect(self._keep_name)
        self.documents = Folder(
            _("&Dokumenter skrives i"), lambda: str(preferences.documents_folder()), preferences,
            DOCUMENTS,
        )  # fmt: skip
        self.backups = Folder(_("Sikkerhets&kopier legges i"), self._backups, preferences, BACKUPS)
        self.appearance = QButtonGroup(self)
        look = row(spacing=18)
        for place, (key, text) in enumerate(_APPEARANCES):
            choice = QRadioButton(text)
            choice.setAccessibleName(text.replace("&", ""))
            choice.setProperty("utseende", key.value)
            self.appearance.addButton(choice, place)
            look.addWidget(choice)
        look.addStretch(1)
        self.appearance.idClicked.connect(self._choose_look)
        heading = label(_("Utseende"))
        self.setLayout(
            column(
                label(_("Deg og programmet"), "undertittel"),
                self.name_field,
                self.documents,
                self.backups,
                heading,
                look,
                None,
                spacing=14,
            )
        )

    def load(self) -> None:
        """Show what is chosen."""
        if not self.name.hasFocus():
            self.name.setText(self.preferences.user_name() or self.desk.archive.bruker)
        self.documents.load()
        self.backups.load()
        chosen = self.preferences.appearance()
        for place, (key, _text) in enumerate(_APPEARANCES):
            self.appearance.button(place).setChecked(key is chosen)

    def _backups(self) -> str:
        chosen = self.preferences.text(BACKUPS)
        return str(backup_folder(self.desk.path, Path(chosen) if chosen else None))

    def _keep_name(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            self.name_field.say(_("Skriv navnet ditt, så andre ser hvem som har endret noe."))
            return
        self.name_field.say("")
        self.preferences.set_text("bruker/navn", name)
        self.preferences.sync()
        self.desk.archive.bruker = name

    def _choose_look(self, place: int) -> None:
        chosen = _APPEARANCES[place][0]
        self.preferences.set_text("utseende", chosen.value)
        self.preferences.sync()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, chosen)


class Folder(QWidget):
    """A folder that is shown, chosen, and set back to the usual one."""

    def __init__(
        self, name: str, shown: Callable[[], str], preferences: Preferences, key: str
    ) -> None:
        super().__init__()
        self._shown, self._preferences, self._key = shown, preferences, key
        self.path = QLineEdit()
        self.path.setReadOnly(True)
        plain = name.replace("&", "")
        self.choose_button = button(_("Velg …"), self.choose)
        self.choose_button.setAccessibleName(_("Velg mappe: {hva}").format(hva=plain))
        self.usual_button = button(_("Vanlig mappe"), lambda: self.keep(""))
        self.usual_button.setAccessibleName(_("Vanlig mappe: {hva}").format(hva=plain))
        buttons = QWidget()
        buttons.setLayout(row(self.choose_button, self.usual_button))
        self.field = Field(name, self.path, beside=buttons)
        self.setLayout(column(self.field))

    def load(self) -> None:
        """Show the folder that counts."""
        folder = self._shown()
        self.path.setText(folder)
        self.path.setToolTip(folder)
        chosen = self._preferences.text(self._key)
        self.usual_button.setEnabled(bool(chosen))
        missing = bool(chosen) and not Path(chosen).is_dir()
        self.field.say(
            _("Mappen finnes ikke lenger. Velg en annen, eller den vanlige.") if missing else ""
        )

    def choose(self) -> None:
        """Ask for a folder."""
        folder = QFileDialog.getExistingDirectory(self, _("Velg mappe"), self.path.text())
        if folder:
            self.keep(folder)

    def keep(self, folder: str) -> None:
        """Use a folder; "" is the usual one."""
        self._preferences.set_text(self._key, folder)
        self._preferences.sync()
        self.load()
