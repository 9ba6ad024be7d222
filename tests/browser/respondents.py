"""Dave fills in a questionnaire: with a finger, with a keyboard alone, or without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page

from instruments.model import Instrument, Kind, Means, Question, Role

Plan = Mapping[str, str | list[str]]
"""Question id → what Dave means to answer, as the form sends it."""

COMMENT = '四天太晚了 – "late" & <b>cross</b>\n=1+1'


def plan(instrument: Instrument) -> Plan:
    """An answer to every question: one who met a problem and told the company."""
    return {
        question.id: _choice(instrument, question, i)
        for i, question in enumerate(instrument.questions)
    }


def _choice(instrument: Instrument, question: Question, place: int) -> str | list[str]:
    codes = [str(code) for code in question.codes]
    match question.kind:
        case Kind.RANK:
            return [a.id for a in instrument.attributes][::-1][: question.places]
        case Kind.MULTIPLE:
            told = question.codes_meaning(Means.COMPANY)
            return [str(min(told))] if told else [codes[0], codes[2]]
        case Kind.NUMBER:
            return codes[3]
        case Kind.TEXT:
            return COMMENT
        case _ if question.role is Role.PROBLEM:
            return str(min(question.codes_meaning(Means.YES)))
        case _:
            return codes[place % len(codes)]


class Finger:
    """Taps what is seen (clicks it, where the device has no touch screen)."""

    def __init__(self, page: Page, answers: Plan, *, touch: bool = False) -> None:
        self.page = page
        self.answers = answers
        self.touch = touch

    def answer_page(self, instrument: Instrument) -> None:
        """Answer every question on the page, top to bottom, and go on."""
        for question in instrument.questions:
            if self.page.locator(f"[name='{question.id}']").count():
                self._answer(question)
        with self.page.expect_navigation():
            self._press(self.page.locator("main button[name=_go][value=next]"))

    def _answer(self, question: Question) -> None:
        given = self.answers[question.id]
        named = self.page.locator(f"[name='{question.id}']")
        if question.kind is Kind.RANK:
            self._rank(question, list(given))
        elif isinstance(given, list):
            for value in given:
                self._press(self._face(question, value))
        elif question.kind in (Kind.TEXT, Kind.NUMBER):
            named.first.fill(given)
        else:
            self._press(self._face(question, given))

    def _face(self, question: Question, value: str) -> Locator:
        return self.page.locator(f"label:has([name='{question.id}'][value='{value}'])")

    def _rank(self, question: Question, wanted: list[str]) -> None:
        selects = self.page.locator(f"select[name='{question.id}']")
        for place, value in enumerate(wanted):
            if selects.first.is_hidden():  # scripts have put a list in their place
                self._press(self.page.locator(f"button[data-value='{value}']"))
            else:
                selects.nth(place).select_option(value)

    def _press(self, target: Locator) -> None:
        if self.touch:
            target.tap()
        else:
            target.click()


FOCUSED = """() => {
  const e = document.activeElement;
  return {tag: e.tagName, type: e.type || "", name: e.name || "", value: e.value || "",
          item: e.dataset.value || "", pressed: e.getAttribute("aria-pressed") || "",
          at: e.id, inMain: !!e.closest("main")};
}"""


class Keyboard:
    """Never touches the mouse: Tab, arrows, Space, Enter and letters."""

    def __init__(self, page: Page, answers: Plan) -> None:
        self.page = page
        self.answers = answers
        self.done: set[str] = set()

    def answer_page(self, instrument: Instrument) -> None:
        """Walk the page by Tab, answer what has the focus, and press the button at the end."""
        self.done = set()
        for _ in range(400):
            self.page.keyboard.press("Tab")
            focused = self.page.evaluate(FOCUSED)
            if focused["name"] == "_go" and focused["value"] == "next" and focused["inMain"]:
                with self.page.expect_navigation():
                    self.page.keyboard.press("Enter")
                return
            self._act(instrument, focused)
        raise LookupError("Tab never reached the button that goes on")

    def _act(self, instrument: Instrument, focused: Mapping[str, Any]) -> None:
        if focused["item"]:
            self._rank(instrument, focused)
            return
        if focused["name"] not in instrument:
            return
        question = instrument.question(focused["name"])
        given = self.answers[question.id]
        if focused["type"] == "checkbox":
            if focused["value"] in given:
                self.page.keyboard.press("Space")
        elif focused["type"] == "radio":
            self._choose(question, str(given))
        elif question.id not in self.done:
            self.page.keyboard.insert_text(str(given))
        self.done.add(question.id)

    def _choose(self, question: Question, wanted: str) -> None:
        if question.id in self.done:
            return
        self.page.keyboard.press("Space")
        for _ in range(len(question.codes) + len(question.specials)):
            if self.page.evaluate(FOCUSED)["value"] == wanted:
                return
            self.page.keyboard.press("ArrowDown")
        raise LookupError(f"the arrows never reached {wanted} in {question.id}")

    def _rank(self, instrument: Instrument, focused: Mapping[str, Any]) -> None:
        """Press the wanted ones as Tab passes them, then move the last up with the arrows."""
        (question,) = instrument.with_role(Role.IMPORTANCE)
        wanted = list(self.answers[question.id])
        if focused["pressed"] != "false" or focused["item"] not in wanted:
            return
        self.page.keyboard.press("Space")
        chosen = [
            str(value)
            for value in self.page.locator("button[aria-pressed=true]").evaluate_all(
                "all => all.map(e => e.dataset.value)"
            )
        ]
        target = [value for value in wanted if value in chosen]
        place = target.index(focused["item"])
        for _ in range(len(chosen) - 1 - place):
            self.page.keyboard.press("ArrowUp")
