"""Amazon vendor direct fulfilment: a purchase order number and a PDF, without any data."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from ..accounts import Account
from ..invoice import Document, Invoice, InvoiceRef, Reference
from ..slices import Slice, Steps, read_pages
from . import Capabilities, Provider

if TYPE_CHECKING:
    from counterfoil_amazon import CustomerInvoice

NOTE = "A document without data: invoices have neither number, date nor amounts. India only."


def to_invoices(found: CustomerInvoice, account: Account) -> tuple[Invoice]:
    """An invoice that is a document only. The PDF is decoded when `Document.bytes` is called, strictly."""
    number = found.purchase_order_number
    invoice = Invoice(
        ref=InvoiceRef(provider="amazon", account=account.name, kind="invoice", key=number),
        completeness="document",
        references=(Reference(type="purchase_order", number=number),),
        documents=(Document(content_b64=found.content),),
        raw=found,
    )
    return (invoice,)


def read(account: Account, part: Slice, client: Any) -> Steps:
    """Read a slice whole: an invoice bears no time, so that nobody can tell where a crowded one could be cut.

    "After" and "before" leave the moments themselves out, hence a second earlier; six days and that are within Amazon's seven.
    """
    after = part.since - timedelta(seconds=1)
    pages = client.customer_invoices.pages(created_after=after, created_before=part.until, limit=100)
    return read_pages(pages, part, partial(to_invoices, account=account), can_stop=False)


PROVIDER = Provider(
    name="amazon",
    settings=("region", "endpoint", "client_id"),
    credentials=(("refresh_token", "client_id", "client_secret"), ("access_token",), ("restricted_data_token",)),
    capabilities=Capabilities(lists=("invoice",), times=("available",), history_months=6, slice_days=6, note=NOTE),
    map=to_invoices,
    read=read,
)
