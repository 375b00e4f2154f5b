"""The immutable rows that services return: what views, documents and commands read."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import (
    Fastpostslag,
    Innspillslag,
    Oppmoeterolle,
    Postslag,
    Rolle,
    Seksjonslag,
    Utsendelseslag,
    Vedleggslag,
)
from desktop.rules.kinds import (
    Funksjon,
    Maalform,
    Moeteform,
    Oppmoetestatus,
    Sakstype,
    Toppnotatstatus,
)
from desktop.rules.states import MoeteTilstand, ReferatTilstand, SakTilstand, ToppnotatTilstand


class UtvalgRow(NamedTuple):
    """An utvalg, without its lists."""

    id: str
    navn: str
    bestemt: str
    kortnavn: str
    maalform: Maalform
    saksnummermoenster: str
    sekretariat_id: str | None
    standardsted: str | None
    standard_fra: dt.time | None
    standard_til: dt.time | None
    kommentarfrist_dager: int
    mal_navn: str | None
    mal_sha256: str | None


class MoeteRow(NamedTuple):
    """A meeting as it is stored; `nummer` is None while provisional."""

    id: str
    utvalg_id: str
    aar: int
    nummer: int | None
    tilstand: MoeteTilstand
    form: Moeteform
    sted: str | None
    digital_lenke: str | None
    moeteleder_id: str | None
    referent_id: str | None


class DagRow(NamedTuple):
    """A day of a meeting."""

    id: str
    dato: dt.date
    fra: dt.time
    til: dt.time
    sted: str | None


class PostRow(NamedTuple):
    """A row of the running order."""

    id: str
    moetedag_id: str
    rekkefoelge: str
    slag: Postslag
    sak_id: str | None
    tittel: str | None
    varighet: int | None
    fast_tid: dt.time | None
    innkalt_tid: dt.time | None


class SakRow(NamedTuple):
    """A sak as it is stored; the number is None while provisional."""

    id: str
    utvalg_id: str
    moete_id: str | None
    moetesaksaar: int | None
    moetesakssekvensnummer: int | None
    arkivreferanse: str | None
    tittel: str
    sakstype: Sakstype | None
    omtale: Tree | None
    forslag_til_vedtak: Tree | None
    tilstand: SakTilstand
    toppnotatstatus: Toppnotatstatus
    fastpostslag: Fastpostslag | None
    fortsetter_id: str | None
    innkalt_avtrykk: str | None


class RolleRow(NamedTuple):
    """A person or an organisation with a part in a sak."""

    id: str
    sak_id: str
    rolle: Rolle
    person_id: str | None
    organisasjon_id: str | None
    fornavn: str | None
    etternavn: str | None

    @property
    def navn(self) -> str | None:
        """The person's name, or None for an organisation."""
        return full_name(self.fornavn, self.etternavn) if self.person_id else None


class VedleggRow(NamedTuple):
    """A vedlegg as it is stored; `nummer` and `bokstav` are None while provisional."""

    id: str
    sak_id: str
    slag: Vedleggslag
    tittel: str | None
    url: str | None
    filnavn: str | None
    fil_sha256: str | None
    referat_moete_id: str | None
    referat_dato: dt.date | None
    referat_utvalg: str | None
    nummer: int | None
    bokstav: str | None
    trukket: bool


class ToppnotatRow(NamedTuple):
    """The toppnotat of a sak."""

    id: str
    sak_id: str
    tilstand: ToppnotatTilstand


class SeksjonRow(NamedTuple):
    """A section of a toppnotat."""

    id: str
    toppnotat_id: str
    slag: Seksjonslag
    overskrift: str | None
    innhold: Tree | None


class TidligereVedtakRow(NamedTuple):
    """A row of the table of earlier vedtak; the texts of a linked vedtak are the register's."""

    id: str
    toppnotat_id: str
    vedtak_id: str | None
    sak_tekst: str | None
    tema: str | None
    formulering: Tree | None
    referanse: str | None
    organ: str | None
    dato: dt.date | None
    tittel: str | None
    tekst: Tree | None
    saksaar: int | None
    saksnummer: int | None
    moenster: str | None
    utvalgsnavn: str | None
    utvalgskortnavn: str | None


class DeltakerRow(NamedTuple):
    """A person with a seat in the utvalg at the meeting's date, or with attendance, or both."""

    person_id: str
    fornavn: str
    etternavn: str
    epost: str | None
    verv_id: str | None
    funksjon: Funksjon | None
    verv_organisasjon_id: str | None
    verv_rekkefoelge: str | None
    oppmoete_id: str | None
    rolle: Oppmoeterolle | None
    status: Oppmoetestatus | None
    oppmoete_organisasjon_id: str | None
    for_id: str | None
    fra_sak_id: str | None
    til_sak_id: str | None
    oppmoete_rekkefoelge: str | None
    for_fornavn: str | None
    for_etternavn: str | None
    saker: tuple[str, ...]

    @property
    def navn(self) -> str:
        """Given name, family name."""
        return full_name(self.fornavn, self.etternavn)

    @property
    def for_navn(self) -> str:
        """The name of the member a substitute stands in for; "" for nobody."""
        return full_name(self.for_fornavn, self.for_etternavn)

    @property
    def organisasjon_id(self) -> str | None:
        """The organisation the person attends for, else the one of the seat."""
        return self.oppmoete_organisasjon_id or self.verv_organisasjon_id


class SaksreferatRow(NamedTuple):
    """What was said in a sak, without its lines."""

    id: str
    sak_id: str
    innledning: Tree | None
    oppsummering: Tree | None
    habilitet: Tree | None
    protokolltilfoersel: Tree | None


class InnspillRow(NamedTuple):
    """One line of what was put forward."""

    id: str
    saksreferat_id: str
    slag: Innspillslag
    nivaa: int
    tekst: Tree
    navngis: bool
    innsender_id: str | None
    fornavn: str | None
    etternavn: str | None

    @property
    def navn(self) -> str:
        """The name to print: only of a member who asked for it, else ""."""
        return full_name(self.fornavn, self.etternavn) if self.navngis else ""


class AksjonspunktRow(NamedTuple):
    """Something somebody took on."""

    id: str
    saksreferat_id: str
    tekst: str
    ansvarlig_organisasjon_id: str | None
    ansvarlig_person_id: str | None
    frist: dt.date | None
    fornavn: str | None
    etternavn: str | None

    @property
    def navn(self) -> str:
        """The name of the person who took it on; "" for an organisation."""
        return full_name(self.fornavn, self.etternavn)


class VedtakRow(NamedTuple):
    """The vedtak of a sak of the meeting."""

    id: str
    sak_id: str
    tekst: Tree
    som_foreslaatt: bool | None


class ReferatRow(NamedTuple):
    """The minutes of a meeting and where they are on their way."""

    id: str
    tilstand: ReferatTilstand
    kommentarfrist: dt.date | None
    endringer: Tree | None
    publisert: dt.date | None
    publisert_hvor: str | None
    godkjent_i_sak_id: str | None


class UtsendelsefilRow(NamedTuple):
    """A file of an utsendelse; its bytes are read when asked for."""

    utsendelse_id: str
    slag: Utsendelseslag
    versjon: int
    laget: dt.datetime
    sendt: dt.datetime | None
    filnavn: str | None
    fil_sha256: str | None


class NavnRow(NamedTuple):
    """A name of an organisation, from and to dates that are included."""

    organisasjon_id: str
    navn: str
    kortnavn: str | None
    fra: dt.date | None
    til: dt.date | None
    id: str

    def holds_at(self, date: dt.date) -> bool:
        """Tell whether the organisation has this name on a date."""
        return (self.fra is None or self.fra <= date) and (self.til is None or date <= self.til)


class PlassertRow(NamedTuple):
    """A sak, or the absence of one, in a meeting of the same utvalg and year: what numbers need."""

    moete_id: str
    moetenummer: int | None
    tilstand: MoeteTilstand
    dato: dt.date
    fra: dt.time
    sak_id: str | None
    nummer: int | None
    saktilstand: SakTilstand | None


def full_name(fornavn: str | None, etternavn: str | None) -> str:
    """Return given name and family name with one space."""
    return f"{fornavn or ''} {etternavn or ''}".strip()
