"""The interface of a sink: the methods that a pull calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from ..invoice import Invoice


class Written(Struct, frozen=True, kw_only=True):
    """The numbers of invoices that were new, changed and unchanged.

    `erased` is the number of invoices that were not stored, because they had been erased.
    """

    new: int
    changed: int
    unchanged: int
    erased: int = 0


class Sink(Protocol):
    """A destination for invoices, shared by threads.

    A sink may have an attribute `cursors_at_once`: the number of pages to store in one call. The
    default is 1.

    More methods are optional. Without `find_unreadable` and `update_unreadable`, the result of a
    pull counts and lists unreadable records, but the next pull does not retry them. Without the
    last four, invoices that were deleted at the provider are not marked.

        claim(account)
            Return a context manager that is entered during a pull. Raises StorageError if the
            account is being pulled already.
        find_unreadable(account)
            Return the records that could not be read: a list of `Unreadable`.
        update_unreadable(account, found, gone=())
            Store unreadable records by their keys, and remove the records `gone`.
        find_mapping(account), keep_mapping(account, mapping)
            Return and store the version of the mapping, a text.
        begin_listing(account), end_listing(account)
            Note the invoices that are stored in between.
        note_listed(account, keys)
            Note records that the provider listed, and that are not stored.
        find_missing(account)
            Return the stored invoices that were not listed: a list of objects with `ref` and
            `since`, the time at which they were first missing.
        mark_gone(refs, confirmed)
            Mark invoices as deleted or, if not confirmed, as missing.
    """

    def find_cursor(self, account: str) -> bytes | None:
        """Return the cursor that was stored last for this account, or None."""

    def store(self, account: str, invoices: Sequence[Invoice], cursor: bytes) -> Written:
        """Store invoices and cursor, both or neither. An invoice replaces one with the same `ref`.

        An exception ends the pull of this account, and the next pull passes the invoices again.
        Raise InvoiceRefused for invoices that can never be stored: then `store` is called again
        with the other invoices.
        """
