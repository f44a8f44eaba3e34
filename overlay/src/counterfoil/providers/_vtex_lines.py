"""The lines of VTEX's invoices: quantities and, if the account says what they are, prices."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..accounts import Account
from ..decimals import exact, shift
from ..invoice import Line
from ._mapping import NOTHING, Notes

if TYPE_CHECKING:
    from counterfoil_vtex import Order, Package, PackageItem

CENTS = 2  # decimals of VTEX's integer amounts, unless the account has minor_digits
UNITS = "un"  # VTEX's unit for items sold by the piece


def convert(cents: int, currency: str | None, account: Account) -> Decimal:
    """Return an integer amount in major units, with the account's `minor_digits`."""
    digits = account.find_minor_digits(currency)
    return shift(cents, -(CENTS if digits is None else digits))


def map_lines(
    order: Order, package: Package, currency: str | None, account: Account, notes: Notes
) -> tuple[Line, ...] | None:
    """Map the items of a package. Return None if there is no list."""
    if not isinstance(package.items, list):
        return None
    lines = []
    for index, item in enumerate(package.items):
        lines.append(_map_line(order, index, item, currency, account, notes))
    return tuple(lines)


def _map_line(
    order: Order,
    index: int,
    item: PackageItem,
    currency: str | None,
    account: Account,
    notes: Notes,
) -> Line:
    """Map a line. It has amounts only if the account has an `item_price`.

    VTEX's documentation is contradictory: a price may be for one unit or for the whole line.
    """
    amounts: dict[str, Any] = {}
    if item.price is not None and account.item_price is not None:
        amounts = _price_line(item, currency, account, notes)
    elif item.price is not None:
        text = (
            "item prices are in raw only: VTEX's documentation is contradictory on whether they "
            "are for one unit or for the line"
        )
        notes.warn("ambiguous-price", "lines[].unit_price", text)
    ordered = _find_ordered(order, index, item, notes)
    quantity, unit = _measure(index, item, ordered, account, notes)
    return Line(
        sku=ordered.id or None,
        name=ordered.name or None,
        quantity=quantity,
        unit=unit,
        note=item.description or None,
        **amounts,
    )


def _price_line(
    item: PackageItem, currency: str | None, account: Account, notes: Notes
) -> dict[str, Decimal]:
    """Return the price and the amount of a line, as the account says."""
    names = ("unit_price", "net")
    if account.prices_include_tax:
        names = ("unit_price_gross", "gross")
    unit, total = names
    price = convert(item.price or 0, currency, account)
    if account.item_price == "total":
        notes.provenance[f"lines[].{total}"] = "assumed"
        return {total: price}
    notes.provenance[f"lines[].{unit}"] = "assumed"
    if item.quantity is None or item.unit_multiplier not in (None, 1):
        return {unit: price}  # the price may be for a unit of measure, or for an item
    amount = _multiply(price, Decimal(item.quantity))
    if amount is None:
        return {unit: price}
    notes.provenance[f"lines[].{total}"] = "computed"
    return {unit: price, total: amount}


def _find_ordered(order: Order, index: int, item: PackageItem, notes: Notes) -> Any:
    """Return the item of the order that a line refers to, or NOTHING."""
    position = item.item_index
    if position is None or order.items is None:
        return NOTHING
    if 0 <= position < len(order.items):
        return order.items[position]
    text = f"the invoice has an item {position} that the order does not have"
    notes.warn("unknown-item", f"lines[{index}].sku", text)
    return NOTHING


def _measure(
    index: int, item: PackageItem, ordered: Any, account: Account, notes: Notes
) -> tuple[Decimal | None, str | None]:
    """Return the quantity and its unit: three units of half a kilogram are 1.5 kg.

    With the account's `item_quantity = "units"`, the quantity is 3, without a unit.
    """
    count = item.quantity
    multiplier = item.unit_multiplier
    if multiplier is None:
        multiplier = ordered.unit_multiplier
    unit = ordered.measurement_unit or None
    if unit == UNITS:
        unit = None
    if count is None:
        return None, unit
    quantity = Decimal(count)
    if multiplier is None or multiplier == 1:
        return quantity, unit
    path = f"lines[{index}].quantity"
    if multiplier <= 0:
        text = f"unitMultiplier is {multiplier}, which is invalid: the quantity is {count} units"
        notes.warn("unknown-value", path, text)
        return quantity, None
    if account.item_quantity == "units":
        return quantity, None
    measured = _multiply(quantity, multiplier)
    if measured is None:
        text = "the quantity has too many digits to be exact: it is in units, not in their measure"
        notes.warn("too-many-digits", path, text)
        return quantity, None
    notes.provenance["lines[].quantity"] = "computed"
    text = f"{count} units of {multiplier} {unit or ''}".strip()
    notes.warn("measured-quantity", path, f"the quantity is that of {text} each")
    return measured, unit


def _multiply(quantity: Decimal, multiplier: Decimal) -> Decimal | None:
    try:
        with exact():
            return quantity * multiplier
    except ArithmeticError:
        return None
