"""``tellback export``: the answers as a file for a spreadsheet or a statistics program."""

from __future__ import annotations

from pathlib import Path

import click

from survey.cli.options import FILE, counted, data_option, settings_of
from survey.cli.progress import progress_bar
from survey.exports.responses import export_responses
from survey.store import open_store


@click.command()
@data_option
@click.option("--survey", "survey_id", required=True, help="The survey to export.")
@click.option(
    "--out", required=True, type=FILE, help="File to write; its ending .csv or .xlsx decides."
)
@click.option("--wave", "waves", multiple=True, help="Only this wave; may be given several times.")
@click.option("--labels", is_flag=True, help="Words of the questionnaire instead of codes.")
@click.option(
    "--raw",
    is_flag=True,
    help="For statistics programs: cells that begin like a formula are left as they are.",
)
def export(
    data: Path, survey_id: str, out: Path, waves: tuple[str, ...], labels: bool, raw: bool
) -> None:
    """Write every answer of a survey, one row a response, open texts included.

    The file holds single answers: hand it only to people who may see them.
    """
    with open_store(settings_of(data)) as store, progress_bar("Exporting") as progress:
        rows = export_responses(
            store,
            survey_id,
            out,
            labels=labels,
            raw=raw,
            waves=waves or None,
            progress=progress,
        )
    click.echo(f"{counted(rows, 'answer')} written to {out}")
