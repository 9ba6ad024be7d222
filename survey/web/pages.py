"""Which page comes next? The way through a questionnaire, as the answers given so far lead it.

Pages are counted from 1, as people see them. A page none of whose questions is asked is
passed over, forwards and backwards. Answers here are raw: what the form sent, as text.
"""

from __future__ import annotations

from collections.abc import Mapping

from instruments.model import Instrument

Raw = Mapping[str, str | list[str]]
"""Question id → what the form sent: one text, or several."""


def asked(instrument: Instrument, raw: Raw) -> frozenset[str]:
    """Ids of the questions that are asked, given the answers so far.

    A question whose condition hangs on a question that is itself not asked is not asked.
    """
    found: set[str] = set()
    for question in instrument.questions:
        condition = question.show_if
        if condition is None or (
            condition.question in found and condition.codes & chosen_codes(raw, condition.question)
        ):
            found.add(question.id)
    return frozenset(found)


def chosen_codes(raw: Raw, question_id: str) -> frozenset[int]:
    """The codes chosen in a question so far; what is no code is left out.

    >>> sorted(chosen_codes({"kind": ["1", "3", "dk"]}, "kind"))
    [1, 3]
    """
    given = raw.get(question_id, [])
    values = [given] if isinstance(given, str) else given
    return frozenset(int(value) for value in values if value.isascii() and value.isdecimal())


def pages_to_show(instrument: Instrument, raw: Raw) -> list[int]:
    """Numbers of the pages on which at least one question is asked, or could yet be.

    A page whose only questions hang on an answer given on that same page would never open;
    a checked instrument has none.
    """
    now = asked(instrument, raw)
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


def opened_by_this_page(instrument: Instrument, raw: Raw, page: int) -> list[str]:
    """Questions of a page that are asked because of an answer given on the same page."""
    here = instrument.pages[page - 1].questions
    now = asked(instrument, raw)
    return [
        question.id
        for question in map(instrument.question, here)
        if question.id in now and question.show_if and question.show_if.question in here
    ]
