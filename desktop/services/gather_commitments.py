"""From the open commitments of an utvalg to what their list says."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.content import UtvalgContent
from desktop.documents.content_lists import OppfoelgingContent, OppfoelgingslisteContent
from desktop.i18n.sorting import sort_key
from desktop.models import Moete, Moetedag
from desktop.rules.numbering import format_meeting_number
from desktop.services.numbers import meeting_numbers
from desktop.services.oppfoelging_view import (
    CommitmentRow,
    next_meeting_days,
    open_commitments,
)


def gather_commitments(
    session: Session, utvalg_id: str, utvalg: UtvalgContent, *, today: dt.date | None = None
) -> OppfoelgingslisteContent:
    """Return the open commitments of an utvalg as of a day, each owner's together."""
    day = today or dt.date.today()  # noqa: DTZ011
    found = [_commitment(row) for row in open_commitments(session, utvalg_id, today=day)]
    meeting = next_meeting_days(session, today=day).get(utvalg_id)
    return OppfoelgingslisteContent(
        utvalg=utvalg,
        dato=day,
        rader=tuple(sorted(found, key=by_owner)),
        neste_moete=meeting,
        neste_nummer=_number(session, utvalg_id, meeting) if meeting else "",
    )


def by_owner(row: OppfoelgingContent) -> tuple[object, ...]:
    """Sort by owner, those that nobody has last; an owner's by deadline, those without one last."""
    return (not row.eier, sort_key(row.eier), row.eier, row.frist or dt.date.max, row.oppgave)


def _commitment(row: CommitmentRow) -> OppfoelgingContent:
    return OppfoelgingContent(
        oppgave=row.oppgave,
        eier=row.organisasjon or row.person,
        person=row.person if row.organisasjon else "",
        saker=tuple(sak.nummer for sak in row.saker if sak.nummer),
        frist=row.frist,
        tilstand=row.tilstand,
        stand=row.stand,
        siste=row.siste.tekst if row.siste else "",
        siste_dato=row.siste.dato if row.siste else None,
    )


def _number(session: Session, utvalg_id: str, day: dt.date) -> str:
    """Return the number of the utvalg's meeting on a day; "" for one without a number."""
    meetings = session.execute(
        select(Moete.id, Moete.aar)
        .join(Moetedag, Moetedag.moete_id == Moete.id)
        .where(Moete.utvalg_id == utvalg_id, Moetedag.dato == day)
    ).all()
    for key, aar in meetings:
        assigned = meeting_numbers(session, utvalg_id, aar).get(key)
        if assigned is not None:
            return format_meeting_number(aar, assigned.number)
    return ""
