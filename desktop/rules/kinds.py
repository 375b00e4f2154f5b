"""Closed sets of words used across the house; values are ASCII Norwegian, as they are stored."""

from enum import StrEnum


class Sakstype(StrEnum):
    """What the utvalg is asked to do with a sak. Eventuelt has none: use None."""

    GODKJENNING = "godkjenning"
    ORIENTERING = "orientering"
    DROEFTING = "droefting"
    ANBEFALING = "anbefaling"
    BESLUTNING = "beslutning"


class Toppnotatstatus(StrEnum):
    """Whether a sak is to have a toppnotat; only `INGEN` is printed («Ingen toppnotat»)."""

    SKAL_HA = "skal_ha"
    INGEN = "ingen"
    IKKE_AKTUELT = "ikke_aktuelt"


class Moeteform(StrEnum):
    """How a meeting is held."""

    FYSISK = "fysisk"
    DIGITALT = "digitalt"
    HYBRID = "hybrid"


class Funksjon(StrEnum):
    """What a person is in an utvalg."""

    LEDER = "leder"
    MEDLEM = "medlem"
    VARA = "vara"
    OBSERVATOER = "observatoer"
    SEKRETARIAT = "sekretariat"


class Oppmoetestatus(StrEnum):
    """How a person attended a meeting."""

    TIL_STEDE = "til_stede"
    DIGITALT = "digitalt"
    FORFALL = "forfall"


class Maalform(StrEnum):
    """The written language of an utvalg's documents."""

    NB = "nb"
    NN = "nn"
