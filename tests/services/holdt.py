"""A held meeting, its attendance, and the way to its approval."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.rules.errors import RuleError
from desktop.services.deltakere import set_oppmoete
from desktop.services.errors import ServiceError
from desktop.services.innkalling import (
    approve_referat,
    send_referat_to_comment,
)
from tests.services.hus import Hus, text

OCTOBER, DECEMBER = dt.date(2023, 10, 4), dt.date(2023, 12, 14)
AFTER = dt.datetime(2023, 10, 9, 9, 0)  # noqa: DTZ001


def refused(code: str):
    return pytest.raises((ServiceError, RuleError), match=code)


def held(hus: Hus) -> tuple[str, str]:
    """Return a held meeting and a sak of it with a proposal."""
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "Felles journal", forslag_til_vedtak=text("Rådet støtter planen."))
    hus.hold(moete)
    return moete, sak


def commented(hus: Hus, moete: str) -> str:
    return send_referat_to_comment(hus.archive, moete_id=moete, now=AFTER).id


def approver(hus: Hus, **more) -> str:
    """Return the approving sak of the next meeting, which is called."""
    moete = hus.plan(DECEMBER, **more)
    hus.freeze(moete)
    return hus.moete(moete).saker[1].id


def approved(hus: Hus) -> tuple[str, str]:
    moete, sak = held(hus)
    commented(hus, moete)
    approve_referat(hus.archive, moete_id=moete, sak_id=approver(hus), now=AFTER)
    return moete, sak


def attend(hus: Hus, moete: str, name: str, **more) -> str:
    return set_oppmoete(hus.archive, moete_id=moete, person_id=hus.key[name], **more).id
