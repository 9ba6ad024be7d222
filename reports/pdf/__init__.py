"""Reports on paper, in English or Chinese: a segment, all segments, a page for the wall."""

from reports.pdf.across import render_overview
from reports.pdf.document import render
from reports.pdf.wall import render_one_page

__all__ = ["render", "render_one_page", "render_overview"]
