"""A report on paper: one segment of one wave, in English or Chinese."""

from reports.pdf.document import render

__all__ = ["render"]
