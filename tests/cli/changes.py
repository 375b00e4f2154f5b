"""What secretaries do to a copy of the example before a command is run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from desktop.models import Dagsordenpost, Moetedag, Sak, Utvalg
from desktop.services.numbers import find_moete_id, find_sak_id
from desktop.storage.archive import Archive

UTVALG = "Nasjonalt e-helseråd"


@contextmanager
def writing(path: Path) -> Iterator[Archive]:
    with Archive.open(path, bruker="Kari Ås") as archive:
        yield archive


def sak(archive: Archive, number: str) -> str:
    with archive.read() as session:
        return find_sak_id(session, number, utvalg=UTVALG)


def utvalg(archive: Archive, short: str = "E-helserådet") -> str:
    with archive.read() as session:
        return session.scalars(select(Utvalg.id).where(Utvalg.kortnavn == short)).one()


def first_day(archive: Archive, number: str) -> str:
    with archive.read() as session:
        moete = find_moete_id(session, number, utvalg=UTVALG)
        days = select(Moetedag.id).where(Moetedag.moete_id == moete).order_by(Moetedag.dato)
        return session.scalars(days).first()


def row(archive: Archive, number: str, title: str) -> str:
    """Return the row of a title on the first day of a meeting, or that of a sak."""
    day = first_day(archive, number)
    with archive.read() as session:
        rows = select(Dagsordenpost).where(Dagsordenpost.moetedag_id == day)
        return next(
            post.id
            for post in session.scalars(rows)
            if title in {post.tittel, post.sak_id and session.get(Sak, post.sak_id).tittel}
        )


def queued(archive: Archive) -> str:
    own = utvalg(archive)
    with archive.read() as session:
        waiting = select(Sak.id).where(Sak.moete_id.is_(None), Sak.utvalg_id == own)
        return session.scalars(waiting).first()
