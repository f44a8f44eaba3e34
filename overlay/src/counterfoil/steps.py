"""Steps that providers share: reading pages of records, and mapping each record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import structs

from .cursors import Batch, Slice, Steps, Unreadable
from .invoice import Invoice
from .unreadable import describe_undecoded, describe_unmapped


def read_pages(
    pages: Any,
    part: Slice,
    choose: Callable[[Any], tuple[Invoice, ...]],
    *,
    can_stop: bool = True,
) -> Steps:
    """Read pages of a provider that lists complete invoices.

    `choose` maps a record to invoices. Each page ends with a cursor, unless `can_stop` is false:
    then the slice can only be resumed from its beginning.
    """
    here = part
    while True:
        page = yield pages
        if page is None:
            return
        cursor = None
        if can_stop and page.cursor is not None:
            cursor = part.go_on(after=page.cursor)
        invoices, unreadable = map_records(here, page.items, choose)
        unreadable += [describe_undecoded(here, one.raw, one.error) for one in page.unreadable]
        yield Batch(tuple(invoices), cursor, tuple(unreadable))
        if cursor is not None:
            here = structs.replace(part, after=page.cursor)


def map_records(
    part: Slice, records: Iterable[Any], choose: Callable[[Any], tuple[Invoice, ...]]
) -> tuple[list[Invoice], list[Unreadable]]:
    """Map records. Return the invoices, and the records whose mapping raised an exception."""
    invoices: list[Invoice] = []
    unreadable: list[Unreadable] = []
    for record in records:
        try:
            invoices += choose(record)
        except Exception as error:  # an error in one record must not affect the others
            unreadable.append(describe_unmapped(part, record, error))
    return invoices, unreadable
