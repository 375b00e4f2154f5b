"""The sentences for what the rules forbid, by the codes of `desktop.rules.errors.RULES`."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

RULE_MESSAGES: Final = MappingProxyType(
    {
        # Sak numbers and meeting numbers
        "aar_utenfor_omraade": "Året {year} kan ikke brukes. Velg et år fra 1980 til 2079.",
        "nummer_utenfor_omraade": (
            "Nummeret {number} kan ikke brukes. Velg et nummer fra 1 til 9999."
        ),
        "serie_starter_for_lavt": (
            "En nummerserie kan ikke begynne på {first}. Det første nummeret må være 1 eller "
            "høyere."
        ),
        "nummer_gitt_to_ganger": (
            "Nummeret {number} er gitt til to i samme nummerserie. Ingenting er endret. "
            "Rett det ene nummeret; et nummer kan aldri brukes om igjen."
        ),
        "plassert_to_ganger": (
            "Det samme står to ganger i nummerserien. Ingenting er endret. Ta det bort det "
            "ene stedet."
        ),
        "moenster_klammer": (
            "Mønsteret «{pattern}» har en klamme som ikke hører til noe felt. "
            "Skriv feltene som {{nr}} og {{aar}}."
        ),
        "moenster_ukjent_felt": (
            "Mønsteret «{pattern}» bruker feltet {field}, som ikke finnes. "
            "Bruk {{nr}} eller {{nr:03}} for nummeret og {{aar}} eller {{aar2}} for året."
        ),
        "moenster_trenger_ett_nummer": (
            "Mønsteret «{pattern}» må ha {{nr}} akkurat én gang, ellers får ikke sakene hvert "
            "sitt nummer."
        ),
        "moenster_trenger_ett_aar": (
            "Mønsteret «{pattern}» må ha {{aar}} eller {{aar2}} akkurat én gang."
        ),
        "moenster_siffer_ved_felt": (
            "I mønsteret «{pattern}» må det stå et tegn mellom nummer og år, og ikke siffer "
            "inntil dem. "
            "Skriv for eksempel {{nr}}/{{aar2}}."
        ),
        "moenster_ulovlig_tekst": (
            "Mønsteret «{pattern}» kan ikke brukes. Det kan ha høyst 40 synlige tegn, "
            "og ikke mellomrom først eller sist."
        ),
        "saksnummer_foelger_ikke_moensteret": (
            "«{text}» er ikke et saksnummer slik utvalget skriver det. Skriv det etter "
            "mønsteret {pattern}."
        ),
        "moetenummer_uleselig": (
            "«{text}» er ikke et møtenummer. Skriv det som 4/2023 eller 4/23."
        ),
        "moete_avlyst_faar_ikke_nummer": (
            "Møtet er avlyst, så innkallingen kan ikke ferdigstilles. Planlegg et nytt møte i "
            "stedet."
        ),
        "sak_har_allerede_nummer": (
            "Saken har allerede nummer {number}. Et fast saksnummer blir ikke gitt på nytt."
        ),
        "sak_uten_plass_tas_ikke_opp": (
            "Saken er utsatt eller trukket, eller møtet er avlyst. Derfor kan den ikke tas "
            "opp i møtet."
        ),
        "innkalling_er_ikke_ferdigstilt": (
            "Innkallingen er ikke ferdigstilt ennå, så saken får nummer når den blir det. "
            "Ferdigstill innkallingen først."
        ),
        # Vedlegg numbers
        "vedleggsnummer_uleselig": (
            "«{text}» er ikke et vedleggsnummer. Skriv det som 6 eller 6A."
        ),
        "vedlegg_gitt_to_ganger": (
            "To vedlegg i møtet har fått samme nummer. Ingenting er endret. "
            "Rett det ene; et nummer kan aldri brukes om igjen."
        ),
        "vedleggsnummer_i_to_saker": (
            "To saker i møtet har vedlegg med samme nummer. Ingenting er endret. "
            "Hver sak må ha sitt eget vedleggsnummer."
        ),
        "sak_har_to_vedleggsnumre": (
            "Vedleggene til saken har ulike numre. Ingenting er endret. "
            "Alle vedlegg til en sak deler ett nummer og skilles med A, B og så videre."
        ),
        # The agenda clock
        "doegnet_er_passert": (
            "Dagsordenen varer til over midnatt. Kort ned noen poster, eller flytt dem til en "
            "annen dag."
        ),
        "varighet_er_negativ": "En varighet kan ikke være mindre enn 0 minutter.",
        "klokkeslett_er_ikke_hele_minutter": (
            "Et klokkeslett må være i hele minutter, for eksempel 10.15."
        ),
        "slutt_foer_start": "Møtedagen slutter før den begynner. Rett start eller slutt.",
        # States
        "ukjent_tilstand": "Tilstanden finnes ikke. Ingenting er endret.",
        "tilstand_er_uendret": "Tilstanden er den samme som før, så det er ingenting å endre.",
        "moete_maa_innkalles_foerst": (
            "Møtet er ikke innkalt ennå. Ferdigstill innkallingen før møtet registreres som "
            "avholdt."
        ),
        "moete_maa_avholdes_foerst": (
            "Møtet er ikke avholdt ennå. Registrer det som avholdt før det avsluttes."
        ),
        "moete_innkalt_er_ferdigstilt": (
            "Innkallingen er ferdigstilt, så møtet kan ikke bli planlagt igjen. "
            "Gjør endringene og ferdigstill en oppdatert innkalling."
        ),
        "moete_avholdt_har_vaert": (
            "Møtet er avholdt og kan ikke bli planlagt eller innkalt igjen. Planlegg et nytt "
            "møte i stedet."
        ),
        "moete_avholdt_kan_ikke_avlyses": (
            "Møtet er avholdt og kan ikke avlyses. Bare møter som ikke har vært, kan avlyses."
        ),
        "moete_avsluttet_er_endelig": "Møtet er avsluttet og kan ikke endre tilstand.",
        "moete_avlyst_er_endelig": (
            "Møtet er avlyst og kan ikke tas opp igjen. Planlegg et nytt møte i stedet."
        ),
        "moete_tar_ikke_nye_saker": (
            "Møtet er avsluttet eller avlyst og tar ikke imot flere saker. Velg et annet møte."
        ),
        "sak_maa_staa_paa_dagsorden": (
            "Saken står i køen. Sett den på dagsordenen til et møte før den behandles, "
            "utsettes eller trekkes."
        ),
        "sak_behandlet_er_endelig": "Saken er behandlet og kan ikke endre tilstand.",
        "sak_utsatt_kommer_som_ny_sak": (
            "Saken er utsatt. Den kommer tilbake som en ny sak som viser til denne."
        ),
        "sak_trukket_kommer_som_ny_sak": (
            "Saken er trukket. Skal den opp igjen, blir det som en ny sak som viser til denne."
        ),
        "sak_med_nummer_kan_ikke_til_koeen": (
            "Saken har fått nummer og kan ikke gå tilbake til køen. Den kan utsettes eller "
            "trekkes, "
            "og beholder da nummer og plass."
        ),
        "sak_uten_nummer_gaar_til_koeen": (
            "Saken har ikke fått nummer. Ta den av dagsordenen, så går den tilbake til køen."
        ),
        "sak_behandles_med_nummer": (
            "Saken har ikke fått fast nummer. Ta den opp i møtet, så får den det neste nummeret."
        ),
        "sak_behandles_i_avholdt_moete": (
            "Saken kan ikke registreres som behandlet før møtet er avholdt."
        ),
        "toppnotat_maa_kvalitetssikres": (
            "Toppnotatet er ikke kvalitetssikret. Send det til kvalitetssikring før det "
            "settes som klart."
        ),
        "toppnotat_maa_vaere_klart": (
            "Toppnotatet er ikke klart. Sett det som klart før det registreres som sendt."
        ),
        "toppnotat_klart_gaar_til_utkast": (
            "Toppnotatet er klart. Sett det tilbake til utkast hvis det trenger mer arbeid."
        ),
        "toppnotat_sendt_kan_ikke_endres": "Toppnotatet er sendt og kan ikke endre tilstand.",
        "referat_maa_til_kommentar_foerst": (
            "Medlemmene har ikke fått kommentere referatet. Send det til kommentar først."
        ),
        "referat_er_sendt_til_kommentar": (
            "Medlemmene har fått referatet til kommentar, så det kan ikke bli utkast igjen. "
            "Rett det og sett det som oppdatert."
        ),
        "referat_godkjent_er_endelig": "Referatet er godkjent og kan ikke endre tilstand.",
        "oppfoelging_er_paabegynt": "Oppfølgingen er begynt på og kan ikke bli åpen igjen.",
        "oppfoelging_ferdig_er_endelig": "Oppfølgingen er ferdig og kan ikke endre tilstand.",
        "oppfoelging_bortfalt_er_endelig": "Oppfølgingen er bortfalt og kan ikke endre tilstand.",
        # Phrases
        "frase_klammer": (
            "Frasen har en klamme som ikke hører til noe felt. Skriv feltene som {{utvalg}} "
            "og {{dato}}."
        ),
        "frase_ukjent_plassholder": (
            "Frasen bruker et felt som ikke finnes. "
            "Bruk {{utvalg}}, {{dato}}, {{aktør}}, {{tema}} eller {{sekretariat}}."
        ),
        # Deadlines
        "frist_dager_er_negativt": "En frist må være 0 eller flere dager frem i tid.",
        "frist_utenfor_kalenderen": (
            "Fristen ligger utenfor kalenderen. Velg et mindre antall dager."
        ),
    }
)
