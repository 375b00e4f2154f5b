"""A small council with its archive, for the tests of the verbs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import undefer

from desktop.models import Base, Dagsordenpost, Moetedag, Sak, Utsendelse, unlogged_columns
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Tree, tree_from_text
from desktop.rules.entity_kinds import Seksjonslag, Utsendelseslag
from desktop.rules.kinds import Funksjon, Maalform, Sakstype, Toppnotatstatus
from desktop.rules.states import ToppnotatTilstand
from desktop.services.dagsorden import place_sak
from desktop.services.innkalling import (
    Prepared,
    Recipient,
    freeze_innkalling,
    prepare_innkalling,
    register_sent,
)
from desktop.services.load import load_moete
from desktop.services.moeter import Dag, hold_moete, plan_moete
from desktop.services.papers import WrittenPaper
from desktop.services.saker import report_sak
from desktop.services.snapshot import MoeteSnapshot
from desktop.services.toppnotater import sections_of, step_toppnotat
from desktop.services.utvalg import (
    create_organisasjon,
    create_person,
    create_utvalg,
    give_verv,
    name_arkiv,
    rename_organisasjon,
    set_series,
)
from desktop.storage.archive import Archive
from desktop.storage.settings import Settings

NEW_YEAR = dt.date(2024, 1, 1)
NOW = dt.datetime(2023, 9, 20, 9, 0)  # noqa: DTZ001
TEN, FOUR = dt.time(10), dt.time(16)


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.time = dt.datetime(2023, 9, 14, 8, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.time

    def wait(self, seconds: float) -> None:
        self.time += dt.timedelta(seconds=seconds)


def text(words: str) -> Tree:
    return tree_from_text(words)


def words_of(tree: Tree | None) -> str:
    return plain_text(tree or Tree())


@dataclass
class Hus:
    """An archive and the keys of what is in it, by short names."""

    archive: Archive
    clock: Clock
    key: dict[str, str] = field(default_factory=dict)

    def plan(self, *dates: dt.date, utvalg: str = "raad", **more: Any) -> str:
        days = [Dag(date, TEN, FOUR) for date in dates or (dt.date(2023, 10, 4),)]
        return plan_moete(self.archive, utvalg_id=self.key[utvalg], dager=days, **more).id

    def empty_plan(self, *dates: dt.date, **more: Any) -> str:
        return self.plan(*dates, fixed_posts=False, **more)

    def report(self, title: str = "Felles journal", **more: Any) -> str:
        more.setdefault("sakstype", Sakstype.DROEFTING)
        utvalg = self.key[more.pop("utvalg", "raad")]
        return report_sak(self.archive, utvalg_id=utvalg, tittel=title, **more).id

    def days(self, moete: str) -> list[str]:
        with self.archive.read() as session:
            days = select(Moetedag.id).where(Moetedag.moete_id == moete).order_by(Moetedag.dato)
            return list(session.scalars(days))

    def place(self, sak: str, moete: str, day: int = 0, **more: Any) -> str:
        day_id = self.days(moete)[day]
        return place_sak(self.archive, sak_id=sak, moetedag_id=day_id, **more).id

    def placed(self, moete: str, title: str = "Felles journal", **more: Any) -> str:
        index, day = more.pop("index", None), more.pop("day", 0)
        sak = self.report(title, **more)
        self.place(sak, moete, day, index=index)
        return sak

    def moete(self, moete: str) -> MoeteSnapshot:
        with self.archive.read() as session:
            return load_moete(session, moete)

    def get(self, entity: type[Any], key: str) -> Any:
        with self.archive.read() as session:
            row = session.get_one(entity, key, options=[undefer("*")])
            session.expunge(row)
            return row

    def rows(self, entity: type[Any], **where: Any) -> list[Any]:
        with self.archive.read() as session:
            found = list(session.scalars(select(entity).options(undefer("*")).filter_by(**where)))
            session.expunge_all()
            return found

    def queue(self, utvalg: str = "raad") -> list[str]:
        with self.archive.read() as session:
            waiting = select(Sak.tittel).where(
                Sak.utvalg_id == self.key[utvalg], Sak.koerekkefoelge.is_not(None)
            )
            return list(session.scalars(waiting.order_by(Sak.koerekkefoelge)))

    def agenda(self, moete: str) -> list[str]:
        snapshot = self.moete(moete)
        return [
            snapshot.rows.saker[post.sak_id].tittel if post.sak_id else post.tittel or ""
            for post in snapshot.rows.poster
        ]

    def numbers(self, moete: str) -> list[str]:
        snapshot = self.moete(moete)
        return [snapshot.sak_number(sak.id) for sak in snapshot.saker]

    def vedlegg_numbers(self, moete: str) -> list[str]:
        snapshot = self.moete(moete)
        return [
            str(snapshot.vedlegg_numbers[row.id].number)
            for sak in snapshot.saker
            for row in snapshot.rows.vedlegg.get(sak.id, ())
            if row.id in snapshot.vedlegg_numbers
        ]

    def post_of(self, sak: str) -> str:
        return self.rows(Dagsordenpost, sak_id=sak)[0].id

    def prepare(self, moete: str) -> Prepared:
        return prepare_innkalling(self.archive, moete_id=moete, today=NOW.date())

    def freeze(self, moete: str, now: dt.datetime = NOW) -> str:
        prepared = self.prepare(moete)
        return freeze_innkalling(
            self.archive, prepared=prepared, files=pretended(prepared), now=now
        ).id

    def send(self, utsendelse: str, *people: Recipient) -> None:
        register_sent(
            self.archive,
            utsendelse_id=utsendelse,
            sendt=NOW + dt.timedelta(hours=2),
            mottakere=people or [Recipient("Anne Berg", "anne@example.no")],
        )

    def hold(self, moete: str) -> None:
        self.freeze(moete)
        hold_moete(self.archive, moete_id=moete)

    def section(self, sak: str, slag: Seksjonslag) -> str:
        with self.archive.read() as session:
            return next(s.id for s in sections_of(session, sak) if s.slag is slag)

    def ready(self, sak: str) -> None:
        for state in (ToppnotatTilstand.TIL_KVALITETSSIKRING, ToppnotatTilstand.KLAR):
            step_toppnotat(self.archive, sak_id=sak, tilstand=state)

    def sent_kinds(self, moete: str) -> list[tuple[Utsendelseslag, int]]:
        rows = self.rows(Utsendelse, moete_id=moete)
        return sorted((row.slag, row.versjon) for row in rows)

    def verbs(self) -> list[str]:
        """Return the verbs of the log, the oldest first."""
        return [info.verb for info in reversed(self.archive.log(10_000))]


def pretended(prepared: Prepared) -> Sequence[WrittenPaper]:
    """Return files for prepared papers without writing Word documents."""
    return [
        WrittenPaper(paper.slag, paper.filnavn, f"{paper.filnavn} av {prepared.head}".encode(), ())
        for paper in prepared.papers.papers
    ]


def settings(clock: Clock) -> Settings:
    return Settings(clock=clock)


def make_hus(path: Path) -> Hus:
    """Make an archive with a bokmål and a nynorsk utvalg, two organisations and six people."""
    clock = Clock()
    hus = Hus(Archive.create(path, bruker="Kari", settings=settings(clock)), clock)
    archive, key = hus.archive, hus.key
    name_arkiv(archive, navn="Prøvearkiv", opprettet=dt.date(2023, 8, 1))
    key["direktoratet"] = create_organisasjon(archive, navn="Direktoratet for e-helse").id
    rename_organisasjon(
        archive, organisasjon_id=key["direktoratet"], navn="Helsedirektoratet", fra=NEW_YEAR
    )
    key["kommunen"] = create_organisasjon(archive, navn="Storevik kommune").id
    key["forbundet"] = create_organisasjon(archive, navn="Kommuneforbundet").id
    for name, etternavn, org in (
        ("leder", "Berg", "direktoratet"),
        ("medlem", "Dahl", "kommunen"),
        ("vara", "Eide", "kommunen"),
        ("sekretaer", "Foss", "direktoratet"),
        ("gjest", "Gran", "forbundet"),
        ("behandler", "Haug", "direktoratet"),
    ):
        key[name] = create_person(
            archive,
            fornavn=name.capitalize(),
            etternavn=etternavn,
            epost=f"{name}@example.no",
            organisasjon_id=key[org],
        ).id
    key["raad"] = create_utvalg(
        archive,
        navn="Nasjonalt prøveråd",
        bestemt="Prøverådet",
        kortnavn="Rådet",
        sekretariat_id=key["direktoratet"],
        standardsted="Storgata 1",
    ).id
    key["nynorsk"] = create_utvalg(
        archive,
        navn="Nynorskutvalet",
        bestemt="Utvalet",
        maalform=Maalform.NN,
        sekretariat_id=key["direktoratet"],
    ).id
    for name, person, org, funksjon in (
        ("verv_leder", "leder", "direktoratet", Funksjon.LEDER),
        ("verv_medlem", "medlem", "forbundet", Funksjon.MEDLEM),
        ("verv_sekretaer", "sekretaer", "direktoratet", Funksjon.SEKRETARIAT),
    ):
        key[name] = give_verv(
            archive,
            utvalg_id=key["raad"],
            person_id=key[person],
            organisasjon_id=key[org],
            funksjon=funksjon,
        ).id
    return hus


def make_series(hus: Hus, aar: int = 2023, sak: int = 17, moete: int = 3) -> None:
    set_series(
        hus.archive, utvalg_id=hus.key["raad"], aar=aar, foerste_sak=sak, foerste_moete=moete
    )


def no_note(hus: Hus, title: str = "Kort sak", **more: Any) -> str:
    return hus.report(title, toppnotatstatus=Toppnotatstatus.IKKE_AKTUELT, **more)


def _key_columns(table: Table) -> list[str]:
    return [column.name for column in table.primary_key.columns]


def dump(archive: Archive, *, files: bool = False) -> dict[str, list[tuple[str, ...]]]:
    """Return every domain row as text, without values that the log never holds.

    The contents of files are never taken back, so they count only where asked for.
    """
    driver = archive._database.driver
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name == "fil" and not files:
            continue
        names = [c.name for c in table.columns if (table.name, c.name) not in unlogged_columns()]
        rows = driver.execute(
            f"SELECT {', '.join(names)} FROM {table.name}"  # noqa: S608
            f" ORDER BY {', '.join(_key_columns(table))}"
        ).fetchall()
        found[table.name] = [tuple(map(repr, row)) for row in rows]
    return found


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return what differs between two dumps, table by table, for a readable failure."""
    return {
        name: (sorted(set(rows) - set(after[name])), sorted(set(after[name]) - set(rows)))
        for name, rows in before.items()
        if rows != after[name]
    }
