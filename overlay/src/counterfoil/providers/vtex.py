"""VTEX: an invoice is a package of an order, read back with the order (beyond the invoice documents)."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, structs

from ..accounts import Account
from ..amounts import shift
from ..invoice import Document, Invoice, InvoiceRef, Kind, Line, Party, Reference, Shipment, Totals
from ..slices import Batch, Slice, Steps
from . import Capabilities, Provider
from ._parts import NOTHING, Notes, each, find_day, given, make_address, unless_empty

if TYPE_CHECKING:
    from counterfoil_vtex import Order, Package, PackageItem

KINDS: dict[Any, Kind] = {"Output": "invoice", "Input": "return_invoice"}
LISTED = tuple(KINDS.values())
MOST_ORDERS = 500  # that are read one by one before what was read can be stored
NOTE = (
    "By the moment the order was invoiced in full: an order that is invoiced in part is found by the moment it was "
    "created, and a return of an order that was invoiced before moves neither. Lines have no amounts."
)


def to_invoices(order: Order, account: Account) -> tuple[Invoice, ...]:
    """The invoices of an order, one for each package; () where none was notified yet."""
    invoices: list[Invoice] = []
    for position, package in enumerate((order.package_attachment or NOTHING).packages or (), 1):
        notes = Notes()
        ref = _identify(order, package, position, account, notes)
        if ref.key is not None and any(ref == invoice.ref for invoice in invoices):
            notes.say(f"the order has invoice {package.invoice_number!r} more than once: this is the one at position {position}")
            ref = structs.replace(ref, key=f"{ref.key}#{position}")
        invoices.append(_map_package(ref, order, package, account, notes))
    return tuple(invoices)


def _identify(order: Order, package: Package, position: int, account: Account, notes: Notes) -> InvoiceRef:
    if package.type not in KINDS:
        notes.say(f"VTEX does not say whether this is a sale or a return: type is {given(package.type)!r}")
    if not order.order_id:
        notes.say("the order has no orderId: this invoice cannot be told from others")
    elif not package.invoice_number:
        notes.say(f"the invoice has no number: it is known by its position in the order, {position}")
    key = f"{order.order_id}/{package.invoice_number or f'#{position}'}" if order.order_id else None
    return InvoiceRef(provider="vtex", account=account.name, kind=KINDS.get(package.type, "unknown"), key=key)


def _map_package(ref: InvoiceRef, order: Order, package: Package, account: Account, notes: Notes) -> Invoice:
    issued_at, cents = given(package.issuance_date), given(package.invoice_value)
    if issued_at:
        notes.provenance["issue_date"] = "computed"
    currency, sellers = (order.store_preferences_data or NOTHING).currency_code or None, order.sellers or ()
    if account.currency and not currency:
        notes.provenance["currency"] = "assumed"
    if cents is not None and cents <= 0:
        notes.say(f"invoiceValue is {cents}, where VTEX documents a value above zero")
    keys = {"order": order.order_id, "fiscal_key": package.invoice_key}
    carrier, tracking, url = package.courier or None, package.tracking_number or None, package.tracking_url or None
    return Invoice(
        ref=ref,
        completeness="partial",
        number=package.invoice_number or None,
        issue_date=find_day(issued_at, account) if issued_at else None,
        issued_at=issued_at,
        currency=currency or account.currency,
        seller=unless_empty(Party(name=sellers[0].name or None)) if len(sellers) == 1 else None,  # of several, which?
        buyer=_map_buyer(order.invoice_data or NOTHING, notes),
        lines=each(package.items, lambda item: _map_line(order, item, notes)),
        totals=None if cents is None else Totals(gross=shift(cents, -account.minor_digits)),
        references=tuple([Reference(type=name, key=key) for name, key in keys.items() if key]) or None,
        documents=_map_documents(package),
        shipment=unless_empty(
            Shipment(carrier=carrier, tracking_number=tracking, tracking_url=url, packages=given(package.volumes))
        ),
        attributes={"cfop": package.cfop} if package.cfop else None,
        provenance=notes.provenance,
        warnings=tuple(notes.warnings),
        raw=order,
    )


def _map_line(order: Order, item: PackageItem, notes: Notes) -> Line:
    """A line without amounts: whether the price is of one unit or of all is contradictory in VTEX's documents."""
    if given(item.price) is not None:
        notes.say("item prices are in raw only: VTEX's documents do not agree on whether they are of one unit or of all")
    index, quantity, ordered = given(item.item_index), given(item.quantity), NOTHING
    if index is not None and order.items is not UNSET:
        if 0 <= index < len(order.items):
            ordered = order.items[index]
        else:
            notes.say(f"the invoice has an item {index} that the order does not have")
    count = None if quantity is None else Decimal(quantity)
    return Line(sku=ordered.id or None, name=ordered.name or None, quantity=count, note=item.description or None)


def _map_buyer(data: Any, notes: Notes) -> Party | None:
    who, where = data.invoice_subject or NOTHING, data.address or NOTHING
    streets = (where.street, where.number, where.complement, where.neighborhood)
    buyer = Party(
        name=where.receiver_name or None,
        first_name=who.first_name or None,
        last_name=who.last_name or None,
        email=who.email or None,
        phone=who.phone or None,
        address=make_address(streets, where.city, where.state, where.postal_code, where.country, notes),
    )
    return unless_empty(buyer)


def _map_documents(package: Package) -> tuple[Document, ...] | None:
    documents = [Document(url=package.invoice_url)] if package.invoice_url else []
    if package.embedded_invoice:
        content = package.embedded_invoice.encode("utf-8", "surrogatepass")
        documents.append(Document(content_b64=b64encode(content).decode()))
    return tuple(documents) or None


def read(account: Account, part: Slice, client: Any) -> Steps:
    """Find the orders of the span, and read each. A span with more than is stored at once is halved until it has less."""
    since, until = part.since, part.until
    while since < part.until:
        span = _write_span(part.by, since, until)
        total = (yield client.orders.list(per_page=1, **span)).paging.total
        if total > MOST_ORDERS and until - since > timedelta(seconds=1):
            until = since + (until - since) / 2
            continue
        orders = client.orders.iterate(per_page=100, order_by="creationDate,asc", **span)
        while total and (summary := (yield orders)) is not None:
            order = yield client.orders.get(order_id=summary.order_id)
            yield Batch(to_invoices(order, account))
        yield Batch(cursor=part.go_on(since=until) if until < part.until else None)
        since, until = until, part.until


def _write_span(by: str, since: datetime, until: datetime) -> dict[str, Any]:
    """VTEX's form of a span, whose ends belong to it: the last millisecond before `until` is its end."""
    name, field = {"invoiced": ("f_invoiced_date", "invoicedDate"), "created": ("f_creation_date", "creationDate")}[by]
    ends = (moment.astimezone(UTC).replace(tzinfo=None) for moment in (since, until - timedelta(milliseconds=1)))
    first, last = (f"{moment.isoformat(timespec='milliseconds')}Z" for moment in ends)
    return {name: f"{field}:[{first} TO {last}]"}


PROVIDER = Provider(
    name="vtex",
    settings=("account", "environment"),
    credentials=(("app_key", "app_token"), ("user_token",)),
    capabilities=Capabilities(
        lists=LISTED, writes=LISTED, times=("invoiced", "created"), history_months=24, slice_days=30, lag_seconds=300, note=NOTE
    ),
    map=to_invoices,
    read=read,
)
