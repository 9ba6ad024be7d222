"""How closely does satisfaction with an attribute go along with satisfaction as a whole?

Spearman's rank correlation from a table of joint counts: answers on short scales are mostly
ties, and every tied answer gets the mean of the ranks that the ties cover.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.findings import Reason


@dataclass(frozen=True, slots=True)
class RankCorrelation:
    """Spearman's coefficient (-1 to 1) over n pairs, or why there is none."""

    value: float | None
    n: int
    reason: Reason | None = None


def spearman(counts: NDArray[np.integer]) -> RankCorrelation:
    """Pearson's correlation of midranks (Spearman 1904, with ties), exact up to the root.

    ``counts[i, j]``: how many gave the i-th code of one and the j-th of the other question,
    codes in the order of their scale. Turning one of them round turns the sign. No pairs, one
    pair, or everybody alike on one of them: a reason.

    >>> table = np.array([[3, 1, 0], [1, 4, 1], [0, 1, 5]])
    >>> round(spearman(table).value, 4), spearman(table[:, ::-1]).value == -spearman(table).value
    (0.7967, True)
    """
    table = [[int(cell) for cell in row] for row in counts.tolist()]
    n = sum(map(sum, table))
    if n < 2:
        return RankCorrelation(None, n, Reason.ONE_ANSWER if n else Reason.NO_ANSWERS)
    down, across = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    x, y = _about_the_mean(down), _about_the_mean(across)
    spread = _sum_of_squares(x, down) * _sum_of_squares(y, across)
    if spread == 0:
        return RankCorrelation(None, n, Reason.NO_VARIATION)
    joint = sum(x[i] * y[j] * cell for i, row in enumerate(table) for j, cell in enumerate(row))
    return RankCorrelation(joint / math.sqrt(spread), n)


def _about_the_mean(margin: list[int]) -> list[int]:
    """Twice the midrank of each code, less twice the mean rank: whole numbers."""
    n, before, found = sum(margin), 0, []
    for count in margin:
        found.append(2 * before + count - n)
        before += count
    return found


def _sum_of_squares(values: list[int], margin: list[int]) -> int:
    return sum(value * value * count for value, count in zip(values, margin, strict=True))
