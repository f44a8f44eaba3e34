"""Invoices and accounts of the tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from counterfoil import Account, Invoice, InvoiceRef
from counterfoil_sandbox import Sandbox


def make(key: str, **fields: Any) -> Invoice:
    """Return an invoice of the account `mine`."""
    ref = InvoiceRef(provider="flow", account="mine", kind="invoice", key=key)
    return Invoice(ref=ref, completeness="full", **fields)


def list_accounts(box: Sandbox) -> list[Account[Any]]:
    """Return an account for each API of a sandbox."""
    return [make_account(box, api) for api in box.apis]


def make_account(box: Sandbox, api: str) -> Account[Any]:
    settings = box.account(api)
    return Account(**settings, **box.facts(api))


def count_lines(invoices: Iterable[Invoice]) -> int:
    return sum(len(one.lines or ()) for one in invoices)
