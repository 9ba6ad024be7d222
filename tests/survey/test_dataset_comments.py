"""From the store to quotes: whose words they are, what is taken out, what is erased."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from sqlalchemy import delete, update

from reports.findings import ALL, Findings
from reports.fonts import Fonts
from reports.pdf import render
from reports.quoted import Voices
from survey.dataset import wave_comments, words_of
from survey.fieldwork.submissions import NewResponse, store_responses
from survey.fieldwork.surveys import Mode, SurveyPlan, SurveyRecord, find_survey, open_survey
from survey.jobs.findings import find_out
from survey.store import Store
from survey.store.tables import Comment, Customer
from tests.instruments.instrument_files import read
from tests.outside_files import HOSTILE, needs_hostile
from tests.survey.sample_cases import CUSTOMERS, INSTRUMENT, NOW, open_company

WAVE = "2026-10"
FIELDS = ("tier", "region")
CONSENT = """\
id: demo
version: 1
title: {en: Demo, zh: 演示}
languages: [en, zh]
questions:
  - id: overall
    type: scale
    role: overall
    text: {en: Overall, zh: 总体}
    min: 1
    max: 5
  - {id: words, type: text, text: {en: Say it, zh: 请说}}
  - {id: reach, type: text, role: personal, text: {en: Where do we reach you, zh: 怎样联系您}}
  - id: may_we
    type: single
    role: quote
    text: {en: May we quote you, zh: 可以引用吗}
    options:
      - {code: 1, means: "yes", label: {en: "Yes", zh: 可以}}
      - {code: 2, means: "no", label: {en: "No", zh: 不可以}}
"""


def answer(
    store: Store,
    survey: SurveyRecord,
    texts: Sequence[str],
    *,
    question: str = "comment",
    consent: Sequence[int | None] = (),
) -> None:
    """One response each, by the customers in turn."""

    def responses() -> Iterator[NewResponse]:
        for i, text in enumerate(texts):
            customer = CUSTOMERS[i % len(CUSTOMERS)]
            said = {"overall": 1 + i % 5}
            if consent and (code := consent[i % len(consent)]) is not None:
                said["may_we"] = code
            yield NewResponse(
                survey_id=survey.id,
                submission_id=f"s{i}",
                instrument_version=1,
                wave=WAVE,
                day=date(2026, 10, 5),
                language="en",
                channel="link",
                answers=said,
                comments={question: text},
                segments={name: customer.segments[name] for name in survey.segment_fields},
                customer_id=customer.id if survey.mode == "confidential" else None,
            )

    with store.write() as connection:
        store_responses(connection, responses())


def company(store: Store, texts: Sequence[str], mode: Mode = "confidential") -> SurveyRecord:
    """The survey with these comments."""
    survey = open_company(store, mode=mode)
    answer(store, survey, texts)
    return survey


def quoted(found: Findings, segment: str = ALL) -> Voices:
    """The comments that a segment's report quotes."""
    voices = found.segment(segment).voices
    assert voices is not None
    return voices


def test_comments_come_with_segment_and_satisfaction(store: Store) -> None:
    """One by one, of the waves asked for alone, under a reference that finds them again."""
    company(store, [f"Comment number {i}" for i in range(30)])
    found = list(wave_comments(store, "company", INSTRUMENT, [WAVE], "tier"))
    assert len({comment.reference for comment in found}) == 30
    assert {comment.segment for comment in found} == {"A"}
    assert {comment.satisfaction for comment in found} == {1, 2, 3, 4, 5}
    assert {comment.agreed for comment in found} == {None}
    assert words_of(store, [c.reference for c in found]) == {c.reference: c.text for c in found}
    assert list(wave_comments(store, "company", INSTRUMENT, ["2026-09"], "tier")) == []


def test_what_the_roster_knows_of_the_writer_is_taken_out(store: Store) -> None:
    """Number, name, address and telephone of this customer; of no other."""
    survey = open_company(store)
    mine, other = CUSTOMERS[0], CUSTOMERS[1]
    with store.write() as connection:
        connection.execute(
            update(Customer)
            .where(Customer.id == mine.id)
            .values(name="Dave Miller", email="dave@pumps", phone="4711")
        )
        connection.execute(
            update(Customer).where(Customer.id == other.id).values(name="Carol Stone")
        )
    answer(store, survey, [f"Dave, {mine.id}, dave@pumps or 4711: ask Carol"])
    (comment,) = wave_comments(store, survey.id, INSTRUMENT, [WAVE], "tier")
    assert comment.text == "▇▇▇, ▇▇▇, ▇▇▇ or ▇▇▇: ask Carol"
    assert words_of(store, [comment.reference]) == {comment.reference: comment.text}


def test_an_anonymous_survey_knows_no_names_but_redacts(sqlite_store: Store) -> None:
    """Nobody can tell whose words they are; numbers and addresses go all the same."""
    survey = company(sqlite_store, ["Dave Miller, 13800138000"], "anonymous")
    (comment,) = wave_comments(sqlite_store, survey.id, INSTRUMENT, [WAVE], "tier")
    assert comment.text == "Dave Miller, ▇▇▇"


def test_only_a_yes_is_consent(sqlite_store: Store) -> None:
    """No, and no answer, are never quoted, whoever asks for them."""
    instrument = read(CONSENT)
    open_survey(
        sqlite_store, SurveyPlan("asked", "Lantern Pumps", segment_fields=("tier",)), instrument,
        now=NOW,
    )  # fmt: skip
    survey = find_survey(sqlite_store, "asked")
    with sqlite_store.write() as connection:
        connection.execute(
            Customer.__table__.insert(),  # type: ignore[attr-defined]
            [
                {"id": c.id, "name": c.name, "email": "", "phone": "", "language": "en",
                 "segments": c.segments, "imported_at": NOW}
                for c in CUSTOMERS
            ],
        )  # fmt: skip
    texts = [f"{'agreed' if i % 3 == 0 else 'refused'} {i * 7919:x}" for i in range(120)]
    answer(sqlite_store, survey, texts, question="words", consent=(1, 2, None))
    found = find_out(sqlite_store, survey, wave=WAVE, by="tier")
    voices = quoted(found)
    assert (voices.comments, voices.refused, voices.asked) == (40, 80, True)
    shown = words_of(sqlite_store, voices.references)
    assert shown
    assert all(text.startswith("agreed") for text in shown.values())


def test_personal_texts_are_no_comments(sqlite_store: Store) -> None:
    """Contact details never come near a report, even of somebody who agreed to be quoted."""
    plan = SurveyPlan("asked", "Lantern Pumps", segment_fields=("tier",), mode="anonymous")
    instrument = read(CONSENT)
    open_survey(sqlite_store, plan, instrument, now=NOW)
    survey = find_survey(sqlite_store, "asked")
    answer(sqlite_store, survey, ["Dave, second door on the left"], question="reach", consent=(1,))
    assert list(wave_comments(sqlite_store, survey.id, instrument, [WAVE], "tier")) == []


def test_what_is_erased_is_gone_from_the_words(sqlite_store: Store) -> None:
    """The findings may be as they were: their references lead nowhere any more."""
    survey = company(sqlite_store, [f"Voice {i} of {i * 7919:x} {i * 31:b}" for i in range(40)])
    voices = quoted(find_out(sqlite_store, survey, wave=WAVE, by="tier"))
    gone = voices.references[0].partition(".")[0]
    before = words_of(sqlite_store, voices.references)
    with sqlite_store.write() as connection:
        connection.execute(delete(Comment).where(Comment.response_id == gone))
    after = words_of(sqlite_store, voices.references)
    assert before.keys() - after.keys() == {voices.references[0]}
    assert words_of(sqlite_store, ["nobody.comment", "", "odd"]) == {}


@needs_hostile
def test_ten_thousand_comments_are_a_report_within_a_minute(
    sqlite_store: Store, prepared_fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every hostile text among them, one of 5,000 characters: none fetched, none lost unsaid."""
    hostile = [
        str(json.loads(line))[:5000].encode("utf-8", "ignore").decode()
        for line in (HOSTILE / "answers.txt").read_text("utf-8").splitlines()
    ]
    plain = [f"Comment {i} about {i * 7919:x} and {i * 104729:x}." for i in range(10_000)]
    texts = [*hostile, "长" * 5000, *plain][:10_000]
    survey = company(sqlite_store, [text.replace("\x00", "") for text in texts])

    def refused(*_given: object) -> None:
        raise AssertionError("a report reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    began = time.monotonic()
    found = find_out(sqlite_store, survey, wave=WAVE, by="tier")
    voices = quoted(found)
    shown = words_of(sqlite_store, voices.references)
    for language in ("en", "zh"):
        page = render(found, INSTRUMENT, ALL, language, prepared_fonts, texts=shown)
        assert page.startswith(b"%PDF")
    assert time.monotonic() - began < 60
    assert voices.comments + voices.empty + voices.unprinted == 10_000
    assert len(shown) == len(voices.references) == 12
