"""The invoices of the Amazon part: invented, spread over the month before the sandbox starts, kept in SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Lock

from ..invention import PRODUCTS, Inventor
from .pdf import write_page

SPREAD = timedelta(days=30)
WAREHOUSES = ("BLR7", "DEL4", "BOM5")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GST = Decimal("0.18")
CENT = Decimal("0.01")
TABLE = """
    CREATE TABLE invoice (
        id INTEGER PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        warehouse TEXT NOT NULL,
        available REAL NOT NULL,
        seed INTEGER NOT NULL
    );
    CREATE INDEX invoice_available ON invoice (available, id);
"""

Position = tuple[float, int]
"""Where an invoice stands: when it became available, and its id among those of that moment."""


@dataclass(frozen=True, slots=True)
class Invoice:
    """The invoice of one purchase order."""

    id: int
    number: str
    warehouse: str
    available: float
    seed: int

    @property
    def position(self) -> Position:
        """Where the invoice stands among all."""
        return self.available, self.id

    def print_pdf(self) -> bytes:
        """Print the invoice, the same bytes each time."""
        return write_page(f"Invoice for {self.number}", _write_lines(self))


@dataclass(frozen=True, slots=True)
class Window:
    """Which invoices are looked for."""

    after: float
    before: float
    warehouse: str | None
    descending: bool


class Invoices:
    """All invoices; safe to use from several threads."""

    def __init__(self, seed: int, count: int, now: datetime) -> None:
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.executescript(TABLE)
        self._database.executemany("INSERT INTO invoice VALUES (?, ?, ?, ?, ?)", _invent(seed, count, now))

    def find(self, number: str) -> Invoice | None:
        """Return the invoice of a purchase order."""
        return next(iter(self._select("number = ?", number)), None)

    def find_page(self, window: Window, beyond: Position | None, limit: int) -> list[Invoice]:
        """Return the first invoices in a window, or those beyond a position."""
        compare, direction = ("<", "DESC") if window.descending else (">", "ASC")
        start = beyond or ((float("inf"), 0) if window.descending else (float("-inf"), 0))
        found = f"available > ? AND available < ? AND warehouse = coalesce(?, warehouse) AND (available, id) {compare} (?, ?)"
        order = f"ORDER BY available {direction}, id {direction} LIMIT ?"
        return self._select(f"{found} {order}", window.after, window.before, window.warehouse, *start, limit)

    def close(self) -> None:
        """Forget them."""
        self._database.close()

    def _select(self, rest: str, *values: str | float | None) -> list[Invoice]:
        with self._lock:
            rows = self._database.execute(f"SELECT * FROM invoice WHERE {rest}", values).fetchall()  # noqa: S608
        return [Invoice(*row) for row in rows]


def _invent(seed: int, count: int, now: datetime) -> Iterator[tuple[int, str, str, float, int]]:
    inventor, numbers = Inventor(seed, "amazon"), set[str]()
    for position in range(1, count + 1):
        number = _invent_number(inventor, numbers)
        age = SPREAD * ((count - position + inventor.chance()) / count)
        yield position, number, inventor.pick(WAREHOUSES), (now - age).timestamp(), inventor.number(1, 2**31)


def _invent_number(inventor: Inventor, taken: set[str]) -> str:
    number = "LX" + inventor.code(LETTERS, 7)
    while number in taken:
        number = "LX" + inventor.code(LETTERS, 7)
    taken.add(number)
    return number


def _write_lines(invoice: Invoice) -> Iterator[str]:
    inventor, total = Inventor(invoice.seed, "amazon invoice"), Decimal(0)
    yield from ("TAX INVOICE", "", "Invented by counterfoil-sandbox. It bills nobody.", "")
    yield from (f"Purchase order  {invoice.number}", f"Warehouse       {invoice.warehouse}")
    yield from (f"Billed to       {' '.join(inventor.person())}", f"                {inventor.street()}", "")
    for _ in range(inventor.number(1, 4)):
        product, quantity = inventor.pick(PRODUCTS), inventor.number(1, 3)
        amount = (product.price * quantity).quantize(CENT)
        total += amount
        yield f"{quantity:>3} x {product.name:<32}{amount:>12}"
    tax = (total * GST).quantize(CENT)
    yield from ("", f"{'Net':<38}{total:>12}", f"{'IGST 18%':<38}{tax:>12}", f"{'Total, INR':<38}{total + tax:>12}")
