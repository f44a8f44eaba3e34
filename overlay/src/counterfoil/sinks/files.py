"""The base of all sinks that write plain files.

It keeps the hashes of known invoices, the cursors, the providers' records, and the records that
could not be read.

Data is written first, and then the cursors. If a process is killed in between, the next pull reads
the slice again; its invoices are recognized by their hashes, and not written twice. A lock
prevents a second sink from writing to the same files. The hashes of all invoices are kept in
memory, about 250 bytes each.
"""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import RLock

import msgspec
from counterfoil_core.type_information import decode
from msgspec import Struct, structs

from ..cursors import Unreadable
from ..errors import StorageError
from ..invoice import Invoice, InvoiceRef, Record
from ..rows import Row
from ..totals import DEFAULT_GROUPS, add_up
from .drafts import replace_file, sweep_drafts
from .encoding import encode_invoices
from .locks import FileLock
from .protocol import Written
from .record_file import RecordFile


class KeptCursor(Struct, frozen=True):
    """A cursor, and the number of its account's invoices. If some were removed, it is invalid."""

    cursor: str
    invoices: int


class FileSink(AbstractContextManager["FileSink"]):
    """A sink of plain files. Subclasses read and write the format of the files."""

    # Pages that are stored together, because flushing each one to the disk would be slow.
    cursors_at_once = 10

    def __init__(
        self, path: str | Path, cursors: Path, unreadable: Path, records: Path, *, raw: bool
    ) -> None:
        self.path = Path(path)
        self._cursors_path = cursors
        self._unreadable_path = unreadable
        self._records = RecordFile(records)
        self._raw = raw
        self._lock = RLock()
        self._claimed: set[str] = set()
        self.known: dict[InvoiceRef, bytes] = {}
        with self._explained("read or created"):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file_lock = self.make()
            try:
                self._load_all()
            except BaseException:
                self._file_lock.release()
                raise

    def _load_all(self) -> None:
        self.load()
        sweep_drafts(self._cursors_path)
        sweep_drafts(self._unreadable_path)
        self._counts = Counter(ref.account for ref in self.known)
        self._kept = self._read_cursors()
        found = self._read_unreadable()
        self._unreadable = {(record.account, record.key): record for record in found}

    @abstractmethod
    def make(self) -> FileLock:
        """Create the file or folder if it does not exist, and lock it."""

    @abstractmethod
    def load(self) -> None:
        """Fill `known` with the hashes of all stored invoices."""

    @abstractmethod
    def read_texts(self) -> Iterator[tuple[bytes | str, str | None, str | None]]:
        """Yield the latest JSON of each invoice, with the model and key of its record."""

    @abstractmethod
    def append(self, invoices: Sequence[tuple[Invoice, bytes]]) -> None:
        """Append invoices with their JSON, all of them or none."""

    @abstractmethod
    def read_unreadable(self, content: bytes) -> list[Unreadable]:
        """Read the file of unreadable records. Raises ValueError if it is damaged."""

    @abstractmethod
    def write_unreadable(self, records: Iterable[Unreadable]) -> bytes:
        """Return the content of the file of unreadable records."""

    def __exit__(self, *_: object) -> None:
        """Release the lock. Everything is on the disk already."""
        self._records.close()
        self._file_lock.release()

    @contextmanager
    def claim(self, account: str) -> Iterator[None]:
        """Prevent a second pull of the account; see `Sink`."""
        with self._lock:
            if account in self._claimed:
                raise StorageError(
                    f"account {account!r} is being pulled into {self.path} already: "
                    "wait until that ends"
                )
            self._claimed.add(account)
        try:
            yield
        finally:
            self._claimed.discard(account)

    def find_cursor(self, account: str) -> bytes | None:
        """Return the cursor of an account; see `Sink`."""
        found = self._kept.get(account)
        return None if found is None else found.cursor.encode()

    def store(self, account: str, invoices: Sequence[Invoice], cursor: bytes) -> Written:
        """Append new and changed invoices, then write the cursor; see `Sink`."""
        texts = encode_invoices(invoices)
        found: dict[InvoiceRef, tuple[Invoice, bytes]] = {}
        hashes: dict[InvoiceRef, bytes] = {}
        for invoice, text in zip(invoices, texts, strict=True):
            found[invoice.ref] = (invoice, text)
            hashes[invoice.ref] = hashlib.sha256(text).digest()
        with self._lock, self._explained("written"):
            differing = [ref for ref in hashes if self.known.get(ref) != hashes[ref]]
            new = [ref for ref in differing if ref not in self.known]
            self._write_records(invoices)
            if differing:
                self.append([found[ref] for ref in differing])
            self.known |= hashes
            self._counts.update(ref.account for ref in new)
            self._keep(account, KeptCursor(cursor.decode(), self._counts[account]))
        return Written(
            new=len(new),
            changed=len(differing) - len(new),
            unchanged=len(invoices) - len(differing),
        )

    def _write_records(self, invoices: Sequence[Invoice]) -> None:
        """Store the records of invoices, each once, even if several invoices share it."""
        records: dict[tuple[str, str, str], Record] = {}
        for invoice in invoices if self._raw else ():
            record = invoice.record
            if record is not None:
                records[invoice.ref.account, record.model, record.key] = record
        self._records.write([(account, record) for (account, _, _), record in records.items()])

    def read(self, *, records: bool = True) -> Iterator[Invoice]:
        """Yield the invoices, each with its `record` if that was stored.

        Without `records`, they are left out, which is faster.
        """
        with self._explained("read"):
            for text, model, key in self.read_texts():
                invoice = Invoice.from_json(text)
                record = None
                if records and model is not None and key is not None:
                    record = self._records.find(invoice.ref.account, model, key)
                yield invoice if record is None else structs.replace(invoice, record=record)

    def totals(self, by: Iterable[str] = DEFAULT_GROUPS) -> list[Row]:
        """Return the sums of the signed amounts, exact, for each group; see `add_up`."""
        return add_up(self.read(records=False), by)

    def find_unreadable(self, account: str) -> list[Unreadable]:
        """Return the unreadable records of an account; see `Sink`."""
        with self._lock:
            return [record for (name, _), record in self._unreadable.items() if name == account]

    def update_unreadable(
        self, account: str, found: Sequence[Unreadable], gone: Sequence[Unreadable] = ()
    ) -> None:
        """Write the file of unreadable records, if it changes; see `Sink`."""
        with self._lock, self._explained("written"):
            records = dict(self._unreadable)
            for record in gone:
                records.pop((account, record.key), None)
            for record in found:
                before = records.get((account, record.key))
                if before is None or not is_same_trouble(before, record):
                    records[account, record.key] = record
            if records != self._unreadable:
                replace_file(self._unreadable_path, self.write_unreadable(records.values()))
                self._unreadable = records

    def _read_cursors(self) -> dict[str, KeptCursor]:
        """Read the cursors, except of accounts whose data was removed: it is pulled again."""
        if not self._cursors_path.exists():
            return {}
        try:
            kept: dict[str, KeptCursor | str] = decode(
                self._cursors_path.read_bytes(), dict[str, KeptCursor | str]
            )
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise StorageError(
                f"{self._cursors_path} is damaged: remove it to read everything again; nothing is "
                "written twice"
            ) from None
        cursors: dict[str, KeptCursor] = {}
        for account, one in kept.items():
            if isinstance(one, str):  # of an earlier version
                one = KeptCursor(one, 0 if self.known else 1)
            if one.invoices <= self._counts[account]:
                cursors[account] = one
        return cursors

    def _keep(self, account: str, cursor: KeptCursor) -> None:
        cursors = {**self._kept, account: cursor}
        if cursors != self._kept:
            replace_file(self._cursors_path, msgspec.json.format(msgspec.json.encode(cursors)))
            self._kept = cursors

    def _read_unreadable(self) -> list[Unreadable]:
        path = self._unreadable_path
        try:
            return self.read_unreadable(path.read_bytes()) if path.exists() else []
        except ValueError:  # msgspec's and arrow's errors are ValueErrors
            raise StorageError(
                f"{path} is damaged: remove it, and pull again with `again`"
            ) from None

    @contextmanager
    def _explained(self, wish: str) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as error:  # ValueError: the path is invalid
            reason = getattr(error, "strerror", None) or error
            raise StorageError(
                f"{str(self.path)!r} cannot be {wish}: {reason}; no partial data is left"
            ) from error


def is_same_trouble(one: Unreadable, other: Unreadable) -> bool:
    """Return whether a record has not changed. Its slice is not compared."""
    return (one.code, one.path, one.raw) == (other.code, other.path, other.raw)
