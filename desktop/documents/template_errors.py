"""Why a Word template is not used. Light, so that whoever explains it can know it."""

from __future__ import annotations

from typing import Literal

TemplateProblem = Literal[
    "not_docx", "old_or_encrypted", "damaged", "too_large", "macros", "strict_format"
]


class TemplateError(Exception):
    """A template that is not used. `code` says why, `part` where (empty: the whole file)."""

    def __init__(self, code: TemplateProblem, part: str = "") -> None:
        super().__init__(f"{code}: {part}" if part else code)
        self.code: TemplateProblem = code
        self.part = part
