"""The minutes that the questionnaire promises are what its pages take, counted in a browser.

A person is not at hand to be timed, so the time is put together from what the browser really
shows and really needs: words on each page (each line read once), answers given, pages sent.
Reading speed: 238 words a minute (Brysbaert 2019, silent reading of English non-fiction), and
the same pace in Chinese at 1.5 characters a word. An answer to a closed question takes 2.5
seconds beyond reading it, a page 2 seconds to come; a comment is written by few and left out.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from instruments.model import Kind, Means, Role
from tests.browser.respondents import Finger, Plan, plan
from tests.browser.sites import Site
from tests.browser.test_browser_questionnaire import PHONE

WORDS, CHARACTERS = 238, 238 * 1.5
ANSWER, PAGE = 2.5, 2.0


def contented(site: Site) -> Plan:
    """Most people's answers: no problem was met, nothing is written."""
    answers = dict(plan(site.instrument))
    for question in site.instrument.with_role(Role.PROBLEM):
        answers[question.id] = str(min(question.codes_meaning(Means.NO)))
    return {
        key: "" if site.instrument.question(key).kind is Kind.TEXT else given
        for key, given in answers.items()
    }


def reading_minutes(shown: str) -> float:
    """Minutes to read what a page shows, each different line once."""
    lines = {line.strip() for line in shown.splitlines()}
    text = " ".join(lines)
    characters = len(re.findall(r"[\u4e00-\u9fff]", text))
    words = len(re.findall(r"[A-Za-z0-9]+(?:[’'-][A-Za-z]+)*", text))
    return words / WORDS + characters / CHARACTERS


@pytest.mark.parametrize("language", ["en", "zh"])
def test_four_minutes_are_four_minutes(browser: Browser, site: Site, language: str) -> None:
    """The stated minutes are what the pages take, to three quarters of one."""
    minutes = 0.0
    answers = contented(site)
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.open_link}?lang={language}")
        while "/thanks" not in page.url:
            minutes += reading_minutes(page.locator("main").inner_text()) + PAGE / 60
            here = [
                q for q in site.instrument.questions if page.locator(f"[name='{q.id}']").count()
            ]
            given = sum(q.places or 1 for q in here if answers[q.id])
            minutes += given * ANSWER / 60
            Finger(page, answers).answer_page(site.instrument)
    print(f"{language}: {minutes:.2f} minutes")
    assert abs(minutes - site.instrument.minutes) <= 0.75, minutes
