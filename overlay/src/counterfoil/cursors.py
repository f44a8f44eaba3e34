"""Slices, cursors, batches, and records that cannot be read.

Slices and cursors are frozen, can be written as JSON, and contain no secrets: they can be stored,
or sent to another machine.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeAlias

import msgspec
from counterfoil_core.type_information import decode
from msgspec import Struct, structs

from .invoice import Invoice, Moment


class Slice(Struct, frozen=True, kw_only=True):
    """The invoices of an account within a span of time, without its end `until`.

    `by` is the timestamp that counts, one of the provider's `Capabilities.times`. `after` is the
    place within the span to resume from: a position or an identifier in the client's notation,
    never a page token of the provider. If `keys` is not empty, only the records with these keys are
    read. `kinds` and `statuses` limit the invoices, if they are not empty. `warnings` lists the
    parts of a request that cannot be met. `settings` are the account's settings that the result
    depends on.
    """

    account: str
    provider: str
    since: Moment
    until: Moment
    by: str
    after: str | None = None
    keys: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    settings: dict[str, str] | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether the slice is limited to some kinds or statuses."""
        return bool(self.kinds or self.statuses)

    def accepts(self, invoice: Invoice) -> bool:
        """Return whether an invoice is of the slice's kinds and statuses."""
        is_kind = not self.kinds or invoice.ref.kind in self.kinds
        return is_kind and (not self.statuses or invoice.status in self.statuses)

    def go_on(self, **changes: Any) -> Cursor:
        """Return the cursor within this slice. Its rest is this slice with `changes`."""
        rest = structs.replace(self, warnings=(), settings=None, **changes)
        return structs.replace(self.end(), rest=rest)

    def end(self) -> Cursor:
        """Return the cursor at the end of this slice."""
        return Cursor(
            account=self.account,
            provider=self.provider,
            begin=self.since,
            since=self.until,
            settings=self.settings,
        )


class Cursor(Struct, frozen=True, kw_only=True):
    """How far an account has been read: everything from `begin` to `since`, except `rest`.

    `settings` are the account's settings that the stored invoices depend on, such as its time zone.
    They are None in a cursor of an earlier version. A cursor is small, and is stored as JSON.
    """

    account: str
    provider: str
    begin: Moment
    since: Moment
    rest: Slice | None = None
    settings: dict[str, str] | None = None

    def to_json(self) -> bytes:
        """Return the cursor as JSON, in less than two kilobytes."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, text: bytes | str) -> Cursor:
        """Read the JSON of `to_json`. Raises msgspec.ValidationError if it is something else."""
        found: Cursor = decode(text, cls)
        return found


class Unreadable(Struct, frozen=True, kw_only=True):
    """A record that could not be read, mapped or stored.

    `key` is the provider's key, or "sha256:" and the hash of `raw` if the record has no key. `code`
    is stable; docs/warnings.md lists all codes. `path` is the invalid place within the record, if
    there is a single one. `text` is for people. `raw` is the record's bytes, empty if none were
    received. A later pull finds the record again in `slice`, which it reads up to its first cursor.
    """

    account: str
    slice: Slice
    key: str
    code: str
    path: str | None = None
    text: str
    raw: bytes = b""

    def __str__(self) -> str:
        place = f" at {self.path}" if self.path else ""
        return f"record {self.key} is unreadable ({self.code}{place}): {self.text}"


class Batch(Struct, frozen=True):
    """Some invoices of a slice, and the records among them that cannot be read.

    `skipped` are the keys of records that the provider listed, and that are not within the slice.

    If `cursor` is not None, it covers all invoices up to this batch, provided that slices are read
    in order. `doubts` are sentences about records that the provider counts, but does not list.
    """

    invoices: tuple[Invoice, ...] = ()
    cursor: Cursor | None = None
    unreadable: tuple[Unreadable, ...] = ()
    doubts: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


Steps: TypeAlias = Generator[Any, Any, None]
"""The steps that read a slice, for sync and async clients alike.

The generator yields batches, and the return values of client methods. The driver sends back the
result of such a method; for an iterator, the next item, or None at its end. Exceptions of the
client are thrown into the generator at the `yield`.
"""
