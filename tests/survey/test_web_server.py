"""What the server does besides answering: it forgets what it promised to forget."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import select

from survey.app import A_DAY, DRAFTS_ARE_KEPT, forget_daily
from survey.fieldwork.drafts import save_draft
from survey.store import Store, StoreBusy
from survey.store.tables import Draft
from tests.survey.web_cases import put_in_the_field


class Days(Event):
    """A server that runs for so many days, which pass at once."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.left = count

    def wait(self, timeout: float | None = None) -> bool:
        """One day goes by; after the last one the server closes."""
        assert timeout == A_DAY
        self.left -= 1
        if not self.left:
            self.set()
        return self.is_set()


def drafts(store: Store) -> list[str]:
    """The submission ids of all drafts."""
    with store.read() as connection:
        return list(connection.scalars(select(Draft.submission_id)))


def test_a_draft_is_never_kept_for_more_than_30_days(sqlite_store: Store, now: datetime) -> None:
    """A server that runs for months forgets every day, not only when it starts."""
    survey = put_in_the_field(sqlite_store, now)
    save_draft(sqlite_store, survey, "1" * 32, {"why": "x"}, invitation_id=None, now=now)
    days = Days(30)
    kept: list[int] = []

    def clock() -> datetime:
        kept.append(len(drafts(sqlite_store)))
        return now + timedelta(days=30 - days.left, seconds=1)

    forget_daily(sqlite_store, clock, days)
    assert (kept, drafts(sqlite_store)) == ([1] * 30, [])
    assert DRAFTS_ARE_KEPT + timedelta(seconds=A_DAY) <= timedelta(days=30)


def test_a_busy_day_does_not_end_the_forgetting(
    sqlite_store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be forgotten today is forgotten tomorrow."""
    calls: list[datetime] = []

    def forget(_store: Store, *, before: datetime) -> int:
        calls.append(before)
        raise StoreBusy

    monkeypatch.setattr("survey.app.forget_drafts", forget)
    forget_daily(sqlite_store, lambda: now, Days(3))
    assert calls == [now - DRAFTS_ARE_KEPT] * 3
