"""A small invented meeting in nynorsk that makes the composers use all their words."""

from __future__ import annotations

from datetime import date, time

from desktop.documents.content import (
    AksjonspunktContent,
    GjestContent,
    InnspillContent,
    MoeteContent,
    MoetedagContent,
    MoetepakkeContent,
    OppmoeteContent,
    PakkedelContent,
    PersonContent,
    PostContent,
    ReferatContent,
    SakContent,
    SaksreferatContent,
    SekretariatContent,
    SeksjonContent,
    StedfortrederContent,
    TidligereVedtakContent,
    ToppnotatContent,
    UtvalgContent,
    VedleggContent,
)
from desktop.rules.entity_kinds import Innspillslag, Postslag, Seksjonslag, Vedleggslag
from desktop.rules.kinds import Maalform, Moeteform, Sakstype, Toppnotatstatus
from desktop.rules.states import ReferatTilstand, SakTilstand
from tests.documents.samples import text

UTVAL = UtvalgContent(
    "Digitaliseringsutvalet", "utvalet", "Utvalet", Maalform.NN, "Vestland fylkeskommune"
)
PERSON = PersonContent("Gunnhild Eide", "Voss herad")

REFERAT_VEDLEGG = VedleggContent(
    "1",
    "",
    Vedleggslag.REFERAT,
    referat_utvalg="Digitaliseringsutvalet",
    referat_dato=date(2024, 6, 1),
)
NOTAT_VEDLEGG = VedleggContent("2", "Opne data", Vedleggslag.TOPPNOTAT)
LENKE = VedleggContent("2A", "Plan for opne data", Vedleggslag.LENKE, url="https://døme.no/plan")
FIL = VedleggContent("2B", "Budsjett", Vedleggslag.FIL, filnavn="budsjett.xlsx")
TAPT = VedleggContent("2C", "Brev", Vedleggslag.FIL)

SAKER = (
    SakContent(
        "a",
        "PS 1/24",
        "Godkjenning av innkalling og dagsorden",
        Sakstype.GODKJENNING,
        provisional=True,
        forslag=text("Utvalet godkjenner innkalling og dagsorden."),
        vedlegg=(REFERAT_VEDLEGG,),
    ),
    SakContent(
        "b",
        "PS 2/24",
        "Opne data",
        Sakstype.DROEFTING,
        omtale=text("Fylket vil gjere meir data opne."),
        forslag=text("Utvalet drøfta saka."),
        vedlegg=(NOTAT_VEDLEGG, LENKE, FIL, TAPT),
        endret_etter_innkalling=True,
    ),
    SakContent(
        "c",
        "PS 3/24",
        "Nytt arkiv",
        Sakstype.ANBEFALING,
        toppnotatstatus=Toppnotatstatus.INGEN,
        tilstand=SakTilstand.UTSATT,
    ),
    SakContent(
        "d", "PS 4/24", "Kjøp av lisensar", Sakstype.BESLUTNING, tilstand=SakTilstand.TRUKKET
    ),
    SakContent("e", "PS 5/24", "Ny løysing for post", Sakstype.ORIENTERING),
    SakContent("f", "PS 6/24", "Eventuelt"),
)


def _post(key: str, hour: int, *, endret: bool = False) -> PostContent:
    return PostContent(Postslag.SAK, time(hour), sak_key=key, endret=endret)


MOETE = MoeteContent(
    UTVAL,
    2,
    2024,
    (
        MoetedagContent(
            date(2024, 9, 30), time(10), time(15), "", (_post("a", 10), _post("b", 11, endret=True))
        ),
        MoetedagContent(
            date(2024, 10, 1),
            time(9),
            time(12),
            "",
            (
                _post("c", 9),
                PostContent(Postslag.PAUSE, time(10), "Kaffi"),
                _post("d", 10),
                _post("e", 11),
                _post("f", 12),
            ),
        ),
    ),
    Moeteform.DIGITALT,
    "https://døme.no/møte",
    (PERSON, PersonContent("Leif Bø")),
    SAKER,
    provisional=True,
    oppdatert=date(2024, 9, 20),
)

TOPPNOTAT = ToppnotatContent(
    UTVAL,
    "2/24",
    date(2024, 9, 30),
    "PS 2/24",
    "Opne data",
    Sakstype.DROEFTING,
    provisional=True,
    fra=(PERSON,),
    saksbehandlere=(PERSON,),
    seksjoner=(
        SeksjonContent(Seksjonslag.HENSIKT),
        SeksjonContent(Seksjonslag.BAKGRUNN, text("Mange spør etter data.")),
        SeksjonContent(Seksjonslag.DROEFTING, text("Kva skal opnast først?")),
        SeksjonContent(Seksjonslag.VIDERE, text("Saka kjem att til våren.")),
    ),
    tidligere_vedtak=(TidligereVedtakContent("PS 9/23", "Data", text("Utvalet bad om ein plan.")),),
    vedlegg=(LENKE,),
)

REFERAT = ReferatContent(
    MOETE,
    (
        SaksreferatContent(
            "b",
            text("Gunnhild Eide la fram saka."),
            (InnspillContent(Innspillslag.PUNKT, text("Start i det små.")),),
            text("Utvalet var samd."),
            (AksjonspunktContent("Lage plan.", "Fylket", date(2024, 12, 1)),),
            habilitet=text("Leif Bø gjekk frå."),
            protokolltilfoersel=text("Leif Bø ville ha meir tid."),
            vedtak=text("Utvalet drøfta saka."),
        ),
    ),
    ReferatTilstand.TIL_KOMMENTAR,
    til_stede=(
        OppmoeteContent(PERSON, digitalt=True, fra_sak="PS 1/24", til_sak="PS 2/24"),
        OppmoeteContent(PersonContent("Leif Bø"), fra_sak="PS 2/24"),
        OppmoeteContent(PersonContent("Ola By"), til_sak="PS 2/24"),
    ),
    ikke_til_stede=(PersonContent("Åse Vik"),),
    stedfortredere=(StedfortrederContent(OppmoeteContent(PersonContent("Nils Li")), "Åse Vik"),),
    andre=(GjestContent(PersonContent("Per Ås"), ("PS 1/24", "PS 2/24")),),
    sekretariat=(SekretariatContent("Vestland fylkeskommune", (OppmoeteContent(PERSON),)),),
    kommentarfrist=date(2024, 10, 10),
)

PAKKE = MoetepakkeContent(
    MOETE,
    (
        PakkedelContent(REFERAT_VEDLEGG, "a", REFERAT),
        PakkedelContent(NOTAT_VEDLEGG, "b", TOPPNOTAT),
        PakkedelContent(LENKE, "b"),
        PakkedelContent(FIL, "b"),
        PakkedelContent(TAPT, "b"),
    ),
)
