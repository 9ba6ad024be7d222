"""What is said of a control chart, and what is drawn on it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D
from matplotlib.text import Text

from reports import look
from reports.chart_wording import FOUND, REASONS, latest, limits, reading, said, title, why_not
from reports.charted import ChartSignal, ControlChart
from reports.charts import control_charts, raise_alarms
from reports.context import Context
from reports.figures.control import control
from reports.findings import TrendPoint
from reports.fonts import Fonts
from reports.statistics.control_charts.periods import ChartReason
from reports.statistics.control_charts.rules import Rule
from reports.texts import Words
from reports.typeset import PLAIN, STRONG
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases
from tests.reports.test_charts import CALM, among, trend

ABOVE, RUN = [*CALM, 0.2], [*CALM, *[0.085] * 9]
WILD = [0.05, 0.16, 0.06, 0.15, 0.04, 0.17, 0.06, 0.14, 0.05, 0.16, 0.07, 0.15, 0.1]


def shown(
    fonts: Fonts, values: Sequence[float | None], language: str = "en"
) -> tuple[Context, ControlChart]:
    """A context whose complaint rate took that course, and its chart."""
    found = cases.make_findings()
    points: tuple[TrendPoint, ...] = trend(values)
    (chart,) = cases.judged(points)
    whole = dataclasses.replace(found.segments[0], trend=points, charts=(chart,), changes=())
    found = dataclasses.replace(found, segments=(whole, *found.segments[1:]))
    words = Words(language)
    return Context(
        found, pdf_asked.make_instrument(), whole, words, fonts.lettering(language)
    ), chart


def plain(text: str) -> str:
    """Text without the marks for bold."""
    return text.replace(STRONG, "").replace(PLAIN, "")


@pytest.mark.parametrize(
    ("values", "fact", "heading", "sentence"),
    [
        (
            ABOVE,
            "above",
            "Complaint rate: above its usual range",
            "Signal. October 2026: above the upper limit, which the usual variation hardly ever "
            "passes. Look for a cause that was not there before.",
        ),
        (
            [*CALM, 0.04],
            "below",
            "Complaint rate: below its usual range",
            "Signal. October 2026: below the lower limit, which the usual variation hardly ever "
            "passes. Look for a cause that was not there before.",
        ),
        (
            RUN,
            "stays_below",
            "Complaint rate: below its usual level for too long to be chance",
            "Signal. February 2026 to October 2026: 9 in a row below the centre, more than "
            "chance usually makes. Look for a cause that was not there before.",
        ),
        (
            [*CALM, 0.1],
            "",
            "Complaint rate: within its usual range",
            "No signal. No period is beyond the limits, and none of the runs on one side of the "
            "centre is too long: the rate varies as it usually does.",
        ),
    ],
)
def test_every_rule_has_its_sentence(
    fonts: Fonts, values: list[float | None], fact: str, heading: str, sentence: str
) -> None:
    """The title says where the newest period is, the reading by which rule and since when."""
    context, chart = shown(fonts, values)
    assert said(chart) == fact
    assert title(context, chart) == heading
    assert plain(reading(context, chart)) == sentence
    assert latest(context, chart) == ("" if not fact else sentence.split(". ")[1] + ".")


def test_an_old_signal_is_read_but_is_no_finding(fonts: Fonts) -> None:
    """The chart still shows it; the title speaks of the newest period."""
    context, chart = shown(fonts, [*CALM, 0.2, 0.1])
    assert title(context, chart) == "Complaint rate: within its usual range"
    assert "September 2026: above the upper limit" in reading(context, chart)
    assert latest(context, chart) == ""


def test_a_signal_that_is_no_alarm_is_to_be_watched(fonts: Fonts) -> None:
    """One of fifteen charts is beyond its limits now and then, though nothing happened."""
    context, _alone = shown(fonts, [*CALM, 0.1475])
    chart = among([*CALM, 0.1475], 14)
    assert (said(chart), title(context, chart)) == ("watch", "Complaint rate: worth watching")
    assert reading(context, chart).endswith("watch the next period before acting.")
    assert latest(context, chart) == ""


def test_a_chart_that_raises_no_alarms_points_to_the_one_that_does(fonts: Fonts) -> None:
    """Logged complaints are charted beside the leading rate; nobody acts on them alone."""
    context, chart = shown(fonts, [*CALM, 0.2])
    beside = dataclasses.replace(
        chart,
        key="logged_per_transaction",
        signals=tuple(dataclasses.replace(s, alarm=False, news=False) for s in chart.signals),
    )
    assert reading(context, beside).endswith("see whether it says the same.")


def test_the_latest_three_periods_beyond_are_named(fonts: Fonts) -> None:
    """A long list would say less."""
    context, chart = shown(fonts, [*CALM, 0.2, 0.21, 0.22, 0.2])
    assert "August 2026, September 2026 and October 2026: above" in reading(context, chart)
    assert "July" not in reading(context, chart)


def test_the_limits_tell_where_they_come_from(fonts: Fonts) -> None:
    """How many periods, which, and whether they were widened."""
    context, chart = shown(fonts, ABOVE)
    assert limits(context, chart) == (
        "Centre 10.0% and limits (3 sigma) were set on 12 periods, October 2025 to September 2026, "
        "and stay where they are."
    )
    context, chart = shown(fonts, list(WILD))
    assert limits(context, chart).endswith("the limits allow for it (Laney p′).")


def test_every_reason_is_said_in_both_languages(fonts: Fonts) -> None:
    """Nobody is left to guess why there is no chart."""
    assert set(REASONS) == set(ChartReason)
    for language in ("en", "zh"):
        context, chart = shown(fonts, [0.1, 0.1], language)
        assert why_not(context, chart) == context.words.gettext(REASONS[ChartReason.TOO_FEW_POINTS])
    assert why_not(context, None) == ""
    context, chart = shown(fonts, ABOVE)
    assert why_not(context, chart) == ""


def test_chinese_reads_the_same_rules(fonts: Fonts) -> None:
    """Limit and run, in the words of a quality department."""
    context, chart = shown(fonts, ABOVE, "zh")
    assert title(context, chart) == "抱怨率：高于通常范围"
    assert "2026年10月：高于上控制限" in reading(context, chart)
    context, chart = shown(fonts, RUN, "zh")
    assert "2026年2月至2026年10月：连续9期低于中心线" in reading(context, chart)


def test_a_rule_without_a_side_is_no_finding() -> None:
    """Too few crossings say that something is odd, not where the rate is."""
    (chart,) = control_charts(trend([*CALM, 0.1]))
    odd = ChartSignal("few_crossings", tuple(p.wave for p in chart.points), "both")
    assert (
        said(dataclasses.replace(chart, signals=(dataclasses.replace(odd, alarm=True),))) == "watch"
    )


def judged_by(
    fonts: Fonts, values: Sequence[float], rules: Sequence[Rule], language: str = "en"
) -> tuple[Context, ControlChart]:
    """A context whose complaint rate is judged by other rules, and its chart."""
    context, _usual = shown(fonts, values, language)
    (chart,) = raise_alarms({"all": control_charts(trend(values), rules)}, 0.95)["all"]
    findings = dataclasses.replace(context.findings, chart_rules=tuple(rules))
    return dataclasses.replace(context, findings=findings), chart


def test_rules_that_are_prescribed_say_what_they_found(fonts: Fonts) -> None:
    """Once each, for its latest periods; it is to be watched, and no alarm."""
    rules = (Rule.EIGHT_ON_ONE_SIDE, Rule.FIFTEEN_WITHIN_ONE)
    context, chart = judged_by(fonts, RUN, rules)
    assert plain(reading(context, chart)) == (
        "Signal. March 2026 to October 2026: eight in a row on one side of the centre. Of so many "
        "charts one now and then shows this by chance: watch the next period before acting."
    )
    assert said(chart) == "watch"
    assert latest(context, chart) == ""
    context, chart = judged_by(fonts, RUN, rules, "zh")
    assert "2026年3月至2026年10月：连续八期位于中心线同一侧。" in reading(context, chart)


def test_what_was_not_found_is_what_was_looked_for(fonts: Fonts) -> None:
    """A chart that nobody asked for runs does not say that there are none."""
    context, chart = judged_by(fonts, [*CALM, 0.1], (Rule.BEYOND_LIMITS, Rule.SIX_STEADY))
    assert plain(reading(context, chart)) == (
        "No signal. Looked for and not found: a period beyond the limits and six in a row rising "
        "or falling."
    )


def test_every_rule_is_said_in_both_languages() -> None:
    """Whatever a definition names has words."""
    assert set(FOUND) == set(Rule)
    for text in FOUND.values():
        assert Words("zh").gettext(text) != text


def written(drawing: Drawing) -> list[str]:
    """Everything written on a chart."""
    return [t.get_text() for t in drawing.findobj(Text) if isinstance(t, Text) and t.get_text()]


def marks(drawing: Drawing) -> list[tuple[str, str]]:
    """Marker and colour of every point, in the order drawn."""
    drawn = drawing.findobj(Line2D)
    return [
        (str(d.get_marker()), str(d.get_markerfacecolor()))
        for d in drawn
        if isinstance(d, Line2D) and d.get_marker() in ("o", "D")
        for _place in np.atleast_1d(d.get_xdata())
    ]


def test_the_chart_names_its_lines_and_marks_its_signals(fonts: Fonts) -> None:
    """Centre, limits, baseline and newest value; beyond a limit a diamond in orange-red."""
    context, chart = shown(fonts, ABOVE)
    drawing = control(context, chart, width=500, height=170)
    texts = written(drawing)
    assert {"centre 10.0%", "upper 14.5%", "lower 5.5%", "20.0%", "0%"} <= set(texts)
    assert "limits set on 12 periods" in texts
    assert marks(drawing)[-1] == ("D", look.BAD)
    assert all(mark == ("o", look.PAPER) for mark in marks(drawing)[:-1])
    context, chart = shown(fonts, RUN)
    assert marks(control(context, chart, width=500, height=170))[-9:] == [("o", look.GOOD)] * 9


def test_a_hidden_month_is_a_gap_of_the_chart(fonts: Fonts) -> None:
    """Neither a point nor limits, which would tell how many answered."""
    context, chart = shown(fonts, [*CALM, None, 0.11])
    drawing = control(context, chart, width=500, height=170)
    assert len(marks(drawing)) == 13


def test_a_limit_at_zero_is_not_drawn(fonts: Fonts) -> None:
    """The axis stands there; limits above it are steps, one line for all periods."""
    context, _chart = shown(fonts, ABOVE)
    (chart,) = control_charts(trend([*CALM, 0.1], n=60))
    drawing = control(context, chart, width=500, height=170)
    drawn = [
        np.asarray(d.get_ydata(), float) for d in drawing.findobj(Line2D) if isinstance(d, Line2D)
    ]
    lower, upper = (levels for levels in drawn if len(levels) == 3 * len(chart.points))
    assert np.isnan(lower[1])
    assert not np.isnan(upper).any()


def test_a_limit_at_zero_is_not_named(fonts: Fonts) -> None:
    """No rate can be below it."""
    context, _chart = shown(fonts, ABOVE)
    (chart,) = control_charts(trend([*CALM, 0.1], n=60))
    texts = written(control(context, chart, width=500, height=170))
    assert not any(text.startswith("lower") for text in texts)
