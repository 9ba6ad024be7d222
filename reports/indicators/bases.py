"""Whose answers is a figure about? The names of bases, one word for each."""

from __future__ import annotations

from enum import StrEnum


class Base(StrEnum):
    """Who is counted in the n of a figure; answers are respondents, each counted once.

    Don't know, not applicable, refused and left blank are in no base. The segment ``all`` is
    the sum of its segments' respondents, unweighted: a segment that answers more counts more.
    """

    ANSWERED = "answered"  # gave a point of the scale, an option or a number to that question
    ALL_THREE = "all_three"  # answered satisfaction, confirmation or ideal; n: the fewest of them
    RATED = "rated"  # rated the attribute as experienced
    EXPECTED = "expected"  # stated what they expect of the attribute
    EXPECTED_AND_RATED = "expected_and_rated"  # both, for the same attribute
    RANKED = "ranked"  # gave a whole ranking (places 1, 2, … without gap)
    ASKED = "asked"  # said whether they met a problem, or told somebody
    MET_A_PROBLEM = "met_a_problem"  # met a problem, and answered that question
    TOLD_THE_COMPANY = "told_the_company"  # told the company, and answered that question
    ALL_PARTS = "all_parts"  # answered every part of the return rate that is asked
    CUSTOMERS = "customers"  # customers of the segment in the wave
