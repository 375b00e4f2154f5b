"""Importing this settles how the entities are mapped, which the first query would wait for."""

from __future__ import annotations

from sqlalchemy.orm import configure_mappers

import desktop.models  # noqa: F401  (the entities that are mapped)

configure_mappers()
