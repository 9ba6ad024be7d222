"""What a control chart says, in words: whether a rate left its usual range, and by which rule.

A chart that raises no signal says that the rate varies as it usually does, not that nothing
changed. Every sentence names the periods it rests on.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.charts import present
from reports.context import Context
from reports.findings import ChartSignal, ControlChart, Unit
from reports.statistics.control_charts.periods import Chart, ChartReason
from reports.statistics.control_charts.rules import Rule
from reports.texts import N_
from reports.typeset import strong

TITLES = {
    "above": N_("{name}: above its usual range"),
    "below": N_("{name}: below its usual range"),
    "stays_above": N_("{name}: above its usual level for too long to be chance"),
    "stays_below": N_("{name}: below its usual level for too long to be chance"),
    "": N_("{name}: within its usual range"),
}
"""What a chart says of its newest period."""

BEYOND = {
    "above": N_("{periods}: above the upper limit, which the usual variation hardly ever passes."),
    "below": N_("{periods}: below the lower limit, which the usual variation hardly ever passes."),
}
ONE_SIDE = {
    "above": N_("{first} to {last}: {count} in a row above the centre, too many for chance."),
    "below": N_("{first} to {last}: {count} in a row below the centre, too many for chance."),
}

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


def said(chart: ControlChart | None) -> str:
    """The key of :data:`TITLES` for the newest period; to have passed a limit says most."""
    found = {signal.rule: signal.direction for signal in (present(chart) if chart else ())}
    beyond = found.get(Rule.BEYOND_LIMITS, "")
    if beyond in BEYOND:
        return beyond
    return next((f"stays_{side}" for side in found.values() if side in ONE_SIDE), "")


def title(context: Context, chart: ControlChart) -> str:
    """The finding of the chart as a heading."""
    name = context.words.indicator(chart.key)
    return context.words.gettext(TITLES[said(chart)]).format(name=name)


def why_not(context: Context, chart: ControlChart | None) -> str:
    """Why there is no chart; empty where none was tried."""
    if chart is None or chart.reason is None:
        return ""
    return context.words.gettext(REASONS[ChartReason(chart.reason)])


def limits(context: Context, chart: ControlChart) -> str:
    """Where centre and limits come from."""
    _, words = context.words.gettext, context.words
    text = _(
        "Centre {centre} and limits (3 sigma) were set on {count} periods, {first} to {last}, "
        "and stay where they are."
    ).format(
        centre=words.value(Unit.SHARE, chart.centre),
        count=words.count(len(chart.baseline)),
        first=words.wave(chart.baseline[0]),
        last=words.wave(chart.baseline[-1]),
    )
    if chart.chart != Chart.P_PRIME:
        return text
    wider = _("The periods vary more than counting explains; the limits allow for it (Laney p′).")
    return words.sentences([text, wider])


def reading(context: Context, chart: ControlChart) -> str:
    """Every signal of the chart in a sentence of its own; or that there is none.

    A significant change that left the rate in its usual range is set in relation to it.
    """
    _, words = context.words.gettext, context.words
    change = context.found.change(chart.key)
    moved = ""
    if change is not None and change.significant and not said(chart):
        text = _("The change against {before} is significant, but stays in the usual range.")
        moved = text.format(before=words.wave(change.against))
    if not chart.signals:
        quiet = _(
            "No period is beyond the limits, and none of the runs on one side of the centre is too "
            "long: the rate varies as it usually does."
        )
        return words.sentences([strong(_("No signal.")), quiet, *([moved] if moved else [])])
    parts = [strong(_("Signal."))]
    for side, text in BEYOND.items():
        beyond = _of(chart.signals, Rule.BEYOND_LIMITS, side)
        if beyond:
            parts.append(_(text).format(periods=_periods(context, beyond)))
    for side, text in ONE_SIDE.items():
        for signal in _of(chart.signals, Rule.LONG_RUN, side):
            parts.append(_run(context, text, signal))
    parts.append(moved or _("Look for a cause that was not there before."))
    return words.sentences(parts)


def latest(context: Context, chart: ControlChart) -> str:
    """The sentence for the newest signal alone; empty where there is none."""
    words, newest = context.words, said(chart)
    side = newest.removeprefix("stays_")
    if newest in BEYOND:
        found = _of(present(chart), Rule.BEYOND_LIMITS, side)
        return words.gettext(BEYOND[side]).format(periods=_periods(context, found))
    return "".join(
        _run(context, ONE_SIDE[side], signal) for signal in _of(present(chart), Rule.LONG_RUN, side)
    )


def _of(signals: Sequence[ChartSignal], rule: Rule, side: str) -> list[ChartSignal]:
    return [s for s in signals if (s.rule, s.direction) == (rule, side)]


def _periods(context: Context, signals: Sequence[ChartSignal]) -> str:
    words = context.words
    return words.listing([words.wave(s.waves[-1]) for s in signals[-MOST_PERIODS:]])


def _run(context: Context, text: str, signal: ChartSignal) -> str:
    words = context.words
    return words.gettext(text).format(
        first=words.wave(signal.waves[0]),
        last=words.wave(signal.waves[-1]),
        count=words.count(len(signal.waves)),
    )
