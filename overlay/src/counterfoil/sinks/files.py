"""Invoices as JSON Lines, and what every sink of plain files does: which invoices are known, and the cursors beside the data.

Data is written first and the cursors after it. A process that is killed in between leaves invoices whose slice comes again;
they are known by their hash, so that none is written twice. One process at a time may write; the hashes of all invoices are
kept in memory, about 250 bytes each.
"""

from __future__ import annotations

import hashlib
import os
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import mkstemp
from threading import RLock

import msgspec
from msgspec import Struct

from ..errors import StorageError
from ..invoice import Invoice, InvoiceRef
from . import Written


class FileSink(AbstractContextManager["FileSink"]):
    """A sink of plain files; what a format adds is how invoices are read and appended."""

    cursors_at_once = 10  # pages that are stored together, for each has to reach the disk

    def __init__(self, path: str | Path, cursors: Path) -> None:
        self.path, self._beside, self._lock = Path(path), cursors, RLock()
        self.known: dict[InvoiceRef, bytes] = {}
        with self._explained("read or made"):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.load()
            self._cursors = self._read_cursors() if self.known else {}  # data that was removed comes again

    @abstractmethod
    def load(self) -> None:
        """Fill `known` with the hashes of what is there."""

    @abstractmethod
    def append(self, invoices: Sequence[tuple[Invoice, bytes]]) -> None:
        """Write invoices and their JSON behind what is there, all of them or none."""

    def __exit__(self, *_: object) -> None:
        """Close nothing: all that was stored is written."""

    def find_cursor(self, account: str) -> bytes | None:
        """The cursor of an account; see `Sink`."""
        found = self._cursors.get(account)
        return None if found is None else found.encode()

    def store(self, account: str, invoices: Sequence[Invoice], cursor: bytes) -> Written:
        """Append what is new or changed, then the cursor; see `Sink`."""
        texts = {invoice.ref: (invoice, invoice.to_json()) for invoice in invoices}
        hashes = {ref: hashlib.sha256(text).digest() for ref, (_, text) in texts.items()}
        with self._lock, self._explained("written"):
            fresh = [ref for ref, digest in hashes.items() if self.known.get(ref) != digest]
            new = sum(ref not in self.known for ref in fresh)
            if fresh:
                self.append([texts[ref] for ref in fresh])
            self.known |= hashes
            self._keep({**self._cursors, account: cursor.decode()})
        return Written(new=new, changed=len(fresh) - new, unchanged=len(invoices) - len(fresh))

    def _read_cursors(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._beside.read_bytes(), type=dict[str, str]) if self._beside.exists() else {}
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise StorageError(f"{self._beside} is damaged: remove it, and all is read anew, but not written twice") from None

    def _keep(self, cursors: dict[str, str]) -> None:
        if cursors != self._cursors:
            replace_file(self._beside, msgspec.json.format(msgspec.json.encode(cursors)))
            self._cursors = cursors

    @contextmanager
    def _explained(self, wish: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StorageError(
                f"{self.path} cannot be {wish}: {error.strerror or error}; nothing half-written is left"
            ) from error


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; for its owner only, for invoices are personal data."""
    descriptor, draft = mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise


class _Identified(Struct):
    ref: InvoiceRef


class JsonLinesSink(FileSink):
    """One `Invoice.to_json` a line, appended: an invoice that changed has another line, and the last one counts.

    The cursors are in a file beside it, with `.cursors` behind its name. A last line that was torn when a process was killed is
    cut off. Raises StorageError where a line is no invoice; the file stays as it is then.
    """

    def __init__(self, path: str | Path) -> None:
        super().__init__(path, Path(f"{path}.cursors"))

    def load(self) -> None:
        """Read the whole file once; see `FileSink`."""
        with self.path.open("a+b") as file:
            file.seek(0)
            for number, line in enumerate(file, 1):
                if line.endswith(b"\n"):
                    self.known[self._identify(line, number)] = hashlib.sha256(line[:-1]).digest()
                else:
                    self._cut_off(line)

    def _identify(self, line: bytes, number: int) -> InvoiceRef:
        try:
            return msgspec.json.decode(line, type=_Identified).ref
        except (msgspec.DecodeError, UnicodeDecodeError):
            said = f"{self.path}, line {number} is no invoice: the file stays as it is, choose another name"
            raise StorageError(said) from None

    def _cut_off(self, line: bytes) -> None:
        """What is cut off must be the beginning of an invoice: the file may be somebody else's."""
        beginning = b'{"ref":{"provider":"'
        if not line.startswith(beginning[: len(line)]):
            raise StorageError(f"{self.path} ends in something that is no invoice: the file stays as it is, choose another name")
        os.truncate(self.path, self.path.stat().st_size - len(line))

    def append(self, invoices: Sequence[tuple[Invoice, bytes]]) -> None:
        """Append lines; what a full disk cuts short is taken back. See `FileSink`."""
        size = self.path.stat().st_size
        try:
            with self.path.open("ab") as file:
                file.writelines(text + b"\n" for _, text in invoices)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            os.truncate(self.path, size)
            raise
