"""The settings of an utvalg: what follows a change, and what is refused."""

from __future__ import annotations

import datetime as dt
import os
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.template import own_template
from desktop.models import Fastpost, Frase, Utvalg
from desktop.rules.entity_kinds import Fastpostslag, Plassering
from desktop.rules.errors import RuleError
from desktop.rules.kinds import Maalform, Sakstype, Toppnotatstatus
from desktop.services.attach import attach_file, prepare_file
from desktop.services.errors import ServiceError
from desktop.services.utvalg import set_series, set_template
from desktop.services.utvalg_settings import (
    FraseRow,
    change_utvalg,
    load_settings,
    missing_styles,
    set_fastposter,
    set_fraser,
    set_husregler,
    template_of,
)
from desktop.storage.files import store_file
from tests.services.hus import make_series, text, words_of


def settings(hus):
    with hus.archive.read() as session:
        return load_settings(session, hus.key["raad"])


def values(held, **more):
    names = (
        "navn bestemt kortnavn maalform saksnummermoenster sekretariat_id standardsted "
        "standard_fra standard_til kommentarfrist_dager husregler"
    )
    return {name: getattr(held, name) for name in names.split()} | more


def change(hus, **more):
    change_utvalg(hus.archive, utvalg_id=hus.key["raad"], **values(settings(hus), **more))


def test_that_every_setting_is_kept(hus):
    wanted = {
        "navn": "Nytt råd",
        "bestemt": "Rådet",
        "kortnavn": "NR",
        "maalform": Maalform.NN,
        "saksnummermoenster": "PS {nr:03}/{aar}",
        "sekretariat_id": hus.key["kommunen"],
        "standardsted": "Torget 2",
        "standard_fra": dt.time(9, 30),
        "standard_til": dt.time(15),
        "kommentarfrist_dager": 7,
        "husregler": text("Høyst to sider."),
    }
    change(hus, **wanted)
    held = settings(hus)
    assert {name: getattr(held, name) for name in wanted} == wanted


def test_that_planned_meetings_follow_a_new_name(hus):
    hus.plan(dt.date(2023, 10, 4))
    moete = hus.plan(dt.date(2023, 12, 4))
    title = "Godkjenning av referatet fra møtet 4. oktober 2023 i Nasjonalt prøveråd"
    assert title in hus.agenda(moete)
    change(hus, navn="Nytt råd")
    assert title.replace("Nasjonalt prøveråd", "Nytt råd") in hus.agenda(moete)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"navn": " "}, "tomt_felt"),
        ({"navn": "Nynorskutvalet"}, "navn_er_i_bruk"),
        ({"standard_til": dt.time(9)}, "slutter_foer_start"),
        ({"kommentarfrist_dager": 400}, "tall_utenfor_omraade"),
        ({"saksnummermoenster": "{nr}"}, "moenster_trenger_ett_aar"),
    ],
)
def test_that_a_setting_that_cannot_be_is_refused_and_nothing_changes(hus, more, code):
    before = settings(hus)
    with pytest.raises((ServiceError, RuleError)) as error:
        change(hus, **more)
    assert error.value.code == code
    assert settings(hus) == before


def test_that_a_series_may_not_start_above_a_number_that_is_fixed(hus):
    make_series(hus)
    moete = hus.plan()
    hus.freeze(moete)
    (year,) = settings(hus).serier
    assert (year.fast_sak, year.fast_moete) == (17, 3)
    for first, code in (((18, 3), "serie_etter_fast_sak"), ((17, 4), "serie_etter_fast_moete")):
        with pytest.raises(ServiceError) as error:
            set_series(
                hus.archive,
                utvalg_id=hus.key["raad"],
                aar=2023,
                foerste_sak=first[0],
                foerste_moete=first[1],
            )
        assert error.value.code == code
    make_series(hus, 2023, 16, 2)
    assert settings(hus).serier[0].foerste_sak == 16


def test_that_posts_that_stay_keep_their_rows(hus):
    posts = settings(hus).fastposter
    set_fastposter(
        hus.archive,
        utvalg_id=hus.key["raad"],
        fastposter=[posts[1], posts[0]._replace(varighet=15), *posts[2:]],
    )
    held = settings(hus).fastposter
    assert [post.id for post in held] == [posts[1].id, posts[0].id, *(p.id for p in posts[2:])]
    assert held[1].varighet == 15


def test_that_a_new_meeting_has_the_posts_as_they_are_now(hus):
    posts = settings(hus).fastposter
    own = posts[0]._replace(
        id=None,
        slag=Fastpostslag.ANNET,
        tittel="Runde rundt bordet",
        plassering=Plassering.SIST,
        toppnotatstatus=Toppnotatstatus.IKKE_AKTUELT,
        frase=None,
    )
    set_fastposter(hus.archive, utvalg_id=hus.key["raad"], fastposter=[posts[0], own])
    assert hus.agenda(hus.plan())[-1] == "Runde rundt bordet"
    assert len(hus.rows(Fastpost, utvalg_id=hus.key["raad"])) == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"tittel": ""}, "tomt_felt"),
        ({"tittel": "{ukjent}"}, "frase_ukjent_plassholder"),
        ({"frase": "{utvalg"}, "frase_klammer"),
        ({"varighet": 24 * 60}, "tall_utenfor_omraade"),
    ],
)
def test_that_a_post_that_cannot_be_is_refused(hus, more, code):
    posts = settings(hus).fastposter
    wrong = [posts[0]._replace(**more)]
    with pytest.raises((ServiceError, RuleError)) as error:
        set_fastposter(hus.archive, utvalg_id=hus.key["raad"], fastposter=wrong)
    assert error.value.code == code
    assert settings(hus).fastposter == posts


def test_that_phrases_are_kept_in_the_order_given(hus):
    phrases = settings(hus).fraser
    new = FraseRow(None, Sakstype.BESLUTNING, "{utvalg} vedtar planen for {tema}.")
    set_fraser(hus.archive, utvalg_id=hus.key["raad"], fraser=[new, *reversed(phrases)])
    held = settings(hus).fraser
    assert [phrase.tekst for phrase in held] == [new.tekst, *(p.tekst for p in reversed(phrases))]
    set_fraser(hus.archive, utvalg_id=hus.key["raad"], fraser=())
    assert not hus.rows(Frase, utvalg_id=hus.key["raad"])


@given(order=st.permutations(range(4)))
def test_that_any_order_of_posts_is_kept(hus_template, tmp_path_factory, order):
    hus = hus_template.copy(tmp_path_factory.mktemp("rekke") / "hus.motebok")
    with hus.archive:
        posts = settings(hus).fastposter
        wanted = [posts[place] for place in order]
        set_fastposter(hus.archive, utvalg_id=hus.key["raad"], fastposter=wanted)
        assert list(settings(hus).fastposter) == wanted


def test_that_house_rules_without_text_are_none(hus):
    set_husregler(hus.archive, utvalg_id=hus.key["raad"], husregler=text("To sider."))
    assert words_of(settings(hus).husregler) == "To sider."
    set_husregler(hus.archive, utvalg_id=hus.key["raad"], husregler=text(""))
    assert settings(hus).husregler is None


def test_that_our_own_template_lacks_no_style(hus):
    set_template(hus.archive, utvalg_id=hus.key["raad"], navn="mal.docx", data=own_template())
    with hus.archive.read() as session:
        assert missing_styles(template_of(session, hus.key["raad"])) == ()
        assert template_of(session, hus.key["nynorsk"]) is None


def test_that_the_styles_a_plain_template_lacks_are_named():
    buffer = BytesIO()
    Document().save(buffer)
    assert "Tabellhode" in missing_styles(buffer.getvalue())
    assert "heading 1" not in missing_styles(buffer.getvalue())


def test_that_a_template_that_was_attached_before_is_read_whole(hus, tmp_path):
    template = os.urandom(700_000)
    path = tmp_path / "mal.docx"
    path.write_bytes(template)
    held = prepare_file(hus.archive.path, path, lambda _done, _total: True)
    sak = hus.placed(hus.plan(dt.date(2023, 10, 4)))
    attach_file(hus.archive, sak_id=sak, file=held)
    with hus.archive.operation("mal") as operation:
        digest = store_file(operation.session, template)
        operation.session.get_one(Utvalg, hus.key["raad"]).mal_sha256 = digest
    with hus.archive.read() as session:
        assert template_of(session, hus.key["raad"]) == template
