"""What is shown at once? Sheets of questions become pages.

A page must work without JavaScript: a question that depends on an answer is never on the
page of the question it depends on, so that the server knows whether to ask it.
"""

from __future__ import annotations

from collections.abc import Sequence

from instruments.model import Page
from instruments.reader.blocks import BlockDraft, Sheet


def make_pages(blocks: Sequence[BlockDraft]) -> tuple[Page, ...]:
    """The pages of an instrument, in order; a block's later pages keep its title, not its intro."""
    pages: list[Page] = []
    for block in blocks:
        for number, sheet in enumerate(block.sheets):
            joins = block.continues and number == 0 and bool(pages) and not pages[-1].side_by_side
            before = pages.pop() if joins else Page(sheet.title, sheet.intro, ())
            pages += _split(before, sheet)
    return tuple(page for page in pages if page.questions)


def _split(page: Page, sheet: Sheet) -> list[Page]:
    """``page`` with the questions of ``sheet``, broken before each that depends on it."""
    done: list[Page] = []
    title, intro, asked = page.title, page.intro, list(page.questions)
    for draft in sheet.drafts:
        question = draft.question
        if question.show_if is not None and question.show_if.question in asked:
            done.append(Page(title, intro, tuple(asked), sheet.side_by_side))
            title, intro, asked = sheet.title, None, []
        asked.append(question.id)
    return [*done, Page(title, intro, tuple(asked), sheet.side_by_side)]
