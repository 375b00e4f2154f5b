"""How well commitments are recognised in vedtak, and how fast.

The labelled sentences are ours, in both languages, and were labelled before the grammar was run on
them: 179 before it was written, 60 harder ones after its first version. Those of "utvikling" were
looked at when it went wrong; of "holdt_av" only the figures. They come from the same hand as the
grammar, so other secretaries' vedtak will score lower.

A proposal is right if its task overlaps a labelled one; its actors are counted among those, and
its task as exact if it begins and ends where the label does. Time is set against one compiled
regexp that looks for the same verbs, which is what a search without grammar would cost.

    python benchmarks/bench_recogniser.py [--vis] [--rounds 7]
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from desktop.rules.actors import Actor
from desktop.rules.commitment_words import AUXILIARIES, MODALS, VOCABULARIES
from desktop.rules.commitments import Proposal, recognise
from desktop.rules.kinds import Maalform

DATA = Path(__file__).resolve().parent / "data" / "vedtak_merket.json"
SENTENCES = 1000


@dataclass
class Count:
    """Labelled, proposed, and what was right of it."""

    sentences: int = 0
    labelled: int = 0
    proposed: int = 0
    right: int = 0
    actors: int = 0
    deadlines: int = 0
    labelled_deadlines: int = 0
    proposed_deadlines: int = 0
    right_deadlines: int = 0
    exact: int = 0

    def add(self, other: Count) -> None:
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def load() -> dict[str, Any]:
    return json.loads(DATA.read_text(encoding="utf-8"))


def actors_of(data: dict[str, Any]) -> tuple[Actor, ...]:
    return tuple(Actor(row["noekkel"], tuple(row["navn"]), row["slag"]) for row in data["aktoerer"])


def run(data: dict[str, Any], row: dict[str, Any], actors: tuple[Actor, ...]) -> list[Proposal]:
    language = Maalform(row["maalform"])
    return list(
        recognise(
            row["tekst"],
            actors=actors,
            body=data["utvalg"][row["maalform"]],
            decided=date.fromisoformat(data["vedtatt"]),
            next_meeting=date.fromisoformat(data["neste_moete"]),
            language=language,
        )
    )


def counted(row: dict[str, Any], proposals: list[Proposal]) -> Count:
    labels = row["forslag"]
    count = Count(1, len(labels), len(proposals))
    count.labelled_deadlines = sum(label["frist"] is not None for label in labels)
    count.proposed_deadlines = sum(found.deadline is not None for found in proposals)
    left = list(labels)
    for found in proposals:
        label = next((one for one in left if overlaps(one["oppgave"], found.span)), None)
        if label is None:
            continue
        left.remove(label)
        wanted = date.fromisoformat(label["frist"]) if label["frist"] else None
        count.right += 1
        count.actors += {*found.actors, *found.others} == set(label["aktoerer"])
        count.deadlines += found.deadline == wanted
        count.right_deadlines += wanted is not None and found.deadline == wanted
        count.exact += tuple(label["oppgave"]) == found.span
    return count


def overlaps(one: list[int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f} %" if whole else "    – "


def report(title: str, count: Count) -> None:
    print(
        f"{title:22} {count.sentences:4} setn. {count.labelled:4} merket"
        f"  presisjon {share(count.right, count.proposed)}"
        f"  dekning {share(count.right, count.labelled)}"
        f"  aktør {share(count.actors, count.right)}"
        f"  oppgave eksakt {share(count.exact, count.right)}"
        f"  frist P {share(count.right_deadlines, count.proposed_deadlines)}"
        f" R {share(count.right_deadlines, count.labelled_deadlines)}"
    )


def show(row: dict[str, Any], proposals: list[Proposal], count: Count) -> None:
    perfect = count.labelled == count.proposed == count.actors == count.deadlines == count.exact
    if not perfect:
        print(f"\n  {row['tekst']}")
        for label in row["forslag"]:
            text = row["tekst"][slice(*label["oppgave"])]
            print(f"    merket:   {label['aktoerer']} «{text}» {label['frist']}")
        for found in proposals:
            who = [*found.actors, *found.others]
            print(f"    foreslått: {who} «{row['tekst'][slice(*found.span)]}» {found.deadline}")


def floor_pattern() -> re.Pattern[str]:
    verbs = {
        verb
        for words in VOCABULARIES.values()
        for table in (words.requests, words.s_passives, words.own_verbs, words.passives)
        for verb in table
    }
    every = "|".join(sorted(verbs | MODALS | AUXILIARIES, key=len, reverse=True))
    return re.compile(rf"(?i)\b(?:{every})\b")


def timed(data: dict[str, Any], actors: tuple[Actor, ...], rounds: int) -> None:
    rows = (data["setninger"] * (SENTENCES // len(data["setninger"]) + 1))[:SENTENCES]
    pattern = floor_pattern()
    ours: list[float] = []
    floor: list[float] = []
    for _ in range(rounds):
        start = perf_counter()
        for row in rows:
            run(data, row, actors)
        ours.append(perf_counter() - start)
        start = perf_counter()
        for row in rows:
            pattern.findall(row["tekst"])
        floor.append(perf_counter() - start)
    mine, least = statistics.median(ours), statistics.median(floor)
    print(
        f"\n{SENTENCES} setninger: {1000 * mine:.0f} ms ({1e6 * mine / SENTENCES:.0f} µs hver); "
        f"ett regulært uttrykk {1000 * least:.1f} ms; forhold {mine / least:.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vis", action="store_true", help="vis det som ikke stemmer i utvikling")
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    data = load()
    actors = actors_of(data)
    total: dict[tuple[str, str], Count] = {}
    for row in data["setninger"]:
        proposals = run(data, row, actors)
        count = counted(row, proposals)
        for language in (row["maalform"], "begge"):
            total.setdefault((row["del"], language), Count()).add(count)
        if chosen.vis and row["del"] == "utvikling":
            show(row, proposals, count)
    for (part, language), count in sorted(total.items(), reverse=True):
        report(f"{part} {language}", count)
    timed(data, actors, chosen.rounds)


if __name__ == "__main__":
    main()
