"""Instruments and answers from literals, for everything that is counted and computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from instruments.model import (
    Attribute,
    Better,
    Condition,
    Instrument,
    Kind,
    Means,
    Point,
    Question,
    Role,
    Special,
    Text,
)
from reports.dataset import Dataset, Labels, Missing
from reports.findings import Findings, Provenance
from reports.tally import tally_by

PROVENANCE = Provenance("Hydra Pumps", True, "2026-10-01", "2026-10-31", "link 40")
WAVE = "2026-10"
BLANK = int(Missing.NO_ANSWER)
NOT_ASKED = int(Missing.NOT_APPLICABLE)

Row = Mapping[str, int]


def text(words: str) -> Text:
    """A wording in English only."""
    return Text(MappingProxyType({"en": words}))


def points(codes: Iterable[int], means: Mapping[int, Means] | None = None) -> tuple[Point, ...]:
    """Points without labels, with what some of them mean."""
    return tuple(Point(code, means=(means or {}).get(code)) for code in codes)


def question(
    name: str,
    role: Role,
    codes: Iterable[int] = range(1, 6),
    *,
    kind: Kind = Kind.SCALE,
    means: Mapping[int, Means] | None = None,
    attribute: str | None = None,
    better: Better = Better.HIGH,
    shown_if: tuple[str, int] | None = None,
) -> Question:
    """A question of one role; a 1–5 scale unless said otherwise."""
    condition = Condition(shown_if[0], frozenset({shown_if[1]})) if shown_if else None
    return Question(
        name,
        "block",
        kind,
        role,
        text(name),
        attribute=attribute,
        points=points(codes, means),
        better=better,
        specials=(Special.DONT_KNOW,),
        show_if=condition,
    )


def number(name: str, role: Role, highest: int) -> Question:
    """A question answered by a whole number from 0 on."""
    return replace(question(name, role, (), kind=Kind.NUMBER), minimum=0, maximum=highest)


def ranking(places: int) -> Question:
    """A ranking of the attributes."""
    return replace(question("rank", Role.IMPORTANCE, (), kind=Kind.RANK), places=places)


def instrument(questions: Sequence[Question], attributes: Sequence[str] = ()) -> Instrument:
    """An instrument that asks these questions."""
    return Instrument(
        "case",
        1,
        text("case"),
        ("en",),
        tuple(Attribute(name, text(name)) for name in attributes),
        (),
        tuple(questions),
        (),
    )


YES_NO = {1: Means.YES, 2: Means.NO}
ATTRIBUTES = ("quality", "delivery", "price", "staff")


def monthly(attributes: Sequence[str] = ATTRIBUTES, places: int = 3) -> Instrument:
    """An instrument with a question of every role, as the shipped monthly one has."""
    asked = [ranking(places)]
    asked += [question(f"x_{a}", Role.EXPECTATION, attribute=a) for a in attributes]
    asked += [question(f"p_{a}", Role.EXPERIENCE, attribute=a) for a in attributes]
    told = {1: Means.COMPANY, 2: Means.OTHERS, 3: Means.NOBODY}
    handled = {1: Means.SOLVED, 2: Means.PARTLY, 3: Means.UNSOLVED}
    yes_no = {"kind": Kind.SINGLE, "means": YES_NO, "codes": (1, 2)}
    about = question(
        "about", Role.PROBLEM_ATTRIBUTE, range(1, len(attributes) + 1), kind=Kind.MULTIPLE
    )
    asked += [
        question("overall", Role.OVERALL, range(1, 11)),
        question("confirmation", Role.CONFIRMATION, range(1, 11)),
        question("ideal", Role.IDEAL, range(1, 11)),
        question("problem", Role.PROBLEM, **yes_no),  # type: ignore[arg-type]
        replace(about, options_are_attributes=True),
        question("kind", Role.PROBLEM_KIND, (1, 2, 3), kind=Kind.MULTIPLE),
        question("voiced", Role.VOICED, told, kind=Kind.MULTIPLE, means=told),
        number("told", Role.TOLD, 20),
        question("handled", Role.HANDLED, handled, kind=Kind.SINGLE, means=handled),
        question("handling", Role.HANDLING),
        question("stays", Role.STAYS, **yes_no),  # type: ignore[arg-type]
        question("recommend", Role.RECOMMEND, range(11)),
        question("buy_again", Role.BUY_AGAIN),
        question("bought_again", Role.BOUGHT_AGAIN, **yes_no),  # type: ignore[arg-type]
        question("favour", Role.FAVOURABILITY),
        question("named", Role.NAMED_CHOICE, **yes_no),  # type: ignore[arg-type]
        question("more", Role.BUY_MORE),
        number("tolerance", Role.PRICE_TOLERANCE, 25),
    ]
    return instrument(asked, attributes)


def dataset(
    asked: Instrument,
    rows: Sequence[Row],
    *,
    waves: Sequence[str] | None = None,
    segments: Sequence[str] | None = None,
) -> Dataset:
    """Rows of column → code; what a row leaves out was left blank."""
    columns = {
        column.name: np.array([row.get(column.name, BLANK) for row in rows], dtype=np.int8)
        for column in asked.columns()
    }
    return Dataset(
        asked,
        len(rows),
        Labels.of(list(waves or [WAVE] * len(rows))),
        {"tier": Labels.of(list(segments or ["A"] * len(rows)))},
        columns,
    )


def select(data: Dataset, rows: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Dataset:
    """The respondents at these places, in this order."""
    return Dataset(
        data.instrument,
        len(rows),
        Labels(data.wave.levels, data.wave.codes[rows]),
        {f: Labels(labels.levels, labels.codes[rows]) for f, labels in data.segments.items()},
        {name: codes[rows] for name, codes in data.columns.items()},
    )


def random_dataset(
    asked: Instrument,
    size: int,
    rng: np.random.Generator,
    *,
    waves: Sequence[str] = (WAVE,),
    segments: Sequence[str] = ("A", "B", "C", "D"),
    shares: Sequence[float] = (0.02, 0.08, 0.2, 0.7),
    blank: float = 0.1,
) -> Dataset:
    """Random answers, every kind of missing among them, consistent as a filled-in form is."""
    columns = {}
    for column in asked.columns():
        codes = rng.choice(np.array(column.codes), size).astype(np.int8)
        absent = rng.choice(np.array([int(m) for m in Missing]), size).astype(np.int8)
        columns[column.name] = np.where(rng.random(size) < blank, absent, codes)
    for q in asked.questions:
        own = [c.name for c in asked.columns() if c.question == q.id]
        if q.kind is Kind.RANK:
            orders = np.argsort(rng.random((size, len(own))), axis=1) + 1
            for i, name in enumerate(own):
                columns[name] = np.where(orders[:, i] <= q.places, orders[:, i], 0).astype(np.int8)
        if q.kind is Kind.MULTIPLE:
            gone = np.where(columns[own[0]] < 0, columns[own[0]], 0)
            for name in own:
                columns[name] = np.where(gone < 0, gone, np.maximum(columns[name], 0))
    return Dataset(
        asked,
        size,
        Labels(tuple(sorted(waves)), rng.integers(0, len(waves), size).astype(np.int32)),
        {
            "tier": Labels(
                tuple(segments), rng.choice(len(segments), size, p=list(shares)).astype(np.int32)
            )
        },
        columns,
    )


def found(data: Dataset, *, wave: str = WAVE, **more: object) -> Findings:
    """The findings of a dataset by tier."""
    from reports.build import build_findings

    settings: dict[str, object] = {"populations": {}, "provenance": PROVENANCE, **more}
    return build_findings(
        data.instrument,
        tally_by(data, "tier"),
        survey="case",
        wave=wave,
        by="tier",
        **settings,  # type: ignore[arg-type]
    )


THREE_ASKED = instrument(
    [
        question("overall", Role.OVERALL),
        question("p_price", Role.EXPERIENCE, attribute="price"),
        question("recommend", Role.RECOMMEND, range(11)),
    ],
    ("price",),
)
POOR: Row = {"overall": 2, "p_price": 2, "recommend": 5}
GOOD: Row = {"overall": 5, "p_price": 5, "recommend": 10}
