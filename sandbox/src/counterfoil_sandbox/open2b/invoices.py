"""The invoices of the Open2b part, in SQLite: drafts to be changed, views to be read, columns to be searched by."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock
from typing import Any

from .. import exact_json
from .drafts import Draft, name_customer
from .store import TAX_AREAS

# fmt: off
FIELDS = (  # in the order in which an invoice shows them
    "id", "type", "number", "status", "creationTime", "updateTime", "issueDate", "dueDate", "shippingTime", "referenceType",
    "referenceNumber", "customer", "rounding", "locale", "taxArea", "items", "prediscountSubtotal", "taxedPrediscountSubtotal",
    "discounts", "discountsIncludeTaxes", "subtotal", "taxedSubtotal", "shippingMethod", "paymentMethod", "taxes", "taxAmount",
    "total", "taxedTotal", "isPaidFor", "quantity", "weight", "customerName", "invoiceRecipient", "billingAddress",
    "shippingAddress", "sellerAddress", "numberOfPackages", "porto", "goodsAppearance", "trackingNumber", "transportReason",
    "terms",
)
SORTED_BY = (
    "type", "number", "status", "creationTime", "updateTime", "issueDate", "dueDate", "total", "taxedTotal", "isPaidFor",
    "customerName",
)
# fmt: on
TABLE = """
    CREATE TABLE invoice (
        id INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT, number TEXT, status TEXT,
        creationTime TEXT, updateTime TEXT, issueDate TEXT, dueDate TEXT,
        total INTEGER, taxedTotal INTEGER, isPaidFor INTEGER, customerName TEXT,
        customer INTEGER, address TEXT, labels TEXT, draft TEXT, view TEXT
    );
    CREATE INDEX invoice_creation ON invoice (creationTime);
    CREATE INDEX invoice_customer ON invoice (customer);
"""
CONDITIONS = {
    "ids": "id IN (SELECT value FROM json_each(?))",
    "type": "type = ?",
    "status": "status = ?",
    "isPaidFor": "isPaidFor = ?",
    "fromNumber": "number >= ?",
    "toNumber": "number <= ?",
    "fromCreationTime": "creationTime >= ?",
    "toCreationTime": "creationTime <= ?",
    "fromUpdateTime": "updateTime >= ?",
    "toUpdateTime": "updateTime <= ?",
    "fromIssueDate": "issueDate >= ?",
    "toIssueDate": "issueDate <= ?",
    "fromDueDate": "dueDate >= ?",
    "toDueDate": "dueDate <= ?",
    "customer": "customer = ?",
    "address": "instr(address, ?)",
    "labels": "EXISTS (SELECT 1 FROM json_each(invoice.labels) JOIN json_each(?) AS wanted USING (value))",
    "after": "id > ?",
}


class Invoices:
    """All invoices; safe to use from several threads."""

    # Names of columns come from this file and from the enums of the specification, values never enter a statement.
    # ruff: noqa: S608

    def __init__(self) -> None:
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.executescript(TABLE)

    def add(self, draft: Draft, totals: Mapping[str, Any], time: str, labels: Iterable[int] = ()) -> int:
        """Keep a new invoice; return its id, which no other ever had."""
        row = {**_make_row(draft, totals, time), "labels": exact_json.encode(list(labels))}
        columns, places = ", ".join(row), ", ".join("?" * len(row))
        rows = self._run(f"INSERT INTO invoice ({columns}) VALUES ({places}) RETURNING id", row.values())
        return int(rows[0][0])

    def change(self, number: int, draft: Draft, totals: Mapping[str, Any], time: str) -> None:
        """Replace an invoice."""
        row = _make_row(draft, totals, time)
        changes = ", ".join(f"{name} = ?" for name in row)
        self._run(f"UPDATE invoice SET {changes} WHERE id = ?", (*row.values(), number))

    def delete(self, numbers: list[int]) -> None:
        """Forget invoices; one that is not there is passed over."""
        self._run(f"DELETE FROM invoice WHERE {CONDITIONS['ids']}", [exact_json.encode(numbers)])

    def find_draft(self, number: int) -> Draft | None:
        """Return what callers decided about an invoice."""
        rows = self._run("SELECT draft FROM invoice WHERE id = ?", [number])
        return exact_json.decode(rows[0][0].encode()) if rows else None

    def count(self, conditions: Mapping[str, Any]) -> int:
        """Count the invoices that meet conditions."""
        where, values = _write_conditions(conditions)
        return int(self._run(f"SELECT count(*) FROM invoice {where}", values)[0][0])

    def find(self, conditions: Mapping[str, Any], order: list[str], limit: int, first: int) -> list[tuple[int, str]]:
        """Return id and view of the invoices that meet conditions."""
        where, values = _write_conditions(conditions)
        sorting = ", ".join([*map(_write_sorting, order), "id"])
        # Sorting ids alone spares SQLite carrying every view along.
        chosen = f"SELECT id FROM invoice {where} ORDER BY {sorting} LIMIT ? OFFSET ?"
        return self._run(f"SELECT id, view FROM invoice WHERE id IN ({chosen}) ORDER BY {sorting}", [*values, limit, first])

    def close(self) -> None:
        """Forget them all."""
        self._database.close()

    def _run(self, statement: str, values: Iterable[Any]) -> list[Any]:
        with self._lock:
            return self._database.execute(statement, tuple(values)).fetchall()


def show(number: int, view: str, fields: list[str] | None) -> str:
    """Write an invoice as JSON, all of it or the fields that were asked for."""
    if fields is None:
        return f'{{"id":{number},{view[1:]}'
    known = {"id": number, **exact_json.decode(view.encode())}
    return exact_json.encode({name: known[name] for name in FIELDS if name in fields})


def _make_row(draft: Draft, totals: Mapping[str, Any], time: str) -> dict[str, Any]:
    view = _make_view(draft, totals, time)
    return {
        **{name: view[name] for name in SORTED_BY},
        "total": int(view["total"].scaleb(2)),
        "taxedTotal": int(view["taxedTotal"].scaleb(2)),
        "customer": view["customer"],
        "address": "\n".join(_name_lines(draft)),
        "draft": exact_json.encode(draft),
        "view": exact_json.encode({name: view[name] for name in FIELDS if name != "id"}),
    }


def _make_view(draft: Draft, totals: Mapping[str, Any], time: str) -> dict[str, Any]:
    country = (draft["shippingAddress"] or draft["billingAddress"])["country"]
    return {
        **draft,
        **totals,
        "updateTime": time,
        "taxArea": TAX_AREAS[country].id,
        "customerName": name_customer(draft),
    }


def _name_lines(draft: Draft) -> Iterator[str]:
    for address in filter(None, (draft["billingAddress"], draft["shippingAddress"])):
        yield from address.values()


def _write_conditions(conditions: Mapping[str, Any]) -> tuple[str, list[Any]]:
    values = [exact_json.encode(value) if isinstance(value, list) else value for value in conditions.values()]
    return "WHERE " + " AND ".join([CONDITIONS[name] for name in conditions] or ["1"]), values


def _write_sorting(name: str) -> str:
    return f"{name.removeprefix('-')} {'DESC' if name.startswith('-') else 'ASC'}"
