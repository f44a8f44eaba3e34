"""VTEX: an invoice is a package of an order, and is read with the order."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from msgspec import structs

from ..accounts import Account
from ..cursors import Slice, Steps
from ..decimals import count_decimals, shift
from ..invoice import (
    Document,
    Invoice,
    InvoiceRef,
    Kind,
    Party,
    Payment,
    Reference,
    Shipment,
    Totals,
)
from . import Capabilities, Fetching, Provider
from ._facts import SELLER_FACTS, check_currency, with_facts
from ._mapping import NOTHING, Notes, find_day, make_address, place_moment, unless_empty
from ._signs import set_signs
from ._vtex_lines import CENTS, convert, map_lines
from ._vtex_notification import enter_invoice
from ._vtex_orders import LATE, read_orders

if TYPE_CHECKING:
    from counterfoil_vtex import Order, Package

KINDS: dict[Any, Kind] = {"Output": "invoice", "Input": "return_invoice"}
LISTED = tuple(KINDS.values())
REREAD = timedelta(days=30)  # unless the account has another `reread`
MOST_ORDERS = 500  # orders to fetch before a cursor
NOTE = (
    "By the moment the order was invoiced in full. Each pull also reads the orders of the last 30 "
    "days (`reread`) that have a return or are being handled, with one request for each. "
    "Lines have amounts if the account has an item_price."
)


@with_facts
def to_invoices(order: Order, account: Account) -> tuple[Invoice, ...]:
    """Map an order to one invoice per package, or to () if it was not invoiced yet."""
    invoices: list[Invoice] = []
    for position, package in enumerate((order.package_attachment or NOTHING).packages or (), 1):
        notes = Notes()
        ref = _identify(order, package, position, account, notes)
        if ref.key is not None and any(ref == invoice.ref for invoice in invoices):
            text = (
                f"the order has invoice {package.invoice_number!r} more than once: "
                f"this is the one at position {position}"
            )
            notes.warn("duplicate-number", "ref.key", text)
            ref = structs.replace(ref, key=f"{ref.key}#{position}")
        invoices.append(_map_package(ref, order, package, account, notes))
    return tuple(invoices)


def _identify(
    order: Order, package: Package, position: int, account: Account, notes: Notes
) -> InvoiceRef:
    kind = KINDS.get(package.type, "unknown")
    if kind == "unknown":
        text = f"the package is neither a sale nor a return: its type is {package.type!r}"
        notes.warn("unknown-value", "ref.kind", text)
    number = package.invoice_number or f"#{position}"
    key: str | None = f"{order.order_id}/{number}"
    if not order.order_id:
        key = None
        text = "the order has no orderId, so this invoice cannot be identified"
        notes.warn("missing-key", "ref.key", text)
    elif not package.invoice_number:
        text = f"the invoice has no number: its key has its position in the order, {position}"
        notes.warn("missing-number", "number", text)
    return InvoiceRef(provider="vtex", account=account.name, kind=kind, key=key)


def _map_package(
    ref: InvoiceRef, order: Order, package: Package, account: Account, notes: Notes
) -> Invoice:
    issued_at = package.issuance_date
    if issued_at:
        notes.provenance["issue_date"] = "computed"
    currency = _find_currency(order, account, notes)
    includes_tax = account.prices_include_tax
    if includes_tax is not None:
        notes.provenance["prices_include_tax"] = "assumed"
    invoice = Invoice(
        ref=ref,
        completeness="partial",
        number=package.invoice_number or None,
        issue_date=find_day(issued_at, account) if issued_at else None,
        issued_at=place_moment(issued_at, "issued_at", account, notes) if issued_at else None,
        delivery_date=_find_delivery(package, account),
        currency=currency,
        prices_include_tax=includes_tax,
        seller=_map_seller(order),
        buyer=_map_buyer(order.invoice_data or NOTHING, notes),
        lines=map_lines(order, package, currency, account, notes),
        totals=_map_totals(package, currency, account, notes),
        payments=_map_refund(package, currency, account),
        references=_map_references(order, package),
        documents=_map_documents(package),
        shipment=_map_shipment(package),
        attributes={"cfop": package.cfop} if package.cfop else None,
        provenance=notes.provenance,
        warnings=tuple(notes.warnings),
        raw=order,
    )
    return set_signs(invoice)


def _map_seller(order: Order) -> Party | None:
    sellers = order.sellers or ()
    if len(sellers) != 1:  # of several sellers, the package does not name the one that issued it
        return None
    return unless_empty(Party(name=sellers[0].name or None))


def _map_references(order: Order, package: Package) -> tuple[Reference, ...] | None:
    references = []
    if order.order_id:
        references.append(Reference(type="order", key=order.order_id))
    if package.invoice_key:
        references.append(Reference(type="fiscal_key", key=package.invoice_key))
    return tuple(references) or None


def _map_shipment(package: Package) -> Shipment | None:
    shipment = Shipment(
        carrier=package.courier or None,
        tracking_number=package.tracking_number or None,
        tracking_url=package.tracking_url or None,
        packages=package.volumes,
    )
    return unless_empty(shipment)


def _find_currency(order: Order, account: Account, notes: Notes) -> str | None:
    """Return the currency of the order, or else that of the account."""
    currency = (order.store_preferences_data or NOTHING).currency_code
    if currency:
        found = str(currency).strip().upper() or None
        check_currency(found, account)
        return found
    if account.currency:
        notes.provenance["currency"] = "assumed"
    else:
        text = "the order has no currency: set the account's currency"
        notes.warn("missing-currency", "currency", text)
    return account.currency


def _map_totals(
    package: Package, currency: str | None, account: Account, notes: Notes
) -> Totals | None:
    """Map the total to major units, with the account's `minor_digits`."""
    cents = package.invoice_value
    if cents is None:
        return None
    if cents == 0 or (cents < 0 and package.type != "Input"):
        text = f"invoiceValue is {cents}, but VTEX documents values above zero"
        notes.warn("nonpositive-total", "totals.gross", text)
    digits = account.find_minor_digits(currency)
    if digits is None:
        digits = CENTS
        decimals = count_decimals(currency) if currency else CENTS
        if decimals != CENTS:
            text = (
                f"{currency} has {decimals} decimals, but the amount was read with {CENTS}, like "
                "all of VTEX's amounts: set the account's minor_digits"
            )
            notes.warn("assumed-minor-digits", "totals.gross", text)
            notes.provenance["totals.gross"] = "assumed"
    return Totals(gross=shift(cents, -digits))


def _map_refund(
    package: Package, currency: str | None, account: Account
) -> tuple[Payment, ...] | None:
    """Map the refund of a return, or return None if the package has none."""
    refund = (package.restitutions or NOTHING).refund or NOTHING
    if refund.value is None:
        return None
    amount = convert(refund.value, currency, account)
    return (Payment(description="refund", amount=amount, currency=currency),)


def _find_delivery(package: Package, account: Account) -> date | None:
    """Return the day on which the carrier delivered the package, or None if it is unknown."""
    delivered = (package.courier_status or NOTHING).delivered_date
    if isinstance(delivered, str):
        try:
            delivered = datetime.fromisoformat(delivered)
        except ValueError:
            return None
    return find_day(delivered, account) if delivered else None


def _map_buyer(data: Any, notes: Notes) -> Party | None:
    person = data.invoice_subject or NOTHING
    place = data.address or NOTHING
    streets = (place.street, place.number, place.complement, place.neighborhood)
    address = make_address(
        "buyer.address",
        streets,
        place.city,
        place.state,
        place.postal_code,
        place.country,
        notes,
    )
    buyer = Party(
        name=place.receiver_name or None,
        first_name=person.first_name or None,
        last_name=person.last_name or None,
        email=person.email or None,
        phone=person.phone or None,
        address=address,
    )
    return unless_empty(buyer)


def _map_documents(package: Package) -> tuple[Document, ...] | None:
    documents = [Document(url=package.invoice_url)] if package.invoice_url else []
    if package.embedded_invoice:
        content = package.embedded_invoice.encode("utf-8", "surrogatepass")
        documents.append(Document(content_b64=b64encode(content).decode()))
    return tuple(documents) or None


def read(account: Account, part: Slice, client: Any) -> Steps:
    """Read the orders of a slice, with a cursor after at most MOST_ORDERS orders."""
    return read_orders(account, part, client, MOST_ORDERS)


def get(client: Any, kind: str | None, key: str) -> Fetching:
    """Fetch the order of an invoice, whose key is that of the order with the invoice's number."""
    response = yield client.with_response.orders.get(order_id=key.partition("/")[0])
    return [(response.value, response.raw)]


def list_late(account: Account, now: datetime) -> list[Slice]:
    """Return slices of the orders that have a return, or that may be invoiced in part.

    VTEX finds an order by the time at which it was invoiced in full. A later return does not change
    that, and an order that is invoiced in part has no such time.
    """
    span = account.reread if isinstance(account.reread, timedelta) else REREAD
    if not span:
        return []
    return [
        Slice(account=account.name, provider="vtex", since=now - span, until=now, by=by)
        for by in LATE
    ]


PROVIDER = Provider(
    name="vtex",
    settings=("account", "environment"),
    credentials=(("app_key", "app_token"), ("user_token",)),
    capabilities=Capabilities(
        lists=LISTED,
        writes=LISTED,
        times=("invoiced", "created"),
        history_months=24,
        slice_days=30,
        lag_seconds=300,
        note=NOTE,
    ),
    map=to_invoices,
    read=read,
    get=get,
    list_late=list_late,
    record_key="orderId",
    facts={
        **SELLER_FACTS,
        "currency": "amounts of orders without a currency",
        "minor_digits": "amounts: the digits after the decimal point of VTEX's integers",
        "item_price": "amounts of lines: the API does not say whether a price is for one unit",
        "prices_include_tax": "amounts of lines: the API does not say whether prices include tax",
    },
    key_pattern=re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/.*)?", re.DOTALL),
    enter_invoice=enter_invoice,
)
