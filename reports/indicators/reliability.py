"""Do the items that are put together measure one thing, and how well?

Alpha and omega (:mod:`reports.statistics.reliability`) of the attributes as experienced, of the
expectations, and of the three items of the ACSI-type index, from complete answers. A scale whose
low end is the good one is turned round first: high is good in all items.
"""

from __future__ import annotations

import numpy as np

from instruments.model import Better, Instrument
from reports.findings import Figure
from reports.indicators.bases import Base
from reports.indicators.forms import Related, coefficient
from reports.settings import Settings
from reports.statistics.moment_matrix import MomentMatrix
from reports.statistics.reliability import alpha, omega
from reports.tally import Tally
from reports.tally.matrices import EXPECTATIONS, RATINGS, THREE

SETS = (RATINGS, EXPECTATIONS, THREE)


def reliability(instrument: Instrument, tally: Tally, rules: Settings) -> list[Related]:
    """``alpha_raw``, ``alpha_standardised`` and ``omega`` of each set of items that is asked."""
    return [
        Related(
            consistency(name),
            tuple(_figures(name, upright(instrument, tally.matrix(name)), rules.confidence)),
        )
        for name in SETS
        if name in tally.matrices
    ]


def consistency(name: str) -> str:
    """The group of figures about how well a set of items goes together."""
    return f"reliability of {name}"


def _figures(name: str, matrix: MomentMatrix, confidence: float) -> list[Figure]:
    found, one = alpha(matrix, confidence), omega(matrix)
    figures = [
        ("alpha_raw", found.raw, found.reason, found.interval),
        ("alpha_standardised", found.standardised, found.reason, None),
        ("omega", one.value, one.reason, None),
    ]
    return [
        coefficient(
            key,
            value,
            matrix.n,
            reason,
            base=Base.COMPLETE,
            of=name,
            scale=(),  # 1 at best; alpha may fall as far below 0 as it likes
            better=Better.HIGH,
            interval=interval,
        )
        for key, value, reason, interval in figures
    ]


def upright(instrument: Instrument, matrix: MomentMatrix) -> MomentMatrix:
    """The same sums with every scale turned so that high is good; items are named by question."""
    signs = np.array(
        [-1 if instrument.question(name).better is Better.LOW else 1 for name in matrix.names],
        dtype=np.int64,
    )
    return MomentMatrix(
        matrix.names, matrix.n, matrix.sums * signs, matrix.products * np.outer(signs, signs)
    )
