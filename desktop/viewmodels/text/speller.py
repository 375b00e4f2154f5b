"""Spelling for the editors of one language: answers from memory, and asks its process for the rest.

`wrong` never waits: a word it has not met counts as right, is sent to the spelling process, and
`learned` tells when the answer is there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from desktop.i18n.spelling import SpellingLanguage, bare
from desktop.i18n.spelling_server import OPTION
from desktop.viewmodels.text.own_words import OwnWords

_GATHER_MS: Final = 60
_MOST_REMEMBERED: Final = 200_000
_MOST_STARTS: Final = 3
Suggested = Callable[[list[str]], None]


def _command(language: SpellingLanguage) -> tuple[str, list[str]]:
    module = [] if getattr(sys, "frozen", False) else ["-P", "-m", "desktop"]
    return sys.executable, [*module, OPTION, language]


class Speller(QObject):
    """The spelling of one language. Starts its process with the first word.

    Signals:
        learned: the set of words found wrong, or that became right; texts with them look otherwise.
    """

    learned = Signal(object)

    def __init__(
        self,
        language: SpellingLanguage,
        own: OwnWords,
        names: Iterable[str] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.language = language
        self._own = own
        self._names = frozenset(names)
        self._known: dict[str, bool] = {}
        self._waiting: dict[str, None] = {}
        self._asked: dict[int, list[str] | Suggested] = {}
        self._number = 0
        self._starts = 0
        self._unread = b""
        self._process: QProcess | None = None
        self._timer = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._timer.timeout.connect(self._ask)

    def wrong(self, words: Iterable[str]) -> set[str]:
        """Return those among words that are known to be wrong; unknown ones are looked up."""
        found = set()
        for word in words:
            known = self._known.get(word)
            if known is None and not self._is_familiar(word):
                self._waiting[word] = None
            elif known is False and not self._is_familiar(word):
                found.add(word)
        if self._waiting and not self._timer.isActive():
            self._timer.start()
        return found

    def suggest(self, word: str, answer: Suggested) -> None:
        """Call `answer` with what may have been meant, when it is known."""
        self._send(answer, {"forslag": word})

    def add(self, word: str) -> None:
        """Count a word as right from now on.

        Raises:
            OSError: the list of own words cannot be written; the word counts until the end.
        """
        try:
            self._own.add(bare(word))
        finally:
            self._known.pop(word, None)
            self.learned.emit({word})

    def set_names(self, names: Iterable[str]) -> None:
        """Count the names of the archive as right."""
        fresh = frozenset(names)
        changed = fresh ^ self._names
        self._names = fresh
        if changed:
            self.learned.emit({word for word in self._known if self._in_names(word, changed)})

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        self._timer.stop()
        if process is not None:
            process.finished.disconnect()
            process.closeWriteChannel()
            if not process.waitForFinished(500):
                process.kill()
                process.waitForFinished(500)

    def _is_familiar(self, word: str) -> bool:
        return self._in_names(word, self._names) or bare(word) in self._own

    @staticmethod
    def _in_names(word: str, names: frozenset[str]) -> bool:
        plain = bare(word)
        return plain in names or plain.removesuffix("s") in names

    def _ask(self) -> None:
        words, self._waiting = list(self._waiting), {}
        if len(self._known) > _MOST_REMEMBERED:
            self._known.clear()
        if words:
            self._send(words, {"ord": words})

    def _send(self, asked: list[str] | Suggested, question: dict[str, Any]) -> None:
        process = self._running()
        if process is None:
            if callable(asked):
                asked([])
            return
        self._number += 1
        self._asked[self._number] = asked
        line = json.dumps({"nr": self._number, **question}).encode() + b"\n"
        process.write(line)

    def _running(self) -> QProcess | None:
        if self._process is None and self._starts < _MOST_STARTS:
            self._starts += 1
            process = QProcess(self)
            process.readyReadStandardOutput.connect(self._read)
            process.finished.connect(self._ended)
            process.errorOccurred.connect(self._ended)
            program, arguments = _command(self.language)
            self._process = process
            process.start(program, arguments)
        return self._process

    def _ended(self, *_how: object) -> None:
        """Forget a process that ended by itself: what it was asked may be asked again."""
        process, self._process, self._unread = self._process, None, b""
        if process is not None:
            process.deleteLater()
        asked, self._asked = self._asked, {}
        for one in asked.values():
            if callable(one):
                one([])

    def _read(self) -> None:
        if self._process is None:
            return
        *lines, self._unread = (
            self._unread + bytes(self._process.readAllStandardOutput().data())
        ).split(b"\n")
        for line in lines:
            self._take(json.loads(line))

    def _take(self, answer: dict[str, Any]) -> None:
        if answer.get("mangler"):
            self._starts = _MOST_STARTS
            return
        asked = self._asked.pop(answer["nr"], None)
        if callable(asked):
            asked(answer["forslag"])
        elif asked is not None:
            wrong = set(answer["feil"])
            self._known.update((word, word not in wrong) for word in asked)
            if wrong:
                self.learned.emit(wrong)


class SpellerSource(Protocol):
    """Where the speller of a language is found."""

    def of(self, language: SpellingLanguage) -> Speller:
        """Return the speller of a language."""
