"""The entities of the archive.

An entity is mapped when it is first asked for, so that a command pays for what it uses. What needs
them all (the metadata, the kinds of columns, writing) maps them all: see `map_all`.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from desktop.models.base import (
        Base,
        Entity,
        TreeType,
        column_names,
        new_key,
        tree_columns,
        unlogged_columns,
    )
    from desktop.models.kontroll import Kontrollunntak
    from desktop.models.moete import Dagsordenpost, Moete, Moetedag, Oppmoete, OppmoeteSak
    from desktop.models.organisasjon import Organisasjon, Organisasjonsnavn, Person, Verv
    from desktop.models.referat import (
        Aksjonspunkt,
        Innspill,
        Mottaker,
        Referat,
        Saksreferat,
        Utsendelse,
        Utsendelsefil,
    )
    from desktop.models.sak import Fil, Sak, Saksrolle, Vedlegg
    from desktop.models.toppnotat import TidligereVedtak, Toppnotat, Toppnotatseksjon
    from desktop.models.utvalg import Arkiv, Fastpost, Frase, Nummerserie, Utvalg
    from desktop.models.vedtak import (
        Oppfoelging,
        Oppfoelginglogg,
        OppfoelgingSak,
        Oppfoelgingsavslag,
        Vedtak,
    )

_MODULES: Final = MappingProxyType(
    {
        "Aksjonspunkt": "referat",
        "Arkiv": "utvalg",
        "Base": "base",
        "Dagsordenpost": "moete",
        "Entity": "base",
        "Fastpost": "utvalg",
        "Fil": "sak",
        "Frase": "utvalg",
        "Innspill": "referat",
        "Kontrollunntak": "kontroll",
        "Moete": "moete",
        "Moetedag": "moete",
        "Mottaker": "referat",
        "Nummerserie": "utvalg",
        "Oppfoelging": "vedtak",
        "OppfoelgingSak": "vedtak",
        "Oppfoelginglogg": "vedtak",
        "Oppfoelgingsavslag": "vedtak",
        "Oppmoete": "moete",
        "OppmoeteSak": "moete",
        "Organisasjon": "organisasjon",
        "Organisasjonsnavn": "organisasjon",
        "Person": "organisasjon",
        "Referat": "referat",
        "Sak": "sak",
        "Saksreferat": "referat",
        "Saksrolle": "sak",
        "TidligereVedtak": "toppnotat",
        "Toppnotat": "toppnotat",
        "Toppnotatseksjon": "toppnotat",
        "TreeType": "base",
        "Utsendelse": "referat",
        "Utsendelsefil": "referat",
        "Utvalg": "utvalg",
        "Vedlegg": "sak",
        "Vedtak": "vedtak",
        "Verv": "organisasjon",
        "column_names": "base",
        "new_key": "base",
        "tree_columns": "base",
        "unlogged_columns": "base",
    }
)
_OF_ALL: Final = frozenset({"Base", "Entity", "tree_columns", "unlogged_columns"})


def map_all() -> None:
    """Map every entity."""
    for name in sorted(set(_MODULES.values())):
        import_module(f"{__name__}.{name}")


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in _OF_ALL:
        map_all()
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


__all__ = [
    "Aksjonspunkt",
    "Arkiv",
    "Base",
    "Dagsordenpost",
    "Entity",
    "Fastpost",
    "Fil",
    "Frase",
    "Innspill",
    "Kontrollunntak",
    "Moete",
    "Moetedag",
    "Mottaker",
    "Nummerserie",
    "Oppfoelging",
    "OppfoelgingSak",
    "Oppfoelginglogg",
    "Oppfoelgingsavslag",
    "Oppmoete",
    "OppmoeteSak",
    "Organisasjon",
    "Organisasjonsnavn",
    "Person",
    "Referat",
    "Sak",
    "Saksreferat",
    "Saksrolle",
    "TidligereVedtak",
    "Toppnotat",
    "Toppnotatseksjon",
    "TreeType",
    "Utsendelse",
    "Utsendelsefil",
    "Utvalg",
    "Vedlegg",
    "Vedtak",
    "Verv",
    "column_names",
    "map_all",
    "new_key",
    "tree_columns",
    "unlogged_columns",
]
