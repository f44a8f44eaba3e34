"""Opening SQLite files of invoices: creation, migration, locks and errors."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import RLock
from typing import Self

from ..errors import StorageError
from .sqlite_migration import migrate
from .sqlite_schema import APPLICATION, PREVIOUS, SCHEMA, VERSION

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


class SqliteFile(AbstractContextManager["SqliteFile"]):
    """A SQLite file of invoices, created if it does not exist, and migrated if it is older."""

    def __init__(self, path: str | Path, *, make: bool = True) -> None:
        self.path = Path(path)
        self._lock = RLock()
        if not make and not self.path.is_file():
            raise StorageError(f"there is no file {str(path)!r}: `counterfoil pull` creates it")
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
        if self._read_owner() == (APPLICATION, PREVIOUS):
            migrate(self._database)
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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

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
