"""Finding rows, and the small steps that many verbs share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol, TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.i18n.dates import numeric_date
from desktop.models import Base, Dagsordenpost, Moete, Moetedag, Referat, Sak, Utvalg
from desktop.richtext.clean import clean_text
from desktop.rules.clock import ClockRow, clock_day, minutes_of
from desktop.rules.numbering import SakNumberPattern, format_meeting_number
from desktop.rules.rank import rank_between
from desktop.rules.states import MoeteTilstand, ReferatTilstand, SakTilstand
from desktop.services.errors import ServiceError

LABEL_LENGTH = 60

E = TypeVar("E", bound=Base)


class Ranked(Protocol):
    """A row that has a place in an order."""

    rekkefoelge: str


def get(session: Session, entity: type[E], key: str) -> E:
    """Return the row with a key.

    Raises:
        ServiceError: `finnes_ikke_lenger`, with the table and the key.
    """
    found = session.get(entity, key)
    if found is None:
        table: str = entity.__tablename__
        raise ServiceError("finnes_ikke_lenger", tabell=table, noekkel=key)
    return found


def clean_title(text: str, field: str = "tittel") -> str:
    """Return a clean, non-empty line of text.

    Raises:
        ServiceError: `tomt_felt`, if nothing is left.
    """
    cleaned = " ".join(part for part in clean_text(text).split(" ") if part).strip()
    if not cleaned:
        raise ServiceError("tomt_felt", felt=field)
    return cleaned


def clean_optional(text: str | None) -> str | None:
    """Return a clean line of text, or None where nothing is left."""
    return clean_text(text).strip() or None if text else None


def rank_after_last(
    session: Session,
    rank: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
    *where: ColumnElement[bool],
) -> str:
    """Return the rank that puts a new row last among those that `where` selects."""
    return rank_between(session.scalar(select(func.max(rank)).where(*where)), None)


def rank_at(ordered: Sequence[Ranked], index: int) -> str:
    """Return the rank that puts a row at an index among the others, which are in order.

    Where an undo out of turn has given two neighbours one rank, the row goes after both.
    """
    index = max(0, min(index, len(ordered)))
    before = ordered[index - 1].rekkefoelge if index > 0 else None
    later = (row.rekkefoelge for row in ordered[index:])
    return rank_between(before, next((r for r in later if before is None or r > before), None))


def require_within(field: str, value: int | None, lowest: int, highest: int) -> None:
    """Refuse a number outside its bounds, both included; None is no number.

    Raises:
        ServiceError: `tall_utenfor_omraade`.
    """
    if value is not None and not lowest <= value <= highest:
        raise ServiceError("tall_utenfor_omraade", felt=field, fra=lowest, til=highest)


def require_period(fra: dt.date | None, til: dt.date | None) -> None:
    """Refuse a period that ends before it starts; None is an open end.

    Raises:
        ServiceError: `slutter_foer_start`.
    """
    if fra is not None and til is not None and til < fra:
        raise ServiceError("slutter_foer_start", fra=fra, til=til)


def require_times(fra: dt.time, til: dt.time) -> None:
    """Refuse a day that does not end after its start, and clock times in parts of a minute.

    Raises:
        ServiceError: `slutter_foer_start`.
        RuleError: `klokkeslett_er_ikke_hele_minutter`.
    """
    if minutes_of(til) <= minutes_of(fra):
        raise ServiceError("slutter_foer_start", fra=fra, til=til)


def all_utvalg(session: Session) -> Sequence[Utvalg]:
    """Return every utvalg in order."""
    return session.scalars(select(Utvalg).order_by(Utvalg.rekkefoelge)).all()


def find_utvalg(session: Session, name: str) -> Utvalg:
    """Return the utvalg of that name or short name; case is ignored.

    Raises:
        ServiceError: `ukjent_utvalg` with the names there are.
    """
    wanted = name.strip().casefold()
    every = all_utvalg(session)
    for utvalg in every:
        if wanted in {utvalg.navn.casefold(), utvalg.kortnavn.casefold()}:
            return utvalg
    raise ServiceError("ukjent_utvalg", navn=name, kjente=", ".join(u.navn for u in every))


def sak_label(sak: Sak, utvalg: Utvalg) -> str:
    """Return a sak's fixed number as the utvalg writes it, or "" while it has none."""
    if sak.moetesaksaar is None or sak.moetesakssekvensnummer is None:
        return ""
    pattern = SakNumberPattern(utvalg.saksnummermoenster)
    return pattern.format(sak.moetesaksaar, sak.moetesakssekvensnummer)


def label_of_sak(session: Session, sak: Sak) -> str:
    """Return what a verb's label calls a sak: its fixed number, or its title."""
    return sak_label(sak, get(session, Utvalg, sak.utvalg_id)) or f"«{_shortened(sak.tittel)}»"


def _shortened(title: str) -> str:
    return title if len(title) <= LABEL_LENGTH else f"{title[:LABEL_LENGTH].rstrip()} …"


def label_of_moete(moete: Moete) -> str:
    """Return what a verb's label calls a meeting: its fixed number, or its first day."""
    if moete.nummer is not None:
        return format_meeting_number(moete.aar, moete.nummer)
    days = sorted(dag.dato for dag in moete.dager)
    return numeric_date(days[0]) if days else str(moete.aar)


def posts_in_order(session: Session, moetedag_id: str) -> list[Dagsordenpost]:
    """Return the running order of a day."""
    statement = (
        select(Dagsordenpost)
        .where(Dagsordenpost.moetedag_id == moetedag_id)
        .order_by(Dagsordenpost.rekkefoelge)
    )
    return list(session.scalars(statement))


def require_not_approved(session: Session, moete_id: str) -> None:
    """Refuse to change what the approved referat of a meeting says.

    Raises:
        ServiceError: `referat_er_godkjent`.
    """
    found = select(Referat.tilstand).where(Referat.moete_id == moete_id)
    if session.scalar(found) is ReferatTilstand.GODKJENT:
        raise ServiceError("referat_er_godkjent")


def require_not_over(session: Session, moete: Moete) -> None:
    """Refuse to change the frame of a meeting that is closed, cancelled, or has its referat.

    Raises:
        ServiceError: `moete_er_slutt` or `referat_er_godkjent`.
    """
    if moete.tilstand in {MoeteTilstand.AVSLUTTET, MoeteTilstand.AVLYST}:
        raise ServiceError("moete_er_slutt", moete=label_of_moete(moete))
    require_not_approved(session, moete.id)


def post_of_sak(session: Session, sak_id: str) -> Dagsordenpost | None:
    """Return the row that a sak has in a running order, if any."""
    return session.scalar(select(Dagsordenpost).where(Dagsordenpost.sak_id == sak_id))


def require_clock(session: Session, moetedag_id: str) -> None:
    """Refuse a running order that would pass midnight.

    Raises:
        RuleError: `doegnet_er_passert`.
    """
    off = (
        select(Dagsordenpost.id)
        .join(Sak, Sak.id == Dagsordenpost.sak_id)
        .where(
            Dagsordenpost.moetedag_id == moetedag_id,
            Sak.tilstand.in_((SakTilstand.UTSATT, SakTilstand.TRUKKET)),
        )
    )
    out = set(session.scalars(off))
    rows = [
        ClockRow(post.id, post.varighet, post.fast_tid, takes_time=post.id not in out)
        for post in posts_in_order(session, moetedag_id)
    ]
    clock_day(get(session, Moetedag, moetedag_id).fra, rows)


def days_of(session: Session, moete_id: str) -> list[Moetedag]:
    """Return the days of a meeting in order."""
    statement = select(Moetedag).where(Moetedag.moete_id == moete_id).order_by(Moetedag.dato)
    return list(session.scalars(statement))
