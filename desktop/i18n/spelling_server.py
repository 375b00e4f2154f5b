"""The spelling process: reads questions as lines of JSON and answers them, until its input ends.

Hunspell holds the interpreter's lock for up to a third of a second, in which no window is
painted; hence a process of its own. `{"nr": 1, "ord": [...]}` is answered by
`{"nr": 1, "feil": [...]}`, and `{"nr": 2, "forslag": "word"}` by `{"nr": 2, "forslag": [...]}`.
Without word lists the first line is `{"mangler": true}`.
"""

from __future__ import annotations

import json
import sys
from typing import IO, Any

from desktop.i18n.spelling import Dictionary, SpellingLanguage
from desktop.ressurser import MissingResourceError

OPTION = "--stavekontroll"


def main(language: str) -> int:
    """Serve standard input; 1 where the word lists are not there."""
    chosen: SpellingLanguage = "nn" if language == "nn" else "nb"
    return serve(chosen, sys.stdin.buffer, sys.stdout.buffer)


def serve(language: SpellingLanguage, questions: IO[bytes], answers: IO[bytes]) -> int:
    """Answer every line of `questions`; a line that is no question is passed over."""
    try:
        dictionary = Dictionary(language)
    except (MissingResourceError, OSError):
        _write(answers, {"mangler": True})
        return 1
    for line in questions:
        answer = answer_to(dictionary, line)
        if answer is not None:
            _write(answers, answer)
    return 0


def answer_to(dictionary: Dictionary, line: bytes) -> dict[str, Any] | None:
    """Return the answer to one line; None to a line that is no question."""
    try:
        question = json.loads(line)
    except ValueError:
        return None
    if not isinstance(question, dict):
        return None
    if isinstance(question.get("forslag"), str):
        return {"nr": question.get("nr"), "forslag": dictionary.suggest(question["forslag"])}
    words = [word for word in question.get("ord", ()) if isinstance(word, str)]
    return {"nr": question.get("nr"), "feil": dictionary.wrong(words)}


def _write(answers: IO[bytes], answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()
