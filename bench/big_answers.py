"""Answers by the million: an instrument of 30 items, and random answers to it.

Twelve attributes with expectation and experience, the three ACSI items and the three parts of
the return rate: 30 coded columns, four tiers, one wave at a time, so that nobody needs the
memory for all waves at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

import numpy as np

from instruments.model import (
    Attribute,
    Better,
    Instrument,
    Kind,
    Means,
    Point,
    Question,
    Role,
    Text,
)
from reports.dataset import Dataset, Labels

TIERS = ("A", "B", "C", "D")
SHARES = (0.05, 0.15, 0.3, 0.5)
WAVES = tuple(f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13))
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
BLANK = 0.03
"""Share of answers that are missing, of any kind."""


def thirty_items() -> Instrument:
    """An instrument of 30 items that fill the tables and matrices of an ordinary survey."""
    names = [f"a{i:02d}" for i in range(12)]
    attributes = tuple(
        Attribute(name, _text(name), DIMENSIONS[i % len(DIMENSIONS)])
        for i, name in enumerate(names)
    )
    asked = [_scale(f"x_{name}", Role.EXPECTATION, 1, 5, name) for name in names]
    asked += [_scale(f"p_{name}", Role.EXPERIENCE, 1, 5, name) for name in names]
    asked += [
        _scale("overall", Role.OVERALL, 1, 5),
        _scale("confirmation", Role.CONFIRMATION, 1, 5),
        _scale("ideal", Role.IDEAL, 1, 5),
        _scale("recommend", Role.RECOMMEND, 0, 10),
        _scale("buy_again", Role.BUY_AGAIN, 1, 5),
        _yes_no("bought_again", Role.BOUGHT_AGAIN),
    ]
    return Instrument(
        "thirty", 1, _text("thirty"), ("en",), attributes, (), tuple(asked), (), source="thirty"
    )


def waves_of(instrument: Instrument, size: int, seed: int) -> Iterator[Dataset]:
    """``size`` answers spread evenly over 24 months, one month after the other."""
    ends = np.linspace(0, size, len(WAVES) + 1).astype(int)
    for place, wave in enumerate(WAVES):
        yield one_wave(instrument, wave, int(ends[place + 1] - ends[place]), seed + place)


def one_wave(instrument: Instrument, wave: str, size: int, seed: int) -> Dataset:
    """Random answers of one month; every kind of missing is among them."""
    rng = np.random.default_rng(seed)
    columns = {}
    for column in instrument.columns():
        codes = rng.integers(min(column.codes), max(column.codes) + 1, size, dtype=np.int8)
        missing = rng.random(size, dtype=np.float32) < BLANK
        codes[missing] = rng.integers(-4, 0, int(missing.sum()), dtype=np.int8)
        columns[column.name] = codes
    tiers = rng.choice(len(TIERS), size, p=SHARES).astype(np.int32)
    return Dataset(
        instrument,
        size,
        Labels((wave,), np.zeros(size, np.int32)),
        MappingProxyType({"tier": Labels(TIERS, tiers)}),
        MappingProxyType(columns),
    )


def together(parts: list[Dataset]) -> Dataset:
    """Several waves in one dataset, wave after wave."""
    first = parts[0]
    tiers = np.concatenate([part.segments["tier"].codes for part in parts])
    waves = np.repeat(np.arange(len(parts), dtype=np.int32), [part.size for part in parts])
    return Dataset(
        first.instrument,
        tiers.size,
        Labels(tuple(part.wave.levels[0] for part in parts), waves),
        {"tier": Labels(TIERS, tiers)},
        {name: np.concatenate([part.columns[name] for part in parts]) for name in first.columns},
    )


def _text(words: str) -> Text:
    return Text(MappingProxyType({"en": words}))


def _scale(name: str, role: Role, low: int, high: int, attribute: str | None = None) -> Question:
    points = tuple(Point(code) for code in range(low, high + 1))
    return Question(
        name,
        "all",
        Kind.SCALE,
        role,
        _text(name),
        attribute=attribute,
        points=points,
        better=Better.HIGH,
    )


def _yes_no(name: str, role: Role) -> Question:
    points = (Point(1, means=Means.YES), Point(2, means=Means.NO))
    return Question(name, "all", Kind.SINGLE, role, _text(name), points=points)
