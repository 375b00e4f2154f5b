from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.errors import RULES, RuleError
from desktop.rules.states import (
    STATES,
    STEPS,
    Kind,
    MoeteTilstand,
    next_states,
    require_sak_step,
    require_step,
    rule_against,
)

PAIRS = [
    (kind, str(old), str(new)) for kind in Kind for old, new in product(STATES[kind], repeat=2)
]
ALLOWED = {
    Kind.MOETE: "planlagt>innkalt innkalt>avholdt avholdt>avsluttet planlagt>avlyst innkalt>avlyst",
    Kind.SAK: "innmeldt>paa_dagsorden paa_dagsorden>innmeldt paa_dagsorden>behandlet "
    "paa_dagsorden>utsatt paa_dagsorden>trukket",
    Kind.TOPPNOTAT: "utkast>til_kvalitetssikring til_kvalitetssikring>klar klar>sendt "
    "til_kvalitetssikring>utkast klar>utkast",
    Kind.REFERAT: "utkast>til_kommentar til_kommentar>oppdatert oppdatert>godkjent "
    "til_kommentar>godkjent oppdatert>til_kommentar",
    Kind.OPPFOELGING: "aapen>paagaar paagaar>ferdig paagaar>bortfalt aapen>ferdig aapen>bortfalt",
}


def code_of(call, *args, **kwargs):
    with pytest.raises(RuleError) as caught:
        call(*args, **kwargs)
    return caught.value


def test_that_the_tables_hold_every_pair_of_states():
    for kind in Kind:
        states = {str(state) for state in STATES[kind]}
        assert set(STEPS[kind]) == states
        for old, steps in STEPS[kind].items():
            assert set(steps) == states - {old}


def test_that_each_forbidding_rule_is_listed():
    codes = {
        code for table in STEPS.values() for steps in table.values() for code in steps.values()
    }
    assert codes - {None} <= set(RULES)


@pytest.mark.parametrize(("kind", "old", "new"), PAIRS)
def test_that_a_step_is_allowed_exactly_where_the_design_draws_it(kind, old, new):
    if f"{old}>{new}" in ALLOWED[kind].split():
        assert require_step(kind, old, new) is None
        assert new in next_states(kind, old)
    else:
        error = code_of(require_step, kind, old, new)
        assert error.params == {"kind": kind.value, "from": old, "to": new}
        assert new not in next_states(kind, old)


@pytest.mark.parametrize(
    ("kind", "old", "new", "code"),
    [
        ("moete", "planlagt", "avholdt", "moete_maa_innkalles_foerst"),
        ("moete", "innkalt", "avsluttet", "moete_maa_avholdes_foerst"),
        ("moete", "innkalt", "planlagt", "moete_innkalt_er_ferdigstilt"),
        ("moete", "avholdt", "innkalt", "moete_avholdt_har_vaert"),
        ("moete", "avholdt", "avlyst", "moete_avholdt_kan_ikke_avlyses"),
        ("moete", "avsluttet", "avholdt", "moete_avsluttet_er_endelig"),
        ("moete", "avlyst", "planlagt", "moete_avlyst_er_endelig"),
        ("sak", "innmeldt", "utsatt", "sak_maa_staa_paa_dagsorden"),
        ("sak", "behandlet", "utsatt", "sak_behandlet_er_endelig"),
        ("sak", "utsatt", "paa_dagsorden", "sak_utsatt_kommer_som_ny_sak"),
        ("sak", "trukket", "innmeldt", "sak_trukket_kommer_som_ny_sak"),
        ("toppnotat", "utkast", "klar", "toppnotat_maa_kvalitetssikres"),
        ("toppnotat", "utkast", "sendt", "toppnotat_maa_vaere_klart"),
        ("toppnotat", "klar", "til_kvalitetssikring", "toppnotat_klart_gaar_til_utkast"),
        ("toppnotat", "sendt", "utkast", "toppnotat_sendt_kan_ikke_endres"),
        ("referat", "utkast", "godkjent", "referat_maa_til_kommentar_foerst"),
        ("referat", "oppdatert", "utkast", "referat_er_sendt_til_kommentar"),
        ("referat", "godkjent", "oppdatert", "referat_godkjent_er_endelig"),
        ("oppfoelging", "paagaar", "aapen", "oppfoelging_er_paabegynt"),
        ("oppfoelging", "ferdig", "paagaar", "oppfoelging_ferdig_er_endelig"),
        ("oppfoelging", "bortfalt", "aapen", "oppfoelging_bortfalt_er_endelig"),
        ("sak", "utsatt", "utsatt", "tilstand_er_uendret"),
        ("sak", "utsatt", "avlyst", "ukjent_tilstand"),
        ("sak", "", "utsatt", "ukjent_tilstand"),
    ],
)
def test_that_a_forbidden_step_names_its_rule(kind, old, new, code):
    assert code_of(require_step, Kind(kind), old, new).code == code


@given(st.sampled_from(Kind), st.text(max_size=5), st.text(max_size=5))
def test_that_a_text_that_is_no_state_is_named_unknown(kind, old, new):
    if old not in STEPS[kind] or new not in STEPS[kind]:
        assert rule_against(kind, old, new) == "ukjent_tilstand"


@pytest.mark.parametrize(
    ("new", "numbered", "moete", "code"),
    [
        ("innmeldt", False, "planlagt", None),
        ("innmeldt", False, "innkalt", None),
        ("innmeldt", True, "innkalt", "sak_med_nummer_kan_ikke_til_koeen"),
        ("utsatt", True, "innkalt", None),
        ("trukket", True, "avlyst", None),
        ("utsatt", False, "planlagt", "sak_uten_nummer_gaar_til_koeen"),
        ("trukket", False, "innkalt", "sak_uten_nummer_gaar_til_koeen"),
        ("behandlet", True, "avholdt", None),
        ("behandlet", True, "innkalt", "sak_behandles_i_avholdt_moete"),
        ("behandlet", False, "avholdt", "sak_behandles_med_nummer"),
    ],
)
def test_that_a_sak_steps_as_its_number_and_meeting_allow(new, numbered, moete, code):
    context = {"numbered": numbered, "moete": MoeteTilstand(moete)}
    if code is None:
        assert require_sak_step("paa_dagsorden", new, **context) is None
    else:
        assert code_of(require_sak_step, "paa_dagsorden", new, **context).code == code


@pytest.mark.parametrize("moete", MoeteTilstand)
def test_that_a_closed_or_cancelled_meeting_takes_no_saker(moete):
    if moete in {"avsluttet", "avlyst"}:
        error = code_of(require_sak_step, "innmeldt", "paa_dagsorden", numbered=False, moete=moete)
        assert error.code == "moete_tar_ikke_nye_saker"
    else:
        assert require_sak_step("innmeldt", "paa_dagsorden", numbered=False, moete=moete) is None


def test_that_a_step_the_table_forbids_is_forbidden_in_any_meeting():
    error = code_of(require_sak_step, "utsatt", "innmeldt", numbered=False, moete="planlagt")
    assert error.code == "sak_utsatt_kommer_som_ny_sak"
