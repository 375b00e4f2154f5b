"""What the further documents say, of a meeting, of a year and of the open commitments.

As in `content`, everything is resolved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from desktop.documents.content import (
    MoeteContent,
    PersonContent,
    SakContent,
    SaksreferatContent,
    UtvalgContent,
)
from desktop.documents.document import FigureFile
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Postslag
from desktop.rules.kinds import Sakstype
from desktop.rules.standing import Standing
from desktop.rules.states import OppfoelgingTilstand, ReferatTilstand


@dataclass(frozen=True, slots=True)
class SakslisteContent:
    """The saker of a meeting on one page."""

    moete: MoeteContent


@dataclass(frozen=True, slots=True)
class SaerutskriftContent:
    """One sak with what was said and decided in it.

    Attributes:
        moete: the meeting; its saker are not printed.
        referat: the state of the minutes; None while the meeting is not held.
        godkjent_i_sak: "29/23", the later sak that approved the minutes.
    """

    moete: MoeteContent
    sak: SakContent
    said: SaksreferatContent
    fra: tuple[PersonContent, ...] = ()
    saksbehandlere: tuple[PersonContent, ...] = ()
    referat: ReferatTilstand | None = None
    godkjent_i_sak: str | None = None
    figurer: Mapping[str, FigureFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VedtakContent:
    """A vedtak. `som_foreslaatt` is None where nothing is known or nothing was proposed.

    `key` is unique in the protocol, and `nummer` "28/23" or another body's reference.
    """

    key: str
    nummer: str
    tittel: str
    tekst: Tree
    sakstype: Sakstype | None = None
    som_foreslaatt: bool | None = None
    dato: date | None = None


@dataclass(frozen=True, slots=True)
class VedtaksmoeteContent:
    """The vedtak of one meeting, and how far its minutes are (None: it is not held)."""

    nummer: str
    dager: tuple[date, ...]
    vedtak: tuple[VedtakContent, ...]
    referat: ReferatTilstand | None = None
    godkjent_i_sak: str | None = None


@dataclass(frozen=True, slots=True)
class VedtaksprotokollContent:
    """All vedtak of a meeting or of a year.

    Attributes:
        aar: the year, of a protocol of a year; None of one meeting's.
        moeter: in order; of one meeting's protocol exactly one.
        registrerte: vedtak of the year that were entered in the register without a sak.
    """

    utvalg: UtvalgContent
    moeter: tuple[VedtaksmoeteContent, ...]
    aar: int | None = None
    registrerte: tuple[VedtakContent, ...] = ()
    figurer: Mapping[str, FigureFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KjoerepostContent:
    """A row of the chair's plan.

    `sak_key` is that of the sak in `MoeteContent.saker`; `tittel` is of a pause or a free point.
    Both clock times are None for a sak that is postponed or withdrawn.
    """

    slag: Postslag
    start: time | None
    slutt: time | None
    tittel: str = ""
    sak_key: str | None = None
    presentatoerer: tuple[PersonContent, ...] = ()
    gjester: tuple[PersonContent, ...] = ()


@dataclass(frozen=True, slots=True)
class KjoereplanContent:
    """The plan of the chair. `dager` are the rows of each day of the meeting, in order."""

    moete: MoeteContent
    dager: tuple[tuple[KjoerepostContent, ...], ...]
    moeteleder: PersonContent | None = None
    referent: PersonContent | None = None
    forfall: tuple[PersonContent, ...] = ()


@dataclass(frozen=True, slots=True)
class OppfoelgingContent:
    """An open commitment.

    Attributes:
        eier: the organisation that took it on, or the person alone; "" for nobody.
        person: who in the organisation.
        saker: "22/23", the saker it came from or is about.
        siste, siste_dato: the last note of its log.
    """

    oppgave: str
    eier: str = ""
    person: str = ""
    saker: tuple[str, ...] = ()
    frist: date | None = None
    tilstand: OppfoelgingTilstand = OppfoelgingTilstand.AAPEN
    stand: Standing = Standing.AAPEN
    siste: str = ""
    siste_dato: date | None = None


@dataclass(frozen=True, slots=True)
class OppfoelgingslisteContent:
    """The open commitments of an utvalg as of a date, each owner's together, by deadline.

    `neste_moete` and `neste_nummer` are of the first meeting from that date on.
    """

    utvalg: UtvalgContent
    dato: date
    rader: tuple[OppfoelgingContent, ...]
    neste_moete: date | None = None
    neste_nummer: str = ""
