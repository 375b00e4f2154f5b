"""The shortcuts, listed; and what the program is."""

from __future__ import annotations

import platform

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from desktop import __version__
from desktop.viewmodels.table import Column, RowsModel
from desktop.views.moete.referat.keys import INNSPILL_KEYS, REFERAT_KEYS
from desktop.views.ordered_table import set_widths
from desktop.views.parts import button, column, label, row, table_view
from desktop.views.words import _

_SIZE, _MARGIN = QSize(860, 600), QSize(40, 60)
Shortcut = tuple[str, str, str]
"""Where, the keys as Qt writes them, and what they do."""

SHORTCUTS: tuple[Shortcut, ...] = (
    (
        _("Overalt"),
        "Ctrl+1 … Ctrl+6",
        _("Gå til sidene til venstre, i rekkefølge ovenfra"),
    ),
    (_("Overalt"), "Ctrl+K", _("Søk i hele arkivet")),
    (_("Overalt"), "Ctrl+Z", _("Angre det siste, i et tekstfelt det som ble skrevet der")),
    (_("Overalt"), "Ctrl+Y", _("Gjenta det som ble angret")),
    (_("Overalt"), "F10", _("Gå til menylinjen")),
    (_("Overalt"), "Tab, Shift+Tab", _("Gå til neste eller forrige felt")),
    (_("Overalt"), "F1", _("Vis denne listen")),
    (_("Arkivet"), "Ctrl+Shift+N", _("Lag et nytt arkiv")),
    (_("Arkivet"), "Ctrl+O", _("Åpne et arkiv")),
    (_("Arkivet"), "Ctrl+Shift+S", _("Sikkerhetskopier nå")),
    (_("Arkivet"), "Ctrl+W", _("Lukk arkivet")),
    (_("Arkivet"), "Ctrl+Q", _("Avslutt Møtebok")),
    (_("Lister"), _("Pil opp, pil ned"), _("Flytt markeringen")),
    (_("Lister"), "Shift+↑, Shift+↓", _("Marker flere rader")),
    (_("Lister"), "Enter", _("Åpne eller rediger det som er markert")),
    (_("Lister"), "Ctrl+C", _("Kopier som tabell, for regneark og e-post")),
    (_("Lister"), "Esc", _("Lukk det åpne feltet uten å endre noe")),
    (_("Oppfølging"), "Enter, A", _("Godta forslaget til oppfølging")),
    (_("Oppfølging"), "X, Delete", _("Avvis forslaget til oppfølging")),
    (_("Oppfølging"), "E, F2", _("Endre forslaget eller oppfølgingen")),
    (_("Oppfølging"), "Enter", _("Oppdater oppfølgingen")),
    (_("Oppfølging"), "Ctrl+Shift+L", _("Lag statussak til et møte")),
    (_("Dagsorden"), "Alt+↑, Alt+↓", _("Flytt raden opp eller ned")),
    (_("Toppnotater"), "Ctrl+Shift+T", _("Finn tidligere vedtak, fra tabellen over dem")),
    (_("Toppnotater"), "Alt+PgUp, Alt+PgDn", _("Gå til forrige eller neste sak")),
    (_("Toppnotater"), "Alt+Shift+↑, Alt+Shift+↓", _("Flytt avsnittet, i en tabell raden")),
    (_("Toppnotater"), "Ctrl+F, Ctrl+H", _("Søk, søk og erstatt i hele toppnotatet")),
    (_("Toppnotater"), "F3, Shift+F3", _("Gå til neste eller forrige treff")),
    (_("Toppnotater"), "F6", _("Gå mellom sakene og teksten")),
    *((_("Referat"), keys, what) for keys, what in REFERAT_KEYS),
    *((_("Innspill i referatet"), keys, what) for keys, what in INNSPILL_KEYS),
)


class ShortcutsDialog(QDialog):
    """Lists the shortcuts, those given and those that the actions of the window carry besides."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Hurtigtaster"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = self.screen().availableSize() - _MARGIN
        self.resize(_SIZE.boundedTo(room))
        self.table = table_view(_("Hurtigtaster"))
        self.model: RowsModel[Shortcut] = RowsModel(
            [
                Column(_("Hvor"), lambda line: line[0]),
                Column(_("Taster"), lambda line: line[1]),
                Column(_("Hva de gjør"), lambda line: line[2]),
            ],
            self.table,
        )
        self.model.set_rows([*SHORTCUTS, *self._of_actions(parent)])
        self.table.setModel(self.model)
        set_widths(self.table, {0: 150, 1: 190}, stretch=2)
        close = button(_("Lukk"), self.accept, main=True)
        close.setDefault(True)
        heading = label(_("Hurtigtaster"), "tittel")
        self.setLayout(column(heading, self.table, row(None, close), margin=20, spacing=12))
        self.table.setFocus()
        self.table.selectRow(0)

    @staticmethod
    def _of_actions(window: QWidget) -> list[Shortcut]:
        """Return the shortcuts of the pages' own actions that the list does not name."""
        named = " ".join(keys for _where, keys, _what in SHORTCUTS)
        found: dict[str, Shortcut] = {}
        for widget in [window, *window.findChildren(QWidget)]:
            for step in widget.actions():
                keys = step.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                keys = keys.replace("↵ ", "")
                page = keys.startswith("Ctrl+") and keys[5:].isdigit()
                if keys and not page and keys not in named:
                    text = step.text().replace("&", "")
                    found[keys] = (_("Siden som vises"), keys, text)
        return list(found.values())


class AboutDialog(QDialog):
    """Says which version this is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Om Møtebok"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        what = label(_ABOUT, wrap=True)
        what.setMinimumWidth(380)
        versions = label(
            f"Python {platform.python_version()} · Qt {qVersion()} · {platform.system()}", "stille"
        )
        versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = button(_("Lukk"), self.accept, main=True)
        close.setDefault(True)
        self.setLayout(
            column(
                label(_("Møtebok {versjon}").format(versjon=__version__), "tittel"),
                what,
                versions,
                row(None, close),
                margin=24,
                spacing=12,
            )
        )
        close.setFocus()


_ABOUT = _(
    "Møter, saker, toppnotater, referater og vedtak for et utvalgssekretariat, i ett arkiv på "
    "denne maskinen. Programmet er fritt (MIT-lisens) og sender ingenting ut av maskinen."
)
