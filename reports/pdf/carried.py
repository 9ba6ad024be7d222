"""What a PDF carries besides its pages: the findings as a file, what it is, and itself made small.

Nothing here is of the moment: no dates are written, so the same report is the same bytes.
"""

from __future__ import annotations

import hashlib
import io
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas

NAME = "findings.json"

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


def attach_findings(canvas: Canvas, content: bytes, about: str) -> None:
    """Put the findings into the document as ``findings.json``; ``about`` says what the file is."""
    size: dict[str, object] = {"Size": len(content)}
    checksum = hashlib.md5(content, usedforsecurity=False).hexdigest()
    kind = {
        "Type": PDFName("EmbeddedFile"),
        "Subtype": "/application#2Fjson",
        "Params": PDFDictionary({**size, "CheckSum": f"<{checksum}>"}),
    }
    stream = PDFStream(PDFDictionary(kind), content)
    document: Any = canvas._doc  # type: ignore[attr-defined]
    file = document.Reference(
        PDFDictionary(
            {
                "Type": PDFName("Filespec"),
                "F": PDFString(NAME),
                "UF": PDFString(NAME),
                "Desc": PDFString(about),
                "AFRelationship": PDFName("Data"),
                "EF": PDFDictionary({"F": stream, "UF": stream}),
            }
        )
    )
    catalog = document.Catalog
    catalog.Names = PDFDictionary(
        {"EmbeddedFiles": PDFDictionary({"Names": PDFArray([PDFString(NAME), file])})}
    )
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]
    catalog.AF = PDFArray([file])


def describe_in_xmp(canvas: Canvas, language: str) -> None:
    """Say again, in the form that archives and screen readers look for, what the document is."""
    document: Any = canvas._doc  # type: ignore[attr-defined]
    told = document.info
    content = XMP.format(
        title=escape(told.title),
        author=escape(told.author),
        subject=escape(told.subject),
        language=language,
        producer=escape(told.producer),
        creator=escape(told.creator),
    )
    kind = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    document.Catalog.Metadata = PDFStream(PDFDictionary(kind), content.encode())


def packed(data: bytes) -> bytes:
    """The same document compressed, its many small objects together; of no date."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        for date in ("/CreationDate", "/ModDate"):  # ReportLab's are those of no day
            del document.docinfo[date]
        document.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return out.getvalue()
