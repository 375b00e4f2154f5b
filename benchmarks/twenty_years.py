"""Makes an archive of twenty years, as the speed of the window is measured on.

    .venv/bin/python -m benchmarks.twenty_years UT.motebok [--saker 5000] [--toppnotater 5000]

Three utvalg, 300 meetings, 5,000 saker and 5,000 toppnotater with text, all in one operation of the
change log. With more saker the meetings grow in number, not in length. The words are drawn from a
short list with a fixed seed: two runs make the same titles and texts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert

from desktop.models import (
    Base,
    Dagsordenpost,
    Moete,
    Moetedag,
    Organisasjon,
    Organisasjonsnavn,
    Person,
    Sak,
    Saksrolle,
    Toppnotat,
    Toppnotatseksjon,
    Vedlegg,
    Vedtak,
    Verv,
    new_key,
)
from desktop.richtext.tree import Tree, paragraph
from desktop.rules.entity_kinds import Postslag, Rolle, Seksjonslag, Vedleggslag
from desktop.rules.kinds import Funksjon, Moeteform, Sakstype, Toppnotatstatus
from desktop.rules.rank import ranks
from desktop.rules.states import MoeteTilstand, SakTilstand, ToppnotatTilstand
from desktop.services.saker import STANDARD_SECTIONS
from desktop.services.utvalg import create_utvalg, name_arkiv
from desktop.storage.archive import Archive

LAST_YEAR: Final = 2024
YEARS: Final = 20
UTVALG: Final = (
    ("Nasjonalt fagråd", "Rådet"),
    ("Utvalg for prioritering", "Prioritering"),
    ("Utvalg for fag og arkitektur", "Arkitektur"),
)
MEETINGS, SAKER, TOPPNOTATER = 300, 5_000, 5_000
QUEUED, ORGANISATIONS, PEOPLE = 30, 24, 120
_TEXTS = 300
_WORDS = (
    "samhandling journal kodeverk legemiddel innbygger kommune helseforetak plattform "
    "arkitektur styring portefølje økonomi gevinst utprøving innføring tilgang sikkerhet "
    "personvern standard veikart måling data deling språk terminologi pasient pleie akutt "
    "oppfølging avtale forskning øyeblikkelig hjelp rehabilitering fastlege sykehus apotek "
    "ærend åpenhet kvalitet register"
)
_SECTIONS_WITH_TEXT = {
    Seksjonslag.HENSIKT,
    Seksjonslag.BAKGRUNN,
    Seksjonslag.DROEFTING,
    Seksjonslag.VIDERE,
}
Row = dict[str, Any]


class Rows:
    """The rows to write, by entity, in the order they must be written in."""

    def __init__(self) -> None:
        self.by_entity: dict[type[Base], list[Row]] = {}

    def add(self, entity: type[Base], **values: Any) -> str:  # noqa: ANN401
        key: str = values.setdefault("id", new_key())
        self.by_entity.setdefault(entity, []).append(values)
        return key


class Maker:
    """Makes up what is in the archive."""

    def __init__(self, saker: int, notes: int) -> None:
        self.random = random.Random(23)  # noqa: S311
        self.vocabulary = _WORDS.split()
        self.rows = Rows()
        self.notes = notes
        self.saker = saker
        self.meetings = max(MEETINGS, MEETINGS * saker // SAKER)
        self.texts = [self.text(40) for _ in range(_TEXTS)]
        self.proposals = [self.text(14) for _ in range(_TEXTS)]
        self.section_ranks = ranks(len(STANDARD_SECTIONS))
        self.organisations: list[str] = []
        self.people: list[str] = []

    def words(self, count: int) -> str:
        return " ".join(self.random.choices(self.vocabulary, k=count)).capitalize()

    def text(self, words: int) -> Tree:
        return Tree(tuple(paragraph(f"{self.words(words // 2)}.") for _ in range(2)))

    def fill(self, bodies: list[str]) -> None:
        self.people_and_organisations(bodies)
        per_year = self.meetings // (YEARS * len(bodies))
        left, meetings = self.saker, per_year * YEARS * len(bodies)
        for body in bodies:
            for year in range(LAST_YEAR - YEARS + 1, LAST_YEAR + 1):
                number = 0
                for place in range(per_year):
                    count = left // meetings
                    left, meetings = left - count, meetings - 1
                    planned = year == LAST_YEAR and place >= per_year - 2
                    day = dt.date(year, 1, 10) + dt.timedelta(days=340 * place // per_year)
                    numbers = range(number + 1, number + count + 1)
                    self.meeting(body, day, None if planned else place + 1, numbers)
                    number += count
            self.queue(body)

    def people_and_organisations(self, bodies: list[str]) -> None:
        for _ in range(ORGANISATIONS):
            key = self.rows.add(Organisasjon)
            name = f"{self.words(1)} {self.random.choice(['IKS', 'HF', 'kommune', 'forbund'])}"
            self.rows.add(Organisasjonsnavn, organisasjon_id=key, navn=name)
            self.organisations.append(key)
        for place in range(PEOPLE):
            self.people.append(
                self.rows.add(
                    Person,
                    fornavn=self.words(1),
                    etternavn=f"{self.words(1)}sen",
                    epost=f"person{place}@example.no",
                    organisasjon_id=self.organisations[place % ORGANISATIONS],
                )
            )
        for number, body in enumerate(bodies):
            members = self.people[number * 20 : number * 20 + 20]
            for person, rank in zip(members, ranks(len(members)), strict=True):
                self.rows.add(
                    Verv,
                    utvalg_id=body,
                    person_id=person,
                    funksjon=Funksjon.MEDLEM,
                    rekkefoelge=rank,
                )

    def meeting(self, body: str, day: dt.date, held: int | None, numbers: range) -> None:
        """Add a meeting with a sak per number; without a number of its own it is planned."""
        moete = self.rows.add(
            Moete,
            utvalg_id=body,
            aar=day.year,
            nummer=held,
            tilstand=MoeteTilstand.AVSLUTTET if held else MoeteTilstand.PLANLAGT,
            form=Moeteform.FYSISK,
            sted="Storgata 1",
        )
        dag = self.rows.add(
            Moetedag, moete_id=moete, dato=day, fra=dt.time(10), til=dt.time(16), sted=None
        )
        for number, rank in zip(numbers, ranks(len(numbers)), strict=True):
            fixed = number if held else None
            sak = self.sak(body, moete_id=moete, year=day.year, number=fixed)
            self.rows.add(
                Dagsordenpost,
                moetedag_id=dag,
                rekkefoelge=rank,
                slag=Postslag.SAK,
                sak_id=sak,
                varighet=15,
            )

    def sak(self, body: str, *, moete_id: str, year: int, number: int | None) -> str:
        treated = number is not None
        tilstand = SakTilstand.BEHANDLET if treated else SakTilstand.PAA_DAGSORDEN
        if treated and number % 25 == 0:
            tilstand = SakTilstand.UTSATT
        key = self._sak(
            body,
            moete_id=moete_id,
            moetesaksaar=year if treated else None,
            moetesakssekvensnummer=number,
            tilstand=tilstand,
        )
        organisation = self.random.choice(self.organisations)
        self.rows.add(
            Saksrolle, sak_id=key, rolle=Rolle.SAKSEIER, organisasjon_id=organisation,
            person_id=None, rekkefoelge="n0",
        )  # fmt: skip
        if tilstand is SakTilstand.BEHANDLET:
            text = self.random.choice(self.proposals)
            self.rows.add(Vedtak, sak_id=key, tekst=text, som_foreslaatt=True)
        return key

    def _sak(self, body: str, **values: Any) -> str:  # noqa: ANN401
        noted = self.notes > 0
        row: Row = {
            "id": new_key(),
            "utvalg_id": body,
            "moete_id": None,
            "moetesaksaar": None,
            "moetesakssekvensnummer": None,
            "tittel": self.words(self.random.randint(3, 9)),
            "sakstype": self.random.choice([*Sakstype, None]),
            "omtale": self.random.choice(self.texts),
            "forslag_til_vedtak": self.random.choice(self.proposals),
            "toppnotatstatus": Toppnotatstatus.SKAL_HA if noted else Toppnotatstatus.INGEN,
            "innmeldt": None,
            "innmeldt_av_id": None,
            "oensket_moete": None,
            "prioritet": None,
            "koerekkefoelge": None,
        } | values
        key = self.rows.add(Sak, **row)
        if noted:
            self.notes -= 1
            self.note(key)
        return key

    def note(self, sak: str) -> None:
        note = self.rows.add(Toppnotat, sak_id=sak, tilstand=ToppnotatTilstand.SENDT)
        for kind, rank in zip(STANDARD_SECTIONS, self.section_ranks, strict=True):
            text = self.random.choice(self.texts) if kind in _SECTIONS_WITH_TEXT else None
            self.rows.add(
                Toppnotatseksjon, toppnotat_id=note, slag=kind, innhold=text, rekkefoelge=rank
            )
        self.rows.add(
            Vedlegg, sak_id=sak, slag=Vedleggslag.TOPPNOTAT, trukket=False, rekkefoelge="n0"
        )

    def queue(self, body: str) -> None:
        for place, rank in enumerate(ranks(QUEUED)):
            self._sak(
                body,
                tilstand=SakTilstand.INNMELDT,
                innmeldt=dt.date(LAST_YEAR, 9, 1) + dt.timedelta(days=place),
                innmeldt_av_id=self.random.choice(self.people),
                oensket_moete=f"1/{LAST_YEAR + 1}",
                prioritet=place % 3 + 1,
                koerekkefoelge=rank,
            )


def in_order(rows: Rows) -> Iterator[tuple[type[Base], list[Row]]]:
    """Yield the rows of each entity, parents before children."""
    by_table = {entity.__tablename__: entity for entity in rows.by_entity}
    for table in Base.metadata.sorted_tables:
        if table.name in by_table:
            entity = by_table[table.name]
            yield entity, rows.by_entity[entity]


def make_archive(path: Path, *, saker: int = SAKER, notes: int = TOPPNOTATER) -> None:
    """Make the archive. The file must not exist."""
    with Archive.create(path, bruker="Generator") as archive:
        name_arkiv(archive, navn="Tjue år", opprettet=dt.date(LAST_YEAR - YEARS + 1, 1, 1))
        bodies = [create_utvalg(archive, navn=name, kortnavn=short).id for name, short in UTVALG]
        maker = Maker(saker, notes)
        maker.fill(bodies)
        with archive.operation("import_arkiv") as op:
            for entity, rows in in_order(maker.rows):
                op.session.execute(insert(entity.__table__), rows)  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser(description="Lager et arkiv med tjue år.")
    parser.add_argument("ut", type=Path)
    parser.add_argument("--saker", type=int, default=SAKER)
    parser.add_argument("--toppnotater", type=int, default=TOPPNOTATER)
    wanted = parser.parse_args()
    start = time.perf_counter()
    make_archive(wanted.ut, saker=wanted.saker, notes=wanted.toppnotater)
    megabytes = wanted.ut.stat().st_size / 1_000_000
    print(f"{wanted.ut}: {megabytes:.0f} MB, {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
