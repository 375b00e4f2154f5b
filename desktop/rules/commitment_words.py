"""The verbs and words by which a vedtak binds somebody, in bokmål and nynorsk.

Each language has one table. A frame says how a request goes on after the one who is asked: "ber KS
*om å* …", "oppfordrer KS *til å* …", "ga KS *i oppdrag å* …"; `bare` if the infinitive may follow
at once ("ba KS *ta* med seg …") and `noun` if a noun may ("ber KS *om* en plan").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from desktop.rules.kinds import Maalform


@dataclass(frozen=True, slots=True)
class Frame:
    """How a request goes on after the actor; each link is a row of words before the infinitive.

    `noun` is the word before a thing asked for, empty if the thing follows the verb at once.
    """

    links: tuple[tuple[str, ...], ...]
    bare: bool = False
    noun: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language.

    Attributes:
        requests: finite forms with which the utvalg asks somebody.
        request_infinitives: the same after "vil" or "vedtok å".
        participles: those of the passive, with an auxiliary.
        s_passives: those of the passive in one word ("bes").
        governors: words before "at" whose clause is what somebody is to do.
        own_verbs: present forms that bind their subject, with the words of which one must follow;
            an empty set needs none.
        timed_verbs: present forms that bind only with a deadline.
        infinitives: verbs that begin a task.
        passives: passive forms that with "av" somebody are a task, with the words of which one
            must follow.
        passive_participles: the same after an auxiliary.
        finite: other finite verbs of vedtak.
    """

    requests: Mapping[str, Frame]
    request_infinitives: Mapping[str, Frame]
    participles: Mapping[str, Frame]
    s_passives: Mapping[str, Frame]
    governors: frozenset[str]
    own_verbs: Mapping[str, frozenset[str]]
    timed_verbs: frozenset[str]
    infinitives: frozenset[str]
    passives: Mapping[str, frozenset[str]]
    passive_participles: Mapping[str, frozenset[str]]
    finite: frozenset[str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _frames(table: Mapping[str, Frame]) -> Mapping[str, Frame]:
    return MappingProxyType(
        {verb: frame for verbs, frame in table.items() for verb in verbs.split()}
    )


def _particles(text: str) -> Mapping[str, frozenset[str]]:
    """Return verb → particles from lines "verb verb: particle particle"."""
    table: dict[str, frozenset[str]] = {}
    for line in text.strip().splitlines():
        verbs, _, particles = line.partition(":")
        for verb in verbs.split():
            table[verb] = table.get(verb, frozenset()) | _words(particles)
    return MappingProxyType(table)


_ASK: Final = Frame((("om", "å"),), bare=True, noun="om")
_PLEAD: Final = Frame((("om", "å"), ("om", "og")), noun="om")
_WISH: Final = Frame((), noun="")
_URGE: Final = Frame((("til", "å"), ("om", "å"), ("på", "å")))
_ADVISE: Final = Frame((("å",), ("til", "å"), ("om", "å")))
_ENTRUST_NB: Final = Frame(
    (
        ("i", "oppdrag", "å"),
        ("i", "oppgave", "å"),
        ("oppdraget", "med", "å"),
        ("oppgaven", "med", "å"),
        ("oppgaven", "å"),
        ("ansvaret", "for", "å"),
        ("ansvar", "for", "å"),
        ("fullmakt", "til", "å"),
    )
)
_ENTRUST_NN: Final = Frame(
    (
        ("i", "oppdrag", "å"),
        ("i", "oppgåve", "å"),
        ("oppdraget", "med", "å"),
        ("oppgåva", "med", "å"),
        ("oppgåva", "å"),
        ("ansvaret", "for", "å"),
        ("ansvar", "for", "å"),
        ("fullmakt", "til", "å"),
    )
)

_BOKMAAL: Final = Vocabulary(
    requests=_frames(
        {
            "ber ba bad": _ASK,
            "anmoder anmodet anmoda": _PLEAD,
            "oppfordrer oppfordret oppfordra inviterer inviterte utfordrer utfordret": _URGE,
            "henstiller henstilte": _URGE,
            "anbefaler anbefalte råder rådet pålegger påla": _ADVISE,
            "gir ga gav": _ENTRUST_NB,
            "ønsker ønsket": _WISH,
        }
    ),
    request_infinitives=_frames(
        {
            "be": _ASK,
            "anmode": _PLEAD,
            "oppfordre invitere utfordre": _URGE,
            "anbefale råde pålegge": _ADVISE,
            "gi": _ENTRUST_NB,
        }
    ),
    participles=_frames(
        {
            "bedt": _ASK,
            "anmodet": _PLEAD,
            "oppfordret oppfordra invitert utfordret": _URGE,
            "pålagt anbefalt": _ADVISE,
            "gitt": _ENTRUST_NB,
        }
    ),
    s_passives=_frames(
        {
            "bes bedes": _ASK,
            "anmodes": _PLEAD,
            "oppfordres inviteres utfordres": _URGE,
            "pålegges anbefales": _ADVISE,
            "gis får fikk": _ENTRUST_NB,
        }
    ),
    governors=_words(
        "om forventer forventet ønsker ønsket vedtok vedtar vedtatt besluttet beslutter bestemte "
        "bestemt anbefaler anbefalte avtalt forutsetter forutsatte krever krevde ba"
    ),
    own_verbs=_particles(
        """
        kommer: tilbake
        følger: opp
        tar: med ansvar ansvaret initiativ initiativet kontakt opp
        legger: fram frem ut ved inn rette
        går: dialog gjennom videre
        setter: opp gang ned
        gir: tilbakemelding
        gjør: rede klar
        kaller: inn
        henter: inn
        samler: inn
        melder: tilbake inn
        arbeider jobber: videre
        sørger: for
        holder: orientert oppdatert
        ser: på
        sender oversender ettersender utarbeider lager leverer avklarer undersøker utreder:
        kartlegger innkaller rapporterer oppdaterer publiserer bringer vurderer gjennomgår:
        igangsetter iverksetter ferdigstiller forbereder distribuerer innarbeider innhenter:
        bestiller avtaler kontakter inviterer presiserer reviderer sammenstiller videresender:
        skriver formulerer undersøker sjekker besvarer svarer tilbyr oversetter justerer:
        """
    ),
    timed_verbs=_words(
        "orienterer informerer presenterer redegjør etablerer oppretter starter gjennomfører deler "
        "bidrar fortsetter koordinerer samordner tilrettelegger retter møter stiller"
    ),
    infinitives=_words(
        "ta følge sende legge utarbeide lage levere avklare undersøke utrede kartlegge innkalle "
        "rapportere oppdatere publisere bringe vurdere gjennomgå igangsette iverksette starte "
        "gjennomføre ferdigstille forberede distribuere innarbeide innhente hente bestille avtale "
        "kontakte invitere presisere revidere sammenstille videresende skrive formulere sjekke "
        "besvare svare tilby orientere informere presentere redegjøre etablere opprette dele bidra "
        "fortsette koordinere samordne tilrettelegge rette stille komme gå sette gi gjøre kalle "
        "samle melde arbeide jobbe sørge holde se prioritere beskrive utvikle videreutvikle "
        "videreføre sikre bruke delta avholde arrangere foreslå klargjøre styrke øke redusere "
        "vurdere finne bygge innføre teste prøve evaluere dokumentere synliggjøre tydeliggjøre "
        "konkretisere avgi bistå støtte drøfte diskutere planlegge kvalitetssikre ivareta fremme "
        "fremlegge framlegge forankre spre formidle forenkle inkludere involvere fordele "
        "ettersende oversende behandle kommentere lede utnevne oppnevne åpne vise "
        "kjøre justere forlenge"
    ),
    passives=_particles(
        """
        følges: opp
        tas: med opp
        sendes oversendes utarbeides lages leveres avklares undersøkes utredes kartlegges:
        innarbeides vurderes gjennomgås ferdigstilles forberedes rapporteres oppdateres:
        publiseres distribueres innhentes besvares presenteres koordineres revideres:
        legges: fram frem ut
        settes: opp gang
        """
    ),
    passive_participles=_particles(
        """
        fulgt: opp
        tatt: med opp
        sendt utarbeidet laget levert avklart undersøkt utredet innarbeidet vurdert:
        """
    ),
    finite=_words(
        "er var har hadde tar tok drøfter drøftet drøfta støtter støttet godkjenner godkjente "
        "slutter sluttet stiller stilte gir ga anbefaler anbefalte vedtar vedtok tilslutter "
        "merker noterer ble blir skal vil må kan bør takker takket viser viste konstaterer mener "
        "mente understreker understreket peker pekte utsetter utsatte ser sier tiltrer ønsker "
        "ønsket beslutter besluttet ber ba"
    ),
)

_NYNORSK: Final = Vocabulary(
    requests=_frames(
        {
            "ber bad ba bed": _ASK,
            "oppmodar oppmoda oppmodet oppfordrar oppfordra": Frame(
                (("om", "å"), ("til", "å")), noun="om"
            ),
            "inviterer inviterte utfordrar utfordra": _URGE,
            "rår rådde tilrår tilrådde pålegg påla anbefaler anbefalte": _ADVISE,
            "gir gjev gav ga": _ENTRUST_NN,
            "ynskjer ønskjer ynskte ønskte": _WISH,
        }
    ),
    request_infinitives=_frames(
        {
            "be": _ASK,
            "oppmode oppmoda oppfordre oppfordra": Frame((("om", "å"), ("til", "å"))),
            "invitere invitera utfordre utfordra": _URGE,
            "rå tilrå påleggje": _ADVISE,
            "gi gje": _ENTRUST_NN,
        }
    ),
    participles=_frames(
        {
            "bedt bede bedd bedne": _ASK,
            "oppmoda oppfordra": Frame((("om", "å"), ("til", "å"))),
            "invitert inviterte utfordra": _URGE,
            "pålagd pålagt pålagde rådd": _ADVISE,
            "gitt gjeve gjevne": _ENTRUST_NN,
        }
    ),
    s_passives=_frames({"får fekk fær": _ENTRUST_NN}),
    governors=_words(
        "om ventar venta ynskjer ønskjer ønskte vedtok vedtek vedteke bestemte bestemt tilrår "
        "tilrådde avtalt føreset krev kravde bad"
    ),
    own_verbs=_particles(
        """
        kjem: tilbake attende
        følgjer følger: opp
        tek tar: med ansvar ansvaret initiativ initiativet kontakt opp
        legg: fram ut ved inn rette
        går: dialog gjennom vidare
        set: opp gang ned
        gir gjev: tilbakemelding
        gjer: greie klar
        kallar: inn
        hentar: inn
        samlar: inn
        melder: tilbake inn
        arbeider jobbar: vidare
        sørgjer syter: for
        held: orientert oppdatert
        ser: på
        sender oversender ettersender utarbeider lagar leverer avklarar undersøkjer greier:
        kartlegg innkallar rapporterer oppdaterer publiserer vurderer gjennomgår:
        førebur distribuerer innarbeider innhentar ferdigstiller:
        bestiller avtalar kontaktar inviterer presiserer reviderer samanstiller skriv formulerer:
        sjekkar svarar tilbyr justerer omset:
        """
    ),
    timed_verbs=_words(
        "orienterer informerer presenterer etablerer opprettar startar gjennomfører deler bidreg "
        "bidrar held koordinerer samordnar rettar møter stiller"
    ),
    infinitives=_words(
        "ta følgje følgja sende senda leggje leggja utarbeide utarbeida lage laga levere levera "
        "avklare avklara undersøkje greie kartleggje innkalle rapportere oppdatere publisere "
        "vurdere vurdera gjennomgå starte gjennomføre ferdigstille førebu distribuere innarbeide "
        "innhente hente henta bestille avtale kontakte invitere presisere revidere samanstille "
        "skrive formulere sjekke svare tilby orientere informere presentere etablere opprette dele "
        "bidra halde fortsetje koordinere samordne rette stille kome komme gå setje setja gi gje "
        "gjere gjera kalle samle melde arbeide jobbe sørgje syte sjå prioritere beskrive utvikle "
        "vidareutvikle vidareføre sikre bruke delta arrangere foreslå klargjere styrkje auke "
        "redusere finne byggje innføre teste prøve evaluere dokumentere synleggjere konkretisere "
        "støtte drøfte diskutere planleggje fremje forankre spreie formidle forenkle inkludere "
        "involvere oversende ettersende behandle kommentere leie opne vise justere forlengje"
    ),
    passives=_particles(
        """
        følgjast: opp
        takast: med opp
        """
    ),
    passive_participles=_particles(
        """
        følgd følgde følgt: opp
        teke tekne teken tatt: med opp
        send sende sendt utarbeidd utarbeidde laga levert leverte avklart avklarte undersøkt:
        innarbeidd innarbeidde vurdert vurderte gjennomgått førebudd lagd lagde:
        lagt: fram
        """
    ),
    finite=_words(
        "er var har hadde tek tok drøftar drøfta støttar støtta godkjenner godkjende sluttar "
        "slutta gir gav tilrår tilrådde vedtek vedtok merkar blir vart vert skal vil må kan bør "
        "takkar takka viser viste meiner meinte peikar utset ser seier ynskjer ønskjer ber bad "
        "stiller"
    ),
)

VOCABULARIES: Final[Mapping[Maalform, Vocabulary]] = MappingProxyType(
    {Maalform.NB: _BOKMAAL, Maalform.NN: _NYNORSK}
)

# What follows holds for both languages.
MODALS: Final = _words("skal vil må skulle")
WEAK_MODALS: Final = _words("kan bør kunne burde ville")
AUXILIARIES: Final = _words("blir ble vert vart blei bli")
PRESENT_AUXILIARIES: Final = _words("blir vert")
PERFECT: Final = _words("har hadde ha hatt er var")
NEGATIONS: Final = _words("ikke ikkje verken korkje neppe aldri")
CONDITIONS: Final = _words("dersom hvis viss såfremt såframt med-mindre forutsatt føresett")
SUBORDINATORS: Final = _words(
    "som at da då fordi siden sidan når hvor kor hvordan korleis om hva kva hvem kven der mens "
    "medan hvilke kva-for hvorvidt ettersom"
)
PAST_MARKS: Final = _words(
    "forrige førre tidligere tidlegare fjor sist allerede allereie opprinnelig"
)
DECIDERS: Final = _words(
    "vedtok vedtar vedtek besluttet beslutter bestemte enige einige enighet einigheit semje valgte "
    "valde vedtatt vedteke besluttet bestemt"
)
# Infinitives that tell how something is, not what somebody is to do.
STATES: Final = _words(
    "være vere ha bli verte få kunne måtte trenge trengje oppleve gjelde innebære koste bety bety "
    "medføre medføra ønske ynskje ville skulle si seie måte fungere berømme takke fortsatt"
)
# Words that an actor ends with, or is, when the archive does not know it.
ACTOR_WORDS: Final = _words(
    "kommune kommunen kommunene kommunane aktørene aktørane partene partane sakseier sakseieren "
    "sakseierne sakseigar sakseigaren sakseigarane saksbehandler saksbehandleren saksbehandlar "
    "leder lederen leiar leiaren møteleder møtelederen møteleiar møteleiaren medlemmene medlemene "
    "leverandørene leverandørane leverandøren regjeringen regjeringa etaten etatene etatane "
    "programmet prosjektet forvaltningen forvaltninga fastlegene fastlegane sykehusene sjukehusa "
    "organisasjonene organisasjonane statsforvalteren statsforvaltaren statsforvalterne eierne "
    "eigarane virksomhetene verksemdene myndighetene styremaktene helseforetak prosjektgruppen "
    "nettverket referansegruppen sekretæren fylkeskommune møtesekretæren forskerne brukerne alle"
)
ACTOR_ENDINGS: Final = (
    "direktoratet",
    "departementet",
    "sekretariatet",
    "utvalget",
    "utvalet",
    "rådet",
    "styret",
    "gruppen",
    "gruppa",
    "gruppene",
    "foretaket",
    "føretaket",
    "foretakene",
    "føretaka",
    "kommunen",
    "kommunene",
    "kommunane",
    "etaten",
    "tilsynet",
    "instituttet",
    "legemiddelverk",
    "legemiddelverket",
    "lederen",
    "leiaren",
    "lederne",
    "eierne",
    "ansvarlig",
    "ansvarleg",
    "forbundet",
    "foreningen",
    "foreininga",
    "organisasjonene",
    "organisasjonane",
    "nemnda",
    "komiteen",
    "universitetet",
    "høgskolen",
    "sykehuset",
    "sjukehuset",
    "teamet",
    "enheten",
    "eininga",
    "avdelingen",
    "avdelinga",
    "sentrene",
    "senteret",
    "selskapet",
    "leverandørene",
)
# Words that only end like an actor: "området" like "rådet", "utstyret" like "styret".
NO_ACTOR_ENDINGS: Final = (
    "området",
    "utstyret",
    "åpenheten",
    "målgruppen",
    "målgruppa",
    "brukergruppen",
    "brukergruppa",
    "pasientgruppen",
    "pasientgruppa",
    "aldersgruppen",
    "aldersgruppa",
)
BODY_WORDS: Final = _words("rådet utvalget utvalet styret komiteen nemnda møtet vi forumet")
# Those who can ask on the utvalg's behalf.
ASKERS: Final = _words("møteleder møtelederen møteleiar møteleiaren medlemmene medlemene det")
# Words that can stand between a verb and what belongs to it.
ADVERBS: Final = _words(
    "også òg samtidig derfor difor videre vidare deretter dermed derved likevel da då så igjen"
)
CARRIED: Final = _words(
    "innspillene innspill innspela innspel merknadene merknader merknadane merknader synspunktene "
    "synspunkter synspunkta synspunkt kommentarene kommentarer kommentarane tilbakemeldingene "
    "tilbakemeldingane forslagene"
)
PREPOSITIONS: Final = _words(
    "i på til for fra frå av med ved om etter før innen innan under over mot mellom hos gjennom "
    "som deretter videre vidare samtidig derfor difor dermed nå no så fram frem når ut per "
    "utover da då"
)
