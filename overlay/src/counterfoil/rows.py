"""Invoices as rows of tables. All sinks store these rows, and so can your own pipeline.

    pyarrow.Table.from_pylist(list(to_rows(invoices)), arrow_schema())

There are two tables, "invoices" with a row for each invoice, and "lines" with a row for each line.
Both have the columns of `InvoiceRef`, by which they are joined. Values are Python's: Decimal, date,
datetime with an offset, None for what is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, Literal, TypeAlias

from .invoice import Invoice, Totals, give_sign

Table: TypeAlias = Literal["invoices", "lines"]
Row: TypeAlias = dict[str, Any]
"""The values of a row by their column names."""

REF = ("provider", "account", "kind", "key")
# The type of each column, and the attributes of an Invoice or a Line that have the same name.
INVOICE_COLUMNS: dict[str, str] = {
    **dict.fromkeys(REF, "text"),
    "number": "text",
    "status": "text",
    "day": "date",
    "issue_date": "date",
    "due_date": "date",
    "delivery_date": "date",
    "issued_at": "time",
    "created_at": "time",
    "updated_at": "time",
    "currency": "text",
    "seller_name": "text",
    "buyer_name": "text",
    "sign": "integer",
    "is_fiscal": "boolean",
    "net": "amount",
    "tax": "amount",
    "gross": "amount",
    "due": "amount",
    "signed_net": "amount",
    "signed_tax": "amount",
    "signed_gross": "amount",
    "signed_due": "amount",
    "paid": "boolean",
    "completeness": "text",
}
LINE_COLUMNS: dict[str, str] = {
    "position": "integer",
    "sku": "text",
    "name": "text",
    "quantity": "amount",
    "unit": "text",
    "unit_price": "amount",
    "unit_price_gross": "amount",
    "net": "amount",
    "gross": "amount",
    "signed_net": "amount",
    "discount": "amount",
    "tax_code": "text",
    "tax_category": "text",
    "tax_rate": "amount",
    "tax_amount": "amount",
    "duty_amount": "amount",
    "note": "text",
}
COLUMNS: dict[str, dict[str, str]] = {
    "invoices": INVOICE_COLUMNS,
    "lines": {**dict.fromkeys(REF, "text"), **LINE_COLUMNS},
}
_read_ref = attrgetter(*REF)
_read_dates = attrgetter("issue_date", "due_date", "delivery_date")
_read_times = attrgetter("issued_at", "created_at", "updated_at")
_LINE_FIELDS = [name for name in LINE_COLUMNS if name not in ("position", "signed_net")]
_read_line = attrgetter(*_LINE_FIELDS)
NO_TOTALS = Totals()
_POSITION_OF_SIGNED = list(LINE_COLUMNS).index("signed_net")


def to_rows(invoices: Iterable[Invoice], table: Table = "invoices") -> Iterator[Row]:
    """Yield the rows of invoices in a table. `arrow_schema` has the types of their columns.

    `signed_net` of a line is negative in a credit note, and zero in a proforma, like
    `Invoice.signed_net`. `position` counts the lines of an invoice from 1.
    """
    names = tuple(COLUMNS[table])
    for invoice in invoices:
        for values in list_values(invoice, table):
            yield dict(zip(names, values, strict=True))


def list_values(invoice: Invoice, table: Table) -> list[tuple[Any, ...]]:
    """Return the values of an invoice's rows, in the order of the table's columns."""
    if table == "invoices":
        return [_list_invoice(invoice)]
    ref = _read_ref(invoice.ref)
    return [(*ref, *values) for values in list_lines(invoice)]


def _list_invoice(invoice: Invoice) -> tuple[Any, ...]:
    """Return the values of `INVOICE_COLUMNS`.

    The amounts are read from the totals at once, because the properties of Invoice take longer.
    """
    totals = invoice.totals or NO_TOTALS
    sign = invoice.sign
    net, tax, gross, due = totals.net, totals.tax, totals.gross, totals.due
    return (
        *_read_ref(invoice.ref),
        invoice.number,
        invoice.status,
        invoice.day,
        *_read_dates(invoice),
        *_read_times(invoice),
        invoice.currency,
        invoice.seller_name,
        invoice.buyer_name,
        sign,
        invoice.is_fiscal,
        net,
        tax,
        gross,
        due,
        give_sign(net, sign),
        give_sign(tax, sign),
        give_sign(gross, sign),
        give_sign(due, sign),
        invoice.paid,
        invoice.completeness,
    )


def list_lines(invoice: Invoice) -> list[tuple[Any, ...]]:
    """Return the values of `LINE_COLUMNS` of each line."""
    sign = invoice.sign
    rows = []
    for position, line in enumerate(invoice.lines or (), 1):
        values = [position, *_read_line(line)]
        values.insert(_POSITION_OF_SIGNED, give_sign(line.net, sign))
        rows.append(tuple(values))
    return rows


def arrow_schema(table: Table = "invoices") -> Any:
    """Return the pyarrow schema of a table. Amounts are decimal128(38, 18).

    Raises ConfigurationError if pyarrow is not installed.
    """
    arrow = import_arrow()
    return arrow.schema({name: kind() for name, kind in _list_arrow_types(arrow, table)})


def _list_arrow_types(arrow: Any, table: Table) -> Iterator[tuple[str, Callable[[], Any]]]:
    types: dict[str, Callable[[], Any]] = {
        "text": arrow.string,
        "date": arrow.date32,
        "time": lambda: arrow.timestamp("us", "UTC"),
        "integer": arrow.int32,
        "boolean": arrow.bool_,
        "amount": lambda: arrow.decimal128(38, 18),
    }
    for name, kind in COLUMNS[table].items():
        yield name, types[kind]


def import_arrow() -> Any:
    """Return the package pyarrow. Raises ConfigurationError if it is not installed."""
    from importlib import import_module

    from counterfoil_core.errors import ConfigurationError

    try:
        return import_module("pyarrow")
    except ModuleNotFoundError:
        raise ConfigurationError(
            'Parquet and Arrow need pyarrow: pip install "counterfoil[parquet]"'
        ) from None
