"""How many of something findings.json lists: the counts that sentences tell, counted anew from it.

*Short of expectation in 5 of 8 attributes* tells two counts of figures that the file has singly.
Here each is counted from the figures by the rule that the sentence states, and nothing else is
allowed: any other number in such a sentence is an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from instruments.model import Better
from reports.findings import ALL, Change, Figure, Findings, SegmentFindings, Standing
from reports.texts import Words

MOST_LEFT_OUT = 60
"""No table or chart shows fewer of what there is than it leaves out, beyond so many."""


def listed(found: Findings, segment: str, words: Words) -> set[str]:
    """The counts of what the report on a segment lists, as it writes them."""
    own = found.segment(segment)
    counts = {len(found.segments), len(found.weighting.together)}
    counts |= {len(together) for together in found.weighting.together}
    counts |= {sum(part.standing is Standing.HIDDEN for part in found.segments)}
    for part in (own, *found.segments):
        counts |= set(_of_charts(part))
    counts |= set(_of_figures(own))
    counts |= set(_of_changes([c for part in found.segments for c in part.changes]))
    counts |= set(_of_changes(own.changes))
    cycles = [c for c in found.cycles if segment == ALL or c.segment in (segment, ALL)]
    counts |= {len(cycles), sum(c.due < found.provenance.last_day for c in cycles)}
    if own.voices is not None:
        counts |= {own.voices.comments, len(own.voices.references)}
    return {words.count(count) for count in counts}


def left_out(found: Findings, segment: str, words: Words) -> set[str]:
    """How many can be left out where so many are listed: fewer than all of a kind."""
    kinds = [len(found.segments), *Counter(f.key for f in found.segment(segment).figures).values()]
    kinds += [len(found.segment(ALL).signals), len(found.cycles)]
    return {words.count(count) for count in range(1, min(max(kinds), MOST_LEFT_OUT))}


def _of_figures(own: SegmentFindings) -> Iterator[int]:
    """Attributes and other items with a figure; those short of expectation, below the average."""
    for key in {figure.key for figure in own.figures}:
        yield len([figure for figure in own.about(key) if figure.value is not None])
    gaps = [gap for gap in own.about("gap") if gap.interval is not None]
    yield sum(_short(gap) for gap in gaps)
    middle, weights = own.figure("experience_line"), own.figure("importance_line")
    if middle is None or middle.value is None or weights is None or weights.value is None:
        return
    for key in ("importance_weight", "importance_rating", "importance_derived"):
        heavy = {f.of for f in own.about(key) if f.value is not None and f.value > weights.value}
        means = [f for f in own.about("attribute_mean") if f.of in heavy]
        yield sum(_below(mean, middle.value) for mean in means)
        yield sum(mean.value is not None and _worse(mean, middle.value) for mean in means)


def _short(gap: Figure) -> bool:
    """The interval leaves out zero on the bad side."""
    ends = gap.interval
    return ends is not None and (ends.low > 0 if gap.better is Better.LOW else ends.high < 0)


def _below(mean: Figure, middle: float) -> bool:
    ends = mean.interval
    if ends is None:
        return False
    return ends.low > middle if mean.better is Better.LOW else ends.high < middle


def _worse(mean: Figure, middle: float) -> bool:
    value = mean.value or 0.0
    return value > middle if mean.better is Better.LOW else value < middle


def _of_charts(part: SegmentFindings) -> Iterator[int]:
    """Periods of trends and charts, of their baselines, and of a run on one side."""
    for key in {(p.figure.key, p.figure.of) for p in part.trend}:
        points = part.past(*key)
        yield len(points)
        yield len([p for p in points if p.figure.value is not None])
        yield min(len(points), 13)
    for chart in part.charts:
        yield len(chart.points)
        yield len(chart.baseline)
        side, run = 0, 0
        for point in chart.points:
            now = 0 if point.value is None or chart.centre is None else (
                (point.value > chart.centre) - (point.value < chart.centre)
            )  # fmt: skip
            run = run + 1 if now == side else 1
            side = now
            yield run


def _of_changes(changes: Sequence[Change]) -> Iterator[int]:
    """Comparisons, and those that are significant."""
    yield len(changes)
    yield sum(change.significant for change in changes)
