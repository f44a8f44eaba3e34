"""Save the documents of an invoice: embedded files, and files behind links."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct

from .errors import DocumentError
from .invoice import Document, Invoice, InvoiceRef, sniff
from .sinks.drafts import replace_file

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
_LONGEST_NAME = 200  # bytes; file systems take 255


class SavedDocument(Struct, frozen=True, kw_only=True):
    """A file that was saved, or that already existed with the same content."""

    path: Path
    sha256: str
    media_type: str
    size: int


def save_documents(
    invoice: Invoice,
    folder: str | Path,
    *,
    overwrite: bool = False,
    client: httpx2.Client | None = None,
    allow_hosts: Collection[str] = (),
    timeout: float = 60.0,
) -> list[SavedDocument]:
    """Save the documents of an invoice in a folder, which is created if necessary.

    Links are fetched over http or https. A file is named after account, kind and key, and its
    extension depends on its first bytes. A file is written completely or not at all. An existing
    file with the same content is left unchanged; with other content, it is only replaced if
    `overwrite` is true. Anything else than a regular file is never replaced.

    A link, or a redirect, to a host whose address is not public (loopback, private, link-local and
    the like) raises, unless `allow_hosts` contains the host's name as it is spelled in the link.
    `timeout` is the time limit for one link in seconds, including redirects and the body.

    Without `client`, links are fetched without credentials, because the provider's credentials are
    not meant for the host of the documents, and without the proxies of the environment. `client` is
    a custom httpx2 client for the links, for instance with a proxy. It resolves the host's name
    itself, after the address was checked here.

    Raises DocumentError if a document is not base64 or is empty, cannot be fetched in time or
    saved, would replace another file, is larger than 64 MiB, or its link leads to an address that
    is not public.
    """
    documents = invoice.documents or ()
    saved = []
    for number, document in enumerate(documents, 1):
        content = _load(document, client, allow_hosts, timeout)
        name = name_file(invoice.ref, number if len(documents) > 1 else 0, document)
        saved.append(save_file(content, Path(folder), name, overwrite))
    return saved


def remove_documents(ref: InvoiceRef, folder: str | Path) -> list[Path]:
    """Remove the files that `save_documents` saved for an invoice, and return their paths.

    Raises DocumentError if a file cannot be removed.
    """
    removed = []
    place = Path(folder)
    beginning = name_file(ref, 0, Document())
    for path in sorted(place.iterdir()) if place.is_dir() else ():
        rest = path.name.removeprefix(beginning)
        is_own = path.name.startswith(beginning) and rest[:1] in ("~", ".") and path.is_file()
        if is_own:
            try:
                path.unlink()
            except OSError as error:
                raise DocumentError(f"{path} cannot be removed: {error.strerror}") from error
            removed.append(path)
    return removed


def name_file(ref: InvoiceRef, number: int, document: Document) -> str:
    """Return a file name that is valid on any file system and unique to the invoice."""
    if ref.key is None:
        raise DocumentError(
            "an invoice without a key cannot be saved: its file name would not be unique"
        )
    parts = [ref.account, ref.kind, ref.key]
    if number:
        parts.append(str(number))
    if document.language:
        parts.append(document.language)
    name = "~".join(_quote(part) for part in parts if part)
    if len(name) <= _LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()
    return f"{name[: _LONGEST_NAME - 17]}~{digest[:16]}"


def _quote(part: str) -> str:
    """Quote a part of a file name. A tilde, which separates the parts, is quoted as well."""
    return quote(part, safe=" ").replace("~", "%7E")


def _load(
    document: Document, client: httpx2.Client | None, allow_hosts: Collection[str], timeout: float
) -> bytes:
    if document.url is None or document.content_b64 is not None:
        return document.bytes()
    from .links import fetch_link  # here, because httpx2 takes a while to import

    return fetch_link(document.url, client=client, allow_hosts=allow_hosts, timeout=timeout)


def save_file(content: bytes, folder: Path, name: str, overwrite: bool) -> SavedDocument:
    """Save a file completely or not at all. Raises DocumentError like `save_documents`."""
    if not content:
        raise DocumentError(f"document {name!r} is empty: ask the provider for it again")
    media_type = sniff(content)
    path = folder / (name + ENDINGS.get(media_type, ".bin"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        existing = _read_existing(path, len(content))
        if existing not in (None, content) and not overwrite:
            raise DocumentError(
                f"{str(path)!r} exists with other content: move it away, or allow overwriting it"
            )
        if existing != content:
            replace_file(path, content)
    except OSError as error:
        raise DocumentError(
            f"document {name!r} could not be saved in {str(folder)!r}: {error.strerror or error}"
        ) from error
    return SavedDocument(
        path=path,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type=media_type,
        size=len(content),
    )


def _read_existing(path: Path, size: int) -> bytes | None:
    """Return the content of a file: None if it does not exist, empty if its size is not `size`."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    # Reading a pipe would wait forever, and some devices never end.
    if not stat.S_ISREG(found.st_mode):
        raise DocumentError(f"{str(path)!r} exists and is not a regular file: move it away")
    return path.read_bytes() if found.st_size == size else b""
