"""Writes a one-page PDF without a library, because one would add 13 MB of dependencies."""

from __future__ import annotations

from collections.abc import Iterable

PAGE = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
    " /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>"
)
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"
# In points, from the lower left corner.
TOP = 780
LEFT = 50
LEADING = 16
SIZE = 10
ESCAPES = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})


def write_page(title: str, lines: Iterable[str]) -> bytes:
    """Write lines of text on an A4 page, in a fixed-width font."""
    content = _write_text(lines)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE.encode(),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        FONT.encode(),
        _encode(f"<< /Title ({title.translate(ESCAPES)}) /Producer (counterfoil-sandbox) >>"),
    ]
    return _assemble(objects)


def _write_text(lines: Iterable[str]) -> bytes:
    shown = "".join(f"({line.translate(ESCAPES)}) Tj T*\n" for line in lines)
    return _encode(f"BT\n/F1 {SIZE} Tf\n{LEADING} TL\n{LEFT} {TOP} Td\n{shown}ET")


def _assemble(objects: list[bytes]) -> bytes:
    document = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, each in enumerate(objects, 1):
        offsets.append(len(document))
        document += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    start = len(document)
    size = len(objects) + 1
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    document += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, entries)
    document += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (size, size - 1)
    document += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(document)


def _encode(text: str) -> bytes:
    return text.encode("cp1252", "replace")
