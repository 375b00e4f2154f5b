"""The words that an archive makes right: the names of its people, organisations and utvalg."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Organisasjonsnavn, Person, Utvalg

_WORD = re.compile(r"[^\W\d_]+")


def known_words(session: Session) -> frozenset[str]:
    """Return every word of at least two letters in the names of the archive."""
    columns = (
        Person.fornavn,
        Person.etternavn,
        Organisasjonsnavn.navn,
        Organisasjonsnavn.kortnavn,
        Utvalg.navn,
        Utvalg.bestemt,
        Utvalg.kortnavn,
    )
    names = (name for one in columns for name in session.scalars(select(one).distinct()) if name)
    return frozenset(word for name in names for word in _WORD.findall(name) if len(word) > 1)
