"""How is a question shown? Form fields that keep what was typed and know their place on paper.

The fields are WTForms fields, but judge nothing: what is allowed is decided in one place,
:func:`instruments.answers.check_answers`, and its problems are written into ``errors``. Each
kind of field names the macro in ``parts/fields.html`` that draws it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import Field, StringField

from instruments.model import Kind, Question


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what is sent, what is read, and the id of its input."""

    value: str
    label: str
    id: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a field needs to draw itself: the question and its words in the page's language.

    ``choices`` are points or options, ``specials`` the answers beside the scale, ``places``
    the names of the places of a ranking. ``low`` and ``high`` stand at the ends of a scale.
    ``hidden`` questions wait for an answer on the same page.
    """

    question: Question
    text: str
    hint: str = ""
    low: str = ""
    high: str = ""
    choices: Sequence[Choice] = ()
    specials: Sequence[Choice] = ()
    places: Sequence[str] = ()
    hidden: bool = False

    @property
    def opened_by(self) -> str:
        """``question:code,code`` of the condition, for the script that opens it at once."""
        condition = self.question.show_if
        if condition is None:
            return ""
        return f"{condition.question}:{','.join(map(str, sorted(condition.codes)))}"


class QuestionField(StringField):
    """One answer as text: a point, an option, a number, or open text."""

    def __init__(self, shown: Shown, **kwargs: Any) -> None:
        super().__init__(shown.text, **kwargs)
        self.shown = shown
        self.macro = {
            Kind.SCALE: "scale",
            Kind.SINGLE: "options",
            Kind.NUMBER: "number",
            Kind.TEXT: "text",
        }[shown.question.kind]
        # Where the label of an error leads: the input itself, or the first of a group.
        self.focus_id = shown.choices[0].id if shown.choices else self.id

    def is_chosen(self, value: str) -> bool:
        """Whether this value is the answer so far."""
        return bool(self.data == value)


class SeveralField(Field):
    """Several answers: any options, or attributes in order of importance.

    ``data`` is the list as sent. In a ranking it holds one entry a place, ``""`` where none
    was chosen.
    """

    def __init__(self, shown: Shown, **kwargs: Any) -> None:
        super().__init__(shown.text, **kwargs)
        self.shown = shown
        self.macro = "ranking" if shown.question.kind is Kind.RANK else "options"
        self.focus_id = f"{self.id}-1" if self.macro == "ranking" else shown.choices[0].id

    def process_data(self, value: Iterable[str] | None) -> None:
        """Take what was stored; nothing stored is nothing chosen."""
        self.data = list(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent."""
        self.data = list(valuelist)

    def is_chosen(self, value: str) -> bool:
        """Whether this value is among the answers so far."""
        return value in self.data

    def in_place(self, place: int) -> str:
        """What stands in a place of a ranking, counted from 1; ``""`` for nothing."""
        return str(self.data[place - 1]) if place <= len(self.data) else ""
