"""What the overlay itself refuses, under the root that every client's error has.

CounterfoilError              what a provider's client raises stays as it is; see counterfoil_core.errors
├── ConfigurationError
│   └── AccountError          an account is set up wrongly: unknown provider, missing secret, a secret in a file
├── WindowError               a span of time that the provider cannot list, or that makes no sense
├── DocumentError             a document cannot be read, fetched or saved
├── NotificationError         an invoice cannot be notified as it is; nothing was sent
└── StorageError              a sink cannot be opened, read or written; nothing half-written is left
"""

from __future__ import annotations

from counterfoil_core.errors import ConfigurationError, CounterfoilError


class AccountError(ConfigurationError):
    """An account is set up wrongly; the message names account, setting and environment variable."""


class WindowError(CounterfoilError):
    """A span of time cannot be listed; the message says what can."""


class DocumentError(CounterfoilError):
    """A document cannot be read, fetched or saved; nothing half-written is left."""


class NotificationError(CounterfoilError):
    """An invoice cannot be notified as it is; nothing was sent."""


class StorageError(CounterfoilError):
    """A sink cannot be opened, read or written; the message says what to do, and nothing half-written is left."""


class CounterfoilWarning(UserWarning):
    """Something that was asked for cannot be had in full; the message says what is left out, and why."""
