"""Ferdigstill innkalling, registrer som sendt, and the way of a referat to its approval.

Freezing goes in three steps, so that the window never waits: `prepare_innkalling` gathers what the
papers will say with every number fixed, `papers.write_papers` writes them in the background, and
`freeze_innkalling` fixes the numbers and stores the files, if nothing has changed in between.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from desktop.models import (
    Innspill,
    Moete,
    Mottaker,
    Referat,
    Sak,
    Saksreferat,
    Toppnotat,
    Utsendelse,
    Utsendelsefil,
    Verv,
    new_key,
)
from desktop.richtext.tree import Tree
from desktop.rules.deadlines import deadline_after
from desktop.rules.entity_kinds import Fastpostslag, Utsendelseslag
from desktop.rules.rank import ranks
from desktop.rules.states import (
    Kind,
    MoeteTilstand,
    ReferatTilstand,
    ToppnotatTilstand,
    require_step,
)
from desktop.services.access import clean_title, get, label_of_moete
from desktop.services.errors import ServiceError
from desktop.services.fingerprint import fingerprint
from desktop.services.freezing import as_frozen, write_frozen
from desktop.services.load import load_moete
from desktop.services.papers import (
    Dokumenttype,
    Papers,
    WrittenPaper,
    gather_papers,
    has_toppnotat,
    write_papers,
)
from desktop.services.referater import referat_of
from desktop.services.snapshot import OUT_OF_AGENDA, MoeteSnapshot
from desktop.services.toppnotater import mark_sent
from desktop.services.verbs import Created, operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet
from desktop.storage.files import store_file

_INNKALLINGER = frozenset({Utsendelseslag.INNKALLING, Utsendelseslag.OPPDATERT_INNKALLING})
INNKALLING_TYPES = (Dokumenttype.INNKALLING, Dokumenttype.TOPPNOTAT, Dokumenttype.MOETEPAKKE)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An innkalling with its numbers fixed, gathered, and the state of the archive it stands on."""

    snapshot: MoeteSnapshot
    papers: Papers
    head: str
    slag: Utsendelseslag


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody papers are sent to."""

    navn: str
    epost: str | None = None
    person_id: str | None = None


def prepare_innkalling(archive: Archive, *, moete_id: str, today: dt.date) -> Prepared:
    """Gather the papers of a meeting as they are once the innkalling is frozen.

    Raises:
        RuleError: if the meeting cannot be called.
        ServiceError: `ingenting_nytt`, if it is called already and nothing has changed since.
    """
    archive.seal()
    with archive.read() as session:
        before = load_moete(session, moete_id)
        frozen = as_frozen(before)
        again = before.rows.moete.tilstand is MoeteTilstand.INNKALT
        if again and not _has_news(archive, session, before):
            raise ServiceError("ingenting_nytt", moete=before.meeting_number())
        papers = gather_papers(
            session, frozen, INNKALLING_TYPES, oppdatert=today if again else None
        )
        slag = Utsendelseslag.OPPDATERT_INNKALLING if again else Utsendelseslag.INNKALLING
        return Prepared(frozen, papers, archive.head_hash, slag)


def _has_news(archive: Archive, session: Session, snapshot: MoeteSnapshot) -> bool:
    """Tell whether an updated innkalling would say anything else than the last one."""
    if snapshot.changed_times:
        return True
    if any(sak.innkalt_avtrykk != fingerprint(snapshot, sak) for sak in snapshot.saker):
        return True
    return frame_is_touched(archive, session, snapshot)


def frame_is_touched(archive: Archive, session: Session, snapshot: MoeteSnapshot) -> bool:
    """Tell whether days, place, running order or seats were changed since the last innkalling."""
    seats = session.scalars(select(Verv.id).where(Verv.utvalg_id == snapshot.rows.moete.utvalg_id))
    sent = {row.utsendelse_id for row in snapshot.rows.utsendelser if row.slag in _INNKALLINGER}
    made = [archive.history("utsendelse", key)[-1].operation_id or 0 for key in sent]
    frame = [("moetedag", dag.id) for dag in snapshot.rows.dager]
    frame += [("dagsordenpost", post.id) for post in snapshot.rows.poster]
    frame += [("verv", key) for key in seats]
    touched = archive.history("moete", snapshot.id, *frame)
    last = max(made, default=0)
    return any((entry.operation_id or 0) > last for entry in touched) or _lost_rows(
        archive, snapshot, last
    )


def _lost_rows(archive: Archive, snapshot: MoeteSnapshot, last: int) -> bool:
    """Tell whether a row or a seat was deleted that stood there in the given entry."""
    places = [("moetedag_id", dag.id) for dag in snapshot.rows.dager]
    gone = [
        row
        for column, value in (*places, ("utvalg_id", snapshot.rows.moete.utvalg_id))
        for row in archive.deleted_rows(last, column, value)
        if row[0] in {"dagsordenpost", "verv"}
    ]
    return any((archive.history(*row)[-1].operation_id or 0) <= last for row in gone)


def freeze_innkalling(
    archive: Archive, *, prepared: Prepared, files: Sequence[WrittenPaper], now: dt.datetime
) -> Created:
    """Fix the numbers of a meeting and store exactly the files that were written.

    Args:
        archive: the archive.
        prepared: what `prepare_innkalling` gathered.
        files: what `write_papers` made of it.
        now: local time.

    Raises:
        ServiceError: `endret_underveis`, if the archive has changed since it was prepared, or
            `dokumenter_mangler`, if not all of them were written; nothing is fixed then.
    """
    if [file.filnavn for file in files] != [paper.filnavn for paper in prepared.papers.papers]:
        raise ServiceError("dokumenter_mangler")
    archive.seal()
    if archive.head_hash != prepared.head:
        raise ServiceError("endret_underveis")
    frozen = prepared.snapshot
    with operation(archive, "freeze_innkalling") as op:
        op.describe(moete=frozen.meeting_number())
        write_frozen(op.session, frozen)
        sent = _store(op.session, frozen.id, prepared.slag, files, now)
    return Created(sent)


def _store(
    session: Session,
    moete_id: str,
    slag: Utsendelseslag,
    files: Sequence[WrittenPaper],
    now: dt.datetime,
) -> str:
    versions = select(func.max(Utsendelse.versjon)).where(
        Utsendelse.moete_id == moete_id, Utsendelse.slag == slag
    )
    row = Utsendelse(
        id=new_key(),
        moete_id=moete_id,
        slag=slag,
        versjon=(session.scalar(versions) or 0) + 1,
        laget=now.replace(microsecond=0),
    )
    session.add(row)
    session.flush()
    for paper, rank in zip(files, ranks(len(files)), strict=True):
        session.add(
            Utsendelsefil(
                utsendelse_id=row.id,
                filnavn=paper.filnavn,
                fil_sha256=store_file(session, paper.data),
                rekkefoelge=rank,
            )
        )
    return row.id


def finish_innkalling(archive: Archive, *, moete_id: str, now: dt.datetime) -> Created:
    """Prepare, write and freeze an innkalling in one go, for commands and tests.

    Raises:
        RuleError, ServiceError, TemplateError: as the three steps.
    """
    prepared = prepare_innkalling(archive, moete_id=moete_id, today=now.date())
    files = write_papers(prepared.papers, created=now)
    return freeze_innkalling(archive, prepared=prepared, files=files, now=now)


def register_sent(
    archive: Archive,
    *,
    utsendelse_id: str,
    sendt: dt.datetime,
    mottakere: Sequence[Recipient],
) -> ChangeSet:
    """Say when an utsendelse went and to whom. Its toppnotater that are ready count as sent.

    Raises:
        ServiceError: `allerede_sendt`, `ingen_mottakere` or `sendt_foer_laget`.
    """
    if not mottakere:
        raise ServiceError("ingen_mottakere")
    with operation(archive, "register_sent") as op:
        row = get(op.session, Utsendelse, utsendelse_id)
        op.describe(moete=label_of_moete(get(op.session, Moete, row.moete_id)))
        if row.sendt is not None:
            raise ServiceError("allerede_sendt", sendt=row.sendt)
        if sendt < row.laget:
            raise ServiceError("sendt_foer_laget", laget=row.laget)
        row.sendt = sendt.replace(microsecond=0)
        for person, rank in zip(mottakere, ranks(len(mottakere)), strict=True):
            op.session.add(
                Mottaker(
                    utsendelse_id=row.id,
                    person_id=person.person_id,
                    navn=person.navn,
                    epost=person.epost,
                    rekkefoelge=rank,
                )
            )
        if row.slag in _INNKALLINGER:
            _mark_toppnotater_sent(op.session, load_moete(op.session, row.moete_id))
    return op.changes


def _mark_toppnotater_sent(session: Session, snapshot: MoeteSnapshot) -> None:
    for sak in snapshot.saker:
        note = snapshot.rows.toppnotater.get(sak.id)
        if note is not None and has_toppnotat(sak) and note.tilstand is ToppnotatTilstand.KLAR:
            mark_sent(session, get(session, Toppnotat, note.id))


def send_referat_to_comment(
    archive: Archive, *, moete_id: str, now: dt.datetime, frist: dt.date | None = None
) -> Created:
    """Send the referat out for comment, with a deadline: the utvalg's usual one if none is given.

    The files are stored as they are sent.

    Raises:
        RuleError: the rule against the step.
        ServiceError: `moete_er_ikke_avholdt` or `frist_er_passert`.
    """
    with archive.read() as session:
        snapshot = load_moete(session, moete_id)
    _require_held(snapshot)
    days = snapshot.rows.utvalg.kommentarfrist_dager
    deadline = frist or deadline_after(now.date(), days)
    if deadline < now.date():
        raise ServiceError("frist_er_passert", frist=deadline)
    with operation(archive, "send_referat_to_comment") as op:
        referat = _step_referat(op.session, moete_id, ReferatTilstand.TIL_KOMMENTAR)
        op.describe(moete=snapshot.meeting_number())
        referat.kommentarfrist = deadline
        op.session.flush()
        sent = _store_referat(op.session, moete_id, Utsendelseslag.REFERAT_TIL_KOMMENTAR, now)
    return Created(sent)


def _require_held(snapshot: MoeteSnapshot) -> None:
    if snapshot.rows.moete.tilstand not in {MoeteTilstand.AVHOLDT, MoeteTilstand.AVSLUTTET}:
        raise ServiceError("moete_er_ikke_avholdt", moete=snapshot.meeting_number())


def _step_referat(session: Session, moete_id: str, state: ReferatTilstand) -> Referat:
    referat = referat_of(session, moete_id)
    require_step(Kind.REFERAT, referat.tilstand, state)
    referat.tilstand = state
    return referat


def _store_referat(session: Session, moete_id: str, slag: Utsendelseslag, now: dt.datetime) -> str:
    session.flush()
    papers = gather_papers(session, load_moete(session, moete_id), [Dokumenttype.REFERAT])
    return _store(session, moete_id, slag, write_papers(papers, created=now), now)


def update_referat(
    archive: Archive, *, moete_id: str, now: dt.datetime, endringer: Tree | None = None
) -> Created:
    """Say that the referat is updated after the comments; `endringer` tells what became of them.

    Raises:
        RuleError: `referat_maa_til_kommentar_foerst` and its like.
    """
    with operation(archive, "update_referat") as op:
        op.describe(moete=label_of_moete(get(op.session, Moete, moete_id)))
        referat = _step_referat(op.session, moete_id, ReferatTilstand.OPPDATERT)
        referat.endringer = endringer
        sent = _store_referat(op.session, moete_id, Utsendelseslag.OPPDATERT_REFERAT, now)
    return Created(sent)


def approve_referat(archive: Archive, *, moete_id: str, sak_id: str, now: dt.datetime) -> Created:
    """Approve the referat of a meeting by a sak of a later one.

    Who said what is forgotten, except of those who asked to be named (erfaringer, the council's
    sak 26/23).

    Raises:
        RuleError: `referat_maa_til_kommentar_foerst` and its like.
        ServiceError: `godkjennes_av_senere_moete`, if the sak is not on the agenda of a later
            meeting of the same utvalg, with a number, in order to approve this referat.
    """
    with operation(archive, "approve_referat") as op:
        moete = get(op.session, Moete, moete_id)
        op.describe(moete=label_of_moete(moete))
        _require_later(op.session, moete_id, get(op.session, Sak, sak_id))
        referat = _step_referat(op.session, moete_id, ReferatTilstand.GODKJENT)
        referat.godkjent_i_sak_id = sak_id
        _forget_speakers(op.session, moete_id)
        sent = _store_referat(op.session, moete_id, Utsendelseslag.GODKJENT_REFERAT, now)
    return Created(sent)


def _require_later(session: Session, moete_id: str, sak: Sak) -> None:
    approved = load_moete(session, moete_id)
    approver = load_moete(session, sak.moete_id) if sak.moete_id else None
    if (
        approver is None
        or sak.moetesakssekvensnummer is None
        or sak.tilstand in OUT_OF_AGENDA
        or not _approves(approver, sak, moete_id)
        or approver.rows.utvalg.id != approved.rows.utvalg.id
        or approver.dato <= approved.dato
    ):
        raise ServiceError("godkjennes_av_senere_moete", moete=approved.meeting_number())


def _approves(approver: MoeteSnapshot, sak: Sak, moete_id: str) -> bool:
    """Tell whether a sak is the fixed post for approving, or has the referat among its vedlegg."""
    if sak.fastpostslag is Fastpostslag.REFERAT:
        return True
    attached = approver.rows.vedlegg.get(sak.id, ())
    return any(row.referat_moete_id == moete_id and not row.trukket for row in attached)


def _forget_speakers(session: Session, moete_id: str) -> None:
    lines = (
        select(Innspill.id)
        .join(Saksreferat, Saksreferat.id == Innspill.saksreferat_id)
        .join(Sak, Sak.id == Saksreferat.sak_id)
        .where(Sak.moete_id == moete_id, Innspill.navngis.is_(False))
    )
    session.execute(
        update(Innspill).where(Innspill.id.in_(lines)).values(innsender_id=None),
        execution_options={"synchronize_session": False},
    )


def publish_referat(archive: Archive, *, moete_id: str, dato: dt.date, hvor: str) -> ChangeSet:
    """Say when and where a referat was published.

    Raises:
        ServiceError: `moete_er_ikke_avholdt` or `tomt_felt`.
    """
    with archive.read() as session:
        _require_held(load_moete(session, moete_id))
    with operation(archive, "publish_referat") as op:
        op.describe(moete=label_of_moete(get(op.session, Moete, moete_id)))
        referat = referat_of(op.session, moete_id)
        referat.publisert = dato
        referat.publisert_hvor = clean_title(hvor, "hvor")
    return op.changes
