"""Whose answers is a figure about? The names of bases, one word for each."""

from __future__ import annotations

from enum import StrEnum


class Base(StrEnum):
    """Who is counted in the n of a figure; answers are respondents, each counted once.

    The last ones are not about answers, but about what the company's books have noted.

    Don't know, not applicable, refused and left blank are in no base.
    """

    ANSWERED = "answered"  # gave a point of the scale, an option or a number to that question
    ALL_THREE = "all_three"  # answered satisfaction, confirmation or ideal; n: the fewest of them
    COMPLETE = "complete"  # answered every one of the items that are looked at together
    RATED = "rated"  # rated the attribute as experienced
    RATED_AND_OVERALL = "rated_and_overall"  # rated the attribute, and the whole
    EXPECTED = "expected"  # stated what they expect of the attribute
    EXPECTED_AND_RATED = "expected_and_rated"  # both, for the same attribute
    RANKED = "ranked"  # gave a whole ranking (places 1, 2, … without gap)
    IMPORTANCE_RATED = "importance_rated"  # said on a scale how important the attribute is
    RANKED_AND_RATED = "ranked_and_rated"  # of importance and experience; n: the fewest of them
    WEIGHED = "weighed"  # rated attributes that carry at least half of the importance
    ASKED = "asked"  # said whether they met a problem, or told somebody
    MET_A_PROBLEM = "met_a_problem"  # met a problem, and answered that question
    TOLD_THE_COMPANY = "told_the_company"  # told the company, and answered that question
    ENDED_SO = "ended_so"  # whose problem ended that way (or who met none), and who answered
    ALL_PARTS = "all_parts"  # answered every part of the return rate that counts
    SATISFACTION_AND_LOYALTY = "satisfaction_and_loyalty"  # answered all that is put together
    CUSTOMERS = "customers"  # customers of the segment in the wave
    SERVED = "served"  # customers who bought in the period, by the books
    BOUGHT_BEFORE = "bought_before"  # customers who bought in the return window before
    CUSTOMERS_BEFORE = "customers_before"  # customers who bought in the retention window before
    TRANSACTIONS = "transactions"  # purchases of the period
    GRADED = "graded"  # customers whose tier at the end of the period before is known
    NOTED = "noted"  # complaint cases opened in the period whose kind, or attribute, is noted
    CASES = "cases"  # complaint cases opened in the period
    CLOSED_OR_OVERDUE = "closed_or_overdue"  # of these, closed, or open after the agreed day
    ONCE_CLOSED = "once_closed"  # of these, closed at least once
    OPEN_CASES = "open_cases"  # cases open at the end of the period
