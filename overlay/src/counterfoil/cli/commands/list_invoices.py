"""`counterfoil list`: list the invoices of a store."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import click

from ..options import LIMIT, OUTPUT, SEARCH, STORE
from ..output import Row, make_console, pad_amount, show, shows_tables
from ..search import check_account, explain_search
from ..selection import print_errors
from ..stores import open_store

COLUMNS = (
    "account",
    "kind",
    "key",
    "number",
    "status",
    "day",
    "buyer_name",
    "net",
    "tax",
    "gross",
    "currency",
    "paid",
    "deleted_at",
)
WIDE = (
    "account",
    "kind",
    "invoice",
    "day",
    "buyer_name",
    "net",
    "tax",
    "gross",
    "currency",
    "status",
    "paid",
)
NARROW = ("account", "kind", "invoice", "day", "buyer_name", "gross", "currency")


@click.command("list", params=[*SEARCH, LIMIT, STORE, *OUTPUT])
def list_command(store: str, as_json: bool, **filters: Any) -> None:
    """List the invoices of a store, the latest first."""
    with open_store(store) as sink:
        check_account(sink, filters["account"])
        rows = sink.find(*COLUMNS, **filters)
        left_out = explain_search(sink, len(rows), filters)
    for row in rows:
        _convert(row, padding=shows_tables(as_json))
    is_wide = not shows_tables(as_json) or make_console().width >= 110
    fields = WIDE if is_wide else NARROW
    show(rows, as_json, fields, filling="buyer", folding=False)
    print_errors(left_out)


def _convert(row: Row, *, padding: bool) -> None:
    """Convert the values of SQLite. With `padding`, amounts get the decimals of their currency."""
    for name in ("net", "tax", "gross"):
        if row[name]:
            amount = Decimal(row[name])
            row[name] = pad_amount(amount, row["currency"]) if padding else amount
    if row["deleted_at"]:
        row["status"] = "deleted"
    row["invoice"] = row["number"] or row["key"]
    row["paid"] = None if row["paid"] is None else bool(row["paid"])
