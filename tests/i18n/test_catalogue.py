from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from desktop.i18n import build
from desktop.i18n.catalogue import NYNORSK_CATALOGUE, words
from desktop.ressurser import resource_path


@pytest.fixture(scope="module")
def template():
    return build.extracted()


@pytest.fixture(scope="module")
def nynorsk():
    with resource_path(NYNORSK_CATALOGUE.replace(".mo", ".po")).open("rb") as file:
        return read_po(file, locale="nn")


def ids(catalogue):
    return {(message.id, message.context) for message in catalogue if message.id}


def strings(catalogue):
    return {_singular(m.id): tuple(m.string) for m in catalogue if m.id and m.string}


def test_that_every_source_string_outside_the_window_has_a_nynorsk_one(template, nynorsk):
    missing = [
        message.id
        for message in template
        if message.id
        and not build.is_window_only(message)
        and not _complete(nynorsk.get(_singular(message.id), message.context))
    ]
    assert missing == [], "run python -m desktop.i18n.build and fill in motebok.po"


def _singular(source):
    return source if isinstance(source, str) else source[0]


def _complete(message):
    if message is None:
        return False
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(texts) and not message.fuzzy


def test_that_the_catalogue_has_no_words_that_the_program_has_not(template, nynorsk):
    assert ids(nynorsk) <= ids(template)


def test_that_the_template_that_is_kept_is_the_one_that_is_extracted(template):
    with resource_path("i18n/motebok.pot").open("rb") as file:
        assert ids(read_po(file)) == ids(template)


def test_that_the_compiled_catalogue_is_the_written_one(nynorsk):
    compiled = strings(read_mo(BytesIO(resource_path(NYNORSK_CATALOGUE).read_bytes())))
    written = {_singular(m.id): tuple(m.string) for m in nynorsk if m.id and _complete(m)}
    assert written.items() <= compiled.items()


def test_that_a_nynorsk_string_has_the_same_fields_as_its_source(nynorsk):
    for message in filter(_complete, nynorsk):
        source = message.id if isinstance(message.id, tuple) else (message.id,)
        target = message.string if isinstance(message.string, tuple) else (message.string,)
        for one, other in zip(source, target, strict=True):
            assert sorted(re.findall(r"\{\w*\}", one)) == sorted(re.findall(r"\{\w*\}", other))
            assert one.endswith((" ", ":", ".")) == other.endswith((" ", ":", ".")), one


def test_that_writing_the_catalogues_again_changes_nothing(template, nynorsk):
    again = read_po(BytesIO(build.po_bytes(nynorsk)), locale="nn")
    assert build.po_bytes(again) == build.po_bytes(nynorsk)
    assert b"Date" not in build.po_bytes(template)


def test_that_bokmaal_words_are_the_source_strings():
    _ = words("nb")
    assert _("Forslag til vedtak") == "Forslag til vedtak"
    assert _.plural("sak {saker}", "sakene {saker}", 1) == "sak {saker}"


def test_that_nynorsk_words_are_those_of_the_catalogue():
    _ = words("nn")
    assert _("Forslag til vedtak") == "Framlegg til vedtak"
    assert _("Videre saksprosess") == "Vidare saksgang"
    assert _("") == ""
    assert _.plural("sak {saker}", "sakene {saker}", 2) == "sakene {saker}"


def test_that_a_language_without_catalogue_is_refused():
    with pytest.raises(ValueError, match="se"):
        words("se")


def test_that_the_package_loads_no_babel_before_it_is_used():
    code = (
        "import sys, desktop.i18n.dates, desktop.i18n.lists, desktop.i18n.sorting, "
        "desktop.i18n.catalogue, desktop.i18n.messages, desktop.i18n.parsing, desktop.i18n.terms; "
        "print([name for name in sys.modules if name.split('.')[0] in ('babel', 'gettext')])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert shown.strip() == "[]"
