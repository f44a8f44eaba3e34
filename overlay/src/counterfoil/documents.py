"""Saving the files of an invoice: those that came with it, and those behind links."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from msgspec import Struct

from .errors import DocumentError
from .invoice import Document, Invoice, sniff

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
_CHUNK = 1024 * 1024


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

    Raises DocumentError: a document is not base64, empty, larger than 64 MiB, cannot be fetched or saved, or another is there.
    """
    documents = invoice.documents or ()
    return [
        _save(_open(document, client), Path(folder), _name(invoice, number if len(documents) > 1 else 0, document), overwrite)
        for number, document in enumerate(documents, 1)
    ]


def _name(invoice: Invoice, number: int, document: Document) -> str:
    """A name that any file system takes, and that no other invoice has."""
    ref = invoice.ref
    if ref.key is None:
        raise DocumentError("an invoice without a key cannot be saved: it cannot be told from others")
    parts = [ref.account, ref.kind, ref.key, *filter(None, (str(number or ""), document.language))]
    name = "~".join(quote(part, safe=" ").replace("~", "%7E") for part in parts)
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[: _LONGEST_NAME - 17]}~{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _open(document: Document, client: Any) -> Iterable[bytes]:
    if document.content_b64 is not None:
        return [document.bytes()]
    if document.url is None:
        raise DocumentError("the document has neither content nor a link")
    return _fetch(document.url, client)


def _fetch(url: str, client: Any) -> Iterator[bytes]:
    import httpx2

    if urlsplit(url).scheme not in ("http", "https"):
        raise DocumentError(f"{url!r} is not a link to be fetched: only http and https are")
    try:
        with client.stream("GET", url) if client else httpx2.stream("GET", url, follow_redirects=True, timeout=60) as answer:
            if not answer.is_success:
                raise DocumentError(f"{_hide_query(url)} answered {answer.status_code}: read the invoice again for a fresh link")
            yield from answer.iter_bytes(_CHUNK)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise DocumentError(f"{_hide_query(url)} could not be fetched ({type(error).__name__}): try again") from error


def _hide_query(url: str) -> str:
    """A link without its query, which may let somebody in."""
    return url.partition("?")[0]


def _save(chunks: Iterable[bytes], folder: Path, name: str, overwrite: bool) -> SavedDocument:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _temporary(folder) as file:
            digest, size, beginning = hashlib.sha256(), 0, b""
            for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                size, beginning = size + len(chunk), beginning or chunk[:512]
                if size > MOST_BYTES:
                    raise DocumentError(f"document {name!r} is larger than 64 MiB")
            if not size:
                raise DocumentError(f"document {name!r} is empty: ask the provider for it again")
            file.flush()
            os.fsync(file.fileno())
            media_type = sniff(beginning)
            path = folder / (name + ENDINGS.get(media_type, ".bin"))
            saved = SavedDocument(path=path, sha256=digest.hexdigest(), media_type=media_type, size=size)
            _put(Path(file.name), saved, overwrite)
            return saved
    except OSError as error:
        raise DocumentError(f"document {name!r} could not be saved in {str(folder)!r}: {error.strerror or error}") from error


@contextmanager
def _temporary(folder: Path) -> Iterator[Any]:
    """A file in the same folder, removed at the end unless it was moved to its place."""
    with NamedTemporaryFile(dir=folder, prefix=".", suffix=".part", delete=False) as file:
        try:
            yield file
        finally:
            file.close()
            Path(file.name).unlink(missing_ok=True)


def _put(temporary: Path, saved: SavedDocument, overwrite: bool) -> None:
    if not overwrite and saved.path.exists():
        if hashlib.sha256(saved.path.read_bytes()).hexdigest() == saved.sha256:
            return
        raise DocumentError(f"{str(saved.path)!r} is there with other content: move it away, or allow to overwrite it")
    os.chmod(temporary, 0o600)  # invoices are personal data
    os.replace(temporary, saved.path)
