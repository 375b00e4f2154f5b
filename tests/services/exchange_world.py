"""Archives for the tests of the exchange format: a small one of known content, and random ones.

Rows are written past the verbs, so that every column of every table holds something somewhere.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from desktop.richtext.tree import Block, Cell, Figure, Row, Table, Tree, tree_from_text
from desktop.rules.rank import ranks
from desktop.services.exchange_format import Field, Kind, formats, sql_table
from desktop.storage.archive import Archive
from desktop.storage.files import store_file

PICTURE = b"\x89PNG\r\n\x1a\nikke egentlig et bilde"
TEXTS = [
    "Rådet drøftet saken",
    "e-helse & «sitat»",
    "Ærlig øl på ås",
    "sak 28/23 – 14. des",
    "日本",
]
_FIRST_DAY = dt.date(2023, 1, 2)


def document(data: bytes) -> dict[str, Any]:
    return json.loads(data)


def packed(content: dict[str, Any]) -> bytes:
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n".encode()


@contextmanager
def new_archive(folder: Path, name: str = "nytt") -> Iterator[Archive]:
    path = folder / f"{name}.motebok"
    path.unlink(missing_ok=True)
    with Archive.create(path, bruker="Prøve") as archive:
        yield archive


class World:
    """Rows that hang together, made table by table; `fill` writes them into an archive."""

    def __init__(self, seed: int = 0, tree: Callable[[], Tree] | None = None) -> None:
        self.source = random.Random(seed)  # noqa: S311 - rows for tests
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in formats()}
        self.files: list[bytes] = []
        self._tree = tree or (lambda: tree_from_text(self.source.choice(TEXTS)))

    def key(self) -> str:
        return f"{self.source.getrandbits(128):032x}"

    def add(self, table: str, **given: Any) -> str:
        """Make a row. What is not given is random; references that are not given are empty."""
        row = {field.name: self._value(field) for field in formats()[table].fields}
        row["id"] = self.key()
        self.rows[table].append(row | given)
        return str((row | given)["id"])

    def one(self, table: str, key: str) -> dict[str, Any]:
        return next(row for row in self.rows[table] if row["id"] == key)

    def file(self, data: bytes) -> str:
        self.files.append(data)
        return sha256(data).hexdigest()

    def _value(self, field: Field) -> Any:
        if field.reference is not None or (not field.required and self.source.random() < 0.4):
            return None
        low, high = field.bounds
        make: dict[Kind, Callable[[], Any]] = {
            Kind.KEY: self.key,
            Kind.SHA256: lambda: f"{self.source.getrandbits(256):064x}",
            Kind.TEXT: lambda: self.source.choice(TEXTS),
            Kind.RANK: lambda: self.source.choice(ranks(50)),
            Kind.INTEGER: lambda: self.source.randint(low, min(high, low + 40)),
            Kind.BOOLEAN: lambda: self.source.random() < 0.5,
            Kind.DATE: self.day,
            Kind.TIME: lambda: dt.time(self.source.randint(0, 23), self.source.randint(0, 59)),
            Kind.MOMENT: lambda: dt.datetime.combine(self.day(), dt.time(9, 30, 15)),
            Kind.CHOICE: lambda: self.source.choice(list(field.enum or ())),
            Kind.TREE: self._tree,
        }
        return make[field.kind]()

    def day(self) -> dt.date:
        return _FIRST_DAY + dt.timedelta(days=self.source.randint(0, 700))

    def maybe(self, keys: list[str]) -> str | None:
        return self.source.choice([None, *keys])

    def fill(self, archive: Archive) -> None:
        with archive.operation("import_arkiv") as op:
            for data in self.files:
                store_file(op.session, data)
            for name, rows in self.rows.items():
                for row in rows:
                    op.session.execute(insert(sql_table(name)), row)


def with_picture(tree: Tree, sha256: str) -> Tree:
    """Return the tree with every figure showing one picture."""
    return Tree(tuple(_with_picture(block, sha256) for block in tree.blocks))


def _with_picture(block: Block, sha256: str) -> Block:
    if isinstance(block, Figure):
        return replace(block, file=sha256)
    if isinstance(block, Table):
        rows = tuple(Row(tuple(_cell(cell, sha256) for cell in row.cells)) for row in block.rows)
        return replace(block, rows=rows)
    return block


def _cell(cell: Cell, sha256: str) -> Cell:
    return replace(cell, blocks=tuple(_with_picture(block, sha256) for block in cell.blocks))


def random_world(seed: int, trees: list[Tree]) -> World:
    """Return an archive with rows in every table and random references, all rules kept."""
    world = World(seed)
    picture = world.file(PICTURE)
    texts = [with_picture(tree, picture) for tree in trees] or [Tree()]
    world._tree = lambda: world.source.choice(texts)
    _people(world)
    for number, utvalg in enumerate([row["id"] for row in world.rows["utvalg"]]):
        for moete_number in range(1, world.source.randint(1, 3) + 1):
            _moete(world, utvalg, number, moete_number)
        queued = world.add("sak", utvalg_id=utvalg, moetesaksaar=None, moetesakssekvensnummer=None)
        world.add("saksrolle", sak_id=queued, person_id=world.rows["person"][0]["id"])
    _loose_ends(world)
    return world


def _people(world: World) -> None:
    world.add("arkiv")
    organisasjoner = [world.add("organisasjon") for _ in range(3)]
    for key in organisasjoner:
        world.add("organisasjonsnavn", organisasjon_id=key, fra=None)
    personer = [world.add("person", organisasjon_id=world.maybe(organisasjoner)) for _ in range(4)]
    for number in range(2):
        utvalg = world.add(
            "utvalg",
            navn=f"Utvalg {number}",
            saksnummermoenster="{nr}/{aar2}",
            sekretariat_id=world.maybe(organisasjoner),
            mal_navn=None,
            rekkefoelge=ranks(2)[number],
        )
        world.add("nummerserie", utvalg_id=utvalg, aar=2023)
        world.add("fastpost", utvalg_id=utvalg, tittel="{dato}", frase="{utvalg} tar {tema}.")
        world.add("frase", utvalg_id=utvalg)
        seat = world.add("verv", utvalg_id=utvalg, person_id=personer[number], til=None)
        world.add("verv", utvalg_id=utvalg, person_id=personer[2], fra=None, vara_for_id=seat)


def _moete(world: World, utvalg: str, number: int, moete_number: int) -> None:
    personer = [row["id"] for row in world.rows["person"]]
    moete = world.add(
        "moete",
        utvalg_id=utvalg,
        aar=2023,
        nummer=world.source.choice([None, moete_number]),
        moeteleder_id=world.maybe(personer),
    )
    times = {"fra": dt.time(9), "til": dt.time(16)}
    day = world.add("moetedag", moete_id=moete, dato=_FIRST_DAY, **times)
    world.add("moetedag", moete_id=moete, dato=_FIRST_DAY + dt.timedelta(days=1), **times)
    world.add("dagsordenpost", moetedag_id=day, slag="pause")
    oppmoete = world.add("oppmoete", moete_id=moete, person_id=personer[0])
    world.add("referat", moete_id=moete)
    for place in range(world.source.randint(0, 2)):
        sak = _sak(world, utvalg, moete, moete_number * 10 + place)
        world.add("dagsordenpost", moetedag_id=day, slag="sak", sak_id=sak)
        world.add("oppmoete_sak", oppmoete_id=oppmoete, sak_id=sak)
        world.add("vedlegg", sak_id=sak, slag="toppnotat", nummer=place + 1, bokstav="", url=None)
    utsendelse = world.add("utsendelse", moete_id=moete, versjon=1)
    sent = world.file(f"utsendelse {number} {moete_number}".encode())
    world.add("utsendelsefil", utsendelse_id=utsendelse, filnavn="a.docx", fil_sha256=sent)
    world.add("mottaker", utsendelse_id=utsendelse, person_id=world.maybe(personer))
    world.add("kontrollunntak", moete_id=moete)


def _sak(world: World, utvalg: str, moete: str, number: int) -> str:
    earlier = [row["id"] for row in world.rows["sak"]]
    fixed = world.source.random() < 0.6
    sak = world.add(
        "sak",
        utvalg_id=utvalg,
        moete_id=moete,
        moetesaksaar=2023 if fixed else None,
        moetesakssekvensnummer=number if fixed else None,
        fortsetter_id=world.maybe(earlier),
    )
    organisasjon = world.rows["organisasjon"][0]["id"]
    world.add("saksrolle", sak_id=sak, organisasjon_id=organisasjon)
    minutes = world.add("saksreferat", sak_id=sak)
    personer = [row["id"] for row in world.rows["person"]]
    world.add("innspill", saksreferat_id=minutes, innsender_id=world.maybe(personer))
    action = world.add("aksjonspunkt", saksreferat_id=minutes)
    vedtak = world.add("vedtak", sak_id=sak, utvalg_id=utvalg)
    followed = world.add(
        "oppfoelging", utvalg_id=utvalg, vedtak_id=vedtak, aksjonspunkt_id=world.maybe([action])
    )
    world.add("oppfoelginglogg", oppfoelging_id=followed)
    world.add("oppfoelgingsavslag", vedtak_id=vedtak)
    world.add("oppfoelging_sak", oppfoelging_id=followed, sak_id=sak)
    note = world.add("toppnotat", sak_id=sak)
    world.add("toppnotatseksjon", toppnotat_id=note, slag="hensikt", overskrift=None)
    return sak


def _loose_ends(world: World) -> None:
    vedtak = [row["id"] for row in world.rows["vedtak"]]
    vedtak.append(world.add("vedtak", referanse="NUIT 50/23"))
    moeter = [row["id"] for row in world.rows["moete"]]
    saker = [row["id"] for row in world.rows["sak"]]
    for note in [row["id"] for row in world.rows["toppnotat"]]:
        cited = world.source.choice(vedtak)
        world.add("tidligere_vedtak", toppnotat_id=note, vedtak_id=cited)
    for sak in world.rows["sak"]:
        if sak["moete_id"] and world.source.random() < 0.5:
            attached = world.source.choice(moeter)
            free = {"nummer": None, "bokstav": None, "url": None}
            world.add(
                "vedlegg", sak_id=sak["id"], slag="referat", referat_moete_id=attached, **free
            )
            world.add(
                "vedlegg", sak_id=sak["id"], slag="fil", fil_sha256=world.file(b"vedlegg"), **free
            )
    for referat in world.rows["referat"]:
        referat["godkjent_i_sak_id"] = world.maybe(saker)


def small_world() -> World:
    """Return two meetings of one utvalg, 3/2023 and 4/2023, that refer to each other."""
    world = World()
    world.add("arkiv", navn="Prøvearkiv")
    organisasjon = world.add("organisasjon")
    world.add("organisasjonsnavn", organisasjon_id=organisasjon, navn="Direktoratet", til=None)
    kari = world.add("person", fornavn="Kari", etternavn="Ås", organisasjon_id=organisasjon)
    world.add("person", fornavn="Ola", etternavn="Øy")
    utvalg = world.add(
        "utvalg",
        navn="Nasjonalt e-helseråd",
        saksnummermoenster="{nr}/{aar2}",
        rekkefoelge=ranks(1)[0],
    )
    world.add("nummerserie", utvalg_id=utvalg, aar=2023, foerste_sak=17, foerste_moete=3)
    world.add("verv", utvalg_id=utvalg, person_id=kari, fra=None, til=None)
    old, old_sak = _small_moete(world, utvalg, 3, dt.date(2023, 10, 4), 17)
    _, sak = _small_moete(world, utvalg, 4, dt.date(2023, 12, 14), 28)
    world.one("sak", sak)["fortsetter_id"] = old_sak
    blank = {"nummer": 1, "bokstav": "", "url": None}
    world.add("vedlegg", sak_id=sak, slag="referat", referat_moete_id=old, **blank)
    return world


def _small_moete(
    world: World, utvalg: str, number: int, day: dt.date, sak_number: int
) -> tuple[str, str]:
    moete = world.add("moete", utvalg_id=utvalg, aar=2023, nummer=number, tilstand="avholdt")
    dag = world.add("moetedag", moete_id=moete, dato=day, fra=dt.time(10), til=dt.time(16))
    first = ""
    for place, rank in enumerate(ranks(2)):
        sak = world.add(
            "sak",
            utvalg_id=utvalg,
            moete_id=moete,
            moetesaksaar=2023,
            moetesakssekvensnummer=sak_number + place,
            tittel=f"Gjennomgang {sak_number + place}",
            sakstype="orientering",
            omtale=tree_from_text("Om saken"),
        )
        first = first or sak
        world.add("dagsordenpost", moetedag_id=dag, slag="sak", sak_id=sak, rekkefoelge=rank)
        minutes = world.add("saksreferat", sak_id=sak)
        kari = world.rows["person"][0]["id"]
        world.add("innspill", saksreferat_id=minutes, innsender_id=kari, navngis=False)
        world.add("vedtak", sak_id=sak, utvalg_id=utvalg)
        note = world.add("toppnotat", sak_id=sak)
        world.add("toppnotatseksjon", toppnotat_id=note, slag="hensikt", overskrift=None)
    world.add("referat", moete_id=moete)
    sent = world.add("utsendelse", moete_id=moete, versjon=1)
    data = world.file(f"innkalling {number}".encode())
    world.add("utsendelsefil", utsendelse_id=sent, filnavn="innkalling.docx", fil_sha256=data)
    return moete, first
