"""Every verb is one entry of the log and can be taken back, as `VERBS` says."""

from __future__ import annotations

import ast
import re
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from desktop.rules.entity_kinds import Rolle
from desktop.rules.errors import RuleError
from desktop.services import pictures, verbs
from desktop.services.errors import ServiceError
from desktop.services.saker import Deltar, rename_sak, set_roles
from desktop.services.verbs import VERBS
from desktop.storage.errors import CannotUndoError
from tests.services.hus import Hus, differences, dump
from tests.services.rikt import SCENARIOS, Step

SERVICES = Path(verbs.__file__).parent
ELSEWHERE = {"import_arkiv", "store_picture"}


@pytest.mark.parametrize(
    ("verb", "step"), SCENARIOS, ids=[f"{n}-{verb}" for n, (verb, _) in enumerate(SCENARIOS)]
)
def test_that_a_verb_is_one_entry_that_can_be_undone_and_redone(rich: Hus, verb: str, step: Step):
    before, entries = dump(rich.archive), len(rich.verbs())

    step(rich)
    after = dump(rich.archive)
    assert rich.verbs()[entries:] == [verb]
    assert differences(before, after)

    undone = rich.archive.undo()
    assert undone
    assert differences(before, dump(rich.archive)) == {}
    assert rich.archive.redo()
    assert differences(after, dump(rich.archive)) == {}
    assert rich.archive.verify().problems == ()


def test_that_every_verb_that_can_be_undone_is_tried():
    tried = {verb for verb, _step in SCENARIOS}
    assert tried == {name for name, verb in VERBS.items() if verb.angrebar} - ELSEWHERE


def test_that_a_picture_that_was_put_in_is_no_step_of_its_own_and_is_kept(rich: Hus):
    before = rich.archive.undo_label()
    file = pictures.store_picture(rich.archive, data=b"et bilde")
    assert before is not None
    assert rich.archive.undo_label() == before
    assert rich.archive.undo()
    with rich.archive.read() as session:
        assert pictures.read_picture(session, file) == b"et bilde"
    assert rich.archive.verify().problems == ()


def test_that_all_can_be_undone_one_after_the_other(rich: Hus):
    states = []
    for _verb, step in SCENARIOS:
        before, head = dump(rich.archive), rich.archive.head_hash
        with suppress(RuleError, ServiceError, IndexError, IntegrityError):
            step(rich)
        if rich.archive.head_hash != head:
            states.append(before)
    assert len(states) > 50
    for state in reversed(states):
        rich.archive.undo()
        assert differences(state, dump(rich.archive)) == {}
    assert rich.archive.verify().ok


def test_that_a_verb_that_says_nothing_new_leaves_no_entry(rich: Hus):
    entries = rich.verbs()
    rename_sak(rich.archive, sak_id=rich.key["called_sak"], tittel="Journalløft")
    set_roles(
        rich.archive,
        sak_id=rich.key["called_sak"],
        rolle=Rolle.SAKSEIER,
        deltar=[Deltar(rich.key["leder"])],
    )
    assert rich.verbs() == entries


def test_that_a_verb_that_fails_leaves_nothing(rich: Hus):
    before, entries = dump(rich.archive, files=True), rich.verbs()
    with pytest.raises(Exception, match="tomt_felt"):
        rich.report(" ")
    assert dump(rich.archive, files=True) == before
    assert rich.verbs() == entries


def test_that_undoing_a_verb_that_is_not_angrebar_is_refused_with_its_name(hus: Hus):
    moete = hus.plan()
    hus.freeze(moete)
    with pytest.raises(CannotUndoError) as refused:
        hus.archive.undo()
    assert refused.value.code == "ikke_angrebar"
    assert refused.value.params["handling"] == "freeze_innkalling"


def literals(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def service_files() -> list[Path]:
    return [path for path in sorted(SERVICES.glob("*.py")) if path.name != "verbs.py"]


def test_that_every_listed_verb_is_used():
    used = set().union(*map(literals, service_files()))
    assert set(VERBS) - used == set()


def operations(path: Path) -> set[str]:
    """Return the verbs a file opens an operation for, by name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if called and node.func.id in {"operation", "writing"}:
            verb = node.args[1]
            if isinstance(verb, ast.Constant):
                found.add(verb.value)
    return found


def test_that_every_operation_has_a_listed_verb(rich: Hus):
    named = set().union(*map(operations, service_files()))
    assert len(named) > 40
    assert named - set(VERBS) == set()
    assert set(rich.verbs()) - set(VERBS) == set()


def test_that_labels_ask_only_for_numbers():
    asked = {name for verb in VERBS.values() for name in re.findall(r"\{(\w+)\}", verb.label)}
    assert asked == {"sak", "moete"}
