"""What does this report compare with first, and how is that said?

The period before, unless the company's rules name another one or the rest of its customers. Where
that period said nothing, it is told in place of a change.
"""

from __future__ import annotations

from reports.context import Subject
from reports.findings import Family
from reports.history import year_before


def earlier(context: Subject) -> str:
    """The name of the period that is compared with; empty where none is.

    Of the period before, and of what else was compared, the name as the changes have it.
    """
    found = (change.against for change in context.found.changes if change.family is context.family)
    name = next(found, "")
    if context.family is Family.YEAR_BEFORE:
        return name or year_before(context.findings.wave)
    return name or (context.comparison if context.family is Family.REFERENCE else "")


def against(context: Subject) -> str:
    """What is compared with, in words; empty in a first period."""
    if context.family is Family.REST:
        return context.words.gettext("all other customers")
    name = earlier(context)
    return context.words.wave(name) if name else ""


def missing(context: Subject) -> str:
    """That the period chosen says nothing to compare with; empty where it does."""
    chosen = context.family in (Family.YEAR_BEFORE, Family.REFERENCE)
    if not chosen or any(c.family is context.family for c in context.found.changes):
        return ""
    text = context.words.gettext("{before}: no comparison")
    return text.format(before=against(context))
