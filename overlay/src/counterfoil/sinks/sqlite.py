"""Invoices in a SQLite file.

A row of the table `invoices` has the columns of `to_rows` and the whole invoice as JSON; a row of
`lines` is a line of the invoice with this `id`. Amounts are texts with all their digits; SQLite's
SUM converts them to floating point, `SqliteSink.totals` does not. `day` is the day of issue, or
else the day of creation.

`sequence` is the number of the transaction that wrote the row last. Rows with a greater `sequence`
than the greatest one of an earlier query are the new and changed ones. `written_at` is the time of
that transaction by the local clock, in UTC.

The table `records` has the providers' records, compressed by zlib, `unreadable` the records that
could not be read, with their bytes in `raw`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from ..cursors import Unreadable
from ..errors import StorageError
from ..invoice import Invoice, InvoiceRef, Record
from .encoding import encode_invoices
from .protocol import Written
from .sqlite_rows import (
    RecordRow,
    make_line_rows,
    make_record_row,
    make_row,
    make_unreadable_row,
    read_unreadable,
)
from .sqlite_schema import (
    LINK_RECORD,
    WRITE_CURSOR,
    WRITE_INVOICE,
    WRITE_LINE,
    WRITE_RECORD,
    WRITE_SEQUENCE,
    WRITE_UNREADABLE,
)
from .sqlite_upkeep import SqliteUpkeep


class SqliteSink(SqliteUpkeep):
    """A SQLite file of invoices. Threads and processes may share it.

    If `make` is false, the file must exist. If `raw` is false, the providers' records are not
    stored, so that the file is smaller, and `remap` is not possible.

    Raises StorageError if the file cannot be opened, is damaged, or was created by another program
    or a later version. The file is not changed then. A file of the previous version is converted.
    """

    def __init__(self, path: str | Path, *, make: bool = True, raw: bool = True) -> None:
        self._raw = raw
        self._claimed: dict[str, tuple[int, bytes]] = {}
        self._unlinked: set[str] = set()  # accounts with invoices that were stored without records
        super().__init__(path, make=make)

    def find_cursor(self, account: str) -> bytes | None:
        """Return the cursor of an account; see `Sink`."""
        with self._explained(), self._lock:
            found = self._database.execute(
                "SELECT CAST(cursor AS BLOB) FROM cursors WHERE account = ?", (account,)
            ).fetchone()
        return bytes(found[0]) if found else None

    @contextmanager
    def claim(self, account: str) -> Iterator[None]:
        """Prevent a second pull of the account; see `Sink`.

        A pull in another process is not prevented. Whichever stores something later ends.
        """
        with self._explained(), self._lock:
            if account in self._claimed:
                raise StorageError(
                    f"account {account!r} is being pulled into {self.path} already: "
                    "wait until that ends"
                )
            self._claimed[account] = self._find_state(account)
            if self._raw and self._has_unlinked(account):
                self._unlinked.add(account)
        try:
            yield
        finally:
            del self._claimed[account]
            self._unlinked.discard(account)
            self.end_listing(account)

    def store(self, account: str, invoices: Sequence[Invoice], cursor: bytes) -> Written:
        """Store invoices and cursor in one transaction; see `Sink`."""
        records = _make_record_rows(invoices) if self._raw else []
        return self._store(account, invoices, cursor, records)

    def update(self, account: str, invoices: Sequence[Invoice]) -> Written:
        """Store invoices in one transaction, and leave the cursor and the records as they are."""
        return self._store(account, invoices, None, [])

    def _store(
        self,
        account: str,
        invoices: Sequence[Invoice],
        cursor: bytes | None,
        records: list[RecordRow],
    ) -> Written:
        texts = [text.decode() for text in encode_invoices(invoices)]
        found = {one.ref: (one, text) for one, text in zip(invoices, texts, strict=True)}
        with self._explained(), self._lock, self._database:
            self._database.execute("BEGIN IMMEDIATE")
            self._refuse_older(account)
            self._note_listed(account, found)
            erased = self._drop_erased(found)
            following = self._find_sequence() + 1
            new, changed = self._write(found, following)
            self._database.executemany(WRITE_RECORD, self._without_erased(records))
            self._link_records(account, [invoice for invoice, _ in found.values()])
            sequence = following if new or changed else 0
            if cursor is None:
                self._database.execute(WRITE_SEQUENCE, (sequence, account))
            else:
                self._database.execute(WRITE_CURSOR, (account, cursor, sequence))
            if account in self._claimed:
                self._claimed[account] = self._find_state(account)
        unchanged = len(invoices) - new - changed - erased
        return Written(new=new, changed=changed, unchanged=unchanged, erased=erased)

    def _write(
        self, found: dict[InvoiceRef, tuple[Invoice, str]], sequence: int
    ) -> tuple[int, int]:
        """Write the new and changed invoices, and return the number of each."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        rows = []
        for invoice, text in found.values():
            rows.append(make_row(invoice, sequence, now, text, with_record=self._raw))
        last_row = self._find_last_row()
        written = self._database.executemany(WRITE_INVOICE, rows).rowcount if rows else 0
        new = self._find_last_row() - last_row  # a row that is replaced keeps its number
        if new == len(rows):  # new rows are numbered in their order
            self._write_new_lines([invoice for invoice, _ in found.values()], last_row + 1)
        elif written:
            self._write_lines(found, sequence, has_changed=written > new)
        return new, written - new

    def _write_new_lines(self, invoices: Sequence[Invoice], first: int) -> None:
        """Write the lines of invoices whose rows are numbered from `first` on."""
        lines = []
        for number, invoice in enumerate(invoices, first):
            lines += make_line_rows(number, invoice)
        self._database.executemany(WRITE_LINE, lines)

    def _write_lines(
        self, found: dict[InvoiceRef, tuple[Invoice, str]], sequence: int, *, has_changed: bool
    ) -> None:
        """Write the lines of the invoices that were written in this transaction."""
        sql = "SELECT id, provider, account, kind, key FROM invoices WHERE sequence = ?"
        lines = []
        numbers = []
        for number, provider, account, kind, key in self._database.execute(sql, (sequence,)):
            ref = InvoiceRef(provider=provider, account=account, kind=kind, key=key)
            lines += make_line_rows(number, found[ref][0])
            numbers.append((number,))
        if has_changed:
            self._database.executemany("DELETE FROM lines WHERE invoice = ?", numbers)
        self._database.executemany(WRITE_LINE, lines)

    def _link_records(self, account: str, invoices: Iterable[Invoice]) -> None:
        """Link invoices that an earlier pull stored without their records."""
        if account not in self._unlinked:
            return
        links = []
        for invoice in invoices:
            record = invoice.record
            if record is not None:
                ref = invoice.ref
                place = (ref.key, ref.account, ref.kind, ref.provider)
                links.append((record.model, record.key, *place, record.key))
        self._database.executemany(LINK_RECORD, links)

    def _has_unlinked(self, account: str) -> bool:
        sql = "SELECT 1 FROM invoices WHERE account = ? AND record_key IS NULL LIMIT 1"
        return self._database.execute(sql, (account,)).fetchone() is not None

    def _refuse_older(self, account: str) -> None:
        """Raise StorageError if another pull has stored newer data since this one began."""
        seen = self._claimed.get(account)
        if seen is not None and seen != self._find_state(account):
            raise StorageError(
                f"account {account!r} was pulled into {self.path} by another process at the same "
                "time: this pull ends, because its data may be older; stored invoices are valid"
            )

    def _find_state(self, account: str) -> tuple[int, bytes]:
        """Return a value that changes whenever data of an account is stored."""
        sql = "SELECT sequence, CAST(cursor AS BLOB) FROM cursors WHERE account = ?"
        found = self._database.execute(sql, (account,)).fetchone()
        if not found:
            return 0, b""
        sequence, cursor = found
        return int(sequence), bytes(cursor)

    def _find_last_row(self) -> int:
        [[last]] = self._database.execute("SELECT coalesce(max(id), 0) FROM invoices")
        return int(last)

    def find_unreadable(self, account: str) -> list[Unreadable]:
        """Return the unreadable records of an account; see `Sink`."""
        sql = (
            "SELECT account, slice, key, code, path, text, raw FROM unreadable "
            "WHERE account = ? ORDER BY rowid"
        )
        with self._explained(), self._lock:
            rows = self._database.execute(sql, (account,)).fetchall()
        try:
            return [read_unreadable(row) for row in rows]
        except msgspec.DecodeError:
            raise StorageError(
                f"{self.path}: the table unreadable is damaged: empty it, and pull with `again`"
            ) from None

    def update_unreadable(
        self, account: str, found: Sequence[Unreadable], gone: Sequence[Unreadable] = ()
    ) -> None:
        """Store unreadable records, and remove others; see `Sink`."""
        with self._explained(), self._lock, self._database:
            self._database.execute("BEGIN IMMEDIATE")
            for record in gone:
                self._database.execute(
                    "DELETE FROM unreadable WHERE account = ? AND key = ?", (account, record.key)
                )
            rows = [make_unreadable_row(record) for record in self._blank_erased(found)]
            self._database.executemany(WRITE_UNREADABLE, rows)


def _make_record_rows(invoices: Iterable[Invoice]) -> list[RecordRow]:
    """Return the rows of the invoices' records, each once, even if several share it."""
    records: dict[tuple[str, str, str], Record] = {}
    for invoice in invoices:
        record = invoice.record
        if record is not None:
            records[invoice.ref.account, record.model, record.key] = record
    return [make_record_row(account, record) for (account, _, _), record in records.items()]
