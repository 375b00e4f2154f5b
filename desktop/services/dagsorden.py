"""Verbs for the running order: placing and moving rows, and what happens to a sak in a meeting."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from desktop.models import (
    Dagsordenpost,
    Moete,
    Moetedag,
    Oppmoete,
    OppmoeteSak,
    Sak,
    Saksrolle,
    Vedlegg,
    new_key,
)
from desktop.rules.entity_kinds import Fastpostslag, Postslag, Rolle, Vedleggslag
from desktop.rules.states import SakTilstand, require_sak_step
from desktop.services.access import (
    clean_title,
    get,
    label_of_sak,
    post_of_sak,
    posts_in_order,
    rank_after_last,
    rank_at,
    require_clock,
    require_not_approved,
    require_not_over,
)
from desktop.services.errors import ServiceError
from desktop.services.freezing import take_up_number
from desktop.services.saker import Deltar, report_sak, require_not_cited, set_roles
from desktop.services.toppnotater import copy_toppnotat
from desktop.services.verbs import Created, operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet

DEFAULT_MINUTES = 30


def place_sak(
    archive: Archive,
    *,
    sak_id: str,
    moetedag_id: str,
    index: int | None = None,
    varighet: int | None = DEFAULT_MINUTES,
) -> Created:
    """Put a sak of the queue on the running order of a day; without an index before Eventuelt.

    Raises:
        RuleError: `moete_tar_ikke_nye_saker`, `doegnet_er_passert`, or another rule against the
            step.
        ServiceError: `annet_utvalg`, if the meeting is another utvalg's;
            `varighet_utenfor_omraade` or `referat_er_godkjent`.
    """
    with operation(archive, "place_sak") as op:
        sak = get(op.session, Sak, sak_id)
        dag = get(op.session, Moetedag, moetedag_id)
        moete = get(op.session, Moete, dag.moete_id)
        if sak.utvalg_id != moete.utvalg_id:
            raise ServiceError("annet_utvalg", tittel=sak.tittel)
        if sak.tilstand is not SakTilstand.INNMELDT:
            raise ServiceError("sak_er_ikke_i_koeen", tittel=sak.tittel)
        _step(op.session, sak, moete, SakTilstand.PAA_DAGSORDEN)
        require_not_approved(op.session, moete.id)
        sak.moete_id = moete.id
        sak.koerekkefoelge = None
        post = Dagsordenpost(
            id=new_key(),
            moetedag_id=moetedag_id,
            slag=Postslag.SAK,
            sak_id=sak_id,
            varighet=_minutes(varighet),
            rekkefoelge=_rank_for(op.session, moetedag_id, index),
        )
        op.session.add(post)
        require_clock(op.session, moetedag_id)
    return Created(post.id)


def _rank_for(session: Session, moetedag_id: str, index: int | None) -> str:
    others = posts_in_order(session, moetedag_id)
    if index is None:
        index = len(others)
        while index and _is_eventuelt(session, others[index - 1].sak_id):
            index -= 1
    return rank_at(others, index)


def _is_eventuelt(session: Session, sak_id: str | None) -> bool:
    return sak_id is not None and get(session, Sak, sak_id).fastpostslag is Fastpostslag.EVENTUELT


def add_post(
    archive: Archive,
    *,
    moetedag_id: str,
    slag: Postslag,
    tittel: str,
    varighet: int | None = None,
    fast_tid: dt.time | None = None,
    index: int | None = None,
) -> Created:
    """Put a pause or a free point on the running order; last where no index is given.

    Raises:
        ServiceError: `tomt_felt`, `varighet_utenfor_omraade`, `sak_plasseres_fra_koeen` for a
            sak, `moete_er_slutt` or `referat_er_godkjent`.
        RuleError: `doegnet_er_passert` or `klokkeslett_er_ikke_hele_minutter`.
    """
    if slag is Postslag.SAK:
        raise ServiceError("sak_plasseres_fra_koeen")
    with operation(archive, "add_post") as op:
        _require_open(op.session, moetedag_id)
        others = posts_in_order(op.session, moetedag_id)
        post = Dagsordenpost(
            id=new_key(),
            moetedag_id=moetedag_id,
            slag=slag,
            tittel=clean_title(tittel),
            varighet=_minutes(varighet),
            fast_tid=fast_tid,
            rekkefoelge=rank_at(others, len(others) if index is None else index),
        )
        op.session.add(post)
        require_clock(op.session, moetedag_id)
    return Created(post.id)


def _require_open(session: Session, moetedag_id: str) -> None:
    require_not_over(session, get(session, Moete, get(session, Moetedag, moetedag_id).moete_id))


def _minutes(varighet: int | None) -> int | None:
    if varighet is not None and not 0 <= varighet < 24 * 60:
        raise ServiceError("varighet_utenfor_omraade", minutter=varighet)
    return varighet


def set_time(
    archive: Archive, *, post_id: str, varighet: int | None, fast_tid: dt.time | None = None
) -> ChangeSet:
    """Say how many minutes a row lasts and, where it has one, at which clock time it must start.

    Raises:
        ServiceError: `varighet_utenfor_omraade`, `moete_er_slutt` or `referat_er_godkjent`.
        RuleError: `doegnet_er_passert` or `klokkeslett_er_ikke_hele_minutter`.
    """
    with operation(archive, "change_post") as op:
        post = get(op.session, Dagsordenpost, post_id)
        _require_open(op.session, post.moetedag_id)
        post.varighet = _minutes(varighet)
        post.fast_tid = fast_tid
        require_clock(op.session, post.moetedag_id)
    return op.changes


def rename_post(archive: Archive, *, post_id: str, tittel: str) -> ChangeSet:
    """Give a pause or a free point another title.

    Raises:
        ServiceError: `tomt_felt`, `sak_plasseres_fra_koeen` for the row of a sak,
            `moete_er_slutt` or `referat_er_godkjent`.
    """
    with operation(archive, "change_post") as op:
        post = get(op.session, Dagsordenpost, post_id)
        _require_open(op.session, post.moetedag_id)
        if post.slag is Postslag.SAK:
            raise ServiceError("sak_plasseres_fra_koeen")
        post.tittel = clean_title(tittel)
    return op.changes


def move_post(
    archive: Archive, *, post_id: str, index: int, moetedag_id: str | None = None
) -> ChangeSet:
    """Move a row to a place in its day, or in another day of the meeting.

    `index` counts from 0 among the other rows of that day.

    Raises:
        ServiceError: `annet_moete`, if the day belongs to another meeting; `moete_er_slutt` or
            `referat_er_godkjent`.
        RuleError: `doegnet_er_passert`.
    """
    with operation(archive, "move_post") as op:
        post = get(op.session, Dagsordenpost, post_id)
        target = moetedag_id or post.moetedag_id
        if get(op.session, Moetedag, target).moete_id != _moete_of(op.session, post).id:
            raise ServiceError("annet_moete")
        _require_open(op.session, target)
        others = [row for row in posts_in_order(op.session, target) if row.id != post_id]
        post.moetedag_id = target
        post.rekkefoelge = rank_at(others, index)
        require_clock(op.session, target)
    return op.changes


def _moete_of(session: Session, post: Dagsordenpost) -> Moete:
    return get(session, Moete, get(session, Moetedag, post.moetedag_id).moete_id)


def remove_post(archive: Archive, *, post_id: str) -> ChangeSet:
    """Take a row off the running order; a sak goes back to the queue.

    Raises:
        RuleError: `sak_med_nummer_kan_ikke_til_koeen`, for a sak with a fixed number.
        ServiceError: `moete_er_slutt` or `referat_er_godkjent`.
    """
    with archive.read() as session:
        sak_id = get(session, Dagsordenpost, post_id).sak_id
    if sak_id is not None:
        return return_sak(archive, sak_id=sak_id)
    with operation(archive, "remove_post") as op:
        post = get(op.session, Dagsordenpost, post_id)
        _require_open(op.session, post.moetedag_id)
        op.session.delete(post)
    return op.changes


def return_sak(archive: Archive, *, sak_id: str) -> ChangeSet:
    """Take a sak without a fixed number off the agenda: it goes last into the queue.

    A sak that a fixed post of the utvalg proposed was never in the queue, and is deleted.

    Raises:
        RuleError: `sak_med_nummer_kan_ikke_til_koeen`, or another rule against the step.
        ServiceError: `sak_er_ikke_paa_dagsorden`, or `vedtak_er_vist_til` for a fixed post.
    """
    with operation(archive, "return_sak") as op:
        sak = get(op.session, Sak, sak_id)
        op.describe(sak=label_of_sak(op.session, sak))
        _step(op.session, sak, _meeting_of(op.session, sak), SakTilstand.INNMELDT)
        post = post_of_sak(op.session, sak_id)
        if post is not None:
            op.session.delete(post)
            op.session.flush()
        if sak.fastpostslag is not None:
            require_not_cited(op.session, sak_id)
            op.session.delete(sak)
        else:
            _put_in_queue(op.session, sak)
    return op.changes


def _put_in_queue(session: Session, sak: Sak) -> None:
    """Put a sak last in the queue; what attendance said of it belonged to the meeting."""
    sak.moete_id = None
    session.execute(delete(OppmoeteSak).where(OppmoeteSak.sak_id == sak.id))
    for bound in (Oppmoete.fra_sak_id, Oppmoete.til_sak_id):
        session.execute(update(Oppmoete).where(bound == sak.id).values({bound.key: None}))
    sak.koerekkefoelge = rank_after_last(
        session, Sak.koerekkefoelge, Sak.utvalg_id == sak.utvalg_id
    )


def _meeting_of(session: Session, sak: Sak) -> Moete:
    if sak.moete_id is None:
        raise ServiceError("sak_er_ikke_paa_dagsorden", tittel=sak.tittel)
    return get(session, Moete, sak.moete_id)


def _step(session: Session, sak: Sak, moete: Moete, state: SakTilstand) -> None:
    numbered = sak.moetesakssekvensnummer is not None
    require_sak_step(sak.tilstand, state, numbered=numbered, moete=moete.tilstand)
    sak.tilstand = state
    session.flush()


def postpone_sak(archive: Archive, *, sak_id: str) -> ChangeSet:
    """Postpone a sak: it keeps its number and its row. Without a fixed number it goes to the queue.

    Raises:
        RuleError: the rule against the step.
    """
    return _take_out(archive, "postpone_sak", sak_id, SakTilstand.UTSATT)


def withdraw_sak(archive: Archive, *, sak_id: str) -> ChangeSet:
    """Withdraw a sak: it keeps its number and its row. Without a fixed number it goes to the queue.

    Raises:
        RuleError: the rule against the step.
    """
    return _take_out(archive, "withdraw_sak", sak_id, SakTilstand.TRUKKET)


def _take_out(archive: Archive, verb: str, sak_id: str, state: SakTilstand) -> ChangeSet:
    with operation(archive, verb) as op:
        sak = get(op.session, Sak, sak_id)
        op.describe(sak=label_of_sak(op.session, sak))
        if sak.moetesakssekvensnummer is None and sak.tilstand is SakTilstand.PAA_DAGSORDEN:
            return_sak(archive, sak_id=sak_id)
        else:
            _step(op.session, sak, _meeting_of(op.session, sak), state)
    return op.changes


def take_up_sak(archive: Archive, *, sak_id: str) -> ChangeSet:
    """Let the meeting take up a late sak: it takes the next number of the year where it stands.

    Raises:
        RuleError: `sak_har_allerede_nummer`, `innkalling_er_ikke_ferdigstilt` and their like.
    """
    with operation(archive, "take_up_sak") as op:
        sak = get(op.session, Sak, sak_id)
        take_up_number(op.session, sak, _meeting_of(op.session, sak))
        op.describe(sak=label_of_sak(op.session, sak))
    return op.changes


def carry_over_sak(archive: Archive, *, sak_id: str) -> Created:
    """Make a new sak in the queue that continues this one: a matter that returns.

    Title, type, omtale, forslag and people are copied; files, links and referater come along as
    vedlegg, and the texts of the toppnotat as the draft to start from. The old sak stays as it is.

    Raises:
        ServiceError: `sak_staar_i_koeen`, if the sak is in the queue itself;
            `sak_er_allerede_fort_videre`, if a queued sak continues it already.
    """
    with operation(archive, "carry_over_sak") as op:
        old = get(op.session, Sak, sak_id)
        op.describe(sak=label_of_sak(op.session, old))
        if old.moete_id is None:
            raise ServiceError("sak_staar_i_koeen", tittel=old.tittel)
        waiting = select(Sak.id).where(
            Sak.fortsetter_id == sak_id, Sak.tilstand == SakTilstand.INNMELDT
        )
        if op.session.scalar(waiting):
            raise ServiceError("sak_er_allerede_fort_videre", tittel=old.tittel)
        made = report_sak(
            archive,
            utvalg_id=old.utvalg_id,
            tittel=old.tittel,
            sakstype=old.sakstype,
            omtale=old.omtale,
            forslag_til_vedtak=old.forslag_til_vedtak,
            toppnotatstatus=old.toppnotatstatus,
            innmeldt_av_id=old.innmeldt_av_id,
            prioritet=old.prioritet,
            fortsetter_id=old.id,
        )
        _copy_roles(archive, op.session, old.id, made.id)
        _copy_vedlegg(op.session, old.id, made.id)
        copy_toppnotat(op.session, old.id, made.id)
    return made


def _copy_roles(archive: Archive, session: Session, old_id: str, new_id: str) -> None:
    for rolle in Rolle:
        rows = session.scalars(
            select(Saksrolle)
            .where(Saksrolle.sak_id == old_id, Saksrolle.rolle == rolle)
            .order_by(Saksrolle.rekkefoelge)
        )
        deltar = [Deltar(row.person_id, row.organisasjon_id) for row in rows]
        set_roles(archive, sak_id=new_id, rolle=rolle, deltar=deltar)


def _copy_vedlegg(session: Session, old_id: str, new_id: str) -> None:
    copied = {Vedleggslag.FIL, Vedleggslag.LENKE, Vedleggslag.REFERAT}
    rows = session.scalars(
        select(Vedlegg)
        .where(Vedlegg.sak_id == old_id, Vedlegg.slag.in_(copied), Vedlegg.trukket.is_(False))
        .order_by(Vedlegg.rekkefoelge)
    ).all()
    for row in rows:
        session.add(
            Vedlegg(
                sak_id=new_id,
                slag=row.slag,
                tittel=row.tittel,
                url=row.url,
                filnavn=row.filnavn,
                fil_sha256=row.fil_sha256,
                referat_moete_id=row.referat_moete_id,
                rekkefoelge=rank_after_last(session, Vedlegg.rekkefoelge, Vedlegg.sak_id == new_id),
            )
        )
        session.flush()
