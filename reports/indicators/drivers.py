"""Which attributes matter, going by the answers, whatever customers say matters to them?

Derived importance: how far each attribute goes along with satisfaction as a whole (Spearman's
rank correlation, whoever rated it), and how much of what satisfaction depends on it explains,
from the complete answers (:mod:`reports.statistics.key_drivers`).
"""

from __future__ import annotations

from collections.abc import Mapping

from instruments.model import Better, Instrument, Question, Role
from reports.findings import Figure, Reason
from reports.indicators.attributes import rated
from reports.indicators.bases import Base
from reports.indicators.forms import Related, coefficient
from reports.settings import Settings
from reports.statistics.key_drivers import key_drivers
from reports.statistics.rank_correlation import spearman
from reports.tally import Tally
from reports.tally.matrices import DRIVERS
from reports.tally.plan import MISSING


def drivers(instrument: Instrument, tally: Tally, rules: Settings) -> list[Related]:
    """``importance_correlation``; ``drivers_r2``, ``importance_derived``, ``importance_shapley``.

    Derived (Johnson) and Shapley importance are parts of R²: those of all attributes sum to
    ``drivers_r2``, not to 1. Nothing where the whole, or no attribute, is rated.
    """
    overall = instrument.first(Role.OVERALL)
    experiences = instrument.about(Role.EXPERIENCE)
    if overall is None or not experiences:
        return []
    found = [
        Related(
            f"correlation of {attribute}",
            (_correlation(attribute, overall, question, tally),),
            ("satisfaction", rated(attribute)),
        )
        for attribute, question in experiences.items()
    ]
    within = ("satisfaction", *(rated(attribute) for attribute in experiences))
    found.append(Related("drivers", tuple(_shares(overall, experiences, tally, rules)), within))
    return found


def _correlation(attribute: str, overall: Question, question: Question, tally: Tally) -> Figure:
    """Above zero: who likes the attribute is satisfied; scales are turned so that high is good."""
    counts = tally.table(overall.id, question.id)[len(MISSING) :, len(MISSING) :]
    found = spearman(counts)
    turned = (overall.better is Better.LOW) != (question.better is Better.LOW)
    value = -found.value if turned and found.value is not None else found.value
    base = Base.RATED_AND_OVERALL
    return coefficient(
        "importance_correlation", value, found.n, found.reason, base=base, of=attribute
    )


def _shares(
    overall: Question, experiences: Mapping[str, Question], tally: Tally, rules: Settings
) -> list[Figure]:
    least = rules.definitions.least_explained
    found = key_drivers(tally.matrix(DRIVERS), overall.id, least)
    why = found.reason
    own = {driver.name: driver for driver in found.drivers}
    base, n, part = Base.COMPLETE, found.n, (0.0, 1.0)
    figures = [coefficient("drivers_r2", found.r2, n, why, base=base, scale=part)]
    for of, question in experiences.items():
        driver = own.get(question.id)
        johnson, lmg = (driver.johnson, driver.shapley) if driver else (None, None)
        many = why or Reason.TOO_MANY_ITEMS
        figures += [
            coefficient("importance_derived", johnson, n, why, base=base, of=of, scale=part),
            coefficient("importance_shapley", lmg, n, many, base=base, of=of, scale=part),
        ]
    return figures
