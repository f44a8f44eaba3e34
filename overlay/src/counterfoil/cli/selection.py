"""Select accounts of a file and invoices of a store by the arguments of a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

import counterfoil

from ..matching import suggest
from .output import Row, print_error
from .search import check_account, explain_search
from .stores import Store, open_store


def choose_accounts(path: str, *names: str) -> list[counterfoil.Account]:
    """Return all accounts of a file, or the ones with these names."""
    accounts = counterfoil.read_accounts(path)
    if not accounts:
        raise click.UsageError(f"{path} has no accounts: write a table for each, such as [milan]")
    unknown = [name for name in names if name not in accounts]
    if unknown:
        listed = " or ".join(map(repr, unknown))
        has = f"it has {', '.join(accounts)}{suggest(unknown[0], accounts)}"
        raise click.UsageError(f"{path} has no account {listed}; {has}")
    return [accounts[name] for name in names or accounts]


def choose_invoices(
    store: str, *names: str, account: str | None, **filters: Any
) -> Iterator[counterfoil.Invoice]:
    """Yield the invoices with these numbers or keys, or else all that match the filters."""
    with open_store(store) as sink:
        check_account(sink, account)
        if not names:
            yield from sink.read(account=account, records=False, **filters)
        for name in names:
            yield _find_invoice(sink, name, account)


def _find_invoice(sink: Store, name: str, account: str | None) -> counterfoil.Invoice:
    """Return the only invoice with a number or key. Raises UsageError if there is not exactly one.

    A key has precedence over a number.
    """
    matching = list(sink.read(name=name, account=account, records=False))
    with_key = [invoice for invoice in matching if invoice.ref.key == name]
    found = with_key or matching
    if not found:
        raise click.UsageError(
            f"there is no invoice {name!r} in {sink.path}: `counterfoil list` shows all invoices"
        )
    if len(found) > 1:
        listed = ", ".join(f"{one.ref.account} {one.ref.key}" for one in found[:5])
        raise click.UsageError(
            f"{len(found)} invoices are called {name!r}: use the key, or add --account ({listed})"
        )
    return found[0]


def report_left_out(store: str, names: tuple[str, ...], filters: dict[str, Any]) -> None:
    """Print to stderr which invoices the filters left out, unless invoices were named."""
    if not names:
        with open_store(store) as sink:
            print_errors(explain_search(sink, 0, filters))


def print_errors(sentences: Iterable[str]) -> None:
    """Print sentences to stderr, one per line."""
    for sentence in sentences:
        print_error(sentence)


def name_invoice(invoice: counterfoil.Invoice) -> Row:
    """Return the fields that identify an invoice, for JSON and for tables."""
    return {
        "ref": invoice.ref,
        "account": invoice.ref.account,
        "invoice": invoice.number or invoice.ref.key,
    }
