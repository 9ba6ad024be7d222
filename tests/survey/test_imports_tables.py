"""CSV as the world writes it is read right, or refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.problems import shown
from survey.imports.problems import LISTED, ImportRefused, Problems
from survey.imports.tables import LINE_LIMIT, read_table

BODY = "客户编号,name\nC001,张伟\nC002,李娜\n"


def cells_of(path: Path, **how: str) -> list[tuple[int, list[str]]]:
    """Every row of a table, with its line, where nothing is wrong."""
    problems = Problems(path.name)
    found = [(row.line, list(row.cells)) for row in read_table(path, **how).rows(problems)]
    assert problems.total == 0
    return found


def write(folder: Path, content: bytes | str, name: str = "table.csv") -> Path:
    """A file with this content, texts in UTF-8."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refused(path: Path, **how: str) -> tuple[str, ...]:
    """What the refusal of a file says."""
    with pytest.raises(ImportRefused) as refusal:
        list(read_table(path, **how).rows(Problems(path.name)))
    return refusal.value.lines


@pytest.mark.parametrize(
    ("codec", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("gb18030", "gb18030"),
    ],
)
def test_every_usual_encoding_is_recognised(tmp_path: Path, codec: str, told: str) -> None:
    """Chinese names arrive as they were written, whatever program saved the file."""
    path = write(tmp_path, BODY.encode(codec))
    assert read_table(path).header == ("客户编号", "name")
    assert read_table(path).encoding == told
    assert cells_of(path) == [(2, ["C001", "张伟"]), (3, ["C002", "李娜"])]


def test_bytes_that_fit_two_encodings_name_the_other_one(tmp_path: Path) -> None:
    """A guess that could be wrong is told, so that a person can choose."""
    ambiguous = write(tmp_path, b"id,name\nC1,No.\xd2\xbb\n")
    plain = write(tmp_path, "id,name\nC1,Ann\n", "plain.csv")
    assert (read_table(ambiguous).encoding, read_table(ambiguous).also) == ("utf-8", "gb18030")
    assert (read_table(plain).encoding, read_table(plain).also) == ("utf-8", "")


def test_a_named_encoding_overrides_the_guess(tmp_path: Path) -> None:
    """Who knows better than the guess can say so."""
    path = write(tmp_path, b"id,name\nC1,No.\xd2\xbb\n")
    assert cells_of(path) == [(2, ["C1", "No.\u04bb"])]
    assert cells_of(path, encoding="gb18030") == [(2, ["C1", "No.一"])]
    assert refused(path, encoding="ascii") == (
        "table.csv:2: the bytes here are not ASCII: save the file as UTF-8",
    )
    assert refused(path, encoding="hex")[0].startswith("table.csv:1: no encoding is called hex")


def test_bytes_of_no_encoding_are_refused_at_their_line(tmp_path: Path) -> None:
    """The line of the first byte that fits nothing is named, across kinds of line ends."""
    path = write(tmp_path, b"id\r\n1\r2\n\xff\xfc\n")
    assert refused(path)[0].startswith("table.csv:4: the bytes here are neither UTF-8 nor GB18030")


def test_the_line_is_right_in_utf16_too(tmp_path: Path) -> None:
    """Half of a Chinese character may look like a line end, and is none."""
    path = write(tmp_path, "名称\r\n上海\n上上\n".encode("utf-16") + b"\x00\xd8\x00\x00")
    assert refused(path)[0].startswith("table.csv:4: the bytes here are not UTF-16")


def test_the_line_is_right_behind_many_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line ends are counted once where a piece of the file ends between CR and LF."""
    monkeypatch.setattr("survey.imports.encodings.CHUNK", 3)
    path = write(tmp_path, b"id\r\n1\r\n22\r333\n\xff\xfc\n")
    assert refused(path)[0].startswith("table.csv:5: the bytes here are neither")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the file is empty"),
        (b"\n , ,\n\n", "the file is empty"),
        (b"%PDF-1.7\n", "this is a PDF file, not CSV"),
        (b"\x89PNG\r\n\x1a\n", "this is a PNG picture, not CSV"),
        (b"PK\x03\x04rest", "this is an XLSX or ZIP file, not CSV"),
        (b"i\0d\0\n\0", "NUL byte: looks like UTF-16 without a mark"),
        (b"id,,mail\n1,2,3\n", "column 2 has no name"),
        (b"id,mail,id\n1,2,3\n", "columns 1 and 3 have the same name"),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(
    tmp_path: Path, content: bytes, what: str
) -> None:
    """A renamed or broken file is told apart from a table before any row is read."""
    assert what in refused(write(tmp_path, content))[0]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_any_line_end_will_do(tmp_path: Path, end: str) -> None:
    """Unix, old Mac and Windows lines give the same rows and the same numbers."""
    path = write(tmp_path, end.join(["id,name", "1,Ann", "", "2,Bo"]))
    assert cells_of(path) == [(2, ["1", "Ann"]), (4, ["2", "Bo"])]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_seen_in_the_header(tmp_path: Path, separator: str) -> None:
    """Spreadsheets of other countries separate by semicolon, Unicode text by tab."""
    path = write(tmp_path, f"id{separator}name\n1{separator}Ann\n")
    assert cells_of(path) == [(2, ["1", "Ann"])]


def test_quoted_cells_may_hold_anything(tmp_path: Path) -> None:
    """Separators, line breaks and doubled quotes inside quotes belong to the cell."""
    path = write(tmp_path, 'id,text\n1,"a, ""b""\nc"\n2,say "hi"\n')
    assert cells_of(path) == [(2, ["1", 'a, "b"\nc']), (4, ["2", 'say "hi"'])]


@pytest.mark.parametrize(
    ("rows", "line", "what"),
    [
        ('1,"Ann\n2,Bo\n', 2, "the quoted cell that starts here is not closed"),
        ('1,Ann\n"2\n",x\n3,"', 5, "the quoted cell that starts here is not closed"),
        ('1,"Ann" Lee\n', 2, "text follows the closing quote of a cell"),
        ("1," + "x" * 200_000 + "\n", 2, "a cell is longer than 131,072 characters"),
        ("1," + "x" * (LINE_LIMIT + 1) + "\n", 2, "the line is longer than 1,000,000 characters"),
    ],
)
def test_a_file_that_breaks_off_says_where(tmp_path: Path, rows: str, line: int, what: str) -> None:
    """Broken quoting is named at the cell that starts it, not where reading gave up."""
    told = refused(write(tmp_path, "id,name\n" + rows))[0]
    assert told.startswith(f"table.csv:{line}: {what}")


def test_rows_of_the_wrong_width_are_noted_and_left_out(tmp_path: Path) -> None:
    """One short or long row does not stop the reading of the others."""
    path = write(tmp_path, "a,b\n1\n2,2\n3,3,3\n,\n")
    problems = Problems(path.name)
    assert [row.cells for row in read_table(path).rows(problems)] == [["2", "2"]]
    assert [str(problem) for problem in problems.listed] == [
        "table.csv:2: row has 1 cells, the header has 2",
        "table.csv:4: row has 3 cells, the header has 2",
    ]


def test_problems_are_counted_beyond_those_listed() -> None:
    """A file of nothing but bad lines costs bounded memory and still tells how many."""
    problems = Problems("f.csv")
    for line in range(2, LISTED + 12):
        problems.add(line, "wrong")
    lines = problems.refusal().lines
    assert (len(lines), lines[-1]) == (LISTED + 1, "and 10 more problems")
    assert problems.rows == problems.total == LISTED + 10


def test_messages_show_nothing_unprintable() -> None:
    """A cell quoted in a message can neither break the line nor colour a terminal."""
    assert shown("\x1b[31mred\r\n\u202e") == "·[31mred···"


TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs"]), max_size=8
)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=6))
def test_what_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    """Any cells that a correct writer quotes come back as they were."""
    rows = [["row", *pair] for pair in pairs]
    lines = [["a", "b", "c"], *rows]
    quoted = "\r\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    )
    path = write(tmp_path_factory.mktemp("csv"), b"\xef\xbb\xbf" + quoted.encode())
    assert [cells for _, cells in cells_of(path)] == rows
