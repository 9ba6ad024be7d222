"""What can go wrong while a report is made: one base class for the room."""

from __future__ import annotations


class ReportError(Exception):
    """Base of every error the reports room raises by name; its text is a whole sentence."""
