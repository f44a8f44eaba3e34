"""Accounts: who reads which provider, with what settings. Secrets come from the environment, never from a file."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from counterfoil_core.types import Secret
from msgspec import Struct, field, structs

from .errors import AccountError
from .providers import Provider, find_provider

_ABOUT_INVOICES = ("currency", "time_zone", "minor_digits", "base_url")


class Account(Struct, frozen=True, kw_only=True):
    """An account with a provider.

    `name` is yours, and part of each `InvoiceRef`. `settings` are the arguments of the provider's client, such as store and
    key; its secrets may be left out here and are then found in the environment. `base_url` leads to a sandbox or proxy.

    `currency` (ISO 4217) and `time_zone` ("Europe/Rome") are for providers whose API has none. `minor_digits` is how many digits
    of VTEX's integers are cents; it belongs to the account, not to the currency.

    Raises AccountError where the provider is unknown, or a setting is or makes no sense.
    """

    name: str
    provider: str
    settings: Mapping[str, str] = field(default_factory=dict)
    currency: str | None = None
    time_zone: str | None = None
    minor_digits: int = 2
    base_url: str | None = None

    def __post_init__(self) -> None:
        if not self.name or not isinstance(self.name, str):
            raise AccountError("an account needs a name")
        try:
            provider = find_provider(self.provider)
            self._check(provider)
        except AccountError as error:
            raise AccountError(f"account {self.name!r}: {error.message}") from None
        hidden = {name: Secret(text) if name in provider.secrets else text for name, text in self.settings.items()}
        structs.force_setattr(self, "settings", hidden)  # a repr of the account must not show them

    @property
    def zone(self) -> ZoneInfo | None:
        """The time zone, ready to be used."""
        return None if self.time_zone is None else ZoneInfo(self.time_zone)

    def name_variable(self, setting: str) -> str:
        """The environment variable of a setting of this account, such as COUNTERFOIL_MILAN_KEY."""
        return re.sub(r"[^A-Z0-9]", "_", f"COUNTERFOIL_{self.name}_{setting}".upper())

    def find_setting(self, setting: str) -> str | None:
        """A setting: the account's own, else its environment variable's."""
        return self.settings.get(setting) or os.environ.get(self.name_variable(setting)) or None

    def _check(self, provider: Provider) -> None:
        known = dict.fromkeys((*provider.settings, *provider.secrets))
        for name, text in self.settings.items():
            if name not in known:
                raise AccountError(f"{provider.name} has no setting {name!r}; it has {', '.join((*known, *_ABOUT_INVOICES))}")
            if not isinstance(text, str):
                raise AccountError(f"{name} must be a text")
        if self.currency is not None and not re.fullmatch("[A-Z]{3}", str(self.currency)):
            raise AccountError(f"currency must be an ISO 4217 code such as EUR, not {self.currency!r}")
        if type(self.minor_digits) is not int or not 0 <= self.minor_digits <= 6:
            raise AccountError(f"minor_digits must be a whole number from 0 to 6, not {self.minor_digits!r}")
        try:
            _ = self.zone
        except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
            raise AccountError(f"time_zone must be a name such as Europe/Rome, not {self.time_zone!r}") from None


def read_accounts(path: str | Path = "accounts.toml") -> dict[str, Account]:
    """Read accounts from a TOML file, a table for each, by name.

    Raises AccountError where there is no such file, it is no TOML, an account is set up wrongly, or a secret stands in it.
    """
    try:
        tables = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AccountError(f"there is no file {str(path)!r}: make it, with a table for each account") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise AccountError(f"{path} cannot be read: {error}") from None
    accounts = {name: _read_account(str(path), name, table) for name, table in tables.items()}
    owners: dict[str, str] = {}
    for account in accounts.values():
        if (other := owners.setdefault(account.name_variable(""), account.name)) != account.name:
            raise AccountError(f"{path}: {other!r} and {account.name!r} would have the same environment variables: rename one")
    return accounts


def _read_account(path: str, name: str, table: Any) -> Account:
    if not isinstance(table, dict) or "provider" not in table:
        raise AccountError(f'{path}: {name!r} must be a table with a provider, such as provider = "vtex"')
    own = {key: table[key] for key in ("provider", *_ABOUT_INVOICES) if key in table}
    settings = {key: value for key, value in table.items() if key not in own}
    try:
        account = Account(name=name, settings=settings, **own)
    except AccountError as error:
        raise AccountError(f"{path}: {error.message}") from None
    for secret in find_provider(account.provider).secrets:
        if secret in settings:
            raise AccountError(
                f"{path}: account {name!r}: {secret} is a secret and must not stand in a file: remove it there, "
                f"and set the environment variable {account.name_variable(secret)}"
            )
    return account


def connect(account: Account, **options: Any) -> Any:
    """Make the client of an account's provider, such as a VtexClient; `options` are its own, such as timeout and transport.

    Raises AccountError where the provider's package is not installed or a secret is missing, in one sentence.
    """
    return _find_class(account, "")(**_find_arguments(account), **options)


def connect_async(account: Account, **options: Any) -> Any:
    """Make the async client of an account's provider; see `connect`. It needs no await itself."""
    return _find_class(account, "Async")(**_find_arguments(account), **options)


def _find_class(account: Account, prefix: str) -> Any:
    provider = find_provider(account.provider)
    try:
        package = import_module(provider.package)
    except ModuleNotFoundError as error:
        if error.name != provider.package:
            raise
        needed = f'pip install "counterfoil[{provider.name}]"'
        raise AccountError(f"account {account.name!r}: the client of {provider.name} is not installed: {needed}") from None
    return getattr(package, prefix + provider.client)


def _find_arguments(account: Account) -> dict[str, str]:
    """The client's arguments; what is not found here, the client itself may find in its own environment variables."""
    provider = find_provider(account.provider)
    found = {name: account.find_setting(name) for name in (*provider.settings, *provider.secrets)}
    shared = {name for name in found if os.environ.get(f"COUNTERFOIL_{provider.name}_{name}".upper().replace("-", "_"))}
    if not any(all(found[name] or name in shared for name in way) for way in provider.credentials):
        ways = (" and ".join(map(account.name_variable, way)) for way in provider.credentials)
        raise AccountError(f"account {account.name!r}: a secret is missing: set the environment variable {', or '.join(ways)}")
    found["base_url"] = account.base_url or os.environ.get(account.name_variable("base_url"))
    return {name: text for name, text in found.items() if text}
