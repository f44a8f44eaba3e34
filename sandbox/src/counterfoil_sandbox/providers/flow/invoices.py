"""Invoices and credit memos of the Flow part.

Only the columns in which they differ are stored; the rest is invented when they are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zlib import crc32

from ... import exact_json
from ...database import Database, Row
from ...exact_json import Raw
from ...fake_data import FakeData
from .orders import Order, invent_order, total_lines
from .prices import show_price

# Orders that differ in everything. Beyond this number they differ in number, key and dates only.
MOULDS = 500
SPREAD = timedelta(days=120)
CHECKING = timedelta(seconds=5)  # until an invoice or a memo is available
CONDITIONS = {
    "ids": "id IN (SELECT value FROM json_each(?))",
    "key": "key = ?",
    "order_number": "order_number = ?",
}
MEMO_CONDITIONS = {
    **CONDITIONS,
    "order_number": "invoice IN (SELECT id FROM invoice WHERE order_number = ?)",
}
SORTABLE = {"created_at": "created", "key": "key", "id": "id"}
COLUMNS = ("id", "key", "order_number", "part", "parts", "mould", "created", "attributes")
ATTRIBUTES = ('{"channel":"web"}', '{"channel":"app"}', "{}")
MEMO = ("id", "invoice", "key", "created", "lines", "attributes")
TABLES = """
    CREATE TABLE invoice (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        order_number TEXT NOT NULL,
        part INTEGER NOT NULL,
        parts INTEGER NOT NULL,
        mould TEXT NOT NULL,
        created REAL NOT NULL,
        attributes TEXT NOT NULL
    );
    CREATE INDEX invoice_order ON invoice (order_number);
    CREATE INDEX invoice_created ON invoice (created, id);
    CREATE TABLE memo (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        invoice INTEGER NOT NULL,
        key TEXT NOT NULL,
        created REAL NOT NULL,
        lines TEXT NOT NULL,
        attributes TEXT NOT NULL,
        UNIQUE (invoice, key)
    );
"""

Record = dict[str, Any]
"""A row of a table, by the names of its columns."""


class Invoices:
    """All invoices with their credit memos, and the orders that they are for."""

    # Statements contain names of columns from this file and from enums of the specification;
    # values are bound.
    # ruff: noqa: S608

    def __init__(self, seed: int, count: int, now: datetime) -> None:
        self._seed = seed
        self._database = Database(TABLES)
        self._find_order = lru_cache(4 * MOULDS)(self._invent_order)
        self._database.insert("invoice", COLUMNS, self._invent(count, now))

    def find(self, wanted: Mapping[str, Any], sort: str, limit: int, offset: int) -> list[Record]:
        """Return the invoices that meet every filter."""
        rows = self._search("invoice", COLUMNS, CONDITIONS, wanted, sort, limit, offset)
        return [_name(COLUMNS, row) for row in rows]

    def list_memos(
        self, wanted: Mapping[str, Any], sort: str, limit: int, offset: int
    ) -> list[tuple[Record, Record]]:
        """Return the credit memos that meet every filter, each with its invoice."""
        rows = self._search("memo", MEMO, MEMO_CONDITIONS, wanted, sort, limit, offset)
        found = []
        for memo in [_name(MEMO, row) for row in rows]:
            [invoice] = self.find({"ids": [memo["invoice"]]}, "id", 1, 0)
            found.append((memo, invoice))
        return found

    def _search(
        self,
        table: str,
        columns: tuple[str, ...],
        conditions: Mapping[str, str],
        wanted: Mapping[str, Any],
        sort: str,
        limit: int,
        offset: int,
    ) -> list[Row]:
        where = " AND ".join(conditions[name] for name in wanted) or "1"
        direction = "DESC" if sort.startswith("-") else "ASC"
        column = SORTABLE[sort.removeprefix("-")]
        order = f"ORDER BY {column} {direction}, id {direction} LIMIT ? OFFSET ?"
        values = [
            exact_json.encode(value) if isinstance(value, list) else value
            for value in wanted.values()
        ]
        return self._database.run(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {where} {order}",
            [*values, limit, offset],
        )

    def find_one(self, key: str) -> Record | None:
        """Return the invoice with a key."""
        found = self.find({"key": key}, "id", 1, 0)
        return found[0] if found else None

    def find_of_order(self, number: str) -> list[Record]:
        """Return the invoices of an order, oldest first."""
        return self.find({"order_number": number}, "id", -1, 0)

    def add(
        self,
        key: str,
        number: str,
        part: int,
        parts: int,
        now: datetime,
        attributes: Mapping[str, str],
    ) -> None:
        """Store a new invoice for a part of an order."""
        row = (
            None,
            key,
            number,
            part,
            parts,
            f"order {number}",
            now.timestamp(),
            exact_json.encode(attributes),
        )
        self._database.insert("invoice", COLUMNS, [row])

    def change(self, number: int, order_number: str, attributes: Mapping[str, str]) -> None:
        """Replace the order and the attributes of an invoice."""
        known = self._database.run("SELECT order_number FROM invoice WHERE id = ?", [number])
        statement = "UPDATE invoice SET attributes = ? WHERE id = ?"
        self._database.run(statement, [exact_json.encode(attributes), number])
        if known != [(order_number,)]:
            moved = (
                "UPDATE invoice SET order_number = ?, mould = ?, part = 1, parts = 1 WHERE id = ?"
            )
            self._database.run(moved, [order_number, f"order {order_number}", number])

    def delete(self, number: int) -> None:
        """Delete an invoice."""
        self._database.run("DELETE FROM invoice WHERE id = ?", [number])

    def find_memos(self, invoice: int) -> list[Record]:
        """Return the credit memos of an invoice."""
        rows = self._database.run(
            f"SELECT {', '.join(MEMO)} FROM memo WHERE invoice = ?", [invoice]
        )
        return [_name(MEMO, row) for row in rows]

    def put_memo(
        self,
        invoice: int,
        key: str | None,
        now: datetime,
        lines: list[Any],
        attributes: Mapping[str, str],
    ) -> tuple[Record, bool]:
        """Store a memo. Return it, and whether it is new. Without a key, it gets one."""
        known = [each for each in self.find_memos(invoice) if each["key"] == key]
        texts = (exact_json.encode(lines), exact_json.encode(attributes))
        if known:
            statement = "UPDATE memo SET lines = ?, attributes = ? WHERE id = ?"
            self._database.run(statement, [*texts, known[0]["id"]])
        else:
            row = (None, invoice, key or "", now.timestamp(), *texts)
            self._database.insert("memo", MEMO, [row])
        if key is None:
            self._database.run("UPDATE memo SET key = printf('crm-%010x', id) WHERE key = ''")
        memos = self.find_memos(invoice)
        if key is not None:
            memos = [each for each in memos if each["key"] == key]
        return memos[-1], not known

    def delete_memo(self, number: int) -> None:
        """Delete a credit memo."""
        self._database.run("DELETE FROM memo WHERE id = ?", [number])

    def find_lines(self, invoice: Record) -> tuple[str, tuple[dict[str, Any], ...]]:
        """Return the currency and the lines of an invoice."""
        order = self._order(invoice)
        return order.currency, order.parts[invoice["part"] - 1]

    def show(self, invoice: Record, now: datetime) -> dict[str, Any]:
        """Return an invoice in the form of the API."""
        order = self._order(invoice)
        lines = order.parts[invoice["part"] - 1]
        created = _read_moment(invoice["created"])
        ordered = created - timedelta(hours=22)
        price = show_price(total_lines(lines), order.currency)
        payment = {"date": write_moment(ordered), "description": order.payment, "value": price}
        own = {
            **_show_head("cin", invoice, now),
            "number": _number_invoice(invoice["id"], created),
            "order": {
                "id": f"ord-{crc32(invoice['order_number'].encode()):010x}",
                "number": invoice["order_number"],
                "submitted_at": write_moment(ordered),
            },
            "payments": [{**payment, "billing_address": order.shown["billing_address"]}],
            "lines": order.shown_lines[invoice["part"] - 1],
            "estimated_delivery_date": write_moment(created + timedelta(days=3)),
        }
        return {**own, **order.shown}

    def show_memo(self, memo: Record, invoice: Record, now: datetime) -> dict[str, Any]:
        """Return a credit memo in the form of the API."""
        order = self._order(invoice)
        created = _read_moment(memo["created"])
        lines = exact_json.decode(memo["lines"].encode())
        price = show_price(total_lines(tuple(lines)), order.currency)
        head = _show_head("crm", memo, now)
        paid = {
            "date": write_moment(created + CHECKING),
            "description": f"Refund to {order.payment}",
            "value": price,
        }
        available = head["status"] == "available"
        moment = _read_moment(invoice["created"])
        reference = {
            "id": _id("cin", invoice),
            "key": invoice["key"],
            "number": _number_invoice(invoice["id"], moment),
        }
        shown: dict[str, Any] = dict(head)
        if available:
            shown["number"] = f"IE-{created.year}-C{memo['id']:05}"
        shown["invoice"] = reference
        shown["payments"] = [paid] if available else []
        shown["lines"] = Raw(memo["lines"])
        for name in ("entity", "tax_registration"):
            if name in order.shown:
                shown[name] = order.shown[name]
        return shown

    def is_available(self, record: Record, now: datetime) -> bool:
        """Whether an invoice or a memo is available to the consumer."""
        return _is_available(record, now)

    def close(self) -> None:
        """Delete everything."""
        self._database.close()

    def _order(self, invoice: Record) -> Order:
        return self._find_order(invoice["mould"], invoice["parts"])

    def _invent_order(self, mould: str, parts: int) -> Order:
        return invent_order(FakeData(self._seed, f"flow {mould}"), parts)

    def _invent(self, count: int, now: datetime) -> Iterator[Row]:
        inventor = FakeData(self._seed, "flow")
        position = 0
        number = 3000
        while position < count:
            number += 1
            parts = min(1 + inventor.happens(0.15), count - position)
            for part in range(1, parts + 1):
                position += 1
                created = now - SPREAD * ((count - position + 0.5) / count)
                columns = {
                    "id": position,
                    "key": f"W-{number}/{part}",
                    "order_number": f"W-{number}",
                    "part": part,
                    "parts": parts,
                    "mould": f"mould {number % MOULDS}",
                    "created": created.timestamp(),
                    "attributes": inventor.pick(ATTRIBUTES),
                }
                yield tuple(columns[name] for name in COLUMNS)


def write_moment(moment: datetime) -> str:
    """Format a time as Flow does, in UTC, with milliseconds."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


def _show_head(prefix: str, record: Record, now: datetime) -> dict[str, Any]:
    name = _id(prefix, record)
    available = _is_available(record, now)
    document = {
        "type": "pdf",
        "language": "en",
        "url": f"https://documents.flow.example/{name}/en.pdf",
    }
    return {
        "id": name,
        "status": "available" if available else "pending",
        "date": write_moment(_read_moment(record["created"])),
        "key": record["key"],
        "documents": [document] if available else [],
        "attributes": Raw(record["attributes"]),
    }


def _id(prefix: str, record: Record) -> str:
    return f"{prefix}-{record['id']:010x}"


def _number_invoice(number: int, created: datetime) -> str:
    return f"IE-{created.year}-{number:06}"


def _is_available(record: Record, now: datetime) -> bool:
    return bool(now.timestamp() - record["created"] >= CHECKING.total_seconds())


def _read_moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _name(columns: tuple[str, ...], row: Row) -> Record:
    return dict(zip(columns, row, strict=True))
