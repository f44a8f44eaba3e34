"""Flow's prices: an amount, its currency and a label for people."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "US$", "CAD": "CA$", "JPY": "¥"}
PLACES = {"JPY": 0}
EXACT = Context(prec=200, rounding=ROUND_HALF_UP)  # more digits than the numbers of any request


def round_price(amount: Decimal, currency: str) -> Decimal:
    """Round an amount to the places of its currency."""
    places = PLACES.get(currency, 2)
    return amount.quantize(Decimal(1).scaleb(-places), context=EXACT)


def show_price(amount: Decimal, currency: str) -> dict[str, Any]:
    """Return a price in the form of the API. A whole amount has no fraction."""
    sign = "-" if amount < 0 else ""
    shown = format(round_price(abs(amount), currency), ",f")
    return {
        "amount": show_number(amount),
        "currency": currency,
        "label": f"{sign}{SYMBOLS[currency]}{shown}",
    }


def show_levy(rate: Decimal, amount: Decimal, currency: str) -> dict[str, Any]:
    """Return a tax or a duty in the form of the API."""
    return {"rate": show_number(rate), "value": show_price(amount, currency)}


def show_number(number: Decimal) -> Decimal | int:
    """Drop the zeros at the end of a number, and the point if no digit follows it."""
    if number == number.to_integral_value(context=EXACT):
        return int(number)
    return number.normalize(EXACT)
