"""What a line of the window can open: a page, and what on it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Place(StrEnum):
    """The pages of the window; the values are kept in the preferences."""

    OVERSIKT = "oversikt"
    MOETER = "moeter"
    SAKER = "saker"
    VEDTAK = "vedtak"
    MEDLEMMER = "medlemmer"
    INNSTILLINGER = "innstillinger"


VEDTAK_REGISTER = "register"
"""The key of the register on the page of vedtak; `register:KEY` is one vedtak in it."""


class Tab(StrEnum):
    """The tabs of a meeting."""

    DAGSORDEN = "dagsorden"
    TOPPNOTATER = "toppnotater"
    DELTAKERE = "deltakere"
    REFERAT = "referat"
    DOKUMENTER = "dokumenter"
    KONTROLL = "kontroll"


class Target(NamedTuple):
    """Where to go: a page and, on it, a meeting, a tab and a sak, a person or an utvalg.

    `part` is what to go to there: a block of a text, a line, or a person in the attendance.
    """

    place: Place
    key: str | None = None
    tab: Tab | None = None
    sak_id: str | None = None
    part: str | None = None
