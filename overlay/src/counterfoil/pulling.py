"""Pull: what is new in many accounts, into one sink, resumable at any moment.

    from counterfoil import open_sink, pull, read_accounts

    with open_sink("invoices.db") as sink:
        result = pull(read_accounts().values(), since=datetime(2026, 10, 1, tzinfo=UTC), into=sink)

Each slice and the cursor behind it are stored together: a pull that was ended in whatever way goes on where it was, and reads
one slice of each account again at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import msgspec
from msgspec import structs

from .accounts import Account, connect
from .errors import AccountError, StorageError, WindowError
from .invoice import Invoice
from .providers import find_provider
from .sinks import Sink
from .slices import Batch, Cursor, plan_slices, read_slice

FRESH = timedelta(hours=1)  # so long a pull that begins is the one before, gone on with
CLOCKS = timedelta(minutes=2)  # that a provider's may be behind ours: so much is read again by the next pull


@dataclass
class AccountPull:
    """What became of an account.

    `read` is what its provider listed, and the sum of `new`, `changed` and `unchanged` ones when it is stored. Of the `slices` of
    time that were planned, so many are done. `failure` is why it ended early, None where it did not: what was stored until then
    is good, and the next pull goes on there. `warnings` say what was asked for and cannot be had.
    """

    account: str
    provider: str
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    slices: int = 0
    slices_done: int = 0
    failure: Exception | None = None
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PullResult:
    """What became of each account, in the order they were given."""

    accounts: tuple[AccountPull, ...]

    @property
    def failed(self) -> tuple[AccountPull, ...]:
        """The accounts that ended early."""
        return tuple(one for one in self.accounts if one.failure is not None)

    def count(self, what: str) -> int:
        """The sum over all accounts of `read`, `new`, `changed` or `unchanged`."""
        return sum(getattr(one, what) for one in self.accounts)


def pull(
    accounts: Iterable[Account],
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    into: Sink,
    again: bool = False,
    at_once: int = 8,
    connect: Callable[[Account], Any] = connect,
    report: Callable[[AccountPull], None] | None = None,
) -> PullResult:
    """Pull the invoices of accounts into a sink, `at_once` accounts at the same time, each in a thread.

    `since` says where an account begins that is not in the sink yet; every other one goes on where it ended. An earlier `since`
    than before, or `again`, reads from there anew. So does, after an hour, a pull of a provider that searches by no time: it has
    to list all anyway, and old ones that were changed are seen. What is known already is not written again. `until` is now unless
    it is earlier. `report` is called, from those threads, after each page.

    A failure ends its account only, and stands in the result. Ctrl-C ends all, once their answers under way are there.

    Raises AccountError where two accounts have one name, WindowError where a moment has no time zone.
    """
    todo = list(accounts)
    if twice := {one.name for one in todo if [other.name for other in todo].count(one.name) > 1}:
        raise AccountError(f"two accounts are called {min(twice)!r}: a sink tells accounts by their names")
    if any(moment is not None and moment.utcoffset() is None for moment in (since, until)):
        raise WindowError("since and until need a time zone, such as datetime(2026, 10, 1, tzinfo=UTC)")
    span, stop = (since, until or datetime.now(UTC)), Event()
    pulls = [_Pull(account, span, into, again, connect, report or (lambda _: None), stop) for account in todo]
    with ThreadPoolExecutor(at_once, thread_name_prefix="counterfoil-pull") as pool:
        try:
            return PullResult(tuple(pool.map(_Pull.run, pulls)))
        except BaseException:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@dataclass
class _Pull:
    account: Account
    span: tuple[datetime | None, datetime]
    sink: Sink
    again: bool
    connect: Callable[[Account], Any]
    report: Callable[[AccountPull], None]
    stop: Event

    def run(self) -> AccountPull:
        self.result = AccountPull(self.account.name, self.account.provider)
        try:
            begin, start = self._find_start()
            slices = plan_slices(self.account, start, self.span[1])
            self.result.warnings += [sentence for part in slices for sentence in part.warnings]
            self.result.slices = len(slices)
            with self.connect(self.account) as client, ThreadPoolExecutor(1) as ahead:
                for part in slices:
                    self._work(begin, read_slice(self.account, part, client, ahead=ahead))
        except Exception as error:  # of the provider, the sink or the report: this account ends, the others go on
            self.result.failure = error
        return self.result

    def _find_start(self) -> tuple[datetime, datetime | Cursor]:
        """Where the account begins in the sink, and where to go on: at a cursor, or at the beginning."""
        name, (since, until) = self.account.name, self.span
        stored = None if since and self.again else self.sink.find_cursor(name)  # which mends a damaged one
        if stored is None:
            if since is None:
                raise WindowError(f"account {name!r} was never pulled: say since when")
            return since, since
        cursor = _read_cursor(name, stored)
        if cursor.provider != self.account.provider:
            other = f"of {cursor.provider} in this store, not of {self.account.provider}"
            raise StorageError(f"account {name!r} is {other}: rename it")
        begin = min(since or cursor.begin, cursor.begin)
        lists_all = not find_provider(self.account.provider).capabilities.filters
        is_done = cursor.rest is None and until - cursor.since > FRESH
        if self.again or begin < cursor.begin or (lists_all and is_done):
            return begin, begin
        return begin, structs.replace(cursor, since=cursor.since - CLOCKS) if cursor.since < until else cursor

    def _work(self, begin: datetime, batches: Iterator[Batch]) -> None:
        found: list[Invoice] = []
        cursors, wanted = 0, getattr(self.sink, "cursors_at_once", 1)
        for batch in batches:
            if self.stop.is_set():
                raise InterruptedError("another account's thread was interrupted")
            found += batch.invoices
            self.result.read += len(batch.invoices)
            cursors += batch.cursor is not None
            if batch.cursor is not None and (batch.cursor.rest is None or cursors % wanted == 0):
                self._store(found, structs.replace(batch.cursor, begin=begin))
                found = []
            self.report(self.result)

    def _store(self, invoices: list[Invoice], cursor: Cursor) -> None:
        if nameless := next((one for one in invoices if one.ref.key is None), None):
            raise StorageError(f"invoice {nameless.number!r} has no key at its provider, so that it cannot be told from others")
        written = self.sink.store(self.account.name, invoices, cursor.to_json())
        self.result.new += written.new
        self.result.changed += written.changed
        self.result.unchanged += written.unchanged
        self.result.slices_done += cursor.rest is None


def _read_cursor(account: str, stored: bytes) -> Cursor:
    try:
        return Cursor.from_json(stored)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise StorageError(f"the cursor of account {account!r} is damaged: begin anew by giving `since` and `again`") from None
