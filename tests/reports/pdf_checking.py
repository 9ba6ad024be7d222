"""A partial checker of tagged PDFs: rules after the points of the Matterhorn protocol that a
machine can check, each a generator of sentences on what is wrong.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pikepdf

PAINTING = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'"})
"""Operators that leave something to be seen (``INLINE IMAGE`` besides)."""

INSIDE = {
    "Document": {"Sect"},
    "Sect": {"H1", "H2", "P", "Figure", "Table", "L", "BlockQuote"},
    "BlockQuote": {"P"},
    "Table": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"LI"},
    "LI": {"Lbl", "LBody"},
    "LBody": {"P", "Figure"},
}
"""What may stand in what; all else holds content only."""

GROUPS = frozenset({"Document", "Sect", "Table", "TR", "L", "LI", "BlockQuote"})
"""Roles that hold no content of their own."""


@dataclass
class Node:
    """An element of the tree as it was read: role, object, parts, pieces of content by page."""

    role: str
    thing: Any
    kids: list[Node] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This element and all in it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()


def problems(data: bytes) -> list[str]:
    """Everything that is wrong, in sentences; empty where nothing is."""
    with pikepdf.open(io.BytesIO(data)) as document:
        if "/StructTreeRoot" not in document.Root:
            return ["The document has no structure."]
        root = tree(document)
        return [
            *_told(document),
            *_parents(document),
            *_nested(root),
            *_headings(root),
            *_tables(root),
            *_figures(document, root),
            *_pieces(document, root),
            *_fonts(document),
        ]


def tree(document: pikepdf.Pdf) -> Node:
    """The structure, read from the root down."""
    numbers = {page.objgen: i for i, page in enumerate(document.pages)}

    def node(thing: Any) -> Node:
        found = Node(str(thing.S).removeprefix("/"), thing)
        for part in thing.get("/K", []):
            if isinstance(part, pikepdf.Dictionary):
                found.kids.append(node(part))
            else:
                found.pieces.append((numbers[thing.Pg.objgen], int(part)))
        return found

    return node(document.Root.StructTreeRoot.K)


def _told(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if not _holds(root, "/MarkInfo", "/Marked"):
        yield "The document is not marked as tagged."
    if not str(root.get("/Lang", "")):
        yield "The document has no language."
    if not _holds(root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "Viewers show the name of the file instead of the title."
    with document.open_metadata() as xmp:
        title = xmp.get("dc:title")
    if not title or title != str(document.docinfo.get("/Title", "")):
        yield f"The title is {document.docinfo.get('/Title')} here and {title} there."
    for number, page in enumerate(document.pages, start=1):
        if page.get("/Tabs") != "/S":
            yield f"Page {number} is not tabbed through in the order of the structure."


def _holds(root: Any, group: str, name: str) -> bool:
    return group in root and root[group].get(name) is True


def _parents(document: pikepdf.Pdf) -> Iterator[str]:
    """Each element names its parent."""

    def under(thing: Any, parent: Any) -> Iterator[str]:
        if thing.P.objgen != parent.objgen:
            yield f"{thing.S} names another parent than the one it stands in."
        for part in thing.get("/K", []):
            if isinstance(part, pikepdf.Dictionary):
                yield from under(part, thing)

    root = document.Root.StructTreeRoot
    yield from under(root.K, root)


def _nested(root: Node) -> Iterator[str]:
    for node in root.walk():
        wrong = {kid.role for kid in node.kids} - INSIDE.get(node.role, set())
        if wrong:
            yield f"{node.role} holds {', '.join(sorted(wrong))}."
        if node.pieces and node.role in GROUPS:
            yield f"{node.role} holds content that belongs to no part of it."
        if not (node.pieces or node.kids) and node.role not in ("TH", "TD"):
            yield f"{node.role} is empty."
        if len({page for page, _piece in node.pieces}) > 1:
            yield f"{node.role} goes over a page."


def _headings(root: Node) -> Iterator[str]:
    levels = [int(n.role[1:]) for n in root.walk() if re.fullmatch("H[1-6]", n.role)]
    if levels.count(1) != 1 or levels[:1] != [1]:
        yield f"The headings are of levels {levels}: one of level 1 should come first."
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"A heading of level {below} follows one of level {above}."


def _tables(root: Node) -> Iterator[str]:
    for table in (node for node in root.walk() if node.role == "Table"):
        head, *rows = [row.kids for row in table.kids]
        if [_scope(cell) for cell in head[1:]] != ["/Column"] * (len(head) - 1) or not rows:
            yield "A column of a table has no head."  # a corner may be empty
        for row in rows:
            if len(row) != len(head):
                yield f"A row of {len(row)} cells stands under {len(head)} heads."
            if [_scope(cell) for cell in row] != ["/Row", *[""] * (len(row) - 1)]:
                yield "A row of a table has no head."


def _scope(cell: Node) -> str:
    return str(cell.thing.A.Scope) if cell.role == "TH" and cell.pieces else ""


def _figures(document: pikepdf.Pdf, root: Node) -> Iterator[str]:
    for figure in (node for node in root.walk() if node.role == "Figure"):
        if not str(figure.thing.get("/Alt", "")).strip():
            yield "A figure has no text that is read in its place."
        left, bottom, right, top = map(float, figure.thing.A.BBox)
        width, height = map(float, document.pages[figure.pieces[0][0]].MediaBox[2:])
        if not (0 <= left < right <= width and 0 <= bottom < top <= height):
            yield "A figure lies outside its page."


def _pieces(document: pikepdf.Pdf, root: Node) -> Iterator[str]:
    """Everything is tagged or decoration; the tree and the pages know the same of each other."""
    places = dict(_pairs(document.Root.StructTreeRoot.ParentTree.Nums))
    read = [(piece, node) for node in root.walk() for piece in node.pieces]
    for number, page in enumerate(document.pages):
        found: list[int] = []
        yield from _drawn(page, number, found)
        told = [(piece, node) for (at, piece), node in read if at == number]
        if found != list(range(len(found))) or [piece for piece, _node in told] != found:
            yield f"Page {number + 1} is read in another order than it is drawn in."
        owners = places.get(int(page.StructParents), [])
        if [owner.objgen for owner in owners] != [node.thing.objgen for _piece, node in told]:
            yield f"Page {number + 1} finds its content elsewhere in the tree."


def _pairs(numbers: Any) -> Iterator[tuple[int, Any]]:
    for i in range(0, len(numbers), 2):
        yield int(numbers[i]), numbers[i + 1]


def _drawn(page: pikepdf.Page, number: int, found: list[int]) -> Iterator[str]:
    """What is wrong on a page; ``found`` is given the numbers of its pieces, as drawn."""
    marks: list[str] = []
    for step in pikepdf.parse_content_stream(page):
        operands, name = step.operands, str(step.operator)
        if name in ("BDC", "BMC"):
            if marks:
                yield f"Page {number + 1}: {operands[0]} begins within {marks[-1]}."
            marks.append(str(operands[0]))
            if marks[-1] != "/Artifact":
                found.append(int(operands[1].MCID))
        elif name == "EMC":
            if not marks:
                yield f"Page {number + 1}: a mark ends that has not begun."
            marks = marks[:-1]
        elif (name in PAINTING or name == "INLINE IMAGE") and not marks:
            yield f"Page {number + 1}: something is drawn that is neither read nor decoration."
    if marks:
        yield f"Page {number + 1}: {marks[-1]} does not end."


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    fonts = {
        str(font.BaseFont): font for page in document.pages for font in page.Resources.Font.values()
    }
    for name, font in fonts.items():
        if "/FontFile2" not in font.FontDescriptor:
            yield f"{name} is not embedded."
        if "/ToUnicode" not in font:
            yield f"{name} does not say which letters it draws."
        elif re.search(rb"<(0000|FEFF|FFFE)>\n", font.ToUnicode.read_bytes()):
            yield f"{name} draws letters that stand for nothing."
