"""A sak as clean text for an e-mail, in the language of its utvalg."""

from __future__ import annotations

from desktop.i18n.catalogue import words
from desktop.i18n.lists import join_names
from desktop.i18n.terms import SAKSTYPER
from desktop.richtext.plain import is_empty, plain_text
from desktop.rules.entity_kinds import Rolle
from desktop.services.sak_view import SakView


def sak_as_text(sak: SakView) -> str:
    """Return number, title, type, owners, omtale, forslag til vedtak and vedlegg as plain text."""
    _ = words(sak.maalform)
    number = _("Sak {nummer}").format(nummer=sak.number) if sak.number else _("Sak")
    head = [f"{number} {sak.tittel}" if sak.number else sak.tittel]
    if sak.sakstype is not None:
        head.append(_("Type") + ": " + _(SAKSTYPER[sak.sakstype]))
    owners = [part.full for part in sak.roller.get(Rolle.SAKSEIER, ())]
    if owners:
        head.append(_("Fra") + ": " + join_names(owners, sak.maalform))
    parts = ["\n".join(head)]
    if not is_empty(sak.omtale):
        parts.append(plain_text(sak.omtale))
    if not is_empty(sak.forslag):
        parts.append(_("Forslag til vedtak") + ":\n" + plain_text(sak.forslag))
    attached = [
        f"{_('Vedlegg')} {row.number}: {row.title}" if row.number else f"– {row.title}"
        for row in sak.vedlegg
        if not row.trukket
    ]
    if attached:
        parts.append("\n".join(attached))
    return "\n\n".join(parts) + "\n"
