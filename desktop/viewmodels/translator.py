"""Qt's own words in Norwegian: buttons, menus of text fields and scroll bars, keys, file dialogs.

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
        "Close without Saving": "Lukk uten å lagre",
        "&Select All": "&Merk alt",
        "&Step up": "Et trinn &opp",
        "Step &down": "Et trinn &ned",
        "Scroll here": "Rull hit",
        "Top": "Øverst",
        "Bottom": "Nederst",
        "Left edge": "Venstre kant",
        "Right edge": "Høyre kant",
        "Page up": "En side opp",
        "Page down": "En side ned",
        "Page left": "En side til venstre",
        "Page right": "En side til høyre",
        "Scroll up": "Rull opp",
        "Scroll down": "Rull ned",
        "Scroll left": "Rull til venstre",
        "Scroll right": "Rull til høyre",
        "Scroll Left": "Rull til venstre",
        "Scroll Right": "Rull til høyre",
        "Enter a value:": "Skriv en verdi:",
        "What's This?": "Hva er dette?",
        "Undo": "Angre",
        "Redo": "Gjenta",
        "Undo %1": "Angre %1",
        "Redo %1": "Gjenta %1",
    }
)
_FILES: Final = MappingProxyType(
    {
        "Directory:": "Mappe:",
        "File &name:": "Fil&navn:",
        "Files of type:": "Filtype:",
        "&Files of type:": "Fil&type:",
        "Files of &type:": "Fil&type:",
        "Look in:": "Søk i:",
        "&Look in:": "&Søk i:",
        "Folder": "Mappe",
        "File Folder": "Mappe",
        "File": "Fil",
        "%1 File": "%1-fil",
        "Files": "Filer",
        "Alias": "Alias",
        "Shortcut": "Snarvei",
        "Unknown": "Ukjent",
        "Drive": "Stasjon",
        "Directories": "Mapper",
        "All Files (*)": "Alle filer (*)",
        "All files (*)": "Alle filer (*)",
        "&Choose": "&Velg",
        "Back": "Tilbake",
        "Go back": "Gå tilbake",
        "Forward": "Framover",
        "Go forward": "Gå framover",
        "Parent Directory": "Mappen over",
        "Go to the parent directory": "Gå til mappen over",
        "Create New Folder": "Ny mappe",
        "Create a New Folder": "Lag en ny mappe",
        "List View": "Liste",
        "Change to list view mode": "Vis som liste",
        "Detail View": "Detaljer",
        "Change to detail view mode": "Vis med detaljer",
        "Sidebar": "Steder",
        "List of places and bookmarks": "Steder og bokmerker",
        "Recent Places": "Siste steder",
        "Remove": "Fjern",
        "Show ": "Vis ",
        "Name": "Navn",
        "Size": "Størrelse",
        "Type": "Type",
        "Kind": "Type",
        "Date Modified": "Endret",
        "Computer": "Datamaskin",
        "My Computer": "Min datamaskin",
        "&Rename": "Gi &nytt navn",
        "&Delete": "&Slett",
        "Show &hidden files": "Vis s&kjulte filer",
        "&New Folder": "&Ny mappe",
        "New Folder": "Ny mappe",
        "Save As": "Lagre som",
        "Find Directory": "Finn mappe",
        "Invalid filename": "Ugyldig filnavn",
        "%1 already exists.\nDo you want to replace it?": (
            "%1 finnes allerede.\nVil du erstatte den?"
        ),
        "%1\nFile not found.\nPlease verify the correct file name was given.": (
            "%1\nFilen finnes ikke.\nSe etter om filnavnet er riktig skrevet."
        ),
        "%1\nDirectory not found.\nPlease verify the correct directory name was given.": (
            "%1\nMappen finnes ikke.\nSe etter om mappenavnet er riktig skrevet."
        ),
        "'%1' is write protected.\nDo you want to delete it anyway?": (
            "«%1» er skrivebeskyttet.\nVil du slette den likevel?"
        ),
        "Are you sure you want to delete '%1'?": "Vil du slette «%1»?",
        "Could not delete directory.": "Mappen kunne ikke slettes.",
        '<b>The name "%1" cannot be used.</b><p>Try using another name, with fewer characters '
        "or no punctuation marks.": (
            "<b>Navnet «%1» kan ikke brukes.</b><p>Prøv et annet navn, kortere eller uten "
            "skilletegn."
        ),
    }
)
_SPOKEN: Final = MappingProxyType(
    {
        "Press": "Trykk",
        "Increase": "Øk",
        "Decrease": "Minsk",
        "ShowMenu": "Vis meny",
        "SetFocus": "Gå hit",
        "Toggle": "Slå av eller på",
        "Scroll Up": "Rull opp",
        "Scroll Down": "Rull ned",
        "Previous Page": "Forrige side",
        "Next Page": "Neste side",
        "Triggers the action": "Utfører handlingen",
        "Increase the value": "Øker verdien",
        "Decrease the value": "Minsker verdien",
        "Shows the menu": "Viser menyen",
        "Sets the focus": "Flytter fokus hit",
        "Toggles the state": "Slår av eller på",
        "Scrolls to the left": "Ruller til venstre",
        "Scrolls to the right": "Ruller til høyre",
        "Scrolls up": "Ruller opp",
        "Scrolls down": "Ruller ned",
        "Goes back a page": "Går en side tilbake",
        "Goes to the next page": "Går til neste side",
        "Open the combo box selection popup": "Åpner listen",
        "True": "Ja",
        "False": "Nei",
    }
)
_KEYS: Final = MappingProxyType(
    {
        "Up": "↑",
        "Down": "↓",
        "Left": "←",
        "Right": "→",
        "Del": "Delete",
        "Ins": "Insert",
        "Space": "Mellomrom",
        "Backspace": "Tilbaketast",
        "PgDown": "PgDn",
        "Return": "↵ Enter",
        "Menu": "Menytast",
        "Print": "Print Screen",
    }
)
"""Key names of menus. "Return" is not plain "Enter": Qt reads the names back, and there are two."""

_MORE: Final = _WORDS | _FILES | _SPOKEN


class NorwegianTranslator(QTranslator):
    """Answers Qt's requests for words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def translate(
        self,
        context: str,
        source_text: str,
        disambiguation: str | None = None,  # noqa: ARG002
        n: int = -1,  # noqa: ARG002
    ) -> str:
        """Return the Norwegian word for one of Qt's, or the word itself."""
        words = _KEYS if context == "QShortcut" else _MORE
        return words.get(source_text, source_text)

    def isEmpty(self) -> bool:  # noqa: N802
        """Return False: there are words."""
        return False
