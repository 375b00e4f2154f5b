"""The sentences of the front page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from desktop.i18n.dates import (
    clock_range,
    date_range,
    day_and_month,
    long_date,
    long_date_with_weekday,
    prose_clock,
)
from desktop.rules.deadlines import days_left
from desktop.rules.states import MoeteTilstand, ReferatTilstand
from desktop.services.last_changes import About, Change
from desktop.services.overview import (
    MissingInSak,
    NextMeeting,
    OverdueTask,
    ReferatOnItsWay,
)
from desktop.viewmodels.targets import VEDTAK_REGISTER, Place, Tab, Target
from desktop.views.words import _

_LONGEST: Final = 70
QUEUE: Final = "koe"
"""What the page of the saker calls the queue."""


class Line(NamedTuple):
    """A line: what it says, what it says more quietly, and what it opens. `role` as in `theme`."""

    text: str
    detail: str
    target: Target | None
    role: str = ""


_MISSING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "mangler_forslag_til_vedtak": _("forslag til vedtak"),
        "toppnotat_er_ikke_klart": _("ferdig toppnotat"),
        "mangler_hensikt": _("hensikt i toppnotatet"),
        "mangler_sakseier": _("sakseier"),
    }
)


_IN_NOTE: Final = frozenset(
    {"mangler_forslag_til_vedtak", "toppnotat_er_ikke_klart", "mangler_hensikt"}
)


def meeting_line(meeting: NextMeeting, today: dt.date) -> Line:
    """Return the line of the next meeting, with its state."""
    days = meeting.dager
    when = long_date_with_weekday(days[0]) if len(days) == 1 else date_range(days)
    number = _("Møte {nummer}").format(nummer=meeting.nummer) if meeting.nummer else _("Møte")
    if meeting.foreloepig:
        number = _("{moete} (foreløpig nummer)").format(moete=number)
    saker = _.plural("{antall} sak", "{antall} saker", meeting.saker).format(antall=meeting.saker)
    details = [clock_range(meeting.fra, meeting.til), meeting.sted, saker]
    details.append(_state(meeting, today))
    return Line(
        _("{moete}: {naar}").format(moete=number, naar=when),
        " · ".join(part for part in details if part),
        Target(Place.MOETER, meeting.moete_id, Tab.DAGSORDEN),
    )


def _state(meeting: NextMeeting, today: dt.date) -> str:
    left = (meeting.dager[0] - today).days
    if meeting.dager[-1] < today:
        return _("møtedagen er passert")
    if left == 0:
        return _("i dag")
    days = _.plural("om {antall} dag", "om {antall} dager", left).format(antall=left)
    if meeting.tilstand is MoeteTilstand.INNKALT:
        return _("{naar}, innkallingen er ferdigstilt").format(naar=days)
    return _("{naar}, planlagt").format(naar=days)


def missing_lines(meeting: NextMeeting) -> Iterator[Line]:
    """Yield a line for each thing to do before the innkalling can go."""
    for sak in meeting.mangler:
        what = _listed([_MISSING.get(code, code) for code in sak.koder])
        yield Line(
            _("{nummer} {tittel}").format(nummer=sak.nummer, tittel=sak.tittel),
            _("Mangler {hva}").format(hva=what),
            Target(Place.MOETER, meeting.moete_id, _where_written(sak), sak.sak_id),
        )
    if meeting.over_tiden:
        target = Target(Place.MOETER, meeting.moete_id, Tab.DAGSORDEN)
        yield Line(_("Dagsorden går ut over møtets sluttid"), "", target, "advarsel")
    if meeting.usendt:
        target = Target(Place.MOETER, meeting.moete_id, Tab.DOKUMENTER)
        yield Line(_("Innkallingen er ikke registrert som sendt"), "", target)
    elif meeting.tilstand is MoeteTilstand.PLANLAGT and not meeting.mangler:
        target = Target(Place.MOETER, meeting.moete_id, Tab.DOKUMENTER)
        yield Line(_("Ingenting mangler: innkallingen kan ferdigstilles"), "", target)


def _where_written(sak: MissingInSak) -> Tab:
    """Return where what a sak lacks is written: in its toppnotat, else beside the agenda."""
    return Tab.TOPPNOTATER if sak.notat and set(sak.koder) & _IN_NOTE else Tab.DAGSORDEN


def _listed(names: Sequence[str]) -> str:
    """Return "A, B og C". Babel's lists would cost 80 ms the first time."""
    *first, last = names
    return _("{foerste} og {siste}").format(foerste=", ".join(first), siste=last) if first else last


def referat_line(referat: ReferatOnItsWay, today: dt.date) -> Line:
    """Return the line of a referat that is not approved."""
    states = {
        ReferatTilstand.UTKAST: _("Referatet er ikke sendt til kommentar"),
        ReferatTilstand.TIL_KOMMENTAR: _deadline(referat.frist, today),
        ReferatTilstand.OPPDATERT: _("Oppdatert etter kommentarene, venter på godkjenning"),
    }
    label = referat.nummer or long_date(referat.dato)
    late = referat.tilstand is ReferatTilstand.TIL_KOMMENTAR and _is_past(referat.frist, today)
    return Line(
        _("Møte {nummer}, {dato}").format(nummer=label, dato=long_date(referat.dato)),
        states.get(referat.tilstand, ""),
        Target(Place.MOETER, referat.moete_id, Tab.DOKUMENTER),
        "advarsel" if late else "",
    )


def _is_past(deadline: dt.date | None, today: dt.date) -> bool:
    return deadline is not None and deadline < today


def _deadline(deadline: dt.date | None, today: dt.date) -> str:
    if deadline is None:
        return _("Til kommentar")
    left = days_left(deadline, today)
    date = long_date(deadline)
    if left < 0:
        return _("Til kommentar; fristen gikk ut {dato}").format(dato=date)
    if left == 0:
        return _("Til kommentar; fristen er i dag")
    text = _.plural(
        "Til kommentar til {dato}, {antall} dag igjen",
        "Til kommentar til {dato}, {antall} dager igjen",
        left,
    )
    return text.format(dato=date, antall=left)


def overdue_line(task: OverdueTask, today: dt.date) -> Line:
    """Return the line of a commitment whose deadline has passed."""
    late = (today - task.frist).days
    days = _.plural("{antall} dag over fristen", "{antall} dager over fristen", late)
    parts = [task.eier, long_date(task.frist), days.format(antall=late)]
    return Line(
        task.oppgave,
        " · ".join(part for part in parts if part),
        Target(Place.VEDTAK, task.id),
    )


def due_line(task: OverdueTask, today: dt.date) -> Line:
    """Return the line of a commitment that is due before the next meeting."""
    left = days_left(task.frist, today)
    days = _.plural("{antall} dag igjen", "{antall} dager igjen", left).format(antall=left)
    parts = [task.eier, long_date(task.frist), days if left else _("i dag")]
    return Line(
        task.oppgave, " · ".join(part for part in parts if part), Target(Place.VEDTAK, task.id)
    )


def change_line(change: Change, today: dt.date) -> Line:
    """Return the line of something that was changed: local time, and by whom."""
    date = change.tid.date()
    clock = _("kl. {tid}").format(tid=prose_clock(change.tid.time()))
    if date == today:
        when = clock
    else:
        day = day_and_month(date) if date.year == today.year else long_date(date)
        when = f"{day} {clock}"
    text = change.tekst
    if change.antall > 1:
        text = _("{handling} ({antall} ganger)").format(handling=text, antall=change.antall)
    if change.om.hva:
        text = _("{handling}: {hva}").format(handling=text, hva=_shortened(change.om.hva))
    detail = _("{naar}, {hvem}").format(naar=when, hvem=change.av) if change.av else when
    return Line(text, detail, target_of(change.om))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def target_of(about: About) -> Target | None:
    """Return where something stands: its meeting, else the queue, else a page."""
    if about.moete_id:
        return Target(Place.MOETER, about.moete_id, Tab.DAGSORDEN, about.sak_id)
    if about.sak_id:
        return Target(Place.SAKER, about.sak_id, sak_id=about.sak_id)
    if about.sted == "oppfoelging":
        return Target(Place.VEDTAK, about.noekkel)
    if about.sted == "vedtaksregister":
        return Target(Place.VEDTAK, f"{VEDTAK_REGISTER}:{about.noekkel}")
    return Target(Place(about.sted)) if about.sted else None
