"""Flow's prices: an amount, its currency and a label for people."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "US$", "CAD": "CA$", "JPY": "¥"}
PLACES = {"JPY": 0}
EXACT = Context(prec=200, rounding=ROUND_HALF_UP)  # no form's number has so many digits


def round_price(amount: Decimal, currency: str) -> Decimal:
    """Round an amount to the places of its currency."""
    return amount.quantize(Decimal(1).scaleb(-PLACES.get(currency, 2)), context=EXACT)


def show_price(amount: Decimal, currency: str) -> dict[str, Any]:
    """Write a price; a whole amount has no fraction."""
    shown = format(round_price(abs(amount), currency), ",f")
    return {"amount": show_number(amount), "currency": currency, "label": f"{'-' * (amount < 0)}{SYMBOLS[currency]}{shown}"}


def show_levy(rate: Decimal, amount: Decimal, currency: str) -> dict[str, Any]:
    """Write a tax or a duty."""
    return {"rate": show_number(rate), "value": show_price(amount, currency)}


def show_number(number: Decimal) -> Decimal | int:
    """Drop the zeros at a number's end, and the point where nothing follows it."""
    return int(number) if number == number.to_integral_value(context=EXACT) else number.normalize(EXACT)
