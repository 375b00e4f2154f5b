"""The further documents of the invented meetings of `samples` and `samples_nn`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import ModuleType

from desktop.documents.content import MoeteContent, PersonContent, PostContent, ReferatContent
from desktop.documents.content_lists import (
    KjoereplanContent,
    KjoerepostContent,
    OppfoelgingContent,
    OppfoelgingslisteContent,
    SaerutskriftContent,
    SakslisteContent,
    VedtakContent,
    VedtaksmoeteContent,
    VedtaksprotokollContent,
)
from desktop.richtext.tree import Tree
from desktop.rules.kinds import Maalform, Sakstype
from desktop.rules.standing import Standing
from desktop.rules.states import OppfoelgingTilstand, ReferatTilstand
from desktop.services.papers import Content

PEOPLE = (PersonContent("Kari Vik", "KS"), PersonContent("Per Aas"))
TASKS = {
    Maalform.NB: (
        "Lage en plan for opplæringen.",
        "Svare på brevet fra rådet.",
        "Planen er sendt.",
    ),
    Maalform.NN: ("Lage ein plan for opplæringa.", "Svare på brevet frå rådet.", "Planen er send."),
}


def contents(sample: ModuleType) -> dict[str, Content]:
    """Return one content of every further kind, by name."""
    moete, referat = sample.MOETE, sample.REFERAT
    return {
        "saksliste": SakslisteContent(moete),
        "kjoereplan": kjoereplan(moete),
        "saerutskrift": saerutskrift(referat),
        "vedtaksprotokoll": VedtaksprotokollContent(moete.utvalg, (vedtaksmoete(referat),)),
        "vedtaksprotokoll_aar": VedtaksprotokollContent(
            moete.utvalg, (vedtaksmoete(referat),), aar=2023, registrerte=(entered(referat),)
        ),
        "oppfoelgingsliste": oppfoelgingsliste(moete),
    }


def kjoereplan(moete: MoeteContent) -> KjoereplanContent:
    days = tuple(tuple(map(_post, day.poster)) for day in moete.moetedager)
    return KjoereplanContent(moete, days, PEOPLE[0], PEOPLE[1], forfall=PEOPLE)


def _post(post: PostContent) -> KjoerepostContent:
    end = None
    if post.start is not None:
        end = (datetime.combine(date.min, post.start) + timedelta(minutes=10)).time()
    people = PEOPLE if post.sak_key else ()
    return KjoerepostContent(
        post.slag, post.start, end, post.tittel, post.sak_key, people, people[:1]
    )


def saerutskrift(
    referat: ReferatContent, state: ReferatTilstand | None = ReferatTilstand.OPPDATERT
) -> SaerutskriftContent:
    said = max(referat.saker, key=lambda one: len(one.innspill))
    sak = next(sak for sak in referat.moete.saker if sak.key == said.key)
    return SaerutskriftContent(referat.moete, sak, said, PEOPLE, PEOPLE[:1], state)


def vedtaksmoete(referat: ReferatContent) -> VedtaksmoeteContent:
    said = {one.key: one.vedtak for one in referat.saker}
    found = [
        VedtakContent(sak.key, sak.nummer, sak.tittel, said[sak.key], sak.sakstype, number > 0)
        for number, sak in enumerate(referat.moete.saker)
        if said.get(sak.key)
    ]
    days = tuple(day.dato for day in referat.moete.moetedager)
    return VedtaksmoeteContent("3/2023", days, tuple(found), ReferatTilstand.GODKJENT, "29/23")


def entered(referat: ReferatContent) -> VedtakContent:
    text = next(one.vedtak for one in referat.saker if one.vedtak) or Tree()
    return VedtakContent(
        "x", "12/22", "Budsjett", text, Sakstype.ORIENTERING, dato=date(2023, 1, 5)
    )


def oppfoelgingsliste(moete: MoeteContent) -> OppfoelgingslisteContent:
    plan, answer, note = TASKS[moete.utvalg.maalform]
    return OppfoelgingslisteContent(
        moete.utvalg,
        date(2023, 12, 1),
        (
            OppfoelgingContent(
                plan,
                "KS",
                "Kari Vik",
                ("22/23", "31/23"),
                date(2023, 11, 30),
                OppfoelgingTilstand.PAAGAAR,
                Standing.FORFALT,
                note,
                date(2023, 11, 20),
            ),
            OppfoelgingContent(answer, "KS", frist=date(2023, 12, 10), stand=Standing.FOER_MOETET),
            OppfoelgingContent(answer),
        ),
        neste_moete=date(2023, 12, 14),
        neste_nummer="4/2023",
    )
