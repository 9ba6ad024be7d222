"""What is counted for an instrument, so that every indicator can be made from counts alone?

The plan follows the *roles* of the questions, never their ids. Every coded column is counted
in exactly those tables that some indicator needs: alone, or together with what it is compared
with (expectation with experience, overall satisfaction with each attribute, the parts of
loyalty with each other). How often a column was answered with a code is a margin of any table
it stands in. Where an indicator rests on many items at once (reliability, key drivers,
estimated weights), the sums of their codes and products are kept as a matrix
(:mod:`reports.tally.matrices`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from instruments.model import Instrument, Question, Role, question_columns
from reports.dataset import Missing
from reports.derived import (
    COMPLAINED,
    PROBLEM,
    RANKED,
    RECOVERY,
    VOICED,
    derived_codes,
    ranking_of,
)
from reports.tally.matrices import ItemSet, item_sets

Names = tuple[str, ...]

MISSING = tuple(sorted(int(kind) for kind in Missing))
"""Codes of the four kinds of missing, in the order in which tables hold them: first."""

ACSI = (Role.OVERALL, Role.CONFIRMATION, Role.IDEAL)
"""The three questions of an ACSI-type index."""

RETURN = (Role.BOUGHT_AGAIN, Role.BUY_AGAIN, Role.RECOMMEND)
"""The three parts of the return rate."""

SECURE = (Role.OVERALL, Role.BUY_AGAIN, Role.RECOMMEND)
"""What a secure customer answers best at once; also satisfaction × loyalty."""

LAYERS = (Role.OVERALL, Role.BOUGHT_AGAIN)
"""Satisfaction and behaviour: together they make the layers of loyalty."""

AFTER_RECOVERY = (Role.STAYS, Role.BUY_AGAIN, Role.TOLD, Role.OVERALL)
"""What the end of a problem is held against."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is counted: ``codes`` of each column, the ``tables`` and the ``matrices`` to fill.

    A table of columns *a*, *b* has shape (4 + codes of a, 4 + codes of b): along each axis the
    four kinds of missing, then the codes in the instrument's order.
    """

    codes: Mapping[str, tuple[int, ...]]
    tables: tuple[Names, ...]
    matrices: tuple[ItemSet, ...] = ()
    _found: dict[Names, Names | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def shape(self, table: Names) -> tuple[int, ...]:
        """The shape of a table."""
        return tuple(len(MISSING) + len(self.codes[name]) for name in table)

    def holding(self, names: Names) -> Names | None:
        """The smallest table that holds all these columns, or None; looked for once."""
        if names not in self._found:
            wanted = set(names)
            held = (table for table in self.tables if wanted <= set(table))
            self._found[names] = min(held, key=lambda t: math.prod(self.shape(t)), default=None)
        return self._found[names]


def plan_of(instrument: Instrument) -> Plan:
    """The plan for an instrument: joint tables by role, and every other column alone."""
    codes = {column.name: column.codes for column in instrument.columns()}
    codes.update(derived_codes(instrument))
    joint = tuple(dict.fromkeys(_joint(instrument, codes)))
    covered = {name for table in joint for name in table}
    alone = tuple((name,) for name in codes if name not in covered)
    return Plan(codes, (*joint, *alone), item_sets(instrument))


def _joint(instrument: Instrument, codes: Mapping[str, tuple[int, ...]]) -> Iterator[Names]:
    yield from _of_attributes(instrument)
    yield from combinations(_asked_once(instrument, ACSI), 2)
    for roles in (RETURN, SECURE, LAYERS):
        parts = _asked_once(instrument, roles)
        if len(parts) > 1:
            yield parts
    yield from _of_complaints(instrument, codes)
    ranking = ranking_of(instrument)
    if ranking is not None:
        yield from ((RANKED, name) for name in _columns(instrument, ranking))


def _of_attributes(instrument: Instrument) -> Iterator[Names]:
    """Expectation with experience, and overall satisfaction with experience, per attribute."""
    experiences = instrument.about(Role.EXPERIENCE)
    for attribute, expectation in instrument.about(Role.EXPECTATION).items():
        if attribute in experiences:
            yield expectation.id, experiences[attribute].id
    overall = instrument.first(Role.OVERALL)
    if overall is not None:
        yield from ((overall.id, experience.id) for experience in experiences.values())


def _of_complaints(instrument: Instrument, codes: Mapping[str, tuple[int, ...]]) -> Iterator[Names]:
    if PROBLEM in codes:
        yield from _each_with(instrument, PROBLEM, Role.PROBLEM_ATTRIBUTE, Role.PROBLEM_KIND)
        yield from ((PROBLEM, told) for told in (VOICED, COMPLAINED) if told in codes)
    if VOICED in codes:
        yield from _each_with(instrument, VOICED, Role.HANDLED, Role.HANDLING, Role.STAYS)
    if RECOVERY in codes:
        yield from _each_with(instrument, RECOVERY, *AFTER_RECOVERY)


def _asked_once(instrument: Instrument, roles: tuple[Role, ...]) -> Names:
    found = (instrument.first(role) for role in roles)
    return tuple(question.id for question in found if question is not None)


def _each_with(instrument: Instrument, column: str, *roles: Role) -> Iterator[Names]:
    for role in roles:
        question = instrument.first(role)
        if question is not None:
            yield from ((column, name) for name in _columns(instrument, question))


def _columns(instrument: Instrument, question: Question) -> Names:
    return tuple(column.name for column in question_columns(question, instrument.attributes))
