"""What this user on this machine has chosen; kept outside the archive."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

_MOST_RECENT = 8


class Appearance(StrEnum):
    """Light, dark, or as the system has it."""

    SYSTEM = "system"
    LIGHT = "lys"
    DARK = "moerk"


class Preferences:
    """Reads and writes the user's choices in an ini file."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or _folder() / "motebok.ini"
        self._settings = QSettings(str(self.path), QSettings.Format.IniFormat)

    def recent(self) -> list[Path]:
        """Return the archives opened last, the latest first; those that are gone are left out."""
        stored = self._settings.value("arkiv/siste", [])
        names = stored if isinstance(stored, list) else [str(stored)]
        return [Path(name) for name in names if Path(name).is_file()]

    def remember(self, path: Path) -> None:
        """Put an archive first among those opened last."""
        others = [name for name in self.recent() if name != path]
        names = [str(name) for name in (path, *others)][:_MOST_RECENT]
        self._settings.setValue("arkiv/siste", names)

    def text(self, key: str, default: str = "") -> str:
        """Return a stored text."""
        return str(self._settings.value(key, default) or default)

    def set_text(self, key: str, value: str) -> None:
        """Store a text."""
        self._settings.setValue(key, value)

    def window_state(self, key: str) -> QByteArray:
        """Return stored bytes, such as a window's place."""
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_window_state(self, key: str, value: QByteArray) -> None:
        """Store bytes."""
        self._settings.setValue(key, value)

    def user_name(self) -> str:
        """Return the user's own name, as the log gives it; "" before it is known."""
        return self.text("bruker/navn")

    def appearance(self) -> Appearance:
        """Return the chosen appearance."""
        try:
            return Appearance(self.text("utseende", Appearance.SYSTEM))
        except ValueError:
            return Appearance.SYSTEM

    def documents_folder(self) -> Path:
        """Return where documents are written: the chosen folder, else the user's documents."""
        chosen = self.text("mapper/dokumenter")
        return Path(chosen) if chosen else Path.home() / "Documents" / "Møtebok"

    def sync(self) -> None:
        """Write what was changed to the disk."""
        self._settings.sync()


def _folder() -> Path:
    place = QStandardPaths.StandardLocation.GenericConfigLocation
    return Path(QStandardPaths.writableLocation(place)) / "motebok"
