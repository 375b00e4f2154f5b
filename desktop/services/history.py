"""The history of a sak as people read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.i18n.catalogue import N_, words
from desktop.i18n.dates import numeric_date
from desktop.models import (
    Aksjonspunkt,
    Dagsordenpost,
    Entity,
    Innspill,
    Moete,
    Organisasjonsnavn,
    Person,
    Sak,
    Saksreferat,
    Saksrolle,
    TidligereVedtak,
    Toppnotat,
    Toppnotatseksjon,
    Vedlegg,
    Vedtak,
    tree_columns,
)
from desktop.richtext.codec import CodecError, loads
from desktop.richtext.diff import diff, diff_as_text
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Tree
from desktop.services.access import label_of_moete, label_of_sak
from desktop.services.operation_words import describe_operation
from desktop.storage.archive import Archive
from desktop.storage.changes import FieldChange, OperationInfo, RowChange, RowKey, Value

_HIDDEN: Final = frozenset(
    {"id", "rekkefoelge", "koerekkefoelge", "innkalt_avtrykk", "tittelnoekkel"}
)
_YES_NO: Final = frozenset({"som_foreslaatt", "trukket", "navngis"})
_QUIET_WHEN_NONE: Final = frozenset({"navngis", "nivaa", "trukket"})
_DATES: Final = frozenset({"frist", "innmeldt"})
_CLOCKS: Final = frozenset({"fast_tid", "innkalt_tid"})
_LONGEST = 400

VALUES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "avsnitt": N_("avsnitt"),
        "behandlet": N_("behandlet"),
        "beslutning": N_("beslutning"),
        "droefting": N_("drøfting"),
        "ikke_aktuelt": N_("ikke aktuelt"),
        "ingen": N_("ingen toppnotat"),
        "innmeldt": N_("innmeldt"),
        "paa_dagsorden": N_("på dagsorden"),
        "presentatoer": N_("presenterer"),
        "skal_ha": N_("skal ha toppnotat"),
        "tidligere_vedtak": N_("tidligere vedtak"),
        "til_kvalitetssikring": N_("til kvalitetssikring"),
        "videre": N_("videre saksprosess"),
    }
)
"""The words for codes whose spelling differs from what people write."""

LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ansvarlig_organisasjon_id": N_("ansvarlig organisasjon"),
        "ansvarlig_person_id": N_("ansvarlig person"),
        "arkivreferanse": N_("arkivreferanse"),
        "bokstav": N_("vedleggsbokstav"),
        "fast_tid": N_("fast tid"),
        "fil_sha256": N_("fil"),
        "filnavn": N_("filnavn"),
        "forslag_til_vedtak": N_("forslag til vedtak"),
        "formulering": N_("formulering"),
        "fortsetter_id": N_("fortsetter sak"),
        "frist": N_("frist"),
        "habilitet": N_("habilitet"),
        "innhold": N_("tekst"),
        "innkalt_tid": N_("klokkeslett i innkallingen"),
        "innledning": N_("innledning"),
        "innmeldt": N_("innmeldt"),
        "innmeldt_av_id": N_("innmeldt av"),
        "innsender_id": N_("innsender"),
        "moete_id": N_("møte"),
        "moetesaksaar": N_("saksår"),
        "moetesakssekvensnummer": N_("saksnummer"),
        "nivaa": N_("nivå"),
        "nummer": N_("vedleggsnummer"),
        "oensket_moete": N_("ønsket møte"),
        "omtale": N_("omtale"),
        "oppsummering": N_("oppsummering"),
        "organisasjon_id": N_("organisasjon"),
        "overskrift": N_("overskrift"),
        "person_id": N_("person"),
        "prioritet": N_("prioritet"),
        "referat_moete_id": N_("referat fra møte"),
        "protokolltilfoersel": N_("protokolltilførsel"),
        "rolle": N_("rolle"),
        "sak_tekst": N_("sak"),
        "sakstype": N_("sakstype"),
        "slag": N_("slag"),
        "som_foreslaatt": N_("som foreslått"),
        "tekst": N_("tekst"),
        "tema": N_("tema"),
        "tilstand": N_("tilstand"),
        "tittel": N_("tittel"),
        "toppnotatstatus": N_("toppnotatstatus"),
        "trukket": N_("trukket"),
        "url": N_("lenke"),
        "varighet": N_("varighet"),
        "vedtak_id": N_("vedtak"),
    }
)

TABLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aksjonspunkt": N_("aksjonspunkt"),
        "dagsordenpost": N_("rad i dagsorden"),
        "innspill": N_("innspill"),
        "sak": N_("sak"),
        "saksreferat": N_("referat"),
        "saksrolle": N_("person på saken"),
        "tidligere_vedtak": N_("tidligere vedtak"),
        "toppnotat": N_("toppnotat"),
        "toppnotatseksjon": N_("toppnotat"),
        "vedlegg": N_("vedlegg"),
        "vedtak": N_("vedtak"),
    }
)


@dataclass(frozen=True, slots=True)
class HistoryField:
    """One changed field: what it is called, and how it changed, as a line or more of text."""

    navn: str
    tekst: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One operation: local time, who (None where the name was erased), what, and the fields."""

    nummer: int | None
    tid: dt.datetime
    av: str | None
    handling: str
    tekst: str
    felter: tuple[HistoryField, ...]


def history_of_sak(archive: Archive, *, sak_id: str) -> list[HistoryEntry]:
    """Return what was changed in a sak and all that hangs or hung on it, the newest first."""
    with archive.read() as session:
        rows = _rows_of(archive, session, sak_id)
        teller = _Teller(session)
        return [teller.entry(info) for info in archive.history("sak", sak_id, *rows)]


def _rows_of(archive: Archive, session: Session, sak_id: str) -> list[RowKey]:
    """Return the rows that hang on a sak, and from the log those that once did."""
    own = _hanging(archive, session, _OF_SAK, "sak_id", sak_id)
    rows = list(own)
    for table, parts, column in (
        ("toppnotat", _OF_TOPPNOTAT, "toppnotat_id"),
        ("saksreferat", _OF_SAKSREFERAT, "saksreferat_id"),
    ):
        for found, key in own:
            if found == table:
                rows += _hanging(archive, session, parts, column, key)
    return rows


def _hanging(
    archive: Archive,
    session: Session,
    entities: tuple[type[Entity], ...],
    column: str,
    parent: str,
) -> list[RowKey]:
    live = [
        (entity.__tablename__, key)
        for entity in entities
        for key in session.scalars(select(entity.id).where(getattr(entity, column) == parent))
    ]
    tables = {entity.__tablename__ for entity in entities}
    logged = [row for row in archive.logged_rows(column, parent) if row[0] in tables]
    return list(dict.fromkeys([*live, *logged]))


class _Teller:
    """Tells the entries of the log in words; the names of people and meetings are today's."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names: dict[tuple[str, str], str] = {}

    def entry(self, info: OperationInfo) -> HistoryEntry:
        """Return an entry in words."""
        return HistoryEntry(
            nummer=info.operation_id,
            tid=dt.datetime.fromisoformat(info.time).astimezone(),
            av=info.user or None,
            handling=info.verb,
            tekst=describe_operation(info),
            felter=tuple(field for change in info.changes for field in self._fields(change)),
        )

    def _fields(self, change: RowChange) -> Iterator[HistoryField]:
        _ = words("nb")
        table = _(TABLES.get(change.table, change.table))
        if change.kind == "delete":
            table = _("fjernet {hva}").format(hva=table)
        if change.erased:
            yield HistoryField(table, _("slettet av hensyn til personvernet"))
        told = False
        for field in change.fields:
            text = "" if _is_noise(change, field) else self._changed(change, field)
            if text:
                told = True
                name = _(LABELS.get(field.name, field.name))
                yield HistoryField(name if table == "sak" else f"{table}, {name}", text)
        if change.kind == "delete" and not told and not change.erased:
            yield HistoryField(table, "")

    def _changed(self, change: RowChange, field: FieldChange) -> str:
        _ = words("nb")
        if not field.known:
            return _("innholdet kan ikke gjenskapes")
        if (change.table, field.name) in tree_columns():
            return _changed_tree(change, field)
        if field.name == "fil_sha256":
            return _("endret")
        tell = self._name if field.name.endswith("_id") else _shown
        before, after = tell(field, field.before), tell(field, field.after)
        if change.kind == "delete":
            return before
        return f"{before} → {after or '–'}" if before else after

    def _name(self, field: FieldChange, key: Value) -> str:
        """Return what a key in a field stands for."""
        if not isinstance(key, str):
            return ""
        find = next((find for end, find in _NAMED.items() if field.name.endswith(end)), None)
        if find is None:
            return words("nb")("endret")
        if (field.name, key) not in self._names:
            self._names[field.name, key] = find(self._session, key) or words("nb")("slettet")
        return self._names[field.name, key]


def _is_noise(change: RowChange, field: FieldChange) -> bool:
    """Tell whether a field says nothing to people."""
    if field.name in _HIDDEN:
        return True
    if change.kind == "update":
        return False
    value = field.after if change.kind == "insert" else field.before
    return value is None or field.name in _PARENTS or (field.name in _QUIET_WHEN_NONE and not value)


def _person(session: Session, key: str) -> str:
    person = session.get(Person, key)
    return f"{person.fornavn} {person.etternavn}" if person else ""


def _organisasjon(session: Session, key: str) -> str:
    names = session.scalars(
        select(Organisasjonsnavn).where(Organisasjonsnavn.organisasjon_id == key)
    )
    newest = max(names, key=lambda name: name.fra or dt.date.min, default=None)
    return newest.navn if newest else ""


def _moete(session: Session, key: str) -> str:
    moete = session.get(Moete, key)
    return label_of_moete(moete) if moete else ""


def _sak(session: Session, key: str) -> str:
    sak = session.get(Sak, key)
    return label_of_sak(session, sak) if sak else ""


def _vedtak(session: Session, key: str) -> str:
    vedtak = session.get(Vedtak, key)
    if vedtak is None:
        return ""
    return _sak(session, vedtak.sak_id) if vedtak.sak_id else vedtak.referanse or ""


_OF_SAK: Final = (Dagsordenpost, Saksrolle, Vedlegg, Toppnotat, Saksreferat, Vedtak)
_OF_TOPPNOTAT: Final = (Toppnotatseksjon, TidligereVedtak)
_OF_SAKSREFERAT: Final = (Innspill, Aksjonspunkt)
_PARENTS: Final = frozenset(
    {"moetedag_id", "sak_id", "saksreferat_id", "toppnotat_id", "utvalg_id"}
)
_NAMED: Final[Mapping[str, Callable[[Session, str], str]]] = MappingProxyType(
    {
        "person_id": _person,
        "innsender_id": _person,
        "innmeldt_av_id": _person,
        "organisasjon_id": _organisasjon,
        "moete_id": _moete,
        "fortsetter_id": _sak,
        "vedtak_id": _vedtak,
    }
)
"""What the keys in a column name, by the end of the column's name."""


def _changed_tree(change: RowChange, field: FieldChange) -> str:
    try:
        before, after = _tree(field.before), _tree(field.after)
    except CodecError:
        return words("nb")("innholdet kan ikke leses")
    if change.kind == "delete" or not before.blocks:
        return _cut(plain_text(before if change.kind == "delete" else after).strip())
    return _cut(diff_as_text(diff(before, after)).strip())


def _tree(value: Value) -> Tree:
    return loads(value) if isinstance(value, str) else Tree()


def _shown(field: FieldChange, value: Value) -> str:
    """Return a value as people write it: words for codes, dates and clock times as in papers."""
    _ = words("nb")
    if value is None:
        return ""
    if field.name in _YES_NO:
        return _("ja") if value else _("nei")
    text = " ".join(str(value).split())
    if field.name in _CLOCKS:
        return text[:5].replace(":", ".")
    if field.name in _DATES:
        return numeric_date(dt.date.fromisoformat(text))
    return _(VALUES[text]) if text in VALUES else _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"
