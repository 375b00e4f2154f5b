"""Why a stored or exchanged text cannot be read."""

from __future__ import annotations

from desktop.richtext.problems import Problem, problem_text


class CodecError(ValueError):
    """The JSON is no text tree.

    Attributes:
        path: The place, such as `blokker[2].innhold[0].fet`; empty for the whole text.
        reason: A Norwegian sentence.
        problems: Every broken rule, when the JSON is well formed but the tree is not valid.
    """

    def __init__(self, path: str, reason: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason
        self.problems = problems

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason

    def moved_into(self, place: str) -> CodecError:
        """Return the error with its path below the given place."""
        self.path = f"{place}.{self.path}" if self.path else place
        return self


class NewerVersionError(CodecError):
    """The text was written by a newer Møtebok."""


class DamagedTextError(CodecError):
    """The text is not the one that was stored."""


class InvalidTreeError(CodecError):
    """The tree breaks rules of `validate`; the first one is the error's path and reason."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        first = problems[0]
        super().__init__(first.path, problem_text(first), problems)
