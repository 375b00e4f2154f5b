"""The saker that somebody looks for by number or title, to point to one of them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from desktop.services.register import Order, RegisterRow, load_page, order_saker
from desktop.services.register_text import match_titles

MOST = 60


def find_saker(
    session: Session, text: str, *, without: Collection[str] = ()
) -> tuple[RegisterRow, ...]:
    """Return the saker whose number or title holds a text, the newest first, but not too many.

    Args:
        session: a session that reads.
        text: what was typed; "" finds every sak.
        without: the keys of saker to leave out.
    """
    rows = order_saker(session, Order.NUMMER, descending=True)
    if text.strip():
        titles = match_titles(session, text)
        rows = [row for row in rows if row in titles]
    kept = rows[: MOST + len(without)]
    page = load_page(session, kept)
    found = [page[row] for row in kept if page[row].id not in without]
    return tuple(found[:MOST])
