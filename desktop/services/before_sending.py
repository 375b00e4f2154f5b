"""What is missing or wrong in the papers before they go: what must be ready, and the errors."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy.orm import Session

from desktop.i18n.kontroll_messages import rule_sentence
from desktop.i18n.messages import message
from desktop.rules.kontroll import BY_ID, Finding, Place
from desktop.services.kontroll import (
    Report,
    check_loaded,
    check_meeting,
    errors_in_innkalling,
    errors_in_referat,
)
from desktop.services.load import load_moete
from desktop.services.missing import missing_in


class MissingLine(NamedTuple):
    """Something missing or wrong: a sentence, the sak it is about, and the place of an error.

    `notat` is whether the sak has a toppnotat, where its proposal is written.
    """

    setning: str
    sak_id: str | None
    place: Place | None = None
    notat: bool = False


def read_missing(session: Session, moete_id: str) -> tuple[MissingLine, ...]:
    """Return what is missing or wrong in the innkalling of a meeting, in agenda order.

    The errors are those of the quality check; one that was let stand is not told.
    """
    snapshot = load_moete(session, moete_id)
    report = check_loaded(session, snapshot)
    unready = [
        MissingLine(message(line.kode, {"sak": line.sak}), line.sak_id)
        for line in missing_in(snapshot)
        if line.kode not in BY_ID
    ]
    errors = [_line(report, one) for one in errors_in_innkalling(report)]
    order = {key: place for place, key in enumerate(report.saker)}
    return tuple(
        sorted((*errors, *unready), key=lambda one: order.get(one.sak_id or "", len(order)))
    )


def read_errors_of_referat(session: Session, moete_id: str) -> tuple[MissingLine, ...]:
    """Return the errors in what the referat of a meeting prints, in agenda order."""
    report = check_meeting(session, moete_id)
    return tuple(_line(report, one) for one in errors_in_referat(report))


def _line(report: Report, one: Finding) -> MissingLine:
    sentence = rule_sentence(one.rule, one.params)
    sak = report.saker.get(one.place.sak_id or "")
    if sak and sak.nummer and one.params.get("sak") != sak.nummer:
        sentence = f"{sak.nummer}: {sentence}"
    notat = one.place.sak_id in report.with_note
    return MissingLine(sentence, one.place.sak_id, one.place, notat)
