"""The annex of a report as a spreadsheet: every figure of the findings, to filter and to sort."""

from reports.annex.document import annex

__all__ = ["annex"]
