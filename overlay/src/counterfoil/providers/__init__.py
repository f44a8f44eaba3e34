"""One file for each provider: what it can do, how it is asked, and how its records become invoices.

A provider's package is an extra of this one, so that its file imports it only inside of functions.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ..errors import AccountError

if TYPE_CHECKING:
    from ..accounts import Account
    from ..invoice import Invoice
    from ..slices import Slice, Steps


class Capabilities(Struct, frozen=True, kw_only=True):
    """What a provider can do, by its documents.

    `lists` and `writes` name kinds of records; `times` the moments by which invoices are found in a span, the first one unless
    asked otherwise; `filters` tells whether the provider itself searches by them, for else everything is listed and sorted out
    here. Invoices older than `history_months` cannot be listed; a span is read in slices of `slice_days`; a page has up to
    `page_size` records. `lag_seconds`: how long a change may take to be listed. `note` is for people.
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


class Provider(Struct, frozen=True, kw_only=True):
    """A provider: what its client is made with, and the functions that read it.

    `settings` may stand in accounts.toml. `credentials` are alternatives, each of which lets somebody in; what of them is not
    among the settings is secret. `without_zone` is what a plan warns of where the account has no time zone.
    """

    name: str
    settings: tuple[str, ...]
    credentials: tuple[tuple[str, ...], ...]
    capabilities: Capabilities
    map: Callable[[Any, Account], tuple[Invoice, ...]]
    read: Callable[[Account, Slice, Any], Steps]
    without_zone: str | None = None

    @property
    def package(self) -> str:
        """The package of its client."""
        return "counterfoil_" + self.name.replace("-", "_")

    @property
    def client(self) -> str:
        """The class of its client."""
        return "".join(word.capitalize() for word in self.name.split("-")) + "Client"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The arguments of the client that must not stand in a file."""
        return tuple(dict.fromkeys(name for way in self.credentials for name in way if name not in self.settings))


@cache
def provider_names() -> tuple[str, ...]:
    """The names of all providers, whether their packages are installed or not."""
    return tuple(sorted(one.name.replace("_", "-") for one in pkgutil.iter_modules(__path__) if not one.name.startswith("_")))


def find_provider(name: str) -> Provider:
    """Find a provider. Raises AccountError where there is none of this name."""
    if name not in provider_names():
        raise AccountError(f"there is no provider {name!r}; there are {', '.join(provider_names())}")
    return _load(name)


@cache
def _load(name: str) -> Provider:
    provider: Provider = import_module(f".{name.replace('-', '_')}", __name__).PROVIDER
    return provider


def to_invoices(found: Any, account: Account) -> tuple[Invoice, ...]:
    """Map a record as the provider's client gives it: a VTEX order has an invoice for each package, all others have one."""
    return find_provider(account.provider).map(found, account)
