"""The papers of a meeting as the rules of the quality check see them: plain, frozen, complete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from desktop.rules.actors import Actor, ActorNames
from desktop.rules.entity_kinds import (
    Fastpostslag,
    Innspillslag,
    Oppmoeterolle,
    Postslag,
    Seksjonslag,
    Vedleggslag,
)
from desktop.rules.kinds import Maalform, Oppmoetestatus, Sakstype
from desktop.rules.kontroll.types import Place, PlaceKind
from desktop.rules.numbering import SakNumberPattern

BlockKind = Literal["avsnitt", "overskrift", "liste", "tabell", "figur", "linje"]

PRESENT = frozenset({Oppmoetestatus.TIL_STEDE, Oppmoetestatus.DIGITALT})


class Link(NamedTuple):
    """A link in a text, from `start` to `end`."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One paragraph, heading or line. `lost` says that it is a figure whose file is gone."""

    place: Place
    text: str
    kind: BlockKind = "avsnitt"
    links: tuple[Link, ...] = ()
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """An utvalg, by its names."""

    id: str
    navn: str
    bestemt: str
    kortnavn: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names, the longest first."""
        return tuple(sorted({self.navn, self.bestemt, self.kortnavn} - {""}, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A row of the running order with its clock. `minutes` is 0 for a row that takes no time."""

    key: str
    slag: Postslag
    title: str
    sak_id: str | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    overrun: int = 0
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the meeting; overrun in minutes."""

    key: str
    dato: dt.date
    til: dt.time
    rows: tuple[AgendaRow, ...] = ()
    overrun: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a toppnotat."""

    key: str
    slag: Seksjonslag
    blocks: tuple[TextBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A vedlegg. `lost` says that its file is gone or empty; `dates` are a referat's meeting's."""

    key: str
    slag: Vedleggslag
    number: str = ""
    title: str = ""
    url: str = ""
    lost: bool = False
    withdrawn: bool = False
    dates: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """An innspill. `named` says that the member asked to be named."""

    key: str
    slag: Innspillslag
    named: bool = False
    speaker: str | None = None
    blocks: tuple[TextBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """What is written about a sak in the referat."""

    innledning: tuple[TextBlock, ...] = ()
    innspill: tuple[Line, ...] = ()
    oppsummering: tuple[TextBlock, ...] = ()
    other: tuple[TextBlock, ...] = ()

    def blocks(self) -> Iterator[TextBlock]:
        """Yield every text in the order of the referat."""
        yield from self.innledning
        for line in self.innspill:
            yield from line.blocks
        yield from self.oppsummering
        yield from self.other


@dataclass(frozen=True, slots=True)
class SakPapers:
    """A sak with everything that is written about it.

    Attributes:
        has_note: whether it shall have a toppnotat; its sections are those of the note.
        out: whether it is postponed or withdrawn.
        treated: whether the meeting has dealt with it.
        owners: the keys of the persons and organisations that own or present it.
    """

    key: str
    number: str
    title: str
    sakstype: Sakstype | None = None
    fastpost: Fastpostslag | None = None
    has_note: bool = False
    has_owner: bool = True
    out: bool = False
    treated: bool = False
    owners: frozenset[str] = frozenset()
    omtale: tuple[TextBlock, ...] = ()
    forslag: tuple[TextBlock, ...] = ()
    sections: tuple[Section, ...] = ()
    earlier: tuple[TextBlock, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    minutes: Minutes | None = None
    vedtak: tuple[TextBlock, ...] = ()

    @property
    def heading(self) -> TextBlock:
        """The title as a text."""
        return TextBlock(Place(PlaceKind.TITTEL, self.key), self.title, "overskrift")

    def papers(self) -> Iterator[TextBlock]:
        """Yield the texts of the innkalling."""
        yield self.heading
        yield from self.omtale
        yield from self.forslag
        for section in self.sections:
            yield from section.blocks
        yield from self.earlier

    def blocks(self) -> Iterator[TextBlock]:
        """Yield every text, those of the referat last."""
        yield from self.papers()
        if self.minutes is not None:
            yield from self.minutes.blocks()
        yield from self.vedtak


@dataclass(frozen=True, slots=True)
class Attendee:
    """How a person takes part. `saker` are those a guest is there for."""

    person_id: str
    navn: str
    rolle: Oppmoeterolle | None = None
    status: Oppmoetestatus | None = None
    is_member: bool = False
    for_id: str | None = None
    fra_sak: str | None = None
    til_sak: str | None = None
    saker: tuple[str, ...] = ()

    @property
    def present(self) -> bool:
        """Whether the person is there, in the room or on the screen."""
        return self.status in PRESENT

    @property
    def in_part(self) -> bool:
        """Whether the person came late or left early."""
        return self.fra_sak is not None or self.til_sak is not None


@dataclass(frozen=True, slots=True)
class KnownMeeting:
    """A meeting of the archive. `number` is None while it has none."""

    id: str
    body_id: str
    year: int
    number: int | None
    dates: tuple[dt.date, ...]


@dataclass(frozen=True, slots=True)
class KnownSeries:
    """What the archive knows of the sak numbers of a body in a year.

    `saker` gives the days of the meeting of each number; `first` is where the series begins.
    """

    first: int
    saker: Mapping[int, tuple[dt.date, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Papers:
    """The papers of one meeting, and what the archive knows that they can contradict."""

    utvalg: Body
    maalform: Maalform
    moete_id: str
    aar: int
    days: tuple[Day, ...]
    saker: tuple[SakPapers, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    moete_nummer: str = ""
    held: bool = False
    digital_lenke: str = ""
    pattern: SakNumberPattern = field(default_factory=lambda: SakNumberPattern("{nr}/{aar2}"))
    bodies: tuple[Body, ...] = ()
    series: Mapping[tuple[str, int], KnownSeries] = field(default_factory=dict)
    meetings: tuple[KnownMeeting, ...] = ()
    actors: tuple[Actor, ...] = ()

    @property
    def date(self) -> dt.date:
        """The first day."""
        return self.days[0].dato

    @cached_property
    def blocks(self) -> tuple[TextBlock, ...]:
        """Every text of the papers, figures aside."""
        every = (block for sak in self.saker for block in sak.blocks())
        return tuple(block for block in every if block.kind != "figur")

    @cached_property
    def attachment_numbers(self) -> frozenset[str]:
        """The numbers of the vedlegg of the meeting, as "6" and "6A"."""
        return frozenset(
            one.number for sak in self.saker for one in sak.attachments if not one.withdrawn
        )

    @cached_property
    def names(self) -> ActorNames:
        """The names of organisations and persons, ready to be found."""
        return ActorNames(self.actors)

    def earlier_meetings(self) -> tuple[KnownMeeting, ...]:
        """Return the meetings of the same body before this one, the last of them last."""
        own = (one for one in self.meetings if one.body_id == self.utvalg.id and one.dates)
        before = (one for one in own if one.id != self.moete_id and one.dates[0] < self.date)
        return tuple(sorted(before, key=lambda one: one.dates[0]))
