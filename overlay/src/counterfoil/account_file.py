"""accounts.toml: a table for each account, without secrets."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

from .accounts import ACCOUNT_SETTINGS, Account
from .errors import AccountError
from .registry import find_description


def read_accounts(path: str | Path = "accounts.toml") -> dict[str, Account]:
    """Read accounts from a TOML file that has one table per account. Return them by name.

    Raises AccountError if the file does not exist or is not TOML, an account is misconfigured, or
    the file contains a secret.
    """
    return parse_accounts(_read_text(path), str(path))


def parse_accounts(text: str, path: str) -> dict[str, Account]:
    """Return the accounts of a TOML text, by name. `path` is for messages. Raises AccountError."""
    try:
        tables = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise AccountError(f"{path} cannot be read: {error}") from None
    accounts = _read_tables(path, tables)
    owners: dict[str, str] = {}
    for account in accounts.values():
        prefix = account.name_variable("")
        other = owners.setdefault(prefix, account.name)
        if other != account.name:
            raise AccountError(
                f"{path}: {other!r} and {account.name!r} would have the same environment "
                "variables: rename one"
            )
    return accounts


def _read_text(path: str | Path) -> str:
    try:
        # Some editors write a byte order mark at the beginning, which tomllib does not accept.
        return Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise AccountError(
            f"there is no file {str(path)!r}: `counterfoil init` creates it"
        ) from None
    except UnicodeDecodeError as error:
        raise AccountError(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8") from None
    except OSError as error:
        raise AccountError(f"{path} cannot be read: {error}") from None


def _read_tables(path: str, tables: dict[str, object]) -> dict[str, Account]:
    """Read all tables. Raises one AccountError that lists the problems of all tables."""
    accounts: dict[str, Account] = {}
    problems: list[str] = []
    for name, table in tables.items():
        try:
            accounts[name] = read_account(name, table)
        except AccountError as error:
            problems.append(error.message)
    if problems:
        raise AccountError(f"{path}: {'; '.join(problems)}")
    return accounts


def read_account(name: str, table: object) -> Account:
    """Return the account of a table. Raises AccountError if it is misconfigured or has a secret."""
    if not isinstance(table, dict) or "provider" not in table:
        raise AccountError(f'{name!r} must be a table with a provider, such as provider = "vtex"')
    own = {key: table[key] for key in ("provider", *ACCOUNT_SETTINGS) if key in table}
    settings = {key: value for key, value in table.items() if key not in own}
    account = Account(name=name, settings=settings, **own)
    for secret in find_description(account.provider).secrets:
        if secret in settings:
            raise AccountError(
                f"account {name!r}: {secret} is a secret, which must not be written in a file: "
                f"remove it, and set the environment variable {account.name_variable(secret)}"
            )
    return account
