"""``tellback definition``: the rules of a report, to begin with."""

from __future__ import annotations

import click

from reports.definition import example


@click.command()
def definition() -> None:
    """Print a report definition with everything that can be set, each as it is unless set.

    Put it into a file, change what your company does otherwise, and hand it to
    `tellback report --definition FILE`.
    """
    click.echo(example(), nl=False)
