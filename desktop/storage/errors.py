"""What can go wrong with an archive: a code with parameters, and a Norwegian sentence."""

from __future__ import annotations

from typing import Final

from desktop.storage.changes import OperationInfo

_SENTENCES: Final = {
    "finnes_ikke": "Fant ikke arkivet {sti}. Se om filen er flyttet eller har fått nytt navn.",
    "finnes_fra_foer": (
        "Det ligger allerede en fil på {sti}. Den er ikke rørt. Velg et annet navn."
    ),
    "kan_ikke_aapne": "Arkivet {sti} lar seg ikke åpne. Se om mappen finnes og om du har tilgang.",
    "ikke_motebok": "{sti} er ikke et Møtebok-arkiv. Filen er ikke rørt.",
    "nyere_versjon": (
        "Arkivet {sti} er laget av en nyere Møtebok (versjon {versjon}; dette programmet kjenner "
        "{kjent}). Filen er ikke rørt. Oppdater programmet."
    ),
    "eldre_versjon": (
        "Arkivet {sti} har en eldre form (versjon {versjon}) og må oppgraderes før det kan leses. "
        "Åpne det for skriving én gang."
    ),
    "skadet": (
        "Arkivet {sti} er skadet ({detalj}). Ikke skriv mer i det. Ta vare på filen og hent fram "
        "den siste sikkerhetskopien."
    ),
    "laast": (
        "Arkivet {sti} er i bruk av {hvem} på {maskin} siden {siden}. Du kan åpne det for lesing, "
        "eller vente til det er lukket."
    ),
    "skrivebeskyttet": (
        "Arkivet {sti} kan bare leses. Ingenting er endret. Gi deg selv skrivetilgang til filen "
        "og mappen, eller lag en kopi."
    ),
    "flyttet": (
        "Arkivet {sti} er flyttet, slettet eller byttet ut mens det var åpent. Det siste ble ikke "
        "lagret. Legg filen tilbake og prøv igjen, eller lukk arkivet og åpne det der det er nå."
    ),
    "kan_ikke_laase": (
        "Arkivet {sti} lar seg ikke låse på denne disken. Legg det på en lokal disk."
    ),
    "avbrutt_skriving": (
        "Arkivet {sti} ble ikke lukket riktig sist. Åpne det for skriving én gang, så ordner "
        "Møtebok det."
    ),
    "opptatt": (
        "Et annet program leser arkivet {sti} akkurat nå. Ingenting er endret. Prøv igjen om litt."
    ),
    "disk_full": (
        "Disken er full, så det siste ble ikke lagret. Alt som var lagret før, er i behold. "
        "Frigjør plass og prøv igjen."
    ),
    "lese_skrivefeil": (
        "Disken svarte med en feil, så det siste ble ikke lagret. Alt som var lagret før, er i "
        "behold. Se til disken og prøv igjen."
    ),
    "utenfor_handling": "Arkivet kan bare endres i en handling. Ingenting er endret.",
    "uforanderlig_fil": "En lagret fil kan ikke endres eller slettes. Ingenting er endret.",
    "ukjent_fil": "Filen {sha256} finnes ikke i arkivet.",
    "skadet_fil": (
        "Filen {sha256} i arkivet er skadet: innholdet stemmer ikke med kontrollsummen. "
        "Hent den fra en sikkerhetskopi."
    ),
    "oppgradering_feilet": (
        "Arkivet {sti} kunne ikke oppgraderes til versjon {versjon} ({detalj}). Arkivet er som "
        "før; sikkerhetskopien ligger i {kopi}."
    ),
    "kopi_feilet": "Sikkerhetskopien {sti} ble ikke riktig ({detalj}) og er fjernet. Prøv igjen.",
    "ingenting_aa_angre": "Det er ingenting å angre.",
    "ingenting_aa_gjenta": "Det er ingenting å gjøre om igjen.",
    "ikke_angrebar": "«{handling}» kan ikke angres. Ingenting er endret.",
    "barriere": (
        "Arkivet ble oppgradert etterpå, og det som ble gjort før det, kan ikke angres. "
        "Ingenting er endret."
    ),
    "allerede_angret": "«{handling}» er allerede angret. Ingenting er endret.",
    "ukjent_handling": "Loggen har ingen handling med nummer {nummer}.",
    "slettet_logg": (
        "«{handling}» kan ikke angres: loggen for den er slettet sammen med personopplysninger."
    ),
    "kan_ikke_angre": (
        "«{handling}» kan ikke angres, for «{senere}» endret det samme etterpå. "
        "Ingenting er endret. Angre «{senere}» først."
    ),
    "kan_ikke_gjenta": (
        "«{handling}» kan ikke gjøres om igjen, for «{senere}» endret det samme etterpå. "
        "Ingenting er endret."
    ),
    "endret_utenom": (
        "«{handling}» kan ikke angres: innholdet er endret uten at loggen vet om det. "
        "Ingenting er endret. Kjør «motebok verifiser»."
    ),
}

CODES: Final = frozenset(_SENTENCES)


class ArchiveError(Exception):
    """A code, its parameters, and as text a Norwegian sentence for the user."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        """Return the sentence."""
        return _SENTENCES[self.code].format_map(_Lenient(self.params))


class CannotOpenError(ArchiveError):
    """The archive could not be opened or created; the file is as it was."""


class LockedError(CannotOpenError):
    """Another program writes in the archive: `hvem`, `siden` (UTC, ISO), `maskin`, `pid`."""


class CannotWriteError(ArchiveError):
    """A write was refused or failed; everything committed before stands."""


class CannotUndoError(ArchiveError):
    """An undo or redo was refused. `later` is the operation that stands in the way, if any."""

    def __init__(
        self,
        code: str,
        *,
        operation: OperationInfo | None = None,
        later: OperationInfo | None = None,
        **params: object,
    ) -> None:
        if operation is not None:
            params |= {"handling": operation.verb, "nummer": operation.operation_id}
        if later is not None:
            params |= {"senere": later.verb, "senere_nummer": later.operation_id}
        super().__init__(code, **params)
        self.operation = operation
        self.later = later


class _Lenient(dict[str, object]):
    """Parameters where a missing one reads as a question mark, so that no message is lost."""

    def __missing__(self, key: str) -> object:
        return "?"
