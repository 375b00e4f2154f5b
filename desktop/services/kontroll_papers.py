"""From a meeting in the archive to the papers that the rules of the quality check read."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Fil, Moete, Moetedag, Nummerserie, Sak, Utvalg
from desktop.richtext.plain import inline_text
from desktop.richtext.tree import (
    Block,
    Figure,
    Footnote,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Run,
    Table,
    Tree,
    child_blocks,
    walk,
)
from desktop.rules.actors import Actor
from desktop.rules.entity_kinds import Postslag, Rolle, Vedleggslag
from desktop.rules.kinds import Toppnotatstatus
from desktop.rules.kontroll.papers import (
    AgendaRow,
    Attachment,
    Attendee,
    BlockKind,
    Body,
    Day,
    KnownMeeting,
    KnownSeries,
    Line,
    Link,
    Minutes,
    Papers,
    SakPapers,
    Section,
    TextBlock,
)
from desktop.rules.kontroll.types import Place, PlaceKind
from desktop.rules.numbering import full_year
from desktop.rules.states import MoeteTilstand, SakTilstand
from desktop.services.load import MEMBER_SEATS, load_moete
from desktop.services.rows import DagRow, DeltakerRow, PostRow, SakRow, VedleggRow
from desktop.services.snapshot import OUT_OF_AGENDA, MoeteSnapshot

HELD = frozenset({MoeteTilstand.AVHOLDT, MoeteTilstand.AVSLUTTET})
_YEAR = re.compile(r"\d{1,4}\s?[/–‑-]\s?(\d{4}|\d\d)(?!\d)")
_OWNERS = frozenset({Rolle.SAKSEIER, Rolle.PRESENTATOER})

Series = dict[tuple[str, int], KnownSeries]


def gather_papers_to_check(session: Session, moete_id: str) -> Papers:
    """Return the papers of a meeting, in a fixed number of statements.

    Raises:
        ServiceError: `ukjent_moete` if there is no such meeting.
    """
    return papers_of(session, load_moete(session, moete_id))


def papers_of(session: Session, snapshot: MoeteSnapshot) -> Papers:
    """Return the papers of a meeting that is loaded whole."""
    return _Gatherer(session, snapshot).papers()


@dataclass(frozen=True)
class _Gatherer:
    session: Session
    snapshot: MoeteSnapshot

    def papers(self) -> Papers:
        snapshot = self.snapshot
        rows = snapshot.rows
        files = self._files()
        saker = tuple(self._sak(sak, files) for sak in snapshot.saker)
        bodies = tuple(self._bodies())
        papers = Papers(
            utvalg=next(body for body in bodies if body.id == rows.utvalg.id),
            maalform=rows.utvalg.maalform,
            moete_id=snapshot.id,
            moete_nummer=snapshot.meeting_number(),
            aar=rows.moete.aar,
            days=tuple(self._day(dag) for dag in rows.dager),
            saker=saker,
            attendees=tuple(self._attendee(row) for row in rows.deltakere),
            held=rows.moete.tilstand in HELD,
            digital_lenke=rows.moete.digital_lenke or "",
            pattern=snapshot.pattern,
            bodies=bodies,
            meetings=tuple(self._meetings()),
            actors=tuple(self._actors()),
        )
        return replace(papers, series=self._series(_years(papers)))

    # The running order

    def _day(self, dag: DagRow) -> Day:
        posts = self.snapshot.posts_of(dag)
        rows = tuple(self._row(post) for post in posts)
        return Day(dag.id, dag.dato, dag.til, rows, self.snapshot.clocks[dag.id].overrun)

    def _row(self, post: PostRow) -> AgendaRow:
        clocked = self.snapshot.clocked[post.id]
        sak = self.snapshot.rows.saker.get(post.sak_id or "")
        title = sak.tittel if sak else post.tittel or ""
        if not title and post.slag is Postslag.PAUSE:
            title = "Pause"
        return AgendaRow(
            post.id, post.slag, title, post.sak_id, clocked.start, clocked.end, clocked.overrun,
            clocked.gap,
        )  # fmt: skip

    # The saker

    def _sak(self, sak: SakRow, files: Mapping[str, int]) -> SakPapers:
        rows = self.snapshot.rows
        roles = rows.roller.get(sak.id, ())
        vedtak = rows.vedtak.get(sak.id)
        owners = {key for row in roles if row.rolle in _OWNERS
                  for key in (row.person_id, row.organisasjon_id) if key}  # fmt: skip
        read = _Reader(sak.id, files)
        return SakPapers(
            key=sak.id,
            number=self.snapshot.sak_number(sak.id),
            title=sak.tittel,
            sakstype=sak.sakstype,
            fastpost=sak.fastpostslag,
            has_note=sak.toppnotatstatus is Toppnotatstatus.SKAL_HA,
            has_owner=any(row.rolle is Rolle.SAKSEIER for row in roles),
            out=sak.tilstand in OUT_OF_AGENDA,
            treated=sak.tilstand is SakTilstand.BEHANDLET,
            owners=frozenset(owners),
            omtale=read.tree(sak.omtale, PlaceKind.OMTALE),
            forslag=read.tree(sak.forslag_til_vedtak, PlaceKind.FORSLAG),
            sections=tuple(self._sections(sak, read)),
            earlier=tuple(self._earlier(sak, read)),
            attachments=tuple(self._attachment(row, files) for row in rows.vedlegg.get(sak.id, ())),
            minutes=self._minutes(sak, read),
            vedtak=read.tree(vedtak.tekst if vedtak else None, PlaceKind.VEDTAK),
        )

    def _sections(self, sak: SakRow, read: _Reader) -> Iterator[Section]:
        note = self.snapshot.rows.toppnotater.get(sak.id)
        if note is None or sak.toppnotatstatus is not Toppnotatstatus.SKAL_HA:
            return
        for row in self.snapshot.rows.seksjoner.get(note.id, ()):
            heading = read.line(row.overskrift or "", PlaceKind.SEKSJON, row.id)
            text = read.tree(row.innhold, PlaceKind.SEKSJON, row.id)
            yield Section(row.id, row.slag, (*heading, *text))

    def _earlier(self, sak: SakRow, read: _Reader) -> Iterator[TextBlock]:
        """Yield the earlier vedtak that were typed by hand; the others are the register's."""
        note = self.snapshot.rows.toppnotater.get(sak.id)
        for row in self.snapshot.rows.tidligere_vedtak.get(note.id, ()) if note else ():
            if row.vedtak_id is None:
                kind = PlaceKind.TIDLIGERE_VEDTAK
                yield from read.line(row.sak_tekst or "", kind, row.id)
                yield from read.line(row.tema or "", kind, row.id)

    def _attachment(self, row: VedleggRow, files: Mapping[str, int]) -> Attachment:
        assigned = self.snapshot.vedlegg_numbers.get(row.id)
        is_file = row.slag is Vedleggslag.FIL
        return Attachment(
            key=row.id,
            slag=row.slag,
            number=str(assigned.number) if assigned else "",
            title=row.tittel or row.filnavn or "",
            url=row.url or "",
            lost=is_file and not files.get(row.fil_sha256 or "", 0),
            withdrawn=row.trukket,
            dates=(row.referat_dato,) if row.referat_dato else (),
        )

    def _minutes(self, sak: SakRow, read: _Reader) -> Minutes | None:
        row = self.snapshot.rows.saksreferater.get(sak.id)
        if row is None:
            return None
        actions = self.snapshot.rows.aksjonspunkter.get(row.id, ())
        return Minutes(
            innledning=read.tree(row.innledning, PlaceKind.INNLEDNING),
            innspill=tuple(
                Line(
                    line.id, line.slag, line.navngis, line.innsender_id,
                    read.tree(line.tekst, PlaceKind.INNSPILL, line.id),
                )
                for line in self.snapshot.rows.innspill.get(row.id, ())
            ),
            oppsummering=read.tree(row.oppsummering, PlaceKind.OPPSUMMERING),
            other=(
                *(
                    block
                    for one in actions
                    for block in read.line(one.tekst, PlaceKind.AKSJONSPUNKT, one.id)
                ),
                *read.tree(row.habilitet, PlaceKind.HABILITET),
                *read.tree(row.protokolltilfoersel, PlaceKind.PROTOKOLLTILFOERSEL),
            ),
        )  # fmt: skip

    # Who is there

    def _attendee(self, row: DeltakerRow) -> Attendee:
        return Attendee(
            person_id=row.person_id,
            navn=row.navn,
            rolle=row.rolle,
            status=row.status,
            is_member=row.funksjon in MEMBER_SEATS,
            for_id=row.for_id,
            fra_sak=row.fra_sak_id,
            til_sak=row.til_sak_id,
            saker=row.saker,
        )

    def _actors(self) -> Iterator[Actor]:
        names: defaultdict[str, list[str]] = defaultdict(list)
        for row in self.snapshot.rows.navn:
            names[row.organisasjon_id] += [row.navn, *([row.kortnavn] if row.kortnavn else [])]
        for key, known in names.items():
            yield Actor(key, tuple(dict.fromkeys(known)), "organisasjon")
        for person in self.snapshot.rows.deltakere:
            yield Actor(person.person_id, (person.navn,), "person")

    # What the archive knows

    def _bodies(self) -> Iterator[Body]:
        columns = (Utvalg.id, Utvalg.navn, Utvalg.bestemt, Utvalg.kortnavn)
        for row in self.session.execute(select(*columns).order_by(Utvalg.rekkefoelge)):
            yield Body(*row)

    def _files(self) -> dict[str, int]:
        """Return the size of the files that the papers need and the archive has."""
        wanted = {row.fil_sha256 for group in self.snapshot.rows.vedlegg.values() for row in group}
        wanted |= {block.file for tree in self._trees() for block in _figures(tree)}
        known = select(Fil.sha256, Fil.stoerrelse).where(Fil.sha256.in_(wanted - {None}))
        return {row[0]: row[1] for row in self.session.execute(known)}

    def _trees(self) -> Iterator[Tree | None]:
        rows = self.snapshot.rows
        for sak in self.snapshot.saker:
            yield from (sak.omtale, sak.forslag_til_vedtak)
        for group in rows.seksjoner.values():
            yield from (row.innhold for row in group)
        for one in rows.saksreferater.values():
            yield from (one.innledning, one.oppsummering, one.habilitet, one.protokolltilfoersel)
        for lines in rows.innspill.values():
            yield from (line.tekst for line in lines)
        yield from (one.tekst for one in rows.vedtak.values())

    def _meetings(self) -> Iterator[KnownMeeting]:
        statement = (
            select(Moete.id, Moete.utvalg_id, Moete.aar, Moete.nummer, Moetedag.dato)
            .join(Moetedag, Moetedag.moete_id == Moete.id)
            .where(Moete.tilstand != MoeteTilstand.AVLYST)
            .order_by(Moete.id, Moetedag.dato)
        )
        days: defaultdict[tuple[str, str, int, int | None], list[dt.date]] = defaultdict(list)
        for key, body, year, number, day in self.session.execute(statement):
            days[key, body, year, number].append(day)
        for (key, body, year, number), dates in days.items():
            yield KnownMeeting(key, body, year, number, tuple(dates))

    def _series(self, years: Iterable[int]) -> Series:
        wanted = sorted(years)
        first = {
            (body, year): number
            for body, year, number in self.session.execute(
                select(Nummerserie.utvalg_id, Nummerserie.aar, Nummerserie.foerste_sak).where(
                    Nummerserie.aar.in_(wanted)
                )
            )
        }
        saker: defaultdict[tuple[str, int], dict[int, list[dt.date]]] = defaultdict(dict)
        for body, year, number, day in self._numbered(wanted):
            dates = saker[body, year].setdefault(number, [])
            if day is not None:
                dates.append(day)
        return {
            key: KnownSeries(first.get(key, min(found)), {n: tuple(d) for n, d in found.items()})
            for key, found in saker.items()
        }

    def _numbered(self, years: list[int]) -> Iterator[tuple[str, int, int, dt.date | None]]:
        """Yield body, year, number and day of each sak with a number, also a provisional one."""
        statement = (
            select(Sak.utvalg_id, Sak.moetesaksaar, Sak.moetesakssekvensnummer, Moetedag.dato)
            .outerjoin(Moetedag, Moetedag.moete_id == Sak.moete_id)
            .where(Sak.moetesaksaar.in_(years), Sak.moetesakssekvensnummer.is_not(None))
        )
        yield from map(tuple, self.session.execute(statement))
        own = self.snapshot.rows.utvalg.id
        placed = {row.sak_id: row.dato for row in self.snapshot.rows.plasserte if row.sak_id}
        for key, assigned in self.snapshot.sak_numbers.items():
            yield own, self.snapshot.rows.moete.aar, assigned.number, placed.get(key)


def _years(papers: Papers) -> frozenset[int]:
    """Return the years that the texts name as they name a sak."""
    found = {year for block in papers.blocks for year in _YEAR.findall(block.text)}
    return frozenset({papers.aar, *(int(y) if len(y) == 4 else full_year(int(y)) for y in found)})


def _figures(tree: Tree | None) -> Iterator[Figure]:
    return (block for block in walk((tree or Tree()).blocks) if isinstance(block, Figure))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the texts of a sak block by block."""

    sak_id: str
    files: Mapping[str, int]

    def tree(
        self, tree: Tree | None, kind: PlaceKind, row_id: str | None = None
    ) -> tuple[TextBlock, ...]:
        place = Place(kind, self.sak_id, row_id)
        blocks = (tree or Tree()).blocks
        return tuple(one for block in blocks for one in self._blocks(block, place, "avsnitt"))

    def line(self, text: str, kind: PlaceKind, row_id: str) -> tuple[TextBlock, ...]:
        place = Place(kind, self.sak_id, row_id)
        return (TextBlock(place, text, "linje"),) if text.strip() else ()

    def _blocks(self, block: Block, place: Place, kind: BlockKind) -> Iterator[TextBlock]:
        at = replace(place, block_id=block.id)
        match block:
            case Paragraph():
                yield from _texts(block.inlines, at, kind)
            case Heading():
                yield from _texts(block.inlines, at, "overskrift")
            case Figure():
                yield TextBlock(at, block.alt_text, "figur", lost=not self.files.get(block.file, 0))
            case ListBlock() | Table():
                inner: BlockKind = (
                    "tabell" if isinstance(block, Table) or kind == "tabell" else "liste"
                )
                for child in child_blocks(block):
                    yield from self._blocks(child, place, inner)


def _texts(inlines: Iterable[Inline], place: Place, kind: BlockKind) -> Iterator[TextBlock]:
    """Yield the running text of a block, and the text of each of its footnotes."""
    running = [one for one in inlines if not isinstance(one, Footnote)]
    yield TextBlock(place, inline_text(running), kind, tuple(_links(running)))
    for one in inlines:
        if isinstance(one, Footnote):
            yield TextBlock(place, inline_text(one.content), kind, tuple(_links(one.content)))


def _links(inlines: Iterable[Inline]) -> Iterator[Link]:
    at = 0
    for one in inlines:
        size = len(inline_text((one,)))
        if isinstance(one, Run) and one.link:
            yield Link(at, at + size, one.link)
        at += size
