"""What is published of two public surveys, or was measured on them by another program.

Tallies of raw codes, imported columns and findings.json of a whole run are held against the
same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Industry:
    """One industry of the American Customer Satisfaction Index, 2015."""

    code: str
    interviews: int
    index: float
    complained: int
    asked: int
    gap: float


ACSI_INTERVIEWS = 8239
ACSI = (
    Industry("1001", 1968, 77.2433, 71, 1796, 0.1407),
    Industry("3003", 1479, 68.3379, 183, 1465, -0.0184),
    Industry("3013", 2287, 60.8285, 696, 2230, -0.6922),
    Industry("5001", 2505, 74.7705, 443, 2471, -0.0079),
)
"""Index of equal weights (0–100), complaints to the company of those asked, gap of quality."""
INDEX_ABS = 5e-5
GAP_ABS = 1e-4
"""Half of the last digit published, or as much as a gap of points was rounded."""

SFO_PASSENGERS = 2831
SFO_RECOMMEND = [1436, 968, 342]
"""San Francisco airport, 2017: promoters, passives, detractors."""
SFO_NPS_SE = 0.0133413713
SFO_NPS_WALD = (0.372249062, 0.4245462767)
"""By the R package NPS, as shares."""
SFO_TOP2 = (2206, 2688)
"""Satisfied overall (4 or 5 of 5), of those with a rating."""
SFO_TOP2_WILSON = (80.572792, 83.472584)
"""In percent."""
SFO_MEAN, SFO_INDEX = 4.0643601, 76.609003
"""Overall satisfaction, 1–5 and rescaled to 0–100."""
R_ABS = 1e-9
PRINTED_ABS = 1e-6
"""How closely: figures of the R package, and those printed with six digits."""
