"""Exact totals of invoices by account, currency, month and other columns."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal, Inexact
from typing import Any

from .decimals import ZERO
from .invoice import Invoice
from .rows import Row

DEFAULT_GROUPS = ("account", "currency", "month")
# The columns that make groups.
GROUPS = (
    "provider",
    "account",
    "kind",
    "status",
    "currency",
    "day",
    "month",
    "year",
    "seller_name",
    "buyer_name",
)
# The names of the sums, and the amounts that are added up.
ADDED = {"net": "signed_net", "tax": "signed_tax", "gross": "signed_gross", "due": "signed_due"}
# Far more digits than the amounts have that a store accepts; a sum that needs more raises.
_EXACT = Context(prec=450, traps=[Inexact])


class ExactSum:
    """Adds up amounts exactly; None is ignored. As an aggregate function of SQLite, too."""

    def __init__(self) -> None:
        self.sum = ZERO

    def step(self, amount: Any, /) -> None:
        """Add an amount: a Decimal, a text or None.

        Raises ArithmeticError if the sum has more than 450 digits.
        """
        if amount is not None:
            self.sum = _EXACT.add(self.sum, Decimal(amount))

    def finalize(self) -> str:
        """Return the sum as a text."""
        return str(self.sum)


def check_groups(by: Iterable[str]) -> tuple[str, ...]:
    """Return the columns that make groups. Raises ValueError if one of them cannot."""
    names = (by,) if isinstance(by, str) else tuple(by)
    for name in names:
        if name not in GROUPS:
            raise ValueError(f"totals cannot be grouped by {name!r}: use {', '.join(GROUPS)}")
    return names


def add_up(invoices: Iterable[Invoice], by: Iterable[str] = DEFAULT_GROUPS) -> list[Row]:
    """Return the sums of the signed amounts of invoices for each group, exact, and sorted.

    `by` are columns, of which "month" is written 2026-10. Each row has them, the number of
    `invoices`, of which `not_fiscal` are proformas or of an unknown kind and add nothing, the sums
    `net`, `tax`, `gross` and `due`, and beside each the number of fiscal documents in which the
    amount is unknown, such as `without_net`. Invoices that were deleted at the provider are left
    out. Amounts of different currencies are only added if `by` lacks "currency".

    Raises ValueError for an unknown column, and ArithmeticError if a sum has more than 450 digits.
    """
    groups = check_groups(by)
    found: dict[tuple[Any, ...], Row] = {}
    for invoice in invoices:
        if invoice.deleted_at is None:
            key = tuple([_find_group(invoice, name) for name in groups])
            row = found.get(key)
            if row is None:
                row = found[key] = _make_row(groups, key)
            _add(row, invoice)
    return [found[key] for key in sorted(found, key=_sort)]


def _make_row(groups: tuple[str, ...], key: tuple[Any, ...]) -> Row:
    row: Row = {**dict(zip(groups, key, strict=True)), "invoices": 0, "not_fiscal": 0}
    for name in ADDED:
        row |= {name: ZERO, f"without_{name}": 0}
    return row


def _add(row: Row, invoice: Invoice) -> None:
    row["invoices"] += 1
    row["not_fiscal"] += not invoice.is_fiscal
    for name, signed in ADDED.items():
        amount: Decimal | None = getattr(invoice, signed)
        if amount is not None:
            row[name] = _EXACT.add(row[name], amount)
        elif invoice.is_fiscal:
            row[f"without_{name}"] += 1


def _find_group(invoice: Invoice, name: str) -> str | None:
    if name in ("day", "month", "year"):
        day = invoice.day
        length = {"day": 10, "month": 7, "year": 4}[name]
        return None if day is None else day.isoformat()[:length]
    holder = invoice.ref if name in ("provider", "account", "kind") else invoice
    text: str | None = getattr(holder, name)
    return text


def _sort(key: tuple[Any, ...]) -> list[tuple[bool, str]]:
    """Return what groups are sorted by: unknown values come first."""
    return [(value is not None, value or "") for value in key]
