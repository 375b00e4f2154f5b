"""`motebok dokumenter`: the documents of a meeting or of an utvalg as Word and Excel files."""

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
from desktop.services.numbers import (
    find_moete_id,
    find_sak_id,
    find_utvalg_id,
    moete_of_sak,
)
from desktop.services.papers import (
    Dokumenttype,
    Papers,
    WrittenPaper,
    document_types,
    gather_papers,
    has_toppnotat,
    write_papers,
)
from desktop.services.papers_register import gather_register_papers
from desktop.services.snapshot import OUT_OF_AGENDA, MoeteSnapshot
from desktop.storage.archive import Archive

Saved = list[tuple[WrittenPaper, SavedFile]]
_STATUS = {"new": "ny", "replaced": "erstattet", "unchanged": "uendret", "renamed": "ny"}
_ALL = "alle"


def run(arguments: argparse.Namespace) -> int:
    """Write the documents and say where they are."""
    _check(arguments)
    with open_archive(arguments.arkiv, read_only=True) as archive:
        papers = _gathered(archive, arguments)
    with reporting(as_json=arguments.json) as saved:
        write(papers, arguments.ut, saved)
    return 0


def _check(arguments: argparse.Namespace) -> None:
    """Refuse what does not go together, or is not enough.

    Raises:
        UsageError: with the option it is about.
    """
    slag = arguments.type
    if arguments.sak and slag not in {_ALL, Dokumenttype.TOPPNOTAT, Dokumenttype.SAERUTSKRIFT}:
        raise UsageError(
            "--sak: gjelder toppnotatet og særutskriften og kan ikke brukes med en annen --type"
        )
    if arguments.aar is not None:
        if slag != Dokumenttype.VEDTAKSPROTOKOLL:
            raise UsageError("--aar: kan bare brukes med --type vedtaksprotokoll")
        if arguments.moete:
            raise UsageError("--aar: kan ikke brukes sammen med --moete")
        if not 1 <= arguments.aar <= dt.MAXYEAR:
            raise UsageError(f"--aar: {arguments.aar} er ikke et år. Skriv det som 2023.")
    if not arguments.moete and not _stands_alone(arguments):
        raise UsageError("dette mangler: --moete")


def _stands_alone(arguments: argparse.Namespace) -> bool:
    match arguments.type:
        case Dokumenttype.OPPFOELGINGSLISTE:
            return True
        case Dokumenttype.SAERUTSKRIFT:
            return bool(arguments.sak)
    return arguments.aar is not None


def _gathered(archive: Archive, arguments: argparse.Namespace) -> Papers:
    maalform = Maalform(arguments.maalform) if arguments.maalform else None
    if arguments.moete or arguments.sak:
        return gather(
            archive,
            arguments.moete,
            utvalg=arguments.utvalg,
            types=None if arguments.type == _ALL else [Dokumenttype(arguments.type)],
            sak=arguments.sak,
            maalform=maalform,
        )
    with archive.read() as session:
        return gather_register_papers(
            session,
            Dokumenttype(arguments.type),
            find_utvalg_id(session, arguments.utvalg),
            aar=arguments.aar,
            maalform=maalform,
        )


def gather(
    archive: Archive,
    moete: str | None,
    *,
    utvalg: str | None = None,
    types: Sequence[Dokumenttype] | None = None,
    sak: str | None = None,
    maalform: Maalform | None = None,
) -> Papers:
    """Gather documents of a meeting; without types every paper that the meeting has by now.

    With a sak its toppnotat or særutskrift alone; without a meeting that of the sak.

    Raises:
        ServiceError: `ingen_dokumenter` where there is none of that kind, or an unknown meeting;
            `sak_er_ikke_i_moetet`, `sak_er_ute_av_dagsorden` or `sak_uten_toppnotat`.
    """
    if types is None and sak:
        types = [Dokumenttype.TOPPNOTAT]
    with archive.read() as session:
        if moete is None and sak is not None:
            key = moete_of_sak(session, sak, utvalg=utvalg)
        else:
            key = find_moete_id(session, moete or "", utvalg=utvalg)
        snapshot = load_moete(session, key)
        needs_note = types is not None and Dokumenttype.TOPPNOTAT in types
        sak_id = _sak_in(session, snapshot, sak, needs_note=needs_note) if sak else None
        kinds = document_types(snapshot) if types is None else types
        papers = gather_papers(session, snapshot, kinds, sak_id=sak_id, maalform=maalform)
    if not papers.papers:
        raise ServiceError("ingen_dokumenter", moete=snapshot.meeting_number())
    return papers


def _sak_in(session: Session, snapshot: MoeteSnapshot, number: str, *, needs_note: bool) -> str:
    key = find_sak_id(session, number, utvalg=snapshot.rows.utvalg.navn)
    sak = snapshot.rows.saker.get(key)
    if sak is None:
        raise ServiceError("sak_er_ikke_i_moetet", sak=number, moete=snapshot.meeting_number())
    if not needs_note:
        return key
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
