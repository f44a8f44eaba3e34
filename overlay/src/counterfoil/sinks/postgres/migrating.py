"""Creates the tables, and brings those of an earlier version up to date."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from ...errors import StorageError

LOCK = 0x43464F49  # of all migrations of a database; the mark of counterfoil's files
VERSION = 1


def migrate(cursor: Any, name: str, *, make: bool) -> None:
    """Create or update the tables in the transaction of a cursor.

    A role that may not create tables can use those of this version. Raises StorageError if they are
    of a later version or, unless `make`, if there are none.
    """
    found = _find_version(cursor)
    if found == VERSION:
        return
    if not found and not make:
        raise StorageError(f"{name} has no invoices: `counterfoil pull` creates the tables")
    if found < VERSION:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        found = _find_version(cursor)  # another process may have been first
    if found > VERSION:
        raise StorageError(
            f"{name} has version {found} of the tables, but this version of counterfoil needs "
            f"{VERSION}: use the version that created them"
        )
    if found == 0:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS counterfoil")
        cursor.execute("CREATE TABLE counterfoil.version (version integer NOT NULL)")
        cursor.execute("INSERT INTO counterfoil.version VALUES (0)")
    folder = files(__package__) / "migrations"
    for number in range(found + 1, VERSION + 1):
        cursor.execute((folder / f"{number:04}.sql").read_text(encoding="utf-8"))
        cursor.execute("UPDATE counterfoil.version SET version = %s", (number,))


def _find_version(cursor: Any) -> int:
    """Return the version of the tables, 0 if there are none."""
    # Not to_regclass: within a transaction, it does not see what another one has created since.
    cursor.execute(
        "SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace "
        "WHERE nspname = 'counterfoil' AND relname = 'version'"
    )
    if cursor.fetchone() is None:
        return 0
    cursor.execute("SELECT version FROM counterfoil.version")
    return int(cursor.fetchone()[0])
