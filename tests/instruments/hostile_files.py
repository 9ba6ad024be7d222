"""Where the hostile inputs stand; they are data, and no part of the product."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

HOSTILE = Path(
    os.environ.get("TELLBACK_HOSTILE", Path(__file__).resolve().parents[3] / "shared" / "hostile")
)
"""The folder that TELLBACK_HOSTILE names; ``../shared/hostile`` beside the checkout otherwise."""

needs_hostile = pytest.mark.skipif(
    not HOSTILE.is_dir(), reason=f"not run: there are no hostile inputs in {HOSTILE}"
)
