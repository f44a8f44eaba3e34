"""Fetch one invoice by its key."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack
from inspect import isawaitable
from typing import Any

from counterfoil_core.errors import NotFound

from .accounts import Account
from .connecting import connect, connect_async
from .errors import WindowError
from .invoice import Invoice, Kind
from .providers import Fetching, find_provider
from .steps import attach_record


def fetch(account: Account, key: str, *, kind: Kind | None = None, client: Any = None) -> Invoice:
    """Return the invoice with a key, as in its `ref`. The provider is asked for it.

    `kind` is only needed if two records of different kinds have the same key. If a record may have
    several invoices, such as an order, the key of the record is sufficient if it has one. A
    `client` that is passed stays open.

    Raises NotFound if there is no such invoice, WindowError if there are several, or if the
    provider cannot be asked for one invoice, and the client's exceptions.
    """
    with ExitStack() as stack:
        client = client or stack.enter_context(connect(account))
        return _choose(account, key, kind, fetch_records(account, key, kind, client))


def fetch_records(
    account: Account, key: str, kind: str | None, client: Any
) -> list[tuple[Any, bytes]]:
    """Return the records with a key, each with its bytes. Raises like `fetch`."""
    steps = _begin(account, key, kind, client)
    result: Any = None
    failure: Exception | None = None
    while True:
        try:
            step = steps.throw(failure) if failure else steps.send(result)
        except StopIteration as end:
            found: list[tuple[Any, bytes]] = end.value
            return found
        result = failure = None
        try:
            result = next(step, None) if isinstance(step, Iterator) else step
        except Exception as error:
            failure = error


async def afetch(
    account: Account, key: str, *, kind: Kind | None = None, client: Any = None
) -> Invoice:
    """Return the invoice with a key in asyncio; see `fetch`."""
    async with AsyncExitStack() as stack:
        client = client or await stack.enter_async_context(connect_async(account))
        steps = _begin(account, key, kind, client)
        result: Any = None
        failure: Exception | None = None
        while True:
            try:
                step = steps.throw(failure) if failure else steps.send(result)
            except StopIteration as end:
                return _choose(account, key, kind, end.value)
            result = failure = None
            try:
                if isinstance(step, AsyncIterator):
                    result = await anext(step, None)
                else:
                    result = await step if isawaitable(step) else step
            except Exception as error:
                failure = error


def _begin(account: Account, key: str, kind: str | None, client: Any) -> Fetching:
    get = find_provider(account.provider).get
    if get is None:
        raise WindowError(
            f"account {account.name!r}: {account.provider} cannot be asked for one invoice: "
            "list them with `iterate`"
        )
    return get(client, kind, key)


def _choose(
    account: Account, key: str, kind: str | None, records: list[tuple[Any, bytes]]
) -> Invoice:
    """Return the only invoice of records that has a key."""
    provider = find_provider(account.provider)
    invoices: list[Invoice] = []
    for record, raw in records:
        found = provider.map(record, account)
        attach_record(account.provider, found, record, raw)
        invoices += found
    of_kind = [one for one in invoices if kind is None or one.ref.kind == kind]
    matching = [one for one in of_kind if one.ref.key == key]
    if not matching:  # the key may be that of a record with one invoice
        matching = [one for one in of_kind if one.record is not None and one.record.key == key]
    if not matching:
        raise NotFound(f"account {account.name!r} has no invoice {key!r}")
    if len(matching) > 1:
        listed = ", ".join(f"{one.ref.kind} {one.ref.key}" for one in matching[:5])
        raise WindowError(
            f"account {account.name!r} has {len(matching)} invoices {key!r}: use one of {listed}"
        )
    return matching[0]
