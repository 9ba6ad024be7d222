"""Whoever cannot tell red from green reads the same: colours differ, and never stand alone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from reports import look
from reports.context import Context, Tone, tone_of
from reports.fonts import Fonts
from reports.pdf.differences import _row
from reports.pdf.document import context_of
from reports.pdf.summary import tile, tile_figures
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases

DEUTERANOPIA = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)
PROTANOPIA = np.array(
    [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ]
)
"""How linear RGB is seen without one kind of cones: Machado, Oliveira & Fernandes 2009."""

XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = XYZ.sum(axis=1)


def linear(colour: str) -> NDArray[np.float64]:
    """``#RRGGBB`` as linear red, green and blue (sRGB, IEC 61966-2-1)."""
    coded = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)


def seen(colour: str, blindness: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lightness and both colour axes (CIE 1976 L*a*b*) of a colour as it is then seen."""
    share = XYZ @ np.clip(blindness @ linear(colour), 0, 1) / WHITE
    bent = np.where(share > 0.008856, np.cbrt(share), 7.787 * share + 16 / 116)
    x, y, z = bent
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(one: str, other: str, blindness: NDArray[np.float64]) -> float:
    """How far two colours are apart (CIE 1976); 2.3 is just noticed side by side."""
    return float(np.linalg.norm(seen(one, blindness) - seen(other, blindness)))


BLIND = pytest.mark.parametrize("blindness", [DEUTERANOPIA, PROTANOPIA], ids=["green", "red"])


@BLIND
def test_good_bad_and_unclear_are_told_apart(blindness: NDArray[np.float64]) -> None:
    """Dots, whiskers and bars of different meaning differ far more than can just be noticed."""
    pairs = [
        (look.GOOD, look.BAD),
        (look.GOOD, look.UNCLEAR),
        (look.BAD, look.UNCLEAR),
        (look.GOOD_BAR, look.BAD_BAR),
        (look.BAD_BAR, look.MUTED_BAR),
        (look.GOOD, look.MUTED_BAR),
        *zip(look.STEPS_GOOD[1:], look.STEPS_BAD[1:], strict=True),
    ]
    assert min(apart(*pair, blindness) for pair in pairs) > 20


@BLIND
def test_tints_are_told_apart(blindness: NDArray[np.float64]) -> None:
    """Fields that touch each other, and neighbouring steps of a tint, differ enough to be seen."""
    pairs = [
        (look.GOOD_TINT, look.BAD_TINT),
        (look.GOOD_BAR, look.MUTED_BAR),
        (look.STEPS_GOOD[0], look.STEPS_BAD[0]),
        *pairwise(look.STEPS_GOOD),
        *pairwise(look.STEPS_BAD),
    ]
    assert min(apart(*pair, blindness) for pair in pairs) > 8


@BLIND
@pytest.mark.parametrize("points", look.SCALE)
def test_answers_next_to_each_other_are_told_apart(
    points: int, blindness: NDArray[np.float64]
) -> None:
    """In a bar of answers no colour is like its neighbour, nor the worst like the best."""
    colours = look.SCALE[points]
    pairs = [*pairwise(colours), (colours[0], colours[-1])]
    assert min(apart(*pair, blindness) for pair in pairs) > 20


def test_in_black_and_white_too() -> None:
    """Good, bad and unclear differ in lightness alone, and text in them can be read."""
    plain = np.eye(3)
    light = sorted(seen(colour, plain)[0] for colour in (look.GOOD, look.BAD, look.UNCLEAR))
    assert min(b - a for a, b in pairwise(light)) > 7
    for colour in (look.GOOD, look.BAD, look.SOFT, look.INK):
        assert 1.05 / (float(XYZ[1] @ linear(colour)) + 0.05) > 4.5


def context(fonts: Fonts) -> Context:
    """The full report on a segment."""
    return context_of(cases.make_findings(), pdf_asked.make_instrument(), "A", "en", fonts)


def test_a_sign_says_what_a_tone_says() -> None:
    """Good and bad have a sign each, and what is unclear has neither."""
    assert [tone.arrow for tone in (Tone.GOOD, Tone.BAD, Tone.UNCLEAR)] == ["▲", "▼", ""]


def test_a_coloured_tile_says_why(fonts: Fonts) -> None:
    """Beside each coloured change stand its sign or size, and a word on how sure it is."""
    found = context(fonts)
    tiles = [tile(found, figure) for figure in tile_figures(found)]
    coloured = [t for t in tiles if t.tone is not Tone.UNCLEAR]
    assert coloured
    assert all(t.moved and t.said for t in coloured)


def test_a_significant_cell_carries_an_arrow(fonts: Fonts) -> None:
    """The tint of a cell shows how far it is from the rest, its arrow that this is no chance."""
    found = context(fonts)
    row = found.findings.segment("A")
    ids = [figure.of for figure in row.about("attribute_mean")]
    changes = [row.from_rest("attribute_mean", attribute) for attribute in ids]
    shown = _row(found, row, ids)[2:]
    tones = [tone_of(change) for change in changes]
    assert Tone.BAD in tones
    assert [cell.text[-1:] in "▲▼" for cell in shown] == [bool(tone.arrow) for tone in tones]
