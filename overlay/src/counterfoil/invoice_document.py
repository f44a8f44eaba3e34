"""The file of an invoice: embedded in base64, or behind a link."""

from __future__ import annotations

import hashlib
from base64 import b64decode

from .errors import DocumentError
from .invoice_parts import InvoiceModel

_WHITE_SPACE = str.maketrans("", "", " \t\r\n")
_URL_SAFE = str.maketrans("-_", "+/")
_SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"PK\x03\x04": "application/zip",
    b"\xef\xbb\xbf<?xml": "application/xml",
}


class Document(InvoiceModel, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """The invoice as a file (BG-24).

    A document has a link, `url` (BT-124), or the file itself in base64, `content_b64` (BT-125).
    """

    url: str | None = None
    content_b64: str | None = None
    language: str | None = None

    def bytes(self) -> bytes:
        """Decode the file. Both base64 alphabets are accepted, with or without line breaks.

        Raises DocumentError if the content is not base64, or the document has only a link.
        """
        if self.content_b64 is None:
            if self.url:
                raise DocumentError("this document is a link: `save_documents` fetches it")
            raise DocumentError("the document has neither content nor a link")
        try:
            return _decode_base64(self.content_b64)
        except ValueError as error:
            shown = self.content_b64[:20]
            raise DocumentError(
                f"the document is not base64, it begins with {shown!r}: ask the provider for it "
                "again"
            ) from error

    def media_type(self) -> str:
        """Return the media type by the file's first bytes. Raises DocumentError like `bytes`."""
        return sniff(self.bytes()[:512])

    def sha256(self) -> str:
        """Return the file's SHA-256 in hexadecimal. Raises DocumentError like `bytes`."""
        return hashlib.sha256(self.bytes()).hexdigest()


def _decode_base64(text: str) -> bytes:
    """Decode either alphabet of RFC 4648, with or without line breaks. Raises ValueError."""
    packed = text.translate(_WHITE_SPACE)
    standard = packed.translate(_URL_SAFE)
    is_url_safe = standard != packed
    if is_url_safe and "=" not in packed:  # the URL-safe form is usually written without padding
        standard += "=" * (-len(packed) % 4)
    return b64decode(standard, validate=True)


def sniff(beginning: bytes) -> str:
    """Return the media type of a file by its first bytes.

    PDF, PNG, JPEG, ZIP, XML and HTML are known; anything else is application/octet-stream.
    """
    for signature, media_type in _SIGNATURES.items():
        if beginning.startswith(signature):
            return media_type
    start = beginning.lstrip()[:14].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if start.startswith(b"<"):
        return "application/xml"
    return "application/octet-stream"
