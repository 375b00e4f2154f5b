"""How urgent a commitment is on a day."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import Final

from desktop.rules.states import OppfoelgingTilstand

OPEN_STATES: Final = (OppfoelgingTilstand.AAPEN, OppfoelgingTilstand.PAAGAAR)


class Standing(IntEnum):
    """What a commitment asks for, the most urgent first."""

    FORFALT = 0
    """Its deadline has passed."""
    FOER_MOETET = 1
    """It is due before the next meeting, or on its day."""
    AAPEN = 2
    FERDIG = 3
    """It is done, or has lapsed."""


def standing(
    state: str, deadline: date | None, *, today: date, next_meeting: date | None
) -> Standing:
    """Return how urgent a commitment is. A deadline holds to the end of its day."""
    if state not in OPEN_STATES:
        return Standing.FERDIG
    if deadline is None:
        return Standing.AAPEN
    if deadline < today:
        return Standing.FORFALT
    due = next_meeting is not None and deadline <= next_meeting
    return Standing.FOER_MOETET if due else Standing.AAPEN
