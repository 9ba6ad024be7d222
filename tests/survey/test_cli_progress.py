"""Long work shows itself where somebody watches, and stays quiet in a log."""

from __future__ import annotations

import io

import pytest

from survey.cli.progress import progress_bar


class Terminal(io.StringIO):
    """An error stream that a person looks at."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_a_terminal_sees_a_bar_that_ends_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """The total may be corrected on the way, and the end is 100 percent either way."""
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    with progress_bar("Measuring") as progress:
        progress(1, 4)
        progress(2, 8)
    told = screen.getvalue()
    assert "Measuring" in told
    assert "25%" in told
    assert "100%" in told


def test_work_of_nothing_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """No rows are no reason to divide by zero."""
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    with progress_bar("Exporting") as progress:
        progress(0, 0)
    assert "100%" in screen.getvalue()


def test_a_log_gets_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand steps are one line in a file that somebody will read."""
    log = io.StringIO()
    monkeypatch.setattr("sys.stderr", log)
    with progress_bar("Measuring") as progress:
        for step in range(1000):
            progress(step, 1000)
    assert log.getvalue() == "Measuring …\n"
