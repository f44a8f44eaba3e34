"""User code that calls every method of counterfoil-amazon: it must type-check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from counterfoil_amazon import (
    AmazonClient,
    AsyncAmazonClient,
    CustomerInvoice,
    CustomerInvoiceList,
    GrantType,
    RestrictedMethod,
    RestrictedResource,
    SortOrder,
)
from counterfoil_core import Page, Response

START = datetime(2026, 11, 1, tzinfo=UTC)
END = datetime(2026, 11, 8, tzinfo=UTC)


def use_all(amazon: AmazonClient) -> None:
    found: CustomerInvoiceList = amazon.customer_invoices.list(
        created_after=START, created_before=END, limit=10, sort_order=SortOrder.ASC
    )
    items: Iterator[CustomerInvoice] = amazon.customer_invoices.iterate(
        created_after=START, created_before=END, max_pages=9
    )
    pages: Iterator[Page[CustomerInvoice]] = amazon.customer_invoices.pages(
        created_after=START, created_before=END, cursor=None
    )
    one: CustomerInvoice = amazon.customer_invoices.get("PO98676856")
    token = amazon.access_tokens.create(
        grant_type=GrantType.REFRESH_TOKEN, client_id="c", client_secret="s", refresh_token="r"
    )
    resource = RestrictedResource(
        method=RestrictedMethod.GET, path="/vendor/directFulfillment/shipping/v1/customerInvoices"
    )
    restricted = amazon.restricted_data_tokens.create([resource])
    response: Response[CustomerInvoice] = amazon.with_response.customer_invoices.get("PO98676856")
    print(
        found.customer_invoices, next(items).content, next(pages).items, one.purchase_order_number
    )
    print(token.expires_in, restricted.expires_in, response.request_id, response.elapsed)


async def use_all_async(amazon: AsyncAmazonClient) -> list[str]:
    one = await amazon.customer_invoices.get("PO98676856")
    found = await amazon.customer_invoices.list(created_after=START, created_before=END)
    resource = RestrictedResource(
        method=RestrictedMethod.GET, path="/vendor/directFulfillment/shipping/v1/customerInvoices"
    )
    await amazon.restricted_data_tokens.create(
        [resource], target_application="amzn1.sellerapps.app.example"
    )
    await amazon.access_tokens.create(
        grant_type=GrantType.CLIENT_CREDENTIALS, client_id="c", client_secret="s", scope="x"
    )
    print(one.content, found.pagination)
    pages = [
        page
        async for page in amazon.customer_invoices.pages(created_after=START, created_before=END)
    ]
    print(pages[0].cursor)
    items = amazon.customer_invoices.iterate(created_after=START, created_before=END)
    return [item.purchase_order_number async for item in items]
