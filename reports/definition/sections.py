"""What do the sections of a report definition say? Indicators, control charts, weighting.

Each gives the settings that it makes, by name; what is wrong is noted and left out.
"""

from __future__ import annotations

from collections.abc import Mapping

from instruments.problems import Notes, shown
from instruments.yaml_reader import ListNode, MappingNode, Node, Scalar
from instruments.yaml_reader.fields import Fields, decimal, open_fields, whole
from reports.aims import Aims
from reports.definition.values import made, numbers, says, some, text, words
from reports.periods import NotAPeriod, Period, period
from reports.quoted import Spread, Voicing
from reports.settings import CHARTED, FEWEST_OF_BASELINE, RETURNING, Definitions, Lost
from reports.statistics.control_charts.rules import Rule

POINTS = ("speaks_well", "wants_more", "comes_back")
CUSTOMERS = ("secure", "favourable", "at_risk", "satisfied", "loyal")
PARTS = ("ceiling", "least_explained")
THUMB = ("silent_per_voiced",)
MONTHS = ("return_months", "retention_months")
INDICATORS = (
    *POINTS,
    "return_parts",
    "complaint_to_others",
    *CUSTOMERS,
    *PARTS,
    "customer_value",
    "lost",
    *THUMB,
    *MONTHS,
)
ENDS = ("silent", "content", "middling", "discontent")
CHARTS = ("rules", "baselines")
VOICES = ("most", "length", "spread")
WEIGHTING = ("fields", "margins", "limits")
MEASURED, UNKNOWN = "measured", "unknown"
"""What ``lost`` and ``customer_value`` are unless they are set."""


def indicators(notes: Notes, node: Node) -> Mapping[str, object]:
    """What the indicators count: ``definitions``."""
    fields = open_fields(notes, node, "indicators", INDICATORS)
    if fields is None:
        return {}
    given: dict[str, object] = {**numbers(fields, (*POINTS, *CUSTOMERS, *PARTS, *THUMB, *MONTHS))}
    given["complaint_to_others"] = fields.flag("complaint_to_others", unless_said=True)
    given |= some("return_parts", words(fields, "return_parts", RETURNING))
    if not says(fields.get("customer_value"), UNKNOWN):
        given |= numbers(fields, ["customer_value"], f" or {UNKNOWN}")
    lost = fields.get("lost")
    if lost is not None and not says(lost, MEASURED):
        given |= some("lost", _lost(notes, lost))
    return some("definitions", made(Definitions, given, fields))


def _lost(notes: Notes, node: Node) -> Lost | None:
    if isinstance(node, Scalar):
        told = f"write {MEASURED}, or {', '.join(ENDS)} with a share each"
        notes.add(node.at, f"lost is {shown(node.text) or 'empty'}", told)
        return None
    fields = open_fields(notes, node, "lost", ENDS)
    if fields is None:
        return None
    for end in ENDS:
        fields.need(end, "write a share from 0 to 1")
    shares = numbers(fields, ENDS, prefix="lost.")
    return Lost(**shares) if len(shares) == len(ENDS) else None


def control_charts(notes: Notes, node: Node) -> Mapping[str, object]:
    """What is a signal, and which periods limits come from: ``chart_rules``, ``baselines``."""
    fields = open_fields(notes, node, "control_charts", CHARTS)
    if fields is None:
        return {}
    given = dict(some("chart_rules", words(fields, "rules", [rule.value for rule in Rule])))
    named = fields.get("baselines")
    rates = open_fields(notes, named, "baselines", CHARTED) if named is not None else None
    if rates is not None:
        found = {rate: _baseline(rates, rate) for rate in CHARTED if rate in rates}
        given["baselines"] = {rate: waves for rate, waves in found.items() if waves}
    return given


def _baseline(rates: Fields, rate: str) -> tuple[str, ...]:
    """The waves that a rate's limits come from; () where something is wrong with them."""
    found: dict[str, Period] = {}
    items, notes = rates.items(rate) or (), rates.notes
    for item in items:
        text = item.text if isinstance(item, Scalar) else ""
        try:
            wave = period(text)
        except NotAPeriod:
            notes.add(item.at, f"{shown(text) or 'this'} is no period", "write it like 2026-10")
            continue
        if text in found:
            notes.add(item.at, f"{text} is named twice", "name each period once")
        elif found and wave.length is not next(iter(found.values())).length:
            notes.add(item.at, f"{text} is not as long as those before", "name periods of one kind")
        found[text] = wave
    if items and len(items) < FEWEST_OF_BASELINE:
        told = f"name at least {FEWEST_OF_BASELINE}"
        notes.add(rates.at_value(rate), f"{rate} names too few periods", told)
        return ()
    return tuple(found)


def weighting(notes: Notes, node: Node) -> Mapping[str, object]:
    """By what answers are weighted: ``weighting``."""
    fields = open_fields(notes, node, "weighting", WEIGHTING)
    if fields is None:
        return {}
    named = [text(notes, item, "a segment field") for item in fields.items("fields") or ()]
    given: dict[str, object] = {"fields": tuple(filter(None, named)), "margins": _margins(fields)}
    limits = [decimal(item) for item in fields.items("limits") or ()]
    if limits and (len(limits) != 2 or None in limits):
        at = fields.at_value("limits")
        notes.add(at, "limits must be two numbers", "write the smallest and the largest weight")
    elif limits:
        given["limits"] = tuple(limits)
    return some("weighting", made(Aims, given, fields, "weighting."))


def voices(notes: Notes, node: Node) -> Mapping[str, object]:
    """Which comments are quoted: ``voices``."""
    fields = open_fields(notes, node, "voices", VOICES)
    if fields is None:
        return {}
    given: dict[str, object] = {**numbers(fields, ("most", "length"), prefix="voices.")}
    given |= some("spread", fields.word("spread", Spread))
    return some("voices", made(Voicing, given, fields, "voices."))


def _margins(fields: Fields) -> Mapping[str, Mapping[str, int]]:
    """Field → segment → customers; empty where any of them is wrong."""
    found: dict[str, dict[str, int]] = {}
    notes, before = fields.notes, fields.notes.total
    for name, margin in _entries(notes, fields.get("margins"), "margins"):
        found[name] = {}
        for segment, node in _entries(notes, margin, f"the margin of {shown(name)}"):
            customers = whole(node)
            if customers is None or customers < 0:
                told = f"{shown(segment)} has no number of customers"
                notes.add(node.at, told, "write a whole number")
            else:
                found[name][segment] = customers
    return found if notes.total == before else {}


def _entries(notes: Notes, node: Node | None, what: str) -> list[tuple[str, Node]]:
    if isinstance(node, MappingNode):
        return [(key, entry.value) for key, entry in node.entries.items()]
    if isinstance(node, (Scalar, ListNode)):
        notes.add(node.at, f"{what} must be entries of the form key: value")
    return []
