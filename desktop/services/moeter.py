"""Verbs for meetings: planning, days, and the steps from planned to closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from desktop.models import Moete, Moetedag, Sak, Utvalg, new_key
from desktop.rules.kinds import Moeteform
from desktop.rules.numbering import format_meeting_number
from desktop.rules.states import Kind, MoeteTilstand, SakTilstand, require_step
from desktop.services.access import (
    clean_optional,
    days_of,
    get,
    label_of_moete,
    posts_in_order,
    require_clock,
    require_not_over,
    require_times,
)
from desktop.services.dagsorden import postpone_sak, return_sak
from desktop.services.errors import ServiceError
from desktop.services.fastposter import add_fixed_posts, follow_proposals, proposals_of
from desktop.services.verbs import Created, operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet


@dataclass(frozen=True, slots=True)
class Dag:
    """A day to plan: local date, planned start and end, and its own place if it has one."""

    dato: dt.date
    fra: dt.time
    til: dt.time
    sted: str | None = None


def plan_moete(
    archive: Archive,
    *,
    utvalg_id: str,
    dager: Sequence[Dag],
    form: Moeteform = Moeteform.FYSISK,
    sted: str | None = None,
    digital_lenke: str | None = None,
    moeteleder_id: str | None = None,
    referent_id: str | None = None,
    fixed_posts: bool = True,
) -> Created:
    """Plan a meeting of one or more days, with the fixed posts of the utvalg.

    The post that approves the previous referat gets that referat as its vedlegg; it is left out
    where the archive knows no previous meeting. Members are those with a seat at the date: they are
    computed, nothing is stored for them here.

    Raises:
        ServiceError: `moete_uten_dag`, `dag_to_ganger` or `slutter_foer_start`.
        RuleError: `aar_utenfor_omraade` or `klokkeslett_er_ikke_hele_minutter`.
    """
    days = _checked_days(dager)
    with operation(archive, "plan_moete") as op:
        utvalg = get(op.session, Utvalg, utvalg_id)
        proposed = proposals_of(op.session, utvalg)
        moete = Moete(
            id=new_key(),
            utvalg_id=utvalg_id,
            aar=days[0].dato.year,
            tilstand=MoeteTilstand.PLANLAGT,
            form=form,
            sted=clean_optional(sted) or utvalg.standardsted,
            digital_lenke=clean_optional(digital_lenke),
            moeteleder_id=moeteleder_id,
            referent_id=referent_id,
        )
        moete.dager = [
            Moetedag(dato=d.dato, fra=d.fra, til=d.til, sted=clean_optional(d.sted)) for d in days
        ]
        op.session.add(moete)
        op.session.flush()
        if fixed_posts:
            add_fixed_posts(op.session, utvalg, moete)
        follow_proposals(op.session, proposed)
    return Created(moete.id)


def _checked_days(dager: Sequence[Dag]) -> list[Dag]:
    days = sorted(dager, key=lambda dag: dag.dato)
    if not days:
        raise ServiceError("moete_uten_dag")
    if len({dag.dato for dag in days}) < len(days):
        raise ServiceError("dag_to_ganger")
    for dag in days:
        _check(dag)
    return days


def _check(dag: Dag) -> None:
    require_times(dag.fra, dag.til)
    format_meeting_number(dag.dato.year, 1)


def change_moete(
    archive: Archive,
    *,
    moete_id: str,
    form: Moeteform,
    sted: str | None,
    digital_lenke: str | None,
    moeteleder_id: str | None,
    referent_id: str | None,
) -> ChangeSet:
    """Change how and where a meeting is held and who leads it.

    Raises:
        ServiceError: `moete_er_slutt` or `referat_er_godkjent`.
    """
    with operation(archive, "change_moete") as op:
        moete = get(op.session, Moete, moete_id)
        op.describe(moete=label_of_moete(moete))
        require_not_over(op.session, moete)
        moete.form = form
        moete.sted = clean_optional(sted)
        moete.digital_lenke = clean_optional(digital_lenke)
        moete.moeteleder_id = moeteleder_id
        moete.referent_id = referent_id
    return op.changes


def set_dag(
    archive: Archive, *, moete_id: str, moetedag_id: str | None = None, dag: Dag
) -> ChangeSet:
    """Change a day of a meeting, or add one where no key is given.

    Raises:
        ServiceError: `dag_to_ganger`, `slutter_foer_start`, or `innkalt_moete_skifter_ikke_aar`
            where the first day of a meeting with fixed numbers would leave its year;
            `annet_moete`, `moete_er_slutt` or `referat_er_godkjent`.
        RuleError: `aar_utenfor_omraade`, `doegnet_er_passert` and their like.
    """
    _check(dag)
    with operation(archive, "set_dag") as op:
        moete = get(op.session, Moete, moete_id)
        op.describe(moete=label_of_moete(moete))
        require_not_over(op.session, moete)
        proposed = proposals_of(op.session, get(op.session, Utvalg, moete.utvalg_id))
        days = days_of(op.session, moete_id)
        if any(day.dato == dag.dato and day.id != moetedag_id for day in days):
            raise ServiceError("dag_to_ganger")
        row = get(op.session, Moetedag, moetedag_id) if moetedag_id else Moetedag(moete_id=moete_id)
        if row.moete_id != moete_id:
            raise ServiceError("annet_moete")
        row.dato, row.fra, row.til, row.sted = dag.dato, dag.fra, dag.til, clean_optional(dag.sted)
        op.session.add(row)
        _move_to_year(moete, min(day.dato for day in {*days, row}).year)
        op.session.flush()
        require_clock(op.session, row.id)
        follow_proposals(op.session, proposed)
    return op.changes


def remove_dag(archive: Archive, *, moetedag_id: str) -> ChangeSet:
    """Take a day from a meeting whose innkalling is not frozen.

    Raises:
        ServiceError: `dag_har_dagsorden` while rows stand on the day, `moete_uten_dag` for the only
            day, `innkalt_moete_beholder_dager`, `moete_er_slutt` or `referat_er_godkjent`.
    """
    with operation(archive, "remove_dag") as op:
        row = get(op.session, Moetedag, moetedag_id)
        moete = get(op.session, Moete, row.moete_id)
        op.describe(moete=label_of_moete(moete))
        require_not_over(op.session, moete)
        if moete.nummer is not None:
            raise ServiceError("innkalt_moete_beholder_dager", moete=label_of_moete(moete))
        others = [day for day in days_of(op.session, moete.id) if day.id != moetedag_id]
        if not others:
            raise ServiceError("moete_uten_dag")
        if posts_in_order(op.session, moetedag_id):
            raise ServiceError("dag_har_dagsorden", dato=row.dato)
        proposed = proposals_of(op.session, get(op.session, Utvalg, moete.utvalg_id))
        op.session.delete(row)
        _move_to_year(moete, others[0].dato.year)
        follow_proposals(op.session, proposed)
    return op.changes


def _move_to_year(moete: Moete, aar: int) -> None:
    if moete.aar == aar:
        return
    if moete.nummer is not None:
        raise ServiceError("innkalt_moete_skifter_ikke_aar", moete=label_of_moete(moete))
    moete.aar = aar


def _step_moete(archive: Archive, verb: str, moete_id: str, state: MoeteTilstand) -> ChangeSet:
    with operation(archive, verb) as op:
        moete = get(op.session, Moete, moete_id)
        op.describe(moete=label_of_moete(moete))
        require_step(Kind.MOETE, moete.tilstand, state)
        moete.tilstand = state
    return op.changes


def cancel_moete(archive: Archive, *, moete_id: str) -> ChangeSet:
    """Cancel a meeting that is not held yet; it keeps its number if it has one.

    Saker without a fixed number go back to the queue; those with one are postponed.

    Raises:
        RuleError: `moete_avholdt_kan_ikke_avlyses` and its like.
    """
    with operation(archive, "cancel_moete") as op:
        moete = get(op.session, Moete, moete_id)
        op.describe(moete=label_of_moete(moete))
        require_step(Kind.MOETE, moete.tilstand, MoeteTilstand.AVLYST)
        proposed = proposals_of(op.session, get(op.session, Utvalg, moete.utvalg_id))
        saker = op.session.execute(
            select(Sak.id, Sak.moetesakssekvensnummer).where(
                Sak.moete_id == moete_id, Sak.tilstand == SakTilstand.PAA_DAGSORDEN
            )
        ).all()
        for sak_id, number in saker:
            verb = return_sak if number is None else postpone_sak
            verb(archive, sak_id=sak_id)
        moete.tilstand = MoeteTilstand.AVLYST
        follow_proposals(op.session, proposed)
    return op.changes


def hold_moete(archive: Archive, *, moete_id: str) -> ChangeSet:
    """Say that the meeting was held.

    Raises:
        RuleError: `moete_maa_innkalles_foerst` and its like.
    """
    return _step_moete(archive, "hold_moete", moete_id, MoeteTilstand.AVHOLDT)


def close_moete(archive: Archive, *, moete_id: str) -> ChangeSet:
    """Close a meeting whose work is done.

    Raises:
        RuleError: `moete_maa_avholdes_foerst` and its like.
    """
    return _step_moete(archive, "close_moete", moete_id, MoeteTilstand.AVSLUTTET)
