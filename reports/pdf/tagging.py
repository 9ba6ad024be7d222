"""What a page says to those who do not see it: its structure, told while it is drawn.

Headings, paragraphs, lists, tables with their heads and charts with a text in their place form a
tree; the order in which they are drawn is the order in which they are read. What is drawn for the
eye alone (rules, tints, running heads) is marked as such, and a screen reader passes it over.

The elements are objects of ReportLab's own kind and write themselves: PDF 32000-1, 14.6 to 14.8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas

Attributes = Mapping[str, object]
"""What else is told of an element: names and values as PDF writes them."""

COLUMN_HEAD: Attributes = {"O": "/Table", "Scope": "/Column"}
ROW_HEAD: Attributes = {"O": "/Table", "Scope": "/Row"}
NUMBERED: Attributes = {"O": "/List", "ListNumbering": "/Decimal"}

DECORATION = "/Artifact BMC"
HEADER = "/Artifact <</Type /Pagination /Subtype /Header>> BDC"
FOOTER = "/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
"""How content begins that is not read; header and footer are the running ones."""


def placed(x: float, bottom: float, width: float, height: float) -> Attributes:
    """Where a figure stands on its page, in points from the lower left corner of the paper."""
    corners = (x, bottom, x + width, bottom + height)
    box = PDFArray([round(corner, 2) for corner in corners])
    return {"O": "/Layout", "Placement": "/Block", "BBox": box}


class Element(PDFObject):
    """A node: its role, its parts in reading order, and what is told in place of them.

    A part is an element, or the number of a piece of the page's content.
    """

    __RefOnly__ = 1

    def __init__(self, role: str, parent: PDFObject, told: Mapping[str, object]) -> None:
        self.role = role
        self.parent = parent
        self.told = told
        self.page: PDFObjectReference | None = None
        self.parts: list[Element | int] = []

    def format(self, document: PDFDocument) -> bytes:
        """The element as PDF writes it, its relatives by reference."""
        entries = {"S": PDFName(self.role), "P": self.parent, **self.told}
        if self.parts:
            entries["K"] = PDFArray(self.parts)
        if self.page is not None:
            entries["Pg"] = self.page
        return PDFDictionary(entries).format(document)


class Tree(PDFObject):
    """The structure of one document, and which of it is being drawn."""

    __RefOnly__ = 1

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._document: Any = canvas._doc  # type: ignore[attr-defined]
        self._path = [Element("Document", self, {})]
        self._pages: list[list[Element]] = [[]]
        self._unread = ""
        self._open: Element | str = ""

    def chapter(self, name: str) -> None:
        """Begin a chapter: it holds what is drawn until the next one begins."""
        del self._path[1:]
        self._begin("Sect", {"T": PDFString(name)})

    @contextmanager
    def element(
        self, role: str, attributes: Attributes | None = None, alt: str = ""
    ) -> Iterator[None]:
        """An element of that role for what is drawn meanwhile; ``alt`` is read in its place."""
        told: dict[str, object] = {}
        if attributes:
            told["A"] = PDFDictionary(dict(attributes))
        if alt:
            told["Alt"] = PDFString(alt)
        self._begin(role, told)
        yield
        self._path.pop()

    @contextmanager
    def unread(self, kind: str) -> Iterator[None]:
        """What is drawn meanwhile is not read: a running head or foot."""
        self._unread = kind
        yield
        self._unread = ""

    def content(self) -> None:
        """What is drawn next belongs to the element begun last."""
        self._draw(self._unread or self._path[-1])

    def decoration(self) -> None:
        """What is drawn next is for the eye alone."""
        self._draw(self._unread or DECORATION)

    def show_page(self) -> None:
        """End the page, and tell it where its content is in the tree."""
        self._draw("")
        self._canvas.showPage()
        page = self._document.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._pages) - 1
        page.Tabs = PDFName("S")
        self._pages.append([])

    def finish(self) -> None:
        """Hand the tree to the document; to be called once, after the last page."""
        catalog = self._document.Catalog
        catalog.StructTreeRoot = self
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        self._canvas.setViewerPreference("DisplayDocTitle", "true")

    def format(self, document: PDFDocument) -> bytes:
        """The root: the tree itself, and for each page the elements its pieces belong to."""
        places: list[object] = []
        for number, elements in enumerate(self._pages[:-1]):
            places += [number, PDFArray(elements)]
        entries = {
            "Type": PDFName("StructTreeRoot"),
            "K": self._path[0],
            "ParentTree": PDFDictionary({"Nums": PDFArray(places)}),
            "ParentTreeNextKey": len(self._pages) - 1,
        }
        return PDFDictionary(entries).format(document)

    def _begin(self, role: str, told: Mapping[str, object]) -> None:
        parent = self._path[-1]
        element = Element(role, parent, told)
        parent.parts.append(element)
        self._path.append(element)

    def _draw(self, what: Element | str) -> None:
        """Go on with ``what``: end the piece of content begun last, unless it is the same."""
        if what is self._open:
            return
        if self._open:
            self._canvas.addLiteral("EMC")
        if isinstance(what, Element):
            pieces = self._pages[-1]
            self._canvas.addLiteral(f"/{what.role} <</MCID {len(pieces)}>> BDC")
            what.parts.append(len(pieces))
            what.page = self._document.thisPageRef()
            pieces.append(what)
        elif what:
            self._canvas.addLiteral(what)
        self._open = what
