"""The finding that is chosen: what it is about, why, and the step to let it stand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget

from desktop.i18n.dates import long_date, prose_clock
from desktop.i18n.kontroll_messages import rule_explanation, rule_sentence, rule_source
from desktop.rules.kontroll import BY_ID, Finding, Severity
from desktop.services.kontroll import (
    Accepted,
    Report,
    accept_finding,
    accepted_by,
    withdraw_acceptance,
)
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.kontroll import place_name, sak_name
from desktop.views.field import Field
from desktop.views.parts import button, column, label, row
from desktop.views.words import _


class FindingPanel(QFrame):
    """Shows one finding.

    Signals:
        go: the user wants to the place.
        settled: nothing more is asked, or a finding was let stand or taken up again.
    """

    go = Signal()
    settled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("kort")
        self._desk = desk
        self._moete_id = ""
        self.finding: Finding | None = None
        self.accepted: Accepted | None = None
        self.kind = label("", "stille")
        self.sentence = label("", "undertittel", wrap=True)
        self.place = label("", "stille", wrap=True)
        self.excerpt = label("", wrap=True)
        self.excerpt.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.step = button(
            _("Gå til stedet"), self.go.emit, main=True, tip=_("Åpne det merknaden gjelder (Enter)")
        )
        self.accept = button(_("Godta her …"), self.ask_reason, tip=_("La det stå slik det er (G)"))
        self.withdraw = button(_("Ta opp igjen"), self._withdraw, tip=_("Vis merknaden igjen"))
        self.explain = QPushButton(_("Vis forklaring"))
        self.explain.setCheckable(True)
        self.explain.setToolTip(_("Hvorfor det er en merknad, og hvem som har regelen (F)"))
        self.explain.toggled.connect(self._show_explanation)
        self.explanation = label("", wrap=True)
        self.source = label("", "stille", wrap=True)
        self.reason_told = label("", wrap=True)
        self.who = label("", "stille", wrap=True)
        self._make_reason()
        self.buttons = QWidget()
        self.buttons.setLayout(row(self.step, self.accept, self.withdraw, None))
        layout = column(
            self.kind, self.sentence, self.place, self.excerpt, self.reason_told, self.who,
            self.buttons, self.ask, row(self.explain, None), self.explanation, self.source, None,
            margin=16, spacing=10,
        )  # fmt: skip
        self.setLayout(layout)
        self._show_explanation(shown=False)

    def _make_reason(self) -> None:
        self.reason = QLineEdit()
        self.reason.setMaxLength(500)
        self.reason.returnPressed.connect(self._accept)
        self.field = Field(
            _("&Begrunnelse"),
            self.reason,
            help_text=_("Gjelder til teksten her blir endret. Alle kan lese begrunnelsen."),
        )
        self.confirm = button(_("Godta"), self._accept, main=True)
        self.cancel = button(_("Avbryt"), self.stop_asking)
        self.ask = QWidget()
        self.ask.setLayout(column(self.field, row(None, self.cancel, self.confirm)))
        self.ask.hide()

    def show_finding(
        self, report: Report | None, finding: Finding | None, accepted: Accepted | None
    ) -> None:
        """Show a finding, or none. A reason being written stays with its finding."""
        same = self.finding is not None and finding is not None
        same = same and self.finding.fingerprint == finding.fingerprint  # type: ignore[union-attr]
        self.finding, self.accepted = finding, accepted
        if not same or accepted is not None:
            self._fold_reason()
        self._moete_id = report.moete_id if report else ""
        for part in (self.place, self.excerpt, self.buttons, self.explain):
            part.setVisible(finding is not None)
        if report is None or finding is None:
            self._show_nothing()
            return
        self._show_texts(report, finding)
        self._show_accepted(accepted)
        self._show_explanation(shown=self.explain.isChecked())

    def _show_nothing(self) -> None:
        self.kind.setText("")
        self.sentence.setText(_("Velg en merknad for å se hva den gjelder."))
        for part in (self.reason_told, self.who, self.explanation, self.source):
            part.hide()

    def _show_texts(self, report: Report, finding: Finding) -> None:
        is_error = finding.severity is Severity.FEIL
        self.kind.setText(_("Feil") if is_error else _("Hint"))
        self.kind.setProperty("rolle", "feil" if is_error else "advarsel")
        self.kind.style().polish(self.kind)
        self.sentence.setText(rule_sentence(finding.rule, finding.params))
        where = sak_name(report, finding.place.sak_id)
        self.place.setText(f"{where} · {place_name(finding.place)}")
        self.excerpt.setText(f"«{finding.excerpt}»" if finding.excerpt else "")
        self.excerpt.setVisible(bool(finding.excerpt))
        self.explanation.setText(rule_explanation(finding.rule))
        source = rule_source(BY_ID[finding.rule].source)
        self.source.setText(_("Kilde: {kilde}").format(kilde=source))

    def _show_accepted(self, accepted: Accepted | None) -> None:
        self.accept.setVisible(accepted is None)
        self.withdraw.setVisible(accepted is not None)
        writable = not self._desk.read_only
        self.accept.setEnabled(writable)
        self.withdraw.setEnabled(writable)
        self.reason_told.setVisible(accepted is not None)
        self.who.setVisible(accepted is not None)
        if accepted is None:
            return
        reason = _("Godtatt: {begrunnelse}").format(begrunnelse=accepted.begrunnelse)
        self.reason_told.setText(reason)
        found = accepted_by(self._desk.archive, accepted.id)
        if found is not None:
            told = _("{navn}, {dato} kl. {tid}") if found.av else _("{dato} kl. {tid}")
            self.who.setText(
                told.format(
                    navn=found.av, dato=long_date(found.tid), tid=prose_clock(found.tid.time())
                )
            )

    def _show_explanation(self, shown: bool) -> None:
        self.explain.setText(_("Skjul forklaring") if shown else _("Vis forklaring"))
        self.explain.setAccessibleName(self.explain.text())
        self.explanation.setVisible(shown and self.finding is not None)
        self.source.setVisible(shown and self.finding is not None)

    # Letting it stand

    def ask_reason(self) -> None:
        """Ask why the finding is let stand, in place."""
        if self.finding is None or self.accepted is not None or self._desk.read_only:
            return
        self.ask.show()
        self.buttons.hide()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop_asking(self) -> None:
        """Ask no more."""
        self._fold_reason()
        self.buttons.setVisible(self.finding is not None)
        self.settled.emit()

    def _fold_reason(self) -> None:
        self.ask.hide()
        self.reason.clear()
        self.field.say("")

    def _accept(self) -> None:
        finding = self.finding
        if finding is None:
            return
        if not self.reason.text().strip():
            self.field.say(_("Skriv hvorfor det kan stå."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        done = self._desk.do(
            accept_finding,
            moete_id=self._moete_id,
            regel=finding.rule,
            sted=finding.place.key,
            avtrykk=finding.fingerprint,
            begrunnelse=self.reason.text(),
        )
        if done:
            self._fold_reason()
            self.buttons.show()
            self.settled.emit()
        else:
            self.field.say(done.error)

    def _withdraw(self) -> None:
        if self.accepted is not None:
            done = self._desk.do(withdraw_acceptance, unntak_id=self.accepted.id)
            if done:
                self.settled.emit()
            else:
                self.who.setText(done.error)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Give the asking up with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.ask.isVisible():
            self.stop_asking()
        else:
            super().keyPressEvent(event)
