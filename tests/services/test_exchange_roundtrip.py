"""What an export holds, and that an import of it brings exactly that."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from desktop.models import Base, Innspill, Moete, Sak, Vedtak
from desktop.models.base import unlogged_columns
from desktop.richtext.tree import Tree
from desktop.services.errors import ServiceError
from desktop.services.exchange_format import NAMED_ON_WISH, TABLES, formats, sql_table
from desktop.services.export import export_archive, write_export
from desktop.services.importer import check_file, import_data, import_file
from desktop.storage.archive import Archive
from tests.services.exchange_world import (
    document,
    new_archive,
    packed,
    random_world,
    small_world,
)
from tests.trees import trees

SLOW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(st.integers(0, 2**32), st.lists(trees(), min_size=1, max_size=4))
def test_that_an_archive_imported_into_an_empty_one_exports_the_same_bytes(
    seed: int, texts: list[Tree]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with new_archive(folder, "fra") as source:
            random_world(seed, texts).fill(source)
            data = export_archive(source)
        with new_archive(folder, "til") as target:
            report = import_data(target, data)
            assert sum(report.new.values()) == sum(len(rows) for rows in _rows(data).values())
            assert export_archive(target) == data
            assert target.verify().problems == ()


@SLOW
@given(st.integers(0, 2**32), st.lists(trees(max_blocks=1), min_size=1, max_size=2))
def test_that_the_file_of_each_meeting_stands_alone_and_comes_back_the_same(
    seed: int, texts: list[Tree]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with new_archive(folder, "fra") as source:
            random_world(seed, texts).fill(source)
            with source.read() as session:
                moeter = (
                    session.execute(
                        select(Moete.nummer).where(Moete.nummer.is_not(None)).distinct()
                    )
                    .scalars()
                    .all()
                )
            for nummer in moeter:
                data = _of_first_utvalg(source, f"{nummer}/2023")
                if data is None:
                    continue
                assert not import_data(source, data)
                with new_archive(folder, "til") as target:
                    import_data(target, data)
                    assert export_archive(target, moete=f"{nummer}/2023", utvalg="Utvalg 0") == data


def _of_first_utvalg(archive: Archive, moete: str) -> bytes | None:
    try:
        return export_archive(archive, moete=moete, utvalg="Utvalg 0")
    except ServiceError:
        return None


def _rows(data: bytes) -> dict[str, list[dict[str, Any]]]:
    content = document(data)
    return {**content["tabeller"], "fil": content["filer"]}


def test_that_every_table_and_column_is_exchanged() -> None:
    assert {*TABLES, "fil"} == Base.metadata.tables.keys()
    for name, table in formats().items():
        told = [c.name for c in sql_table(name).columns if not c.info.get("derived")]
        assert sorted(field.name for field in table.fields) == sorted(told)


def test_that_parents_stand_before_their_children() -> None:
    for place, name in enumerate(TABLES):
        parents = {field.reference for field in formats()[name].references} - {"fil"}
        assert parents <= set(TABLES[: place + 1])


def test_that_what_the_log_may_not_hold_leaves_the_archive_on_wish_only(tmp_path: Path) -> None:
    assert NAMED_ON_WISH.keys() == unlogged_columns()
    world = small_world()
    named, unnamed = world.rows["innspill"][:2]
    named["navngis"] = True
    with new_archive(tmp_path) as archive:
        world.fill(archive)
        rows = {row["id"]: row for row in _rows(export_archive(archive))["innspill"]}
    assert rows[named["id"]]["innsender_id"] == named["innsender_id"]
    assert "innsender_id" not in rows[unnamed["id"]]


def test_that_an_import_keeps_the_names_that_the_export_left_out(tmp_path: Path) -> None:
    world = small_world()
    with new_archive(tmp_path) as archive:
        world.fill(archive)
        content = document(export_archive(archive))
        content["tabeller"]["innspill"][0]["nivaa"] = 5
        report = import_data(archive, packed(content))
        assert report.changed == {"innspill": 1}
        with archive.read() as session:
            assert None not in session.scalars(select(Innspill.innsender_id)).all()


def test_that_an_import_of_what_is_there_already_leaves_no_trace(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        small_world().fill(archive)
        before, log = archive.path.read_bytes(), archive.log()
        report = import_data(archive, export_archive(archive))
        assert not report
        assert report.unchanged["sak"] == 4
        assert archive.log() == log
        assert archive.path.read_bytes() == before


def test_that_equal_rows_stay_differing_rows_change_and_none_is_deleted(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        small_world().fill(archive)
        content = document(export_archive(archive))
        content["tabeller"]["sak"][0]["tittel"] = "Nytt navn på saken"
        del content["tabeller"]["sak"][1:]
        content["tabeller"]["person"].append(
            {"id": "f" * 32, "fornavn": "Ny", "etternavn": "Person"}
        )
        data = packed(content)
        path = tmp_path / "inn.json"
        path.write_bytes(data)
        promised = check_file(archive, path)
        report = import_file(archive, path)
        assert report == promised
        assert (report.new, report.changed) == ({"person": 1}, {"sak": 1})
        with archive.read() as session:
            assert len(session.scalars(select(Sak.id)).all()) == 4
            assert "Nytt navn på saken" in session.scalars(select(Sak.tittel)).all()


def test_that_a_field_left_out_becomes_empty(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        small_world().fill(archive)
        content = document(export_archive(archive))
        for row in content["tabeller"]["sak"]:
            row.pop("omtale")
        import_data(archive, packed(content))
        with archive.read() as session:
            assert set(session.scalars(select(Sak.omtale))) == {None}


def test_that_rows_can_swap_what_only_one_may_have(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        small_world().fill(archive)
        content = document(export_archive(archive))
        one, other = content["tabeller"]["vedtak"][:2]
        one["sak_id"], other["sak_id"] = other["sak_id"], one["sak_id"]
        first, second = content["tabeller"]["moetedag"]
        first["moete_id"], second["moete_id"] = second["moete_id"], first["moete_id"]
        posts = content["tabeller"]["dagsordenpost"]
        for post in posts:
            post["moetedag_id"] = {first["id"]: second["id"], second["id"]: first["id"]}[
                post["moetedag_id"]
            ]
        import_data(archive, packed(content))
        with archive.read() as session:
            found = dict(session.execute(select(Vedtak.id, Vedtak.sak_id)).all())
        assert found[one["id"]] == one["sak_id"]
        assert export_archive(archive) == packed(content)


def test_that_a_moved_row_keeps_the_unique_value_it_had(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        small_world().fill(archive)
        content = document(export_archive(archive))
        sendinger = content["tabeller"]["utsendelse"]
        sendinger[0]["versjon"] = 2
        sendinger[0]["moete_id"], sendinger[1]["moete_id"] = (
            sendinger[1]["moete_id"],
            sendinger[0]["moete_id"],
        )
        import_data(archive, packed(content))
        assert export_archive(archive) == packed(content)


def test_that_an_import_is_undone_and_redone_as_one(tmp_path: Path) -> None:
    with new_archive(tmp_path, "fra") as source:
        small_world().fill(source)
        data = export_archive(source)
    with new_archive(tmp_path, "til") as target:
        empty = export_archive(target)
        import_data(target, data)
        assert [info.verb for info in target.log()] == ["import_arkiv"]
        target.undo()
        without_files = {**document(export_archive(target)), "filer": []}
        assert packed(without_files) == empty
        target.redo()
        assert export_archive(target) == data
        assert target.verify().problems == ()


def test_that_an_undone_change_gives_back_what_was_there(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        small_world().fill(archive)
        before = export_archive(archive)
        content = document(before)
        for row in content["tabeller"]["sak"]:
            row["tittel"] += " igjen"
        import_data(archive, packed(content))
        archive.undo()
        assert export_archive(archive) == before


def test_that_an_archive_keeps_the_name_it_has(tmp_path: Path) -> None:
    with new_archive(tmp_path, "fra") as source:
        small_world().fill(source)
        data = export_archive(source)
    with new_archive(tmp_path, "til") as target:
        with target.operation("create_arkiv") as op:
            op.session.execute(
                sql_table("arkiv").insert(),
                {"id": "a" * 32, "navn": "Mitt eget", "opprettet": dt.date(2024, 1, 1)},
            )
        import_data(target, data)
        assert [row["navn"] for row in _rows(export_archive(target))["arkiv"]] == ["Mitt eget"]


def test_that_a_meeting_brings_what_its_papers_print_and_no_more(tmp_path: Path) -> None:
    world = small_world()
    with new_archive(tmp_path) as archive:
        world.fill(archive)
        rows = _rows(export_archive(archive, moete="4/2023"))
    assert sorted(row["nummer"] for row in rows["moete"]) == [3, 4]
    assert len(rows["saksreferat"]) == 4, "the referat of 3/2023 is a vedlegg"
    assert len(rows["toppnotat"]) == 2, "the toppnotater of 3/2023 are not printed"
    assert len(rows["utsendelse"]) == 1
    assert [row["etternavn"] for row in rows["person"]] == ["Ås"]
    assert len(rows["verv"]) == len(rows["nummerserie"]) == len(rows["arkiv"]) == 1


def test_that_a_meeting_that_is_only_referred_to_comes_with_its_days_alone(
    tmp_path: Path,
) -> None:
    world = small_world()
    world.rows["vedlegg"].clear()
    with new_archive(tmp_path) as archive:
        world.fill(archive)
        rows = _rows(export_archive(archive, moete="4/2023"))
    assert sorted(row["nummer"] for row in rows["moete"]) == [3, 4]
    assert len(rows["moetedag"]) == 2
    assert sorted(row["moetesakssekvensnummer"] for row in rows["sak"]) == [17, 28, 29]
    assert len(rows["dagsordenpost"]) == len(rows["saksreferat"]) == 2


def test_that_an_unknown_meeting_is_refused(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        small_world().fill(archive)
        with pytest.raises(ServiceError, match="ukjent_moete_nummer"):
            export_archive(archive, moete="9/2023")


def test_that_an_export_too_large_to_import_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.services.export.MAX_VALUES", 100)
    with new_archive(tmp_path) as archive:
        small_world().fill(archive)
        with pytest.raises(ServiceError, match="eksport_for_stor"):
            export_archive(archive)


def test_that_an_export_replaces_the_file_that_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "ut.json"
    path.write_text("gammelt")
    with new_archive(tmp_path) as archive:
        small_world().fill(archive)
        size = write_export(archive, path, moete="4/2023")
        assert path.read_bytes() == export_archive(archive, moete="4/2023")
    assert size == path.stat().st_size
    assert [entry.suffix for entry in tmp_path.iterdir() if entry != path] == [".motebok"]


def test_that_typing_not_yet_in_the_log_is_in_the_export(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        world = small_world()
        world.fill(archive)
        sak = world.rows["sak"][0]["id"]
        with archive.typing("change_sak", table="sak", key=sak, field="tittel") as op:
            op.session.execute(update(Sak).where(Sak.id == sak).values(tittel="Skrevet nå"))
        assert "Skrevet nå".encode() in export_archive(archive)
