"""The front page: every line says what is so, and opens what it speaks of."""

import datetime as dt
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from sqlalchemy import select

from desktop.models import Base, Moete, Oppfoelging, Sak, Utvalg, map_all
from desktop.richtext.tree import tree_from_text
from desktop.rules.kinds import Sakstype
from desktop.rules.states import MoeteTilstand, ReferatTilstand
from desktop.services.dagsorden import place_sak
from desktop.services.innkalling import send_referat_to_comment
from desktop.services.last_changes import (
    _FOLLOW_UP,
    _MEMBERS,
    _PARENTS,
    _ROOTS,
    _SETTINGS,
    About,
    last_changes,
)
from desktop.services.moeter import Dag, hold_moete, plan_moete
from desktop.services.oppfoelging import (
    create_oppfoelging,
    delete_oppfoelging,
    link_saker,
    update_oppfoelging,
)
from desktop.services.overview import NextMeeting, ReferatOnItsWay, read_overview
from desktop.services.plain import driver_of
from desktop.services.saker import report_sak
from desktop.services.utvalg import change_person, create_person, create_utvalg
from desktop.services.vedtak import adopt_vedtak, register_vedtak
from desktop.storage.archive import Archive
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.targets import VEDTAK_REGISTER, Place, Tab, Target
from desktop.views.lines import LineButton
from desktop.views.pages.oversikt import OversiktPage
from desktop.views.pages.oversikt_words import change_line, meeting_line, referat_line
from desktop.views.pages.saker import QUEUE

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

DAY = dt.date(2023, 11, 20)
DEADLINE_DAYS = (dt.date(2023, 11, 10), dt.date(2023, 11, 17), dt.date(2023, 11, 18))


def changes_of(desk, limit=8):
    return desk.read(lambda session: last_changes(driver_of(session), limit=limit))


@pytest.fixture
def page(desk, tasks, preferences, qtbot, monkeypatch):
    monkeypatch.setattr("desktop.views.pages.oversikt._today", lambda: DAY)
    made = OversiktPage(desk, tasks, preferences)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    desk.changed.connect(made.refresh)
    made.load()
    made.show()
    made.activateWindow()
    return made


def lines_of(page):
    if page._soon.isActive():
        page.load()
    return page.front.area.widget().findChildren(LineButton)


def line(page, text):
    return next(one for one in lines_of(page) if text in one.accessibleName())


def press(qtbot, page, text):
    with qtbot.waitSignal(page.wanted) as went:
        qtbot.mouseClick(line(page, text), Qt.MouseButton.LeftButton)
    return went.args[0]


def meeting_key(desk, number):
    return desk.read(lambda session: session.scalar(select(Moete.id).where(Moete.nummer == number)))


def plan(desk, navn="NUFA", dato=dt.date(2023, 12, 5)):
    utvalg = desk.read(lambda s: s.scalar(select(Utvalg.id).where(Utvalg.kortnavn == navn)))
    dag = Dag(dato, dt.time(9), dt.time(15))
    moete = desk.do(plan_moete, utvalg_id=utvalg, dager=[dag], fixed_posts=False).value.id
    sak = desk.do(
        report_sak, utvalg_id=utvalg, tittel="Felles kodeverk", sakstype=Sakstype.DROEFTING
    ).value.id
    assert desk.do(place_sak, sak_id=sak, moetedag_id=first_day(desk, moete), varighet=30)
    return SimpleNamespace(utvalg=utvalg, moete=moete, sak=sak)


def first_day(desk, moete):
    return desk.read(lambda session: session.get(Moete, moete).dager[0].id)


def test_that_the_next_meeting_stands_first_and_opens_its_agenda(page, qtbot, desk):
    text = line(page, "Møte 4/2023").accessibleName()
    assert "torsdag 14. desember 2023" in text
    assert "12 saker" in text
    assert "om 24 dager, innkallingen er ferdigstilt" in text
    expected = Target(Place.MOETER, meeting_key(desk, 4), Tab.DAGSORDEN)
    assert press(qtbot, page, "Møte 4/2023") == expected


def test_that_what_is_missing_before_the_innkalling_opens_the_sak(page, qtbot, desk):
    planned = plan(desk)
    found = line(page, "Felles kodeverk")
    assert "Mangler forslag til vedtak, ferdig toppnotat, hensikt" in found.accessibleName()
    assert "og sakseier" in found.accessibleName()
    assert "(foreløpig nummer)" in line(page, "5. desember").accessibleName()
    assert press(qtbot, page, "Felles kodeverk") == Target(
        Place.MOETER, planned.moete, Tab.TOPPNOTATER, planned.sak
    )


def test_that_the_first_of_several_meetings_is_the_next(page, desk):
    plan(desk, dato=dt.date(2024, 2, 1))
    plan(desk, dato=dt.date(2023, 12, 5))
    assert line(page, "5. desember 2023")
    assert line(page, "1 møte til er planlagt")


def test_that_a_referat_for_comment_tells_its_deadline(page, desk, qtbot):
    key = meeting_key(desk, 4)
    now = dt.datetime(2023, 12, 15, 9, 0)  # noqa: DTZ001
    assert desk.do(hold_moete, moete_id=key)
    assert desk.do(send_referat_to_comment, moete_id=key, now=now, frist=dt.date(2023, 12, 29))
    assert (
        "Til kommentar til 29. desember 2023, 39 dager igjen"
        in line(page, "Møte 4/2023").accessibleName()
    )
    assert press(qtbot, page, "Møte 4/2023") == Target(Place.MOETER, key, Tab.DOKUMENTER)


@pytest.mark.parametrize(
    ("deadline", "words", "role"),
    [
        (dt.date(2023, 11, 20), "fristen er i dag", ""),
        (dt.date(2023, 11, 21), "1 dag igjen", ""),
        (dt.date(2023, 11, 19), "fristen gikk ut 19. november 2023", "advarsel"),
    ],
)
def test_that_a_deadline_that_has_passed_is_a_warning(deadline, words, role):
    row = ReferatOnItsWay("m", "3/2023", DAY, ReferatTilstand.TIL_KOMMENTAR, deadline)
    found = referat_line(row, DAY)
    assert words in found.detail
    assert found.role == role


def test_that_an_overdue_commitment_opens_itself_on_its_page(page, qtbot, desk):
    found = line(page, "Ta inn en kort veiledning")
    assert "3 dager over fristen" in found.accessibleName()
    target = press(qtbot, page, "Ta inn en kort veiledning")
    task = desk.read(lambda session: session.get_one(Oppfoelging, target.key).oppgave)
    assert target.place is Place.VEDTAK
    assert task.startswith("Ta inn en kort veiledning")


def test_that_a_deadline_before_the_next_meeting_is_told_until_it_has_passed(desk):
    on = {
        day: desk.read(lambda s, day=day: read_overview(driver_of(s), today=day))
        for day in DEADLINE_DAYS
    }
    told = [
        any(one.oppgave.startswith("Ta inn en kort") for one in on[day].utvalg[0].foer_moetet)
        for day in DEADLINE_DAYS
    ]
    assert told == [True, True, False]


def test_that_a_commitment_within_its_deadline_is_not_overdue(desk):
    overview = desk.read(lambda s: read_overview(driver_of(s), today=dt.date(2023, 11, 17)))
    assert [one.oppgave for one in overview.utvalg[0].forfalt] == []


def test_that_the_last_change_is_told_with_who_made_it(page, desk):
    assert desk.do(create_person, fornavn="Ola", etternavn="Prøve")
    first = lines_of(page)
    newest = next(one for one in first if "Legg til person" in one.accessibleName())
    assert "Kari Prøve" in newest.accessibleName()
    clock = dt.datetime.now().astimezone()
    change = changes_of(desk, limit=1)[0]
    assert abs(change.tid - clock.replace(tzinfo=None)) < dt.timedelta(seconds=30)
    assert change.om == About(sted="medlemmer")


def test_that_equal_changes_in_a_row_are_counted_as_one(desk):
    for name in ("Ola", "Eva", "Per"):
        assert desk.do(create_person, fornavn=name, etternavn="Prøve")
    found = changes_of(desk)
    assert (found[0].tekst, found[0].antall) == ("Legg til person", 3)
    assert "(3 ganger)" in change_line(found[0], DAY).text


def test_that_a_change_of_what_is_gone_opens_nothing(desk):
    planned = plan(desk)
    assert desk.undo()
    about = [change.om for change in changes_of(desk, limit=3)]
    assert about[0].sak_id == planned.sak
    assert desk.undo()
    assert changes_of(desk, limit=1)[0].om == About()


def test_that_a_change_of_follow_up_leads_to_the_commitment(desk):
    with desk.archive.read() as session:
        utvalg = session.scalars(select(Utvalg.id)).first()
        sak = session.scalars(select(Sak.id)).first()
    made = desk.do(create_oppfoelging, utvalg_id=utvalg, oppgave="Bestille lokaler").value.id
    for verb, more in (
        (update_oppfoelging, {"dato": DAY, "tekst": "Bestilt"}),
        (link_saker, {"saker": [sak]}),
    ):
        assert desk.do(verb, oppfoelging_id=made, **more)
        newest = changes_of(desk, limit=1)[0]
        assert newest.om == About(sted="oppfoelging", noekkel=made, hva="Bestille lokaler")
        assert change_line(newest, DAY).target == Target(Place.VEDTAK, made)
        assert change_line(newest, DAY).text.endswith(": Bestille lokaler")
    assert desk.do(delete_oppfoelging, oppfoelging_id=made)
    newest = changes_of(desk, limit=1)[0]
    assert change_line(newest, DAY).target == Target(Place.VEDTAK)


def test_that_a_change_of_the_register_leads_to_the_vedtak_and_one_of_a_sak_to_its_meeting(desk):
    text = tree_from_text("NUIT støtter planen.")
    made = desk.do(register_vedtak, referanse="77/21", organ="NUIT", tekst=text).value.id
    newest = changes_of(desk, limit=1)[0]
    assert newest.om == About(sted="vedtaksregister", noekkel=made)
    target = change_line(newest, DAY).target
    assert target == Target(Place.VEDTAK, f"{VEDTAK_REGISTER}:{made}")
    with desk.archive.read() as session:
        sak, moete = session.execute(
            select(Sak.id, Sak.moete_id).join(Moete, Moete.id == Sak.moete_id)
            .where(Moete.nummer == 4, Sak.moetesakssekvensnummer == 31)
        ).one()  # fmt: skip
    assert desk.do(adopt_vedtak, sak_id=sak, tekst=text)
    assert changes_of(desk, limit=1)[0].om == About(moete, sak)


def test_that_what_was_changed_is_read_in_few_statements(desk):
    asked = []
    desk.archive._database.driver.set_trace_callback(asked.append)
    assert changes_of(desk)
    assert 0 < len(asked) <= 16


def test_that_what_every_row_hangs_on_is_a_column_of_its_table():
    map_all()
    tables = Base.metadata.tables
    for table, parents in _PARENTS.items():
        assert all(f"{parent}_id" in tables[table].columns for parent in parents)
    told = {*_PARENTS, *_ROOTS, *_MEMBERS, *_SETTINGS, *_FOLLOW_UP, "fil"}
    assert set(tables) == told


def test_that_focus_and_unfolding_survive_a_change(page, desk, qtbot):
    target = line(page, "7 saker i køen")
    target.setFocus()
    qtbot.waitUntil(target.hasFocus)
    made = desk.do(create_person, fornavn="Ola", etternavn="Prøve").value.id
    assert line(page, "7 saker i køen").hasFocus()
    named = {"etternavn": "Prøve", "epost": None, "telefon": None, "organisasjon_id": None}
    assert desk.do(change_person, person_id=made, fornavn="Olav", **named)
    assert line(page, "7 saker i køen").hasFocus()


def test_that_the_queue_opens_as_a_queue(page, qtbot):
    assert press(qtbot, page, "7 saker i køen") == Target(Place.SAKER, QUEUE)


def test_that_many_lines_are_folded_until_asked_for(page, desk, qtbot):
    planned = plan(desk)
    day = first_day(desk, planned.moete)
    for number in range(8):
        sak = desk.do(
            report_sak,
            utvalg_id=planned.utvalg,
            tittel=f"Ekstra {number}",
            sakstype=Sakstype.DROEFTING,
        ).value.id
        assert desk.do(place_sak, sak_id=sak, moetedag_id=day, varighet=5)
    shown = [one for one in lines_of(page) if "Mangler" in one.accessibleName()]
    assert len(shown) == 5
    more = next(
        one
        for one in page.front.area.widget().findChildren(QPushButton)
        if one.text() == "Vis 4 til"
    )
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    shown = [one for one in lines_of(page) if "Mangler" in one.accessibleName()]
    assert len(shown) == 9


@pytest.fixture
def empty(tmp_path, tasks, preferences, qtbot):
    desk = Desk(Archive.create(tmp_path / "tomt.motebok", bruker="Kari"))
    page = OversiktPage(desk, tasks, preferences)
    qtbot.addWidget(page)
    desk.changed.connect(page.refresh)
    page.load()
    page.show()
    yield SimpleNamespace(desk=desk, page=page)
    desk.close()


def test_that_an_empty_archive_offers_the_first_step(empty, qtbot):
    def step():
        empty.page.load()
        body = empty.page.front.area.widget()
        return next(one for one in body.findChildren(QPushButton) if one.property("hoved"))

    assert step().text() == "Legg til utvalg"
    assert empty.desk.do(create_utvalg, navn="Rådet")
    assert step().text() == "Planlegg et møte"
    with qtbot.waitSignal(empty.page.wanted) as went:
        qtbot.mouseClick(step(), Qt.MouseButton.LeftButton)
    assert went.args == [Target(Place.MOETER)]


def test_that_a_meeting_whose_day_has_passed_says_so():
    meeting = NextMeeting(
        "m",
        "4/2023",
        False,
        MoeteTilstand.INNKALT,
        (DAY,),
        dt.time(9),
        dt.time(15),
        "",
        3,
        (),
        False,
        False,
    )
    assert "møtedagen er passert" in meeting_line(meeting, DAY + dt.timedelta(1)).detail
    assert "i dag" in meeting_line(meeting, DAY).detail
    assert "om 1 dag," in meeting_line(meeting, DAY - dt.timedelta(1)).detail
