"""A new archive with its first utvalg, as the first start makes it."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from typing import Final, NamedTuple

from desktop.rules.kinds import Maalform
from desktop.services.access import clean_title
from desktop.services.utvalg import create_utvalg, name_arkiv, set_series
from desktop.services.verbs import operation
from desktop.storage.archive import Archive
from desktop.storage.errors import CannotOpenError

_BESIDE: Final = ("", "-journal", "-laas")


class NewArchive(NamedTuple):
    """What the first start asks for. `aar` is the year that the two next numbers belong to."""

    sti: Path
    navn: str
    bruker: str
    utvalg: str
    maalform: Maalform
    aar: int
    neste_sak: int = 1
    neste_moete: int = 1


def make_archive(wanted: NewArchive, *, today: dt.date) -> None:
    """Make an archive under another name, and give it its own when it is whole.

    Raises:
        ServiceError: `tomt_felt`.
        RuleError: `aar_utenfor_omraade` or `nummer_utenfor_omraade`.
        CannotOpenError: `finnes_fra_foer`, `kan_ikke_aapne`, `skrivebeskyttet`.
        CannotWriteError: `disk_full` and the like. Nothing is left behind in any case.
        OSError: The folder cannot be made.
    """
    user = clean_title(wanted.bruker, "ditt navn")
    name = clean_title(wanted.navn, "arkivets navn")
    utvalg = clean_title(wanted.utvalg, "utvalg")
    if wanted.sti.exists():
        raise CannotOpenError("finnes_fra_foer", sti=str(wanted.sti))
    wanted.sti.parent.mkdir(parents=True, exist_ok=True)
    unfinished = wanted.sti.with_name(f"{wanted.sti.name}.nytt")
    _remove(unfinished)
    try:
        with (
            Archive.create(unfinished, bruker=user) as archive,
            operation(archive, "create_arkiv"),
        ):
            name_arkiv(archive, navn=name, opprettet=today)
            made = create_utvalg(archive, navn=utvalg, maalform=wanted.maalform)
            set_series(
                archive,
                utvalg_id=made.id,
                aar=wanted.aar,
                foerste_sak=wanted.neste_sak,
                foerste_moete=wanted.neste_moete,
            )
        unfinished.rename(wanted.sti)
    except BaseException:
        _remove(unfinished)
        raise


def _remove(unfinished: Path) -> None:
    for ending in _BESIDE:
        with contextlib.suppress(OSError):
            unfinished.with_name(f"{unfinished.name}{ending}").unlink()
