"""`motebok vis`: the running order as text and as JSON."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from desktop.rules.entity_kinds import Postslag
from desktop.services.dagsorden import (
    add_post,
    place_sak,
    postpone_sak,
    set_time,
    take_up_sak,
    withdraw_sak,
)
from desktop.services.moeter import Dag, plan_moete
from desktop.services.utvalg import set_series
from tests.cli import changes
from tests.cli.conftest import Run

CLOCK = [
    "10:00 28/23", "10:05 29/23", "10:15 30/23", "10:25 31/23", "10:55 32/23", "11:35 33/23",
    "12:05 Lunsj", "12:35 34/23", "13:15 Pause", "13:30 35/23", "14:00 36/23", "14:30 Pause",
    "14:45 37/23", "15:15 38/23", "15:50 39/23", "16:00 Slutt",
]  # fmt: skip
VEDLEGG = ["1", "2", "3", "4", "5", "6", "6A", "7", "8", "9"]
LATE = "(foreløpig nummer)"


def _text(run: Run, archive: Path, moete: str = "4/2023") -> list[str]:
    answer = run("vis", "--arkiv", archive, "--moete", moete)
    assert (answer.code, answer.err) == (0, "")
    return answer.out.splitlines()


def _data(run: Run, archive: Path, moete: str = "4/2023") -> dict:
    answer = run("vis", "--arkiv", archive, "--moete", moete, "--json")
    assert answer.code == 0
    return json.loads(answer.out)


def _line(lines: list[str], part: str) -> str:
    return next(line for line in lines if part in line)


def _after(lines: list[str], part: str) -> str:
    """Return the first remark below the line that holds a text."""
    below = lines[lines.index(_line(lines, part)) + 1 :]
    return next(line for line in below if "!" in line).strip()


def test_that_the_clock_of_the_example_is_the_published_one(run: Run, example: Path) -> None:
    lines = _text(run, example)
    assert lines[0] == "Møte 4/2023 i Nasjonalt e-helseråd – innkalt"
    assert lines[2] == "14.12.2023 kl. 10.00–16.00"
    assert [" ".join(line.split()[:2]) for line in lines if line[:1].isdigit()][1:] == CLOCK
    assert [line.split()[1].rstrip(":") for line in lines if "  Vedlegg " in line] == VEDLEGG
    assert not any("!" in line or LATE in line or "None" in line for line in lines)


def test_that_the_json_says_the_same_as_the_text(run: Run, example: Path) -> None:
    data = _data(run, example)
    posts = data["dager"][0]["poster"]
    told = [f"{post['start']} {post.get('sak') or post['tittel']}" for post in posts]
    assert [*told, f"{data['dager'][0]['slutt']} Slutt"] == CLOCK
    numbers = [one["nummer"] for post in posts for one in post.get("vedlegg", ())]
    assert numbers == VEDLEGG
    assert data["foreloepig"] is False
    assert not any(post["endret"] or post.get("foreloepig") for post in posts)


@pytest.mark.parametrize("number", ["4/2023", "4/23", " 4/2023 "])
def test_that_a_meeting_is_found_by_both_forms_of_its_number(
    run: Run, example: Path, number: str
) -> None:
    assert _text(run, example, number)[0].startswith("Møte 4/2023")


def test_that_an_utvalg_is_found_by_its_short_name(run: Run, example: Path) -> None:
    answer = run("vis", "--arkiv", example, "--moete", "4/2023", "--utvalg", "e-helserådet")
    assert answer.out.startswith("Møte 4/2023 i Nasjonalt e-helseråd")


def test_that_two_utvalg_with_the_same_number_ask_for_one(run: Run, example: Path) -> None:
    with changes.writing(example) as archive:
        nuit = changes.utvalg(archive, "NUIT")
        set_series(archive, utvalg_id=nuit, aar=2023, foerste_moete=4)
        day = Dag(dt.date(2023, 11, 1), dt.time(9), dt.time(15))
        plan_moete(archive, utvalg_id=nuit, dager=[day], fixed_posts=False)
    answer = run("vis", "--arkiv", example, "--moete", "4/2023")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("Flere utvalg har møte 4/2023: Nasjonalt e-helseråd, ")
    assert answer.err.endswith("Si hvilket med --utvalg.\n")
    for name, date in (("NUIT", "01.11.2023"), ("E-helserådet", "14.12.2023")):
        shown = run("vis", "--arkiv", example, "--moete", "4/2023", "--utvalg", name)
        assert date in shown.out


def test_that_a_sak_taken_out_keeps_its_line_and_the_others_say_where_they_were(
    run: Run, example: Path
) -> None:
    with changes.writing(example) as archive:
        postpone_sak(archive, sak_id=changes.sak(archive, "33/23"))
        withdraw_sak(archive, sak_id=changes.sak(archive, "36/23"))
    lines = _text(run, example)
    postponed, withdrawn = _line(lines, " 33/23 "), _line(lines, " 36/23 ")
    assert postponed.startswith("       33/23")
    assert "(utsatt)" in postponed
    assert "(trukket)" in withdrawn
    assert _line(lines, "Lunsj").startswith("11:35")
    assert _after(lines, "Lunsj") == "! var 12:05 i innkallingen"
    assert lines[-1].strip() == "60 minutter før planlagt slutt"
    out = {post["sak"]: post for post in _posts(run, example) if "sak" in post}
    assert (out["33/23"]["start"], out["33/23"]["tilstand"]) == (None, "utsatt")
    assert out["36/23"]["tilstand"] == "trukket"


def _posts(run: Run, example: Path) -> list[dict]:
    return _data(run, example)["dager"][0]["poster"]


def test_that_overrun_and_gaps_are_told_in_minutes(run: Run, example: Path) -> None:
    with changes.writing(example) as archive:
        lunch = changes.row(archive, "4/2023", "Lunsj")
        set_time(archive, post_id=lunch, varighet=30, fast_tid=dt.time(12, 0))
        pause = changes.row(archive, "4/2023", "Trygg innføring av KI i helse- og omsorgstjenesten")
        set_time(archive, post_id=pause, varighet=35, fast_tid=dt.time(15, 26))
    lines = _text(run, example)
    assert _after(lines, "Lunsj") == "! var 12:05 i innkallingen"
    assert "! posten før slutter 5 minutter etter dette klokkeslettet" in [
        line.strip() for line in lines
    ]
    assert "! 16 minutter ledig før denne posten" in [line.strip() for line in lines]
    assert lines[-1].strip() == "! 11 minutter etter planlagt slutt"
    posts = {post["tittel"]: post for post in _posts(run, example)}
    assert any(post["minutter_over"] == 5 for post in posts.values())
    assert any(post["minutter_ledig"] == 16 for post in posts.values())


def test_that_one_minute_is_one_minute(run: Run, example: Path) -> None:
    with changes.writing(example) as archive:
        last = changes.row(archive, "4/2023", "Eventuelt")
        set_time(archive, post_id=last, varighet=11)
    assert _text(run, example)[-1].strip() == "! 1 minutt etter planlagt slutt"


def test_that_a_late_sak_is_marked_until_the_meeting_takes_it_up(run: Run, example: Path) -> None:
    with changes.writing(example) as archive:
        late = changes.queued(archive)
        place_sak(archive, sak_id=late, moetedag_id=changes.first_day(archive, "4/2023"))
    line = _line(_text(run, example), LATE)
    assert " 40/23 " in line
    marked = [post["sak"] for post in _posts(run, example) if post.get("foreloepig")]
    assert marked == ["40/23"]
    with changes.writing(example) as archive:
        take_up_sak(archive, sak_id=late)
    lines = _text(run, example)
    assert _line(lines, " 40/23 ")
    assert not any(LATE in line for line in lines)


def test_that_a_meeting_not_yet_called_has_provisional_numbers(run: Run, example: Path) -> None:
    with changes.writing(example) as archive:
        plan_moete(
            archive,
            utvalg_id=changes.utvalg(archive),
            dager=[
                Dag(dt.date(2024, 2, 7), dt.time(10), dt.time(16)),
                Dag(dt.date(2024, 2, 8), dt.time(9), dt.time(12)),
            ],
        )
        day = changes.first_day(archive, "1/2024")
        add_post(archive, moetedag_id=day, slag=Postslag.PAUSE, tittel="Pause", varighet=15)
    lines = _text(run, example, "1/24")
    assert lines[0] == "Møte 1/2024 i Nasjonalt e-helseråd – planlagt (foreløpige numre)"
    assert "07.02.2024 kl. 10.00–16.00" in lines
    assert "08.02.2024 kl. 09.00–12.00" in lines
    assert _line(lines, " 1/24 ").startswith("10:00")
    assert sum("Slutt" in line for line in lines) == 2
    data = _data(run, example, "1/2024")
    assert data["foreloepig"] is True
    assert [day["dato"] for day in data["dager"]] == ["2024-02-07", "2024-02-08"]
