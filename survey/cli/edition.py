"""``tellback edition``: what was issued, and the very same files once more."""

from __future__ import annotations

from pathlib import Path

import click

from instruments.catalogue import LANGUAGES
from survey.cli.options import FOLDER, counted, data_option, jobs_option, settings_of
from survey.cli.report import build_files, end_with, prepared_fonts
from survey.jobs.editions import find_edition, list_editions
from survey.jobs.reports import hand_out
from survey.store import open_store


@click.group()
def edition() -> None:
    """Reports as they were issued: an edition never changes."""


@edition.command("list")
@data_option
@click.option("--survey", "survey_id", help="Only the reports of this survey.")
def listed(data: Path, survey_id: str | None) -> None:
    """List all editions: when each was made and why, and how many of its files are built."""
    with open_store(settings_of(data)) as store:
        found = list_editions(store, survey_id)
    if not found:
        click.echo("Nothing was issued yet; `tellback report` issues a report.")
    for one in found:
        key = one.key
        click.echo(
            f"{key.survey_id} {key.wave} by {key.field}: edition {key.number} of "
            f"{one.made_at:%Y-%m-%d %H:%M} UTC ({one.why}), {counted(one.responses, 'answer')}, "
            f"findings {one.digest[:12]}, {one.built} of {counted(one.files, 'file')} built"
        )


@edition.command()
@data_option
@click.option("--survey", "survey_id", required=True, help="The survey that was reported on.")
@click.option("--wave", required=True, help="The period that was reported on.")
@click.option("--by", default="tier", show_default=True, help="Segment field of the report.")
@click.option("--number", type=click.IntRange(1), help="Which edition; the newest unless given.")
@jobs_option
@click.option("--out", required=True, type=FOLDER, help="Folder to write into.")
def export(
    data: Path, survey_id: str, wave: str, by: str, number: int | None, jobs: int, out: Path
) -> None:
    """Write the files of an edition once more, byte for byte as they were issued.

    What was asked for and is not built yet is built first: a build that was stopped, or a file
    that showed the comment of a customer who was erased since.
    """
    settings = settings_of(data)
    with open_store(settings) as store:
        issued = find_edition(store, survey_id, wave, by, number)
        prepared_fonts(settings)
        failed = build_files(store, settings, issued, (), jobs)
        built = hand_out(store, issued, LANGUAGES, out)
    for path in built.all:
        click.echo(path)
    end_with(failed)
