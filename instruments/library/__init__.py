"""Which questionnaires ship with Tellback? Read by name, ready to ask with."""

from __future__ import annotations

from importlib.resources import files

from instruments.model import Instrument
from instruments.problems import InstrumentsError
from instruments.reader import read_instrument

_ENDING = ".yaml"


class UnknownInstrument(InstrumentsError):
    """Asked for a questionnaire that does not ship."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"no questionnaire {name} ships with Tellback; those that do: {', '.join(names())}"
        )


def names() -> tuple[str, ...]:
    """The names of all shipped questionnaires, which are their ids.

    >>> "monthly_satisfaction" in names()
    True
    """
    found = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in found if name.endswith(_ENDING)))


def read(name: str) -> Instrument:
    """The shipped questionnaire of that name; :class:`UnknownInstrument` where there is none."""
    if name not in names():
        raise UnknownInstrument(name)
    source = files(__name__).joinpath(name + _ENDING).read_bytes()
    return read_instrument(source, name + _ENDING)
