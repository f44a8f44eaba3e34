"""Invoices in one SQLite file: a table of invoices, and one of cursors.

A row of `invoices` has what people ask for, and the whole invoice as JSON. Amounts are texts, digit for digit; `SUM(gross)` works
on them, in floating point. `day` is the day of issue, else that of creation. `written_at` is when the row was last written, by
this machine's clock in UTC: what is later than your last look is new or changed.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from threading import RLock
from typing import Any, Self

from msgspec import Struct

from ..errors import StorageError
from ..invoice import Invoice
from . import Written
from .rows import make_row

APPLICATION = 0x43464F49  # "CFOI" in the file's header tells it from another program's
VERSION = 1
PATIENCE = 30  # seconds to wait for another process that writes
SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE invoices (
    provider TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
    number TEXT, status TEXT, day TEXT, issued_at TEXT, created_at TEXT, updated_at TEXT, due_date TEXT,
    currency TEXT, seller TEXT, buyer TEXT, net TEXT, tax TEXT, gross TEXT, paid INTEGER, completeness TEXT NOT NULL,
    hash BLOB NOT NULL, written_at TEXT NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (key, account, kind, provider)
);
CREATE INDEX invoices_by_day ON invoices (day);
CREATE INDEX invoices_by_number ON invoices (number);
CREATE TABLE cursors (account TEXT PRIMARY KEY, progress BLOB NOT NULL);
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
COMMIT;
"""
KNOWN = "SELECT hash FROM invoices WHERE key = ? AND account = ? AND kind = ? AND provider = ?"
WRITE = "INSERT OR REPLACE INTO invoices VALUES (" + ", ".join("?" * 22) + ")"  # noqa: S608
KEEP = """INSERT INTO cursors VALUES (?, ?) ON CONFLICT DO UPDATE SET progress = excluded.progress
          WHERE progress <> excluded.progress"""
CAUSES = {
    sqlite3.SQLITE_FULL: "the disk is full: make room, and run it again",
    sqlite3.SQLITE_READONLY: "it cannot be written here: check the permissions of the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened or made here: check the folder and its permissions",
    sqlite3.SQLITE_NOTADB: "it is no SQLite file, and stays as it is: choose another name",
    sqlite3.SQLITE_CORRUPT: "it is damaged, and stays as it is: restore a copy of it, or pull into a new file",
    sqlite3.SQLITE_BUSY: f"another process has been writing to it for {PATIENCE} seconds: try again later",
    sqlite3.SQLITE_IOERR: "the disk failed, or is full: nothing half-written is left",
}


class Search(Struct, frozen=True, kw_only=True):
    """Which invoices to find; what is None does not matter. `name` is a number or a key, `since` and `until` are days."""

    account: str | None = None
    provider: str | None = None
    kind: str | None = None
    status: str | None = None
    name: str | None = None
    since: date | None = None
    until: date | None = None
    limit: int | None = None

    def write_sql(self) -> tuple[str, list[Any]]:
        """The part of a SELECT behind FROM, the latest day first, and its parameters."""
        given = {
            **{f"{name} = ?": getattr(self, name) for name in ("account", "provider", "kind", "status")},
            "day >= ?": self.since and self.since.isoformat(),
            "day < ?": self.until and self.until.isoformat(),
            "? IN (key, number)": self.name,
        }
        asked = {term: value for term, value in given.items() if value is not None}
        where = f"WHERE {' AND '.join(asked)}" if asked else ""
        limit = -1 if self.limit is None else self.limit
        return f"invoices {where} ORDER BY day DESC, account, key LIMIT ?", [*asked.values(), limit]


class Row(Struct, frozen=True):
    """What a list shows of an invoice."""

    account: str
    kind: str
    key: str
    number: str | None
    status: str | None
    day: str | None
    buyer: str | None
    net: str | None
    tax: str | None
    gross: str | None
    currency: str | None
    paid: int | None


class SqliteSink:
    """A SQLite file of invoices; threads and processes may share it.

    Raises StorageError where it cannot be opened, is damaged, another program's or a later version's; it stays as it is.
    """

    def __init__(self, path: str | Path, *, make: bool = True) -> None:
        self.path, self._lock = Path(path), RLock()
        if not make and not self.path.is_file():
            raise StorageError(f"there is no file {str(path)!r}: `counterfoil pull` makes it")
        with self._explained():
            self._database = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
            try:
                self._open()
            except BaseException:
                self._database.close()
                raise

    def _open(self) -> None:
        [application], [version] = (self._ask(f"PRAGMA {name}")[0] for name in ("application_id", "user_version"))
        if application == 0 and not self._ask("SELECT 1 FROM sqlite_master LIMIT 1"):
            self._make()
        elif application != APPLICATION:
            raise StorageError(f"{self.path} is another program's SQLite file, and stays as it is: choose another name")
        elif version != VERSION:
            raise StorageError(
                f"{self.path} has version {version} of the tables, and {VERSION} is known here: upgrade counterfoil"
            )
        self._database.execute("PRAGMA synchronous = NORMAL")  # a power cut may undo the latest slices, whole

    def _make(self) -> None:
        try:
            self._database.executescript(SCHEMA)
            self._database.execute("PRAGMA journal_mode = WAL")
        except sqlite3.Error as error:
            if self._database.in_transaction:
                self._database.rollback()
            if "already exists" not in str(error):  # another process was faster
                raise

    def __enter__(self) -> Self:
        """Return the sink itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def find_progress(self, account: str) -> bytes | None:
        """The progress of an account; see `Sink`."""
        found = self._ask("SELECT CAST(progress AS BLOB) FROM cursors WHERE account = ?", account)
        return found[0][0] if found else None

    def store(self, account: str, invoices: Sequence[Invoice], progress: bytes) -> Written:
        """Store invoices and progress in one transaction; see `Sink`."""
        counts = {"new": 0, "changed": 0, "unchanged": 0}
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        texts = [invoice.to_json() for invoice in invoices]
        with self._explained(), self._lock, self._transaction():
            for invoice, text in zip(invoices, texts, strict=True):
                counts[self._put(invoice, text, now)] += 1
            self._database.execute(KEEP, (account, progress))
        return Written(**counts)

    def _put(self, invoice: Invoice, text: bytes, now: str) -> str:
        ref, digest = invoice.ref, hashlib.sha256(text).digest()
        known = self._database.execute(KNOWN, (ref.key, ref.account, ref.kind, ref.provider)).fetchone()
        if known is not None and known[0] == digest:
            return "unchanged"
        self._database.execute(WRITE, (*map(_write, make_row(invoice).values()), digest, now, text.decode()))
        return "new" if known is None else "changed"

    def find_rows(self, search: Search) -> list[Row]:
        """What a list shows of the invoices that match."""
        what, values = search.write_sql()
        return [Row(*row) for row in self._ask(f"SELECT {', '.join(Row.__struct_fields__)} FROM {what}", *values)]  # noqa: S608

    def find_invoices(self, search: Search) -> Iterator[Invoice]:
        """The invoices that match, whole but for `raw`, one after the other."""
        what, values = search.write_sql()
        with self._explained():
            for [text] in self._database.execute(f"SELECT json FROM {what}", values):  # noqa: S608
                yield Invoice.from_json(text)

    def _ask(self, sql: str, *values: Any) -> list[Any]:
        with self._explained(), self._lock:
            return self._database.execute(sql, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._database.execute("COMMIT")
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            cause = CAUSES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, f"SQLite says: {error}")
            raise StorageError(f"{self.path}: {cause}") from error


def _write(value: Any) -> str | int | None:
    """A value as SQLite keeps it: amounts digit for digit, days and moments as ISO 8601."""
    if value is None or isinstance(value, str | int):
        return value
    return f"{value:f}" if isinstance(value, Decimal) else str(value.isoformat())
