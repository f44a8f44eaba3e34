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
from collections import deque
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from concurrent.futures import Executor
from contextlib import AsyncExitStack, ExitStack
from inspect import isawaitable
from typing import Any, TypeVar

from msgspec import structs

from .accounts import Account
from .connecting import connect, connect_async
from .cursors import Batch, Cursor, Slice, Steps, Unreadable
from .errors import CounterfoilWarning, WindowError
from .invoice import Invoice, InvoiceRef, Kind, Status
from .moments import When
from .providers import find_provider
from .slices import plan_slices

ItemT = TypeVar("ItemT")
PAGES_AHEAD = 4  # pages to fetch in advance; a killed pull fetched them in vain


def _begin(account: Account, part: Slice, client: Any) -> Steps:
    """Yield the provider's steps for a slice, and then the cursor at its end."""
    if (account.name, account.provider) != (part.account, part.provider):
        raise WindowError(
            f"this slice is of account {part.account!r} ({part.provider}), not of {account.name!r}"
        )
    patient = client.with_options(keep_unreadable=True, keep_raw=True)
    steps = find_provider(account.provider).read(account, part, patient)
    yield from _keep_accepted(steps, part) if part.is_filtered else steps
    yield Batch(cursor=part.end())


def _keep_accepted(steps: Steps, part: Slice) -> Steps:
    """Yield the steps of a slice, with the invoices of its kinds and statuses only."""
    result: Any = None
    failure: Exception | None = None
    while True:
        try:
            step = steps.throw(failure) if failure else steps.send(result)
        except StopIteration:
            return
        result = failure = None
        if isinstance(step, Batch):
            invoices = tuple([one for one in step.invoices if part.accepts(one)])
            step = structs.replace(step, invoices=invoices)
        try:
            result = yield step
        except Exception as error:
            failure = error


def _fetch_ahead(items: Iterator[ItemT], executor: Executor) -> Iterator[ItemT]:
    """Yield the items of an iterator, while the next ones are fetched by the executor."""
    coming = deque(executor.submit(next, items, None) for _ in range(PAGES_AHEAD))
    try:
        while True:
            item = coming.popleft().result()
            if item is None:
                return
            coming.append(executor.submit(next, items, None))
            yield item
    finally:
        for future in coming:
            future.cancel()


def read_slice(
    account: Account, part: Slice, client: Any, *, ahead: Executor | None = None
) -> Iterator[Batch]:
    """Read a slice with a client from `connect`, and yield batches.

    The last batch has the cursor at the end of the slice. Records that cannot be read are in the
    batch's `unreadable`. If an executor `ahead` is passed, which must have exactly one thread, it
    fetches the next pages while a batch is processed.

    Raises WindowError if the slice belongs to another account, and the client's exceptions.
    """
    steps = _begin(account, part, client)
    fetched: dict[Iterator[Any], Iterator[Any]] = {}
    result: Any = None
    failure: Exception | None = None
    while True:
        try:
            step = steps.throw(failure) if failure else steps.send(result)
        except StopIteration:
            return
        result = failure = None
        if isinstance(step, Batch):
            yield step
        elif isinstance(step, Iterator):
            if ahead is not None:
                step = fetched.setdefault(step, _fetch_ahead(step, ahead))
            try:
                result = next(step, None)
            except Exception as error:
                failure = error
        else:
            result = step


async def aread_slice(account: Account, part: Slice, client: Any) -> AsyncIterator[Batch]:
    """Read a slice with a client from `connect_async`; see `read_slice`."""
    steps = _begin(account, part, client)
    result: Any = None
    failure: Exception | None = None
    while True:
        try:
            step = steps.throw(failure) if failure else steps.send(result)
        except StopIteration:
            return
        result = failure = None
        if isinstance(step, Batch):
            yield step
            continue
        try:
            result = await _take_step(step)
        except Exception as error:
            failure = error


async def _take_step(step: object) -> object:
    """Return the result of a step: the next item of an iterator, or an awaited value."""
    if isinstance(step, AsyncIterator):
        return await anext(step, None)
    return await step if isawaitable(step) else step


class _Deduplicator:
    """Drops the invoices that two adjacent slices both contain, and emits warnings."""

    def __init__(
        self,
        account: Account,
        slices: list[Slice],
        on_unreadable: Callable[[Unreadable], object] | None = None,
    ) -> None:
        self._name = account.name
        self._on_unreadable = on_unreadable
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
        deduplicator = _Deduplicator(account, slices, on_unreadable)
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
        deduplicator = _Deduplicator(account, slices, on_unreadable)
        client = client or await stack.enter_async_context(connect_async(account))
        for part in slices:
            async for batch in aread_slice(account, part, client):
                for invoice in deduplicator.choose(batch):
                    yield invoice
