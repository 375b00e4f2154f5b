"""Verbs that do something with several rows of a running order at once: one step to undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Dagsordenpost, Moete, Moetedag, Sak
from desktop.services.access import (
    days_of,
    get,
    label_of_sak,
    posts_in_order,
    rank_at,
    require_clock,
    require_not_over,
)
from desktop.services.dagsorden import place_sak, remove_post
from desktop.services.errors import ServiceError
from desktop.services.saker import order_queue, rename_sak, report_sak, set_arkivreferanse
from desktop.services.verbs import Created, operation, writing
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet

_MEGABYTE = 1024 * 1024


class SakVerb(Protocol):
    """A verb that takes a sak alone; its name is its key in `VERBS`."""

    __name__: str

    def __call__(self, archive: Archive, *, sak_id: str) -> object:
        """Do it."""


def move_posts(
    archive: Archive, *, post_ids: Sequence[str], moetedag_id: str, index: int
) -> ChangeSet:
    """Move rows of a meeting, in agenda order, to a place in one of its days.

    `index` counts from 0 among the rows of that day that are not moved.

    Raises:
        ServiceError: `annet_moete`, `moete_er_slutt` or `referat_er_godkjent`.
        RuleError: `doegnet_er_passert`.
    """
    with operation(archive, "move_post") as op:
        moete_id = get(op.session, Moetedag, moetedag_id).moete_id
        order = _order(op.session, moete_id)
        chosen = set(post_ids)
        moving = [post for day in order.values() for post in day if post.id in chosen]
        if len(moving) < len(chosen):
            raise ServiceError("annet_moete")
        rest = {key: [post for post in day if post.id not in chosen] for key, day in order.items()}
        rest[moetedag_id][max(0, index) : max(0, index)] = moving
        _arrange(op.session, moete_id, rest, chosen)
    return op.changes


def shift_posts(
    archive: Archive, *, moete_id: str, post_ids: Sequence[str], step: Literal[-1, 1]
) -> ChangeSet:
    """Move rows of a meeting one place up (-1) or down (1); past a day's end into the next day.

    Rows that stand at the very top or bottom stay, and so do those that would have to pass them.

    Raises:
        ServiceError: `moete_er_slutt` or `referat_er_godkjent`.
        RuleError: `doegnet_er_passert`.
    """
    with operation(archive, "move_post") as op:
        order = _order(op.session, moete_id)
        chosen = set(post_ids)
        _arrange(op.session, moete_id, _shifted(order, chosen, step), chosen)
    return op.changes


def _order(session: Session, moete_id: str) -> dict[str, list[Dagsordenpost]]:
    """Return the rows of each day of a meeting, in order."""
    return {dag.id: posts_in_order(session, dag.id) for dag in days_of(session, moete_id)}


def _shifted(
    order: dict[str, list[Dagsordenpost]], chosen: set[str], step: int
) -> dict[str, list[Dagsordenpost]]:
    flat: list[str | Dagsordenpost] = []
    for key, posts in order.items():
        flat += [key, *posts]
    places = range(2, len(flat)) if step < 0 else range(len(flat) - 2, 0, -1)
    for place in places:
        item, other = flat[place], flat[place + step]
        moves = isinstance(item, Dagsordenpost) and item.id in chosen
        blocked = isinstance(other, Dagsordenpost) and other.id in chosen
        if moves and not blocked:
            flat[place], flat[place + step] = other, item
    return _by_day(flat)


def _by_day(flat: Sequence[str | Dagsordenpost]) -> dict[str, list[Dagsordenpost]]:
    found: dict[str, list[Dagsordenpost]] = {}
    day: list[Dagsordenpost] = []
    for item in flat:
        if isinstance(item, str):
            day = found[item] = []
        else:
            day.append(item)
    return found


def _arrange(
    session: Session, moete_id: str, wanted: dict[str, list[Dagsordenpost]], chosen: set[str]
) -> None:
    """Give the chosen rows the day and the rank that the wanted order asks for; no others move."""
    require_not_over(session, get(session, Moete, moete_id))
    for key, posts in wanted.items():
        if posts == posts_in_order(session, key):
            continue
        placed = [post for post in posts if post.id not in chosen]
        for index, post in enumerate(posts):
            if post.id in chosen:
                post.rekkefoelge = rank_at(placed, index)
                placed.insert(index, post)
    for key, posts in wanted.items():
        for post in posts:
            post.moetedag_id = key
    for key in wanted:
        require_clock(session, key)


def remove_posts(archive: Archive, *, post_ids: Sequence[str]) -> ChangeSet:
    """Take rows off the running order; saker go back to the queue. All of them, or none.

    Raises:
        RuleError: `sak_med_nummer_kan_ikke_til_koeen`, for a sak with a fixed number.
        ServiceError: `moete_er_slutt` or `referat_er_godkjent`.
    """
    if len(post_ids) == 1:
        return remove_post(archive, post_id=post_ids[0])
    with operation(archive, "remove_post") as op:
        for post_id in post_ids:
            remove_post(archive, post_id=post_id)
    return op.changes


def place_saker(
    archive: Archive, *, sak_ids: Sequence[str], moetedag_id: str, index: int | None = None
) -> tuple[str, ...]:
    """Put saker of the queue on the running order of a day; without an index before Eventuelt.

    Returns:
        The keys of the new rows.

    Raises:
        RuleError, ServiceError: as `place_sak`; nothing is placed then.
    """
    with operation(archive, "place_sak"):
        return tuple(
            place_sak(
                archive,
                sak_id=sak_id,
                moetedag_id=moetedag_id,
                index=None if index is None else index + offset,
            ).id
            for offset, sak_id in enumerate(sak_ids)
        )


def report_and_place(
    archive: Archive, *, moetedag_id: str, tittel: str, innmeldt: dt.date
) -> Created:
    """Report a matter and put it on the running order of a day at once, before Eventuelt.

    Returns:
        The key of the sak.

    Raises:
        ServiceError: `tomt_felt`, or as `place_sak`; nothing is reported then.
        RuleError: as `place_sak`.
    """
    with operation(archive, "report_sak") as op:
        moete = get(op.session, Moete, get(op.session, Moetedag, moetedag_id).moete_id)
        made = report_sak(archive, utvalg_id=moete.utvalg_id, tittel=tittel, innmeldt=innmeldt)
        place_sak(archive, sak_id=made.id, moetedag_id=moetedag_id)
    return made


def for_saker(archive: Archive, *, verb: SakVerb, sak_ids: Sequence[str]) -> None:
    """Do a verb with each of some saker, as one operation under the verb's name.

    Raises:
        RuleError, ServiceError: as the verb; nothing is done then.
    """
    if len(sak_ids) == 1:
        verb(archive, sak_id=sak_ids[0])
        return
    with operation(archive, verb.__name__) as op:
        for sak_id in sak_ids:
            verb(archive, sak_id=sak_id)
        labels = [label_of_sak(op.session, get(op.session, Sak, key)) for key in sak_ids]
        op.describe(sak=", ".join(labels))


def order_saker(archive: Archive, *, sak_ids: Sequence[str], index: int) -> ChangeSet:
    """Move saker of a queue to a place in it, counted from 0 among those that are not moved.

    Raises:
        ServiceError: `sak_er_ikke_i_koeen`.
    """
    with operation(archive, "order_queue") as op:
        utvalg_id = get(op.session, Sak, sak_ids[0]).utvalg_id
        queue = list(
            op.session.scalars(
                select(Sak.id)
                .where(Sak.utvalg_id == utvalg_id, Sak.koerekkefoelge.is_not(None))
                .order_by(Sak.koerekkefoelge)
            )
        )
        chosen = [key for key in queue if key in set(sak_ids)]
        rest = [key for key in queue if key not in set(sak_ids)]
        before = rest[:index]
        for sak_id in chosen:
            queue.remove(sak_id)
            place = queue.index(before[-1]) + 1 if before else 0
            queue.insert(place, sak_id)
            before.append(sak_id)
            order_queue(archive, sak_id=sak_id, index=place)
    return op.changes


def write_title(archive: Archive, *, sak_id: str, tittel: str, typing: bool = False) -> ChangeSet:
    """Write the title of a sak; `typing` joins the open group of the field.

    Raises:
        ServiceError: `tomt_felt` or `referat_er_godkjent`.
    """
    with writing(archive, "change_sak", Sak, sak_id, "tittel", typing=typing) as op:
        rename_sak(archive, sak_id=sak_id, tittel=tittel)
    return op.changes


def write_arkivreferanse(
    archive: Archive, *, sak_id: str, arkivreferanse: str, typing: bool = False
) -> ChangeSet:
    """Write where the sak is in the organisation's archive; `typing` joins the field's group."""
    with writing(archive, "change_sak", Sak, sak_id, "arkivreferanse", typing=typing) as op:
        set_arkivreferanse(archive, sak_id=sak_id, arkivreferanse=arkivreferanse)
    return op.changes
