"""An archive that is only read: no lock, no log, no recording, and no time spent on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy.orm import Session

from desktop.storage.engine import Database
from desktop.storage.errors import CannotOpenError
from desktop.storage.header import check_version, read_header
from desktop.storage.migrations import STEPS
from desktop.storage.reading import Reading


class ArchiveReader:
    """An archive open for reading alone, also while another program writes in it."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            CannotOpenError: `finnes_ikke`, `ikke_motebok`, `nyere_versjon`, `eldre_versjon`,
                `skadet`, `avbrutt_skriving`.
        """
        header = read_header(path)
        check_version(path, header, len(STEPS))
        if header.version < len(STEPS):
            raise CannotOpenError("eldre_versjon", sti=str(path), versjon=header.version)
        self.path = path
        self._database = Database(path, mode="ro")
        self._reading = Reading(self._database)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that sees one state of the archive."""
        with self._reading.session() as session:
            yield session

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the archive."""
        self.close()
