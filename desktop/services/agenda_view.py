"""A running order as the window shows it: rows with numbers, clock and marks; and the queue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Organisasjonsnavn, Person, Sak
from desktop.rules.entity_kinds import Postslag, Rolle
from desktop.rules.kinds import Sakstype
from desktop.rules.states import MoeteTilstand, ReferatTilstand, SakTilstand
from desktop.services.fingerprint import fingerprint
from desktop.services.load import load_moete, statements_of_moete
from desktop.services.rows import DagRow, PostRow, RolleRow, SakRow, full_name
from desktop.services.snapshot import OUT_OF_AGENDA, MoeteSnapshot

_CLOSED = frozenset({MoeteTilstand.AVSLUTTET, MoeteTilstand.AVLYST})


class Line(StrEnum):
    """What a line of the running order is: a day's heading, a row, or a day's end."""

    DAG = "dag"
    POST = "post"
    SLUTT = "slutt"


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody with a part in a sak. `organisasjon` is the name at the meeting's date."""

    person_id: str | None
    organisasjon_id: str | None
    navn: str
    organisasjon: str

    @property
    def title(self) -> str:
        """The person's name, or the organisation's where it stands alone."""
        return self.navn or self.organisasjon

    @property
    def full(self) -> str:
        """Name and organisation."""
        return ", ".join(part for part in (self.navn, self.organisasjon) if part)


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A line of the running order.

    Attributes:
        key: the row's key; that of the day for its heading and its end, with the kind before it.
        start: the clock time; of a day's end, when the last row ends. None takes no time.
        minutes: the duration; None where none is given.
        fixed: the clock time at which the row must start, if any.
        overrun: minutes by which what stands before runs past the row's fixed time; at a day's
            end, past the planned end.
        gap: idle minutes before the row's fixed time; at a day's end, before the planned end.
        time_changed: the clock time is another one than the frozen innkalling says.
        text_changed: the row was added, or its sak changed, since the innkalling was frozen.
    """

    kind: Line
    key: str
    dag: DagRow
    title: str = ""
    start: dt.time | None = None
    slag: Postslag | None = None
    sak_id: str | None = None
    number: str = ""
    provisional: bool = False
    minutes: int | None = None
    fixed: dt.time | None = None
    sakstype: Sakstype | None = None
    owners: tuple[Part, ...] = ()
    presenters: tuple[Part, ...] = ()
    vedlegg: tuple[str, ...] = ()
    vedlegg_provisional: bool = False
    overrun: int = 0
    gap: int = 0
    time_changed: bool = False
    text_changed: bool = False
    state: SakTilstand | None = None

    @property
    def is_out(self) -> bool:
        """Whether the sak is postponed or withdrawn."""
        return self.state in OUT_OF_AGENDA

    @property
    def is_late(self) -> bool:
        """Whether the sak came after the innkalling was frozen and has no number yet."""
        return self.provisional and self.text_changed and not self.is_out


@dataclass(frozen=True, slots=True)
class AgendaView:
    """A running order. `is_open` is false once the meeting is over or its referat approved."""

    moete_id: str
    utvalg_id: str
    frozen: bool
    is_open: bool
    days: tuple[DagRow, ...]
    lines: tuple[AgendaLine, ...]

    def line_of(self, sak_id: str) -> AgendaLine | None:
        """Return the row of a sak, if it is on the agenda."""
        return next((line for line in self.lines if line.sak_id == sak_id), None)

    def posts(self, dag_id: str) -> tuple[AgendaLine, ...]:
        """Return the rows of a day."""
        posts = (line for line in self.lines if line.kind is Line.POST)
        return tuple(line for line in posts if line.dag.id == dag_id)


def load_agenda_view(session: Session, moete_id: str) -> AgendaView:
    """Return the running order of a meeting, with a heading per day where it has several.

    Raises:
        ServiceError: `ukjent_moete`.
    """
    snapshot = load_moete(session, moete_id)
    several = len(snapshot.rows.dager) > 1
    lines = [line for dag in snapshot.rows.dager for line in _day(snapshot, dag, several=several)]
    return AgendaView(
        moete_id=moete_id,
        utvalg_id=snapshot.rows.utvalg.id,
        frozen=snapshot.frozen,
        is_open=_is_open(snapshot),
        days=snapshot.rows.dager,
        lines=tuple(lines),
    )


def _is_open(snapshot: MoeteSnapshot) -> bool:
    referat = snapshot.rows.referat
    approved = referat is not None and referat.tilstand is ReferatTilstand.GODKJENT
    return snapshot.rows.moete.tilstand not in _CLOSED and not approved


def _day(snapshot: MoeteSnapshot, dag: DagRow, *, several: bool) -> list[AgendaLine]:
    clock = snapshot.clocks[dag.id]
    heading = [AgendaLine(Line.DAG, f"dag:{dag.id}", dag, start=dag.fra)] if several else []
    end = AgendaLine(
        Line.SLUTT,
        f"slutt:{dag.id}",
        dag,
        start=clock.end,
        overrun=clock.overrun,
        gap=clock.slack,
    )
    return [*heading, *(_post(snapshot, dag, post) for post in snapshot.posts_of(dag)), end]


def _post(snapshot: MoeteSnapshot, dag: DagRow, post: PostRow) -> AgendaLine:
    clocked = snapshot.clocked[post.id]
    sak = snapshot.rows.saker[post.sak_id] if post.sak_id else None
    plain = AgendaLine(
        kind=Line.POST,
        key=post.id,
        dag=dag,
        title=post.tittel or "",
        start=clocked.start,
        slag=post.slag,
        minutes=post.varighet,
        fixed=post.fast_tid,
        overrun=clocked.overrun,
        gap=clocked.gap,
        time_changed=post.id in snapshot.changed_times,
        text_changed=post.id in snapshot.new_rows,
    )
    return plain if sak is None else _of_sak(snapshot, plain, sak)


def _of_sak(snapshot: MoeteSnapshot, line: AgendaLine, sak: SakRow) -> AgendaLine:
    assigned = snapshot.sak_numbers.get(sak.id)
    attached = [
        snapshot.vedlegg_numbers.get(row.id)
        for row in snapshot.rows.vedlegg.get(sak.id, ())
        if not row.trukket
    ]
    numbers = [number for number in attached if number is not None]
    return replace(
        line,
        sak_id=sak.id,
        title=sak.tittel,
        number=snapshot.sak_number(sak.id),
        provisional=assigned is not None and assigned.provisional,
        sakstype=sak.sakstype,
        owners=parts_of(snapshot, sak.id, Rolle.SAKSEIER),
        presenters=parts_of(snapshot, sak.id, Rolle.PRESENTATOER),
        vedlegg=tuple(str(number.number) for number in numbers),
        vedlegg_provisional=any(number.provisional for number in numbers),
        text_changed=snapshot.frozen and sak.innkalt_avtrykk != fingerprint(snapshot, sak),
        state=sak.tilstand,
    )


def parts_of(snapshot: MoeteSnapshot, sak_id: str, rolle: Rolle) -> tuple[Part, ...]:
    """Return who has a part in a sak of the meeting, in order."""
    rows = snapshot.rows.roller.get(sak_id, ())
    return tuple(_part(snapshot, row) for row in rows if row.rolle is rolle)


def _part(snapshot: MoeteSnapshot, row: RolleRow) -> Part:
    organisation = snapshot.organisation(row.organisasjon_id)
    return Part(row.person_id, row.organisasjon_id, row.navn or "", organisation)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A sak that waits for a meeting."""

    sak_id: str
    tittel: str
    innmeldt_av: str
    organisasjon: str
    innmeldt: dt.date | None
    oensket_moete: str
    prioritet: int | None
    sakstype: Sakstype | None


def warming_steps() -> Iterator[Callable[[Session], object]]:
    """Yield small reads that make SQLAlchemy write, and keep, the SQL a meeting is read by.

    They find nothing. Who opens the first meeting would wait for them together.
    """
    yield from statements_of_moete()
    yield lambda session: load_queue(session, "")


def load_queue(session: Session, utvalg_id: str) -> tuple[QueueRow, ...]:
    """Return the saker of an utvalg that have no meeting, in the order of the queue."""
    newest = (
        select(Organisasjonsnavn.navn)
        .where(Organisasjonsnavn.organisasjon_id == Person.organisasjon_id)
        .order_by(Organisasjonsnavn.fra.desc().nulls_last())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Sak.id,
            Sak.tittel,
            Person.fornavn,
            Person.etternavn,
            newest,
            Sak.innmeldt,
            Sak.oensket_moete,
            Sak.prioritet,
            Sak.sakstype,
        )
        .outerjoin(Person, Person.id == Sak.innmeldt_av_id)
        .where(Sak.utvalg_id == utvalg_id, Sak.tilstand == SakTilstand.INNMELDT)
        .order_by(Sak.koerekkefoelge, Sak.id)
    )
    return tuple(
        QueueRow(key, title, full_name(given, family), body or "", day, wish or "", rank, kind)
        for key, title, given, family, body, day, wish, rank, kind in rows
    )
