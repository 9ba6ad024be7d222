"""The YAML reader: positions kept, hidden meanings refused, by both of PyYAML's parsers."""

from __future__ import annotations

import pytest
import yaml

from instruments.problems import Mark, Notes
from instruments.yaml_reader import Broken, ListNode, MappingNode, Node, Scalar, Tree, read
from instruments.yaml_reader.compose import LOADER, compose

LOADERS = [
    pytest.param(LOADER, id="libyaml"),
    pytest.param(yaml.SafeLoader, id="python"),
]


def told(text: str, loader: type) -> list[str]:
    """What is wrong with the form of a text, without its file name."""
    notes = Notes("f")
    compose(text, notes, plain_keys=False, loader=loader)
    return [str(problem)[2:] for problem in notes.problems]


def mapping(node: Node) -> MappingNode:
    """A node that must be a mapping."""
    assert isinstance(node, MappingNode)
    return node


def scalar(node: Node) -> Scalar:
    """A node that must be a scalar."""
    assert isinstance(node, Scalar)
    return node


def first(tree: Tree) -> str:
    """The first problem of a tree, or nothing."""
    return str(tree.problems[0]) if tree.problems else ""


def test_every_part_knows_its_place() -> None:
    """Lines and columns count from 1, in characters, for keys, values and list entries."""
    root = mapping(read("标题: 演示\nlist:\n  - one\n  - [two]\n".encode(), "f").root)
    assert root.entries["标题"].value.at == Mark(1, 5)
    listed = root.entries["list"].value
    assert isinstance(listed, ListNode)
    assert [item.at for item in listed.items] == [Mark(3, 5), Mark(4, 5)]
    assert root.entries["list"].key.at == Mark(2, 1)


def test_scalars_stay_as_written() -> None:
    """No scalar turns into a number, date or truth value; quotes are told apart."""
    root = mapping(read(b"a: 1.0\nb: 'yes'\nc: NO\nd: |\n  two\n  lines\n", "f").root)
    values = {key: scalar(entry.value) for key, entry in root.entries.items()}
    assert [values[key].text for key in "abcd"] == ["1.0", "yes", "NO", "two\nlines\n"]
    assert [values[key].is_text for key in "abcd"] == [False, True, False, True]
    assert [values[key].quoted for key in "abcd"] == [False, True, False, True]


@pytest.mark.parametrize(
    "word",
    ["yes", "No", "ON", "~", "null", "1", "-2", "010", "0x1F", "1_000", "1:30", ".inf", ".NaN"],
)
def test_what_yaml_takes_for_something_else_is_no_text(word: str) -> None:
    """Everything that some YAML program reads as no text is known as such."""
    assert not Scalar(Mark(1, 1), word, quoted=False).is_text
    assert Scalar(Mark(1, 1), word, quoted=True).is_text


def test_dates_and_odd_marks_are_no_text() -> None:
    """Dates, times, binary numbers and the equals sign are taken for something else, too."""
    for word in ("2025-01-02", "12:30:45", "0b11", "1.", "="):
        assert not Scalar(Mark(1, 1), word, quoted=False).is_text


def test_nothing_is_no_text() -> None:
    """A key without a value has none; quotes with nothing between are an empty text."""
    assert not Scalar(Mark(1, 1), "", quoted=False).is_text
    assert Scalar(Mark(1, 1), "", quoted=True).is_text


@pytest.mark.parametrize("word", ["y", "Norway", "1 piece", "12:30 h", "1e3", "-", "0x1G", "是"])
def test_plain_words_are_text(word: str) -> None:
    """Words that only look like a number or truth value are text to every YAML 1.1 program."""
    assert Scalar(Mark(1, 1), word, quoted=False).is_text


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    """A mark at the very start is passed over; positions count without it."""
    tree = read(b"\xef\xbb\xbfid: demo", "f")
    assert mapping(tree.root).entries["id"].key.at == Mark(1, 1)
    assert tree.text == "id: demo"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_three_line_ends_count_as_one_line(end: str) -> None:
    """Unix, Windows and old Macintosh files have the same line numbers."""
    assert first(read(f"a: 1{end}b: 2{end}a: 3".encode(), "f")).startswith("f:3:1: key a")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param(b"", "f:1:1: the file is empty", id="no bytes"),
        pytest.param(b"# only\n", "f:1:1: the file is empty", id="comment"),
        pytest.param(b"---\n", "f:1:1: the file is empty", id="empty document"),
        pytest.param(b"a: \xe9", "f:1:4: not UTF-8 text: save the file as UTF-8", id="latin 1"),
        pytest.param(b"a: b\n\r\n\xc0\xaf", "f:3:1: not UTF-8 text", id="overlong"),
        pytest.param(b"a: \xed\xa0\x80", "f:1:4: not UTF-8 text", id="surrogate bytes"),
        pytest.param("a: b".encode("utf-16-be"), "f:1:1: not UTF-8 text", id="utf-16 unmarked"),
        pytest.param("a: b".encode("utf-32"), "f:1:1: not UTF-8 text", id="utf-32"),
        pytest.param("a: b".encode("utf-16"), "f:1:1: not UTF-8 text", id="utf-16"),
        pytest.param(b"a: b\x7f", "f:1:5: control character U+007F is not allowed", id="DEL"),
        pytest.param(
            "a:\n- b\x85c".encode(), "f:2:4: control character U+0085 is not allowed", id="C1"
        ),
        pytest.param(
            "a: b\n\ufeffc: d".encode(), "f:2:1: control character U+FEFF", id="mark in the middle"
        ),
        pytest.param("a: b\u2028c".encode(), "f:1:5: control character U+2028", id="line end"),
        pytest.param(b"x" * (1 << 20) + b"y", "f:1:1: the file is too large", id="too large"),
    ],
)
def test_what_is_no_plain_text_is_refused_where_it_stands(source: bytes, said: str) -> None:
    """Encodings, control characters and sizes are told before any YAML is looked at."""
    tree = read(source, "f")
    assert first(tree).startswith(said)
    assert isinstance(tree.root, Broken)


def test_control_characters_are_told_once_a_line() -> None:
    """A file full of them gives a few lines to look at, not a million."""
    tree = read(b"\x01\x02\n\x03\n" * 1000, "f")
    assert [problem.line for problem in tree.problems] == list(range(1, 21))


SYNTAX = {
    'title: "Demo\nid: a\n': "1:8: the quoted text that starts here is not closed",
    "title: 'Demo\nid: a\n": "1:8: the quoted text that starts here is not closed",
    'a: "x\nb: "y"\nc: d': "1:4: the quoted text that starts here is not closed",
    'a: "x\n---\nb: 1': "1:4: the quoted text that starts here is not closed",
    "a: [en": "1:4: the list that starts here is not closed",
    "a: [en\nb: c\n": "1:4: the list that starts here is not closed",
    "a: [en, zh,\nquestions:\n  - id: q1\n": "1:4: the list that starts here is not closed",
    "q:\n  - {id: q1\n  - {id: q2}\n": "2:5: the mapping that starts here is not closed",
    '{"a": 1, "b": [1, 2}': "1:15: the list that starts here is not closed",
    "a: [\n {text: Note: x},\n {b: c}]\n": "2:13: unexpected colon: quote text that has one",
    "a: b: c": "1:5: unexpected colon: quote text that has one, or the line before lacks one",
    "id demo\nversion: 1": "2:8: unexpected colon",
    "a: 1\nb\nc: 2": "2:1: a colon is missing after this word: write key: value",
    'a: 1\n"b"\nc: 2': "2:1: a colon is missing after this word: write key: value",
    f"a: 1\n'{'x' * 70}'\nc: 2": "2:1: a key has at most 64 characters",
    "\ta: b": "1:1: tab used for indentation: use spaces",
    "a:\n\tb: c": "2:1: tab used for indentation: use spaces",
    "a:\n  b: c\n\td: e": "3:1: tab used for indentation: use spaces",
    "c:\n\t- d": "2:1: tab used for indentation: use spaces",
    "a: @x": "1:4: text may not start with @: put quotes around it",
    "a: `x`": "1:4: text may not start with `: put quotes around it",
    "a: %x": "1:4: text may not start with %: put quotes around it",
    "a: b\n%c: d\n": "2:1: text may not start with %: put quotes around it",
    "a: ? b": "1:4: text may not start with ?: put quotes around it",
    "a: - b": "1:4: unexpected -: begin each entry of a list on a line of its own",
    "a: [,]": "1:5: unexpected ,: put quotes around text that begins with it",
    "a: ]": "1:4: unexpected ]: put quotes around text that begins with it",
    "a: b\n- c\n": "2:1: wrong indentation: begin entries of one level in one column",
    "- a\nb: c\n": "2:1: wrong indentation",
    "a:\n  - b: c\n   d: e": "3:4: wrong indentation",
    "a: 'it's'": "1:8: unexpected text after a value: put quotes around the whole text",
    'a: "b" c': "1:8: unexpected text after a value",
    "a: |b": "1:5: text after | or > must begin on the next line",
    "a: *": "1:5: anchors and aliases are not supported",
    "a: &": "1:5: anchors and aliases are not supported",
    "a: !<": "tags are not supported",
    "a: !y!z b": "tags are not supported",
    "%YAML 1.1\n---\na: b": "1:1: directives are not supported",
    f"{'x' * 2000}: 1": "1:1: a key has at most 64 characters",
    'a: "\\q"': "this escape is not known: write \\\\ for a backslash",
    'a: "\\ud800"': "control character U+D800 is not allowed",
    'a: "\\0"': "1:4: control character U+0000 is not allowed",
    "? [a]\n: b": "1:3: keys must be text",
    "~: b": "1:1: keys must be text: put quotes around ~",
    "1: b": "1:1: keys must be text: put quotes around 1",
    "yes: b": "1:1: keys must be text: put quotes around yes",
    "<<: {a: b}": "1:1: merge key << is not supported",
    "a: &b c": "1:4: anchors and aliases are not supported",
    "a: *b": "1:4: anchors and aliases are not supported",
    "a: !!str b": "1:4: tags are not supported: remove !!str",
    "a: ! b": "1:4: tags are not supported: remove !",
    "!x a: b": "1:1: tags are not supported: remove !x",
    "a: b\n---\nc: d": "2:1: only one document per file",
    "a: 1\nb: 2\na: 3": "3:1: key a is given twice (first on line 1)",
}


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("text", SYNTAX)
def test_mistakes_are_told_in_plain_words(text: str, loader: type) -> None:
    """Both parsers' complaints become the same sentence, at the place a person would look."""
    found = told(text, loader)
    assert SYNTAX[text] in found[0]


@pytest.mark.parametrize("loader", LOADERS)
def test_twenty_levels_are_read_and_no_more(loader: type) -> None:
    """Nesting is bounded where it begins to be too deep, however the file goes on."""
    assert told("[" * 20 + "]" * 20, loader) == []
    assert told("[" * 21 + "]" * 21, loader) == ["1:21: nested too deeply (at most 20 levels)"]
    assert told("[" * 1000, loader) == ["1:21: nested too deeply (at most 20 levels)"]
    assert told("? " * 1000, loader) == ["1:41: nested too deeply (at most 20 levels)"]


def test_all_problems_of_form_are_told_at_once() -> None:
    """One reading finds a tag, a duplicate key and an alias, in the order of the file."""
    tree = read(b"a: !x 1\nb: 2\nb: 3\nc: *d\n", "f")
    assert [problem.line for problem in tree.problems] == [1, 3, 4]
    assert isinstance(mapping(tree.root).entries["a"].value, Broken)


def test_aliases_are_told_once_a_line_and_never_expanded() -> None:
    """A bomb of aliases costs nothing and fills no screen."""
    lines = [f"k{i}: &k{i} [{', '.join([f'*k{i - 1}'] * 9)}]" for i in range(1, 30)]
    tree = read("\n".join(["k0: &k0 [x]", *lines]).encode(), "f")
    assert len(tree.problems) == 30


def test_a_key_of_64_characters_is_taken() -> None:
    """The bound on keys is 64, not 63."""
    assert told(f"{'k' * 64}: 1", LOADER) == []
    assert told(f"{'k' * 65}: 1", LOADER) == ["1:1: a key has at most 64 characters"]


def test_too_many_entries_are_refused() -> None:
    """Memory is bounded by the number of parts, whatever the size in bytes."""
    tree = read(b"a: [" + b"1," * 100_000 + b"]", "f")
    assert "the file has too many entries: at most 100,000" in first(tree)


def test_plain_keys_are_taken_as_written_where_asked_for() -> None:
    """Mapping files may write codes and words like yes as keys."""
    root = mapping(read(b"{1: a, yes: b, ~: c}", "f", plain_keys=True).root)
    assert list(root.entries) == ["1", "yes", "~"]
    assert first(read(b"? [a]\n: b", "f", plain_keys=True)).startswith("f:1:3: keys must be text")


def test_a_mapping_knows_that_keys_were_refused() -> None:
    """Who reads on can tell a missing key from one that was complained about."""
    assert mapping(read(b"1: a\nb: c", "f").root).partial
    assert not mapping(read(b"a: b", "f").root).partial
