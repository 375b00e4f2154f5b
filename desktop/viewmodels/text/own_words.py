"""The words this user has added to the dictionary; one in a line, in a text file of the user's."""

from __future__ import annotations

from pathlib import Path

from desktop.viewmodels.preferences import Preferences

_NAME = "egne-ord.txt"


class OwnWords:
    """Reads and adds words. A file that cannot be read counts as empty."""

    def __init__(self, preferences: Preferences) -> None:
        self.path: Path = preferences.path.with_name(_NAME)
        self._words = self._read()

    def __contains__(self, word: str) -> bool:
        return word in self._words or word[:1].lower() + word[1:] in self._words

    def all(self) -> list[str]:
        """Return the words, sorted as text."""
        return sorted(self._words)

    def add(self, word: str) -> None:
        """Add a word, and keep it for the next start.

        Raises:
            OSError: the file cannot be written; the word counts until the program ends.
        """
        self._words.add(word)
        self._write()

    def remove(self, word: str) -> None:
        """Take a word away.

        Raises:
            OSError: the file cannot be written.
        """
        self._words.discard(word)
        self._write()

    def _read(self) -> set[str]:
        try:
            return set(self.path.read_text("utf-8").split())
        except (OSError, ValueError):
            return set()

    def _write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_suffix(".ny")
        part.write_text("\n".join(self.all()) + "\n", "utf-8")
        part.replace(self.path)
