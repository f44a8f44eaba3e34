"""Invoices in one SQLite file: a table of invoices, and one of cursors.

A row of `invoices` is the whole invoice as JSON; what people ask for are columns that SQLite reads out of it. Amounts are texts,
digit for digit; `SUM(gross)` works on them, in floating point. `day` is the day of issue, else that of creation. `written_at` is
when the row was last written, by this machine's clock in UTC: what is later than your last look is new or changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any

from ..errors import StorageError
from ..invoice import Invoice
from . import Written

APPLICATION = 0x43464F49  # "CFOI" in the file's header tells it from another program's
VERSION = 2  # of the tables; counts up with every change that an earlier or later counterfoil cannot work with
PATIENCE = 30  # seconds to wait for another process that writes


def _field(path: str) -> str:
    return f"json_extract(json, '$.{path}')"


def _party(field: str) -> str:
    """What to call a party: its company, name, or first and last name."""
    company, name, first, last = (_field(f"{field}.{part}") for part in ("company", "name", "first_name", "last_name"))
    return f"coalesce({company}, {name}, nullif(trim(coalesce({first}, '') || ' ' || coalesce({last}, '')), ''))"


COLUMNS = {
    "day": f"substr(coalesce({_field('issue_date')}, {_field('issued_at')}, {_field('created_at')}), 1, 10)",
    **{name: _field(name) for name in ("number", "status", "currency", "due_date", "issued_at", "created_at", "updated_at")},
    **{name: _party(name) for name in ("seller", "buyer")},
    **{name: _field(f"totals.{name}") for name in ("net", "tax", "gross")},
    **{name: _field(name) for name in ("paid", "completeness")},
}
SCHEMA = f"""
PRAGMA page_size = 8192;
BEGIN IMMEDIATE;
CREATE TABLE invoices (
    provider TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
    written_at TEXT NOT NULL, json TEXT NOT NULL,
    {", ".join(f"{name} AS ({value})" for name, value in COLUMNS.items())},
    PRIMARY KEY (key, account, kind, provider)
);
CREATE INDEX invoices_by_day ON invoices (day);
CREATE INDEX invoices_by_number ON invoices (number);
CREATE TABLE cursors (account TEXT PRIMARY KEY, cursor BLOB NOT NULL);
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
COMMIT;
"""
WRITE = """INSERT INTO invoices VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
           SET written_at = excluded.written_at, json = excluded.json WHERE json <> excluded.json"""
KEEP = """INSERT INTO cursors VALUES (?, ?) ON CONFLICT DO UPDATE SET cursor = excluded.cursor
          WHERE cursor <> excluded.cursor"""
TERMS = {
    **{name: f"{name} = ?" for name in ("account", "provider", "kind", "status")},
    "name": "? IN (key, number)",
    "since": "day >= ?",
    "until": "day < ?",
}
CAUSES = {
    sqlite3.SQLITE_FULL: "the disk is full: make room, and run it again",
    sqlite3.SQLITE_READONLY: "it cannot be written here: check the permissions of the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened or made here: check the folder and its permissions",
    sqlite3.SQLITE_NOTADB: "it is no SQLite file, and stays as it is: choose another name",
    sqlite3.SQLITE_CORRUPT: "it is damaged, and stays as it is: restore a copy of it, or pull into a new file",
    sqlite3.SQLITE_BUSY: f"another process has been writing to it for {PATIENCE} seconds: try again later",
    sqlite3.SQLITE_IOERR: "the disk failed, or is full: nothing half-written is left",
}


class SqliteSink(AbstractContextManager["SqliteSink"]):
    """A SQLite file of invoices; threads and processes may share it.

    Raises StorageError where it cannot be opened, is damaged, another program's or another version's; it stays as it is.
    """

    def __init__(self, path: str | Path, *, make: bool = True) -> None:
        self.path, self._lock = Path(path), RLock()
        if not make and not self.path.is_file():
            raise StorageError(f"there is no file {str(path)!r}: `counterfoil pull` makes it")
        with self._explained():
            self._database = sqlite3.connect(self.path, PATIENCE, isolation_level="IMMEDIATE", check_same_thread=False)
            try:
                self._open()
            except BaseException:
                self._database.close()
                raise

    def _open(self) -> None:
        [application], [version] = (
            self._database.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
        )
        if application == 0 and not self._database.execute("SELECT 1 FROM sqlite_master").fetchone():
            self._make()
        elif application != APPLICATION:
            raise StorageError(f"{self.path} is another program's SQLite file, and stays as it is: choose another name")
        elif version != VERSION:
            raise StorageError(
                f"{self.path} has version {version} of the tables, and {VERSION} is known here: "
                "use the counterfoil that made it, or pull into a new file"
            )
        self._database.execute("PRAGMA synchronous = NORMAL")  # a power cut may undo the latest slices, whole

    def _make(self) -> None:
        try:
            self._database.executescript(SCHEMA)
            self._database.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            self._database.rollback()
            if "already exists" not in str(error):  # another process was faster
                raise

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def find_cursor(self, account: str) -> bytes | None:
        """The cursor of an account; see `Sink`."""
        with self._explained(), self._lock:
            found = self._database.execute("SELECT CAST(cursor AS BLOB) FROM cursors WHERE account = ?", (account,)).fetchone()
        return bytes(found[0]) if found else None

    def store(self, account: str, invoices: Sequence[Invoice], cursor: bytes) -> Written:
        """Store invoices and cursor in one transaction; see `Sink`."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        rows = [_write_row(invoice, now) for invoice in invoices]
        with self._explained(), self._lock, self._database:
            self._database.execute("BEGIN IMMEDIATE")
            last = self._find_last()
            written = self._database.executemany(WRITE, rows).rowcount if rows else 0
            new = self._find_last() - last  # a row that is replaced keeps its number
            self._database.execute(KEEP, (account, cursor))
        return Written(new=new, changed=written - new, unchanged=len(rows) - written)

    def _find_last(self) -> int:
        [[last]] = self._database.execute("SELECT coalesce(max(rowid), 0) FROM invoices")
        return int(last)

    def find(self, *columns: str, limit: int | None = None, **asked: Any) -> list[dict[str, Any]]:
        """Columns of the invoices that match, the latest day first.

        What may be asked: account, provider, kind, status, name (a number or a key), since and until (days, the last one not
        included); what is None does not matter.
        """
        with self._explained(), self._lock:
            return [dict(zip(columns, row, strict=True)) for row in self._select(columns, limit, asked)]

    def find_invoices(self, limit: int | None = None, **asked: Any) -> Iterator[Invoice]:
        """The invoices that match, whole but for `raw`, one after the other; see `find`."""
        with self._explained():
            for [text] in self._select(("json",), limit, asked):
                yield Invoice.from_json(text)

    def _select(self, columns: Sequence[str], limit: int | None, asked: dict[str, Any]) -> sqlite3.Cursor:
        given = {TERMS[name]: str(value) for name, value in asked.items() if value is not None}
        where = f"WHERE {' AND '.join(given)}" if given else ""
        sql = f"SELECT {', '.join(columns)} FROM invoices {where} ORDER BY day DESC, account, key LIMIT ?"  # noqa: S608
        return self._database.execute(sql, (*given.values(), -1 if limit is None else limit))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            cause = CAUSES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, f"SQLite says: {error}")
            raise StorageError(f"{self.path}: {cause}") from error


def _write_row(invoice: Invoice, now: str) -> tuple[Any, ...]:
    ref = invoice.ref
    return ref.provider, ref.account, ref.kind, ref.key, now, invoice.to_json().decode()
