"""Purchases and complaint logs on the command line: what was taken in is told, what was not too."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey.cli import tellback
from survey.errors import SurveyError
from tests.survey.book_cases import book

ROSTER = "customer_id,name,tier\nC1,Dave,A\nC2,Eve,B\n"


def run(data: Path, *words: str) -> Result:
    """One command on a data folder of its own."""
    group, name, *more = words
    return CliRunner().invoke(tellback, [group, name, "--data", str(data), *more])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with two customers."""
    folder = tmp_path / "data"
    assert run(folder, "import", "customers", str(book(tmp_path, ROSTER))).exit_code == 0
    return folder


def test_purchases_are_counted_and_known_ones_told(data: Path, tmp_path: Path) -> None:
    """What came before is not added, and columns that nothing is done with are named."""
    file = book(tmp_path, "number,customer_id,day,note\n1,C1,2026-10-05,x\n2,C2,2026-10-06,\n")
    first = run(data, "import", "purchases", str(file))
    assert first.exit_code == 0
    assert "2 purchases added, 0 known before." in first.output
    assert "Columns left out: note." in first.output
    assert (
        "0 purchases added, 2 known before." in run(data, "import", "purchases", str(file)).output
    )


def test_a_log_moves_on(data: Path, tmp_path: Path) -> None:
    """Cases are added, then brought up to date; a segment column may be named."""
    first = book(tmp_path, "number,opened,sales area\nK1,2026-10-05,North\n")
    told = run(data, "import", "cases", str(first), "--segment", "sales area")
    assert "1 case added, 0 brought up to date." in told.output
    later = book(tmp_path, "number,opened,closed\nK1,2026-10-05,2026-10-09\nK2,2026-10-06,\n")
    told = run(data, "import", "cases", str(later))
    assert "1 case added, 1 brought up to date." in told.output


@pytest.mark.parametrize("kind", ["purchases", "cases"])
def test_a_wrong_file_is_refused_line_by_line(data: Path, tmp_path: Path, kind: str) -> None:
    """Every problem has its line, and nothing was taken."""
    file = book(tmp_path, "number,customer_id,day,opened\n1,C9,2026-10-05,2026-10-05\n2,,,\n")
    refused = run(data, "import", kind, str(file))
    assert isinstance(refused.exception, SurveyError)
    assert refused.exception.lines[0] == (
        "book.csv:2: customer C9 is not in the roster: import customers first"
    )
    assert refused.exception.lines[1].startswith("book.csv:3: ")
