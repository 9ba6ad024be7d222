"""All segments in one document: where each stands, what moved, where to look first.

For who leads several segments: the same findings as the reports on each, side by side. It works
for two segments and for sixty; tables and charts flow over as many pages as they need.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from matplotlib.figure import Figure as Drawing

from instruments.model import Instrument
from reports import chart_texts, look
from reports.context import Context, Tone, tone_of
from reports.design import STANDARD, Design
from reports.editions import Edition
from reports.figures.forest import Row, forest
from reports.findings import ALL, Change, Family, Findings, SegmentFindings, Signal, Standing
from reports.fonts import Fonts
from reports.look import Style
from reports.pdf.blocks import Cell, Chart, Section, Table
from reports.pdf.differences import heat
from reports.pdf.document import bind, context_of
from reports.pdf.edition import EditionNote
from reports.pdf.flow import Block, Chapter, paginate
from reports.pdf.method import Method
from reports.pdf.movements import movements
from reports.pdf.parts import Finding, Remarks, Title, dashes
from reports.pdf.summary import GROUPS
from reports.remarks import Remark, remark
from reports.texts import DASH
from reports.wording import judged_tone

ROWS_A_CHART, ROWS_A_TABLE = 32, 38
ROW = 15.0
MOST_REMARKS = 6
NAME, BASE = 126.0, 36.0


def render_overview(
    findings: Findings,
    instrument: Instrument,
    language: str,
    fonts: Fonts,
    edition: Edition | None = None,
    design: Design = STANDARD,
) -> bytes:
    """The overview of all segments as the bytes of a PDF, A4, fonts embedded.

    Of its ``design`` it has the logo and the colours; its chapters are always the same. Its last
    page says which ``edition`` it is, and in which segments something changed.
    """
    context = context_of(findings, instrument, ALL, language, fonts, design=design)
    context = dataclasses.replace(context, in_time=True)
    chapters = _chapters(context)
    if edition is not None:
        last, note = chapters[-1], EditionNote(context, edition, whole=True)
        chapters[-1] = Chapter(last.name, [*last.blocks, note])
    return bind(context, paginate(chapters), title_of(context))


def title_of(context: Context) -> str:
    """What the document is called."""
    return context.words.gettext("Overview of all segments")


def _chapters(context: Context) -> list[Chapter]:
    _ = context.words.gettext
    first: list[Block] = [
        Title(context, _("Overview"), title_of(context)),
        _attention(context),
        *_standings(context),
    ]
    told = _told(context)
    if told:
        first.append(Remarks(context, told, look.WIDTH, _("Where to look first")))
    chapters = [
        Chapter(_("Where each segment stands"), first),
        Chapter(_("What changed"), [*_changes(context), *movements(context)]),
        Chapter(_("Differences between segments"), heat(context)),
        Chapter(_("Who answered"), [*_answered(context), Method(context)]),
    ]
    return [chapter for chapter in chapters if chapter.blocks]


def needing(context: Context) -> list[Signal]:
    """The first bad signal of each segment, the segment that needs attention first in front."""
    first: dict[str, Signal] = {}
    for signal in context.findings.segment(ALL).signals:
        if signal.segment != ALL and not signal.good:
            first.setdefault(signal.segment, signal)
    return list(first.values())


def _attention(context: Context) -> Finding:
    """Which segment needs attention first, and what that rests on."""
    _ = context.words.gettext
    found = needing(context)
    if not found:
        main = _("No segment stands out for the worse")
        below = _("No figure of a segment is significantly worse than before, or than the rest.")
        return Finding(main, below, context.lettering)
    part = context.findings.segment(found[0].segment)
    main = _("{segment} needs attention first").format(segment=context.segment_name(part))
    why = remark(context, found[0])
    return Finding(main, chart_texts.found(context.words, why.title, why.text), context.lettering)


def _told(context: Context) -> list[Remark]:
    """The most pressing bad news, one of a segment, as in the list of things to know."""
    return [remark(context, signal) for signal in needing(context)[:MOST_REMARKS]]


def keys_of(context: Context) -> list[str]:
    """Satisfaction, recommendation, return and complaints: of each the first that any has."""

    def known(key: str) -> bool:
        found = (part.figure(key) for part in context.findings.segments)
        return any(figure is not None and figure.value is not None for figure in found)

    return [key for group in GROUPS if (key := next(filter(known, group), ""))]


def _name(context: Context, part: SegmentFindings) -> str:
    mark = " *" if part.standing is Standing.INDICATIVE else ""
    return f"{context.segment_name(part)}{mark}"


def _split(context: Context, rows: int) -> list[Sequence[SegmentFindings]]:
    """All segments in parts of at most so many rows, as even as can be."""
    found = context.findings.segments
    pages = -(-len(found) // rows)
    size = -(-len(found) // pages)
    return [found[start : start + size] for start in range(0, len(found), size)]


def _notes(context: Context, rows: Sequence[SegmentFindings], keys: Sequence[str]) -> str:
    """What a dash and a star mean, where there is one."""
    printed = [row for row in rows if row.standing is not Standing.HIDDEN]
    notes = dashes(context, rows, (row.figure(key) for row in printed for key in keys))
    if any(row.standing is Standing.INDICATIVE for row in rows):
        text = context.words.gettext("* fewer than {indicative} answers: indicative.")
        notes.append(text.format(indicative=context.findings.indicative_base))
    return context.words.sentences(notes)


def _standings(context: Context) -> list[Block]:
    """Each segment's main figures as dots with their intervals, panel beside panel."""
    _, words, keys = context.words.gettext, context.words, keys_of(context)
    if not keys:
        return []
    heads = [words.indicator(key)[:1].upper() + words.indicator(key)[1:] for key in keys]
    blocks: list[Block] = []
    for found in _split(context, ROWS_A_CHART):
        rows = [_row(context, part, keys) for part in found]
        title = _("Where each segment stands")
        if blocks:
            title = _("Where each segment stands, continued")
        subtitle = _(
            "Value with {confidence} interval; dotted line = all customers. Coloured, with ▲ or "
            "▼ = significantly better or worse than all other customers."
        ).format(confidence=context.confidence)
        blocks.append(
            Section(
                title,
                subtitle,
                _chart(context, rows, heads, title),
                context.lettering,
                note=_notes(context, found, keys),
            )
        )
    return blocks


def _chart(context: Context, rows: Sequence[Row], heads: Sequence[str], title: str) -> Chart:
    def draw(wide: float, high: float) -> Drawing:
        return forest(context, rows, heads, width=wide, height=high)

    told = [
        (f"{row.name}, {head}", figure)
        for row in rows
        for head, figure in zip(heads, row.figures, strict=True)
        if figure is not None
    ]
    shows = chart_texts.rated(context, title, told)
    return Chart(draw, 34 + ROW * len(rows), 9.0 * len(rows), shows=shows)


def _row(context: Context, part: SegmentFindings, keys: Sequence[str]) -> Row:
    hidden = part.standing is Standing.HIDDEN
    figures = tuple(None if hidden else part.figure(key) for key in keys)
    tones = tuple(tone_of(part.from_rest(key)) for key in keys)
    return Row(_name(context, part), figures, tones, whole=part.segment == ALL)


def _changes(context: Context) -> list[Block]:
    """What each main figure did since the period before, tested together."""
    _, keys = context.words.gettext, keys_of(context)
    moved = [c for part in context.findings.segments if (c := _moves(part, context.family, keys))]
    if not moved:
        return []
    before = next(change.against for found in moved for change in found)
    blocks: list[Block] = []
    for found in _split(context, ROWS_A_TABLE):
        title = _("What changed, continued") if blocks else _clear(context, keys, before)
        subtitle = _(
            "Change since {before}. ▲ or ▼ = better or worse, significant after Holm’s "
            "correction, or an alarm of its control chart; without a mark no clear change."
        ).format(before=context.words.wave(before))
        blocks.append(
            Section(
                title,
                subtitle,
                _table(context, found, keys),
                context.lettering,
                note=_notes(context, found, keys),
            )
        )
    return blocks


def _moves(part: SegmentFindings, family: Family, keys: Sequence[str]) -> list[Change]:
    found = (part.compared(family, key) for key in keys)
    return [change for change in found if change is not None]


def _clear(context: Context, keys: Sequence[str], before: str) -> str:
    """Whom something clearly happened to, as a heading."""
    _, words = context.words.gettext, context.words
    names = [
        context.segment_name(part)
        for part in context.findings.segments
        if part.standing is not Standing.HIDDEN
        and any(_tone(context, part, key).arrow for key in keys)
    ]
    if not names:
        return _("No main figure of any segment changed clearly")
    if len(names) > 3:
        return _("What changed since {before}").format(before=words.wave(before))
    return _("Clear changes in {names}").format(names=words.listing(names))


def _tone(context: Context, part: SegmentFindings, key: str) -> Tone:
    """As the report on that segment judges it: by its control chart, else by its test."""
    own = dataclasses.replace(context, found=part)
    figure = own.shown(key)
    return judged_tone(own, figure) if figure is not None else Tone.UNCLEAR


def _table(context: Context, rows: Sequence[SegmentFindings], keys: Sequence[str]) -> Table:
    _, words = context.words.gettext, context.words
    head = [_("Segment"), _("n"), *(words.indicator(key) for key in keys)]
    rest = (look.WIDTH - NAME - BASE) / max(len(keys), 1)
    cells = [
        [
            Cell(_name(context, part), _weight(part), "left"),
            Cell(_answers(context, part), Style(look.TINY, colour=look.SOFT, leading=10.5)),
            *(_moved(context, part, key) for key in keys),
        ]
        for part in rows
    ]
    strong = next((i for i, part in enumerate(rows) if part.segment == ALL), None)
    return Table(
        head, cells, [NAME, BASE, *([rest] * len(keys))], context.lettering,
        strong_row=strong, most=1, pad=5.0,
    )  # fmt: skip


def _weight(part: SegmentFindings) -> Style:
    return Style(look.SMALL, bold=part.segment == ALL, leading=11)


def _answers(context: Context, part: SegmentFindings) -> str:
    return DASH if part.standing is Standing.HIDDEN else context.words.count(part.responses)


def _moved(context: Context, part: SegmentFindings, key: str) -> Cell:
    """The value, and how it moved with its mark."""
    words, figure = context.words, part.figure(key)
    change = part.compared(context.family, key)
    if figure is None or figure.value is None or part.standing is Standing.HIDDEN:
        return Cell(DASH, Style(look.SMALL, colour=look.FAINT, leading=11))
    tone = _tone(context, part, key)
    said = words.value(figure.unit, figure.value)
    if change is not None and change.value is not None:
        said = f"{said} ({words.difference(figure.unit, change.value)})"
    ink = tone.colour if tone.arrow else look.INK
    style = Style(look.TINY, bold=bool(tone.arrow) or part.segment == ALL, colour=ink, leading=11)
    return Cell(f"{said} {tone.arrow}".strip(), style)


def _answered(context: Context) -> list[Block]:
    """Response rates with their intervals, and what each base carries."""
    _, words = context.words.gettext, context.words
    blocks: list[Block] = []
    head = [_("Segment"), _("Completed responses"), _("Customers"), _("Response rate")]
    for found in _split(context, ROWS_A_TABLE):
        cells = [
            [
                Cell(_name(context, part), _weight(part), "left"),
                Cell(_answers(context, part)),
                Cell(DASH if part.population is None else words.count(part.population)),
                Cell(_rate(context, part)),
            ]
            for part in found
        ]
        wide = (look.WIDTH - NAME - 60) / 3
        widths = [NAME + 60, wide, wide, wide]
        table = Table(head, cells, widths, context.lettering, most=1, pad=5.0)
        title = _("Who answered") if not blocks else _("Who answered, continued")
        note = _notes(context, found, ())
        blocks.append(Section(title, "", table, context.lettering, note=note))
    return blocks


def _rate(context: Context, part: SegmentFindings) -> str:
    """The rate with its interval, which asks how it might turn out again."""
    rate = part.response_rate
    if part.standing is Standing.HIDDEN or rate.value is None:
        return DASH
    value = context.words.value(rate.unit, rate.value)
    return context.words.gettext("{value} ({ends})").format(value=value, ends=context.ends(rate))
