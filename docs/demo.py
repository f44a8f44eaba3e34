"""The main job, without an account: `nox -s demo`.

Starts the sandbox, creates invoices in an Open2b store, goes through them page by page, reads Amazon's invoices of the last
week with their token pages, saves one PDF, and shows what came back.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from counterfoil_amazon import AmazonClient, CustomerInvoice
from counterfoil_core import Page
from counterfoil_open2b_admin import (
    BillingAddressForm,
    Invoice,
    InvoiceConditions,
    InvoiceForm,
    InvoiceItemForm,
    InvoiceStatus,
    InvoiceType,
    Open2bAdminClient,
)
from counterfoil_sandbox import Sandbox
from rich.console import Console
from rich.table import Table

FOLDER = Path("demo-invoices")
PEOPLE = [("Ada", "Ruscelli", "Lodi"), ("Ivo", "Tarquini", "Asti"), ("Nora", "Belfiore", "Enna")]
GOODS = [("Enamel mug", Decimal(2), Decimal("8.250")), ("Tea, loose", Decimal("0.75"), Decimal("31.900"))]


def create_invoices(shop: Open2bAdminClient, count: int) -> list[int]:
    """Create invoices for a few customers; each call is sent once, whatever happens."""
    lines = [InvoiceItemForm(name=name, quantity=quantity, price=price, tax_class=1) for name, quantity, price in GOODS]
    return [
        shop.invoices.create(
            InvoiceForm(
                type=InvoiceType.INVOICE,
                number=f"D-{number:03}",
                status=InvoiceStatus.SENT,
                items=lines[: 1 + number % 2],
                billing_address=address(*PEOPLE[number % len(PEOPLE)]),
            )
        )
        for number in range(1, count + 1)
    ]


def address(first: str, last: str, city: str) -> BillingAddressForm:
    return BillingAddressForm(
        first_name=first,
        last_name=last,
        street1="Via del Mulino 1",
        city=city,
        postal_code="26900",
        country="IT",
        email=f"{first.lower()}@example.com",
    )


def last_week(amazon: AmazonClient) -> Iterator[Page[CustomerInvoice]]:
    """The pages of Amazon's invoices of the last seven days, ten a page."""
    now = datetime.now(UTC)
    return amazon.customer_invoices.pages(created_after=now - timedelta(days=7), created_before=now, limit=10)


def save(invoice: CustomerInvoice) -> Path:
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{invoice.purchase_order_number}.pdf"
    path.write_bytes(b64decode(invoice.content, validate=True))
    return path


def show_open2b(console: Console, pages: list[Page[Invoice]]) -> None:
    console.print(heading("Open2b: the sent invoices", pages))
    table = Table("number", "customer")
    for name in ("net", "tax", "gross"):
        table.add_column(name, justify="right")
    for one in (invoice for page in pages for invoice in page.items):
        table.add_row(str(one.number), str(one.customer_name), str(one.total), str(one.tax_amount), str(one.taxed_total))
    console.print(table)


def show_amazon(console: Console, pages: list[Page[CustomerInvoice]]) -> None:
    console.print(heading("Amazon: the invoices of the last seven days", pages))
    table = Table("purchase order")
    table.add_column("PDF", justify="right")
    for one in (invoice for page in pages for invoice in page.items):
        table.add_row(one.purchase_order_number, f"{len(b64decode(one.content))} bytes")
    console.print(table)


def heading(what: str, pages: Sequence[Page[Any]]) -> str:
    read = [page for page in pages if page.items]
    return f"\n[bold]{what}[/bold], {sum(len(page.items) for page in read)} on {len(read)} pages"


def main() -> None:
    """Run the demo; see the module's docstring."""
    console = Console()
    with Sandbox(seed=7) as box, box.serve() as url:
        console.print(f"The sandbox listens on {url} for as long as this runs.")
        with Open2bAdminClient(**box.account("open2b-admin")) as shop:
            made = create_invoices(shop, 10)
            sent = InvoiceConditions(status=InvoiceStatus.SENT, after=made[0] - 1)
            show_open2b(console, list(shop.invoices.pages(conditions=sent, limit=4)))
        with AmazonClient(**box.account("amazon")) as amazon:
            pages = list(last_week(amazon))
            show_amazon(console, pages)
            console.print(f"\nSaved {save(pages[0].items[0])}")


if __name__ == "__main__":
    main()
