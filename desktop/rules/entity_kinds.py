"""The kinds of rows the archive tells apart. Values are what is stored and exchanged."""

from __future__ import annotations

from enum import StrEnum


class Postslag(StrEnum):
    """What a row of the running order is."""

    SAK = "sak"
    PAUSE = "pause"
    PUNKT = "punkt"


class Fastpostslag(StrEnum):
    """What a fixed post of an utvalg makes of itself in a new meeting."""

    INNKALLING = "innkalling"
    REFERAT = "referat"
    ORIENTERING = "orientering"
    EVENTUELT = "eventuelt"
    ANNET = "annet"


class Plassering(StrEnum):
    """Where in the running order a fixed post goes."""

    FOERST = "foerst"
    SIST = "sist"


class Rolle(StrEnum):
    """What a person or an organisation is to a sak."""

    SAKSEIER = "sakseier"
    SAKSBEHANDLER = "saksbehandler"
    PRESENTATOER = "presentatoer"


class Vedleggslag(StrEnum):
    """What a vedlegg is: a document Møtebok makes, a file, or a link."""

    TOPPNOTAT = "toppnotat"
    REFERAT = "referat"
    FIL = "fil"
    LENKE = "lenke"


class Seksjonslag(StrEnum):
    """A section of a toppnotat. The texts of the last three are computed from other rows."""

    HENSIKT = "hensikt"
    BAKGRUNN = "bakgrunn"
    DROEFTING = "droefting"
    VIDERE = "videre"
    EGEN = "egen"
    FORSLAG = "forslag"
    TIDLIGERE_VEDTAK = "tidligere_vedtak"
    VEDLEGG = "vedlegg"


class Innspillslag(StrEnum):
    """One line of what was put forward: a point, a paragraph, or a small heading."""

    PUNKT = "punkt"
    AVSNITT = "avsnitt"
    MELLOMTITTEL = "mellomtittel"


class Oppmoeterolle(StrEnum):
    """As what a person takes part in a meeting."""

    MEDLEM = "medlem"
    STEDFORTREDER = "stedfortreder"
    GJEST = "gjest"
    SEKRETARIAT = "sekretariat"


class Utsendelseslag(StrEnum):
    """What was sent."""

    INNKALLING = "innkalling"
    OPPDATERT_INNKALLING = "oppdatert_innkalling"
    REFERAT_TIL_KOMMENTAR = "referat_til_kommentar"
    OPPDATERT_REFERAT = "oppdatert_referat"
    GODKJENT_REFERAT = "godkjent_referat"
