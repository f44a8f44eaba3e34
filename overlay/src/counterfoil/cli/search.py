"""Explanations of the results of a search in a store."""

from __future__ import annotations

from typing import Any

import click

from ..matching import suggest
from .stores import Store


def check_account(store: Store, account: str | None) -> None:
    """Raise UsageError if the store has invoices, but none of this account."""
    if account is None:
        return
    names = store.list_accounts()
    if names and account not in names:
        has = f"it has {', '.join(names)}{suggest(account, names)}"
        raise click.UsageError(f"{store.path} has no invoices of account {account!r}; {has}")


def explain_search(store: Store, shown: int, asked: dict[str, Any]) -> list[str]:
    """Return sentences about the invoices that a search left out."""
    limit = asked.pop("limit", None)
    filters = {name: value for name, value in asked.items() if value is not None}
    total = store.count()
    if not total:
        return [f"there are no invoices in {store.path}: `counterfoil pull` fetches them"]
    matching = store.count(**filters) if filters else total
    sentences = []
    if filters and matching < total:
        words = " ".join(f"--{name} {value}" for name, value in filters.items())
        sentences.append(f"{_count(matching)} of {total:,} match {words}")
    if limit is not None and shown < matching:
        left_out = matching - shown
        sentences.append(f"{shown:,} of {_count(matching)} shown: --limit leaves out {left_out:,}")
    return sentences + _explain_days(store, filters)


def _explain_days(store: Store, filters: dict[str, Any]) -> list[str]:
    """Return a sentence about invoices that a filter by day left out for having no day."""
    others = dict(filters)
    days = [f"--{name}" for name in ("since", "until") if others.pop(name, None) is not None]
    undated = store.count(undated=True, **others) if days else 0
    if not undated:
        return []
    has = "has no day" if undated == 1 else "have no day"
    them = "it" if undated == 1 else "them"
    return [f"{_count(undated)} {has}, and {' and '.join(days)} left {them} out"]


def _count(invoices: int) -> str:
    return "1 invoice" if invoices == 1 else f"{invoices:,} invoices"
