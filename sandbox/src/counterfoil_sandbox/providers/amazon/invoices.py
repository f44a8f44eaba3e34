"""Invoices of the Amazon part, in SQLite. They are invented for the month before the start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Lock

from ...database import connect_in_memory
from ...fake_data import PRODUCTS, FakeData
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
"""The sort key of an invoice: when it became available, and its id."""


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
        """The sort key of the invoice."""
        return self.available, self.id

    def print_pdf(self) -> bytes:
        """Return the invoice as a PDF, always the same bytes."""
        return write_page(f"Invoice for {self.number}", _write_lines(self))


@dataclass(frozen=True, slots=True)
class Window:
    """The filters and the order of a search."""

    after: float
    before: float
    warehouse: str | None
    descending: bool


class Invoices:
    """All invoices; safe to use from several threads."""

    def __init__(self, seed: int, count: int, now: datetime) -> None:
        self._lock = Lock()
        self._database = connect_in_memory(self)
        self._database.executescript(TABLE)
        self._database.executemany(
            "INSERT INTO invoice VALUES (?, ?, ?, ?, ?)", _invent(seed, count, now)
        )

    def find(self, number: str) -> Invoice | None:
        """Return the invoice of a purchase order."""
        found = self._select("number = ?", number)
        return found[0] if found else None

    def find_page(self, window: Window, beyond: Position | None, limit: int) -> list[Invoice]:
        """Return the first invoices in a window, or those beyond a position."""
        if window.descending:
            compare = "<"
            direction = "DESC"
            start = float("inf")
        else:
            compare = ">"
            direction = "ASC"
            start = float("-inf")
        position = beyond or (start, 0)
        conditions = (
            "available > ? AND available < ? AND warehouse = coalesce(?, warehouse)"
            f" AND (available, id) {compare} (?, ?)"
        )
        order = f"ORDER BY available {direction}, id {direction} LIMIT ?"
        bounds = (window.after, window.before, window.warehouse)
        return self._select(f"{conditions} {order}", *bounds, *position, limit)

    def close(self) -> None:
        """Delete all invoices."""
        self._database.close()

    def _select(self, rest: str, *values: str | float | None) -> list[Invoice]:
        statement = f"SELECT * FROM invoice WHERE {rest}"  # noqa: S608 -- values are bound
        with self._lock:
            rows = self._database.execute(statement, values).fetchall()
        return [Invoice(*row) for row in rows]


def _invent(seed: int, count: int, now: datetime) -> Iterator[tuple[int, str, str, float, int]]:
    inventor = FakeData(seed, "amazon")
    numbers: set[str] = set()
    for position in range(1, count + 1):
        number = _invent_number(inventor, numbers)
        age = SPREAD * ((count - position + inventor.chance()) / count)
        available = (now - age).timestamp()
        warehouse = inventor.pick(WAREHOUSES)
        own_seed = inventor.number(1, 2**31)
        yield position, number, warehouse, available, own_seed


def _invent_number(inventor: FakeData, taken: set[str]) -> str:
    number = "LX" + inventor.code(LETTERS, 7)
    while number in taken:
        number = "LX" + inventor.code(LETTERS, 7)
    taken.add(number)
    return number


def _write_lines(invoice: Invoice) -> Iterator[str]:
    inventor = FakeData(invoice.seed, "amazon invoice")
    total = Decimal(0)
    yield from ("TAX INVOICE", "", "Invented by counterfoil-sandbox. It bills nobody.", "")
    yield f"Purchase order  {invoice.number}"
    yield f"Warehouse       {invoice.warehouse}"
    yield f"Billed to       {' '.join(inventor.person())}"
    yield f"                {inventor.street()}"
    yield ""
    for _ in range(inventor.number(1, 4)):
        product = inventor.pick(PRODUCTS)
        quantity = inventor.number(1, 3)
        amount = (product.price * quantity).quantize(CENT)
        total += amount
        yield f"{quantity:>3} x {product.name:<32}{amount:>12}"
    tax = (total * GST).quantize(CENT)
    yield ""
    yield f"{'Net':<38}{total:>12}"
    yield f"{'IGST 18%':<38}{tax:>12}"
    yield f"{'Total, INR':<38}{total + tax:>12}"
