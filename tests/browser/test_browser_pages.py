"""Every public page can be used by everybody, is light, and asks nobody else for anything."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.browser.respondents import Finger, plan
from tests.browser.sites import Site
from tests.browser.test_browser_questionnaire import PHONE

LIGHT = 60_000
"""Bytes of a page with all it loads."""

FINGER = 44
"""Pixels that a finger hits."""

CONTROLS = (
    "main a, main button, main select, main textarea, main label:has(input), main input[type=text]"
)
TARGETS = f"""() => [...document.querySelectorAll("{CONTROLS}")]
  .filter(e => e.checkVisibility() && !e.closest(".away") && !e.closest("p, li li"))
  .map(e => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect()])
  .filter(([, r]) => r.height > 0 && (r.height < 43.5 || r.width < 43.5))
  .map(([name, r]) => `${{name}} ${{r.width}}x${{r.height}}`)"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone."""
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as opened:
        yield opened


def violations(page: Page) -> list[str]:
    """What axe finds wrong with a page, one line a finding."""
    found = Axe().run(page).response["violations"]
    return [f"{page.url} {v['id']}: {v['nodes'][0]['html'][:200]}" for v in found]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe_finds_nothing_on_any_page(context: BrowserContext, site: Site, language: str) -> None:
    """Home, notice, every section, errors, thanks, answered and missing pages: 0 violations."""
    page = context.new_page()
    found: list[str] = []
    for path in ("", "privacy/pumps", "nowhere", "s/unknown"):
        page.goto(f"{site.address}/{path}?lang={language}")
        found += violations(page)
    page.goto(f"{site.open_link}?lang={language}")
    hand = Finger(page, plan(site.instrument), touch=True)
    while "/thanks" not in page.url:
        found += violations(page)
        with page.expect_navigation():
            page.locator("main button[name=_go][value=next]").click()
        if page.locator("[role=alert]").count():
            found += violations(page)
        if "/thanks" in page.url:
            break
        hand.answer_page(site.instrument)
    found += violations(page)
    assert found == []


def test_targets_are_as_large_as_a_finger(context: BrowserContext, site: Site) -> None:
    """No control on any section is smaller than 44 by 44 pixels."""
    page = context.new_page()
    page.goto(site.open_link)
    hand = Finger(page, plan(site.instrument), touch=True)
    small: list[str] = []
    while "/thanks" not in page.url:
        small += page.evaluate(TARGETS)
        hand.answer_page(site.instrument)
    assert small == []


def test_pages_are_light_and_keep_to_themselves(context: BrowserContext, site: Site) -> None:
    """Each section with all it loads stays under 60 KB, and no other host is asked."""
    page = context.new_page()
    loaded: list[Response] = []

    def note(response: Response) -> None:
        loaded.append(response)

    page.on("response", note)
    page.goto(site.open_link)
    hand = Finger(page, plan(site.instrument), touch=True)
    while True:
        page.wait_for_load_state("networkidle")
        bodies = [r.body() for r in loaded if r.status == 200]
        assert sum(map(len, bodies)) < LIGHT
        assert {urlsplit(r.url).hostname for r in loaded} == {"127.0.0.1"}
        if "/thanks" in page.url:
            break
        loaded.clear()
        hand.answer_page(site.instrument)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(browser: Browser, site: Site, width: int) -> None:
    """No section has to be moved sideways, on a small phone or at twice the text size."""
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.goto(site.open_link)
        hand = Finger(page, plan(site.instrument))
        while "/thanks" not in page.url:
            for size in ("100%", "200%" if width > 320 else "100%"):
                page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, (page.url, size, wide)
            page.evaluate("document.documentElement.style.fontSize = ''")
            hand.answer_page(site.instrument)
