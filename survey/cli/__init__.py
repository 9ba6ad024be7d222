"""What can be done from the command line: one command a module, errors told in one place."""

from __future__ import annotations

import sys

import click

from instruments.problems import InstrumentsError
from reports.errors import ReportError
from survey.cli.check import check
from survey.cli.definition import definition
from survey.cli.demo import demo
from survey.cli.edition import edition
from survey.cli.erase import erase
from survey.cli.export import export
from survey.cli.imports import imports
from survey.cli.report import report
from survey.cli.serve import serve
from survey.cli.surveys import survey
from survey.errors import SurveyError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="tellback")
def tellback() -> None:
    """Hear a company's customers, and prove that it acted.

    Tellback asks customers, measures satisfaction, complaints and loyalty for each customer
    segment with honest uncertainty, and writes a monthly PDF a segment in English and
    Chinese. Start with `tellback demo`.
    """


for command in (demo, serve, check, survey, imports, report, edition, erase, definition, export):
    tellback.add_command(command)


def main() -> None:
    """Run the command line; what goes wrong is told in one line a problem, exit status 2."""
    try:
        tellback.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as problem:
        problem.show()
        sys.exit(2)
    except (InstrumentsError, SurveyError) as problem:
        for line in problem.lines:
            click.echo(line, err=True)
        sys.exit(2)
    except OSError as problem:
        click.echo(f"{problem.filename or 'file'}: {problem.strerror}", err=True)
        sys.exit(2)
    except ReportError as problem:
        click.echo(problem, err=True)
        sys.exit(2)
