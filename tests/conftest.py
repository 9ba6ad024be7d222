"""Fixtures shared by all rooms, and the switch that writes golden files anew."""

from __future__ import annotations

import pytest
from hypothesis import settings

from reports.fonts import Fonts

# The same examples every time, so that a change is judged by what it changed; new ones are looked
# for by ``make test-long``.
settings.register_profile("steady", derandomize=True, database=None)
settings.register_profile("searching", print_blob=True)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` writes golden files instead of comparing with them.

    It runs the tests that have one, and no other: writing needs no suite.
    """
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what writes no golden file where they are written anew."""
    if config.getoption("--update-golden"):
        writes = [one for one in items if "update_golden" in getattr(one, "fixturenames", ())]
        config.hook.pytest_deselected(items=[one for one in items if one not in writes])
        items[:] = writes


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def prepared_fonts(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Fonts:
    """Fonts prepared once for all tests of all workers: the seconds it takes are paid once."""
    base = tmp_path_factory.getbasetemp()
    return Fonts.prepare((base if worker_id == "master" else base.parent) / "fonts")
