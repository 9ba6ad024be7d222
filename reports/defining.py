"""What does an indicator count, in words? The company's definitions, as its reports print them."""

from __future__ import annotations

from collections.abc import Mapping

from instruments.model import Instrument, Role
from reports.findings import Unit
from reports.indicators.forms import is_scale
from reports.settings import Definitions
from reports.texts import N_, Words

PARTS: Mapping[str, str] = {
    "bought_again": N_("bought again"),
    "would_buy_again": N_("would buy again"),
    "would_recommend": N_("would recommend"),
}


def definition(
    words: Words, definitions: Definitions, key: str, asked: frozenset[str] = frozenset(PARTS)
) -> str:
    """What the share of that key counts, in words that follow its name; empty where that says it.

    ``asked``: the figures there are; a part of the return rate that was not asked is not named.

    >>> definition(Words("en"), Definitions(complaint_to_others=False), "complaint_rate")
    'complained to the company'
    """
    if key == "complaint_rate":
        if definitions.complaint_to_others:
            return words.gettext("complained, to the company or to others")
        return words.gettext("complained to the company")
    if key == "return_rate":
        parts = [part for part in definitions.return_parts if part in asked]
        return words.choice([words.gettext(PARTS[part]) for part in parts])
    texts = {
        "favourability": words.gettext("speak well of the company"),
        "named_choice": words.gettext("asked for the company by name when they last bought"),
        "sales_power": words.gettext("intend to buy more or other products"),
    }
    return texts.get(key, "")


def bought(words: Words, months: int) -> str:
    """Who is counted as having come back by purchases, within so many months.

    >>> bought(Words("en"), 1)
    'bought in the month before, and in this one'
    """
    if months == 1:
        return words.gettext("bought in the month before, and in this one")
    text = words.gettext("bought in the {number} months before the last {number}, and in these")
    return text.format(number=words.count(months))


def points_counted(
    words: Words, definitions: Definitions, instrument: Instrument, keys: frozenset[str]
) -> list[str]:
    """How many of the best points of a scale count as a yes, for those of ``keys`` there are.

    Only where the question is asked on a scale: a yes or no of its own needs no such words.
    """
    counted = {
        Role.FAVOURABILITY: ("favourability", definitions.speaks_well),
        Role.BUY_MORE: ("sales_power", definitions.wants_more),
        Role.BUY_AGAIN: ("would_buy_again", definitions.comes_back),
        Role.RECOMMEND: ("would_recommend", definitions.comes_back),
        Role.STAYS: ("stays_rate", definitions.comes_back),
    }
    by_number: dict[int, list[str]] = {}
    for role, (key, number) in counted.items():
        question = instrument.first(role)
        if key in keys and question is not None and is_scale(question):
            by_number.setdefault(number, []).append(words.indicator(key))
    return [
        words.ngettext(
            "The best point of a scale counts for {names}.",
            "The {number} best points of a scale count for {names}.",
            number,
        ).format(names=words.listing(names), number=words.count(number))
        for number, names in sorted(by_number.items())
    ]


def otherwise(words: Words, definitions: Definitions, keys: frozenset[str]) -> list[str]:
    """What a company set otherwise than it is unless set, for those of ``keys`` that were asked.

    >>> otherwise(Words("en"), Definitions(customer_value=1200.0), frozenset(["market_damage"]))
    ['A customer counts as worth 1,200 a year.']
    """
    usual, said = Definitions(), []
    if definitions.customer_value is not None and keys & {"market_damage", "value_at_risk"}:
        text = words.gettext("A customer counts as worth {value} a year.")
        said.append(text.format(value=words.value(Unit.MONEY, definitions.customer_value)))
    lost = definitions.lost
    if lost is not None and "lost_to_problems" in keys:
        text = words.gettext(
            "Customers lost to problems are stated, not measured: {silent} of those who told "
            "nobody, {content} of the content, {middling} of those in between, {discontent} of the "
            "discontent."
        )
        shares = {name: words.percent(getattr(lost, name)) for name in lost.__slots__}
        said.append(text.format(**shares))
    for names, key, text in (
        (
            ("secure", "favourable", "at_risk"),
            "sci_secure",
            N_(
                "Best points of a secure customer: {secure}, of a favourable one: {favourable}; "
                "worst points that put one at risk: {at_risk}."
            ),
        ),
        (
            ("satisfied", "loyal"),
            "loyalists",
            N_("Best points that are satisfied: {satisfied}, loyal: {loyal}."),
        ),
    ):
        own = {name: getattr(definitions, name) for name in names}
        if key in keys and own != {name: getattr(usual, name) for name in names}:
            counts = {name: words.count(number) for name, number in own.items()}
            said.append(words.gettext(text).format(**counts))
    return said
