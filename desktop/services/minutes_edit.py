"""Verbs of the meeting mode: what is written while people talk, each gesture one operation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Innspill, Moete, Moetedag, Sak, Saksreferat, Vedtak, new_key
from desktop.richtext.plain import is_empty
from desktop.richtext.tree import Tree
from desktop.richtext.words import longest_increasing
from desktop.rules.entity_kinds import Innspillslag
from desktop.rules.rank import ranks
from desktop.rules.states import MoeteTilstand, SakTilstand
from desktop.services.access import (
    days_of,
    get,
    label_of_moete,
    label_of_sak,
    post_of_sak,
    posts_in_order,
    require_within,
)
from desktop.services.agenda_edit import move_posts
from desktop.services.dagsorden import place_sak, take_up_sak
from desktop.services.errors import ServiceError
from desktop.services.moeter import hold_moete
from desktop.services.referater import (
    DEEPEST_LEVEL,
    innspill_in_order,
    require_referat_open,
    saksreferat_of,
)
from desktop.services.saker import report_sak
from desktop.services.vedtak import adopt_vedtak, remove_vedtak
from desktop.services.verbs import Created, operation, writing
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet
from desktop.storage.operation import Operation

_CALLED = frozenset({MoeteTilstand.INNKALT, MoeteTilstand.AVHOLDT})


@dataclass(frozen=True, slots=True)
class InnspillLine:
    """A line as it stands in the editor. `id` is the row's key, also before the row is stored."""

    id: str
    slag: Innspillslag
    nivaa: int
    tekst: Tree
    innsender_id: str | None = None
    navngis: bool = False


def new_line_id() -> str:
    """Return the key of a line that is being made."""
    return new_key()


def set_innspill(
    archive: Archive,
    *,
    sak_id: str,
    lines: Sequence[InnspillLine],
    typing: bool = False,
    paragraph: str | None = None,
) -> ChangeSet:
    """Let a sak have these lines, in this order; only what differs is written.

    `typing` joins the open group of the sak's innspill; `paragraph` is the line the cursor is in.

    Raises:
        ServiceError: `referat_er_godkjent`, `sak_er_ikke_paa_dagsorden`, `navngis_uten_innsender`,
            `tall_utenfor_omraade`, or `samme_linje_to_ganger`.
    """
    _check(lines)
    with writing(
        archive,
        "write_innspill",
        Saksreferat,
        sak_id,
        "innspill",
        typing=typing,
        paragraph=paragraph,
    ) as op:
        require_referat_open(op, sak_id)
        known = select(Saksreferat.id).where(Saksreferat.sak_id == sak_id)
        if not lines and op.session.scalar(known) is None:
            return op.changes
        minutes = saksreferat_of(op, sak_id)
        held = {row.id: row for row in innspill_in_order(op.session, minutes.id)}
        wanted = {line.id for line in lines}
        for key, row in held.items():
            if key not in wanted:
                op.session.delete(row)
        for line, rank in zip(lines, _ranks(held, lines), strict=True):
            row = held.get(line.id) or Innspill(id=line.id, saksreferat_id=minutes.id)
            _write(row, line, rank)
            op.session.add(row)
    return op.changes


def _check(lines: Sequence[InnspillLine]) -> None:
    if len({line.id for line in lines}) < len(lines):
        raise ServiceError("samme_linje_to_ganger")
    for line in lines:
        require_within("nivå", line.nivaa, 0, DEEPEST_LEVEL)
        if line.navngis and line.innsender_id is None:
            raise ServiceError("navngis_uten_innsender")


def _write(row: Innspill, line: InnspillLine, rank: str) -> None:
    row.slag = line.slag
    row.nivaa = line.nivaa
    row.navngis = line.navngis
    row.innsender_id = line.innsender_id
    row.rekkefoelge = rank
    if row.tekst != line.tekst:
        row.tekst = line.tekst


def _ranks(held: dict[str, Innspill], lines: Sequence[InnspillLine]) -> list[str]:
    """Return a rank for each line; as many rows as can be keep theirs."""
    place = {key: number for number, key in enumerate(held)}
    known = [number for number, line in enumerate(lines) if line.id in place]
    stays = longest_increasing([place[lines[number].id] for number in known])
    keep = {known[position] for position in stays}
    kept = [held[lines[number].id].rekkefoelge for number in sorted(keep)]
    if any(one >= other for one, other in pairwise(kept)):
        return list(ranks(len(lines)))
    return list(_filled(kept, [number in keep for number in range(len(lines))]))


def _filled(kept: list[str], keeps: list[bool]) -> Iterator[str]:
    """Yield the kept ranks in their places, and new ones between them."""
    after: str | None = None
    left = list(kept)
    for is_kept, stretch in groupby(keeps):
        count = len(list(stretch))
        if is_kept:
            yield from left[:count]
            after, left = left[count - 1], left[count:]
        else:
            yield from ranks(count, after, left[0] if left else None)


def write_vedtak(
    archive: Archive,
    *,
    sak_id: str,
    tree: Tree,
    typing: bool = False,
    paragraph: str | None = None,
) -> ChangeSet:
    """Write the vedtak of a sak; an empty text takes it away. A sak with a vedtak was treated.

    Raises:
        ServiceError: as `adopt_vedtak` and `remove_vedtak`.
    """
    with writing(
        archive, "write_vedtak", Vedtak, sak_id, "tekst", typing=typing, paragraph=paragraph
    ) as op:
        require_referat_open(op, sak_id)
        if is_empty(tree):
            remove_vedtak(archive, sak_id=sak_id)
        else:
            adopt_vedtak(archive, sak_id=sak_id, tekst=tree)
            _treat(op, get(op.session, Sak, sak_id))
    return op.changes


def adopt_as_proposed(archive: Archive, *, sak_id: str) -> ChangeSet:
    """Adopt the vedtak of a sak as it was proposed. In a held meeting the sak is treated then.

    Raises:
        ServiceError: as `adopt_vedtak`.
    """
    with operation(archive, "adopt_vedtak") as op:
        adopt_vedtak(archive, sak_id=sak_id)
        _treat(op, get(op.session, Sak, sak_id))
    return op.changes


def _treat(op: Operation, sak: Sak) -> None:
    """Mark a sak as treated, where it can be."""
    moete = get(op.session, Moete, sak.moete_id or "")
    numbered = sak.moetesakssekvensnummer is not None
    waiting = sak.tilstand is SakTilstand.PAA_DAGSORDEN
    if waiting and numbered and moete.tilstand is MoeteTilstand.AVHOLDT:
        sak.tilstand = SakTilstand.BEHANDLET


def hold_with_minutes(archive: Archive, *, moete_id: str) -> ChangeSet:
    """Say that the meeting was held; the saker with a vedtak or with minutes were treated.

    Raises:
        RuleError: `moete_maa_innkalles_foerst` and its like.
    """
    with operation(archive, "hold_moete") as op:
        op.describe(moete=label_of_moete(get(op.session, Moete, moete_id)))
        hold_moete(archive, moete_id=moete_id)
        for sak in _spoken_of(op.session, moete_id):
            _treat(op, sak)
    return op.changes


def _spoken_of(session: Session, moete_id: str) -> Sequence[Sak]:
    spoken = select(Saksreferat.sak_id).union(select(Vedtak.sak_id))
    return session.scalars(select(Sak).where(Sak.moete_id == moete_id, Sak.id.in_(spoken))).all()


def add_sak_in_room(
    archive: Archive, *, moete_id: str, tittel: str, innmeldt: dt.date, after_sak_id: str | None
) -> Created:
    """Report a matter in the meeting, after a sak of it; once called, it takes the next number.

    Without a sak to stand after it goes before Eventuelt on the last day.

    Raises:
        ServiceError: `tomt_felt`, or as `place_sak`; nothing is reported then.
        RuleError: as `place_sak` and `take_up_sak`.
    """
    with operation(archive, "add_sak_in_room") as op:
        moete = get(op.session, Moete, moete_id)
        made = report_sak(archive, utvalg_id=moete.utvalg_id, tittel=tittel, innmeldt=innmeldt)
        day, index = _place_after(op.session, moete_id, after_sak_id)
        place_sak(archive, sak_id=made.id, moetedag_id=day, index=index)
        sak = get(op.session, Sak, made.id)
        if moete.tilstand in _CALLED:
            take_up_sak(archive, sak_id=made.id)
        op.params["sak"] = label_of_sak(op.session, sak)
    return made


def _place_after(
    session: Session, moete_id: str, after_sak_id: str | None
) -> tuple[str, int | None]:
    post = post_of_sak(session, after_sak_id) if after_sak_id else None
    if post is None:
        days = select(Moetedag.id).where(Moetedag.moete_id == moete_id)
        return session.scalars(days.order_by(Moetedag.dato.desc())).first() or "", None
    row = [other.id for other in posts_in_order(session, post.moetedag_id)].index(post.id)
    return post.moetedag_id, row + 1


def take_sak_now(archive: Archive, *, sak_id: str, after_sak_id: str | None) -> ChangeSet:
    """Take a sak out of order: its row goes after another sak's, and keeps its number.

    Without another sak to go after it becomes the first of the meeting.

    Raises:
        ServiceError: `sak_er_ikke_paa_dagsorden`, `moete_er_slutt` or `referat_er_godkjent`.
        RuleError: `doegnet_er_passert`.
    """
    with operation(archive, "take_sak_now") as op:
        moete_id = require_referat_open(op, sak_id)
        post = post_of_sak(op.session, sak_id)
        if post is None:
            raise ServiceError(
                "sak_er_ikke_paa_dagsorden", tittel=get(op.session, Sak, sak_id).tittel
            )
        day, index = _place_now(op.session, moete_id, after_sak_id)
        others = [row.id for row in posts_in_order(op.session, day)]
        if post.id in others[:index]:
            index -= 1
        move_posts(archive, post_ids=[post.id], moetedag_id=day, index=index)
    return op.changes


def _place_now(session: Session, moete_id: str, after_sak_id: str | None) -> tuple[str, int]:
    """Return the day and the row after a sak; where none is given, those of the first sak."""
    if after_sak_id is not None:
        day, index = _place_after(session, moete_id, after_sak_id)
        return day, index or 0
    for dag in days_of(session, moete_id):
        for row, post in enumerate(posts_in_order(session, dag.id)):
            if post.sak_id is not None:
                return dag.id, row
    return "", 0
