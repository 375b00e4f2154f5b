"""Verbs for commitments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from desktop.models import Oppfoelging, Oppfoelginglogg, OppfoelgingSak, new_key
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
