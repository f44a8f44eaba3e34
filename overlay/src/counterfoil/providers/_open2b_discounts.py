"""The discounts of Open2b's invoices, and the removal of tax from their amounts."""

from __future__ import annotations

from decimal import (
    ROUND_DOWN,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
)
from typing import Any, Literal

from msgspec import structs

from ..decimals import ZERO, count_decimals, exact, round_to
from ..invoice import Discount
from ._mapping import Notes

KINDS: dict[Any, Literal["percent", "amount"]] = {"PercentOff": "percent", "AmountOff": "amount"}
MODES: dict[Any, str] = {
    "Down": ROUND_DOWN,
    "HalfDown": ROUND_HALF_DOWN,
    "HalfEven": ROUND_HALF_EVEN,
    "HalfUp": ROUND_HALF_UP,
}
WIRE_DECIMALS = 2  # the decimals of Open2b's totals
DIVISION = Context(prec=60)


def map_discounts(found: Any, currency: str | None, notes: Notes) -> tuple[Discount, ...] | None:
    """Map the discounts. Return None if they were not among the selected fields."""
    if found.discounts is None:
        return None
    made = []
    for position, discount in enumerate(found.discounts, 1):
        kind = KINDS.get(discount.type)
        if kind is None:
            word = discount.type
            text = f"a discount has the unknown type {word!r}: it is in raw only"
            notes.warn("unknown-value", "discounts", text)
            continue
        value = discount.value
        amount = _find_amount(found, value, currency, notes) if kind == "amount" else None
        made.append(
            Discount(
                kind=kind,
                value=value,
                amount=amount,
                before_tax=_invert(found.discounts_include_taxes),
                position=position,
            )
        )
    return _find_rest(found, made, notes)


def _find_rest(found: Any, made: list[Discount], notes: Notes) -> tuple[Discount, ...]:
    """Return the discounts. If one amount is unknown, it is the rest of their sum.

    The sum is the difference of the subtotals before and after the discounts, without tax.
    """
    unknown = [index for index, one in enumerate(made) if one.amount is None]
    before = found.prediscount_subtotal
    after = found.subtotal
    if len(unknown) != 1 or len(made) < len(found.discounts) or before is None or after is None:
        return tuple(made)
    try:
        with exact():
            known = sum([one.amount for one in made if one.amount is not None], ZERO)
            rest = abs(before - after) - known
    except ArithmeticError:
        return tuple(made)
    if rest < 0 or made[unknown[0]].kind != "percent":
        return tuple(made)
    notes.provenance["discounts[].amount"] = "computed"
    made[unknown[0]] = structs.replace(made[unknown[0]], amount=rest)
    return tuple(made)


def _invert(includes_tax: bool | None) -> bool | None:
    return None if includes_tax is None else not includes_tax


def _find_amount(
    found: Any, value: Decimal | None, currency: str | None, notes: Notes
) -> Decimal | None:
    """Return the amount without tax (BT-92), or None if it cannot be determined."""
    includes_tax = found.discounts_include_taxes
    if value is None or includes_tax is None:
        return None
    if not includes_tax:
        return value
    decimals = min(count_decimals(currency or ""), WIRE_DECIMALS)
    try:
        with exact():
            amount = _take_tax_off(found, value, decimals)
    except ArithmeticError:
        amount = None
    if amount is None:
        text = "a discount includes tax that cannot be removed: its amount is left out"
        notes.warn("discount-with-tax", "discounts[].amount", text)
    else:
        notes.provenance["discounts[].amount"] = "computed"
    return amount


def _take_tax_off(found: Any, value: Decimal, decimals: int) -> Decimal | None:
    """Return a discount without tax.

    If all items have the same rate, it is computed with that rate. With several rates, it is the
    difference of the subtotals before and after the discount, if there is only one.
    """
    rates = _list_rates(found)
    if len(rates) == 1:
        return _divide(value * 100, 100 + rates.pop(), decimals, found.rounding)
    before = found.prediscount_subtotal
    after = found.subtotal
    if len(found.discounts) > 1 or before is None or after is None:
        return None
    difference = abs(before - after)  # in a credit note, both may be negative
    return difference if ZERO < difference <= value else None


def _list_rates(found: Any) -> set[Decimal]:
    """Return the tax rates of the items, or of the tax classes if the items were not selected."""
    items = found.items
    rates = [_find_rate(item) for item in items or ()]
    if items is None:
        rates = [tax.rate for tax in found.taxes or ()]
    return {ZERO if rate is None else rate for rate in rates}


def _find_rate(item: Any) -> Decimal | None:
    """Return the tax rate of an item. In the storefront API, it is within `tax`."""
    holder = item if hasattr(item, "tax_rate") else item.tax
    rate: Decimal | None = None
    if holder is not None:
        rate = getattr(holder, "tax_rate", None) if holder is item else holder.rate
    return rate


def _divide(dividend: Decimal, divisor: Decimal, decimals: int, rounding: Any) -> Decimal | None:
    """Divide and round like the store. Return None if the rounding mode is needed and unknown."""
    quotient = DIVISION.divide(dividend, divisor)
    cut = round_to(quotient, decimals, ROUND_DOWN)
    if cut == quotient:
        return cut
    mode = MODES.get(rounding.mode) if rounding else None
    return None if mode is None else round_to(quotient, decimals, mode)
