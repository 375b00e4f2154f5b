"""From what was said in a meeting to what its referat says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from desktop.documents.content import (
    AksjonspunktContent,
    GjestContent,
    InnspillContent,
    OppmoeteContent,
    PersonContent,
    ReferatContent,
    SaksreferatContent,
    SekretariatContent,
    StedfortrederContent,
)
from desktop.richtext.tree import Paragraph, Run, Tree
from desktop.rules.entity_kinds import Oppmoeterolle
from desktop.rules.kinds import Oppmoetestatus
from desktop.rules.states import ReferatTilstand
from desktop.services.gather import Gatherer
from desktop.services.rows import AksjonspunktRow, DeltakerRow, InnspillRow, SakRow

_PRESENT = frozenset({Oppmoetestatus.TIL_STEDE, Oppmoetestatus.DIGITALT})
_EMPTY = Tree()


def gather_referat(gatherer: Gatherer, *, godkjent_i_sak: str | None = None) -> ReferatContent:
    """Return the minutes of the meeting. `godkjent_i_sak` is the number of the sak that did it."""
    snapshot = gatherer.snapshot
    referat = snapshot.rows.referat
    people = _People(gatherer)
    return ReferatContent(
        moete=replace(gatherer.moete(), provisional=False),
        saker=tuple(_saksreferat(gatherer, sak) for sak in snapshot.saker),
        tilstand=referat.tilstand if referat else ReferatTilstand.UTKAST,
        til_stede=people.present(),
        ikke_til_stede=people.absent(),
        stedfortredere=people.substitutes(),
        andre=people.guests(),
        sekretariat=people.secretariat(),
        kommentarfrist=referat.kommentarfrist if referat else None,
        godkjent_i_sak=godkjent_i_sak,
        figurer=gatherer.figures(_texts(gatherer)),
    )


def _texts(gatherer: Gatherer) -> Iterable[Tree | None]:
    rows = gatherer.snapshot.rows
    for minutes in rows.saksreferater.values():
        yield from (minutes.innledning, minutes.oppsummering)
        yield from (minutes.habilitet, minutes.protokolltilfoersel)
        yield from (line.tekst for line in rows.innspill.get(minutes.id, ()))


class _People:
    """Who was there, in the groups the referat prints."""

    def __init__(self, gatherer: Gatherer) -> None:
        self._snapshot = gatherer.snapshot
        self._rows = gatherer.snapshot.rows.deltakere

    def _of(self, rolle: Oppmoeterolle, *, present: bool) -> list[DeltakerRow]:
        return [
            row for row in self._rows if row.rolle is rolle and (row.status in _PRESENT) == present
        ]

    def person(self, row: DeltakerRow) -> PersonContent:
        return PersonContent(row.navn, self._snapshot.organisation(row.organisasjon_id))

    def _attendance(self, row: DeltakerRow) -> OppmoeteContent:
        return OppmoeteContent(
            self.person(row),
            digitalt=row.status is Oppmoetestatus.DIGITALT,
            fra_sak=self._number(row.fra_sak_id),
            til_sak=self._number(row.til_sak_id),
        )

    def _number(self, sak_id: str | None) -> str | None:
        return self._snapshot.sak_number(sak_id) or None if sak_id else None

    def present(self) -> tuple[OppmoeteContent, ...]:
        return tuple(map(self._attendance, self._of(Oppmoeterolle.MEDLEM, present=True)))

    def absent(self) -> tuple[PersonContent, ...]:
        absent = self._of(Oppmoeterolle.MEDLEM, present=False)
        return tuple(self.person(r) for r in absent if r.status is Oppmoetestatus.FORFALL)

    def substitutes(self) -> tuple[StedfortrederContent, ...]:
        rows = self._of(Oppmoeterolle.STEDFORTREDER, present=True)
        return tuple(StedfortrederContent(self._attendance(row), row.for_navn) for row in rows)

    def guests(self) -> tuple[GjestContent, ...]:
        return tuple(self._guest(row) for row in self._of(Oppmoeterolle.GJEST, present=True))

    def _guest(self, row: DeltakerRow) -> GjestContent:
        order = [sak.id for sak in self._snapshot.saker]
        saker = sorted((key for key in row.saker if key in order), key=order.index)
        return GjestContent(
            self.person(row),
            tuple(self._snapshot.sak_number(key) for key in saker),
            digitalt=row.status is Oppmoetestatus.DIGITALT,
        )

    def secretariat(self) -> tuple[SekretariatContent, ...]:
        groups: dict[str, list[OppmoeteContent]] = {}
        for row in self._of(Oppmoeterolle.SEKRETARIAT, present=True):
            name = self._snapshot.organisation(row.organisasjon_id)
            groups.setdefault(name, []).append(self._attendance(row))
        return tuple(SekretariatContent(name, tuple(group)) for name, group in groups.items())


def _saksreferat(gatherer: Gatherer, sak: SakRow) -> SaksreferatContent:
    rows = gatherer.snapshot.rows
    vedtak = rows.vedtak.get(sak.id)
    minutes = rows.saksreferater.get(sak.id)
    if minutes is None:
        return SaksreferatContent(sak.id, vedtak=vedtak.tekst if vedtak else None)
    return SaksreferatContent(
        key=sak.id,
        innledning=minutes.innledning or _EMPTY,
        innspill=tuple(_line(row) for row in rows.innspill.get(minutes.id, ())),
        oppsummering=minutes.oppsummering or _EMPTY,
        aksjonspunkter=tuple(
            _action(row, gatherer.snapshot.organisation)
            for row in rows.aksjonspunkter.get(minutes.id, ())
        ),
        habilitet=minutes.habilitet or _EMPTY,
        protokolltilfoersel=minutes.protokolltilfoersel or _EMPTY,
        vedtak=vedtak.tekst if vedtak else None,
    )


def _line(row: InnspillRow) -> InnspillContent:
    """Return a line; the member's name stands before it where the member asked for that."""
    tree = _named(row.tekst, row.navn) if row.navn else row.tekst
    return InnspillContent(row.slag, tree, row.nivaa)


def _named(tree: Tree, name: str) -> Tree:
    first, *rest = tree.blocks or (Paragraph(),)
    if not isinstance(first, Paragraph):
        return Tree((Paragraph((Run(f"{name}:"),)), first, *rest))
    return Tree((replace(first, inlines=(Run(f"{name}: "), *first.inlines)), *rest))


def _action(row: AksjonspunktRow, organisation: Callable[[str | None], str]) -> AksjonspunktContent:
    who = row.navn or organisation(row.ansvarlig_organisasjon_id)
    return AksjonspunktContent(row.tekst, who, row.frist)
