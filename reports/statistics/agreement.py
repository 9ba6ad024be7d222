"""Do customers agree on what is important?

Kendall's coefficient of concordance W, with ties: 1 when all put the items in the same order,
0 when mean ranks are all alike. Needs no single ranking: rank sums follow from the counts of
places, and a respondent's ties from how many items were placed. A low W of all customers
together with a high W inside segments says that segments want different things.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from reports.findings import Reason
from reports.statistics.ranks import Rankings

Doubled = tuple[int, ...]
"""The ranks of one respondent times two, so that midranks are whole numbers."""

MANY_JUDGES = 20
"""From here on chi-squared is close enough; below, the exact or a permutation distribution."""

EXACT_WORK = 50_000
"""Largest items! · judges^(items - 1) for which the exact distribution is worked out."""

DRAWS = 9_999


@dataclass(frozen=True, slots=True)
class Agreement:
    """W (0–1) of ``judges`` rankings of ``items``, with its test.

    ``method`` is ``exact``, ``permutation`` or ``chi2``: where ``p`` is from; ``chi2`` (df =
    items - 1) is Friedman's statistic. Without a test ``reason`` says why.
    """

    w: float | None
    judges: int
    items: int
    chi2: float | None = None
    p: float | None = None
    method: str = ""
    reason: Reason | None = None


def agreement(rankings: Rankings, rng: np.random.Generator) -> Agreement:
    """Kendall's W with tie correction, from counts of places (Kendall & Babington Smith 1939).

    W = 12 S/(m²(n³ - n) - m ΣT), S = Σ (R_i - m(n + 1)/2)², for rank sums R_i of m respondents
    and n items. Who placed r of them left n - r tied: T = (n - r)³ - (n - r). chi² = m(n - 1)W.

    One ranking agrees with itself: no W. Fewer than three rankings or items: no test. ``rng``
    is drawn from only where fewer than 20 respondents ranked too many items to be exact.

    >>> three = Rankings.of({"A": {(3, 1): 3}, "B": {(3, 2): 3}, "C": {(3, 3): 3}})
    >>> found = agreement(three, np.random.default_rng(1))
    >>> found.w, round(found.p, 4), found.method
    (1.0, 0.0278, 'exact')
    """
    n = len(rankings.places)
    sums = [int(2 * moments.total) for moments in rankings.ranks().values()]
    rows: Counter[Doubled] = Counter()
    for ranked, times in rankings.judges.items():
        # Who placed all but one has placed that one too: the same row as a whole ranking.
        rows[tuple(range(2, 2 * ranked + 1, 2)) + (ranked + 1 + n,) * (n - ranked)] += times
    return _agreement(sums, rows, rng, corrected=True)


def agreement_of_rows(
    rows: Sequence[Sequence[float]], rng: np.random.Generator, *, corrected: bool = True
) -> Agreement:
    """The same from one row of ranks (or of any scores) a respondent, ties anywhere.

    Reports have counts of places (:func:`agreement`); published tables, which this is checked
    with, have rows. ``corrected=False`` leaves the tie correction out: a smaller W, for comparison
    with programs that do so. Rows of no length, or no rows, are no rankings.

    >>> round(agreement_of_rows([[1, 2, 3], [1, 3, 2]], np.random.default_rng(1)).w, 2)
    0.75
    """
    doubled = [_doubled_ranks(row) for row in rows]
    sums = [sum(ranks) for ranks in zip(*doubled, strict=True)]
    judges = Counter(tuple(sorted(row)) for row in doubled)
    return _agreement(sums, judges, rng, corrected=corrected)


def _doubled_ranks(row: Sequence[float]) -> Doubled:
    """Ranks of the scores, ties with the mean of theirs.

    >>> _doubled_ranks([5.0, 1.0, 5.0])
    (5, 2, 5)
    """
    ordered = sorted(row)
    return tuple(bisect_left(ordered, score) + bisect_right(ordered, score) + 1 for score in row)


def _agreement(
    sums: Sequence[int], judges: Counter[Doubled], rng: np.random.Generator, *, corrected: bool
) -> Agreement:
    """``sums``: doubled rank sums; ``judges``: a respondent's doubled ranks, sorted → how often.

    Put in order, so that draws do not depend on that of the answers.
    """
    rows = dict(sorted(judges.items()))
    m, n = sum(rows.values()), len(sums)
    if m < 2 or n < 2:
        return Agreement(None, m, n, reason=_too_few(m))
    ties = sum(times * _ties(row) for row, times in rows.items()) if corrected else 0
    spread = _spread(sums, m)
    most = m * m * (n**3 - n) - m * ties
    if most == 0:
        return Agreement(None, m, n, reason=Reason.NO_VARIATION)
    w = Fraction(12 * spread, 4 * most)
    chi2 = float(m * (n - 1) * w)
    if m < 3 or n < 3:
        return Agreement(float(w), m, n, chi2, reason=_too_few(m))
    if m >= MANY_JUDGES:
        return Agreement(float(w), m, n, chi2, float(chdtrc(n - 1, chi2)), "chi2")
    if math.factorial(n) * m ** (n - 1) <= EXACT_WORK:
        return Agreement(float(w), m, n, chi2, _exact(spread, rows, m), "exact")
    return Agreement(float(w), m, n, chi2, _permuted(spread, rows, m, rng), "permutation")


def _too_few(judges: int) -> Reason:
    return Reason.TOO_FEW_RANKINGS if judges < 3 else Reason.TOO_FEW_ITEMS


def _ties(row: Doubled) -> int:
    return sum(t**3 - t for t in Counter(row).values())


def _spread(sums: Sequence[int], judges: int) -> int:
    """Four times S: the doubled rank sums about their mean, squared and added."""
    mean = judges * (len(sums) + 1)
    return sum((total - mean) ** 2 for total in sums)


def _exact(spread: int, rows: dict[Doubled, int], judges: int) -> float:
    """P(S at least as large) if every order were as likely, respondent after respondent.

    S does not depend on which item has which sum, so sorted sums are all there is to know.
    """
    states = {(0,) * len(next(iter(rows))): 1}
    for row, times in rows.items():
        orders = set(permutations(row))
        for _ in range(times):
            after: Counter[Doubled] = Counter()
            for sums, ways in states.items():
                for order in orders:
                    after[tuple(sorted(map(int.__add__, sums, order)))] += ways
            states = dict(after)
    extreme = sum(ways for sums, ways in states.items() if _spread(sums, judges) >= spread)
    return float(Fraction(extreme, sum(states.values())))


def _permuted(
    spread: int, rows: dict[Doubled, int], judges: int, rng: np.random.Generator
) -> float:
    """(1 + draws at least as extreme)/(draws + 1): never 0, as the order seen is one of them."""
    items = len(next(iter(rows)))
    sums: NDArray[np.int64] = np.zeros((DRAWS, items), dtype=np.int64)
    for row, times in rows.items():
        for _ in range(times):
            sums += rng.permuted(np.tile(np.array(row, dtype=np.int64), (DRAWS, 1)), axis=1)
    spreads = ((sums - judges * (items + 1)) ** 2).sum(axis=1)
    return (1 + int((spreads >= spread).sum())) / (DRAWS + 1)
