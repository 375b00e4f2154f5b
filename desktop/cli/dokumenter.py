"""`motebok dokumenter`: the documents of a meeting as Word files."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.cli.norsk import UsageError
from desktop.cli.opening import open_archive
from desktop.documents.save import SavedFile, save_document
from desktop.filer.atomic import SaveError, save_error
from desktop.rules.kinds import Maalform
from desktop.services.errors import ServiceError
from desktop.services.load import load_moete
from desktop.services.numbers import find_moete_id, find_sak_id
from desktop.services.papers import (
    Dokumenttype,
    Papers,
    WrittenPaper,
    document_types,
    gather_papers,
    has_toppnotat,
    write_papers,
)
from desktop.services.snapshot import OUT_OF_AGENDA, MoeteSnapshot
from desktop.storage.archive import Archive

Saved = list[tuple[WrittenPaper, SavedFile]]
_STATUS = {"new": "ny", "replaced": "erstattet", "unchanged": "uendret", "renamed": "ny"}
_ALL = "alle"


def run(arguments: argparse.Namespace) -> int:
    """Write the documents and say where they are."""
    if arguments.sak and arguments.type not in {_ALL, Dokumenttype.TOPPNOTAT}:
        raise UsageError("--sak: gjelder toppnotatet og kan ikke brukes med en annen --type")
    with open_archive(arguments.arkiv, read_only=True) as archive:
        papers = gather(
            archive,
            arguments.moete,
            utvalg=arguments.utvalg,
            types=None if arguments.type == _ALL else [Dokumenttype(arguments.type)],
            sak=arguments.sak,
            maalform=Maalform(arguments.maalform) if arguments.maalform else None,
        )
    with reporting(as_json=arguments.json) as saved:
        write(papers, arguments.ut, saved)
    return 0


def gather(
    archive: Archive,
    moete: str,
    *,
    utvalg: str | None = None,
    types: Sequence[Dokumenttype] | None = None,
    sak: str | None = None,
    maalform: Maalform | None = None,
) -> Papers:
    """Gather documents of a meeting; without types every one that the meeting has by now.

    With a sak its toppnotat alone.

    Raises:
        ServiceError: `ingen_dokumenter` where there is none of that kind, or an unknown meeting;
            `sak_i_annet_moete`, `sak_er_ute_av_dagsorden` or `sak_uten_toppnotat`.
    """
    with archive.read() as session:
        key = find_moete_id(session, moete, utvalg=utvalg)
        snapshot = load_moete(session, key)
        sak_id = _sak_with_toppnotat(session, snapshot, sak) if sak else None
        if types is None:
            types = [Dokumenttype.TOPPNOTAT] if sak else document_types(snapshot)
        papers = gather_papers(session, snapshot, types, sak_id=sak_id, maalform=maalform)
    if not papers.papers:
        raise ServiceError("ingen_dokumenter", moete=moete)
    return papers


def _sak_with_toppnotat(session: Session, snapshot: MoeteSnapshot, number: str) -> str:
    key = find_sak_id(session, number, utvalg=snapshot.rows.utvalg.navn)
    sak = snapshot.rows.saker.get(key)
    if sak is None:
        raise ServiceError("sak_er_ikke_i_moetet", sak=number, moete=snapshot.meeting_number())
    if sak.tilstand in OUT_OF_AGENDA:
        raise ServiceError("sak_er_ute_av_dagsorden", sak=number, tilstand=sak.tilstand)
    if not has_toppnotat(sak):
        raise ServiceError("sak_uten_toppnotat", tittel=sak.tittel)
    return key


def write(papers: Papers, folder: Path, saved: Saved) -> None:
    """Write gathered documents into a folder, which is made where it is not there.

    Each is added to `saved` as soon as it is in place.

    Raises:
        SaveError: The document it names is as it was, and those after it are not written.
        TemplateError: None is written.
    """
    written = write_papers(papers, created=dt.datetime.now().replace(microsecond=0))  # noqa: DTZ005
    make_folder(folder)
    for paper in written:
        saved.append((paper, save_document(folder, paper.filnavn, paper.data)))


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are not there.

    Raises:
        SaveError: There is a file in its place, or it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise SaveError("not_a_folder", folder) from error
    except OSError as error:
        raise save_error(error, folder) from error


@contextmanager
def reporting(*, as_json: bool) -> Iterator[Saved]:
    """Give a list for the documents in place, and tell of them also when a later one fails."""
    saved: Saved = []
    try:
        yield saved
    finally:
        if saved:
            _report(saved, as_json=as_json)


def _report(saved: Saved, *, as_json: bool) -> None:
    """Say what was written, and on standard error what the user must know about it."""
    if as_json:
        rows = [
            {"type": paper.slag, "fil": str(file.path), "status": file.status}
            for paper, file in saved
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for _paper, file in saved:
            print(f"{_STATUS[file.status]:11}{file.path}")
    for paper, file in saved:
        if file.status == "renamed":
            print(
                f"«{paper.filnavn}» er redigert for hånd og er ikke rørt. "
                f"Det nye dokumentet heter «{file.path.name}».",
                file=sys.stderr,
            )
    missing = sorted({style for paper, _file in saved for style in paper.missing_styles})
    if missing:
        print(
            "Word-malen til utvalget mangler disse stilene, så Møteboks egne er brukt: "
            + ", ".join(missing),
            file=sys.stderr,
        )
