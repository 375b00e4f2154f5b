"""How an aksjonspunkt reads: in the list, and as the one line it can be changed in."""

from __future__ import annotations

from desktop.i18n.catalogue import words
from desktop.i18n.dates import long_date, numeric_date
from desktop.services.minutes_actions import LineReader, Understood
from desktop.services.minutes_view import ActionLine

_ = words("nb")


def missing_text(found: Understood) -> str:
    """Return what a line does not say, "" where it says both who and when."""
    if not found.ansvarlig and found.frist is None:
        return _("uten ansvarlig og frist")
    if not found.ansvarlig:
        return _("uten ansvarlig")
    return _("uten frist") if found.frist is None else ""


def action_text(line: ActionLine) -> str:
    """Return an aksjonspunkt as the list shows it."""
    told = [line.ansvarlig] if line.ansvarlig else []
    if line.frist is not None:
        told.append(_("frist {dato}").format(dato=long_date(line.frist)))
    return f"{line.tekst}  ·  {'  ·  '.join(told)}" if told else line.tekst


def line_to_edit(line: ActionLine, reader: LineReader) -> str:
    """Return an aksjonspunkt as one line that is understood as it stands."""
    text = line.tekst.removesuffix(".")
    known = reader.read(text)
    held = {key for key in (line.organisasjon_id, line.person_id) if key}
    names_them = held <= {known.organisasjon_id, known.person_id}
    who = "" if names_them or not line.ansvarlig else f"{line.ansvarlig}: "
    when = ""
    if line.frist is not None and known.frist != line.frist:
        when = _(" innen {dato}").format(dato=numeric_date(line.frist))
    return f"{who}{text}{when}"
