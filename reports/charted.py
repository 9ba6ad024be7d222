"""What a control chart says: a rate wave by wave, between the limits of its baseline.

Part of the findings (:mod:`reports.findings`); :mod:`reports.charts` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A wave on a control chart: its share, and what chance alone would keep it between.

    No value where the wave had no answers, or hides them.
    """

    wave: str
    count: int
    n: int
    value: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class ChartSignal:
    """What chance does not explain: the rule that spoke, and the waves it rests on.

    ``direction``: ``above``, ``below`` or ``both`` sides of the centre. ``alarm``: it rests on the
    newest wave, and is more than all charts of the report together say by chance
    (:mod:`reports.alarms`); ``news``: it was none a wave ago.
    """

    rule: str
    waves: tuple[str, ...]
    direction: str
    alarm: bool = False
    news: bool = False


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A rate wave by wave against the limits of its baseline, which stay where they are.

    ``chart``: ``p`` of shares, ``u`` of rates, or ``p_prime``, ``u_prime`` where the waves of the
    baseline spread more than counting explains (Laney). ``baseline``: the waves that centre and
    limits come from. ``points`` is empty exactly when ``reason`` says why there is no chart.
    """

    key: str
    chart: str
    centre: float | None
    sigma_z: float | None
    baseline: tuple[str, ...]
    points: tuple[ChartPoint, ...]
    signals: tuple[ChartSignal, ...]
    reason: str | None = None
