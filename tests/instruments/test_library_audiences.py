"""Questionnaires for network users, dealers, colleagues, yearly value and mystery visitors.

Ids and codes that never change, questions only for those whom they concern, and wording as a
survey methodologist would have it, as far as a program can tell.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from instruments import library
from instruments.answers import check_answers
from instruments.model import Instrument, Kind, Means, Question, Role, Special

NAMES = ("network_operator", "dealers", "internal_customers", "customer_value", "mystery_visit")
NETWORK, DEALERS, INTERNAL, VALUE, VISIT = (library.read(name) for name in NAMES)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "instruments.md"
ROWS = {
    cells[0].strip("`"): cells[1:]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| `")
    for cells in [[cell.strip() for cell in line.strip("|").split("|")]]
}
"""Name → the other cells of its row on the page of questionnaires that ship."""
LONGEST = 20
"""English words of a question; longer ones are read twice, or not at all."""

PAGES = {
    "network_operator": [
        "importance",
        "area_network area_shops area_hotline area_complaints area_new_services area_billing "
        "area_online area_image",
        "overall used",
        "signal data_speed call_clarity shop_wait shop_knowledge hotline_wait hotline_answer "
        "online_finding online_reliable bill_clear bill_correct paying new_explained new_useful "
        "problem",
        "problem_attribute problem_kind voiced",
        "handled handling handling_speed stays",
        "recommend buy_again buy_more favourability told",
        "customer_for payer comment",
    ],
    "dealers": [
        "importance",
        "rated_supply rated_margin rated_support rated_training rated_fairness "
        "rated_information rated_complaints rated_cooperation",
        "overall effort against_others problem",
        "problem_attribute problem_kind voiced",
        "handled handling stays",
        "recommend buy_again buy_more favourability",
        "dealer_for our_share comment quote",
    ],
    "internal_customers": [
        "importance",
        "rated_quality rated_completeness rated_punctuality rated_information rated_answers "
        "rated_help rated_knowledge rated_improvement",
        "overall effort problem",
        "problem_attribute problem_kind hours_lost voiced",
        "handled handling",
        "recommend buy_again favourability",
        "how_often keep comment quote",
    ],
    "customer_value": [
        "importance",
        "gets_product gets_service gets_staff gets_image",
        "costs_price costs_later_costs costs_time costs_effort",
        "worth overall confirmation ideal",
        "gets_elsewhere costs_elsewhere",
        "recommend buy_again buy_more price_tolerance",
        "customer_for bought_elsewhere comment_gets comment_costs",
    ],
    "mystery_visit": [
        "day hour reason",
        "sign hours_shown floor_clean prices_shown complaint_notice greeted minutes_waited",
        "badge asked_need choices cost_told questions_answered on_paper goodbye",
        "rated_premises rated_waiting rated_greeting rated_listening rated_knowledge "
        "rated_explaining rated_offer rated_privacy",
        "overall effort",
        "good comment",
        "rival_visited",
        "rival_premises rival_waiting rival_greeting rival_listening rival_knowledge "
        "rival_explaining rival_offer rival_privacy rival_overall rival_choice rival_better",
        "recognised",
    ],
}
"""Pages and question ids of version 1. Ids are never changed: answers carry them."""

CODES = {
    ("network_operator", "used"): range(1, 8),
    ("network_operator", "problem_kind"): range(1, 9),
    ("dealers", "problem_kind"): range(1, 11),
    ("dealers", "our_share"): range(1, 5),
    ("internal_customers", "problem_kind"): range(1, 9),
    ("internal_customers", "hours_lost"): range(101),
    ("internal_customers", "how_often"): range(1, 5),
    ("customer_value", "worth"): range(1, 6),
    ("mystery_visit", "reason"): range(1, 6),
    ("mystery_visit", "minutes_waited"): range(121),
    ("mystery_visit", "rival_choice"): range(1, 5),
}
"""Codes of version 1 of what only these ask; these are never changed either."""

SELDOM_ASKED = {
    "network_operator": {Role.TOLD, Role.BUY_MORE, Role.STAYS},
    "dealers": {Role.EFFORT, Role.BUY_MORE, Role.STAYS, Role.QUOTE},
    "internal_customers": {Role.EFFORT, Role.QUOTE},
    "customer_value": {Role.CONFIRMATION, Role.IDEAL, Role.PRICE_TOLERANCE, Role.BUY_MORE},
    "mystery_visit": {Role.EFFORT},
}
"""Of the roles that not every questionnaire has, those that each must have."""

AREA_NAMES = {"shops", "billing"}
"""Areas of the trade with an "and" in their name: each is compared with other operators whole."""

each = pytest.mark.parametrize("instrument", [NETWORK, DEALERS, INTERNAL, VALUE, VISIT], ids=NAMES)


def questions_of(instrument: Instrument) -> list[Question]:
    """The questions that are sentences, not elements rated under a heading."""
    return [q for q in instrument.questions if q.text.of("en").endswith("?")]


def asked_after(instrument: Instrument, answered: str, code: int) -> set[str]:
    """Ids of the questions that only this answer brings up."""
    return {
        q.id
        for q in instrument.questions
        if q.show_if is not None and q.show_if.question == answered and code in q.show_if.codes
    }


@each
def test_pages_and_ids_stay(instrument: Instrument) -> None:
    """A change of an id, or of what stands on which page, is a new version, and shows here."""
    found = [" ".join(page.questions) for page in instrument.pages]
    assert found == PAGES[instrument.id]
    assert instrument.version == 1


@pytest.mark.parametrize(("name", "question"), CODES)
def test_codes_stay(name: str, question: str) -> None:
    """A stored code means the same for ever."""
    assert library.read(name).question(question).codes == tuple(CODES[name, question])


@each
def test_reports_find_what_they_rest_on(instrument: Instrument) -> None:
    """Overall satisfaction, eight rated elements and comments; and what each is made for."""
    roles = {question.role for question in instrument.questions}
    assert roles >= SELDOM_ASKED[instrument.id] | {Role.OVERALL, Role.COMMENT}
    assert len(instrument.about(Role.EXPERIENCE)) == len(instrument.attributes) == 8
    wanted = {Role.OVERALL, Role.PROBLEM, Role.RECOMMEND} & roles
    assert {question.role for question in instrument.questions if question.required} == wanted


@each
def test_an_item_holds_one_idea_in_few_words(instrument: Instrument) -> None:
    """Nothing joins two things that could be answered apart; nobody need read twice."""
    for attribute in instrument.attributes:
        if attribute.id not in AREA_NAMES:
            assert not re.search(r"\band\b|/|,", attribute.text.of("en")), attribute.id
            assert not re.search(r"[和与及、]", attribute.text.of("zh")), attribute.id
    for question in questions_of(instrument):
        assert not re.search(r"\band\b|/", question.text.of("en")), question.id
        assert len(question.text.of("en").split()) <= LONGEST, question.id
        assert question.text.of("zh").endswith("？"), question.id


@each
def test_stems_name_both_ends_of_their_scale(instrument: Instrument) -> None:
    """Who is asked how satisfied is asked how dissatisfied, too; likewise good, easy, better."""
    stems = [q.text for q in questions_of(instrument)]
    stems += [page.intro for page in instrument.pages if page.intro]
    for text in stems:
        english, chinese = text.of("en"), text.of("zh")
        for good, bad in (("easy", "difficult"), ("How good", "poor"), ("better", "worse")):
            assert (good in english) <= (bad in english), english
        assert ("satisfied" in english) <= ("satisfied or dissatisfied" in english), english
        assert ("satisfied" in english) <= ("满意还是不满意" in chinese), chinese


@each
def test_scales_have_a_word_for_each_point_and_a_middle(instrument: Instrument) -> None:
    """As many points below the middle as above; effort has the seven that its figure counts."""
    for question in instrument.questions:
        if question.kind is Kind.SCALE and question.role is not Role.RECOMMEND:
            size = 7 if question.role is Role.EFFORT else 5
            assert question.codes == tuple(range(1, size + 1)), question.id
            assert all(point.text for point in question.points), question.id


@each
def test_lists_have_a_way_out(instrument: Instrument) -> None:
    """Kinds of problems end with "something else"; a list of the elements can be declined."""
    for question in instrument.questions:
        if question.role is Role.PROBLEM_KIND:
            assert [point.other for point in question.points].index(True) == len(
                question.points
            ) - 1
        if question.role is Role.PROBLEM_ATTRIBUTE:
            assert Special.NOT_APPLICABLE in question.specials


@pytest.mark.parametrize("instrument", [NETWORK, DEALERS, INTERNAL], ids=NAMES[:3])
def test_handling_is_judged_by_those_who_spoke(instrument: Instrument) -> None:
    """Only who met a problem is asked about it; only who told us, how we handled it."""
    problem, voiced = instrument.question("problem"), instrument.question("voiced")
    (met,), (told,) = problem.codes_meaning(Means.YES), voiced.codes_meaning(Means.COMPANY)
    assert {"problem_attribute", "problem_kind", "voiced"} <= asked_after(
        instrument, "problem", met
    )
    assert {"handled", "handling"} <= asked_after(instrument, "voiced", told)


def test_the_network_is_asked_about_in_eight_areas() -> None:
    """Those in which operators are compared, each also offered as what a problem was about."""
    areas = "network shops hotline complaints new_services billing online image"
    assert " ".join(attribute.id for attribute in NETWORK.attributes) == areas
    assert len(NETWORK.question("problem_attribute").points) == 8


def test_details_are_for_those_who_used_it() -> None:
    """Who never called the hotline is not asked about it; everybody uses the network."""
    brought = {code: asked_after(NETWORK, "used", code) for code in range(1, 8)}
    assert brought == {
        1: {"shop_wait", "shop_knowledge"},
        2: {"hotline_wait", "hotline_answer"},
        3: {"online_finding", "online_reliable"},
        4: {"bill_clear", "bill_correct"},
        5: {"paying"},
        6: {"new_explained", "new_useful"},
        7: set(),
    }
    for question in ("signal", "data_speed", "call_clarity"):
        assert NETWORK.question(question).show_if is None


def test_details_come_after_their_area_and_the_whole() -> None:
    """A detail that was just rated would weigh on the area and on overall satisfaction."""
    order = [question.id for question in NETWORK.questions]
    assert order.index("area_network") < order.index("overall") < order.index("signal")


def test_dealers_may_keep_their_trade_to_themselves() -> None:
    """How much of what they sell is ours may be withheld, and so may a quotation."""
    assert Special.REFUSED in DEALERS.question("our_share").specials
    assert not DEALERS.question("quote").required


def test_colleagues_are_not_asked_whether_they_leave() -> None:
    """They cannot; whom they would choose if they could is asked in its place."""
    roles = {question.role for question in INTERNAL.questions}
    assert not roles & {Role.STAYS, Role.BOUGHT_AGAIN, Role.BUY_MORE, Role.PRICE_TOLERANCE}
    assert INTERNAL.first(Role.BUY_AGAIN) is not None
    assert [question.id for question in INTERNAL.with_role(Role.PROFILE)] == ["how_often"]


def test_value_and_cost_are_rated_alike() -> None:
    """Four kinds of value and four of cost on one scale, so that a report may compare them."""
    rated = VALUE.about(Role.EXPERIENCE)
    assert " ".join(rated) == "product service staff image price later_costs time effort"
    assert all(question.points == rated["product"].points for question in rated.values())


def test_more_elsewhere_is_worse_and_dearer_elsewhere_better() -> None:
    """Both comparisons run from less to more; what is good for us lies at opposite ends."""
    gets, costs = VALUE.question("gets_elsewhere"), VALUE.question("costs_elsewhere")
    assert gets.points == costs.points
    assert gets.best_codes(2) == {1, 2}
    assert costs.best_codes(2) == {4, 5}


def test_observations_are_yes_or_no_or_not_seen() -> None:
    """A visitor who could not see something says so, and is not made to guess."""
    seen = [VISIT.question(name) for page in VISIT.pages[1:3] for name in page.questions]
    observations = [question for question in seen if question.kind is Kind.SINGLE]
    assert len(observations) == 13
    for question in observations:
        assert [point.text.of("en") for point in question.points if point.text] == ["Yes", "No"]
        assert set(question.specials) == {Special.NOT_APPLICABLE, Special.DONT_KNOW}


def test_the_competitor_is_rated_as_our_branch_is() -> None:
    """The same elements in the same words on the same scale, and in no figure of ours."""
    for attribute, ours in VISIT.about(Role.EXPERIENCE).items():
        theirs = VISIT.question(f"rival_{attribute}")
        assert (theirs.text, theirs.points) == (ours.text, ours.points)
        assert theirs.role is Role.OTHER
    order = [question.id for question in VISIT.questions]
    assert order.index("comment") < order.index("rival_visited")


def test_who_saw_no_competitor_is_not_asked_about_one() -> None:
    """Ratings of a branch that was not visited are dropped, whoever sends them."""
    given = {"overall": 4, "rival_visited": 2, "rival_greeting": 5, "rival_better": "All of it"}
    checked = check_answers(VISIT, given)
    assert checked.answers == {"overall": 4, "rival_visited": 2}
    assert not checked.comments


def test_visitors_are_not_counted_as_customers() -> None:
    """Somebody who is paid to come has no loyalty to measure."""
    loyal = {Role.RECOMMEND, Role.BUY_AGAIN, Role.BOUGHT_AGAIN, Role.STAYS, Role.PROBLEM}
    assert not loyal & {question.role for question in VISIT.questions}


@pytest.mark.parametrize("name", ROWS)
def test_the_page_of_questionnaires_tells_what_they_are(name: str) -> None:
    """Chinese title, minutes and number of questions are those of the file itself."""
    title, _what, minutes, questions = ROWS[name]
    instrument = library.read(name)
    assert title == instrument.title.of("zh")
    assert minutes == str(instrument.minutes)
    assert questions.partition(" ")[0] == str(len(instrument.questions))


def test_the_page_of_questionnaires_has_all_of_them() -> None:
    """Nobody has to guess what a questionnaire is for."""
    assert set(ROWS) == set(library.names())
