"""Whatever the bytes, a questionnaire comes out or an InstrumentError, nothing else."""

from __future__ import annotations

from importlib.resources import files

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instruments.model import Instrument
from instruments.problems import InstrumentError, Notes
from instruments.reader import read_instrument
from instruments.yaml_reader.compose import compose
from tests.instruments.instrument_files import asking, blocks

SHIPPED = files("instruments.library").joinpath("monthly_satisfaction.yaml").read_bytes()
SMALL = (
    asking(
        "{id: a, type: single, text: T, options: [{code: 1, label: A}, {code: 2, label: B}]}",
        "{id: b, type: scale, text: T, min: 1, max: 5, show_if: {question: a, is: [1, 2]}}",
    ).encode(),
    blocks(
        "{id: i, kind: importance, title: I, text: T, top: full}",
        "{id: g, kind: expectation, title: G, scale: five, layout: side_by_side}",
        '{id: o, kind: open, title: O, questions: [{id: c, type: text, text: "T"}]}',
    ).encode(),
)
WORDS = (
    *(": ", "- ", "[", "]", "{", "}", '"', "'", "#", "&a ", "*a", "!x ", "!!int ", "%", "|"),
    *(">", "\t", "\n", "\r", "---\n", "...\n", "? ", "<<: ", "~", "yes", "0x1F", "010", "1e9"),
    *(".inf", "-1", "9" * 30, "9" * 5000, "\\ud800", "\\U00110000", "\\x", '"\\', "\ufeff"),
    *("\u2028", "\x85", "attributes", "id: ", "show_if: ", "all", "@", "`", ",", "=", "!<"),
    *("!%ff", "%YAML 1.1\n---\n", "%TAG ! x\n", "|9\n", "k" * 70, "k" * 1100, "[]", "{}"),
)
PIECES = (*(word.encode() for word in WORDS), b"\xff", b"\x00", b"\xed\xa0\x80")

generous = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def outcome(source: bytes) -> Instrument | InstrumentError:
    """What comes out; any other error than InstrumentError goes through."""
    try:
        return read_instrument(source, "fuzz.yaml")
    except InstrumentError as error:
        refused = error
    assert refused.problems
    for problem in refused.problems:
        assert min(problem.line, problem.column) >= 1
        assert str(problem).isprintable()
    return refused


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A right file with a few pieces put in, taken out or doubled."""
    source = draw(st.sampled_from((*SMALL, SHIPPED)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(source)))
        end = min(len(source), at + draw(st.integers(0, 40)))
        change = draw(st.sampled_from(("put", "take", "double", "byte")))
        if change == "put":
            source = source[:at] + draw(st.sampled_from(PIECES)) + source[at:]
        elif change == "take":
            source = source[:at] + source[end:]
        elif change == "double":
            source = source[:end] + source[at:end] + source[end:]
        else:
            source = source[:at] + draw(st.binary(min_size=1, max_size=2)) + source[at:]
    return source


@generous
@given(st.binary(max_size=300))
def test_any_bytes(source: bytes) -> None:
    """Bytes of no meaning are refused in words."""
    assert isinstance(outcome(source), InstrumentError)


@generous
@given(st.text(alphabet="ab:-[]{}\"'#&*!|>%@?,~ \t\n0.1\\ué\u2028", max_size=200))
def test_any_text_in_yaml_s_own_letters(text: str) -> None:
    """Text made of what YAML gives a meaning to is refused in words."""
    assert isinstance(outcome(text.encode()), InstrumentError)


@generous
@given(mutated())
def test_any_damage_to_a_right_file(source: bytes) -> None:
    """A damaged questionnaire is refused in words or is still one, and then reads again."""
    found = outcome(source)
    if isinstance(found, Instrument):
        assert read_instrument(found.source.encode(), "again.yaml") == found


@generous
@given(mutated())
def test_the_parser_in_python_is_as_safe(source: bytes) -> None:
    """Where libyaml is missing, the same damage makes no other error either."""
    text = source[:1500].decode("utf-8", "ignore")
    notes = Notes("fuzz.yaml")
    compose(text, notes, plain_keys=False, loader=yaml.SafeLoader)
    assert all(str(problem).isprintable() for problem in notes.problems)
