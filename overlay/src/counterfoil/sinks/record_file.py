"""The providers' records beside a sink of plain files: a SQLite file, because it can be updated."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import StorageError
from ..invoice import Record
from .sqlite_rows import make_record_row, read_record
from .sqlite_schema import RECORDS, WRITE_RECORD

FIND = "SELECT content FROM records WHERE key = ? AND account = ? AND model = ?"


class RecordFile:
    """A SQLite file with the table `records`, which is created when a record is stored."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database: sqlite3.Connection | None = None

    def write(self, records: list[tuple[str, Record]]) -> None:
        """Store the records of accounts, in one transaction. Raises StorageError."""
        if not records:
            return
        with self._explained():
            database = self._open()
            with database:
                rows = [make_record_row(account, record) for account, record in records]
                database.executemany(WRITE_RECORD, rows)

    def find(self, account: str, model: str, key: str) -> Record | None:
        """Return a record, or None if it was not stored. Raises StorageError."""
        if self._database is None and not self._path.exists():
            return None
        with self._explained():
            found = self._open().execute(FIND, (key, account, model)).fetchone()
            return None if found is None else read_record(model, key, found[0])

    def close(self) -> None:
        """Close the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _open(self) -> sqlite3.Connection:
        if self._database is None:
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            database = sqlite3.connect(self._path, check_same_thread=False)
            try:
                database.execute("PRAGMA synchronous = NORMAL")
                database.execute(RECORDS)
            except BaseException:
                database.close()
                raise
            self._database = database
        return self._database

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StorageError(
                f"{self._path}, with the providers' records, cannot be used: {error}; remove it, "
                "and pull with `again`"
            ) from error
