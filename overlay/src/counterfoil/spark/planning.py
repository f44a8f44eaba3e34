"""Plan the tasks: which accounts each reads, and in which slices. No request is sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import msgspec
from msgspec import Struct, structs

from ..account_file import read_accounts
from ..accounts import Account
from ..cursors import Cursor, Slice
from ..errors import NeverPulled, StorageError
from ..moments import read_when
from ..providers import find_provider
from ..slices import CLOCKS, find_doubt, go_back, plan_slices
from .filters import PushedFilters
from .options import OptionError, SourceOptions


class AccountWork(Struct, frozen=True, kw_only=True):
    """What a task reads of one account: `late` slices first, then those that move the cursor.

    An account is pickled without its secrets.
    """

    account: Account[str]
    begin: datetime
    slices: tuple[Slice, ...]
    late: tuple[Slice, ...] = ()


def plan(options: SourceOptions, filters: PushedFilters) -> list[list[AccountWork]]:
    """Return the accounts of each task, at most `options.partitions` tasks.

    Raises AccountError, OptionError, StorageError, NeverPulled and WindowError.
    """
    accounts = _choose_accounts(options, filters)
    cursors = read_cursors(options.cursors) if options.cursors else {}
    now = datetime.now(UTC)
    works = [_plan_account(options, filters, one, cursors.get(one.name), now) for one in accounts]
    return divide(works, options.partitions)


def divide(works: Sequence[AccountWork], most: int) -> list[list[AccountWork]]:
    """Divide accounts among tasks, so that neighbours are in different ones."""
    count = min(most, len(works))
    return [list(works[number::count]) for number in range(count)]


def _choose_accounts(options: SourceOptions, filters: PushedFilters) -> list[Account[str]]:
    accounts = read_accounts(options.accounts)
    missing = [name for name in options.only if name not in accounts]
    if missing:
        raise OptionError(f"{options.accounts} has no account {missing[0]!r}")
    chosen = options.only or tuple(accounts)
    found = [accounts[name] for name in dict.fromkeys(chosen)]
    return [account for account in found if filters.accepts(account)]


def _plan_account(
    options: SourceOptions,
    filters: PushedFilters,
    account: Account[str],
    cursor: Cursor | None,
    now: datetime,
) -> AccountWork:
    until = now if options.until is None else read_when("until", options.until, account.zone)
    since = None if options.since is None else read_when("since", options.since, account.zone)
    if cursor is None and since is None:
        raise NeverPulled(f"account {account.name!r} was never read: pass the option since")
    start: datetime | Cursor = since if since is not None else now
    begin = since or now
    if cursor is not None:
        begin = cursor.begin
        is_doubtful = find_doubt(cursor, account, now)
        start = cursor if is_doubtful else go_back(cursor, account)
    first, last = filters.narrow(account, options.by, start, until)
    slices = plan_slices(
        account,
        first,
        last,
        by=options.by,
        kinds=cast("Any", options.kinds),
        statuses=cast("Any", options.statuses),
    )
    return AccountWork(
        account=account,
        begin=begin,
        slices=tuple(slices),
        late=tuple(_list_late(options, account, until, now)),
    )


def _list_late(
    options: SourceOptions, account: Account[str], until: datetime, now: datetime
) -> Iterable[Slice]:
    """Return the slices of what the provider does not list by its own time, as a pull does."""
    list_late = find_provider(account.provider).list_late
    if list_late is None or not options.cursors or until < now - CLOCKS:
        return []
    return [
        structs.replace(part, kinds=options.kinds, statuses=options.statuses)
        for part in list_late(account, now)
    ]


def read_cursors(path: str) -> dict[str, Cursor]:
    """Read a file of `save_cursors`; a missing file has none. Raises StorageError."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"{path} cannot be read: {error}") from None
    try:
        found = json.loads(text)
        return {name: Cursor.from_json(json.dumps(one)) for name, one in found.items()}
    except (ValueError, AttributeError, msgspec.MsgspecError) as error:
        raise StorageError(f"{path} is no file of save_cursors: {error}") from None
