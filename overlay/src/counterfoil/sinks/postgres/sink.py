"""The sink: invoices, their lines, records and cursors in PostgreSQL."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self, TypeVar

import msgspec

from ...cursors import Unreadable
from ...errors import StorageError
from ...invoice import Invoice, InvoiceRef, Record
from ...rows import LINE_COLUMNS, list_lines, list_values
from ..encoding import encode_invoices, refuse
from ..protocol import Written
from ..sqlite_rows import make_unreadable_row, read_unreadable
from .connection import Connection
from .migrating import migrate
from .search import PostgresSearch
from .statements import (
    CLAIM,
    DELETE_LINES,
    HOLDER,
    INCOMING,
    INCOMING_COLUMNS,
    LISTED,
    MARK_DELETED,
    MARK_MISSING,
    MISSING,
    NEXT_SEQUENCE,
    PRESENT,
    UNCLAIM,
    WRITE_CURSOR,
    WRITE_INVOICES,
    WRITE_MAPPING,
    WRITE_RECORDS,
    WRITE_UNREADABLE,
)

ResultT = TypeVar("ResultT")
FASTEST = 1  # of zlib's levels
ESCAPED_NUL = "\\u0000"  # in JSON
REPLACEMENT = "\ufffd"  # of a NUL, which PostgreSQL cannot store in a text
COPY_LINES = f"COPY counterfoil.lines (invoice, {', '.join(LINE_COLUMNS)}) FROM STDIN"
COPY_INVOICES = f"COPY incoming ({', '.join(INCOMING_COLUMNS)}) FROM STDIN"
COPY_RECORDS = "COPY incoming_records FROM STDIN"
COPY_LISTED = "COPY listed FROM STDIN"


class PostgresSink(PostgresSearch):
    """A PostgreSQL database of invoices. Threads, processes and machines may share it.

    `url` is like postgresql://role@host:5432/database. The tables are created in the schema
    `counterfoil`, or updated, if the role may, unless `make` is false. If `raw` is false, the
    providers' records are not stored.

    A server that is restarted during a pull is waited for, for a minute. Raises StorageError if it
    cannot be reached, refuses the role, or has tables of a later version.
    """

    cursors_at_once = 5

    def __init__(self, url: str, *, make: bool = True, raw: bool = True) -> None:
        self._raw = raw
        self._claimed: set[str] = set()
        self._lost: dict[str, str] = {}  # accounts that another process has claimed since
        self._listing: set[str] = set()
        self._connection = Connection(url)
        self.path = self._connection.name
        try:
            self._connection.run(lambda cursor: migrate(cursor, self.path, make=make))
            self._connection.run(self._prepare)
        except BaseException:
            self._connection.close()
            raise

    def __repr__(self) -> str:
        return f"<PostgresSink {self.path}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self._connection.close()

    def _prepare(self, cursor: Any) -> None:
        """Prepare a new connection: temporary tables, and the locks of the pulls that are going on.

        What a listing had noted is gone with the connection before, so it finds nothing missing.
        """
        cursor.execute(INCOMING)
        self._listing.clear()
        self._lost = {}
        for account in sorted(self._claimed):
            holder = self._lock_account(cursor, account)
            if holder is not None:
                self._lost[account] = holder

    # A pull

    @contextmanager
    def claim(self, account: str) -> Iterator[None]:
        """Prevent a second pull of the account, by any process; see `Sink`."""
        if account in self._claimed:
            raise self._refuse_claim(account, "this process")

        def take(cursor: Any) -> None:
            if account not in self._claimed:  # else a new connection has just taken it
                holder = self._lock_account(cursor, account)
                if holder is not None:
                    raise self._refuse_claim(account, holder)
                self._claimed.add(account)

        self._run(take)
        try:
            yield
        finally:
            self._claimed.discard(account)
            self.end_listing(account)
            if self._lost.pop(account, None) is None:
                self._run(lambda cursor: cursor.execute(UNCLAIM, (account,)))

    def _lock_account(self, cursor: Any, account: str) -> str | None:
        """Lock an account. If another process holds it, return who that is."""
        cursor.execute(CLAIM, (account,))
        if cursor.fetchone()[0]:
            return None
        cursor.execute(HOLDER, (account,))
        found = cursor.fetchone()
        if found is None:
            return "another process"
        name, address, since = found
        return f"{name or 'a process'} from {address or 'the same machine'} since {since}"

    def _check_claim(self, account: str) -> None:
        """Raise StorageError if the account's claim was lost when the server was restarted."""
        if account in self._lost:
            raise self._refuse_claim(account, self._lost[account])

    def _refuse_claim(self, account: str, holder: str) -> StorageError:
        return StorageError(
            f"account {account!r} is being pulled into {self.path} already, by {holder}: "
            "wait until that ends"
        )

    def find_cursor(self, account: str) -> bytes | None:
        """Return the cursor of an account; see `Sink`."""
        sql = "SELECT cursor FROM counterfoil.cursors WHERE account = %s"
        found = self._find_one(sql, account)
        return None if found is None else bytes(found)

    def store(self, account: str, invoices: Sequence[Invoice], cursor: bytes) -> Written:
        """Store invoices and cursor in one transaction; see `Sink`."""
        return self._store(account, invoices, cursor)

    def update(self, account: str, invoices: Sequence[Invoice]) -> Written:
        """Store invoices in one transaction, and leave the cursor and the records as they are."""
        return self._store(account, invoices, None)

    def _store(self, account: str, invoices: Sequence[Invoice], position: bytes | None) -> Written:
        _refuse_nul(invoices)
        texts = [text.decode() for text in encode_invoices(invoices)]
        found = {one.ref: (one, text) for one, text in zip(invoices, texts, strict=True)}
        clean = _replace_nul if any(ESCAPED_NUL in text for text in texts) else tuple
        records = _list_records(invoices) if self._raw and position is not None else {}

        def write(cursor: Any) -> Written:
            self._check_claim(account)
            # Rows are made while they are sent, so that the server works at the same time.
            _copy(cursor, COPY_INVOICES, (clean(self._make_row(*one)) for one in found.values()))
            if records:
                _copy(cursor, COPY_RECORDS, _make_records(records))
            self._note_listed(cursor, [(account, str(ref.key), ref.kind) for ref in found])
            sequence = cursor.execute(NEXT_SEQUENCE).fetchone()[0]
            written = cursor.execute(WRITE_INVOICES, (sequence,)).fetchall()
            changed = [number for number, *_, is_new in written if not is_new]
            if changed:
                cursor.execute(DELETE_LINES, (changed,))
            _copy(cursor, COPY_LINES, map(clean, _make_lines(written, found)))
            if records:
                cursor.execute(WRITE_RECORDS)
            if position is not None:
                cursor.execute(WRITE_CURSOR, (account, position))
            return Written(
                new=len(written) - len(changed),
                changed=len(changed),
                unchanged=len(invoices) - len(written),
            )

        written: Written = self._run(write)
        return written

    def _make_row(self, invoice: Invoice, text: str) -> tuple[Any, ...]:
        [values] = list_values(invoice, "invoices")
        record = invoice.record if self._raw else None
        if record is None:
            return (*values, None, None, text)
        return (*values, record.model, record.key, text)

    def find_unreadable(self, account: str) -> list[Unreadable]:
        """Return the unreadable records of an account; see `Sink`."""
        sql = (
            "SELECT account, slice, key, code, path, text, raw FROM counterfoil.unreadable "
            "WHERE account = %s ORDER BY id"
        )
        rows = self._find(sql, account)
        try:
            return [read_unreadable(row) for row in rows]
        except msgspec.DecodeError:
            raise StorageError(
                f"{self.path}: the table unreadable is damaged: empty it, and pull with `again`"
            ) from None

    def update_unreadable(
        self, account: str, found: Sequence[Unreadable], gone: Sequence[Unreadable] = ()
    ) -> None:
        """Store unreadable records, and remove others; see `Sink`."""
        rows = [_replace_nul(make_unreadable_row(one)) for one in found]
        sql = "DELETE FROM counterfoil.unreadable WHERE account = %s AND key = ANY(%s)"

        def write(cursor: Any) -> None:
            self._check_claim(account)
            if gone:
                cursor.execute(sql, (account, [one.key for one in gone]))
            if rows:
                cursor.executemany(WRITE_UNREADABLE, rows)

        self._run(write)

    def find_mapping(self, account: str) -> str | None:
        """Return the version of the mapping that all invoices of an account were made with."""
        found = self._find_one(
            "SELECT mapping FROM counterfoil.mappings WHERE account = %s", account
        )
        if found is not None:
            return str(found)
        return "" if self.count(account=account) else None

    def keep_mapping(self, account: str, mapping: str) -> None:
        """Store the version of the mapping that the invoices of an account are made with."""
        self._run(lambda cursor: cursor.execute(WRITE_MAPPING, (account, mapping)))

    # Invoices that are gone

    def begin_listing(self, account: str) -> None:
        """Note which invoices of an account are stored from now on; see `find_missing`."""

        def begin(cursor: Any) -> None:
            cursor.execute(LISTED)
            cursor.execute("DELETE FROM listed WHERE account = %s", (account,))

        self._run(begin)
        self._listing.add(account)

    def note_listed(self, account: str, keys: Sequence[str]) -> None:
        """Note that the provider listed records with these keys, although they are not stored."""
        self._run(lambda cursor: self._note_listed(cursor, [(account, key, "") for key in keys]))

    def _note_listed(self, cursor: Any, rows: list[tuple[str, str, str]]) -> None:
        listed = [row for row in rows if row[0] in self._listing]
        if listed:
            _copy(cursor, COPY_LISTED, listed)

    def find_missing(self, account: str) -> list[Any]:
        """Return the stored invoices that were not listed since `begin_listing`.

        After a restart of the server there are none, because it forgot what was listed.
        """
        if account not in self._listing:
            return []

        def find(cursor: Any) -> list[Any]:
            if account not in self._listing:
                return []
            cursor.execute("ANALYZE listed")
            cursor.execute(PRESENT, (account,))
            return list(cursor.execute(MISSING, (account,)).fetchall())

        rows = self._run(find)
        return [Missing(_make_ref(row), row[-1]) for row in rows]

    def end_listing(self, account: str) -> None:
        """Forget what was listed."""
        if account in self._listing:
            self._listing.discard(account)
            sql = "DELETE FROM listed WHERE account = %s"
            self._run(lambda cursor: cursor.execute(sql, (account,)))

    def mark_gone(self, refs: Sequence[InvoiceRef], *, confirmed: bool) -> None:
        """Mark invoices as deleted at the provider or, if not yet confirmed, as missing."""
        places = [(one.account, one.key, one.kind, one.provider) for one in refs]

        def mark(cursor: Any) -> None:
            for account in {one.account for one in refs}:
                self._check_claim(account)
            if not confirmed:
                cursor.executemany(MARK_MISSING, places)
                return
            sequence = cursor.execute(NEXT_SEQUENCE).fetchone()[0]
            cursor.executemany(MARK_DELETED, [(sequence, *place) for place in places])

        if places:
            self._run(mark)


class Missing(msgspec.Struct, frozen=True):
    """A stored invoice that a complete listing did not contain, and since when."""

    ref: InvoiceRef
    since: Any


def _copy(cursor: Any, sql: str, rows: Iterable[Sequence[Any]]) -> None:
    with cursor.copy(sql) as copy:
        for row in rows:
            copy.write_row(row)


def _refuse_nul(invoices: Sequence[Invoice]) -> None:
    """Raise InvoiceRefused for invoices whose keys have a NUL, which cannot be stored in a text."""
    reasons = {
        one.ref: ("unstorable", "its key has the character NUL")
        for one in invoices
        if "\x00" in str(one.ref.key)
    }
    if reasons:
        raise refuse(reasons)


def _replace_nul(values: Iterable[Any]) -> tuple[Any, ...]:
    """Return the values of columns without NULs. The invoice's JSON keeps them, escaped."""
    return tuple(
        one.replace("\x00", REPLACEMENT) if isinstance(one, str) else one for one in values
    )


def _make_lines(
    written: list[Any], found: dict[InvoiceRef, tuple[Invoice, str]]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the lines of the written invoices."""
    for number, provider, account, kind, key, _ in written:
        ref = InvoiceRef(provider=provider, account=account, kind=kind, key=key)
        for values in list_lines(found[ref][0]):
            yield number, *values


def _list_records(invoices: Sequence[Invoice]) -> dict[tuple[str, str, str], Record]:
    """Return the invoices' records by their places, each once, even if several share it."""
    found = {}
    for invoice in invoices:
        record = invoice.record
        if record is not None:
            found[invoice.ref.account, record.model, record.key] = record
    return found


def _make_records(
    records: dict[tuple[str, str, str], Record],
) -> Iterator[tuple[str, str, str, bytes]]:
    for place, one in records.items():
        yield *place, zlib.compress(one.content, FASTEST)


def _make_ref(row: Sequence[Any]) -> InvoiceRef:
    provider, account, kind, key, *_ = row
    return InvoiceRef(provider=provider, account=account, kind=kind, key=key)
