"""The data of a provider: SQLite in memory."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterable, Sequence
from typing import Any

Value = str | int | float | None
Row = tuple[Any, ...]


def connect_in_memory(owner: object) -> sqlite3.Connection:
    """Open a database that is closed with its owner.

    Python 3.13 warns about a connection that was not closed; a sandbox need not be closed.
    """
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    weakref.finalize(owner, connection.close)
    return connection


class Database:
    """Tables in memory. The sandbox answers one request at a time, so there are no locks here."""

    def __init__(self, tables: str) -> None:
        self._connection = connect_in_memory(self)
        self._connection.executescript(tables)

    def run(self, statement: str, values: Iterable[Value] = ()) -> list[Row]:
        """Execute a statement and return its rows. Values of callers go into `values` only."""
        return self._connection.execute(statement, tuple(values)).fetchall()

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
        """Insert many rows at once."""
        places = ", ".join("?" * len(columns))
        # table and columns are names from this package
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
        self._connection.executemany(statement, rows)

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()
