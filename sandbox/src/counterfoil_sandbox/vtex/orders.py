"""The orders of the VTEX part: invented, kept in SQLite, and changed by the invoices that are entered in them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Lock
from typing import Any

from ..invention import PRODUCTS, Inventor

Order = dict[str, Any]
SPREAD = timedelta(days=60)
TABLE = """
    CREATE TABLE orders (
        id TEXT PRIMARY KEY,
        created TEXT NOT NULL,
        status TEXT NOT NULL,
        buyer TEXT NOT NULL,
        view TEXT NOT NULL
    );
    CREATE INDEX order_created ON orders (created, id);
"""
SORTABLE = {"creationDate": "created", "orderId": "id", "status": "status"}


class Orders:
    """All orders; safe to use from several threads."""

    def __init__(self, seed: int, count: int, now: datetime) -> None:
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.executescript(TABLE)
        self._database.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?)", _invent(seed, count, now))

    def find(self, order_id: str) -> Order | None:
        """Return an order, None for an unknown identifier."""
        with self._lock:
            row = self._database.execute("SELECT view FROM orders WHERE id = ?", [order_id]).fetchone()
        return json.loads(row[0]) if row else None

    def change(self, order_id: str, alter: Callable[[Order], None]) -> None:
        """Alter an order in one step; what `alter` raises leaves it as it was."""
        with self._lock:
            (text,) = self._database.execute("SELECT view FROM orders WHERE id = ?", [order_id]).fetchone()
            order = json.loads(text)
            alter(order)
            self._database.execute(
                "UPDATE orders SET status = ?, view = ? WHERE id = ?", [order["status"], json.dumps(order), order_id]
            )

    def list(self, wanted: Mapping[str, str], sorting: str, limit: int, offset: int) -> tuple[list[tuple[str, Order]], int]:
        """Return some of the orders that match, each with its buyer's name, and how many match in all."""
        where, values = _write_conditions(wanted)
        name, _, direction = sorting.partition(",")
        order = f"{SORTABLE.get(name, 'created')} {'ASC' if direction == 'asc' else 'DESC'}, id"
        with self._lock:
            found = self._database.execute(
                f"SELECT buyer, view FROM orders {where} ORDER BY {order} LIMIT ? OFFSET ?",  # noqa: S608 -- our own words only
                [*values, limit, offset],
            ).fetchall()
            (total,) = self._database.execute(f"SELECT count(*) FROM orders {where}", values).fetchone()  # noqa: S608
        return [(buyer, json.loads(view)) for buyer, view in found], total

    def close(self) -> None:
        """Forget them."""
        self._database.close()


def _write_conditions(wanted: Mapping[str, str]) -> tuple[str, list[str]]:
    conditions = {"status": "status = ?", "after": "created >= ?", "before": "created <= ?", "text": "id || ' ' || buyer LIKE ?"}
    given = [name for name in conditions if wanted.get(name)]
    values = [f"%{wanted[name]}%" if name == "text" else wanted[name] for name in given]
    return f"WHERE {' AND '.join(conditions[name] for name in given)}" if given else "", values


def _invent(seed: int, count: int, now: datetime) -> Iterator[tuple[str, str, str, str, str]]:
    inventor = Inventor(seed, "vtex")
    for position in range(1, count + 1):
        created = now - SPREAD * ((count - position + inventor.chance()) / count)
        order = _invent_order(inventor, 1_172_452_900_000 + position, created)
        yield order["orderId"], order["creationDate"], order["status"], " ".join(inventor.person()), json.dumps(order)


def _invent_order(inventor: Inventor, group: int, created: datetime) -> Order:
    items = [_invent_item(inventor, number) for number in range(inventor.number(1, 3))]
    goods, shipping = sum(item["price"] * item["quantity"] for item in items), inventor.number(4, 20) * 100
    return {
        "orderId": f"{group}-01",
        "sequence": str(group % 1_000_000),
        "origin": "Marketplace",
        "salesChannel": "1",
        "status": inventor.pick(["ready-for-handling", "handling", "handling"]),
        "workflowIsInError": False,
        "value": goods + shipping,
        "creationDate": write_moment(created),
        "lastChange": write_moment(created),
        "orderGroup": str(group),
        "totals": [
            {"id": "Items", "name": "Items", "value": goods},
            {"id": "Discounts", "name": "Discounts", "value": 0},
            {"id": "Shipping", "name": "Shipping", "value": shipping},
        ],
        "items": items,
        "packageAttachment": {"packages": []},
        "invoicedDate": None,
        "isCompleted": True,
    }


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
