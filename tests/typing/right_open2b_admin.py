"""User code that calls every method of counterfoil-open2b-admin: it must type-check."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from decimal import Decimal

from counterfoil_core import NotFound, Page, RateLimit, Response
from counterfoil_core.types import NaiveDateTime
from counterfoil_open2b_admin import (
    AsyncOpen2bAdminClient,
    BillingAddressForm,
    DiscountInput,
    DiscountType,
    Invoice,
    InvoiceConditions,
    InvoiceField,
    InvoiceForm,
    InvoiceItemForm,
    InvoiceOrder,
    InvoicesFound,
    InvoiceStatus,
    InvoiceUpdateForm,
    Open2bAdminClient,
    dicts,
)


def use_all(shop: Open2bAdminClient, address: BillingAddressForm) -> None:
    sent = InvoiceConditions(
        status=InvoiceStatus.SENT, after=7, from_creation_time=NaiveDateTime(2026, 3, 1, 9, 30)
    )
    order = [InvoiceOrder.ISSUE_DATE_DESCENDING, InvoiceOrder.ID]
    found: InvoicesFound = shop.invoices.list(
        conditions=sent, fields=[InvoiceField.NUMBER], order=order, limit=5
    )
    fields = ("number", InvoiceField.ID)
    shop.invoices.list(conditions={"status": "Sent", "after": 7}, fields=fields, order=["-id"])
    conditions: dicts.InvoiceConditionsDict = {"status": InvoiceStatus.OPEN, "ids": (1, 2)}
    shop.invoices.count(conditions=conditions)
    shop.invoices.count(conditions=InvoiceConditions(status="Sent"))
    items: Iterator[Invoice] = shop.invoices.iterate(conditions=sent, limit=100, max_pages=3)
    pages: Iterator[Page[Invoice]] = shop.invoices.pages(cursor=None)
    one: Invoice | None = shop.invoices.get(7)
    count: int = shop.invoices.count(conditions=sent)
    discount = DiscountInput(type=DiscountType.PERCENT_OFF, value=Decimal("12.5"))
    line = InvoiceItemForm(name="Mug", quantity=Decimal(2), price=Decimal("4.125"), tax_class=None)
    made: int = shop.invoices.create(
        InvoiceForm(billing_address=address, items=[line], discounts=[discount], due_date=None)
    )
    shop.invoices.create(
        {
            "billing_address": address,
            "items": [line, {"name": "Mug", "price": Decimal("4.125")}],
            "discounts": [{"type": "PercentOff", "value": Decimal(5)}],
        }
    )
    shop.invoices.update(id=made, invoice={"shipping_cost": None, "number": "2026/7"})
    shop.invoices.update(id=made, invoice=InvoiceUpdateForm(shipping_cost=None, number="2026/7"))
    shop.invoices.delete([made])
    response: Response[Invoice | None] = shop.with_response.invoices.get(7)
    print(
        found.invoices,
        next(items),
        next(pages).cursor,
        one,
        count,
        response.status,
        response.raw,
        response.attempts,
    )


def read_money(invoice: Invoice) -> Decimal:
    total = invoice.taxed_total
    return Decimal(0) if total is None else total


async def use_all_async(shop: AsyncOpen2bAdminClient, address: BillingAddressForm) -> int:
    items: AsyncIterator[Invoice] = shop.invoices.iterate(
        conditions=InvoiceConditions(status=InvoiceStatus.OPEN)
    )
    async for invoice in items:
        print(invoice.number)
    async for page in shop.invoices.pages(cursor="", max_pages=2):
        print(page.items[0].id)
    made = await shop.invoices.create(InvoiceForm(billing_address=address))
    await shop.invoices.update(id=made, invoice=InvoiceUpdateForm())
    await shop.invoices.delete([made])
    response = await shop.with_response.invoices.count()
    one = await shop.invoices.get(made)
    found = await shop.invoices.list(limit=1)
    return (
        response.value
        + await shop.invoices.count()
        + len(found.invoices)
        + (0 if one is None else 1)
    )


def configure() -> None:
    plan = RateLimit(requests=200, per=300, burst=200)
    with Open2bAdminClient(
        store="shop.example.com", key="k", key_header="X-Secret-Key", rate_limit=plan, timeout=5.0
    ) as shop:
        patient: Open2bAdminClient = shop.with_options(
            timeout=120.0, max_attempts=1, validate=False
        )
        try:
            patient.invoices.delete([1])
        except NotFound as error:
            print(error.code, error.field, error.request_id, error.status)
