"""The providers by name, and their descriptions.

Accounts are checked against these descriptions. The functions of a provider take an account, so
they are in `providers`, which depends on `accounts`.
"""

from __future__ import annotations

import pkgutil
import re
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from msgspec import Struct

from .errors import AccountError
from .matching import suggest

GROUP = "counterfoil.providers"  # of entry points, by which other distributions add providers


class Capabilities(Struct, frozen=True, kw_only=True):
    """The capabilities of a provider, according to its documentation.

    `lists` and `writes` are kinds of records. `times` are the timestamps by which invoices can be
    selected, such as "created"; the first one is the default. If `filters` is False, the provider
    cannot search by them: everything is listed, and filtered locally.

    Invoices older than `history_months` cannot be listed. A time span is read in slices of
    `slice_days`. A page has up to `page_size` records. A change is listed after `lag_seconds` at
    most. `note` is a sentence for people.
    """

    lists: tuple[str, ...]
    writes: tuple[str, ...] = ()
    times: tuple[str, ...]
    filters: bool = True
    history_months: int | None = None
    slice_days: int | None = None
    page_size: int = 100
    lag_seconds: int = 0
    note: str = ""

    @property
    def finds_deleted(self) -> bool:
        """Whether a pull finds invoices that were deleted at the provider.

        It does if the provider is listed whole; otherwise they cannot be known.
        """
        return not self.filters


class ProviderDescription(Struct, frozen=True, kw_only=True):
    """The arguments of a provider's client, and the provider's capabilities.

    `settings` may be written in accounts.toml. `credentials` are alternatives, each of which is
    sufficient; a credential that is not one of the settings is a secret. `without_zone` is a
    warning for accounts without a time zone.

    `record_key` is the wire name of a record's key. If `key_pattern` is set, a slice may have
    `keys` that match it, and then only these records are read. `client_package` is the import
    package of a client that does not come with Counterfoil.

    `facts` are the settings of an account that fill fields of the provider's invoices, each with
    what it is needed for.
    """

    name: str
    settings: tuple[str, ...]
    credentials: tuple[tuple[str, ...], ...]
    capabilities: Capabilities
    record_key: str = "id"
    key_pattern: re.Pattern[str] | None = None
    without_zone: str | None = None
    client_package: str | None = None
    facts: dict[str, str] = {}

    @property
    def package(self) -> str:
        """The import name of the client's package."""
        return self.client_package or "counterfoil_" + self.name.replace("-", "_")

    @property
    def client(self) -> str:
        """The name of the client class."""
        words = [word.capitalize() for word in self.name.split("-")]
        return f"{''.join(words)}Client"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The client arguments that must not be written in a file."""
        secrets: list[str] = []
        for alternative in self.credentials:
            for name in alternative:
                if name not in self.settings and name not in secrets:
                    secrets.append(name)
        return tuple(secrets)


@cache
def provider_names() -> tuple[str, ...]:
    """Return the names of all providers, sorted, whether their packages are installed or not."""
    others = [entry.name for entry in entry_points(group=GROUP)]
    return tuple(sorted({*_own_names(), *others}))


@cache
def _own_names() -> tuple[str, ...]:
    """Return the names of the providers of this package, each a module of `providers`."""
    folder = import_module(".providers", __package__).__path__
    names = [module.name for module in pkgutil.iter_modules(folder)]
    return tuple(name.replace("_", "-") for name in names if not name.startswith("_"))


def find_description(name: str) -> ProviderDescription:
    """Return the description of a provider. Raises AccountError if the name is unknown."""
    found: ProviderDescription = load_provider(name)
    return found


def load_provider(name: str) -> Any:
    """Return the `PROVIDER` of a provider's module, or of another distribution.

    Raises AccountError if the name is unknown, or if another distribution's cannot be loaded.
    """
    if name in _own_names():
        return _import_provider(name)
    known = provider_names()
    if name not in known:
        raise AccountError(
            f"unknown provider {name!r}; known are {', '.join(known)}{suggest(name, known)}"
        )
    return _load_entry_point(name)


@cache
def _import_provider(name: str) -> Any:
    module = import_module(f".providers.{name.replace('-', '_')}", __package__)
    return module.PROVIDER


@cache
def _load_entry_point(name: str) -> Any:
    entries = list(entry_points(group=GROUP, name=name))
    if len(entries) > 1:
        values = " and ".join(sorted(entry.value for entry in entries))
        raise AccountError(f"the provider {name!r} is added twice, by {values}: uninstall one")
    [entry] = entries
    try:
        found = entry.load()
    except (ImportError, AttributeError) as error:
        raise AccountError(f"the provider {name!r} cannot be loaded: {error}") from error
    if not isinstance(found, ProviderDescription) or found.name != name:
        raise AccountError(f"the provider {name!r}: {entry.value} is not a Provider of this name")
    return found
