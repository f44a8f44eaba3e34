"""Migration of SQLite files that the previous version of the tables created."""

from __future__ import annotations

import sqlite3

from ..errors import StorageError
from ..invoice import Invoice
from .sqlite_rows import make_line_rows, make_row
from .sqlite_schema import PREVIOUS, SCHEMA, UNCHANGED, VERSION, WRITE_INVOICE, WRITE_LINE

OLD_ROWS = "SELECT rowid, sequence, written_at, json FROM old_invoices ORDER BY rowid"
AT_ONCE = 1000


def migrate(database: sqlite3.Connection) -> None:
    """Convert the tables in one transaction. Another process may do it at the same time.

    Raises StorageError if an invoice cannot be read; nothing is changed then.
    """
    with database:
        database.execute("BEGIN IMMEDIATE")
        [version] = database.execute("PRAGMA user_version").fetchone()
        if version != PREVIOUS:
            return
        for name in ("day", "number", "sequence"):
            database.execute(f"DROP INDEX invoices_by_{name}")
        database.execute("ALTER TABLE invoices RENAME TO old_invoices")
        for statement in SCHEMA:
            if not statement.startswith(UNCHANGED):
                database.execute(statement)
        rows = database.execute(OLD_ROWS)
        while batch := rows.fetchmany(AT_ONCE):
            for number, sequence, written_at, text in batch:
                _move(database, number, sequence, written_at, text)
        database.execute("DROP TABLE old_invoices")


def _move(
    database: sqlite3.Connection, number: int, sequence: int, written_at: str, text: str
) -> None:
    try:
        invoice = Invoice.from_json(text)
    except (ValueError, ArithmeticError) as error:
        raise StorageError(
            f"version {PREVIOUS} of the tables cannot be converted to version {VERSION}: row "
            f"{number} is not an invoice ({error}); nothing was changed"
        ) from None
    written = database.execute(WRITE_INVOICE, make_row(invoice, sequence, written_at, text))
    database.executemany(WRITE_LINE, make_line_rows(written.lastrowid or 0, invoice))
