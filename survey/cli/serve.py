"""``tellback serve``: the pages that customers and staff open."""

from __future__ import annotations

from pathlib import Path

import click

from survey.app import serve as run_server
from survey.cli.options import data_option, settings_of

host_option = click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on."
)
port_option = click.option(
    "--port", type=int, default=8765, show_default=True, help="Port to listen on."
)


@click.command()
@data_option
@host_option
@port_option
def serve(data: Path, host: str, port: int) -> None:
    """Serve the questionnaires until stopped with Ctrl-C.

    The database is brought up to date first, with a backup made before.
    """
    click.echo(f"Serving on http://{host}:{port}/ until you press Ctrl-C")
    run_server(settings_of(data), host=host, port=port)
