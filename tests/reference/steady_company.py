"""A company that asks its customers month after month, of whom nothing ever changes by itself.

Four segments of equal opinion, answers drawn from a latent one: what is simulated of whole
reports (:mod:`tests.reference.false_alarms`) asks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from instruments.model import Instrument, Kind, Means, Role
from reports.dataset import Dataset, Labels, Missing
from reports.findings import ALL
from tests.reports.counted_cases import YES_NO, instrument, question

SEGMENTS = ("A", "B", "C", "D")
ATTRIBUTES = tuple(f"item{i}" for i in range(8))
CONTENT = (0.02, 0.05, 0.13, 0.45, 0.35)
OVERALL = (0.01, 0.01, 0.02, 0.02, 0.04, 0.07, 0.13, 0.25, 0.25, 0.20)
RECOMMEND = (0.01, 0.01, 0.01, 0.02, 0.02, 0.05, 0.06, 0.12, 0.22, 0.22, 0.26)
PROBLEM, TELLS, COMES_BACK = 0.20, 0.40, 0.75
HALO = 0.5
"""How far a customer's answers to different questions go together."""

Floats = NDArray[np.float64]
Shift = Mapping[str, float]
"""Segment → how far its latent overall satisfaction is moved; ``all`` for everybody."""


@dataclass(frozen=True)
class Company:
    """Whom a company asks each month: so many customers a segment, and who they are.

    ``again``: the latent correlation of a customer's answers over the months, where the same
    ones are asked each time; None where each month has others. ``customers``: how many each
    segment has, where that is known; the figures of ``all`` are then weighted.
    """

    name: str
    asked: Sequence[int]
    again: float | None = None
    customers: Sequence[int] = ()


@cache
def asked() -> Instrument:
    """Everything that a report compares, and no more."""
    yes_no = {"kind": Kind.SINGLE, "means": YES_NO, "codes": (1, 2)}
    told = {1: Means.COMPANY, 2: Means.OTHERS, 3: Means.NOBODY}
    return instrument(
        [
            *(question(f"p_{name}", Role.EXPERIENCE, attribute=name) for name in ATTRIBUTES),
            question("overall", Role.OVERALL, range(1, 11)),
            question("recommend", Role.RECOMMEND, range(11)),
            question("bought_again", Role.BOUGHT_AGAIN, **yes_no),  # type: ignore[arg-type]
            question("problem", Role.PROBLEM, **yes_no),  # type: ignore[arg-type]
            question("voiced", Role.VOICED, told, kind=Kind.SINGLE, means=told),
        ],
        ATTRIBUTES,
    )


def wave_name(month: int) -> str:
    """Months from January 2000 on."""
    return f"{2000 + month // 12:04d}-{month % 12 + 1:02d}"


class Answers:
    """The answers of a company's customers, month by month."""

    def __init__(self, company: Company, rng: np.random.Generator) -> None:
        self.company, self.rng = company, rng
        self.size = sum(company.asked)
        self.tier = np.repeat(np.arange(len(SEGMENTS)), company.asked).astype(np.int32)
        self.lasting = self._latent()

    def month(self, month: int, shift: Shift | None = None) -> Dataset:
        """One wave of answers."""
        latent, again = self._latent(), self.company.again
        if again is not None:
            latent = np.sqrt(again) * self.lasting + np.sqrt(1 - again) * latent
        for segment, by in (shift or {}).items():
            rows = slice(None) if segment == ALL else self.tier == SEGMENTS.index(segment)
            latent[rows, len(ATTRIBUTES)] += by
        return self._dataset(latent, wave_name(month))

    def _latent(self) -> Floats:
        """One column a question; those of opinion share a halo."""
        own = self.rng.normal(size=(self.size, len(ATTRIBUTES) + 5))
        opinion = slice(0, len(ATTRIBUTES) + 3)
        halo = self.rng.normal(size=(self.size, 1))
        own[:, opinion] = np.sqrt(HALO) * halo + np.sqrt(1 - HALO) * own[:, opinion]
        return own

    def _dataset(self, latent: Floats, name: str) -> Dataset:
        columns = {
            f"p_{attribute}": _codes(latent[:, i], CONTENT) + 1
            for i, attribute in enumerate(ATTRIBUTES)
        }
        overall, recommend, back, problem, tells = latent[:, len(ATTRIBUTES) :].T
        met = _codes(problem, (1 - PROBLEM, PROBLEM)) == 1
        columns["overall"] = _codes(overall, OVERALL) + 1
        columns["recommend"] = _codes(recommend, RECOMMEND)
        columns["bought_again"] = 2 - _codes(back, (1 - COMES_BACK, COMES_BACK))
        columns["problem"] = np.where(met, 1, 2)
        told = np.where(_codes(tells, (1 - TELLS, TELLS)) == 1, 1, 3)
        columns["voiced"] = np.where(met, told, int(Missing.NOT_APPLICABLE))
        return Dataset(
            asked(),
            self.size,
            Labels((name,), np.zeros(self.size, np.int32)),
            {"tier": Labels(SEGMENTS, self.tier)},
            {column: codes.astype(np.int8) for column, codes in columns.items()},
            None if self.company.again is None else _named(self.size),
        )


@cache
def _named(size: int) -> Labels:
    return Labels.of([f"customer {i:06d}" for i in range(size)])


def _codes(latent: Floats, shares: Sequence[float]) -> NDArray[np.intp]:
    """Places 0, 1, … of latent answers, in these shares."""
    return np.searchsorted(ndtri(np.clip(np.cumsum(shares)[:-1], 0, 1)), latent)
