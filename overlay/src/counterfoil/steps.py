"""Steps that providers share: reading pages of records, and mapping each record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import zip_longest
from typing import Any

from msgspec import Struct, structs

from .cursors import Batch, Slice, Steps, Unreadable
from .errors import AccountError
from .invoice import Invoice, Record
from .registry import find_description
from .unreadable import describe_undecoded, describe_unmapped


def read_pages(
    pages: Any,
    part: Slice,
    choose: Callable[[Any], tuple[Invoice, ...]],
    *,
    can_stop: bool = True,
    prefix: str = "",
) -> Steps:
    """Read pages of a provider that lists complete invoices.

    `choose` maps a record to invoices. Each page ends with a cursor, unless `can_stop` is false:
    then the slice can only be resumed from its beginning. `prefix` distinguishes the cursors of
    this list from those of another one in the slice.
    """
    here = part
    while True:
        page = yield pages
        if page is None:
            return
        cursor = None
        if can_stop and page.cursor is not None:
            cursor = part.go_on(after=prefix + page.cursor)
        invoices, unreadable, skipped = _map_page(here, page.items, choose, page.raws)
        unreadable += [describe_undecoded(here, one.raw, one.error) for one in page.unreadable]
        yield Batch(tuple(invoices), cursor, tuple(unreadable), skipped=skipped)
        if cursor is not None:
            here = structs.replace(part, after=prefix + page.cursor)


def map_records(
    part: Slice,
    records: Iterable[Any],
    choose: Callable[[Any], tuple[Invoice, ...]],
    raws: Iterable[bytes] = (),
) -> tuple[list[Invoice], list[Unreadable]]:
    """Map records. Return the invoices, and the records whose mapping raised an exception.

    `raws` are the bytes of the records, if the client kept them.
    """
    invoices, unreadable, _ = _map_page(part, records, choose, raws)
    return invoices, unreadable


def _map_page(
    part: Slice,
    records: Iterable[Any],
    choose: Callable[[Any], tuple[Invoice, ...]],
    raws: Iterable[bytes] = (),
) -> tuple[list[Invoice], list[Unreadable], tuple[str, ...]]:
    """Map records like `map_records`. The third value are the keys of those not chosen."""
    invoices: list[Invoice] = []
    unreadable: list[Unreadable] = []
    skipped: list[str] = []
    for record, raw in zip_longest(records, raws):
        try:
            found = choose(record)
        except Exception as error:  # an error in one record must not affect the others
            unreadable.append(describe_unmapped(part, record, error, raw))
            continue
        if not found:
            skipped.append(find_record_key(part.provider, record))
        if raw is not None:
            attach_record(part.provider, found, record, raw)
        invoices += found
    return invoices, unreadable, tuple(skipped)


def attach_record(
    provider: str, invoices: tuple[Invoice, ...], found: object, content: bytes
) -> None:
    """Set the `record` of invoices that were just made from it."""
    key = find_record_key(provider, found)
    record = Record(model=type(found).__name__, key=key, content=content)
    for invoice in invoices:
        structs.force_setattr(invoice, "record", record)


def find_record_key(provider: str, found: object) -> str:
    """Return the key of a decoded record, or an empty text if it has none."""
    model: Any = type(found)
    name = _find_attribute(model, _find_wire_name(provider))
    return str(getattr(found, name, None) or "")


@cache
def _find_wire_name(provider: str) -> str:
    """Return the wire name of a record's key; "id" for a provider that is not registered."""
    try:
        return find_description(provider).record_key
    except AccountError:
        return "id"


@cache
def _find_attribute(model: Any, wire_name: str) -> str:
    """Return the attribute of a client's class that has a name on the wire."""
    if issubclass(model, Struct):
        for each in structs.fields(model):
            if each.encode_name == wire_name:
                return each.name
    return wire_name
