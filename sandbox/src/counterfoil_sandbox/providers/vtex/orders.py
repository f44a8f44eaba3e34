"""Orders of the VTEX part, in SQLite. They are invented; invoices entered in them change them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ...database import Database, Row
from ...fake_data import FIRST_NAMES, LAST_NAMES, PRODUCTS, FakeData

Order = dict[str, Any]
# Orders that differ in everything. Beyond this number they differ in identifier, date, buyer and
# status only.
MOULDS = 500
SPREAD = timedelta(days=60)
FIRST_GROUP = 1_172_452_900_000
BUYERS = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
COLUMNS = (
    "id",
    "created",
    "invoiced",
    "returned",
    "status",
    "buyer",
    "total",
    "items",
    "mould",
    "view",
)
TABLES = """
    CREATE TABLE orders (
        id TEXT PRIMARY KEY,
        created TEXT NOT NULL,
        invoiced TEXT,
        returned INTEGER NOT NULL,
        status TEXT NOT NULL,
        buyer INTEGER NOT NULL,
        total INTEGER NOT NULL,
        items INTEGER NOT NULL,
        mould INTEGER NOT NULL,
        view TEXT
    );
    CREATE INDEX order_created ON orders (created, id, buyer);
    CREATE INDEX order_status ON orders (status, created, id);
    CREATE INDEX order_buyer ON orders (buyer, created, id);
    CREATE INDEX order_total ON orders (total, id);
    CREATE INDEX order_items ON orders (items, id);
    CREATE INDEX order_invoiced ON orders (invoiced, created, id);
    CREATE INDEX order_returned ON orders (returned, created, id);
"""
SORTABLE = {"creationDate": "created", "orderId": "id", "totalValue": "total", "items": "items"}
CONDITIONS = {
    "status": "status = ?",
    "after": "created >= ?",
    "before": "created <= ?",
    "invoiced after": "invoiced >= ?",
    "invoiced before": "invoiced <= ?",
    "returned": "returned = ?",
    "id": "id = ?",
    # The plus keeps SQLite from the index of buyers: there are few of them, each with many orders.
    "buyers": "+buyer IN (SELECT value FROM json_each(?))",
    "nothing": "NOT ?",
}


class Orders:
    """All orders."""

    # Statements contain names of columns from this file; values are bound.
    # ruff: noqa: S608

    def __init__(self, seed: int, count: int, now: datetime) -> None:
        self._seed = seed
        self._mould = lru_cache(MOULDS)(self._invent_mould)
        self._database = Database(TABLES)
        self._database.insert("orders", COLUMNS, self._invent(count, now))

    def find(self, order_id: str) -> Order | None:
        """Return an order, None for an unknown identifier."""
        rows = self._database.run(
            f"SELECT {', '.join(COLUMNS)} FROM orders WHERE id = ?", [order_id]
        )
        return self._show(rows[0]) if rows else None

    def change(self, order_id: str, alter: Callable[[Order], None]) -> None:
        """Change an order. If `alter` raises, the order stays unchanged."""
        order = self.find(order_id) or {}
        alter(order)
        packages = order["packageAttachment"]["packages"]
        columns = {
            "status": order["status"],
            "total": order["value"],
            "invoiced": order["invoicedDate"],
            "returned": any(each["type"] == "Input" for each in packages),
            "view": json.dumps(order),
        }
        changes = ", ".join(f"{name} = ?" for name in columns)
        statement = f"UPDATE orders SET {changes} WHERE id = ?"
        self._database.run(statement, [*columns.values(), order_id])

    def list(
        self, wanted: Mapping[str, Any], sorting: str, limit: int, offset: int
    ) -> tuple[list[tuple[str, Order]], int]:
        """Return a page of the matching orders with their buyers' names, and the number of all."""
        filters = {**wanted, **_search(wanted.get("text", ""))}
        filters.pop("text", None)
        given = {name: value for name, value in filters.items() if value not in ("", None)}
        where = " AND ".join(CONDITIONS[name] for name in given) or "1"
        values = list(given.values())
        name, _, direction = sorting.partition(",")
        way = "ASC" if direction == "asc" else "DESC"
        order = f"ORDER BY {SORTABLE.get(name, 'created')} {way}, id {way} LIMIT ? OFFSET ?"
        statement = f"SELECT {', '.join(COLUMNS)} FROM orders WHERE {where} {order}"
        found = self._database.run(statement, [*values, limit, offset])
        [(total,)] = self._database.run(f"SELECT count(*) FROM orders WHERE {where}", values)
        buyer = COLUMNS.index("buyer")
        orders = [(BUYERS[row[buyer]], self._show(row)) for row in found]
        return orders, total

    def close(self) -> None:
        """Delete all orders."""
        self._database.close()

    def _show(self, row: Row) -> Order:
        kept = dict(zip(COLUMNS, row, strict=True))
        if kept["view"]:
            shown: Order = json.loads(kept["view"])
            return shown
        group = kept["id"].partition("-")[0]
        own = {
            "orderId": kept["id"],
            "sequence": str(int(group) % 1_000_000),
            "orderGroup": group,
            "status": kept["status"],
        }
        dates = {
            "creationDate": kept["created"],
            "lastChange": kept["created"],
            "invoicedDate": kept["invoiced"],
        }
        mould, _, _ = self._mould(kept["mould"])
        order: Order = {**json.loads(mould), **own, **dates}
        if kept["invoiced"]:
            order["packageAttachment"] = {"packages": [_invent_package(order)]}
            first, _, last = BUYERS[kept["buyer"]].partition(" ")
            order["invoiceData"] = {
                "address": None,
                "invoiceSubject": {"firstName": first, "lastName": last},
            }
        return order

    def _invent(self, count: int, now: datetime) -> Iterator[Row]:
        inventor = FakeData(self._seed, "vtex")
        for position in range(1, count + 1):
            created = now - SPREAD * ((count - position + inventor.chance()) / count)
            status = inventor.pick(("ready-for-handling", "handling", "invoiced"))
            buyer = inventor.number(0, len(BUYERS) - 1)
            invoiced = created + (now - created) / 50
            mould = position % MOULDS
            _, total, items = self._mould(mould)
            columns = {
                "id": f"{FIRST_GROUP + position}-01",
                "created": write_moment(created),
                "invoiced": write_moment(invoiced) if status == "invoiced" else None,
                "returned": 0,
                "status": status,
                "buyer": buyer,
                "total": total,
                "items": items,
                "mould": mould,
                "view": None,
            }
            yield tuple(columns[name] for name in COLUMNS)

    def _invent_mould(self, number: int) -> tuple[str, int, int]:
        """Return an order as JSON, its total and its number of items."""
        order = _invent_order(FakeData(self._seed, f"vtex {number}"))
        items = sum(item["quantity"] for item in order["items"])
        return json.dumps(order), order["value"], items


def _search(text: str) -> dict[str, str]:
    """Return the filter for a text: a part of buyers' names, or else an order's identifier."""
    wanted = text.lower()
    buyers = [number for number, name in enumerate(BUYERS) if wanted in name.lower()]
    if text and buyers:
        return {"buyers": json.dumps(buyers)}
    return {"id": text}


def _invent_order(inventor: FakeData) -> Order:
    items = [_invent_item(inventor, number) for number in range(inventor.number(1, 3))]
    goods = sum(item["price"] * item["quantity"] for item in items)
    shipping = inventor.number(4, 20) * 100
    discount = goods // 1000 * 100 if inventor.happens(0.3) else 0
    return {
        "orderId": "",
        "sequence": "",
        "origin": "Marketplace",
        "salesChannel": "1",
        "status": "",
        "workflowIsInError": False,
        "value": goods - discount + shipping,
        "creationDate": "",
        "lastChange": "",
        "orderGroup": "",
        "totals": [
            {"id": "Items", "name": "Items", "value": goods},
            {"id": "Discounts", "name": "Discounts", "value": -discount},
            {"id": "Shipping", "name": "Shipping", "value": shipping},
        ],
        "items": items,
        "storePreferencesData": {"countryCode": "BRA", "currencyCode": "BRL"},
        "packageAttachment": {"packages": []},
        "invoicedDate": None,
        "isCompleted": True,
    }


def _invent_package(order: Order) -> dict[str, Any]:
    """Return the invoice of an order that was invoiced in full from the start."""
    items = []
    for index, item in enumerate(order["items"]):
        items.append({"itemIndex": index, "quantity": item["quantity"], "price": item["price"]})
    unknown = dict.fromkeys(
        ("courier", "trackingNumber", "trackingUrl", "invoiceUrl", "invoiceKey", "embeddedInvoice")
    )
    own = {
        "type": "Output",
        "invoiceNumber": order["sequence"].zfill(9),
        "issuanceDate": order["invoicedDate"],
        "invoiceValue": order["value"],
    }
    return {**unknown, **own, "items": items}


def _invent_item(inventor: FakeData, number: int) -> dict[str, Any]:
    product = inventor.pick(PRODUCTS)
    cents = int((product.price * 100).quantize(Decimal(1)))
    return {
        "uniqueId": inventor.code("0123456789ABCDEF", 8),
        "id": str(310_000 + number * 97 + inventor.number(1, 96)),
        "quantity": inventor.number(1, 3),
        "name": product.name,
        "refId": product.sku,
        "price": cents,
        "sellingPrice": cents,
        "tax": 0,
    }


def write_moment(moment: datetime) -> str:
    """Format a time as VTEX does: in UTC, with seven digits of a second's fraction."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f0+00:00")
