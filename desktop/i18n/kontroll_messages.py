"""The sentences of the quality check: what a rule says, why, and whose rule it is.

A sentence takes the values of a finding by name, as `desktop.i18n.messages` has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from desktop.i18n.catalogue import N_, words
from desktop.i18n.locales import BOKMAAL
from desktop.i18n.messages import filled


class RuleText(NamedTuple):
    """What a rule says of a place, and its explanation."""

    setning: str
    forklaring: str


RULE_TEXTS: Final[Mapping[str, RuleText]] = MappingProxyType(
    {
        "mangler_forslag_til_vedtak": RuleText(
            N_("Sak {sak} mangler forslag til vedtak."),
            N_("En sak med sakstype har et forslag til vedtak, både i innkallingen og i "
               "toppnotatet. Eventuelt har ingen sakstype og trenger ikke forslag."),
        ),
        "mangler_hensikt": RuleText(
            N_("Toppnotatet til sak {sak} sier ikke hva som er hensikten med saken."),
            N_("Et toppnotat skal si hvorfor saken kommer til utvalget."),
        ),
        "mangler_sakseier": RuleText(
            N_("Sak {sak} mangler sakseier."),
            N_("Toppnotatet sier hvem saken kommer fra."),
        ),
        "mangler_vedtak": RuleText(
            N_("Sak {sak} er behandlet, men har ikke noe vedtak."),
            N_("En behandlet sak med sakstype har et vedtak i referatet. Eventuelt har ingen."),
        ),
        "godkjenning_feil_dato": RuleText(
            N_("Datoen {dato} er ikke dagen for møtet referatet er fra: {riktig}."),
            N_("Saken som godkjenner referatet, nevner dagen for møtet referatet er fra. Er "
               "referatet lagt ved, gjelder datoen det har; ellers de tidligere møtene i arkivet."),
        ),
        "godkjenning_uten_referat": RuleText(
            N_("Sak {sak} godkjenner et referat som ikke er lagt ved."),
            N_("Referatet fra forrige møte er vedlegg til saken som godkjenner det."),
        ),
        "dagen_gaar_over_tiden": RuleText(
            N_("Dagsordenen {dato} går {minutter} min over planlagt slutt kl. {slutt}."),
            N_("Postene varer lenger enn møtedagen. Kort ned, flytt en sak eller utvid dagen."),
        ),
        "fast_tid_er_passert": RuleText(
            N_("«{post}» er satt til kl. {tid}, men postene før varer {minutter} min lenger."),
            N_("En post med fast klokkeslett kan ikke begynne før postene foran den er ferdige."),
        ),
        "hull_i_dagsorden": RuleText(
            N_("Det er {minutter} min ledig før «{post}» kl. {tid}."),
            N_("Mellom postene er det tid som ingen post fyller. Er det en pause, bør den stå."),
        ),
        "lenge_uten_pause": RuleText(
            N_("Det er ingen pause mellom kl. {fra} og {til} {dato}."),
            N_("Et møte bør ha en pause minst hver tredje time."),
        ),
        "ukjent_vedlegg": RuleText(
            N_("Teksten viser til vedlegg {vedlegg}, som møtet ikke har."),
            N_("Vedleggene har ett nummer i hele møtet: 6, og 6A for det neste i samme sak. "
               "Et vedlegg til noe annet («vedlegg 1 til forskriften») regnes ikke med."),
        ),
        "ingenting_vedlagt": RuleText(
            N_("Teksten sier at noe er vedlagt, men sak {sak} har ingen vedlegg utenom "
               "toppnotatet."),
            N_("Det en tekst sier er vedlagt, må ligge blant vedleggene til saken."),
        ),
        "fil_er_borte": RuleText(
            N_("Filen til «{tittel}» er borte eller tom."),
            N_("Et vedlegg eller en figur kan ikke sendes når innholdet mangler i arkivet. "
               "Legg filen inn på nytt."),
        ),
        "lenke_uten_skjema": RuleText(
            N_("Lenken «{lenke}» mangler https:// og kan ikke åpnes."),
            N_("En lenke begynner med https://, http:// eller mailto:. Uten det åpner ingen "
               "programmer den."),
        ),
        "dato_finnes_ikke": RuleText(
            N_("Datoen «{dato}» finnes ikke."),
            N_("Kalenderen har ingen slik dag."),
        ),
        "feil_ukedag": RuleText(
            N_("{dato} er ikke en {ukedag}."),
            N_("Ukedagen og datoen passer ikke sammen. En dato uten år regnes som den som er "
               "nærmest møtet, og bare når den er innen to måneder."),
        ),
        "gjort_etter_moetet": RuleText(
            N_("Papirene til møtet {moete} forteller om noe som ble gjort {dato}, etter møtet."),
            N_("Innkalling og toppnotat skrives før møtet, og kan ikke fortelle at noe er gjort på "
               "en dag etter det."),
        ),
        "dato_motsier_arkivet": RuleText(
            N_("Ifølge arkivet er datoen for {hva} {riktig}."),
            N_("Arkivet kjenner møtet eller saken, og dagen er en annen enn den som står her."),
        ),
        "ukjent_sak": RuleText(
            N_("Sak {sak} finnes ikke i arkivet."),
            N_("Nummeret er i en serie som arkivet har, men ingen sak har det. Saker fra før "
               "serien begynner, og saker i andre organer, er ukjente og ikke feil."),
        ),
        "saksform": RuleText(
            N_("«{sak}» skrives {riktig} i dette utvalget."),
            N_("Saksnumre skrives på én måte i utvalget, etter mønsteret i innstillingene."),
        ),
        "utvalgsnavn_boeyd": RuleText(
            N_("«{funnet}» er bøyd to ganger. Utvalget heter «{riktig}»."),
            N_("Navnet er et egennavn i ubestemt form. Med bestemt form heter det for eksempel "
               "«det nasjonale e-helserådet»."),
        ),
        "utvalgsnavn_feilskrevet": RuleText(
            N_("«{funnet}» er ikke slik navnet skrives: «{riktig}»."),
            N_("Navnet på et utvalg i arkivet er skrevet med en bokstav for mye, for lite eller "
               "feil."),
        ),
        "vedtak_uten_utvalg": RuleText(
            N_("Vedtaket begynner ikke med hvem som vedtar det, for eksempel «{utvalg}»."),
            N_("Første setning i et vedtak, og i forslaget til det, begynner med utvalget."),
        ),
        "innspill_uten_oppsummering": RuleText(
            N_("Vedtaket i sak {sak} tar med innspill, men referatet oppsummerer dem ikke."),
            N_("Når vedtaket er at innspill tas med i det videre arbeidet, skal de relevante "
               "innspillene oppsummeres i referatet."),
        ),
        "aktoer_i_innspill": RuleText(
            N_("Innspillet nevner {navn}, som ikke har bedt om å bli navngitt."),
            N_("Den som gir et innspill, gjengis ikke ved navn uten å ha bedt om det. Har de det, "
               "så kryss av for at navnet skal stå."),
        ),
        "til_stede_og_borte": RuleText(
            N_("{navn} er ført både som til stede og som fraværende."),
            N_("En person er enten til stede eller borte. Et medlem som er der hele møtet, har "
               "ingen stedfortreder."),
        ),
        "stedfortreder_for_ingen": RuleText(
            N_("{navn} er stedfortreder, men ikke for noe medlem av utvalget."),
            N_("En stedfortreder møter for et medlem av utvalget den dagen."),
        ),
        "gjest_uten_sak": RuleText(
            N_("{navn} er ført på en sak som ikke behandles i møtet."),
            N_("Gjester, og de som kommer eller går underveis, er knyttet til saker i møtet. En "
               "sak som er utsatt eller trukket, behandles ikke."),
        ),
        "plassholder": RuleText(
            N_("«{tekst}» ser ut til å stå igjen og skulle vært fylt ut."),
            N_("Tekst som «xx.xx», «&&&» og «[fyll inn]» er satt av til noe som skal inn senere."),
        ),
        "dobbelt_ord": RuleText(
            N_("Ordet «{ord}» står to ganger etter hverandre."),
            N_("Ord som kan stå to ganger i god norsk («det det gjelder»), regnes ikke med."),
        ),
        "rette_anfoerselstegn": RuleText(
            N_("Skriv «{tekst}» med norske anførselstegn."),
            N_("Norske anførselstegn er « og »."),
        ),
        "bindestrek_i_intervall": RuleText(
            N_("Skriv {riktig} med tankestrek, ikke bindestrek."),
            N_("Tankestrek uten mellomrom betyr «fra og til»: 10–12 prosent, 2023–2024."),
        ),
        "kolon_i_klokkeslett": RuleText(
            N_("Skriv klokkeslettet {riktig} i løpende tekst."),
            N_("I løpende tekst skrives klokkeslett med punktum: kl. 10.30. Kolon brukes i "
               "tabeller."),
        ),
    }
)  # fmt: skip

SOURCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sak_26_23": N_("Rådets egne retningslinjer for referat, sak 26/23"),
        "husets_form": N_("Formen for innkalling, toppnotat og referat"),
        "arkivet": N_("Det arkivet vet om møter, saker, navn og filer"),
        "kalenderen": N_("Kalenderen"),
        "spraakraadet": N_("Språkrådets skriveregler"),
        "rettskrivning": N_("Norsk rettskrivning"),
        "pauser": N_("Husregel om pauser"),
    }
)


PLACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "moetedag": N_("Møtedagen"),
        "post": N_("Dagsorden"),
        "sak": N_("Saken"),
        "tittel": N_("Tittelen"),
        "omtale": N_("Omtalen"),
        "forslag": N_("Forslaget til vedtak"),
        "toppnotat": N_("Toppnotatet"),
        "seksjon": N_("Toppnotatet"),
        "tidligere_vedtak": N_("Tidligere vedtak"),
        "vedlegg": N_("Vedleggene"),
        "innledning": N_("Innledningen"),
        "innspill": N_("Innspillene"),
        "oppsummering": N_("Oppsummeringen"),
        "aksjonspunkt": N_("Aksjonspunktene"),
        "habilitet": N_("Habilitet"),
        "protokolltilfoersel": N_("Protokolltilførsel"),
        "vedtak": N_("Vedtaket"),
        "deltaker": N_("Deltakerne"),
    }
)
"""What the parts of the papers are called, by `rules.kontroll.types.PlaceKind`."""


def rule_sentence(rule: str, params: Mapping[str, object], maalform: str = BOKMAAL) -> str:
    """Return what a rule says about a place."""
    return filled(words(maalform)(RULE_TEXTS[rule].setning), params, maalform)


def rule_explanation(rule: str, maalform: str = BOKMAAL) -> str:
    """Return why a rule says what it says."""
    return words(maalform)(RULE_TEXTS[rule].forklaring)


def rule_source(source: str, maalform: str = BOKMAAL) -> str:
    """Return whose rule it is."""
    return words(maalform)(SOURCES[source])
