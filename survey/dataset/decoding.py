"""From answers as given to one byte an answer.

Four kinds of missing are kept apart: a question that ``show_if`` did not ask is *not
applicable*, one that was asked and left blank is *no answer*. A multiple question with nothing
ticked cannot be told from a blank one and counts as no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from instruments.model import Column, Condition, Instrument, Kind, Special, question_columns
from reports.dataset import Codes, Missing

READING = 1
"""Counts up when the same answers are to be read as other codes: what was read before is stale."""

_BLANK = int(Missing.NO_ANSWER)
_NOT_ASKED = int(Missing.NOT_APPLICABLE)
_SPECIAL: Mapping[object, int] = MappingProxyType(
    {
        Special.DONT_KNOW.value: int(Missing.DONT_KNOW),
        Special.NOT_APPLICABLE.value: int(Missing.NOT_APPLICABLE),
        Special.REFUSED.value: int(Missing.REFUSED),
    }
)

Answers = Mapping[str, Any]
Columns = dict[str, Codes]


def columns_of(instrument: Instrument, answers: Iterable[Answers]) -> Columns:
    """Answers of n respondents → column name → int8 codes, shape (n,)."""
    return Decoder(instrument).columns(answers)


class Decoder:
    """Decodes answers to one instrument: made once, used for many parts."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        asked = [question for question in instrument.questions if question.kind is not Kind.TEXT]
        self._ids = [question.id for question in asked]
        self._asked = [(q, question_columns(q, instrument.attributes)) for q in asked]
        self._known = [_known(columns[0]) for _question, columns in self._asked]

    def columns(self, answers: Iterable[Answers]) -> Columns:
        """Answers of n respondents → column name → int8 codes, shape (n,).

        Each is looked at once and may be forgotten then: fastest where they are decoded on the
        way.
        """
        # One row a respondent, turned into one tuple a question: both without a line of Python.
        rows = [tuple(map(answer.get, self._ids)) for answer in answers]
        given = zip(*rows, strict=True) if rows else repeat((), len(self._ids))
        filled: Columns = {}
        for (question, columns), known, values in zip(self._asked, self._known, given, strict=True):
            match question.kind:
                case Kind.MULTIPLE:
                    made = _listed({c.option: c.name for c in columns}, values, places=False)
                case Kind.RANK:
                    made = _listed({c.attribute: c.name for c in columns}, values, places=True)
                case _:
                    made = {question.id: _codes(known, values)}
            if question.show_if is not None:
                unasked = ~_asked(question.show_if, self.instrument, filled)
                for codes in made.values():
                    codes[unasked] = _NOT_ASKED
            filled |= made
        return filled


def _known(column: Column) -> Mapping[object, int]:
    """What may be answered → its code, as an unsigned byte."""
    known: dict[object, int] = {value: code % 256 for value, code in _SPECIAL.items()}
    return known | {code: code for code in column.codes}


def _codes(known: Mapping[object, int], given: Sequence[object]) -> Codes:
    """Codes of a question with one answer; what its scale does not hold is no answer."""
    try:
        found = bytearray(map(known.get, given, repeat(_BLANK % 256)))
    except TypeError:
        # A list: an older version asked the same question for several answers.
        single = (None if isinstance(value, list) else value for value in given)
        found = bytearray(map(known.get, single, repeat(_BLANK % 256)))
    return np.frombuffer(found, np.int8)


def _listed(by_item: Mapping[Any, str], given: Sequence[Any], *, places: bool) -> Columns:
    """One column an item of a list: its place (1 = first) or, for ticks, 1; 0 where not listed.

    Who gave no list has the reason in every column.
    """
    keys = [tuple(value) or None if type(value) is list else value for value in given]
    at = {item: column for column, item in enumerate(by_item)}
    rows = {key: _row(key, at, places=places) for key in set(keys)}
    codes = np.frombuffer(bytearray().join(map(rows.__getitem__, keys)), np.int8)
    table = np.ascontiguousarray(codes.reshape(len(keys), len(by_item)).T)
    return dict(zip(by_item.values(), table, strict=True))


def _row(key: object, at: Mapping[Any, int], *, places: bool) -> bytes:
    """The codes of one who listed these items, or gave this reason for listing none."""
    if not isinstance(key, tuple):
        return bytes([_SPECIAL.get(key, _BLANK) % 256]) * len(at)
    row = bytearray(len(at))
    for place, item in enumerate(key, start=1):
        if item in at:
            row[at[item]] = place if places else 1
    return bytes(row)


def _asked(condition: Condition, instrument: Instrument, filled: Columns) -> NDArray[np.bool_]:
    """Who was asked: those whose earlier answer is one of the condition's codes, shape (n,)."""
    earlier = instrument.question(condition.question)
    if earlier.kind is Kind.MULTIPLE:
        ticked = np.array([filled[f"{earlier.id}.{code}"] for code in sorted(condition.codes)])
        some: NDArray[np.bool_] = (ticked == 1).any(axis=0)
        return some
    return np.isin(filled[earlier.id], sorted(condition.codes))
