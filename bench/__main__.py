"""``make bench``: every measurement, one JSON line a figure."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench import books, counting, history, pdfs, submissions


def main() -> None:
    """Measure all and print as it comes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(submissions.measure(folder / "submissions").line(), flush=True)
        for room in (counting, history, books, pdfs):
            for figure in room.measure(folder / room.__name__):
                print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
