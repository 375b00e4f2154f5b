"""Verbs for commitments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from desktop.models import Oppfoelging, Oppfoelginglogg, OppfoelgingSak, Sak, new_key
from desktop.rules.states import Kind, OppfoelgingTilstand, require_step
from desktop.services.access import clean_title, get, rank_after_last
from desktop.services.verbs import Created, operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet


def create_oppfoelging(
    archive: Archive,
    *,
    utvalg_id: str,
    oppgave: str,
    vedtak_id: str | None = None,
    aksjonspunkt_id: str | None = None,
    eier_organisasjon_id: str | None = None,
    eier_person_id: str | None = None,
    frist: dt.date | None = None,
    saker: Sequence[str] = (),
) -> Created:
    """Make a commitment, from a vedtak or an aksjonspunkt or of its own.

    Raises:
        ServiceError: `tomt_felt`.
    """
    with operation(archive, "create_oppfoelging") as op:
        row = Oppfoelging(
            id=new_key(),
            utvalg_id=utvalg_id,
            vedtak_id=vedtak_id,
            aksjonspunkt_id=aksjonspunkt_id,
            eier_organisasjon_id=eier_organisasjon_id,
            eier_person_id=eier_person_id,
            oppgave=clean_title(oppgave, "oppgave"),
            frist=frist,
            tilstand=OppfoelgingTilstand.AAPEN,
        )
        op.session.add(row)
        op.session.flush()
        op.session.add_all(
            OppfoelgingSak(oppfoelging_id=row.id, sak_id=key) for key in dict.fromkeys(saker)
        )
    return Created(row.id)


def update_oppfoelging(
    archive: Archive,
    *,
    oppfoelging_id: str,
    dato: dt.date,
    tekst: str,
    tilstand: OppfoelgingTilstand | None = None,
) -> ChangeSet:
    """Note how a commitment goes, and take it to another state if one is given.

    Raises:
        RuleError: the rule against the step.
        ServiceError: `tomt_felt`.
    """
    with operation(archive, "update_oppfoelging") as op:
        row = get(op.session, Oppfoelging, oppfoelging_id)
        if tilstand is not None and tilstand is not row.tilstand:
            require_step(Kind.OPPFOELGING, row.tilstand, tilstand)
            row.tilstand = tilstand
        op.session.add(
            Oppfoelginglogg(
                oppfoelging_id=oppfoelging_id,
                dato=dato,
                tekst=clean_title(tekst, "tekst"),
                tilstand=row.tilstand,
                rekkefoelge=rank_after_last(
                    op.session,
                    Oppfoelginglogg.rekkefoelge,
                    Oppfoelginglogg.oppfoelging_id == oppfoelging_id,
                ),
            )
        )
    return op.changes


def change_oppfoelging(
    archive: Archive,
    *,
    oppfoelging_id: str,
    oppgave: str,
    eier_organisasjon_id: str | None,
    eier_person_id: str | None,
    frist: dt.date | None,
) -> ChangeSet:
    """Say anew what is to be done, by whom and by when.

    Raises:
        ServiceError: `tomt_felt`.
    """
    with operation(archive, "change_oppfoelging") as op:
        row = get(op.session, Oppfoelging, oppfoelging_id)
        row.oppgave = clean_title(oppgave, "oppgave")
        row.eier_organisasjon_id, row.eier_person_id = eier_organisasjon_id, eier_person_id
        row.frist = frist
    return op.changes


def link_saker(archive: Archive, *, oppfoelging_id: str, saker: Sequence[str]) -> ChangeSet:
    """Say which saker a commitment is about or comes back in."""
    with operation(archive, "change_oppfoelging") as op:
        get(op.session, Oppfoelging, oppfoelging_id)
        held = select(OppfoelgingSak).where(OppfoelgingSak.oppfoelging_id == oppfoelging_id)
        rows = {row.sak_id: row for row in op.session.scalars(held)}
        for key in dict.fromkeys(saker):
            if rows.pop(key, None) is None:
                get(op.session, Sak, key)
                op.session.add(OppfoelgingSak(oppfoelging_id=oppfoelging_id, sak_id=key))
        for gone in rows.values():
            op.session.delete(gone)
    return op.changes


def delete_oppfoelging(archive: Archive, *, oppfoelging_id: str) -> ChangeSet:
    """Delete a commitment with its log; what it came from can be proposed again."""
    with operation(archive, "delete_oppfoelging") as op:
        op.session.delete(get(op.session, Oppfoelging, oppfoelging_id))
    return op.changes
