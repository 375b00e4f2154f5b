"""What to tell the user about what was refused or went wrong: one Norwegian sentence, or a few."""

from __future__ import annotations

import errno
from types import MappingProxyType
from typing import Final

from desktop.documents.template_errors import TemplateError
from desktop.filer.atomic import SaveError
from desktop.i18n.messages import message
from desktop.i18n.parsing import UnreadableTextError
from desktop.importing.docx_errors import DocxError
from desktop.richtext.errors import CodecError
from desktop.rules.errors import RuleError
from desktop.services.archive_words import archive_sentence
from desktop.services.errors import ServiceError
from desktop.storage.errors import ArchiveError


class ApartError(Exception):
    """What went wrong in a process that worked for us, told by it as a Norwegian sentence."""


EXPECTED: Final = (
    ApartError,
    ArchiveError,
    CodecError,
    DocxError,
    OSError,
    RuleError,
    SaveError,
    ServiceError,
    TemplateError,
    UnreadableTextError,
)
"""What a user can cause; anything else is our fault."""

_REASONS: Final = MappingProxyType(
    {
        errno.EACCES: "du har ikke tilgang",
        errno.EEXIST: "det ligger allerede en fil der",
        errno.EIO: "disken svarte med en feil",
        errno.EISDIR: "det er en mappe",
        errno.ENAMETOOLONG: "navnet er for langt",
        errno.ENOENT: "den finnes ikke",
        errno.ENOSPC: "disken er full",
        errno.ENOTDIR: "en del av stien er en fil, ikke en mappe",
        errno.EPERM: "det er ikke lov",
        errno.EROFS: "disken er skrivebeskyttet",
    }
)


def explain(error: BaseException) -> str:
    """Return the sentence for an expected error; "" for any other."""
    sentence = ""
    match error:
        case ArchiveError():
            sentence = archive_sentence(error)
        case ApartError() | UnreadableTextError():
            sentence = str(error)
        case RuleError() | ServiceError():
            sentence = message(error.code, error.params)
        case DocxError():
            sentence = message(f"DocxError.{error.code}", error.params)
        case TemplateError() | SaveError():
            place = getattr(error, "path", "")
            sentence = message(f"{type(error).__name__}.{error.code}", {"sti": place})
        case CodecError():
            sentence = message("tekst_skadet", {"detalj": str(error).rstrip(".")})
        case OSError():
            told = {"sti": error.filename or "", "detalj": _reason(error)}
            sentence = message("fil_kan_ikke_brukes", told)
    return sentence


def _reason(error: OSError) -> str:
    """Return why the system refused; it says so in the language of the system itself."""
    return _REASONS.get(error.errno or 0, f"systemfeil {error.errno or error}")
