"""``tellback erase``: a customer disappears, from the store and from every issued report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from instruments.problems import shown
from survey.cli.options import INPUT, data_option, jobs_option, now, settings_of, words
from survey.cli.progress import progress_bar
from survey.cli.report import build_files, end_with, prepared_fonts
from survey.jobs.building import Failed
from survey.jobs.editions import find_edition, list_editions
from survey.jobs.erasing import (
    Copies,
    NoSuchCustomer,
    erase_people,
    find_copies,
    known_customers,
    traces_of,
    what_is_kept,
)
from survey.settings import Settings
from survey.store import Store, open_store
from survey.store.clearing import erased_at, replay
from survey.store.erasing import Held
from survey.store.ledger import NAME, read_file
from survey.texts import N_, Words

NAMED = 20
"""Customers and files that are named; of more, the number is told."""

KINDS = {
    "customers": N_("customers in the roster"),
    "invitations": N_("invitations"),
    "drafts": N_("drafts"),
    "responses": N_("answered questionnaires"),
    "comments": N_("comments"),
    "purchases": N_("purchases"),
    "cases": N_("complaint cases"),
    "files": N_("files of issued reports that quote them, drawn again without"),
    "file_names": N_("names of imported files that name them"),
}
"""What :class:`survey.store.erasing.Held` counts, in words."""


@click.command()
@data_option
@click.option("--customer", "customers", multiple=True, help="Id of a customer; several times.")
@click.option("--list", "listed", type=INPUT, help="Text file with an id of a customer a line.")
@click.option(
    "--reports",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder that reports were written into: those that quote the customer are removed, "
    "other files that tell of the customer are named. May be given several times.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option("--yes", is_flag=True, help="Do not ask whether to go ahead.")
@click.option(
    "--replay",
    "ledger",
    type=INPUT,
    help="Erase again whom this copy of the ledger names (the file `erased` of a data folder).",
)
@jobs_option
def erase(
    data: Path,
    customers: tuple[str, ...],
    listed: Path | None,
    folders: tuple[Path, ...],
    dry_run: bool,
    yes: bool,
    ledger: Path | None,
    jobs: int,
) -> None:
    """Erase all that is kept of a customer.

    Gone are what the roster knows, invitations, drafts, answers, comments, purchases and complaint
    cases. Issued reports that quote the customer are drawn again without the comment and say that
    one is kept no longer; their figures stay as they were issued, and later reports leave the
    answers out. What would go is told first. Answers to an anonymous survey, or by an open link,
    tell of nobody and stay.

    Exit status: 0 erased, or nothing to erase; 1 something is left to do, or it was not agreed to;
    2 no such customer, nothing was erased.
    """
    settings, said = settings_of(data), words()
    ids = list(dict.fromkeys([*customers, *_ids_in(listed)]))
    with open_store(settings) as store:
        if ledger is not None:
            again = replay(store, settings.secret, read_file(ledger))
            click.echo(said.gettext("Erased again:") if again else _nobody(said))
            _tell(said, again)
        if not ids and ledger is None:
            raise click.UsageError(said.gettext("Name a customer with --customer or --list."))
        there = _there(store, settings, said, ids)
        if there:
            _erase(store, settings, said, there, folders, dry_run=dry_run, yes=yes, jobs=jobs)


def _ids_in(listed: Path | None) -> list[str]:
    if listed is None:
        return []
    return [line.strip() for line in listed.read_text("utf-8-sig").splitlines() if line.strip()]


def _nobody(said: Words) -> str:
    return said.gettext("Nothing is left to erase.")


def _there(store: Store, settings: Settings, said: Words, ids: Sequence[str]) -> list[str]:
    """The customers to erase; those who were erased before are told, unknown ones are refused."""
    found = known_customers(store, ids)
    gone = [one for one in ids if one not in found]
    key = settings.secret() if gone else b""
    before = {one: erased_at(store, one, key) for one in gone}
    if unknown := [shown(one) for one, at in before.items() if at is None]:
        raise NoSuchCustomer(unknown)
    for one, at in before.items():
        text = said.gettext("Customer {customer} was erased on {day} already.")
        click.echo(text.format(customer=shown(one), day=f"{at:%Y-%m-%d}"))
    return [one for one in ids if one in found]


def _erase(
    store: Store,
    settings: Settings,
    said: Words,
    ids: Sequence[str],
    folders: Sequence[Path],
    *,
    dry_run: bool,
    yes: bool,
    jobs: int,
) -> None:
    with progress_bar(said.gettext("Looking")) as progress:
        kept = what_is_kept(store, ids, progress)
        copies = (
            find_copies(folders, traces_of(store, ids), progress) if folders else Copies((), ())
        )
    _announce(store, said, ids, kept, copies)
    if dry_run:
        click.echo(said.gettext("Nothing was erased: this was a dry run."))
        return
    if not yes and not click.confirm(said.gettext("Erase for good?"), default=False):
        click.echo(said.gettext("Nothing was erased."))
        sys.exit(1)
    for path in copies.reports:  # first: once the customer is gone nobody can tell which they are
        path.unlink(missing_ok=True)
    with progress_bar(said.gettext("Erasing")) as progress:
        erased, clear = erase_people(
            store, ids, key=settings.secret(), now=now(), progress=progress
        )
    click.echo(said.gettext("Erased:"))
    _tell(said, erased)
    failed = _draw_again(store, settings, jobs) if erased.files else []
    _left(store, said, copies, clear=clear)
    end_with(failed)
    if copies.others or not clear:
        sys.exit(1)


def _announce(store: Store, said: Words, ids: Sequence[str], kept: Held, copies: Copies) -> None:
    """What would go, of whom."""
    click.echo(said.gettext("What is kept of:"))
    for one, name in list(known_customers(store, ids[:NAMED]).items()):
        click.echo(f"  {shown(one)} {shown(name)}")
    if len(ids) > NAMED:
        text = said.gettext("  and {count} more customers")
        click.echo(text.format(count=f"{len(ids) - NAMED:,}"))
    _tell(said, kept)
    for path in copies.reports[:NAMED]:
        click.echo(said.gettext("  quotes the customer, will be removed: {file}").format(file=path))
    if len(copies.reports) > NAMED:
        text = said.gettext("  and {count} more files to be removed")
        click.echo(text.format(count=f"{len(copies.reports) - NAMED:,}"))
    click.echo(
        said.gettext(
            "Figures of issued reports stay as they were issued; later reports leave the answers "
            "out."
        )
    )


def _tell(said: Words, held: Held) -> None:
    """How much there is, or was, a line a kind."""
    for field, what in KINDS.items():
        if count := getattr(held, field):
            text = said.gettext("  {what}: {n}")
            click.echo(text.format(what=said.gettext(what), n=f"{count:,}"))


def _draw_again(store: Store, settings: Settings, jobs: int) -> list[Failed]:
    """Draw what editions lack now."""
    prepared_fonts(settings)
    failed: list[Failed] = []
    for one in list_editions(store):
        if one.built < one.files:
            key = one.key
            issued = find_edition(store, key.survey_id, key.wave, key.field, key.number)
            failed += build_files(store, settings, issued, (), jobs)
    return failed


def _left(store: Store, said: Words, copies: Copies, *, clear: bool) -> None:
    """What is left to do for whoever ran the command."""
    for path in copies.others:
        text = said.gettext("Tells of the customer, see to it yourself: {file}")
        click.echo(text.format(file=path), err=True)
    if copies.reports:
        text = said.gettext("`tellback edition export` writes the removed reports again.")
        click.echo(text)
    if not clear:
        text = said.gettext(
            "Another program was using the database, so what was deleted still stands in its file. "
            "That is cleared at the next start of any command."
        )
        click.echo(text, err=True)
    backups = sorted((store.data / "backups").glob("*"))
    if backups:
        text = said.gettext(
            "Backups in {folder} still hold the customer; delete those that are needed no more."
        )
        click.echo(text.format(folder=store.data / "backups"))
    text = said.gettext(
        "Keep a copy of {file} apart from the backups: by it the customer is erased again when one "
        "is put back."
    )
    click.echo(text.format(file=store.data / NAME))
