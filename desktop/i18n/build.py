"""Bring the catalogues up to date: `python -m desktop.i18n.build`.

Collects the source strings of `desktop/` into `motebok.pot`, updates the nynorsk `motebok.po` (an
empty `msgstr` waits for a translator; that of a string of the window may wait) and compiles
`motebok.mo`. Run it after a change of words and commit all three files. The files hold no dates, so
that nothing changes when no word did.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from desktop.ressurser import resource_root

KEYWORDS = {"_": None, "N_": None, "plural": (1, 2), "context": ((1, "c"), 2)}

_SOURCE = Path(__file__).resolve().parents[1]
_UNSTABLE_HEADERS = (
    b'"POT-Creation-Date',
    b'"PO-Revision-Date',
    b'"Generated-By',
    b'"Report-Msgid-Bugs-To',
    b'"Last-Translator',
    b'"Language-Team',
)
_WINDOW = ("desktop/app/", "desktop/viewmodels/", "desktop/views/")
_COMMENT = "# The words of Møtebok; the source strings are bokmål."


def _empty(locale: str | None) -> Catalog:
    return Catalog(
        locale=locale,
        project="motebok",
        version="1",
        charset="utf-8",
        fuzzy=False,
        header_comment=_COMMENT,
    )


def extracted() -> Catalog:
    """Return every source string of the program, each with the files it stands in."""
    catalogue = _empty(None)
    found = extract_from_dir(str(_SOURCE), [("**.py", "python")], keywords=KEYWORDS)
    for name, line, text, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        place = (f"desktop/{Path(name).as_posix()}", line)
        catalogue.add(text, locations=[place], auto_comments=comments, context=context)
    return catalogue


def nynorsk(template: Catalog, path: Path) -> Catalog:
    """Return the nynorsk catalogue of `path` with the strings of the template and no others."""
    catalogue = _empty("nn")
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale="nn")
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def is_window_only(message: Message) -> bool:
    """Tell whether only the window says a string; the window speaks bokmål."""
    places = [name for name, _line in message.locations]
    return bool(places) and all(place.startswith(_WINDOW) for place in places)


def po_bytes(catalogue: Catalog) -> bytes:
    """Return a catalogue as a .po file without dates and line numbers."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=96, sort_output=True, include_lineno=False)
    lines = buffer.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_UNSTABLE_HEADERS))


def mo_bytes(catalogue: Catalog) -> bytes:
    """Return a catalogue compiled for `gettext`."""
    with_fixed_header = read_po(BytesIO(po_bytes(catalogue)), locale="nn")
    buffer = BytesIO()
    write_mo(buffer, with_fixed_header)
    return buffer.getvalue()


def main() -> int:
    """Write the three files; return 1 and name the strings if any has no nynorsk yet."""
    folder = resource_root() / "i18n"
    po_path = folder / "nn" / "LC_MESSAGES" / "motebok.po"
    po_path.parent.mkdir(parents=True, exist_ok=True)
    template = extracted()
    catalogue = nynorsk(template, po_path)
    (folder / "motebok.pot").write_bytes(po_bytes(template))
    po_path.write_bytes(po_bytes(catalogue))
    po_path.with_suffix(".mo").write_bytes(mo_bytes(catalogue))
    missing = [
        message.id
        for message in catalogue
        if message.id and not message.string and not is_window_only(message)
    ]
    for source in missing:
        sys.stderr.write(f"Mangler nynorsk: {source}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
