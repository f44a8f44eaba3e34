"""User code that calls every method of counterfoil-flow: it must type-check."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from decimal import Decimal

from counterfoil_core import Page, Response
from counterfoil_core.types import Unknown
from counterfoil_flow import (
    AsyncFlowClient,
    ConsumerInvoice,
    ConsumerInvoiceForm,
    ConsumerInvoiceFormByOrder,
    ConsumerInvoiceLineDiscountForm,
    ConsumerInvoiceLineItem,
    ConsumerInvoiceLineItemForm,
    ConsumerInvoiceSort,
    CreditMemo,
    CreditMemoForm,
    FlowClient,
    InvoiceExport,
    InvoiceExportForm,
)


def use_all(flow: FlowClient, export: InvoiceExportForm) -> None:
    found: list[ConsumerInvoice] = flow.consumer_invoices.list(
        id=["cin-1"], sort=ConsumerInvoiceSort.KEY, offset=25
    )
    items: Iterator[ConsumerInvoice] = flow.consumer_invoices.iterate(order_number="R-1", limit=100)
    pages: Iterator[Page[ConsumerInvoice]] = flow.consumer_invoices.pages(
        organization="night-market", cursor=None
    )
    one: ConsumerInvoice = flow.consumer_invoices.get("k/1")
    exported: InvoiceExport = flow.consumer_invoices.export(export)
    made: list[ConsumerInvoice] = flow.consumer_invoices.replace_for_order(
        "R-1", ConsumerInvoiceFormByOrder()
    )
    again: ConsumerInvoice = flow.consumer_invoices.replace(
        "k/1", ConsumerInvoiceForm(order_number="R-1")
    )
    flow.consumer_invoices.delete("k/1")
    line = ConsumerInvoiceLineItemForm(
        item_number="LMP-204", quantity=1, unit_price=Decimal("40.00")
    )
    form = CreditMemoForm(
        lines=[line, ConsumerInvoiceLineDiscountForm(price=Decimal("-4.00"))], refund_id="rfd-1"
    )
    memo: CreditMemo = flow.credit_memos.create("k/1", form)
    memo = flow.credit_memos.replace("k/1", "memo-1", form)
    flow.credit_memos.delete("k/1", "memo-1", organization="night-market")
    response: Response[CreditMemo] = flow.with_response.credit_memos.create("k/1", form)
    print(
        found, next(items), next(pages), one, exported.id, made, again, memo.number, response.status
    )


def read_lines(invoice: ConsumerInvoice) -> Decimal:
    total = Decimal(0)
    for line in invoice.lines:
        if isinstance(line, ConsumerInvoiceLineItem):
            total += line.unit_price.amount * line.quantity
        elif isinstance(line, Unknown):
            print(line.raw)
    return total


async def use_all_async(
    flow: AsyncFlowClient, export: InvoiceExportForm, form: CreditMemoForm
) -> None:
    items: AsyncIterator[ConsumerInvoice] = flow.consumer_invoices.iterate(key="k/1")
    numbers = [invoice.number async for invoice in items]
    pages = [page.cursor async for page in flow.consumer_invoices.pages(max_pages=2)]
    found = await flow.consumer_invoices.list(limit=1)
    one = await flow.consumer_invoices.get("k/1")
    exported = await flow.consumer_invoices.export(export)
    made = await flow.consumer_invoices.replace_for_order("R-1", ConsumerInvoiceFormByOrder())
    again = await flow.consumer_invoices.replace("k/1", ConsumerInvoiceForm(order_number="R-1"))
    await flow.consumer_invoices.delete("k/1")
    memo = await flow.credit_memos.create("k/1", form)
    other = await flow.credit_memos.replace("k/1", "memo-1", form)
    await flow.credit_memos.delete("k/1", "memo-1")
    response = await flow.with_response.consumer_invoices.get("k/1")
    print(
        numbers,
        pages,
        found,
        one.status,
        exported,
        made,
        again,
        memo,
        other.id,
        response.value.date,
    )
