"""Fixtures of the reports room."""

from __future__ import annotations

import pytest

from reports.fonts import Fonts


@pytest.fixture(scope="session")
def fonts(prepared_fonts: Fonts) -> Fonts:
    """The fonts that pages are set in."""
    return prepared_fonts
