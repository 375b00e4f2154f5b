"""The quality check of a meeting's papers, and what the secretariat lets stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Kontrollunntak, Moete, new_key
from desktop.rules.kontroll import BY_ID, Finding, Papers, Severity, check, in_order
from desktop.rules.kontroll.types import MINUTES
from desktop.services.access import clean_title, get, label_of_moete
from desktop.services.errors import ServiceError
from desktop.services.kontroll_papers import papers_of
from desktop.services.load import load_moete
from desktop.services.snapshot import MoeteSnapshot
from desktop.services.verbs import Created, operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet


class Unntak(NamedTuple):
    """An exception as it is stored."""

    id: str
    regel: str
    sted: str
    avtrykk: str
    begrunnelse: str


class Accepted(NamedTuple):
    """A finding that somebody lets stand, and why. `id` is the exception's key."""

    id: str
    finding: Finding
    begrunnelse: str


class SakName(NamedTuple):
    """What findings of a sak are told under."""

    nummer: str
    tittel: str


class AcceptedBy(NamedTuple):
    """Who let a finding stand, and when: local time. `av` is "" where the name was erased."""

    av: str
    tid: dt.datetime


@dataclass(frozen=True, slots=True)
class Report:
    """What the quality check says of a meeting, in the order of its papers."""

    moete_id: str
    nummer: str
    utvalg: str
    held: bool
    saker: Mapping[str, SakName]
    with_note: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    accepted: tuple[Accepted, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are errors."""
        return tuple(one for one in self.findings if one.severity is Severity.FEIL)

    @property
    def hints(self) -> tuple[Finding, ...]:
        """The findings that are hints."""
        return tuple(one for one in self.findings if one.severity is Severity.HINT)


def check_meeting(session: Session, moete_id: str) -> Report:
    """Return what the quality check says of a meeting.

    Raises:
        ServiceError: `ukjent_moete` if there is no such meeting.
    """
    return check_loaded(session, load_moete(session, moete_id))


def check_loaded(session: Session, snapshot: MoeteSnapshot) -> Report:
    """Return what the quality check says of a meeting that is loaded whole."""
    papers = papers_of(session, snapshot)
    return report_of(papers, check(papers), exceptions_of(session, snapshot.id))


def exceptions_of(session: Session, moete_id: str) -> tuple[Unntak, ...]:
    """Return what was let stand in the papers of a meeting."""
    columns = (Kontrollunntak.id, Kontrollunntak.regel, Kontrollunntak.sted,
               Kontrollunntak.avtrykk, Kontrollunntak.begrunnelse)  # fmt: skip
    statement = select(*columns).where(Kontrollunntak.moete_id == moete_id)
    return tuple(Unntak(*row) for row in session.execute(statement))


def report_of(papers: Papers, findings: Iterable[Finding], exceptions: Sequence[Unntak]) -> Report:
    """Return the report of what the rules found; what was let stand is set apart."""
    held = {(one.regel, one.sted, one.avtrykk): one for one in exceptions}
    standing: list[Finding] = []
    accepted: list[Accepted] = []
    for one in in_order(papers, findings):
        found = held.get((one.rule, one.place.key, one.fingerprint))
        if found is None:
            standing.append(one)
        else:
            accepted.append(Accepted(found.id, one, found.begrunnelse))
    names = {sak.key: SakName(sak.number, sak.title) for sak in papers.saker}
    return Report(
        papers.moete_id,
        papers.moete_nummer,
        papers.utvalg.navn,
        papers.held,
        names,
        frozenset(sak.key for sak in papers.saker if sak.has_note),
        tuple(standing),
        tuple(accepted),
    )


def errors_in_innkalling(report: Report) -> tuple[Finding, ...]:
    """Return the errors in what an innkalling prints."""
    return tuple(one for one in report.errors if one.place.kind not in MINUTES)


def errors_in_referat(report: Report) -> tuple[Finding, ...]:
    """Return the errors in what a referat prints."""
    return tuple(one for one in report.errors if one.place.kind in MINUTES)


def accept_finding(
    archive: Archive, *, moete_id: str, regel: str, sted: str, avtrykk: str, begrunnelse: str
) -> Created:
    """Let a finding stand for as long as its text is the same; a second time changes the reason.

    Raises:
        ServiceError: `tomt_felt` without a reason, `ukjent_regel`, or `finnes_ikke_lenger`.
    """
    if regel not in BY_ID:
        raise ServiceError("ukjent_regel", regel=regel)
    reason = clean_title(begrunnelse, "begrunnelse")
    with operation(archive, "accept_finding") as op:
        op.describe(moete=label_of_moete(get(op.session, Moete, moete_id)))
        row = op.session.scalar(
            select(Kontrollunntak).where(
                Kontrollunntak.moete_id == moete_id,
                Kontrollunntak.regel == regel,
                Kontrollunntak.sted == sted,
                Kontrollunntak.avtrykk == avtrykk,
            )
        )
        if row is None:
            row = Kontrollunntak(
                id=new_key(), moete_id=moete_id, regel=regel, sted=sted, avtrykk=avtrykk
            )
            op.session.add(row)
        row.begrunnelse = reason
    return Created(row.id)


def withdraw_acceptance(archive: Archive, *, unntak_id: str) -> ChangeSet:
    """Let a finding be told again.

    Raises:
        ServiceError: `finnes_ikke_lenger`.
    """
    with operation(archive, "withdraw_acceptance") as op:
        row = get(op.session, Kontrollunntak, unntak_id)
        op.describe(moete=label_of_moete(get(op.session, Moete, row.moete_id)))
        op.session.delete(row)
    return op.changes


def accepted_by(archive: Archive, unntak_id: str) -> AcceptedBy | None:
    """Return who let a finding stand and when, from the log."""
    entries = archive.history(Kontrollunntak.__tablename__, unntak_id)
    if not entries:
        return None
    newest = entries[0]
    when = dt.datetime.fromisoformat(newest.time).astimezone().replace(tzinfo=None)
    return AcceptedBy(newest.user, when)
