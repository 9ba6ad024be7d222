"""What the company's books say, in tables: complaints and their handling, and who came back.

They stand beside what customers say of the same, and name what each figure is a part of. Where
nothing is on record there is no table, and no row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports import look
from reports.context import Context
from reports.defining import bought
from reports.findings import Figure, Reason, Unit
from reports.indicators.bases import Base
from reports.look import Style
from reports.pdf.blocks import Cell, Section, Table
from reports.periods import NotAPeriod, period
from reports.texts import N_

WIDTHS = (230.0, 58.0, 92.0, look.WIDTH - 380.0)
WIDE = (296.0, 40.0, 72.0, look.WIDTH - 408.0)
"""Of names that carry their definition."""

OF = {
    Base.ASKED: N_("{n} customers asked"),
    Base.SERVED: N_("{n} customers who bought"),
    Base.TRANSACTIONS: N_("{n} purchases"),
    Base.CASES: N_("{n} cases opened"),
    Base.CLOSED_OR_OVERDUE: N_("{n} cases closed or overdue"),
    Base.ONCE_CLOSED: N_("{n} cases closed"),
    Base.OPEN_CASES: N_("{n} cases open at the end"),
    Base.BOUGHT_BEFORE: N_("{n} customers before"),
    Base.CUSTOMERS_BEFORE: N_("{n} customers before"),
}
"""What a figure is a part of, with how many these are."""

RATES = ("logged_rate", "logged_per_transaction")
SHARES = ("on_time_rate", "reopened_rate", "backlog_age")
STRONG = Style(look.SMALL, bold=True, leading=11)

BOUGHT = {"return_rate_bought": "return_months", "retention": "retention_months"}
"""Figure of the purchases → the setting that says how many months it looks back."""

HALF, NINE_IN_TEN = N_("{name}: half of the cases"), N_("{name}: nine in ten")


def case_log(context: Context) -> Section | None:
    """How many complaints were logged, and how they were handled."""
    _, words = context.words.gettext, context.words
    rows = [*_rates(context), *_days(context), *_named(context, SHARES)]
    if not _any_value(context, (*RATES, "days_to_close", *SHARES)):
        return None
    title = _("What the complaint log says")
    closed = context.shown("days_to_close", "median")
    if closed is not None:
        days = words.value(Unit.DAYS, closed.value)
        title = words.ngettext(
            "Half of the complaints are closed within {days} day",
            "Half of the complaints are closed within {days} days",
            1 if days == words.count(1) else 2,
        ).format(days=days)
    subtitle = _(
        "From the complaint log: all that was logged, not a sample. A case that is still open "
        "counts for as long as it has been open."
    )
    return Section(title, subtitle, _table(context, rows, WIDTHS), context.lettering)


def purchases(context: Context) -> Section | None:
    """Who bought again and who stayed a customer, by purchases."""
    _, words = context.words.gettext, context.words
    if not _any_value(context, tuple(BOUGHT)):
        return None
    rows = [
        (_("{name}: {definition}").format(name=words.indicator(f.key), definition=text), f)
        for f in _present(context, tuple(BOUGHT))
        if (text := bought(words, _months(context, f.key)))
    ]
    title = _("What the purchases say")
    kept = context.shown("return_rate_bought")
    if kept is not None:
        title = _("{share} of the customers bought again").format(
            share=words.value(Unit.SHARE, kept.value)
        )
    subtitle = _("From the purchases of all customers, whether they answered or not.")
    return Section(title, subtitle, _table(context, rows, WIDE), context.lettering)


def _months(context: Context, key: str) -> int:
    """How many months a figure looks back, never fewer than are reported."""
    try:
        reported = len(period(context.findings.wave).waves)
    except NotAPeriod:
        reported = 1
    asked: int = getattr(context.findings.definitions, BOUGHT[key])
    return max(asked, reported)


Row = tuple[str, Figure]


def _rates(context: Context) -> Iterator[Row]:
    """Both rates of the log, after what customers say themselves."""
    voiced = context.shown("voiced_rate")
    logged = list(_named(context, RATES))
    if voiced is not None and logged:
        name = context.words.gettext("{name}, as customers say")
        yield name.format(name=context.words.indicator(voiced.key)), voiced
    yield from logged


def _days(context: Context) -> Iterator[Row]:
    _, words = context.words.gettext, context.words
    for key in ("days_to_answer", "days_to_close"):
        for figure in context.found.about(key):
            if figure.reason is not Reason.NO_RECORDS:
                text = HALF if figure.of == "median" else NINE_IN_TEN
                yield _(text).format(name=words.indicator(key)), figure


def _named(context: Context, keys: Sequence[str]) -> Iterator[Row]:
    for figure in _present(context, keys):
        yield context.words.indicator(figure.key), figure


def _present(context: Context, keys: Sequence[str]) -> list[Figure]:
    """Those figures for which there is something on record, hidden or not."""
    found = (context.found.figure(key) for key in keys)
    return [f for f in found if f is not None and f.reason is not Reason.NO_RECORDS]


def _any_value(context: Context, keys: Sequence[str]) -> bool:
    return any(context.each(key) for key in keys)


def _table(context: Context, rows: Sequence[Row], widths: Sequence[float]) -> Table:
    _ = context.words.gettext
    interval = _("{confidence} interval").format(confidence=context.confidence)
    head = [_("Indicator"), _("Value"), interval, _("of")]
    return Table(head, [_cells(context, *row) for row in rows], widths, context.lettering, pad=3.4)


def _cells(context: Context, name: str, figure: Figure) -> list[Cell]:
    words = context.words
    said = words.gettext(OF[Base(figure.base)]).format(n=words.count(figure.n)) if figure.n else ""
    if figure.value is None:
        reason = words.reason(figure.reason) if figure.reason else ""
        return [Cell(name, align="left"), Cell(""), Cell(reason), Cell(said)]
    ends = words.interval(figure.unit, figure.interval) if figure.interval else ""
    value = words.value(figure.unit, figure.value)
    return [Cell(name, align="left"), Cell(value, STRONG), Cell(ends), Cell(said)]
