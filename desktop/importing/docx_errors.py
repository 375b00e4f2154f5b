"""Why a Word file from outside is not read. Light, so that whoever explains it can know it."""

from __future__ import annotations

from typing import Literal

DocxProblem = Literal[
    "not_word",
    "other_format",
    "old_format",
    "password",
    "macros",
    "damaged",
    "missing_part",
    "unsafe",
    "too_large",
    "too_complex",
    "strict_format",
    "tracked_changes",
    "empty",
]


class DocxError(Exception):
    """A Word file that is refused whole; nothing of it was taken in.

    Attributes:
        code: why.
        params: what the sentence about it needs: `format` of `other_format`; `del` (a part of the
            file) of `damaged`, `missing_part` and `unsafe`; `antall` and `hvem` of
            `tracked_changes`.
    """

    def __init__(self, code: DocxProblem, **params: object) -> None:
        super().__init__(code, params)
        self.code: DocxProblem = code
        self.params: dict[str, object] = params
