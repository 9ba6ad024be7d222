"""What many commands share: the data folder, the rules of reports, the clock."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

from instruments.catalogue import LANGUAGES
from reports.definition import load_definition
from reports.settings import STANDARD
from reports.settings import Settings as Rules
from survey.settings import Settings
from survey.texts import Words, best_language

SPOKEN = ("TELLBACK_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Variables that say in which language the command line speaks, the first one first."""

Command = TypeVar("Command", bound=Callable[..., object])

FILE = click.Path(path_type=Path, dir_okay=False)
INPUT = click.Path(path_type=Path, dir_okay=False, exists=True)
FOLDER = click.Path(path_type=Path, file_okay=False)


def data_option(command: Command) -> Command:
    """Add ``--data``: where everything is kept."""
    return click.option(
        "--data",
        type=FOLDER,
        envvar="TELLBACK_DATA",
        default=Path("tellback-data"),
        show_default=True,
        show_envvar=True,
        help="Folder that holds the database, its backups and the fonts' cache.",
    )(command)


def definition_option(command: Command) -> Command:
    """Add ``--definition``: the rules of reports, in a file."""
    return click.option(
        "--definition",
        type=click.Path(path_type=Path),
        help="Report definition: a YAML file with the rules of reports, such as the smallest base. "
        "`tellback definition` prints one to begin with.",
    )(command)


def jobs_option(command: Command) -> Command:
    """Add ``--jobs``: how many processes draw reports."""
    return click.option(
        "--jobs",
        type=click.IntRange(1, 256),
        default=lambda: os.cpu_count() or 1,
        show_default="one a core",
        help="Processes that draw reports side by side.",
    )(command)


def rules_of(definition: Path | None) -> Rules:
    """The rules that a definition sets; where there is none, those of the field.

    Raises :class:`reports.definition.DefinitionError`.
    """
    return STANDARD if definition is None else load_definition(definition)


def settings_of(data: Path) -> Settings:
    """The settings for a data folder; the environment may name another database."""
    return Settings.from_env(data)


def counted(count: int, one: str) -> str:
    """A number with its word, in the singular where it is one.

    >>> counted(1, "answer"), counted(4000, "customer")
    ('1 answer', '4,000 customers')
    """
    return f"{count:,} {one}" if count == 1 else f"{count:,} {one}s"


def words() -> Words:
    """The texts of the command line in the language of whoever runs it."""
    wishes = [os.environ[name].partition(".")[0] for name in SPOKEN if os.environ.get(name)]
    return Words(best_language(LANGUAGES, wishes[:1]))


def now() -> datetime:
    """The clock of the command line: the only place of it that looks."""
    return datetime.now(UTC)
