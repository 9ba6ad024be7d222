"""How long work shows itself: a bar on a terminal, one line a step elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from survey.progress import Progress


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A bar named ``label``; call what it yields with (steps done, steps in all).

    On a pipe or in a log there is no bar, only the label once: a log is for reading.
    """
    if not sys.stderr.isatty():
        click.echo(f"{label} …", err=True)
        yield lambda _done, _total: None
        return
    with click.progressbar(length=1, label=f"{label:<28}", file=sys.stderr) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield advance
        bar.update((bar.length or 1) - bar.pos)
