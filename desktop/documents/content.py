"""What the documents say: values gathered once, before any document is composed.

Everything is resolved: numbers are as the utvalg writes them, names are those of the meeting's
date, clock times are computed. Dates and times are local values, and texts are trees; the composers
give them their form in the language of the utvalg. Knows no database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from desktop.documents.document import FigureFile
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Innspillslag, Postslag, Seksjonslag, Vedleggslag
from desktop.rules.kinds import Maalform, Moeteform, Sakstype, Toppnotatstatus
from desktop.rules.states import ReferatTilstand, SakTilstand

_NO_TEXT = Tree()


@dataclass(frozen=True, slots=True)
class UtvalgContent:
    """The body that meets.

    Attributes:
        navn: "Nasjonalt e-helseråd".
        bestemt: the name in running text ("Nasjonalt e-helseråd", "rådet").
        kortnavn: "E-helserådet".
        maalform: the language of its documents.
        sekretariat_navn: the organisation that is its secretariat; the author of its documents.
    """

    navn: str
    bestemt: str
    kortnavn: str
    maalform: Maalform
    sekretariat_navn: str


@dataclass(frozen=True, slots=True)
class PersonContent:
    """A person with the name of the organisation at the meeting's date ("" where none is told)."""

    navn: str
    organisasjon: str = ""


@dataclass(frozen=True, slots=True)
class VedleggContent:
    """A vedlegg of a sak.

    Attributes:
        nummer: "6" or "6A".
        tittel: of a toppnotat the title of its sak ("Toppnotat" is put in front); of a file or link
            its own; not used for a referat that says what it is from.
        url: of a link; with it the title is a link.
        filnavn: of a file that is sent beside the papers.
        referat_utvalg, referat_dato: of a referat, the body that met and when: the title becomes
            "Referat fra Nasjonalt e-helseråd 4. oktober 2023".
    """

    nummer: str
    tittel: str
    slag: Vedleggslag
    url: str | None = None
    filnavn: str | None = None
    referat_utvalg: str = ""
    referat_dato: date | None = None


@dataclass(frozen=True, slots=True)
class PostContent:
    """A row of a day's running order.

    Attributes:
        sak_key: the key of the sak in `MoeteContent.saker`, when the row is a sak. Number, title
            and sakstype are then the sak's.
        tittel: of a pause or a free point.
        endret: its clock time is another than in the innkalling that was sent.
    """

    slag: Postslag
    start: time | None
    tittel: str = ""
    sak_key: str | None = None
    endret: bool = False


@dataclass(frozen=True, slots=True)
class MoetedagContent:
    """One day of a meeting and its running order. `sted` is "" where none is decided."""

    dato: date
    fra: time
    til: time
    sted: str = ""
    poster: tuple[PostContent, ...] = ()


@dataclass(frozen=True, slots=True)
class SakContent:
    """A sak as the agenda has it.

    Attributes:
        key: unique in the meeting; what `PostContent.sak_key` names.
        nummer: "28/23", in the utvalg's own pattern; "" for a sak that has none.
        provisional: the number is not fixed.
        sakstype: None for Eventuelt.
        omtale: what the agenda says about it.
        forslag: the proposed vedtak.
        vedlegg: in order, with their numbers.
        endret_etter_innkalling: added or changed since the innkalling was sent.
    """

    key: str
    nummer: str
    tittel: str
    sakstype: Sakstype | None = None
    provisional: bool = False
    omtale: Tree = _NO_TEXT
    forslag: Tree = _NO_TEXT
    toppnotatstatus: Toppnotatstatus = Toppnotatstatus.IKKE_AKTUELT
    vedlegg: tuple[VedleggContent, ...] = ()
    tilstand: SakTilstand = SakTilstand.PAA_DAGSORDEN
    endret_etter_innkalling: bool = False


@dataclass(frozen=True, slots=True)
class MoeteContent:
    """A meeting with its agenda: all of an innkalling, and the frame of a referat.

    Attributes:
        nummer: 4, of møte 4/2023.
        moetedager: one or more, in order.
        form: how it is held.
        digital_lenke: where to join; printed with the place.
        medlemmer: the members at the meeting's date, in order.
        saker: in the order of the running order; each is printed as a block, also one that stands
            in no row.
        provisional: the innkalling is not frozen: «Foreløpig».
        oppdatert: when an updated innkalling was made; None for the first.
        figurer: the pictures of the texts, by SHA-256.
    """

    utvalg: UtvalgContent
    nummer: int
    aar: int
    moetedager: tuple[MoetedagContent, ...]
    form: Moeteform = Moeteform.FYSISK
    digital_lenke: str | None = None
    medlemmer: tuple[PersonContent, ...] = ()
    saker: tuple[SakContent, ...] = ()
    provisional: bool = False
    oppdatert: date | None = None
    figurer: Mapping[str, FigureFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SeksjonContent:
    """A section of a toppnotat, at its place in the order.

    `overskrift` replaces the usual heading, and is the heading of a section of its own (`EGEN`).
    The sections forslag, tidligere vedtak and vedlegg only mark the place: their texts are
    `ToppnotatContent.forslag`, `.tidligere_vedtak` and `.vedlegg`. Without a place of their own the
    first stands at the start and the other two at the end.
    """

    slag: Seksjonslag
    innhold: Tree = _NO_TEXT
    overskrift: str | None = None


@dataclass(frozen=True, slots=True)
class TidligereVedtakContent:
    """A row of earlier vedtak. `sak` is "Sak 22/23 i Nasjonalt e-helseråd (4. oktober 2023)"."""

    sak: str
    tema: str
    formulering: Tree


@dataclass(frozen=True, slots=True)
class ToppnotatContent:
    """A briefing note.

    Attributes:
        moete_short: "4/23"; "" for a sak without a meeting.
        dato: the first day of the meeting.
        saksnummer: "31/23"; "" for a sak without a number.
        provisional: the number is not fixed: «Foreløpig».
        fra: the owners of the sak.
        seksjoner: in order; see `SeksjonContent`.
        vedlegg: what comes with the note: not the note itself.
        identity: name and value of what the Word file carries to be known again.
        referanse: a short visible mark of the same, in the page foot.
    """

    utvalg: UtvalgContent
    moete_short: str
    dato: date | None
    saksnummer: str
    tittel: str
    sakstype: Sakstype | None = None
    provisional: bool = False
    fra: tuple[PersonContent, ...] = ()
    saksbehandlere: tuple[PersonContent, ...] = ()
    forslag: Tree = _NO_TEXT
    seksjoner: tuple[SeksjonContent, ...] = ()
    tidligere_vedtak: tuple[TidligereVedtakContent, ...] = ()
    vedlegg: tuple[VedleggContent, ...] = ()
    identity: tuple[tuple[str, str], ...] = ()
    referanse: str = ""
    figurer: Mapping[str, FigureFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OppmoeteContent:
    """A member who was there; `fra_sak` and `til_sak` ("20/23") where not for the whole meeting."""

    person: PersonContent
    digitalt: bool = False
    fra_sak: str | None = None
    til_sak: str | None = None


@dataclass(frozen=True, slots=True)
class StedfortrederContent:
    """Somebody who met in the place of a member; `for_navn` is the member's name."""

    oppmoete: OppmoeteContent
    for_navn: str


@dataclass(frozen=True, slots=True)
class GjestContent:
    """A guest, and the numbers of the saker the guest was there for (none: the whole meeting)."""

    person: PersonContent
    saker: tuple[str, ...] = ()
    digitalt: bool = False


@dataclass(frozen=True, slots=True)
class SekretariatContent:
    """The secretariat's people of one organisation."""

    organisasjon: str
    personer: tuple[OppmoeteContent, ...]


@dataclass(frozen=True, slots=True)
class InnspillContent:
    """A line of what was put forward.

    Attributes:
        slag: a point, a paragraph or a small heading.
        innhold: its text; a point can hold several blocks.
        nivaa: 0 is the outermost. A paragraph of level 1 or deeper continues the point above it;
            of level 0 it stands between the points.
    """

    slag: Innspillslag
    innhold: Tree
    nivaa: int = 0


@dataclass(frozen=True, slots=True)
class AksjonspunktContent:
    """Who does what by when."""

    tekst: str
    ansvarlig: str = ""
    frist: date | None = None


@dataclass(frozen=True, slots=True)
class SaksreferatContent:
    """What was said and decided in one sak.

    `key` is that of the sak in `MoeteContent.saker`, from where number, title, sakstype and state
    are taken. `vedtak` is None where none was adopted.
    """

    key: str
    innledning: Tree = _NO_TEXT
    innspill: tuple[InnspillContent, ...] = ()
    oppsummering: Tree = _NO_TEXT
    aksjonspunkter: tuple[AksjonspunktContent, ...] = ()
    habilitet: Tree = _NO_TEXT
    protokolltilfoersel: Tree = _NO_TEXT
    vedtak: Tree | None = None


@dataclass(frozen=True, slots=True)
class ReferatContent:
    """The minutes of a meeting.

    Attributes:
        moete: the meeting and its saker, with their states after the meeting.
        kommentarfrist: printed while the referat is out for comment.
        godkjent_i_sak: "29/23", the later sak that approved it.
    """

    moete: MoeteContent
    saker: tuple[SaksreferatContent, ...]
    tilstand: ReferatTilstand
    til_stede: tuple[OppmoeteContent, ...] = ()
    ikke_til_stede: tuple[PersonContent, ...] = ()
    stedfortredere: tuple[StedfortrederContent, ...] = ()
    andre: tuple[GjestContent, ...] = ()
    sekretariat: tuple[SekretariatContent, ...] = ()
    kommentarfrist: date | None = None
    godkjent_i_sak: str | None = None
    figurer: Mapping[str, FigureFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PakkedelContent:
    """A vedlegg in the møtepakke: whole when Møtebok made it, else a page with name or link.

    `sak_key` is the key of the sak it belongs to.
    """

    vedlegg: VedleggContent
    sak_key: str
    innhold: ToppnotatContent | ReferatContent | None = None


@dataclass(frozen=True, slots=True)
class MoetepakkeContent:
    """The innkalling and every vedlegg in order, as one file."""

    moete: MoeteContent
    deler: tuple[PakkedelContent, ...]
