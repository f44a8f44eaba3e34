"""User code that reads every platform as one Invoice: it must type-check."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

from counterfoil import (
    Account,
    AccountError,
    Finding,
    Invoice,
    InvoiceRef,
    Seller,
    TaxCategory,
    aiterate,
    draft_notification,
    fetch,
    iterate,
    notify,
    open_sink,
    pull,
    read_accounts,
    remap,
    save_documents,
    show_notification,
    to_rows,
    verify,
)
from counterfoil.sinks.sqlite import SqliteSink

SINCE = datetime.datetime(2026, 10, 1, tzinfo=datetime.UTC)


def add_up(accounts: list[Account]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for account in accounts:
        for invoice in iterate(account, since=SINCE):
            if (
                invoice.currency is not None
                and invoice.totals is not None
                and invoice.totals.gross is not None
            ):
                sums[invoice.currency] = (
                    sums.get(invoice.currency, Decimal(0)) + invoice.totals.gross
                )
    return sums


async def read(account: Account) -> set[InvoiceRef]:
    return {invoice.ref async for invoice in aiterate(account, since=SINCE)}


def keep(path: Path) -> list[Finding]:
    try:
        accounts = read_accounts(path)
    except AccountError as error:
        raise SystemExit(str(error)) from error
    with open_sink("invoices.db") as sink:
        result = pull(list(accounts.values()), SINCE, into=sink)
    return [
        finding
        for one in result.accounts
        for finding in ([] if one.failure is None else verify(made()))
    ]


def made() -> Invoice:
    return Invoice(
        ref=InvoiceRef(provider="vtex", account="shop", kind="invoice", key="1"),
        completeness="partial",
    )


def account_for(milan: Account) -> list[tuple[str | None, Decimal]]:
    invoice = fetch(milan, "118", kind="credit_note")
    found: list[tuple[str | None, Decimal]] = [
        (invoice.buyer_name, invoice.signed_gross or Decimal(0))
    ]
    content: bytes = invoice.record.content if invoice.record else b""
    for one in iterate(milan, SINCE, kinds=["invoice"], statuses=["sent"]):
        found.append((one.origin("totals.gross"), one.due or Decimal(0)))
    with open_sink("invoices.db", raw=bool(content)) as sink:
        rows = [row["gross"] for row in sink.totals(by=("account", "currency", "month"))]
        found += [(None, amount) for amount in rows]
        stored = list(sink.read())
    table: list[dict[str, object]] = list(to_rows(stored, "lines"))
    with SqliteSink("invoices.db") as store:
        [result] = remap([milan], store, dry_run=True)
        changed: int = result.changed + len(table)
        store.erase(stored[changed].ref)
    return found


def make_account() -> Account:
    return Account(
        name="milan",
        provider="open2b-admin",
        seller=Seller(name="Lantern House", vat_number="IT01234567890"),
        tax_categories=[TaxCategory(category="S", rate=Decimal(22)), {"category": "E"}],
        unit="C62",
        vat_code="companyCode",
    )


def send(vtex: Account, invoice: Invoice, order: str) -> str | None:
    notification = draft_notification(invoice, kind="Output", price="net")
    print(show_notification(vtex, order, notification).url)
    saved = [one.sha256 for one in save_documents(invoice, Path("documents"))]
    return notify(vtex, order, notification).receipt or None if saved else None
