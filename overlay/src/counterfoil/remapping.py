"""Map the records of a store anew, without a request to a provider.

A new version of counterfoil, or another setting of an account, may map a record differently. The
store has the records, so that its invoices can be brought up to date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import Any

import msgspec
from counterfoil_core.decode import make_reader
from counterfoil_core.errors import DecodeError
from counterfoil_core.response import RawResponse
from msgspec import Raw, Struct, structs

from .accounts import Account
from .cursors import Slice, Unreadable
from .errors import StorageError
from .invoice import Invoice, InvoiceRef, Record
from .mapping_version import keep_mapping
from .providers import find_provider
from .registry import find_description
from .sinks.sqlite import SqliteSink
from .sinks.sqlite_upkeep import Recorded
from .steps import attach_record
from .unreadable import describe_undecoded, describe_unmapped

AT_ONCE = 500  # records that are mapped and stored in one transaction
MOST_NAMED = 20  # unreadable records in the warnings
MOST_EXAMPLES = 3  # of each changed field
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_JSON = {"content-type": "application/json"}
_FIELDS = msgspec.json.Decoder(dict[str, Raw])


class Change(Struct, frozen=True, kw_only=True):
    """A field of an invoice that is mapped differently. `before` and `after` are JSON values."""

    ref: InvoiceRef
    path: str
    before: Any
    after: Any


@dataclass
class AccountRemap:
    """The result of mapping one account's records anew.

    `read` is the number of records; `new`, `changed` and `unchanged` of their invoices. `gone` are
    invoices that the record no longer becomes; they are kept. `without_record` is the number of
    invoices without a stored record, which cannot be mapped anew. `unreadable` is the number of
    records that cannot be read or mapped; their invoices are kept. `fields` counts the changes of
    each field, and `examples` has the first ones. `failure` is the exception that ended the work.
    """

    account: str
    provider: str
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    without_record: int = 0
    unreadable: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[Change]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    failure: Exception | None = None


def decode_record(account: Account, record: Record) -> Any:
    """Return a record as the provider's client would. Raises DecodeError if it cannot be decoded.

    Raises StorageError if the client has no such class.
    """
    package = import_module(find_description(account.provider).package)
    model = getattr(package, record.model, None)
    if model is None:
        raise StorageError(
            f"the client of {account.provider} has no class {record.model!r}: pull with `again`"
        )
    read = _make_reader(model)
    return read(RawResponse(status=200, headers=_JSON, content=record.content))


@cache
def _make_reader(model: Any) -> Callable[..., Any]:
    return make_reader(model)


def remap(
    accounts: Iterable[Account],
    sink: SqliteSink,
    *,
    dry_run: bool = False,
    report: Callable[[AccountRemap], None] | None = None,
) -> list[AccountRemap]:
    """Map all records in a sink anew, and store the invoices that changed.

    Works in transactions of 500 records: if it is interrupted, what was done is valid, and the next
    call does the rest. With `dry_run`, nothing is stored. An exception ends the work on its account
    only, and is part of the result. `report` is called after each transaction.
    """
    results = []
    for account in accounts:
        result = AccountRemap(account.name, account.provider)
        results.append(result)
        try:
            with sink.claim(account.name):
                _Remap(account, sink, dry_run, result, report).run()
        except Exception as error:  # the other accounts are mapped
            result.failure = error
    return results


@dataclass
class _Remap:
    """The work on one account."""

    account: Account
    sink: SqliteSink
    dry_run: bool
    result: AccountRemap
    report: Callable[[AccountRemap], None] | None

    def run(self) -> None:
        name = self.account.name
        after = 0
        while stored := self.sink.read_recorded(name, after, AT_ONCE):
            after = stored[-1].number
            self._map(stored)
            if self.report is not None:
                self.report(self.result)
        self.result.without_record = self.sink.count(account=name, recorded=False)
        if self.result.without_record:
            self.result.warnings.append(
                f"{self.result.without_record:,} invoices have no stored record: pull with `again`"
            )
        elif not self.dry_run and not self.result.unreadable:
            keep_mapping(self.account, self.sink)

    def _map(self, stored: list[Recorded]) -> None:
        """Map the records of some invoices, and store what changed."""
        before = {one.ref: one.text for one in stored}
        records = {(one.record.model, one.record.key): one.record for one in stored}
        found: list[Invoice] = []
        failed: set[tuple[str, str]] = set()
        for place, record in records.items():
            self.result.read += 1
            try:
                found += map_record(self.account, record)
            except Exception as error:  # an error in one record must not affect the others
                failed.add(place)
                self._note_failure(record, error)
        changed = self._compare(before, found)
        for one in stored:
            is_gone = one.ref in before and (one.record.model, one.record.key) not in failed
            self.result.gone += is_gone
        if not self.dry_run:
            self.sink.update(self.account.name, changed)

    def _note_failure(self, record: Record, error: Exception) -> None:
        self.result.unreadable += 1
        if self.result.unreadable <= MOST_NAMED:
            self.result.warnings.append(str(_describe(self.account, record, error)))

    def _compare(self, before: dict[InvoiceRef, str], found: list[Invoice]) -> list[Invoice]:
        """Count the differences, and return the new and changed invoices.

        Those that were mapped again are removed from `before`.
        """
        changed = []
        for invoice in found:
            text = before.pop(invoice.ref, None)
            mapped = invoice.to_json()
            if text is None:  # another invoice of the record, which may be read later, or new
                is_new = self.sink.find_json(invoice.ref) is None
                self.result.new += is_new
                if is_new:
                    changed.append(invoice)
            elif text.encode() == mapped:
                self.result.unchanged += 1
            else:
                self.result.changed += 1
                self._note_changes(invoice.ref, text.encode(), mapped)
                changed.append(invoice)
        return changed

    def _note_changes(self, ref: InvoiceRef, old: bytes, new: bytes) -> None:
        for path, before, after in compare(old, new):
            field_path = re.sub(r"\[\d+\]", "[]", path)
            self.result.fields[field_path] += 1
            examples = self.result.examples.setdefault(field_path, [])
            if len(examples) < MOST_EXAMPLES:
                examples.append(Change(ref=ref, path=path, before=before, after=after))


def map_record(account: Account, record: Record) -> tuple[Invoice, ...]:
    """Return the invoices of a stored record. Raises what decoding and mapping raise."""
    found = decode_record(account, record)
    invoices = find_provider(account.provider).map(found, account)
    attach_record(account.provider, invoices, found, record.content)
    return invoices


def compare(old: bytes, new: bytes) -> Iterator[tuple[str, Any, Any]]:
    """Yield the places at which the JSON of two invoices differs, with both values.

    Most fields are the same, byte for byte, and are not decoded.
    """
    before = _FIELDS.decode(old)
    after = _FIELDS.decode(new)
    for name in dict.fromkeys([*before, *after]):
        one = bytes(before.get(name, b"null"))
        other = bytes(after.get(name, b"null"))
        if one != other:
            yield from find_changes(msgspec.json.decode(one), msgspec.json.decode(other), name)


def find_changes(old: Any, new: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield the places at which two JSON values differ, with both values; None if absent."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys([*old, *new]):
            place = f"{path}.{name}" if path else name
            yield from find_changes(old.get(name), new.get(name), place)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from find_changes(one, other, f"{path}[{index}]")
    elif old != new:
        yield path, old, new


def _describe(account: Account, record: Record, error: Exception) -> Unreadable:
    part = Slice(
        account=account.name, provider=account.provider, since=EPOCH, until=EPOCH, by="issued"
    )
    if isinstance(error, DecodeError):
        described = describe_undecoded(part, record.content, error)
    else:
        described = describe_unmapped(part, record, error, record.content)
    return structs.replace(described, key=record.key)
