"""Create the client of an account's provider."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

from .accounts import Account
from .errors import AccountError
from .providers._clients import has_async_client_type, has_client_type
from .registry import ProviderDescription, find_description


@has_client_type
def connect(account: Account, **options: Any) -> Any:
    """Return a client for an account. Use it as a context manager, or close it.

    Type checkers know the type of the client if the account was created with a literal as
    `provider`. Otherwise, such as for accounts from `read_accounts`, the type is `Any`.

    `options` are passed to the client, such as `timeout` and `transport`.

    Raises AccountError if the provider's package is not installed or a secret is missing.
    """
    return _find_class(account, "")(**_find_arguments(account), **options)


@has_async_client_type
def connect_async(account: Account, **options: Any) -> Any:
    """Return an async client for an account; see `connect`. The call itself is not awaited."""
    return _find_class(account, "Async")(**_find_arguments(account), **options)


def _find_class(account: Account, prefix: str) -> Any:
    provider = find_description(account.provider)
    try:
        package = import_module(provider.package)
    except ModuleNotFoundError as error:
        if error.name != provider.package:
            raise
        own = f'pip install "counterfoil[{provider.name}]"'
        needed = f"install its package {provider.package}" if provider.client_package else own
        raise AccountError(
            f"account {account.name!r}: the client of {provider.name} is not installed: {needed}"
        ) from None
    return getattr(package, prefix + provider.client)


def _find_arguments(account: Account) -> dict[str, str]:
    """Return the client's arguments. The client reads the rest from its environment variables."""
    provider = find_description(account.provider)
    names = (*provider.settings, *provider.secrets)
    found = {name: account.find_setting(name) for name in names}
    available = {name for name in names if found[name] or _is_in_shared_environment(provider, name)}
    _require_credentials(account, provider, available)
    found["base_url"] = account.base_url or os.environ.get(account.name_variable("base_url"))
    return {name: text for name, text in found.items() if text}


def _is_in_shared_environment(provider: ProviderDescription, setting: str) -> bool:
    """Return whether the client itself finds a setting, in a variable for all its accounts."""
    variable = f"COUNTERFOIL_{provider.name}_{setting}".upper().replace("-", "_")
    return bool(os.environ.get(variable))


def _require_credentials(
    account: Account, provider: ProviderDescription, available: set[str]
) -> None:
    """Raise AccountError unless one of the provider's alternative credentials is complete."""
    for names in provider.credentials:
        if available >= set(names):
            return
    alternatives = [" and ".join(map(account.name_variable, way)) for way in provider.credentials]
    variables = ", or ".join(alternatives)
    raise AccountError(
        f"account {account.name!r}: a secret is missing: set the environment variable {variables}"
    )
