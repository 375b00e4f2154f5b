"""What comes with a planned meeting by itself: members and fixed posts."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QWidget

from desktop.i18n.dates import long_date
from desktop.services.moete_proposal import DayFacts, PostProposal
from desktop.views.parts import column, label
from desktop.views.words import _

_WIDTH = 240


class PlanSummary(QFrame):
    """A card that says how many members have a seat, and which fixed posts will be proposed."""

    def __init__(self, *, new: bool) -> None:
        super().__init__()
        self.setObjectName("kort")
        self.setFixedWidth(_WIDTH)
        self._new = new
        self.members = label("", wrap=True)
        self.posts_wanted = QCheckBox(_("Ta med faste poster"))
        self.posts_wanted.setChecked(True)
        self.posts_wanted.setVisible(new)
        self.posts_wanted.toggled.connect(self._enable_posts)
        self.status_wanted = QCheckBox()
        self.status_wanted.hide()
        self.posts: QWidget = QWidget()
        self.setLayout(
            column(
                label(_("Følger med møtet") if new else _("Medlemmer"), "undertittel"),
                self.members,
                self.posts_wanted,
                self.posts,
                self.status_wanted,
                margin=14,
                spacing=10,
            )
        )
        self._shown: tuple[PostProposal, ...] | None = None

    def _enable_posts(self, wanted: bool) -> None:
        self.posts.setEnabled(wanted)

    def wants_posts(self) -> bool:
        """Tell whether the fixed posts shall stand on the agenda."""
        return self.posts_wanted.isChecked()

    def offer_status(self, antall: int) -> None:
        """Offer a sak about the commitments that are open; 0 offers none."""
        self.status_wanted.setText(_("Statussak ({antall} åpne)").format(antall=antall))
        self.status_wanted.setToolTip(
            _("En sak om oppfølgingen som ikke er ferdig, med tabellen i toppnotatet")
        )
        self.status_wanted.setVisible(self._new and antall > 0)
        if not antall:
            self.status_wanted.setChecked(False)

    def wants_status(self) -> bool:
        """Tell whether a status sak shall stand on the agenda."""
        return self.status_wanted.isChecked()

    def show_facts(self, facts: DayFacts | None, dato: dt.date | None) -> None:
        """Show what a date decides; without one, what is waited for."""
        self.members.setText(self._members(facts, dato))
        posts = facts.fastposter if facts else ()
        self.posts_wanted.setVisible(self._new and bool(posts))
        if posts != self._shown:
            self._shown = posts
            self._show_posts(posts)

    @staticmethod
    def _members(facts: DayFacts | None, dato: dt.date | None) -> str:
        if facts is None or dato is None:
            return _("Skriv datoen, så står det her hvem som har verv og hva som foreslås.")
        count = facts.antall_medlemmer
        if not count:
            return _("Ingen medlemmer har verv {dato}. Gi verv under Medlemmer.").format(
                dato=long_date(dato)
            )
        told = _.plural(
            "{antall} medlem har verv {dato}.", "{antall} medlemmer har verv {dato}.", count
        )
        return told.format(antall=count, dato=long_date(dato))

    def _show_posts(self, posts: tuple[PostProposal, ...]) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        for number, post in enumerate(posts):
            grid.addWidget(label(post.tittel, wrap=True), number, 0)
            minutes = _("{antall} min").format(antall=post.varighet)
            grid.addWidget(label(minutes, "stille"), number, 1)
        fresh.setEnabled(self.wants_posts())
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(self.posts, fresh)
        self.posts.hide()
        self.posts.deleteLater()
        self.posts = fresh
