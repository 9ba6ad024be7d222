"""Among so many comparisons, which are more than chance, and what could they have found at all?

Who compares fifty figures finds two or three "significant" by chance alone. Holm's correction
holds down the risk that *any* alarm of a family is false: for alarms that somebody must act on.
Benjamini and Hochberg's holds down the *share* of false ones among those listed: for a list to
explore. What a family cannot see is told as well: the smallest change it would find four times
in five, and the chance that the first alarm finds a change of a given size.
"""

from __future__ import annotations

from collections.abc import Sequence

from scipy.special import ndtr, ndtri


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down adjusted p-values (Holm 1979), in the order given.

    The i-th smallest of m is multiplied by m - i + 1, no smaller than the one before, at most 1.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted, reached = [0.0] * len(p_values), 0.0
    for step, i in enumerate(order):
        reached = max(reached, min(1.0, (len(p_values) - step) * p_values[i]))
        adjusted[i] = reached
    return adjusted


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values of Benjamini & Hochberg 1995 (step-up), in the order given.

    The i-th smallest of m is multiplied by m/i, no larger than the one after, at most 1. Those
    under 0.05 make a list of which no more than 5 % are expected to be false, where the tests
    are independent or positively dependent (as comparisons with one common wave are).

    >>> [round(p, 4) for p in benjamini_hochberg([0.01, 0.04, 0.03])]
    [0.03, 0.04, 0.04]
    """
    m = len(p_values)
    order = sorted(range(m), key=lambda i: p_values[i], reverse=True)
    adjusted, reached = [0.0] * m, 1.0
    for above, i in enumerate(order):
        reached = min(reached, p_values[i] * (m / (m - above)))
        adjusted[i] = reached
    return adjusted


def smallest_change(
    se: float, *, confidence: float = 0.95, power: float = 0.8, family: float = 1
) -> float:
    """The smallest true change a two-sided test finds with probability ``power``.

    (z of 1 - α/2m + z of power) · SE, where ``se`` is the standard error of the change, in the
    unit of the figure, and m the size of the family it is tested in: at α/m, the first step of
    Holm's correction and the hardest. Where the answer is more than the figure has room for,
    no change of it can be found so reliably. The chance of an alarm in the wrong direction is
    left out, as usual.

    >>> round(smallest_change(0.01), 5)
    0.02802
    """
    return (_critical(confidence, family) + float(ndtri(power))) * se


def power_of_alarm(change: float, se: float, *, confidence: float = 0.95, family: int = 1) -> float:
    """The chance that a true ``change`` raises an alarm, whatever its sign.

    Φ(|δ|/SE - z) + Φ(-|δ|/SE - z) with z of 1 - α/2m: what Holm's correction leaves to a change
    that is alone among ``family`` comparisons. Others that changed too make it larger. Of no
    change at all it is α/m. ``se`` must be over 0.

    >>> round(power_of_alarm(0.079, 0.0283), 2), round(power_of_alarm(0.079, 0.0283, family=50), 2)
    (0.8, 0.31)
    """
    z, standardised = _critical(confidence, family), abs(change) / se
    return float(ndtr(standardised - z) + ndtr(-standardised - z))


def _critical(confidence: float, family: float) -> float:
    return -float(ndtri((1 - confidence) / (2 * family)))
