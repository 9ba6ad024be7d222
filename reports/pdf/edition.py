"""Very last lines: which edition this is, what changed since the one before, what drew it."""

from __future__ import annotations

from collections.abc import Iterator

from reports import look
from reports.context import Context
from reports.editions import Differing, Edition
from reports.findings import Figure
from reports.fingerprint import SHORT
from reports.pdf.flow import Block, Frame
from reports.pdf.method import SPACE
from reports.pdf.pen import Pen
from reports.texts import INDICATORS
from reports.typeset import clean, strong, wrap

MOST = 14
"""Figures that are named; ``findings.json`` of both editions holds all."""


class EditionNote(Block):
    """Two columns under a rule: what changed at the left, what it was made from at the right."""

    gap = 10.0

    def __init__(self, context: Context, edition: Edition) -> None:
        words = context.words
        room = (look.WIDTH - SPACE) / 2
        self.columns = [
            wrap(words.sentences(list(part)), context.lettering, look.NOTE.size, room)
            for part in (_changed(context, edition), _made(context, edition))
        ]
        self.height = 8 + max(map(len, self.columns)) * look.NOTE.step

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Rule, both columns."""
        x, top, width, _height = frame
        pen.rule(x, top, width)
        for i, lines in enumerate(self.columns):
            with pen.tagged("P"):
                pen.lines(x + i * (width + SPACE) / 2, top + 5, lines, look.NOTE)


def _changed(context: Context, edition: Edition) -> Iterator[str]:
    _, words, earlier = context.words.gettext, context.words, edition.earlier
    title = _("Edition {number} of {day}.")
    day = words.day(edition.made.isoformat())
    yield strong(title.format(number=edition.number, day=day))
    if earlier is None:
        yield _("This is the first edition of this report.")
        return
    day = words.day(earlier.made.isoformat())
    yield _("Against edition {number} of {day}:").format(number=earlier.number, day=day)
    found = earlier.differences.segment(context.found.segment)
    if earlier.differences.rules:
        yield _("The rules of the report changed.")
    if found is None:
        yield _("The findings on this segment are the same.")
        return
    now, then = found.responses_now, found.responses_then
    if now is not None and then is not None and now != then:
        text = words.ngettext(
            "{now} complete answer, {then} before.", "{now} complete answers, {then} before.", now
        )
        yield text.format(now=words.count(now), then=words.count(then))
    if found.figures:
        count = len(found.figures)
        text = words.ngettext(
            "{count} figure changed: {figures}.", "{count} figures changed: {figures}.", count
        )
        yield text.format(count=words.count(count), figures=_listed(context, found.figures))
    if found.past:
        yield _("What they are compared with, or how they are judged, changed, too.")


def _listed(context: Context, figures: tuple[Differing, ...]) -> str:
    _, words = context.words.gettext, context.words
    known = [one for one in figures if one.key in INDICATORS]
    named = [_named(context, one) for one in sorted(known, key=_only_its_base)[:MOST]]
    if len(figures) > len(named):
        more = _("{count} others are found by comparing findings.json of both")
        named.append(more.format(count=words.count(len(figures) - len(named))))
    return _("; ").join(named)


def _only_its_base(one: Differing) -> bool:
    return one.then is not None and one.now is not None and one.then.value == one.now.value


def _named(context: Context, one: Differing) -> str:
    text = context.words.gettext("{figure} {now}, {then} before")
    return text.format(
        figure=_name(context, one), now=_value(context, one.now), then=_value(context, one.then)
    )


def _name(context: Context, one: Differing) -> str:
    name = context.words.indicator(one.key)
    if not one.of:
        return name
    return f"{name} ({context.attribute_name(one.of)})"


def _value(context: Context, figure: Figure | None) -> str:
    """The value with its base; why there is none, where there is none."""
    words = context.words
    if figure is None or figure.value is None:
        reason = figure.reason if figure else None
        return words.reason(reason) if reason else words.gettext("no such figure")
    value = words.value(figure.unit, figure.value)
    return words.gettext("{value} (n = {n})").format(value=value, n=words.count(figure.n))


def _made(context: Context, edition: Edition) -> Iterator[str]:
    _ = context.words.gettext
    text = _("Findings {findings}, drawn by {fingerprint}: {parts}.")
    yield text.format(
        findings=edition.findings[:SHORT],
        fingerprint=edition.fingerprint.digest[:SHORT],
        parts=_("; ").join(
            clean(f"{name} {version}") for name, version in edition.fingerprint.parts
        ),
    )
    yield _("The same findings drawn by the same programs and fonts are the same file.")
