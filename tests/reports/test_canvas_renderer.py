"""Charts on the page: matplotlib's paths and texts arrive as vectors in the page's fonts."""

from __future__ import annotations

import io
import math
import zlib

import pikepdf
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from matplotlib.path import Path
from reportlab.pdfgen.canvas import Canvas

from reports.canvas_renderer import draw_figure, outline
from reports.fonts import Fonts
from tests.reports.pdf_reading import letters_of, pages_of


def drawn(figure: Figure, fonts: Fonts, at: tuple[float, float] = (50, 60)) -> bytes:
    """A PDF with that figure on its page."""
    out = io.BytesIO()
    lettering = fonts.lettering("zh")
    canvas = Canvas(out, invariant=1, initialFontName=lettering.first_face)  # type: ignore[arg-type]
    draw_figure(figure, canvas, *at, lettering)
    canvas.save()
    return out.getvalue()


def stream(data: bytes) -> str:
    """The drawing operators of the first page."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return document.pages[0].Contents.read_bytes().decode("latin-1")


def bare(width: float = 200, height: float = 100) -> Figure:
    """An empty figure of that size in points."""
    return Figure(figsize=(width / 72, height / 72), dpi=72)


def test_mixed_text_is_selectable_and_where_it_was_put(fonts: Fonts) -> None:
    """English and Chinese of one label stand on one baseline, at the figure's place."""
    figure = bare()
    figure.text(
        0.5, 0.5, "NPS 净推荐值 $x^2$", fontsize=10, ha="left", va="bottom", parse_math=False
    )
    data = drawn(figure, fonts)
    assert "".join(pages_of(data)).strip() == "NPS 净推荐值 $x^2$"
    first = letters_of(data)[0][0]
    assert first.left == pytest.approx(50 + 100, abs=1.5)
    assert first.bottom == pytest.approx(60 + 50, abs=0.5)


def test_right_aligned_text_ends_where_it_should(fonts: Fonts) -> None:
    """Widths come from the document's fonts, so alignment is exact."""
    figure = bare()
    figure.text(1.0, 0.5, "1,284", fontsize=10, ha="right", parse_math=False)
    last = letters_of(drawn(figure, fonts))[0][-1]
    assert last.right == pytest.approx(250, abs=1.0)


def test_rotated_text_runs_upwards(fonts: Fonts) -> None:
    """The name of a vertical axis is turned, not dropped."""
    figure = bare()
    figure.text(0.5, 0.1, "UP", fontsize=10, rotation=90, parse_math=False)
    first, second = letters_of(drawn(figure, fonts))[0]
    assert second.bottom > first.bottom


def test_bold_text_takes_the_bold_face(fonts: Fonts) -> None:
    """Weight 700 embeds the second face and no third."""
    figure = bare()
    figure.text(0.1, 0.5, "x", fontweight=700, parse_math=False)
    figure.text(0.1, 0.1, "x", fontweight="bold", parse_math=False)
    with pikepdf.open(io.BytesIO(drawn(figure, fonts))) as document:
        names = {str(f.BaseFont) for f in document.pages[0].Resources.Font.values()}
    assert any(fonts.bold[0].name in name for name in names)


def test_lines_keep_width_colour_dashes_and_caps(fonts: Fonts) -> None:
    """What matplotlib knows of a pen reaches the page."""
    figure = bare()
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.plot([0, 1], [0, 1], color="#ff0000", linewidth=3, linestyle=(0, (2, 1)))
    axes.lines[0].set_dash_capstyle("round")
    drawing = stream(drawn(figure, fonts))
    assert "1 0 0 RG" in drawing
    assert "3 w" in drawing
    assert "[6 3]" in drawing
    assert "1 J" in drawing


def test_curves_stay_curves(fonts: Fonts) -> None:
    """A circle is four curves, not a polygon nor a picture."""
    figure = bare()
    figure.add_artist(Circle((0.5, 0.5), 0.2, facecolor="#0000ff", edgecolor="none"))
    drawing = stream(drawn(figure, fonts))
    assert drawing.count(" c ") + drawing.count(" c\n") >= 4
    assert "0 0 1 rg" in drawing


def test_quadratic_curves_become_cubic_ones() -> None:
    """PDF knows cubic curves only; both draw the same line."""
    path = Path([(0, 0), (30, 60), (60, 0)], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    assert outline(path, None) == "0 0 m 20 40 40 40 60 0 c"


def test_a_line_is_interrupted_where_it_has_no_point() -> None:
    """What is not a number draws nothing, and numbers are written without exponents."""
    path = Path([(0, 1e9), (-0.001, 0.125), (math.nan, 0), (2, 2), (3, 1e-9)])
    assert outline(path, None) == "0 1000000000 m 0 0.12 l 2 2 m 3 0 l"


def test_transparency_is_kept(fonts: Fonts) -> None:
    """Half transparent fills and lines carry their alpha into the page's graphics state."""
    figure = bare()
    figure.add_artist(Rectangle((0, 0), 1, 1, facecolor=(1, 0, 0, 0.5), edgecolor=(0, 0, 0, 0.25)))
    with pikepdf.open(io.BytesIO(drawn(figure, fonts))) as document:
        states = document.pages[0].Resources.ExtGState.values()
        alphas = {float(v) for s in states for k, v in s.items() if k in ("/ca", "/CA")}
    assert {0.5, 0.25} <= alphas


def test_what_has_no_ink_is_not_drawn(fonts: Fonts) -> None:
    """Invisible patches leave nothing in the file."""
    figure = bare()
    empty = stream(drawn(figure, fonts))
    figure.add_artist(Rectangle((0, 0), 1, 1, facecolor="none", edgecolor="none"))
    assert stream(drawn(figure, fonts)) == empty


def test_clipping_is_kept(fonts: Fonts) -> None:
    """What matplotlib clips to the plot area or a path stays inside on paper."""
    figure = bare()
    axes = figure.add_axes((0.25, 0.25, 0.5, 0.5))
    axes.set_axis_off()
    (line,) = axes.plot([-9, 9], [-9, 9])
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    assert "50 25 100 50 re W" in stream(drawn(figure, fonts)).replace("\n", " ")
    line.set_clip_path(Circle((0.5, 0.5), 0.2, transform=axes.transData))
    assert stream(drawn(figure, fonts)).count("W") >= 1


def test_the_same_figure_gives_the_same_bytes(fonts: Fonts) -> None:
    """Nothing of the moment or of memory addresses enters the page."""

    def make() -> bytes:
        figure = bare()
        axes = figure.add_axes((0, 0, 1, 1))
        axes.plot([0, 1, 2], [0.1, 0.3, 0.2], marker="o")
        return drawn(figure, fonts)

    assert zlib.crc32(make()) == zlib.crc32(make())
