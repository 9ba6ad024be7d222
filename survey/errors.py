"""What can go wrong in this room: one base class, so that the edge can word it in one place."""

from __future__ import annotations


class SurveyError(Exception):
    """Something the person can understand and act on; ``str()`` is the whole sentence.

    ``lines`` holds one sentence a problem where several were found at once.
    """

    @property
    def lines(self) -> tuple[str, ...]:
        """What is wrong and what would be right, one sentence a problem."""
        return (str(self),)
