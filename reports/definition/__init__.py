"""Which rules does a company set for its reports? A report definition, from YAML to settings.

The format is described in ``docs/reference/definition-format.md``; :func:`example` is a file with
everything that can be set. As a questionnaire, a definition is taken whole or refused with all
that is wrong with it, each with its line. What is not set is as in
:data:`reports.settings.STANDARD`.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from instruments.problems import Notes, Refused
from instruments.yaml_reader import MappingNode, Node, read
from instruments.yaml_reader.fields import Fields, open_fields, whole
from instruments.yaml_reader.files import bytes_of, name_of
from reports.definition.cycles import cycles
from reports.definition.design import chapters, colours
from reports.definition.picture import logo
from reports.definition.sections import control_charts, indicators, voices, weighting
from reports.definition.values import made, numbers, period_or_word, some, words
from reports.design import Design
from reports.errors import ReportError
from reports.settings import COMPARED, Settings

VERSION = 1
"""Of this format."""

NUMBERS = ("confidence", "smallest_base", "indicative_base", "trend_waves")
SECTIONS = {
    "indicators": indicators,
    "control_charts": control_charts,
    "weighting": weighting,
    "voices": voices,
}
DESIGN = ("sections", "colours", "logo")
KEYS = ("definition", *NUMBERS, "compared", "comparison", *SECTIONS, "cycles", *DESIGN)


class DefinitionError(Refused, ReportError):
    """A report definition that is not taken, with everything that is wrong with it."""


def read_definition(source: bytes, name: str, folder: Path | None = None) -> Settings:
    r"""The settings that a definition makes; ``name`` is how messages call the file.

    ``folder``: where it lies, for the picture of a logo; without one it can have no logo. Raises
    :class:`DefinitionError` with every problem found.

    >>> read_definition(b"definition: 1\nsmallest_base: 10\n", "company.yaml").smallest_base
    10
    >>> read_definition(b"definition: 1\nsmalest_base: 10\n", "company.yaml")
    Traceback (most recent call last):
    reports.definition.DefinitionError:
    company.yaml:2:1: unknown key smalest_base (did you mean smallest_base?)
    """
    tree = read(source, name, plain_keys=True)
    notes = Notes(name)
    settings = _whole(tree.root, notes, folder)
    if settings is None or notes.total or tree.problems:
        raise DefinitionError((*tree.problems, *notes.problems), tree.more + notes.more)
    return settings


def load_definition(path: Path) -> Settings:
    """The settings that the definition in a file makes.

    Raises :class:`DefinitionError`, also where there is no such file or it cannot be read.
    """
    notes = Notes(name_of(path))
    source = bytes_of(path, notes, "a report definition")
    if source is None:
        raise DefinitionError(notes.problems)
    return read_definition(source, name_of(path), path.parent)


def is_definition(source: bytes) -> bool:
    """Whether a file means to be a report definition: it has keys of one, and no ``id``."""
    root = read(source, "", plain_keys=True).root
    keys = root.entries if isinstance(root, MappingNode) else {}
    return "id" not in keys and any(key in KEYS for key in keys)


def example() -> str:
    """A definition with everything that can be set, each as it is unless set, and explained."""
    return files(__package__).joinpath("example.yaml").read_text(encoding="utf-8")


def _whole(root: Node, notes: Notes, folder: Path | None) -> Settings | None:
    fields = open_fields(notes, root, "a report definition", KEYS)
    if fields is None:
        return None
    version = fields.need("definition", f"write definition: {VERSION}")
    if version is not None and whole(version) != VERSION:
        notes.add(version.at, "this version of the format is not known", f"write {VERSION}")
    given: dict[str, object] = {**numbers(fields, NUMBERS)}
    given |= some("compared", words(fields, "compared", COMPARED))
    given |= some("comparison", period_or_word(fields, "comparison", COMPARED))
    given |= cycles(fields)
    for key, read_section in SECTIONS.items():
        node = fields.get(key)
        if node is not None:
            given |= read_section(notes, node)
    return made(Settings, given | {"design": _design(fields, folder)}, fields)


def _design(fields: Fields, folder: Path | None) -> Design:
    """Which chapters, in which dress; as usual where nothing, or something wrong, is said."""
    given = dict(chapters(fields))
    node = fields.get("colours")
    if node is not None:
        given |= colours(fields.notes, node)
    node = fields.get("logo")
    if node is not None:
        given |= logo(fields.notes, node, folder)
    return Design(**given)  # type: ignore[arg-type]
