"""The side panel of the register: one vedtak with its chain, who cites it, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.i18n.dates import long_date, numeric_date
from desktop.i18n.terms import SAKSTYPER
from desktop.richtext.plain import is_empty, plain_text
from desktop.services.oppfoelging_view import CommitmentRow
from desktop.services.vedtak_view import ChainLink, VedtakView
from desktop.viewmodels.commitments import STATES
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.viewmodels.vedtak_register import UTFALL
from desktop.views.lines import LINE_STYLE, LineButton
from desktop.views.parts import column, label
from desktop.views.words import _


class VedtakDetails(QScrollArea):
    """Shows a vedtak.

    Signals:
        wanted: a Target the user wants to go to.
        vedtak_wanted: the key of another vedtak.
        commitment_wanted: the key of a commitment.
    """

    wanted = Signal(object)
    vedtak_wanted = Signal(str)
    commitment_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Om vedtaket"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(250)
        self._shown: VedtakView | None = None
        self.show_vedtak(None)

    def show_vedtak(self, view: VedtakView | None) -> None:
        """Show a vedtak; None says what the panel is for."""
        if view is not None and view == self._shown:
            return
        self._shown = view
        card = QFrame()
        card.setObjectName("kort")
        card.setStyleSheet(LINE_STYLE)
        parts = list(self._parts(view)) if view is not None else [_quiet(_("Velg et vedtak."))]
        layout: QVBoxLayout = column(*parts, margin=14, spacing=6)
        layout.addStretch(1)
        card.setLayout(layout)
        self.setWidget(card)

    def _parts(self, view: VedtakView) -> Iterator[QWidget]:
        row = view.rad
        head = label(" ".join(part for part in (row.utvalg, row.sak) if part), "undertittel")
        head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        yield head
        if row.tittel:
            yield label(row.tittel, wrap=True)
        facts = [
            long_date(row.dato) if row.dato else "",
            _(SAKSTYPER[row.sakstype]) if row.sakstype else "",
            _(UTFALL[row.utfall]),
        ]
        yield _quiet(" · ".join(filter(None, facts)))
        yield from _text(_("Vedtak"), plain_text(view.tekst))
        if view.forslag is not None and not is_empty(view.forslag):
            yield from _text(_("Forslaget var"), plain_text(view.forslag))
        if view.oppfoelging:
            yield _heading(_("Oppfølging"))
            for one in view.oppfoelging:
                yield self._commitment(one)
        if view.kjede:
            yield _heading(_("Sakens gang"))
            for link in view.kjede:
                yield self._chain(link, own=link.sak_id == row.sak_id)
        if view.vist_til_i:
            yield _heading(_("Vist til i toppnotatet til"))
            for link in view.vist_til_i:
                yield self._citing(link)

    def _commitment(self, one: CommitmentRow) -> LineButton:
        deadline = numeric_date(one.frist) if one.frist else ""
        detail = " · ".join(filter(None, (one.eier, deadline, _(STATES[one.tilstand]))))
        return LineButton(one.oppgave, detail, lambda: self.commitment_wanted.emit(one.id))

    def _chain(self, link: ChainLink, *, own: bool) -> LineButton:
        text = _("{nummer} {tittel}").format(nummer=link.nummer, tittel=link.tittel).strip()
        detail = _("denne saken") if own else "" if link.vedtak_id else _("ikke noe vedtak ennå")
        vedtak_id = link.vedtak_id
        if own or vedtak_id is None:
            return LineButton(text, detail, None)
        return LineButton(text, detail, lambda: self.vedtak_wanted.emit(vedtak_id))

    def _citing(self, link: ChainLink) -> LineButton:
        text = _("{nummer} {tittel}").format(nummer=link.nummer, tittel=link.tittel).strip()
        target = (
            Target(Place.MOETER, link.moete_id, Tab.TOPPNOTATER, link.sak_id)
            if link.moete_id
            else Target(Place.SAKER, link.sak_id, sak_id=link.sak_id)
        )
        return LineButton(text, "", lambda: self.wanted.emit(target))


def _heading(text: str) -> QWidget:
    made = label(text, "stille")
    made.setContentsMargins(0, 8, 0, 0)
    return made


def _quiet(text: str) -> QWidget:
    return label(text, "stille", wrap=True)


def _text(heading: str, text: str) -> Iterator[QWidget]:
    yield _heading(heading)
    body = label(text, wrap=True)
    body.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    body.setAccessibleName(f"{heading}: {text}")
    yield body
