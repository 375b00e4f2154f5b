"""A toppnotat that was read from a Word file, beside what the sak has, and taken in as one step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.i18n.catalogue import words
from desktop.i18n.terms import SEKSJONER
from desktop.importing.docx_remarks import Remark
from desktop.importing.settle import settled
from desktop.importing.toppnotat_docx import ReadNote, ReadSection
from desktop.importing.toppnotat_parts import ReadVedtak
from desktop.models import Sak, TidligereVedtak, Toppnotat, Toppnotatseksjon, Utvalg, Vedlegg
from desktop.richtext.diff import diff
from desktop.richtext.plain import is_empty
from desktop.richtext.tree import Figure, Tree, walk
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.kinds import Maalform
from desktop.rules.states import ToppnotatTilstand
from desktop.services.access import clean_title, get, label_of_sak
from desktop.services.errors import ServiceError
from desktop.services.saker import write_forslag
from desktop.services.toppnotater import add_section, cite_vedtak, toppnotat_of, write_section
from desktop.services.verbs import operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet
from desktop.storage.files import store_file
from desktop.storage.operation import Operation

_AT_THE_END = frozenset({Seksjonslag.TIDLIGERE_VEDTAK, Seksjonslag.VEDLEGG})


class PartState(StrEnum):
    """What a part of a file is beside the text that the sak has."""

    NY = "ny"
    LIK = "lik"
    ENDRET = "endret"
    IKKE_PLASSERT = "ikke_plassert"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a text of a toppnotat stands: a usual section, or one with a heading of its own."""

    slag: Seksjonslag
    overskrift: str = ""

    def same_as(self, other: Target) -> bool:
        """Return whether both name one place."""
        return self.slag is other.slag and _folded(self.overskrift) == _folded(other.overskrift)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the file: where it would go, what stands there, and what comes.

    `new` has the block ids of what it replaces, so that history shows what changed.
    """

    key: str
    title: str
    target: Target
    state: PartState
    old: Tree
    new: Tree


@dataclass(frozen=True, slots=True)
class HeadFact:
    """A line of the file's head that says something else than the sak does."""

    name: str
    in_file: str
    in_sak: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place a part can be put: its target, what it is called, and the text it has now."""

    target: Target
    title: str
    tree: Tree


@dataclass(frozen=True, slots=True)
class NotePreview:
    """What taking a file in would do to a sak.

    Attributes:
        parts: In the order of the file; what could not be placed last.
        places: Where parts can be put, in the order of the toppnotat.
        untouched: The titles of sections with text that the file does not have; they stay.
        citations: Rows of earlier vedtak that the sak does not have yet.
        head: Where the head of the file says something else.
        remarks: What reading had to tell.
    """

    sak_id: str
    label: str
    parts: tuple[Part, ...]
    places: tuple[Place, ...]
    untouched: tuple[str, ...]
    citations: tuple[ReadVedtak, ...]
    head: tuple[HeadFact, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class TakenPart:
    """A part that is taken in: it replaces the text of its target, or follows after it."""

    target: Target
    tree: Tree
    append: bool = False


@dataclass(frozen=True, slots=True)
class _Standing:
    """A section of the sak's toppnotat."""

    id: str
    target: Target
    tree: Tree


def preview_note(session: Session, *, sak_id: str, note: ReadNote) -> NotePreview:
    """Return what the file has beside what the sak has.

    Raises:
        ServiceError: `sak_uten_toppnotat` or `toppnotat_er_sendt`.
    """
    sak = get(session, Sak, sak_id)
    _require_open(toppnotat_of(session, sak_id))
    maalform = get(session, Utvalg, sak.utvalg_id).maalform
    standing = list(_standing(session, sak))
    parts = list(_parts(note, standing, maalform))
    read = [part.target for part in parts]
    label = label_of_sak(session, sak)
    return NotePreview(
        sak_id=sak_id,
        label=label,
        parts=tuple(parts),
        places=tuple(_places(standing, maalform)),
        untouched=tuple(
            _title(one.target, maalform)
            for one in standing
            if not is_empty(one.tree) and not any(one.target.same_as(target) for target in read)
        ),
        citations=tuple(_new_citations(session, sak_id, note.earlier)),
        head=tuple(_head_facts(note, sak, label)),
        remarks=(*_identity_remarks(note, sak_id), *_remarks(session, sak_id, note)),
    )


def _require_open(note: Toppnotat) -> None:
    if note.tilstand is ToppnotatTilstand.SENDT:
        raise ServiceError("toppnotat_er_sendt")


def _standing(session: Session, sak: Sak) -> Iterator[_Standing]:
    """Yield the texts of a sak's toppnotat in order; the proposal is always among them."""
    note = toppnotat_of(session, sak.id)
    rows = session.scalars(
        select(Toppnotatseksjon)
        .where(Toppnotatseksjon.toppnotat_id == note.id)
        .order_by(Toppnotatseksjon.rekkefoelge)
    ).all()
    proposal = sak.forslag_til_vedtak or Tree()
    if not any(row.slag is Seksjonslag.FORSLAG for row in rows):
        yield _Standing("", Target(Seksjonslag.FORSLAG), proposal)
    for row in rows:
        if row.slag in _AT_THE_END:
            continue
        tree = proposal if row.slag is Seksjonslag.FORSLAG else row.innhold or Tree()
        yield _Standing(row.id, Target(row.slag, row.overskrift or ""), tree)


def _parts(note: ReadNote, standing: Sequence[_Standing], maalform: Maalform) -> Iterator[Part]:
    for number, section in enumerate(note.sections):
        target = _target(section, maalform)
        held = next((one.tree for one in standing if one.target.same_as(target)), Tree())
        new = settled(held, section.tree)
        yield Part(
            key=f"del-{number}",
            title=_title(target, maalform),
            target=target,
            state=_state(held, new),
            old=held,
            new=new,
        )
    if note.unplaced:
        _ = words(maalform)
        name = _("Ikke plassert")
        yield Part(
            key="ikke-plassert",
            title=name,
            target=Target(Seksjonslag.EGEN, name),
            state=PartState.IKKE_PLASSERT,
            old=Tree(),
            new=note.unplaced,
        )


def _target(section: ReadSection, maalform: Maalform) -> Target:
    if section.slag is not Seksjonslag.EGEN:
        return Target(section.slag)
    _ = words(maalform)
    return Target(Seksjonslag.EGEN, section.overskrift.strip() or _("Uten overskrift"))


def _state(old: Tree, new: Tree) -> PartState:
    if is_empty(old):
        return PartState.NY
    return PartState.ENDRET if diff(old, new) else PartState.LIK


def _title(target: Target, maalform: Maalform) -> str:
    return target.overskrift or words(maalform)(SEKSJONER.get(target.slag, ""))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" :")


def _places(standing: Sequence[_Standing], maalform: Maalform) -> Iterator[Place]:
    """Yield the sections there are, then the usual ones that were taken away."""
    for one in standing:
        yield Place(one.target, _title(one.target, maalform), one.tree)
    present = {one.target.slag for one in standing}
    for slag in SEKSJONER:
        if slag not in present and slag not in _AT_THE_END:
            yield Place(Target(slag), _title(Target(slag), maalform), Tree())


def _new_citations(
    session: Session, sak_id: str, rows: Sequence[ReadVedtak]
) -> Iterator[ReadVedtak]:
    note = toppnotat_of(session, sak_id)
    held = session.execute(
        select(TidligereVedtak.sak_tekst, TidligereVedtak.vedtak_id).where(
            TidligereVedtak.toppnotat_id == note.id
        )
    ).all()
    known = {_folded(text) for text, _vedtak in held if text}
    # A row of the register is printed with a text that is made from it, and is known by that.
    linked = _linked_texts(session, sak_id) if any(vedtak for _text, vedtak in held) else set()
    for row in rows:
        if _folded(row.sak) not in known | linked:
            yield row


def _linked_texts(session: Session, sak_id: str) -> set[str]:
    from desktop.services.load import load_moete  # noqa: PLC0415
    from desktop.services.papers import Dokumenttype, gather_papers  # noqa: PLC0415

    moete_id = get(session, Sak, sak_id).moete_id
    if moete_id is None:
        return set()
    papers = gather_papers(
        session, load_moete(session, moete_id), [Dokumenttype.TOPPNOTAT], sak_id=sak_id
    ).papers
    return {
        _folded(row.sak)
        for paper in papers
        for row in getattr(paper.innhold, "tidligere_vedtak", ())
    }


def _head_facts(note: ReadNote, sak: Sak, label: str) -> Iterator[HeadFact]:
    _ = words("nb")
    number = " ".join(note.head.get("saksnummer", ()))
    if number and sak.moetesaksaar is not None and label not in number:
        yield HeadFact(_("Saksnummer"), number, label)
    title = " ".join(note.head.get("tittel", ()))
    if title and _folded(title) != _folded(sak.tittel):
        yield HeadFact(_("Tittel"), title, sak.tittel)


def _identity_remarks(note: ReadNote, sak_id: str) -> Iterator[Remark]:
    known = note.identity.get("motebok-sak")
    if known and known != sak_id:
        yield Remark("other_document")


def _remarks(session: Session, sak_id: str, note: ReadNote) -> Iterator[Remark]:
    """Yield what reading had to tell, but for a list of the very vedlegg that the sak has."""
    titles = session.scalars(
        select(Vedlegg.tittel).where(Vedlegg.sak_id == sak_id, Vedlegg.trukket.is_(False))
    ).all()
    held = [_folded(title) for title in titles if title]
    known = all(any(title in _folded(line) for title in held) for line in note.attachments)
    for remark in note.remarks:
        if remark.code != "attachments" or not known:
            yield remark


@dataclass(slots=True)
class _Taking:
    """One file on its way into one sak."""

    archive: Archive
    op: Operation
    sak: Sak
    after: int = 0
    images: Mapping[str, bytes] = field(default_factory=dict)

    def take(self, part: TakenPart) -> None:
        """Write a part at its place, which is made where it is missing."""
        self._store_figures(part.tree)
        standing = list(_standing(self.op.session, self.sak))
        found = next((one for one in standing if one.target.same_as(part.target)), None)
        held = found.tree if found and part.append else Tree()
        tree = Tree(held.blocks + part.tree.blocks) if held.blocks else part.tree
        if part.target.slag is Seksjonslag.FORSLAG:
            write_forslag(self.archive, sak_id=self.sak.id, tree=tree)
        elif found is not None:
            write_section(self.archive, seksjon_id=found.id, tree=tree)
        else:
            add_section(
                self.archive,
                sak_id=self.sak.id,
                slag=part.target.slag,
                overskrift=part.target.overskrift or None,
                tree=tree,
                index=self._index(),
            )

    def _index(self) -> int:
        """Return the place of a new section: after the others, before the computed ones."""
        note = toppnotat_of(self.op.session, self.sak.id)
        rows = self.op.session.scalars(
            select(Toppnotatseksjon.slag)
            .where(Toppnotatseksjon.toppnotat_id == note.id)
            .order_by(Toppnotatseksjon.rekkefoelge)
        ).all()
        texts = [index for index, slag in enumerate(rows) if slag not in _AT_THE_END]
        return texts[-1] + 1 if texts else 0

    def _store_figures(self, tree: Tree) -> None:
        for block in walk(tree.blocks):
            if isinstance(block, Figure) and block.file in self.images:
                store_file(self.op.session, self.images[block.file])


def take_in_note(
    archive: Archive,
    *,
    sak_id: str,
    parts: Sequence[TakenPart],
    images: Mapping[str, bytes] | None = None,
    citations: Sequence[ReadVedtak] = (),
) -> ChangeSet:
    """Write the chosen parts of a file into a sak's toppnotat, as one step that can be undone.

    The proposal goes to the sak. Parts with one target are written one after the other: the first
    may replace what stands there, the next follow it.

    Raises:
        ServiceError: `ingenting_valgt`, `sak_uten_toppnotat`, `toppnotat_er_sendt`, `tomt_felt`,
            or `referat_er_godkjent` for the proposal. Nothing is changed then.
    """
    if not parts and not citations:
        raise ServiceError("ingenting_valgt")
    with operation(archive, "take_in_note") as op:
        sak = get(op.session, Sak, sak_id)
        op.describe(sak=label_of_sak(op.session, sak))
        _require_open(toppnotat_of(op.session, sak_id))
        taking = _Taking(archive, op, sak, images=images or {})
        written: list[Target] = []
        for part in parts:
            again = any(part.target.same_as(target) for target in written)
            taking.take(TakenPart(_clean(part.target), part.tree, part.append or again))
            written.append(part.target)
        for row in citations:
            cite_vedtak(
                archive,
                sak_id=sak_id,
                sak_tekst=row.sak,
                tema=row.tema or None,
                formulering=row.formulering or None,
            )
    return op.changes


def _clean(target: Target) -> Target:
    if target.slag is not Seksjonslag.EGEN:
        return target
    return Target(target.slag, clean_title(target.overskrift, "overskrift"))
