"""Holding an invoice against itself: what its amounts should be by each other. It reports and never repairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Any, Literal

from msgspec import Struct

from .amounts import ZERO, exact, shift
from .invoice import Invoice, Line, Rounding, Totals

MODES = {"down": ROUND_DOWN, "half_down": ROUND_HALF_DOWN, "half_even": ROUND_HALF_EVEN, "half_up": ROUND_HALF_UP}
CENT = Decimal("0.01")
INEXACT = Context(prec=80)  # in which amounts may be rounded


class Finding(Struct, frozen=True, kw_only=True):
    """Two amounts that do not agree.

    `place` is the field ("lines[0].net"), `found` its amount, `expected` what it should be by the rule, `tolerance` how far it
    may be off. An "error" breaks an identity that the provider documents; "info" depends on a reading that is not documented.
    """

    rule: str
    place: str
    expected: Decimal
    found: Decimal
    tolerance: Decimal
    severity: Literal["error", "info"]

    def __str__(self) -> str:
        amounts = f"{self.place} is {self.found}, expected {self.expected}"
        return f"{self.severity}: {amounts} ({self.rule}, tolerance {self.tolerance})"


def verify(invoice: Invoice) -> list[Finding]:
    """Hold the amounts of an invoice against each other; an amount that was not given is not looked at.

    Errors: the taxes add up to the tax (BR-CO-14), net and tax (and duty) to the gross (BR-CO-15), and a line's net is price
    times quantity in one of the ways that its rounding can be meant. Info: a line's and a class's tax by their rates (BR-CO-17),
    the sum of the lines (BR-CO-10), the net by lines, discounts and charges (BR-CO-13), the payments and the gross. Amounts
    of more digits than can be reckoned with are an error, and what they belong to is not looked at further.
    """
    rules = {"totals": _check_totals, "lines": _check_lines, "taxes": _check_taxes, "payments": _check_payments}
    findings: list[Finding] = []
    for place, rule in rules.items():
        try:
            with exact():
                findings += rule(invoice, _find_slack(invoice))
        except ArithmeticError:  # what cannot be checked is not passed over: it is found wanting
            findings += _compare("at most 80 can be reckoned with", f"digits of {place}", Decimal(80), Decimal(81), strict=True)
    return findings


def _compare(
    rule: str, place: str, expected: Decimal, found: Decimal, *, strict: bool = False, tolerance: Decimal = ZERO
) -> Iterator[Finding]:
    if abs(found - expected) > tolerance:
        severity: Literal["error", "info"] = "error" if strict else "info"
        yield Finding(rule=rule, place=place, expected=expected, found=found, tolerance=tolerance, severity=severity)


def _sum(parts: Iterable[Struct] | None, name: str) -> Decimal | None:
    """The sum of an amount over parts, None where there are no parts or one lacks it."""
    amounts: list[Any] = [None] if parts is None else [getattr(part, name) for part in parts]
    return None if None in amounts else sum(amounts, ZERO)


def _check_totals(invoice: Invoice, slack: Decimal) -> Iterator[Finding]:
    totals = invoice.totals or Totals()
    taxes, lines = _sum(invoice.taxes, "amount"), _sum(invoice.lines, "net")
    if taxes is not None and totals.tax is not None:
        yield from _compare("sum of taxes", "totals.tax", taxes, totals.tax, strict=True)
    if totals.net is not None and totals.tax is not None and totals.gross is not None:
        gross = totals.net + totals.tax + (totals.duty or ZERO)
        yield from _compare("net + tax", "totals.gross", gross, totals.gross, strict=True)
    if lines is not None and totals.lines_net is not None:
        tolerance = slack * len(invoice.lines or ())
        yield from _compare("sum of lines", "totals.lines_net", lines, totals.lines_net, tolerance=tolerance)
    charges = totals.charges if totals.charges is not None else _sum(invoice.charges, "net")
    if totals.lines_net is not None and totals.net is not None and charges is not None:
        net = totals.lines_net + charges - (totals.discount or ZERO)
        yield from _compare("lines - discount + charges", "totals.net", net, totals.net, tolerance=slack * 2)


def _check_lines(invoice: Invoice, slack: Decimal) -> Iterator[Finding]:
    for index, line in enumerate(invoice.lines or ()):
        if line.unit_price is not None and line.quantity is not None and line.net is not None:
            readings = _read_net(line.unit_price, line.quantity, line.discount or ZERO, invoice.rounding, line.net)
            if line.net not in readings:
                yield from _compare("price x quantity", f"lines[{index}].net", readings[0], line.net, strict=True)
        yield from _check_line_tax(index, line, slack)


def _read_net(price: Decimal, quantity: Decimal, discount: Decimal, rounding: Rounding | None, net: Decimal) -> list[Decimal]:
    """What the net can be: rounded by line, by item, or not at all. Which rule does what is not documented."""
    unrounded = price * quantity - discount
    if rounding is None or rounding.mode is None:
        return [unrounded]
    mode = MODES[rounding.mode]
    by_line, by_item = _round(unrounded, mode), _round(_round(price, mode) * quantity - discount, mode)
    return [by_item, by_line, unrounded] if rounding.rule == "per_item" else [by_line, by_item, unrounded]


def _round(amount: Decimal, mode: str) -> Decimal:
    return amount if amount.as_tuple().exponent >= -2 else amount.quantize(CENT, mode, INEXACT)  # type: ignore[operator]


def _check_line_tax(index: int, line: Line, slack: Decimal) -> Iterator[Finding]:
    if line.net is not None and line.tax_rate is not None and line.tax_amount is not None:
        tax, tolerance = shift(line.net * line.tax_rate, -2), slack * max(Decimal(1), abs(line.quantity or ZERO))
        yield from _compare("net x rate", f"lines[{index}].tax_amount", tax, line.tax_amount, tolerance=tolerance)


def _check_taxes(invoice: Invoice, slack: Decimal) -> Iterator[Finding]:
    for index, tax in enumerate(invoice.taxes or ()):
        if tax.taxable is not None and tax.rate is not None and tax.amount is not None:
            expected, tolerance = shift(tax.taxable * tax.rate, -2), slack * max(1, len(invoice.lines or ()))
            yield from _compare("taxable x rate", f"taxes[{index}].amount", expected, tax.amount, tolerance=tolerance)


def _check_payments(invoice: Invoice, slack: Decimal) -> Iterator[Finding]:
    """Payments in the invoice's currency, all together: less than the gross may be a part of it."""
    gross = invoice.totals.gross if invoice.totals else None
    payments = [payment for payment in invoice.payments or () if payment.currency == invoice.currency]
    if gross is not None and payments and (paid := _sum(payments, "amount")) is not None:
        yield from _compare("sum of payments", "totals.gross", paid, gross)


def _find_slack(invoice: Invoice) -> Decimal:
    """How far an amount may be rounded: half a cent, or half a unit where no line has fractions (yen); down, twice that."""
    nets = [line.net for line in invoice.lines or () if line.net is not None]
    cent = CENT if any(net.as_tuple().exponent < 0 for net in nets) or not nets else Decimal(1)  # type: ignore[operator]
    return cent if invoice.rounding is not None and invoice.rounding.mode == "down" else cent / 2
