"""The signs of amounts, by the same rules for all providers.

The amounts of a credit note are positive. Some platforms and merchants write them as negative; then
the signs of all amounts in the document are changed. In every document, a unit price is never
negative (EN 16931, BR-27); the quantity has the sign instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

from msgspec import Struct, structs

from ..decimals import ZERO, add_exactly, negate
from ..invoice import Invoice, InvoiceWarning, Line, Payment

PartT = TypeVar("PartT", bound=Struct)

REVERSED = ("credit_note", "return_invoice")
DECIDING_TOTALS = ("gross", "net", "tax", "lines_net")
DECIDING_PARTS = (
    ("taxes", "amount"),
    ("taxes", "taxable"),
    ("lines", "net"),
    ("lines", "gross"),
    ("lines", "tax_amount"),
    ("charges", "net"),
)
AMOUNTS = {
    "lines": ("net", "gross", "discount", "tax_amount", "duty_amount"),
    "discounts": ("value", "amount"),
    "charges": ("net", "tax_amount", "duty_amount"),
    "taxes": ("taxable", "amount"),
}
CORRECTED = "the sign of price and quantity did not match the line's amount, and was corrected"
TURNED = "the amounts of this document are negative at the provider: they are positive here"


def set_signs(invoice: Invoice, *, unsigned: tuple[str, ...] = ()) -> Invoice:
    """Return the invoice with the documented signs. A change adds a warning.

    `unsigned` are the parts that the provider always writes without a sign, such as "discounts".
    They do not indicate the sign of the document, and stay positive.
    """
    is_reversed = invoice.ref.kind in REVERSED
    is_turned = is_reversed and _is_negative(invoice, unsigned)
    if is_reversed and invoice.payments:
        invoice = structs.replace(invoice, payments=_turn_payments(invoice.payments))
    if is_turned:
        invoice = _turn(invoice, unsigned)
    return _set_line_signs(invoice, is_reversed, is_turned)


def _is_negative(invoice: Invoice, unsigned: tuple[str, ...]) -> bool:
    """Return whether the first amount other than zero is negative, beginning with the totals."""
    for amount in _list_deciding(invoice, unsigned):
        if amount:
            return amount < 0
    return False


def _list_deciding(invoice: Invoice, unsigned: tuple[str, ...]) -> Iterator[Decimal]:
    for name in DECIDING_TOTALS:
        yield getattr(invoice.totals, name, None) or ZERO
    for field, name in DECIDING_PARTS:
        if field not in unsigned:
            yield _add(getattr(part, name) for part in getattr(invoice, field) or ())
    yield _add(_sign_quantity(line) for line in invoice.lines or ())


def _add(amounts: Iterable[Decimal | None]) -> Decimal:
    """Return the sum of amounts, or zero if it has too many digits to be exact."""
    try:
        return add_exactly([amount for amount in amounts if amount is not None])
    except ArithmeticError:
        return ZERO


def _has_negative_price(line: Line) -> bool:
    price = line.unit_price if line.unit_price is not None else line.unit_price_gross
    return price is not None and price < 0


def _is_negative_line(line: Line) -> bool:
    """Return whether the quantity is negative, and the amount positive."""
    amount = _find_amount(line) or ZERO
    quantity = line.quantity or ZERO
    return amount > 0 and quantity < 0


def _find_amount(line: Line) -> Decimal | None:
    return line.net or line.gross or line.tax_amount


def _sign_quantity(line: Line) -> Decimal | None:
    """Return the quantity, with the sign of price x quantity."""
    if line.quantity is None or not _has_negative_price(line):
        return line.quantity
    return negate(line.quantity)


def _turn(invoice: Invoice, unsigned: tuple[str, ...]) -> Invoice:
    """Return the invoice with the opposite signs, and a warning."""
    changed: dict[str, Any] = {}
    for field, names in AMOUNTS.items():
        change = Decimal.copy_abs if field in unsigned else negate
        parts = getattr(invoice, field)
        if parts:
            changed[field] = tuple([_change(part, names, change) for part in parts])
    if invoice.totals:
        changed["totals"] = _change(invoice.totals, invoice.totals.__struct_fields__, negate)
    warning = InvoiceWarning(code="negative-amounts", text=TURNED)
    return structs.replace(invoice, **changed, warnings=(*invoice.warnings, warning))


def _change(part: PartT, names: Iterable[str], change: Callable[[Decimal], Decimal]) -> PartT:
    """Return a part with its amounts changed. Amounts that are None stay None."""
    changed: dict[str, Decimal] = {}
    for name in names:
        amount = getattr(part, name)
        if amount is not None:
            changed[name] = change(amount)
    return structs.replace(part, **changed)


def _turn_payments(payments: tuple[Payment, ...]) -> tuple[Payment, ...]:
    """Return refunds as positive amounts.

    Their sign is not documented, and is independent of the sign of the lines.
    """
    if _add(payment.amount for payment in payments) >= 0:
        return payments
    return tuple([_change(payment, ("amount",), negate) for payment in payments])


def _set_line_signs(invoice: Invoice, is_reversed: bool, is_turned: bool) -> Invoice:
    """Return the invoice with corrected prices and quantities.

    Lines without an amount are corrected if their quantities in a reversed document are negative.
    """
    lines = invoice.lines or ()
    if not is_reversed and not any(map(_has_negative_price, lines)):
        return invoice
    bare = [line for line in lines if not _find_amount(line)]
    is_bare_negative = is_reversed and _add(_sign_quantity(line) for line in bare) < 0
    made = []
    for line in lines:
        is_bare = is_bare_negative and not _find_amount(line)
        is_wrong = is_bare or is_turned or _has_negative_price(line)
        is_wrong = is_wrong or (is_reversed and _is_negative_line(line))
        made.append(_set_line_sign(line, is_bare) if is_wrong else line)
    changed = [index for index, line in enumerate(lines) if made[index] is not line]
    if not changed:
        return invoice
    warnings = list(invoice.warnings)
    if not is_turned:  # otherwise, there is a warning for the whole document
        for index in changed:
            path = f"lines[{index}].quantity"
            warnings.append(InvoiceWarning(code="line-sign", path=path, text=CORRECTED))
    return structs.replace(invoice, lines=tuple(made), warnings=tuple(warnings))


def _set_line_sign(line: Line, is_bare: bool) -> Line:
    """Make the prices positive, and give the quantity the sign of the line's amount."""
    changes: dict[str, Decimal] = {}
    for name in ("unit_price", "unit_price_gross"):
        price = getattr(line, name)
        if price is not None and price < 0:
            changes[name] = price.copy_abs()
    quantity = _sign_quantity(line)
    amount = _find_amount(line)
    if quantity and amount:
        quantity = quantity.copy_abs().copy_sign(amount)
    elif quantity is not None and is_bare:
        quantity = negate(quantity)
    if quantity is not None and quantity != line.quantity:
        changes["quantity"] = quantity
    return structs.replace(line, **changes) if changes else line
