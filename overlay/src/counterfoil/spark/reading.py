"""Read the accounts of one task, each to its end or its failure."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

from counterfoil_core.errors import RateLimited, ServerError, TransportError
from msgspec import Struct, structs

from ..accounts import Account
from ..clocks import ClockWatch
from ..connecting import connect
from ..cursors import Batch, Cursor, Slice, Unreadable
from ..invoice import Invoice, InvoiceRef
from ..reading import Deduplicator, read_slice
from .planning import AccountWork

ATTEMPTS = 4  # of a slice, without an answer in between; Spark's own number for a task
PAUSE = 0.5  # seconds before the second attempt; doubled before each further one
TRANSIENT = (TransportError, ServerError, RateLimited)


class Found(Struct, kw_only=True):
    """Invoices and unreadable records that a cursor covers."""

    account: Account[str]
    part: Slice
    invoices: list[Invoice] = []
    unreadable: list[Unreadable] = []


class Ended(Struct, kw_only=True):
    """The end of an account. `cursor` is where the next run begins, None if nothing was read."""

    account: Account[str]
    invoices: int = 0
    unreadable: int = 0
    warnings: list[str] = []
    cursor: Cursor | None = None
    failure: Exception | None = None


class AccountReader:
    """Reads one account, and yields what it finds.

    What lies between two cursors is yielded when the second one arrives. So a slice that fails
    resumes at its last cursor, and nothing is yielded twice.
    """

    def __init__(
        self,
        work: AccountWork,
        connect: Callable[[Account[str]], Any] = connect,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._work = work
        self._connect = connect
        self._sleep = sleep
        self._ended = Ended(account=work.account)
        self._records: list[Unreadable] = []
        self._late: set[InvoiceRef] = set()
        self._deduplicator = Deduplicator(
            work.account,
            list(work.slices),
            on_unreadable=self._records.append,
            on_warning=self._warn,
        )

    def read(self) -> Iterator[Found | Ended]:
        """Yield what is found, and at last the account's end, also if it fails."""
        try:
            yield from self._read()
        except Exception as error:
            self._ended.failure = error
        yield self._ended

    def _warn(self, sentence: str) -> None:
        if sentence not in self._ended.warnings:
            self._ended.warnings.append(sentence)

    def _read(self) -> Iterator[Found]:
        account = self._work.account
        with ExitStack() as stack:
            client = stack.enter_context(self._connect(account))
            clock = stack.enter_context(ClockWatch(client, lambda: datetime.now(UTC)))
            ahead = stack.enter_context(ThreadPoolExecutor(1))
            for part in self._work.late:
                for batch in self._read_slice(part, client, ahead):
                    found = self._take(part, batch)
                    self._late.update(one.ref for one in found.invoices)
                    yield found
            for part in self._work.slices:
                for batch in self._read_slice(part, client, ahead):
                    yield self._take(part, batch)
                    self._move_cursor(batch, clock)

    def _read_slice(self, part: Slice, client: Any, ahead: Executor) -> Iterator[Batch]:
        """Yield what lies between the cursors of a slice, each as one batch."""
        rest: Slice | None = part
        attempt = 1
        while rest is not None:
            held: list[Batch] = []
            try:
                for batch in read_slice(self._work.account, rest, client, ahead=ahead):
                    held.append(batch)
                    if batch.cursor is not None:
                        yield _join(held)
                        held = []
                        rest = batch.cursor.rest
                        attempt = 1
            except TRANSIENT:
                if attempt == ATTEMPTS:
                    raise
                self._sleep(PAUSE * 2 ** (attempt - 1))
                attempt += 1

    def _take(self, part: Slice, batch: Batch) -> Found:
        """Return what is new in a batch, and count it."""
        invoices = [one for one in self._deduplicator.choose(batch) if one.ref not in self._late]
        records = list(self._records)
        self._records.clear()
        self._ended.invoices += len(invoices)
        self._ended.unreadable += len(records)
        return Found(account=self._work.account, part=part, invoices=invoices, unreadable=records)

    def _move_cursor(self, batch: Batch, clock: ClockWatch) -> None:
        if batch.cursor is None:
            return
        cursor = structs.replace(batch.cursor, begin=self._work.begin)
        if clock.is_ahead and cursor.rest is None:
            self._warn(clock.describe(self._work.account.provider))
        self._ended.cursor = clock.hold_back(cursor)

    def count_refused(self, count: int) -> None:
        """Count invoices that were found and cannot be written as rows."""
        self._ended.invoices -= count
        self._ended.unreadable += count


def _join(batches: list[Batch]) -> Batch:
    """Return several batches as one, with the cursor of the last."""
    if len(batches) == 1:
        return batches[0]
    return Batch(
        invoices=tuple(one for batch in batches for one in batch.invoices),
        unreadable=tuple(one for batch in batches for one in batch.unreadable),
        doubts=tuple(one for batch in batches for one in batch.doubts),
        cursor=batches[-1].cursor,
    )
