"""Fixtures of the reports room."""

from __future__ import annotations

import pytest

from reports.fonts import Fonts


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Fonts:
    """Fonts prepared once for all tests: the seconds it takes are paid a single time."""
    return Fonts.prepare(tmp_path_factory.mktemp("fonts"))
