"""Reports of the same answers by several fields, laid side by side, give no small group away."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from itertools import permutations

import numpy as np
import pytest

from instruments.model import Instrument, Kind, Means, Role
from reports.build import build_findings
from reports.crossing import Field, ScoresMissing, joint_counts
from reports.dataset import Dataset, Labels
from reports.findings import ALL, Findings, Reason, Standing
from reports.indicators import indicators
from reports.periods import Length
from reports.settings import STANDARD, Settings
from reports.spans import span
from reports.statistics.composite import ScoreSums
from reports.tally import Tally, UnknownField, tally_by
from tests.reports.counted_cases import PROVENANCE, dataset, instrument, question

MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06")
SPANS = (*MONTHS, "2026-Q1", "2026-Q2", "2026-H1")
FIELDS = ("tier", "region", "product")
YES_NO = {1: Means.YES, 2: Means.NO}
ASKED = instrument(
    [
        question("overall", Role.OVERALL),
        question("problem", Role.PROBLEM, (1, 2), kind=Kind.SINGLE, means=YES_NO),
        question("stays", Role.STAYS, (1, 2), kind=Kind.SINGLE, means=YES_NO),
        question("recommend", Role.RECOMMEND, range(11)),
    ]
)
MEAN = ("overall_mean", "")

Fixed = Mapping[tuple[str, str], Length]
Stamps = Sequence[Mapping[str, str]]


def stamped(data: Dataset, stamps: Stamps) -> Dataset:
    """The same answers, with these segments."""
    fields = sorted({name for stamp in stamps for name in stamp})
    return dataclasses.replace(
        data, segments={name: Labels.of([stamp[name] for stamp in stamps]) for name in fields}
    )


def fields_of(data: Dataset) -> dict[str, dict[str, Field]]:
    """Field → the other fields as its reports see them, and itself under its own name."""
    found: dict[str, dict[str, Field]] = {}
    waves = {
        wave: data.at(np.flatnonzero(data.wave.codes == place))
        for place, wave in enumerate(data.wave.levels)
    }
    for by in data.segments:
        joint = {wave: joint_counts([part], by) for wave, part in waves.items()}
        found[by] = {
            other: Field(
                tally_by(data, other),
                joint={} if other == by else {wave: own[other] for wave, own in joint.items()},
            )
            for other in data.segments
        }
    return found


def report(
    known: Mapping[str, Mapping[str, Field]],
    by: str,
    wave: str,
    asked: Instrument = ASKED,
    *,
    fixed: Fixed | None = None,
    trend_waves: int = 2,
) -> Findings:
    """The findings of a wave or period by one field, as the store's job asks for them."""
    return build_findings(
        asked,
        known[by][by].tallies,
        survey="panel",
        wave=wave,
        by=by,
        populations={},
        provenance=PROVENANCE,
        settings=Settings(trend_waves=trend_waves),
        lengths=fixed or {},
        scores=known[by][by].scores,
        others=[field for other, field in known[by].items() if other != by],
    )


def panel(seed: int) -> Dataset:
    """Six months of 200 customers: regions partly within tiers, products partly within regions."""
    rng = np.random.default_rng(seed)
    stamps, rows, waves = [], [], []
    for customer in range(200):
        tier = "A" if customer < 12 else "B" if customer < 40 else "C" if customer < 90 else "D"
        home = {"A": "North", "B": "East", "C": "South", "D": "West"}[tier]
        region = home if rng.random() < 0.85 else str(rng.choice(["North", "East", "South", "Far"]))
        made = {"North": "pumps", "East": "valves"}.get(region, "parts")
        product = made if rng.random() < 0.9 else str(rng.choice(["pumps", "valves", "parts"]))
        for month in MONTHS:
            if rng.random() < 0.45:
                row = {
                    "overall": int(rng.integers(1, 6)),
                    "problem": int(rng.integers(1, 3)),
                    "stays": int(rng.integers(1, 3)),
                    "recommend": int(rng.integers(0, 11)),
                }
                rows.append({name: code for name, code in row.items() if rng.random() < 0.85})
                stamps.append({"tier": tier, "region": region, "product": product})
                waves.append(month)
    return stamped(dataset(ASKED, rows, waves=waves), stamps)


def answers_of(data: Dataset, by: str, wave: str, segment: str) -> frozenset[int]:
    """The rows that a report counts in one segment."""
    inside = {data.wave.levels.index(w) for w in span(wave, MONTHS).waves}
    rows = np.isin(data.wave.codes, list(inside))
    if segment != ALL:
        labels = data.segments[by]
        rows &= labels.codes == labels.levels.index(segment)
    return frozenset(np.flatnonzero(rows).tolist())


OWN = [
    {},
    {("2026", "A"): Length.QUARTER, ("2026", "North"): Length.QUARTER},
    {("2026", "A"): Length.HALF_YEAR, ("2026", "pumps"): Length.QUARTER},
]


@pytest.mark.parametrize("fixed", OWN, ids=["months", "quarters", "mixed"])
@pytest.mark.parametrize("seed", range(4))
def test_no_pair_of_tables_gives_a_small_group_away(seed: int, fixed: Fixed) -> None:
    """A panel of 200 by three fields: what one table holds beyond another is nobody, or enough."""
    data = panel(seed)
    known = fields_of(data)
    counted = {
        (f.key, f.of)
        for group in indicators(ASKED, Tally.empty(ASKED), STANDARD)
        for f in group.figures
    }
    shown: dict[frozenset[int], dict[tuple[str, str], int]] = {}
    for by in FIELDS:
        for wave in SPANS:
            for found in report(known, by, wave, fixed=fixed).segments:
                bases = {
                    (f.key, f.of): f.n
                    for f in found.figures
                    if f.standing is not Standing.HIDDEN and (f.key, f.of) in counted
                }
                shown.setdefault(answers_of(data, by, wave, found.segment), {}).update(bases)
    few = [
        (key, outer[key] - inner[key])
        for (rows, inner), (more, outer) in permutations(shown.items(), 2)
        if rows < more
        for key in inner.keys() & outer.keys()
        if 0 < outer[key] - inner[key] < STANDARD.smallest_base
    ]
    assert few == []


def nested(outside: int, month: str = "2026-01") -> tuple[list[dict[str, int]], Stamps, list[str]]:
    """Twenty of tier A in the North, ``outside`` others there, and more of B and C elsewhere."""
    cells = [("A", "North")] * 20 + [("B", "North")] * outside
    cells += [(tier, region) for tier in "BC" for region in ("East", "West") for _ in range(30)]
    rows = [{"overall": 1 + i % 5} for i in range(len(cells))]
    return rows, [{"tier": t, "region": r} for t, r in cells], [month] * len(cells)


def nested_panel(*outside: int) -> dict[str, dict[str, Field]]:
    """Month after month of :func:`nested`."""
    rows: list[dict[str, int]] = []
    stamps: list[Mapping[str, str]] = []
    waves: list[str] = []
    for month, few in zip(MONTHS, outside, strict=False):
        own = nested(few, month)
        rows, stamps, waves = rows + own[0], [*stamps, *own[1]], waves + own[2]
    return fields_of(stamped(dataset(ASKED, rows, waves=waves), stamps))


def reason(findings: Findings, segment: str) -> Reason | None:
    """Why the mean of a segment is not shown."""
    figure = findings.segment(segment).figure(*MEAN)
    assert figure is not None
    return figure.reason


@pytest.mark.parametrize(
    ("outside", "hidden"), [(0, False), (1, True), (4, True), (5, False), (30, False)]
)
def test_the_inner_segment_is_hidden_where_few_lie_outside(outside: int, hidden: bool) -> None:
    """North less tier A would be those few: A is hidden, and one it hides behind; North is not."""
    known = nested_panel(outside)
    tiers, regions = report(known, "tier", "2026-01"), report(known, "region", "2026-01")
    assert (reason(tiers, "A") is Reason.PROTECTS_ANOTHER) is hidden
    assert [reason(tiers, s) for s in "BC"].count(Reason.PROTECTS_ANOTHER) == hidden
    assert reason(regions, "North") is None


def test_the_trend_hides_what_its_own_report_hid() -> None:
    """Two waves back the rule held as well: the trend has no point there."""
    known = nested_panel(30, 2, 30)
    points = report(known, "tier", "2026-03", trend_waves=3).segment("A").past("satisfaction_index")
    assert [p.figure.standing is Standing.HIDDEN for p in points] == [False, True, False]
    quarter = report(known, "tier", "2026-Q1")
    assert reason(quarter, "A") is Reason.PROTECTS_ANOTHER


def test_a_segment_of_the_quarter_is_held_against_months_too() -> None:
    """A is first shown in its quarter; the North's month lies within it, but for a few."""
    cells = {("2026-01", "A", "North"): 8, ("2026-02", "A", "East"): 2, ("2026-02", "B", "East"): 9}
    cells |= {(month, "B", "West"): 40 for month in MONTHS[:3]}
    cells |= {(month, "C", "West"): 40 for month in MONTHS[:3]}
    keys = [key for key, n in cells.items() for _ in range(n)]
    data = dataset(ASKED, [{"overall": 3}] * len(keys), waves=[wave for wave, _t, _r in keys])
    known = fields_of(stamped(data, [{"tier": t, "region": r} for _wave, t, r in keys]))
    fixed = {("2026", "A"): Length.QUARTER}
    assert reason(report(known, "region", "2026-01", fixed=fixed), "North") is None
    assert reason(report(known, "tier", "2026-Q1", fixed=fixed), "A") is Reason.PROTECTS_ANOTHER


def test_joint_counts_name_only_what_lies_in_another() -> None:
    """Of chunks together: tiers within a region, regions within a tier, and nothing else."""
    cells = [("A", "North"), ("A", "North"), ("B", "North"), ("B", "East"), ("C", "West")]
    data = stamped(
        dataset(ASKED, [{"overall": 3}] * 5), [{"tier": t, "region": r} for t, r in cells]
    )
    parts = [data.at(np.arange(2)), data.at(np.arange(2, 5))]
    found = joint_counts(parts, "tier")
    assert found == {"region": {("A", "North"): 2, ("B", "East"): 1, ("C", "West"): 1}}
    with pytest.raises(UnknownField):
        joint_counts(parts, "colour")


def test_scores_are_given_by_all_fields_or_by_none() -> None:
    """Figures of one field without those of another could not be held against each other."""
    stamps = [{"tier": "A", "region": "North"}] * 12
    known = fields_of(stamped(dataset(ASKED, [{"overall": 3}] * 12), stamps))
    scores = {("2026-10", "A"): ScoreSums((1,), 12, 0, 0)}
    known["tier"]["tier"] = dataclasses.replace(known["tier"]["tier"], scores=scores)
    with pytest.raises(ScoresMissing, match="The scores of 2026-10 are given by some"):
        report(known, "tier", "2026-10")
