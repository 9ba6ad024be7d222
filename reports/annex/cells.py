"""What stands in a cell of the annex: a number with its format, a day, a text, a link, or nothing.

A number is kept at full precision; its format only rounds what is seen. A text is always text: a
company named ``=1+1`` stays one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reports.findings import Unit

LONGEST = 32_767
"""UTF-16 units that a cell holds."""

FORMATS = {
    Unit.INDEX: "0.0",
    Unit.SHARE: "0.0%",
    Unit.POINTS: "0.00",
    Unit.NET: "+0%;-0%;0%",
    Unit.WEIGHT: "0.0%",
    Unit.COUNT: "#,##0",
    Unit.COEFFICIENT: "0.00",
    Unit.TIMES: "0.0",
    Unit.MONEY: "#,##0",
    Unit.RATE: "0.00%",
    Unit.DAYS: "0.0",
}
"""How a value of each unit is shown; a rate for each one as so many for a hundred."""

WHOLE, PERCENT, PROBABILITY, RATIO = "#,##0", "0%", "0.000", "0.00"
DAY = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class Number:
    """A number at full precision, and the number format that shows it."""

    value: float
    form: str = WHOLE


@dataclass(frozen=True, slots=True)
class Link:
    """The name of another sheet of the book, which leads there."""

    sheet: str


Cell = str | Number | Link | dt.date | None
"""What a cell holds; None leaves it empty."""


def measured(unit: Unit, value: float | None, *, signed: bool = False) -> Number | None:
    """A value in its unit; ``signed``: a difference, which shows its sign.

    >>> measured(Unit.POINTS, -0.25, signed=True)
    Number(value=-0.25, form='+0.00;-0.00;0.00')
    """
    if value is None:
        return None
    form = FORMATS[unit]
    if signed and ";" not in form:
        form = f"+{form};-{form};{form}"
    return Number(value, form)


def number(value: float | None, form: str = WHOLE) -> Number | None:
    """A number in that format, or nothing where there is none."""
    return None if value is None else Number(value, form)


def day(iso: str) -> dt.date | str:
    """A day as such; a text that is none as it is.

    >>> day("2026-10-31"), day("spring")
    (datetime.date(2026, 10, 31), 'spring')
    """
    try:
        return dt.date.fromisoformat(iso)
    except ValueError:
        return iso


def harmless(text: str) -> str:
    r"""``text`` as a cell can hold it: nothing invisible, and not more than fits.

    That takes the marks for bold type off a sentence, too. What looks like the markup of rich text
    within a cell would be written as such; a space behind it keeps it text.

    >>> harmless("Dave\x00\t& Co"), harmless("<r>x</r>"), len(harmless("a" * 40_000))
    ('Dave & Co', '<r>x</r> ', 32767)
    """
    kept = text if text.isprintable() else "".join(map(_shown, text))
    if len(kept) > LONGEST // 2 and len(kept.encode("utf-16-le")) > 2 * LONGEST:
        most = kept.encode("utf-16-le")[: 2 * (LONGEST - 1)]
        kept = most.decode("utf-16-le", "ignore") + "…"
    return f"{kept} " if kept.startswith("<r>") and kept.endswith("</r>") else kept


def _shown(character: str) -> str:
    """Control, direction, private and unassigned characters are dropped, as on paper."""
    if character.isprintable():
        return character
    return " " if character.isspace() else ""
