"""How far work has come: the one form in which any part of this room reports it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with (steps done, steps in all); the total may be corrected on the way."""


def silent(_done: int, _total: int) -> None:
    """Report to nobody."""
