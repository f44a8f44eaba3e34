"""What happens to stored invoices later: they are gone, mapped anew, or erased."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from ..cursors import Unreadable
from ..errors import StorageError
from ..invoice import Invoice, InvoiceRef, Record
from .sqlite_rows import RecordRow, read_record
from .sqlite_search import SqliteSearch

_OF_INVOICE = "key = ? AND account = ? AND kind = ? AND provider = ?"
LISTED = """
CREATE TEMP TABLE IF NOT EXISTS listed (
    account TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (account, key, kind)
) WITHOUT ROWID
"""
MISSING = """
SELECT provider, account, kind, key, missing_at FROM invoices
WHERE account = ? AND deleted_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM listed WHERE listed.account = invoices.account
    AND listed.key = invoices.key AND listed.kind IN (invoices.kind, '')
)
"""
PRESENT = """
UPDATE invoices SET missing_at = NULL WHERE account = ? AND missing_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM listed WHERE listed.account = invoices.account
    AND listed.key = invoices.key AND listed.kind IN (invoices.kind, '')
)
"""


RECORDED = """
SELECT invoices.id, provider, invoices.account, kind, invoices.key, json, records.model,
       records.key, records.content
FROM invoices JOIN records ON records.account = invoices.account
AND records.model = record_model AND records.key = record_key
WHERE invoices.id > ? AND invoices.account = ? ORDER BY invoices.id LIMIT ?
"""


class Recorded(Struct, frozen=True):
    """A stored invoice: its number, its JSON, and the provider's record."""

    number: int
    ref: InvoiceRef
    text: str
    record: Record


class Missing(Struct, frozen=True):
    """A stored invoice that a complete listing did not contain.

    `since` is the time of the first such listing, or None if this is the first one.
    """

    ref: InvoiceRef
    since: datetime | None


class Erased(Struct, frozen=True, kw_only=True):
    """What was removed with an invoice.

    `records` is the number of the provider's records, `unreadable` of records that could not be
    read. `sharing` are other invoices whose record was removed, because it was the same one.
    `is_in_log` is true if another process was reading, so that the write-ahead log still has the
    removed data, until all processes have closed the file.
    """

    lines: int
    records: int
    unreadable: int
    sharing: tuple[InvoiceRef, ...]
    is_in_log: bool = False


class SqliteUpkeep(SqliteSearch):
    """The changes to stored invoices that do not come from a pull."""

    def __init__(self, path: str | Path, *, make: bool = True) -> None:
        self._listing: set[str] = set()
        super().__init__(path, make=make)

    # Invoices that are gone

    def begin_listing(self, account: str) -> None:
        """Note which invoices of an account are stored from now on; see `find_missing`."""
        with self._explained(), self._lock, self._database:
            self._database.execute(LISTED)
            self._database.execute("DELETE FROM listed WHERE account = ?", (account,))
            self._listing.add(account)

    def note_listed(self, account: str, keys: Iterable[str]) -> None:
        """Note that the provider listed records with these keys, although they are not stored."""
        with self._explained(), self._lock, self._database:
            self._insert_listed([(account, key, "") for key in keys])

    def find_missing(self, account: str) -> list[Missing]:
        """Return the stored invoices that were not listed since `begin_listing`."""
        with self._explained(), self._lock, self._database:
            self._database.execute(PRESENT, (account,))
            rows = self._database.execute(MISSING, (account,)).fetchall()
        found = []
        for provider, name, kind, key, since in rows:
            ref = InvoiceRef(provider=provider, account=name, kind=kind, key=key)
            found.append(Missing(ref, datetime.fromisoformat(since) if since else None))
        return found

    def end_listing(self, account: str) -> None:
        """Forget what was listed."""
        with self._explained(), self._lock, self._database:
            if account in self._listing:
                self._listing.discard(account)
                self._database.execute("DELETE FROM listed WHERE account = ?", (account,))

    def mark_gone(self, refs: Sequence[InvoiceRef], *, confirmed: bool) -> None:
        """Mark invoices as deleted at the provider or, if not yet confirmed, as missing."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._explained(), self._lock, self._database:
            self._database.execute("BEGIN IMMEDIATE")
            values: tuple[str | int, ...] = (now,)
            columns = "missing_at = ?"
            if confirmed:
                values = (now, self._find_sequence() + 1, now)
                columns = "deleted_at = ?, sequence = ?, written_at = ?"
            sql = f"UPDATE invoices SET {columns} WHERE {_OF_INVOICE} AND deleted_at IS NULL"  # noqa: S608
            self._database.executemany(sql, [(*values, *_place(ref)) for ref in refs])

    def _note_listed(self, account: str, refs: Iterable[InvoiceRef]) -> None:
        if account in self._listing:
            self._insert_listed([(account, str(ref.key), ref.kind) for ref in refs])

    def _insert_listed(self, rows: list[tuple[str, str, str]]) -> None:
        self._database.executemany("INSERT OR IGNORE INTO listed VALUES (?, ?, ?)", rows)

    # Mapping anew

    def find_mapping(self, account: str) -> str | None:
        """Return the mapping that all invoices of an account were made with.

        It is None if there are no invoices, and empty if an earlier version stored them.
        """
        sql = "SELECT mapping FROM mappings WHERE account = ?"
        with self._explained(), self._lock:
            found = self._database.execute(sql, (account,)).fetchone()
            if found is not None:
                return str(found[0])
            return "" if self.count(account=account) else None

    def keep_mapping(self, account: str, mapping: str) -> None:
        """Store the mapping that the invoices of an account are made with."""
        sql = (
            "INSERT INTO mappings VALUES (?, ?) ON CONFLICT DO UPDATE "
            "SET mapping = excluded.mapping WHERE mapping <> excluded.mapping"
        )
        with self._explained(), self._lock, self._database:
            self._database.execute(sql, (account, mapping))

    def read_recorded(self, account: str, after: int = 0, limit: int = 500) -> list[Recorded]:
        """Return stored invoices of an account that have a record, in the order of their numbers.

        They are the ones with a number after `after`, `limit` at most.
        """
        with self._explained(), self._lock:
            rows = self._database.execute(RECORDED, (after, account, limit)).fetchall()
        found = []
        for number, provider, name, kind, key, text, *record in rows:
            ref = InvoiceRef(provider=provider, account=name, kind=kind, key=key)
            found.append(Recorded(number, ref, text, read_record(*record)))
        return found

    def find_json(self, ref: InvoiceRef) -> str | None:
        """Return the JSON of a stored invoice, or None if it is not stored."""
        sql = f"SELECT json FROM invoices WHERE {_OF_INVOICE}"  # noqa: S608
        with self._explained(), self._lock:
            found = self._database.execute(sql, _place(ref)).fetchone()
        return None if found is None else str(found[0])

    # Erasing

    def erase(self, ref: InvoiceRef) -> Erased:
        """Remove an invoice, its lines and its record, and never store it again.

        What remains is a hash of `ref`. Another invoice of the same record keeps its row and loses
        the record, which is about the same buyer. The removed data is overwritten in the file.

        Raises StorageError if there is no such invoice.
        """
        with self._explained(), self._lock:
            self._database.execute("PRAGMA secure_delete = ON")
            with self._database:
                self._database.execute("BEGIN IMMEDIATE")
                erased = self._erase(ref)
            # The write-ahead log has the old pages until it is emptied.
            is_busy, _, _ = self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return structs.replace(erased, is_in_log=bool(is_busy))

    def _erase(self, ref: InvoiceRef) -> Erased:
        sql = f"SELECT id, record_model, record_key FROM invoices WHERE {_OF_INVOICE}"  # noqa: S608
        row = self._database.execute(sql, _place(ref)).fetchone()
        if row is None:
            raise StorageError(f"{self.path} has no invoice {ref.key!r} of account {ref.account!r}")
        number, model, record_key = row
        removed = self._delete("lines", "invoice = ?", (number,))
        self._delete("invoices", "id = ?", (number,))
        record = (ref.account, model, record_key)
        sharing = tuple(self._find_sharing(ref, model, record_key)) if record_key else ()
        records = self._delete("records", "account = ? AND model = ? AND key = ?", record)
        keys = {ref.key, record_key} - {None}
        unreadable = 0
        for key in keys:
            unreadable += self._delete("unreadable", "account = ? AND key = ?", (ref.account, key))
        self._entomb(digest_ref(ref))
        self._entomb(digest_record(ref.account, model, record_key))
        for key in keys:
            self._entomb(digest_key(ref.account, str(key)))
        return Erased(lines=removed, records=records, unreadable=unreadable, sharing=sharing)

    def _find_sharing(self, ref: InvoiceRef, model: str, record_key: str) -> Iterator[InvoiceRef]:
        sql = (
            "SELECT provider, account, kind, key FROM invoices "
            "WHERE account = ? AND record_model = ? AND record_key = ?"
        )
        for provider, account, kind, key in self._database.execute(
            sql, (ref.account, model, record_key)
        ):
            yield InvoiceRef(provider=provider, account=account, kind=kind, key=key)

    def _delete(self, table: str, where: str, values: tuple[Any, ...]) -> int:
        return self._database.execute(f"DELETE FROM {table} WHERE {where}", values).rowcount  # noqa: S608

    def _entomb(self, digest: bytes) -> None:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._database.execute("INSERT OR IGNORE INTO erased VALUES (?, ?)", (digest, now))

    def _has_erased(self) -> bool:
        return self._database.execute("SELECT 1 FROM erased LIMIT 1").fetchone() is not None

    def _is_erased(self, digest: bytes) -> bool:
        sql = "SELECT 1 FROM erased WHERE digest = ?"
        return self._database.execute(sql, (digest,)).fetchone() is not None

    def _drop_erased(self, found: dict[InvoiceRef, tuple[Invoice, str]]) -> int:
        """Remove the invoices that were erased from those to store. Return their number."""
        if not self._has_erased():
            return 0
        gone = [ref for ref in found if self._is_erased(digest_ref(ref))]
        for ref in gone:
            del found[ref]
        return len(gone)

    def _without_erased(self, rows: list[RecordRow]) -> list[RecordRow]:
        """Return the rows of records, without those that an erased invoice was made from."""
        if not self._has_erased():
            return rows
        return [row for row in rows if not self._is_erased(digest_record(*row[:3]))]

    def _blank_erased(self, found: Sequence[Unreadable]) -> list[Unreadable]:
        """Return unreadable records; those of erased invoices without their bytes."""
        if not self._has_erased():
            return list(found)
        kept = []
        for one in found:
            is_erased = self._is_erased(digest_key(one.account, one.key))
            kept.append(structs.replace(one, raw=b"") if is_erased else one)
        return kept


def _place(ref: InvoiceRef) -> tuple[str | None, ...]:
    return ref.key, ref.account, ref.kind, ref.provider


def digest_ref(ref: InvoiceRef) -> bytes:
    """Return a hash that identifies an invoice without its key."""
    return _digest("invoice", *_place(ref))


def digest_record(account: str, model: str | None, key: str | None) -> bytes:
    """Return a hash that identifies a record without its key."""
    return _digest("record", account, model, key)


def digest_key(account: str, key: str) -> bytes:
    """Return a hash that identifies a record that cannot be read, without its key."""
    return _digest("unreadable", account, key)


def _digest(*parts: str | None) -> bytes:
    text = "\0".join(str(part) for part in parts)
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()
