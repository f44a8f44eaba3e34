"""What sinks of plain files share: which invoices are known, and the cursors in a file beside the data.

Data is written first and the cursors after it. A process that is killed in between leaves invoices whose slice comes again;
they are known by their hash, so that none is written twice. One process at a time may write; the hashes of all invoices are
kept in memory, about 250 bytes each.
"""

from __future__ import annotations

import hashlib
import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from threading import RLock
from typing import Self

import msgspec
from msgspec import Struct, field

from ..errors import StorageError
from ..invoice import Invoice, InvoiceRef
from . import Written


class Cursors(Struct, kw_only=True):
    """The file beside the data: how many invoices the data had, and the progress of each account."""

    version: int = 1
    written: int = 0
    accounts: dict[str, str] = field(default_factory=dict)


class FileSink(ABC):
    """A sink of plain files; what a format adds is how invoices are read and appended."""

    def __init__(self, path: str | Path, cursors: Path) -> None:
        self.path, self._beside, self._lock = Path(path), cursors, RLock()
        self.known: dict[InvoiceRef, bytes] = {}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.written = self.load()
            self._cursors = self._read_cursors()
        except OSError as error:
            raise StorageError(f"{self.path} cannot be read or made: {error.strerror or error}") from error

    @abstractmethod
    def load(self) -> int:
        """Fill `known` with what is there, and tell how many invoices were written in all."""

    @abstractmethod
    def append(self, invoices: Sequence[tuple[Invoice, bytes]]) -> None:
        """Write invoices and their JSON behind what is there, all of them or none."""

    def __enter__(self) -> Self:
        """Return the sink itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close nothing: all that was stored is written."""
        return

    def find_progress(self, account: str) -> bytes | None:
        """The progress of an account; see `Sink`."""
        found = self._cursors.accounts.get(account)
        return None if found is None else found.encode()

    def store(self, account: str, invoices: Sequence[Invoice], progress: bytes) -> Written:
        """Append what is new or changed, then the progress; see `Sink`."""
        with self._lock:
            texts = [(invoice, invoice.to_json()) for invoice in invoices]
            now: dict[InvoiceRef, bytes] = {}
            fresh, changed = [], 0
            for invoice, text in texts:
                digest, before = hashlib.sha256(text).digest(), now.get(invoice.ref) or self.known.get(invoice.ref)
                if before != digest:
                    changed += before is not None
                    fresh.append((invoice, text))
                    now[invoice.ref] = digest
            try:
                if fresh:
                    self.append(fresh)
                self.known |= now
                self.written += len(fresh)
                self._keep(account, progress.decode())
            except OSError as error:
                said = f"{self.path} cannot be written: {error.strerror or error}; nothing half-written is left"
                raise StorageError(said) from error
            return Written(new=len(fresh) - changed, changed=changed, unchanged=len(invoices) - len(fresh))

    def _read_cursors(self) -> Cursors:
        """The cursors; none where the data has lost invoices since, for those have to come again."""
        if not self._beside.exists():
            return Cursors()
        try:
            found = msgspec.json.decode(self._beside.read_bytes(), type=Cursors)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise StorageError(f"{self._beside} is damaged: remove it, and all is read anew, but not written twice") from None
        return found if self.written >= found.written else Cursors()

    def _keep(self, account: str, progress: str) -> None:
        kept = Cursors(written=self.written, accounts={**self._cursors.accounts, account: progress})
        if kept != self._cursors:
            replace_file(self._beside, msgspec.json.format(msgspec.json.encode(kept)))
            self._cursors = kept


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
