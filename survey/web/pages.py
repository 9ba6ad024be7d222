"""Which page comes next? The way through a questionnaire, as the answers given so far lead it.

Pages are counted from 1, as people see them. A page none of whose questions is asked is
passed over, forwards and backwards. Answers here are raw: what the form sent, as text.
"""

from __future__ import annotations

from collections.abc import Sequence

from instruments.answers import Answer, check_answers
from instruments.model import Instrument
from survey.fieldwork.drafts import Raw


def asked(instrument: Instrument, raw: Raw, *, perhaps: bool = False) -> frozenset[str]:
    """Ids of the questions that are asked, given the answers so far.

    A question whose condition hangs on a question that is itself not asked is not asked.
    With ``perhaps``, those are counted too whose condition is still to be answered.
    """
    answers = check_answers(instrument, raw).answers
    found: set[str] = set()
    for question in instrument.questions:
        condition = question.show_if
        if condition is None or (
            condition.question in found
            and (
                not condition.codes.isdisjoint(_codes(answers.get(condition.question)))
                or (perhaps and condition.question not in answers)
            )
        ):
            found.add(question.id)
    return frozenset(found)


def _codes(answer: Answer | None) -> Sequence[object]:
    return answer if isinstance(answer, list) else (answer,)


def pages_to_show(instrument: Instrument, raw: Raw, *, perhaps: bool = False) -> list[int]:
    """Numbers of the pages on which at least one question is asked; see :func:`asked`."""
    now = asked(instrument, raw, perhaps=perhaps)
    return [
        number
        for number, page in enumerate(instrument.pages, start=1)
        if any(question in now for question in page.questions)
    ]


def page_after(instrument: Instrument, raw: Raw, page: int) -> int | None:
    """The next page to show; None where this one is the last."""
    return next((number for number in pages_to_show(instrument, raw) if number > page), None)


def page_before(instrument: Instrument, raw: Raw, page: int) -> int | None:
    """The page shown before this one; None where this one is the first."""
    return next(
        (number for number in reversed(pages_to_show(instrument, raw)) if number < page), None
    )


def progress(instrument: Instrument, raw: Raw, page: int) -> tuple[int, int]:
    """Which section this page is, and of how many: (2, 5) is the second of five.

    Pages that may still be asked count until an answer rules them out, so that the end only
    ever comes nearer.
    """
    behind = [number for number in pages_to_show(instrument, raw) if number <= page]
    ahead = [number for number in pages_to_show(instrument, raw, perhaps=True) if number > page]
    return len(behind), len(behind) + len(ahead)


def page_of(instrument: Instrument, question_id: str) -> int:
    """The page that a question stands on."""
    return next(
        number
        for number, page in enumerate(instrument.pages, start=1)
        if question_id in page.questions
    )


def page_to_resume(instrument: Instrument, raw: Raw) -> int:
    """Where to go on: the first page not yet left by "Continue"; the last one if all were.

    Leaving a page by "Continue" notes every question asked there, blank ones too.
    """
    now = asked(instrument, raw)
    shown = pages_to_show(instrument, raw)
    for number in shown:
        questions = instrument.pages[number - 1].questions
        if any(question in now and question not in raw for question in questions):
            return number
    return shown[-1]
