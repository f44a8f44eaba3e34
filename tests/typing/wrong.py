"""Code that must not type-check. Each line that a checker has to refuse ends in `# wrong: why`."""

from __future__ import annotations

import datetime
from decimal import Decimal

import counterfoil_open2b_admin
from counterfoil import (
    Account,
    Invoice,
    InvoiceRef,
    draft_notification,
    fetch,
    iterate,
    remap,
    verify,
)
from counterfoil_amazon import AmazonClient, AsyncAmazonClient
from counterfoil_flow import FlowClient
from counterfoil_open2b_admin import (
    DiscountInput,
    DiscountType,
    InvoiceConditions,
    InvoiceForm,
    Open2bAdminClient,
)
from counterfoil_vtex import InvoicedItem, VtexClient


def wrong(
    shop: Open2bAdminClient,
    amazon: AmazonClient,
    other: AsyncAmazonClient,
    flow: FlowClient,
    vtex: VtexClient,
) -> None:
    shop.invoices.create()  # wrong: the invoice is required
    shop.invoices.create(InvoiceForm())  # wrong: the billing address is required
    shop.invoices.get("7")  # wrong: an identifier is an integer
    shop.invoices.get(7).number  # wrong: None for an unknown id
    shop.invoices.iterate(first=10)  # wrong: iterating pages by itself
    shop.invoices.iterate(order=["number"])  # wrong: iterating orders by itself
    shop.invoices.list(limit=None)  # wrong: absent is not null
    shop.invoices.list(10)  # wrong: optional arguments go by keyword
    shop.invoices.find()  # wrong: the method is called list
    shop.invoices.list(conditions={"status": 7})  # wrong: a status is a text
    shop.invoices.list(conditions={"statuss": "Sent"})  # wrong: no such condition
    shop.invoices.list(fields="number")  # wrong: a list of fields, not one text
    shop.invoices.create({"items": []})  # wrong: the billing address is required
    InvoiceConditions(status=7)  # wrong: a status is a text
    DiscountInput(type=DiscountType.AMOUNT_OFF, value=10.45)  # wrong: money is no float
    InvoiceConditions(from_creation_time=datetime.datetime(2026, 3, 1))  # wrong: not NaiveDateTime
    now = datetime.datetime.now(datetime.UTC)
    amazon.customer_invoices.list(created_after=now)  # wrong: both dates are required
    day = "2026-11-01"
    amazon.customer_invoices.iterate(created_after=day, created_before=day)  # wrong: no datetimes
    other.customer_invoices.get("PO1").content  # wrong: it must be awaited
    Open2bAdminClient(store="shop.example.com", key="k", key_header="X-Ky")  # wrong: no such header
    AmazonClient(region="in")  # wrong: no such region
    flow.consumer_invoices.iterate(sort=None)  # wrong: iterating sorts by itself
    flow.consumer_invoices.get("k").lines[0].unit_price  # wrong: a line may be of another kind
    flow.credit_memos.create("k")  # wrong: the form is required
    vtex.invoices.notify("1-01")  # wrong: five arguments are required
    vtex.invoices.notify(
        "1-01",
        type="Output",
        issuance_date=now,
        invoice_number="7",
        invoice_value="100",
        items=[{"id": "1", "price": "1.00", "quantity": 1}],  # wrong: VTEX counts in cents
    )
    vtex.orders.iterate(page=2)  # wrong: iterating pages by itself
    InvoicedItem(id="1", price=Decimal("89.50"), quantity=1)  # wrong: VTEX counts in cents
    counterfoil_open2b_admin.Invioce  # wrong: a typo is caught although the module is lazy


def wrong_overlay(account: Account, invoice: Invoice) -> None:
    iterate(account)  # wrong: since is required
    invoice.totals.gross  # wrong: totals may be None
    invoice.number = "7"  # wrong: an invoice is frozen
    InvoiceRef(provider="vtex", account="a", kind="bill", key="1")  # wrong: no such kind
    draft_notification(invoice, kind="output")  # wrong: Output or Input
    verify([invoice])  # wrong: one invoice at a time
    fetch(account, 7)  # wrong: a key is a text
    iterate(account, "2026-01-01", kinds=["bill"])  # wrong: no such kind
    Account(name="a", provider="vtex", item_price="each")  # wrong: unit or total
    remap([account])  # wrong: the store is required
    invoice.signed_gross + 1  # wrong: it may be None
