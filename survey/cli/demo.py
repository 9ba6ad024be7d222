"""``tellback demo``: a sample company to look at, from questionnaire to PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from instruments.catalogue import LANGUAGES, NAMES
from reports.definition import load_definition
from survey.app import serve as run_server
from survey.cli.options import FOLDER, data_option, jobs_option, now, settings_of
from survey.cli.progress import progress_bar
from survey.cli.report import build_files, end_with, issue_on
from survey.cli.serve import host_option, port_option
from survey.jobs.reports import hand_out
from survey.sample.definition import definition_after
from survey.sample.fill import SURVEY_ID, fill_sample, personal_links
from survey.store import open_store

DEFINITION = "definition.yaml"
"""The sample company's report definition, in its data folder."""


@click.command()
@data_option
@host_option
@port_option
@click.option("--no-serve", is_flag=True, help="Write the reports and stop, without a server.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date to end the sample's history before; today unless given.",
)
@click.option("--seed", type=int, default=2026, show_default=True, help="Seed of the simulator.")
@jobs_option
@click.option("--out", type=FOLDER, help="Folder for the PDFs; DATA/reports unless given.")
def demo(
    data: Path,
    host: str,
    port: int,
    no_serve: bool,
    today: date | None,
    seed: int,
    jobs: int,
    out: Path | None,
) -> None:
    """Set up a sample company, write last month's PDFs, and serve its questionnaire.

    4,000 invented customers in four tiers, 24 months of simulated answers, and a report for
    every tier in both languages. All of it is labelled sample. Run again, it keeps what is
    there.
    """
    settings = settings_of(data)
    day = date(today.year, today.month, today.day) if today else now().date()
    with open_store(settings) as store:
        with progress_bar("Inventing a company") as progress:
            waves = fill_sample(store, today=day, seed=seed, now=now(), progress=progress)
        folder = out or data / "reports"
        rules = load_definition(_definition(data, waves[-1]))
        issued, _stands = issue_on(store, settings, SURVEY_ID, waves[-1], "tier", rules)
        failed = build_files(store, settings, issued, LANGUAGES, jobs)
        built = hand_out(store, issued, LANGUAGES, folder)
        links = personal_links(store, now=now())
    click.echo(f"\nReports of {waves[-1]} (sample data):")
    for path in built.all:
        click.echo(f"  {path}")
    click.echo(f"\nWhat they were built with, for you to change:\n  {data / DEFINITION}")
    end_with(failed)
    if no_serve:
        return
    address = f"http://{host}:{port}"
    click.echo(f"\nFill in the questionnaire:\n  {address}/")
    for language in LANGUAGES:
        click.echo(f"  {address}/o/{SURVEY_ID}?lang={language}  ({NAMES[language]}, open to all)")
        click.echo(f"  {address}/s/{links[language]}  ({NAMES[language]}, a customer's own link)")
    click.echo("\nServing until you press Ctrl-C")
    run_server(settings, host=host, port=port)


def _definition(data: Path, wave: str) -> Path:
    """The file that says what the sample's reports look like; one that is there is kept."""
    path = data / DEFINITION
    if not path.exists():
        path.write_text(definition_after(wave), encoding="utf-8")
    return path
