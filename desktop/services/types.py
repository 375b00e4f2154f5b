"""The types that layers above services may name without knowing the store."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet, OperationInfo, RowChange

__all__ = ["Archive", "ChangeSet", "OperationInfo", "RowChange", "Session"]
