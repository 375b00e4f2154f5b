"""What the user is told about what was left out of a paste: one sentence per reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.i18n.catalogue import words
from desktop.importing.paste_limit import MAX_CHARACTERS, MAX_PARAGRAPHS
from desktop.richtext.problems import Problem
from desktop.richtext.validate import MAX_LIST_DEPTH
from desktop.viewmodels.text.pasted_images import MAX_BYTES, MAX_PICTURES, MAX_PIXELS

_ = words("nb")


@dataclass(slots=True)
class PictureCount:
    """How many pictures written into the HTML were not taken, and why."""

    unreadable: int = 0
    oversized: int = 0
    too_many: int = 0


def sentences(
    problems: Iterable[Problem], pictures: PictureCount, *, was_cut: bool
) -> tuple[str, ...]:
    """Return a sentence for everything that the user would otherwise look for in vain."""
    counts = Counter(problem.code for problem in problems)
    told = pictures.unreadable + pictures.oversized + pictures.too_many
    found = [
        text_was_cut() if was_cut else "",
        pictures_elsewhere(counts["image_left_out"] - told),
        unreadable_pictures(pictures.unreadable),
        oversized_pictures(pictures.oversized),
        _too_many_pictures(pictures.too_many),
        _links(counts["link_refused"]),
        _deleted(counts["deleted_text"]),
        _moved(counts["lifted_from_list"]),
        _inner_tables(counts["table_in_cell"]),
        _deep_lists(counts["list_too_deep"]),
    ]
    return tuple(filter(None, found))


def text_was_cut() -> str:
    """Say that the text was cut, and where."""
    return _(
        "Teksten var for lang, og bare begynnelsen er limt inn. Grensen er {tegn} tegn og "
        "{avsnitt} avsnitt. Del den opp og lim inn resten for seg."
    ).format(tegn=_grouped(MAX_CHARACTERS), avsnitt=_grouped(MAX_PARAGRAPHS))


def pictures_elsewhere(count: int) -> str:
    """Say that pictures on disk or network were not fetched."""
    if count <= 0:
        return ""
    return _.plural(
        "{antall} bilde ble ikke limt inn, fordi det ligger på disk eller nett og ikke følger med "
        "teksten. Kopier bildet for seg og lim det inn.",
        "{antall} bilder ble ikke limt inn, fordi de ligger på disk eller nett og ikke følger med "
        "teksten. Kopier dem ett for ett og lim dem inn.",
        count,
    ).format(antall=count)


def unreadable_pictures(count: int) -> str:
    """Say that pictures are damaged or of a foreign kind."""
    if count <= 0:
        return ""
    return _.plural(
        "{antall} bilde ble ikke limt inn, fordi det er skadet eller har et format som ikke "
        "kan brukes. PNG og JPEG kan limes inn.",
        "{antall} bilder ble ikke limt inn, fordi de er skadet eller har et format som ikke "
        "kan brukes. PNG og JPEG kan limes inn.",
        count,
    ).format(antall=count)


def oversized_pictures(count: int) -> str:
    """Say that pictures are too large."""
    if count <= 0:
        return ""
    return _.plural(
        "{antall} bilde ble ikke limt inn, fordi det er for stort. Grensen er {megabyte} MB og "
        "{punkter} millioner bildepunkter.",
        "{antall} bilder ble ikke limt inn, fordi de er for store. Grensen er {megabyte} MB og "
        "{punkter} millioner bildepunkter for hvert bilde.",
        count,
    ).format(antall=count, megabyte=MAX_BYTES // 1_000_000, punkter=MAX_PIXELS // 1_000_000)


def missing_figures(count: int) -> str:
    """Say that figures of another archive did not come along."""
    if count <= 0:
        return ""
    return _.plural(
        "{antall} figur ble ikke limt inn, fordi bildet ikke finnes i dette arkivet.",
        "{antall} figurer ble ikke limt inn, fordi bildene ikke finnes i dette arkivet.",
        count,
    ).format(antall=count)


def files_not_pasted() -> str:
    """Say where files belong."""
    return _("Filer limes ikke inn i teksten. Legg dem til som vedlegg i saken.")


def _too_many_pictures(count: int) -> str:
    if count <= 0:
        return ""
    return _.plural(
        "{antall} bilde ble ikke limt inn. Grensen er {grense} bilder om gangen.",
        "{antall} bilder ble ikke limt inn. Grensen er {grense} bilder om gangen.",
        count,
    ).format(antall=count, grense=MAX_PICTURES)


def _links(count: int) -> str:
    if not count:
        return ""
    return _.plural(
        "{antall} lenke er blitt til vanlig tekst, fordi adressen ikke kan brukes her.",
        "{antall} lenker er blitt til vanlig tekst, fordi adressene ikke kan brukes her.",
        count,
    ).format(antall=count)


def _deleted(count: int) -> str:
    if not count:
        return ""
    return _("Tekst som var slettet med sporing av endringer, ble ikke limt inn.")


def _moved(count: int) -> str:
    if not count:
        return ""
    return _.plural(
        "En tabell eller et bilde i et listepunkt er flyttet til etter listen.",
        "Tabeller og bilder i listepunkter er flyttet til etter listen.",
        count,
    )


def _inner_tables(count: int) -> str:
    if not count:
        return ""
    return _("En tabell inne i en annen tabell er limt inn som avsnitt.")


def _deep_lists(count: int) -> str:
    if not count:
        return ""
    return _(
        "En liste hadde flere enn {grense} nivåer, og de innerste er limt inn som avsnitt."
    ).format(grense=MAX_LIST_DEPTH)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
