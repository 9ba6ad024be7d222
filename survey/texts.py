"""Which words does a page say? The fixed texts of public pages, in the reader's language.

What the questionnaire itself says stands in the instrument; here is what the pages around
it say: buttons, messages, the privacy notice. Source texts are English; the Chinese ones
stand in ``locale/zh/LC_MESSAGES/survey.po``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from instruments.answers import AnswerProblem, Reason
from instruments.catalogue import LANGUAGES, catalogue
from instruments.model import Question, Special


def N_(text: str) -> str:  # noqa: N802 (the name message extractors know)
    """Mark ``text`` for translation without translating it yet."""
    return text


SPECIALS = {
    Special.DONT_KNOW: N_("Don’t know"),
    Special.NOT_APPLICABLE: N_("Does not apply"),
    Special.REFUSED: N_("Prefer not to say"),
}
"""How an answer that is no point of the scale is offered."""

PROBLEMS = {
    Reason.REQUIRED: N_("Please answer this question."),
    Reason.NOT_OFFERED: N_("Please choose one of the answers offered."),
    Reason.NOT_A_NUMBER: N_("Please enter a whole number in digits, such as 3."),
    Reason.OUT_OF_RANGE: N_("Please enter a number from {low} to {high}."),
    Reason.DUPLICATE: N_("Please choose each one only once."),
    Reason.INCOMPLETE: N_("Please fill in the places in order, without leaving one out."),
    Reason.TOO_MANY: N_("Please choose no more than {limit}."),
    Reason.TOO_LONG: N_("Please shorten your text to {limit} characters or fewer."),
    Reason.INVALID_TEXT: N_("This text cannot be stored as it is. Please type it again."),
    Reason.UNKNOWN_QUESTION: N_("This question is not asked here."),
}
"""Why an answer was not taken, and what would be right."""

PLACES = (
    N_("Most important"),
    N_("Second most important"),
    N_("Third most important"),
)
"""What the first places of a ranking are called; later ones are numbered."""


FIELDS = {
    "tier": N_("customer tier"),
    "segment": N_("customer group"),
    "region": N_("region"),
    "product": N_("product"),
    "channel": N_("sales channel"),
    "branch": N_("branch"),
}
"""What the usual segment fields are called; a company's own ones go by its own word."""


class Words:
    """The fixed texts of the pages in one language (``en`` or ``zh``)."""

    def __init__(self, language: str) -> None:
        self.language = language
        texts = catalogue("survey", language)
        self.gettext = texts.gettext
        self.ngettext = texts.ngettext

    def special(self, special: Special) -> str:
        """How an answer that is no point of the scale is offered.

        >>> Words("en").special(Special.DONT_KNOW)
        'Don’t know'
        """
        return self.gettext(SPECIALS[special])

    def problem(self, problem: AnswerProblem, question: Question) -> str:
        """Why an answer to ``question`` was not taken, and what would be right.

        >>> from instruments.model import Kind, Role, Text
        >>> why = Question("why", "end", Kind.TEXT, Role.COMMENT, Text({"en": "Why?"}))
        >>> Words("en").problem(AnswerProblem("why", Reason.TOO_LONG, 5000), why)
        'Please shorten your text to 5,000 characters or fewer.'
        """
        return self.gettext(PROBLEMS[problem.reason]).format(
            limit=f"{problem.limit or 0:,}", low=question.minimum, high=question.maximum
        )

    def sentences(self, first: str, second: str) -> str:
        """Two sentences in a row, one of which may be empty.

        >>> Words("zh").sentences("您好。", "请坐。")
        '您好。请坐。'
        """
        if not first or not second:
            return first or second
        return self.gettext("{first} {second}").format(first=first, second=second)

    def fields(self, names: Sequence[str]) -> str:
        """Segment fields in a row, in words; there is at least one.

        >>> Words("en").fields(["tier", "region", "shoe_size"])
        'customer tier, region, shoe_size'
        """
        words = [self.gettext(FIELDS[name]) if name in FIELDS else name for name in names]
        both = self.gettext("{first}, {second}")
        return reduce(lambda first, second: both.format(first=first, second=second), words)

    def place(self, place: int) -> str:
        """The name of a place in a ranking, counted from 1.

        >>> Words("en").place(1), Words("en").place(4)
        ('Most important', 'Place 4')
        """
        if place <= len(PLACES):
            return self.gettext(PLACES[place - 1])
        return self.gettext("Place {place}").format(place=place)


def best_language(offered: Sequence[str], wishes: Sequence[str]) -> str:
    """The first wish that is offered, by its main part; else the first language offered.

    ``wishes`` are language tags, most wanted first, as a browser or a customer's record gives
    them. Only languages that the pages speak are ever chosen.

    >>> best_language(("en", "zh"), ("fr", "zh-CN"))
    'zh'
    """
    spoken = [language for language in offered if language in LANGUAGES] or list(LANGUAGES)
    for wish in wishes:
        main = wish.replace("_", "-").partition("-")[0].lower()
        if main in spoken:
            return main
    return spoken[0]
