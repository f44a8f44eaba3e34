"""Exceptions raised by the overlay, below the root that every client's exceptions share.

CounterfoilError              exceptions of a provider's client; see counterfoil_core.errors
├── ConfigurationError
│   └── AccountError          an account is misconfigured
├── WindowError               a time span is invalid, or the provider cannot list it
│   └── NeverPulled           a pull has no start for an account
├── DocumentError             a document cannot be read, fetched or saved
├── NotificationError         an invoice cannot be sent as a notification
├── EInvoiceError             an invoice cannot be written as an e-invoice
└── StorageError              a sink cannot be opened, read or written
    └── InvoiceRefused        a sink cannot store some invoices
"""

from __future__ import annotations

from typing import Any

from counterfoil_core.errors import ConfigurationError, CounterfoilError


class AccountError(ConfigurationError):
    """An account is misconfigured.

    The provider is unknown, a setting is invalid, a secret is missing, or a file contains a secret.
    The message names the account, the setting and the environment variable.
    """


class WindowError(CounterfoilError):
    """A time span is invalid, or the provider cannot list it. The message names a valid span."""


class NeverPulled(WindowError):
    """An account was never pulled, and `since` was not passed."""


class DocumentError(CounterfoilError):
    """A document cannot be read, fetched or saved. No partial file is left."""


class NotificationError(CounterfoilError):
    """An invoice cannot be sent as a notification. Nothing was sent."""


class EInvoiceError(CounterfoilError):
    """An invoice cannot be written as an e-invoice. Nothing was written."""


class StorageError(CounterfoilError):
    """A sink cannot be opened, read or written. No partial data is left.

    The message explains how to solve the problem.
    """


class InvoiceRefused(StorageError):
    """A sink cannot store some of the invoices, and stored none of them.

    The other invoices can be stored without these. `reasons` maps the `InvoiceRef` of each refused
    invoice to a code and a sentence.
    """

    def __init__(self, message: str, reasons: dict[Any, tuple[str, str]] | None = None) -> None:
        super().__init__(message)
        self.reasons = reasons or {}


class CounterfoilWarning(UserWarning):
    """A request can only be met in part. The message explains which part is missing and why."""
