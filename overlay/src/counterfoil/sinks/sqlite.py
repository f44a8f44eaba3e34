"""Invoices in a SQLite file.

A row of the table `invoices` contains the whole invoice as JSON; the other columns are computed
from it. Amounts are texts with all their digits; `SUM(gross)` converts them to floating point.
`day` is the day of issue, or else the day of creation.

`sequence` is the number of the transaction that wrote the row last. Rows with a greater `sequence`
than the greatest one of an earlier query are the new and changed ones. `written_at` is the time of
that transaction by the local clock, in UTC.

The table `unreadable` contains the records that could not be read, with their bytes in `raw`.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any

import msgspec
from counterfoil_core.type_information import decode

from ..cursors import Slice, Unreadable
from ..errors import StorageError
from ..invoice import Invoice
from .encoding import encode_invoices
from .protocol import Written
from .sqlite_schema import (
    APPLICATION,
    ESCAPE,
    LAST_SEQUENCE,
    LATEST_FIRST,
    MARK,
    NUL,
    SCHEMA,
    TERMS,
    VERSION,
    WRITE_CURSOR,
    WRITE_INVOICE,
    WRITE_UNREADABLE,
)

PATIENCE = 30  # seconds to wait while another process writes
CAUSES = {
    sqlite3.SQLITE_FULL: "the disk is full: free some space, and try again",
    sqlite3.SQLITE_READONLY: (
        "it cannot be written: check the permissions of the file and its folder"
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "it cannot be opened or created: check the folder and its permissions"
    ),
    sqlite3.SQLITE_NOTADB: "it is not a SQLite file, and was not changed: choose another name",
    sqlite3.SQLITE_CORRUPT: (
        "it is damaged, and was not changed: restore a backup, or pull into a new file"
    ),
    sqlite3.SQLITE_BUSY: (
        f"another process has been writing to it for {PATIENCE} seconds: try again later"
    ),
    sqlite3.SQLITE_IOERR: "the disk failed, or is full: no partial data is left",
}


class SqliteSink(AbstractContextManager["SqliteSink"]):
    """A SQLite file of invoices. Threads and processes may share it.

    If `make` is false, the file must exist.

    Raises StorageError if the file cannot be opened, is damaged, or was created by another program
    or another version. The file is not changed then.
    """

    def __init__(self, path: str | Path, *, make: bool = True) -> None:
        self.path = Path(path)
        self._lock = RLock()
        if not make and not self.path.is_file():
            raise StorageError(f"there is no file {str(path)!r}: `counterfoil pull` creates it")
        self._claimed: dict[str, tuple[int, bytes]] = {}
        with self._explained():
            if self.path.exists() and not self.path.is_file():
                # SQLite would wait for a pipe forever.
                raise StorageError(
                    f"{self.path} is not a file, and was not changed: choose another name"
                )
            if make:  # only its owner can read it, because invoices are personal data
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            self._database = sqlite3.connect(
                self.path, timeout=PATIENCE, isolation_level="IMMEDIATE", check_same_thread=False
            )
            try:
                self._open()
            except BaseException:
                self._database.close()
                raise

    def _open(self) -> None:
        if self._is_empty():
            self._make()
        self._check_owner()
        # After a power failure, the latest transactions may be missing, but none is incomplete.
        self._database.execute("PRAGMA synchronous = NORMAL")

    def _is_empty(self) -> bool:
        return not self._database.execute("SELECT 1 FROM sqlite_master").fetchone()

    def _check_owner(self) -> None:
        application, version = self._read_owner()
        if application != APPLICATION:
            raise StorageError(
                f"{self.path} is the SQLite file of another program, and was not changed: "
                "choose another name"
            )
        if version != VERSION:
            raise StorageError(
                f"{self.path} has version {version} of the tables, but this version of "
                f"counterfoil needs {VERSION}: use the version that created it, or pull into a new "
                "file"
            )

    def _read_owner(self) -> tuple[int, int]:
        [application] = self._database.execute("PRAGMA application_id").fetchone()
        [version] = self._database.execute("PRAGMA user_version").fetchone()
        return application, version

    def _make(self) -> None:
        """Create the tables, unless another process does at the same time.

        Whether the file is empty is checked again with the write lock, because another process may
        have created the tables since the first check. Files of other programs are not changed.
        """
        # Only possible before the first table, and outside a transaction.
        self._database.execute("PRAGMA page_size = 8192")
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            application, _ = self._read_owner()
            if application != 0 or not self._is_empty():
                return
            for statement in SCHEMA:
                self._database.execute(statement)
        self._use_write_ahead_log()

    def _use_write_ahead_log(self) -> None:
        """Allow reading while another process writes.

        SQLite does not wait if another process is reading the file, so this tries again for a
        while.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self._database.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                is_busy = error.sqlite_errorcode == sqlite3.SQLITE_BUSY
                if not is_busy or time.monotonic() > deadline:
                    raise
                time.sleep(0.005)
            else:
                return

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

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
        try:
            yield
        finally:
            del self._claimed[account]

    def store(self, account: str, invoices: Sequence[Invoice], cursor: bytes) -> Written:
        """Store invoices and cursor in one transaction; see `Sink`."""
        texts = [text.decode() for text in encode_invoices(invoices)]
        with self._explained(), self._lock, self._database:
            self._database.execute("BEGIN IMMEDIATE")
            self._refuse_older(account)
            [[last]] = self._database.execute(LAST_SEQUENCE)
            sequence = last + 1
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            rows = []
            for invoice, text in zip(invoices, texts, strict=True):
                rows.append(_make_row(invoice, sequence, now, text))
            last_row = self._find_last_row()
            written = self._database.executemany(WRITE_INVOICE, rows).rowcount if rows else 0
            new = self._find_last_row() - last_row  # a row that is replaced keeps its number
            self._database.execute(WRITE_CURSOR, (account, cursor, sequence if written else 0))
            if account in self._claimed:
                self._claimed[account] = self._find_state(account)
        return Written(new=new, changed=written - new, unchanged=len(rows) - written)

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
        [[last]] = self._database.execute("SELECT coalesce(max(rowid), 0) FROM invoices")
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
            return [_read_unreadable(row) for row in rows]
        except msgspec.DecodeError:
            raise StorageError(
                f"{self.path}: the table unreadable is damaged: empty it, and pull with `again`"
            ) from None

    def update_unreadable(
        self, account: str, found: Sequence[Unreadable], gone: Sequence[Unreadable] = ()
    ) -> None:
        """Store unreadable records, and remove others; see `Sink`."""
        rows = [_make_unreadable_row(record) for record in found]
        with self._explained(), self._lock, self._database:
            self._database.execute("BEGIN IMMEDIATE")
            for record in gone:
                self._database.execute(
                    "DELETE FROM unreadable WHERE account = ? AND key = ?", (account, record.key)
                )
            self._database.executemany(WRITE_UNREADABLE, rows)

    def find(self, *columns: str, limit: int | None = None, **asked: Any) -> list[dict[str, Any]]:
        """Return columns of the invoices that match, the latest first.

        Filters are account, provider, kind, status, name (a number or a key), since and until,
        which are days; `until` is not included. A filter that is None is ignored. Invoices without
        a day are last.
        """
        with self._explained(), self._lock:
            rows = self._select(columns, limit, asked).fetchall()
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def find_invoices(self, limit: int | None = None, **asked: Any) -> Iterator[Invoice]:
        """Yield the invoices that match, without `raw`; see `find`."""
        with self._explained():
            for [text] in self._select(("json",), limit, asked):
                yield Invoice.from_json(text)

    def count(self, *, undated: bool = False, **asked: Any) -> int:
        """Return the number of invoices that match; see `find`. `undated` ones have no day."""
        where, values = _write_terms(asked, "day IS NULL" if undated else "TRUE")
        with self._explained(), self._lock:
            [[count]] = self._database.execute(f"SELECT count(*) FROM invoices {where}", values)  # noqa: S608
        return int(count)

    def list_accounts(self) -> list[str]:
        """Return the names of the accounts that have invoices, sorted."""
        sql = "SELECT DISTINCT account FROM invoices ORDER BY account"
        with self._explained(), self._lock:
            return [str(account) for [account] in self._database.execute(sql)]

    def _select(
        self, columns: Sequence[str], limit: int | None, asked: dict[str, Any]
    ) -> sqlite3.Cursor:
        where, values = _write_terms(asked)
        sql = f"SELECT {', '.join(columns)} FROM invoices {where} {LATEST_FIRST} LIMIT ?"  # noqa: S608
        most = -1 if limit is None else limit  # in SQLite, a negative limit is no limit
        return self._database.execute(sql, (*values, most))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Raise StorageError, with an explanation, instead of the errors of SQLite and files."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the extended code
            cause = CAUSES.get(code, f"SQLite reports: {error}")
            raise StorageError(f"{self.path}: {cause}") from error
        except OSError as error:
            raise StorageError(
                f"{self.path}: it cannot be opened or created, check the folder and its "
                f"permissions: {error.strerror}"
            ) from error
        except ValueError as error:  # such as a NUL in the path
            raise StorageError(f"{str(self.path)!r} is not a valid file name: {error}") from error


def _write_terms(asked: dict[str, Any], *more: str) -> tuple[str, tuple[str, ...]]:
    """Return the WHERE clause of a search, and its values."""
    terms: list[str] = []
    values: list[str] = []
    for name, value in asked.items():
        if value is not None:
            terms.append(TERMS[name])
            values.append(str(value))
    terms += more
    where = f"WHERE {' AND '.join(terms)}" if terms else ""
    return where, tuple(values)


def _make_row(invoice: Invoice, sequence: int, now: str, text: str) -> tuple[str | int | None, ...]:
    ref = invoice.ref
    marked = ESCAPE.sub(_mark, text) if NUL in text else None
    return ref.provider, ref.account, ref.kind, ref.key, sequence, now, text, marked


def _mark(escape: re.Match[str]) -> str:
    return MARK if escape[0] == NUL else escape[0]


def _make_unreadable_row(record: Unreadable) -> tuple[str | bytes | None, ...]:
    part = msgspec.json.encode(record.slice).decode()
    return record.account, part, record.key, record.code, record.path, record.text, record.raw


def _read_unreadable(row: Sequence[Any]) -> Unreadable:
    account, part, key, code, path, text, raw = row
    return Unreadable(
        account=account,
        slice=decode(part, Slice),
        key=key,
        code=code,
        path=path,
        text=text,
        raw=raw,
    )
