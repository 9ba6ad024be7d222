"""What do the company's books say: who came back, how many complained, how were they handled?

Beside what customers say they did (return rate, voiced rate) stands what the books have noted
(:mod:`reports.records`). Two rates of complaints, each with its own base: customers who
complained, of those who bought, which is a share; and complaints for each transaction, which may
come several to one. Times are those of all cases that were opened, the open ones included.

Intervals ask about the process behind: of the period itself, everything is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain
from operator import add

from instruments.model import Better
from reports.findings import ALL, Figure, Interval, Reason, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import Related, missing, share
from reports.protect import Hidden
from reports.records import NOTHING, TIER, Book, Booked, Counts, Moves, Reach, Records
from reports.settings import Settings
from reports.statistics import handling
from reports.statistics.rates import rate
from reports.statistics.survival import Curve, percentile

LOGGED = "logged complaints"
"""The group of both rates; everything about cases follows from it."""

OTHERS = ""
"""What cases are about that are named by no figure, taken together."""

MOVES = ("tier_rose", "tier_fell", "tier_left")
"""What became of the customers of a tier."""

PERCENTILES = {"median": 0.5, "p90": 0.9}

ELSEWHERE = "\0elsewhere"
"""The customers of all segments that the report does not name, in one."""

BookFamily = Callable[[Counts, Booked, Records, Settings], Iterator[Related]]
"""Figures that answer one question, from the books alone."""


def returning(
    counts: Counts, booked: Booked, records: Records, rules: Settings
) -> Iterator[Related]:
    """``return_rate_bought``: bought in the window before, and again in this one."""
    if Book.PURCHASES in records.books:
        own = counts if Reach.BOUGHT_BEFORE in booked.reach else NOTHING
        figure = _share("return_rate_bought", own.again, own.before, Base.BOUGHT_BEFORE, rules)
        yield Related("return rate, bought", (figure,))


def retaining(
    counts: Counts, booked: Booked, records: Records, rules: Settings
) -> Iterator[Related]:
    """``retention``: likewise in the longer window after which a customer counts as lost."""
    if Book.PURCHASES in records.books:
        own = counts if Reach.CUSTOMERS_BEFORE in booked.reach else NOTHING
        figure = _share("retention", own.kept, own.start, Base.CUSTOMERS_BEFORE, rules)
        yield Related("retention", (figure,))


def logged(counts: Counts, booked: Booked, records: Records, rules: Settings) -> Iterator[Related]:
    """``logged_rate`` of the customers served, ``logged_per_transaction``."""
    if not {Book.PURCHASES, Book.CASES} <= records.books:
        return
    known = {Reach.BOUGHT, Reach.CASES} <= booked.reach
    served, transactions = (counts.served, counts.transactions) if known else (0, 0)
    complained = _share(
        "logged_rate", counts.complaining, served, Base.SERVED, rules, better=Better.LOW
    )
    found = rate(counts.complaints if transactions else 0, transactions, rules.confidence)
    form = missing(
        "logged_per_transaction",
        Unit.RATE,
        Base.TRANSACTIONS,
        reason=Reason.NO_RECORDS,
        n=transactions,
        better=Better.LOW,
        scale=(0.0,),
    )
    if found.value is not None:
        form = replace(
            form,
            value=found.value,
            reason=None,
            count=found.count,
            se=found.se,
            interval=found.interval,
            interval_reason=None,
        )
    yield Related(LOGGED, (complained, form))


def handled(counts: Counts, booked: Booked, records: Records, rules: Settings) -> Iterator[Related]:
    """``days_to_answer``, ``days_to_close``, ``on_time_rate``, ``reopened_rate``, ``backlog_age``.

    Of the cases opened in the period; the backlog of all that are open at its end.
    """
    if Book.CASES not in records.books:
        return
    known = Reach.CASES in booked.reach
    cases, day = (counts if known else NOTHING).cases, booked.as_of
    curves = {"days_to_close": handling.times_to_close(cases.elements(), day)}
    if Book.ANSWERS in records.books:
        answered = handling.times_to_answer(cases.elements(), day)
        curves = {"days_to_answer": answered, **curves}
    for key, curve in curves.items():
        figures = tuple(_days(key, of, curve, rules) for of in PERCENTILES)
        yield Related(key.replace("_", " "), figures, (LOGGED,))
    if Book.TARGETS in records.books:
        found = handling.on_time(cases.elements(), day)
        figure = _share("on_time_rate", found.count, found.n, Base.CLOSED_OR_OVERDUE, rules)
        yield Related("on time", (figure,), (LOGGED,))
    if Book.REOPENED in records.books:
        found = handling.reopen_rate(cases.elements(), day)
        figure = _share(
            "reopened_rate", found.count, found.n, Base.ONCE_CLOSED, rules, better=Better.LOW
        )
        yield Related("reopened", (figure,), (LOGGED,))
    yield Related("backlog", (_backlog(counts if known else NOTHING, booked),), (LOGGED,))


def about(counts: Counts, booked: Booked, records: Records, rules: Settings) -> Iterator[Related]:
    """``logged_kind``, ``logged_attribute``: what the cases opened in the period are about.

    Shares of the cases for which the log notes it. What few cases of all customers are about is
    taken together, under no name: a word that the log uses once may be somebody's own.
    """
    if Book.CASES not in records.books:
        return
    known = counts if Reach.CASES in booked.reach else NOTHING
    noted = {"logged_kind": known.kinds, "logged_attribute": known.attributes}
    for key, field in (("logged_kind", "kinds"), ("logged_attribute", "attributes")):
        found, own = often(records, field, rules.smallest_base), noted[key]
        n = own.total()
        each = {of: own[of] for of in found.named}
        if found.others:
            each[OTHERS] = n - sum(each.values())
        shares = (
            _share(key, count, n, Base.NOTED, rules, better=Better.LOW, of=of)
            for of, count in each.items()
        )
        if each:
            yield Related(key.replace("_", " "), tuple(shares), (LOGGED,))


def moving(moves: Moves, rules: Settings) -> Related:
    """:data:`MOVES`: of the customers of a tier before the period."""
    counts = zip(MOVES, (moves.rose, moves.fell, moves.left), strict=True)
    good = {"tier_rose": Better.HIGH}
    shares = (
        _share(key, n, moves.graded, Base.GRADED, rules, better=good.get(key, Better.LOW))
        for key, n in counts
    )
    return Related("tiers", tuple(shares))


@dataclass(frozen=True, slots=True)
class Often:
    """What many cases are about, in order of the name, and whether others are about more."""

    named: tuple[str, ...]
    others: bool


def often(records: Records, field: str, few: int) -> Often:
    """What at least ``few`` cases of all customers are about in one of the periods.

    ``field``: of :class:`reports.records.Counts`. The same in all periods of a report, so that
    what a shorter one hides is found in a longer one.
    """
    most: Counter[str] = Counter()
    for booked in records.periods.values():
        nothing: Counter[str] = Counter()
        most |= reduce(add, (getattr(counts, field) for counts in booked.counts.values()), nothing)
    named = sorted(name for name, n in most.items() if n >= few)
    return Often(tuple(named), len(named) < len(most))


BOOK_FAMILIES: tuple[BookFamily, ...] = (returning, retaining, logged, handled, about)
"""In an order in which a group comes after those whose figures it follows from."""

FOLLOWED_BOOKS: tuple[BookFamily, ...] = (returning, logged)
"""What is followed from wave to wave."""


def _share(
    key: str,
    count: int,
    n: int,
    base: Base,
    rules: Settings,
    *,
    better: Better = Better.HIGH,
    of: str = "",
) -> Figure:
    if not n:
        return missing(
            key, Unit.SHARE, base, of=of, reason=Reason.NO_RECORDS, better=better, scale=(0.0, 1.0)
        )
    return share(key, count, n, rules.confidence, base=base, better=better, of=of)


def _days(key: str, of: str, curve: Curve, rules: Settings) -> Figure:
    """Days until that share of the cases has come so far; open cases have no end yet."""
    found = percentile(curve, PERCENTILES[of], rules.confidence)
    reason = Reason.NOT_REACHED if curve.cases else Reason.NO_RECORDS
    figure = missing(
        key,
        Unit.DAYS,
        Base.CASES,
        of=of,
        reason=reason,
        n=curve.cases,
        better=Better.LOW,
        scale=(0.0,),
    )
    if found.days is None:
        return figure
    figure = replace(figure, value=float(found.days), reason=None)
    if found.low is None or found.high is None:
        return figure
    ends = Interval(float(found.low), float(found.high), found.method, found.confidence)
    return replace(figure, interval=ends, interval_reason=None)


def _backlog(counts: Counts, booked: Booked) -> Figure:
    """``backlog_age``: days that half of the open cases have been open at least; no estimate."""
    found = handling.backlog(counts.open.elements(), booked.as_of)
    figure = missing(
        "backlog_age",
        Unit.DAYS,
        Base.OPEN_CASES,
        reason=Reason.NO_RECORDS,
        n=found.open,
        better=Better.LOW,
        scale=(0.0,),
    )
    if found.median_age is None:
        return figure
    age = float(found.median_age)
    return replace(figure, value=age, reason=None, interval_reason=Reason.NOT_AN_ESTIMATE)


def booked_figures(
    records: Records,
    name: str,
    segments: Iterable[str],
    rules: Settings,
    families: Sequence[BookFamily] = BOOK_FAMILIES,
) -> Mapping[str, tuple[Related, ...]]:
    """Segment → the figures of one period from the books; empty where there are none.

    Of ``all``, the plain sum of everybody in the books, of ``segments``, and of :data:`ELSEWHERE`,
    which is for hiding only: what is left of ``all`` beside the segments that are named.
    """
    if not records.books and not records.graded:
        return {}
    booked, named = records.of(name), set(segments)
    counted = booked.by(records.by)
    moves = booked.moves or {}
    left = [counts for segment, counts in counted.items() if segment not in named]
    gone = [own for segment, own in moves.items() if segment not in named]
    parts = {
        ALL: (reduce(add, counted.values(), NOTHING), reduce(add, moves.values(), Moves())),
        **{s: (counted.get(s, NOTHING), moves.get(s, Moves())) for s in named},
        **(
            {ELSEWHERE: (reduce(add, left, NOTHING), reduce(add, gone, Moves()))}
            if left or gone
            else {}
        ),
    }
    graded = records.graded and records.by == TIER and families == BOOK_FAMILIES
    return {
        segment: (
            *_figures(counts, booked, records, rules, families),
            *([moving(own, rules)] if graded else []),
        )
        for segment, (counts, own) in parts.items()
    }


def _figures(
    counts: Counts,
    booked: Booked,
    records: Records,
    rules: Settings,
    families: Sequence[BookFamily],
) -> tuple[Related, ...]:
    made = (family(counts, booked, records, rules) for family in families)
    return tuple(chain.from_iterable(made))


def told_by_others(
    records: Records, name: str, rules: Settings, families: Sequence[BookFamily] = BOOK_FAMILIES
) -> Mapping[str, Hidden]:
    """Related figures → segments to hide in them, because a report by another field lies beside.

    Where a segment lies within one of another field and few lie around it there, both reports
    together would give these away, as with answers (:mod:`reports.crossing`).
    """
    booked, few = records.of(name), rules.smallest_base
    by, own = records.by, booked.by(records.by)
    hidden: dict[str, dict[str, Reason]] = {}
    for field in records.fields if by in records.fields else ():
        around = booked.by(field)
        for inner, outer in booked.nested(by, field) if field != by else ():
            less = _figures(own[inner], booked, records, rules, families)
            more = _figures(around[outer], booked, records, rules, families)
            for group, wider in zip(less, more, strict=True):
                bases = zip(group.figures, wider.figures, strict=True)
                if any(figure.n >= few and 0 < other.n - figure.n < few for figure, other in bases):
                    hidden.setdefault(group.name, {})[inner] = Reason.PROTECTS_ANOTHER
    return hidden


def with_books(
    answers: Mapping[str, Sequence[Related]], booked: Mapping[str, Sequence[Related]]
) -> Mapping[str, Sequence[Related]]:
    """Segment → the figures of answers, then those from the books; nobody answered elsewhere."""
    found = {segment: (*own, *booked.get(segment, ())) for segment, own in answers.items()}
    if ELSEWHERE in booked:
        nobody = [
            replace(group, figures=tuple(replace(figure, n=0) for figure in group.figures))
            for group in answers[ALL]
        ]
        found[ELSEWHERE] = (*nobody, *booked[ELSEWHERE])
    return found
