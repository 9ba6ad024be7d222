"""How does a page of the questionnaire become a form? One field a question, built by WTForms.

A question's id is the name of its field, so that a form can be filled in by hand, by a
program, or all at once. Names of our own begin with ``_``, which no question's does.
"""

from __future__ import annotations

from collections.abc import Iterable

from wtforms.form import BaseForm

from instruments.answers import AnswerProblem
from instruments.model import Instrument, Kind, Page, Question
from survey.fieldwork.drafts import Raw
from survey.texts import Words
from survey.web.fields import Choice, QuestionField, SeveralField, Shown
from survey.web.pages import asked

SEVERAL = (Kind.MULTIPLE, Kind.RANK)
NO_ROW = 11
"""Scales with fewer points than this stand in one row of tiles; longer ones in two."""


def build_form(
    instrument: Instrument,
    page: Page,
    raw: Raw,
    words: Words,
    problems: Iterable[AnswerProblem] = (),
) -> BaseForm:
    """The form of a page, filled in with ``raw`` and with ``problems`` worded at their fields.

    Questions that an answer on the same page would open are built too, and marked hidden;
    those that an earlier page rules out are left out.
    """
    now = asked(instrument, raw)
    fields = {}
    for question in map(instrument.question, page.questions):
        opens_here = question.show_if is not None and question.show_if.question in page.questions
        if question.id in now or opens_here:
            kind = SeveralField if question.kind in SEVERAL else QuestionField
            fields[question.id] = kind(
                _shown(instrument, question, words, hidden=question.id not in now)
            )
    form = BaseForm(fields)
    form.process(data=dict(raw))
    for problem in problems:
        if problem.question in form:
            form[problem.question].errors = (words.problem(problem.reason, problem.limit),)
    return form


def _shown(instrument: Instrument, question: Question, words: Words, *, hidden: bool) -> Shown:
    language = words.language
    return Shown(
        question=question,
        text=question.text.of(language),
        hint=question.hint.of(language) if question.hint else "",
        choices=_choices(instrument, question, language),
        specials=[
            Choice(special.value, words.special(special), f"{question.id}-{special.value}")
            for special in question.specials
        ],
        places=[words.place(place) for place in range(1, question.places + 1)],
        hidden=hidden,
    )


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
