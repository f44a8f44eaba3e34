"""Check that the amounts of an invoice are consistent. Nothing is corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Literal

from . import en16931
from .decimals import ZERO, add_amounts, count_decimals, exact, round_to, shift
from .finding import Finding as Finding
from .finding import compare, make_unchecked
from .invoice import Invoice, Line, Rounding, Totals

MODES = {
    "down": ROUND_DOWN,
    "half_down": ROUND_HALF_DOWN,
    "half_even": ROUND_HALF_EVEN,
    "half_up": ROUND_HALF_UP,
}
ALL_MODES = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN, ROUND_DOWN)
CENTS = 2  # decimals of most currencies, and of totals on most platforms
ALL_DECIMALS = (2, 0, 3)  # possible decimals of an unknown currency

Rules = Literal["documented", "en16931"]


def verify(invoice: Invoice, rules: Rules = "documented") -> list[Finding]:
    """Check that the amounts of an invoice are consistent. Missing amounts are not checked.

    With the rules "en16931", it checks those of the European standard about amounts instead, as
    their official validation does: BR-CO-03, 04, 10 to 18, 25 and 26, BR-DEC, and -08, -09 and -10
    of each tax category. Their codes are those of the findings. An invoice without errors may be
    written as an e-invoice. The amounts of lines (gross) and the decimals of the currency are info.

    By default, errors are violations of what the platforms document.

    Errors: the sum of the taxes is not the tax (BR-CO-14); net, tax and duty do not add up to the
    gross (BR-CO-15); the net of a line is not price times quantity, under any interpretation of its
    rounding. Amounts are rounded to the decimals of their currency (ISO 4217). Amounts with more
    than 80 digits are an error too, and their part of the invoice is not checked further.

    Info: the tax of a line or a tax class does not match its rate (BR-CO-17); the sum of the lines
    (BR-CO-10), the net from lines, discounts and charges (BR-CO-13), or the sum of the payments
    does not match the total.
    """
    if rules not in CHECKS:
        raise ValueError(f"rules must be {' or '.join(CHECKS)}, not {rules!r}")
    findings: list[Finding] = []
    for place, check in CHECKS[rules].items():
        try:
            with exact():
                findings += check(invoice)
        except ArithmeticError:  # amounts that cannot be checked are reported, too
            findings += compare(
                "at most 80 digits",
                f"digits of {place}",
                Decimal(80),
                Decimal(81),
                strict=True,
            )
    return findings


def _check_totals(invoice: Invoice) -> Iterator[Finding]:
    slack = _find_slack(invoice)
    totals = invoice.totals or Totals()
    taxes = add_amounts(invoice.taxes, "amount")
    if taxes is not None and totals.tax is not None:
        yield from compare("sum of taxes", "totals.tax", taxes, totals.tax, strict=True)
    if totals.net is not None and totals.tax is not None and totals.gross is not None:
        gross = totals.net + totals.tax + (totals.duty or ZERO)
        yield from compare("net + tax", "totals.gross", gross, totals.gross, strict=True)
    yield from _check_sum_of_lines(invoice, totals, slack)
    yield from _check_net(invoice, totals, slack)


def _check_sum_of_lines(invoice: Invoice, totals: Totals, slack: Decimal) -> Iterator[Finding]:
    if totals.lines_net is None or not invoice.lines:
        return
    lines = add_amounts(invoice.lines, "net")
    if lines is None:
        yield make_unchecked("totals.lines_net", totals.lines_net, "a line has no net")
        return
    tolerance = slack * len(invoice.lines)
    yield from compare(
        "sum of lines", "totals.lines_net", lines, totals.lines_net, tolerance=tolerance
    )


def _check_net(invoice: Invoice, totals: Totals, slack: Decimal) -> Iterator[Finding]:
    if totals.lines_net is None or totals.net is None:
        return
    charges = totals.charges if totals.charges is not None else add_amounts(invoice.charges, "net")
    if charges is None:
        yield make_unchecked("totals.net", totals.net, "the charges are unknown")
        return
    if totals.discount is None and invoice.discounts:
        yield make_unchecked("totals.net", totals.net, "the sum of the discounts is unknown")
        return
    net = totals.lines_net + charges - (totals.discount or ZERO)
    yield from compare(
        "lines - discount + charges", "totals.net", net, totals.net, tolerance=slack * 2
    )


def _check_lines(invoice: Invoice) -> Iterator[Finding]:
    slack = _find_slack(invoice)
    for index, line in enumerate(invoice.lines or ()):
        yield from _check_line_net(index, line, invoice)
        yield from _check_line_tax(index, line, slack)


def _check_line_net(index: int, line: Line, invoice: Invoice) -> Iterator[Finding]:
    if line.unit_price is None or line.quantity is None or line.net is None:
        return
    strict, lenient = _choose_decimals(invoice.currency)
    readings = _read_net(line, invoice.rounding, strict)
    if line.net in readings:
        return
    is_possible = False
    for decimals in lenient:
        if line.net in _read_net(line, invoice.rounding, decimals):
            is_possible = True
            break
    yield from compare(
        "price x quantity", f"lines[{index}].net", readings[0], line.net, strict=not is_possible
    )


def _choose_decimals(currency: str | None) -> tuple[int, tuple[int, ...]]:
    """Return the decimals of a currency, and other decimals that an amount may be rounded to.

    An unknown currency may have any. Platforms that always write two decimals cannot write the
    third one of a dinar.
    """
    if currency is None:
        return CENTS, ALL_DECIMALS
    decimals = count_decimals(currency)
    if decimals > CENTS:
        return decimals, (CENTS,)
    return decimals, ()


def _read_net(line: Line, rounding: Rounding | None, decimals: int) -> list[Decimal]:
    """Return the possible net amounts: rounded by line, rounded by item, and not rounded.

    Providers do not document the rules. If the rounding mode is unknown, it may be any.
    """
    price = line.unit_price or ZERO
    quantity = line.quantity or ZERO
    discount = line.discount or ZERO
    unrounded = price * quantity - discount
    mode = rounding.mode if rounding else None
    first_by_item = rounding is not None and rounding.rule == "per_item"
    readings = []
    for way in ALL_MODES if mode is None else (MODES[mode],):
        by_line = round_to(unrounded, decimals, way)
        rounded_price = round_to(price, decimals, way)
        by_item = round_to(rounded_price * quantity - discount, decimals, way)
        readings += [by_item, by_line] if first_by_item else [by_line, by_item]
    return [*readings, unrounded]


def _check_line_tax(index: int, line: Line, slack: Decimal) -> Iterator[Finding]:
    if line.net is None or line.tax_rate is None or line.tax_amount is None:
        return
    expected = shift(line.net * line.tax_rate, -2)
    units = max(Decimal(1), abs(line.quantity or ZERO))  # each unit may have been rounded
    path = f"lines[{index}].tax_amount"
    yield from compare("net x rate", path, expected, line.tax_amount, tolerance=slack * units)


def _check_taxes(invoice: Invoice) -> Iterator[Finding]:
    slack = _find_slack(invoice)
    lines = max(1, len(invoice.lines or ()))  # the tax of each line may have been rounded
    for index, tax in enumerate(invoice.taxes or ()):
        if tax.taxable is None or tax.rate is None or tax.amount is None:
            continue
        expected = shift(tax.taxable * tax.rate, -2)
        path = f"taxes[{index}].amount"
        yield from compare("taxable x rate", path, expected, tax.amount, tolerance=slack * lines)


def _check_payments(invoice: Invoice) -> Iterator[Finding]:
    """Compare the sum of all payments in the invoice's currency with the gross.

    A smaller sum may be a partial payment, so this is never an error.
    """
    gross = invoice.totals.gross if invoice.totals else None
    payments = [one for one in invoice.payments or () if one.currency == invoice.currency]
    if gross is None or not payments:
        return
    paid = add_amounts(payments, "amount")
    if paid is not None:
        yield from compare("sum of payments", "totals.gross", paid, gross)


def _find_slack(invoice: Invoice) -> Decimal:
    """Return the largest rounding error of an amount.

    It is half a unit of the currency's last decimal, or a whole unit if the provider rounds down.
    An unknown currency is assumed to have no decimals if no line has a fraction.
    """
    decimals = CENTS
    if invoice.currency is not None:
        decimals = count_decimals(invoice.currency)
    else:
        nets = [line.net for line in invoice.lines or () if line.net is not None]
        if nets and not any(_has_decimals(net) for net in nets):
            decimals = 0
    unit = Decimal(1).scaleb(-decimals)
    rounds_down = invoice.rounding is not None and invoice.rounding.mode == "down"
    return unit if rounds_down else unit / 2


def _has_decimals(amount: Decimal) -> bool:
    """Return whether an amount is written with decimals, even if they are zeros."""
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and exponent < 0


CHECKS: dict[str, dict[str, Callable[[Invoice], Iterator[Finding]]]] = {
    "documented": {
        "totals": _check_totals,
        "lines": _check_lines,
        "taxes": _check_taxes,
        "payments": _check_payments,
    },
    "en16931": {
        "totals": en16931.check_totals,
        "taxes": en16931.check_taxes,
        "parts": en16931.check_parts,
        "decimals": en16931.check_decimals,
    },
}
"""The checks of each set of rules, by the part of the invoice that they are about."""
