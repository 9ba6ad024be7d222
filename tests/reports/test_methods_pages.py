"""The pages on methods say what the program does: their examples run, their list is whole."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "methods").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_of_a_page_run(page: Path) -> None:
    """What an example on the page prints is what the page says it prints."""
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    failed, _tried = doctest.testfile(str(page), module_relative=False, optionflags=flags)
    assert failed == 0


def test_the_index_leads_to_every_page() -> None:
    """No page on methods is without a line in the index."""
    index = (ROOT / "docs" / "methods" / "index.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\(([a-z-]+\.md)\)", index))
    assert linked == {page.name for page in PAGES} - {"index.md"}


def test_the_index_names_every_figure() -> None:
    """Each figure key of the contract has a page that explains it."""
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| (`.+?) \|", architecture.split("## Figure keys")[1], re.MULTILINE)
    keys = {k for cell in cells for k in re.findall(r"`([a-z0-9_]+)`", cell)} - {"key"}
    index = (ROOT / "docs" / "methods" / "index.md").read_text(encoding="utf-8")
    assert keys <= set(re.findall(r"`([a-z0-9_]+)`", index))
