"""What a line of the window can open: a page, and what on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """The pages of the window; the values are kept in the preferences."""

    OVERSIKT = "oversikt"
    MOETER = "moeter"
    SAKER = "saker"
    MEDLEMMER = "medlemmer"
    INNSTILLINGER = "innstillinger"


class Tab(StrEnum):
    """The tabs of a meeting."""

    DAGSORDEN = "dagsorden"
    DELTAKERE = "deltakere"
    DOKUMENTER = "dokumenter"


@dataclass(frozen=True, slots=True)
class Target:
    """Where to go: a page and, on it, a meeting, a tab and a sak, a person or an utvalg."""

    place: Place
    key: str | None = None
    tab: Tab | None = None
    sak_id: str | None = None
