"""How does a page of the questionnaire become a form? One field a question, built by WTForms.

A question's id is the name of its field, so that a form can be filled in by hand, by a
program, or all at once. Names of our own begin with ``_``, which no question's does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType

from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from instruments.answers import AnswerProblem
from instruments.model import Instrument, Kind, Page, Question, Role
from survey.fieldwork.drafts import Raw
from survey.texts import N_, Words
from survey.web.fields import Choice, QuestionField, Shown
from survey.web.pages import asked

SIDES = MappingProxyType(
    {Role.EXPECTATION: N_("What you expected"), Role.EXPERIENCE: N_("What you experienced")}
)
"""What the two questions of an attribute are called where they stand side by side."""


@dataclass(frozen=True, slots=True)
class Card:
    """Questions shown in one frame, with a heading where they share one."""

    fields: tuple[QuestionField, ...]
    title: str = ""

    @property
    def wrong(self) -> bool:
        """Whether a message stands in this frame."""
        return any(field.errors for field in self.fields)


def build_form(
    instrument: Instrument,
    page: Page,
    raw: Raw,
    words: Words,
    problems: Iterable[AnswerProblem] = (),
) -> BaseForm:
    """The form of a page, filled in with ``raw`` and with ``problems`` worded at their fields.

    Questions that an earlier answer rules out are left out.
    """
    now = asked(instrument, raw)
    fields: dict[str, UnboundField[QuestionField]] = {}
    for question in map(instrument.question, page.questions):
        if question.id in now:
            shown = replace(
                _shown(instrument, question, words), legend=_legend(question, page, words)
            )
            fields[question.id] = UnboundField(QuestionField, shown)
    form = BaseForm(fields)
    form.process(data=dict(raw))
    for problem in problems:
        if problem.question in form:
            question = instrument.question(problem.question)
            form[question.id].errors = (words.problem(problem, question),)
    return form


def cards(instrument: Instrument, page: Page, form: BaseForm, words: Words) -> list[Card]:
    """The frames of a page in order: one a question, or one an attribute side by side."""
    fields = [field for field in form if isinstance(field, QuestionField)]
    if not page.side_by_side:
        return [Card((field,)) for field in fields]
    made: dict[str, Card] = {}
    for field in fields:
        attribute = field.shown.question.attribute
        if attribute is None:
            made[field.name] = Card((field,))
        elif attribute in made:
            made[attribute] = Card((*made[attribute].fields, field), made[attribute].title)
        else:
            made[attribute] = Card(
                (field,), instrument.attribute(attribute).text.of(words.language)
            )
    return list(made.values())


def _shown(instrument: Instrument, question: Question, words: Words) -> Shown:
    choices = _choices(instrument, question, words.language)
    return Shown(
        question=question,
        text=question.text.of(words.language),
        hint=_hint(question, words),
        choices=choices,
        specials=[
            Choice(special.value, words.special(special), f"{question.id}-{special.value}")
            for special in question.specials
        ],
        ends=[
            words.gettext("{code} = {label}").format(code=end.value, label=end.label)
            for end in (choices[0], choices[-1])
            if end.label
        ]
        if question.kind is Kind.SCALE
        else [],
        places=[words.place(place) for place in range(1, question.places + 1)],
        how=words.ngettext(
            "Tap one of them; tap it again to undo.",
            "Tap {places} of them; tap one again to undo.",
            question.places,
        ).format(places=question.places),
    )


def _legend(question: Question, page: Page, words: Words) -> str:
    """What a question is called in its frame: its text, unless the frame's title says it."""
    if page.side_by_side and question.attribute is not None and question.role in SIDES:
        return words.gettext(SIDES[question.role])
    return question.text.of(words.language)


def _hint(question: Question, words: Words) -> str:
    if question.hint is not None:
        return question.hint.of(words.language)
    if question.kind is Kind.NUMBER:
        return words.gettext("A whole number from {low} to {high}").format(
            low=question.minimum, high=question.maximum
        )
    if question.kind is Kind.RANK:
        return words.gettext("The most important one first")
    if question.kind is Kind.MULTIPLE:
        return words.gettext("Choose all that apply")
    if question.kind is Kind.TEXT and not question.required:
        return words.gettext("Optional")
    return ""


def _choices(instrument: Instrument, question: Question, language: str) -> list[Choice]:
    if question.kind is Kind.RANK:
        return [
            Choice(attribute.id, attribute.text.of(language), f"{question.id}-{attribute.id}")
            for attribute in instrument.attributes
        ]
    return [
        Choice(
            str(point.code),
            point.text.of(language) if point.text else "",
            f"{question.id}-{point.code}",
        )
        for point in question.points
    ]
