"""Unreadable records during a pull: they are kept, counted, reported and retried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from counterfoil_core.errors import ServerError
from msgspec import structs

from .accounts import Account
from .cursors import Batch, Slice, Unreadable
from .pull_results import AccountPull
from .reading import read_slice
from .registry import find_description
from .sinks import Sink
from .slices import find_reach
from .unreadable import is_about_one_record

MOST_NAMED = 20  # records in the warnings of a pull; the sink has all


class Troubles:
    """The unreadable records of one account in one pull."""

    def __init__(self, account: Account, sink: Sink, result: AccountPull) -> None:
        self._account = account
        self._result = result
        # Both methods are optional in a sink.
        self._update = getattr(sink, "update_unreadable", None)
        find = getattr(sink, "find_unreadable", None)
        self._known: list[Unreadable] = find(account.name) if find else []
        self._met: set[str] = set()

    def keep(self, found: Sequence[Unreadable]) -> None:
        """Count records, add a warning for each key once, and pass them to the sink."""
        if not found:
            return
        for record in found:
            if record.key not in self._met:
                self._met.add(record.key)
                self._name(str(record))
        self._result.unreadable = len(self._met)
        if self._update is not None:
            self._update(self._account.name, found)

    def _name(self, sentence: str) -> None:
        if len(self._met) <= MOST_NAMED:
            self._result.warnings.append(sentence)
        elif len(self._met) == MOST_NAMED + 1:
            self._result.warnings.append("more records are unreadable: the store has all of them")

    def drop(self, records: Sequence[Unreadable]) -> None:
        """Remove records of earlier pulls from the sink, unless this pull met them again."""
        gone = [record for record in records if record.key not in self._met]
        if gone and self._update is not None:
            self._update(self._account.name, (), gone)

    def drop_the_rest(self) -> None:
        """Remove all records of earlier pulls that this pull did not meet again."""
        self.drop(self._known)

    def plan(self) -> list[tuple[Slice, list[Unreadable]]]:
        """Return the slices to read again, each with the unreadable records in it.

        Records that are older than the provider's history are not retried, and stay in the sink.
        """
        provider = find_description(self._account.provider)
        reach = find_reach(provider.capabilities, datetime.now(UTC))
        groups: dict[tuple[Any, ...], list[Unreadable]] = {}
        for record in self._known:
            part = record.slice
            is_listed = reach is None or part.since >= reach
            if part.provider == provider.name and is_listed:
                place = (part.since, part.until, part.by, part.after)
                groups.setdefault(place, []).append(record)
        return [(self._choose_slice(records), records) for records in groups.values()]

    def _choose_slice(self, records: list[Unreadable]) -> Slice:
        """Return the slice of some records, limited to their keys if the provider can read them."""
        part = records[0].slice
        pattern = find_description(part.provider).key_pattern
        if pattern is None:
            return part
        keys = tuple(record.key for record in records)
        if not all(pattern.fullmatch(key) for key in keys):
            return part
        return structs.replace(part, keys=keys)

    def attempt(self, part: Slice, records: list[Unreadable], client: Any) -> Iterator[Batch]:
        """Read a slice again. If the provider rejects the request, the records stay unreadable."""
        try:
            yield from read_slice(self._account, part, client)
        except Exception as error:
            if not is_about_one_record(error) and not isinstance(error, ServerError):
                raise
            self.keep(records)
