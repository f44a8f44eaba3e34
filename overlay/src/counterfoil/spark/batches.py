"""Arrow batches of what a task finds, in the form of each table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from operator import itemgetter
from typing import Any, Literal

import msgspec
import pyarrow

from ..cursors import Slice, Unreadable
from ..invoice import Invoice
from ..rows import COLUMNS, list_values
from ..unreadable import describe_unstored
from .options import JSON, SourceOptions, list_columns
from .reading import Ended, Found
from .schemas import ACCOUNTS, TEXT, UNREADABLE, make_arrow_schema, make_run_schema

ROWS = 2000  # invoices that are converted at once
Values = tuple[Any, ...]
# The errors of arrow itself are ValueErrors.
CONVERSION_ERRORS = (ValueError, TypeError, OverflowError, ArithmeticError)


class BatchMaker:
    """Makes the Arrow batches of one task.

    An invoice that Arrow cannot hold, because an amount has too many digits, is an unreadable
    record instead, and `refuse` is called with their number.
    """

    def __init__(self, options: SourceOptions, refuse: Callable[[int], object]) -> None:
        self._table = options.table
        self._refuse = refuse
        self._invoices: list[tuple[Slice, Invoice]] = []
        self._records: list[Unreadable] = []
        self._invoice_schema = make_arrow_schema(options, "invoices")
        self._line_schema = make_arrow_schema(options, "lines")
        self._run_schema = make_run_schema(options)
        self._choose_invoice = _make_chooser(options, "invoices")
        self._choose_line = _make_chooser(options, "lines")

    def add(self, found: Found) -> Iterator[Any]:
        """Take what was found, and yield a batch if there is enough for one."""
        self._invoices += [(found.part, invoice) for invoice in found.invoices]
        self._records += found.unreadable
        if len(self._invoices) >= ROWS or len(self._records) >= ROWS:
            yield from self.flush()

    def flush(self) -> Iterator[Any]:
        """Yield the batches of what was taken."""
        invoices, self._invoices = self._invoices, []
        made, refused = self._convert(invoices)
        records, self._records = [*self._records, *refused], []
        if refused:
            self._refuse(len(refused))
        if made is not None and made.num_rows:
            yield made
        if records and self._table in ("unreadable", "run"):
            yield self._wrap("unreadable", UNREADABLE, list(map(_list_unreadable, records)))

    def end(self, ended: Ended) -> Iterator[Any]:
        """Yield the row of an account that has ended."""
        if self._table in ("accounts", "run"):
            yield self._wrap("ended", ACCOUNTS, [_list_ended(ended)])

    def _convert(self, invoices: list[tuple[Slice, Invoice]]) -> tuple[Any, list[Unreadable]]:
        """Return the batch of invoices, and the records of those that Arrow cannot hold."""
        try:
            return self._build([invoice for _, invoice in invoices]), []
        except CONVERSION_ERRORS:
            good, refused = [], []
            for part, invoice in invoices:
                try:
                    self._build([invoice])
                except CONVERSION_ERRORS as error:
                    reason = f"it has a value that a column of Spark cannot hold: {error}"
                    refused.append(describe_unstored(part, invoice, "unstorable", reason))
                else:
                    good.append(invoice)
            return self._build(good), refused

    def _build(self, invoices: Sequence[Invoice]) -> Any:
        """Return the batch of invoices, or None if the table has no rows of them.

        A table refuses what its own columns cannot hold, `unreadable` what any column cannot.
        """
        made = made_lines = None
        lines: list[list[Values]] = []
        if self._table != "lines":
            rows = [self._choose_invoice(invoice)[0] for invoice in invoices]
            made = _make_batch(self._invoice_schema, rows)
        if self._table != "invoices":
            lines = [self._choose_line(invoice) for invoice in invoices]
            made_lines = _make_batch(self._line_schema, [row for one in lines for row in one])
        if self._table == "run":
            offsets = [0, *accumulate(map(len, lines))]
            return self._wrap_invoices(invoices, made, made_lines, offsets)
        return {"invoices": made, "lines": made_lines}.get(self._table)

    def _wrap_invoices(
        self, invoices: Sequence[Invoice], made: Any, lines: Any, offsets: list[int]
    ) -> Any:
        count = len(invoices)
        struct = pyarrow.StructArray.from_arrays(made.columns, fields=list(made.schema))
        line = pyarrow.StructArray.from_arrays(lines.columns, fields=list(lines.schema))
        columns = [
            pyarrow.array([invoice.ref.account for invoice in invoices], TEXT),
            struct,
            pyarrow.ListArray.from_arrays(pyarrow.array(offsets, pyarrow.int32()), line),
            pyarrow.nulls(count, self._run_schema.field("unreadable").type),
            pyarrow.nulls(count, self._run_schema.field("ended").type),
        ]
        return pyarrow.RecordBatch.from_arrays(columns, schema=self._run_schema)

    def _wrap(self, column: str, schema: Any, rows: list[Values]) -> Any:
        """Return the rows as they are, or as a column of the table `run`."""
        made = _make_batch(schema, rows)
        if self._table != "run":
            return made
        struct = pyarrow.StructArray.from_arrays(made.columns, fields=list(schema))
        columns = [
            _find_column(field, column, struct, made.column("account"))
            for field in self._run_schema
        ]
        return pyarrow.RecordBatch.from_arrays(columns, schema=self._run_schema)


def _find_column(field: Any, name: str, struct: Any, accounts: Any) -> Any:
    if field.name == "account":
        return accounts
    return struct if field.name == name else pyarrow.nulls(len(struct), field.type)


def _make_chooser(
    options: SourceOptions, table: Literal["invoices", "lines"]
) -> Callable[[Invoice], list[Values]]:
    """Return a function that lists the chosen values of an invoice's rows."""
    names = list_columns(options, table)
    known = tuple(COLUMNS[table])
    if names == known:
        return lambda invoice: list_values(invoice, table)
    has_json = JSON in names
    places = [len(known) if name == JSON else known.index(name) for name in names]
    get = itemgetter(*places)
    is_single = len(places) == 1

    def choose(invoice: Invoice) -> list[Values]:
        rows = list_values(invoice, table)
        if has_json:
            rows = [(*row, invoice.to_json().decode()) for row in rows]
        return [(get(row),) if is_single else get(row) for row in rows]

    return choose


def _make_batch(schema: Any, rows: Iterable[Values]) -> Any:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [
        pyarrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)
    ]
    return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)


def _list_unreadable(record: Unreadable) -> Values:
    part = msgspec.json.encode(record.slice).decode()
    place = (record.slice.provider, record.account, record.key, part)
    return (*place, record.code, record.path, record.text, record.raw)


def _list_ended(ended: Ended) -> Values:
    cursor = None if ended.cursor is None else ended.cursor.to_json().decode()
    failure = None if ended.failure is None else describe_failure(ended.failure)
    return (
        ended.account.provider,
        ended.account.name,
        datetime.now(UTC),
        ended.invoices,
        ended.unreadable,
        ended.warnings,
        cursor,
        failure,
    )


def describe_failure(error: Exception) -> str:
    """Return the failure of an account as one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
