"""What would all customers have said, when some groups were asked more than others?

Every large customer is asked and one small one in twenty: the answers of each group (stratum)
stand for its customers, and the figure of all is put together from the groups, each with its
part of the customers. That is more precise than weighting alone suggests, since how many
customers a group has is no matter of chance; and it differs from the plain mean of all answers,
in which the groups that answer most say most.

A figure may have a base that is only part of the answers (of those who met a problem): then the
size of the base is itself estimated, and the figure is a ratio.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain
from operator import add

import numpy as np

from reports.errors import ReportError
from reports.findings import Interval, Reason
from reports.statistics.estimates import (
    Estimate,
    Precision,
    alone,
    between,
    estimate,
    with_interval,
)
from reports.statistics.finite_population import effective
from reports.statistics.intervals import SHARES, Bounds, jeffreys, t_quantile, wilson_effective
from reports.statistics.moments import Moments
from reports.statistics.weighting import collapse, kish


@dataclass(frozen=True, slots=True)
class Stratum:
    """A group: its customers, how many of them responded, and the answers of the figure's base.

    Of the base: ``n`` answers, at most ``responses``; their ``mean`` (0 and 1 for a share); the
    sum of squared deviations from it, ``inside``. Where every response is in the base, ``n`` and
    ``responses`` are equal.
    """

    name: str
    customers: int
    responses: int
    n: int
    mean: float
    inside: float

    @classmethod
    def of(cls, name: str, customers: int, responses: int, base: Moments) -> Stratum:
        """From the moments of the answers in the base."""
        if base.n == 0:
            return cls(name, customers, responses, 0, 0.0, 0.0)
        return cls(name, customers, responses, base.n, base.mean, base.n * base.spread)

    @property
    def each(self) -> float:
        """Customers to a response."""
        return self.customers / self.responses

    def unheard(self, fpc: bool) -> float:
        """The finite population correction, 1 - n/N."""
        return 1 - self.responses / self.customers if fpc else 1.0

    def __add__(self, other: Stratum) -> Stratum:
        """Both as one, in which every response counts alike."""
        n = self.n + other.n
        mean = between((s.n / n, s.mean) for s in (self, other) if s.n) if n else 0.0
        return Stratum(
            f"{self.name}+{other.name}",
            self.customers + other.customers,
            self.responses + other.responses,
            n,
            mean,
            sum(s.inside + s.n * (s.mean - mean) ** 2 for s in (self, other)),
        )

    def all_heard(self, fpc: bool) -> bool:
        """Whether nothing is left to estimate about its customers."""
        return fpc and self.responses == self.customers

    def varying(self, value: float) -> float:
        """Sum of squares around ``value`` due to the base being only some of the responses."""
        return self.n * (1 - self.n / self.responses) * (self.mean - value) ** 2


class BaseOutsideResponses(ReportError):
    """More answers in the base of a group than it has responses."""

    def __init__(self, stratum: Stratum) -> None:
        super().__init__(
            f"Group {stratum.name} has {stratum.n} answers in the base of a figure, "
            f"but only {stratum.responses} responses."
        )


def stratified(
    strata: Sequence[Stratum], scale: Bounds, confidence: float = 0.95, *, fpc: bool
) -> Estimate | Reason:
    """The mean over all customers in the base, from groups: Σ W_h b_h ȳ_h / Σ W_h b_h.

    With W_h = N_h/n_h customers to a response and b_h answers in the base. Taylor's linearisation
    gives Var = Σ N_h² (1 - f_h) s²_h/n_h / (Σ W_h b_h)², where s²_h is the variance over the n_h
    responses of (y - R) in the base and 0 outside it, and f_h = n_h/N_h (Särndal, Swensson &
    Wretman 1992, section 5.8; Cochran 1977, section 5A.14). If all are in the base this is
    Σ (N_h/N)² (1 - f_h) s²_h/n_h with s²_h that of the answers. Degrees of freedom: Satterthwaite.

    ``fpc``: whether the finite population is corrected for (1 - f_h): yes for a figure that
    describes these customers, never for a test of change. ``scale``: the ends of the answers.
    On (0, 1) the mean is a share, its interval the groups' Jeffreys intervals squared and added
    (``stratified_jeffreys``); else Student's, near an end of the scale that for bounded scores.

    A group with customers and no responses is spoken for by its neighbour in the order given, as
    in :func:`reports.statistics.weighting.poststratify`, and named in ``collapsed``. One with a
    single response counts as much as it has customers, with the spread of itself and its
    neighbour together; one whose answers happen to be all alike has that inside all groups, or
    where in each of them all agree, that of all answers.

    >>> high = Stratum.of("1", 15, 5, Moments.of({28: 1, 41: 1, 68: 2, 92: 1}))
    >>> low = Stratum.of("2", 12, 3, Moments.of({37: 1, 66: 1, 42: 1}))
    >>> found = stratified([high, low], (0, 100), fpc=True)
    >>> round(found.value, 3), round(found.se, 2)
    (54.481, 6.16)
    """
    reason = _impossible(strata)
    if reason is not None:
        return reason
    heard = _neighbours([s for s in strata if s.customers], least=1)
    collapsed = tuple(tuple(s.name for s in group) for group in heard if len(group) > 1)
    strata = [reduce(add, group) for group in heard]
    size = sum(s.each * s.n for s in strata)
    value = between((s.each * s.n / size, s.mean) for s in strata if s.n)
    n = sum(s.n for s in strata)
    if all(s.all_heard(fpc) for s in strata):
        return _census(value, n, confidence)
    if n == 1:
        return alone(value, collapsed)
    if fpc and size == n:
        # Only fully heard groups have anybody in the base; the others may have, unheard.
        fpc = False
    shared = _neighbours(strata, least=2)
    found = replace(estimate(_precision(shared, value, size, fpc)), collapsed=collapsed)
    if scale != SHARES:
        return with_interval(found, scale, confidence)
    return replace(found, interval=_added(shared, value, size, confidence, fpc))


def _precision(
    shared: Sequence[Sequence[Stratum]], value: float, size: float, fpc: bool
) -> Precision:
    """``shared``: the strata, those together that have one spread between them."""
    strata, pools = list(chain(*shared)), [reduce(add, own) for own in shared]
    n = sum(s.n for s in strata)
    spread = sum(s.each * (s.inside + s.n * (s.mean - value) ** 2) for s in strata) / size
    spread *= n / (n - 1)
    pooled = sum(s.inside for s in pools) / max(1, sum(max(0, s.n - 1) for s in pools)) or spread
    parts = [
        (_reach(own, size, fpc) * _variance(pool, value, pooled), pool.responses - 1)
        for own, pool in zip(shared, pools, strict=True)
    ]
    variance = sum(part for part, _freedom in parts)
    below = sum(part**2 / freedom for part, freedom in parts if part > 0)
    return Precision(
        value=value,
        n=n,
        spread=spread,
        variance=variance,
        freedom=variance**2 / below if below else 0.0,
        kish=kish((s.each, s.n) for s in strata).n_eff,
        customers=size if fpc else math.inf,
    )


def _reach(strata: Sequence[Stratum], size: float, fpc: bool) -> float:
    """What a variance of one response in these strata adds to that of the whole."""
    return sum((s.customers / size) ** 2 * s.unheard(fpc) / s.responses for s in strata)


def _variance(pool: Stratum, value: float, pooled: float) -> float:
    """s²_h of two responses or more.

    (n_h - 1) s²_h is the sum of squares inside the base, and what the base's varying size adds.
    """
    if pool.n == 0:
        return 0.0
    squares = (pool.inside or (pool.n - 1) * pooled) + pool.varying(value)
    return squares / (pool.responses - 1)


def _added(
    shared: Sequence[Sequence[Stratum]], value: float, size: float, confidence: float, fpc: bool
) -> Interval:
    """Jeffreys' intervals of the groups' shares, squared and added (Zou, Huang & Zhang 2009).

    Each with its part of the base; what the base's varying size adds is the same on both sides.
    A group that is left alone keeps Wilson's interval, as in its own report.
    """
    parted = [[s for s in own if s.n and not s.all_heard(fpc)] for own in shared]
    freedom = sum(
        sum(s.responses for s in own) - 1 for own, left in zip(shared, parted, strict=True) if left
    )
    t, doubtful = t_quantile(confidence, freedom), list(chain(*parted))
    means = np.array([s.mean for s in doubtful])
    worth = [effective(s.n, s.each * s.n if fpc else math.inf) for s in doubtful]
    if len(doubtful) == 1:
        low, high = np.array([wilson_effective(doubtful[0].mean, worth[0], confidence)]).T
    else:
        low, high = jeffreys(means, worth, t)
    parts = np.array([s.each * s.n / size for s in doubtful])
    varying = sum(s.unheard(fpc) * (s.each / size) ** 2 * s.varying(value) for s in doubtful)
    below, above = (
        math.sqrt(float(((parts * (end - means)) ** 2).sum()) + t * t * varying)
        for end in (low, high)
    )
    low_end, high_end = max(0.0, value - below), min(1.0, value + above)
    return Interval(low_end, high_end, "stratified_jeffreys", confidence)


def _census(value: float, n: int, confidence: float) -> Estimate:
    exact = Interval(value, value, "census", confidence)
    return Estimate(value, n, None, None, 0.0, None, exact)


def _impossible(strata: Sequence[Stratum]) -> Reason | None:
    for stratum in strata:
        if stratum.n > stratum.responses:
            raise BaseOutsideResponses(stratum)
    if sum(stratum.n for stratum in strata) == 0:
        return Reason.NO_ANSWERS
    if any(stratum.responses > stratum.customers for stratum in strata):
        return Reason.MORE_ANSWERS_THAN_CUSTOMERS
    return None


def _neighbours(strata: Sequence[Stratum], least: int) -> list[list[Stratum]]:
    """Strata by themselves, neighbours together until they have ``least`` responses."""
    of = {s.name: s for s in strata}
    groups = collapse(list(of), {name: s.responses for name, s in of.items()}, least)
    return [[of[name] for name in group] for group in groups]
