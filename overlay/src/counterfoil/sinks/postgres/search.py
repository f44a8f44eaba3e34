"""The searches of a PostgreSQL database of invoices, and its exact totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from msgspec import structs

from ...errors import StorageError
from ...invoice import Invoice
from ...rows import Row
from ...totals import ADDED, DEFAULT_GROUPS, check_groups
from ..sqlite_rows import read_record
from .connection import Connection
from .statements import ACCOUNTS, FILTERS, GROUPS, JOIN_RECORD, LATEST_FIRST

ResultT = TypeVar("ResultT")


class PostgresSearch(AbstractContextManager["PostgresSearch"]):
    """The searches of a database."""

    _connection: Connection

    def _prepare(self, cursor: Any) -> None:
        """Prepare a new connection."""

    def find(self, *columns: str, limit: int | None = None, **asked: Any) -> list[Row]:
        """Return columns of the invoices that match, the latest first.

        Filters are account, provider, kind, status, name (a number or a key), since and until,
        which are days; `until` is not included. A filter that is None is ignored. Invoices without
        a day are last.
        """
        shown = ", ".join(f"i.{name}" for name in columns)
        sql, values = _write_select(shown, "", limit, asked)
        return [dict(zip(columns, row, strict=True)) for row in self._find(sql, *values)]

    def read(
        self, *, limit: int | None = None, records: bool = True, **asked: Any
    ) -> Iterator[Invoice]:
        """Yield the invoices that match, each with its `record` and `deleted_at`; see `find`.

        Without `records`, they are left out, which is faster. The rows come over a connection of
        their own, as they are needed.
        """
        columns = "json, deleted_at"
        if records:
            columns += ", record_model, record_key, content"
        sql, values = _write_select(columns, JOIN_RECORD if records else "", limit, asked)
        with self._connection.stream(sql, values) as rows:
            for text, deleted_at, *kept in rows:
                invoice = Invoice.from_json(text)
                changes: dict[str, Any] = {}
                if deleted_at is not None:
                    changes["deleted_at"] = deleted_at
                if kept and kept[-1] is not None:
                    changes["record"] = read_record(*kept)
                yield structs.replace(invoice, **changes) if changes else invoice

    def count(self, *, undated: bool = False, **asked: Any) -> int:
        """Return the number of invoices that match; see `find`. `undated` ones have no day."""
        where, values = _write_where(asked, *(["i.day IS NULL"] if undated else []))
        sql = f"SELECT count(*) FROM counterfoil.invoices AS i {where}"  # noqa: S608
        return int(self._find_one(sql, *values))

    def list_accounts(self) -> list[str]:
        """Return the names of the accounts that have invoices, sorted."""
        return [account for [account] in self._find(ACCOUNTS)]

    def totals(self, by: Sequence[str] = DEFAULT_GROUPS, **asked: Any) -> list[Row]:
        """Return the sums of the signed amounts, exact, for each group; see `add_up`.

        `by` are the columns that make a group; see `find` for the filters.
        """
        groups = check_groups(by)
        sums = []
        for name, column in ADDED.items():
            sums.append(f"coalesce(sum({column}), 0) AS {name}")
            sums.append(f"count(*) FILTER (WHERE is_fiscal AND {column} IS NULL) AS without_{name}")
        keys = [f"{GROUPS[name]} AS {name}" for name in groups]
        counts = ["count(*) AS invoices", "count(*) FILTER (WHERE NOT is_fiscal) AS not_fiscal"]
        where, values = _write_where(asked, "deleted_at IS NULL")
        numbers = ", ".join(str(number) for number in range(1, len(groups) + 1))
        order = ", ".join(f"{number} NULLS FIRST" for number in range(1, len(groups) + 1))
        grouping = f"GROUP BY {numbers} ORDER BY {order}" if groups else "HAVING count(*) > 0"
        columns = ", ".join([*keys, *counts, *sums])
        sql = f"SELECT {columns} FROM counterfoil.invoices AS i {where} {grouping}"  # noqa: S608

        def add_up(cursor: Any) -> list[Row]:
            rows = cursor.execute(sql, values).fetchall()
            names = [column.name for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in rows]

        return self._run(add_up)

    def _run(self, work: Callable[[Any], ResultT]) -> ResultT:
        return self._connection.run(work, prepare=self._prepare)

    def _find(self, sql: str, *values: Any) -> list[Any]:
        return self._run(lambda cursor: list(cursor.execute(sql, values).fetchall()))

    def _find_one(self, sql: str, *values: Any) -> Any:
        rows = self._find(sql, *values)
        return rows[0][0] if rows else None


def _write_select(
    columns: str, join: str, limit: int | None, asked: dict[str, Any]
) -> tuple[str, tuple[Any, ...]]:
    """Return the query of a search, and its values."""
    where, values = _write_where(asked)
    sql = f"SELECT {columns} FROM counterfoil.invoices AS i {join} {where} {LATEST_FIRST}"  # noqa: S608
    return (sql, values) if limit is None else (f"{sql} LIMIT %s", (*values, limit))


def _write_where(asked: dict[str, Any], *more: str) -> tuple[str, tuple[Any, ...]]:
    """Return the WHERE clause of a search, and its values."""
    terms = []
    values = []
    for name, value in asked.items():
        if value is None:
            continue
        if name not in FILTERS:
            raise StorageError(f"there is no filter {name!r}: use {', '.join(FILTERS)}")
        terms.append(FILTERS[name])
        values.append(value)
    terms += more
    return f"WHERE {' AND '.join(terms)}" if terms else "", tuple(values)
