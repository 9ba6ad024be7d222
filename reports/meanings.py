"""What do the figures of a report mean, in a sentence each?

For those who read a report and no handbook; formulas and sources stand in the manual. What a
company chose for itself is told where its figures stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from reports.context import Subject
from reports.texts import N_

PLAIN: Mapping[str, str] = MappingProxyType(
    {
        "satisfaction_index": N_(
            "the mean answer on overall satisfaction, from 0 (all give the worst mark) to 100 "
            "(all give the best)"
        ),
        "acsi_index": N_(
            "satisfaction, expectation met and closeness to the ideal in one mean, from 0 to 100"
        ),
        "nps": N_(
            "the share who would recommend (9 or 10 of 10) less the share who would not (0 to 6); "
            "from −100 to +100"
        ),
        "problem_rate": N_("met a problem, whether they told anybody or not"),
        "voiced_rate": N_("told the company of their problem"),
        "gap": N_("of the same customer; below zero, customers get less than they expect"),
        "importance_weight": N_(
            "how far to the front customers rank an attribute; all attributes together make 100%"
        ),
        "importance_derived": N_(
            "how much of the differences in satisfaction goes with the rating of an attribute; it "
            "shows what moves together, not what causes what"
        ),
        "sci_at_risk": N_(
            "gave one of the worst marks for satisfaction or for buying again, and may leave"
        ),
        "loyalists": N_("satisfied, and likely to buy again and to recommend"),
        "mercenaries": N_("satisfied, and yet not loyal: a better offer takes them away"),
        "hostages": N_("not satisfied, and stay all the same: for want of a choice, or by habit"),
        "defectors": N_("neither satisfied nor loyal"),
    }
)
"""Figure key → what it means; those that pages explain where they show them are left out."""


def meanings(subject: Subject) -> list[tuple[str, str]]:
    """Name and meaning of what this report shows, the figures first, then the words of statistics.

    Only figures that have a value are explained.
    """
    words = subject.words
    shown = {figure.key for figure in subject.found.figures if figure.value is not None}
    if "importance_weight" not in shown:
        shown.discard("importance_derived")  # pages show it beside the stated one alone
    told = [(words.indicator(key), words.gettext(PLAIN[key])) for key in PLAIN if key in shown]
    return [*told, *_statistics(subject)]


def _statistics(subject: Subject) -> Iterator[tuple[str, str]]:
    _ = subject.words.gettext
    if any(figure.interval is not None for figure in subject.found.figures):
        text = _("{confidence} interval").format(confidence=subject.confidence)
        yield (
            text,
            _(
                "the range in which the value of all customers lies, as far as a sample can tell; "
                "the method is right {confidence} of the time"
            ).format(confidence=subject.confidence),
        )
    tested = (c for part in subject.findings.segments for c in part.changes if c.family_size)
    if subject.found.figures and any(tested):
        yield (
            _("significant"),
            _("a difference that chance alone would hardly make, all comparisons taken together"),
        )
    if any(chart.points for chart in subject.found.charts):
        yield (
            _("control limits"),
            _(
                "a rate between them varies as it usually does; a single point in between is "
                "no news"
            ),
        )
