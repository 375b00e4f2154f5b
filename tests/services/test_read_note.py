"""A toppnotat from Word is shown beside what the sak has, and taken in as one step."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from desktop.documents.compose_toppnotat import compose_toppnotat
from desktop.documents.docx_writer import write_docx
from desktop.importing.toppnotat_docx import ReadNote, ReadSection, read_toppnotat
from desktop.importing.toppnotat_parts import ReadVedtak
from desktop.models import Fil, Sak, TidligereVedtak, Toppnotatseksjon
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Tree, tree_from_text
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.states import ToppnotatTilstand
from desktop.services.eksempel import EXAMPLE_UTVALG
from desktop.services.errors import ServiceError
from desktop.services.load import load_moete
from desktop.services.numbers import find_moete_id
from desktop.services.papers import Dokumenttype, gather_papers
from desktop.services.read_note import (
    NotePreview,
    PartState,
    TakenPart,
    Target,
    preview_note,
    take_in_note,
)
from desktop.services.toppnotater import sections_of, step_toppnotat, toppnotat_of
from desktop.storage.archive import Archive
from tests.importing.word import lag

S = Seksjonslag


@pytest.fixture
def papers(example: Archive):
    with example.read() as session:
        moete = find_moete_id(session, "4/2023", utvalg=EXAMPLE_UTVALG)
        return gather_papers(session, load_moete(session, moete), [Dokumenttype.TOPPNOTAT]).papers


@pytest.fixture
def sak_id(example: Archive, papers) -> str:
    """A sak whose toppnotat is made a draft again, as far as its state allows."""
    found = papers[0].sak_id
    assert found is not None
    with example.operation("change_sak") as op:
        toppnotat_of(op.session, found).tilstand = ToppnotatTilstand.UTKAST
    return found


def shown(archive: Archive, sak_id: str, note: ReadNote) -> NotePreview:
    with archive.read() as session:
        return preview_note(session, sak_id=sak_id, note=note)


def texts(archive: Archive, sak_id: str) -> dict[str, str]:
    with archive.read() as session:
        rows = sections_of(session, sak_id)
        found = {
            row.overskrift or row.slag.value: plain_text(row.innhold or Tree()) for row in rows
        }
        sak = session.get(Sak, sak_id)
        assert sak is not None
        return {**found, "forslag": plain_text(sak.forslag_til_vedtak or Tree())}


def note_of(*sections: tuple[Seksjonslag, str, str], **more: object) -> ReadNote:
    return ReadNote(
        tuple(ReadSection(slag, name, tree_from_text(text)) for slag, name, text in sections),
        **more,
    )


def all_of(preview: NotePreview) -> list[TakenPart]:
    return [TakenPart(part.target, part.new) for part in preview.parts]


def test_that_a_note_that_comes_back_untouched_is_equal_in_every_part(example: Archive, papers):
    for paper in papers:
        with example.operation("change_sak") as op:
            toppnotat_of(op.session, paper.sak_id).tilstand = ToppnotatTilstand.UTKAST
        note = read_toppnotat(write_docx(compose_toppnotat(paper.innhold)).data)
        preview = shown(example, paper.sak_id, note)
        assert {part.state for part in preview.parts} == {PartState.LIK}
        assert preview.untouched == ()
        assert preview.citations == ()
        assert preview.head == ()
        assert preview.remarks == ()


def test_that_what_comes_is_new_equal_or_changed(example: Archive, sak_id: str):
    held = texts(example, sak_id)
    note = note_of(
        (S.FORSLAG, "Forslag til vedtak", held["forslag"]),
        (S.HENSIKT, "Hensikt", held["hensikt"] + " Og mer."),
        (S.EGEN, "Risiko", "Liten."),
    )
    preview = shown(example, sak_id, note)
    assert [part.state for part in preview.parts] == [
        PartState.LIK,
        PartState.ENDRET,
        PartState.NY,
    ]
    assert "Bakgrunn" in preview.untouched


def test_that_changed_blocks_keep_the_ids_they_had(example: Archive, sak_id: str):
    held = texts(example, sak_id)["hensikt"]
    preview = shown(example, sak_id, note_of((S.HENSIKT, "Hensikt", held + " Og mer.")))
    part = preview.parts[0]
    assert part.new.blocks[0].id == part.old.blocks[0].id


def test_that_taking_in_is_one_step_that_undo_takes_back(example: Archive, sak_id: str):
    before = texts(example, sak_id)
    note = read_toppnotat(lag.med_stiler())
    preview = shown(example, sak_id, note)
    take_in_note(
        example,
        sak_id=sak_id,
        parts=all_of(preview),
        images=note.images,
        citations=[ReadVedtak("NUIT 1/24", "Tema", tree_from_text("Tatt til orientering."))],
    )
    after = texts(example, sak_id)
    assert after["forslag"].startswith("Nasjonalt e-helseråd drøftet saken")
    assert after["Økonomi"] == "Kostnadene dekkes innenfor gjeldende rammer."
    with example.read() as session:
        figures = session.scalars(select(Fil.sha256)).all()
        assert set(note.images) <= set(figures)
        cited = select(TidligereVedtak.sak_tekst).where(TidligereVedtak.sak_tekst == "NUIT 1/24")
        assert session.scalar(cited) == "NUIT 1/24"
    assert {part.state for part in shown(example, sak_id, note).parts} == {PartState.LIK}
    example.undo()
    assert texts(example, sak_id) == before
    assert example.verify().problems == ()


def test_that_new_sections_stand_before_earlier_vedtak_and_vedlegg(example: Archive, sak_id: str):
    note = note_of((S.EGEN, "Først", "a"), (S.EGEN, "Så", "b"))
    take_in_note(example, sak_id=sak_id, parts=all_of(shown(example, sak_id, note)))
    with example.read() as session:
        order = [row.overskrift or row.slag.value for row in sections_of(session, sak_id)]
    assert order.index("Først") + 1 == order.index("Så")
    assert order[-2:] == ["tidligere_vedtak", "vedlegg"]


def test_that_a_part_put_at_a_place_with_text_follows_it(example: Archive, sak_id: str):
    held = texts(example, sak_id)["bakgrunn"]
    part = TakenPart(Target(S.BAKGRUNN), tree_from_text("Tillegg."), append=True)
    take_in_note(example, sak_id=sak_id, parts=[part])
    assert texts(example, sak_id)["bakgrunn"].startswith(held.split("\n")[0])
    assert "Tillegg." in texts(example, sak_id)["bakgrunn"]


def test_that_two_parts_for_one_place_are_both_kept(example: Archive, sak_id: str):
    parts = [TakenPart(Target(S.HENSIKT), tree_from_text(text)) for text in ("en", "to")]
    take_in_note(example, sak_id=sak_id, parts=parts)
    assert texts(example, sak_id)["hensikt"] == "en\nto"


def test_that_a_section_with_the_same_heading_is_the_same_whatever_its_capitals(
    example: Archive, sak_id: str
):
    take_in_note(
        example, sak_id=sak_id, parts=[TakenPart(Target(S.EGEN, "Risiko"), tree_from_text("a"))]
    )
    note = note_of((S.EGEN, "RISIKO:", "b"))
    assert shown(example, sak_id, note).parts[0].state is PartState.ENDRET
    take_in_note(example, sak_id=sak_id, parts=all_of(shown(example, sak_id, note)))
    with example.read() as session:
        count = select(func.count()).where(Toppnotatseksjon.overskrift == "Risiko")
        assert session.scalar(count) == 1


def test_that_unplaced_text_is_a_part_of_its_own(example: Archive, sak_id: str):
    preview = shown(example, sak_id, ReadNote(unplaced=tree_from_text("Løs tekst.")))
    (part,) = preview.parts
    assert part.state is PartState.IKKE_PLASSERT
    take_in_note(example, sak_id=sak_id, parts=all_of(preview))
    assert texts(example, sak_id)["Ikke plassert"] == "Løs tekst."


def test_that_a_file_of_another_sak_is_told(example: Archive, sak_id: str):
    note = ReadNote(
        unplaced=tree_from_text("x"),
        head={"saksnummer": ("99/23",), "tittel": ("Noe annet",)},
        identity={"motebok-sak": "en-annen"},
    )
    preview = shown(example, sak_id, note)
    assert [fact.in_file for fact in preview.head] == ["99/23", "Noe annet"]
    assert [remark.code for remark in preview.remarks] == ["other_document"]


def test_that_nothing_is_taken_in_where_nothing_is_chosen(example: Archive, sak_id: str):
    with pytest.raises(ServiceError) as refused:
        take_in_note(example, sak_id=sak_id, parts=[])
    assert refused.value.code == "ingenting_valgt"


def test_that_a_note_that_is_sent_takes_nothing_in(example: Archive, sak_id: str):
    for tilstand in (
        ToppnotatTilstand.TIL_KVALITETSSIKRING,
        ToppnotatTilstand.KLAR,
        ToppnotatTilstand.SENDT,
    ):
        step_toppnotat(example, sak_id=sak_id, tilstand=tilstand)
    part = TakenPart(Target(S.HENSIKT), tree_from_text("a"))
    with pytest.raises(ServiceError) as refused:
        take_in_note(example, sak_id=sak_id, parts=[part])
    assert refused.value.code == "toppnotat_er_sendt"
    with pytest.raises(ServiceError):
        shown(example, sak_id, ReadNote())
