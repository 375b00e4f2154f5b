"""What is measured: the møtepakke of meeting 4/2023 in the example archive."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.documents.document import Document

if TYPE_CHECKING:
    from desktop.documents.content import MoetepakkeContent

_MEETING = "4/2023"
_CREATED = datetime(2023, 12, 1, 9, 30, tzinfo=UTC)


def keep_content(path: Path) -> None:
    """Make the example archive, gather the møtepakke and keep it in a file for the processes."""
    from desktop.cli.dokumenter import gather  # noqa: PLC0415
    from desktop.services.eksempel import EXAMPLE_UTVALG, make_example  # noqa: PLC0415
    from desktop.services.papers import Dokumenttype  # noqa: PLC0415
    from desktop.storage.archive import Archive  # noqa: PLC0415

    with Archive.create(path.with_suffix(".motebok"), bruker="Måling") as archive:
        make_example(archive)
        types = [Dokumenttype.MOETEPAKKE]
        found = gather(archive, _MEETING, utvalg=EXAMPLE_UTVALG, types=types)
    path.write_bytes(pickle.dumps(found.papers[0].innhold, pickle.HIGHEST_PROTOCOL))


def load(path: Path) -> MoetepakkeContent | Document:
    """Return the content or the document that was kept."""
    kept: MoetepakkeContent | Document = pickle.loads(path.read_bytes())  # noqa: S301 - our own
    return kept


def compose(kept: MoetepakkeContent | Document) -> Document:
    """Return the document that says the content; a document is one already."""
    if isinstance(kept, Document):
        return kept
    from desktop.documents.compose_moetepakke import compose_moetepakke  # noqa: PLC0415

    return compose_moetepakke(kept, created=_CREATED)


def keep_document(content: Path, path: Path) -> None:
    """Compose the document once and keep it in a file for the processes."""
    path.write_bytes(pickle.dumps(compose(load(content)), pickle.HIGHEST_PROTOCOL))


def repeated(path: Path, times: int) -> Document:
    """Return a document of that many møtepakker, each with objects of its own."""
    from desktop.documents.finish import with_unique_ids  # noqa: PLC0415

    first, *others = (compose(load(path)) for _ in range(times))
    blocks = first.blocks + tuple(block for other in others for block in other.blocks)
    return replace(first, blocks=with_unique_ids(blocks))
