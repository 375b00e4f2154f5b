"""Opening the file of an archive for the window, and saying what must be known about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.i18n.dates import prose_clock
from desktop.services.archive_words import local_time
from desktop.services.explain import EXPECTED, explain
from desktop.services.operation_words import describe_operation
from desktop.services.overview import archive_name
from desktop.services.plain import driver_of
from desktop.services.types import Archive
from desktop.storage.errors import ArchiveError, CannotOpenError, LockedError
from desktop.viewmodels.desk import Desk
from desktop.views.words import _

_READABLE: Final = frozenset({"laast", "skrivebeskyttet", "kan_ikke_laase"})
_DAMAGED: Final = frozenset({"skadet", "skadet_fil"})


@dataclass(frozen=True, slots=True)
class Opened:
    """A desk, or None with the sentence that says why.

    Attributes:
        desk: the archive, open for writing or for reading.
        name: what it is called.
        sentence: what must be known once: typing that was rescued, a copy before an upgrade.
        standing: what holds as long as it is open so: who else has it.
        damaged: whether a backup copy would help.
    """

    desk: Desk | None
    name: str = ""
    sentence: str = ""
    standing: str = ""
    damaged: bool = False


def open_desk(path: Path, user: str) -> Opened:
    """Open an archive for writing, or for reading where it is not ours to write in."""
    try:
        return _opened(Archive.open(path, bruker=user))
    except CannotOpenError as error:
        if error.code not in _READABLE:
            return _refused(error)
        return _open_for_reading(path, user, error)
    except EXPECTED as error:
        return _refused(error)


def _open_for_reading(path: Path, user: str, reason: CannotOpenError) -> Opened:
    try:
        return _opened(Archive.open(path, bruker=user, read_only=True), _standing(reason))
    except EXPECTED as error:
        sentences = dict.fromkeys((explain(reason), explain(error)))
        return Opened(None, sentence=" ".join(sentences))


def _opened(archive: Archive, standing: str = "") -> Opened:
    try:
        with archive.read() as session:
            name = archive_name(driver_of(session)) or archive.path.stem
    except BaseException:
        archive.close()
        raise
    return Opened(Desk(archive), name, _to_know(archive), standing)


def _refused(error: BaseException) -> Opened:
    damaged = isinstance(error, ArchiveError) and error.code in _DAMAGED
    return Opened(None, sentence=explain(error), damaged=damaged)


def _standing(reason: CannotOpenError) -> str:
    if not isinstance(reason, LockedError):
        return _(
            "Arkivet kan bare leses: du har ikke skrivetilgang til filen eller mappen. Du kan se "
            "på alt, men ikke endre noe."
        )
    told = {name: str(value) for name, value in reason.params.items()}
    told["siden"] = local_time(told.get("siden", ""))
    return _(
        "Arkivet er i bruk av {hvem} på {maskin} siden {siden}. Du ser det som var lagret da du "
        "åpnet det, og kan ikke endre noe."
    ).format(**{name: told.get(name, "?") for name in ("hvem", "maskin", "siden")})


def _recovered_text(archive: Archive) -> str:
    """Return what was being written when the program stopped, as a phrase; "" where unknown."""
    number = archive.recovered.operation_id if archive.recovered else None
    newest = archive.log(1)
    if number is None or not newest or newest[0].operation_id != number:
        return ""
    return describe_operation(newest[0])


def _to_know(archive: Archive) -> str:
    sentences = []
    if archive.recovered is not None:
        when = dt.datetime.fromisoformat(archive.recovered.last).astimezone()
        sentences.append(
            _(
                "Møtebok ble ikke lukket riktig sist. Det du skrev fram til kl. {tid}, er i behold "
                "og ligger i historikken."
            ).format(tid=prose_clock(when.time()))
        )
        found = _recovered_text(archive)
        if found:
            sentences.append(_("Det siste var: {handling}.").format(handling=found))
    if archive.upgraded is not None:
        sentences.append(
            _(
                "Arkivet er oppgradert til denne utgaven. Arkivet slik det var, ligger i {kopi}."
            ).format(kopi=archive.upgraded.path)
        )
    return " ".join(sentences)
