"""The documents of a meeting: gathered from the archive, written as Word files.

Gathering touches the database and is quick; writing takes the gathered contents alone, so that it
can run in the background.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.compose_innkalling import compose_innkalling
from desktop.documents.compose_kjoereplan import compose_kjoereplan
from desktop.documents.compose_moetepakke import compose_moetepakke
from desktop.documents.compose_oppfoelgingsliste import compose_oppfoelgingsliste
from desktop.documents.compose_referat import compose_referat
from desktop.documents.compose_saerutskrift import compose_saerutskrift
from desktop.documents.compose_saksliste import compose_saksliste
from desktop.documents.compose_toppnotat import compose_toppnotat
from desktop.documents.compose_vedtaksprotokoll import compose_vedtaksprotokoll
from desktop.documents.content import (
    MoeteContent,
    MoetepakkeContent,
    ReferatContent,
    ToppnotatContent,
)
from desktop.documents.content_lists import (
    KjoereplanContent,
    OppfoelgingslisteContent,
    SaerutskriftContent,
    SakslisteContent,
    VedtaksprotokollContent,
)
from desktop.documents.document import Document, FigureFile
from desktop.documents.names import Filstatus, file_name
from desktop.models import Sak, Utvalg
from desktop.rules.entity_kinds import Vedleggslag
from desktop.rules.kinds import Maalform, Toppnotatstatus
from desktop.rules.states import ReferatTilstand
from desktop.services.access import sak_label
from desktop.services.gather import Gatherer
from desktop.services.gather_commitments import gather_commitments
from desktop.services.gather_lists import (
    gather_kjoereplan,
    gather_saerutskrift,
    gather_saksliste,
    gather_vedtaksprotokoll,
    referat_state,
)
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

Content = (
    MoeteContent
    | ToppnotatContent
    | ReferatContent
    | MoetepakkeContent
    | SakslisteContent
    | SaerutskriftContent
    | VedtaksprotokollContent
    | KjoereplanContent
    | OppfoelgingslisteContent
)


class Dokumenttype(StrEnum):
    """A kind of document; the values are those of the command line.

    The first four are the papers of a meeting, which are sent; the rest are made when asked for.
    """

    INNKALLING = "innkalling"
    TOPPNOTAT = "toppnotat"
    REFERAT = "referat"
    MOETEPAKKE = "moetepakke"
    SAKSLISTE = "saksliste"
    KJOEREPLAN = "kjoereplan"
    SAERUTSKRIFT = "saerutskrift"
    VEDTAKSPROTOKOLL = "vedtaksprotokoll"
    OPPFOELGINGSLISTE = "oppfoelgingsliste"


MEETING_PAPERS = (
    Dokumenttype.INNKALLING,
    Dokumenttype.TOPPNOTAT,
    Dokumenttype.REFERAT,
    Dokumenttype.MOETEPAKKE,
)

EXCEL = ".xlsx"


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
    """A document as a file. `missing_styles` are those the utvalg's template does not have."""

    slag: Dokumenttype
    filnavn: str
    data: bytes
    missing_styles: tuple[str, ...]


def compose(content: Content, *, created: dt.datetime | None = None) -> Document:
    """Return the document that says this content."""
    return _COMPOSERS[type(content)](content, created=created)


_COMPOSERS: Final[Mapping[type, Callable[..., Document]]] = {
    MoeteContent: compose_innkalling,
    ToppnotatContent: compose_toppnotat,
    ReferatContent: compose_referat,
    MoetepakkeContent: compose_moetepakke,
    SakslisteContent: compose_saksliste,
    SaerutskriftContent: compose_saerutskrift,
    VedtaksprotokollContent: compose_vedtaksprotokoll,
    KjoereplanContent: compose_kjoereplan,
    OppfoelgingslisteContent: compose_oppfoelgingsliste,
}


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
    return gather_referat(gatherer, godkjent_i_sak=approved_in(session, snapshot))


def approved_in(session: Session, snapshot: MoeteSnapshot) -> str | None:
    """Return the number of the sak that approved the referat of a meeting."""
    referat = snapshot.rows.referat
    return _number_of(session, referat.godkjent_i_sak_id if referat else None)


def _number_of(session: Session, sak_id: str | None) -> str | None:
    if sak_id is None:
        return None
    found = session.execute(
        select(Sak, Utvalg).join(Utvalg, Utvalg.id == Sak.utvalg_id).where(Sak.id == sak_id)
    ).first()
    return sak_label(*found) or None if found else None


def document_types(snapshot: MoeteSnapshot) -> list[Dokumenttype]:
    """Return the kinds of papers a meeting has by now: a referat only once it was held."""
    held = referat_state(snapshot) is not None
    return [slag for slag in MEETING_PAPERS if slag is not Dokumenttype.REFERAT or held]


def further_types(snapshot: MoeteSnapshot) -> list[Dokumenttype]:
    """Return the kinds that can be made of a meeting beside its papers, by now."""
    kinds = [slag for slag in Dokumenttype if slag not in MEETING_PAPERS]
    if referat_state(snapshot) is None:
        kinds.remove(Dokumenttype.VEDTAKSPROTOKOLL)
    if not snapshot.saker:
        kinds.remove(Dokumenttype.SAERUTSKRIFT)
    return kinds


def gather_papers(
    session: Session,
    snapshot: MoeteSnapshot,
    types: Iterable[Dokumenttype],
    *,
    sak_id: str | None = None,
    maalform: Maalform | None = None,
    oppdatert: dt.date | None = None,
    today: dt.date | None = None,
) -> Papers:
    """Return the documents of a meeting, gathered.

    `sak_id` limits toppnotater and særutskrifter to one; `today` is what deadlines are held
    against.
    """
    gatherer = gatherer_of(session, snapshot, maalform=maalform, oppdatert=oppdatert)
    found = [paper for slag in types for paper in _gathered(session, gatherer, slag, sak_id, today)]
    template = snapshot.rows.utvalg.mal_sha256
    return Papers(tuple(found), read_file(session, template) if template else None)


def _gathered(
    session: Session,
    gatherer: Gatherer,
    slag: Dokumenttype,
    sak_id: str | None,
    today: dt.date | None,
) -> list[Paper]:
    found: list[Paper] = []
    match slag:
        case Dokumenttype.INNKALLING:
            found.append(_innkalling(gatherer))
        case Dokumenttype.TOPPNOTAT:
            found += _toppnotater(gatherer, sak_id)
        case Dokumenttype.REFERAT:
            found.append(_referat(session, gatherer))
        case Dokumenttype.MOETEPAKKE:
            found.append(_moetepakke(gatherer))
        case Dokumenttype.SAERUTSKRIFT:
            found += _saerutskrifter(session, gatherer, sak_id)
        case Dokumenttype.VEDTAKSPROTOKOLL:
            found.append(_vedtaksprotokoll(session, gatherer))
        case Dokumenttype.OPPFOELGINGSLISTE:
            key = gatherer.snapshot.rows.utvalg.id
            content = gather_commitments(session, key, gatherer.utvalg(), today=today)
            found += oppfoelging_papers(content)
        case _:
            found.append(_for_the_day(gatherer, slag))
    return found


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


def _for_the_day(gatherer: Gatherer, slag: Dokumenttype) -> Paper:
    is_list = slag is Dokumenttype.SAKSLISTE
    content = gather_saksliste(gatherer) if is_list else gather_kjoereplan(gatherer)
    status: Filstatus = "" if gatherer.snapshot.frozen else "foreloepig"
    number = gatherer.snapshot.meeting_number()
    name: Literal["saksliste", "kjoereplan"] = "saksliste" if is_list else "kjoereplan"
    return Paper(slag, file_name(name, number, gatherer.language, status=status), content)


def _saerutskrifter(session: Session, gatherer: Gatherer, sak_id: str | None) -> list[Paper]:
    snapshot = gatherer.snapshot
    referat = referat_content(session, snapshot, maalform=gatherer.maalform)
    papers = []
    for sak in snapshot.saker:
        if sak_id in {None, sak.id}:
            content = gather_saerutskrift(gatherer, sak, referat)
            name = file_name(
                "saerutskrift",
                content.sak.nummer or sak.tittel,
                gatherer.language,
                status=_approved(content.referat),
            )
            papers.append(Paper(Dokumenttype.SAERUTSKRIFT, name, content, sak.id))
    return papers


def _approved(referat: ReferatTilstand | None) -> Filstatus:
    return "" if referat is ReferatTilstand.GODKJENT else "foreloepig"


def _vedtaksprotokoll(session: Session, gatherer: Gatherer) -> Paper:
    snapshot = gatherer.snapshot
    content = gather_vedtaksprotokoll(gatherer, approved_in(session, snapshot))
    name = file_name(
        "vedtaksprotokoll",
        snapshot.meeting_number(),
        gatherer.language,
        status=_approved(content.moeter[0].referat),
    )
    return Paper(Dokumenttype.VEDTAKSPROTOKOLL, name, content)


def oppfoelging_papers(content: OppfoelgingslisteContent) -> list[Paper]:
    """Return the list of open commitments as a Word and as an Excel file."""
    utvalg = content.utvalg
    return [
        Paper(
            Dokumenttype.OPPFOELGINGSLISTE,
            file_name("oppfoelgingsliste", utvalg.kortnavn, utvalg.maalform, suffix=suffix),
            content,
        )
        for suffix in (".docx", EXCEL)
    ]


def write_papers(
    papers: Papers,
    *,
    created: dt.datetime,
    progress: Callable[[int, int], bool] = lambda _done, _of: True,
) -> list[WrittenPaper]:
    """Write gathered documents as Word and Excel files. Touches no database.

    Args:
        papers: what to write.
        created: local time that the files name as theirs.
        progress: told how many of how many are written; False stops the work.

    Raises:
        TemplateError: if the utvalg's template cannot be used.
    """
    written: list[WrittenPaper] = []
    for paper in papers.papers:
        written.append(_written(paper, papers.template, created))
        if not progress(len(written), len(papers.papers)):
            break
    return written


def _written(paper: Paper, template: bytes | None, created: dt.datetime) -> WrittenPaper:
    content = paper.innhold
    if paper.filnavn.endswith(EXCEL) and isinstance(content, OppfoelgingslisteContent):
        from desktop.documents.compose_oppfoelgingsark import (  # noqa: PLC0415
            compose_oppfoelgingsark,
        )
        from desktop.documents.xlsx_writer import write_xlsx  # noqa: PLC0415

        data = write_xlsx(compose_oppfoelgingsark(content, created=created))
        return WrittenPaper(paper.slag, paper.filnavn, data, ())
    from desktop.documents.docx_writer import write_docx  # noqa: PLC0415

    result = write_docx(compose(content, created=created), template=template)
    return WrittenPaper(paper.slag, paper.filnavn, result.data, result.missing_styles)
