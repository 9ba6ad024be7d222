"""``tellback check``: is this questionnaire or report definition right, and if not, where not?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from instruments.problems import Notes, Refused
from instruments.reader import read_instrument
from instruments.yaml_reader.files import bytes_of, name_of
from reports.definition import is_definition, read_definition
from survey.cli.options import counted


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check questionnaires and report definitions, all problems at once.

    Prints one line a problem, FILE:LINE:COLUMN: what is wrong, what would be right, and
    exits with 2; where all files are right, one line a file, and 0.
    """
    wrong = False
    for file in files:
        try:
            click.echo(f"{file}: right ({_told(file)})")
        except Refused as problem:
            wrong = True
            for line in problem.lines:
                click.echo(line)
    if wrong:
        sys.exit(2)


def _told(file: Path) -> str:
    """What a file is; raises :class:`instruments.problems.Refused` where it is not right."""
    name = name_of(file)
    notes = Notes(name)
    source = bytes_of(file, notes, "a questionnaire or definition")
    if source is None:
        raise notes.error()
    if is_definition(source):
        read_definition(source, name, file.parent)
        return "report definition"
    instrument = read_instrument(source, name)
    return (
        f"{instrument.id} version {instrument.version}, "
        f"{counted(len(instrument.questions), 'question')} on "
        f"{counted(len(instrument.pages), 'page')}, "
        f"{' and '.join(instrument.languages)}"
    )
