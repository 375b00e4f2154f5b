"""The spelling of the archive that is open."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject

from desktop.i18n.spelling import SpellingLanguage
from desktop.services.known_words import known_words
from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.text.own_words import OwnWords
from desktop.viewmodels.text.speller import Speller

_WITH_NAMES: Final = frozenset({"person", "organisasjonsnavn", "utvalg"})


class Spellers(QObject):
    """The spelling of an open archive: one speller a language, made when it is first wanted."""

    def __init__(self, desk: Desk, own: OwnWords) -> None:
        super().__init__(desk)
        self.own = own
        self._desk = desk
        self._made: dict[SpellingLanguage, Speller] = {}
        desk.changed.connect(self._renew_names)
        desk.closing.connect(self.close)

    def of(self, language: SpellingLanguage) -> Speller:
        """Return the speller of a language."""
        if language not in self._made:
            names = self._desk.read(known_words)
            self._made[language] = Speller(language, self.own, names, self)
        return self._made[language]

    def close(self) -> None:
        """End every process."""
        for speller in self._made.values():
            speller.close()
        self._made.clear()

    def _renew_names(self, changes: ChangeSet) -> None:
        if self._made and changes.tables & _WITH_NAMES:
            names = self._desk.read(known_words)
            for speller in self._made.values():
                speller.set_names(names)
