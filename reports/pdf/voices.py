"""What customers say, in their own words, and what could not be quoted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reports import look
from reports.context import Context
from reports.look import Style
from reports.pdf.blocks import Section
from reports.pdf.blocks import Words as Text
from reports.pdf.flow import Block, Chapter, Frame
from reports.pdf.pen import Pen
from reports.quoted import Quoted, Spread, Voices
from reports.quotes import Quote, quote
from reports.texts import N_
from reports.typeset import Line, clean, wrap

TALLEST = 340.0
"""Height from which comments go on in another block, perhaps on the next page."""

STYLE = Style(look.TEXT, leading=13.4)

SPACE, INSET, BETWEEN = 24.0, 13.0, 12.0
"""Points between the columns, between bar and comment, and between comments."""

HOW = {
    Spread.PROPORTIONAL: N_(
        "Drawn by lot; satisfied and dissatisfied customers each have their part."
    ),
    Spread.EVEN: N_("Drawn by lot, as many from satisfied as from dissatisfied customers."),
    Spread.LOT: N_("Drawn by lot."),
}
"""How comments came to be quoted."""


class Quotes(Block):
    """Comments in two columns, each beside a bar; read down the left one first."""

    gap = 14.0

    def __init__(self, said: Sequence[list[Line]]) -> None:
        self.columns = _columns(said)
        self.height = max(map(_height, self.columns))

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Bars and comments."""
        x, top, width, _height = frame
        for column in self.columns:
            y = top
            for lines in column:
                tall = len(lines) * STYLE.step
                pen.box(x, y + 1.5, 2.0, tall - 3.0, fill=look.MUTED_BAR)
                with pen.tagged("BlockQuote"), pen.tagged("P"):
                    pen.lines(x + INSET, y, lines, STYLE)
                y += tall + BETWEEN
            x += (width + SPACE) / 2


Column = Sequence[list[Line]]


def _height(column: Column) -> float:
    return sum(len(lines) * STYLE.step + BETWEEN for lines in column) - BETWEEN * bool(column)


def _columns(said: Column) -> tuple[Column, Column]:
    """Cut where the higher column is lowest."""
    cuts = [(said[:n], said[n:]) for n in range(1, len(said) + 1)]
    return min(cuts, key=lambda columns: max(map(_height, columns)))


def _parts(said: Column) -> list[Column]:
    """As many comments in a block as do not make it too high, one at least."""
    parts: list[list[list[Line]]] = []
    for lines in said:
        if parts and max(map(_height, _columns([*parts[-1], lines]))) <= TALLEST:
            parts[-1].append(lines)
        else:
            parts.append([lines])
    return [*parts]


def voices(context: Context, texts: Mapping[str, str]) -> Chapter:
    """The chapter of comments; ``texts``: reference → words, as far as they are kept."""
    found = context.found.voices
    blocks: list[Block] = []
    if found is not None:
        blocks = _silent(context, found) if found.silent else _spoken(context, found, texts)
    return Chapter(context.words.gettext("Voices"), blocks)


def _silent(context: Context, found: Voices) -> list[Block]:
    """Why nobody is quoted."""
    _ = context.words.gettext
    why = _(
        "Fewer than {fewest} customers wrote a comment that may be quoted. Words give away more "
        "than figures: with so few, single customers could be recognised, so none is quoted here."
    ).format(fewest=context.words.count(found.fewest))
    body = Text(why, look.PLAIN_TEXT, context.lettering, look.WIDTH)
    return [Section(_("What customers say is not quoted"), "", body, context.lettering)]


def _spoken(context: Context, found: Voices, texts: Mapping[str, str]) -> list[Block]:
    blocks: list[Block] = []
    printed: list[Quote] = []
    for quoted in found.questions:
        own = [
            quote(texts[reference], found.length, context.lettering, context.words)
            for reference in quoted.references
            if reference in texts
        ]
        printed += own
        blocks += _question(context, found, quoted, own)
    lost = len(found.references) - len(printed)
    note = context.words.sentences([*_told(context, found), *_losses(context, printed, lost)])
    blocks.append(Text(note, look.NOTE, context.lettering, look.WIDTH))
    return blocks


def _question(
    context: Context, found: Voices, quoted: Quoted, own: Sequence[Quote]
) -> Iterator[Block]:
    _, words = context.words.gettext, context.words
    title = words.ngettext(
        "What customers say: {shown} of {count} comment",
        "What customers say: {shown} of {count} comments",
        quoted.comments,
    ).format(shown=words.count(len(own)), count=words.count(quoted.comments))
    asked = context.instrument.question(quoted.question).text.of(context.language)
    subtitle = words.sentences(
        [_("Asked: “{question}”").format(question=clean(asked)), _(HOW[found.spread])]
    )
    room = (look.WIDTH - SPACE) / 2 - INSET
    blocks = [
        Quotes(part)
        for part in _parts([wrap(one.text, context.lettering, STYLE.size, room) for one in own])
    ]
    nothing = Text("", look.NOTE, context.lettering, look.WIDTH)
    yield Section(title, subtitle, blocks[0] if blocks else nothing, context.lettering)
    yield from blocks[1:]


def _told(context: Context, found: Voices) -> Iterator[str]:
    """By what rules comments are quoted, and which ones could not be."""
    _, words = context.words.gettext, context.words
    if found.asked:
        yield _("Only customers who agreed to be quoted are.")
    yield _(
        "No name, day or other answer stands beside a comment; what is said twice is quoted once; "
        "nothing is translated."
    )
    counted = (
        (
            found.refused,
            words.ngettext(
                "{n} comment is left out for want of consent.",
                "{n} comments are left out for want of consent.",
                found.refused,
            ),
        ),
        (
            found.unknown,
            words.ngettext(
                "Of {n} imported comment it is not known whether it may be quoted.",
                "Of {n} imported comments it is not known whether they may be quoted.",
                found.unknown,
            ),
        ),
        (
            found.empty,
            words.ngettext("{n} comment says nothing.", "{n} comments say nothing.", found.empty),
        ),
        (
            found.unprinted,
            words.ngettext(
                "{n} comment is in a script, or in signs, that this report cannot print.",
                "{n} comments are in scripts, or in signs, that this report cannot print.",
                found.unprinted,
            ),
        ),
    )
    yield from (text.format(n=words.count(n)) for n, text in counted if n)
    if found.apart:
        yield _("Comments of groups too small to be quoted are left out and not counted.")


def _losses(context: Context, printed: Sequence[Quote], lost: int) -> Iterator[str]:
    """What the comments that are quoted have lost on their way to paper."""
    words = context.words
    shortened = sum(one.shortened for one in printed)
    removed = sum(one.removed for one in printed)
    replaced = sum(one.replaced for one in printed)
    counted = (
        (
            lost,
            words.ngettext(
                "{n} comment that was drawn is kept no longer.",
                "{n} comments that were drawn are kept no longer.",
                lost,
            ),
        ),
        (
            shortened,
            words.ngettext(
                "{n} comment is cut short (…).",
                "{n} comments are cut short (…).",
                shortened,
            ),
        ),
        (
            removed,
            words.ngettext(
                "At {n} place, marked [removed], an address, a number or a name was taken out.",
                "At {n} places, marked [removed], addresses, numbers or names were taken out.",
                removed,
            ),
        ),
        (
            replaced,
            words.ngettext(
                "{n} character that cannot be printed gives way to a sign in brackets.",
                "{n} characters that cannot be printed give way to signs in brackets.",
                replaced,
            ),
        ),
    )
    yield from (text.format(n=words.count(n)) for n, text in counted if n)
