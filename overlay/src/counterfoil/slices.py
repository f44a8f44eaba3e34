"""Reading a span of time in slices: the core under `iterate`, under pulls, and under engines that share the work out.

    for part in plan_slices(account, since, until):         data: frozen, JSON-able, in order of time
        for batch in read_slice(account, part, client):
            batch.invoices
            batch.cursor                                    not None: all up to here may be stored, with it

A provider says what to ask in a generator (`Steps`), once; the loops that carry it out are sync and async. Pages, limits and
retries are the client's.
"""

from __future__ import annotations

import warnings
from calendar import monthrange
from collections import deque
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from concurrent.futures import Executor
from contextlib import AsyncExitStack, ExitStack, suppress
from datetime import UTC, datetime, timedelta
from inspect import isawaitable
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct, structs

from .accounts import Account, connect, connect_async
from .errors import CounterfoilWarning, WindowError
from .invoice import Invoice, InvoiceRef, Moment
from .providers import Capabilities, find_provider

PAGES_AHEAD = 4  # that a pull which is killed has fetched, and not stored


class Slice(Struct, frozen=True, kw_only=True):
    """A part of an account's invoices: those of a span of time, `since` included and `until` not.

    `by` is the moment that counts, one of the provider's `Capabilities.times`. `after` is where within the span to go on: a
    position or an identifier, as the client spells it, and never a page token of the provider. `warnings` say what was asked for
    and cannot be had.
    """

    account: str
    provider: str
    since: Moment
    until: Moment
    by: str
    after: str | None = None
    warnings: tuple[str, ...] = ()

    def go_on(self, **changes: Any) -> Cursor:
        """The cursor within this slice, whose rest is the slice with these changes."""
        return structs.replace(self.end(), rest=structs.replace(self, warnings=(), **changes))

    def end(self) -> Cursor:
        """The cursor behind this slice."""
        return Cursor(account=self.account, provider=self.provider, begin=self.since, since=self.until)


class Cursor(Struct, frozen=True, kw_only=True):
    """How far an account has been read: everything from `begin` to `since` but what is in `rest`. Small, and stored as JSON."""

    account: str
    provider: str
    begin: Moment
    since: Moment
    rest: Slice | None = None

    def to_json(self) -> bytes:
        """Write JSON, less than a kilobyte."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, text: bytes | str) -> Cursor:
        """Read what `to_json` wrote. Raises msgspec.ValidationError where it is something else."""
        return msgspec.json.decode(text, type=cls)


class Batch(Struct, frozen=True):
    """Some invoices of a slice. Where there is a `cursor`, everything up to here is behind it, if slices are read in order."""

    invoices: tuple[Invoice, ...] = ()
    cursor: Cursor | None = None


Steps: TypeAlias = Generator[Any, Any, None]
"""How a slice is read, written once for both clients: yields a batch that was found, or else what a method of the client gave.
For the latter it is sent the result; of an iterator the next item, None at its end."""


def plan_slices(
    account: Account, since: datetime | Cursor, until: datetime | None = None, *, by: str | None = None
) -> list[Slice]:
    """Cut a span of time into slices that the provider can list, the earliest first; it ends now at the latest.

    A `Cursor` in the place of `since` goes on where a pull ended: its rest comes first, and what the provider may have been
    slow to list is read again. What lies further back than the provider lists is left out, and the first slice says so in its
    `warnings`. An empty span has no slices.

    Raises WindowError where the whole span is out of reach, a moment has no time zone, or invoices are not found `by` that.
    """
    provider = find_provider(account.provider)
    able, now = provider.capabilities, datetime.now(UTC)
    if by is not None and by not in able.times:
        raise WindowError(f"{provider.name} finds invoices by the moment they were {' or '.join(able.times)}, not {by!r}")
    rest = [since.rest] if isinstance(since, Cursor) and since.rest else []
    start = since.since - timedelta(seconds=able.lag_seconds) if isinstance(since, Cursor) else since
    end = now if until is None else until
    if start.utcoffset() is None or end.utcoffset() is None:
        raise WindowError("since and until need a time zone, such as datetime(2026, 10, 1, tzinfo=UTC)")
    start, end = start.astimezone(UTC), min(end.astimezone(UTC), now)
    said = [provider.without_zone] if provider.without_zone and account.time_zone is None else []
    if (reach := _find_reach(able, now)) is not None and start < reach and start < end:
        sentence = f"{provider.name} lists the last {able.history_months} months only, since {reach:%Y-%m-%d %H:%M} UTC"
        if end <= reach:
            raise WindowError(f"{sentence}: ask for a later time")
        said.append(f"{sentence}: what is earlier is left out")
        start = reach
    return rest + _cut(account, start, end, by or able.times[0], able.slice_days, tuple(said))


def _find_reach(able: Capabilities, now: datetime) -> datetime | None:
    """The earliest moment that is listed: so many calendar months ago, and a minute, for the clock goes on while reading."""
    if able.history_months is None:
        return None
    year, month = divmod(now.year * 12 + now.month - 1 - able.history_months, 12)
    day = min(now.day, monthrange(year, month + 1)[1])  # six months before 31 August is the end of February
    return now.replace(year=year, month=month + 1, day=day) + timedelta(minutes=1)


def _cut(account: Account, start: datetime, end: datetime, by: str, days: int | None, said: tuple[str, ...]) -> list[Slice]:
    slices: list[Slice] = []
    while start < end:
        last = end if days is None else min(end, start + timedelta(days=days))
        part = Slice(account=account.name, provider=account.provider, since=start, until=last, by=by, warnings=said)
        slices.append(part)
        start, said = last, ()
    return slices


def read_pages(pages: Any, part: Slice, choose: Callable[[Any], tuple[Invoice, ...]], *, can_stop: bool = True) -> Steps:
    """Steps of a provider that lists whole invoices: page after page, with a cursor behind each where it `can_stop` within."""
    while (page := (yield pages)) is not None:
        cursor = part.go_on(after=page.cursor) if can_stop and page.cursor is not None else None
        yield Batch(tuple([invoice for item in page.items for invoice in choose(item)]), cursor)


def _begin(account: Account, part: Slice, client: Any) -> Steps:
    if (account.name, account.provider) != (part.account, part.provider):
        raise WindowError(f"this slice is of account {part.account!r} ({part.provider}), not of {account.name!r}")
    yield from find_provider(account.provider).read(account, part, client)
    yield Batch(cursor=part.end())


def _fetch_ahead(items: Iterator[Any], executor: Executor) -> Iterator[Any]:
    coming = deque(executor.submit(next, items, None) for _ in range(PAGES_AHEAD))
    try:
        while (item := coming.popleft().result()) is not None:
            coming.append(executor.submit(next, items, None))
            yield item
    finally:
        for future in coming:
            future.cancel()


def read_slice(account: Account, part: Slice, client: Any, *, ahead: Executor | None = None) -> Iterator[Batch]:
    """Read a slice with the client that `connect` made, batch after batch; the last one's cursor is behind the slice.

    With an executor `ahead`, which must have one thread only, the next pages are fetched there while one is worked on. Raises
    what the client raises, and WindowError where the slice is another account's.
    """
    steps, answer = _begin(account, part, client), None
    fetched: dict[Iterator[Any], Iterator[Any]] = {}
    with suppress(StopIteration):
        while True:
            step = steps.send(answer)
            if isinstance(step, Batch):
                answer = yield step
            elif isinstance(step, Iterator):
                answer = next(fetched.setdefault(step, _fetch_ahead(step, ahead)) if ahead else step, None)
            else:
                answer = step


async def aread_slice(account: Account, part: Slice, client: Any) -> AsyncIterator[Batch]:
    """`read_slice` with the client that `connect_async` made: `async for batch in aread_slice(...)`."""
    steps, answer = _begin(account, part, client), None
    with suppress(StopIteration):
        while True:
            step = steps.send(answer)
            if isinstance(step, Batch):
                answer = yield step
            elif isinstance(step, AsyncIterator):
                answer = await anext(step, None)
            else:
                answer = await step if isawaitable(step) else step


class _Seen:
    """The invoices that neighbouring parts of a span have both, so that each is given once."""

    def __init__(self, account: Account, slices: list[Slice]) -> None:
        self._before: set[InvoiceRef] = set()
        self._now: set[InvoiceRef] = set()
        for sentence in (sentence for part in slices for sentence in part.warnings):
            warnings.warn(f"account {account.name!r}: {sentence}", CounterfoilWarning, stacklevel=3)

    def choose(self, batch: Batch) -> Iterator[Invoice]:
        for invoice in batch.invoices:
            if invoice.ref.key is None or not (invoice.ref in self._before or invoice.ref in self._now):
                yield invoice
            self._now.add(invoice.ref)
        if batch.cursor is not None:
            self._before, self._now = self._now, set()


def iterate(
    account: Account, since: datetime | Cursor, until: datetime | None = None, *, by: str | None = None, client: Any = None
) -> Iterator[Invoice]:
    """Yield the invoices of a span of time, each once, slice after slice; see `plan_slices` for the arguments.

    A `client` that is given stays open; else one is made and closed. What cannot be listed is a CounterfoilWarning.
    """
    with ExitStack() as stack:
        slices = plan_slices(account, since, until, by=by)
        seen, client = _Seen(account, slices), client or stack.enter_context(connect(account))
        for part in slices:
            for batch in read_slice(account, part, client):
                yield from seen.choose(batch)


async def aiterate(
    account: Account, since: datetime | Cursor, until: datetime | None = None, *, by: str | None = None, client: Any = None
) -> AsyncIterator[Invoice]:
    """`iterate` for asyncio."""
    async with AsyncExitStack() as stack:
        slices = plan_slices(account, since, until, by=by)
        seen, client = _Seen(account, slices), client or await stack.enter_async_context(connect_async(account))
        for part in slices:
            async for batch in aread_slice(account, part, client):
                for invoice in seen.choose(batch):
                    yield invoice
