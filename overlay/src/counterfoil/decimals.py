"""Exact arithmetic of amounts, and the number of decimals of each currency."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow, localcontext

# 80 digits are far more than any API sends. A result that would need rounding raises instead.
_EXACT = Context(prec=80, traps=[Inexact, InvalidOperation, Overflow])
_ROUNDING = Context(prec=80)
ZERO = Decimal(0)

# Currencies whose minor unit is not a hundredth: ISO 4217, list one, as published on 2026-01-01
# by SIX Financial Information, the maintenance agency. All other currencies have two decimals.
_DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_DECIMALS_OF = {code: digits for digits, codes in _DECIMALS.items() for code in codes.split()}


def exact() -> AbstractContextManager[Context]:
    """Return a context manager that makes decimal operators exact.

    Within `with exact(): net = price * quantity`, operators raise ArithmeticError if a result has
    more than 80 digits.
    """
    return localcontext(_EXACT)


def wide() -> AbstractContextManager[Context]:
    """Return a context manager in which decimal operators keep 80 digits, and round others."""
    return localcontext(_ROUNDING)


def add_amounts(parts: Iterable[object] | None, name: str) -> Decimal | None:
    """Return the sum of an amount of all parts; None if there are none, or one is unknown.

    It is rounded as the context says: see `exact`.
    """
    if parts is None:
        return None
    total = ZERO
    for part in parts:
        amount: Decimal | None = getattr(part, name)
        if amount is None:
            return None
        total += amount
    return total


def add_exactly(amounts: Iterable[Decimal]) -> Decimal:
    """Return the sum of amounts. Raises ArithmeticError if it has more than 80 digits.

    Like `with exact(): sum(amounts)`, and faster for few amounts.
    """
    total = ZERO
    for amount in amounts:
        total = _EXACT.add(total, amount)
    return total


def subtract_exactly(amount: Decimal, other: Decimal) -> Decimal:
    """Return a difference. Raises ArithmeticError if it has more than 80 digits."""
    return _EXACT.subtract(amount, other)


def negate(amount: Decimal) -> Decimal:
    """Return the amount with the opposite sign. Zero has no sign."""
    return amount.copy_negate() if amount else amount.copy_abs()


def shift(amount: Decimal | int, places: int) -> Decimal:
    """Move the decimal point to the right: 1990 by -2 is 19.90. All digits are kept.

    Raises ArithmeticError if the result is out of range.
    """
    return _EXACT.scaleb(Decimal(amount), places)


def to_percent(fraction: Decimal) -> Decimal:
    """Return a rate in percent, without an exponent: 0.2 is 20, and 0.075 is 7.5.

    Raises ArithmeticError if the result is out of range.
    """
    percent = _EXACT.scaleb(fraction, 2)
    return _EXACT.add(percent, ZERO)  # adding zero turns 2E+1 into 20


def count_decimals(currency: str) -> int:
    """Return the number of decimals of a currency: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217)."""
    return _DECIMALS_OF.get(currency, 2)


def round_to(amount: Decimal, decimals: int, mode: str) -> Decimal:
    """Round to a number of decimals. `mode` is a constant of `decimal`, such as ROUND_HALF_UP.

    An amount with no more decimals is returned unchanged. Raises ArithmeticError if the amount has
    more than 80 digits.
    """
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -decimals:
        return amount
    return amount.quantize(Decimal(1).scaleb(-decimals), mode, _ROUNDING)
