"""What the archive refused, in words for people: the names of verbs, and local time."""

from __future__ import annotations

import datetime as dt

from desktop.i18n.dates import numeric_date, prose_clock
from desktop.services.operation_words import describe_operation
from desktop.storage.errors import ArchiveError, CannotUndoError, LockedError


def archive_sentence(error: ArchiveError) -> str:
    """Return the sentence for an error of the archive."""
    params = dict(error.params)
    if isinstance(error, CannotUndoError):
        for name, info in (("handling", error.operation), ("senere", error.later)):
            if info is not None:
                params[name] = describe_operation(info)
    if isinstance(error, LockedError):
        params["siden"] = local_time(str(params.get("siden", "")))
    return str(ArchiveError(error.code, **params))


def local_time(text: str) -> str:
    """Return a time of the log as "14.12.2023 kl. 10.00" in local time; other texts as they are."""
    try:
        moment = dt.datetime.fromisoformat(text).astimezone()
    except ValueError:
        return text
    return f"{numeric_date(moment)} kl. {prose_clock(moment.time())}"
