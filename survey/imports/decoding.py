"""What does one row of somebody else's file answer?

A :class:`FileMapping` says for each column which question it belongs to and what its codes
mean; :meth:`FileMapping.read` turns the cells of a row into raw answers, as a respondent
would have given them. Cells repeat, so each column remembers what it has decoded: a row of
20 answers costs some 20 dictionary look-ups.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from instruments.model import Kind, Question
from instruments.open_text import is_one_line
from instruments.problems import shown
from survey.fieldwork.waves import wave_of_day
from survey.imports.tables import SHEET_ERRORS, trim

Value = int | str | list[int] | None
"""One decoded cell: a code, a word (attribute, ``dk``, text), codes, or no answer."""

TICKS = MappingProxyType({"1": 1, "0": 0, "true": 1, "false": 0})
"""What a column of one option says, unless the mapping has codes for it."""
_WHOLE = re.compile(r"(-?\d{1,9})(?:\.0*)?", re.ASCII)


def cell_key(text: str) -> str:
    """What cells that mean the same have in common: case, white space, ways to write a number.

    >>> cell_key(" Yes "), cell_key("05"), cell_key("5.0"), cell_key("5.5")
    ('yes', '5', '5', '5.5')
    """
    key = trim(text).casefold()
    whole = _WHOLE.fullmatch(key)
    return str(int(whole[1])) if whole else key


class WrongCode(ValueError):
    """A cell means nothing under the mapping; the message says what and what would be right."""


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """What one column means.

    ``codes``: cell → code (or attribute id, in a ranking by places); None where the cell
    itself is the code. ``missing``: cell → ``dk``/``na``/``refused``, or None for no answer.
    ``option``: the column is one option of a multiple question, ticked or not. ``place``: it
    names the attribute ranked there. ``attribute``: it holds that attribute's place.
    ``separator``: it lists the codes of a multiple question. Keys are :func:`cell_key`.
    """

    column: str
    at: int
    question: Question
    codes: Mapping[str, int | str] | None = None
    missing: Mapping[str, str | None] = field(default_factory=dict)
    option: int | None = None
    place: int = 0
    attribute: str | None = None
    separator: str = ""
    _seen: dict[str, Value] = field(default_factory=dict, repr=False, compare=False)

    @property
    def form(self) -> str:
        """How the question is answered: ``whole``, or by ``option``, ``place``, ``attribute``."""
        if self.option is not None:
            return "option"
        if self.place:
            return "place"
        return "attribute" if self.attribute else "whole"

    @property
    def part(self) -> int | str | None:
        """Which part of the question the column holds; None for the whole."""
        return self.option or self.place or self.attribute

    def value(self, cells: Sequence[str]) -> Value:
        """What the row's cell says; raises :class:`WrongCode`."""
        text = cells[self.at]
        if self.question.kind is Kind.TEXT:
            return text if cell_key(text) not in ("", *self.missing) else None
        try:
            return self._seen[text]
        except KeyError:
            return self._seen.setdefault(text, self._decode(text))

    def _decode(self, text: str) -> Value:
        key = cell_key(text)
        if not key:
            return None
        if key in self.missing:
            return self.missing[key]
        if self.separator:
            ticked = filter(trim, text.split(self.separator))  # some programs end with one
            return [int(self._code(part)) for part in ticked] or None
        return self._code(text)

    def _code(self, text: str) -> int | str:
        key = cell_key(text)
        codes = TICKS if self.codes is None and self.option is not None else self.codes
        if codes is not None and key in codes:
            return codes[key]
        if codes is None and self.place:
            return trim(text)
        if codes is None and _WHOLE.fullmatch(key):
            return int(key)
        raise WrongCode(f"{shown(text)} is no code of question {self.question.id}")


@dataclass(frozen=True, slots=True)
class WaveRule:
    """To which wave and day an answer belongs: always the same, or by a date column.

    >>> WaveRule("", at=0, form="%d.%m.%Y").when(["24.12.2026"])
    ('2026-12', datetime.date(2026, 12, 24))
    >>> WaveRule("2015-06").when([])
    ('2015-06', datetime.date(2015, 6, 1))
    """

    wave: str
    at: int | None = None
    form: str = ""
    column: str = ""

    def when(self, cells: Sequence[str]) -> tuple[str, date]:
        """(wave, day); a fixed wave counts as answered on its first day. Raises WrongCode."""
        if self.at is None:
            return self.wave, date.fromisoformat(f"{self.wave}-01")
        text = trim(cells[self.at])
        try:
            day = datetime.strptime(text, self.form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            raise WrongCode(f"{shown(text)} is not a date like {self.form}") from None
        return wave_of_day(day), day


@dataclass(frozen=True, slots=True)
class LabelRule:
    """A word taken from a column, or always the same: a segment's value, a language.

    ``values``: :func:`cell_key` → word; None where the cell itself is the word.
    """

    name: str
    fixed: str = ""
    column: str = ""
    at: int | None = None
    values: Mapping[str, str] | None = None

    def word(self, cells: Sequence[str]) -> str:
        """The word for this row, ``fixed`` for a blank cell; raises :class:`WrongCode`."""
        if self.at is None:
            return self.fixed
        text = trim(cells[self.at])
        if not text:
            return self.fixed
        if text in SHEET_ERRORS:
            raise WrongCode(f"{text} is an error of the spreadsheet, not a value")
        if not is_one_line(text):
            raise WrongCode(f"{self.name} holds a line break or control character")
        if self.values is None:
            return text
        try:
            return self.values[cell_key(text)]
        except KeyError:
            raise WrongCode(f"{shown(text)} is none of the values of {self.name}") from None


Wrong = Callable[[str, str], None]
"""Told (column, what is wrong) for each cell that means nothing."""


@dataclass(frozen=True, slots=True)
class FileMapping:
    """What every column of a file means; made by :func:`survey.imports.mapping.read_mapping`.

    ``whole`` columns answer a question alone; ``parts`` groups the columns of a multiple or
    ranking question that has several. ``quoting_agreed``: whether all who wrote comments agreed to
    be quoted.
    """

    whole: tuple[ColumnRule, ...]
    parts: Mapping[str, tuple[ColumnRule, ...]]
    wave: WaveRule
    language: LabelRule
    segments: tuple[LabelRule, ...]
    id_at: int | None
    quoting_agreed: bool = False

    def read(self, cells: Sequence[str], wrong: Wrong) -> dict[str, Any]:
        """The raw answers of one row by question id; a blank is no answer and stays out."""
        raw: dict[str, Any] = {}
        for rule in self.whole:
            try:
                value = rule.value(cells)
            except WrongCode as error:
                wrong(rule.column, str(error))
                continue
            if value is not None:
                raw[rule.question.id] = value
        for question, rules in self.parts.items():
            try:
                together = _join(rules, [rule.value(cells) for rule in rules])
            except WrongCode as error:
                wrong(", ".join(rule.column for rule in rules), str(error))
                continue
            if together:
                raw[question] = together
        return raw

    def columns_of(self, question: str) -> str:
        """The columns that answer a question, for a message."""
        rules = self.parts.get(question) or [r for r in self.whole if r.question.id == question]
        return ", ".join(rule.column for rule in rules)


def _join(rules: Sequence[ColumnRule], values: Sequence[Value]) -> list[Any] | str | None:
    """One answer from several columns: ticked options, or attributes in order of importance."""
    given = [(rule, value) for rule, value in zip(rules, values, strict=True) if value is not None]
    reasons = {value for _, value in given if isinstance(value, str) and value in _REASONS}
    if reasons and len(reasons) == 1 and all(value in reasons for _, value in given):
        return str(reasons.pop())
    given = [(rule, value) for rule, value in given if value not in _REASONS]
    if rules[0].form == "option":
        return [rule.option for rule, value in given if value == 1]
    ranked: dict[Any, Any] = {}
    for rule, value in given:
        place, attribute = (rule.place, value) if rule.place else (value, rule.attribute)
        if place and ranked.setdefault(place, attribute) != attribute:
            raise WrongCode(f"two attributes stand on place {place}")
    if sorted(ranked) != list(range(1, len(ranked) + 1)):
        raise WrongCode("a place of the ranking is left out before one that is filled")
    return [ranked[place] for place in sorted(ranked)]


_REASONS = frozenset({"dk", "na", "refused"})
