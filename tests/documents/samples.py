"""Invented meetings, notes and minutes for the tests of composers and writers."""

from __future__ import annotations

import struct
import zlib
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
from desktop.documents.document import FigureFile
from desktop.richtext.tree import (
    Block,
    Cell,
    Figure,
    Footnote,
    Heading,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Run,
    Table,
    Tree,
)
from desktop.rules.entity_kinds import Innspillslag, Postslag, Seksjonslag, Vedleggslag
from desktop.rules.kinds import Maalform, Moeteform, Sakstype, Toppnotatstatus
from desktop.rules.states import ReferatTilstand, SakTilstand

PICTURE = "5f" * 32


def picture(width: int = 60, height: int = 24) -> FigureFile:
    """Return a small PNG with a blue field."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    rows = b"".join(b"\0" + b"\x1f\x4e\x79" * width for _row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows))
    return FigureFile(data + chunk(b"IEND", b""), "image/png")


class _Ids:
    """Ids that are the same in every run."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        return f"{self.prefix}{self.count:03}"


def p(
    *parts: str | Run | Footnote | LineBreak, ident: str = "", caption: bool = False
) -> Paragraph:
    inlines = tuple(Run(part) if isinstance(part, str) else part for part in parts)
    return Paragraph(inlines, "caption" if caption else "normal", id=ident)


def text(*paragraphs: str) -> Tree:
    return Tree(tuple(p(one, ident=f"t{abs(zlib.crc32(one.encode())):x}") for one in paragraphs))


def bullets(*items: str | tuple[Block, ...], ident: str = "") -> ListBlock:
    blocks = [(p(item),) if isinstance(item, str) else item for item in items]
    return ListBlock(tuple(ListItem(one) for one in blocks), id=ident)


UTVALG = UtvalgContent(
    "Nasjonalt e-helseråd",
    "Nasjonalt e-helseråd",
    "E-helserådet",
    Maalform.NB,
    "Direktoratet for e-helse",
)
UTVAL = UtvalgContent(
    "Digitaliseringsutvalet", "utvalet", "Utvalet", Maalform.NN, "Vestland fylkeskommune"
)

MEMBERS = tuple(
    PersonContent(*one)
    for one in (
        ("Ragnhild Solem", "Helse Vest RHF"),
        ("Tor Egil Nesheim", "Helse Midt-Norge RHF"),
        ("Bente Kvarsnes", "Helse Nord RHF"),
        ("Anders Wiik", "Helse Sør-Øst RHF"),
        ("Marit Hagelund", "Direktoratet for e-helse"),
        ("Jon Petter Aas", "Helsedirektoratet"),
        ("Solveig Lindqvist", "Folkehelseinstituttet"),
        ("Guro Tangen", "KS"),
        ("Stein Ove Dahl", "Oslo kommune"),
        ("Åse Brekke", "Kristiansand kommune"),
        ("Nils Aslak Sara", "Nordreisa kommune"),
        ("Hanne Fjeldstad", "Bergen kommune"),
        ("Lars Myklebust", "Trondheim kommune"),
        ("Ingrid Øverland", "FFO"),
        ("Petter Winsnes", "Nasjonalforeningen for folkehelsen"),
        ("Kari Anne Moen", "Legeforeningen"),
        ("Eirik Stavnes", "Digitaliseringsdirektoratet"),
        ("Silje Rønning", "Norsk Sykepleierforbund"),
        ("Arvid Haugen", "Norsk helsenett SF"),
    )
)


def toppnotat_vedlegg(nummer: str, tittel: str) -> VedleggContent:
    return VedleggContent(nummer, tittel, Vedleggslag.TOPPNOTAT)


REFERAT_VEDLEGG = VedleggContent(
    "1",
    "",
    Vedleggslag.REFERAT,
    referat_utvalg="Nasjonalt e-helseråd",
    referat_dato=date(2023, 10, 4),
)
LENKE_VEDLEGG = VedleggContent(
    "3A", "Felles krav til journal", Vedleggslag.LENKE, url="https://eksempel.no/krav?a=1&b=2"
)
FIL_VEDLEGG = VedleggContent(
    "3B", "Tidsplan for utprøving", Vedleggslag.FIL, filnavn="tidsplan 2024.pdf"
)

SAKER = (
    SakContent(
        "s28",
        "28/23",
        "Godkjenning av innkalling og dagsorden",
        Sakstype.GODKJENNING,
        forslag=text("Nasjonalt e-helseråd godkjenner innkalling og dagsorden."),
    ),
    SakContent(
        "s29",
        "29/23",
        "Godkjenning av referatet fra møtet 4. oktober 2023 i Nasjonalt e-helseråd",
        Sakstype.GODKJENNING,
        forslag=text("Nasjonalt e-helseråd godkjenner referatet fra møtet 4. oktober 2023."),
        toppnotatstatus=Toppnotatstatus.IKKE_AKTUELT,
        vedlegg=(REFERAT_VEDLEGG,),
    ),
    SakContent(
        "s30",
        "30/23",
        "Orientering fra Direktoratet for e-helse",
        Sakstype.ORIENTERING,
        omtale=text("Direktoratet forteller kort om det som har skjedd siden forrige møte."),
        forslag=text("Nasjonalt e-helseråd tar sakene til orientering."),
        toppnotatstatus=Toppnotatstatus.INGEN,
    ),
    SakContent(
        "s31",
        "31/23",
        "Beredskap når nettet svikter",
        Sakstype.DROEFTING,
        omtale=Tree(
            (
                p("Sykehus og kommuner har ulike planer for dager uten nett. Rådet bes om å:"),
                bullets("peke på det som haster mest", "si hvem som bør samordne planene"),
            )
        ),
        forslag=text(
            "Nasjonalt e-helseråd drøftet saken og ba Direktoratet for e-helse ta med seg "
            "innspillene gitt i møtet i det videre arbeidet."
        ),
        toppnotatstatus=Toppnotatstatus.SKAL_HA,
        vedlegg=(toppnotat_vedlegg("2", "Beredskap når nettet svikter"),),
    ),
    SakContent(
        "s32",
        "32/23",
        "Felles krav til journal i kommunene",
        Sakstype.ANBEFALING,
        omtale=text(
            "KS legger frem et utkast til felles krav, som kommunene kan bruke i anskaffelser."
        ),
        forslag=Tree(
            (
                p("Nasjonalt e-helseråd støtter utkastet."),
                p("KS oppdaterer kravene én gang i året:"),
                bullets("om våren for små kommuner", "om høsten for store kommuner"),
            )
        ),
        toppnotatstatus=Toppnotatstatus.SKAL_HA,
        vedlegg=(
            toppnotat_vedlegg("3", "Felles krav til journal i kommunene"),
            LENKE_VEDLEGG,
            FIL_VEDLEGG,
        ),
        endret_etter_innkalling=True,
    ),
    SakContent(
        "s33",
        "33/23",
        "Opplæring i digital hjemmeoppfølging",
        Sakstype.DROEFTING,
        omtale=text("Saken venter på en kartlegging."),
        tilstand=SakTilstand.UTSATT,
    ),
    SakContent("s34", "34/23", "Eventuelt"),
)


def _post(key: str, hour: int, minute: int, *, endret: bool = False) -> PostContent:
    return PostContent(Postslag.SAK, time(hour, minute), sak_key=key, endret=endret)


DAY = MoetedagContent(
    date(2023, 12, 14),
    time(10),
    time(16),
    "Helsehuset, Storgata 1, Oslo. Møterom 4117",
    (
        _post("s28", 10, 0),
        _post("s29", 10, 5),
        _post("s30", 10, 15),
        _post("s31", 10, 25),
        PostContent(Postslag.PAUSE, time(11, 30), "Lunsj"),
        _post("s32", 12, 15, endret=True),
        _post("s33", 13, 0),
        PostContent(Postslag.PUNKT, time(14), "Omvisning i simuleringssenteret"),
        _post("s34", 15, 50),
    ),
)

MOETE = MoeteContent(
    UTVALG,
    4,
    2023,
    (DAY,),
    Moeteform.HYBRID,
    "https://eksempel.no/mote/4-2023",
    MEMBERS,
    SAKER,
)

_NOTE = Footnote("n1", (Run("Se veilederen på "), Run("eksempel.no", link="https://eksempel.no/")))

TOPPNOTAT_31 = ToppnotatContent(
    UTVALG,
    "4/23",
    date(2023, 12, 14),
    "31/23",
    "Beredskap når nettet svikter",
    Sakstype.DROEFTING,
    fra=(PersonContent("Marit Hagelund", "Direktoratet for e-helse"),),
    saksbehandlere=(
        PersonContent("Trine Bakken", "Direktoratet for e-helse"),
        PersonContent("Olav Rud", "Norsk helsenett SF"),
    ),
    forslag=SAKER[3].forslag,
    seksjoner=(
        SeksjonContent(
            Seksjonslag.HENSIKT,
            text("Rådet skal få et felles bilde av hvor sårbare tjenestene er uten nett."),
        ),
        SeksjonContent(
            Seksjonslag.BAKGRUNN,
            Tree(
                (
                    p("I høst øvde fire sykehus på et døgn uten nett.", _NOTE, " Øvelsen viste:"),
                    bullets(
                        (
                            p("at papirrutinene er gamle"),
                            bullets("skjemaene mangler felt", "få vet hvor de ligger"),
                        ),
                        "at vaktlagene trenger øving",
                    ),
                    Heading((Run("Tre grep som foreslås"),), 1, id="h1"),
                    ListBlock(
                        (
                            ListItem((p("felles rutiner for papir"),)),
                            ListItem((p("øvelse hvert år"), p("Øvelsen bør ta et helt døgn."))),
                        ),
                        "number",
                        "a)",
                        id="l9",
                    ),
                    p("Det tredje grepet krever penger:"),
                    ListBlock(
                        (ListItem((p("reserveutstyr i hver kommune"),)),),
                        "number",
                        "a)",
                        3,
                        id="l8",
                    ),
                    Heading((Run("Kostnader"),), 2, id="h2"),
                    p("Tabell 1: Anslag i millioner kroner", caption=True),
                    Table(
                        (
                            Row((Cell((p("Grep"),)), Cell((p("2024"),)), Cell((p("2025"),)))),
                            Row((Cell((p("Rutiner"),)), Cell((p("2"),)), Cell((p("1"),)))),
                            Row((Cell((p("Utstyr"),)), Cell((p("14,5"),), column_span=2))),
                        ),
                        1,
                        (4, 1, 1),
                        id="tb1",
                    ),
                    Figure(PICTURE, "Blå firkant som viser nettets oppetid", 60, id="f1"),
                    p("Figur 1: Oppetid i 2023", caption=True),
                )
            ),
        ),
        SeksjonContent(
            Seksjonslag.DROEFTING,
            Tree(
                (
                    ListBlock(
                        (
                            ListItem((p("Hva haster mest?"),)),
                            ListItem((p("Hvem bør samordne planene?"),)),
                        ),
                        "number",
                        "1)",
                        id="l7",
                    ),
                )
            ),
        ),
        SeksjonContent(
            Seksjonslag.VIDERE, text("Direktoratet samler innspillene og kommer tilbake i juni.")
        ),
        SeksjonContent(Seksjonslag.EGEN, text("Ordningen gjelder ikke fastlegene."), "Avgrensning"),
    ),
    tidligere_vedtak=(
        TidligereVedtakContent(
            "Sak 22/23 i Nasjonalt e-helseråd (4. oktober 2023)",
            "Regler for deling",
            text("Nasjonalt e-helseråd ba om en plan for nye regler."),
        ),
        TidligereVedtakContent("NUIT 50/23", "Nødnett", text("NUIT støtter at nødnettet utvides.")),
    ),
    vedlegg=(VedleggContent("2A", "Rapport fra øvelsen", Vedleggslag.FIL, filnavn="rapport.pdf"),),
    identity=(("motebok_id", "9f3c"), ("motebok_versjon", "1")),
    referanse="mb-9f3c",
    figurer={PICTURE: picture()},
)

TOPPNOTAT_32 = ToppnotatContent(
    UTVALG,
    "4/23",
    date(2023, 12, 14),
    "32/23",
    "Felles krav til journal i kommunene",
    Sakstype.ANBEFALING,
    fra=(PersonContent("Guro Tangen", "KS"),),
    saksbehandlere=(PersonContent("Even Holm", "KS"),),
    forslag=SAKER[4].forslag,
    seksjoner=(
        SeksjonContent(
            Seksjonslag.HENSIKT, text("Rådet bes om å støtte utkastet til felles krav.")
        ),
        SeksjonContent(
            Seksjonslag.BAKGRUNN,
            Tree((p("Halvparten av kommunene skal kjøpe ny journal innen to år.", _NOTE),)),
        ),
    ),
    vedlegg=(LENKE_VEDLEGG, FIL_VEDLEGG),
)

_REFERAT_SAKER = (
    SakContent("r17", "17/23", "Godkjenning av innkalling og dagsorden", Sakstype.GODKJENNING),
    SakContent("r18", "18/23", "Tiltak for neste år", Sakstype.ANBEFALING),
    SakContent("r19", "19/23", "Status for kjernejournal", Sakstype.ORIENTERING),
    SakContent(
        "r20", "20/23", "Forenklet rapportering", Sakstype.DROEFTING, tilstand=SakTilstand.TRUKKET
    ),
    SakContent("r21", "21/23", "Eventuelt"),
)

REFERAT_MOETE = MoeteContent(
    UTVALG,
    3,
    2023,
    (
        MoetedagContent(
            date(2023, 10, 4),
            time(9),
            time(15),
            "Fjordhotellet, Tromsø",
            (
                *(_post(sak.key, 9 + i, 0) for i, sak in enumerate(_REFERAT_SAKER[:3])),
                PostContent(Postslag.PAUSE, time(12), "Lunsj"),
                *(_post(sak.key, 13 + i, 0) for i, sak in enumerate(_REFERAT_SAKER[3:])),
            ),
        ),
    ),
    saker=_REFERAT_SAKER,
)


def innspill(slag: Innspillslag, line: str, nivaa: int = 0) -> InnspillContent:
    return InnspillContent(slag, text(line), nivaa)


REFERAT = ReferatContent(
    REFERAT_MOETE,
    (
        SaksreferatContent(
            "r17",
            text("Det kom ingen merknader til innkalling og dagsorden."),
            vedtak=text("Nasjonalt e-helseråd godkjenner innkalling og dagsorden."),
        ),
        SaksreferatContent(
            "r18",
            Tree(
                (
                    p("Trine Bakken, Direktoratet for e-helse, la frem forslaget. Hun viste til:"),
                    bullets("målene i strategien", "midlene i budsjettet"),
                )
            ),
            (
                innspill(Innspillslag.AVSNITT, "Listen er lang, og rådet er bekymret for tempoet."),
                innspill(
                    Innspillslag.PUNKT, "Tiltak som sparer tid for helsepersonell, må gå først."
                ),
                innspill(Innspillslag.PUNKT, "Legemiddellisten er fortsatt viktigst.", 1),
                innspill(Innspillslag.PUNKT, "Kommunene venter på leverandørene.", 1),
                innspill(Innspillslag.AVSNITT, "Flere viste til arbeidet i nord.", 1),
                innspill(Innspillslag.PUNKT, "Kunstig intelligens bør inn i planen."),
                innspill(Innspillslag.MELLOMTITTEL, "Andre tema som ble drøftet"),
                innspill(Innspillslag.PUNKT, "Målarkitektur på utvalgte områder."),
                innspill(Innspillslag.AVSNITT, "Det var enighet om å komme tilbake til dette."),
            ),
            text("Rådet stiller seg bak prioriteringene og ber om en kortere liste."),
            (
                AksjonspunktContent(
                    "Direktoratet deler sitt innspill med medlemmene.",
                    "Direktoratet for e-helse",
                    date(2023, 11, 1),
                ),
                AksjonspunktContent("Medlemmene sender inn sine behov."),
            ),
            habilitet=text("Anders Wiik erklærte seg inhabil og forlot møtet under saken."),
            protokolltilfoersel=text("Legeforeningen ba om å få ført at fastlegene ikke er spurt."),
            vedtak=text(
                "Nasjonalt e-helseråd anbefaler tiltakene, med de innspillene som kom i møtet."
            ),
        ),
        SaksreferatContent(
            "r19",
            text("Guro Tangen, KS, fortalte kort om status."),
            vedtak=text("Nasjonalt e-helseråd tar saken til orientering."),
        ),
        SaksreferatContent(
            "r21", text("Høstmøtet neste år flyttes til uke 42.", "Ingen flere saker.")
        ),
    ),
    ReferatTilstand.TIL_KOMMENTAR,
    til_stede=(
        *(OppmoeteContent(person) for person in MEMBERS[:9]),
        OppmoeteContent(MEMBERS[9], digitalt=True),
        OppmoeteContent(MEMBERS[10], digitalt=True, fra_sak="18/23"),
        OppmoeteContent(MEMBERS[11], til_sak="19/23"),
        OppmoeteContent(MEMBERS[12], fra_sak="18/23", til_sak="19/23"),
    ),
    ikke_til_stede=MEMBERS[13:16],
    stedfortredere=(
        StedfortrederContent(
            OppmoeteContent(PersonContent("Kim Ødegård", "FFO"), digitalt=True), "Ingrid Øverland"
        ),
    ),
    andre=(
        GjestContent(PersonContent("Rolf Berg", "Norsk helsenett SF"), ("18/23",)),
        GjestContent(PersonContent("Mona Li", "NAV"), ("18/23", "19/23"), digitalt=True),
    ),
    sekretariat=(
        SekretariatContent(
            "Direktoratet for e-helse",
            tuple(
                OppmoeteContent(PersonContent(name))
                for name in ("Trine Bakken", "Vibeke Strand", "Nora Saure")
            ),
        ),
    ),
    kommentarfrist=date(2023, 10, 20),
)

PAKKE = MoetepakkeContent(
    MOETE,
    (
        PakkedelContent(REFERAT_VEDLEGG, "s29", REFERAT),
        PakkedelContent(SAKER[3].vedlegg[0], "s31", TOPPNOTAT_31),
        PakkedelContent(SAKER[4].vedlegg[0], "s32", TOPPNOTAT_32),
        PakkedelContent(LENKE_VEDLEGG, "s32"),
        PakkedelContent(FIL_VEDLEGG, "s32"),
    ),
)
