"""What the tab Toppnotater reads: the saker with the state of their notes, and one note whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from desktop.documents.content import ToppnotatContent
from desktop.documents.document import FigureFile
from desktop.i18n.catalogue import Words, words
from desktop.i18n.dates import numeric_date
from desktop.i18n.messages import message
from desktop.i18n.terms import SAKSTYPER, SEKSJONER, TOPPNOTATHODE
from desktop.richtext.plain import word_count
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.kinds import Sakstype, Toppnotatstatus
from desktop.rules.states import Kind, ReferatTilstand, ToppnotatTilstand, rule_against
from desktop.services.errors import ServiceError
from desktop.services.gather import Gatherer
from desktop.services.load import load_moete
from desktop.services.missing import CODES, TEXT_CODES, missing_in, missing_texts
from desktop.services.papers import figure_reader
from desktop.services.rows import SakRow, SeksjonRow, ToppnotatRow
from desktop.services.sak_view import SakView, load_sak_view
from desktop.services.saker import STANDARD_SECTIONS
from desktop.services.snapshot import OUT_OF_AGENDA, MoeteSnapshot
from desktop.services.toppnotater import COMPUTED

_EMPTY = Tree()
_REMOVABLE = frozenset(
    {Seksjonslag.BAKGRUNN, Seksjonslag.DROEFTING, Seksjonslag.VIDERE, Seksjonslag.EGEN}
)
"""The sections that a note prints only where they have a place; the others it prints always."""

WORDS_PER_MINUTE = 220
"""How fast people read papers in their own language, near the mean of reading studies."""


class NoteLine(NamedTuple):
    """A sak of a meeting with the state of its note.

    Attributes:
        tilstand: the state of the note; None for a sak that has none.
        mangler: the codes of `missing_in` for the sak.
        ord: the words of the note with the proposed vedtak.
        ute: whether the sak is postponed or withdrawn.
    """

    sak_id: str
    nummer: str
    foreloepig: bool
    tittel: str
    sakstype: Sakstype | None
    status: Toppnotatstatus
    tilstand: ToppnotatTilstand | None
    mangler: tuple[str, ...]
    ord: int
    ute: bool


@dataclass(frozen=True, slots=True)
class NoteSection:
    """A section of a note. `heading` is in the language of the utvalg; an own one can be changed.

    A computed section has its text elsewhere: the proposed vedtak, earlier vedtak, or vedlegg.
    """

    id: str
    slag: Seksjonslag
    heading: str
    innhold: Tree

    @property
    def is_own(self) -> bool:
        """Whether the heading is its own."""
        return self.slag is Seksjonslag.EGEN

    @property
    def can_be_removed(self) -> bool:
        """Whether the note can be without it."""
        return self.slag in _REMOVABLE

    @property
    def is_computed(self) -> bool:
        """Whether it only marks a place."""
        return self.slag in COMPUTED


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """A row of earlier vedtak as the note prints it; a linked one has the register's texts."""

    id: str
    linked: bool
    sak: str
    tema: str
    formulering: Tree


@dataclass(frozen=True, slots=True)
class NoteView:
    """A sak with its note.

    Attributes:
        line: what the list says of it.
        head: label and value of the facts in the head that are not people.
        sections: in order; empty for a sak without a note.
        headings: the usual headings in the language of the utvalg.
        refused: for each other state of the note, the sentence that says why it cannot be taken
            now, or "" where it can.
        locked: why nothing can be written in the note; "" where it can.
        forslag_locked: the same for the proposed vedtak.
        content: what the document says; None for a sak without a note.
    """

    sak: SakView
    line: NoteLine
    head: tuple[tuple[str, str], ...]
    sections: tuple[NoteSection, ...]
    headings: Mapping[Seksjonslag, str]
    earlier: tuple[EarlierLine, ...]
    refused: Mapping[ToppnotatTilstand, str]
    locked: str
    forslag_locked: str
    content: ToppnotatContent | None

    @property
    def next_step(self) -> ToppnotatTilstand | None:
        """The step the note takes next; a note that is ready is sent with the innkalling."""
        if self.line.tilstand is None:
            return None
        order = list(ToppnotatTilstand)
        later = order[order.index(self.line.tilstand) + 1 : -1]
        return next((step for step in later if self.refused[step] == ""), None)

    @property
    def missing_sections(self) -> tuple[Seksjonslag, ...]:
        """The usual sections that the note does not have."""
        present = {section.slag for section in self.sections}
        return tuple(slag for slag in STANDARD_SECTIONS if slag not in present)


def read_notes(session: Session, moete_id: str) -> tuple[NoteLine, ...]:
    """Return the saker of a meeting in the order of the agenda, with the state of their notes.

    Raises:
        ServiceError: `ukjent_moete`.
    """
    snapshot = load_moete(session, moete_id)
    missing = _missing(snapshot)
    return tuple(_line(snapshot, sak, missing.get(sak.id, ())) for sak in snapshot.saker)


def read_note(session: Session, sak_id: str) -> NoteView:
    """Return a sak of a meeting with its note.

    Raises:
        ServiceError: `finnes_ikke_lenger`, also for a sak that is in no meeting.
    """
    view = load_sak_view(session, sak_id)
    if view.moete_id is None:
        raise ServiceError("finnes_ikke_lenger", tabell="sak", noekkel=sak_id)
    snapshot = load_moete(session, view.moete_id)
    sak = snapshot.rows.saker[sak_id]
    note = _note_of(snapshot, sak)
    gatherer = Gatherer(snapshot, read_figure=figure_reader(session))
    content = gatherer.toppnotat(sak) if note else None
    _ = words(view.maalform)
    return NoteView(
        sak=view,
        line=_line(snapshot, sak, _missing(snapshot).get(sak_id, ())),
        head=_head(content, view, snapshot) if content else (),
        sections=tuple(_section(row, _) for row in _sections(snapshot, sak)) if note else (),
        headings={slag: _(heading) for slag, heading in SEKSJONER.items()},
        earlier=_earlier(snapshot, note, content) if note and content else (),
        refused=_refused(note),
        locked=_locked(note),
        forslag_locked=_forslag_locked(snapshot, note),
        content=content,
    )


def read_one_figure(session: Session, sha256: str) -> FigureFile | None:
    """Return a picture of the archive, or None for what Word cannot show.

    Raises:
        ArchiveError: `ukjent_fil` or `skadet_fil`.
    """
    return figure_reader(session)(sha256)


def words_of(forslag: Tree | None, sections: Iterable[Tree | None]) -> int:
    """Return how many words a note has with its proposed vedtak."""
    return sum(word_count(tree) for tree in (forslag, *sections) if tree)


def reading_minutes(count: int) -> int:
    """Return how long a number of words takes to read, in whole minutes, at least one."""
    return max(1, round(count / WORDS_PER_MINUTE))


def written(
    line: NoteLine, forslag: Tree, sections: Sequence[tuple[Seksjonslag, Tree]], count: int
) -> NoteLine:
    """Return a line of the list as it is while the note is written, without asking the archive."""
    purpose = [tree for slag, tree in sections if slag is Seksjonslag.HENSIKT]
    texts = missing_texts(line.sakstype, line.status, forslag, purpose)
    codes = {*texts, *(code for code in line.mangler if code not in TEXT_CODES)}
    return line._replace(mangler=tuple(sorted(codes, key=CODES.index)), ord=count)


def _missing(snapshot: MoeteSnapshot) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in missing_in(snapshot):
        if one.sak_id is not None:
            found[one.sak_id] = (*found.get(one.sak_id, ()), one.kode)
    return found


def _line(snapshot: MoeteSnapshot, sak: SakRow, missing: tuple[str, ...]) -> NoteLine:
    assigned = snapshot.sak_numbers.get(sak.id)
    note = _note_of(snapshot, sak)
    return NoteLine(
        sak_id=sak.id,
        nummer=snapshot.sak_number(sak.id),
        foreloepig=assigned is None or assigned.provisional,
        tittel=sak.tittel,
        sakstype=sak.sakstype,
        status=sak.toppnotatstatus,
        tilstand=note.tilstand if note else None,
        mangler=missing,
        ord=_words(snapshot, sak) if note else 0,
        ute=sak.tilstand in OUT_OF_AGENDA,
    )


def _words(snapshot: MoeteSnapshot, sak: SakRow) -> int:
    return words_of(sak.forslag_til_vedtak, (row.innhold for row in _sections(snapshot, sak)))


def _note_of(snapshot: MoeteSnapshot, sak: SakRow) -> ToppnotatRow | None:
    if sak.toppnotatstatus is not Toppnotatstatus.SKAL_HA:
        return None
    return snapshot.rows.toppnotater.get(sak.id)


def _sections(snapshot: MoeteSnapshot, sak: SakRow) -> tuple[SeksjonRow, ...]:
    note = _note_of(snapshot, sak)
    return tuple(snapshot.rows.seksjoner.get(note.id, ())) if note else ()


def _section(row: SeksjonRow, _: Words) -> NoteSection:
    usual = _(SEKSJONER[row.slag]) if row.slag in SEKSJONER else ""
    return NoteSection(row.id, row.slag, row.overskrift or usual, row.innhold or _EMPTY)


def _head(
    content: ToppnotatContent, view: SakView, snapshot: MoeteSnapshot
) -> tuple[tuple[str, str], ...]:
    """Return the facts of the head that are not people, as the document prints them."""
    _ = words(view.maalform)
    number = content.moete_short or snapshot.meeting_number(short=True)
    values = {
        "til": _("Møte {nummer}").format(nummer=number) if number else "",
        "dato": numeric_date(content.dato) if content.dato else "",
        "saksnummer": content.saksnummer,
        "type": _(SAKSTYPER[content.sakstype]) if content.sakstype else "",
    }
    return tuple((_(TOPPNOTATHODE[mark]), value) for mark, value in values.items() if value)


def _earlier(
    snapshot: MoeteSnapshot, note: ToppnotatRow, content: ToppnotatContent
) -> tuple[EarlierLine, ...]:
    rows = snapshot.rows.tidligere_vedtak.get(note.id, ())
    return tuple(
        EarlierLine(row.id, row.vedtak_id is not None, said.sak, said.tema, said.formulering)
        for row, said in zip(rows, content.tidligere_vedtak, strict=True)
    )


def _refused(note: ToppnotatRow | None) -> dict[ToppnotatTilstand, str]:
    if note is None:
        return {}
    return {
        step: message(code) if (code := rule_against(Kind.TOPPNOTAT, note.tilstand, step)) else ""
        for step in ToppnotatTilstand
        if step is not note.tilstand
    }


def _locked(note: ToppnotatRow | None) -> str:
    sent = note is not None and note.tilstand is ToppnotatTilstand.SENDT
    return message("toppnotat_er_sendt") if sent else ""


def _forslag_locked(snapshot: MoeteSnapshot, note: ToppnotatRow | None) -> str:
    referat = snapshot.rows.referat
    if referat is not None and referat.tilstand is ReferatTilstand.GODKJENT:
        return message("referat_er_godkjent")
    return _locked(note)
