"""Importing this settles how the entities are mapped, which the first query would wait for."""

from __future__ import annotations

from sqlalchemy.orm import configure_mappers

from desktop.models import map_all

map_all()
configure_mappers()
