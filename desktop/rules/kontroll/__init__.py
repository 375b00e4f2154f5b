"""The quality check: the rules that papers are read against, and what they find.

A rule is in only if it is nearly always right. It reads frozen `Papers` and says where and what;
the sentences are those of `desktop.i18n.kontroll_messages`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final

from desktop.rules.kontroll import (
    datoer,
    godkjenning,
    klokke,
    mangler,
    navn,
    oppmoete,
    plassholdere,
    saksreferanser,
    spraak,
    vedlegg,
    vedtak,
)
from desktop.rules.kontroll.papers import Papers
from desktop.rules.kontroll.rule import Rule
from desktop.rules.kontroll.types import Finding, Place, PlaceKind, Severity, Source

_FEIL, _HINT = Severity.FEIL, Severity.HINT

RULES: Final = (
    Rule("mangler_forslag_til_vedtak", _FEIL, Source.HUSETS_FORM, mangler.missing_proposal),
    Rule("mangler_hensikt", _FEIL, Source.HUSETS_FORM, mangler.missing_purpose),
    Rule("mangler_sakseier", _FEIL, Source.HUSETS_FORM, mangler.missing_owner),
    Rule("mangler_vedtak", _FEIL, Source.HUSETS_FORM, mangler.missing_vedtak),
    Rule("godkjenning_feil_dato", _FEIL, Source.ARKIVET, godkjenning.wrong_date),
    Rule("godkjenning_uten_referat", _FEIL, Source.HUSETS_FORM, godkjenning.without_referat),
    Rule("dagen_gaar_over_tiden", _FEIL, Source.HUSETS_FORM, klokke.day_overrun),
    Rule("fast_tid_er_passert", _FEIL, Source.HUSETS_FORM, klokke.row_overrun),
    Rule("hull_i_dagsorden", _HINT, Source.HUSETS_FORM, klokke.gap),
    Rule("lenge_uten_pause", _HINT, Source.PAUSER, klokke.long_sitting),
    Rule("ukjent_vedlegg", _FEIL, Source.HUSETS_FORM, vedlegg.unknown_attachment),
    Rule("ingenting_vedlagt", _FEIL, Source.HUSETS_FORM, vedlegg.nothing_enclosed),
    Rule("fil_er_borte", _FEIL, Source.ARKIVET, vedlegg.lost_file),
    Rule("lenke_uten_skjema", _FEIL, Source.HUSETS_FORM, vedlegg.link_without_scheme),
    Rule("dato_finnes_ikke", _FEIL, Source.KALENDEREN, datoer.impossible_date),
    Rule("feil_ukedag", _FEIL, Source.KALENDEREN, datoer.wrong_weekday),
    Rule("gjort_etter_moetet", _FEIL, Source.KALENDEREN, datoer.done_after_meeting),
    Rule("dato_motsier_arkivet", _FEIL, Source.ARKIVET, datoer.contradicts_archive),
    Rule("ukjent_sak", _FEIL, Source.ARKIVET, saksreferanser.unknown_sak),
    Rule("saksform", _HINT, Source.HUSETS_FORM, saksreferanser.sak_form),
    Rule("utvalgsnavn_boeyd", _FEIL, Source.SPRAAKRAADET, navn.inflected_twice),
    Rule("utvalgsnavn_feilskrevet", _FEIL, Source.ARKIVET, navn.misspelt),
    Rule("vedtak_uten_utvalg", _FEIL, Source.HUSETS_FORM, vedtak.begins_with_body),
    Rule("innspill_uten_oppsummering", _FEIL, Source.SAK_26_23, vedtak.input_without_summary),
    Rule("aktoer_i_innspill", _FEIL, Source.SAK_26_23, vedtak.named_actor),
    Rule("til_stede_og_borte", _FEIL, Source.HUSETS_FORM, oppmoete.present_and_absent),
    Rule("stedfortreder_for_ingen", _FEIL, Source.HUSETS_FORM, oppmoete.substitute_for_nobody),
    Rule("gjest_uten_sak", _FEIL, Source.HUSETS_FORM, oppmoete.guest_without_sak),
    Rule("plassholder", _FEIL, Source.HUSETS_FORM, plassholdere.left_over),
    Rule("dobbelt_ord", _FEIL, Source.RETTSKRIVNING, spraak.doubled_word),
    Rule("rette_anfoerselstegn", _HINT, Source.SPRAAKRAADET, spraak.straight_quotes),
    Rule("bindestrek_i_intervall", _HINT, Source.SPRAAKRAADET, spraak.hyphen_in_range),
    Rule("kolon_i_klokkeslett", _HINT, Source.HUSETS_FORM, spraak.colon_in_clock),
)
"""Every rule, in the order findings at one place are told."""

BY_ID: Final = MappingProxyType({rule.id: rule for rule in RULES})


def check(papers: Papers, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """Return what the rules have to say about some papers, in the order of the papers."""
    return in_order(papers, (found for rule in rules for found in rule.findings(papers)))


def check_in_steps(papers: Papers) -> Iterator[tuple[Finding, ...]]:
    """Yield what each rule found, so that a caller can do something else in between."""
    for rule in RULES:
        yield tuple(rule.findings(papers))


def in_order(papers: Papers, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings by sak, errors before hints, then as the texts run.

    What is about the meeting and not about a sak comes first.
    """
    sak_order = {sak.key: place for place, sak in enumerate(papers.saker, 1)}
    block_order = {block.place.key: place for place, block in enumerate(papers.blocks)}
    rule_order = {rule.id: place for place, rule in enumerate(RULES)}

    def key(one: Finding) -> tuple[int, bool, int, int, int]:
        at = one.place
        return (
            sak_order.get(at.sak_id or "", 0),
            one.severity is Severity.HINT,
            block_order.get(at.key, -1),
            at.span[0] if at.span else 0,
            rule_order[one.rule],
        )

    return tuple(sorted(findings, key=key))


__all__ = [
    "BY_ID",
    "RULES",
    "Finding",
    "Papers",
    "Place",
    "PlaceKind",
    "Rule",
    "Severity",
    "Source",
    "check",
    "check_in_steps",
    "in_order",
]
