"""Exact arithmetic of amounts: what would have to be rounded is not worked out."""

from __future__ import annotations

from contextlib import AbstractContextManager
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow, localcontext

_EXACT = Context(prec=80, traps=[Inexact, InvalidOperation, Overflow])  # far above what any API sends; no result is rounded
ZERO = Decimal(0)


def exact() -> AbstractContextManager[Context]:
    """Make operators exact, `with exact(): net = price * quantity`; they raise ArithmeticError beyond 80 digits."""
    return localcontext(_EXACT)


def shift(amount: Decimal | int, places: int) -> Decimal:
    """Move the decimal point to the right: 1990 by -2 is 19.90, digits and all. Raises ArithmeticError for an absurd number."""
    return _EXACT.scaleb(Decimal(amount), places)


def tell_percent(fraction: Decimal) -> Decimal:
    """A rate in percent: 0.2 is 20 and 0.075 is 7.5, without an exponent. Raises ArithmeticError for an absurd number."""
    return _EXACT.add(_EXACT.scaleb(fraction, 2), ZERO)  # a zero without decimals makes 20 of 2E+1
