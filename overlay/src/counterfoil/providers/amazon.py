"""Amazon vendor direct fulfillment: a purchase order number and a PDF, without data."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from ..accounts import Account
from ..cursors import Slice, Steps
from ..invoice import Document, Invoice, InvoiceRef, Reference
from ..steps import read_pages
from . import Capabilities, Fetching, Provider
from ._facts import with_facts

if TYPE_CHECKING:
    from counterfoil_amazon import CustomerInvoice

NOTE = "Documents without data: invoices have neither number, date nor amounts. India only."


@with_facts
def to_invoices(found: CustomerInvoice, account: Account) -> tuple[Invoice]:
    """Map an invoice that is only a document. The PDF is decoded by `Document.bytes`."""
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
    """Read a slice, which cannot be divided further, because invoices have no timestamp.

    The filter "after" excludes the moment itself, so it is a second earlier. Six days and a second
    are within Amazon's limit of seven days.
    """
    after = part.since - timedelta(seconds=1)
    pages = client.customer_invoices.pages(
        created_after=after, created_before=part.until, limit=100
    )
    return read_pages(pages, part, partial(to_invoices, account=account), can_stop=False)


def get(client: Any, kind: str | None, key: str) -> Fetching:
    """Fetch the invoice of a purchase order."""
    response = yield client.with_response.customer_invoices.get(key)
    return [(response.value, response.raw)]


PROVIDER = Provider(
    name="amazon",
    settings=("region", "endpoint", "client_id"),
    credentials=(
        ("refresh_token", "client_id", "client_secret"),
        ("access_token",),
        ("restricted_data_token",),
    ),
    capabilities=Capabilities(
        lists=("invoice",), times=("available",), history_months=6, slice_days=6, note=NOTE
    ),
    map=to_invoices,
    read=read,
    get=get,
    record_key="purchaseOrderNumber",
)
