"""Which addresses a text may link to."""

from __future__ import annotations

import re
from typing import Final

from desktop.richtext.clean import clean_text, is_clean

MAX_LINK_LENGTH: Final = 2000
_ALLOWED: Final = re.compile(r"(?:https?://|mailto:|#)[^\s<>\"]+", re.IGNORECASE)


def link_allowed(link: str) -> bool:
    """Return whether a text may hold the link: http, https, mailto, or `#` and a place in it."""
    return len(link) <= MAX_LINK_LENGTH and _ALLOWED.fullmatch(link) is not None and is_clean(link)


def safe_link(raw: str) -> str | None:
    """Return a foreign address in the form a text may hold, or None when it is refused.

    White space around it is dropped and a space inside it becomes `%20`, as browsers do.
    """
    link = clean_text(raw.strip().replace("\t", "").replace("\n", "").replace("\r", ""))
    link = link.strip().replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
    link = link.replace('"', "%22")
    return link if link_allowed(link) else None
