"""Every number printed on any page is one of findings.json: in all states, in both languages."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Mapping

import numpy as np
import pytest

from instruments.model import Instrument
from reports.cycles import Cycle, Phase
from reports.figures import plot
from reports.findings import ALL, Figure, Findings, Interval, Note, Standing
from reports.fonts import Fonts
from reports.pdf import render, render_one_page, render_overview
from reports.texts import Words
from tests.reports import counted_cases, pdf_asked, pdf_states
from tests.reports import pdf_cases as cases
from tests.reports.listed_counts import left_out, listed
from tests.reports.pdf_reading import pages_of
from tests.reports.printed_numbers import (
    COUNTED,
    LEFT_OUT,
    Ticks,
    counts,
    known,
    not_found,
    printed,
)
from tests.reports.records_cases import PLAIN, books, stamp

Case = tuple[Findings, Instrument, str]


def _sample() -> Case:
    return cases.make_findings(), pdf_asked.make_instrument(), "all"


def _segment() -> Case:
    return cases.make_findings(), pdf_asked.make_instrument(), "B"


def _counted() -> Case:
    """All that the engine counts of 400 answers."""
    asked = counted_cases.monthly()
    data = counted_cases.random_dataset(asked, 400, np.random.default_rng(4))
    return counted_cases.found(data), asked, "all"


def _hidden() -> Case:
    segments = {**cases.SEGMENTS, "A": ("A · VIP", 3)}
    return cases.make_findings(segments=segments), pdf_asked.make_instrument(), "A"


def _indicative() -> Case:
    segments = {**cases.SEGMENTS, "A": ("A · VIP", 12)}
    return cases.make_findings(segments=segments), pdf_asked.make_instrument(), "A"


def _first_month() -> Case:
    return cases.make_findings(waves=1), pdf_asked.make_instrument(), "all"


def _census() -> Case:
    """Everybody answered: each figure is exact."""
    found = cases.make_findings()

    def exact(figure: Figure) -> Figure:
        if figure.value is None:
            return figure
        ends = Interval(figure.value, figure.value, "census", 1.0)
        return dataclasses.replace(figure, interval=ends, certain=ends, notes=(Note.CENSUS,))

    segments = tuple(
        dataclasses.replace(s, figures=tuple(map(exact, s.figures)), population=s.responses)
        for s in found.segments
    )
    return dataclasses.replace(found, segments=segments), pdf_asked.make_instrument(), "all"


def _thirty_attributes() -> Case:
    named = {f"a{c}{d}": (f"Attribute {c}{d}", f"要素{c}{d}") for c in "abc" for d in "klmnopqrst"}
    return cases.make_findings(ids=named), pdf_asked.make_instrument(named), "all"


def _nothing_answered() -> Case:
    return pdf_states.emptied(cases.make_findings()), pdf_asked.make_instrument(), "all"


def _twenty_segments() -> Case:
    segments = {
        f"s{c}": (f"District {c}", 3 + 40 * i) for i, c in enumerate("ABCDEFGHIJKLMNOPQRST")
    }
    return cases.make_findings(segments=segments), pdf_asked.make_instrument(), "sH"


def _with_books() -> Case:
    """What the complaint log says beside the answers."""
    asked = counted_cases.monthly()
    data = counted_cases.random_dataset(
        asked, 400, np.random.default_rng(4), segments=("A", "B"), shares=(0.4, 0.6)
    )
    about = dataclasses.replace(
        PLAIN, kinds=Counter({"1": 11, "wiring": 6, "x": 1}), attributes=Counter({"price": 9})
    )
    booked = books({stamp("A"): about, stamp("B"): about})
    return counted_cases.found(data, records=booked), asked, "all"


def _with_cycles() -> Case:
    """What is being done, beside the figures that must move; more than the page holds."""
    told = [
        Cycle(key, of, segment, "Call back", "回电", "Bob", due, Phase.DO)
        for key, of, segment in (
            ("gap", "delivery", ALL),
            ("nps", "", "A"),
            ("favourability", "", "B"),
            ("complaint_rate", "", "Z"),
            ("days_to_close", "median", "C"),
            ("return_rate", "", "D"),
        )
        for due in ("2026-10-01", "2026-12-31")
    ]
    found = dataclasses.replace(cases.make_findings(), cycles=tuple(told))
    return found, pdf_asked.make_instrument(), "all"


CASES: Mapping[str, Callable[[], Case]] = {
    "sample": _sample,
    "segment": _segment,
    "counted": _counted,
    "with books": _with_books,
    "with cycles": _with_cycles,
    "hidden": _hidden,
    "indicative": _indicative,
    "first month": _first_month,
    "census": _census,
    "thirty attributes": _thirty_attributes,
    "nothing answered": _nothing_answered,
    "twenty segments": _twenty_segments,
}


Render = Callable[[Case, str, Fonts], bytes]


def _report(case: Case, language: str, fonts: Fonts) -> bytes:
    return render(*case, language, fonts)


def _overview(case: Case, language: str, fonts: Fonts) -> bytes:
    found, asked, _segment = case
    return render_overview(found, asked, language, fonts)


def _wall(case: Case, language: str, fonts: Fonts) -> bytes:
    return render_one_page(*case, language, fonts)


def read(
    make: Render, case: Case, language: str, fonts: Fonts, watch: pytest.MonkeyPatch
) -> tuple[list[str], Ticks]:
    """The numbers on the pages of a document, and the marks of its axes."""
    ticks = Ticks()
    watch.setattr(plot, "ticks", ticks.noting(plot.ticks))
    text = "\n".join(pages_of(make(case, language, fonts)))
    return printed(text, case[0], case[1], Words(language)), ticks


@pytest.mark.parametrize("make", [_report, _overview, _wall])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CASES)
def test_every_number_on_paper_is_one_of_findings_json(
    name: str, language: str, make: Render, fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them: whoever doubts a figure finds it, its base and its interval in the file."""
    case = CASES[name]()
    numbers, ticks = read(make, case, language, fonts, monkeypatch)
    assert numbers or (name, make) == ("nothing answered", _wall)
    spoken = known(case[0], ALL if make is _overview else case[2], Words(language))
    if make is _wall and case[0].segment(case[2]).standing is Standing.HIDDEN:
        spoken |= known(case[0], ALL, Words(language))  # what it shows instead
    assert not_found(numbers, spoken, ticks.names()) == []


@pytest.mark.parametrize("make", [_report, _overview, _wall])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CASES)
def test_every_count_of_something_listed_is_the_number_of_it(
    name: str, language: str, make: Render, fonts: Fonts
) -> None:
    """5 of 8 attributes: eight have a figure in the file, five of them as the sentence says."""
    case, words = CASES[name](), Words(language)
    text = "\n".join(pages_of(make(case, language, fonts)))
    found, _asked, segment = case
    segment = ALL if make is _overview else segment
    assert set(counts(text, COUNTED)) <= listed(found, segment, words)
    assert set(counts(text, LEFT_OUT)) <= left_out(found, segment, words)


def test_the_check_itself_sees_a_number_that_is_not_there(
    fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers whose last digit is another are found out, most of them: few are a figure's, too."""
    case = _sample()
    numbers, ticks = read(_report, case, "en", fonts, monkeypatch)
    spoken = known(case[0], case[2], Words("en"))
    bent = [_bent(number) for number in numbers if sum(c.isdigit() for c in number) > 1]
    assert len(not_found(bent, spoken, ticks.names())) > 0.6 * len(bent)


def _bent(number: str) -> str:
    """The same number, its last digit one higher."""
    place = max(i for i, c in enumerate(number) if c.isdigit())
    return f"{number[:place]}{(int(number[place]) + 1) % 10}{number[place + 1 :]}"
