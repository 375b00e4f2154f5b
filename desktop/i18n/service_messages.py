"""The sentences for what services refuse, by the codes of `desktop.services`."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

SERVICE_MESSAGES: Final = MappingProxyType(
    {
        # Finding things
        "finnes_ikke_lenger": "Det du ville endre, finnes ikke lenger i arkivet.",
        "ukjent_moete": "Møtet finnes ikke lenger i arkivet.",
        "ukjent_moete_nummer": "Fant ikke møte {nummer} i {utvalg}.",
        "moete_i_flere_utvalg": (
            "Flere utvalg har møte {nummer}: {utvalg}. Si hvilket med --utvalg."
        ),
        "saksnummer_uleselig": "«{sak}» er ikke et saksnummer. Skriv det som 33/23.",
        "ukjent_sak_nummer": "Fant ikke sak {nummer} i {utvalg}.",
        "sak_i_flere_utvalg": "Flere utvalg har sak {nummer}: {utvalg}. Si hvilket med --utvalg.",
        "ukjent_utvalg": "Fant ikke utvalget «{navn}». Arkivet har: {kjente}.",
        "flere_utvalg": "Arkivet har flere utvalg: {kjente}. Si hvilket med --utvalg.",
        "ingen_utvalg": "Arkivet har ikke noe utvalg ennå.",
        "ingen_dokumenter": "Møte {moete} har ingen slike dokumenter.",
        "sak_er_ikke_i_moetet": "Sak {sak} er ikke på dagsorden i møte {moete}.",
        "sak_er_ute_av_dagsorden": (
            "Sak {sak} er {tilstand}, så toppnotatet hører ikke til møtet lenger."
        ),
        "annen_fil_ligger_der": (
            "{sti} er ikke en utvekslingsfil fra Møtebok og er ikke rørt. Velg et annet navn."
        ),
        "ikke_eksempelarkivet": (
            "{sti} er et annet arkiv enn eksempelet og er ikke rørt. Velg et annet navn med "
            "--arkiv."
        ),
        "arkivet_har_navn": "Arkivet heter allerede «{navn}» og beholder det navnet.",
        # People
        "navn_er_i_bruk": "«{navn}» finnes fra før. Velg et annet navn.",
        "navn_foer_siste_navn": (
            "Navnet «{navn}» gjelder fra {dato}. Et nytt navn må gjelde fra en senere dato."
        ),
        "navn_overlapper": (
            "«{navn}» og «{annet}» gjelder på samme tid. La det ene navnet slutte før det andre "
            "begynner."
        ),
        "uten_navn": "En organisasjon må ha minst ett navn.",
        "person_to_ganger": "Samme person står to ganger. Ta den ene bort.",
        "vara_for_seg_selv": "En vara kan ikke stå inn for sitt eget verv. Velg et annet medlem.",
        "er_i_bruk": "{navn} er i bruk ({hvor}) og kan ikke slettes.",
        "ingen_aa_legge_til": "Ingen av radene kan legges til. Listen er ikke endret.",
        "serie_etter_fast_sak": (
            "Sak {nummer} i {aar} har allerede fått nummeret sitt. "
            "Serien må begynne på {nummer} eller lavere."
        ),
        "serie_etter_fast_moete": (
            "Møte {nummer} i {aar} har allerede fått nummeret sitt. "
            "Serien må begynne på {nummer} eller lavere."
        ),
        "verv_finnes": "{person} har allerede dette vervet i perioden.",
        "slutter_foer_start": "Slutten ({til}) er ikke etter starten ({fra}). Rett en av dem.",
        "deltaker_finnes": (
            "{navn} står allerede blant deltakerne i møtet. Endre oppmøtet der i stedet."
        ),
        "stedfortreder_uten_medlem": (
            "En stedfortreder møter for et medlem, og bare en stedfortreder gjør det. "
            "Velg medlemmet."
        ),
        "stedfortreder_for_seg_selv": "En person kan ikke møte som stedfortreder for seg selv.",
        "medlemmet_er_til_stede": (
            "{navn} er registrert som til stede og trenger ingen stedfortreder. "
            "Endre oppmøtet først."
        ),
        "medlemmet_har_stedfortreder": (
            "{stedfortreder} er registrert som stedfortreder for {navn}. Endre det først."
        ),
        "sak_i_annet_moete": "«{tittel}» er ikke på dagsorden i dette møtet.",
        # Meetings and the running order
        "moete_uten_dag": "Et møte må ha minst én dag. Legg til en dato.",
        "dag_har_dagsorden": (
            "{dato} har rader i dagsordenen. Flytt dem til en annen dag, eller ta dem bort, før "
            "dagen fjernes."
        ),
        "innkalt_moete_beholder_dager": (
            "Innkallingen til møte {moete} er ferdigstilt, så dagen kan ikke fjernes. "
            "Endre datoen i stedet."
        ),
        "dag_to_ganger": "Møtet har allerede denne datoen. Velg en annen.",
        "innkalt_moete_skifter_ikke_aar": (
            "Møte {moete} har fått numrene sine og kan ikke flyttes til et annet år. "
            "Avlys det, og planlegg et nytt."
        ),
        "annet_utvalg": "«{tittel}» hører til et annet utvalg og kan ikke stå på dette møtet.",
        "moete_er_slutt": (
            "Møte {moete} er avsluttet eller avlyst. Dagsorden og møtedager kan ikke endres lenger."
        ),
        "annet_moete": "Raden kan bare flyttes innenfor sitt eget møte.",
        "sak_plasseres_fra_koeen": (
            "En sak settes på dagsorden fra køen og har tittelen sin fra saken."
        ),
        "varighet_utenfor_omraade": (
            "{minutter} minutter går ikke. En rad varer fra 0 minutter til under ett døgn."
        ),
        "sak_er_ikke_i_koeen": (
            "«{tittel}» er ikke i køen. Bare saker i køen kan slettes eller ordnes."
        ),
        "sak_er_ikke_paa_dagsorden": "«{tittel}» er ikke på dagsorden i noe møte.",
        "sak_staar_i_koeen": (
            "«{tittel}» står i køen. Sett den på dagsorden i stedet for å føre den videre."
        ),
        "sak_er_allerede_fort_videre": ("«{tittel}» er allerede ført videre som en ny sak i køen."),
        # Texts
        "ukjent_regel": "Kontrollen har ingen regel som heter «{regel}».",
        "tomt_felt": "Feltet {felt} kan ikke være tomt.",
        "tall_utenfor_omraade": "{felt} må være et tall fra {fra} til {til}.",
        "sak_uten_toppnotat": "«{tittel}» har ikke noe toppnotat.",
        "versjon_finnes_ikke": (
            "Denne versjonen av toppnotatet finnes ikke lenger i loggen. Teksten er ikke endret."
        ),
        "vedtak_staar_i_registeret": (
            "Teksten i denne raden hentes fra vedtaksregisteret og endres ikke her."
        ),
        "toppnotat_er_sendt": (
            "Toppnotatet er sendt og kan ikke endres. Det nye kan tas med i møtet eller i en "
            "ny sak."
        ),
        "seksjon_er_beregnet": "Denne delen av toppnotatet fylles ut av seg selv.",
        "seksjon_finnes": "Toppnotatet har allerede denne delen.",
        "ingenting_valgt": "Ingenting er valgt. Velg minst én del å lese inn.",
        "overskrift_er_fast": "Denne overskriften er den samme i alle toppnotater.",
        "tittel_er_beregnet": "Tittelen på dette vedlegget følger saken eller møtet.",
        "toppnotat_foelger_saken": (
            "Toppnotatet følger saken. Endre toppnotatstatus for saken i stedet."
        ),
        "vedlegg_for_stort": (
            "{filnavn} er på {megabyte} MB. Vedlegg i arkivet kan være på høyst 50 MB, for arkivet "
            "kopieres helt ved hver sikkerhetskopi. Legg filen et annet sted, og vis til den med "
            "en lenke."
        ),
        "lenke_uten_skjema": (
            "«{url}» er ikke en hel adresse. Den må begynne med https:// eller http://."
        ),
        "referat_er_vedlegg_alt": "Referatet er allerede vedlegg til saken.",
        "referat_er_godkjent": "Referatet er godkjent og kan ikke endres.",
        "navngis_uten_innsender": "Si hvem som skal navngis.",
        "samme_linje_to_ganger": (
            "To linjer i innspillene har samme nøkkel. Teksten står i feltet, men er ikke lagret: "
            "åpne møtet på nytt."
        ),
        "mangler_forslag": (
            "«{tittel}» har ikke noe forslag til vedtak. Skriv vedtaket, eller skriv et "
            "forslag først."
        ),
        "vedtak_finnes": "Vedtaket {referanse} står allerede i registeret.",
        "vedtak_hoerer_til_sak": (
            "Vedtaket hører til en sak i arkivet. Endre det i referatet fra møtet."
        ),
        "ingen_vedtak_aa_ta_inn": "Ingen av radene kan tas inn. Registeret er ikke endret.",
        "forslag_er_behandlet": "Forslaget er allerede godtatt eller avvist.",
        "ingen_aapne_oppfoelginger": (
            "Ingen oppfølginger er åpne, så det er ikke noe å ta med i en statussak."
        ),
        "vedtak_er_vist_til": (
            "Et toppnotat viser til vedtaket. Ta henvisningen bort der før vedtaket fjernes."
        ),
        "vedtak_uten_kilde": "Velg et vedtak fra registeret, eller skriv hvilken sak det gjelder.",
        # What is sent
        "ingenting_nytt": (
            "Ingenting er endret siden innkallingen til møte {moete} ble ferdigstilt."
        ),
        "endret_underveis": (
            "Arkivet ble endret mens dokumentene ble skrevet. Ingenting er ferdigstilt. Prøv igjen."
        ),
        "dokumenter_mangler": (
            "Ikke alle dokumentene ble skrevet. Ingenting er ferdigstilt. Prøv igjen."
        ),
        "allerede_sendt": "Dette er registrert som sendt {sendt}.",
        "ingen_mottakere": "Velg minst én mottaker.",
        "sendt_foer_laget": "Dokumentene ble laget {laget} og kan ikke være sendt før det.",
        "moete_er_ikke_avholdt": (
            "Møte {moete} er ikke avholdt. Marker det som avholdt før referatet sendes."
        ),
        "frist_er_passert": "Fristen {frist} er allerede passert. Velg en senere dato.",
        "godkjennes_av_senere_moete": (
            "Referatet fra møte {moete} godkjennes av saken «Godkjenning av referatet» i et "
            "senere møte i samme utvalg."
        ),
        "eksport_for_stor": (
            "Utvekslingsfilen ville bli på {megabyte} MB, og den kan være på høyst {grense} MB. "
            "Eksporter ett møte om gangen."
        ),
        # What is missing in papers
        "mangler_forslag_til_vedtak": "Sak {sak} mangler forslag til vedtak.",
        "toppnotat_er_ikke_klart": "Toppnotatet til sak {sak} er ikke klart.",
        "mangler_hensikt": "Toppnotatet til sak {sak} sier ikke hva som er hensikten med saken.",
        "mangler_sakseier": "Sak {sak} mangler sakseier.",
        "dagen_gaar_over_tiden": "Dagsorden går ut over møtets sluttid.",
        # Files
        "tekst_skadet": (
            "En tekst i arkivet er skadet og kan ikke leses ({detalj}). Kjør «motebok verifiser»."
        ),
        "fil_kan_ikke_brukes": "Filen {sti} kan ikke brukes ({detalj}).",
        "SaveError.disk_full": (
            "Disken er full, så {sti} ble ikke skrevet. Filen som lå der, er hel. Frigjør plass og "
            "prøv igjen."
        ),
        "SaveError.read_only": (
            "Det er ikke lov å skrive til {sti}. Filen som lå der, er urørt. Velg en annen mappe."
        ),
        "SaveError.no_folder": "Mappen til {sti} finnes ikke. Ingenting er skrevet der.",
        "SaveError.not_a_folder": (
            "En del av stien til {sti} er en fil, ikke en mappe. Velg en annen mappe."
        ),
        "SaveError.is_folder": "{sti} er en mappe. Velg et annet navn.",
        "SaveError.name_too_long": "Navnet på {sti} er for langt for denne disken.",
        "SaveError.failed": "{sti} lot seg ikke skrive. Filen som lå der, er urørt.",
        "TemplateError.not_docx": (
            "Malen er ikke et Word-dokument (.docx eller .dotx). Velg en annen fil."
        ),
        "TemplateError.old_or_encrypted": (
            "Malen er i det gamle Word-formatet eller har passord. Lagre den som .docx uten "
            "passord."
        ),
        "TemplateError.damaged": (
            "Malen er skadet og kan ikke brukes. Åpne og lagre den på nytt i Word."
        ),
        "TemplateError.too_large": "Malen er for stor til å være en Word-mal.",
        "TemplateError.macros": (
            "Malen har makroer og blir ikke brukt. Lagre den uten makroer (.docx)."
        ),
        "TemplateError.strict_format": (
            "Malen er lagret som «Strict Open XML». Lagre den som vanlig Word-dokument (.docx)."
        ),
        "DocxError.not_word": (
            "Filen er ikke et Word-dokument. Ingenting er lest inn. Velg en fil av typen .docx."
        ),
        "DocxError.other_format": (
            "Filen er i formatet {format}, ikke et Word-dokument. Ingenting er lest inn. Åpne "
            "den i Word, og lagre den som Word-dokument (.docx)."
        ),
        "DocxError.old_format": (
            "Filen er i det gamle Word-formatet (.doc). Ingenting er lest inn. Åpne den i Word, og "
            "lagre den som Word-dokument (.docx)."
        ),
        "DocxError.password": (
            "Filen er beskyttet med passord. Ingenting er lest inn. Åpne den i Word, fjern "
            "passordet under Fil og Informasjon, og lagre den."
        ),
        "DocxError.macros": (
            "Filen har makroer og blir ikke lest inn. Åpne den i Word, og lagre den som "
            "Word-dokument uten makroer (.docx)."
        ),
        "DocxError.damaged": (
            "Filen er skadet og kan ikke leses. Ingenting er lest inn. Åpne den i Word, la Word "
            "reparere den, og lagre den på nytt. Går ikke det, be avsenderen om en ny kopi."
        ),
        "DocxError.missing_part": (
            "Filen mangler en del av seg selv ({del}). Ingenting er lest inn. Åpne og lagre den "
            "på nytt i Word, eller be avsenderen om en ny kopi."
        ),
        "DocxError.unsafe": (
            "Filen har innhold som et Word-dokument ikke skal ha ({del}), og er ikke åpnet. Be "
            "avsenderen lagre den på nytt i Word."
        ),
        "DocxError.too_large": (
            "Filen er for stor til å leses inn. Ingenting er lest inn. Gjør bildene mindre i Word "
            "(Komprimer bilder), eller legg filen ved saken som vedlegg."
        ),
        "DocxError.too_complex": (
            "Filen har tabeller eller felter inni hverandre i for mange nivåer. Ingenting er lest "
            "inn. Forenkle dokumentet i Word, og lagre det på nytt."
        ),
        "DocxError.strict_format": (
            "Filen er lagret som «Strict Open XML». Ingenting er lest inn. Lagre den som vanlig "
            "Word-dokument (.docx)."
        ),
        "DocxError.tracked_changes": (
            "Filen har sporede endringer ({antall}, av {hvem}), så det er ikke avgjort hvilken "
            "tekst som gjelder. Ingenting er lest inn. Godta eller avvis endringene i Word under "
            "Se gjennom, og lagre filen."
        ),
        "DocxError.empty": "Dokumentet har ingen tekst. Ingenting er lest inn.",
    }
)
