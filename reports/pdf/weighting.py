"""How much does an answer count? In a segment, and in the whole, as it was weighted."""

from __future__ import annotations

from reports.context import Subject
from reports.findings import ALL, Reason, Unit
from reports.units import POST_STRATIFIED, RAKED
from reports.weighted import STRATIFIED


def weighting(context: Subject) -> list[str]:
    """The sentences that say so, with the reason where nothing could be weighted."""
    _, told = context.words.gettext, context.findings.weighting
    whole = context.found.segment == ALL
    if told.method == STRATIFIED and whole:
        said = [_("Put together from the segments, each with its part of the customers.")]
        return [*said, *_cost(context), *_groups(context)]
    weighted = whole or any(figure.weighted for figure in context.found.figures)
    if told.method in (POST_STRATIFIED, RAKED) and weighted:
        return [*_by_fields(context), *(_cost(context) if whole else ())]
    said = [_("Every answer counts the same.")]
    if whole:
        said = [_("Every answer counts the same, so segments that answer more count more.")]
    return [*said, *_why_not(context)] if whole or told.fields else said


def _by_fields(context: Subject) -> list[str]:
    """By which fields, how, and what was done where answers were too few or weighed too much."""
    _, words, told = context.words.gettext, context.words, context.findings.weighting
    fields = words.listing(told.fields)
    if told.method == RAKED:
        text = words.ngettext(
            "Weighted by {fields}: raked to the customers of each, which took {count} round.",
            "Weighted by {fields}: raked to the customers of each, which took {count} rounds.",
            told.rounds or 0,
        )
        said = [text.format(fields=fields, count=words.count(told.rounds or 0))]
    else:
        text = _("Weighted by {fields}: where they cross, each cell has its part of the customers.")
        said = [text.format(fields=fields)]
    if told.trimmed:
        said.append(_("Weights were cut to their limits."))
    if told.together:
        text = words.ngettext(
            "{count} group was too small to count alone, and was taken together.",
            "{count} groups were too small to count alone, and were taken together.",
            len(told.together),
        )
        said.append(text.format(count=words.count(len(told.together))))
    return said


def _cost(context: Subject) -> list[str]:
    words, effect = context.words, context.findings.weighting.effect
    if effect is None:
        return []
    text = words.gettext("Design effect {effect}: so many answers are worth one of a plain sample.")
    return [text.format(effect=words.value(Unit.POINTS, effect))]


def _groups(context: Subject) -> list[str]:
    words = context.words
    text = words.gettext("Too small to count alone, taken together: {names}.")
    return [
        text.format(names=words.listing([_segment_name(context, name) for name in group]))
        for group in context.findings.weighting.together
    ]


def _segment_name(context: Subject, name: str) -> str:
    return context.segment_name(context.findings.segment(name))


def _why_not(context: Subject) -> list[str]:
    words, told = context.words, context.findings.weighting
    if told.reason is None:
        return []
    why = words.gettext("Not weighted: {reason}.").format(reason=words.reason(Reason(told.reason)))
    if told.reason != Reason.NOT_CONVERGED:
        return [why]
    text = words.ngettext(
        "After {count} round of raking the customers of a segment are off by {error}.",
        "After {count} rounds of raking the customers of a segment are off by {error}.",
        told.rounds or 0,
    )
    count, error = words.count(told.rounds or 0), words.value(Unit.SHARE, told.error)
    return [why, text.format(count=count, error=error)]
