"""Very last lines: which edition this is, what changed since the one before, what drew it."""

from __future__ import annotations

from collections.abc import Iterator

from reports import look
from reports.context import Context
from reports.editions import CYCLES, Differing, Edition, SegmentDifferences
from reports.findings import Figure
from reports.fingerprint import SHORT
from reports.pdf.flow import Block, Frame
from reports.pdf.method import SPACE
from reports.pdf.parts import item_name
from reports.pdf.pen import Pen
from reports.texts import INDICATORS
from reports.typeset import clean, strong, wrap
from reports.wording import COMPLAINTS, LEVELS

MOST = 6
"""Figures that are named; the spreadsheet of the edition lists all."""

MOST_SEGMENTS = 14
"""Segments of which the overview tells that they changed."""


class EditionNote(Block):
    """Two columns under a rule: what changed at the left, what it was made from at the right.

    On the ``whole``, not on one segment: a sentence a segment, without its figures.
    """

    gap = 10.0

    def __init__(self, context: Context, edition: Edition, *, whole: bool = False) -> None:
        words = context.words
        room = (look.WIDTH - SPACE) / 2
        changed = _changed_in_all if whole else _changed
        made = [words.sentences(list(_made(context, edition)))]
        self.columns = [
            [
                line
                for text in paragraphs
                for line in wrap(text, context.lettering, look.NOTE.size, room)
            ]
            for paragraphs in (list(changed(context, edition)), made)
        ]
        self.height = 8 + max(map(len, self.columns)) * look.NOTE.step

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Rule, both columns."""
        x, top, width, _height = frame
        pen.rule(x, top, width)
        for i, lines in enumerate(self.columns):
            with pen.tagged("P"):
                pen.lines(x + i * (width + SPACE) / 2, top + 5, lines, look.NOTE)


def imprint_line(context: Context, edition: Edition) -> str:
    """Which edition this is, in one line: for a page that is on its own."""
    _, words, earlier = context.words.gettext, context.words, edition.earlier
    text = _("Edition {number} of {day}.")
    said = [text.format(number=edition.number, day=words.day(edition.made.isoformat()))]
    if earlier is not None:
        text = _("Takes the place of edition {number} of {day}.")
        said.append(text.format(number=earlier.number, day=words.day(earlier.made.isoformat())))
    said += _data_until(context)
    text = _("Findings {findings}, drawn by {fingerprint}.")
    fingerprint = edition.fingerprint.digest[:SHORT]
    said.append(text.format(findings=edition.findings[:SHORT], fingerprint=fingerprint))
    return words.sentences(said)


def _data_until(context: Context) -> Iterator[str]:
    last = context.findings.provenance.last_day
    if last:
        yield context.words.gettext("Data until {day}.").format(day=context.words.day(last))


def _begun(context: Context, edition: Edition) -> Iterator[str]:
    """Which edition, of which data, against which one; whether its rules are others."""
    _, words, earlier = context.words.gettext, context.words, edition.earlier
    title = _("Edition {number} of {day}.")
    day = words.day(edition.made.isoformat())
    yield strong(title.format(number=edition.number, day=day))
    yield from _data_until(context)
    if earlier is None:
        yield _("This is the first edition of this report.")
        return
    day = words.day(earlier.made.isoformat())
    yield _("Against edition {number} of {day}:").format(number=earlier.number, day=day)
    changed = set(earlier.differences.rules)
    if changed - {CYCLES}:
        yield _("The rules of the report changed.")
    if CYCLES in changed:
        yield _("What is told of improvements changed.")


def _changed(context: Context, edition: Edition) -> Iterator[str]:
    """What changed on one segment, in paragraphs: the figures a reader looks for a line each."""
    _, words, earlier = context.words.gettext, context.words, edition.earlier
    begun = list(_begun(context, edition))
    found = earlier.differences.segment(context.found.segment) if earlier else None
    if earlier is None or found is None:
        same = [_("The findings on this segment are the same.")] if earlier else []
        yield words.sentences([*begun, *same])
        return
    begun += _answers(context, found)
    if found.figures:
        count = len(found.figures)
        text = words.ngettext("{count} figure changed.", "{count} figures changed.", count)
        begun.append(text.format(count=words.count(count)))
    yield words.sentences(begun)
    named = [one for one in sorted(found.figures, key=_prominence) if one.key in INDICATORS][:MOST]
    yield from (f"· {_named(context, one)}" for one in named)
    rest = []
    if left := len(found.figures) - len(named):
        text = words.ngettext(
            "{count} further figure that changed stands in the spreadsheet of this edition.",
            "{count} further figures that changed stand in the spreadsheet of this edition.",
            left,
        )
        rest.append(text.format(count=words.count(left)))
    if found.past:
        rest.append(_("What they are compared with, or how they are judged, changed, too."))
    if found.voices:
        rest.append(_("Other comments are quoted, or counted."))
    if rest:
        yield words.sentences(rest)


def _answers(context: Context, found: SegmentDifferences) -> Iterator[str]:
    """How many complete answers there are now, and were; nothing where that may not be told."""
    words, now, then = context.words, found.responses_now, found.responses_then
    if now is not None and then is not None and now != then:
        text = words.ngettext(
            "{now} complete answer, {then} before.", "{now} complete answers, {then} before.", now
        )
        yield text.format(now=words.count(now), then=words.count(then))


def _changed_in_all(context: Context, edition: Edition) -> Iterator[str]:
    """Which segments tell something else than before, a line each."""
    _, words, earlier = context.words.gettext, context.words, edition.earlier
    begun = list(_begun(context, edition))
    segments = earlier.differences.segments if earlier else ()
    if earlier is not None and not segments:
        begun.append(_("The findings on all segments are the same."))
    yield words.sentences(begun)
    for found in segments[:MOST_SEGMENTS]:
        text = words.ngettext(
            "{segment}: {count} figure changed.",
            "{segment}: {count} figures changed.",
            len(found.figures),
        )
        name = _segment_name(context, found.segment)
        said = text.format(segment=name, count=words.count(len(found.figures)))
        yield f"· {words.sentences([said, *_answers(context, found)])}"
    left = len(segments) - MOST_SEGMENTS
    if left > 0:
        text = words.ngettext(
            "{count} further segment changed.", "{count} further segments changed.", left
        )
        yield text.format(count=words.count(left))


def _segment_name(context: Context, segment: str) -> str:
    """In words; a segment that is gone goes by its id."""
    own = (found for found in context.findings.segments if found.segment == segment)
    found = next(own, None)
    return clean(segment) if found is None else context.segment_name(found)


def _prominence(one: Differing) -> tuple[bool, int, str]:
    """First what moved; what a report leads with before the rest, attributes last."""
    same = one.then is not None and one.now is not None and one.then.value == one.now.value
    leads = (*LEVELS, "nps", *COMPLAINTS, "return_rate")
    place = leads.index(one.key) if one.key in leads else len(leads)
    return same, place + bool(one.of), one.of


def _named(context: Context, one: Differing) -> str:
    text = context.words.gettext("{figure} {now}, {then} before")
    return text.format(
        figure=_name(context, one), now=_value(context, one.now), then=_value(context, one.then)
    )


def _name(context: Context, one: Differing) -> str:
    name = context.words.indicator(one.key)
    if not one.of:
        return name
    text = context.words.gettext("{name} ({item})")
    return text.format(name=name, item=item_name(context, one.key, one.of))


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
