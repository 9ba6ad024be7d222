"""``tellback import``: take in customers, what they bought, complaints, and answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from instruments.problems import shown
from survey.cases.log import import_cases
from survey.cli.options import INPUT, counted, data_option, now, settings_of
from survey.cli.progress import progress_bar
from survey.customers.purchases import import_purchases
from survey.customers.roster import import_roster
from survey.imports.responses import import_responses
from survey.store import open_store

encoding_option = click.option(
    "--encoding", help="Encoding of a CSV file, such as gb18030, where guessing is wrong."
)


@click.group("import")
def imports() -> None:
    """Take in customers, purchases, complaint cases or answers from CSV or XLSX files."""


@imports.command("customers")
@data_option
@click.argument("file", type=INPUT)
@click.option(
    "--segment",
    "segments",
    multiple=True,
    help="Column that holds a segment field; may be given several times. Without it, the "
    "known ones (such as tier and region) are taken where the file has them.",
)
@encoding_option
@click.option(
    "--accept-good-rows",
    is_flag=True,
    help="Take the rows that are right and list the others, instead of refusing the file.",
)
def customers_command(
    data: Path, file: Path, segments: tuple[str, ...], encoding: str | None, accept_good_rows: bool
) -> None:
    """Take in the customer roster FILE; customers already known are brought up to date.

    The file is taken whole, or refused with every problem as FILE:LINE: what is wrong.
    """
    with open_store(settings_of(data)) as store, progress_bar("Reading customers") as progress:
        result = import_roster(
            store,
            file,
            segments=segments or None,
            now=now(),
            encoding=encoding,
            accept_good_rows=accept_good_rows,
            progress=progress,
        )
    _tell_encoding(result.encoding, result.also)
    for problem in result.problems:
        click.echo(str(problem), err=True)
    _tell_left_out(result.left_out)
    told = f"{counted(result.added, 'customer')} added, {result.updated:,} brought up to date"
    if result.rejected:
        told += f", {counted(result.rejected, 'row')} not taken"
    click.echo(f"{told}.")


@imports.command("purchases")
@data_option
@click.argument("file", type=INPUT)
@encoding_option
def purchases_command(data: Path, file: Path, encoding: str | None) -> None:
    """Take in the purchases in FILE: customer_id, day, and where there are, number and amount.

    The file is taken whole, or refused with every problem as FILE:LINE: what is wrong.
    Purchases whose number came before are left as they are; a file without numbers is not
    taken twice.
    """
    with open_store(settings_of(data)) as store, progress_bar("Reading purchases") as progress:
        result = import_purchases(store, file, now=now(), encoding=encoding, progress=progress)
    _tell_encoding(result.encoding, result.also)
    _tell_left_out(result.left_out)
    click.echo(f"{counted(result.added, 'purchase')} added, {result.known:,} known before.")


@imports.command("cases")
@data_option
@click.argument("file", type=INPUT)
@click.option(
    "--segment",
    "segments",
    multiple=True,
    help="Column that holds a segment field, for cases without a customer; may be given several "
    "times. Without it, the known ones (such as tier and region) are taken.",
)
@encoding_option
def cases_command(data: Path, file: Path, segments: tuple[str, ...], encoding: str | None) -> None:
    """Take in the complaint log FILE: number, opened, and where there are, customer_id,
    answered, closed, reopened, target_days, kind, attribute.

    The file is taken whole, or refused with every problem as FILE:LINE: what is wrong. Cases
    whose number is known are brought up to date in the columns that the file has.
    """
    with open_store(settings_of(data)) as store, progress_bar("Reading cases") as progress:
        result = import_cases(
            store,
            file,
            now=now(),
            segments=segments or None,
            encoding=encoding,
            progress=progress,
        )
    _tell_encoding(result.encoding, result.also)
    _tell_left_out(result.left_out)
    click.echo(f"{counted(result.added, 'case')} added, {result.updated:,} brought up to date.")


@imports.command("responses")
@data_option
@click.argument("file", type=INPUT)
@click.option("--survey", "survey_id", required=True, help="The survey that the answers belong to.")
@click.option(
    "--mapping",
    required=True,
    type=INPUT,
    help="YAML file that says which column answers which question.",
)
@encoding_option
def responses_command(
    data: Path, file: Path, survey_id: str, mapping: Path, encoding: str | None
) -> None:
    """Take in the answers in FILE (CSV or XLSX), as the mapping file describes them.

    The file is taken whole, or refused with every problem as FILE:LINE: what is wrong. The
    same file is not taken twice.
    """
    with open_store(settings_of(data)) as store, progress_bar("Reading answers") as progress:
        result = import_responses(
            store, survey_id, file, mapping, now=now(), encoding=encoding, progress=progress
        )
    _tell_encoding(result.encoding, result.also)
    click.echo(f"{counted(result.rows, 'answer')} taken in as batch {result.batch}.")


def _tell_encoding(taken: str, also: str) -> None:
    """Say so where a file's bytes would also read, differently, in another encoding."""
    if also:
        click.echo(f"Read as {taken}; if names look wrong, try --encoding {also}.", err=True)


def _tell_left_out(columns: Sequence[str]) -> None:
    """Name the columns that nothing is done with."""
    if columns:
        click.echo(f"Columns left out: {shown(', '.join(columns), 500)}.", err=True)
