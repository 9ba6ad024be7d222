"""What does an indicator count, in words? The company's definitions, as its reports print them."""

from __future__ import annotations

from collections.abc import Mapping

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


def points_counted(words: Words, definitions: Definitions, keys: frozenset[str]) -> list[str]:
    """How many of the best points of a scale count as a yes, for those of ``keys`` asked."""
    counted = {
        "favourability": definitions.speaks_well,
        "sales_power": definitions.wants_more,
        "would_buy_again": definitions.comes_back,
        "would_recommend": definitions.comes_back,
        "stays_rate": definitions.comes_back,
    }
    by_number: dict[int, list[str]] = {}
    for key, number in counted.items():
        if key in keys:
            by_number.setdefault(number, []).append(words.indicator(key))
    return [
        words.ngettext(
            "The best point of a scale counts for {names}.",
            "The {number} best points of a scale count for {names}.",
            number,
        ).format(names=words.listing(names), number=words.count(number))
        for number, names in sorted(by_number.items())
    ]
