"""What the tables and fields of the exchange format are, in Norwegian, for its schema."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TABLE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "arkiv": "Arkivet selv: hva det heter og når det ble opprettet. Høyst én rad.",
        "organisasjon": "En organisasjon. Den er den samme når den skifter navn.",
        "organisasjonsnavn": "Et navn en organisasjon har eller har hatt i en periode.",
        "person": "En person: medlem, vara, saksbehandler, presentatør eller gjest.",
        "utvalg": "Et utvalg, med språk, saksnummermønster og faste opplysninger.",
        "nummerserie": "Hvor saks- og møtenumrene til et utvalg begynner i et år.",
        "fastpost": "En fast post som et nytt møte i utvalget foreslår av seg selv.",
        "frase": "En formulering for vedtak, med {utvalg}, {dato}, {aktør} og {tema}.",
        "verv": "En persons plass i et utvalg for en organisasjon, i en periode.",
        "moete": "Et møte. Uten nummer er det ikke innkalt ennå.",
        "moetedag": "En dag av et møte. Hvert møte har minst én.",
        "sak": "En sak i ett møte, eller i køen (uten møte og nummer).",
        "saksrolle": "En person eller organisasjon som sakseier, saksbehandler eller presentatør.",
        "dagsordenpost": "En rad i dagsordenen: en sak, en pause eller et fritt punkt.",
        "vedtak": "Et vedtak: av en sak, eller ført inn i registeret fra andre behandlinger.",
        "toppnotat": "Toppnotatet til en sak; tekstene er seksjonene.",
        "toppnotatseksjon": "En del av et toppnotat.",
        "tidligere_vedtak": "Et tidligere vedtak som et toppnotat viser til.",
        "vedlegg": "Et vedlegg til en sak: et dokument Møtebok lager, en fil eller en lenke.",
        "oppmoete": "En persons oppmøte i et møte.",
        "oppmoete_sak": "En sak som en gjest er til stede for.",
        "saksreferat": "Det som ble sagt i en sak.",
        "innspill": "En linje av det som ble sagt: punkt, avsnitt eller mellomtittel.",
        "aksjonspunkt": "Noe noen tok på seg i en sak.",
        "referat": "Referatet fra et møte, og veien fram til godkjenning.",
        "oppfoelging": "Noe som skal følges opp: hvem, hva og innen når.",
        "oppfoelginglogg": "En datert melding om hvordan det går med en oppfølging.",
        "oppfoelgingsavslag": "Et forslag til oppfølging som ble avvist.",
        "oppfoelging_sak": "En sak som en oppfølging gjelder eller kommer tilbake i.",
        "utsendelse": "Det som ble ferdigstilt for å sendes, og når det ble sendt.",
        "utsendelsefil": "En fil i en utsendelse.",
        "mottaker": "En som fikk en utsendelse, med navn og adresse den dagen.",
        "kontrollunntak": "Noe kvalitetskontrollen fant, som får stå slik det er.",
    }
)

FIELD_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aar": "Året numrene telles i.",
        "arkivreferanse": "Saken i arkivsystemet.",
        "avtrykk": "SHA-256 av det regelen fant. Unntaket gjelder så lenge det står uendret.",
        "begrunnelse": "Hvorfor det får stå.",
        "bestemt": "Navnet i løpende tekst: Nasjonalt e-helseråd, rådet.",
        "bokstav": "Bokstaven i vedleggsnummeret: A i 6A, tom for sakens første vedlegg.",
        "digital_lenke": "Lenken til det digitale møtet.",
        "endringer": "Hva som er endret i referatet etter kommentarene.",
        "fast_tid": "Klokkeslettet raden må begynne på.",
        "fastpostslag": "Satt for en sak som kom av en fast post.",
        "filnavn": "Navnet filen har når den lagres.",
        "foerste_moete": "Årets første møtenummer.",
        "foerste_sak": "Årets første saksnummer.",
        "for_id": "Medlemmet en stedfortreder møter for.",
        "form": "Hvordan møtet holdes.",
        "forslag": "Ordene i vedtaket eller aksjonspunktet som det ble foreslått ut fra.",
        "forslag_til_vedtak": "Vedtaket saken foreslår.",
        "fortsetter_id": "Saken som denne fører videre.",
        "fra_sak_id": "Saken en som kom senere, var til stede fra.",
        "frase": "Formuleringen som foreslås som vedtak.",
        "funksjon": "Hva personen er i utvalget.",
        "godkjent_i_sak_id": "Den senere saken som godkjente referatet.",
        "husregler": "Utvalgets egne regler.",
        "innkalt_avtrykk": "SHA-256 av det innkallingen sa om saken.",
        "innkalt_tid": "Klokkeslettet raden hadde i den ferdigstilte innkallingen.",
        "innmeldt": "Dagen saken ble meldt inn.",
        "innsender_id": "Hvem innspillet kom fra; følger bare med der medlemmet vil navngis.",
        "koerekkefoelge": "Plassen i køen.",
        "kommentarfrist_dager": "Hvor mange dager medlemmene har på å kommentere referatet.",
        "kortnavn": "Det korte navnet.",
        "laget": "Da utsendelsen ble laget.",
        "maalform": "Språket i utvalgets dokumenter.",
        "mal_navn": "Navnet på utvalgets egen Word-mal.",
        "mal_sha256": "Utvalgets egen Word-mal.",
        "moetesaksaar": "Året i saksnummeret (eInnsyn).",
        "moetesakssekvensnummer": "Nummeret i saksnummeret (eInnsyn). Et fast nummer endres aldri.",
        "navngis": "Om medlemmet vil at navnet skal stå i referatet.",
        "nivaa": "Innrykket, fra 0.",
        "nummer": "Det faste nummeret. Det endres aldri.",
        "oensket_moete": "Møtet saken ønskes tatt opp i, som tekst.",
        "omtale": "Det dagsordenen sier om saken.",
        "organ": "Organet bak et vedtak utenfra.",
        "overskrift": "Egen overskrift; bare der slag er «egen».",
        "plassering": "Hvor i dagsordenen den faste posten går.",
        "prioritet": "Fra 1 (høyest) til 3.",
        "publisert_hvor": "Hvor referatet er publisert.",
        "referanse": "Saken et vedtak utenfra gjelder: NUIT 50/23.",
        "referat_moete_id": "Møtet vedlegget er referatet fra.",
        "regel": "Regelen i kvalitetskontrollen.",
        "rekkefoelge": "Plassen blant søsken, sortert som tekst tegn for tegn.",
        "rolle": "Rollen personen har.",
        "saksnummermoenster": "Hvordan saksnumre skrives: {nr}/{aar2}.",
        "sakstype": "Hva utvalget blir bedt om. Uten type: eventuelt.",
        "sendt": "Da utsendelsen ble sendt.",
        "slag": "Hva slags rad det er.",
        "som_foreslaatt": "Om vedtaket ble som foreslått.",
        "status": "Hvordan personen møtte.",
        "sted": "Hvor det er: et møtested, eller stedet i papirene et kontrollunntak gjelder.",
        "stoerrelse": "Antall byte.",
        "til_sak_id": "Saken en som gikk tidligere, var til stede til og med.",
        "tilstand": "Hvor i arbeidsgangen raden er.",
        "toppnotatstatus": "Om saken skal ha toppnotat.",
        "trukket": "Om vedlegget er trukket; nummeret beholdes.",
        "vara_for_id": "Vervet en vara møter for.",
        "varighet": "Minutter.",
        "versjon": "Hvilken i rekken av samme slag, fra 1.",
    }
)


def words_of_field(name: str, reference: str | None) -> str | None:
    """Return what a field is, or None where its name says it all."""
    found = FIELD_WORDS.get(name)
    if reference is None:
        return found
    target = f"Viser til en rad i «{reference}»." if reference != "fil" else "Viser til «filer»."
    return f"{found} {target}" if found else target
