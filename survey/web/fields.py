"""How is a question shown? Form fields that keep what was typed and know their words.

The fields are WTForms fields, but judge nothing: what is allowed is decided in one place,
:func:`instruments.answers.check_answers`, and its problems are written into ``errors``. Each
field names the macro in ``parts/fields.html`` that draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from wtforms import Field

from instruments.model import Kind, Question

MACROS = MappingProxyType(
    {
        Kind.SCALE: "scale",
        Kind.SINGLE: "options",
        Kind.MULTIPLE: "options",
        Kind.RANK: "ranking",
        Kind.NUMBER: "number",
        Kind.TEXT: "text",
    }
)
TILES_IN_A_ROW = 6
"""More tiles than this would be narrower than a finger on a small phone: they take two rows."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what is sent, what is read, and the id of its input."""

    value: str
    label: str
    id: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A question and its words in the page's language.

    ``legend`` is what the question is called in its frame, ``text`` what it is called alone.
    ``choices`` are points, options or attributes; ``specials`` the answers beside them;
    ``ends`` what the ends of a scale mean; ``places`` the names of the places of a ranking
    and ``how`` what its script says to do.
    """

    question: Question
    text: str
    legend: str = ""
    hint: str = ""
    choices: Sequence[Choice] = ()
    specials: Sequence[Choice] = ()
    ends: Sequence[str] = ()
    places: Sequence[str] = ()
    how: str = ""

    @property
    def columns(self) -> int:
        """Tiles in a row on a phone: all up to six, else half of them, rounded up."""
        tiles = len(self.choices)
        return tiles if tiles <= TILES_IN_A_ROW else (tiles + 1) // 2


class QuestionField(Field):
    """One question on a form; ``data`` is what its inputs sent, blank entries included.

    A ranking sends one entry a place, ``""`` where none was chosen; so entries keep their
    order and number.
    """

    data: list[str]

    def __init__(self, shown: Shown, **kwargs: Any) -> None:
        super().__init__(shown.text, **kwargs)
        self.shown = shown
        self.macro = MACROS[shown.question.kind]
        self.input_type = "checkbox" if shown.question.kind is Kind.MULTIPLE else "radio"

    def process_data(self, value: str | Sequence[str] | None) -> None:
        """Take what was kept: one text, or several."""
        self.data = [value] if isinstance(value, str) else list(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent."""
        self.data = list(valuelist)

    @property
    def typed(self) -> str:
        """What stands in the one text input; an answer chosen beside it does not."""
        beside = {choice.value for choice in self.shown.specials}
        return next((value for value in self.data if value not in beside), "")

    @property
    def focus_id(self) -> str:
        """Where the link of a problem leads: the first input of the question."""
        if self.macro == "ranking":
            return f"{self.id}-1"
        return self.shown.choices[0].id if self.shown.choices else str(self.id)

    @property
    def described_by(self) -> str:
        """Ids of the hint and the messages that belong to the question."""
        hint = [f"{self.id}-hint"] if self.shown.hint else []
        return " ".join(hint + ([f"{self.id}-error"] if self.errors else []))

    def is_chosen(self, value: str) -> bool:
        """Whether this value is among the answers so far."""
        return value in self.data

    def in_place(self, place: int) -> str:
        """What stands in a place of a ranking, counted from 1; ``""`` for nothing."""
        return self.data[place - 1] if place <= len(self.data) else ""
