"""User code that calls every method of counterfoil-vtex: it must type-check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from counterfoil_core import Page, Response
from counterfoil_vtex import (
    AsyncVtexClient,
    InvoicedItem,
    InvoiceReceipt,
    InvoiceType,
    Order,
    OrderList,
    OrderSummary,
    TrackingReceipt,
    VtexClient,
)

NOON = datetime(2026, 10, 6, 12, tzinfo=UTC)
ITEMS = [InvoicedItem(id="310118", price=8950, quantity=1)]


def use_all(vtex: VtexClient) -> None:
    receipt: InvoiceReceipt = vtex.invoices.notify(
        "1-01",
        type=InvoiceType.OUTPUT,
        issuance_date=NOON,
        invoice_number="07",
        invoice_value="8950",
        items=ITEMS,
        courier="Aro",
    )
    vtex.invoices.notify(
        "1-01",
        type="Output",
        issuance_date=NOON,
        invoice_number="07",
        invoice_value="8950",
        items=[{"id": "310118", "price": 8950, "quantity": 1}, *ITEMS],
    )
    tracking: TrackingReceipt = vtex.invoices.add_tracking(
        "1-01", "07", courier="Aro", tracking_number="A1", tracking_url=None, dispatched_date=None
    )
    order: Order = vtex.orders.get("1-01")
    listed: OrderList = vtex.orders.list(
        page=2, per_page=100, f_status="invoiced", incomplete_orders=False
    )
    items: Iterator[OrderSummary] = vtex.orders.iterate(f_status="invoiced", per_page=50)
    pages: Iterator[Page[OrderSummary]] = vtex.orders.pages(cursor=None, max_pages=1)
    response: Response[Order] = vtex.with_response.orders.get("1-01")
    print(
        receipt.receipt,
        tracking,
        order.status,
        listed.paging,
        next(items).order_id,
        next(pages).items,
        response.raw,
    )


async def use_all_async(vtex: AsyncVtexClient) -> None:
    receipt = await vtex.invoices.notify(
        "1-01",
        type=InvoiceType.INPUT,
        issuance_date=NOON,
        invoice_number=None,
        invoice_value="8950",
        items=ITEMS,
    )
    await vtex.invoices.add_tracking(
        "1-01", "07", courier=None, tracking_number="A1", tracking_url=None, dispatched_date=NOON
    )
    order = await vtex.orders.get("1-01")
    listed = await vtex.orders.list(q="Ada")
    ids = [one.order_id async for one in vtex.orders.iterate()]
    cursors = [page.cursor async for page in vtex.orders.pages()]
    print(receipt.order_id, order.value, listed, ids, cursors)
