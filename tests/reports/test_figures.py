"""The charts: what each shows, in what order, and what it does with gaps and extremes."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from matplotlib.figure import Figure as Drawing
from matplotlib.text import Text

from reports import look
from reports.context import Context
from reports.figures import plot
from reports.figures.bars import Bar, bars, row_height
from reports.figures.control import control, free_height
from reports.figures.gaps import gaps, ordered
from reports.figures.importance import importance
from reports.figures.labelling import Box, around, best
from reports.figures.pareto import pareto, vital_few
from reports.figures.plot import PlotArea
from reports.figures.stacks import Stack, diverging, filled
from reports.figures.trend import month_names, places, sparkline, spots, stretches, trend
from reports.findings import Interval, Note, Reason, TrendPoint, Unit
from reports.fonts import Fonts
from reports.indicators.mentions import pareto as mentioned
from reports.quadrants import place
from reports.texts import Words
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases
from tests.reports import pdf_figures as made


@pytest.fixture
def context(fonts: Fonts) -> Context:
    """All customers, in English."""
    found = cases.make_findings()
    return Context(
        found, pdf_asked.make_instrument(), found.segments[0], Words("en"), fonts.lettering("en")
    )


def texts(drawing: Drawing) -> list[str]:
    """Everything written on a chart."""
    return [t.get_text() for t in drawing.findobj(Text) if isinstance(t, Text) and t.get_text()]


def points(*values: float | None, first: str = "2026-01") -> tuple[TrendPoint, ...]:
    """Months in a row from ``first`` on; None is a month without a value."""
    year, month = map(int, first.split("-"))
    found = []
    for i, value in enumerate(values):
        reason = Reason.NO_ANSWERS if value is None else None
        figure = made.figure("satisfaction_index", value, Unit.INDEX, half=1.0, reason=reason)
        found.append(TrendPoint(f"{year}-{month + i:02d}", figure))
    return tuple(found)


def test_the_trend_labels_its_last_value_and_its_months(context: Context) -> None:
    """The figure of the wave stands at the end of its line; years are said once."""
    drawing = trend(
        context, context.found.past("satisfaction_index"), from_zero=False, width=300, height=150
    )
    written = texts(drawing)
    assert "76.6" in written
    assert [w for w in written if w in ("2024", "2025", "2026")] == ["2025", "2026"]
    assert {"Jan", "Apr", "Jul", "Oct"} <= set(written)


@pytest.mark.parametrize("number", [2, 12, 24, 40, 96, 200])
def test_names_of_months_never_touch(context: Context, number: int) -> None:
    """However many months there are and however narrow the chart, names have room between them."""
    waves = cases.months(number)
    for width in (90.0, 300.0, 500.0):
        xs = places(waves)
        area = PlotArea(width, 90, (30, 30, 10, 6), (xs[0] - 0.5, xs[-1] + 0.5), (0.0, 1.0))
        month_names(area, context, xs, waves)
        found = [t for t in area.findobj(Text) if isinstance(t, Text) and t.get_text().strip()]
        ends = sorted(
            (float(t.get_position()[0]), context.lettering.width(t.get_text(), look.SMALL))
            for t in found
            if not t.get_text().isdigit()
        )
        assert ends[-1][0] == area.spot(xs[-1], 0.0)[0]
        assert len(ends) <= number / 2 + 1
        for (x, own), (following, its) in pairwise(ends):
            assert following - x >= (own + its) / 2


def test_a_month_without_answers_is_a_gap(context: Context) -> None:
    """The line stops and starts again: nothing is drawn across what was not measured."""
    found = spots(points(70.0, 71.0, None, 72.0, 73.0))
    assert [[s.value for s in part] for part in stretches(found)] == [[70.0, 71.0], [72.0, 73.0]]
    trend(context, points(70.0, None, 72.0), from_zero=False, width=200, height=100)


def test_only_the_last_two_years_are_drawn() -> None:
    """Twenty-four months fit a line; older ones stay in the findings."""
    months = tuple(TrendPoint(wave, made.figure("nps", 0.1, Unit.NET)) for wave in cases.months(40))
    assert len(spots(months)) == 24
    assert spots(months)[-1].wave == cases.WAVE


def test_waves_that_are_no_months_stand_in_order(context: Context) -> None:
    """Yearly waves have no calendar month; they keep their order and their names."""
    figures = [made.figure("satisfaction_index", v, Unit.INDEX, half=1.0) for v in (70.0, 72.0)]
    yearly = (TrendPoint("spring", figures[0]), TrendPoint("autumn", figures[1]))
    drawing = trend(context, yearly, from_zero=False, width=200, height=100)
    assert {"spring", "autumn"} <= set(texts(drawing))


@pytest.mark.parametrize(
    ("waves", "names"),
    [
        (("2025-Q4", "2026-Q1", "2026-Q3"), {"Q4", "2025", "Q1", "2026", "Q2", "Q3"}),
        (("2025-H2", "2026-H1"), {"H2", "2025", "H1", "2026"}),
        (("2025", "2026"), {"2025", "2026"}),
    ],
)
def test_longer_periods_stand_by_the_calendar(
    context: Context, waves: tuple[str, ...], names: set[str]
) -> None:
    """Quarters, half-years and years have their names; a quarter without answers is a gap."""
    figure = made.figure("satisfaction_index", 70.0, Unit.INDEX, half=1.0)
    series = tuple(TrendPoint(wave, figure) for wave in waves)
    drawing = trend(context, series, from_zero=False, width=300, height=150)
    assert names <= set(texts(drawing))
    assert len(stretches(spots(series))) == (2 if "2026-Q3" in waves else 1)


def test_rates_start_at_zero(context: Context) -> None:
    """A rate cut off at the bottom would exaggerate its changes."""
    drawing = trend(
        context, context.found.past("complaint_rate"), from_zero=True, width=300, height=150
    )
    assert "0%" in texts(drawing)
    assert isinstance(drawing, PlotArea)
    assert drawing.y[0] == 0.0


def test_a_sparkline_needs_two_months() -> None:
    """One month is no line; a level line is drawn all the same."""
    assert sparkline(points(70.0), colour=look.GOOD, width=90, height=20) is None
    assert sparkline(points(70.0, 70.0), colour=look.GOOD, width=90, height=20) is not None


def test_importance_names_quadrants_lines_and_attributes(context: Context) -> None:
    """Everything needed to read the chart stands on it."""
    quadrants = place(context.found)
    assert quadrants is not None
    written = texts(importance(context, quadrants, width=500, height=250))
    assert {"ACT FIRST", "KEEP UP", "LOW PRIORITY", "POSSIBLY TOO MUCH"} <= set(written)
    assert {"mean 4.12", "mean 12.5%"} <= set(written)
    assert {name for name, _zh in pdf_asked.ATTRIBUTES.values()} <= set(written)


def test_boxes_know_what_they_share() -> None:
    """The placer of names counts shared area; touching is not sharing."""
    assert Box(0, 0, 10, 10).overlap(Box(5, 5, 20, 20)) == 25
    assert Box(0, 0, 10, 10).overlap(Box(10, 0, 20, 10)) == 0
    assert Box(0, 0, 4, 5).area == 20


def test_a_name_stands_above_its_point_where_it_can() -> None:
    """With nothing in the way the first place offered is taken: centred, just above."""
    place_ = best(around((50, 50), (30, 8)), (100, 100), [])
    assert (place_.left, place_.bottom) == (35, 56)


def test_a_name_gives_way() -> None:
    """What is taken above sends the name below; an edge keeps it inside."""
    above = Box(0, 55, 100, 70)
    assert best(around((50, 50), (30, 8)), (100, 100), [above]).top < 50
    at_the_top = best(around((50, 97), (30, 8)), (100, 100), [])
    assert at_the_top.top <= 98


def test_where_nothing_is_free_a_name_stands_all_the_same() -> None:
    """No attribute loses its name on a crowded chart, and the choice is always the same."""
    full = [Box(0, 0, 100, 100)]
    assert best(around((50, 50), (30, 8)), (100, 100), full) == best(
        around((50, 50), (30, 8)), (100, 100), full
    )


def test_gaps_are_sorted_and_signed(context: Context) -> None:
    """Widest shortfall first; sign and arrow say what colour says."""
    found = ordered(context)
    assert [gap.of for gap in found][:2] == ["complaints", "delivery"]
    written = texts(gaps(context, found, width=500, height=240))
    assert "−0.91 ▼" in written
    assert "+0.45 ▲" in written


def test_an_unclear_gap_has_no_arrow(context: Context) -> None:
    """An interval that holds zero gets no sign of good or bad."""
    gap = made.figure("gap", 0.01, Unit.POINTS, of="quality", half=0.2)
    assert "+0.01" in texts(gaps(context, [gap], width=500, height=90))


def test_a_gap_without_an_interval_says_why(context: Context) -> None:
    """One answer, or all alike, or all customers: no column stays empty, none has equal ends."""
    one, same, *_others = ordered(context)
    one = replace(one, interval=None, interval_reason=Reason.ONE_ANSWER)
    census = Interval(-0.5, -0.5, "census")
    same = replace(same, value=-0.5, interval=census, notes=(Note.CENSUS,))
    written = " ".join(texts(gaps(context, [one, same], width=500, height=150)))
    assert "one answer has no spread" in written
    assert "all customers answered" in written
    assert "−0.50 to −0.50" not in written


def test_names_of_two_lines_get_room(context: Context) -> None:
    """Rows are higher where a name needs two lines, so that names do not touch."""
    short = Bar("Price", made.share("problem_attribute", 0.2, 90))
    long = Bar("Complaint handling by the local branch", short.figure)
    assert row_height(context, [short], 80) == 16
    assert row_height(context, [short, long], 80) > 2 * look.SMALL * plot.LINE_SPACING


def test_bars_say_why_a_figure_is_missing(context: Context) -> None:
    """A missing share shows a dash and its reason, never an empty bar alone."""
    missing = made.figure("sales_power", None, Unit.SHARE, n=0, reason=Reason.BELOW_SMALLEST_BASE)
    drawing = bars(context, [Bar("Sales power", missing)], labels=90, width=400, height=40)
    written = texts(drawing)
    assert "–" in written
    assert "too few answers to" in " ".join(written)
    assert "0%" not in written


def test_bars_without_columns_print_the_value_only(context: Context) -> None:
    """Where interval and base stand elsewhere, the chart has room for the bars."""
    row = Bar("Sales power", made.share("sales_power", 0.31, 200))
    written = texts(bars(context, [row], labels=90, width=300, height=40, columns=False))
    assert "31.0%" in written
    assert "200" not in written


def test_the_crossing_kind_is_one_of_the_vital_few() -> None:
    """The smallest leading group that reaches 80 %, the one that crosses it included."""
    running = [
        made.figure("problem_kind_running", part, Unit.WEIGHT) for part in (0.4, 0.79, 0.9, 1)
    ]
    assert vital_few(running) == 3
    assert vital_few(running[-1:]) == 1
    assert vital_few([]) == 0


@pytest.mark.parametrize("n", range(20, 60))
def test_exactly_four_fifths_are_enough(n: int) -> None:
    """12, 4 and 4 of n customers: the first two make up 80 %, however floats add up."""
    shares = [made.share("problem_kind", count / n, n) for count in (12, 4, 4)]
    running = [figure for figure in mentioned(shares) if figure.key == "problem_kind_running"]
    assert vital_few(running) == 2


def test_pareto_prints_shares_and_names(context: Context) -> None:
    """Each bar has its name and its share of those who met a problem."""
    found = [context.shown("problem_kind", f.of) for f in context.each("problem_kind_running")]
    kinds = [figure for figure in found if figure is not None]
    names = [pdf_asked.KINDS[int(f.of)][0] for f in kinds]
    written = " ".join(texts(pareto(context, kinds, names, width=300, height=150)))
    assert "34.0%" in written
    assert "Late delivery" in written


def test_a_stack_prints_what_fits(context: Context) -> None:
    """A sliver gets no label; a wide part does; the total stands at the end."""
    rows = [Stack("Delivery", (0.01, 0.09, 0.2, 0.3, 0.4), "70%")]
    written = texts(diverging(context, rows, list("abcde"), width=500, height=50))
    assert "1%" not in written
    assert {"9%", "20%", "30%", "40%", "70%"} <= set(written)


def test_nobody_answered_one_part(context: Context) -> None:
    """A share of zero takes no room and breaks nothing."""
    written = texts(filled(context, [0.0, 0.0, 1.0], ["bad", "fair", "good"], width=300, height=40))
    assert "100%" in written
    assert "0%" not in written


def test_mathematics_is_never_read_into_a_label(context: Context) -> None:
    """A dollar sign in a label is a dollar sign."""
    area = PlotArea(100, 50, (0, 0, 0, 0), (0, 1), (0, 1))
    plot.write(area, 0.5, 0.5, "$\\frac{1}{0}$")
    (label,) = area.texts
    assert not label.get_parse_math()


def test_values_stand_between_the_margins() -> None:
    """The corners of the area are the ends of its axes, either of which may run backwards."""
    area = PlotArea(100, 50, (10, 20, 5, 15), (5.0, 1.0), (0.0, 10.0))
    assert area.spot(5.0, 0.0) == (10.0, 5.0)
    assert area.spot(1.0, 10.0) == (80.0, 35.0)
    assert area.room == (70, 30)


def test_a_point_on_a_chart_is_a_point_on_paper() -> None:
    """What is placed in points stays there at any resolution of the figure."""
    area = PlotArea(144, 72, (0, 0, 0, 0), (0.0, 1.0), (0.0, 1.0))
    plot.write(area, 0.5, 0.5, "Alice", shift=(6, 0))
    (label,) = area.texts
    assert label.get_position() == (78.0, 36.0)
    for dots in (72.0, 300.0):
        area.set_dpi(dots)
        place = label.get_transform().transform(label.get_position())
        assert tuple(place) == pytest.approx((78.0 * dots / 72, 36.0 * dots / 72))


def test_ticks_are_round_and_named_alike() -> None:
    """Axis values share their decimals, with a real minus sign."""
    assert plot.tick_names([-1.0, 0.0, 1.0]) == ["−1", "0", "1"]
    assert plot.tick_names([3.5, 4.0]) == ["3.5", "4.0"]
    assert plot.tick_names([0.25]) == ["0"]


@pytest.mark.parametrize("low", [0.0, 0.002, 0.005, 0.01, 0.015, 0.02, 0.03])
def test_words_on_a_control_chart_stay_clear_of_its_limits(context: Context, low: float) -> None:
    """Where the lower limit is low, what the limits were set on stands elsewhere."""
    chart = context.found.chart("complaint_rate")
    assert chart is not None
    lowered = replace(chart, points=tuple(replace(p, lower=low) for p in chart.points))
    area = control(context, lowered, width=511, height=142)
    assert isinstance(area, PlotArea)
    (words,) = (
        t for t in area.findobj(Text) if isinstance(t, Text) and "limits set" in t.get_text()
    )
    foot = words.get_position()[1]
    levels = [low, chart.centre or 0.0, *(p.upper or 0.0 for p in chart.points)]
    assert not any(foot - 2 < area.spot(0, level)[1] < foot + 6 for level in levels if level)
    assert area.corner[1] < foot < area.corner[1] + area.room[1]


def test_where_nothing_is_free_words_stand_at_the_foot() -> None:
    """They are not left out, and stay on the chart."""
    assert free_height([(0.0, 200.0)], 26.0, 100.0) == 30.0
    assert free_height([(0.0, 50.0), (80.0, 200.0)], 26.0, 100.0) == 54.0
