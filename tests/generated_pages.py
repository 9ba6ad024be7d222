"""Parts of documentation pages that are made from the code, between two marks."""

from __future__ import annotations

from pathlib import Path


def check_part(page: Path, name: str, wanted: str, *, update: bool) -> None:
    """The part ``name`` of the page must be ``wanted``; ``update`` writes it so."""
    start, end = f"<!-- {name} -->\n", f"\n<!-- end of {name} -->"
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(start)
    after = rest.split(end)[1]
    made = f"{before}{start}{wanted}{end}{after}"
    if update:
        page.write_text(made, encoding="utf-8")
        text = made
    assert text == made
