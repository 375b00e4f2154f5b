"""A toppnotat as small pieces to be shown: only those that changed are made anew.

A piece is a block of the document as Qt shows it, with the ids of the text blocks it shows, so
that the preview can follow the one that is being written.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage

from desktop.documents.compose_toppnotat import compose_toppnotat
from desktop.documents.content import SeksjonContent, ToppnotatContent
from desktop.documents.document import DocBlock, FigureFile, TreePart
from desktop.documents.html import html_by_block
from desktop.richtext.tree import Figure, Tree, walk
from desktop.viewmodels.preview_html import for_qt


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the document: the HTML it came from, what Qt shows, its pictures, its ids."""

    source: str
    html: str
    figures: Mapping[str, QImage] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()


class PieceMaker:
    """Makes the pieces of a note; those that are as before are taken from the last time.

    Touches no widget and no archive, and may run in another thread, one call at a time.
    """

    def __init__(self) -> None:
        self._known: dict[str, Piece] = {}

    def make(self, content: ToppnotatContent) -> tuple[Piece, ...]:
        """Return the pieces of a note from top to bottom."""
        document = compose_toppnotat(content)
        blocks = tuple(_small(document.blocks))
        body, rest = html_by_block(replace(document, blocks=blocks))
        made = [self._piece(html, _ids(one)) for html, one in zip(body, blocks, strict=True)]
        made += [self._piece(html, frozenset()) for html in rest]
        self._known = {piece.source: piece for piece in made if piece.source}
        return tuple(piece for piece in made if piece.source)

    def _piece(self, source: str, ids: frozenset[str]) -> Piece:
        known = self._known.get(source)
        if known is not None:
            return known if known.ids == ids else replace(known, ids=ids)
        figures: dict[str, QImage] = {}
        html = for_qt(source, figures)
        return Piece(source, html, figures, ids)


class _Told(QObject):
    done = Signal(object)
    failed = Signal(str)


class _Job(QRunnable):
    def __init__(self, maker: PieceMaker, content: ToppnotatContent) -> None:
        super().__init__()
        self.told = _Told()
        self._maker = maker
        self._content = content

    def run(self) -> None:
        """Make the pieces in a thread of the pool."""
        try:
            made = self._maker.make(self._content)
        except Exception:  # noqa: BLE001
            self.told.failed.emit(traceback.format_exc())
        else:
            self.told.done.emit(made)


class Previewer(QObject):
    """Makes the pieces of notes in the background; of several that wait only the newest counts.

    Signals:
        ready: the pieces of a note, from top to bottom.
        failed: the traceback of an error nobody expected.
    """

    ready = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._maker = PieceMaker()
        self._running: _Job | None = None
        self._waiting: ToppnotatContent | None = None

    @property
    def is_busy(self) -> bool:
        """Whether pieces are being made."""
        return self._running is not None

    def request(self, content: ToppnotatContent) -> None:
        """Ask for the pieces of a note."""
        if self._running is not None:
            self._waiting = content
            return
        self._running = _Job(self._maker, content)
        self._running.told.done.connect(self._done)
        self._running.told.failed.connect(self._failed)
        QThreadPool.globalInstance().start(self._running)

    def _done(self, pieces: object) -> None:
        self._next()
        if not self.is_busy:
            self.ready.emit(pieces)

    def _failed(self, trace: str) -> None:
        self._next()
        self.failed.emit(trace)

    def _next(self) -> None:
        self._running, waiting, self._waiting = None, self._waiting, None
        if waiting is not None:
            self.request(waiting)


def _small(blocks: tuple[DocBlock, ...]) -> Iterator[DocBlock]:
    """Yield the blocks of a document, a text as one part for each of its own blocks."""
    for block in blocks:
        if isinstance(block, TreePart):
            yield from (replace(block, tree=Tree((one,))) for one in block.tree.blocks)
        else:
            yield block


def _ids(block: DocBlock) -> frozenset[str]:
    if not isinstance(block, TreePart):
        return frozenset()
    return frozenset(one.id for one in walk(block.tree.blocks))


def figures_of(*trees: Tree) -> set[str]:
    """Return the SHA-256 of the pictures in some texts."""
    return {
        block.file for tree in trees for block in walk(tree.blocks) if isinstance(block, Figure)
    }


def as_written(
    content: ToppnotatContent,
    *,
    forslag: Tree,
    seksjoner: tuple[SeksjonContent, ...],
    figures: Mapping[str, FigureFile],
) -> ToppnotatContent:
    """Return a note with the texts that stand in the fields just now."""
    return replace(
        content,
        forslag=forslag,
        seksjoner=seksjoner,
        figurer={**content.figurer, **figures},
    )
