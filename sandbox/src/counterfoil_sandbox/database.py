"""What a provider keeps, in SQLite, in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

Value = str | int | float | None
Row = tuple[Any, ...]


class Database:
    """Tables in memory. The sandbox answers one request at a time, so nobody else has to wait here."""

    def __init__(self, tables: str) -> None:
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._connection.executescript(tables)

    def run(self, statement: str, values: Iterable[Value] = ()) -> list[Row]:
        """Execute a statement, which never holds a value of a caller's; return its rows."""
        return self._connection.execute(statement, tuple(values)).fetchall()

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
        """Insert many rows at once."""
        places = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 -- our own words only
        self._connection.executemany(statement, rows)

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()
