"""How does a company want its reports to look? Which chapters in which order, logo, colours.

A design changes no figure and no sentence on one. It goes with an edition as text, so that its
files can be drawn again at any time, by any process; what was chosen is part of the fingerprint.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

from reports import look
from reports.colour import DEUTERANOPIA, PROTANOPIA, apart, contrast, darker, lightness, tint
from reports.errors import ReportError

METHOD = "method"
"""The chapter that no report goes without."""

CHAPTERS = (
    "summary",
    "importance",
    "complaints",
    "loyalty",
    "differences",
    "voices",
    METHOD,
)
"""The chapters of the report on a segment, in their usual order."""

TEXT, GRAPHICS = 4.5, 3.0
"""Least contrast to paper of what is read, and of what is seen (WCAG 2.2, 1.4.3 and 1.4.11)."""

APART, TINTS_APART, GREYS_APART = 20.0, 8.0, 7.0
"""How far good, bad and unclear must be apart, and the tints of good and bad, for who is
colour-blind; and the three in black and white."""

WIDEST, HIGHEST = 480, 96
"""Pixels that a logo is kept in: as many as print shows at its size."""


class DesignImpossible(ReportError, ValueError):
    """Something cannot look like that; ``name`` says what, ``instead`` what would do."""

    def __init__(self, name: str, what: str, instead: str) -> None:
        super().__init__(f"{what}: {instead}")
        self.name = name
        self.what = what
        self.instead = instead


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture on paper: red, green and blue of each pixel, row by row from the top.

    ``english`` and ``chinese`` are read in its place.
    """

    width: int
    height: int
    pixels: bytes
    english: str
    chinese: str

    def shows(self, language: str) -> str:
        """What is read in its place."""
        return self.chinese if language == "zh" else self.english


@dataclass(frozen=True)
class Colours:
    """The colours of the house, as ``#RRGGBB``; raises :class:`DesignImpossible`.

    ``accent``: of the line above the title and of the bars beside what is said; None: as what is
    good. ``band``: of the band along the top of each page; None: the accent, else ink. ``good``
    and ``bad``: of figures, in every chart and table; their tints follow from them.
    """

    accent: str | None = None
    band: str | None = None
    good: str = look.GOOD
    bad: str = look.BAD

    def __post_init__(self) -> None:
        for each in fields(self):
            colour = getattr(self, each.name)
            if colour is not None:
                check_contrast(each.name, colour)
        _told_apart(self)

    @cached_property
    def instead(self) -> Mapping[str, str]:
        """Colours of :mod:`reports.look` → those drawn in their place; those that differ."""
        found = {look.ACCENT: self.accent or self.good}
        found[look.EDGE] = self.band or self.accent or look.INK
        for usual, own, tints in (
            (look.GOOD, self.good, TINTS_OF_GOOD),
            (look.BAD, self.bad, TINTS_OF_BAD),
            (look.GOOD, found[look.ACCENT], (look.PANEL,)),
        ):
            if own != usual:
                found |= {pale: tint(own, lightness(pale)) for pale in tints}
        for usual, own in ((look.GOOD, self.good), (look.BAD, self.bad)):
            if own != usual:
                found[usual] = own
        return MappingProxyType(found)

    def of(self, usual: str) -> str:
        """What is drawn in place of a colour of :mod:`reports.look`."""
        return self.instead.get(usual, usual)


TINTS_OF_GOOD = (look.GOOD_TINT, look.BAND, look.GOOD_BAR, *look.STEPS_GOOD, look.SCALE[5][3])
TINTS_OF_BAD = (look.BAD_TINT, look.BAD_BAR, *look.STEPS_BAD, look.SCALE[5][1])


def check_contrast(name: str, colour: str) -> None:
    """Raises :class:`DesignImpossible` where that colour of the house cannot be read on paper.

    >>> check_contrast("accent", "#FFB000")
    Traceback (most recent call last):
    reports.design.DesignImpossible: accent is #FFB000: its contrast to paper is 1.8, text needs
    4.5: write #9E6D00 or darker
    """
    least, what = (GRAPHICS, "a band") if name == "band" else (TEXT, "text")
    found = contrast(colour, look.PAPER)
    if found < least:
        told = f"{name} is {colour}: its contrast to paper is {_down(found)}, {what} needs {least}"
        raise DesignImpossible(name, told, f"write {darker(colour, look.PAPER, least)} or darker")


def _down(measured: float) -> str:
    """Rounded down, so that what is too little is never said to be enough."""
    return f"{int(measured * 10) / 10:.1f}"


def _seen_apart(one: str, other: str) -> float:
    return min(apart(one, other, cones) for cones in (DEUTERANOPIA, PROTANOPIA))


def _told_apart(colours: Colours) -> None:
    """Raises :class:`DesignImpossible` where good, bad and unclear may be taken for each other."""
    good, bad = ("good", colours.good), ("bad", colours.bad)
    unclear = ("the grey of what is unclear", look.UNCLEAR)
    for (name, one), (other, beside) in ((bad, good), (good, unclear), (bad, unclear)):
        found = _seen_apart(one, beside)
        if found < APART:
            told = (
                f"{name} is {one}: who is red-green blind sees it too much like {other}, {beside} "
                f"({_down(found)} apart, {APART:g} needed)"
            )
            raise DesignImpossible(name, told, "choose another hue, such as blue against orange")
    tints = [(look.GOOD_BAR, look.BAD_BAR), *zip(look.STEPS_GOOD, look.STEPS_BAD, strict=True)]
    found = min(_seen_apart(colours.of(one), colours.of(beside)) for one, beside in tints)
    if found < TINTS_APART:
        told = (
            f"tints of bad, {colours.bad}, and of good, {colours.good}, are too much alike for who "
            f"is red-green blind ({_down(found)} apart, {TINTS_APART:g} needed)"
        )
        raise DesignImpossible("bad", told, "choose purer colours, such as blue against orange")
    greys = sorted((lightness(colour), name) for name, colour in (good, bad, unclear))
    for (dark, name), (light, other) in pairwise(greys):
        if light - dark < GREYS_APART:
            told = (
                f"{name} and {other} look alike in black and white (lightness {dark:.0f} and "
                f"{light:.0f}, {GREYS_APART:g} apart needed)"
            )
            raise DesignImpossible(name, told, "make the darker one darker")


@dataclass(frozen=True)
class Design:
    """What a report shows, where, and in which dress; raises :class:`DesignImpossible`.

    ``chapters``: those of :data:`CHAPTERS` that the report on a segment has, in their order.

    >>> Design().digest == Design(CHAPTERS).digest != Design(("summary", "method")).digest
    True
    """

    chapters: tuple[str, ...] = CHAPTERS
    colours: Colours = field(default_factory=Colours)
    logo: Logo | None = None

    def __post_init__(self) -> None:
        for i, name in enumerate(self.chapters):
            if name not in CHAPTERS or name in self.chapters[:i]:
                known = f"name each once, of {', '.join(CHAPTERS)}"
                raise DesignImpossible("sections", f"{name} is no further section", known)
        if METHOD not in self.chapters:
            told = "sections leaves out method, which no report goes without"
            raise DesignImpossible("sections", told, "figures need their method; add method")

    @property
    def digest(self) -> str:
        """SHA-256 of :func:`to_text`."""
        return hashlib.sha256(to_text(self).encode()).hexdigest()


STANDARD = Design()
"""All chapters in their usual order, our own colours, no logo."""


def to_text(design: Design) -> str:
    """A design as one line of JSON; the same design is the same text.

    >>> from_text(to_text(STANDARD)) == STANDARD
    True
    """
    logo = design.logo and _packed(design.logo)
    told = {"sections": design.chapters, "colours": _named(design.colours), "logo": logo}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> Design:
    """The design that :func:`to_text` wrote."""
    told = json.loads(text)
    logo = told["logo"]
    if logo is not None:
        logo = Logo(**{**logo, "pixels": base64.b64decode(logo["pixels"])})
    return Design(tuple(told["sections"]), Colours(**told["colours"]), logo)


def _named(thing: Colours | Logo) -> dict[str, object]:
    return {each.name: getattr(thing, each.name) for each in fields(thing)}


def _packed(logo: Logo) -> dict[str, object]:
    return {**_named(logo), "pixels": base64.b64encode(logo.pixels).decode()}
