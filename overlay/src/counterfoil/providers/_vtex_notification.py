"""Add an invoice to a VTEX order, with exact amounts."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from counterfoil_core.errors import OutcomeUnknown
from msgspec import UNSET, UnsetType, structs

from ..decimals import count_decimals, exact, shift
from ..errors import NotificationError
from ..invoice import Invoice, Line

if TYPE_CHECKING:
    from counterfoil_vtex import InvoicedItem, InvoiceNotification, InvoiceReceipt

Price = Literal["unit_price", "unit_price_gross", "net", "gross"]
CENTS = 2  # decimals of VTEX's integer amounts
TYPES = {"invoice": "Output", "shipping_invoice": "Output", "return_invoice": "Input"}


def draft_notification(
    invoice: Invoice,
    *,
    minor_digits: int | None = None,
    kind: Literal["Output", "Input"] | None = None,
    issued_at: datetime | None = None,
    price: Price = "unit_price",
) -> InvoiceNotification:
    """Return the notification of an invoice with lines.

    Pass it to `notify`, or as arguments to `client.invoices.notify` of an async client.

    `kind` is Output for a sale or Input for a return. It is required if the invoice's own kind is
    ambiguous. `issued_at` is required if the invoice only has a day of issue. `price` is the amount
    of a line that is sent as the price of an item: VTEX's current documentation requires the price
    of one unit, earlier versions the price of the line. `minor_digits` is the number of decimals in
    VTEX's integer amounts. The default is 2; it is required for currencies with other decimals.

    Raises NotificationError, with the field, if a value is missing, a quantity is not an integer,
    or an amount has a fraction of a cent. Nothing is rounded.
    """
    from counterfoil_vtex import InvoiceNotification, InvoiceType

    word = kind or TYPES.get(invoice.ref.kind)
    if word is None:
        raise NotificationError(
            f"a {invoice.ref.kind} may be a sale or a return: pass kind, Output or Input"
        )
    moment = issued_at or invoice.issued_at
    if moment is None or moment.utcoffset() is None:
        raise NotificationError(
            "the invoice has no moment of issue: pass issued_at, with a time zone"
        )
    if not invoice.number:
        raise NotificationError("the invoice has no number")
    if not invoice.lines:
        raise NotificationError("the invoice has no lines, and VTEX requires the invoiced items")
    minor_digits = _choose_digits(minor_digits, invoice.currency)
    gross = invoice.totals.gross if invoice.totals else None
    value = _convert_to_cents(gross, "totals.gross", minor_digits)
    if value <= 0:
        raise NotificationError(
            f"totals.gross is {value} cents, and VTEX only accepts values above zero"
        )
    items = []
    for index, line in enumerate(invoice.lines):
        items.append(_draft_item(index, line, price, minor_digits))
    return InvoiceNotification(
        type=InvoiceType(word),
        issuance_date=moment,
        invoice_number=invoice.number,
        invoice_value=str(value),
        items=items,
        invoice_url=_find_url(invoice),
    )


def _find_url(invoice: Invoice) -> str | UnsetType:
    for document in invoice.documents or ():
        if document.url:
            return document.url
    return UNSET


def _choose_digits(minor_digits: int | None, currency: str | None) -> int:
    if minor_digits is not None:
        return minor_digits
    decimals = count_decimals(currency) if currency else CENTS
    if decimals != CENTS:
        raise NotificationError(
            f"{currency} has {decimals} decimals: pass minor_digits, because VTEX only documents "
            "cents"
        )
    return CENTS


def _draft_item(index: int, line: Line, price: Price, minor_digits: int) -> InvoicedItem:
    from counterfoil_vtex import InvoicedItem

    place = f"lines[{index}]"
    if not line.sku:
        raise NotificationError(f"{place}.sku is missing: VTEX identifies an item by it")
    quantity = line.quantity
    if quantity is None or quantity <= 0 or quantity != quantity.to_integral_value():
        raise NotificationError(
            f"{place}.quantity is {quantity}, and VTEX only accepts whole units"
        )
    cents = _convert_to_cents(getattr(line, price), f"{place}.{price}", minor_digits)
    return InvoicedItem(
        id=line.sku, price=cents, quantity=int(quantity), description=line.name or UNSET
    )


def _convert_to_cents(amount: Decimal | None, place: str, minor_digits: int) -> int:
    if amount is None:
        raise NotificationError(f"{place} is missing")
    try:
        with exact():
            return int(shift(amount, minor_digits).to_integral_exact())
    except ArithmeticError:
        raise NotificationError(
            f"{place} is {amount}, which has a fraction of a cent: correct the invoice, because "
            "nothing is rounded"
        ) from None


def enter_invoice(client: Any, order_id: str, notification: InvoiceNotification) -> InvoiceReceipt:
    """Add an invoice to an order.

    Raises the client's exceptions. The message of an OutcomeUnknown explains how to check whether
    the invoice was added.
    """
    try:
        receipt: InvoiceReceipt = client.invoices.notify(order_id, **structs.asdict(notification))
    except OutcomeUnknown as error:
        packages = f"client.orders.get({order_id!r}).package_attachment.packages"
        error.message += (
            f" It was added if {packages} has invoice_number {notification.invoice_number!r}."
        )
        raise
    return receipt
