import copy
import json
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.richtext.codec import (
    CodecError,
    DamagedTextError,
    InvalidTreeError,
    NewerVersionError,
    dumps,
    from_data,
    join_blocks,
    loads,
    split_blocks,
    to_data,
)
from desktop.richtext.tree import (
    Cell,
    Figure,
    Footnote,
    Heading,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Run,
    Table,
    Tree,
)
from desktop.richtext.validate import validate
from tests.trees import trees

EVERYTHING = Tree(
    (
        Heading((Run("Bakgrunn"),), 2, "h" * 10),
        Paragraph(
            (
                Run("Se "),
                Run("her", bold=True, italic=True, superscript=True, link="#x"),
                LineBreak(),
                Footnote("n1", (Run("note"),)),
            ),
            "caption",
            "p" * 10,
        ),
        ListBlock((ListItem((Paragraph((), id="i" * 10),)),), "number", "a)", 3, "l" * 10),
        Table((Row((Cell((Paragraph((), id="c" * 10),)),)),), 0, (2,), "t" * 10),
        Figure("0" * 64, "En graf", 120, "f" * 10),
    )
)


@given(trees())
def test_that_a_tree_is_the_same_after_storing(tree):
    assert loads(dumps(tree)) == tree


@given(trees())
def test_that_a_tree_is_the_same_after_exchanging(tree):
    assert from_data(json.loads(json.dumps(to_data(tree)))) == tree


@given(trees())
def test_that_storing_again_gives_the_same_text(tree):
    assert dumps(loads(dumps(tree))) == dumps(tree)


@given(trees())
def test_that_blocks_split_from_a_stored_text_join_to_the_same_text(tree):
    text = dumps(tree)
    ids, blocks = split_blocks(text)
    assert ids == [block.id for block in tree.blocks]
    assert join_blocks(ids, blocks) == text


@given(trees(), st.randoms())
def test_that_blocks_joined_in_another_order_are_that_tree(tree, random):
    ids, blocks = split_blocks(dumps(tree))
    random.shuffle(ids)
    by_id = {block.id: block for block in tree.blocks}
    assert join_blocks(ids, blocks) == dumps(Tree(tuple(by_id[block_id] for block_id in ids)))


def test_that_the_stored_form_has_norwegian_names_and_no_defaults():
    text = dumps(EVERYTHING)
    data = json.loads(text)
    assert list(data) == ["versjon", "sha256", "blokker"]
    assert data["blokker"] == [
        {"type": "overskrift", "id": "h" * 10, "innhold": [{"tekst": "Bakgrunn"}], "nivaa": 2},
        {
            "type": "avsnitt",
            "id": "p" * 10,
            "stil": "bildetekst",
            "innhold": [
                {"tekst": "Se "},
                {"tekst": "her", "fet": True, "kursiv": True, "hevet": True, "lenke": "#x"},
                {"linjeskift": True},
                {"fotnote": "n1", "innhold": [{"tekst": "note"}]},
            ],
        },
        {
            "type": "liste",
            "id": "l" * 10,
            "slag": "nummer",
            "format": "a)",
            "start": 3,
            "punkter": [{"blokker": [{"type": "avsnitt", "id": "i" * 10, "innhold": []}]}],
        },
        {
            "type": "tabell",
            "id": "t" * 10,
            "overskriftsrader": 0,
            "kolonnebredder": [2],
            "rader": [
                {"celler": [{"blokker": [{"type": "avsnitt", "id": "c" * 10, "innhold": []}]}]}
            ],
        },
        {"type": "figur", "id": "f" * 10, "fil": "0" * 64, "alt": "En graf", "bredde_mm": 120},
    ]
    canonical = json.dumps(
        data["blokker"], ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    assert data["sha256"] == sha256(canonical.encode()).hexdigest()
    assert text.endswith(f'"blokker":{canonical}}}')


def test_that_an_invalid_tree_is_not_stored():
    with pytest.raises(InvalidTreeError) as caught:
        dumps(Tree((Paragraph((Run(""), Run("\n", bold=True))),)))
    assert [problem.code for problem in caught.value.problems] == ["empty_run", "unclean_text"]
    with pytest.raises(InvalidTreeError):
        to_data(Tree((Paragraph((), id="x"),)))


@pytest.mark.parametrize(
    ("place", "value", "path"),
    [
        (("versjon",), True, "versjon"),
        (("versjon",), "1", "versjon"),
        (("versjon",), 0, "versjon"),
        (("skrift",), "stor", "skrift"),
        (("blokker",), {}, "blokker"),
        (("blokker", 0), None, "blokker[0]"),
        (("blokker", 0, "type"), "sitat", "blokker[0].type"),
        (("blokker", 0, "type"), 1, "blokker[0].type"),
        (("blokker", 0, "farge"), "rød", "blokker[0].farge"),
        (("blokker", 0, "nivaa"), 4, "blokker[0].nivaa"),
        (("blokker", 0, "nivaa"), True, "blokker[0].nivaa"),
        (("blokker", 0, "nivaa"), 2.0, "blokker[0].nivaa"),
        (("blokker", 0, "id"), "Kort", "blokker[0]"),
        (("blokker", 0, "innhold"), None, "blokker[0].innhold"),
        (("blokker", 1, "stil"), "sitat", "blokker[1].stil"),
        (("blokker", 1, "innhold", 0), "tekst", "blokker[1].innhold[0]"),
        (("blokker", 1, "innhold", 0), {}, "blokker[1].innhold[0]"),
        (("blokker", 1, "innhold", 0, "tekst"), 3, "blokker[1].innhold[0].tekst"),
        (("blokker", 1, "innhold", 1, "fet"), 1, "blokker[1].innhold[1].fet"),
        (("blokker", 1, "innhold", 1, "lenke"), "file:x", "blokker[1].innhold[1]"),
        (("blokker", 1, "innhold", 2, "linjeskift"), False, "blokker[1].innhold[2]"),
        (
            ("blokker", 1, "innhold", 3, "innhold", 0),
            {"fotnote": "n2", "innhold": []},
            "blokker[1].innhold[3].innhold[0]",
        ),
        (("blokker", 2, "slag"), "romertall", "blokker[2].slag"),
        (("blokker", 2, "punkter", 0, "x"), 1, "blokker[2].punkter[0].x"),
        (("blokker", 2, "punkter", 0, "blokker"), [], "blokker[2].punkter[0]"),
        (("blokker", 3, "kolonnebredder", 0), "2", "blokker[3].kolonnebredder[0]"),
        (
            ("blokker", 3, "rader", 0, "celler", 0, "kolonner"),
            "2",
            "blokker[3].rader[0].celler[0].kolonner",
        ),
        (("blokker", 4, "bredde_mm"), None, "blokker[4].bredde_mm"),
        (("blokker", 4, "fil"), "../../x", "blokker[4]"),
    ],
)
def test_that_what_the_schema_does_not_know_is_refused_at_its_place(place, value, path):
    data = copy.deepcopy(to_data(EVERYTHING))
    inside = data
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    with pytest.raises(CodecError) as caught:
        from_data(data)
    assert caught.value.path == path
    assert caught.value.reason.endswith(".")
    assert str(caught.value) == f"{path}: {caught.value.reason}"


@pytest.mark.parametrize("field", ["versjon", "blokker"])
def test_that_a_missing_field_is_named(field):
    data = to_data(EVERYTHING)
    del data[field]
    with pytest.raises(CodecError) as caught:
        from_data(data)
    assert caught.value.path == field


def test_that_an_explicit_default_is_understood():
    data = to_data(Tree((Paragraph((Run("a"),), id="a" * 10),)))
    data["blokker"][0] |= {"stil": "normal"}
    data["blokker"][0]["innhold"][0] |= {"fet": False}
    assert from_data(data).blocks[0].inlines == (Run("a"),)


def test_that_a_newer_version_is_told_from_damage():
    newer = dumps(EVERYTHING).replace('"versjon":1', '"versjon":2').replace("Bakgrunn", "Nytt")
    for read in (loads, split_blocks):
        with pytest.raises(NewerVersionError):
            read(newer)


def test_that_a_changed_letter_is_damage():
    damaged = dumps(EVERYTHING).replace("Bakgrunn", "Bakgrunm")
    for read in (loads, split_blocks):
        with pytest.raises(DamagedTextError):
            read(damaged)


def test_that_other_spacing_and_key_order_is_the_same_text():
    data = json.loads(dumps(EVERYTHING))
    pretty = json.dumps(dict(reversed(data.items())), indent=2)
    assert loads(pretty) == EVERYTHING
    with pytest.raises(CodecError):
        split_blocks(pretty)


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{}", "[" * 100_000, '{"versjon":NaN}', "1" * 5000, "\ufeff{}",
        '"\ud800"',
        '{"versjon":1,"sha256":"","blokker":' + "[" * 900 + "]" * 900 + "}",
    ],
)  # fmt: skip
def test_that_what_is_no_text_is_refused_and_nothing_else_is_raised(text):
    for read in (loads, split_blocks):
        with pytest.raises(CodecError):
            read(text)


def test_that_a_missing_block_cannot_be_joined():
    with pytest.raises(CodecError):
        join_blocks(["a"], {})


def test_that_two_blocks_of_one_id_cannot_be_split():
    block = '{"id":"aaaaaaaaaa","innhold":[],"type":"avsnitt"}'
    text = join_blocks(["a", "b"], {"a": block, "b": block})
    with pytest.raises(CodecError):
        split_blocks(text)


_JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 2**70), st.floats(), st.text(max_size=3),
    st.just([]), st.just({}), st.just({"tekst": "x"}), st.just({"type": "liste"}),
).map(copy.deepcopy)  # fmt: skip


def _places(data):
    if isinstance(data, dict):
        for key, value in data.items():
            yield data, key
            yield from _places(value)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield data, index
            yield from _places(value)


@settings(max_examples=300)
@given(trees(), st.data())
def test_that_mutated_data_is_read_as_a_valid_tree_or_refused(tree, source):
    data = copy.deepcopy(to_data(tree))
    for _ in range(source.draw(st.integers(1, 3))):
        places = list(_places(data))
        if not places:
            break
        container, key = places[source.draw(st.integers(0, len(places) - 1))]
        change = source.draw(st.sampled_from(["replace", "remove", "add", "move"]))
        if change == "remove":
            del container[key]
        elif change == "move":
            container[key] = copy.deepcopy(places[-1][0])
        elif change == "add" and isinstance(container, dict):
            container[source.draw(st.sampled_from(["x", "fet", "start", "id"]))] = source.draw(
                _JUNK
            )
        else:
            container[key] = source.draw(_JUNK)
    try:
        read = from_data(data)
    except CodecError:
        return
    assert validate(read) == []


@settings(max_examples=300)
@given(trees(max_blocks=2), st.data())
def test_that_a_text_changed_anywhere_is_refused_or_means_the_same(tree, source):
    text = dumps(tree)
    start = source.draw(st.integers(0, len(text) - 1))
    end = source.draw(st.integers(start, min(len(text), start + 5)))
    put = source.draw(
        st.one_of(st.text(max_size=2), st.sampled_from(['"', "{", "]", ",", "1", "\\"]))
    )
    changed = text[:start] + put + text[end:]
    for read in (loads, split_blocks):
        try:
            result = read(changed)
        except CodecError:
            continue
        assert result == read(text)
