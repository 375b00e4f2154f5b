"""The example archive: made from `resources/eksempel` by the same verbs a secretary uses."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.importing.html import read_html
from desktop.models import Arkiv
from desktop.ressurser import resource_bytes
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Rolle
from desktop.rules.kinds import Funksjon, Maalform, Sakstype, Toppnotatstatus
from desktop.rules.states import OppfoelgingTilstand
from desktop.services.eksempel_moete import Keys, make_moete
from desktop.services.oppfoelging import create_oppfoelging, update_oppfoelging
from desktop.services.saker import Deltar, report_sak, set_roles
from desktop.services.utvalg import (
    create_organisasjon,
    create_person,
    create_utvalg,
    give_verv,
    name_arkiv,
    rename_organisasjon,
    set_series,
)
from desktop.services.vedtak import register_vedtak
from desktop.storage.archive import Archive

EXAMPLE_NAME = "Eksempelarkiv: Nasjonalt e-helseråd"
EXAMPLE_UTVALG = "Nasjonalt e-helseråd"
EXAMPLE_USER = "Eksempelsekretær"
EXAMPLE_MEETINGS = ("3/2023", "4/2023")
_MADE = dt.date(2023, 8, 15)

Table = dict[str, Any]
Progress = Callable[[str], None]


def _silent(_step: str) -> None:
    return


def make_example(archive: Archive, *, progress: Progress = _silent) -> None:
    """Fill a new archive with the example.

    Args:
        archive: a new archive, empty.
        progress: told what is being made, in Norwegian.
    """
    keys = Keys()
    name_arkiv(archive, navn=EXAMPLE_NAME, opprettet=_MADE)
    progress("Organisasjoner og personer")
    _make_organisations(archive, keys)
    _make_people(archive, keys)
    progress("Utvalg og verv")
    _make_utvalg(archive, keys)
    _make_register(archive, keys)
    progress("Møte 3/2023")
    make_moete(archive, keys, load("moete-3-2023.toml"))
    progress("Møte 4/2023")
    make_moete(archive, keys, load("moete-4-2023.toml"))
    progress("Kø og oppfølging")
    _make_queue(archive, keys)
    _make_follow_up(archive, keys)


def load(name: str) -> Table:
    """Return a table file of the example."""
    return tomllib.loads(resource_bytes(f"eksempel/{name}").decode())


def tree(html: str | None) -> Tree | None:
    """Return the text of a fragment, or None for an empty one."""
    return read_html(html).tree or None if html else None


def _make_organisations(archive: Archive, keys: Keys) -> None:
    for row in load("organisasjoner.toml")["organisasjon"]:
        first, *later = row["navn"]
        made = create_organisasjon(
            archive,
            navn=first["navn"],
            kortnavn=row.get("kortnavn"),
            fra=first.get("fra"),
            til=None if later else first.get("til"),
        )
        keys.organisations[row["noekkel"]] = made.id
        for name in later:
            rename_organisasjon(
                archive,
                organisasjon_id=made.id,
                navn=name["navn"],
                kortnavn=row.get("kortnavn"),
                fra=name["fra"],
            )


def _make_people(archive: Archive, keys: Keys) -> None:
    for row in load("personer.toml")["person"]:
        made = create_person(
            archive,
            fornavn=row["fornavn"],
            etternavn=row["etternavn"],
            epost=row["epost"],
            organisasjon_id=keys.organisations[row["organisasjon"]],
        )
        keys.people[row["noekkel"]] = made.id
        keys.employers[made.id] = keys.organisations[row["organisasjon"]]


def _make_utvalg(archive: Archive, keys: Keys) -> None:
    for row in load("utvalg.toml")["utvalg"]:
        made = create_utvalg(
            archive,
            navn=row["navn"],
            bestemt=row["bestemt"],
            kortnavn=row["kortnavn"],
            maalform=Maalform(row["maalform"]),
            saksnummermoenster=row["saksnummermoenster"],
            sekretariat_id=keys.organisations[row["sekretariat"]],
            standardsted=row["standardsted"],
            standard_fra=row["starttid"],
            standard_til=row["sluttid"],
            kommentarfrist_dager=row["kommentarfrist_dager"],
        )
        keys.utvalg[row["noekkel"]] = made.id
        for serie in row["serie"]:
            set_series(
                archive,
                utvalg_id=made.id,
                aar=serie["aar"],
                foerste_sak=serie["foerste_sak"],
                foerste_moete=serie["foerste_moete"],
            )
        _give_seats(archive, keys, made.id, row["verv"])


def _give_seats(archive: Archive, keys: Keys, utvalg_id: str, rows: list[Table]) -> None:
    seats: dict[str, str] = {}
    for row in rows:
        made = give_verv(
            archive,
            utvalg_id=utvalg_id,
            person_id=keys.people[row["person"]],
            organisasjon_id=keys.organisations[row["organisasjon"]],
            funksjon=Funksjon(row["funksjon"]),
            fra=row.get("fra"),
            til=row.get("til"),
            vara_for_id=seats.get(row.get("vara_for", "")),
        )
        seats[row["person"]] = made.id


def _make_register(archive: Archive, keys: Keys) -> None:
    for row in load("vedtak.toml")["vedtak"]:
        made = register_vedtak(
            archive,
            utvalg_id=keys.utvalg[row["utvalg"]],
            referanse=row["referanse"],
            dato=row["dato"],
            tittel=row["tittel"],
            sakstype=Sakstype(row["sakstype"]),
            tekst=tree(row["tekst"]) or Tree(),
        )
        keys.vedtak[row["noekkel"]] = made.id


def _make_queue(archive: Archive, keys: Keys) -> None:
    for row in load("koe.toml")["sak"]:
        made = report_sak(
            archive,
            utvalg_id=keys.utvalg[row["utvalg"]],
            tittel=row["tittel"],
            sakstype=Sakstype(row["sakstype"]),
            omtale=tree(row["omtale"]),
            toppnotatstatus=Toppnotatstatus(row["toppnotatstatus"]),
            innmeldt_av_id=keys.people[row["innmeldt_av"]],
            innmeldt=row["innmeldt"],
            oensket_moete=row["oensket_moete"],
            prioritet=row["prioritet"],
            fortsetter_id=keys.saker.get(row.get("fortsetter", "")),
        )
        owner = Deltar(keys.people[row["sakseier"]])
        set_roles(archive, sak_id=made.id, rolle=Rolle.SAKSEIER, deltar=[owner])


def _make_follow_up(archive: Archive, keys: Keys) -> None:
    for row in load("oppfoelging.toml")["oppfoelging"]:
        made = create_oppfoelging(
            archive,
            utvalg_id=keys.utvalg[row["utvalg"]],
            vedtak_id=keys.vedtak.get(row["fra_sak"]) if row["kilde"] == "vedtak" else None,
            aksjonspunkt_id=keys.aksjonspunkter.get((keys.saker[row["fra_sak"]], row["frist"]))
            if row["kilde"] == "aksjonspunkt"
            else None,
            eier_organisasjon_id=keys.organisations[row["eier"]],
            eier_person_id=keys.people.get(row.get("person", "")),
            oppgave=row["oppgave"],
            frist=row["frist"],
            saker=[keys.saker[row["fra_sak"]]],
        )
        log = row.get("logg", [])
        for number, entry in enumerate(log, 1):
            last = number == len(log)
            update_oppfoelging(
                archive,
                oppfoelging_id=made.id,
                dato=entry["dato"],
                tekst=entry["tekst"],
                tilstand=OppfoelgingTilstand(row["tilstand"]) if last else None,
            )


def is_example(session: Session) -> bool:
    """Tell whether an archive is the example."""
    return session.scalar(select(Arkiv.navn)) == EXAMPLE_NAME
