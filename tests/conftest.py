"""Fixtures shared by all rooms, and the switch that writes golden files anew."""

from __future__ import annotations

import pytest
from hypothesis import settings

# The same examples every time, so that a change is judged by what it changed; new ones are looked
# for by ``make test-long``.
settings.register_profile("steady", derandomize=True, database=None)
settings.register_profile("searching", print_blob=True)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` writes golden files instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--update-golden"))
