"""Read a time span in slices. `iterate` and pulls use this, and so can task queues.

    for part in plan_slices(account, since, until):         frozen, JSON-serializable, in time order
        for batch in read_slice(account, part, client):
            batch.invoices
            batch.cursor                                    store it with all invoices up to here

A provider describes its requests once, in a generator (`Steps`). A sync and an async loop perform
them. The client handles pages, rate limits and retries.
"""

from __future__ import annotations

import warnings
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from concurrent.futures import Executor
from contextlib import AsyncExitStack, ExitStack
from typing import Any

from msgspec import structs

from .accounts import Account
from .connecting import connect, connect_async
from .cursors import Batch, Cursor, Slice, Steps, Unreadable
from .drivers import run_steps, run_steps_async
from .errors import CounterfoilWarning, WindowError
from .invoice import Invoice, InvoiceRef, Kind, Status
from .moments import When
from .providers import find_provider
from .slices import plan_slices


def _begin(account: Account, part: Slice, client: Any) -> Steps:
    """Yield the provider's steps for a slice, and then the cursor at its end."""
    if (account.name, account.provider) != (part.account, part.provider):
        raise WindowError(
            f"this slice is of account {part.account!r} ({part.provider}), not of {account.name!r}"
        )
    patient = client.with_options(keep_unreadable=True, keep_raw=True)
    yield from find_provider(account.provider).read(account, part, patient)
    yield Batch(cursor=part.end())


def _choose(batch: Batch, part: Slice) -> Batch:
    """Return a batch with the invoices of the slice's kinds and statuses only."""
    if not part.is_filtered:
        return batch
    invoices = tuple([one for one in batch.invoices if part.accepts(one)])
    return structs.replace(batch, invoices=invoices)


def read_slice(
    account: Account, part: Slice, client: Any, *, ahead: Executor | None = None
) -> Iterator[Batch]:
    """Read a slice with a client from `connect`, and yield batches.

    The last batch has the cursor at the end of the slice. Records that cannot be read are in the
    batch's `unreadable`. If an executor `ahead` is passed, which must have exactly one thread, it
    fetches the next pages while a batch is processed.

    Raises WindowError if the slice belongs to another account, and the client's exceptions.
    """
    for batch in run_steps(_begin(account, part, client), ahead):
        yield _choose(batch, part)


async def aread_slice(account: Account, part: Slice, client: Any) -> AsyncIterator[Batch]:
    """Read a slice with a client from `connect_async`; see `read_slice`."""
    async for batch in run_steps_async(_begin(account, part, client)):
        yield _choose(batch, part)


class Deduplicator:
    """Drops the invoices that two adjacent slices both contain, and emits warnings.

    If functions are passed, they are called with unreadable records and sentences instead.
    """

    def __init__(
        self,
        account: Account,
        slices: list[Slice],
        on_unreadable: Callable[[Unreadable], object] | None = None,
        on_warning: Callable[[str], object] | None = None,
    ) -> None:
        self._name = account.name
        self._on_unreadable = on_unreadable
        self._on_warning = on_warning
        self._reported: set[str] = set()
        self._previous: set[InvoiceRef] = set()  # refs up to the last cursor
        self._current: set[InvoiceRef] = set()  # refs since the last cursor
        for part in slices:
            for sentence in part.warnings:
                self._warn(sentence, level=4)

    def choose(self, batch: Batch) -> Iterator[Invoice]:
        """Yield the invoices of a batch that were not yielded before."""
        for record in batch.unreadable:
            self._report(record)
        for sentence in batch.doubts:
            self._warn(sentence, level=4)
        for invoice in batch.invoices:
            ref = invoice.ref
            is_known = ref in self._previous or ref in self._current
            if ref.key is None or not is_known:
                yield invoice
            self._current.add(ref)
        if batch.cursor is not None:
            self._previous = self._current
            self._current = set()

    def _report(self, record: Unreadable) -> None:
        """Report an unreadable record, unless it was reported before."""
        if record.key in self._reported:
            return
        self._reported.add(record.key)
        if self._on_unreadable is not None:
            self._on_unreadable(record)
        else:
            self._warn(str(record), level=5)

    def _warn(self, sentence: str, level: int) -> None:
        if self._on_warning is not None:
            self._on_warning(sentence)
            return
        warnings.warn(f"account {self._name!r}: {sentence}", CounterfoilWarning, stacklevel=level)


def iterate(
    account: Account,
    since: When | Cursor,
    until: When | None = None,
    *,
    by: str | None = None,
    kinds: Collection[Kind] = (),
    statuses: Collection[Status] = (),
    client: Any = None,
    on_unreadable: Callable[[Unreadable], object] | None = None,
) -> Iterator[Invoice]:
    """Yield the invoices of a time span, each once; see `plan_slices` for the arguments.

    A `client` that is passed stays open. Without it, a client is created and closed.

    A CounterfoilWarning is emitted for each part of the span that cannot be listed, and for each
    record that cannot be read. If `on_unreadable` is passed, it is called with such a record
    instead. All other records are yielded.
    """
    with ExitStack() as stack:
        slices = plan_slices(account, since, until, by=by, kinds=kinds, statuses=statuses)
        deduplicator = Deduplicator(account, slices, on_unreadable)
        client = client or stack.enter_context(connect(account))
        for part in slices:
            for batch in read_slice(account, part, client):
                yield from deduplicator.choose(batch)


async def aiterate(
    account: Account,
    since: When | Cursor,
    until: When | None = None,
    *,
    by: str | None = None,
    kinds: Collection[Kind] = (),
    statuses: Collection[Status] = (),
    client: Any = None,
    on_unreadable: Callable[[Unreadable], object] | None = None,
) -> AsyncIterator[Invoice]:
    """Yield the invoices of a time span in asyncio; see `iterate`."""
    async with AsyncExitStack() as stack:
        slices = plan_slices(account, since, until, by=by, kinds=kinds, statuses=statuses)
        deduplicator = Deduplicator(account, slices, on_unreadable)
        client = client or await stack.enter_async_context(connect_async(account))
        for part in slices:
            async for batch in aread_slice(account, part, client):
                for invoice in deduplicator.choose(batch):
                    yield invoice
