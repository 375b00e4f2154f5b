"""A vedtak with all that is known of it: its text, its chain, who cites it, what came of it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Sak, TidligereVedtak, Toppnotat, Utvalg, Vedtak
from desktop.richtext.tree import Tree
from desktop.rules.states import SakTilstand
from desktop.services.access import get, sak_label
from desktop.services.earlier_vedtak import chain_of
from desktop.services.oppfoelging_view import CommitmentRow, commitments_of_vedtak
from desktop.services.register_text import row_number
from desktop.services.vedtak_register import VedtakRegisterRow, load_vedtak_page


class ChainLink(NamedTuple):
    """A sak of a chain. `vedtak_id` is None where nothing was decided in it (yet)."""

    sak_id: str
    moete_id: str | None
    nummer: str
    tittel: str
    tilstand: SakTilstand
    vedtak_id: str | None


class VedtakView(NamedTuple):
    """A vedtak. `forslag` is what was proposed, where that reads otherwise.

    `kjede` holds the saker before and after its own, and its own; empty where it stands alone.
    """

    rad: VedtakRegisterRow
    tekst: Tree
    forslag: Tree | None
    kjede: tuple[ChainLink, ...]
    vist_til_i: tuple[ChainLink, ...]
    oppfoelging: tuple[CommitmentRow, ...]
    utvalg_id: str | None
    organ: str


def load_vedtak(session: Session, vedtak_id: str, *, today: dt.date | None = None) -> VedtakView:
    """Return a vedtak of the register.

    Raises:
        ServiceError: `finnes_ikke_lenger`.
    """
    held = get(session, Vedtak, vedtak_id)
    number = row_number(session, vedtak_id, "vedtak") or 0
    sak = session.get(Sak, held.sak_id) if held.sak_id else None
    changed = sak is not None and held.som_foreslaatt is False
    chain = chain_of(session, held.sak_id) if held.sak_id else ()
    citing = session.scalars(
        select(Toppnotat.sak_id)
        .join(TidligereVedtak, TidligereVedtak.toppnotat_id == Toppnotat.id)
        .where(TidligereVedtak.vedtak_id == vedtak_id)
        .distinct()
    )
    return VedtakView(
        rad=load_vedtak_page(session, [number])[number],
        tekst=held.tekst,
        forslag=sak.forslag_til_vedtak if sak is not None and changed else None,
        kjede=tuple(_link(session, key) for key in chain) if len(chain) > 1 else (),
        vist_til_i=tuple(_link(session, key) for key in citing),
        oppfoelging=commitments_of_vedtak(session, vedtak_id, today=today),
        utvalg_id=held.utvalg_id,
        organ=held.organ or "",
    )


def _link(session: Session, sak_id: str) -> ChainLink:
    sak = get(session, Sak, sak_id)
    utvalg = get(session, Utvalg, sak.utvalg_id)
    return ChainLink(
        sak_id=sak.id,
        moete_id=sak.moete_id,
        nummer=sak_label(sak, utvalg),
        tittel=sak.tittel,
        tilstand=sak.tilstand,
        vedtak_id=session.scalar(select(Vedtak.id).where(Vedtak.sak_id == sak_id)),
    )
