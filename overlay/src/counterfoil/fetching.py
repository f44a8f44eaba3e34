"""Fetch one invoice by its key."""

from __future__ import annotations

from contextlib import AsyncExitStack, ExitStack
from typing import Any

from counterfoil_core.errors import NotFound

from .accounts import Account
from .connecting import connect, connect_async
from .cursors import Batch, Steps
from .drivers import run_steps, run_steps_async
from .errors import WindowError
from .invoice import Invoice, InvoiceRef, Kind
from .providers import Fetching, find_provider
from .steps import attach_record, find_record_key


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
        [batch] = run_steps(_read_invoices(account, key, kind, client))
        return _choose(account, key, kind, batch)


async def afetch(
    account: Account, key: str, *, kind: Kind | None = None, client: Any = None
) -> Invoice:
    """Return the invoice with a key in asyncio; see `fetch`."""
    async with AsyncExitStack() as stack:
        client = client or await stack.enter_async_context(connect_async(account))
        steps = run_steps_async(_read_invoices(account, key, kind, client))
        [batch] = [batch async for batch in steps]
        return _choose(account, key, kind, batch)


def is_present(account: Account, ref: InvoiceRef, client: Any) -> bool:
    """Return whether the provider still has the record of an invoice. Raises like `fetch`."""
    try:
        [batch] = run_steps(_list_keys(account, ref, client))
    except NotFound:
        return False
    return bool(batch.skipped)


def _list_keys(account: Account, ref: InvoiceRef, client: Any) -> Steps:
    """Yield a batch with the keys of the records that the provider has for an invoice."""
    records = yield from _get_records(account, str(ref.key), ref.kind, client)
    yield Batch(skipped=tuple([find_record_key(account.provider, one) for one, _ in records]))


def _read_invoices(account: Account, key: str, kind: str | None, client: Any) -> Steps:
    """Yield a batch with the invoices of the records that have a key."""
    provider = find_provider(account.provider)
    invoices: list[Invoice] = []
    records = yield from _get_records(account, key, kind, client)
    for record, raw in records:
        found = provider.map(record, account)
        attach_record(account.provider, found, record, raw)
        invoices += found
    yield Batch(tuple(invoices))


def _get_records(account: Account, key: str, kind: str | None, client: Any) -> Fetching:
    get = find_provider(account.provider).get
    if get is None:
        raise WindowError(
            f"account {account.name!r}: {account.provider} cannot be asked for one invoice: "
            "list them with `iterate`"
        )
    return (yield from get(client, kind, key))


def _choose(account: Account, key: str, kind: str | None, batch: Batch) -> Invoice:
    """Return the only invoice of a batch that has a key."""
    of_kind = [one for one in batch.invoices if kind is None or one.ref.kind == kind]
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
