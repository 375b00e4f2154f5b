"""What is missing before the papers of a meeting can go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.richtext.plain import is_empty
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Rolle, Seksjonslag
from desktop.rules.kinds import Sakstype, Toppnotatstatus
from desktop.rules.states import ToppnotatTilstand
from desktop.services.snapshot import OUT_OF_AGENDA, MoeteSnapshot

CODES = (
    "mangler_forslag_til_vedtak",
    "toppnotat_er_ikke_klart",
    "mangler_hensikt",
    "mangler_sakseier",
)
"""What a sak can lack, in the order it is told."""

TEXT_CODES = frozenset({"mangler_forslag_til_vedtak", "mangler_hensikt"})


@dataclass(frozen=True, slots=True)
class Mangel:
    """Something that is missing before the innkalling can go. `kode` names a sentence."""

    kode: str
    sak_id: str | None = None
    sak: str = ""


def missing_in(snapshot: MoeteSnapshot) -> list[Mangel]:
    """Return what is missing in the papers of a meeting, in agenda order."""
    found: list[Mangel] = []
    for sak in snapshot.saker:
        if sak.tilstand in OUT_OF_AGENDA:
            continue
        number = snapshot.sak_number(sak.id)
        found += [Mangel(code, sak.id, number) for code in _missing_of(snapshot, sak.id)]
    for clock in snapshot.clocks.values():
        if clock.overrun:
            found.append(Mangel("dagen_gaar_over_tiden"))
    return found


def missing_texts(
    sakstype: Sakstype | None,
    status: Toppnotatstatus,
    forslag: Tree,
    purpose: Iterable[Tree],
) -> list[str]:
    """Return which texts a sak lacks; `purpose` is what the note says the sak is for."""
    codes: list[str] = []
    if sakstype is not None and is_empty(forslag):
        codes.append("mangler_forslag_til_vedtak")
    if status is Toppnotatstatus.SKAL_HA and all(is_empty(tree) for tree in purpose):
        codes.append("mangler_hensikt")
    return codes


def missing_codes(
    sakstype: Sakstype | None,
    status: Toppnotatstatus,
    forslag: Tree,
    purpose: Iterable[Tree],
    note: ToppnotatTilstand | None,
    *,
    owned: bool,
) -> list[str]:
    """Return what a sak lacks, in the order of `CODES`.

    `note` is the state of its toppnotat, None where there is none; `owned` says whether somebody is
    its sakseier.
    """
    codes = missing_texts(sakstype, status, forslag, purpose)
    if status is not Toppnotatstatus.SKAL_HA:
        return codes
    if note not in {ToppnotatTilstand.KLAR, ToppnotatTilstand.SENDT}:
        codes.append("toppnotat_er_ikke_klart")
    if not owned:
        codes.append("mangler_sakseier")
    return sorted(codes, key=CODES.index)


def _missing_of(snapshot: MoeteSnapshot, sak_id: str) -> list[str]:
    sak = snapshot.rows.saker[sak_id]
    note = snapshot.rows.toppnotater.get(sak_id)
    sections = snapshot.rows.seksjoner.get(note.id, ()) if note else ()
    roles = snapshot.rows.roller.get(sak_id, ())
    return missing_codes(
        sak.sakstype,
        sak.toppnotatstatus,
        sak.forslag_til_vedtak or Tree(),
        [row.innhold or Tree() for row in sections if row.slag is Seksjonslag.HENSIKT],
        note.tilstand if note else None,
        owned=any(role.rolle is Rolle.SAKSEIER for role in roles),
    )
