"""What an entry of the log did, in words for people."""

from __future__ import annotations

from desktop.i18n.catalogue import words
from desktop.services.verbs import VERBS
from desktop.storage.changes import OperationInfo


def describe_operation(info: OperationInfo) -> str:
    """Return what an entry of the log did, as a Norwegian phrase."""
    _ = words("nb")
    verb = VERBS.get(info.verb)
    label = _(verb.label) if verb else info.verb
    text = " ".join(label.format_map(_Lenient(info.params)).split())
    if info.kind == "angre":
        return _("Angre: {handling}").format(handling=text)
    if info.kind == "gjenta":
        return _("Gjenta: {handling}").format(handling=text)
    return _("Oppgradering av arkivet") if info.kind == "migrering" else text


class _Lenient(dict[str, str]):
    """Parameters where a missing one leaves no trace."""

    def __missing__(self, key: str) -> str:
        return ""
