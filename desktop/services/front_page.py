"""What the front page tells, read in one go by SQLite alone."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import NamedTuple

from desktop.services.last_changes import Change, last_changes
from desktop.services.overview import Overview, read_overview


class FrontPage(NamedTuple):
    """What the front page tells on a day."""

    today: dt.date
    overview: Overview
    changes: tuple[Change, ...]


def read_front_page(driver: sqlite3.Connection, *, today: dt.date) -> FrontPage:
    """Return what the front page tells on a day.

    Raises:
        LookupError: A stored value is not readable.
    """
    return FrontPage(today, read_overview(driver, today=today), last_changes(driver))
