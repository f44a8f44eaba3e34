"""Entering an invoice in a VTEX order, exact to the cent."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import msgspec
from counterfoil_core.errors import OutcomeUnknown, TransportError
from msgspec import UNSET, Struct, structs

from .accounts import Account, connect
from .amounts import exact, shift
from .errors import NotificationError
from .invoice import Invoice, Line

if TYPE_CHECKING:
    from counterfoil_core import Request
    from counterfoil_vtex import InvoicedItem, InvoiceNotification, InvoiceReceipt

Price = Literal["unit_price", "unit_price_gross", "net", "gross"]
TYPES = {"invoice": "Output", "shipping_invoice": "Output", "return_invoice": "Input"}


class DryRun(Struct, frozen=True, kw_only=True):
    """The request that would be sent, without its credentials."""

    method: str
    url: str
    body: Any


def draft_notification(
    invoice: Invoice,
    *,
    minor_digits: int = 2,
    kind: Literal["Output", "Input"] | None = None,
    issued_at: datetime | None = None,
    price: Price = "unit_price",
) -> InvoiceNotification:
    """Make a notification of an invoice with lines, for `notify` or for `client.invoices.notify` of an async client.

    `kind` is Output for a sale and Input for a return, and must be given where the invoice's own does not say. `issued_at`
    must be given where the invoice has a day of issue only. `price` is the amount of a line that is sent as an item's price:
    VTEX's page of today wants that of one unit, earlier ones that of the line.

    Raises NotificationError, naming the place, where something is missing, a quantity is not whole, or an amount has a
    fraction of a cent: nothing is rounded.
    """
    from counterfoil_vtex import InvoiceNotification, InvoiceType

    word, moment = kind or TYPES.get(invoice.ref.kind), issued_at or invoice.issued_at
    if word is None:
        raise NotificationError(f"a {invoice.ref.kind} may be a sale or a return: give kind, Output or Input")
    if moment is None or moment.utcoffset() is None:
        raise NotificationError("the invoice has no moment of issue: give issued_at, with a time zone")
    if not invoice.number:
        raise NotificationError("the invoice has no number")
    if not invoice.lines:
        raise NotificationError("the invoice has no lines, and VTEX wants the items that are invoiced")
    value = _tell_cents(invoice.totals.gross if invoice.totals else None, "totals.gross", minor_digits)
    if value <= 0:
        raise NotificationError(f"totals.gross is {value} cents, and VTEX takes values above zero only")
    return InvoiceNotification(
        type=InvoiceType(word),
        issuance_date=moment,
        invoice_number=invoice.number,
        invoice_value=str(value),
        items=[_draft_item(index, line, price, minor_digits) for index, line in enumerate(invoice.lines)],
        invoice_url=next((document.url for document in invoice.documents or () if document.url), UNSET),
    )


def _draft_item(index: int, line: Line, price: Price, minor_digits: int) -> InvoicedItem:
    from counterfoil_vtex import InvoicedItem

    place = f"lines[{index}]"
    if not line.sku:
        raise NotificationError(f"{place}.sku is missing: VTEX knows an item by it")
    if line.quantity is None or line.quantity != line.quantity.to_integral_value() or line.quantity <= 0:
        raise NotificationError(f"{place}.quantity is {line.quantity}, and VTEX takes whole units only")
    cents = _tell_cents(getattr(line, price), f"{place}.{price}", minor_digits)
    return InvoicedItem(id=line.sku, price=cents, quantity=int(line.quantity), description=line.name or UNSET)


def _tell_cents(amount: Decimal | None, place: str, minor_digits: int) -> int:
    if amount is None:
        raise NotificationError(f"{place} is missing")
    try:
        with exact():
            return int(shift(amount, minor_digits).to_integral_exact())
    except ArithmeticError:
        said = "which has a fraction of a cent: correct the invoice, for nothing is rounded here"
        raise NotificationError(f"{place} is {amount}, {said}") from None


def notify(account: Account, order_id: str, notification: InvoiceNotification, *, client: Any = None) -> InvoiceReceipt:
    """Enter an invoice in an order. It cannot be undone, changes the order's total, and is sent once.

    Raises what the client raises. After OutcomeUnknown it may have been entered: its message says how to find out.
    """
    _check(account)
    with ExitStack() as stack:
        client = client or stack.enter_context(connect(account))
        try:
            receipt: InvoiceReceipt = client.invoices.notify(order_id, **structs.asdict(notification))
        except OutcomeUnknown as error:
            where = f"client.orders.get({order_id!r}).package_attachment.packages"
            error.message += f" It was entered if {where} has invoice_number {notification.invoice_number!r}."
            raise
    return receipt


def show_notification(account: Account, order_id: str, notification: InvoiceNotification) -> DryRun:
    """The request that `notify` would send, to the byte; nothing is sent.

    Raises NotificationError, or InvalidRequest where an argument breaks a limit that VTEX documents.
    """
    _check(account)
    witness = _Witness()
    with connect(account, transport=witness, max_attempts=1) as client:
        try:
            client.invoices.notify(order_id, **structs.asdict(notification))
        except TransportError:
            if witness.request is None:
                raise
    request = witness.request
    assert request is not None, "either the request came, or an error was raised"  # noqa: S101 -- for the type checker
    return DryRun(method=request.method, url=request.url, body=msgspec.json.decode(request.body or b"null"))


class _Witness:
    """A transport that keeps the request and sends nothing."""

    request: Request | None = None

    def send(self, request: Request) -> NoReturn:
        self.request = request
        raise TransportError("nothing is sent in a dry run")

    def close(self) -> None:
        """Nothing is open."""


def _check(account: Account) -> None:
    if account.provider != "vtex":
        raise NotificationError(f"account {account.name!r} is one of {account.provider}: only vtex takes notifications")
