"""Find the invoices that were deleted at a provider that is listed whole.

Only a complete listing without filters counts. An invoice that it did not contain is requested: it
is deleted if the provider answers that there is none. If the provider cannot be asked for one
invoice, the invoice is deleted if the next complete listing does not contain it either.
"""

from __future__ import annotations

from typing import Any

from counterfoil_core.errors import CounterfoilError, NotFound

from .accounts import Account
from .cursors import Batch
from .fetching import fetch_records
from .invoice import InvoiceRef
from .providers import find_provider
from .pull_results import AccountPull
from .sinks import Sink

MOST_REQUESTS = 200  # for missing invoices in one pull; the next pull requests the others


class Listing:
    """What one complete listing of an account contained, if the sink can note it."""

    def __init__(self, account: Account, sink: Sink, result: AccountPull) -> None:
        self._account = account
        self._sink: Any = sink
        self._result = result
        self._is_noted = hasattr(sink, "begin_listing")
        self._is_complete = True

    def begin(self) -> None:
        """Begin to note what is stored."""
        if self._is_noted:
            self._sink.begin_listing(self._account.name)

    def note(self, batch: Batch) -> None:
        """Note the records of a batch that are listed, and not stored as invoices.

        A batch with doubts means that a part of the listing is missing.
        """
        if batch.doubts:
            self._is_complete = False
        keys = [*batch.skipped, *(record.key for record in batch.unreadable)]
        if self._is_noted and keys:
            self._sink.note_listed(self._account.name, keys)

    def end(self, client: Any) -> None:
        """Mark the stored invoices that the listing did not contain."""
        if not self._is_noted:
            return
        try:
            if self._is_complete:
                self._mark(client)
        finally:
            self._sink.end_listing(self._account.name)

    def _mark(self, client: Any) -> None:
        missing = self._sink.find_missing(self._account.name)
        gone: list[InvoiceRef] = []
        suspected: list[InvoiceRef] = []
        can_ask = find_provider(self._account.provider).get is not None
        for one in missing[:MOST_REQUESTS] if can_ask else missing:
            if not can_ask:
                (gone if one.since is not None else suspected).append(one.ref)
            elif self._is_gone(one.ref, client):
                gone.append(one.ref)
        if can_ask and len(missing) > MOST_REQUESTS:
            self._result.warnings.append(
                f"{len(missing):,} invoices are no longer listed: {MOST_REQUESTS} were requested, "
                "the next pull requests the others"
            )
        self._sink.mark_gone(gone, confirmed=True)
        self._sink.mark_gone(suspected, confirmed=False)
        self._result.deleted += len(gone)

    def _is_gone(self, ref: InvoiceRef, client: Any) -> bool:
        """Return whether the provider answers that there is no such invoice."""
        try:
            found = fetch_records(self._account, str(ref.key), ref.kind, client)
        except NotFound:
            return True
        except CounterfoilError as error:
            self._result.warnings.append(
                f"invoice {ref.key} is no longer listed, and could not be requested: {error}"
            )
            return False
        return not found
