"""Accounts: a provider, and the settings to read it with. Secrets come from the environment."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, overload
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from counterfoil_core.types import Secret
from msgspec import NODEFAULT, Struct, field, structs

from .errors import AccountError
from .matching import suggest
from .registry import ProviderDescription, find_description

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    from .known_providers import ProviderName

    ProviderT = TypeVar("ProviderT", bound=str, default=str, covariant=True)
    KnownT = TypeVar("KnownT", bound=ProviderName)
else:
    from typing import TypeVar

    ProviderT = TypeVar("ProviderT")

ItemQuantity = Literal["measured", "units"]

_ACCOUNT_SETTINGS = (
    "currency",
    "time_zone",
    "minor_digits",
    "item_quantity",
    "base_url",
    "overlap",
)
# The fields that do not affect how records are mapped to invoices.
_NOT_READ_WITH = ("name", "provider", "settings", "base_url", "overlap")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
LONGEST_OVERLAP = timedelta(days=3660)
MOST_DIGITS = 6


class Account(Struct, Generic[ProviderT], frozen=True, kw_only=True):
    """An account with a provider.

    `name` is chosen by you, and is part of each `InvoiceRef`. `settings` are arguments of the
    provider's client, such as store and key. Secrets that are missing here are read from
    environment variables. `base_url` is the URL of a sandbox or proxy.

    `currency` (ISO 4217) and `time_zone` ("Europe/Rome") are for providers whose API returns
    neither. `minor_digits` is for providers whose amounts are integers: the number of digits after
    the decimal point, as an integer, or by currency, such as {"CLP": 0}. The default is 2, with a
    warning for a currency that has none or three in ISO 4217. `item_quantity` is "measured" (3
    units of 0.5 kg are 1.5 kg) or "units" (3).

    `overlap` is the time before the end of the last pull that a pull reads again, for invoices that
    the provider lists late. It is a timedelta, a number of seconds, or a string such as "90s",
    "15m", "2h" or "1d", and is converted to a timedelta. The default is two minutes; the maximum is
    ten years.

    Raises AccountError if the provider is unknown or a setting is invalid.
    """

    name: str
    provider: ProviderT
    settings: Mapping[str, str] = field(default_factory=dict)
    currency: str | None = None
    time_zone: str | None = None
    minor_digits: int | Mapping[str, int] | None = None
    item_quantity: ItemQuantity = "measured"
    base_url: str | None = None
    overlap: timedelta | int | str | None = None

    if TYPE_CHECKING:
        # With the provider's name as a literal, `connect` returns the type of its client.
        @overload
        def __init__(
            self: Account[KnownT],
            *,
            name: str,
            provider: KnownT,
            settings: Mapping[str, str] = ...,
            currency: str | None = None,
            time_zone: str | None = None,
            minor_digits: int | Mapping[str, int] | None = None,
            item_quantity: ItemQuantity = "measured",
            base_url: str | None = None,
            overlap: timedelta | int | str | None = None,
        ) -> None: ...
        @overload
        def __init__(
            self: Account[str],
            *,
            name: str,
            provider: str,
            settings: Mapping[str, str] = ...,
            currency: str | None = None,
            time_zone: str | None = None,
            minor_digits: int | Mapping[str, int] | None = None,
            item_quantity: ItemQuantity = "measured",
            base_url: str | None = None,
            overlap: timedelta | int | str | None = None,
        ) -> None: ...
        def __init__(self, **fields: Any) -> None: ...

    def __post_init__(self) -> None:
        if not self.name or not isinstance(self.name, str):
            raise AccountError("an account needs a name")
        try:
            provider = find_description(self.provider)
            self._check(provider)
        except AccountError as error:
            raise AccountError(f"account {self.name!r}: {error.message}") from None
        settings: dict[str, str] = {}
        for name, text in self.settings.items():
            # A Secret is a str whose repr is hidden, also in the repr of the account.
            settings[name] = Secret(text) if name in provider.secrets else text
        structs.force_setattr(self, "settings", settings)
        structs.force_setattr(self, "overlap", _read_overlap(self.overlap))

    @property
    def zone(self) -> ZoneInfo | None:
        """The account's time zone, or None if it is not set."""
        return None if self.time_zone is None else ZoneInfo(self.time_zone)

    @property
    def read_with(self) -> dict[str, str]:
        """The settings that the account's invoices depend on, without secrets.

        They identify the shop, and determine how records are mapped. If one of them changes,
        invoices that were already pulled must be read again.
        """
        found: dict[str, str] = {}
        for name in find_description(self.provider).settings:
            text = self.find_setting(name)
            if text:
                found[name] = str(text)
        for each in structs.fields(self):
            value = getattr(self, each.name)
            is_default = each.default is not NODEFAULT and value == each.default
            if each.name not in _NOT_READ_WITH and not is_default:
                found[each.name] = _shorten(str(value))
        return found

    def name_variable(self, setting: str) -> str:
        """Return the environment variable of a setting, such as COUNTERFOIL_MILAN_KEY."""
        name = f"COUNTERFOIL_{self.name}_{setting}".upper()
        return re.sub(r"[^A-Z0-9]", "_", name)

    def find_setting(self, setting: str) -> str | None:
        """Return a setting of the account, or else the value of its environment variable."""
        own = self.settings.get(setting)
        if own:
            return own
        return os.environ.get(self.name_variable(setting)) or None

    def find_minor_digits(self, currency: str | None) -> int | None:
        """Return the digits after the decimal point of integer amounts, or None if not set."""
        if isinstance(self.minor_digits, Mapping):
            return self.minor_digits.get(currency) if currency else None
        return self.minor_digits

    def _check(self, provider: ProviderDescription) -> None:
        _check_settings(self.settings, provider)
        if self.currency is not None:
            _check_currency("currency", self.currency)
        _check_minor_digits(self.minor_digits)
        if self.item_quantity not in ("measured", "units"):
            raise AccountError(
                f"item_quantity must be measured or units, not {self.item_quantity!r}"
            )
        try:
            _read_overlap(self.overlap)
        except (ValueError, OverflowError):
            wanted = "a time such as 90s, 15m, 2h or 1d, of 10 years at most"
            raise AccountError(f"overlap must be {wanted}, not {self.overlap!r}") from None
        try:
            _ = self.zone
        except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
            raise AccountError(
                f"time_zone must be a name such as Europe/Rome, not {self.time_zone!r}"
            ) from None


def _check_settings(settings: Mapping[str, object], provider: ProviderDescription) -> None:
    known = (*provider.settings, *_ACCOUNT_SETTINGS)
    for name, text in settings.items():
        if name not in (*provider.settings, *provider.secrets):
            has = f"it has {', '.join(known)}{suggest(name, known)}"
            raise AccountError(f"{provider.name} has no setting {name!r}; {has}")
        if not isinstance(text, str):
            raise AccountError(f"{name} must be a text")


def _check_minor_digits(setting: object) -> None:
    if not isinstance(setting, Mapping):
        _check_digits("minor_digits", setting)
        return
    for currency, digits in setting.items():
        _check_currency("minor_digits", currency)
        _check_digits(f"minor_digits.{currency}", digits)


def _check_digits(name: str, digits: object) -> None:
    if digits is None:
        return
    if type(digits) is not int or not 0 <= digits <= MOST_DIGITS:  # a bool is no number here
        raise AccountError(f"{name} must be a whole number from 0 to {MOST_DIGITS}, not {digits!r}")


def _check_currency(setting: str, code: object) -> None:
    if not re.fullmatch("[A-Z]{3}", str(code)):
        raise AccountError(f"{setting} must be an ISO 4217 code such as EUR, not {code!r}")


def _read_overlap(value: timedelta | int | str | None) -> timedelta | None:
    """Convert a timedelta, a number of seconds or a string. Raises ValueError if it is invalid."""
    if value is None:
        return None
    if isinstance(value, str):
        written = re.fullmatch(r"([0-9]{1,6})([smhd])", value)
        if written is None:
            raise ValueError(value)
        value = int(written[1]) * _UNITS[written[2]]
    span = value if isinstance(value, timedelta) else None
    if type(value) is int:  # not a bool
        span = timedelta(seconds=value)
    if span is None or not timedelta() <= span <= LONGEST_OVERLAP:
        raise ValueError(value)
    return span


def _shorten(text: str) -> str:
    """Return the text, or a part of its hash if it is long: cursors must be small."""
    if len(text) <= 80:
        return text
    digest = sha256(text.encode(errors="replace")).hexdigest()
    return f"sha256:{digest[:16]}"


def read_accounts(path: str | Path = "accounts.toml") -> dict[str, Account]:
    """Read accounts from a TOML file that has one table per account. Return them by name.

    Raises AccountError if the file does not exist or is not TOML, an account is misconfigured, or
    the file contains a secret.
    """
    accounts = _read_tables(str(path), _read_toml(path))
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


def _read_toml(path: str | Path) -> dict[str, object]:
    try:
        # Some editors write a byte order mark at the beginning, which tomllib does not accept.
        text = Path(path).read_text(encoding="utf-8-sig")
        return tomllib.loads(text)
    except FileNotFoundError:
        raise AccountError(
            f"there is no file {str(path)!r}: create it, with a table for each account"
        ) from None
    except UnicodeDecodeError as error:
        raise AccountError(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, OSError) as error:
        raise AccountError(f"{path} cannot be read: {error}") from None


def _read_tables(path: str, tables: dict[str, object]) -> dict[str, Account]:
    """Read all tables. Raises one AccountError that lists the problems of all tables."""
    accounts: dict[str, Account] = {}
    problems: list[str] = []
    for name, table in tables.items():
        try:
            accounts[name] = _read_account(name, table)
        except AccountError as error:
            problems.append(error.message)
    if problems:
        raise AccountError(f"{path}: {'; '.join(problems)}")
    return accounts


def _read_account(name: str, table: object) -> Account:
    if not isinstance(table, dict) or "provider" not in table:
        raise AccountError(f'{name!r} must be a table with a provider, such as provider = "vtex"')
    own = {key: table[key] for key in ("provider", *_ACCOUNT_SETTINGS) if key in table}
    settings = {key: value for key, value in table.items() if key not in own}
    account = Account(name=name, settings=settings, **own)
    for secret in find_description(account.provider).secrets:
        if secret in settings:
            raise AccountError(
                f"account {name!r}: {secret} is a secret, which must not be written in a file: "
                f"remove it, and set the environment variable {account.name_variable(secret)}"
            )
    return account
