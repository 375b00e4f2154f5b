from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.rules.actors import Actor
from desktop.rules.commitments import Proposal, recognise
from desktop.rules.kinds import Maalform

DECIDED = date(2024, 3, 13)
NEXT = date(2024, 6, 12)
ACTORS = (
    Actor("ks", ("KS",), "organisasjon"),
    Actor("fhi", ("Folkehelseinstituttet", "FHI"), "organisasjon"),
    Actor("hdir", ("Helsedirektoratet",), "organisasjon"),
    Actor("dir", ("Direktoratet for e-helse",), "organisasjon"),
    Actor("nhn", ("Norsk helsenett SF",), "organisasjon"),
    Actor("hod", ("Helse- og omsorgsdepartementet",), "organisasjon"),
    Actor("kari", ("Kari Nordmann",), "person"),
)
BODY = ("Nasjonalt e-helseråd", "E-helserådet")


def found(text: str, language: Maalform = Maalform.NB) -> tuple[Proposal, ...]:
    return recognise(
        text,
        actors=ACTORS,
        body=BODY,
        decided=DECIDED,
        next_meeting=NEXT,
        language=language,
    )


def said(text: str, language: Maalform = Maalform.NB) -> list[tuple[list[str], str]]:
    return [([*one.actors, *one.others], one.task) for one in found(text, language)]


@pytest.mark.parametrize(
    ("text", "actors", "task"),
    [
        (
            "Nasjonalt e-helseråd drøftet saken og ba KS ta med seg innspillene.",
            ["ks"],
            "ta med seg innspillene",
        ),
        ("Rådet ber KS om å sende en plan.", ["ks"], "sende en plan"),
        ("Rådet oppfordrer KS til å dele tall.", ["ks"], "dele tall"),
        ("Rådet oppfordret FHI til å dele tall.", ["fhi"], "dele tall"),
        ("Rådet anmoder FHI om å dele tall.", ["fhi"], "dele tall"),
        ("Rådet ga KS i oppdrag å lage en veileder.", ["ks"], "lage en veileder"),
        ("Rådet vil be KS om å lage en veileder.", ["ks"], "lage en veileder"),
        ("Rådet vedtok å be KS lage en veileder.", ["ks"], "lage en veileder"),
        ("I dag ba rådet KS om å lage en veileder.", ["ks"], "lage en veileder"),
        ("Rådet ber på denne bakgrunn KS om å svare.", ["ks"], "svare"),
        ("Rådet ber KS om en redegjørelse.", ["ks"], "en redegjørelse"),
        ("Rådet ber om en plan fra KS.", ["ks"], "en plan fra KS"),
    ],
)
def test_that_whom_the_utvalg_asks_is_bound(text, actors, task):
    assert said(text) == [(actors, task)]


@pytest.mark.parametrize(
    ("text", "actors", "task"),
    [
        ("Rådet ba om at KS sender en plan.", ["ks"], "sender en plan"),
        ("Rådet vedtok at KS skal lage en plan.", ["ks"], "lage en plan"),
        ("Det ble enighet om at KS følger opp saken.", ["ks"], "følger opp saken"),
        ("KS bes om å svare.", ["ks"], "svare"),
        ("KS ble oppfordret til å svare.", ["ks"], "svare"),
        ("KS får i oppdrag å svare.", ["ks"], "svare"),
        ("KS kommer tilbake med tall.", ["ks"], "kommer tilbake med tall"),
        ("KS skal også lage en plan.", ["ks"], "lage en plan"),
        ("Sekretariatet sender ut referatet.", ["Sekretariatet"], "sender ut referatet"),
        ("Deretter legger KS fram en plan.", ["ks"], "legger fram en plan"),
        ("Saken følges opp av KS.", ["ks"], "følges opp av KS"),
        ("Innspillene tas med i planen.", [], "tas med i planen"),
    ],
)
def test_that_who_takes_something_on_is_bound(text, actors, task):
    assert said(text) == [(actors, task)]


@pytest.mark.parametrize(
    ("text", "actors", "task"),
    [
        (
            "Rådet drøfta saka og bad KS ta med seg innspela i det vidare arbeidet.",
            ["ks"],
            "ta med seg innspela i det vidare arbeidet",
        ),
        ("Rådet oppmodar KS om å leggje fram ein plan.", ["ks"], "leggje fram ein plan"),
        ("KS kjem tilbake med tal.", ["ks"], "kjem tilbake med tal"),
        ("KS kjem attende med tal.", ["ks"], "kjem attende med tal"),
        ("Rådet bad om at KS legg fram tal.", ["ks"], "legg fram tal"),
        ("Kommunane vert bedne om å svare.", ["Kommunane"], "svare"),
        ("Arbeidsgruppa fekk i oppdrag å svare.", ["Arbeidsgruppa"], "svare"),
        ("Saka blir følgd opp av KS.", ["ks"], "blir følgd opp av KS"),
    ],
)
def test_that_nynorsk_binds_as_bokmaal_does(text, actors, task):
    assert said(text, Maalform.NN) == [(actors, task)]


def test_that_the_other_language_is_tried_where_the_first_finds_nothing():
    assert said("Rådet oppmodar KS om å svare.", Maalform.NB) == [(["ks"], "svare")]
    assert said("KS bes om å svare.", Maalform.NN) == [(["ks"], "svare")]


@pytest.mark.parametrize(
    "text",
    [
        "Nasjonalt e-helseråd tar saken til orientering.",
        "Nasjonalt e-helseråd godkjenner innkalling og dagsorden.",
        "Rådet støtter forslaget.",
        "Rådet drøftet saken og ga sine synspunkter på planen.",
        "Rådet utsetter saken.",
    ],
)
def test_that_the_formulae_of_a_vedtak_bind_nobody(text):
    assert found(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Rådet ba i forrige møte KS om å lage en plan.",
        "I sak 4/23 ba rådet KS om å lage en plan.",
        "Rådet bad i førre møte om ei oversikt frå KS.",
        "Som rådet ba om, er planen lagt fram.",
        "Rådet viser til at det tidligere ba KS om å svare.",
        "Rådet har bedt KS om å svare.",
        "KS fulgte opp saken.",
        "KS har fått i oppdrag å svare.",
        "Saken ble lagt fram av KS.",
    ],
)
def test_that_what_was_asked_or_done_before_is_not_proposed(text):
    assert found(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Dersom KS svarer, skal FHI lage en plan.",
        "Hvis midlene kommer, følger KS opp saken.",
        "Skal KS følge opp?",
        "Rådet kan be KS om å svare.",
        "Rådet vurderte å be KS om å svare.",
        "KS bør lage en plan.",
        "Det er uklart om KS skal svare.",
        "Rådet ber ikke KS om å svare.",
        "KS skal ikke svare.",
    ],
)
def test_that_conditions_questions_and_denials_bind_nobody(text):
    assert found(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Rådet ble orientert om at KS skal bytte system.",
        "Planen som KS skal levere, er forsinket.",
        "Tiltakene KS skal gjennomføre, er mange.",
        "Samarbeidet mellom FHI og KS skal styrkes.",
        "FHI ba KS om å svare.",
        "Rådet tar til orientering rapporten «KS skal sende data innen 1. mai».",
        "Regelverket skal legge til rette for deling.",
        "KS vil ha behov for tid.",
        "Helsedirektoratet orienterer om planen.",
    ],
)
def test_that_what_is_only_told_binds_nobody(text):
    assert found(text) == ()


def test_that_what_the_utvalg_does_itself_counts_only_with_a_deadline():
    assert found("Rådet skal behandle saken på nytt.") == ()
    (own,) = found("Rådet kommer tilbake til saken i neste møte.")
    assert (own.actors, own.others, own.deadline) == ((), ("Rådet",), NEXT)


def test_that_to_inform_is_a_commitment_only_by_a_time():
    assert found("FHI orienterer om tallene.") == ()
    (one,) = found("FHI orienterer om tallene i neste møte.")
    assert (one.actors, one.deadline) == (("fhi",), NEXT)


def test_that_several_actors_share_a_task():
    (one,) = found("Rådet ber KS, Helse- og omsorgsdepartementet og arbeidsgruppen om å svare.")
    assert one.actors == ("ks", "hod")
    assert one.others == ("arbeidsgruppen",)
    assert one.actor_text == "KS, Helse- og omsorgsdepartementet og arbeidsgruppen"
    (slashed,) = found("Rådet ber Helsedirektoratet/Direktoratet for e-helse om å svare.")
    assert slashed.actors == ("hdir", "dir")


def test_that_a_partner_is_not_bound():
    assert said("KS skal i samarbeid med FHI lage en plan.") == [(["ks"], "lage en plan")]


def test_that_each_verb_of_a_vedtak_has_its_own_actor_and_deadline():
    text = (
        "Rådet drøftet saken 14. februar, støttet planen og ber KS om å sende tall innen 1. mai og "
        "FHI om å vurdere dem. Norsk helsenett SF følger opp i uke 20, og sekretariatet sender ut "
        "notatet."
    )
    assert [(*one.actors, *one.others, one.deadline) for one in found(text)] == [
        ("ks", date(2024, 5, 1)),
        ("fhi", None),
        ("nhn", date(2024, 5, 17)),
        ("sekretariatet", None),
    ]


def test_that_the_task_ends_where_the_utvalg_goes_on():
    assert said("Rådet ba KS svare FHI og støttet planen.") == [(["ks"], "svare FHI")]


def test_that_a_deadline_before_the_verb_counts():
    (one,) = found("Til neste møte skal KS lage en plan.")
    assert (one.task, one.deadline) == ("lage en plan", NEXT)


def test_that_places_are_those_of_the_text():
    text = "Rådet støtter planen. Innen 1. mai legger KS fram en  plan."
    (one,) = found(text)
    assert text[slice(*one.span)] == "legger KS fram en  plan"
    assert one.actor_span is not None
    assert one.deadline_span is not None
    assert text[slice(*one.actor_span)] == "KS"
    assert text[slice(*one.deadline_span)] == "Innen 1. mai"
    assert one.task == "legger fram en plan"
    assert one.sentence == "Innen 1. mai legger KS fram en  plan."


WORDS = st.sampled_from(
    [
        "rådet",
        "Nasjonalt e-helseråd",
        "KS",
        "FHI",
        "og",
        ",",
        ".",
        ":",
        "«",
        "»",
        "at",
        "om",
        "å",
        "til",
        "ba",
        "ber",
        "bes",
        "oppfordrer",
        "skal",
        "vil",
        "kommer",
        "tilbake",
        "følger",
        "opp",
        "tas",
        "med",
        "innspillene",
        "av",
        "sekretariatet",
        "ikke",
        "i",
        "neste møte",
        "innen 15. januar",
        "uke 42",
        "oppdrag",
        "får",
        "blir",
        "bedt",
        "som",
        "dersom",
        "ta",
        "sende",
        "?",
        "fra",
        "gir",
        "ønsker",
        "Helse-",
        "ved",
        "for",
    ]
)


@example(["«"], "", DECIDED)
@given(st.lists(WORDS, max_size=40), st.text(), st.dates(date(1990, 1, 1), date(2079, 12, 31)))
def test_that_any_text_is_taken_and_places_lie_within_it(words, rubbish, decided):
    text = " ".join(words) + rubbish + " ".join(words[::-1])
    for language in Maalform:
        last = 0
        for one in recognise(
            text, actors=ACTORS, body=BODY, decided=decided, next_meeting=NEXT, language=language
        ):
            assert last <= one.span[0] < one.span[1] <= len(text)
            last = one.span[1]
            assert one.task
            assert one.deadline is None or one.deadline >= decided
            assert (one.deadline is None) == (one.deadline_span is None)
            assert set(one.actors) <= {actor.key for actor in ACTORS}
            if one.actor_span:
                assert 0 <= one.actor_span[0] < one.actor_span[1] <= len(text)


def test_that_a_text_without_end_is_read_in_a_moment():
    assert found("ba KS og " * 5000) == ()
