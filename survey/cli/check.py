"""``tellback check``: is this questionnaire file right, and if not, where is it wrong?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from instruments.problems import InstrumentsError
from instruments.reader import load
from survey.cli.options import counted


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check questionnaire files, all problems at once.

    Prints one line a problem, FILE:LINE:COLUMN: what is wrong, what would be right, and
    exits with 2; where all files are right, one line a file, and 0.
    """
    wrong = False
    for file in files:
        try:
            instrument = load(file)
        except InstrumentsError as problem:
            wrong = True
            for line in problem.lines:
                click.echo(line)
        else:
            click.echo(
                f"{file}: right ({instrument.id} version {instrument.version}, "
                f"{counted(len(instrument.questions), 'question')} on "
                f"{counted(len(instrument.pages), 'page')}, "
                f"{' and '.join(instrument.languages)})"
            )
    if wrong:
        sys.exit(2)
