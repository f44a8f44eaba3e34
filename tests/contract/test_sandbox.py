"""The sandbox, held against the specs by others: Prism between it and the clients, schemathesis with whatever it can think of."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx2
import pytest
from counterfoil_amazon import AmazonClient
from counterfoil_flow import ConsumerInvoiceFormByOrder, ConsumerInvoiceLineShippingForm, CreditMemoForm, FlowClient
from counterfoil_open2b_admin import BillingAddressForm, InvoiceForm, InvoiceUpdateForm, Open2bAdminClient
from counterfoil_open2b_storefront import Open2bStorefrontClient
from counterfoil_sandbox import Sandbox
from counterfoil_vtex import InvoicedItem, InvoiceType, VtexClient

from tests.contract.calls import document

ADDRESS = BillingAddressForm(
    first_name="Nives",
    last_name="Tarabelli",
    street1="Corso Garibaldi 41",
    city="Parma",
    postal_code="43121",
    country="IT",
    email="studio@tarabelli.example",
)


def use_amazon(amazon: AmazonClient) -> None:
    now = datetime.now(UTC)
    for invoice in amazon.customer_invoices.iterate(created_after=now - timedelta(days=6), created_before=now, limit=2):
        amazon.customer_invoices.get(invoice.purchase_order_number)


def use_flow(flow: FlowClient) -> None:
    assert list(flow.consumer_invoices.iterate(limit=10))
    [made] = flow.consumer_invoices.replace_for_order("W-9001", ConsumerInvoiceFormByOrder())
    assert flow.consumer_invoices.get(made.key) == made
    lines = [ConsumerInvoiceLineShippingForm(price=Decimal("5.00"))]
    memo = flow.credit_memos.create(made.key, CreditMemoForm(refund_id="rfd-77", lines=lines))
    flow.credit_memos.delete(made.key, memo.key)


def use_admin(shop: Open2bAdminClient) -> None:
    made = shop.invoices.create(InvoiceForm(billing_address=ADDRESS))
    shop.invoices.update(id=made, invoice=InvoiceUpdateForm(number="2026/901"))
    assert shop.invoices.get(made).number == "2026/901"  # type: ignore[union-attr]
    assert len(list(shop.invoices.iterate(limit=15))) == shop.invoices.count()
    shop.invoices.delete([made])


def use_storefront(shop: Open2bStorefrontClient) -> None:
    assert len(list(shop.invoices.iterate(limit=5))) == shop.invoices.list(limit=1).count


def use_vtex(vtex: VtexClient) -> None:
    orders = [vtex.orders.get(str(one.order_id)) for one in vtex.orders.list(per_page=20).list]
    order = next(one for one in orders if one.status == "handling")
    items = [InvoicedItem(id=str(item.id), price=item.price, quantity=item.quantity) for item in order.items]
    value = sum(item.price * item.quantity for item in items)
    vtex.invoices.notify(
        str(order.order_id),
        type=InvoiceType.OUTPUT,
        invoice_number="9001/A",
        invoice_value=str(value),
        issuance_date=datetime.now(UTC),
        items=items,
    )
    vtex.invoices.add_tracking(
        str(order.order_id), "9001/A", tracking_number="T-1", tracking_url=None, courier=None, dispatched_date=None
    )


STAYS: dict[str, tuple[Any, Callable[[Any], None]]] = {
    "amazon": (AmazonClient, use_amazon),
    "flow": (FlowClient, use_flow),
    "open2b-admin": (Open2bAdminClient, use_admin),
    "open2b-storefront": (Open2bStorefrontClient, use_storefront),
    "vtex": (VtexClient, use_vtex),
}


@pytest.mark.parametrize("api", STAYS)
def test_prism_between_client_and_sandbox_finds_nothing(api: str, box: Sandbox, proxies: dict[str, str]) -> None:
    make, use = STAYS[api]
    exchanges: list[str] = []
    violations: list[str] = []

    def note(response: httpx2.Response) -> None:
        exchanges.append(str(response.status_code))
        violations.extend(filter(None, [response.headers.get("sl-violations")]))

    with (
        httpx2.Client(event_hooks={"response": [note]}, timeout=30) as transport,
        make(**{**box.account(api), "base_url": proxies[api]}, transport=transport) as client,
    ):
        use(client)

    assert not violations
    assert len(exchanges) >= 2


def headers(api: str, box: Sandbox) -> Iterator[str]:
    """The API's credentials, as the words of schemathesis' command."""
    given = box.credentials(api)
    named = {
        "amazon": {"x-amz-access-token": given.get("restricted_data_token")},
        "open2b-admin": {"X-Key": given.get("key")},
        "open2b-storefront": {"X-Customer-Key": given.get("customer_key")},
        "vtex": {"X-VTEX-API-AppKey": given.get("app_key"), "X-VTEX-API-AppToken": given.get("app_token")},
    }
    if api == "flow":
        yield from ("--auth", f"{given['token']}:")
    for name, value in named.get(api, {}).items():
        yield from ("--header", f"{name}: {value}")


def explore(api: str, box: Sandbox, most: int) -> int:
    """Let schemathesis call every operation with whatever it can think of; returns how many cases passed."""
    checks = "not_a_server_error,response_schema_conformance,content_type_conformance"
    words = [
        "--checks",
        checks,
        "--phases",
        "examples,coverage,fuzzing",
        "--max-examples",
        str(most),
        "--seed",
        "1",
        "--no-color",
    ]
    place = [str(document(api)), "--url", box.name_base_url(api), "--no-color"]
    command = [sys.executable, "-m", "schemathesis.cli", "run", *place, *words]
    done = subprocess.run([*command, *headers(api, box)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    return int(re.search(r"generated, (\d+) passed\n", done.stdout)[1])  # type: ignore[index]


@pytest.mark.parametrize("api", STAYS)
def test_schemathesis_finds_no_failure_and_no_answer_that_breaks_the_spec(api: str, box: Sandbox) -> None:
    assert explore(api, box, 10) >= 100


@pytest.mark.soak
@pytest.mark.parametrize("api", STAYS)
def test_schemathesis_finds_nothing_in_thousands_of_cases(api: str, box: Sandbox) -> None:
    assert explore(api, box, 300) >= 700
