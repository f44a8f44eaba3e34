"""Accounts: a provider, and the settings to read it with. Secrets come from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, get_args, overload
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from counterfoil_core.types import Secret
from msgspec import NODEFAULT, Struct, field, structs

from .account_checks import check_currency, check_minor_digits, read_overlap
from .account_facts import (
    CODES,
    DeliveryDate,
    ItemPrice,
    SellerFacts,
    TaxFacts,
    VatCode,
    check_choice,
    check_code,
    read_categories,
    read_seller,
)
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

# They fill fields of invoices. If one changes, `remap` is enough: nothing must be read again.
FACTS = (
    "seller",
    "vat_code",
    "tax_categories",
    "unit",
    "terms",
    "payment_means",
    "delivery_date",
    "buyer_einvoice_scheme",
    "prices_include_tax",
    "item_price",
)
ACCOUNT_SETTINGS = (
    "currency",
    "time_zone",
    "minor_digits",
    "item_quantity",
    "base_url",
    "overlap",
    "reread",
    *FACTS,
)
# The fields that do not affect how records are mapped to invoices.
_NOT_READ_WITH = ("name", "provider", "settings", "base_url", "overlap", "reread", *FACTS)
_NOT_MAPPED_WITH = ("settings", "base_url", "overlap", "reread")


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

    `reread` is for providers that do not list all invoices by their own time: their records of this
    time are read in each pull. It is like `overlap`; the default is 30 days.

    The other fields are facts that fill fields of invoices, where the provider sends none. They are
    marked as assumed; docs/accounting.md explains each. `seller` is a `Seller`, or a mapping with
    its fields, `tax_categories` are `TaxCategory`, or mappings. `vat_code` is the provider's code
    that is the VAT number. `unit` is the unit of quantities (BT-130), `terms` BT-20,
    `payment_means` BT-81. `delivery_date` is "issue" or "dispatch", the day that counts as the day
    of delivery (BT-72). `buyer_einvoice_scheme` is the scheme of the buyers' electronic addresses
    (BT-49). `item_price` says whether the price of an item is for a "unit" or the "total" line.

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
    reread: timedelta | int | str | None = None
    seller: SellerFacts | None = None
    vat_code: VatCode | None = None
    tax_categories: TaxFacts = ()
    unit: str | None = None
    terms: str | None = None
    payment_means: str | None = None
    delivery_date: DeliveryDate | None = None
    buyer_einvoice_scheme: str | None = None
    prices_include_tax: bool | None = None
    item_price: ItemPrice | None = None

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
            reread: timedelta | int | str | None = None,
            seller: SellerFacts | None = None,
            vat_code: VatCode | None = None,
            tax_categories: TaxFacts = (),
            unit: str | None = None,
            terms: str | None = None,
            payment_means: str | None = None,
            delivery_date: DeliveryDate | None = None,
            buyer_einvoice_scheme: str | None = None,
            prices_include_tax: bool | None = None,
            item_price: ItemPrice | None = None,
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
            reread: timedelta | int | str | None = None,
            seller: SellerFacts | None = None,
            vat_code: VatCode | None = None,
            tax_categories: TaxFacts = (),
            unit: str | None = None,
            terms: str | None = None,
            payment_means: str | None = None,
            delivery_date: DeliveryDate | None = None,
            buyer_einvoice_scheme: str | None = None,
            prices_include_tax: bool | None = None,
            item_price: ItemPrice | None = None,
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
        structs.force_setattr(self, "overlap", read_overlap(self.overlap))
        structs.force_setattr(self, "reread", read_overlap(self.reread))
        structs.force_setattr(self, "seller", read_seller(self.seller))
        structs.force_setattr(self, "tax_categories", read_categories(self.tax_categories))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the account without its secrets, which are found in the environment where it runs.

        A task that travels to another machine must not carry them.
        """
        secrets = find_description(self.provider).secrets
        fields = {each.name: getattr(self, each.name) for each in structs.fields(self)}
        fields["settings"] = {
            name: text for name, text in self.settings.items() if name not in secrets
        }
        return _restore, (fields,)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Return the account itself, which cannot be changed."""
        return self

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

    @property
    def has_facts(self) -> bool:
        """Whether the account has facts that fill fields of invoices after they are mapped."""
        # Spelled out, because this is asked for each record.
        return (
            self.seller is not None
            or self.tax_categories != ()
            or self.unit is not None
            or self.terms is not None
            or self.payment_means is not None
            or self.delivery_date is not None
            or self.vat_code is not None
            or self.buyer_einvoice_scheme is not None
        )

    @property
    def mapped_with(self) -> dict[str, Any]:
        """The settings that the mapping of a record depends on, without secrets."""
        found: dict[str, Any] = {}
        for each in structs.fields(self):
            value = getattr(self, each.name)
            is_default = each.default is not NODEFAULT and value == each.default
            if each.name not in _NOT_MAPPED_WITH and not is_default:
                found[each.name] = value
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
        digits = self.minor_digits
        if digits is None or isinstance(digits, int):
            return digits
        return digits.get(currency) if currency else None

    def _check(self, provider: ProviderDescription) -> None:
        _check_settings(self.settings, provider)
        if self.currency is not None:
            check_currency("currency", self.currency)
        check_minor_digits(self.minor_digits)
        if self.item_quantity not in ("measured", "units"):
            raise AccountError(
                f"item_quantity must be measured or units, not {self.item_quantity!r}"
            )
        for name in ("overlap", "reread"):
            try:
                read_overlap(getattr(self, name))
            except (ValueError, OverflowError):
                wanted = "a time such as 90s, 15m, 2h or 1d, of 10 years at most"
                raise AccountError(
                    f"{name} must be {wanted}, not {getattr(self, name)!r}"
                ) from None
        read_seller(self.seller)
        read_categories(self.tax_categories)
        self._check_facts(provider)
        try:
            _ = self.zone
        except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
            raise AccountError(
                f"time_zone must be a name such as Europe/Rome, not {self.time_zone!r}"
            ) from None

    def _check_facts(self, provider: ProviderDescription) -> None:
        for name in CODES:
            check_code(name, getattr(self, name))
        check_choice("vat_code", self.vat_code, get_args(VatCode))
        check_choice("delivery_date", self.delivery_date, get_args(DeliveryDate))
        check_choice("item_price", self.item_price, get_args(ItemPrice))
        if self.prices_include_tax not in (None, True, False):
            raise AccountError(
                f"prices_include_tax must be true or false, not {self.prices_include_tax!r}"
            )
        if self.terms is not None and not (isinstance(self.terms, str) and self.terms):
            raise AccountError(f"terms must be a text, not {self.terms!r}")
        for name in ("vat_code", "prices_include_tax", "item_price"):
            if getattr(self, name) is not None and name not in provider.facts:
                raise AccountError(f"{name} has no meaning for {provider.name}: remove it")


def _restore(fields: dict[str, Any]) -> Account[Any]:
    """Return the account that was pickled."""
    return Account(**fields)


def _check_settings(settings: Mapping[str, object], provider: ProviderDescription) -> None:
    known = (*provider.settings, *ACCOUNT_SETTINGS)
    for name, text in settings.items():
        if name not in (*provider.settings, *provider.secrets):
            has = f"it has {', '.join(known)}{suggest(name, known)}"
            raise AccountError(f"{provider.name} has no setting {name!r}; {has}")
        if not isinstance(text, str):
            raise AccountError(f"{name} must be a text")


def _shorten(text: str) -> str:
    """Return the text, or a part of its hash if it is long: cursors must be small."""
    if len(text) <= 80:
        return text
    digest = sha256(text.encode(errors="replace")).hexdigest()
    return f"sha256:{digest[:16]}"
