"""Numbers of meetings and saker across a year, as the rules assign them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.sak import Sak
from desktop.models.utvalg import Nummerserie, Utvalg
from desktop.rules.numbering import (
    AssignedNumber,
    assign_meeting_numbers,
    assign_sak_numbers,
    read_meeting_number,
    read_sak_reference,
)
from desktop.services.errors import ServiceError
from desktop.services.load_agenda import load_placed, table_of
from desktop.services.moete_rows import Series
from desktop.services.snapshot import meeting_series, placed_meetings, sak_series


def series_of(session: Session, utvalg_id: str, aar: int) -> Series:
    """Return where the numbers of an utvalg start in a year; at 1 where nothing is set."""
    serie = table_of(Nummerserie).c
    found = session.execute(
        select(serie.foerste_sak, serie.foerste_moete).where(
            serie.utvalg_id == utvalg_id, serie.aar == aar
        )
    ).first()
    return Series(*found) if found else Series()


def meeting_numbers(session: Session, utvalg_id: str, aar: int) -> Mapping[str, AssignedNumber]:
    """Return the number of every meeting of an utvalg in a year, by key."""
    placed = load_placed(session, utvalg_id, aar)
    series = meeting_series(series_of(session, utvalg_id, aar), placed)
    return assign_meeting_numbers(series, placed_meetings(placed))


def sak_numbers(session: Session, utvalg_id: str, aar: int) -> Mapping[str, AssignedNumber]:
    """Return the number of every placed sak of an utvalg in a year, by key."""
    placed = load_placed(session, utvalg_id, aar)
    series = sak_series(series_of(session, utvalg_id, aar), placed)
    return assign_sak_numbers(series, placed_meetings(placed))


def find_moete_id(session: Session, number: str, *, utvalg: str | None = None) -> str:
    """Return the key of the meeting that `4/2023` names, provisional numbers included.

    Without an utvalg every utvalg is searched.

    Raises:
        ServiceError: `ukjent_moete_nummer`, `moete_i_flere_utvalg`, or `ukjent_utvalg`.
        RuleError: `moetenummer_uleselig`.
    """
    wanted = read_meeting_number(number)
    bodies = _bodies(session, utvalg)
    found = [
        (key, name)
        for body, name in bodies
        for key, assigned in meeting_numbers(session, body, wanted.year).items()
        if assigned.number == wanted.number
    ]
    return _only(found, number, "moete", utvalg)


def find_sak_id(session: Session, number: str, *, utvalg: str | None = None) -> str:
    """Return the key of the sak that `33/23` names, in any house's form, provisional ones included.

    Without an utvalg every utvalg is searched.

    Raises:
        ServiceError: `saksnummer_uleselig`, `ukjent_sak_nummer`, `sak_i_flere_utvalg`, or
            `ukjent_utvalg`.
    """
    wanted = read_sak_reference(number)
    if wanted is None:
        raise ServiceError("saksnummer_uleselig", sak=number)
    bodies = _bodies(session, utvalg)
    found = [
        (key, name)
        for body, name in bodies
        for key, assigned in sak_numbers(session, body, wanted.year).items()
        if assigned.number == wanted.number
    ]
    return _only(found, number, "sak", utvalg)


def moete_of_sak(session: Session, number: str, *, utvalg: str | None = None) -> str:
    """Return the key of the meeting that has the sak `33/23` on its agenda.

    Raises:
        ServiceError: as `find_sak_id`.
    """
    sak = table_of(Sak).c
    key = find_sak_id(session, number, utvalg=utvalg)
    return str(session.execute(select(sak.moete_id).where(sak.id == key)).scalar_one())


def find_utvalg_id(session: Session, name: str | None) -> str:
    """Return the key of the utvalg of a name or short name; without one, of the only utvalg.

    Raises:
        ServiceError: `ukjent_utvalg`, `flere_utvalg`, or `ingen_utvalg`.
    """
    found = _bodies(session, name)
    if len(found) > 1:
        raise ServiceError("flere_utvalg", kjente=", ".join(one for _key, one in found))
    if not found:
        raise ServiceError("ingen_utvalg")
    return found[0][0]


def _bodies(session: Session, name: str | None) -> list[tuple[str, str]]:
    """Return (key, name) of the utvalg of a name or short name, or of every utvalg.

    Raises:
        ServiceError: `ukjent_utvalg` with the names there are.
    """
    utvalg = table_of(Utvalg).c
    statement = select(utvalg.id, utvalg.navn, utvalg.kortnavn).order_by(utvalg.rekkefoelge)
    every = session.execute(statement).all()
    wanted = name.strip().casefold() if name else None
    found = [
        (key, full)
        for key, full, short in every
        if wanted is None or wanted in {full.casefold(), short.casefold()}
    ]
    if not found and name:
        raise ServiceError("ukjent_utvalg", navn=name, kjente=", ".join(row.navn for row in every))
    return found


def _only(found: list[tuple[str, str]], number: str, kind: str, utvalg: str | None) -> str:
    if not found:
        raise ServiceError(f"ukjent_{kind}_nummer", nummer=number, utvalg=utvalg or "arkivet")
    if len(found) > 1:
        names = ", ".join(body for _key, body in found)
        raise ServiceError(f"{kind}_i_flere_utvalg", nummer=number, utvalg=names)
    return found[0][0]
