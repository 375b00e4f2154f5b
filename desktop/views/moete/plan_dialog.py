"""The dialog that plans a meeting, and that changes the days and the frame of one."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.kinds import Moeteform
from desktop.services.moete_change import PlannedDay, rework_moete
from desktop.services.moete_lists import MoeteHead, busy_on, utvalg_choices
from desktop.services.moete_proposal import (
    DayFacts,
    Frame,
    day_facts,
    frame_of,
    person_choices,
)
from desktop.services.moeter import Dag, plan_moete
from desktop.services.statussak import plan_with_statussak, status_offer
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.meeting_form import (
    DayText,
    Reading,
    hint_about,
    needs_a_second_look,
    next_day,
)
from desktop.viewmodels.meetings import FORMS, meeting_name
from desktop.views.moete.choosers import Choice, Chooser
from desktop.views.moete.day_editor import DayEditor
from desktop.views.moete.plan_summary import PlanSummary
from desktop.views.parts import Notice, button, column, label, row
from desktop.views.words import _

_SIZE = QSize(900, 560)
_MARGIN = QSize(40, 60)


class MoeteDialog(QDialog):
    """Plans a meeting of an utvalg; with a head, changes that meeting.

    `moete_id` is the meeting once it is planned or changed. What is typed stays while anything is
    refused: the sentence about it stands beside the field, or above the buttons.
    """

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        *,
        utvalg_id: str,
        head: MoeteHead | None = None,
        today: dt.date | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.head = head
        self.moete_id = head.id if head else ""
        self.today = today or dt.date.today()  # noqa: DTZ011
        self.days: list[DayEditor] = []
        self._facts: DayFacts | None = None
        self._people_at: tuple[str, dt.date] | None = None
        self._chosen_by_hand: set[Chooser] = set()
        name = meeting_name(head.nummer, head.dager) if head else ""
        self.setWindowTitle(
            _("Endre {moete}").format(moete=name[:1].lower() + name[1:])
            if head
            else _("Planlegg møte")
        )
        self._make_fields(utvalg_id)
        self._lay_out()
        self._start()

    def _make_fields(self, utvalg_id: str) -> None:
        self.utvalg = QComboBox()
        self.utvalg.setAccessibleName(_("Utvalg"))
        for choice in self.desk.read(utvalg_choices):
            self.utvalg.addItem(choice.navn, choice.id)
        self.utvalg.setCurrentIndex(max(0, self.utvalg.findData(utvalg_id)))
        self.utvalg.setEnabled(self.head is None)
        self.utvalg.activated.connect(lambda _index: self._utvalg_chosen())
        self.number = label("–", "foreloepig")
        self.day_box = QVBoxLayout()
        self.day_box.setSpacing(8)
        self.add_day = button(_("Legg til en dag"), self.append_day)
        self.form = QComboBox()
        self.form.setAccessibleName(_("Møteform"))
        for form, text in FORMS.items():
            self.form.addItem(text, form)
        self.form.currentIndexChanged.connect(lambda _index: self._form_chosen())
        self.place = QLineEdit()
        self.place.setPlaceholderText(_("Hvor møtet holdes"))
        self.link = QLineEdit()
        self.link.setPlaceholderText(_("https://…"))
        self.leader = Chooser(_("Møteleder"))
        self.referent = Chooser(_("Referent"))
        for chooser in (self.leader, self.referent):
            chooser.activated.connect(lambda _index, by=chooser: self._chosen_by_hand.add(by))
            chooser.editTextChanged.connect(lambda _text: self._answer_people())
        self.people_answer = label("", "feil", wrap=True)
        self.people_answer.hide()

    def _lay_out(self) -> None:
        self.fields = QFormLayout()
        self.fields.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.fields.setVerticalSpacing(10)
        self.fields.setHorizontalSpacing(14)
        self.fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        days = column(self.day_box, row(self.add_day, None), spacing=8)
        self.fields.addRow(_("&Utvalg"), self.utvalg)
        self.fields.addRow(_("Nummer"), self.number)
        self.fields.addRow(_("Når"), days)
        self.fields.addRow(_("&Form"), self.form)
        self.fields.addRow(_("&Sted"), self.place)
        self.fields.addRow(_("Møte&lenke"), self.link)
        self.fields.addRow(_("&Møteleder"), self.leader)
        self.fields.addRow(_("&Referent"), self.referent)
        self.fields.addRow("", self.people_answer)
        self._level_captions(days)
        for field, name in ((self.place, _("Sted")), (self.link, _("Møtelenke"))):
            field.setAccessibleName(name)
        self.summary = PlanSummary(new=self.head is None)
        inner = QWidget()
        body = row(column(self.fields, None), column(self.summary, None), margin=16, spacing=20)
        body.setStretch(0, 1)
        inner.setLayout(body)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.notice = Notice()
        done = _("Lagre endringene") if self.head else _("Planlegg møtet")
        self.ok = button(done, self.accept, main=True)
        self.ok.setDefault(True)
        cancel = button(_("Avbryt"), self.reject)
        cancel.setAutoDefault(False)
        for quiet in (self.add_day, *self.notice.findChildren(type(cancel))):
            quiet.setAutoDefault(False)
        foot = column(self.notice, row(None, cancel, self.ok), margin=16)
        self.setLayout(column(scroll, foot, spacing=0))
        room = self.screen().availableSize() - _MARGIN
        self.resize(_SIZE.boundedTo(room))

    def _level_captions(self, days: QLayout) -> None:
        """Let each caption stand level with the text of its field, at the top of the days."""
        height = self.place.sizeHint().height()
        beside = (self.utvalg, self.form, self.place, self.link, self.leader, self.referent, days)
        for field in beside:
            caption = self.fields.labelForField(field)
            caption.setFixedHeight(height)
            if isinstance(caption, QLabel):
                caption.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _start(self) -> None:
        if self.head is None:
            self._take_frame(self._frame())
        else:
            head = self.head
            self._show_frame(head.form, head.sted or "", head.digital_lenke or "")
            for dag in head.dager:
                shown = DayText(
                    f"{dag.dato:%d.%m.%Y}",
                    f"{dag.fra:%H.%M}",
                    f"{dag.til:%H.%M}",
                    dag.sted or "",
                    dag.id,
                )
                self._add_editor(shown)
            self._chosen_by_hand = {self.leader, self.referent}
        self._refresh()
        if self.head is not None:
            self.leader.choose(self.head.moeteleder_id)
            self.referent.choose(self.head.referent_id)
        self.days[0].date.setFocus()

    def _frame(self) -> Frame:
        utvalg_id = self.utvalg_id()
        return self.desk.read(lambda session: frame_of(session, utvalg_id))

    def _take_frame(self, frame: Frame) -> None:
        """Propose what the utvalg did last; dates that are typed stay."""
        self._proposed = frame
        self._offer_status()
        self._show_frame(frame.form, frame.sted, frame.digital_lenke)
        times = f"{frame.fra:%H.%M}", f"{frame.til:%H.%M}"
        if not self.days:
            self._add_editor(DayText("", *times))

    def _offer_status(self) -> None:
        utvalg_id, today = self.utvalg_id(), self.today
        self.summary.offer_status(
            self.desk.read(lambda session: status_offer(session, utvalg_id, today=today))
        )

    def _show_frame(self, form: Moeteform, sted: str, lenke: str) -> None:
        self.form.setCurrentIndex(self.form.findData(form))
        self.place.setText(sted)
        self.link.setText(lenke)
        self._form_chosen()

    def utvalg_id(self) -> str:
        """Return the utvalg that is chosen."""
        return str(self.utvalg.currentData())

    def chosen_form(self) -> Moeteform:
        """Return the form that is chosen."""
        return Moeteform(self.form.currentData())

    def append_day(self) -> None:
        """Add a day: the one after the last, at the same times."""
        readings = [day.reading() for day in self.days]
        self._add_editor(next_day(readings, self.days[-1].text()))
        self._refresh()
        self.days[-1].date.setFocus()
        self.days[-1].date.selectAll()

    def _add_editor(self, text: DayText) -> None:
        editor = DayEditor(text, self.today)
        editor.edited.connect(self._refresh)
        editor.removed.connect(lambda: self._remove_editor(editor))
        self.days.append(editor)
        self.day_box.addWidget(editor)

    def _remove_editor(self, editor: DayEditor) -> None:
        self.days.remove(editor)
        self.day_box.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        self._refresh()
        self.days[-1].date.setFocus()

    def _utvalg_chosen(self) -> None:
        self._chosen_by_hand.clear()
        self._take_frame(self._frame())
        self._refresh()

    def _form_chosen(self) -> None:
        form = self.chosen_form()
        self.fields.setRowVisible(self.place, form is not Moeteform.DIGITALT)
        self.fields.setRowVisible(self.link, form is not Moeteform.FYSISK)

    def first(self) -> Reading | None:
        """Return the earliest day that can be read."""
        found = [reading for day in self.days if (reading := day.reading()).dato is not None]
        return min(found, key=lambda one: one.dato or dt.date.max) if found else None

    def _refresh(self) -> None:
        """Show what the typed days decide."""
        first = self.first()
        self._read_facts(first)
        self._offer_people(first.dato if first and first.dato else self.today)
        for day in self.days:
            frozen = self.head is not None and self.head.innkalt
            day.set_several(several=len(self.days) > 1, removable=not (frozen and day.text().key))
            self._hint(day)

    def _hint(self, day: DayEditor) -> None:
        dato, utvalg_id = day.reading().dato, self.utvalg_id()
        if dato is None:
            day.say("", warn=False)
            return
        busy = self.desk.read(lambda session: busy_on(session, utvalg_id, dato, self.moete_id))
        hint = hint_about(dato, today=self.today, busy=busy)
        day.say(hint, warn=needs_a_second_look(dato, today=self.today, busy=busy))

    def _read_facts(self, first: Reading | None) -> None:
        utvalg_id, moete_id = self.utvalg_id(), self.moete_id or None
        if first is None or first.dato is None or first.field == "dato":
            self._facts = None
        else:
            dato, fra = first.dato, first.fra or dt.time.min
            self._facts = self.desk.read(
                lambda session: day_facts(session, utvalg_id, dato, fra, moete_id)
            )
        self._show_facts(first.dato if first else None)

    def _show_facts(self, dato: dt.date | None) -> None:
        facts, fixed = self._facts, self.head is not None and self.head.innkalt
        text = facts.nummer if facts else _("Kommer når datoen er satt")
        if facts and not fixed:
            text = _("{nummer} – foreløpig til innkallingen ferdigstilles").format(
                nummer=facts.nummer
            )
        self.number.setText(text)
        self.number.setProperty("rolle", "" if fixed else "foreloepig" if facts else "stille")
        self.number.style().unpolish(self.number)
        self.number.style().polish(self.number)
        self.summary.show_facts(facts, dato)

    def _offer_people(self, dato: dt.date) -> None:
        utvalg_id = self.utvalg_id()
        if self._people_at != (utvalg_id, dato):
            self._people_at = (utvalg_id, dato)
            people = self.desk.read(lambda session: person_choices(session, utvalg_id, dato))
            choices = [Choice(one.id, one.navn, one.organisasjon) for one in people]
            self._seated = {one.id for one in people if one.har_verv}
            for chooser in (self.leader, self.referent):
                typed = chooser.unknown()
                chooser.set_choices(choices)
                if typed:
                    chooser.setEditText(typed)
        if self.head is None:
            self._propose_people()

    def _propose_people(self) -> None:
        """Propose who led and wrote last time while they have a seat, else those of the verv."""
        facts, last = self._facts, self._proposed
        by_verv = (facts.leder_id, facts.sekretaer_id) if facts else (None, None)
        wanted = (last.moeteleder_id, last.referent_id)
        for chooser, before, seat in zip(
            (self.leader, self.referent), wanted, by_verv, strict=True
        ):
            if chooser not in self._chosen_by_hand and not chooser.unknown():
                chooser.choose(before if before in self._seated else seat or before)

    def _answer_people(self) -> None:
        unknown = [text for chooser in (self.leader, self.referent) if (text := chooser.unknown())]
        told = ""
        if unknown:
            told = _(
                "«{navn}» er ikke i arkivet. Velg en person i listen; nye personer legges til "
                "under Medlemmer."
            ).format(navn=unknown[0])
        self.people_answer.setText(told)

    def accept(self) -> None:
        """Plan or change the meeting; stay, with the sentence, where that is refused."""
        wrong = next((day for day in self.days if day.reading().error), None)
        if wrong is not None:
            wrong.complain()
            self._hint(wrong)
            return
        unknown = next((one for one in (self.leader, self.referent) if one.unknown()), None)
        self.people_answer.setVisible(unknown is not None)
        if unknown is not None:
            unknown.setFocus()
            return
        error = self._change() if self.head else self._plan()
        self.notice.say(error)
        if not error:
            super().accept()

    def _dager(self) -> list[tuple[str | None, Dag]]:
        several = len(self.days) > 1
        texts = [day.text() for day in self.days]
        dager = [day.reading().dag(text.sted) for day, text in zip(self.days, texts, strict=True)]
        return [
            (text.key, dag if several or text.sted else Dag(dag.dato, dag.fra, dag.til))
            for text, dag in zip(texts, dager, strict=True)
            if dag is not None
        ]

    def _plan(self) -> str:
        verb = plan_with_statussak if self.summary.wants_status() else plan_moete
        outcome = self.desk.do(
            verb,
            utvalg_id=self.utvalg_id(),
            dager=[dag for _key, dag in self._dager()],
            form=self.chosen_form(),
            sted=self._sted(),
            digital_lenke=self._lenke(),
            moeteleder_id=self.leader.key(),
            referent_id=self.referent.key(),
            fixed_posts=self.summary.wants_posts(),
        )
        if outcome.value is not None:
            self.moete_id = outcome.value.id
        return outcome.error

    def _change(self) -> str:
        return self.desk.do(
            rework_moete,
            moete_id=self.moete_id,
            dager=[PlannedDay(key, dag) for key, dag in self._dager()],
            form=self.chosen_form(),
            sted=self._sted(),
            digital_lenke=self._lenke(),
            moeteleder_id=self.leader.key(),
            referent_id=self.referent.key(),
        ).error

    def _sted(self) -> str | None:
        return self.place.text() if self.chosen_form() is not Moeteform.DIGITALT else None

    def _lenke(self) -> str | None:
        return self.link.text() if self.chosen_form() is not Moeteform.FYSISK else None
