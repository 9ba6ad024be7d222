"""What the tests of the pages share: a questionnaire of every kind, and a way to walk it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from sqlalchemy import insert, select
from werkzeug.test import TestResponse

from instruments.reader import read_instrument
from survey.fieldwork.invitations import PersonalLink, invite
from survey.fieldwork.surveys import Mode, SurveyPlan, SurveyRecord, open_survey
from survey.store import Store
from survey.store.tables import Comment, Customer, Response
from tests.cast import customer

EVERY_KIND = """\
id: every_kind
version: 1
title: {en: Pump survey, zh: 水泵调查}
intro: {en: Thank you for your time., zh: 感谢您抽出时间。}
thanks: {en: We read every comment., zh: 我们会阅读每条意见。}
minutes: 2
languages: [en, zh]
attributes:
  - {id: delivery, text: {en: On-time delivery, zh: 按时交货}}
  - {id: price, text: {en: Price, zh: 价格}}
  - {id: quality, text: {en: Quality, zh: 质量}}
  - {id: staff, text: {en: Staff, zh: 员工}}
scales:
  five:
    min: 1
    max: 5
    low: {en: Very dissatisfied, zh: 非常不满意}
    high: {en: Very satisfied, zh: 非常满意}
    specials: [dk]
blocks:
  - id: start
    kind: questions
    title: {en: How are we doing?, zh: 我们做得如何？}
    questions:
      - id: overall
        type: scale
        scale: five
        required: true
        text: {en: "How satisfied are you overall?", zh: 总体而言您满意吗？}
      - id: errors
        type: number
        min: 0
        max: 100
        specials: [refused]
        text: {en: How many pumps do you run?, zh: 您有多少台水泵？}
  - id: first
    kind: importance
    title: {en: What matters most?, zh: 什么最重要？}
    text: {en: Which three matter most to you?, zh: 哪三项对您最重要？}
  - id: rate
    kind: expectation
    title: {en: Expected and experienced, zh: 期望与体验}
    scale: five
    attributes: [delivery, price]
    layout: side_by_side
  - id: trouble
    kind: problem
    title: {en: Problems, zh: 问题}
    questions:
      - id: problem
        type: single
        role: problem
        required: true
        text: {en: Did you meet a problem?, zh: 您是否遇到过问题？}
        options:
          - {code: 1, label: {en: "Yes", zh: 是}, means: "yes"}
          - {code: 2, label: {en: "No", zh: 否}, means: "no"}
      - id: kinds
        type: multiple
        role: problem_kind
        text: {en: Which problem?, zh: 哪类问题？}
        show_if: {question: problem, is: 1}
        options:
          - {code: 1, label: {en: Late, zh: 延迟}}
          - {code: 2, label: {en: Broken, zh: 损坏}}
  - id: end
    kind: open
    title: {en: In your words, zh: 您的意见}
    questions:
      - {id: why, type: text, text: {en: What should we improve?, zh: 我们应改进什么？}}
"""

WHOLE: Mapping[str, str | Sequence[str]] = {
    "overall": "4",
    "errors": "12",
    "first": ["quality", "price", "staff"],
    "rate_expected_delivery": "5",
    "rate_experienced_delivery": "3",
    "rate_experienced_price": "dk",
    "problem": "1",
    "kinds": ["2"],
    "why": "Faster delivery, 谢谢",
}
STORED = {
    "overall": 4,
    "errors": 12,
    "first": ["quality", "price", "staff"],
    "rate_expected_delivery": 5,
    "rate_experienced_delivery": 3,
    "rate_experienced_price": "dk",
    "problem": 1,
    "kinds": [2],
}


def put_in_the_field(
    store: Store, now: datetime, *, mode: Mode = "confidential", sample: bool = False
) -> SurveyRecord:
    """The questionnaire of every kind, open to everybody as survey ``pumps``."""
    plan = SurveyPlan("pumps", "Lantern Pumps", mode=mode, sample=sample)
    instrument = read_instrument(EVERY_KIND.encode(), "every_kind.yaml")
    return open_survey(store, plan, instrument, now=now)


def invite_dave(
    store: Store, survey: SurveyRecord, now: datetime, language: str = "zh"
) -> PersonalLink:
    """Dave, a customer of tier A, and his personal link."""
    with store.write() as connection:
        connection.execute(insert(Customer), [customer(language=language)])
    (link,) = invite(store, survey, now=now)
    return link


def soup(response: TestResponse) -> BeautifulSoup:
    """The page as parsed."""
    return BeautifulSoup(response.text, "html.parser")


def filled_in(page: BeautifulSoup) -> dict[str, list[str]]:
    """What the form of a page would send as it stands: field → values, blank ones left out."""
    found: dict[str, list[str]] = {}
    for element in page.select("form [name]"):
        name, value = str(element["name"]), _value(element)
        if value and element.name != "button" and not name.startswith("_"):
            found.setdefault(name, []).append(value)
    return found


def _value(element: Tag) -> str:
    if element.name == "textarea":
        # An HTML parser drops the line break that opens a text area, this one does not.
        return element.text.removeprefix("\n")
    if element.name == "select":
        chosen = element.select_one("option[selected]")
        return str(chosen["value"]) if chosen else ""
    if element.get("type") in ("radio", "checkbox") and not element.has_attr("checked"):
        return ""
    return str(element.get("value", ""))


@dataclass
class Walker:
    """A browser without scripts: follows redirects, sees pages, presses buttons."""

    client: FlaskClient
    url: str = ""
    page: BeautifulSoup = field(default_factory=BeautifulSoup)
    status: int = 0

    def open(self, url: str) -> Walker:
        """Go to an address."""
        return self._take(self.client.get(url, follow_redirects=True))

    def press(self, button: str = "next", **given: str | Sequence[str]) -> Walker:
        """Fill in the fields given, leave the others as they stand, and press a button."""
        return self._send(button, given)

    def _send(self, button: str, given: Mapping[str, str | Sequence[str]]) -> Walker:
        form = self.page.select_one("form")
        if form is None:
            raise LookupError(f"there is no form on {self.url}")
        data: dict[str, object] = {**filled_in(self.page), **given, "_go": button}
        return self._take(self.client.post(str(form["action"]), data=data, follow_redirects=True))

    def _take(self, response: TestResponse) -> Walker:
        self.url = response.request.full_path.rstrip("?")
        self.page, self.status = soup(response), response.status_code
        return self

    @property
    def heading(self) -> str:
        """The page's first heading."""
        found = self.page.select_one("h1")
        return found.text if found else ""

    def answer_all(self, answers: Mapping[str, str | Sequence[str]] = WHOLE) -> Walker:
        """Press on through all pages, answering what each asks."""
        while self.page.select_one("form"):
            asked = {str(element["name"]) for element in self.page.select("form [name]")}
            before = self.url
            self._send("next", {n: value for n, value in answers.items() if n in asked})
            if self.url == before:
                raise LookupError(f"{before} does not let go: {self.page.select('.error')}")
        return self


def stored_answers(store: Store) -> list[tuple[dict[str, object], dict[str, str]]]:
    """Answers and comments of every response."""
    with store.read() as connection:
        rows = connection.execute(select(Response.id, Response.answers)).all()
        texts = select(Comment.response_id, Comment.question_id, Comment.body)
        comments: dict[str, dict[str, str]] = {row.id: {} for row in rows}
        for response_id, question_id, body in connection.execute(texts):
            comments[response_id][question_id] = body
    return [(row.answers, comments[row.id]) for row in rows]
