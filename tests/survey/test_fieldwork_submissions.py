"""A submission is stored once, whole, and never under somebody else's link."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select

from instruments.reader import read_instrument
from survey.fieldwork.drafts import forget_drafts, save_draft
from survey.fieldwork.invitations import Invited, find_invitation, invite, submission_id_of
from survey.fieldwork.known import known_answers
from survey.fieldwork.submissions import Outcome, Submission, submit
from survey.fieldwork.surveys import Mode, SurveyPlan, SurveyRecord, open_survey
from survey.store import Store
from survey.store.tables import Comment, Customer, Draft, Invitation, Response
from tests.cast import customer

SMALL = """\
id: small
version: 1
title: Small survey
languages: [en]
questions:
  - {id: overall, type: scale, text: How satisfied are you?, min: 1, max: 5}
  - {id: why, type: text, text: Why?}
"""


def opened(store: Store, now: datetime, mode: Mode = "confidential") -> SurveyRecord:
    """A small survey with one customer, Dave, of tier A."""
    with store.write() as connection:
        connection.execute(insert(Customer), [customer(segments={"tier": "A", "shoe_size": "44"})])
    instrument = read_instrument(SMALL.encode(), "small.yaml")
    return open_survey(store, SurveyPlan("pumps", "Lantern", mode=mode), instrument, now=now)


def daves(store: Store, survey: SurveyRecord, now: datetime) -> Invited:
    """Dave's invitation, found by the link he was given."""
    (link,) = invite(store, survey, now=now)
    found = find_invitation(store, link.token)
    assert found is not None
    return found


def filled_in(key: str = "s1", overall: int = 4, invitation: Invited | None = None) -> Submission:
    """One whole questionnaire."""
    return Submission(key, 1, "en", {"overall": overall}, {"why": "四天太晚"}, invitation)


def stored(store: Store) -> int:
    """How many responses there are."""
    with store.read() as connection:
        return connection.scalar(select(func.count()).select_from(Response)) or 0


def test_a_submission_is_stored_whole(store: Store, now: datetime) -> None:
    """Codes, comment, wave, day and language are kept as given."""
    survey = opened(store, now)
    assert submit(store, survey, filled_in(), now=now) is Outcome.STORED
    with store.read() as connection:
        row = connection.execute(select(*Response.__table__.columns)).one()
        comment = connection.execute(select(*Comment.__table__.columns)).one()
    assert (row.answers, row.wave, row.language, row.channel) == (
        {"overall": 4},
        "2026-10",
        "en",
        "open",
    )
    assert row.submitted_at == now
    assert (comment.response_id, comment.question_id, comment.body) == (row.id, "why", "四天太晚")


def test_the_same_submission_again_is_the_same_submission(store: Store, now: datetime) -> None:
    """A phone that sends twice has answered once, also weeks later."""
    survey = opened(store, now)
    submit(store, survey, filled_in(), now=now)
    later = datetime(2026, 11, 20, tzinfo=UTC)
    assert submit(store, survey, filled_in(), now=later) is Outcome.ALREADY
    assert stored(store) == 1
    assert known_answers(store, survey, "s1").submitted


def test_other_answers_under_the_same_id_are_refused(store: Store, now: datetime) -> None:
    """What was acknowledged stays as it was."""
    survey = opened(store, now)
    submit(store, survey, filled_in(overall=4), now=now)
    assert submit(store, survey, filled_in(overall=1), now=now) is Outcome.CONFLICT
    with store.read() as connection:
        assert connection.scalar(select(Response.answers)) == {"overall": 4}


def test_a_personal_link_stamps_the_segments(store: Store, now: datetime) -> None:
    """The answer carries the customer's segments of the day, and only those of the survey."""
    survey = opened(store, now)
    dave = daves(store, survey, now)
    assert submit(store, survey, filled_in(invitation=dave), now=now) is Outcome.STORED
    with store.read() as connection:
        row = connection.execute(select(*Response.__table__.columns)).one()
    assert (row.segments, row.customer_id, row.channel) == ({"tier": "A"}, "C1", "link")


def test_fifty_clients_on_one_link_store_one_answer(store: Store, now: datetime) -> None:
    """A single-use link is used once, however many press at the same moment."""
    survey = opened(store, now)
    dave = daves(store, survey, now)
    barrier = threading.Barrier(50)
    outcomes: Counter[Outcome] = Counter()
    lock = threading.Lock()

    def press(number: int) -> None:
        barrier.wait()
        outcome = submit(store, survey, filled_in(f"s{number}", invitation=dave), now=now)
        with lock:
            outcomes[outcome] += 1

    threads = [threading.Thread(target=press, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == {Outcome.STORED: 1, Outcome.USED: 49}
    assert stored(store) == 1


def test_the_same_id_at_the_same_moment_is_one_answer(store: Store, now: datetime) -> None:
    """Parallel retries of one submission end in one response and no error."""
    survey = opened(store, now)
    barrier = threading.Barrier(12)
    outcomes: list[Outcome] = []

    def press() -> None:
        barrier.wait()
        outcomes.append(submit(store, survey, filled_in(), now=now))

    threads = [threading.Thread(target=press) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(outcomes) == {Outcome.STORED: 1, Outcome.ALREADY: 11}


def test_an_anonymous_answer_keeps_no_trail(store: Store, now: datetime) -> None:
    """Neither the response nor the used link tells who answered, or when it was used."""
    survey = opened(store, now, "anonymous")
    dave = daves(store, survey, now)
    submit(store, survey, filled_in(invitation=dave), now=now)
    with store.read() as connection:
        row = connection.execute(select(*Response.__table__.columns)).one()
        used_at = connection.scalar(select(Invitation.answered_at))
        invited_at = connection.scalar(select(Invitation.created_at))
    assert (row.invitation_id, row.customer_id, row.submitted_at) == (None, None, None)
    assert used_at == invited_at
    assert row.segments == {}, "Dave is the only customer of tier A"


def test_an_anonymous_answer_carries_segments_that_many_share(store: Store, now: datetime) -> None:
    """Five customers of the same tier hide each other, so the tier may be reported."""
    survey = opened(store, now, "anonymous")
    with store.write() as connection:
        dave = connection.execute(select(*Customer.__table__.columns)).one()._asdict()
        connection.execute(insert(Customer), [dave | {"id": f"D{n}"} for n in range(4)])
    invited = find_invitation(store, next(invite(store, survey, now=now)).token)
    submit(store, survey, filled_in(invitation=invited), now=now)
    with store.read() as connection:
        assert connection.scalar(select(Response.segments)) == {"tier": "A"}


def test_a_draft_grows_page_by_page_and_goes_when_sent(store: Store, now: datetime) -> None:
    """What was typed on one page survives the next; after sending nothing is left behind."""
    survey = opened(store, now)
    save_draft(store, survey, "s1", {"overall": "4"}, invitation_id=None, now=now)
    save_draft(store, survey, "s1", {"why": "a\ufffdb"}, invitation_id=None, now=now)
    assert known_answers(store, survey, "s1").raw == {"overall": "4", "why": "a\ufffdb"}
    assert known_answers(store, survey, "another").raw == {}
    submit(store, survey, filled_in(), now=now)
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(Draft)) == 0


def test_a_token_is_not_in_the_store(store: Store, now: datetime) -> None:
    """Whoever reads the database cannot answer in a customer's name."""
    survey = opened(store, now)
    (link,) = invite(store, survey, now=now)
    with store.read() as connection:
        row = connection.execute(select(*Invitation.__table__.columns)).one()
    assert link.token not in [str(value) for value in row]
    assert len(bytes.fromhex(link.token)) >= 16


@pytest.mark.parametrize("token", ["", "0" * 40, "x", "\ud800", "' OR 1=1 --"])
def test_an_unknown_token_finds_nothing(store: Store, now: datetime, token: str) -> None:
    """A guessed or mangled link leads nowhere, without an error."""
    opened(store, now)
    assert find_invitation(store, token) is None


def test_a_link_resumes_under_one_id() -> None:
    """The same link on another device is the same submission; other links and keys are not."""
    first = submission_id_of("invitation", b"k" * 32)
    assert first == submission_id_of("invitation", b"k" * 32)
    assert (
        len(
            {first, submission_id_of("other", b"k" * 32), submission_id_of("invitation", b"j" * 32)}
        )
        == 3
    )


def test_old_drafts_are_forgotten(store: Store, now: datetime) -> None:
    """What nobody sent does not stay for ever; what is fresh does."""
    survey = opened(store, now)
    save_draft(store, survey, "old", {"overall": "1"}, invitation_id=None, now=now)
    later = now + timedelta(days=31)
    save_draft(store, survey, "new", {"overall": "2"}, invitation_id=None, now=later)
    assert forget_drafts(store, before=later - timedelta(days=30)) == 1
    assert known_answers(store, survey, "old").raw == {}
    assert known_answers(store, survey, "new").raw == {"overall": "2"}


def test_stored_answers_come_back_as_they_were_posted(store: Store, now: datetime) -> None:
    """A repeated last page is laid over what was stored, and judged like the first."""
    survey = opened(store, now)
    submit(store, survey, filled_in(), now=now)
    known = known_answers(store, survey, "s1")
    assert (known.raw, known.instrument_version, known.submitted) == (
        {"overall": "4", "why": "四天太晚"},
        1,
        True,
    )
