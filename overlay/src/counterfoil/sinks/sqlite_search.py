"""Searches in a SQLite file of invoices, and exact totals."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec import structs

from ..errors import StorageError
from ..invoice import Invoice
from ..rows import Row
from ..totals import ADDED, DEFAULT_GROUPS, ExactSum, check_groups
from .sqlite_file import SqliteFile
from .sqlite_rows import read_record
from .sqlite_schema import GROUPS, HAS_RECORD, JOIN_RECORD, LAST_SEQUENCE, LATEST_FIRST, TERMS


class SqliteSearch(SqliteFile):
    """The searches of a SQLite file of invoices."""

    def find(self, *columns: str, limit: int | None = None, **asked: Any) -> list[Row]:
        """Return columns of the invoices that match, the latest first.

        Filters are account, provider, kind, status, name (a number or a key), since and until,
        which are days; `until` is not included. A filter that is None is ignored. Invoices without
        a day are last.
        """
        with self._explained(), self._lock:
            rows = self._select(columns, limit, asked).fetchall()
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def read(
        self, *, limit: int | None = None, records: bool = True, **asked: Any
    ) -> Iterator[Invoice]:
        """Yield the invoices that match, each with its `record` and `deleted_at`; see `find`.

        Without `records`, they are left out, which is faster.
        """
        columns = ["json", "deleted_at"]
        if records:
            columns += ["record_model", "record_key", "content"]
        with self._explained():
            for text, deleted_at, *kept in self._select(columns, limit, asked, joined=records):
                invoice = Invoice.from_json(text)
                changes: dict[str, Any] = {}
                if deleted_at is not None:
                    changes["deleted_at"] = datetime.fromisoformat(deleted_at)
                if kept and kept[-1] is not None:
                    changes["record"] = read_record(*kept)
                yield structs.replace(invoice, **changes) if changes else invoice

    def count(self, *, undated: bool = False, recorded: bool | None = None, **asked: Any) -> int:
        """Return the number of invoices that match; see `find`.

        `undated` ones have no day. `recorded` ones have a stored record of the provider.
        """
        terms = {None: "TRUE", True: HAS_RECORD, False: f"NOT {HAS_RECORD}"}
        where, values = _write_terms(asked, "day IS NULL" if undated else "TRUE", terms[recorded])
        with self._explained(), self._lock:
            [[count]] = self._database.execute(f"SELECT count(*) FROM invoices {where}", values)  # noqa: S608
        return int(count)

    def totals(self, by: Iterable[str] = DEFAULT_GROUPS, **asked: Any) -> list[Row]:
        """Return the sums of the signed amounts, exact, for each group; see `add_up`.

        `by` are the columns that make a group; see `find` for the filters.
        """
        groups = check_groups(by)
        sums = [f"exact_sum({name}), sum(is_fiscal AND {name} IS NULL)" for name in ADDED.values()]
        keys = [f"{GROUPS[name]} AS {name}" for name in groups]
        where, values = _write_terms(asked, "deleted_at IS NULL")
        numbers = ", ".join(str(number) for number in range(1, len(groups) + 1))
        grouping = f"GROUP BY {numbers} ORDER BY {numbers}" if groups else "HAVING count(*) > 0"
        columns = ", ".join([*keys, "count(*)", "sum(NOT is_fiscal)", *sums])
        sql = f"SELECT {columns} FROM invoices {where} {grouping}"  # noqa: S608
        names = [*groups, "invoices", "not_fiscal"]
        for name in ADDED:
            names += [name, f"without_{name}"]
        with self._explained(), self._lock:
            rows = self._database.execute(sql, values).fetchall()
        found = [dict(zip(names, row, strict=True)) for row in rows]
        for row in found:
            for name in ADDED:
                row[name] = Decimal(row[name])
        return found

    def list_accounts(self) -> list[str]:
        """Return the names of the accounts that have invoices, sorted."""
        sql = "SELECT DISTINCT account FROM invoices ORDER BY account"
        with self._explained(), self._lock:
            return [str(account) for [account] in self._database.execute(sql)]

    def _find_sequence(self) -> int:
        [[last]] = self._database.execute(LAST_SEQUENCE)
        return int(last)

    def _open(self) -> None:
        super()._open()
        aggregate: Any = ExactSum
        self._database.create_aggregate("exact_sum", 1, aggregate)

    def _select(
        self,
        columns: Sequence[str],
        limit: int | None,
        asked: dict[str, Any],
        *,
        joined: bool = False,
    ) -> sqlite3.Cursor:
        where, values = _write_terms(asked)
        shown = ", ".join(
            f"invoices.{name}" if name in ("account", "key") else name for name in columns
        )
        tables = f"invoices {JOIN_RECORD}" if joined else "invoices"
        sql = f"SELECT {shown} FROM {tables} {where} {LATEST_FIRST} LIMIT ?"  # noqa: S608
        most = -1 if limit is None else limit  # in SQLite, a negative limit is no limit
        return self._database.execute(sql, (*values, most))


def _write_terms(asked: dict[str, Any], *more: str) -> tuple[str, tuple[str, ...]]:
    """Return the WHERE clause of a search, and its values."""
    terms: list[str] = []
    values: list[str] = []
    for name, value in asked.items():
        if value is not None:
            if name not in TERMS:
                raise StorageError(f"there is no filter {name!r}: use {', '.join(TERMS)}")
            terms.append(TERMS[name])
            values.append(str(value))
    terms += more
    where = f"WHERE {' AND '.join(terms)}" if terms else ""
    return where, tuple(values)
