"""The documents that are chosen in the tab Dokumenter, gathered."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from desktop.services.load import load_moete
from desktop.services.papers import (
    Dokumenttype,
    Papers,
    document_types,
    further_types,
    gather_papers,
)
from desktop.services.papers_view import PaperKey


def gather_chosen(session: Session, moete_id: str, keys: Collection[PaperKey]) -> Papers:
    """Return the chosen documents of a meeting, gathered, in the order of the list.

    A document that the meeting does not have any more is left out.
    """
    wanted = set(keys)
    types = {slag for slag, _sak in wanted}
    notes = {sak for slag, sak in wanted if slag is Dokumenttype.TOPPNOTAT}
    snapshot = load_moete(session, moete_id)
    order = (*document_types(snapshot), *further_types(snapshot))
    found = gather_papers(
        session,
        snapshot,
        [slag for slag in order if slag in types and slag is not Dokumenttype.SAERUTSKRIFT],
        sak_id=next(iter(notes)) if len(notes) == 1 else None,
    )
    chosen = [paper for paper in found.papers if (paper.slag, paper.sak_id) in wanted]
    for slag, sak_id in wanted:
        if slag is Dokumenttype.SAERUTSKRIFT and sak_id in snapshot.rows.saker:
            chosen += gather_papers(session, snapshot, [slag], sak_id=sak_id).papers
    chosen.sort(key=lambda paper: order.index(paper.slag))
    return Papers(tuple(chosen), found.template)
