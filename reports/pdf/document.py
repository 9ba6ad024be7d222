"""From findings to PDF bytes: chapters, pages, running heads, outline.

The same findings give the same bytes, on any machine and at any time: nothing here reads a
clock, a locale or a setting.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from reportlab.pdfgen.canvas import Canvas

from instruments.catalogue import HTML_TAGS
from instruments.model import Instrument
from reports import look
from reports.context import Context
from reports.design import STANDARD, Design
from reports.editions import Edition
from reports.excerpt import excerpt
from reports.findings import Findings
from reports.findings_json import to_json
from reports.fonts import Fonts
from reports.look import Style
from reports.pdf.carried import attach_findings, describe_in_xmp, packed
from reports.pdf.chapters import chapters
from reports.pdf.edition import EditionNote
from reports.pdf.flow import Chapter, Frame, Placed, paginate
from reports.pdf.opening import opened
from reports.pdf.pen import Pen
from reports.pdf.tagging import FOOTER, HEADER, Tree
from reports.texts import Words
from reports.typeset import clean

SMALL = Style(look.TINY, colour=look.SOFT)

IMPRINT = 827.8
"""Where the line on the edition stands, counted from the top."""

NO_WORDS: Mapping[str, str] = MappingProxyType({})
"""The words of comments, where none are kept."""


def render(
    findings: Findings,
    instrument: Instrument,
    segment: str,
    language: str,
    fonts: Fonts,
    edition: Edition | None = None,
    texts: Mapping[str, str] = NO_WORDS,
    design: Design = STANDARD,
) -> bytes:
    """The report on one segment as the bytes of a PDF, A4, fonts embedded.

    ``language`` is one of ``instruments.catalogue.LANGUAGES``; ``edition`` is what the last page
    says of the report itself, None for one that is not issued. A hidden segment gives a page
    that says so. Raises LookupError where the findings have no such segment.

    ``texts``: reference → words of the comments that are quoted, redacted; one that is missing is
    kept no longer, and the page says so. ``design``: which chapters it has, and its dress.
    """
    quoted = quoted_of(findings, segment, texts)
    context = context_of(findings, instrument, segment, language, fonts, quoted, design)
    title = context.words.gettext("Customer Satisfaction Report")
    found = opened(_ended(chapters(context, texts), context, edition))
    return bind(context, paginate(found), title)


def quoted_of(findings: Findings, segment: str, texts: Mapping[str, str]) -> str:
    """All words that the report on a segment quotes; LookupError where there is none."""
    found = findings.segment(segment).voices
    return "".join(texts.get(reference, "") for reference in found.references) if found else ""


def context_of(
    findings: Findings,
    instrument: Instrument,
    segment: str,
    language: str,
    fonts: Fonts,
    quoted: str = "",
    design: Design = STANDARD,
) -> Context:
    """What every page of a document on that segment needs to know; LookupError where none is.

    ``quoted``: words of customers that its letters must cover.
    """
    found = findings.segment(segment)
    covering = fonts.covering("".join((*_labels(findings, instrument, language), quoted)))
    lettering = covering.lettering(language)
    return Context(findings, instrument, found, Words(language), lettering, design)


def bind(
    context: Context, pages: Sequence[Sequence[Placed]], title: str, imprint: str = ""
) -> bytes:
    """The pages as the bytes of a PDF called ``title``, with running heads and an outline.

    ``imprint``: a line for the foot of each page that says which edition it is.
    """
    out = io.BytesIO()
    canvas = Canvas(
        out,
        pagesize=(look.PAGE_WIDTH, look.PAGE_HEIGHT),
        invariant=1,
        pdfVersion=(1, 7),
        pageCompression=0,  # done once, when all is packed
        initialFontName=context.lettering.first_face,  # type: ignore[arg-type]
        lang=HTML_TAGS[context.language],
    )
    _describe(canvas, context, title)
    tree = Tree(canvas)
    for number, page in enumerate(pages, start=1):
        pen = Pen(canvas, context.lettering, tree, context.design.colours)
        _page(pen, context, title, page, (number, len(pages)))
        if imprint:
            with tree.unread(FOOTER):
                pen.text(look.LEFT, IMPRINT, imprint, SMALL, room=look.WIDTH)
        tree.show_page()
    tree.finish()
    about = context.words.gettext("The figures of this report, at full precision")
    figures = excerpt(context.findings, context.found.segment)
    attach_findings(canvas, to_json(figures, compact=True).encode(), about)
    describe_in_xmp(canvas, HTML_TAGS[context.language])
    canvas.save()
    return packed(out.getvalue())


def _labels(findings: Findings, instrument: Instrument, language: str) -> Iterator[str]:
    """Every text on the pages that is not ours, but comments: for the fonts to cover."""
    yield findings.provenance.company
    yield findings.wave
    yield instrument.title.of(language)
    for part in findings.segments:
        yield part.label
        yield part.segment
    for attribute in instrument.attributes:
        yield attribute.text.of(language)
    for question in instrument.questions:
        yield question.text.of(language)
        for point in question.points:
            if point.text is not None:
                yield point.text.of(language)


def _ended(chapters: list[Chapter], context: Context, edition: Edition | None) -> list[Chapter]:
    """The chapters, with what is said of the edition as the last thing."""
    if edition is None:
        return chapters
    last = chapters[-1]
    return [*chapters[:-1], Chapter(last.name, [*last.blocks, EditionNote(context, edition)])]


def _describe(canvas: Canvas, context: Context, title: str) -> None:
    canvas.setTitle(f"{title} · {context.company} · {context.segment_name()} · {context.period}")
    canvas.setAuthor(context.company)
    canvas.setSubject(clean(context.instrument.title.of(context.language)))
    canvas.setCreator("Tellback")
    canvas.setProducer("Tellback")


def _page(
    pen: Pen, context: Context, title: str, page: Sequence[Placed], place: tuple[int, int]
) -> None:
    number, pages = place
    pen.box(0, 0, look.PAGE_WIDTH, 5.5, fill=look.EDGE)
    if number > 1:
        with pen.tree.unread(HEADER):
            _head(pen, context, title)
    for placed in page:
        if placed.opens:
            key = f"chapter-{number}-{placed.chapter}"
            pen.canvas.bookmarkHorizontal(key, 0, look.PAGE_HEIGHT - placed.top + 12)
            pen.canvas.addOutlineEntry(placed.chapter, key, level=0)
            pen.tree.chapter(placed.chapter)
        placed.block.draw(pen, Frame(look.LEFT, placed.top, look.WIDTH, placed.height))
    with pen.tree.unread(FOOTER):
        _foot(pen, context, number, pages)


def _head(pen: Pen, context: Context, title: str) -> None:
    strong = Style(look.TINY, bold=True, colour=look.SOFT)
    used = pen.text(look.LEFT, 25, title, strong)
    about = f"{context.company} · {context.segment_name()} · {context.period}"
    pen.text(look.RIGHT, 25, about, SMALL, align="right", room=look.WIDTH - used - 20)
    pen.rule(look.LEFT, 33, look.WIDTH)


def _foot(pen: Pen, context: Context, number: int, pages: int) -> None:
    _ = context.words.gettext
    pen.rule(look.LEFT, 808, look.WIDTH)
    x = look.LEFT
    if context.findings.provenance.sample:
        text = _("Sample data: simulated answers, no real customers.")
        x += pen.text(x, 819, text, Style(look.TINY, bold=True, colour=look.BAD)) + 5
    text = _("Survey {survey}, {title}, version {version}").format(
        survey=clean(context.findings.survey),
        title=clean(context.instrument.title.of(context.language)),
        version=context.findings.instrument_version,
    )
    pen.text(x, 819, text, SMALL, room=look.RIGHT - x - 40)
    page = Style(look.TINY, bold=True, colour=look.SOFT)
    pen.text(look.RIGHT, 819, f"{number} / {pages}", page, align="right")
