"""Reading a span of time in slices: the core under `iterate`, under pulls, and under engines that share the work out.

    slices = plan_slices(account, since, until)      data: frozen, JSON-able, in order of time
    reading = read_slice(account, slices[0], client)
    for invoice in reading: ...
    reading.remaining                                None, or a slice with what this one had too much of

A provider says what to ask in a generator (`Steps`), once; the loops that carry it out are sync and async. Pages, limits and
retries are the client's.
"""

from __future__ import annotations

import warnings
from calendar import monthrange
from collections import deque
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import AsyncExitStack, ExitStack
from datetime import UTC, datetime, timedelta
from inspect import isawaitable
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct, structs

from .accounts import Account, connect, connect_async
from .errors import CounterfoilWarning, WindowError
from .invoice import Invoice, InvoiceRef, Moment
from .providers import Capabilities, find_provider

MOST_INVOICES = 1000  # of a slice; what is beyond is the remaining slice


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


class Cursor(Struct, frozen=True, kw_only=True):
    """How far an account has been read: everything before `since` but what is in `rest`. Small, and stored as JSON."""

    account: str
    since: Moment
    rest: Slice | None = None

    @classmethod
    def behind(cls, done: Slice, remaining: Slice | None) -> Cursor:
        """The cursor when the invoices of `done` are stored; slices must be done in their order."""
        return cls(account=done.account, since=done.until, rest=remaining and structs.replace(remaining, warnings=()))

    def to_json(self) -> bytes:
        """Write JSON, less than a kilobyte."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, text: bytes | str) -> Cursor:
        """Read what `to_json` wrote. Raises msgspec.ValidationError where it is something else."""
        return msgspec.json.decode(text, type=cls)


class Call(Struct, frozen=True):
    """Call a method of the client ("orders.get"), and give its result; an iterator where the method makes one."""

    method: str
    arguments: dict[str, Any]

    def make(self, client: Any) -> Any:
        """Make the call; async clients give something to await, or an async iterator."""
        resource, _, method = self.method.partition(".")
        return getattr(getattr(client, resource), method)(**self.arguments)


class Turn(Struct, frozen=True):
    """Give the next item of an iterator, None at its end."""

    items: Any


Steps: TypeAlias = Generator[Call | Turn | tuple[Invoice, ...], Any, Slice | None]
"""How a slice is read, without doing any I/O: yields what to ask and what was found, returns the remaining slice."""


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
    whole = Slice(account=account.name, provider=provider.name, since=start, until=end, by=by or able.times[0])
    cut = [structs.replace(whole, since=first, until=last) for first, last in _cut(start, end, able.slice_days)]
    return rest + [structs.replace(each, warnings=tuple(said)) for each in cut[:1]] + cut[1:]


def _find_reach(able: Capabilities, now: datetime) -> datetime | None:
    """The earliest moment that is listed: so many calendar months ago, and a minute, for the clock goes on while reading."""
    if able.history_months is None:
        return None
    year, month = divmod(now.year * 12 + now.month - 1 - able.history_months, 12)
    day = min(now.day, monthrange(year, month + 1)[1])  # six months before 31 August is the end of February
    return now.replace(year=year, month=month + 1, day=day) + timedelta(minutes=1)


def _cut(start: datetime, end: datetime, days: int | None) -> Iterator[tuple[datetime, datetime]]:
    while start < end:
        last = end if days is None else min(end, start + timedelta(days=days))
        yield start, last
        start = last


def read_pages(
    call: Call, part: Slice, choose: Callable[[Any], tuple[Invoice, ...]], *, most: int | None = MOST_INVOICES
) -> Steps:
    """Steps of a provider that lists whole invoices: page after page, until there are `most` or more records."""
    pages, count = (yield call), 0
    while (page := (yield Turn(pages))) is not None:
        yield tuple(invoice for item in page.items for invoice in choose(item))
        count += len(page.items)
        if most is not None and count >= most and page.cursor is not None:
            return structs.replace(part, after=page.cursor, warnings=())
    return None


class Reading:
    """The invoices of a slice, to be iterated over once; then `remaining` is what was too much for it, or None."""

    def __init__(self, account: Account, part: Slice, client: Any) -> None:
        if (account.name, account.provider) != (part.account, part.provider):
            raise WindowError(f"this slice is of account {part.account!r} ({part.provider}), not of {account.name!r}")
        self.remaining: Slice | None = None
        self._steps = find_provider(account.provider).read(account, part)
        self._client = client

    def _next(self, answer: Any) -> Call | Turn | tuple[Invoice, ...] | None:
        try:
            return self._steps.send(answer)
        except StopIteration as end:
            self.remaining = end.value
            return None

    def __iter__(self) -> Iterator[Invoice]:
        answer: Any = None
        while (step := self._next(answer)) is not None:
            answer = None
            if isinstance(step, Call):
                answer = step.make(self._client)
            elif isinstance(step, Turn):
                answer = next(step.items, None)
            else:
                yield from step


class AsyncReading(Reading):
    """`Reading` for asyncio."""

    __iter__ = None  # type: ignore[assignment]

    async def __aiter__(self) -> AsyncIterator[Invoice]:
        answer: Any = None
        while (step := self._next(answer)) is not None:
            answer = None
            if isinstance(step, Call):
                made = step.make(self._client)
                answer = await made if isawaitable(made) else made
            elif isinstance(step, Turn):
                answer = await anext(step.items, None)
            else:
                for invoice in step:
                    yield invoice


def read_slice(account: Account, part: Slice, client: Any) -> Reading:
    """Read a slice with the client that `connect` made. Raises what the client raises, while it is iterated over."""
    return Reading(account, part, client)


def aread_slice(account: Account, part: Slice, client: Any) -> AsyncReading:
    """Read a slice with the client that `connect_async` made: `async for invoice in aread_slice(...)`."""
    return AsyncReading(account, part, client)


class _Queue:
    """The slices that are still to be read, and the invoices that neighbouring slices have both."""

    def __init__(self, account: Account, slices: list[Slice]) -> None:
        self.pending = deque(slices)
        self._before: set[InvoiceRef] = set()
        self._now: set[InvoiceRef] = set()
        for sentence in (sentence for each in slices for sentence in each.warnings):
            warnings.warn(f"account {account.name!r}: {sentence}", CounterfoilWarning, stacklevel=4)

    def is_new(self, invoice: Invoice) -> bool:
        known = invoice.ref.key is not None and (invoice.ref in self._before or invoice.ref in self._now)
        self._now.add(invoice.ref)
        return not known

    def go_on(self, remaining: Slice | None) -> None:
        self._before, self._now = self._now, set()
        self.pending.extendleft([remaining] if remaining else [])


def iterate(
    account: Account, since: datetime | Cursor, until: datetime | None = None, *, by: str | None = None, client: Any = None
) -> Iterator[Invoice]:
    """Yield the invoices of a span of time, each once, slice after slice; see `plan_slices` for the arguments.

    A `client` that is given stays open; else one is made and closed. What cannot be listed is a CounterfoilWarning.
    """
    with ExitStack() as stack:
        queue = _Queue(account, plan_slices(account, since, until, by=by))
        client = client or stack.enter_context(connect(account))
        while queue.pending:
            reading = read_slice(account, queue.pending.popleft(), client)
            yield from filter(queue.is_new, reading)
            queue.go_on(reading.remaining)


async def aiterate(
    account: Account, since: datetime | Cursor, until: datetime | None = None, *, by: str | None = None, client: Any = None
) -> AsyncIterator[Invoice]:
    """`iterate` for asyncio."""
    async with AsyncExitStack() as stack:
        queue = _Queue(account, plan_slices(account, since, until, by=by))
        client = client or await stack.enter_async_context(connect_async(account))
        while queue.pending:
            reading = aread_slice(account, queue.pending.popleft(), client)
            async for invoice in reading:
                if queue.is_new(invoice):
                    yield invoice
            queue.go_on(reading.remaining)
