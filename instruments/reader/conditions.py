"""Which questions are asked only after a certain answer? ``show_if``, checked as a whole.

A condition may only look back, at a question that is answered with codes. So no answer can
ever make itself vanish, and a questionnaire can be walked through page by page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from instruments.model import Condition, Kind
from instruments.problems import Notes, shown
from instruments.reader.questions import Draft
from instruments.reader.scales import code_of
from instruments.yaml_reader import ListNode, Scalar
from instruments.yaml_reader.fields import Fields, meant, open_fields


def resolve_conditions(drafts: Sequence[Draft], notes: Notes) -> None:
    """Give every draft its condition; note those that look at no earlier question with codes."""
    places: dict[str, int] = {}
    for place, draft in enumerate(drafts):
        if draft.question.id:
            places.setdefault(draft.question.id, place)
    for place, draft in enumerate(drafts):
        if draft.show_if is None:
            continue
        fields = open_fields(notes, draft.show_if, "show_if", ("question", "is"))
        found = _condition(fields, drafts, places, place) if fields is not None else None
        if found is None:
            draft.sound = False
        else:
            draft.question = replace(draft.question, show_if=found)


def _condition(
    fields: Fields, drafts: Sequence[Draft], places: dict[str, int], place: int
) -> Condition | None:
    node = fields.need("question")
    codes = _codes(fields)
    if node is None:
        return None
    asked = node.text if isinstance(node, Scalar) else ""
    if not asked:
        fields.notes.add(node.at, "question must be the id of a question")
    elif asked not in places:
        near = meant(fields.notes, asked, list(places))
        fields.notes.add(node.at, f"show_if names an unknown question {shown(asked)}{near}")
    elif places[asked] >= place:
        fields.notes.add(node.at, "show_if may only name an earlier question")
    elif codes is not None and drafts[places[asked]].sound:
        target = drafts[places[asked]].question
        if target.kind in (Kind.TEXT, Kind.RANK):
            fields.notes.add(node.at, f"show_if needs codes, and {asked} is answered without")
        missing = ", ".join(str(code) for code in sorted(codes.difference(target.codes)))
        if missing and target.codes:
            fields.notes.add(fields.at_value("is"), f"question {asked} has no code {missing}")
        return Condition(asked, codes)
    return None


def _codes(fields: Fields) -> frozenset[int] | None:
    """The codes under ``is``: one, or a list."""
    node = fields.need("is")
    if node is None:
        return None
    nodes = fields.items("is") if isinstance(node, ListNode) else (node,)
    found = [code_of(fields.notes, item, "is") for item in nodes or ()]
    if not found or None in found:
        return None
    return frozenset(code for code in found if code is not None)
