"""Which rules does a report follow? Confidence, smallest base, how far it looks back."""

from __future__ import annotations

from dataclasses import dataclass

from reports.errors import ReportError

SMALLEST, LARGEST = 3, 20
"""Between these the smallest base may be set."""


class SettingOutOfRange(ReportError, ValueError):
    """A rule of the report was set to something it cannot mean."""

    def __init__(self, name: str, value: float, allowed: str) -> None:
        super().__init__(f"The setting {name} is {value}; it must be {allowed}.")


@dataclass(frozen=True, slots=True)
class Settings:
    """The rules of one report; raises :class:`SettingOutOfRange`.

    ``confidence`` of all intervals; tests are at 1 - confidence. Figures with fewer than
    ``smallest_base`` (3 to 20) answers are hidden, those with fewer than ``indicative_base``
    are marked as indicative. The trend shows up to ``trend_waves`` waves, this one included.
    """

    confidence: float = 0.95
    smallest_base: int = 5
    indicative_base: int = 30
    trend_waves: int = 24

    def __post_init__(self) -> None:
        if not 0.5 <= self.confidence < 1:
            raise SettingOutOfRange("confidence", self.confidence, "at least 0.5 and below 1")
        if not SMALLEST <= self.smallest_base <= LARGEST:
            allowed = f"from {SMALLEST} to {LARGEST}"
            raise SettingOutOfRange("smallest_base", self.smallest_base, allowed)
        if self.indicative_base < self.smallest_base:
            allowed = f"no less than the smallest base, {self.smallest_base}"
            raise SettingOutOfRange("indicative_base", self.indicative_base, allowed)
        if self.trend_waves < 1:
            raise SettingOutOfRange("trend_waves", self.trend_waves, "1 or more")


STANDARD = Settings()
"""The rules where nothing else is said: 95 %, 5, 30, 24 waves."""
