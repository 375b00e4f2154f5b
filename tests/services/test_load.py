"""A meeting is read in a constant number of statements, and what is read cannot be changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import FrozenInstanceError, fields
from typing import Any

import pytest
from sqlalchemy import event

from desktop.rules.kinds import Oppmoetestatus
from desktop.services.deltakere import set_oppmoete
from desktop.services.errors import ServiceError
from desktop.services.load import load_moete
from desktop.services.numbers import find_moete_id
from desktop.services.referater import add_innspill
from desktop.services.snapshot import load_agenda
from desktop.services.toppnotater import cite_vedtak
from desktop.services.vedlegg import add_link
from desktop.storage.archive import Archive
from tests.services.hus import Hus, text

MOST_STATEMENTS = 12
SINGLE = {"saker", "toppnotater", "saksreferater", "vedtak"}
"""Mappings to one row each; the others are to several."""


@contextmanager
def statements(archive: Archive) -> Iterator[list[str]]:
    """Collect the statements that are sent to the database."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    engine = archive._database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def count(archive: Archive, moete: str, load: Any = load_moete) -> int:
    with archive.read() as session, statements(archive) as found:
        load(session, moete)
    return len(found)


def big(hus: Hus) -> str:
    moete = hus.plan(dt.date(2023, 10, 4), dt.date(2023, 10, 5))
    for number in range(25):
        sak = hus.placed(moete, f"Sak {number}", day=number % 2)
        add_link(hus.archive, sak_id=sak, tittel="Lov", url="https://example.no")
        add_innspill(hus.archive, sak_id=sak, tree=text("Bra."))
        cite_vedtak(hus.archive, sak_id=sak, sak_tekst="NUIT 1/22")
    for name in ("leder", "medlem"):
        set_oppmoete(
            hus.archive,
            moete_id=moete,
            person_id=hus.key[name],
            status=Oppmoetestatus.TIL_STEDE,
        )
    return moete


def test_that_a_big_meeting_takes_as_many_statements_as_a_small_one(hus: Hus):
    small = count(hus.archive, hus.empty_plan(dt.date(2023, 9, 1)))
    assert count(hus.archive, big(hus)) == small <= MOST_STATEMENTS


def test_that_the_example_takes_no_more(example: Archive):
    with example.read() as session:
        moete = find_moete_id(session, "4/2023", utvalg="Nasjonalt e-helseråd")
    assert count(example, moete) <= MOST_STATEMENTS
    assert count(example, moete, load_agenda) < count(example, moete)


def test_that_what_is_read_cannot_be_changed(hus: Hus):
    rows = hus.moete(big(hus)).rows
    seen = set()
    with pytest.raises(FrozenInstanceError):
        rows.poster = ()
    for field in fields(rows):
        value = getattr(rows, field.name)
        groups = [tuple(value.values())] if field.name in SINGLE else [value]
        if isinstance(value, dict) and field.name not in SINGLE:
            groups = list(value.values())
        for group in groups:
            for row in [group] if hasattr(group, "_fields") else list(group or ())[:1]:
                seen.add(field.name)
                with pytest.raises(AttributeError):
                    setattr(row, row._fields[0], "annet")
    assert seen >= {"moete", "dager", "poster", "saker", "vedlegg", "deltakere", "innspill"}


def test_that_an_unknown_meeting_is_said_so(hus: Hus):
    with pytest.raises(ServiceError, match="ukjent_moete"), hus.archive.read() as session:
        load_moete(session, "borte")


def test_that_the_agenda_alone_has_the_same_numbers_and_clock(hus: Hus):
    moete = big(hus)
    whole = hus.moete(moete)
    with hus.archive.read() as session:
        agenda = load_agenda(session, moete)
    assert agenda.sak_numbers == whole.sak_numbers
    assert agenda.vedlegg_numbers == whole.vedlegg_numbers
    assert agenda.clocked == whole.clocked
    assert agenda.meeting_number() == whole.meeting_number()
