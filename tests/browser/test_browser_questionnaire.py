"""The whole questionnaire, filled in as people do: what they answer is what is stored."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from instruments.answers import check_answers
from tests.browser.respondents import Finger, Keyboard, plan
from tests.browser.sites import Site

PHONE: ViewportSize = {"width": 390, "height": 844}


def walk(site: Site, hand: Finger | Keyboard) -> None:
    """Answer page after page until the thank-you page."""
    for _ in site.instrument.pages:
        hand.answer_page(site.instrument)
        if "/thanks" in hand.page.url:
            return
    raise LookupError(f"no thank-you page after all pages; now at {hand.page.title()}")


def stored_exactly(site: Site, language: str) -> None:
    """One response, with every answer as meant, in the language it was given in."""
    checked = check_answers(site.instrument, plan(site.instrument))
    assert checked.problems == ()
    assert site.stored() == [(dict(checked.answers), dict(checked.comments), language)]


def opened(page: Page, site: Site, language: str) -> Page:
    """The questionnaire's first page."""
    page.goto(f"{site.open_link}?lang={language}")
    return page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_by_touch(browser: Browser, site: Site, language: str) -> None:
    """A finger on a phone answers everything, the ranking by tapping."""
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as context:
        page = opened(context.new_page(), site, language)
        walk(site, Finger(page, plan(site.instrument), touch=True))
    stored_exactly(site, language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_by_keyboard_alone(browser: Browser, site: Site, language: str) -> None:
    """Tab, arrows, Space and Enter are enough, for the ranking too."""
    with browser.new_context(viewport=PHONE) as context:
        page = opened(context.new_page(), site, language)
        walk(site, Keyboard(page, plan(site.instrument)))
    stored_exactly(site, language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_scripts(browser: Browser, site: Site, language: str) -> None:
    """Without JavaScript the same answers reach the store."""
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = opened(context.new_page(), site, language)
        walk(site, Finger(page, plan(site.instrument)))
    stored_exactly(site, language)


def test_back_refresh_and_a_second_device_keep_answers(browser: Browser, site: Site) -> None:
    """A personal link goes on where it was, on another device, and answers once."""
    link = site.personal_link()
    answers = plan(site.instrument)
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(link)
        hand = Finger(page, answers)
        hand.answer_page(site.instrument)
        second = page.url
        page.go_back()
        page.reload()
        assert page.locator("input:checked, option:checked:not([value=''])").count() > 0
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(link)
        assert page.url == second
        walk(site, Finger(page, answers))
        page.goto(link)
        assert page.locator("form").count() == 0
    assert len(site.stored()) == 1


def test_switching_the_language_keeps_what_was_typed(browser: Browser, site: Site) -> None:
    """Half a page filled in, then the other language: everything is still there."""
    with browser.new_context(viewport=PHONE) as context:
        page = opened(context.new_page(), site, "en")
        Finger(page, plan(site.instrument)).answer_page(site.instrument)
        page.locator("label:has(input[type=radio])").first.click()
        before = page.locator("input:checked").evaluate_all("all => all.map(e => e.id)")
        with page.expect_navigation():
            page.locator("button.switch").first.click()
        assert page.locator("html").get_attribute("lang") == "zh-Hans"
        assert page.locator("input:checked").evaluate_all("all => all.map(e => e.id)") == before


def test_errors_lead_to_the_field(browser: Browser, site: Site) -> None:
    """An empty required page comes back with a summary whose links reach the questions."""
    with browser.new_context(viewport=PHONE) as context:
        page = opened(context.new_page(), site, "en")
        for _ in site.instrument.pages:
            with page.expect_navigation():
                page.locator("main button[name=_go][value=next]").click()
            if page.locator("[role=alert]").count():
                break
        assert page.title().startswith("Error:")
        links = page.locator("[role=alert] a")
        assert links.count() > 0
        links.first.click()
        assert page.evaluate("document.activeElement.name") in site.instrument


def test_double_click_back_and_send_again_is_one_answer(browser: Browser, site: Site) -> None:
    """Sending twice, or going back and sending again, stores one response."""
    answers = plan(site.instrument)
    with browser.new_context(viewport=PHONE) as context:
        page = opened(context.new_page(), site, "en")
        hand = Finger(page, answers)
        while page.get_by_text("Send my answers").count() == 0:
            hand.answer_page(site.instrument)
        page.get_by_text("Send my answers").dblclick()
        page.wait_for_url("**/thanks*")
        page.go_back()
        page.wait_for_load_state()
        if page.get_by_text("Send my answers").count():
            page.get_by_text("Send my answers").click()
            page.wait_for_url("**/thanks*")
    assert len(site.stored()) == 1
