"""Why is a statistic of several items not given?

What :class:`reports.findings.Reason` says of single figures holds here too (nobody answered,
no variation); these reasons belong to models of several items only.
"""

from __future__ import annotations

from enum import StrEnum

from reports.findings import Reason


class Refusal(StrEnum):
    """Why a model of several items is not fitted, or its result not shown."""

    TOO_FEW_ANSWERS = "too_few_answers"  # complete answers, for so many items
    TOO_FEW_RANKINGS = "too_few_rankings"  # fewer than three cannot be tested
    TOO_FEW_ITEMS = "too_few_items"  # the statistic compares more items than there are
    TOO_MANY_ITEMS = "too_many_items"  # more than can be computed
    DEPENDENT_ITEMS = "dependent_items"  # one is another twice, or the sum of others
    LITTLE_EXPLAINED = "little_explained"  # R² below 0.1: nothing to share out
    NEGATIVE_WEIGHT = "negative_weight"  # an item runs against the others
    SEVERAL_DIMENSIONS = "several_dimensions"  # the items do not measure one thing
    IMPROPER_SOLUTION = "improper_solution"  # a Heywood case: more than all of an item explained
    NOT_CONVERGED = "not_converged"  # the fit found no optimum


Why = Reason | Refusal
"""Either kind of reason."""
