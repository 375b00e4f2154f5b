"""From a meeting in the archive to what its documents say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from desktop.documents.content import (
    MoeteContent,
    MoetedagContent,
    MoetepakkeContent,
    PakkedelContent,
    PersonContent,
    PostContent,
    ReferatContent,
    SakContent,
    SeksjonContent,
    TidligereVedtakContent,
    ToppnotatContent,
    UtvalgContent,
    VedleggContent,
)
from desktop.documents.document import FigureFile
from desktop.i18n.catalogue import Words, words
from desktop.i18n.dates import long_date
from desktop.richtext.tree import Figure, Tree, walk
from desktop.rules.entity_kinds import Postslag, Rolle, Seksjonslag, Vedleggslag
from desktop.rules.kinds import Maalform
from desktop.rules.numbering import SakNumberPattern
from desktop.services.fingerprint import fingerprint
from desktop.services.load import MEMBER_SEATS
from desktop.services.rows import (
    PostRow,
    RolleRow,
    SakRow,
    SeksjonRow,
    TidligereVedtakRow,
    VedleggRow,
)
from desktop.services.snapshot import MoeteSnapshot

_EMPTY = Tree()

FigureReader = Callable[[str], FigureFile | None]


def no_figures(sha256: str) -> None:
    """Read no figure: for contents whose pictures do not matter."""


@dataclass(frozen=True)
class Gatherer:
    """Gathers the contents of a meeting's documents.

    `maalform` overrides the language of the utvalg. `oppdatert` is the date of an updated
    innkalling. `previous` gives the content of the referat of another meeting, for the møtepakke.
    """

    snapshot: MoeteSnapshot
    maalform: Maalform | None = None
    read_figure: FigureReader = no_figures
    oppdatert: dt.date | None = None
    referater: Mapping[str, ReferatContent] = field(default_factory=dict)

    @property
    def language(self) -> Maalform:
        """The language of the documents."""
        return self.maalform or self.snapshot.rows.utvalg.maalform

    @property
    def words(self) -> Words:
        """The words of that language."""
        return words(self.language)

    def utvalg(self) -> UtvalgContent:
        """Return the body that meets."""
        row = self.snapshot.rows.utvalg
        return UtvalgContent(
            navn=row.navn,
            bestemt=row.bestemt,
            kortnavn=row.kortnavn,
            maalform=self.language,
            sekretariat_navn=self.snapshot.organisation(row.sekretariat_id),
        )

    def moete(self) -> MoeteContent:
        """Return the meeting with its agenda."""
        snapshot = self.snapshot
        number = snapshot.number
        return MoeteContent(
            utvalg=self.utvalg(),
            nummer=number.number if number else 0,
            aar=snapshot.rows.moete.aar,
            moetedager=tuple(self._days()),
            form=snapshot.rows.moete.form,
            digital_lenke=snapshot.rows.moete.digital_lenke,
            medlemmer=tuple(self._members()),
            saker=tuple(self.sak(sak) for sak in snapshot.saker),
            provisional=not snapshot.frozen,
            oppdatert=self.oppdatert,
            figurer=self.figures(sak.omtale for sak in snapshot.saker),
        )

    def _days(self) -> Iterable[MoetedagContent]:
        for dag in self.snapshot.rows.dager:
            yield MoetedagContent(
                dato=dag.dato,
                fra=dag.fra,
                til=dag.til,
                sted=dag.sted or self.snapshot.rows.moete.sted or "",
                poster=tuple(self._post(post) for post in self.snapshot.posts_of(dag)),
            )

    def _post(self, post: PostRow) -> PostContent:
        return PostContent(
            slag=post.slag,
            start=self.snapshot.clocked[post.id].start,
            tittel=post.tittel or "",
            sak_key=post.sak_id if post.slag is Postslag.SAK else None,
            endret=post.id in self.snapshot.changed_times,
        )

    def _members(self) -> Iterable[PersonContent]:
        seats = [row for row in self.snapshot.rows.deltakere if row.funksjon in MEMBER_SEATS]
        for row in sorted(seats, key=lambda seat: seat.verv_rekkefoelge or ""):
            yield PersonContent(row.navn, self.snapshot.organisation(row.verv_organisasjon_id))

    def sak(self, sak: SakRow) -> SakContent:
        """Return a sak as the agenda has it."""
        assigned = self.snapshot.sak_numbers.get(sak.id)
        return SakContent(
            key=sak.id,
            nummer=self.snapshot.sak_number(sak.id),
            tittel=sak.tittel,
            sakstype=sak.sakstype,
            provisional=assigned is None or assigned.provisional,
            omtale=sak.omtale or _EMPTY,
            forslag=sak.forslag_til_vedtak or _EMPTY,
            toppnotatstatus=sak.toppnotatstatus,
            vedlegg=tuple(self._attachments(sak)),
            tilstand=sak.tilstand,
            endret_etter_innkalling=self._is_changed(sak),
        )

    def _is_changed(self, sak: SakRow) -> bool:
        """Tell whether a sak was added or changed since the innkalling was frozen."""
        if not self.snapshot.frozen:
            return False
        return sak.innkalt_avtrykk != fingerprint(self.snapshot, sak)

    def _attachments(self, sak: SakRow) -> Iterable[VedleggContent]:
        for row in self.snapshot.rows.vedlegg.get(sak.id, ()):
            if row.trukket:
                continue
            yield self.vedlegg(sak, row)

    def vedlegg(self, sak: SakRow, row: VedleggRow) -> VedleggContent:
        """Return a vedlegg with its number and title."""
        assigned = self.snapshot.vedlegg_numbers.get(row.id)
        is_toppnotat = row.slag is Vedleggslag.TOPPNOTAT
        return VedleggContent(
            nummer=str(assigned.number) if assigned else "",
            tittel=sak.tittel if is_toppnotat else row.tittel or "",
            slag=row.slag,
            url=row.url,
            filnavn=row.filnavn,
            referat_utvalg=row.referat_utvalg or "",
            referat_dato=row.referat_dato,
        )

    def people(self, sak: SakRow, rolle: Rolle) -> tuple[PersonContent, ...]:
        """Return who has a part in a sak, in order."""
        rows = self.snapshot.rows.roller.get(sak.id, ())
        return tuple(self._person(row) for row in rows if row.rolle is rolle)

    def _person(self, row: RolleRow) -> PersonContent:
        organisation = self.snapshot.organisation(row.organisasjon_id)
        if row.navn is None:
            return PersonContent(organisation)
        return PersonContent(row.navn, organisation)

    def toppnotat(self, sak: SakRow) -> ToppnotatContent:
        """Return the toppnotat of a sak that has one."""
        note = self.snapshot.rows.toppnotater[sak.id]
        sections = self.snapshot.rows.seksjoner.get(note.id, ())
        earlier = self.snapshot.rows.tidligere_vedtak.get(note.id, ())
        content = self.sak(sak)
        return ToppnotatContent(
            utvalg=self.utvalg(),
            moete_short=self.snapshot.meeting_number(short=True),
            dato=self.snapshot.dato,
            saksnummer=content.nummer,
            tittel=sak.tittel,
            sakstype=sak.sakstype,
            provisional=content.provisional,
            fra=self.people(sak, Rolle.SAKSEIER),
            saksbehandlere=self.people(sak, Rolle.SAKSBEHANDLER),
            forslag=content.forslag,
            seksjoner=tuple(_section(row) for row in sections),
            tidligere_vedtak=tuple(self._earlier(row) for row in earlier),
            vedlegg=tuple(v for v in content.vedlegg if v.slag is not Vedleggslag.TOPPNOTAT),
            identity=(("motebok-sak", sak.id), ("motebok-toppnotat", note.id)),
            referanse=sak.id[:8],
            figurer=self.figures(row.innhold for row in sections),
        )

    def _earlier(self, row: TidligereVedtakRow) -> TidligereVedtakContent:
        return TidligereVedtakContent(
            sak=row.sak_tekst or self._earlier_sak(row),
            tema=row.tema or row.tittel or "",
            formulering=row.formulering or row.tekst or _EMPTY,
        )

    def _earlier_sak(self, row: TidligereVedtakRow) -> str:
        """Return "Sak 22/23 i Nasjonalt e-helseråd (4. oktober 2023)", or "NUIT 50/23"."""
        if row.saksaar is None or row.saksnummer is None or row.moenster is None:
            return _register_name(row.organ or row.utvalgskortnavn or "", row.referanse or "")
        number = SakNumberPattern(row.moenster).format(row.saksaar, row.saksnummer)
        day = long_date(row.dato, self.language) if row.dato else ""
        return self.words("Sak {nummer} i {utvalg} ({dato})").format(
            nummer=number, utvalg=row.utvalgsnavn or "", dato=day
        )

    def figures(self, trees: Iterable[Tree | None]) -> dict[str, FigureFile]:
        """Return the pictures of some texts, by SHA-256; those that cannot be read are left out."""
        wanted = {
            block.file
            for tree in trees
            for block in walk((tree or _EMPTY).blocks)
            if isinstance(block, Figure)
        }
        found = {key: self.read_figure(key) for key in wanted}
        return {key: figure for key, figure in found.items() if figure is not None}

    def moetepakke(self) -> MoetepakkeContent:
        """Return the innkalling with every vedlegg in the order of the numbers."""
        parts = [
            (number.number, self._part(sak, row))
            for sak in self.snapshot.saker
            for row in self.snapshot.rows.vedlegg.get(sak.id, ())
            if not row.trukket and (number := self.snapshot.vedlegg_numbers.get(row.id))
        ]
        ordered = sorted(parts, key=lambda part: part[0])
        return MoetepakkeContent(self.moete(), tuple(part for _number, part in ordered))

    def _part(self, sak: SakRow, row: VedleggRow) -> PakkedelContent:
        content: ToppnotatContent | ReferatContent | None = None
        if row.slag is Vedleggslag.TOPPNOTAT and sak.id in self.snapshot.rows.toppnotater:
            content = self.toppnotat(sak)
        elif row.slag is Vedleggslag.REFERAT:
            content = self.referater.get(row.referat_moete_id or "")
        return PakkedelContent(self.vedlegg(sak, row), sak.id, content)


def _register_name(body: str, reference: str) -> str:
    """Return "NUIT 50/23" for a vedtak that the register names "50/23" or "NUIT 50/23"."""
    if reference.casefold().startswith(body.casefold()):
        return reference
    return f"{body} {reference}".strip()


def _section(row: SeksjonRow) -> SeksjonContent:
    heading = row.overskrift if row.slag is Seksjonslag.EGEN else None
    return SeksjonContent(row.slag, row.innhold or _EMPTY, heading)
