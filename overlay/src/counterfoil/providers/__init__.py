"""One module for each provider: its capabilities, its requests, and the mapping to invoices.

The client package of a provider is an optional dependency, so modules import it only within
functions.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import datetime
from typing import Any, TypeAlias

from ..accounts import Account
from ..cursors import Slice, Steps
from ..invoice import Invoice
from ..registry import Capabilities, ProviderDescription, load_provider, provider_names

__all__ = ["Capabilities", "Fetching", "Provider", "find_provider", "provider_names", "to_invoices"]


Fetching: TypeAlias = Generator[Any, Any, list[tuple[Any, bytes]]]
"""Steps that return records: like `Steps`, without batches."""


class Provider(ProviderDescription, frozen=True, kw_only=True):
    """A provider: its description, and the functions that read it.

    `map` returns the invoices of a record. `read` returns the steps that read a slice; it accepts a
    slice with `keys` if the provider has a `key_pattern`. `get` takes a client, a kind or None, and
    the key of an invoice; its steps return the decoded records with this key, each with its bytes,
    and raise NotFound or return none if there is none. It is None if the provider cannot do that.
    `list_late` returns the slices to read at the end of each pull, for invoices that the provider
    does not list by their own time. `enter_invoice` takes a client, the key of an order and a
    notification, and returns the receipt; it is None if the provider does not accept invoices.
    """

    map: Callable[[Any, Account], tuple[Invoice, ...]]
    read: Callable[[Account, Slice, Any], Steps]
    get: Callable[[Any, str | None, str], Fetching] | None = None
    list_late: Callable[[Account, datetime], list[Slice]] | None = None
    enter_invoice: Callable[[Any, str, Any], Any] | None = None


def find_provider(name: str) -> Provider:
    """Return a provider. Raises AccountError if the name is unknown."""
    found: Provider = load_provider(name)
    return found


def to_invoices(found: object, account: Account) -> tuple[Invoice, ...]:
    """Map a record that the provider's client returned.

    An order may contain one invoice per package. All other records are one invoice each.
    """
    return find_provider(account.provider).map(found, account)
