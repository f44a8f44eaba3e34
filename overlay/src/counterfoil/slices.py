"""Divide a time span into slices that a provider can list."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import get_args

from msgspec import structs

from .accounts import Account
from .cursors import Cursor, Slice
from .errors import WindowError
from .invoice import Kind, Status
from .moments import When, read_when
from .registry import Capabilities, ProviderDescription, find_description

CLOCKS = timedelta(minutes=2)  # accepted difference between the provider's clock and the local one
OVERLAP = timedelta(minutes=2)  # time that is read again, unless the account sets another one
ZONES = timedelta(hours=26)  # largest difference between two time zones


def plan_slices(
    account: Account,
    since: When | Cursor,
    until: When | None = None,
    *,
    by: str | None = None,
    kinds: Collection[Kind] = (),
    statuses: Collection[Status] = (),
    parts: int = 1,
) -> list[Slice]:
    """Divide a time span into slices that the provider can list, the earliest first.

    There are as few as the provider allows, or as many as `parts`, of equal length, to be read by
    several tasks. Tasks that read slices of one account at once share its rate limit; see
    docs/scaling.md.

    `since` and `until` are datetimes with a time zone, ISO strings such as "2026-10-01", or days,
    which begin at midnight in the account's time zone, or in UTC if it has none. `by` is one of the
    provider's `Capabilities.times`; the first one is the default. `kinds` and `statuses` limit the
    invoices; the provider filters by them if it can.

    The last slice ends now at the latest. An empty time span has no slices. If `since` is a
    `Cursor`, the slices resume where a pull ended: the unread rest is first, and the provider's
    `lag_seconds` before the end are read again.

    All invoices are read again if a cursor cannot be trusted, because it is in the future, or the
    account's settings have changed. Invoices that are older than the provider's history are left
    out. In both cases, the first slice has `warnings`.

    Raises WindowError if the whole span is older than the provider's history, a datetime has no
    time zone, the provider cannot select invoices `by` this timestamp, or it does not list invoices
    of these kinds.
    """
    if not isinstance(parts, int) or isinstance(parts, bool) or parts < 1:
        raise WindowError(f"parts must be a whole number, 1 or more, not {parts!r}")
    provider = find_description(account.provider)
    able = provider.capabilities
    now = datetime.now(UTC)
    if by is not None and by not in able.times:
        raise WindowError(
            f"{provider.name} finds invoices by the moment they were {' or '.join(able.times)}, "
            f"not {by!r}"
        )
    _check_filters(provider, kinds, statuses)
    sentences: list[str] = []
    if provider.without_zone and account.time_zone is None:
        sentences.append(provider.without_zone)
    settings = account.read_with
    start, rest = _find_start(account, since, able, now, sentences)
    start = start.astimezone(UTC)
    end = now if until is None else read_when("until", until, account.zone)
    end = min(end.astimezone(UTC), now)
    start = _limit_to_history(provider, start, end, now, sentences)
    whole = Slice(
        account=account.name,
        provider=account.provider,
        since=start,
        until=end,
        by=by or able.times[0],
        kinds=tuple(sorted(kinds)),
        statuses=tuple(sorted(statuses)),
        settings=settings,
    )
    slices = _cut(whole, able.slice_days, tuple(sentences), parts)
    if rest is None:
        return slices
    return [structs.replace(rest, settings=settings), *slices]


def go_back(cursor: Cursor, account: Account) -> Cursor:
    """Return a cursor before the overlap, which is read again for invoices listed late."""
    overlap = account.overlap
    if not isinstance(overlap, timedelta):  # None: an Account converts all other types
        overlap = OVERLAP
    try:
        return structs.replace(cursor, since=cursor.since - overlap)
    except OverflowError:
        return cursor


def _check_filters(
    provider: ProviderDescription, kinds: Collection[str], statuses: Collection[str]
) -> None:
    """Raise WindowError for a kind that the provider does not list, or an unknown status."""
    lists = (*provider.capabilities.lists, "unknown")
    for kind in kinds:
        if kind not in lists:
            raise WindowError(
                f"{provider.name} does not list {kind!r}: it lists {', '.join(lists)}"
            )
    for status in statuses:
        if status not in get_args(Status):
            known = ", ".join(get_args(Status))
            raise WindowError(f"there is no status {status!r}: use {known}")


def _find_start(
    account: Account,
    since: When | Cursor,
    able: Capabilities,
    now: datetime,
    sentences: list[str],
) -> tuple[datetime, Slice | None]:
    """Return the start of a span, and the rest of a slice to read before it.

    If a cursor is not trusted, the reason is appended to `sentences`.
    """
    if not isinstance(since, Cursor):
        return read_when("since", since, account.zone), None
    doubt = find_doubt(since, account, now)
    if doubt:
        sentences.append(doubt)
        return _go_back(since), None
    return since.since - timedelta(seconds=able.lag_seconds), since.rest


def _limit_to_history(
    provider: ProviderDescription,
    start: datetime,
    end: datetime,
    now: datetime,
    sentences: list[str],
) -> datetime:
    """Return the start of a span, or of the provider's history if that is later.

    A part that is left out is appended to `sentences`. Raises WindowError if nothing remains.
    """
    able = provider.capabilities
    reach = find_reach(able, now)
    if reach is None or start >= reach or start >= end:
        return start
    sentence = (
        f"{provider.name} lists the last {able.history_months} months only, "
        f"since {reach:%Y-%m-%d %H:%M} UTC"
    )
    if end <= reach:
        raise WindowError(f"{sentence}: ask for a later time")
    sentences.append(f"{sentence}: what is earlier is left out")
    return reach


def find_doubt(cursor: Cursor, account: Account, now: datetime) -> str | None:
    """Return a sentence if reading cannot be resumed from a cursor, or None if it can."""
    if cursor.since > now + CLOCKS:
        return (
            f"the last pull ended at {cursor.since:%Y-%m-%d %H:%M} UTC, which is in the future: a "
            f"clock was wrong, and all since {cursor.begin:%Y-%m-%d} is read again"
        )
    before = cursor.settings
    after = account.read_with
    if before is None or before == after:
        return None
    changes = []
    for name in sorted({*before, *after}):
        old = before.get(name)
        new = after.get(name)
        if old != new:
            changes.append(f"{name} was {old} and is {new}")
    return f"{', '.join(changes)}: all since {cursor.begin:%Y-%m-%d} is read again"


def _go_back(cursor: Cursor) -> datetime:
    """Return the time to read again from, if a cursor is not trusted.

    With another time zone, the invoices that were stored first may now be earlier.
    """
    try:
        return cursor.begin - ZONES
    except OverflowError:
        return cursor.begin


def find_reach(able: Capabilities, now: datetime) -> datetime | None:
    """Return the start of the provider's history, or None if it is unlimited.

    It is a number of calendar months ago, plus a minute, because time passes while reading.
    """
    if able.history_months is None:
        return None
    months = now.year * 12 + now.month - 1 - able.history_months
    year, month = divmod(months, 12)
    _, last_day = monthrange(year, month + 1)
    day = min(now.day, last_day)  # six months before 31 August is the end of February
    return now.replace(year=year, month=month + 1, day=day) + timedelta(minutes=1)


def _cut(whole: Slice, days: int | None, sentences: tuple[str, ...], parts: int) -> list[Slice]:
    """Divide a slice into slices of at most `days` days, and into at least `parts` slices.

    The first one has the warnings.
    """
    slices: list[Slice] = []
    start = whole.since
    warnings = sentences
    longest = None if days is None else timedelta(days=days)
    if parts > 1:
        span = whole.until - whole.since
        fewest = parts if longest is None else max(parts, -(-span // longest))
        longest = max(span / fewest, timedelta(seconds=1))
    while start < whole.until:
        end = whole.until
        if longest is not None and end - start > longest + timedelta(milliseconds=1):
            end = start + longest
        slices.append(structs.replace(whole, since=start, until=end, warnings=warnings))
        start = end
        warnings = ()
    return slices
