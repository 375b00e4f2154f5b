"""An archive with something of everything, and one call of every verb that can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from desktop.documents.template import own_template
from desktop.importing.people import read_people
from desktop.importing.vedtak_table import read_vedtak_table
from desktop.models import Organisasjonsnavn
from desktop.rules.entity_kinds import (
    Innspillslag,
    Oppmoeterolle,
    Postslag,
    Rolle,
    Seksjonslag,
)
from desktop.rules.kinds import (
    Funksjon,
    Maalform,
    Moeteform,
    Oppmoetestatus,
    Sakstype,
    Toppnotatstatus,
)
from desktop.rules.states import OppfoelgingTilstand, ToppnotatTilstand
from desktop.services import (
    dagsorden,
    deltakere,
    innkalling,
    koe,
    kontroll,
    members,
    minutes_edit,
    moeter,
    note_edit,
    note_history,
    oppfoelging,
    oppfoelging_forslag,
    read_note,
    referater,
    saker,
    statussak,
    toppnotater,
    utvalg,
    utvalg_settings,
    vedlegg,
    vedtak,
    vedtak_entry,
)
from desktop.services.moeter import Dag
from desktop.services.referater import Referatfelt
from desktop.services.saker import Deltar
from desktop.services.verbs import Created
from tests.services.hus import FOUR, NOW, TEN, Hus, make_series, text

HELD = dt.date(2023, 10, 4)
CALLED = dt.date(2023, 12, 14)
PLANNED = dt.date(2024, 2, 8)


def make_rich(hus: Hus) -> None:
    """Fill the archive: meeting 3 is held, 4 is called, 1/2024 is planned, two saker wait."""
    archive, key = hus.archive, hus.key
    make_series(hus)
    key["entered"] = vedtak.register_vedtak(
        archive, organ="NUFA", referanse="1/20", tekst=text("Ja.")
    ).id
    key["nuit"] = vedtak.register_vedtak(
        archive, referanse="NUIT 50/23", tekst=text("NUIT støtter planen."), tittel="Planen"
    ).id
    key["held"] = hus.plan(HELD)
    key["held_sak"] = hus.placed(key["held"], "Felles journal", forslag_til_vedtak=text("Ja."))
    key["held_second"] = hus.placed(key["held"], "Kodeverk", forslag_til_vedtak=text("Nja."))
    key["link"] = vedlegg.add_link(
        archive, sak_id=key["held_sak"], tittel="Plan", url="https://example.no/plan"
    ).id
    hus.hold(key["held"])
    _minutes(hus)
    key["called"] = hus.plan(CALLED)
    key["called_sak"] = hus.placed(key["called"], "Journalløft", forslag_til_vedtak=text("Ja."))
    saker.set_roles(
        archive, sak_id=key["called_sak"], rolle=Rolle.SAKSEIER, deltar=[Deltar(key["leder"])]
    )
    hus.ready(key["called_sak"])
    key["utsendelse"] = hus.freeze(key["called"])
    key["late"] = hus.placed(key["called"], "Sen sak")
    key["planned"] = hus.plan(PLANNED)
    key["planned_sak"] = hus.placed(key["planned"], "Samhandling")
    key["cite"] = toppnotater.cite_vedtak(
        archive, sak_id=key["planned_sak"], vedtak_id=key["nuit"]
    ).id
    key["cite_hand"] = toppnotater.cite_vedtak(
        archive, sak_id=key["planned_sak"], sak_tekst="NUFA 2/22", tema="Kodeverk"
    ).id
    key["own"] = toppnotater.add_section(
        archive, sak_id=key["planned_sak"], overskrift="Økonomi", tree=text("Dyrt.")
    ).id
    key["file"] = vedlegg.add_file(
        archive, sak_id=key["planned_sak"], filnavn="tall.pdf", data=b"tall"
    ).id
    key["day"] = hus.days(key["planned"])[0]
    moeter.set_dag(
        archive, moete_id=key["planned"], dag=Dag(PLANNED + dt.timedelta(days=1), TEN, FOUR)
    )
    key["empty_day"] = hus.days(key["planned"])[1]
    key["pause"] = dagsorden.add_post(
        archive, moetedag_id=key["day"], slag=Postslag.PAUSE, tittel="Pause", varighet=15
    ).id
    key["unused"] = utvalg.create_organisasjon(archive, navn="Ubrukt forbund").id
    key["waiting"] = hus.report("Venter")
    key["waiting_second"] = hus.report("Venter også")
    key["commitment"] = oppfoelging.create_oppfoelging(
        archive, utvalg_id=key["raad"], oppgave="Lage plan", saker=[key["held_sak"]]
    ).id
    key["unntak"] = accept(hus, "plassholder").id


def accept(hus: Hus, rule: str, reason: str = "Det er slik det skal være") -> Created:
    """Let something the quality check found stand."""
    return kontroll.accept_finding(
        hus.archive,
        moete_id=hus.key["held"],
        regel=rule,
        sted="omtale/1//",
        avtrykk="0" * 64,
        begrunnelse=reason,
    )


def _minutes(hus: Hus) -> None:
    archive, key = hus.archive, hus.key
    sak = key["held_sak"]
    for name, status in (("leder", Oppmoetestatus.TIL_STEDE), ("medlem", Oppmoetestatus.FORFALL)):
        deltakere.set_oppmoete(archive, moete_id=key["held"], person_id=key[name], status=status)
    key["line"] = referater.add_innspill(archive, sak_id=sak, tree=text("Bra plan.")).id
    referater.add_innspill(archive, sak_id=sak, tree=text("Mer penger."), nivaa=1)
    key["point"] = referater.add_aksjonspunkt(archive, sak_id=sak, tekst="Lage plan").id
    vedtak.adopt_vedtak(archive, sak_id=sak)


Step = Callable[[Hus], object]


def _proposed(h: Hus) -> oppfoelging_forslag.ForslagRow:
    with h.archive.read() as session:
        return oppfoelging_forslag.propose_commitments(session)[0]


def _roles(h: Hus) -> object:
    both = [Deltar(h.key["behandler"]), Deltar(None, h.key["kommunen"])]
    return saker.set_roles(h.archive, sak_id=h.key["called_sak"], rolle=Rolle.SAKSEIER, deltar=both)


def _restore(h: Hus) -> object:
    sak_id = h.key["planned_sak"]
    (*_newer, oldest) = note_history.versions_in(h.archive, sak_id=sak_id)
    return note_edit.restore_toppnotat(h.archive, sak_id=sak_id, nummer=oldest.nummer)


def changed_posts(hus: Hus) -> list[utvalg_settings.FastpostRow]:
    """Return the fixed posts turned around, one changed, one new, one gone."""
    with hus.archive.read() as session:
        posts = utvalg_settings.load_settings(session, hus.key["raad"]).fastposter
    new = posts[0]._replace(id=None, tittel="Runde rundt bordet", varighet=20)
    return [posts[2]._replace(varighet=25), new, posts[0], posts[1]]


def changed_phrases(hus: Hus) -> list[utvalg_settings.FraseRow]:
    """Return the phrases with the first one changed, the last one gone, and a new one."""
    with hus.archive.read() as session:
        phrases = utvalg_settings.load_settings(session, hus.key["raad"]).fraser
    new = utvalg_settings.FraseRow(None, Sakstype.BESLUTNING, "{utvalg} vedtar planen.")
    return [new, phrases[0]._replace(tekst="{utvalg} godkjenner dagsorden."), *phrases[1:-1]]


SCENARIOS: list[tuple[str, Step]] = [
    ("create_utvalg", lambda h: utvalg.create_utvalg(h.archive, navn="Fagutvalget")),
    ("change_utvalg", lambda h: utvalg.set_template(
        h.archive, utvalg_id=h.key["raad"], navn="mal.docx", data=own_template())),
    ("set_series", lambda h: make_series(h, 2024, 5, 2)),
    ("set_series", lambda h: make_series(h, 2023, 16, 3)),
    ("create_organisasjon", lambda h: utvalg.create_organisasjon(h.archive, navn="Ny etat")),
    ("rename_organisasjon", lambda h: utvalg.rename_organisasjon(
        h.archive, organisasjon_id=h.key["direktoratet"], navn="E-etaten",
        fra=dt.date(2024, 2, 1))),
    ("create_person", lambda h: utvalg.create_person(h.archive, fornavn="Ny", etternavn="Ås")),
    ("change_person", lambda h: utvalg.change_person(
        h.archive, person_id=h.key["gjest"], fornavn="Gry", etternavn="Gran", epost=None,
        telefon="900 00 000", organisasjon_id=None)),
    ("give_verv", lambda h: utvalg.give_verv(
        h.archive, utvalg_id=h.key["raad"], person_id=h.key["vara"], organisasjon_id=None,
        funksjon=Funksjon.VARA, vara_for_id=h.key["verv_medlem"])),
    ("change_verv", lambda h: members.change_verv(
        h.archive, verv_id=h.key["verv_medlem"], organisasjon_id=h.key["kommunen"],
        funksjon=Funksjon.VARA, fra=dt.date(2023, 1, 1), til=None,
        vara_for_id=h.key["verv_leder"])),
    ("move_verv", lambda h: members.move_verv(
        h.archive, verv_id=h.key["verv_sekretaer"], index=0)),
    ("delete_verv", lambda h: members.delete_verv(h.archive, verv_id=h.key["verv_medlem"])),
    ("add_members", lambda h: members.add_members(
        h.archive, utvalg_id=h.key["raad"], people=read_people(
            "Ny, Nils <nils@example.no>; Vara Eide <vara@example.no>"))),
    ("delete_person", lambda h: members.delete_person(h.archive, person_id=h.key["gjest"])),
    ("change_organisasjon", lambda h: members.correct_organisasjon(
        h.archive, organisasjon_id=h.key["kommunen"], navnene=[members.Navn(
            h.rows(Organisasjonsnavn, organisasjon_id=h.key["kommunen"])[0].id,
            "Storvik kommune", "Storvik", None, dt.date(2029, 12, 31))])),
    ("delete_organisasjon", lambda h: members.delete_organisasjon(
        h.archive, organisasjon_id=h.key["unused"])),
    ("change_utvalg", lambda h: utvalg_settings.change_utvalg(
        h.archive, utvalg_id=h.key["raad"], navn="Nytt råd", bestemt="Rådet", kortnavn="Nytt",
        maalform=Maalform.NN, saksnummermoenster="PS {nr:03}/{aar}",
        sekretariat_id=h.key["kommunen"], standardsted="Torget 2", standard_fra=dt.time(9),
        standard_til=dt.time(15), kommentarfrist_dager=7, husregler=text("To sider."))),
    ("change_utvalg", lambda h: utvalg_settings.set_husregler(
        h.archive, utvalg_id=h.key["raad"], husregler=text("Høyst to sider."))),
    ("set_fastposter", lambda h: utvalg_settings.set_fastposter(
        h.archive, utvalg_id=h.key["raad"], fastposter=changed_posts(h))),
    ("set_fraser", lambda h: utvalg_settings.set_fraser(
        h.archive, utvalg_id=h.key["raad"], fraser=changed_phrases(h))),
    ("change_sak", lambda h: koe.change_queued(
        h.archive, sak_id=h.key["waiting"], tittel="Venter lenge", sakstype=Sakstype.BESLUTNING,
        toppnotatstatus=Toppnotatstatus.INGEN, innmeldt_av_id=h.key["leder"],
        innmeldt=dt.date(2023, 9, 1), oensket_moete="1/2024", prioritet=1)),
    ("place_sak", lambda h: koe.place_many(
        h.archive, sak_ids=[h.key["waiting"], h.key["waiting_second"]],
        moetedag_id=h.days(h.key["planned"])[0])),
    ("delete_sak", lambda h: koe.delete_many(
        h.archive, sak_ids=[h.key["waiting"], h.key["waiting_second"]])),
    ("end_verv", lambda h: utvalg.end_verv(
        h.archive, verv_id=h.key["verv_medlem"], til=dt.date(2023, 12, 31))),
    ("plan_moete", lambda h: h.plan(dt.date(2024, 1, 10), dt.date(2024, 1, 11))),
    ("change_moete", lambda h: moeter.change_moete(
        h.archive, moete_id=h.key["planned"], form=Moeteform.HYBRID, sted="Annet sted",
        digital_lenke="https://example.no/m", moeteleder_id=h.key["leder"], referent_id=None)),
    ("set_dag", lambda h: moeter.set_dag(
        h.archive, moete_id=h.key["planned"], moetedag_id=h.key["day"],
        dag=Dag(dt.date(2025, 1, 9), TEN, FOUR))),
    ("set_dag", lambda h: moeter.set_dag(
        h.archive, moete_id=h.key["called"], dag=Dag(dt.date(2023, 12, 15), TEN, FOUR, "Hamar"))),
    ("remove_dag", lambda h: moeter.remove_dag(h.archive, moetedag_id=h.key["empty_day"])),
    ("cancel_moete", lambda h: moeter.cancel_moete(h.archive, moete_id=h.key["called"])),
    ("cancel_moete", lambda h: moeter.cancel_moete(h.archive, moete_id=h.key["planned"])),
    ("hold_moete", lambda h: moeter.hold_moete(h.archive, moete_id=h.key["called"])),
    ("close_moete", lambda h: moeter.close_moete(h.archive, moete_id=h.key["held"])),
    ("add_post", lambda h: dagsorden.add_post(
        h.archive, moetedag_id=h.key["day"], slag=Postslag.PUNKT, tittel="Omvisning", index=0,
        fast_tid=dt.time(10, 30))),
    ("change_post", lambda h: dagsorden.set_time(
        h.archive, post_id=h.key["pause"], varighet=45, fast_tid=dt.time(12))),
    ("change_post", lambda h: dagsorden.rename_post(
        h.archive, post_id=h.key["pause"], tittel="Lunsj")),
    ("move_post", lambda h: dagsorden.move_post(h.archive, post_id=h.key["pause"], index=1)),
    ("remove_post", lambda h: dagsorden.remove_post(h.archive, post_id=h.key["pause"])),
    ("return_sak", lambda h: dagsorden.remove_post(
        h.archive, post_id=h.post_of(h.key["planned_sak"]))),
    ("report_sak", lambda h: h.report("Ny sak", prioritet=1, innmeldt=NOW.date())),
    ("change_sak", lambda h: saker.rename_sak(
        h.archive, sak_id=h.key["called_sak"], tittel="Nytt navn")),
    ("change_sak", lambda h: saker.set_sakstype(
        h.archive, sak_id=h.key["called_sak"], sakstype=Sakstype.ANBEFALING)),
    ("change_sak", lambda h: saker.set_arkivreferanse(
        h.archive, sak_id=h.key["called_sak"], arkivreferanse="23/1234")),
    ("change_sak", lambda h: saker.set_toppnotatstatus(
        h.archive, sak_id=h.key["called_sak"], toppnotatstatus=Toppnotatstatus.INGEN)),
    ("change_sak", lambda h: saker.write_omtale(
        h.archive, sak_id=h.key["called_sak"], tree=text("Rådet får\nen orientering."))),
    ("change_sak", lambda h: saker.write_forslag(
        h.archive, sak_id=h.key["held_sak"], tree=text("Nei."))),
    ("order_queue", lambda h: saker.order_queue(
        h.archive, sak_id=h.key["waiting_second"], index=0)),
    ("delete_sak", lambda h: saker.delete_sak(h.archive, sak_id=h.key["waiting"])),
    ("place_sak", lambda h: h.place(h.key["waiting"], h.key["planned"])),
    ("return_sak", lambda h: dagsorden.return_sak(h.archive, sak_id=h.key["planned_sak"])),
    ("return_sak", lambda h: dagsorden.return_sak(h.archive, sak_id=h.key["late"])),
    ("postpone_sak", lambda h: dagsorden.postpone_sak(h.archive, sak_id=h.key["called_sak"])),
    ("postpone_sak", lambda h: dagsorden.postpone_sak(h.archive, sak_id=h.key["late"])),
    ("withdraw_sak", lambda h: dagsorden.withdraw_sak(h.archive, sak_id=h.key["called_sak"])),
    ("carry_over_sak", lambda h: dagsorden.carry_over_sak(h.archive, sak_id=h.key["planned_sak"])),
    ("take_up_sak", lambda h: dagsorden.take_up_sak(h.archive, sak_id=h.key["late"])),
    ("set_roles", _roles),
    ("add_vedlegg", lambda h: vedlegg.add_file(
        h.archive, sak_id=h.key["called_sak"], filnavn="notat.pdf", data=b"notat")),
    ("add_vedlegg", lambda h: vedlegg.add_link(
        h.archive, sak_id=h.key["called_sak"], tittel="Lov", url="https://example.no/lov")),
    ("add_vedlegg", lambda h: vedlegg.add_referat(
        h.archive, sak_id=h.key["called_sak"], moete_id=h.key["held"])),
    ("change_vedlegg", lambda h: vedlegg.rename_vedlegg(
        h.archive, vedlegg_id=h.key["file"], tittel="Tallene")),
    ("change_vedlegg", lambda h: vedlegg.move_vedlegg(
        h.archive, vedlegg_id=h.key["file"], index=0)),
    ("remove_vedlegg", lambda h: vedlegg.remove_vedlegg(h.archive, vedlegg_id=h.key["file"])),
    ("remove_vedlegg", lambda h: vedlegg.remove_vedlegg(h.archive, vedlegg_id=h.key["link"])),
    ("write_section", lambda h: toppnotater.write_standard_section(
        h.archive, sak_id=h.key["planned_sak"], slag=Seksjonslag.HENSIKT, tree=text("Å enes."))),
    ("write_section", lambda h: toppnotater.rename_section(
        h.archive, seksjon_id=h.key["own"], overskrift="Penger")),
    ("add_section", lambda h: toppnotater.add_section(
        h.archive, sak_id=h.key["planned_sak"], overskrift="Risiko", index=2)),
    ("move_section", lambda h: toppnotater.move_section(
        h.archive, seksjon_id=h.key["own"], index=0)),
    ("remove_section", lambda h: toppnotater.remove_section(h.archive, seksjon_id=h.key["own"])),
    ("step_toppnotat", lambda h: toppnotater.step_toppnotat(
        h.archive, sak_id=h.key["called_sak"], tilstand=ToppnotatTilstand.SENDT)),
    ("cite_vedtak", lambda h: toppnotater.cite_vedtak(
        h.archive, sak_id=h.key["planned_sak"], sak_tekst="NUFA 3/22", tema="Kodeverk",
        formulering=text("NUFA støtter det."))),
    ("uncite_vedtak", lambda h: toppnotater.uncite_vedtak(h.archive, rad_id=h.key["cite"])),
    ("change_cited", lambda h: note_edit.change_cited(
        h.archive, rad_id=h.key["cite_hand"], sak_tekst="NUFA 2/23", tema="Språk")),
    ("move_cited", lambda h: note_edit.move_cited(
        h.archive, rad_id=h.key["cite_hand"], index=0)),
    ("restore_toppnotat", _restore),
    ("take_in_note", lambda h: read_note.take_in_note(
        h.archive, sak_id=h.key["planned_sak"], parts=[
            read_note.TakenPart(read_note.Target(Seksjonslag.BAKGRUNN), text("Lest inn."))])),
    ("set_oppmoete", lambda h: deltakere.set_oppmoete(
        h.archive, moete_id=h.key["held"], person_id=h.key["vara"],
        rolle=Oppmoeterolle.STEDFORTREDER, for_id=h.key["medlem"])),
    ("set_oppmoete", lambda h: deltakere.set_oppmoete(
        h.archive, moete_id=h.key["held"], person_id=h.key["gjest"], rolle=Oppmoeterolle.GJEST,
        saker=[h.key["held_sak"], h.key["held_second"]])),
    ("remove_oppmoete", lambda h: deltakere.remove_oppmoete(
        h.archive, moete_id=h.key["held"], person_id=h.key["leder"])),
    ("write_saksreferat", lambda h: referater.write_saksreferat(
        h.archive, sak_id=h.key["held_second"], felt=Referatfelt.INNLEDNING, tree=text("Hun la"))),
    ("mark_treated", lambda h: vedtak.mark_treated(h.archive, sak_id=h.key["held_sak"])),
    ("write_innspill", lambda h: minutes_edit.set_innspill(
        h.archive, sak_id=h.key["held_sak"], lines=[
            minutes_edit.InnspillLine("ny", Innspillslag.PUNKT, 1, text("Mer.")),
            minutes_edit.InnspillLine(h.key["line"], Innspillslag.AVSNITT, 0, text("Mindre."))])),
    ("write_vedtak", lambda h: minutes_edit.write_vedtak(
        h.archive, sak_id=h.key["held_second"], tree=text("Ja, om det går."))),
    ("write_vedtak", lambda h: minutes_edit.write_vedtak(
        h.archive, sak_id=h.key["held_sak"], tree=text(" "))),
    ("adopt_vedtak", lambda h: minutes_edit.adopt_as_proposed(
        h.archive, sak_id=h.key["held_second"])),
    ("hold_moete", lambda h: minutes_edit.hold_with_minutes(
        h.archive, moete_id=h.key["called"])),
    ("add_sak_in_room", lambda h: minutes_edit.add_sak_in_room(
        h.archive, moete_id=h.key["called"], tittel="Strøm", innmeldt=dt.date(2023, 12, 14),
        after_sak_id=h.key["called_sak"])),
    ("take_sak_now", lambda h: minutes_edit.take_sak_now(
        h.archive, sak_id=h.key["late"], after_sak_id=h.moete(h.key["called"]).saker[0].id)),
    ("add_innspill", lambda h: referater.add_innspill(
        h.archive, sak_id=h.key["held_sak"], tree=text("Først."), index=0)),
    ("change_innspill", lambda h: referater.write_innspill(
        h.archive, innspill_id=h.key["line"], tree=text("God plan."))),
    ("change_innspill", lambda h: referater.shape_innspill(
        h.archive, innspill_id=h.key["line"], slag=Innspillslag.MELLOMTITTEL, nivaa=0)),
    ("move_innspill", lambda h: referater.move_innspill(
        h.archive, innspill_id=h.key["line"], index=1)),
    ("remove_innspill", lambda h: referater.remove_innspill(
        h.archive, innspill_id=h.key["line"])),
    ("add_aksjonspunkt", lambda h: referater.add_aksjonspunkt(
        h.archive, sak_id=h.key["held_second"], tekst="Ringe", frist=dt.date(2023, 11, 1))),
    ("change_aksjonspunkt", lambda h: referater.change_aksjonspunkt(
        h.archive, aksjonspunkt_id=h.key["point"], tekst="Lage to planer",
        ansvarlig_organisasjon_id=h.key["kommunen"], ansvarlig_person_id=None, frist=None)),
    ("remove_aksjonspunkt", lambda h: referater.remove_aksjonspunkt(
        h.archive, aksjonspunkt_id=h.key["point"])),
    ("adopt_vedtak", lambda h: vedtak.adopt_vedtak(
        h.archive, sak_id=h.key["held_sak"], tekst=text("Ja, men."))),
    ("adopt_vedtak", lambda h: vedtak.adopt_vedtak(h.archive, sak_id=h.key["held_second"])),
    ("remove_vedtak", lambda h: vedtak.remove_vedtak(h.archive, sak_id=h.key["held_sak"])),
    ("register_vedtak", lambda h: vedtak.register_vedtak(
        h.archive, referanse="NUFA 1/22", tekst=text("Ja."), utvalg_id=h.key["nynorsk"])),
    ("register_sent", lambda h: h.send(h.key["utsendelse"])),
    ("publish_referat", lambda h: innkalling.publish_referat(
        h.archive, moete_id=h.key["held"], dato=dt.date(2023, 11, 1), hvor="ehelse.no")),
    ("accept_finding", lambda h: accept(h, "saksform")),
    ("accept_finding", lambda h: accept(h, "plassholder", "En annen grunn")),
    ("withdraw_acceptance", lambda h: kontroll.withdraw_acceptance(
        h.archive, unntak_id=h.key["unntak"])),
    ("create_oppfoelging", lambda h: oppfoelging.create_oppfoelging(
        h.archive, utvalg_id=h.key["raad"], oppgave="Ringe", aksjonspunkt_id=h.key["point"],
        saker=[h.key["held_sak"], h.key["held_sak"]])),
    ("update_oppfoelging", lambda h: oppfoelging.update_oppfoelging(
        h.archive, oppfoelging_id=h.key["commitment"], dato=dt.date(2023, 11, 2),
        tekst="I gang", tilstand=OppfoelgingTilstand.PAAGAAR)),
    ("change_oppfoelging", lambda h: oppfoelging.change_oppfoelging(
        h.archive, oppfoelging_id=h.key["commitment"], oppgave="Skrive", eier_person_id=None,
        eier_organisasjon_id=h.key["kommunen"], frist=None)),
    ("change_oppfoelging", lambda h: oppfoelging.link_saker(
        h.archive, oppfoelging_id=h.key["commitment"], saker=[h.key["held_second"]])),
    ("delete_oppfoelging", lambda h: oppfoelging.delete_oppfoelging(
        h.archive, oppfoelging_id=h.key["commitment"])),
    ("accept_forslag", lambda h: oppfoelging_forslag.accept_forslag(
        h.archive, forslag=_proposed(h))),
    ("reject_forslag", lambda h: oppfoelging_forslag.reject_forslag(
        h.archive, forslag=_proposed(h))),
    ("make_statussak", lambda h: statussak.make_statussak(
        h.archive, utvalg_id=h.key["raad"], moete_id=h.key["planned"])),
    ("change_registered", lambda h: vedtak_entry.change_registered(
        h.archive, vedtak_id=h.key["entered"], referanse="2/20", tekst=text("Nei."),
        utvalg_id=None, organ="NUFA", tittel="Ny", dato=None, sakstype=None)),
    ("remove_registered", lambda h: vedtak_entry.remove_registered(
        h.archive, vedtak_id=h.key["entered"])),
    ("take_in_vedtak", lambda h: vedtak_entry.take_in_vedtak(
        h.archive, rows=read_vedtak_table("Sak\tVedtak\n8/20\tJa.").rader, body="NUIT")),
]  # fmt: skip
