"""What a control chart says, in words: whether a rate left its usual range, and by which rule.

A chart that raises no signal says that the rate varies as it usually does, not that nothing
changed. Every sentence names the periods it rests on.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.charted import ChartSignal, ControlChart
from reports.charts import alarms, present
from reports.context import Subject
from reports.findings import Unit
from reports.settings import CHART_RULES
from reports.statistics.control_charts.periods import Chart, ChartReason
from reports.statistics.control_charts.rules import Rule
from reports.texts import N_
from reports.typeset import strong

TITLES = {
    "above": N_("{name}: above its usual range"),
    "below": N_("{name}: below its usual range"),
    "stays_above": N_("{name}: above its usual level for too long to be chance"),
    "stays_below": N_("{name}: below its usual level for too long to be chance"),
    "watch": N_("{name}: worth watching"),
    "": N_("{name}: within its usual range"),
}
"""What a chart says of its newest period."""

STATES = {
    "above": N_("above its usual range"),
    "below": N_("below its usual range"),
    "stays_above": N_("stays above its usual level"),
    "stays_below": N_("stays below its usual level"),
    "watch": N_("worth watching"),
    "": N_("within its usual range"),
}
"""The same, beside a figure."""

BEYOND = {
    "above": N_("{periods}: above the upper limit, which the usual variation hardly ever passes."),
    "below": N_("{periods}: below the lower limit, which the usual variation hardly ever passes."),
}
ONE_SIDE = {
    "above": N_(
        "{first} to {last}: {count} in a row above the centre, more than chance usually makes."
    ),
    "below": N_(
        "{first} to {last}: {count} in a row below the centre, more than chance usually makes."
    ),
}

FOUND = {
    Rule.BEYOND_LIMITS: N_("a period beyond the limits"),
    Rule.LONG_RUN: N_("too many in a row on one side of the centre"),
    Rule.FEW_CROSSINGS: N_("a line that crosses the centre too seldom"),
    Rule.EIGHT_ON_ONE_SIDE: N_("eight in a row on one side of the centre"),
    Rule.NINE_ON_ONE_SIDE: N_("nine in a row on one side of the centre"),
    Rule.SIX_STEADY: N_("six in a row rising or falling"),
    Rule.FOURTEEN_ALTERNATING: N_("fourteen in a row up and down in turn"),
    Rule.TWO_OF_THREE_BEYOND_TWO: N_("two of three beyond 2 sigma on one side"),
    Rule.FOUR_OF_FIVE_BEYOND_ONE: N_("four of five beyond 1 sigma on one side"),
    Rule.FIFTEEN_WITHIN_ONE: N_("fifteen in a row within 1 sigma"),
    Rule.EIGHT_BEYOND_ONE: N_("eight in a row beyond 1 sigma, on either side"),
}
"""What each rule looks for."""

REASONS = {
    ChartReason.NO_ANSWERS: N_("No control chart: nobody was asked in the periods before."),
    ChartReason.TOO_FEW_POINTS: N_(
        "No control chart yet: its limits come from twelve periods before this one."
    ),
    ChartReason.MERGE_PERIODS: N_(
        "No control chart: fewer than five complaints a period are expected."
    ),
    ChartReason.NO_VARIATION: N_("No control chart: all periods before are alike."),
}

MOST_PERIODS = 3
"""Periods beyond a limit that are named, the latest."""


def said(chart: ControlChart) -> str:
    """The key of :data:`TITLES` for the newest period; to have passed a limit says most.

    ``watch`` where a signal is no alarm: among so many charts, one now and then is chance.
    """
    newest = present(chart)
    return spoken([s for s in newest if s.alarm]) or ("watch" if newest else "")


def spoken(signals: Sequence[ChartSignal]) -> str:
    """The key for these signals of one period; empty where none has a side."""
    found = {signal.rule: signal.direction for signal in signals}
    beyond = found.get(Rule.BEYOND_LIMITS, "")
    if beyond in BEYOND:
        return beyond
    return next((f"stays_{side}" for side in found.values() if side in ONE_SIDE), "")


def title(context: Subject, chart: ControlChart) -> str:
    """The finding of the chart as a heading."""
    name = context.words.indicator(chart.key)
    return context.words.gettext(TITLES[said(chart)]).format(name=name)


def why_not(context: Subject, chart: ControlChart | None) -> str:
    """Why there is no chart; empty where none was tried."""
    if chart is None or chart.reason is None:
        return ""
    return context.words.gettext(REASONS[ChartReason(chart.reason)])


def limits(context: Subject, chart: ControlChart) -> str:
    """Where centre and limits come from."""
    _, words = context.words.gettext, context.words
    text = _(
        "Centre {centre} and limits (3 sigma) were set on {count} periods, {first} to {last}, "
        "and stay where they are."
    ).format(
        centre=words.value(unit_of(chart), chart.centre),
        count=words.count(len(chart.baseline)),
        first=words.wave(chart.baseline[0]),
        last=words.wave(chart.baseline[-1]),
    )
    wider = {
        Chart.P_PRIME: _(
            "The periods vary more than counting explains; the limits allow for it (Laney p′)."
        ),
        Chart.U_PRIME: _(
            "The periods vary more than counting explains; the limits allow for it (Laney u′)."
        ),
    }.get(Chart(chart.chart))
    return words.sentences([text, wider] if wider else [text])


def unit_of(chart: ControlChart) -> Unit:
    """Shares of the customers asked, or complaints logged for each purchase."""
    return Unit.RATE if chart.chart in (Chart.U, Chart.U_PRIME) else Unit.SHARE


def reading(context: Subject, chart: ControlChart) -> str:
    """Every signal of the chart in a sentence of its own; or that there is none."""
    _, words = context.words.gettext, context.words
    if not chart.signals:
        return words.sentences([strong(_("No signal.")), _quiet(context)])
    parts = [strong(_("Signal."))]
    for side, text in BEYOND.items():
        beyond = _of(chart.signals, Rule.BEYOND_LIMITS, side)
        if beyond:
            parts.append(_(text).format(periods=_periods(context, beyond)))
    for side, text in ONE_SIDE.items():
        for signal in _of(chart.signals, Rule.LONG_RUN, side):
            parts.append(_run(context, text, signal))
    for rule in FOUND:
        found = [signal for signal in chart.signals if signal.rule == rule not in CHART_RULES]
        if found:  # again and again while it lasts: the latest says it
            parts.append(_run(context, _("{first} to {last}: {found}."), found[-1]))
    parts.append(_advice(context, chart))
    return words.sentences(parts)


def _quiet(context: Subject) -> str:
    """That nothing was found, of what was looked for."""
    _, words, rules = context.words.gettext, context.words, context.findings.chart_rules
    if set(rules) == set(CHART_RULES):
        return _(
            "No period is beyond the limits, and none of the runs on one side of the centre is too "
            "long: the rate varies as it usually does."
        )
    found = [_(FOUND[rule]) for rule in FOUND if rule in rules]
    text = _("Looked for and not found: {found}.")
    return text.format(found=words.listing(found))


def _advice(context: Subject, chart: ControlChart) -> str:
    """What to do about the newest period, or about those before it."""
    _ = context.words.gettext
    if said(chart) == "watch" and context.judge(chart.key) is None:
        return _("Another chart raises the alarms; see whether it says the same.")
    if said(chart) == "watch":
        return _(
            "Of so many charts one now and then shows this by chance: watch the next period "
            "before acting."
        )
    return _("Look for a cause that was not there before.")


def latest(context: Subject, chart: ControlChart) -> str:
    """The sentence for the newest alarm alone; empty where there is none."""
    words, newest = context.words, alarms(chart)
    key = spoken(newest)
    side = key.removeprefix("stays_")
    if key in BEYOND:
        found = _of(newest, Rule.BEYOND_LIMITS, side)
        return words.gettext(BEYOND[side]).format(periods=_periods(context, found))
    runs = _of(newest, Rule.LONG_RUN, side)
    return "".join(_run(context, ONE_SIDE[side], signal) for signal in runs)


def _of(signals: Sequence[ChartSignal], rule: Rule, side: str) -> list[ChartSignal]:
    return [s for s in signals if (s.rule, s.direction) == (rule, side)]


def _periods(context: Subject, signals: Sequence[ChartSignal]) -> str:
    words = context.words
    return words.listing([words.wave(s.waves[-1]) for s in signals[-MOST_PERIODS:]])


def _run(context: Subject, text: str, signal: ChartSignal) -> str:
    words = context.words
    return words.gettext(text).format(
        first=words.wave(signal.waves[0]),
        last=words.wave(signal.waves[-1]),
        count=words.count(len(signal.waves)),
        found=words.gettext(FOUND[Rule(signal.rule)]),
    )
