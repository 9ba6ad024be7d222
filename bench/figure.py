"""What one measurement says, and how it is printed."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure: ours (``value``), the limit of the same run, both in ``unit``.

    ``ratio`` is ours over the limit; whether high or low is good follows from the unit.
    """

    name: str
    value: float
    unit: str
    limit: float

    def line(self) -> str:
        """One JSON line.

        >>> print(Measured("submissions", 50.0, "1/s", 100.0).line())
        {"name": "submissions", "value": 50.0, "unit": "1/s", "limit": 100.0, "ratio": 0.5}
        """
        return json.dumps(
            {
                "name": self.name,
                "value": round(self.value, 4),
                "unit": self.unit,
                "limit": round(self.limit, 4),
                "ratio": round(self.value / self.limit, 4) if self.limit else None,
            }
        )
