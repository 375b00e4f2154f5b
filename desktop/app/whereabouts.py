"""Where one left off: page, meeting, tab and scroll, kept among the preferences per archive."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import Place, Tab, Target

_KEY = "sist/sted"


def remember_place(preferences: Preferences, archive: Path, target: Target, scroll: int) -> None:
    """Keep where somebody was in an archive; the place in another one is forgotten."""
    held = {
        "arkiv": str(archive),
        "sted": target.place,
        "noekkel": target.key,
        "fane": target.tab,
        "sak": target.sak_id,
        "rulling": scroll,
    }
    preferences.set_text(_KEY, json.dumps(held))


def recall_place(preferences: Preferences, archive: Path) -> tuple[Target, int]:
    """Return where somebody was in an archive, and the scroll; else the front page."""
    start = Target(Place.OVERSIKT), 0
    try:
        held = json.loads(preferences.text(_KEY))
        if held["arkiv"] != str(archive):
            return start
        tab = Tab(held["fane"]) if held["fane"] else None
        target = Target(Place(held["sted"]), held["noekkel"], tab, held["sak"])
        return target, int(held["rulling"])
    except (KeyError, TypeError, ValueError):
        return start
