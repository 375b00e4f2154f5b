"""What the tab Dokumenter reads: the documents of a meeting, what was sent, the referat's way.

Every function takes a fixed number of statements, whatever the size of the meeting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.i18n.messages import message
from desktop.models import Moete, Moetedag, Mottaker, Sak, Utsendelse, Utvalg, Vedlegg
from desktop.rules.deadlines import deadline_after
from desktop.rules.entity_kinds import Fastpostslag, Utsendelseslag
from desktop.rules.kinds import Maalform
from desktop.rules.states import (
    Kind,
    MoeteTilstand,
    ReferatTilstand,
    SakTilstand,
    rule_against,
)
from desktop.services.access import sak_label
from desktop.services.fingerprint import fingerprint
from desktop.services.innkalling import frame_is_touched
from desktop.services.load import MEMBER_SEATS, load_moete
from desktop.services.papers import Dokumenttype, document_types, further_types, has_toppnotat
from desktop.services.rows import DeltakerRow, SakRow
from desktop.services.snapshot import OUT_OF_AGENDA, MoeteSnapshot
from desktop.storage.archive import Archive
from desktop.storage.files import read_file

_HELD = frozenset({MoeteTilstand.AVHOLDT, MoeteTilstand.AVSLUTTET})
_OPEN = frozenset({MoeteTilstand.PLANLAGT, MoeteTilstand.INNKALT})

_OF_REFERAT = frozenset({Dokumenttype.SAERUTSKRIFT, Dokumenttype.VEDTAKSPROTOKOLL})

_SENT_ORDER = tuple(Utsendelseslag)

PaperKey = tuple[Dokumenttype, str | None]
"""A document of a meeting: its kind and, for a toppnotat or særutskrift, the key of its sak."""


class Papirtilstand(StrEnum):
    """How final a document is."""

    FORELOEPIG = "foreloepig"
    ENDRET = "endret"
    FERDIGSTILT = "ferdigstilt"
    UTKAST = "utkast"
    TIL_KOMMENTAR = "til_kommentar"
    OPPDATERT = "oppdatert"
    GODKJENT = "godkjent"
    LOEPENDE = "loepende"
    """It says how things stand on the day it is made."""


class PaperLine(NamedTuple):
    """A document that can be written. `tittel` is the sak's, of a toppnotat; else ""."""

    slag: Dokumenttype
    sak_id: str | None
    nummer: str
    tittel: str
    tilstand: Papirtilstand

    @property
    def key(self) -> PaperKey:
        """What names the document."""
        return (self.slag, self.sak_id)


class SakOfMeeting(NamedTuple):
    """A sak that a særutskrift can be made of."""

    sak_id: str
    nummer: str
    tittel: str


class SentFile(NamedTuple):
    """A file as it was made to be sent."""

    filnavn: str
    sha256: str


class SentLine(NamedTuple):
    """An utsendelse. `mottakere` is how many it was sent to."""

    id: str
    slag: Utsendelseslag
    versjon: int
    laget: dt.datetime
    sendt: dt.datetime | None
    mottakere: int
    filer: tuple[SentFile, ...]


class ApprovingSak(NamedTuple):
    """A sak of a later meeting that can approve a referat."""

    sak_id: str
    nummer: str
    tittel: str
    dato: dt.date


class ReferatWay(NamedTuple):
    """Where a referat is on its way.

    `refused` gives, for each step that cannot be taken now, the sentence that says why; `held` is
    whether the meeting was held, which publishing needs.
    """

    held: bool
    tilstand: ReferatTilstand
    kommentarfrist: dt.date | None
    publisert: dt.date | None
    publisert_hvor: str
    godkjent_i: str
    godkjennere: tuple[ApprovingSak, ...]
    dager: int
    refused: Mapping[ReferatTilstand, str]

    def proposed_deadline(self, today: dt.date) -> dt.date:
        """Return the deadline for comments that the utvalg's number of days gives."""
        return deadline_after(today, self.dager)


class PapersOverview(NamedTuple):
    """Everything the tab shows but the text of the documents.

    `papirer` are the papers that are sent, `andre` what is made when asked for; the særutskrift is
    one line without a sak, to be chosen among `saker`.
    """

    moete_id: str
    nummer: str
    utvalg_id: str
    kortnavn: str
    maalform: Maalform
    ferdigstilt: bool
    kan_innkalles: bool
    papirer: tuple[PaperLine, ...]
    andre: tuple[PaperLine, ...]
    saker: tuple[SakOfMeeting, ...]
    utsendelser: tuple[SentLine, ...]
    referat: ReferatWay


def read_papers(session: Session, moete_id: str) -> PapersOverview:
    """Return the documents of a meeting and what became of them.

    Raises:
        ServiceError: `ukjent_moete` if there is no such meeting.
    """
    snapshot = load_moete(session, moete_id)
    rows = snapshot.rows
    lines = _Lines(snapshot)
    return PapersOverview(
        moete_id=moete_id,
        nummer=snapshot.meeting_number(),
        utvalg_id=rows.utvalg.id,
        kortnavn=rows.utvalg.kortnavn,
        maalform=rows.utvalg.maalform,
        ferdigstilt=snapshot.frozen,
        kan_innkalles=rows.moete.tilstand in _OPEN,
        papirer=lines.all(),
        andre=lines.further(),
        saker=tuple(
            SakOfMeeting(sak.id, snapshot.sak_number(sak.id), sak.tittel) for sak in snapshot.saker
        ),
        utsendelser=_sent(session, snapshot),
        referat=_way(session, snapshot),
    )


class _Lines:
    """The documents of one meeting with their states."""

    def __init__(self, snapshot: MoeteSnapshot) -> None:
        self._snapshot = snapshot

    def all(self) -> tuple[PaperLine, ...]:
        """Return the documents in the order they are written in."""
        lines: list[PaperLine] = []
        for slag in document_types(self._snapshot):
            lines += self._toppnotater() if slag is Dokumenttype.TOPPNOTAT else [self._line(slag)]
        return tuple(lines)

    def further(self) -> tuple[PaperLine, ...]:
        """Return what can be made beside the papers."""
        return tuple(map(self._line, further_types(self._snapshot)))

    def _line(self, slag: Dokumenttype) -> PaperLine:
        return PaperLine(slag, None, self._snapshot.meeting_number(), "", self._state(slag))

    def _state(self, slag: Dokumenttype) -> Papirtilstand:
        if slag is Dokumenttype.OPPFOELGINGSLISTE:
            return Papirtilstand.LOEPENDE
        held = self._snapshot.rows.moete.tilstand in _HELD
        if slag is Dokumenttype.REFERAT or (held and slag in _OF_REFERAT):
            return _referat_state(self._snapshot)
        return Papirtilstand.FORELOEPIG if slag in _OF_REFERAT else self._agenda_state

    def _toppnotater(self) -> list[PaperLine]:
        snapshot = self._snapshot
        return [
            PaperLine(
                Dokumenttype.TOPPNOTAT,
                sak.id,
                snapshot.sak_number(sak.id),
                sak.tittel,
                self._sak_state(sak),
            )
            for sak in snapshot.saker
            if has_toppnotat(sak) and sak.id in snapshot.rows.toppnotater
        ]

    @cached_property
    def _changed(self) -> frozenset[str]:
        """The saker that the papers no longer say the same about."""
        return frozenset(
            sak.id
            for sak in self._snapshot.saker
            if sak.innkalt_avtrykk != fingerprint(self._snapshot, sak)
        )

    @cached_property
    def _agenda_state(self) -> Papirtilstand:
        if not self._snapshot.frozen:
            return Papirtilstand.FORELOEPIG
        if self._changed or self._snapshot.changed_times or self._snapshot.new_rows:
            return Papirtilstand.ENDRET
        return Papirtilstand.FERDIGSTILT

    def _sak_state(self, sak: SakRow) -> Papirtilstand:
        assigned = self._snapshot.sak_numbers.get(sak.id)
        if not self._snapshot.frozen or assigned is None or assigned.provisional:
            return Papirtilstand.FORELOEPIG
        return Papirtilstand.ENDRET if sak.id in self._changed else Papirtilstand.FERDIGSTILT


def _referat_state(snapshot: MoeteSnapshot) -> Papirtilstand:
    referat = snapshot.rows.referat
    return Papirtilstand((referat.tilstand if referat else ReferatTilstand.UTKAST).value)


def _sent(session: Session, snapshot: MoeteSnapshot) -> tuple[SentLine, ...]:
    """Return the utsendelser, the newest first."""
    statement = (
        select(Mottaker.utsendelse_id, func.count())
        .join(Utsendelse, Utsendelse.id == Mottaker.utsendelse_id)
        .where(Utsendelse.moete_id == snapshot.id)
        .group_by(Mottaker.utsendelse_id)
    )
    counts = {row[0]: int(row[1]) for row in session.execute(statement)}
    lines: dict[str, SentLine] = {}
    for row in snapshot.rows.utsendelser:
        key = row.utsendelse_id
        held = lines.get(key) or SentLine(
            key, row.slag, row.versjon, row.laget, row.sendt, counts.get(key, 0), ()
        )
        if row.filnavn and row.fil_sha256:
            held = held._replace(filer=(*held.filer, SentFile(row.filnavn, row.fil_sha256)))
        lines[key] = held
    return tuple(sorted(lines.values(), key=_made_order, reverse=True))


def _made_order(line: SentLine) -> tuple[dt.datetime, int, int]:
    return line.laget, _SENT_ORDER.index(line.slag), line.versjon


def _way(session: Session, snapshot: MoeteSnapshot) -> ReferatWay:
    referat = snapshot.rows.referat
    held = snapshot.rows.moete.tilstand in _HELD
    state = referat.tilstand if referat else ReferatTilstand.UTKAST
    approvers = _approvers(session, snapshot)
    approved_in = referat.godkjent_i_sak_id if referat else None
    return ReferatWay(
        held=held,
        tilstand=state,
        kommentarfrist=referat.kommentarfrist if referat else None,
        publisert=referat.publisert if referat else None,
        publisert_hvor=(referat.publisert_hvor if referat else None) or "",
        godkjent_i=next((one.nummer for one in approvers if one.sak_id == approved_in), ""),
        godkjennere=approvers,
        dager=snapshot.rows.utvalg.kommentarfrist_dager,
        refused=_refused(snapshot, state, held=held, approvable=bool(approvers)),
    )


def _refused(
    snapshot: MoeteSnapshot, state: ReferatTilstand, *, held: bool, approvable: bool
) -> dict[ReferatTilstand, str]:
    number = snapshot.meeting_number()
    found: dict[ReferatTilstand, str] = {}
    for step in ReferatTilstand:
        code = rule_against(Kind.REFERAT, state, step)
        if code is None and not held:
            code = "moete_er_ikke_avholdt"
        if code is None and step is ReferatTilstand.GODKJENT and not approvable:
            code = "godkjennes_av_senere_moete"
        if code is not None:
            found[step] = message(code, {"moete": number})
    return found


def _approvers(session: Session, snapshot: MoeteSnapshot) -> tuple[ApprovingSak, ...]:
    """Return the saker of later meetings of the utvalg that can approve the referat, in order."""
    attached = select(Vedlegg.sak_id).where(
        Vedlegg.referat_moete_id == snapshot.id, Vedlegg.trukket.is_(False)
    )
    first_day = func.min(Moetedag.dato)
    statement = (
        select(Sak, Utvalg, first_day)
        .join(Utvalg, Utvalg.id == Sak.utvalg_id)
        .join(Moete, Moete.id == Sak.moete_id)
        .join(Moetedag, Moetedag.moete_id == Moete.id)
        .where(
            Moete.utvalg_id == snapshot.rows.utvalg.id,
            Sak.moetesakssekvensnummer.is_not(None),
            Sak.tilstand.not_in((SakTilstand.UTSATT, SakTilstand.TRUKKET)),
            or_(Sak.fastpostslag == Fastpostslag.REFERAT, Sak.id.in_(attached)),
        )
        .group_by(Sak.id, Utvalg.id)
        .having(first_day > snapshot.dato)
        .order_by(first_day)
    )
    return tuple(
        ApprovingSak(sak.id, sak_label(sak, utvalg), sak.tittel, day)
        for sak, utvalg, day in session.execute(statement)
    )


class Nyhet(StrEnum):
    """What is another than in the innkalling that was frozen."""

    SEN_SAK = "sen_sak"
    ENDRET_SAK = "endret_sak"
    ENDRET_TID = "endret_tid"
    RAMME = "ramme"


class NewsLine(NamedTuple):
    """One thing that an updated innkalling would say anew.

    `foer` and `naa` are the clock times of a row that has another one, `naa` None for a sak that
    went out; `RAMME` says that days, place, running order or members were changed.
    """

    slag: Nyhet
    nummer: str = ""
    tittel: str = ""
    sak_id: str | None = None
    foer: dt.time | None = None
    naa: dt.time | None = None


def read_news(archive: Archive, session: Session, moete_id: str) -> tuple[NewsLine, ...]:
    """Return what an updated innkalling would say anew; nothing before the first is frozen."""
    snapshot = load_moete(session, moete_id)
    if not snapshot.frozen:
        return ()
    lines = [*_changed_saker(snapshot), *_changed_times(snapshot)]
    if not lines and frame_is_touched(archive, session, snapshot):
        lines.append(NewsLine(Nyhet.RAMME))
    return tuple(lines)


def _changed_saker(snapshot: MoeteSnapshot) -> list[NewsLine]:
    lines: list[NewsLine] = []
    for sak in snapshot.saker:
        if sak.innkalt_avtrykk == fingerprint(snapshot, sak):
            continue
        late = sak.innkalt_avtrykk is None and sak.tilstand not in OUT_OF_AGENDA
        kind = Nyhet.SEN_SAK if late else Nyhet.ENDRET_SAK
        lines.append(NewsLine(kind, snapshot.sak_number(sak.id), sak.tittel, sak.id))
    return lines


def _changed_times(snapshot: MoeteSnapshot) -> list[NewsLine]:
    saker = snapshot.rows.saker
    lines: list[NewsLine] = []
    for post in snapshot.rows.poster:
        if post.id not in snapshot.changed_times:
            continue
        sak = saker.get(post.sak_id or "")
        lines.append(
            NewsLine(
                Nyhet.ENDRET_TID,
                snapshot.sak_number(sak.id) if sak else "",
                sak.tittel if sak else post.tittel or "",
                sak.id if sak else None,
                post.innkalt_tid,
                snapshot.clocked[post.id].start,
            )
        )
    return lines


class RecipientLine(NamedTuple):
    """Somebody papers can be sent to. `foreslaatt`: a member at the meeting's date."""

    person_id: str
    navn: str
    organisasjon: str
    epost: str
    foreslaatt: bool


def read_recipients(session: Session, moete_id: str) -> tuple[RecipientLine, ...]:
    """Return the people of a meeting, its members at the date first."""
    snapshot = load_moete(session, moete_id)
    lines = [_recipient(snapshot, row) for row in snapshot.rows.deltakere]
    return tuple(sorted(lines, key=lambda line: not line.foreslaatt))


def _recipient(snapshot: MoeteSnapshot, row: DeltakerRow) -> RecipientLine:
    organisation = snapshot.organisation(row.organisasjon_id)
    member = row.funksjon in MEMBER_SEATS
    return RecipientLine(row.person_id, row.navn, organisation, row.epost or "", member)


class StoredFile(NamedTuple):
    """A file of the archive with its bytes."""

    filnavn: str
    data: bytes


def read_stored(session: Session, files: Sequence[SentFile]) -> tuple[StoredFile, ...]:
    """Return files as they were sent, byte for byte.

    Raises:
        ArchiveError: `ukjent_fil` or `skadet_fil`.
    """
    return tuple(StoredFile(file.filnavn, read_file(session, file.sha256)) for file in files)
