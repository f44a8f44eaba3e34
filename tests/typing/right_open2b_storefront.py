"""User code that calls every method of counterfoil-open2b-storefront: it must type-check."""

from __future__ import annotations

from collections.abc import Iterator

from counterfoil_core import Page, Response
from counterfoil_core.types import Secret
from counterfoil_open2b_storefront import (
    AsyncOpen2bStorefrontClient,
    Invoice,
    InvoiceConditions,
    InvoiceField,
    InvoicesFound,
    InvoiceType,
    Open2bStorefrontClient,
)


def use_all(shop: Open2bStorefrontClient) -> str:
    key: Secret = shop.session.login(email="a@shop.example", password="Vetro-41b")
    found: InvoicesFound = shop.invoices.list(
        conditions=InvoiceConditions(type=InvoiceType.INVOICE), first=10, limit=5
    )
    items: Iterator[Invoice] = shop.invoices.iterate(fields=[InvoiceField.NUMBER], limit=100)
    pages: Iterator[Page[Invoice]] = shop.invoices.pages(cursor=None, max_pages=1)
    response: Response[InvoicesFound] = shop.with_response.invoices.list()
    print(found.count, next(items).number, next(pages).items, response.attempts)
    return key


async def use_all_async(shop: AsyncOpen2bStorefrontClient) -> None:
    key = await shop.session.login(email="a@shop.example", password="Vetro-41b")
    found = await shop.invoices.list(limit=1)
    numbers = [
        invoice.number
        async for invoice in shop.invoices.iterate(conditions=InvoiceConditions(after=7))
    ]
    cursors = [page.cursor async for page in shop.invoices.pages()]
    print(len(key), found.invoices, numbers, cursors)
