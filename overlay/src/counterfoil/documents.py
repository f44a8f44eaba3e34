"""Saving the files of an invoice: those that came with it, and those behind links."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct

from .errors import DocumentError
from .invoice import Document, Invoice, InvoiceRef, sniff
from .sinks.files import replace_file

if TYPE_CHECKING:
    import httpx2

ENDINGS = {
    "application/pdf": ".pdf",
    "application/xml": ".xml",
    "application/zip": ".zip",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/html": ".html",
}
MOST_BYTES = 64 * 1024 * 1024
_LONGEST_NAME = 200  # bytes; file systems take 255


class SavedDocument(Struct, frozen=True, kw_only=True):
    """A file that was saved, or was there already with the same content."""

    path: Path
    sha256: str
    media_type: str
    size: int


def save_documents(
    invoice: Invoice, folder: str | Path, *, overwrite: bool = False, client: httpx2.Client | None = None
) -> list[SavedDocument]:
    """Save the documents of an invoice in a folder, which is made if need be; links are fetched over http or https.

    A file is named by account, kind and key, and its ending by its first bytes. It appears whole or not at all. One that is there
    with the same content is left as it is; with other content, it is replaced only with `overwrite`. `client` is an httpx2 client
    of yours for the links; without one they are fetched without any credential, for those of a provider are not for the
    documents' host.

    Raises DocumentError: a document is not base64, empty, cannot be fetched or saved, another is there, or a link leads to more
    than 64 MiB.
    """
    documents = invoice.documents or ()
    return [
        _save(_load(document, client), Path(folder), _name(invoice.ref, number if len(documents) > 1 else 0, document), overwrite)
        for number, document in enumerate(documents, 1)
    ]


def _name(ref: InvoiceRef, number: int, document: Document) -> str:
    """A name that any file system takes, and that no other invoice has."""
    if ref.key is None:
        raise DocumentError("an invoice without a key cannot be saved: it cannot be told from others")
    parts = (ref.account, ref.kind, ref.key, str(number or ""), document.language or "")
    name = "~".join(quote(part, safe=" ").replace("~", "%7E") for part in parts if part)
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[: _LONGEST_NAME - 17]}~{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _load(document: Document, client: httpx2.Client | None) -> bytes:
    if document.url is None or document.content_b64 is not None:
        return document.bytes()
    if not document.url.startswith(("https://", "http://")):
        raise DocumentError(f"{document.url!r} is not a link to be fetched: only http and https are")
    return _fetch(document.url, client)


def _fetch(url: str, client: httpx2.Client | None) -> bytes:
    import httpx2

    content, shown = bytearray(), url.partition("?")[0]  # a query may let somebody in
    stream = client.stream if client else partial(httpx2.stream, follow_redirects=True, timeout=60)
    try:
        with stream("GET", url) as answer:
            if not answer.is_success:
                raise DocumentError(f"{shown} answered {answer.status_code}: read the invoice again for a fresh link")
            for chunk in answer.iter_bytes():
                content += chunk
                if len(content) > MOST_BYTES:
                    raise DocumentError(f"{shown} is larger than 64 MiB: fetch it yourself, if it is what you expect")
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise DocumentError(f"{shown} could not be fetched ({type(error).__name__}): try again") from error
    return bytes(content)


def _save(content: bytes, folder: Path, name: str, overwrite: bool) -> SavedDocument:
    if not content:
        raise DocumentError(f"document {name!r} is empty: ask the provider for it again")
    media_type = sniff(content)
    path = folder / (name + ENDINGS.get(media_type, ".bin"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = path.read_bytes() if path.exists() else None
        if held not in (None, content) and not overwrite:
            raise DocumentError(f"{str(path)!r} is there with other content: move it away, or allow to overwrite it")
        if held != content:
            replace_file(path, content)
    except OSError as error:
        raise DocumentError(f"document {name!r} could not be saved in {str(folder)!r}: {error.strerror or error}") from error
    return SavedDocument(path=path, sha256=hashlib.sha256(content).hexdigest(), media_type=media_type, size=len(content))
