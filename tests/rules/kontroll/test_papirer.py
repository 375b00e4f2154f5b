"""The rules that read more than text: each planted defect is found, each near-miss stays silent."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n.kontroll_messages import (
    PLACES,
    RULE_TEXTS,
    SOURCES,
    rule_explanation,
    rule_sentence,
    rule_source,
)
from desktop.rules.entity_kinds import (
    Fastpostslag,
    Innspillslag,
    Oppmoeterolle,
    Postslag,
    Seksjonslag,
    Vedleggslag,
)
from desktop.rules.kinds import Maalform, Oppmoetestatus, Sakstype
from desktop.rules.kontroll import BY_ID, RULES, Papers, PlaceKind, check
from desktop.rules.kontroll.papers import (
    AgendaRow,
    Attachment,
    Attendee,
    Day,
    KnownMeeting,
    Line,
    Link,
    Minutes,
    Section,
    TextBlock,
)
from desktop.rules.kontroll.types import Place, Source
from tests.rules.kontroll.bygg import (
    DECEMBER,
    MEETINGS,
    OCTOBER,
    block,
    found,
    papers,
    sak,
    with_innspill,
    with_people,
    with_text,
    with_vedtak,
)

HERE, AWAY = Oppmoetestatus.TIL_STEDE, Oppmoetestatus.FORFALL
GUEST, SUBSTITUTE = Oppmoeterolle.GJEST, Oppmoeterolle.STEDFORTREDER
PURPOSE = Section("h", Seksjonslag.HENSIKT, (block("Rådet skal få oversikt."),))
REFERAT = Attachment("v", Vedleggslag.REFERAT, "1", dates=(OCTOBER,))


def day(*minutes: int | str, start: int = 9 * 60, **rest: object) -> Papers:
    """Return a day of rows that last so many minutes; text is a pause of 15."""
    rows, at = [], start
    for number, one in enumerate(minutes):
        size = one if isinstance(one, int) else 15
        kind = Postslag.SAK if isinstance(one, int) else Postslag.PAUSE
        begins, ends = (dt.time(m // 60, m % 60) for m in (at, at + size))
        rows.append(AgendaRow(f"p{number}", kind, f"Post {number}", None, begins, ends))
        at += size
    return papers(days=(Day("d1", DECEMBER, dt.time(16), tuple(rows)),), **rest)


def row(**given: int) -> Papers:
    start, end = dt.time(12), dt.time(13)
    one = AgendaRow("p", Postslag.SAK, "Strategi", "s1", start, end, **given)
    return papers(days=(Day("d1", DECEMBER, dt.time(16), (one,)),))


def approval(date: str, **given: object) -> Papers:
    title = f"Godkjenning av referatet fra møtet {date} i Nasjonalt e-helseråd"
    made = {"title": title, "fastpost": Fastpostslag.REFERAT, "attachments": (REFERAT,), **given}
    return papers(sak(**made))


def proposal(text: str) -> Papers:
    return papers(sak(forslag=(block(text, PlaceKind.FORSLAG),)))


def link(url: str, slag: Vedleggslag = Vedleggslag.LENKE, **given: object) -> Papers:
    return papers(sak(attachments=(Attachment("v", slag, "1", "Plan", url, **given),)))


def text_link(url: str) -> Papers:
    one = replace(block("Les mer her."), links=(Link(4, 7, url),))
    return papers(sak(omtale=(one,)))


def picture(*, lost: bool) -> Papers:
    one = TextBlock(Place(PlaceKind.OMTALE, "s1", None, "f"), "Oversikt", "figur", lost=lost)
    return papers(sak(omtale=(one,)))


def summed(text: str, vedtak: str = "Nasjonalt e-helseråd ba KS ta med seg innspillene.") -> Papers:
    told = (block(text, PlaceKind.OPPSUMMERING),) if text else ()
    return with_vedtak(vedtak, minutes=Minutes(oppsummering=told))


def taking(vedtak: str) -> Papers:
    return summed("", vedtak)


def person(key: str, **given: object) -> Attendee:
    return Attendee(key, given.pop("navn", f"Person {key}"), **given)  # type: ignore[arg-type]


MEMBER = person("m", rolle=Oppmoeterolle.MEDLEM, status=HERE, is_member=True)
ABSENT = replace(MEMBER, status=AWAY)
NAMED = Minutes(
    innspill=(Line("r1", Innspillslag.PUNKT, True, "m", (block("Ja.", PlaceKind.INNSPILL),)),)
)

PLANTED: dict[str, list[Papers]] = {
    "mangler_forslag_til_vedtak": [
        papers(sak(forslag=())),
        papers(sak(forslag=(), sakstype=Sakstype.ORIENTERING)),
        proposal("  "),
    ],
    "mangler_hensikt": [
        papers(sak(has_note=True)),
        papers(sak(has_note=True, sections=(Section("h", Seksjonslag.HENSIKT),))),
        papers(sak(has_note=True, sections=(Section("b", Seksjonslag.BAKGRUNN, PURPOSE.blocks),))),
    ],
    "mangler_sakseier": [
        papers(sak(has_note=True, has_owner=False)),
        papers(sak(), sak(key="s2", has_note=True, has_owner=False)),
        papers(sak(has_note=True, has_owner=False, sakstype=None)),
    ],
    "mangler_vedtak": [
        papers(sak(treated=True), held=True),
        with_vedtak(" "),
        papers(sak(treated=True, sakstype=Sakstype.GODKJENNING), held=True),
    ],
    "godkjenning_feil_dato": [
        approval("5. oktober 2023"),
        approval("6. november 2023", attachments=()),
        approval(
            "4. oktober 2023",
            forslag=(block("Godkjenner referatet fra møtet 6. oktober 2023.", PlaceKind.FORSLAG),),
        ),
        papers(
            sak(
                title="Godkjenning av referatet frå møtet 5. oktober 2023", attachments=(REFERAT,)
            ),
            maalform=Maalform.NN,
        ),
    ],
    "godkjenning_uten_referat": [
        approval("4. oktober 2023", attachments=()),
        approval("4. oktober 2023", attachments=(replace(REFERAT, withdrawn=True),)),
        approval("4. oktober 2023", attachments=(Attachment("t", Vedleggslag.TOPPNOTAT),)),
    ],
    "dagen_gaar_over_tiden": [
        papers(days=(Day("d1", DECEMBER, dt.time(16), (), 10),)),
        papers(days=(Day("d1", DECEMBER, dt.time(16)), Day("d2", DECEMBER, dt.time(12), (), 1))),
        papers(days=(Day("d1", DECEMBER, dt.time(15), (), 90),)),
    ],
    "fast_tid_er_passert": [row(overrun=5), row(overrun=1), row(overrun=90)],
    "hull_i_dagsorden": [row(gap=5), row(gap=1), row(gap=60)],
    "lenge_uten_pause": [
        day(60, 60, 61),
        day(30, "pause", 120, 70, 10),
        day(240),
    ],
    "fil_er_borte": [
        link("", Vedleggslag.FIL, lost=True),
        picture(lost=True),
        papers(sak(), sak(key="s2", attachments=(Attachment("v", Vedleggslag.FIL, lost=True),))),
    ],
    "lenke_uten_skjema": [
        link("www.ehelse.no"),
        link("ehelse.no/plan"),
        text_link("www.regjeringen.no"),
        papers(sak(), digital_lenke="teams.example/mote"),
    ],
    "vedtak_uten_utvalg": [
        proposal("Saken tas til orientering."),
        proposal("Tar saken til orientering."),
        with_vedtak("Det ble vedtatt å støtte saken."),
        with_vedtak("Saka vert teken til orientering."),
        with_vedtak("KS kommer tilbake. Nasjonalt e-helseråd støtter det."),
    ],
    "innspill_uten_oppsummering": [
        taking("Nasjonalt e-helseråd drøftet saken og ba KS ta med seg innspillene gitt i møtet."),
        taking("Nasjonalt e-helseråd støtter planen. Innspillene fra møtet tas med videre."),
        taking("Nasjonalt e-helseråd tar saken til orientering, og KS tar med innspillene videre."),
        taking("Nasjonalt e-helseråd drøfta saka og bad KS ta med seg innspela frå møtet."),
        taking("KS tek med seg innspel gitt i møtet."),
        taking("KS tar innspillene med i arbeidet."),
    ],
    "aktoer_i_innspill": [
        with_innspill("Oslo kommune mente at fristen er kort."),
        with_innspill("Det er viktig, og KS påpekte det samme."),
        with_innspill("Kari Nordmann sa at dette haster."),
        with_innspill("KS: Vi er bekymret."),
        with_innspill("KS meiner at fristen er kort."),
        with_innspill("Oslo kommune var bekymret for kostnadene."),
    ],
    "til_stede_og_borte": [
        with_people(person("a", navn="Kari", status=HERE), person("b", navn="Kari", status=AWAY)),
        with_people(replace(ABSENT, fra_sak="s1")),
        papers(sak(minutes=NAMED), attendees=(ABSENT,), held=True),
        with_people(MEMBER, person("v", rolle=SUBSTITUTE, status=HERE, for_id="m")),
    ],
    "stedfortreder_for_ingen": [
        with_people(MEMBER, person("v", rolle=SUBSTITUTE, status=HERE)),
        with_people(MEMBER, person("v", rolle=SUBSTITUTE, status=HERE, for_id="ukjent")),
        with_people(person("g"), person("v", rolle=SUBSTITUTE, status=HERE, for_id="g")),
    ],
    "gjest_uten_sak": [
        with_people(person("g", rolle=GUEST, status=HERE, saker=("borte",))),
        with_people(person("g", rolle=GUEST, status=HERE, saker=("s1", "borte"))),
        papers(sak(out=True), attendees=(person("g", rolle=GUEST, status=HERE, saker=("s1",)),)),
        with_people(replace(MEMBER, til_sak="borte")),
    ],
}  # fmt: skip
NEAR: dict[str, list[Papers]] = {
    "mangler_forslag_til_vedtak": [
        papers(sak()),
        papers(sak(forslag=(), sakstype=None)),
        papers(sak(forslag=(), out=True)),
        papers(sak(forslag=()), held=True),
    ],
    "mangler_hensikt": [
        papers(sak(has_note=True, sections=(PURPOSE,))),
        papers(sak()),
        papers(sak(has_note=True, out=True)),
    ],
    "mangler_sakseier": [
        papers(sak(has_note=True)),
        papers(sak(has_owner=False)),
        papers(sak(has_note=True, has_owner=False, out=True)),
    ],
    "mangler_vedtak": [
        with_vedtak("Nasjonalt e-helseråd støtter saken."),
        papers(sak(treated=True, sakstype=None), held=True),
        papers(sak(), held=True),
        papers(sak(treated=True, out=True), held=True),
    ],
    "godkjenning_feil_dato": [
        approval("4. oktober 2023"),
        approval("4. oktober 2023", attachments=()),
        approval("23. juni 2023", attachments=()),
        approval("5. oktober 2023", out=True),
        papers(sak(title="Referat fra møtet 5. oktober 2023 i Oslo")),
        approval("3.–4. oktober 2023"),
    ],
    "godkjenning_uten_referat": [
        approval("4. oktober 2023"),
        papers(
            sak(title="Godkjenning av referatet fra møtet 23. juni 2023"), meetings=MEETINGS[1:]
        ),
        approval("4. oktober 2023", attachments=(replace(REFERAT, slag=Vedleggslag.FIL),)),
        papers(sak(title="Godkjenning av innkalling og dagsorden")),
    ],
    "dagen_gaar_over_tiden": [
        papers(days=(Day("d1", DECEMBER, dt.time(16)),)),
        day(60, 60),
        papers(days=(Day("d1", DECEMBER, dt.time(16), (), 10),), held=True),
    ],
    "fast_tid_er_passert": [row(), row(gap=5), day(60, 30)],
    "hull_i_dagsorden": [row(), row(overrun=5), day(60, "pause", 60)],
    "lenge_uten_pause": [
        day(60, 60, 60),
        day(120, "pause", 120, "pause", 120),
        day(240, held=True),
    ],
    "fil_er_borte": [
        link("", Vedleggslag.FIL),
        link("", Vedleggslag.FIL, lost=True, withdrawn=True),
        picture(lost=False),
    ],
    "lenke_uten_skjema": [
        link("https://www.ehelse.no"),
        text_link("mailto:post@ehelse.no"),
        text_link("#tiltak"),
        link("www.ehelse.no", withdrawn=True),
        papers(sak(), digital_lenke="https://teams.example/mote"),
    ],
    "vedtak_uten_utvalg": [
        proposal("Nasjonalt e-helseråd tar saken til orientering."),
        proposal("E-helserådet støtter forslaget."),
        with_vedtak("Rådet drøfta saka."),
        with_vedtak("1. Nasjonalt e-helseråd støtter planen."),
        with_vedtak("Saken utsettes til neste møte."),
        papers(sak(forslag=(), sakstype=None)),
    ],
    "innspill_uten_oppsummering": [
        summed("Rådet la vekt på kostnadene."),
        taking("Nasjonalt e-helseråd drøftet saken og ga sine synspunkter."),
        taking("Nasjonalt e-helseråd tar saken til orientering."),
        papers(sak(forslag=(block("Rådet ber KS ta med seg innspillene.", PlaceKind.FORSLAG),))),
        taking("Nasjonalt e-helseråd gir innspill til planen."),
        taking("Nasjonalt e-helseråd tek saka til orientering."),
    ],
    "aktoer_i_innspill": [
        with_innspill("Oslo kommune mente at fristen er kort.", named=True),
        with_innspill("KS bør være med i arbeidet."),
        with_innspill("KS mente det samme som sist.", owners=["ks"]),
        with_innspill("Flere mente at fristen er kort."),
        with_innspill("Det er viktig at Oslo kommune får tid."),
        with_innspill("Arbeidet i KS er godt i gang."),
    ],
    "til_stede_og_borte": [
        with_people(MEMBER),
        with_people(ABSENT, person("v", rolle=SUBSTITUTE, status=HERE, for_id="m")),
        with_people(
            replace(MEMBER, til_sak="s1"), person("v", rolle=SUBSTITUTE, status=HERE, for_id="m")
        ),
        with_people(person("a", navn="Kari", status=HERE), person("b", navn="Kåre", status=AWAY)),
        papers(sak(minutes=NAMED), attendees=(MEMBER,), held=True),
    ],
    "stedfortreder_for_ingen": [
        with_people(ABSENT, person("v", rolle=SUBSTITUTE, status=HERE, for_id="m")),
        with_people(MEMBER),
        with_people(person("g", rolle=GUEST, status=HERE)),
    ],
    "gjest_uten_sak": [
        with_people(person("g", rolle=GUEST, status=HERE, saker=("s1",))),
        with_people(person("g", rolle=GUEST, status=HERE)),
        with_people(replace(MEMBER, fra_sak="s1")),
        with_people(person("g", rolle=GUEST, status=AWAY, saker=("borte",))),
    ],
}  # fmt: skip


def rows(table: dict[str, list[Papers]]) -> list[object]:
    return [
        pytest.param(rule, one, id=f"{rule}-{number}")
        for rule, every in table.items()
        for number, one in enumerate(every, 1)
    ]


@pytest.mark.parametrize(("rule", "given_papers"), rows(PLANTED))
def test_that_a_planted_defect_is_found(rule: str, given_papers: Papers):
    assert found(rule, given_papers) != []


@pytest.mark.parametrize(("rule", "given_papers"), rows(NEAR))
def test_that_a_near_miss_stays_silent(rule: str, given_papers: Papers):
    assert found(rule, given_papers) == []


@pytest.mark.parametrize("rule", PLANTED)
def test_that_every_rule_has_as_many_near_misses_as_defects(rule: str):
    assert len(NEAR[rule]) >= len(PLANTED[rule])


def test_that_every_rule_is_tested_here_or_with_the_texts():
    from tests.rules.kontroll.test_tekst import SLIPS  # noqa: PLC0415

    assert {rule.id for rule in RULES} == set(PLANTED) | set(SLIPS)


def test_that_every_rule_has_a_sentence_an_explanation_and_a_source_in_both_languages():
    assert set(RULE_TEXTS) == set(BY_ID)
    assert set(SOURCES) == {source.value for source in Source}
    assert set(PLACES) == {kind.value for kind in PlaceKind}
    for rule in RULES:
        assert rule_explanation(rule.id, "nn").endswith(".")
        assert rule_source(rule.source, "nn")
        assert RULE_TEXTS[rule.id].setning.endswith(".")


@pytest.mark.parametrize(("rule", "given_papers"), rows(PLANTED))
def test_that_a_sentence_has_all_its_values(rule: str, given_papers: Papers):
    for one in found(rule, given_papers):
        assert "?" not in rule_sentence(one.rule, one.params)
        assert "?" not in rule_sentence(one.rule, one.params, "nn")


def test_that_findings_come_by_sak_and_errors_before_hints():
    first = sak(omtale=(block("Kl. 10:00 og i i &&&."),))
    second = sak(key="s2", number="32/23", omtale=(block("Se sak 99/23.", sak="s2"),))
    told = [(one.place.sak_id, one.rule) for one in check(papers(first, second))]
    assert told == [("s1", "plassholder"), ("s1", "kolon_i_klokkeslett"), ("s2", "ukjent_sak")]


def test_that_the_fingerprint_follows_the_sentence_and_not_the_rest_of_the_block():
    one = found("ukjent_sak", with_text("Se sak 99/23 nå. Mer tekst."))[0]
    other = found("ukjent_sak", with_text("Se sak 99/23 nå. Helt annen tekst her."))[0]
    changed = found("ukjent_sak", with_text("Les sak 99/23 nå. Mer tekst."))[0]
    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != changed.fingerprint


PIECES = st.sampled_from(
    [
        "sak ", "12/23", "99-23", "31.11.", "&&&", '"', "«", "»", "kl. ", "10:00", "2023-2024",
        "vedlegg ",
        "Nasjonalt e-helserådet", "NUIT", " i ", "(", ")", "leverte ", "15. desember",
        "mandag ", "møte 3/2023 ",
        "KS", " mente", ": ", "xx.xx", "\n", ". ", "–", "www.", "§ ", "\u00a0", "ß", "İ", "å å",
    ]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=20).map("".join)))
def test_that_no_rule_raises_on_any_text(text: str):
    told = (block(text),)
    minutes = Minutes(told, (Line("r1", Innspillslag.PUNKT, blocks=told),), told, told)
    section = Section("r1", Seksjonslag.BAKGRUNN, told)
    one = sak(title=text, omtale=told, forslag=told, sections=(section,), earlier=told,
              minutes=minutes, vedtak=told, fastpost=Fastpostslag.REFERAT)  # fmt: skip
    for given_papers in (papers(one), papers(one, held=True)):
        for finding in check(given_papers):
            assert rule_sentence(finding.rule, finding.params)
            assert finding.place.span is None or 0 <= finding.place.span[0] <= finding.place.span[1]


def test_that_two_day_meetings_are_approved_by_either_day():
    two = KnownMeeting("m3", "raadet", 2023, 3, (dt.date(2023, 10, 4), dt.date(2023, 10, 5)))
    title = "Godkjenning av referatet fra møtet 4.–5. oktober 2023"
    assert found("godkjenning_feil_dato", papers(sak(title=title), meetings=(two,))) == []
