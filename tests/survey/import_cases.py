"""A small questionnaire with every kind of question, for tests of imports, datasets, exports."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from instruments.reader import read_instrument
from survey.fieldwork.surveys import SurveyPlan, open_survey
from survey.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

SOURCE = """
id: small
version: 1
title: Small
languages: [en]
attributes:
  - {id: price, text: Price}
  - {id: staff, text: Staff}
  - {id: speed, text: Speed}
blocks:
  - id: rating
    kind: rating
    title: Rating
    questions:
      - {id: overall, type: scale, role: overall, text: How satisfied?, required: true,
         min: 1, max: 5, low: Not at all, high: Very, specials: [dk, refused]}
      - {id: recommend, type: scale, role: recommend, text: Recommend?, min: 0, max: 10}
      - {id: told, type: number, text: How many did you tell?, max: 120}
      - {id: problem, type: single, role: problem, text: Any problem?,
         options: [{code: 1, label: Met one, means: yes}, {code: 2, label: None, means: no}]}
      - id: kind
        type: multiple
        role: problem_kind
        text: What kind?
        options: [{code: 1, label: Late}, {code: 2, label: Broken}, {code: 3, label: Rude}]
        specials: [dk]
        show_if: {question: problem, is: 1}
      - {id: handling, type: scale, role: handling, text: Handled well?, min: 1, max: 5,
         specials: [na], show_if: {question: kind, is: [1, 2]}}
  - {id: importance, kind: importance, title: Importance, text: Most important?, top: 2}
  - id: open
    kind: open
    title: Open
    questions:
      - {id: comment, type: text, text: Anything else?}
"""
INSTRUMENT = read_instrument(SOURCE.encode(), "small.yaml")
OVERALL, RECOMMEND, KIND, IMPORTANCE, COMMENT = map(
    INSTRUMENT.question, ("overall", "recommend", "kind", "importance", "comment")
)

HEADER = "Q1,NPS,TOLD,P,K1,K2,K3,H,FIRST,SECOND,NOTE,TIER"
MAPPING = """
mapping: 1
wave: 2026-10
missing: [99]
segments: {tier: TIER}
columns:
  Q1: {question: overall, dont_know: 98}
  NPS: recommend
  TOLD: told
  P: problem
  K1: {question: kind, option: 1}
  K2: {question: kind, option: 2}
  K3: {question: kind, option: 3}
  H: {question: handling, not_applicable: 6}
  FIRST: {question: importance, place: 1}
  SECOND: {question: importance, place: 2}
  NOTE: comment
"""


def open_small(store: Store, survey_id: str = "small", *, anonymous: bool = False) -> None:
    """Put the small questionnaire into the field."""
    plan = SurveyPlan(
        survey_id,
        "Example Ltd",
        segment_fields=("tier",),
        mode="anonymous" if anonymous else "confidential",
    )
    open_survey(store, plan, INSTRUMENT, now=NOW)


def write(
    folder: Path, rows: Sequence[str], name: str = "answers.csv", header: str = HEADER
) -> Path:
    """A CSV file of these rows."""
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def mapping_file(folder: Path, text: str = MAPPING) -> Path:
    """The mapping, as a file."""
    path = folder / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def drawn_rows(count: int, seed: int = 1) -> list[str]:
    """Rows as respondents might have given them, the same for the same seed."""
    draw = random.Random(seed)
    rows = []
    for number in range(count):
        first, second = draw.sample(["price", "staff", "speed", ""], 2)
        first, second = (second, first) if not first else (first, second)
        cells = [
            draw.choice(["1", "2", "3", "4", "5", "98", "99", ""]),
            draw.choice([*map(str, range(11)), ""]),
            draw.choice(["0", "1", "20", "120", ""]),
            draw.choice(["1", "2", "", "99"]),
            *(draw.choice(["1", "0", ""]) for _ in range(3)),
            draw.choice(["1", "5", "6", ""]),
            first,
            second,
            draw.choice(["", f"comment {number}"]),
            draw.choice("ABCD"),
        ]
        rows.append(",".join(cells))
    return rows
