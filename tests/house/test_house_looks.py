"""The style sheet and the pages belong together: no class is styled that no page has."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STYLE = (ROOT / "survey" / "static" / "pages.css").read_text(encoding="utf-8")
PAGES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (*(ROOT / "templates").rglob("*.html"), ROOT / "survey" / "static" / "pages.js")
)


def rules() -> str:
    """The style sheet without comments and declarations: selectors only."""
    plain = re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL)
    return re.sub(r"@[^{]*", "", re.sub(r"\{[^{}]*\}", "{}", plain))


def test_every_styled_class_is_on_some_page() -> None:
    """A rule whose element is gone goes, too; tiles count their columns by a class each."""
    classes = set(re.findall(r"\.([a-z][\w-]*)", rules()))
    words = set(re.findall(r"[\w-]+", PAGES))
    assert {name for name in classes - words if not re.fullmatch(r"of[2-6]", name)} == set()
    assert "of{{ field.shown.columns }}" in PAGES


def test_every_styled_element_is_on_some_page() -> None:
    """The same for elements styled by their name."""
    names = set(re.findall(r"(?<![\w.:#@(-])([a-z][a-z0-9]*)(?=[\s,:{\[+.>])", rules()))
    drawn = {name for name in names if re.search(rf"<{name}\b|\"{name}\"", PAGES)}
    assert names - drawn == set()
    assert {"body", "legend", "select"} <= names
