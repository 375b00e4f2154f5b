"""What the first picture of the window is made of: layouts and icons.

Nothing here or in what the first picture needs takes the namespace `Qt`: its enumerations take
longer to be made than the whole navigation, and are made once that is on the screen.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.ressurser import resource_path


@cache
def icon(name: str) -> QIcon:
    """Return an icon of `resources/ikoner`, which looks the same in a row that is chosen."""
    path = str(resource_path(f"ikoner/{name}.svg"))
    made = QIcon(path)
    made.addFile(path, QSize(), QIcon.Mode.Selected)
    return made


def column(*items: QWidget | QLayout | None, margin: int = 0, spacing: int = 8) -> QVBoxLayout:
    """Return a layout from top to bottom; None is a stretch."""
    made = QVBoxLayout()
    _fill(made, items, margin, spacing)
    return made


def row(*items: QWidget | QLayout | None, margin: int = 0, spacing: int = 8) -> QHBoxLayout:
    """Return a layout from left to right; None is a stretch."""
    made = QHBoxLayout()
    _fill(made, items, margin, spacing)
    return made


def _fill(
    layout: QVBoxLayout | QHBoxLayout,
    items: tuple[QWidget | QLayout | None, ...],
    margin: int,
    spacing: int,
) -> None:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
