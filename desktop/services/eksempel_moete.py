"""A meeting of the example archive, from its table file."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from desktop.importing.html import read_html
from desktop.models import Dagsordenpost, Moetedag, Person, Sak, Vedtak
from desktop.ressurser import resource_bytes
from desktop.richtext.tree import Tree, tree_from_text
from desktop.rules.entity_kinds import Innspillslag, Oppmoeterolle, Postslag, Rolle, Seksjonslag
from desktop.rules.kinds import (
    Moeteform,
    Oppmoetestatus,
    Sakstype,
    Toppnotatstatus,
)
from desktop.rules.states import ToppnotatTilstand
from desktop.services.dagsorden import add_post, move_post, place_sak, set_time
from desktop.services.deltakere import set_oppmoete
from desktop.services.innkalling import (
    Recipient,
    finish_innkalling,
    publish_referat,
    register_sent,
    send_referat_to_comment,
    update_referat,
)
from desktop.services.moeter import Dag, hold_moete, plan_moete
from desktop.services.referater import (
    Referatfelt,
    add_aksjonspunkt,
    add_innspill,
    write_saksreferat,
)
from desktop.services.saker import (
    Deltar,
    report_sak,
    set_roles,
    set_sakstype,
    set_toppnotatstatus,
    write_forslag,
    write_omtale,
)
from desktop.services.toppnotater import (
    add_section,
    cite_vedtak,
    move_section,
    sections_of,
    step_toppnotat,
    write_section,
)
from desktop.services.vedlegg import add_link
from desktop.services.vedtak import adopt_vedtak, mark_treated
from desktop.storage.archive import Archive

Table = dict[str, Any]

_MORNING = dt.time(9, 0)
_SECTION = re.compile(
    r'<section data-seksjon="(\w+)"(?: data-overskrift="([^"]*)")?>(.*?)</section>', re.DOTALL
)
_ROLES = {
    "sakseiere": Rolle.SAKSEIER,
    "saksbehandlere": Rolle.SAKSBEHANDLER,
    "presentatoerer": Rolle.PRESENTATOER,
}


@dataclass
class Keys:
    """The archive's keys for the names that the table files use."""

    organisations: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    employers: dict[str, str] = field(default_factory=dict)
    utvalg: dict[str, str] = field(default_factory=dict)
    moeter: dict[str, str] = field(default_factory=dict)
    saker: dict[str, str] = field(default_factory=dict)
    vedtak: dict[str, str] = field(default_factory=dict)
    aksjonspunkter: dict[tuple[str, dt.date | None], str] = field(default_factory=dict)
    """By sak and deadline."""


def make_moete(archive: Archive, keys: Keys, table: Table) -> None:
    """Plan a meeting, fill it, freeze its innkalling; and hold it where there is a referat."""
    moete_id = _plan(archive, keys, table)
    keys.moeter[table["nummer"]] = moete_id
    agenda = _Agenda(archive, keys, moete_id, keys.utvalg[table["utvalg"]])
    for index, post in enumerate(table["post"]):
        agenda.place(index, post)
    _invite(archive, keys, moete_id, table)
    if "referat" in table:
        _hold(archive, keys, moete_id, table)


def _plan(archive: Archive, keys: Keys, table: Table) -> str:
    days = [Dag(dag["dato"], dag["fra"], dag["til"]) for dag in table["dag"]]
    return plan_moete(
        archive,
        utvalg_id=keys.utvalg[table["utvalg"]],
        dager=days,
        form=Moeteform(table["form"]),
        sted=table["dag"][0]["sted"],
        moeteleder_id=keys.people[table["moeteleder"]],
        referent_id=keys.people[table["referent"]],
    ).id


def _tree(fragment: str | None) -> Tree:
    return read_html(fragment).tree if fragment else Tree()


class _Agenda:
    """Fills the running order of the one day of a meeting."""

    def __init__(self, archive: Archive, keys: Keys, moete_id: str, utvalg_id: str) -> None:
        self._archive = archive
        self._keys = keys
        self._moete_id = moete_id
        self._utvalg_id = utvalg_id
        with archive.read() as session:
            days = select(Moetedag.id).where(Moetedag.moete_id == moete_id)
            self._day = session.scalars(days).one()

    def place(self, index: int, post: Table) -> None:
        """Put a row of the table at its place."""
        if post["slag"] != Postslag.SAK:
            add_post(
                self._archive,
                moetedag_id=self._day,
                slag=Postslag(post["slag"]),
                tittel=post["tittel"],
                varighet=post["minutter"],
                index=index,
            )
            return
        sak_id, post_id = self._sak(post)
        self._keys.saker[post["sak"]] = sak_id
        move_post(self._archive, post_id=post_id, index=index)
        set_time(self._archive, post_id=post_id, varighet=post["minutter"])
        _fill(self._archive, self._keys, sak_id, post)

    def _sak(self, post: Table) -> tuple[str, str]:
        """Return sak and row: those a fixed post proposed under that title, or new ones."""
        with self._archive.read() as session:
            found = session.execute(
                select(Sak.id, Dagsordenpost.id)
                .join(Dagsordenpost, Dagsordenpost.sak_id == Sak.id)
                .where(Sak.moete_id == self._moete_id, Sak.tittel == post["tittel"])
            ).first()
        if found is not None:
            return found[0], found[1]
        made = report_sak(
            self._archive,
            utvalg_id=self._utvalg_id,
            tittel=post["tittel"],
            toppnotatstatus=Toppnotatstatus(post["toppnotatstatus"]),
            fortsetter_id=self._keys.saker.get(post.get("fortsetter", "")),
        )
        return made.id, place_sak(self._archive, sak_id=made.id, moetedag_id=self._day).id


def _fill(archive: Archive, keys: Keys, sak_id: str, post: Table) -> None:
    set_sakstype(
        archive, sak_id=sak_id, sakstype=Sakstype(post["sakstype"]) if post["sakstype"] else None
    )
    set_toppnotatstatus(
        archive, sak_id=sak_id, toppnotatstatus=Toppnotatstatus(post["toppnotatstatus"])
    )
    if post["omtale"]:
        write_omtale(archive, sak_id=sak_id, tree=_tree(post["omtale"]))
    if post.get("forslag"):
        write_forslag(archive, sak_id=sak_id, tree=_tree(post["forslag"]))
    for name, rolle in _ROLES.items():
        if post[name]:
            people = [Deltar(keys.people[person]) for person in post[name]]
            set_roles(archive, sak_id=sak_id, rolle=rolle, deltar=people)
    for attached in post.get("vedlegg", ()):
        if attached["slag"] == "lenke":
            add_link(archive, sak_id=sak_id, tittel=attached["tittel"], url=attached["url"])
    if "toppnotat" in post:
        _write_toppnotat(archive, keys, sak_id, post)


def _write_toppnotat(archive: Archive, keys: Keys, sak_id: str, post: Table) -> None:
    text = resource_bytes(f"eksempel/{post['toppnotat']}").decode()
    for index, (slag, heading, body) in enumerate(_SECTION.findall(text), 1):
        kind = Seksjonslag(slag)
        if kind is Seksjonslag.EGEN:
            add_section(
                archive,
                sak_id=sak_id,
                overskrift=html.unescape(heading),
                tree=_tree(body),
                index=index,
            )
            continue
        section = _section_of(archive, sak_id, kind)
        write_section(archive, seksjon_id=section, tree=_tree(body))
        move_section(archive, seksjon_id=section, index=index)
    for cited in post.get("tidligere_vedtak", ()):
        cite_vedtak(
            archive, sak_id=sak_id, vedtak_id=keys.vedtak[cited["vedtak"]], tema=cited["tema"]
        )
    for state in (ToppnotatTilstand.TIL_KVALITETSSIKRING, ToppnotatTilstand.KLAR):
        step_toppnotat(archive, sak_id=sak_id, tilstand=state)


def _section_of(archive: Archive, sak_id: str, kind: Seksjonslag) -> str:
    with archive.read() as session:
        return next(s.id for s in sections_of(session, sak_id) if s.slag is kind)


def _invite(archive: Archive, keys: Keys, moete_id: str, table: Table) -> None:
    frozen = dt.datetime.combine(table["innkalling_ferdigstilt"], _MORNING)
    made = finish_innkalling(archive, moete_id=moete_id, now=frozen)
    if table["tilstand"] == "planlagt":
        return
    register_sent(
        archive,
        utsendelse_id=made.id,
        sendt=dt.datetime.combine(table["innkalling_sendt"], dt.time(12, 30)),
        mottakere=_recipients(archive, keys, table),
    )


def _recipients(archive: Archive, keys: Keys, table: Table) -> list[Recipient]:
    members = [row["person"] for row in table["oppmoete"] if row["rolle"] == "medlem"]
    with archive.read() as session:
        people = [session.get_one(Person, keys.people[name]) for name in members]
        return [Recipient(person.navn, person.epost, person.id) for person in people]


def _hold(archive: Archive, keys: Keys, moete_id: str, table: Table) -> None:
    for row in table["oppmoete"]:
        _attend(archive, keys, moete_id, row)
    hold_moete(archive, moete_id=moete_id)
    for post in table["post"]:
        if post["slag"] == Postslag.SAK:
            _minute(archive, keys, keys.saker[post["sak"]], post["referat"])
    _send_referat(archive, moete_id, table["referat"])


def _attend(archive: Archive, keys: Keys, moete_id: str, row: Table) -> None:
    set_oppmoete(
        archive,
        moete_id=moete_id,
        person_id=keys.people[row["person"]],
        rolle=Oppmoeterolle(row["rolle"]),
        status=Oppmoetestatus(row["status"]),
        for_id=keys.people.get(row.get("stedfortreder_for", "")),
        fra_sak_id=keys.saker.get(row.get("fra_sak", "")),
        til_sak_id=keys.saker.get(row.get("til_sak", "")),
        saker=[keys.saker[number] for number in row.get("saker", ())],
    )


def _minute(archive: Archive, keys: Keys, sak_id: str, table: Table) -> None:
    for felt in (Referatfelt.INNLEDNING, Referatfelt.OPPSUMMERING):
        if table.get(felt.value):
            write_saksreferat(archive, sak_id=sak_id, felt=felt, tree=_tree(table[felt.value]))
    for line in table.get("innspill", ()):
        add_innspill(
            archive,
            sak_id=sak_id,
            tree=tree_from_text(line["tekst"]),
            slag=Innspillslag(line["slag"]),
            nivaa=line["nivaa"],
        )
    for point in table.get("aksjonspunkter", ()):
        made = add_aksjonspunkt(
            archive,
            sak_id=sak_id,
            tekst=point["tekst"],
            ansvarlig_organisasjon_id=keys.organisations[point["ansvarlig"]],
            frist=point.get("frist"),
        )
        keys.aksjonspunkter[sak_id, point.get("frist")] = made.id
    if "vedtak" in table:
        changed = not table["vedtak"]["som_foreslaatt"]
        adopt_vedtak(
            archive, sak_id=sak_id, tekst=_tree(table["vedtak"]["tekst"]) if changed else None
        )
    mark_treated(archive, sak_id=sak_id)
    _remember_vedtak(archive, keys, sak_id)


def _remember_vedtak(archive: Archive, keys: Keys, sak_id: str) -> None:
    number = next(name for name, key in keys.saker.items() if key == sak_id)
    with archive.read() as session:
        found = session.scalar(select(Vedtak.id).where(Vedtak.sak_id == sak_id))
    if found is not None:
        keys.vedtak[number] = found


def _send_referat(archive: Archive, moete_id: str, table: Table) -> None:
    send_referat_to_comment(
        archive,
        moete_id=moete_id,
        now=dt.datetime.combine(table["til_kommentar"], _MORNING),
        frist=table["kommentarfrist"],
    )
    answers = [f"Sak {row['sak']}: {row['svar']}" for row in table["kommentar"]]
    update_referat(
        archive,
        moete_id=moete_id,
        now=dt.datetime.combine(table["oppdatert"], _MORNING),
        endringer=tree_from_text("\n".join(answers)),
    )
    publish_referat(archive, moete_id=moete_id, dato=table["oppdatert"], hvor=table["publisert"])
