"""``tellback report``: one wave's PDFs, a segment and a language each, and its annex."""

from __future__ import annotations

from pathlib import Path

import click

from instruments.catalogue import LANGUAGES
from reports.fonts import Fonts
from reports.settings import STANDARD
from reports.settings import Settings as Rules
from survey.cli.options import FOLDER, data_option, definition_option, rules_of, settings_of
from survey.cli.progress import progress_bar
from survey.fieldwork.surveys import find_survey, instrument_of
from survey.jobs.findings import find_out
from survey.jobs.reports import BuiltReports, write_reports
from survey.settings import Settings
from survey.store import Store, open_store


@click.command()
@data_option
@click.option("--survey", "survey_id", required=True, help="The survey to report on.")
@click.option(
    "--wave", required=True, help="The period to report on: 2026-10, 2026-Q3, 2026-H2, 2026."
)
@click.option("--by", default="tier", show_default=True, help="Segment field: one PDF a value.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    type=click.Choice(LANGUAGES),
    default=LANGUAGES,
    help="Language of the PDFs; both unless one is named.",
)
@definition_option
@click.option("--out", required=True, type=FOLDER, help="Folder to write into.")
def report(
    data: Path,
    survey_id: str,
    wave: str,
    by: str,
    languages: tuple[str, ...],
    definition: Path | None,
    out: Path,
) -> None:
    """Write the PDFs of one wave, and every figure at full precision.

    Files are named SEGMENT_WAVE_LANGUAGE.pdf; the segment `all` holds every customer. All
    figures stand in the spreadsheet WAVE_LANGUAGE.xlsx, and in findings.json for programs. A
    segment with fewer answers than the smallest base (5 unless set) gets a page that says so,
    and no figure.
    """
    rules = rules_of(definition)
    settings = settings_of(data)
    with open_store(settings) as store:
        built = report_on(store, settings, survey_id, wave, by, languages, out, rules)
    for path in built.all:
        click.echo(path)


def report_on(
    store: Store,
    settings: Settings,
    survey_id: str,
    wave: str,
    by: str,
    languages: tuple[str, ...],
    out: Path,
    rules: Rules = STANDARD,
) -> BuiltReports:
    """Build one wave's reports, showing how far it has come."""
    survey = find_survey(store, survey_id)
    with progress_bar("Measuring") as progress:
        found = find_out(store, survey, wave=wave, by=by, settings=rules)
        progress(1, 1)
    with progress_bar("Preparing fonts") as progress:
        fonts = Fonts.prepare(
            settings.data / "fonts", lambda _what, share: progress(round(100 * share), 100)
        )
    with progress_bar("Writing reports") as progress:
        return write_reports(
            found,
            instrument_of(store, survey),
            fonts,
            languages=languages,
            out=out,
            progress=progress,
        )
