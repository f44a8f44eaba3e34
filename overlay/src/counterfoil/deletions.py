"""Find the invoices that were deleted at a provider that is listed whole.

Only a complete listing without filters counts. An invoice that it did not contain is requested: it
is deleted if the provider answers that there is none. If the provider cannot be asked for one
invoice, the invoice is deleted if the next complete listing does not contain it either.
"""

from __future__ import annotations

from typing import Any

from counterfoil_core.errors import CounterfoilError

from .accounts import Account
from .cursors import Batch
from .fetching import is_present
from .invoice import InvoiceRef
from .providers import find_provider
from .pull_results import AccountPull
from .sinks import Sink
from .unreadable import NO_KEY

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

        A batch with doubts, or with a record that has no key, may hide any stored invoice.
        """
        keys = [*batch.skipped, *(record.key for record in batch.unreadable)]
        if batch.doubts or any(key.startswith(NO_KEY) for key in keys):
            self._is_complete = False
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
        name = self._account.name
        missing = self._sink.find_missing(name)
        if find_provider(self._account.provider).get is None:
            gone = [one.ref for one in missing if one.since is not None]
            suspected = [one.ref for one in missing if one.since is None]
            self._sink.mark_gone(suspected, confirmed=False)
        else:
            gone = self._find_gone([one.ref for one in missing], client)
        self._sink.mark_gone(gone, confirmed=True)
        self._result.deleted += len(gone)

    def _find_gone(self, missing: list[InvoiceRef], client: Any) -> list[InvoiceRef]:
        """Return the invoices that the provider does not have, according to its answers.

        A failed request ends the requests: the next pull makes the others.
        """
        gone: list[InvoiceRef] = []
        left = len(missing)
        try:
            for ref in missing[:MOST_REQUESTS]:
                if not is_present(self._account, ref, client):
                    gone.append(ref)
                left -= 1
        except CounterfoilError as error:
            reason = str(error)
        else:
            reason = f"a pull requests {MOST_REQUESTS} at most"
        if left:
            self._result.warnings.append(
                f"{left:,} of {len(missing):,} invoices that are no longer listed were not "
                f"requested, the next pull requests them: {reason}"
            )
        return gone
