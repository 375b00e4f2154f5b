"""The file names of documents: "Innkalling 4-2023.docx", "Toppnotat 31-23 foreløpig.docx"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from desktop.i18n.catalogue import N_, words

if TYPE_CHECKING:
    from desktop.rules.kinds import Maalform

Dokumentslag = Literal[
    "innkalling",
    "toppnotat",
    "referat",
    "moetepakke",
    "saksliste",
    "saerutskrift",
    "vedtaksprotokoll",
    "kjoereplan",
    "oppfoelgingsliste",
]
Filstatus = Literal["", "foreloepig", "utkast", "til_kommentar", "oppdatert"]

_SLAG: dict[Dokumentslag, str] = {
    "innkalling": N_("Innkalling"),
    "toppnotat": N_("Toppnotat"),
    "referat": N_("Referat"),
    "moetepakke": N_("Møtepakke"),
    "saksliste": N_("Saksliste"),
    "saerutskrift": N_("Særutskrift"),
    "vedtaksprotokoll": N_("Vedtaksprotokoll"),
    "kjoereplan": N_("Kjøreplan"),
    "oppfoelgingsliste": N_("Oppfølgingsliste"),
}
_STATUS: dict[Filstatus, str] = {
    "": "",
    "foreloepig": N_("foreløpig"),
    "utkast": N_("utkast"),
    "til_kommentar": N_("til kommentar"),
    "oppdatert": N_("oppdatert"),
}
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]+')
_LONGEST = 120


def file_name(
    slag: Dokumentslag,
    nummer: str,
    maalform: Maalform,
    *,
    status: Filstatus = "",
    suffix: str = ".docx",
) -> str:
    """Return a name that Windows, macOS and Linux accept.

    Args:
        slag: which document.
        nummer: the meeting's or the sak's, "4/2023" or "31/23"; "" leaves it out. Any other text
            that tells documents apart, such as a title, does as well.
        maalform: its language.
        status: what is not final about it.
        suffix: with its dot.
    """
    _ = words(maalform)
    number = _FORBIDDEN.sub("-", nummer)
    stem = " ".join(" ".join((_(_SLAG[slag]), number, _(_STATUS[status]))).split())
    return stem[:_LONGEST].rstrip(" .") + suffix
