"""What the papers of a meeting say about a sak, as a fingerprint: has it changed since?"""

from __future__ import annotations

import hashlib
import json

from desktop.richtext.encode import encode_block
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Rolle, Seksjonslag
from desktop.rules.kinds import Toppnotatstatus
from desktop.services.rows import SakRow
from desktop.services.snapshot import MoeteSnapshot

_PLACES = frozenset({Seksjonslag.FORSLAG, Seksjonslag.TIDLIGERE_VEDTAK, Seksjonslag.VEDLEGG})
_IN_TOPPNOTAT = (Rolle.SAKSEIER, Rolle.SAKSBEHANDLER)


def fingerprint(snapshot: MoeteSnapshot, sak: SakRow) -> str:
    """Return the SHA-256 of what the papers say about a sak.

    Left out is what follows from the agenda and is marked on its own: numbers, clock time, and
    whether the sak is postponed or withdrawn. The ids of text blocks do not count: they are not
    read.
    """
    said = {
        "tittel": sak.tittel,
        "sakstype": sak.sakstype,
        "toppnotatstatus": sak.toppnotatstatus,
        "omtale": _text(sak.omtale),
        "forslag": _text(sak.forslag_til_vedtak),
        "vedlegg": [
            [row.slag, row.tittel, row.url, row.filnavn, row.fil_sha256, row.referat_moete_id]
            for row in snapshot.rows.vedlegg.get(sak.id, ())
            if not row.trukket
        ],
        "toppnotat": _toppnotat(snapshot, sak),
    }
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _toppnotat(snapshot: MoeteSnapshot, sak: SakRow) -> object:
    rows = snapshot.rows
    note = rows.toppnotater.get(sak.id)
    if note is None or sak.toppnotatstatus is not Toppnotatstatus.SKAL_HA:
        return None
    return {
        "personer": [
            [row.rolle, row.navn, snapshot.organisation(row.organisasjon_id)]
            for row in rows.roller.get(sak.id, ())
            if row.rolle in _IN_TOPPNOTAT
        ],
        "seksjoner": [
            [row.slag, row.overskrift, _text(row.innhold)]
            for row in rows.seksjoner.get(note.id, ())
            if row.innhold or row.slag in _PLACES
        ],
        "tidligere_vedtak": [
            [
                row.sak_tekst or row.referanse or [row.saksaar, row.saksnummer],
                row.tema or row.tittel,
                _text(row.formulering or row.tekst),
            ]
            for row in rows.tidligere_vedtak.get(note.id, ())
        ],
    }


def _text(tree: Tree | None) -> object:
    return [_without_ids(encode_block(block)) for block in (tree or Tree()).blocks]


def _without_ids(data: object) -> object:
    if isinstance(data, dict):
        return {name: _without_ids(value) for name, value in data.items() if name != "id"}
    if isinstance(data, list):
        return [_without_ids(value) for value in data]
    return data
