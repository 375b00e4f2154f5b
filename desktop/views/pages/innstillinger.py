"""The page of settings: the user's own, and those of each utvalg."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QListWidget, QScrollArea, QStackedWidget, QWidget

from desktop.services.koe import utvalg_names
from desktop.services.types import ChangeSet
from desktop.services.utvalg_settings import load_settings
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import Place, Target
from desktop.viewmodels.tasks import Tasks
from desktop.views.form import Choice
from desktop.views.page import Page
from desktop.views.pages.innstillinger_lister import Phrases, Posts, Series
from desktop.views.pages.innstillinger_mal import Rules, Template
from desktop.views.pages.innstillinger_meg import Own
from desktop.views.pages.innstillinger_utvalg import Body, UtvalgDialog
from desktop.views.parts import Notice, button, column, label, row
from desktop.views.words import _

_LIST_WIDTH = 190
_OF_UTVALG = frozenset(
    {
        "utvalg",
        "nummerserie",
        "fastpost",
        "frase",
        "organisasjon",
        "organisasjonsnavn",
        "moete",
        "sak",
    }
)


class InnstillingerPage(Page):
    """Shows the settings, one part at a time. Everything counts at once and can be undone."""

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__(desk, tasks, preferences)
        self.own = Own(desk, preferences)
        self.body = Body(desk)
        self.series = Series(desk)
        self.posts = Posts(desk)
        self.phrases = Phrases(desk)
        self.template = Template(desk, tasks)
        self.rules = Rules(desk)
        self.notice = Notice()
        self.utvalg = Choice((), _("Utvalg"))
        self.utvalg.setMinimumContentsLength(26)
        self.utvalg_label = label(_("&Utvalg"))
        self.utvalg_label.setTextFormat(Qt.TextFormat.PlainText)
        self.utvalg_label.setBuddy(self.utvalg)
        self.new_button = button(_("Nytt utvalg …"), self.add)
        self.new_button.setEnabled(not desk.read_only)
        for part in (self.utvalg, self.utvalg_label, self.new_button):
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            part.setSizePolicy(policy)
        self._make_parts()
        top = row(label(_("Innstillinger"), "tittel"), None, self.utvalg_label, self.utvalg,
                  self.new_button)  # fmt: skip
        middle = row(self.list, self.stack, spacing=18)
        middle.setStretch(1, 1)
        self.setLayout(column(top, self.notice, middle, margin=18, spacing=12))
        self.utvalg.currentIndexChanged.connect(lambda _place: self.show_utvalg())

    def _make_parts(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName(_("Deler av innstillingene"))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setSpacing(2)
        self.stack = QStackedWidget()
        for name, part in (
            (_("Deg og programmet"), _scrolling(self.own)),
            (_("Utvalget"), _scrolling(self.body)),
            (_("Nummerserie"), self.series),
            (_("Faste poster"), self.posts),
            (_("Fraser for vedtak"), self.phrases),
            (_("Word-mal"), self.template),
            (_("Husregler"), self.rules),
        ):
            self.list.addItem(name)
            self.stack.addWidget(part)
        self.list.currentRowChanged.connect(self._show_part)
        self.list.setCurrentRow(0)

    def _of_utvalg(self) -> tuple[Body | Series | Posts | Phrases | Template | Rules, ...]:
        return (self.body, self.series, self.posts, self.phrases, self.template, self.rules)

    def _show_part(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        for one in (self.utvalg, self.utvalg_label, self.new_button):
            one.setVisible(place > 0)

    def load(self) -> None:
        """Read everything the page shows."""
        self.own.load()
        names = self.desk.read(utvalg_names)
        self.utvalg.set_items(names)
        for place in range(1, self.list.count()):
            item = self.list.item(place)
            enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(enabled if names or place == 1 else Qt.ItemFlag.NoItemFlags)
        self.show_utvalg()

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a change touched."""
        if changes.tables & _OF_UTVALG:
            self.load()

    def show_utvalg(self) -> None:
        """Show the settings of the chosen utvalg."""
        utvalg_id = self.utvalg.key()
        self.body.setEnabled(utvalg_id is not None)
        if utvalg_id is not None:
            held = self.desk.read(lambda session: load_settings(session, utvalg_id))
            for part in self._of_utvalg():
                part.show_settings(held)

    def add(self) -> None:
        """Ask for a new utvalg."""
        dialog = UtvalgDialog(self, self.desk)
        dialog.accepted.connect(lambda: self._show_new(dialog.created))
        dialog.open()

    def _show_new(self, utvalg_id: str) -> None:
        self.utvalg.choose(utvalg_id)
        self.list.setCurrentRow(1)

    def open(self, target: Target) -> None:
        """Show the settings of an utvalg."""
        if target.key:
            self.utvalg.choose(target.key)
            self.list.setCurrentRow(max(1, self.list.currentRow()))

    def where(self) -> Target | None:
        """Return the utvalg whose settings are shown; none for the user's own."""
        key = self.utvalg.key() if self.list.currentRow() > 0 else None
        return Target(Place.INNSTILLINGER, key=key)


def _scrolling(part: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(part)
    return area
