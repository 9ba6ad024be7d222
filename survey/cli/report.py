"""``tellback report``: one wave's PDFs, a segment and a language each, and its annex."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from instruments.catalogue import LANGUAGES
from reports.fingerprint import fingerprint
from reports.fonts import Fonts
from reports.settings import STANDARD
from reports.settings import Settings as Rules
from survey.cli.options import (
    FOLDER,
    data_option,
    definition_option,
    jobs_option,
    now,
    rules_of,
    settings_of,
    words,
)
from survey.cli.progress import progress_bar
from survey.fieldwork.surveys import find_survey
from survey.jobs.building import Failed, ask_for, build
from survey.jobs.drawing import get_ready
from survey.jobs.editions import Issued, cut_off, issue
from survey.jobs.findings import find_out
from survey.jobs.reports import hand_out, wanted_files
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
@jobs_option
@click.option(
    "--correct",
    is_flag=True,
    help="Issue a new edition even where fewer answers came or went than may be shown: whoever "
    "compares the two can tell what those few customers said.",
)
@click.option("--out", required=True, type=FOLDER, help="Folder to write into.")
def report(
    data: Path,
    survey_id: str,
    wave: str,
    by: str,
    languages: tuple[str, ...],
    definition: Path | None,
    jobs: int,
    correct: bool,
    out: Path,
) -> None:
    """Write the PDFs of one wave, and every figure at full precision.

    Files are named SEGMENT_WAVE_LANGUAGE.pdf; the segment `all` holds every customer. All
    segments stand side by side in overview_WAVE_LANGUAGE.pdf, and a page for the wall is named
    onepage_SEGMENT_WAVE_LANGUAGE.pdf. All figures stand in the spreadsheet WAVE_LANGUAGE.xlsx,
    and in findings.json for programs. A segment with fewer answers than the smallest base (5
    unless set) gets a page that says so, and no figure.

    A report is issued: asked for again, the same bytes are written. Other findings make a new
    edition, whose last page says what changed (see `tellback edition`). A build that was stopped
    goes on where it was. A report that cannot be built is named with its reason, the others are
    built, and the exit status is 1.
    """
    rules = rules_of(definition)
    settings = settings_of(data)
    if jobs > 1:
        get_ready()
    with open_store(settings) as store:
        issued, stands = issue_on(store, settings, survey_id, wave, by, rules, even_few=correct)
        failed = build_files(store, settings, issued, languages, jobs)
        built = hand_out(store, issued, languages, out)
    for path in built.all:
        click.echo(path)
    if stands:
        click.echo(_why_it_stands(issued), err=True)
    end_with(failed)


def _why_it_stands(issued: Issued) -> str:
    """Why the answers that came late, or went, made no edition; what will."""
    text = words().gettext(
        "Edition {number} stands and was written again, without the changes since. In a segment "
        "fewer than {least} answers came or went; another edition beside this one would tell what "
        "those few customers said. As soon as there are {least}, this command makes it; to correct "
        "an error now, add --correct."
    )
    return text.format(number=issued.key.number, least=issued.findings.smallest_base)


def issue_on(
    store: Store,
    settings: Settings,
    survey_id: str,
    wave: str,
    by: str,
    rules: Rules = STANDARD,
    *,
    even_few: bool = False,
) -> tuple[Issued, bool]:
    """Work out one wave's findings and issue them, showing how far it has come.

    As :func:`survey.jobs.editions.issue`.
    """
    survey = find_survey(store, survey_id)
    with progress_bar("Measuring") as progress:
        revision = cut_off(store, survey_id, wave)
        found = find_out(store, survey, wave=wave, by=by, settings=rules)
        progress(1, 1)
    drawn_by = fingerprint(prepared_fonts(settings), rules.design)
    return issue(
        store,
        found,
        drawn_by,
        revision=revision,
        now=now(),
        even_few=even_few,
        design=rules.design,
    )


def prepared_fonts(settings: Settings) -> Fonts:
    """The fonts of an installation, showing how far they have come."""
    with progress_bar("Preparing fonts") as progress:
        return Fonts.prepare(
            settings.data / "fonts", lambda _what, share: progress(round(100 * share), 100)
        )


def build_files(
    store: Store, settings: Settings, issued: Issued, languages: Sequence[str], jobs: int
) -> list[Failed]:
    """Build what an edition lacks in those languages, showing how far it has come; what failed."""
    ask_for(store, issued.key, wanted_files(issued, languages))
    with progress_bar("Writing reports") as progress:
        return build(
            store, issued, fonts=settings.data / "fonts", jobs=jobs, clock=now, progress=progress
        )


def end_with(failed: Sequence[Failed]) -> None:
    """Name the reports that could not be built, and end with status 1 if there are any."""
    for one in failed:
        about = one.wanted
        click.echo(
            f"not built: {about.kind} of {about.segment} in {about.language}: {one.reason}",
            err=True,
        )
    if failed:
        sys.exit(1)
