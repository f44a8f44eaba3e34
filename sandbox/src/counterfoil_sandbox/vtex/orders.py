"""The orders of the VTEX part: invented, kept in SQLite, and changed by the invoices that are entered in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ..database import Database, Row
from ..invention import FIRST_NAMES, LAST_NAMES, PRODUCTS, Inventor

Order = dict[str, Any]
MOULDS = 500  # orders that differ in everything; beyond so many, they differ in identifier, date, buyer and status
SPREAD = timedelta(days=60)
FIRST_GROUP = 1_172_452_900_000
BUYERS = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
COLUMNS = ("id", "created", "invoiced", "returned", "status", "buyer", "total", "items", "mould", "view")
TABLES = """
    CREATE TABLE orders (
        id TEXT PRIMARY KEY, created TEXT NOT NULL, invoiced TEXT, returned INTEGER NOT NULL, status TEXT NOT NULL,
        buyer INTEGER NOT NULL, total INTEGER NOT NULL, items INTEGER NOT NULL, mould INTEGER NOT NULL, view TEXT
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
    "buyers": "+buyer IN (SELECT value FROM json_each(?))",  # by the order's index: there are few buyers, each with many orders
    "nothing": "NOT ?",
}


class Orders:
    """All orders."""

    # Names of columns come from this file, values never enter a statement.
    # ruff: noqa: S608

    def __init__(self, seed: int, count: int, now: datetime) -> None:
        self._seed = seed
        self._mould = lru_cache(MOULDS)(self._invent_mould)
        self._database = Database(TABLES)
        self._database.insert("orders", COLUMNS, self._invent(count, now))

    def find(self, order_id: str) -> Order | None:
        """Return an order, None for an unknown identifier."""
        rows = self._database.run(f"SELECT {', '.join(COLUMNS)} FROM orders WHERE id = ?", [order_id])
        return self._show(rows[0]) if rows else None

    def change(self, order_id: str, alter: Callable[[Order], None]) -> None:
        """Alter an order in one step; what `alter` raises leaves it as it was."""
        order = self.find(order_id) or {}
        alter(order)
        returned = any(each["type"] == "Input" for each in order["packageAttachment"]["packages"])
        values = [order["status"], order["value"], order["invoicedDate"], returned, json.dumps(order)]
        statement = "UPDATE orders SET status = ?, total = ?, invoiced = ?, returned = ?, view = ? WHERE id = ?"
        self._database.run(statement, [*values, order_id])

    def list(self, wanted: Mapping[str, Any], sorting: str, limit: int, offset: int) -> tuple[list[tuple[str, Order]], int]:
        """Return some of the orders that match, each with its buyer's name, and how many match in all."""
        given = {name: value for name, value in {**wanted, **_search(wanted.get("text", ""))}.items() if value not in ("", None)}
        given.pop("text", None)
        where = " AND ".join([CONDITIONS[name] for name in given] or ["1"])
        values = list(given.values())
        name, _, direction = sorting.partition(",")
        way = "ASC" if direction == "asc" else "DESC"
        order = f"ORDER BY {SORTABLE.get(name, 'created')} {way}, id {way} LIMIT ? OFFSET ?"
        statement = f"SELECT {', '.join(COLUMNS)} FROM orders WHERE {where} {order}"
        found = self._database.run(statement, [*values, limit, offset])
        [(total,)] = self._database.run(f"SELECT count(*) FROM orders WHERE {where}", values)
        return [(BUYERS[row[COLUMNS.index("buyer")]], self._show(row)) for row in found], total

    def close(self) -> None:
        """Forget them."""
        self._database.close()

    def _show(self, row: Row) -> Order:
        kept = dict(zip(COLUMNS, row, strict=True))
        if kept["view"]:
            shown: Order = json.loads(kept["view"])
            return shown
        group = kept["id"].partition("-")[0]
        own = {"orderId": kept["id"], "sequence": str(int(group) % 1_000_000), "orderGroup": group, "status": kept["status"]}
        dates = {"creationDate": kept["created"], "lastChange": kept["created"], "invoicedDate": kept["invoiced"]}
        order: Order = {**json.loads(self._mould(kept["mould"])[0]), **own, **dates}
        if kept["invoiced"]:
            order["packageAttachment"] = {"packages": [_invent_package(order)]}
            first, _, last = BUYERS[kept["buyer"]].partition(" ")
            order["invoiceData"] = {"address": None, "invoiceSubject": {"firstName": first, "lastName": last}}
        return order

    def _invent(self, count: int, now: datetime) -> Iterator[Row]:
        inventor = Inventor(self._seed, "vtex")
        for position in range(1, count + 1):
            created = now - SPREAD * ((count - position + inventor.chance()) / count)
            status, buyer = inventor.pick(("ready-for-handling", "handling", "invoiced")), inventor.number(0, len(BUYERS) - 1)
            invoiced = write_moment(created + (now - created) / 50) if status == "invoiced" else None
            _, total, items = self._mould(position % MOULDS)
            name, mould = f"{FIRST_GROUP + position}-01", position % MOULDS
            yield name, write_moment(created), invoiced, 0, status, buyer, total, items, mould, None

    def _invent_mould(self, number: int) -> tuple[str, int, int]:
        order = _invent_order(Inventor(self._seed, f"vtex {number}"))
        return json.dumps(order), order["value"], sum(item["quantity"] for item in order["items"])


def _search(text: str) -> dict[str, str]:
    """A text is looked for in the names of buyers, of whom none has a digit, or else is an order's identifier."""
    buyers = [number for number, name in enumerate(BUYERS) if text.lower() in name.lower()]
    return {"buyers": json.dumps(buyers)} if text and buyers else {"id": text}


def _invent_order(inventor: Inventor) -> Order:
    items = [_invent_item(inventor, number) for number in range(inventor.number(1, 3))]
    goods, shipping = sum(item["price"] * item["quantity"] for item in items), inventor.number(4, 20) * 100
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
    """The invoice of an order that was invoiced in full before anybody looked."""
    lines = enumerate(order["items"])
    items = [{"itemIndex": index, "quantity": item["quantity"], "price": item["price"]} for index, item in lines]
    unknown = dict.fromkeys(("courier", "trackingNumber", "trackingUrl", "invoiceUrl", "invoiceKey", "embeddedInvoice"))
    number, issued = order["sequence"].zfill(9), order["invoicedDate"]
    own = {"type": "Output", "invoiceNumber": number, "issuanceDate": issued, "invoiceValue": order["value"]}
    return {**unknown, **own, "items": items}


def _invent_item(inventor: Inventor, number: int) -> dict[str, Any]:
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
    """Write a moment as VTEX does: in UTC, with seven digits of a second's fraction."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f0+00:00")
