"""The documents of a meeting: gathered from the archive, written as Word files.

Gathering touches the database and is quick; writing takes the gathered contents alone, so that it
can run in the background.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.compose_innkalling import compose_innkalling
from desktop.documents.compose_moetepakke import compose_moetepakke
from desktop.documents.compose_referat import compose_referat
from desktop.documents.compose_toppnotat import compose_toppnotat
from desktop.documents.content import (
    MoeteContent,
    MoetepakkeContent,
    ReferatContent,
    ToppnotatContent,
)
from desktop.documents.document import Document, FigureFile
from desktop.documents.names import Filstatus, file_name
from desktop.models import Sak, Utvalg
from desktop.rules.entity_kinds import Vedleggslag
from desktop.rules.kinds import Maalform, Toppnotatstatus
from desktop.rules.states import MoeteTilstand, ReferatTilstand
from desktop.services.access import sak_label
from desktop.services.gather import Gatherer
from desktop.services.gather_referat import gather_referat
from desktop.services.load import load_moete
from desktop.services.rows import SakRow
from desktop.services.snapshot import OUT_OF_AGENDA, MoeteSnapshot
from desktop.storage.files import read_file

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_GIF = b"GIF8"
_REFERAT_STATUS: dict[ReferatTilstand, Filstatus] = {
    ReferatTilstand.UTKAST: "utkast",
    ReferatTilstand.TIL_KOMMENTAR: "til_kommentar",
    ReferatTilstand.OPPDATERT: "oppdatert",
    ReferatTilstand.GODKJENT: "",
}

Content = MoeteContent | ToppnotatContent | ReferatContent | MoetepakkeContent


class Dokumenttype(StrEnum):
    """A kind of document of a meeting; the values are those of the command line."""

    INNKALLING = "innkalling"
    TOPPNOTAT = "toppnotat"
    REFERAT = "referat"
    MOETEPAKKE = "moetepakke"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document ready to be written: its file name and what it says."""

    slag: Dokumenttype
    filnavn: str
    innhold: Content
    sak_id: str | None = None


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents of a meeting, and the Word template of its utvalg (None: the house's)."""

    papers: tuple[Paper, ...]
    template: bytes | None


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """A document as a Word file. `missing_styles` are those the utvalg's template does not have."""

    slag: Dokumenttype
    filnavn: str
    data: bytes
    missing_styles: tuple[str, ...]


def compose(content: Content, *, created: dt.datetime | None = None) -> Document:
    """Return the document that says this content."""
    match content:
        case MoeteContent():
            return compose_innkalling(content, created=created)
        case ToppnotatContent():
            return compose_toppnotat(content, created=created)
        case ReferatContent():
            return compose_referat(content, created=created)
        case MoetepakkeContent():
            return compose_moetepakke(content, created=created)


def figure_reader(session: Session) -> Callable[[str], FigureFile | None]:
    """Return a function that reads a picture of the archive by its SHA-256."""

    def read(sha256: str) -> FigureFile | None:
        data = read_file(session, sha256)
        media_type = media_type_of(data)
        return FigureFile(data, media_type) if media_type else None

    return read


def media_type_of(data: bytes) -> str | None:
    """Return the media type of a picture by its first bytes, or None for what Word cannot show."""
    if data.startswith(_PNG):
        return "image/png"
    if data.startswith(_JPEG):
        return "image/jpeg"
    return "image/gif" if data.startswith(_GIF) else None


def has_toppnotat(sak: SakRow) -> bool:
    """Tell whether a toppnotat is to be made for a sak of the agenda."""
    return sak.toppnotatstatus is Toppnotatstatus.SKAL_HA and sak.tilstand not in OUT_OF_AGENDA


def gatherer_of(
    session: Session,
    snapshot: MoeteSnapshot,
    *,
    maalform: Maalform | None = None,
    oppdatert: dt.date | None = None,
) -> Gatherer:
    """Return what gathers a meeting's contents, the referater among its vedlegg included."""
    read_figure = figure_reader(session)
    attached = {
        row.referat_moete_id
        for rows in snapshot.rows.vedlegg.values()
        for row in rows
        if row.slag is Vedleggslag.REFERAT and row.referat_moete_id
    }
    return Gatherer(
        snapshot,
        maalform=maalform,
        read_figure=read_figure,
        oppdatert=oppdatert,
        referater={
            key: referat_content(session, load_moete(session, key), maalform=maalform)
            for key in attached
        },
    )


def referat_content(
    session: Session, snapshot: MoeteSnapshot, *, maalform: Maalform | None = None
) -> ReferatContent:
    """Return what the referat of a meeting says."""
    gatherer = Gatherer(snapshot, maalform=maalform, read_figure=figure_reader(session))
    referat = snapshot.rows.referat
    approved_in = referat.godkjent_i_sak_id if referat else None
    return gather_referat(gatherer, godkjent_i_sak=_number_of(session, approved_in))


def _number_of(session: Session, sak_id: str | None) -> str | None:
    if sak_id is None:
        return None
    found = session.execute(
        select(Sak, Utvalg).join(Utvalg, Utvalg.id == Sak.utvalg_id).where(Sak.id == sak_id)
    ).first()
    return sak_label(*found) or None if found else None


def document_types(snapshot: MoeteSnapshot) -> list[Dokumenttype]:
    """Return the kinds of documents a meeting has by now: a referat only once it was held."""
    held = snapshot.rows.moete.tilstand in {MoeteTilstand.AVHOLDT, MoeteTilstand.AVSLUTTET}
    return [slag for slag in Dokumenttype if slag is not Dokumenttype.REFERAT or held]


def gather_papers(
    session: Session,
    snapshot: MoeteSnapshot,
    types: Iterable[Dokumenttype],
    *,
    sak_id: str | None = None,
    maalform: Maalform | None = None,
    oppdatert: dt.date | None = None,
) -> Papers:
    """Return the documents of a meeting, gathered; `sak_id` limits the toppnotater to one."""
    gatherer = gatherer_of(session, snapshot, maalform=maalform, oppdatert=oppdatert)
    found: list[Paper] = []
    for slag in types:
        match slag:
            case Dokumenttype.INNKALLING:
                found.append(_innkalling(gatherer))
            case Dokumenttype.TOPPNOTAT:
                found += _toppnotater(gatherer, sak_id)
            case Dokumenttype.REFERAT:
                found.append(_referat(session, gatherer))
            case Dokumenttype.MOETEPAKKE:
                found.append(_moetepakke(gatherer))
    template = snapshot.rows.utvalg.mal_sha256
    return Papers(tuple(found), read_file(session, template) if template else None)


def _status(gatherer: Gatherer) -> Filstatus:
    if not gatherer.snapshot.frozen:
        return "foreloepig"
    return "oppdatert" if gatherer.oppdatert else ""


def _innkalling(gatherer: Gatherer) -> Paper:
    name = file_name(
        "innkalling",
        gatherer.snapshot.meeting_number(),
        gatherer.language,
        status=_status(gatherer),
    )
    return Paper(Dokumenttype.INNKALLING, name, gatherer.moete())


def _moetepakke(gatherer: Gatherer) -> Paper:
    name = file_name(
        "moetepakke",
        gatherer.snapshot.meeting_number(),
        gatherer.language,
        status=_status(gatherer),
    )
    return Paper(Dokumenttype.MOETEPAKKE, name, gatherer.moetepakke())


def _toppnotater(gatherer: Gatherer, sak_id: str | None) -> list[Paper]:
    snapshot = gatherer.snapshot
    return [
        _toppnotat(gatherer, sak)
        for sak in snapshot.saker
        if sak_id in {None, sak.id} and has_toppnotat(sak) and sak.id in snapshot.rows.toppnotater
    ]


def _toppnotat(gatherer: Gatherer, sak: SakRow) -> Paper:
    content = gatherer.toppnotat(sak)
    status: Filstatus = "foreloepig" if content.provisional else ""
    name = file_name("toppnotat", content.saksnummer, gatherer.language, status=status)
    return Paper(Dokumenttype.TOPPNOTAT, name, content, sak.id)


def _referat(session: Session, gatherer: Gatherer) -> Paper:
    snapshot = gatherer.snapshot
    content = referat_content(session, snapshot, maalform=gatherer.maalform)
    name = file_name(
        "referat",
        snapshot.meeting_number(),
        gatherer.language,
        status=_REFERAT_STATUS[content.tilstand],
    )
    return Paper(Dokumenttype.REFERAT, name, content)


def write_papers(
    papers: Papers,
    *,
    created: dt.datetime,
    progress: Callable[[int, int], bool] = lambda _done, _of: True,
) -> list[WrittenPaper]:
    """Write gathered documents as Word files. Touches no database.

    Args:
        papers: what to write.
        created: local time that the files name as theirs.
        progress: told how many of how many are written; False stops the work.

    Raises:
        TemplateError: if the utvalg's template cannot be used.
    """
    from desktop.documents.docx_writer import write_docx  # noqa: PLC0415

    written: list[WrittenPaper] = []
    for paper in papers.papers:
        result = write_docx(compose(paper.innhold, created=created), template=papers.template)
        written.append(WrittenPaper(paper.slag, paper.filnavn, result.data, result.missing_styles))
        if not progress(len(written), len(papers.papers)):
            break
    return written
