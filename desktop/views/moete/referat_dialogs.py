"""The dialogs about the way of a referat: to comment, updated, approved, published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from desktop.i18n.dates import long_date
from desktop.richtext.tree import Tree
from desktop.services.before_sending import MissingLine
from desktop.services.papers_view import ApprovingSak
from desktop.viewmodels.plain_text import with_lines
from desktop.views.field import Field
from desktop.views.moete.act_dialog import ActDialog, DateField
from desktop.views.moete.lines_list import LinesList, missing_lines
from desktop.views.parts import label
from desktop.views.words import _

_CHANGES_HEIGHT: Final = 110


class _CheckedDialog(ActDialog):
    """Lists the errors in the referat first; going on is possible.

    Signals:
        opened: the MissingLine the user wants to see first.
    """

    opened = Signal(object)

    def list_errors(self, errors: Sequence[MissingLine]) -> None:
        """Show the errors, where there are any."""
        if not errors:
            return
        heading = _("Kontrollen fant dette:")
        self.errors = LinesList(heading.rstrip(":"), missing_lines(errors))
        self.errors.opened.connect(self._leave_to)
        self.content.addWidget(label(heading))
        self.content.addWidget(self.errors)

    def _leave_to(self, wanted: object) -> None:
        self.reject()
        self.opened.emit(wanted)


class CommentDialog(_CheckedDialog):
    """Asks for the deadline of the comments to a referat."""

    def __init__(
        self,
        parent: QWidget,
        *,
        moete: str,
        frist: dt.date,
        send: Callable[[dt.date], str],
        errors: Sequence[MissingLine] = (),
    ) -> None:
        super().__init__(
            parent,
            _("Send referatet fra møte {moete} til kommentar").format(moete=moete),
            _("Send likevel") if errors else _("Send til kommentar"),
            intro=_(
                "Referatet lagres i arkivet slik det er nå, og står som «til kommentar» til det "
                "blir oppdatert eller godkjent. Det kan ikke angres."
            ),
        )
        self._send = send
        self.list_errors(errors)
        self.deadline = DateField(
            _("&Frist for kommentarer"), frist, help_text=_("Fristen står i referatet.")
        )
        self.content.addWidget(self.deadline)

    def do(self) -> str | None:
        """Send the referat to comment."""
        deadline = self.deadline.date()
        return None if deadline is None else self._send(deadline)


class UpdateDialog(_CheckedDialog):
    """Asks what became of the comments to a referat."""

    def __init__(
        self,
        parent: QWidget,
        *,
        moete: str,
        update: Callable[[Tree | None], str],
        errors: Sequence[MissingLine] = (),
    ) -> None:
        super().__init__(
            parent,
            _("Oppdater referatet fra møte {moete}").format(moete=moete),
            _("Oppdater likevel") if errors else _("Oppdater"),
            intro=_(
                "Referatet lagres i arkivet slik det er nå, som oppdatert etter kommentarene. "
                "Det kan ikke angres."
            ),
        )
        self._update = update
        self.list_errors(errors)
        self.changes = QPlainTextEdit()
        self.changes.setTabChangesFocus(True)
        self.changes.setFixedHeight(_CHANGES_HEIGHT)
        self.content.addWidget(
            Field(
                _("&Hva ble endret"), self.changes, help_text=_("Kan stå tomt. En linje per punkt.")
            )
        )

    def do(self) -> str | None:
        """Update the referat."""
        tree = with_lines(Tree(), self.changes.toPlainText())
        return self._update(tree if tree.blocks else None)


class ApproveDialog(ActDialog):
    """Asks which sak of a later meeting approved a referat."""

    def __init__(
        self,
        parent: QWidget,
        *,
        moete: str,
        saker: Sequence[ApprovingSak],
        approve: Callable[[str], str],
    ) -> None:
        super().__init__(
            parent,
            _("Godkjenn referatet fra møte {moete}").format(moete=moete),
            _("Godkjenn"),
            intro=_(
                "Et godkjent referat kan ikke endres. Hvem som kom med hvilke innspill, slettes, "
                "unntatt for dem som ba om å bli navngitt. Det kan ikke angres."
            ),
        )
        self._approve = approve
        self.saker = QComboBox()
        for sak in saker:
            text = _("Sak {nummer} ({dato}): {tittel}").format(
                nummer=sak.nummer, dato=long_date(sak.dato), tittel=sak.tittel
            )
            self.saker.addItem(text, sak.sak_id)
        self.saker.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.content.addWidget(Field(_("&Godkjent i"), self.saker))

    def do(self) -> str | None:
        """Approve the referat."""
        return self._approve(str(self.saker.currentData()))


class PublishDialog(ActDialog):
    """Asks when and where a referat was published."""

    def __init__(
        self,
        parent: QWidget,
        *,
        moete: str,
        dato: dt.date,
        hvor: str,
        publish: Callable[[dt.date, str], str],
    ) -> None:
        super().__init__(
            parent,
            _("Publisering av referatet fra møte {moete}").format(moete=moete),
            _("Registrer"),
            intro=_("Si når og hvor referatet ble publisert."),
        )
        self._publish = publish
        self.date = DateField(_("&Dato"), dato)
        self.where = QLineEdit(hvor)
        self.place = Field(
            _("&Hvor"), self.where, help_text=_("En nettadresse eller navnet på et nettsted.")
        )
        self.content.addWidget(self.date)
        self.content.addWidget(self.place)

    def do(self) -> str | None:
        """Register the publishing."""
        date = self.date.date()
        if not self.where.text().strip():
            self.place.say(_("Skriv hvor referatet ble publisert."))
            return None
        return None if date is None else self._publish(date, self.where.text())
