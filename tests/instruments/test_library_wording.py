"""Shipped questionnaires as a survey methodologist reads them, as far as a program can.

One idea an item, balanced scales, a way out of every list, the same words for the same figure,
and nothing asked of those whom it does not concern.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest

from instruments import library
from instruments.answers import check_answers
from instruments.model import Better, Instrument, Kind, Means, Question, Role, Special
from instruments.reader.whole import Rater

MONTHLY = library.read("monthly_satisfaction")
NAMES = ("service_quality", "complaint_capture", "loyalty", "lost_customers")
ALL = [library.read(name) for name in NAMES]
LONGEST = 20
"""English words of a question; longer ones are read twice, or not at all."""

SERVICE = [
    "on_time",
    "first_time",
    "billing",
    "reachable",
    "waiting",
    "help",
    "knowledge",
    "advice",
    "listening",
    "needs",
    "premises",
    "papers",
]
PAGES = {
    "service_quality": [
        "used_where",
        " ".join(f"service_expected_{name}" for name in SERVICE),
        " ".join(f"service_experienced_{name}" for name in SERVICE),
        "overall effort recommend comment",
    ],
    "complaint_capture": [
        "purpose",
        "problem_kind what_happened noticed order",
        "serious put_right told_before",
        "handled contacts result speed treatment",
        "handling effort stays handling_comment",
        "contact_by quote",
        "contact_consent",
        "contact_name contact_at",
    ],
    "loyalty": [
        "bought_again named_choice",
        "overall problem",
        "problem_kind voiced",
        "handled handling stays",
        "recommend buy_again buy_more price_tolerance",
        "favourability told",
        "customer_for why_here why_elsewhere",
    ],
    "lost_customers": [
        "buys_now last_bought",
        "why where_to",
        "now_from main_cause announced was_asked weighed",
        "overall problem",
        "problem_attribute voiced",
        "silent_because handled handling",
        "bring_back buy_again",
        "favourability told may_contact",
        "contact_at",
    ],
}
"""Pages and question ids of version 1. Ids are never changed: answers carry them."""

CODES = {
    ("service_quality", "used_where"): [1, 2, 3, 4, 5],
    ("complaint_capture", "purpose"): [1, 2],
    ("complaint_capture", "problem_kind"): [1, 2, 3, 4, 5, 7, 6],
    ("complaint_capture", "noticed"): [1, 2, 3, 4],
    ("complaint_capture", "put_right"): [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    ("complaint_capture", "contacts"): [1, 2, 3, 4],
    ("complaint_capture", "contact_by"): [1, 2, 3, 4],
    ("lost_customers", "buys_now"): [1, 2, 3, 4],
    ("lost_customers", "where_to"): [1, 2, 3, 4, 5, 6],
    ("lost_customers", "main_cause"): [1, 2, 8, 3, 4, 5, 6, 7],
    ("lost_customers", "silent_because"): [1, 2, 3, 4, 5, 6, 7],
    ("lost_customers", "bring_back"): [1, 2, 3, 4, 5, 6, 7, 8, 9],
}
"""Codes of version 1 of what only these ask; these are never changed either."""

PERIODS = re.compile(
    r"the past (month|three months|two years|12 months)|过去(一个月|三个月|两年|12个月)"
)
OWN_WORDS = {Role.OVERALL, Role.PROFILE, Role.COMMENT, Role.OTHER, Role.IMPORTANCE, Role.EFFORT}
"""Roles whose question is each questionnaire's own."""

COMPLAINT = library.read("complaint_capture")
UNIPOLAR = {"serious"}
"""How much of one bad thing, from none on; all other scales have a good half and a bad one."""

ROLES = {
    "service_quality": {
        Role.EXPECTATION, Role.EXPERIENCE, Role.OVERALL, Role.EFFORT, Role.RECOMMEND,
        Role.PROFILE, Role.COMMENT,
    },
    "complaint_capture": {
        Role.PROBLEM_KIND, Role.HANDLED, Role.HANDLING, Role.EFFORT, Role.STAYS, Role.QUOTE,
        Role.COMMENT, Role.PERSONAL, Role.OTHER,
    },
    "loyalty": {
        Role.OVERALL, Role.PROBLEM, Role.PROBLEM_KIND, Role.VOICED, Role.TOLD, Role.HANDLED,
        Role.HANDLING, Role.STAYS, Role.RECOMMEND, Role.BUY_AGAIN, Role.BOUGHT_AGAIN,
        Role.FAVOURABILITY, Role.NAMED_CHOICE, Role.BUY_MORE, Role.PRICE_TOLERANCE,
        Role.PROFILE, Role.COMMENT,
    },
    "lost_customers": {
        Role.IMPORTANCE, Role.OVERALL, Role.PROBLEM, Role.PROBLEM_ATTRIBUTE, Role.VOICED,
        Role.HANDLED, Role.HANDLING, Role.BUY_AGAIN, Role.FAVOURABILITY, Role.TOLD,
        Role.COMMENT, Role.PERSONAL, Role.OTHER,
    },
}  # fmt: skip
"""What each questionnaire is asked for."""

each = pytest.mark.parametrize("instrument", ALL, ids=NAMES)


def anytime(question: Question, language: str) -> str:
    """The wording of a question, with any period in the place of its own."""
    return PERIODS.sub("…", question.text.of(language))


def written(instrument: Instrument) -> list[Question]:
    """The questions that are sentences of their own, not elements under a heading."""
    return [question for question in instrument.questions if question.attribute is None]


@each
def test_pages_and_ids_stay_as_they_are(instrument: Instrument) -> None:
    """A change of an id, or of what stands on which page, is a new version, and shows here."""
    found = [" ".join(page.questions) for page in instrument.pages]
    assert found == PAGES[instrument.id]
    assert instrument.version == 1


@pytest.mark.parametrize(("name", "question"), CODES)
def test_codes_stay_as_they_are(name: str, question: str) -> None:
    """A stored code means the same for ever, wherever in the list it stands."""
    assert list(library.read(name).question(question).codes) == CODES[name, question]


@each
def test_it_asks_for_what_it_is_for(instrument: Instrument) -> None:
    """A role that is gone is a figure that is gone from every report."""
    assert {question.role for question in instrument.questions} == ROLES[instrument.id]


@each
def test_an_item_holds_one_idea(instrument: Instrument) -> None:
    """No element and no question joins two things that could be answered apart."""
    for attribute in instrument.attributes:
        assert not re.search(r"\band\b|/|,", attribute.text.of("en")), attribute.id
        assert not re.search(r"[和与及、]", attribute.text.of("zh")), attribute.id
    for question in written(instrument):
        assert not re.search(r"\band\b|/", question.text.of("en")), question.id
        assert len(question.text.of("en").split()) <= LONGEST, question.id
        assert question.text.of("en").endswith("?"), question.id
        assert question.text.of("zh").endswith("？"), question.id


@each
def test_stems_name_both_ends(instrument: Instrument) -> None:
    """Who is asked how satisfied they are is asked how dissatisfied, too; likewise of effort."""
    for question in written(instrument):
        english, chinese = question.text.of("en"), question.text.of("zh")
        if "satisfied" in english:
            assert "satisfied or dissatisfied" in english
            assert "满意还是不满意" in chinese
        if "easy" in english:
            assert "easy or difficult" in english
            assert "容易还是困难" in chinese


@each
def test_scales_are_balanced_around_a_middle(instrument: Instrument) -> None:
    """Five points, all with words; effort has the seven that its figure counts on."""
    for question in instrument.questions:
        if question.kind is Kind.SCALE and question.role is not Role.RECOMMEND:
            size = 7 if question.role is Role.EFFORT else 5
            assert question.codes == tuple(range(1, size + 1)), question.id
            assert all(point.text for point in question.points), question.id
            assert (question.better is Better.LOW) == (question.id in UNIPOLAR), question.id


@each
def test_lists_have_a_way_out(instrument: Instrument) -> None:
    """A list of more than five options that stand in no order has one for whatever is missing."""
    lists = (Kind.SINGLE, Kind.MULTIPLE)
    for question in instrument.questions:
        if question.kind in lists and len(question.points) > 5:
            other = any(point.other for point in question.points)
            assert other or question.options_are_attributes, question.id
            if question.options_are_attributes:
                assert Special.NOT_APPLICABLE in question.specials, question.id


@each
def test_little_must_be_answered(instrument: Instrument) -> None:
    """At most three answers are demanded of anybody, and contact details of nobody unasked."""
    required = [question for question in instrument.questions if question.required]
    assert len(required) <= 3
    for question in instrument.questions:
        if question.role is Role.PERSONAL:
            assert question.show_if is not None, question.id


@pytest.mark.parametrize("name", ["loyalty", "lost_customers"])
def test_the_same_figure_is_asked_in_the_same_words(name: str) -> None:
    """What may stand beside the monthly survey's figure has its question, but for the period."""
    for question in written(library.read(name)):
        same = MONTHLY.first(question.role)
        if same is None or question.role in OWN_WORDS:
            continue
        for language in ("en", "zh"):
            assert anytime(question, language) == anytime(same, language), question.id
        assert [p.code for p in question.points] == [p.code for p in same.points], question.id


@each
def test_a_code_means_the_same_in_all_of_them(instrument: Instrument) -> None:
    """Kinds of problems, points, meanings: as in the monthly survey, whatever comes besides."""
    for question in written(instrument):
        same = MONTHLY.first(question.role)
        if same is None or question.role in OWN_WORDS or question.options_are_attributes:
            continue
        assert [p for p in same.points if p not in question.points] == [], question.id


def test_each_dimension_of_service_has_several_elements() -> None:
    """A dimension's gap is a mean of at least two, and all five dimensions are asked about."""
    found = Counter(a.dimension for a in library.read("service_quality").attributes)
    assert set(found) == set(Rater)
    assert min(found.values()) >= 2


def test_expectation_comes_on_a_page_before_experience() -> None:
    """Who has just rated the experience no longer knows what was expected."""
    instrument = library.read("service_quality")
    before, after = (
        [q.id for q in instrument.with_role(role)] for role in (Role.EXPECTATION, Role.EXPERIENCE)
    )
    pages = [list(page.questions) for page in instrument.pages]
    assert pages.index(after) == pages.index(before) + 1


def test_a_complaint_is_taken_without_a_name() -> None:
    """Nothing about the person is asked before they want an answer and agree to its keeping."""
    answers = {"purpose": 1, "what_happened": "The pump leaks.", "contact_by": 4}
    checked = check_answers(COMPLAINT, answers | {"contact_name": "Dave", "contact_at": "555"})
    assert checked.problems == ()
    assert checked.comments == {"what_happened": "The pump leaks."}


def test_contact_details_need_consent() -> None:
    """Who wants a call but does not agree gives no number; who agrees must give one."""
    answers = {"purpose": 1, "what_happened": "The pump leaks.", "contact_by": 1}
    refused = check_answers(COMPLAINT, answers | {"contact_consent": 2, "contact_at": "555"})
    assert "contact_at" not in refused.comments
    agreed = check_answers(COMPLAINT, answers | {"contact_consent": 1})
    assert [problem.question for problem in agreed.problems] == ["contact_at"]


def test_who_judges_the_handling_is_not_asked_what_happened() -> None:
    """The two purposes of the complaint page share only its end."""
    shared = {"purpose", "contact_by", "quote", "contact_consent", "contact_name", "contact_at"}
    ways = {1: set[str](), 2: set[str]()}
    for question in COMPLAINT.questions:
        on = question.show_if
        if question.id not in shared:
            assert on is not None
            assert on.question == "purpose"
            (code,) = on.codes
            ways[code].add(question.id)
    assert {"problem_kind", "what_happened", "put_right"} <= ways[1]
    assert {"handled", "handling", "stays"} <= ways[2]


def test_who_still_buys_is_not_asked_why_they_left() -> None:
    """Records may be wrong: the questions of the lost are for those who say they buy less."""
    lost = library.read("lost_customers")
    answers = {"buys_now": 3, "overall": 4, "problem": 2, "where_to": 1, "main_cause": 1}
    given = check_answers(lost, answers | {"announced": 2, "bring_back": [1], "why": "Price"})
    assert set(given.answers) == {"buys_now", "overall", "problem"}
    assert not given.comments


def test_the_silent_are_asked_why() -> None:
    """Only who told nobody; who told the company is asked how that went."""
    lost = library.read("lost_customers")
    told = lost.question("voiced")
    silent = lost.question("silent_because").show_if
    assert silent is not None
    assert (silent.question, silent.codes) == ("voiced", told.codes_meaning(Means.NOBODY))
    for question in ("handled", "handling"):
        spoke = lost.question(question).show_if
        assert spoke is not None
        assert spoke.codes == told.codes_meaning(Means.COMPANY)
