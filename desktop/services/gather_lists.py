"""From a meeting in the archive to what its further documents say."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.documents.content import PersonContent, ReferatContent, SaksreferatContent
from desktop.documents.content_lists import (
    KjoereplanContent,
    KjoerepostContent,
    SaerutskriftContent,
    SakslisteContent,
    VedtakContent,
    VedtaksmoeteContent,
    VedtaksprotokollContent,
)
from desktop.rules.entity_kinds import Oppmoeterolle, Rolle
from desktop.rules.kinds import Oppmoetestatus
from desktop.rules.states import MoeteTilstand, ReferatTilstand
from desktop.services.gather import Gatherer
from desktop.services.rows import DeltakerRow, PostRow, SakRow
from desktop.services.snapshot import MoeteSnapshot

_HELD = frozenset({MoeteTilstand.AVHOLDT, MoeteTilstand.AVSLUTTET})


def gather_saksliste(gatherer: Gatherer) -> SakslisteContent:
    """Return the saker of a meeting in agenda order."""
    return SakslisteContent(gatherer.moete())


def referat_state(snapshot: MoeteSnapshot) -> ReferatTilstand | None:
    """Return how far the minutes of a meeting are; None while it is not held."""
    if snapshot.rows.moete.tilstand not in _HELD:
        return None
    referat = snapshot.rows.referat
    return referat.tilstand if referat else ReferatTilstand.UTKAST


def gather_saerutskrift(
    gatherer: Gatherer, sak: SakRow, referat: ReferatContent
) -> SaerutskriftContent:
    """Return one sak of a meeting with what its referat says of it."""
    said = {one.key: one for one in referat.saker}
    content = gatherer.sak(sak)
    return SaerutskriftContent(
        moete=gatherer.moete(),
        sak=content,
        said=said.get(sak.id) or SaksreferatContent(sak.id),
        fra=gatherer.people(sak, Rolle.SAKSEIER),
        saksbehandlere=gatherer.people(sak, Rolle.SAKSBEHANDLER),
        referat=referat_state(gatherer.snapshot),
        godkjent_i_sak=referat.godkjent_i_sak,
        figurer={**gatherer.figures((content.omtale, content.forslag)), **referat.figurer},
    )


def gather_vedtaksmoete(gatherer: Gatherer, godkjent_i_sak: str | None) -> VedtaksmoeteContent:
    """Return the vedtak of a meeting in agenda order."""
    snapshot = gatherer.snapshot
    return VedtaksmoeteContent(
        nummer=snapshot.meeting_number(),
        dager=tuple(day.dato for day in snapshot.rows.dager),
        vedtak=tuple(_vedtak(snapshot)),
        referat=referat_state(snapshot),
        godkjent_i_sak=godkjent_i_sak,
    )


def _vedtak(snapshot: MoeteSnapshot) -> Iterable[VedtakContent]:
    for sak in snapshot.saker:
        row = snapshot.rows.vedtak.get(sak.id)
        if row is not None:
            yield VedtakContent(
                key=row.id,
                nummer=snapshot.sak_number(sak.id),
                tittel=sak.tittel,
                tekst=row.tekst,
                sakstype=sak.sakstype,
                som_foreslaatt=row.som_foreslaatt if sak.forslag_til_vedtak else None,
            )


def gather_vedtaksprotokoll(
    gatherer: Gatherer, godkjent_i_sak: str | None
) -> VedtaksprotokollContent:
    """Return the protocol of the vedtak of a meeting."""
    vedtak = gatherer.snapshot.rows.vedtak.values()
    return VedtaksprotokollContent(
        utvalg=gatherer.utvalg(),
        moeter=(gather_vedtaksmoete(gatherer, godkjent_i_sak),),
        figurer=gatherer.figures(row.tekst for row in vedtak),
    )


def gather_kjoereplan(gatherer: Gatherer) -> KjoereplanContent:
    """Return the plan of the chair of a meeting."""
    snapshot = gatherer.snapshot
    people = {row.person_id: row for row in snapshot.rows.deltakere}
    moete = snapshot.rows.moete
    return KjoereplanContent(
        moete=gatherer.moete(),
        dager=tuple(
            tuple(_post(gatherer, post) for post in snapshot.posts_of(dag))
            for dag in snapshot.rows.dager
        ),
        moeteleder=_person(snapshot, people.get(moete.moeteleder_id or "")),
        referent=_person(snapshot, people.get(moete.referent_id or "")),
        forfall=tuple(_absent(snapshot)),
    )


def _post(gatherer: Gatherer, post: PostRow) -> KjoerepostContent:
    snapshot = gatherer.snapshot
    clocked = snapshot.clocked[post.id]
    sak = snapshot.rows.saker.get(post.sak_id or "")
    return KjoerepostContent(
        slag=post.slag,
        start=clocked.start,
        slutt=clocked.end,
        tittel=post.tittel or "",
        sak_key=post.sak_id,
        presentatoerer=gatherer.people(sak, Rolle.PRESENTATOER) if sak else (),
        gjester=tuple(_guests(snapshot, sak)) if sak else (),
    )


def _guests(snapshot: MoeteSnapshot, sak: SakRow) -> Iterable[PersonContent]:
    """Return the guests of a sak who do not present it."""
    presenters = {
        row.person_id
        for row in snapshot.rows.roller.get(sak.id, ())
        if row.rolle is Rolle.PRESENTATOER
    }
    for row in snapshot.rows.deltakere:
        bound = row.rolle is Oppmoeterolle.GJEST and sak.id in row.saker
        if bound and row.person_id not in presenters:
            yield PersonContent(row.navn, snapshot.organisation(row.organisasjon_id))


def _absent(snapshot: MoeteSnapshot) -> Iterable[PersonContent]:
    for row in snapshot.rows.deltakere:
        if row.rolle is Oppmoeterolle.MEDLEM and row.status is Oppmoetestatus.FORFALL:
            yield PersonContent(row.navn, snapshot.organisation(row.organisasjon_id))


def _person(snapshot: MoeteSnapshot, row: DeltakerRow | None) -> PersonContent | None:
    if row is None:
        return None
    return PersonContent(row.navn, snapshot.organisation(row.organisasjon_id))
