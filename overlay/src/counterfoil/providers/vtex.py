"""VTEX: an invoice is a package of an order, read back with the order (beyond the invoice documents)."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from msgspec import structs

from ..amounts import shift
from ..invoice import Document, Invoice, InvoiceRef, Kind, Line, Party, Reference, Shipment, Totals
from ..slices import MOST_INVOICES, Call, Slice, Steps, Turn
from . import Capabilities, Provider
from ._parts import Notes, each, find_day, given, make_address, text, unless_empty, whole_offset

if TYPE_CHECKING:
    from counterfoil_vtex import InvoiceData, Order, OrderItem, Package, PackageItem

    from ..accounts import Account

KINDS: dict[str, Kind] = {"Output": "invoice", "Input": "return_invoice"}


def to_invoices(order: Order, account: Account) -> tuple[Invoice, ...]:
    """The invoices of an order, one for each package; () where none was notified yet."""
    attachment = given(order.package_attachment)
    packages = given(attachment.packages) if attachment else None
    taken: set[InvoiceRef] = set()
    return tuple(_map_package(order, package, position, account, taken) for position, package in enumerate(packages or (), 1))


def _map_package(order: Order, package: Package, position: int, account: Account, taken: set[InvoiceRef]) -> Invoice:
    notes = Notes()
    number, issued_at = text(package.invoice_number), given(package.issuance_date)
    if issued_at is not None:
        issued_at = whole_offset(issued_at)
        notes.computed("issue_date")
    preferences = given(order.store_preferences_data)
    currency = text(preferences.currency_code) if preferences else None
    if currency is None and account.currency:
        currency = account.currency
        notes.assumed("currency")
    return Invoice(
        ref=_identify(order, package, position, account, taken, notes),
        completeness="partial",
        number=number,
        issue_date=find_day(issued_at, account) if issued_at else None,
        issued_at=issued_at,
        currency=currency,
        seller=_map_seller(order),
        buyer=_map_buyer(given(order.invoice_data), notes),
        lines=each(package.items, lambda item: _map_line(order, item, notes)),
        totals=_map_totals(package, account, notes),
        references=_map_references(order, package),
        documents=_map_documents(package),
        shipment=unless_empty(
            Shipment(
                carrier=text(package.courier),
                tracking_number=text(package.tracking_number),
                tracking_url=text(package.tracking_url),
                packages=given(package.volumes),
            )
        ),
        attributes={"cfop": str(package.cfop)} if text(package.cfop) else None,
        provenance=notes.provenance,
        warnings=tuple(notes.warnings),
        raw=order,
    )


def _identify(
    order: Order, package: Package, position: int, account: Account, taken: set[InvoiceRef], notes: Notes
) -> InvoiceRef:
    order_id, number = text(order.order_id), text(package.invoice_number)
    kind = KINDS.get(str(package.type), "unknown")
    if kind == "unknown":
        notes.say(f"VTEX does not say whether this is a sale or a return: type is {given(package.type)!r}")
    if order_id is None:
        notes.say("the order has no orderId: this invoice cannot be told from others")
    elif number is None:
        notes.say(f"the invoice has no number: it is known by its position in the order, {position}")
    key = None if order_id is None else f"{order_id}/{number or f'#{position}'}"
    ref = InvoiceRef(provider="vtex", account=account.name, kind=kind, key=key)
    if ref in taken and key is not None:
        notes.say(f"the order has invoice {number!r} more than once: this is the one at position {position}")
        ref = structs.replace(ref, key=f"{key}#{position}")
    taken.add(ref)
    return ref


def _map_line(order: Order, item: PackageItem, notes: Notes) -> Line:
    """A line without amounts: whether the price is of one unit or of all is contradictory in VTEX's documents."""
    if given(item.price) is not None:
        notes.say("item prices are in raw only: VTEX's documents do not agree on whether they are of one unit or of all")
    ordered = _find_item(order, item, notes)
    quantity = given(item.quantity)
    return Line(
        sku=text(ordered.id) if ordered else None,
        name=text(ordered.name) if ordered else None,
        quantity=None if quantity is None else shift(quantity, 0),
        note=text(item.description),
    )


def _find_item(order: Order, item: PackageItem, notes: Notes) -> OrderItem | None:
    index, items = given(item.item_index), given(order.items)
    if index is None or items is None:
        return None
    if not 0 <= index < len(items):
        notes.say(f"the invoice has an item {index} that the order does not have")
        return None
    return items[index]


def _map_totals(package: Package, account: Account, notes: Notes) -> Totals | None:
    cents = given(package.invoice_value)
    if cents is None:
        return None
    if cents <= 0:
        notes.say(f"invoiceValue is {cents}, where VTEX documents a value above zero")
    return Totals(gross=shift(cents, -account.minor_digits))


def _map_seller(order: Order) -> Party | None:
    """The seller, where the order has one only."""
    sellers = given(order.sellers) or []
    return unless_empty(Party(name=text(sellers[0].name))) if len(sellers) == 1 else None


def _map_buyer(data: InvoiceData | None, notes: Notes) -> Party | None:
    if data is None:
        return None
    who, where = given(data.invoice_subject), given(data.address)
    streets = (where.street, where.number, where.complement, where.neighborhood) if where else None
    buyer = Party(
        name=text(where.receiver_name) if where else None,
        first_name=text(who.first_name) if who else None,
        last_name=text(who.last_name) if who else None,
        email=text(who.email) if who else None,
        phone=text(who.phone) if who else None,
        address=make_address(streets, where.city, where.state, where.postal_code, where.country, notes) if where else None,
    )
    return unless_empty(buyer)


def _map_references(order: Order, package: Package) -> tuple[Reference, ...] | None:
    named = (("order", text(order.order_id)), ("fiscal_key", text(package.invoice_key)))
    return tuple(Reference(type=name, key=key) for name, key in named if key) or None


def _map_documents(package: Package) -> tuple[Document, ...] | None:
    url, embedded = text(package.invoice_url), text(package.embedded_invoice)
    documents = [Document(url=url)] if url else []
    if embedded:
        documents.append(Document(content_b64=b64encode(embedded.encode("utf-8", "surrogatepass")).decode()))
    return tuple(documents) or None


def read(account: Account, part: Slice) -> Steps:
    """Find the orders of the span, and read each. A span with more than a slice may hold is halved, the rest is a later slice."""
    until = part.until
    while True:
        found = yield Call("orders.list", {"per_page": 1, **_write_filter(part.by, part.since, until)})
        if not found.paging.total:
            return _remain(part, until)
        if found.paging.total <= MOST_INVOICES or until - part.since <= timedelta(seconds=1):
            break
        until = part.since + (until - part.since) / 2
    span = _write_filter(part.by, part.since, until)
    orders = yield Call("orders.iterate", {"per_page": 100, "order_by": "creationDate,asc", **span})
    while (summary := (yield Turn(orders))) is not None:
        order = yield Call("orders.get", {"order_id": summary.order_id})
        yield to_invoices(order, account)
    return _remain(part, until)


def _remain(part: Slice, until: datetime) -> Slice | None:
    return None if until == part.until else structs.replace(part, since=until, warnings=())


def _write_filter(by: str, since: datetime, until: datetime) -> dict[str, Any]:
    """VTEX's form of a span, whose ends belong to it: the last millisecond before `until` is its end."""
    name, field = {"invoiced": ("f_invoiced_date", "invoicedDate"), "created": ("f_creation_date", "creationDate")}[by]
    first, last = (_write_moment(moment) for moment in (since, until - timedelta(milliseconds=1)))
    return {name: f"{field}:[{first} TO {last}]"}


def _write_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


PROVIDER = Provider(
    name="vtex",
    package="counterfoil_vtex",
    client="VtexClient",
    settings=("account", "environment"),
    credentials=(("app_key", "app_token"), ("user_token",)),
    capabilities=Capabilities(
        lists=("invoice", "return_invoice"),
        writes=("invoice", "return_invoice"),
        times=("invoiced", "created"),
        history_months=24,
        slice_days=30,
        lag_seconds=300,
        note=(
            "By the moment the order was invoiced in full: an order that is invoiced in part is found by the moment it was "
            "created, and a return of an order that was invoiced before moves neither. Lines have no amounts."
        ),
    ),
    map=to_invoices,
    read=read,
)
