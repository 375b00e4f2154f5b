"""The look of the window: two palettes, and the few rules that widgets share.

Colours have a contrast of at least 4.5 to 1 against what they stand on (WCAG 2.1, 1.4.3).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.ressurser import resource_path
from desktop.viewmodels.preferences import Appearance


class Colours(NamedTuple):
    """The colours of one appearance."""

    window: str
    surface: str
    raised: str
    line: str
    grip: str
    text: str
    quiet: str
    accent: str
    accent_text: str
    selected: str
    provisional: str
    warning: str
    warning_surface: str
    error: str
    good: str


LIGHT: Final = Colours(
    window="#f4f6f9",
    surface="#ffffff",
    raised="#ebeff5",
    line="#d3dae4",
    grip="#8593a8",
    text="#1a2433",
    quiet="#566479",
    accent="#1f4e8c",
    accent_text="#ffffff",
    selected="#dbe7f6",
    provisional="#7a4b00",
    warning="#8a4b00",
    warning_surface="#fff3dd",
    error="#a81c2b",
    good="#1d6b3a",
)
DARK: Final = Colours(
    window="#171c24",
    surface="#1f2630",
    raised="#2a3340",
    line="#3a4656",
    grip="#6b7b92",
    text="#e8edf4",
    quiet="#a3b1c4",
    accent="#8bb8f0",
    accent_text="#10202f",
    selected="#2c456a",
    provisional="#f0c070",
    warning="#f5c27a",
    warning_surface="#3a2f1c",
    error="#ff9aa2",
    good="#86d6a0",
)


def is_dark(appearance: Appearance) -> bool:
    """Tell whether an appearance is dark, the system's included: its style's own palette tells."""
    if appearance is Appearance.SYSTEM:
        own, role = QApplication.style().standardPalette(), QPalette.ColorRole
        return own.color(role.Window).lightness() < own.color(role.WindowText).lightness()
    return appearance is Appearance.DARK


def current_colours() -> Colours:
    """Return the colours in use."""
    application = QApplication.instance()
    return DARK if application is not None and application.property("moerk") else LIGHT


def apply_theme(application: QApplication, appearance: Appearance) -> Colours:
    """Give the application the look of an appearance, and return its colours."""
    application.setStyle("Fusion")
    colours = DARK if is_dark(appearance) else LIGHT
    application.setProperty("moerk", colours is DARK)
    application.setPalette(_palette(colours))
    application.setStyleSheet(_style_sheet(colours))
    return colours


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    table = {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.window,
        role.Text: colours.text,
        role.PlaceholderText: colours.quiet,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.Highlight: colours.selected,
        role.HighlightedText: colours.text,
        role.Link: colours.accent,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.Mid: colours.line,
    }
    for name, colour in table.items():
        palette.setColor(name, QColor(colour))
    for name in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.quiet))
    return palette


def _stripe(colour: str, way: str) -> str:
    """Return a line down the middle of a splitter's handle, which is wider than it looks."""
    stops = ("transparent", "transparent", colour, colour, "transparent", "transparent")
    parts = (f"stop: {place} {stop}" for place, stop in zip(_STOPS, stops, strict=True))
    return f"qlineargradient(x1: 0, y1: 0, {way}, {', '.join(parts)})"


_STOPS: Final = (0, 0.45, 0.451, 0.549, 0.55, 1)


def _style_sheet(c: Colours) -> str:
    arrow = resource_path("ikoner/ned.svg").as_posix()
    tick = resource_path(f"ikoner/hake-{'moerk' if c is DARK else 'lys'}.svg").as_posix()
    return f"""
    QMainWindow, QDialog {{ background: {c.window}; }}
    QMenuBar {{ background: {c.window}; border-bottom: 1px solid {c.line}; padding: 3px 6px; }}
    QMenuBar::item {{ background: transparent; border-radius: 5px; padding: 5px 10px; }}
    QMenuBar::item:selected {{ background: {c.raised}; }}
    QMenuBar::item:pressed {{ background: {c.selected}; }}
    QMenu {{ background: {c.surface}; border: 1px solid {c.line}; padding: 5px; }}
    QMenu::item {{ border-radius: 4px; padding: 5px 26px 5px 22px; }}
    QMenu::item:selected {{ background: {c.selected}; }}
    QMenu::item:disabled {{ color: {c.quiet}; background: transparent; }}
    QMenu::separator {{ background: {c.line}; height: 1px; margin: 4px 8px; }}
    QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line};
        padding: 4px; }}
    QTableView, QTreeView, QListView, QPlainTextEdit, QTextBrowser {{
        background: {c.surface}; border: 1px solid {c.line}; border-radius: 6px;
        selection-background-color: {c.selected}; selection-color: {c.text};
        gridline-color: {c.line}; }}
    QTableView::item, QListView::item, QTreeView::item {{ padding: 4px 6px; }}
    QTableView, QTreeView, QListView {{ outline: 0; }}
    QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {{
        background: {c.selected}; }}
    QTableView::item:focus, QListView::item:focus, QTreeView::item:focus {{ padding: 3px 5px;
        border: 1px solid {c.accent}; border-radius: 3px; }}
    QHeaderView::section {{ background: {c.window}; color: {c.quiet}; border: none;
        border-bottom: 1px solid {c.line}; padding: 6px 6px 6px 9px; font-weight: 600; }}
    QLineEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit {{ background: {c.surface};
        border: 1px solid {c.line}; border-radius: 5px; padding: 4px 6px; min-height: 20px; }}
    QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QTableView:focus, QListView:focus,
    QTreeView:focus, QPlainTextEdit:focus {{ border: 1px solid {c.accent}; }}
    QTextEdit[rolle="felt"] {{ background: {c.surface}; border: 1px solid {c.line};
        border-radius: 5px; }}
    QTextEdit[rolle="felt"]:focus {{ border: 1px solid {c.accent}; }}
    QComboBox::drop-down {{ border: none; width: 24px; }}
    QComboBox::down-arrow {{ image: url("{arrow}"); width: 12px; height: 12px; }}
    QSpinBox {{ padding: 0 1px; min-height: 25px; }}
    QSpinBox QLineEdit {{ background: transparent; border: none; min-height: 0; padding: 0; }}
    QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: 0; }}
    QCheckBox::indicator, QRadioButton::indicator, QTableView::indicator, QListView::indicator,
    QTreeView::indicator {{ background: {c.surface}; width: 14px; height: 14px;
        border: 1px solid {c.quiet}; }}
    QCheckBox::indicator, QTableView::indicator, QListView::indicator, QTreeView::indicator {{
        border-radius: 3px; }}
    QRadioButton::indicator {{ border-radius: 8px; }}
    QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 1px solid {c.accent}; }}
    QCheckBox::indicator:checked, QTableView::indicator:checked, QListView::indicator:checked,
    QTreeView::indicator:checked {{ background: {c.accent}; border: 1px solid {c.accent};
        image: url("{tick}"); }}
    QRadioButton::indicator:checked {{ background: {c.accent_text}; border: 5px solid {c.accent};
        width: 6px; height: 6px; }}
    QLineEdit[feil="true"] {{ border: 1px solid {c.error}; }}
    QPushButton {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: 6px;
        padding: 6px 14px; }}
    QPushButton:hover {{ border-color: {c.accent}; }}
    QPushButton:focus {{ border: 2px solid {c.accent}; padding: 5px 13px; }}
    QPushButton:disabled {{ color: {c.quiet}; }}
    QPushButton[hoved="true"] {{ background: {c.accent}; color: {c.accent_text};
        border-color: {c.accent}; font-weight: 600; }}
    QPushButton[hoved="true"]:disabled {{ background: {c.raised}; color: {c.quiet};
        border-color: {c.line}; }}
    QToolButton {{ border: 1px solid transparent; border-radius: 5px; padding: 4px 8px; }}
    QToolButton:hover {{ background: {c.raised}; }}
    QToolButton:checked {{ background: {c.selected}; }}
    QToolButton:focus {{ border-color: {c.accent}; }}
    QToolButton[popupMode="2"] {{ padding-right: 20px !important; }}
    QToolButton::menu-indicator, QPushButton::menu-indicator {{ image: url("{arrow}");
        width: 10px; height: 10px; right: 6px; subcontrol-origin: padding;
        subcontrol-position: right center; }}
    QTabBar::tab {{ background: transparent; color: {c.quiet}; padding: 8px 16px; border: none;
        border-bottom: 2px solid transparent; }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent};
        font-weight: 600; }}
    QTabBar::tab:hover {{ color: {c.text}; }}
    QTabBar::tab:focus {{ color: {c.accent}; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
    QListView#navigasjon {{ background: {c.raised}; border: none; border-radius: 0; padding: 6px; }}
    QListView#navigasjon::item {{ padding: 9px 10px; border-radius: 6px; margin: 1px 0; }}
    QListView#navigasjon::item:selected {{ background: {c.selected}; color: {c.text}; }}
    QListView#navigasjon::item:focus {{ padding: 8px 9px; border-radius: 6px; }}
    QFrame#kort {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: 8px; }}
    QFrame#varsel {{ background: {c.warning_surface}; border: 1px solid {c.warning};
        border-radius: 6px; }}
    QFrame#varsel[staaende="true"] {{ margin: 10px 16px 0 16px; }}
    QFrame#varsel QLabel {{ color: {c.text}; }}
    QLabel[rolle="tittel"] {{ font-size: 20px; font-weight: 600; color: {c.text}; }}
    QLabel[rolle="undertittel"] {{ font-size: 15px; font-weight: 600; color: {c.text}; }}
    QLabel[rolle="seksjon"] {{ font-size: 16px; font-weight: 600; color: {c.accent}; }}
    QLabel[rolle="tilstand"] {{ border-radius: 9px; padding: 1px 9px; }}
    QLineEdit[rolle="egen-overskrift"] {{ font-size: 16px; font-weight: 600; color: {c.accent};
        background: transparent; border: 1px solid transparent; padding: 0; margin-left: -1px; }}
    QLineEdit[rolle="egen-overskrift"]:hover {{ border-bottom: 1px solid {c.line}; }}
    QLineEdit[rolle="egen-overskrift"]:focus {{ border-bottom: 1px solid {c.accent}; }}
    QFrame#ark {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: 6px; }}
    QFrame#vedtaksrad {{ border: none; border-top: 1px solid {c.line}; }}
    QLabel[rolle="stille"] {{ color: {c.quiet}; }}
    QLabel[rolle="feil"] {{ color: {c.error}; }}
    QLabel[rolle="advarsel"] {{ color: {c.warning}; }}
    QLabel[rolle="foreloepig"] {{ color: {c.provisional}; font-style: italic; }}
    QStatusBar {{ background: {c.raised}; color: {c.quiet}; }}
    QStatusBar::item {{ border: none; }}
    QCalendarWidget QTableView::item {{ padding: 0; }}
    QCalendarWidget QToolButton {{ color: {c.text}; padding: 4px 12px; }}
    QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {c.raised}; }}
    QSplitter::handle:horizontal {{ width: 11px; background: {_stripe(c.line, "x2: 1, y2: 0")}; }}
    QSplitter::handle:vertical {{ height: 11px; background: {_stripe(c.line, "x2: 0, y2: 1")}; }}
    QSplitter::handle:horizontal:hover {{ background: {_stripe(c.accent, "x2: 1, y2: 0")}; }}
    QSplitter::handle:vertical:hover {{ background: {_stripe(c.accent, "x2: 0, y2: 1")}; }}
    QScrollArea {{ border: none; background: transparent; }}
    QScrollBar {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ width: 13px; margin: 0; }}
    QScrollBar:horizontal {{ height: 13px; margin: 0; }}
    QScrollBar::handle {{ background: {c.grip}; border-radius: 4px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; margin: 2px 2px 2px 3px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; margin: 3px 2px 2px 2px; }}
    QScrollBar::handle:hover {{ background: {c.quiet}; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    """
