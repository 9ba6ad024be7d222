"""Which attributes matter most, by the places that customers gave them?

From counts of places: mean rank, Borda points and rank weights are all *scores of places*, with
one rule for all of them: what a respondent did not place shares the mean of the scores that are
left. Counts are whole numbers and scores fractions, so that tallies add up and nothing depends on
the order of answers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reports.errors import ReportError
from reports.statistics.moments import Exact, Moments

Places = Mapping[tuple[int, int], int]
"""(how many items the respondent placed, place of this item or 0) → how often."""


class NotRankings(ReportError):
    """Counts of places that no set of rankings can have."""

    def __init__(self) -> None:
        super().__init__(
            "These counts are not those of rankings: in every ranking each place from 1 on is "
            "given to exactly one item, and every ranking counts for every item."
        )


@dataclass(frozen=True, slots=True)
class Rankings:
    """Counts of places: ``places[item]`` as :data:`Places`; ``judges[r]`` rankings of r items.

    >>> two = Rankings.of({"A": {(2, 1): 1, (2, 0): 1}, "B": {(2, 2): 1, (2, 1): 1},
    ...                    "C": {(2, 0): 1, (2, 2): 1}, "D": {(2, 0): 2}})
    >>> {item: rank.mean for item, rank in two.ranks().items()}
    {'A': 2.25, 'B': 1.5, 'C': 2.75, 'D': 3.5}
    """

    places: Mapping[str, Places]
    judges: Mapping[int, int]

    @classmethod
    def of(cls, places: Mapping[str, Places]) -> Rankings:
        """From the counts of each item. Raises :class:`NotRankings`."""
        judges: dict[int, int] = {}
        given: dict[tuple[int, int], int] = {}
        for counts in places.values():
            for (ranked, place), times in counts.items():
                judges[ranked] = judges.get(ranked, 0) + times
                given[ranked, place] = given.get((ranked, place), 0) + times
        # Every item was counted once a ranking, so the sum over items is N times too large.
        judges = {ranked: times // len(places) for ranked, times in judges.items() if times}
        found = cls(places, judges)
        if not all(found._whole(counts) for counts in places.values()) or any(
            given.get((ranked, place), 0) != times
            for ranked, times in judges.items()
            for place in range(1, ranked + 1)
        ):
            raise NotRankings
        return found

    def _whole(self, counts: Places) -> bool:
        """Whether the item has a place, or none, in every ranking."""
        totals = dict.fromkeys(self.judges, 0)
        for (ranked, place), times in counts.items():
            if times and not (0 <= place <= ranked <= len(self.places) and ranked in totals):
                return False
            if times:
                totals[ranked] += times
        return totals == self.judges

    @property
    def n(self) -> int:
        """How many rankings there are."""
        return sum(self.judges.values())

    def scored(self, scores: Sequence[Exact]) -> dict[str, Moments]:
        """Each item's scores, where place i scores ``scores[i - 1]`` (one score an item).

        An item that was not placed shares the mean of the scores of the places left.
        """
        given = {
            (r, place): Fraction(scores[place - 1])
            for r in self.judges
            for place in range(1, r + 1)
        }
        given |= {(ranked, 0): _mean(scores[ranked:]) for ranked in self.judges}
        # Whole numbers over one denominator: the same sums as of fractions, and many times faster.
        below = math.lcm(*(score.denominator for score in given.values()))
        whole = {
            key: score.numerator * (below // score.denominator) for key, score in given.items()
        }
        found = {}
        for item, counts in self.places.items():
            times = {key: n for key, n in counts.items() if n}
            total = sum(whole[key] * n for key, n in times.items())
            squares = sum(whole[key] ** 2 * n for key, n in times.items())
            n = sum(times.values())
            found[item] = Moments(n, Fraction(total, below), Fraction(squares, below**2))
        return found

    def ranks(self) -> dict[str, Moments]:
        """Each item's ranks, 1 the most important; what was not placed ties on the rest."""
        return self.scored(range(1, len(self.places) + 1))

    def borda(self) -> dict[str, Moments]:
        """Each item's Borda points, N - rank; ``total`` is the Borda count."""
        return self.scored(range(len(self.places) - 1, -1, -1))


def centroid_weights(items: int) -> tuple[Fraction, ...]:
    """Rank-order-centroid weights w_i = (1/N) Σ 1/k, k = i … N (Barron & Barrett 1996).

    >>> [round(float(weight), 4) for weight in centroid_weights(4)]
    [0.5208, 0.2708, 0.1458, 0.0625]
    """
    tails = [Fraction(0)]
    for place in range(items, 0, -1):
        tails.append(tails[-1] + Fraction(1, place))
    return tuple(tail / items for tail in reversed(tails[1:]))


def _mean(scores: Sequence[Exact]) -> Fraction:
    return sum(map(Fraction, scores), Fraction(0)) / max(len(scores), 1)
