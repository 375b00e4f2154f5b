"""How a number that is not fixed yet looks in a table."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.viewmodels.meetings import PROVISIONAL_ROLE
from desktop.views.theme import current_colours


class ProvisionalDelegate(QStyledItemDelegate):
    """Draws what the model calls provisional in italics and in the colour for it."""

    def initStyleOption(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Give a provisional cell its look."""
        super().initStyleOption(option, index)
        if index.data(PROVISIONAL_ROLE):
            font = QFont(option.font)
            font.setItalic(True)
            palette = QPalette(option.palette)
            colour = QColor(current_colours().provisional)
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                palette.setColor(role, colour)
            option.font, option.palette = font, palette
