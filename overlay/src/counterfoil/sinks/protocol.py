"""The interface of a sink: the methods that a pull calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from ..invoice import Invoice


class Written(Struct, frozen=True, kw_only=True):
    """The numbers of stored invoices that were new, changed and unchanged."""

    new: int
    changed: int
    unchanged: int


class Sink(Protocol):
    """A destination for invoices, shared by threads.

    A sink may have an attribute `cursors_at_once`: the number of pages to store in one call. The
    default is 1.

    Three more methods are optional; all sinks of counterfoil have them. Without the last two, the
    result of a pull counts and lists unreadable records, but the next pull does not retry them.

        claim(account)
            Return a context manager that is entered during a pull. Raises StorageError if the
            account is being pulled already.
        find_unreadable(account)
            Return the records that could not be read: a list of `Unreadable`.
        update_unreadable(account, found, gone=())
            Store unreadable records by their keys, and remove the records `gone`.
    """

    def find_cursor(self, account: str) -> bytes | None:
        """Return the cursor that was stored last for this account, or None."""

    def store(self, account: str, invoices: Sequence[Invoice], cursor: bytes) -> Written:
        """Store invoices and cursor, both or neither. An invoice replaces one with the same `ref`.

        An exception ends the pull of this account, and the next pull passes the invoices again.
        Raise InvoiceRefused for invoices that can never be stored: then `store` is called again
        with the other invoices.
        """
