"""The sak that tells a meeting how its vedtak are followed up, with the table in its toppnotat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.i18n.catalogue import N_, Words, words
from desktop.i18n.dates import numeric_date
from desktop.models import Moete, Moetedag, OppfoelgingSak, Sak, Utvalg
from desktop.richtext.tree import Block, Cell, Row, Table, Tree, paragraph
from desktop.rules.entity_kinds import Rolle, Seksjonslag
from desktop.rules.kinds import Sakstype, Toppnotatstatus
from desktop.rules.phrases import DEFAULT_PHRASES, fill
from desktop.rules.states import MoeteTilstand, OppfoelgingTilstand, SakTilstand
from desktop.services.access import days_of, get
from desktop.services.dagsorden import place_sak
from desktop.services.errors import ServiceError
from desktop.services.moeter import plan_moete
from desktop.services.oppfoelging_view import CommitmentRow, open_commitments
from desktop.services.saker import Deltar, report_sak, set_roles
from desktop.services.toppnotater import write_standard_section
from desktop.services.verbs import Created, operation
from desktop.storage.archive import Archive

TITLE: Final = N_("Status på oppfølging av vedtak")
_MINUTES: Final = 15
_COLUMNS: Final = (N_("Oppgave"), N_("Ansvarlig"), N_("Frist"), N_("Sak"), N_("Status"))
_WIDTHS: Final = (26, 25, 14, 10, 25)
"""Percent: a date, "omsorgsdepartementet" and the number of a sak stand on one line each."""
_STATES: Final = {
    OppfoelgingTilstand.AAPEN: N_("Åpen"),
    OppfoelgingTilstand.PAAGAAR: N_("Pågår"),
    OppfoelgingTilstand.FERDIG: N_("Ferdig"),
    OppfoelgingTilstand.BORTFALT: N_("Bortfalt"),
}
_TAKES_SAKER: Final = (MoeteTilstand.PLANLAGT, MoeteTilstand.INNKALT)


class MeetingChoice(NamedTuple):
    """A meeting that a status sak can be put in; `nummer` is "" while it has none that is fixed."""

    id: str
    nummer: str
    dato: dt.date


def meetings_for_status(session: Session, utvalg_id: str) -> tuple[MeetingChoice, ...]:
    """Return the meetings of an utvalg that are still to be held, the next one first."""
    first = func.min(Moetedag.dato)
    found = session.execute(
        select(Moete.id, Moete.aar, Moete.nummer, first)
        .join(Moetedag, Moetedag.moete_id == Moete.id)
        .where(Moete.utvalg_id == utvalg_id, Moete.tilstand.in_(_TAKES_SAKER))
        .group_by(Moete.id)
        .order_by(first, Moete.id)
    )
    return tuple(
        MeetingChoice(key, f"{number}/{year}" if number else "", date)
        for key, year, number, date in found
    )


def status_offer(session: Session, utvalg_id: str, *, today: dt.date | None = None) -> int:
    """Return how many open commitments a status sak would tell of; 0 where one waits already."""
    waiting = select(Sak.id).where(
        Sak.utvalg_id == utvalg_id,
        Sak.tittel == _title(get(session, Utvalg, utvalg_id)),
        Sak.tilstand.in_((SakTilstand.INNMELDT, SakTilstand.PAA_DAGSORDEN)),
    )
    if session.scalar(waiting.limit(1)):
        return 0
    return len(open_commitments(session, utvalg_id, today=today))


def _title(utvalg: Utvalg) -> str:
    return words(utvalg.maalform)(TITLE)


def make_statussak(
    archive: Archive,
    *,
    utvalg_id: str,
    moete_id: str | None = None,
    today: dt.date | None = None,
) -> Created:
    """Report a sak about how the vedtak are followed up, in a meeting or in the queue.

    Its toppnotat has the open commitments as a table under Bakgrunn, in the utvalg's language; the
    commitments point to the sak.

    Raises:
        ServiceError: `ingen_aapne_oppfoelginger`, or as `place_sak`.
        RuleError: as `place_sak`.
    """
    with operation(archive, "make_statussak") as op:
        utvalg = get(op.session, Utvalg, utvalg_id)
        rows = open_commitments(op.session, utvalg_id, today=today)
        if not rows:
            raise ServiceError("ingen_aapne_oppfoelginger")
        _ = words(utvalg.maalform)
        phrase = DEFAULT_PHRASES[utvalg.maalform][Sakstype.ORIENTERING][0]
        made = report_sak(
            archive,
            utvalg_id=utvalg_id,
            tittel=_title(utvalg),
            sakstype=Sakstype.ORIENTERING,
            omtale=_text(_("Saken viser hvordan tidligere vedtak er fulgt opp.")),
            forslag_til_vedtak=_text(fill(phrase, {"utvalg": utvalg.navn})),
            toppnotatstatus=Toppnotatstatus.SKAL_HA,
        )
        if utvalg.sekretariat_id:
            owner = Deltar(organisasjon_id=utvalg.sekretariat_id)
            set_roles(archive, sak_id=made.id, rolle=Rolle.SAKSEIER, deltar=[owner])
        if moete_id is not None:
            day = days_of(op.session, moete_id)[0]
            place_sak(archive, sak_id=made.id, moetedag_id=day.id, varighet=_MINUTES)
        _write_note(archive, made.id, rows, _)
        op.session.add_all(OppfoelgingSak(oppfoelging_id=row.id, sak_id=made.id) for row in rows)
    return made


def _write_note(archive: Archive, sak_id: str, rows: Sequence[CommitmentRow], _: Words) -> None:
    purpose = _("Rådsmedlemmene skal kunne se hvordan det går med det som er vedtatt.")
    write_standard_section(archive, sak_id=sak_id, slag=Seksjonslag.HENSIKT, tree=_text(purpose))
    blocks: tuple[Block, ...] = (
        paragraph(_("Tabellen viser oppfølgingen som ikke er ferdig.")),
        status_table(rows, _),
    )
    write_standard_section(archive, sak_id=sak_id, slag=Seksjonslag.BAKGRUNN, tree=Tree(blocks))


def status_table(rows: Sequence[CommitmentRow], _: Words) -> Table:
    """Return the table of commitments: what, who, by when, from which sak, and how it goes."""
    head = Row(tuple(Cell((paragraph(_(name)),)) for name in _COLUMNS))
    return Table((head, *(_table_row(row, _) for row in rows)), 1, _WIDTHS)


def _table_row(row: CommitmentRow, _: Words) -> Row:
    status = _(_STATES[row.tilstand])
    if row.siste is not None:
        status = f"{status}. {numeric_date(row.siste.dato)}: {row.siste.tekst}"
    frist = numeric_date(row.frist) if row.frist else ""
    cells = (row.oppgave, row.eier, frist, row.kilde, status)
    return Row(tuple(Cell((paragraph(text),)) for text in cells))


def _text(text: str) -> Tree:
    return Tree((paragraph(text),))


def plan_with_statussak(archive: Archive, **planned: object) -> Created:
    """Plan a meeting as `plan_moete` does, with a status sak; one operation.

    Raises:
        ServiceError: as `plan_moete` and `make_statussak`.
        RuleError: as those.
    """
    with operation(archive, "plan_moete"):
        made = plan_moete(archive, **planned)  # type: ignore[arg-type]
        make_statussak(archive, utvalg_id=str(planned["utvalg_id"]), moete_id=made.id)
    return made
