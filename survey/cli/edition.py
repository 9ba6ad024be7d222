"""``tellback edition``: what was issued, what changed since, and the very same files once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import reduce
from pathlib import Path
from typing import TypeVar

import click

from instruments.catalogue import LANGUAGES
from instruments.problems import shown
from reports.editions import Differences, Edition, Why
from reports.fingerprint import SHORT
from survey.cli.options import FOLDER, data_option, jobs_option, settings_of, words
from survey.cli.report import build_files, end_with, prepared_fonts
from survey.fieldwork.surveys import find_survey
from survey.jobs.editions import Listed, find_edition, imprint, list_editions
from survey.jobs.reports import hand_out
from survey.store import open_store
from survey.texts import N_, Words

Command = TypeVar("Command", bound=Callable[..., object])

WHY = {
    Why.FIRST: N_("the first"),
    Why.FINDINGS: N_("other findings than before"),
    Why.RENDERER: N_("the same findings, drawn by other programs"),
}
"""Why an edition was made, in words."""

RULES = {
    "confidence": N_("confidence of intervals"),
    "smallest_base": N_("smallest base"),
    "indicative_base": N_("indicative base"),
    "definitions": N_("definitions of indicators"),
    "chart_rules": N_("rules of control charts"),
    "weighting": N_("weighting"),
    "comparison": N_("what the report compares with"),
    "instrument": N_("questionnaire"),
    "instrument_version": N_("version of the questionnaire"),
    "cycles": N_("improvements that are told of"),
}
"""Rules of :data:`reports.editions.RULES` in words."""

NAMED = [
    data_option,
    click.option("--survey", "survey_id", required=True, help="The survey reported on."),
    click.option("--wave", required=True, help="The period reported on."),
    click.option("--by", default="tier", show_default=True, help="Segment field of the report."),
    click.option("--number", type=click.IntRange(1), help="Its number; the newest unless given."),
]  # fmt: skip


def _edition_options(command: Command) -> Command:
    """Add the options that name one edition."""
    return reduce(lambda made, option: option(made), reversed(NAMED), command)


@click.group()
def edition() -> None:
    """Reports as they were issued: an edition never changes."""


@edition.command("list")
@data_option
@click.option("--survey", "survey_id", help="Only the reports of this survey.")
def listed(data: Path, survey_id: str | None) -> None:
    """List all editions: when each was made and why, and how many of its files are built."""
    said = words()
    with open_store(settings_of(data)) as store:
        found = list_editions(store, survey_id)
    if not found:
        click.echo(said.gettext("Nothing was issued yet; `tellback report` issues a report."))
    for one in found:
        click.echo(_line(said, one))


def _line(said: Words, one: Listed) -> str:
    key = one.key
    text = said.gettext(
        "{survey} {wave} by {field}, edition {number}: made {moment} UTC, {why}; answers: "
        "{answers}; files built: {built} of {files}; findings {findings}"
    )
    return text.format(
        survey=key.survey_id,
        wave=key.wave,
        field=key.field,
        number=key.number,
        moment=f"{one.made_at:%Y-%m-%d %H:%M}",
        why=said.gettext(WHY[one.why]),
        answers=f"{one.responses:,}",
        built=one.built,
        files=one.files,
        findings=one.digest[:SHORT],
    )


@edition.command()
@_edition_options
def show(data: Path, survey_id: str, wave: str, by: str, number: int | None) -> None:
    """Say what one edition is: what changed since the one before, what drew it, which files.

    Writes nothing; `tellback edition export` writes the files.
    """
    said = words()
    with open_store(settings_of(data)) as store:
        issued = find_edition(store, survey_id, wave, by, number)
        about = imprint(store, find_survey(store, survey_id), issued)
        own = next(one for one in list_editions(store, survey_id) if one.key == issued.key)
    click.echo(_line(said, own))
    for line in _about(said, about):
        click.echo(line)
    text = said.gettext("Data until: {day}")
    click.echo(text.format(day=issued.findings.provenance.last_day))


def _about(said: Words, about: Edition) -> Iterator[str]:
    """What changed, and what it was made from."""
    if about.earlier is not None:
        text = said.gettext("Against edition {number} of {day}:")
        yield text.format(number=about.earlier.number, day=f"{about.earlier.made:%Y-%m-%d}")
        yield from _changes(said, about.earlier.differences)
    yield said.gettext("Findings: {findings}").format(findings=about.findings)
    yield said.gettext("Drawn by: {fingerprint}").format(fingerprint=about.fingerprint.digest)
    for name, version in about.fingerprint.parts:
        yield f"  {name} {version}"


def _changes(said: Words, found: Differences) -> Iterator[str]:
    if not found.segments and not found.rules:
        yield "  " + said.gettext("The findings are the same.")
    for rule in found.rules:
        text = said.gettext("Another rule: {rule}")
        yield "  " + text.format(rule=said.gettext(RULES.get(rule, rule)))
    for one in found.segments:
        text = said.gettext("{segment}: answers {then} → {now}, figures changed: {figures}")
        then, now = (
            "–" if count is None else f"{count:,}"
            for count in (one.responses_then, one.responses_now)
        )
        yield "  " + text.format(
            segment=shown(one.segment), then=then, now=now, figures=f"{len(one.figures):,}"
        )


@edition.command()
@_edition_options
@jobs_option
@click.option("--out", required=True, type=FOLDER, help="Folder to write into.")
def export(
    data: Path, survey_id: str, wave: str, by: str, number: int | None, jobs: int, out: Path
) -> None:
    """Write the files of an edition once more, byte for byte as they were issued.

    What was asked for and is not built yet is built first: a build that was stopped, or a file
    that showed the comment of a customer who was erased since.
    """
    settings, said = settings_of(data), words()
    with open_store(settings) as store:
        issued = find_edition(store, survey_id, wave, by, number)
        prepared_fonts(settings)
        failed = build_files(store, settings, issued, (), jobs)
        built = hand_out(store, issued, LANGUAGES, out)
    for path in built.all:
        click.echo(path)
    kinds = Counter(path.suffix.lstrip(".").upper() for path in built.all)
    text = said.gettext("Edition {number} written to {folder}: {files}")
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    click.echo(text.format(number=issued.key.number, folder=out, files=told), err=True)
    end_with(failed)
