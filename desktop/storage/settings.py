"""Where an archive gets its times, ids, salts and schema from."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from desktop.storage.migrations import STEPS
from desktop.storage.schema import ColumnRules


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return a random id."""
    return uuid4().hex


def new_salt() -> bytes:
    """Return sixteen random bytes."""
    return secrets.token_bytes(16)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where an archive gets its times, ids, salts and schema from; tests give their own.

    `rules` is None for those of `desktop.models`. `clock` returns times with a time zone.
    """

    clock: Callable[[], datetime] = utc_now
    new_id: Callable[[], str] = new_id
    new_salt: Callable[[], bytes] = new_salt
    rules: ColumnRules | None = None
    steps: Sequence[str] = STEPS

    def now(self) -> str:
        """Return the time as the log writes it: UTC in ISO form, whole milliseconds."""
        return self.clock().astimezone(UTC).isoformat(timespec="milliseconds")

    def column_rules(self) -> ColumnRules:
        """Return the rules given, or those of the models."""
        if self.rules is not None:
            return self.rules
        from desktop.models import tree_columns, unlogged_columns  # noqa: PLC0415

        return ColumnRules(tree_columns(), unlogged_columns())
