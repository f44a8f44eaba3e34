"""Open2b's storefront: the invoices of one customer, as the customer sees them."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

from ..invoice import Charge, Invoice, Line
from ..slices import Call, Slice, Steps, read_pages
from . import Capabilities, Provider
from ._open2b import Reader, map_charges, map_invoice
from ._parts import given, text

if TYPE_CHECKING:
    from counterfoil_open2b_storefront import Invoice as StoreInvoice

    from ..accounts import Account


def to_invoice(found: StoreInvoice, account: Account) -> Invoice:
    """An invoice as its customer sees it: not when it was made or changed, nor whether it is paid.

    Whether costs of shipping and payment include tax is not documented; they are taken not to.
    """
    reader = Reader(found, account)
    charges = map_charges(reader, _map_charge)
    if charges:
        reader.notes.assumed("charges[].net")
    return map_invoice(reader, _map_line, "open2b-storefront", charges=charges)


def _map_line(reader: Reader, item: Any) -> Line:
    prices, tax = given(item.prices), given(item.tax)
    return Line(
        sku=text(item.sku),
        name=text(item.name),
        quantity=given(item.quantity),
        unit_price=reader.amount(prices.price) if prices else None,
        unit_price_gross=reader.amount(prices.taxed_price) if prices else None,
        net=reader.amount(prices.total_price) if prices else None,
        gross=reader.amount(prices.taxed_total_price) if prices else None,
        tax_code=text(tax.code) if tax else None,
        tax_rate=given(tax.rate) if tax else None,
        tax_amount=reader.amount(tax.amount) if tax else None,
        weight=given(item.weight),
        note=text(item.requests),
    )


def _map_charge(reader: Reader, kind: Any, method: Any) -> Charge:
    return Charge(kind=kind, name=text(method.name), net=reader.amount(method.cost))


def read(account: Account, part: Slice) -> Steps:
    """Read all invoices of the customer, and keep those issued on the days of the span: the storefront searches by no date.

    `after` counts invoices, for it is not documented that they come sorted by id.
    """
    zone, wider = account.zone or UTC, timedelta(days=0 if account.time_zone else 1)
    first = (part.since.astimezone(zone) - wider).date()
    last = (part.until.astimezone(zone) - timedelta(microseconds=1) + wider).date()

    def choose(found: StoreInvoice) -> tuple[Invoice, ...]:
        issued = given(found.issue_date)
        return (to_invoice(found, account),) if issued is None or first <= issued <= last else ()

    return read_pages(Call("invoices.pages", {"limit": 100, "cursor": part.after}), part, choose)


PROVIDER = Provider(
    name="open2b-storefront",
    package="counterfoil_open2b_storefront",
    client="Open2bStorefrontClient",
    settings=("store", "email", "public_key"),
    credentials=(("customer_key",), ("email", "password")),
    capabilities=Capabilities(
        lists=("invoice", "credit_note", "proforma", "shipping_invoice"),
        times=("issued",),
        filters=False,
        note="One customer's invoices, whole days by their date of issue. A day is read to its end by the account's time_zone.",
    ),
    map=lambda found, account: (to_invoice(found, account),),
    read=read,
    without_zone="the account has no time_zone: invoices of the days before and after are read as well",
)
