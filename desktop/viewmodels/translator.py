"""Qt's own words in Norwegian: buttons, menus of text fields, file dialogs.

Qt ships no bokmål. Unknown words are returned as they are: an empty answer would blank a button.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QObject, QTranslator

_WORDS: Final = MappingProxyType(
    {
        "&OK": "&OK",
        "OK": "OK",
        "&Cancel": "&Avbryt",
        "Cancel": "Avbryt",
        "&Yes": "&Ja",
        "&No": "&Nei",
        "Yes": "Ja",
        "No": "Nei",
        "&Close": "&Lukk",
        "Close": "Lukk",
        "&Save": "&Lagre",
        "Save": "Lagre",
        "&Open": "&Åpne",
        "Open": "Åpne",
        "Apply": "Bruk",
        "Reset": "Tilbakestill",
        "Help": "Hjelp",
        "Discard": "Forkast",
        "Save All": "Lagre alle",
        "Yes to &All": "Ja til &alle",
        "N&o to All": "N&ei til alle",
        "Abort": "Avbryt",
        "Retry": "Prøv igjen",
        "Ignore": "Ignorer",
        "Restore Defaults": "Gjenopprett standard",
        "Don't Save": "Ikke lagre",
        "&Undo": "&Angre",
        "&Redo": "&Gjenta",
        "Cu&t": "Klipp &ut",
        "&Copy": "&Kopier",
        "&Paste": "&Lim inn",
        "Delete": "Slett",
        "Select All": "Merk alt",
        "Copy &Link Location": "Kopier &lenkeadressen",
        "Show Details...": "Vis detaljer …",
        "Hide Details...": "Skjul detaljer …",
        "Directory:": "Mappe:",
        "File &name:": "Fil&navn:",
        "Files of type:": "Filtype:",
        "Look in:": "Søk i:",
        "&Look in:": "&Søk i:",
        "&Files of type:": "Fil&type:",
        "Files of &type:": "Fil&type:",
        "Folder": "Mappe",
        "File Folder": "Mappe",
        "Drive": "Stasjon",
        "Directories": "Mapper",
        "All Files (*)": "Alle filer (*)",
        "&Choose": "&Velg",
        "Back": "Tilbake",
        "Forward": "Framover",
        "Parent Directory": "Mappen over",
        "Create New Folder": "Ny mappe",
        "List View": "Liste",
        "Detail View": "Detaljer",
        "Name": "Navn",
        "Size": "Størrelse",
        "Type": "Type",
        "Kind": "Type",
        "Date Modified": "Endret",
        "Computer": "Datamaskin",
        "&Rename": "Gi &nytt navn",
        "&Delete": "&Slett",
        "Show &hidden files": "Vis s&kjulte filer",
        "&New Folder": "&Ny mappe",
        "Save As": "Lagre som",
        "Find Directory": "Finn mappe",
    }
)


class NorwegianTranslator(QTranslator):
    """Answers Qt's requests for words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def translate(
        self,
        context: str,  # noqa: ARG002
        source_text: str,
        disambiguation: str | None = None,  # noqa: ARG002
        n: int = -1,  # noqa: ARG002
    ) -> str:
        """Return the Norwegian word for one of Qt's, or the word itself."""
        return _WORDS.get(source_text, source_text)

    def isEmpty(self) -> bool:  # noqa: N802
        """Return False: there are words."""
        return False
