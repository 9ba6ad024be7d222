"""Processor seconds of a PDF, by one process: the sample company's reports, warm.

The limit is the ordinary way, measured in the same run: the same figures as a report draws,
each saved by matplotlib's own PDF backend with embedded TrueType fonts (type 42), and an empty
ReportLab document of as many pages. Once more with the backend's own setting, type 3: that is
cheaper, for it cuts no font, and makes files twice as large.
"""

from __future__ import annotations

import io
import logging
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import matplotlib as mpl
import pikepdf
from matplotlib import font_manager
from matplotlib.figure import Figure
from reportlab.pdfgen.canvas import Canvas

from bench import building
from bench.figure import Measured
from instruments.model import Instrument
from reports.canvas_renderer import draw_figure
from reports.findings import Findings
from reports.fonts import Fonts
from reports.pdf import render
from survey.fieldwork.surveys import find_survey, instrument_of
from survey.jobs.drawing import settle
from survey.jobs.findings import find_out
from survey.sample.fill import SURVEY_ID, fill_sample
from survey.settings import Settings
from survey.store import open_store

# matplotlib's font subsetting tells of every table it drops.
logging.getLogger("fontTools").setLevel(logging.ERROR)
# It also tells of every face that comes in one weight only.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

TODAY = date(2026, 11, 15)
ROUNDS = 8


def measure(folder: Path) -> Iterator[Measured]:
    """Processor seconds of a PDF in each language, and the ordinary way's; then a whole month."""
    settings = Settings(folder / "data")
    with open_store(settings) as store:
        waves = fill_sample(store, today=TODAY, seed=2026, now=datetime.now(UTC))
        survey = find_survey(store, SURVEY_ID)
        found = find_out(store, survey, wave=waves[-1], by="tier")
        instrument = instrument_of(store, survey)
    fonts = Fonts.prepare(settings.data / "fonts")
    settle()
    with mpl.rc_context({"font.family": matplotlib_families(fonts)}):
        for language in ("en", "zh"):
            figures, pages = drawn(found, instrument, fonts, language)
            ours = seconds(partial(render, found, instrument, "all", language, fonts))
            for name, kind in (("", 42), (", type 3", 3)):
                with mpl.rc_context({"pdf.fonttype": kind}):
                    ordinary = seconds(partial(ordinary_way, figures, pages))
                yield Measured(f"pdf {language}{name}", ours, "s", ordinary)
    yield from building.measure(found, instrument, fonts)


def matplotlib_families(fonts: Fonts) -> list[str]:
    """The report's own fonts, made known to matplotlib, in order of preference."""
    families: list[str] = []
    for face in (*fonts.regular, *fonts.bold):
        file = str(fonts.cache / f"{face.name}.ttf")
        font_manager.fontManager.addfont(file)
        families.append(font_manager.FontProperties(fname=file).get_name())
    return list(dict.fromkeys(families))


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one call, warm."""
    work()
    began = time.process_time()
    for _ in range(ROUNDS):
        work()
    return (time.process_time() - began) / ROUNDS


def drawn(
    found: Findings, instrument: Instrument, fonts: Fonts, language: str
) -> tuple[list[Figure], int]:
    """The figures of one report, and how many pages it has."""
    figures: list[Figure] = []

    def noted(figure: Figure, *rest: Any) -> None:
        figures.append(figure)
        draw_figure(figure, *rest)

    with mock.patch("reports.pdf.pen.draw_figure", noted):
        content = render(found, instrument, "all", language, fonts)
    with pikepdf.open(io.BytesIO(content)) as document:
        return figures, len(document.pages)


def ordinary_way(figures: list[Figure], pages: int) -> None:
    """Each figure saved by matplotlib, and an empty document of as many pages."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a glyph that only one of the two fonts has
        for figure in figures:
            figure.savefig(io.BytesIO(), format="pdf")
    canvas = Canvas(io.BytesIO())
    for _ in range(pages):
        canvas.showPage()
    canvas.save()
