"""The words of documents and messages in bokmål and nynorsk.

Source strings are bokmål; nynorsk is a gettext catalogue in `resources/i18n/nn`. Code that prints
words gets them through a `Words` that is always called `_`, since extraction goes by that name:

    _ = words(utvalg.maalform)
    _("Innkalling")
    _.plural("{antall} sak", "{antall} saker", antall)
    _.context("sted", "Fra")      # a word that two places translate differently

`N_("Drøfting")` marks a word in a table that is looked up later, by `_(name)`. `python -m
desktop.i18n.build` collects the words, and a test fails while one of them has no nynorsk.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from desktop.i18n.locales import BOKMAAL, NYNORSK
from desktop.ressurser import resource_path

if TYPE_CHECKING:
    from gettext import NullTranslations

NYNORSK_CATALOGUE = "i18n/nn/LC_MESSAGES/motebok.mo"


class Words:
    """The words of one målform. Calling it returns the word for a bokmål source string."""

    __slots__ = ("_translations", "maalform")

    def __init__(self, maalform: str, translations: NullTranslations) -> None:
        self.maalform = maalform
        self._translations = translations

    def __call__(self, source: str) -> str:
        """Return the word; "" stays "" (gettext would return its header)."""
        return self._translations.gettext(source) if source else ""

    def plural(self, one: str, many: str, count: int) -> str:
        """Return the form for `count`, which is filled in by the caller."""
        return self._translations.ngettext(one, many, count)

    def context(self, context: str, source: str) -> str:
        """Return the word as it is in one context."""
        return self._translations.pgettext(context, source)


def N_(source: str) -> str:  # noqa: N802  (the name every gettext tool knows)
    """Mark a source string for the catalogue and return it as it is."""
    return source


@cache
def words(maalform: str) -> Words:
    """Return the words of `"nb"` or `"nn"`.

    Raises:
        ValueError: for any other målform.
        MissingResourceError: if the nynorsk catalogue is not installed.
    """
    import gettext  # noqa: PLC0415

    if maalform == BOKMAAL:
        return Words(BOKMAAL, gettext.NullTranslations())
    if maalform == NYNORSK:
        with resource_path(NYNORSK_CATALOGUE).open("rb") as file:
            return Words(NYNORSK, gettext.GNUTranslations(file))
    raise ValueError(f"unknown målform: {maalform!r}")
