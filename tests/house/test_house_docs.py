"""What the documentation says of the command line is what the command line does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from survey.cli import tellback

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "command-line.md"


def commands(
    command: click.Command, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """A command and all below it, each with its full name."""
    yield path, command
    if isinstance(command, click.Group):
        for name in command.commands:
            yield from commands(command.commands[name], (*path, name))


def reference() -> str:
    """The reference page, from the commands' own help."""
    parts = [
        "# Command line\n",
        "Generated from `--help`; `make docs` writes it anew, and a test compares.\n",
    ]
    for path, command in commands(tellback, ("tellback",)):
        context = click.Context(
            command, info_name=" ".join(path), max_content_width=100, terminal_width=100
        )
        parts.append(f"## {' '.join(path)}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def test_command_line_reference_is_current(update_golden: bool) -> None:
    """Every command and option is documented, word for word as its help says."""
    if update_golden:
        PAGE.write_text(reference(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == reference()


def test_every_command_explains_itself() -> None:
    """No command and no option is without a sentence of help."""
    for path, command in commands(tellback, ("tellback",)):
        assert command.help, path
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, (path, parameter.name)


def test_links_between_pages_lead_somewhere() -> None:
    """A link from one page of the documentation to another finds its file."""
    import re

    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} → {target}"
