"""Which period does an answer belong to? The one of its submission, in the company's time zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from instruments.problems import shown
from survey.errors import SurveyError


class UnknownTimeZone(SurveyError):
    """A survey was given a time zone that does not exist."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"unknown time zone {shown(name)}; name one such as Asia/Shanghai or Europe/Paris"
        )


def zone(name: str) -> ZoneInfo:
    """The time zone of that name; :class:`UnknownTimeZone` where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownTimeZone(name) from None


def day_of(moment: datetime, timezone: str) -> date:
    """The calendar day of an instant at the company.

    >>> from datetime import UTC
    >>> day_of(datetime(2026, 10, 31, 17, tzinfo=UTC), "Asia/Shanghai")
    datetime.date(2026, 11, 1)
    """
    return moment.astimezone(zone(timezone)).date()


def wave_of_day(day: date) -> str:
    """The wave a day belongs to: its calendar month, ``YYYY-MM``."""
    return f"{day.year:04d}-{day.month:02d}"
