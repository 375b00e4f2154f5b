"""The documents of an utvalg that are of no single meeting: the vedtak of a year, commitments."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from desktop.documents.content import UtvalgContent
from desktop.documents.content_lists import VedtakContent, VedtaksprotokollContent
from desktop.documents.names import Filstatus, file_name
from desktop.models import Moete, Moetedag, Sak, Utvalg, Vedtak
from desktop.rules.kinds import Maalform
from desktop.rules.states import ReferatTilstand
from desktop.services.access import get
from desktop.services.gather import Gatherer
from desktop.services.gather_commitments import gather_commitments
from desktop.services.gather_lists import gather_vedtaksmoete
from desktop.services.load import load_moete, load_organisation_names
from desktop.services.papers import (
    Dokumenttype,
    Paper,
    Papers,
    approved_in,
    figure_reader,
    oppfoelging_papers,
)
from desktop.services.snapshot import OrganisationNames
from desktop.storage.files import read_file

REGISTER_TYPES = (Dokumenttype.VEDTAKSPROTOKOLL, Dokumenttype.OPPFOELGINGSLISTE)


def gather_register_papers(
    session: Session,
    slag: Dokumenttype,
    utvalg_id: str,
    *,
    aar: int | None = None,
    maalform: Maalform | None = None,
    today: dt.date | None = None,
) -> Papers:
    """Return the vedtaksprotokoll of a year, or the list of open commitments, of an utvalg.

    Args:
        session: a session that reads.
        slag: one of `REGISTER_TYPES`.
        utvalg_id: whose.
        aar: the year of the protocol; that of `today` where none is given.
        maalform: the language, where it is not to be that of the utvalg.
        today: the day it is.

    Raises:
        ServiceError: `finnes_ikke_lenger`.
    """
    day = today or dt.date.today()  # noqa: DTZ011
    row = get(session, Utvalg, utvalg_id)
    utvalg = _utvalg(session, row, maalform or row.maalform, day)
    if slag is Dokumenttype.VEDTAKSPROTOKOLL:
        papers = [_protocol(session, utvalg_id, utvalg, aar or day.year)]
    else:
        papers = oppfoelging_papers(gather_commitments(session, utvalg_id, utvalg, today=day))
    template = row.mal_sha256
    return Papers(tuple(papers), read_file(session, template) if template else None)


def protocol_years(session: Session, utvalg_id: str) -> tuple[int, ...]:
    """Return the years that an utvalg has vedtak in, the newest first."""
    adopted = (
        select(Moete.aar)
        .join(Sak, Sak.moete_id == Moete.id)
        .join(Vedtak, Vedtak.sak_id == Sak.id)
        .where(Moete.utvalg_id == utvalg_id)
    )
    entered = select(extract("year", Vedtak.dato)).where(
        Vedtak.utvalg_id == utvalg_id, Vedtak.sak_id.is_(None), Vedtak.dato.is_not(None)
    )
    found = {int(year) for year in session.scalars(adopted.union(entered))}
    return tuple(sorted(found, reverse=True))


def _utvalg(session: Session, row: Utvalg, maalform: Maalform, day: dt.date) -> UtvalgContent:
    names = OrganisationNames(load_organisation_names(session))
    return UtvalgContent(
        navn=row.navn,
        bestemt=row.bestemt,
        kortnavn=row.kortnavn,
        maalform=maalform,
        sekretariat_navn=names.at(row.sekretariat_id, day),
    )


def _protocol(session: Session, utvalg_id: str, utvalg: UtvalgContent, aar: int) -> Paper:
    read_figure = figure_reader(session)
    meetings, figures = [], {}
    for key in _meetings_with_vedtak(session, utvalg_id, aar):
        snapshot = load_moete(session, key)
        gatherer = Gatherer(snapshot, maalform=utvalg.maalform, read_figure=read_figure)
        meetings.append(gather_vedtaksmoete(gatherer, approved_in(session, snapshot)))
        figures.update(gatherer.figures(row.tekst for row in snapshot.rows.vedtak.values()))
    content = VedtaksprotokollContent(
        utvalg=utvalg,
        moeter=tuple(meetings),
        aar=aar,
        registrerte=tuple(_entered(session, utvalg_id, aar)),
        figurer=figures,
    )
    approved = all(one.referat is ReferatTilstand.GODKJENT for one in content.moeter)
    status: Filstatus = "" if approved else "foreloepig"
    name = file_name("vedtaksprotokoll", str(aar), utvalg.maalform, status=status)
    return Paper(Dokumenttype.VEDTAKSPROTOKOLL, name, content)


def _meetings_with_vedtak(session: Session, utvalg_id: str, aar: int) -> list[str]:
    statement = (
        select(Moete.id)
        .join(Sak, Sak.moete_id == Moete.id)
        .join(Vedtak, Vedtak.sak_id == Sak.id)
        .join(Moetedag, Moetedag.moete_id == Moete.id)
        .where(Moete.utvalg_id == utvalg_id, Moete.aar == aar)
        .group_by(Moete.id)
        .order_by(func.min(Moetedag.dato), func.min(Moetedag.fra))
    )
    return list(session.scalars(statement))


def _entered(session: Session, utvalg_id: str, aar: int) -> list[VedtakContent]:
    """Return the vedtak of a year that were entered in the register without a sak, by date."""
    statement = (
        select(Vedtak)
        .where(
            Vedtak.utvalg_id == utvalg_id,
            Vedtak.sak_id.is_(None),
            extract("year", Vedtak.dato) == aar,
        )
        .order_by(Vedtak.dato, Vedtak.referanse, Vedtak.id)
    )
    return [
        VedtakContent(
            key=row.id,
            nummer=row.referanse or "",
            tittel=row.tittel or "",
            tekst=row.tekst,
            sakstype=row.sakstype,
            dato=row.dato,
        )
        for row in session.scalars(statement)
    ]
