"""How satisfied are customers if each attribute counts as much as it matters to them?

Everyone's index depends on which attributes they rated, so it cannot be had from a tally: it needs
a second pass over the answers, with the weights fixed before
(:mod:`reports.statistics.composite`). This module says with which columns and weights, and what
figure comes of the sums. Without such a pass the figure is not there.
"""

from __future__ import annotations

from dataclasses import dataclass

from instruments.model import Better, Instrument, Role
from reports.findings import Figure, Unit
from reports.indicators.attributes import rated
from reports.indicators.bases import Base
from reports.indicators.forms import HUNDRED, Related, mean, worst_and_best
from reports.indicators.importance import IMPORTANCE, stated_weights
from reports.settings import Settings
from reports.statistics.composite import Item, ScoreSums, per_million
from reports.tally import Tally

KEY = "importance_weighted_index"


@dataclass(frozen=True, slots=True)
class IndexItems:
    """What goes into the index: the ``columns`` of a dataset, and what each is and weighs."""

    columns: tuple[str, ...]
    items: tuple[Item, ...]


def index_items(instrument: Instrument, tally: Tally) -> IndexItems | None:
    """The attributes rated, each with its part (in millionths) of the importance in ``tally``.

    ``tally`` is the one that fixes the weights, such as that of all customers in the year
    before; sums made with different weights do not add. None where importance or experience is
    not asked, where nobody said what is important, or for a single attribute.
    """
    weights = stated_weights(instrument, tally) or {}
    asked = {
        of: question for of, question in instrument.about(Role.EXPERIENCE).items() if of in weights
    }
    own = [weights[of] for of in asked]
    if len(own) < 2 or not any(own):
        return None
    items = tuple(
        Item(*worst_and_best(question), weight)
        for question, weight in zip(asked.values(), per_million(own), strict=True)
    )
    return IndexItems(tuple(question.id for question in asked.values()), items)


def importance_weighted(sums: ScoreSums, rules: Settings) -> Figure:
    """``importance_weighted_index`` from the sums of respondents' own indices.

    ``sums``: of :func:`reports.statistics.composite.importance_weighted` over the answers, with
    the items of :func:`index_items`. Base: rated attributes of at least half of the weight.

    >>> import numpy as np
    >>> from reports.settings import STANDARD
    >>> from reports.statistics.composite import importance_weighted as count
    >>> sums = count(np.array([[5, 3], [4, -1]]), [Item(1, 5, 600_000), Item(1, 5, 400_000)])
    >>> importance_weighted(sums, STANDARD).value
    77.5
    """
    return mean(
        KEY,
        sums.moments,
        rules.confidence,
        unit=Unit.INDEX,
        base=Base.WEIGHED,
        bounds=HUNDRED,
        better=Better.HIGH,
    )


def index_group(instrument: Instrument, sums: ScoreSums, rules: Settings) -> Related:
    """The index as a group of its own, hidden with what is important and any experience."""
    within = (IMPORTANCE, *(rated(attribute) for attribute in instrument.about(Role.EXPERIENCE)))
    return Related(KEY, (importance_weighted(sums, rules),), within)
