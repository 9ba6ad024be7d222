"""Expectation against experience: how wide the gap is, attribute by attribute."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from reports import look
from reports.context import Context, Tone, tone_of_gap
from reports.direction import good_way, goodness
from reports.figures import plot
from reports.figures.plot import PlotArea
from reports.findings import Figure as Found
from reports.findings import Unit

LABELS = 122.0
COLUMNS = 92.0
TOP = 26.0
BOTTOM = 26.0
BARS = {Tone.GOOD: look.GOOD_BAR, Tone.BAD: look.BAD_BAR, Tone.UNCLEAR: look.MUTED_BAR}


def ordered(context: Context) -> list[Found]:
    """Gaps with both their means, the widest shortfall first."""
    complete = [
        gap
        for gap in context.each("gap")
        if context.shown("attribute_mean", gap.of) and context.shown("expectation_mean", gap.of)
    ]
    return sorted(complete, key=lambda gap: (goodness(gap), gap.of))


def gaps(context: Context, found: Sequence[Found], *, width: float, height: float) -> Figure:
    """A dumbbell a row: ring = expectation, dot = experience with its interval; better at right."""
    means = {g.of: context.shown("attribute_mean", g.of) for g in found}
    expected = {g.of: context.shown("expectation_mean", g.of) for g in found}
    reach: list[float] = []
    for figure in (*means.values(), *expected.values()):
        if figure is not None and figure.value is not None:
            span = figure.interval
            reach += [figure.value, span.low if span else figure.value]
            reach.append(span.high if span else figure.value)
    margin = max(max(reach) - min(reach), 0.2) * 0.05
    x = (min(reach) - margin, max(reach) + margin)
    if any(figure is not None and good_way(figure) < 0 for figure in means.values()):
        x = (x[1], x[0])
    area = PlotArea(width, height, (LABELS, COLUMNS, BOTTOM, TOP), x, (0, len(found)))
    for i, gap in enumerate(found):
        row = len(found) - i - 0.5
        plot.line(area, x, (row, row), colour=look.GRID, width=0.7)
        _row(area, context, gap, (means[gap.of], expected[gap.of]), row)
    _frame(area, context, len(found))
    return area


def _row(
    area: PlotArea,
    context: Context,
    gap: Found,
    ends: tuple[Found | None, Found | None],
    row: float,
) -> None:
    mean, expected = ends
    if mean is None or expected is None or mean.value is None or expected.value is None:
        return
    tone = tone_of_gap(gap)
    (left, right), words = area.x, context.words
    plot.line(area, (mean.value, expected.value), (row, row), colour=BARS[tone], width=3.4)
    if mean.interval is not None:
        whisker = (mean.interval.low, mean.interval.high)
        plot.line(area, whisker, (row, row), colour=tone.colour, width=1.1)
    plot.dot(area, expected.value, row, size=6.5, fill=look.PAPER, edge=look.UNCLEAR, pen=1.5)
    plot.dot(area, mean.value, row, size=7, fill=tone.colour)
    name = plot.folded(
        context.attribute_name(gap.of), context.lettering, look.SMALL, LABELS - 12, most=2
    )
    plot.write(area, left, row, name, colour=look.INK, ha="right", shift=(-8, 0))
    value = words.value(Unit.POINTS, gap.value, signed=True)
    label = f"{value} {tone.arrow}".strip()
    plot.write(
        area, right, row, label, size=look.SMALL, bold=True, colour=tone.colour, ha="left",
        shift=(8, 0),
    )  # fmt: skip
    text = plot.folded(context.ends(gap), context.lettering, look.TINY, COLUMNS - 42)
    plot.write(area, right, row, text, size=look.TINY, ha="right", shift=(COLUMNS, 0))


def _frame(area: PlotArea, context: Context, rows: int) -> None:
    _ = context.words.gettext
    left, right = area.x
    low, high = sorted((left, right))
    marks = [mark for mark in plot.ticks(low, high, 6) if low <= mark <= high]
    for mark, name in zip(marks, plot.tick_names(marks), strict=True):
        plot.write(area, mark, 0, name, va="top", shift=(0, -4))
    plot.write(area, right, 0, _("Mean score"), ha="right", va="top", shift=(0, -16))
    plot.write(area, right, rows, _("Gap"), size=look.TINY, ha="left", shift=(8, 12))
    interval = _("{confidence} interval").format(confidence=context.confidence)
    plot.write(area, right, rows, interval, size=look.TINY, ha="right", shift=(COLUMNS, 12))
    expectation = _("expectation")
    experience = _("experience, with {confidence} interval").format(confidence=context.confidence)
    plot.dot(area, left, rows, size=6, fill=look.PAPER, edge=look.UNCLEAR, pen=1.5, shift=(7, 12))
    plot.write(area, left, rows, expectation, ha="left", shift=(15, 12))
    far = 15 + context.lettering.width(expectation, look.SMALL) + 16
    plot.dot(area, left, rows, size=6, fill=look.UNCLEAR, shift=(far, 12))
    plot.write(area, left, rows, experience, ha="left", shift=(far + 8, 12))
