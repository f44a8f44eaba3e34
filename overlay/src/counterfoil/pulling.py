"""Pull the new invoices of many accounts into one sink. A pull can be resumed at any point.

    from counterfoil import open_sink, pull, read_accounts

    with open_sink("invoices.db") as sink:
        result = pull(read_accounts().values(), since=datetime(2026, 10, 1, tzinfo=UTC), into=sink)

Each slice is stored together with the cursor at its end. However a pull ends, the next one resumes
there, and reads at most one slice per account again. Records that cannot be read are kept, and
retried by the next pull.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any, TypedDict

import msgspec
from msgspec import structs

from .accounts import Account
from .clocks import ClockWatch
from .connecting import connect
from .cursors import Batch, Cursor, Slice, Unreadable
from .deletions import Listing
from .errors import AccountError, InvoiceRefused, NeverPulled, StorageError
from .invoice import Invoice, Kind, Status
from .mapping_version import is_outdated, keep_mapping
from .moments import When, read_when
from .providers import find_provider
from .pull_results import AccountPull, PullResult
from .reading import read_slice
from .retrying import Troubles
from .sinks import Sink, Written
from .slices import CLOCKS, find_doubt, go_back, plan_slices
from .unreadable import describe_unstored

FRESH = timedelta(hours=1)  # a pull to the same end within this time resumes the previous one
REMAP = (
    "stored invoices were mapped by an earlier version or by other settings: `counterfoil remap` "
    "brings them up to date without a request"
)


def pull(
    accounts: Iterable[Account],
    since: When | None = None,
    until: When | None = None,
    *,
    into: Sink,
    again: bool = False,
    kinds: Collection[Kind] = (),
    statuses: Collection[Status] = (),
    at_once: int = 8,
    connect: Callable[[Account], Any] = connect,
    report: Callable[[AccountPull], None] | None = None,
) -> PullResult:
    """Pull the invoices of accounts into a sink.

    `at_once` is the number of accounts that are pulled at the same time, each in a thread.

    `since` is the start for accounts that are not in the sink yet. All other accounts resume where
    they ended. If `since` is earlier than the start in the sink, everything is read again from
    there. With `again`, everything is read again from `since`, or from the start in the sink if it
    is omitted; a later `since` leaves no gap. The end of the last pull is always read again, by the
    account's `overlap`, for invoices that were listed late. If a provider cannot search by time,
    each pull lists and compares all its invoices. Unchanged invoices are not written again.

    `kinds` and `statuses` limit the invoices. Such a pull has a cursor of its own, and so needs its
    own `since`. Without them, invoices that were deleted at a provider that is listed whole are
    marked in the sink.

    `until` is the end, now by default. Both may be days or ISO strings, as in `plan_slices`.
    `connect` creates the client of an account. `report` is called after each page, from the
    accounts' threads.

    A record that cannot be read, mapped or stored is counted, added to the warnings and kept by the
    sink. Later pulls try it again.

    An exception ends the pull of its account only, and is part of the result. Ctrl-C ends all
    accounts after their pending responses.

    Raises AccountError if two accounts have the same name, and WindowError if a datetime has no
    time zone.
    """
    todo = list(accounts)
    _require_unique_names(todo)
    now = datetime.now(UTC)
    stop = Event()
    filters: _Filters = {"kinds": tuple(sorted(kinds)), "statuses": tuple(sorted(statuses))}
    pulls = []
    for account in todo:
        start = None if since is None else read_when("since", since, account.zone)
        end = now if until is None else read_when("until", until, account.zone)
        pulls.append(
            _Pull(
                account=account,
                span=(start, end),
                sink=into,
                again=again,
                filters=filters,
                connect=connect,
                report=report or _ignore,
                stop=stop,
            )
        )
    with ThreadPoolExecutor(at_once, thread_name_prefix="counterfoil-pull") as pool:
        try:
            return PullResult(tuple(pool.map(_Pull.run, pulls)))
        except BaseException:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _require_unique_names(accounts: list[Account]) -> None:
    counts = Counter(account.name for account in accounts)
    repeated = [name for name, count in counts.items() if count > 1]
    if repeated:
        raise AccountError(
            f"two accounts are called {min(repeated)!r}: a sink identifies accounts by their names"
        )


def _ignore(result: AccountPull) -> None:
    """Do nothing: no `report` was passed."""


class _Filters(TypedDict):
    kinds: tuple[Kind, ...]
    statuses: tuple[Status, ...]


@dataclass
class _Pull:
    """The pull of one account."""

    account: Account
    span: tuple[datetime | None, datetime]
    sink: Sink
    again: bool
    filters: _Filters
    connect: Callable[[Account], Any]
    report: Callable[[AccountPull], None]
    stop: Event

    @property
    def name(self) -> str:
        """The name of the cursor in the sink: the account's, and the filters."""
        words = [f"kind={kind}" for kind in self.filters["kinds"]]
        words += [f"status={status}" for status in self.filters["statuses"]]
        return f"{self.account.name}?{'&'.join(words)}" if words else self.account.name

    @property
    def is_filtered(self) -> bool:
        """Whether the pull is limited to some kinds or statuses."""
        return any(self.filters.values())

    def run(self) -> AccountPull:
        self.result = AccountPull(self.account.name, self.account.provider)
        claim = getattr(self.sink, "claim", None)
        try:
            with claim(self.name) if claim else nullcontext():
                self._pull()
        except Exception as error:
            # Whether the client, the sink or `report` raised it: the other accounts continue.
            self.result.failure = error
        return self.result

    def _pull(self) -> None:
        self.begin, start = self._find_start()
        self.troubles = Troubles(self.account, self.sink, self.result)
        slices = plan_slices(self.account, start, self.span[1], **self.filters)
        for part in slices:
            self.result.warnings += part.warnings
        self.result.slices = len(slices)
        lists_all = not find_provider(self.account.provider).capabilities.filters
        is_whole = lists_all and bool(slices) and slices[-1].after is None and not self.is_filtered
        is_mapped_anew = self._check_mapping(slices)
        with self.connect(self.account) as client:
            self.clock = ClockWatch(client, lambda: datetime.now(UTC))
            with self.clock, ThreadPoolExecutor(1) as ahead:
                if not lists_all:  # otherwise the slices contain the unreadable records anyway
                    self._try_again(client)
                for part in slices:
                    listing = None
                    if is_whole and part is slices[-1]:
                        listing = Listing(self.account, self.sink, self.result)
                        listing.begin()
                    self._work(part, read_slice(self.account, part, client, ahead=ahead), listing)
                    if listing is not None:
                        listing.end(client)
                self._read_late(client)
        if is_whole:
            self.troubles.drop_the_rest()  # everything was listed, and they were not in it
        if is_mapped_anew:
            keep_mapping(self.account, self.sink)

    def _check_mapping(self, slices: list[Slice]) -> bool:
        """Return whether this pull maps all stored invoices anew, which another mapping made.

        If it does not, but another mapping made some of them, a warning is added.
        """
        if not is_outdated(self.account, self.sink):
            return False
        cursor = self._find_cursor()
        reads_all = cursor is None or (bool(slices) and slices[0].since <= cursor.begin)
        if not reads_all or self.is_filtered:
            self.result.warnings.append(REMAP)
            return False
        return True

    def _find_start(self) -> tuple[datetime, datetime | Cursor]:
        """Return the account's start in the sink, and the cursor or time to read from."""
        since, until = self.span
        cursor = self._find_cursor()
        if cursor is None:
            if since is None:
                raise NeverPulled(f"account {self.name!r} was never pulled: pass `since`")
            return since, since
        begin = cursor.begin if since is None else min(since, cursor.begin)
        now = datetime.now(UTC)
        if find_doubt(cursor, self.account, now):
            # `plan_slices` reads everything again, from the cursor's begin.
            return begin, structs.replace(cursor, begin=begin)
        reads_again = self.again or begin < cursor.begin
        if not find_provider(self.account.provider).capabilities.filters:
            return begin, self._list_all(cursor, begin, reads_again, now)
        overlapping = go_back(cursor, self.account)
        if reads_again:
            # Not later than the stored end: there would be a gap.
            stored = cursor.rest.since if cursor.rest else overlapping.since
            return begin, min(since or begin, stored)
        if until < cursor.since <= now:
            return begin, cursor
        return begin, overlapping

    def _list_all(
        self, cursor: Cursor, begin: datetime, reads_again: bool, now: datetime
    ) -> datetime | Cursor:
        """Return the cursor or time to read from, if the provider cannot search by time."""
        if reads_again:
            return begin
        _, until = self.span
        age = now - cursor.since
        is_fresh = timedelta() <= age < FRESH
        if until <= cursor.since and is_fresh:
            return cursor
        return structs.replace(cursor, since=begin)

    def _find_cursor(self) -> Cursor | None:
        """Return the account's cursor, or None. With `again`, a damaged cursor is ignored."""
        name = self.name
        stored = self.sink.find_cursor(name)
        if stored is None:
            return None
        try:
            cursor = Cursor.from_json(stored)
        except (msgspec.DecodeError, UnicodeDecodeError):
            if self.again and self.span[0] is not None:
                return None
            raise StorageError(
                f"the cursor of account {name!r} is damaged: read everything again with `since` "
                "and `again` (--since, --again)"
            ) from None
        if cursor.provider != self.account.provider:
            other = f"of {cursor.provider} in this store, not of {self.account.provider}"
            raise StorageError(f"account {name!r} is {other}: rename it")
        return cursor

    def _try_again(self, client: Any) -> None:
        """Read the records again that earlier pulls could not read."""
        cursor = self.sink.find_cursor(self.name)
        if cursor is None:
            return  # no slice was completed: the pull reads these records anyway
        for part, records in self.troubles.plan():
            found: list[Invoice] = []
            unreadable: list[Unreadable] = []
            for batch in self.troubles.attempt(part, records, client):
                self._stop_if_asked()
                found += batch.invoices
                unreadable += batch.unreadable
                if batch.cursor is not None:
                    self.result.read += len(found)
                    self._store(part, found, unreadable, cursor)
                    self.troubles.drop(records)
                    break

    def _read_late(self, client: Any) -> None:
        """Read what the provider does not list by its own time, unless the pull ends earlier."""
        list_late = find_provider(self.account.provider).list_late
        cursor = self.sink.find_cursor(self.name)
        now = datetime.now(UTC)
        if list_late is None or cursor is None or self.span[1] < now - CLOCKS:
            return
        for part in list_late(self.account, now):
            part = structs.replace(part, **self.filters)
            found: list[Invoice] = []
            unreadable: list[Unreadable] = []
            for batch in read_slice(self.account, part, client):
                self._stop_if_asked()
                found += batch.invoices
                unreadable += batch.unreadable
                self.result.warnings += batch.doubts
                if batch.cursor is not None:
                    self.result.read += len(found)
                    self._store(part, found, unreadable, cursor)
                    found = []
                    unreadable = []

    def _work(self, part: Slice, batches: Iterator[Batch], listing: Listing | None) -> None:
        """Store the batches of a slice, several together if the sink wants it."""
        found: list[Invoice] = []
        unreadable: list[Unreadable] = []
        cursors = 0
        cursors_at_once = getattr(self.sink, "cursors_at_once", 1)
        for batch in batches:
            self._stop_if_asked()
            if listing is not None:
                listing.note(batch)
            found += batch.invoices
            unreadable += batch.unreadable
            self.result.warnings += batch.doubts
            self.result.read += len(batch.invoices)
            if batch.cursor is not None:
                cursors += 1
                is_end = batch.cursor.rest is None
                if is_end or cursors % cursors_at_once == 0:
                    cursor = self._hold_back(structs.replace(batch.cursor, begin=self.begin))
                    self._store(part, found, unreadable, cursor.to_json())
                    self.result.slices_done += is_end
                    found = []
                    unreadable = []
            self.report(self.result)

    def _hold_back(self, cursor: Cursor) -> Cursor:
        """Return a cursor that is not ahead of the provider's clock, so no invoice is missed."""
        if self.clock.is_ahead and cursor.rest is None:
            sentence = self.clock.describe(self.account.provider)
            if sentence not in self.result.warnings:
                self.result.warnings.append(sentence)
        return self.clock.hold_back(cursor)

    def _stop_if_asked(self) -> None:
        if self.stop.is_set():
            raise InterruptedError("another account's thread was interrupted")

    def _store(
        self, part: Slice, found: Sequence[Invoice], unreadable: list[Unreadable], cursor: bytes
    ) -> None:
        """Store unreadable records, then invoices and cursor. In this order, none is lost."""
        self.troubles.keep(unreadable)
        written = self._store_most(part, found, cursor)
        self.result.new += written.new
        self.result.changed += written.changed
        self.result.unchanged += written.unchanged
        self.result.erased += written.erased

    def _store_most(self, part: Slice, found: Sequence[Invoice], cursor: bytes) -> Written:
        """Store invoices. Those that the sink refuses are kept as unreadable records."""
        try:
            return self.sink.store(self.name, found, cursor)
        except InvoiceRefused as error:
            reasons = error.reasons
        refused = [one for one in found if one.ref in reasons]
        if not refused:
            raise StorageError("the sink refuses invoices that it was not passed")
        self.result.read -= len(refused)
        self.troubles.keep([describe_unstored(part, one, *reasons[one.ref]) for one in refused])
        accepted = [one for one in found if one.ref not in reasons]
        return self.sink.store(self.name, accepted, cursor)
