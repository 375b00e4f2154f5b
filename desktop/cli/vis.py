"""`motebok vis`: the running order of a meeting."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from desktop.cli.opening import open_reader
from desktop.i18n.catalogue import words
from desktop.i18n.dates import clock_range, column_clock, numeric_date
from desktop.i18n.terms import SAKSTYPER, vedlegg_title
from desktop.rules.entity_kinds import Postslag, Vedleggslag
from desktop.rules.states import MoeteTilstand
from desktop.services.numbers import find_moete_id
from desktop.services.rows import DagRow, PostRow, SakRow, VedleggRow
from desktop.services.snapshot import OUT_OF_AGENDA, MoeteSnapshot, load_agenda

_STATES = {
    MoeteTilstand.PLANLAGT: "planlagt",
    MoeteTilstand.INNKALT: "innkalt",
    MoeteTilstand.AVHOLDT: "avholdt",
    MoeteTilstand.AVSLUTTET: "avsluttet",
    MoeteTilstand.AVLYST: "avlyst",
}
_POSTS = {Postslag.SAK: "", Postslag.PAUSE: "Pause", Postslag.PUNKT: "Uten tittel"}
_TITLE_WIDTH = 84
_INDENT = " " * 17


def run(arguments: argparse.Namespace) -> int:
    """Print the running order."""
    with open_reader(arguments.arkiv) as archive, archive.read() as session:
        key = find_moete_id(session, arguments.moete, utvalg=arguments.utvalg)
        snapshot = load_agenda(session, key)
    if arguments.json:
        print(json.dumps(_as_data(snapshot), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(snapshot)))
    return 0


def _lines(snapshot: MoeteSnapshot) -> Iterator[str]:
    rows = snapshot.rows
    provisional = "" if snapshot.frozen else " (foreløpige numre)"
    yield (
        f"Møte {snapshot.meeting_number()} i {rows.utvalg.navn} – "
        f"{_STATES[rows.moete.tilstand]}{provisional}"
    )
    for dag in rows.dager:
        yield ""
        yield f"{numeric_date(dag.dato)} {clock_range(dag.fra, dag.til)}"
        if place := dag.sted or rows.moete.sted:
            yield place
        yield ""
        for post in snapshot.posts_of(dag):
            yield from _post(snapshot, post)
        yield from _ending(snapshot, dag)


def _post(snapshot: MoeteSnapshot, post: PostRow) -> Iterator[str]:
    clocked = snapshot.clocked[post.id]
    start = column_clock(clocked.start) if clocked.start else ""
    if post.sak_id is None:
        yield f"{start:5}  {'':8}  {post.tittel or _POSTS[post.slag]}"
    else:
        yield from _sak(snapshot, snapshot.rows.saker[post.sak_id], start)
    if start and post.id in snapshot.changed_times and post.innkalt_tid:
        yield f"{_INDENT}! var {column_clock(post.innkalt_tid)} i innkallingen"
    if clocked.overrun:
        yield f"{_INDENT}! posten før slutter {_minutes(clocked.overrun)} etter dette klokkeslettet"
    if clocked.gap:
        yield f"{_INDENT}! {_minutes(clocked.gap)} ledig før denne posten"


def _sak(snapshot: MoeteSnapshot, sak: SakRow, start: str) -> Iterator[str]:
    kind = words("nb")(SAKSTYPER[sak.sakstype]) if sak.sakstype else ""
    title = f"{sak.tittel}{_mark(snapshot, sak)}"
    yield f"{start:5}  {snapshot.sak_number(sak.id):8}  {title:{_TITLE_WIDTH}}  {kind}".rstrip()
    for number, row in _vedlegg(snapshot, sak):
        yield f"{_INDENT}Vedlegg {number}: {_title(snapshot, sak, row)}"


def _mark(snapshot: MoeteSnapshot, sak: SakRow) -> str:
    """Return what sets a sak apart: it is out of the agenda, or late and not numbered yet."""
    if sak.tilstand in OUT_OF_AGENDA:
        return f" ({sak.tilstand})"
    assigned = snapshot.sak_numbers.get(sak.id)
    late = snapshot.frozen and (assigned is None or assigned.provisional)
    return " (foreløpig nummer)" if late else ""


def _minutes(count: int) -> str:
    return "1 minutt" if count == 1 else f"{count} minutter"


def _vedlegg(snapshot: MoeteSnapshot, sak: SakRow) -> Iterator[tuple[str, VedleggRow]]:
    for row in snapshot.rows.vedlegg.get(sak.id, ()):
        assigned = snapshot.vedlegg_numbers.get(row.id)
        if assigned and not row.trukket:
            yield str(assigned.number), row


def _title(snapshot: MoeteSnapshot, sak: SakRow, row: VedleggRow) -> str:
    title = sak.tittel if row.slag is Vedleggslag.TOPPNOTAT else row.tittel or ""
    utvalg = snapshot.rows.utvalg.navn
    return vedlegg_title(row.slag, title, utvalg, row.referat_dato, words("nb"))


def _ending(snapshot: MoeteSnapshot, dag: DagRow) -> Iterator[str]:
    clock = snapshot.clocks[dag.id]
    yield f"{column_clock(clock.end)}  {'':8}  Slutt"
    if clock.overrun:
        yield f"{_INDENT}! {_minutes(clock.overrun)} etter planlagt slutt"
    if clock.slack:
        yield f"{_INDENT}{_minutes(clock.slack)} før planlagt slutt"


def _as_data(snapshot: MoeteSnapshot) -> dict[str, Any]:
    rows = snapshot.rows
    return {
        "moete": snapshot.meeting_number(),
        "utvalg": rows.utvalg.navn,
        "tilstand": rows.moete.tilstand,
        "foreloepig": not snapshot.frozen,
        "dager": [_day_data(snapshot, dag) for dag in rows.dager],
    }


def _day_data(snapshot: MoeteSnapshot, dag: DagRow) -> dict[str, Any]:
    clock = snapshot.clocks[dag.id]
    return {
        "dato": dag.dato.isoformat(),
        "fra": _clock(dag.fra),
        "til": _clock(dag.til),
        "sted": dag.sted or snapshot.rows.moete.sted,
        "slutt": _clock(clock.end),
        "minutter_over": clock.overrun,
        "minutter_ledig": clock.slack,
        "poster": [_post_data(snapshot, post) for post in snapshot.posts_of(dag)],
    }


def _post_data(snapshot: MoeteSnapshot, post: PostRow) -> dict[str, Any]:
    clocked = snapshot.clocked[post.id]
    data: dict[str, Any] = {
        "slag": post.slag,
        "start": _clock(clocked.start),
        "slutt": _clock(clocked.end),
        "varighet": post.varighet,
        "minutter_over": clocked.overrun,
        "minutter_ledig": clocked.gap,
        "endret": post.id in snapshot.changed_times,
        "tittel": post.tittel,
    }
    if post.sak_id is not None:
        data |= _sak_data(snapshot, snapshot.rows.saker[post.sak_id])
    return data


def _sak_data(snapshot: MoeteSnapshot, sak: SakRow) -> dict[str, Any]:
    assigned = snapshot.sak_numbers.get(sak.id)
    return {
        "sak": snapshot.sak_number(sak.id),
        "foreloepig": assigned is None or assigned.provisional,
        "tittel": sak.tittel,
        "sakstype": sak.sakstype,
        "tilstand": sak.tilstand,
        "vedlegg": [
            {
                "nummer": number,
                "tittel": _title(snapshot, sak, row),
                "slag": row.slag,
                "url": row.url,
            }
            for number, row in _vedlegg(snapshot, sak)
        ],
    }


def _clock(time: dt.time | None) -> str | None:
    return time.strftime("%H:%M") if time else None
