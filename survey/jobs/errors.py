"""What can be wrong with what a report was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from instruments.problems import shown
from survey.errors import SurveyError


class NoSuchWave(SurveyError):
    """A report was asked for a wave, or a period, without a single answer."""

    def __init__(self, survey: str, wave: str, waves: Sequence[str]) -> None:
        known = f"there are answers for {', '.join(waves)}" if waves else "there are no answers yet"
        super().__init__(f"survey {survey} has no answers in wave {shown(wave)}; {known}")


class NoSuchField(SurveyError):
    """A report was asked by a field that no answer carries."""

    def __init__(self, survey: str, field: str, fields: Sequence[str]) -> None:
        known = f"there are {', '.join(fields)}" if fields else "its answers carry none"
        super().__init__(f"survey {survey} has no segment field {shown(field)}; {known}")
