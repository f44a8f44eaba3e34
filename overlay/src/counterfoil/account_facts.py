"""Facts about an account that no record contains, such as the seller's VAT number.

They fill fields that the provider does not send; these fields are marked as assumed. The terms are
those of EN 16931.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal, TypeAlias, get_args

from msgspec import Struct, structs

from .errors import AccountError
from .invoice_parts import Address, Party
from .matching import suggest

ItemPrice = Literal["unit", "total"]
DeliveryDate = Literal["issue", "dispatch"]
VatCode = Literal["companyCode", "companyCode2", "personalCode"]
Category = Literal["S", "Z", "E", "AE", "K", "G", "O", "L", "M"]

CODES = {
    "unit": (r"[A-Z0-9]{1,3}", "a code of UN/ECE Recommendation 20 such as C62 or KGM"),
    "payment_means": (r"[0-9]{1,3}|ZZZ", "a code of UNCL4461 such as 30"),
    "buyer_einvoice_scheme": (r"[0-9]{4}", "a code of the list EAS such as 0088"),
}
SCHEME = "a code of the list EAS such as 0088"
VAT_NUMBER = re.compile(r"[A-Z]{2}[A-Z0-9+*]{2,13}")


class Seller(Struct, frozen=True, kw_only=True):
    """The seller of an account's invoices (BG-4). See `Party` and `Address` for the fields.

    Fields that a record contains are not replaced; a record with another `vat_number` is an error.
    """

    name: str | None = None
    company: str | None = None
    id: str | None = None
    vat_number: str | None = None
    registration: str | None = None
    streets: tuple[str, ...] | None = None
    city: str | None = None
    region: str | None = None
    postal: str | None = None
    country: str | None = None
    email: str | None = None
    phone: str | None = None
    einvoice_id: str | None = None
    einvoice_scheme: str | None = None

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            texts = value if name == "streets" and value is not None else (value,)
            if not all(text is None or (isinstance(text, str) and text) for text in texts):
                raise AccountError(f"seller.{name} must be a text, not {value!r}")
        if self.country is not None and not re.fullmatch("[A-Z]{2}", self.country):
            raise AccountError(f"seller.country must be a code such as IT, not {self.country!r}")
        if self.vat_number is not None and not VAT_NUMBER.fullmatch(self.vat_number):
            raise AccountError(
                f"seller.vat_number must begin with a country, such as IT01234567890, not "
                f"{self.vat_number!r}"
            )
        if self.einvoice_scheme is not None and not re.fullmatch("[0-9]{4}", self.einvoice_scheme):
            raise AccountError(
                f"seller.einvoice_scheme must be {SCHEME}, not {self.einvoice_scheme!r}"
            )

    @property
    def address(self) -> Address | None:
        """The address, or None if none of its fields is set."""
        made = Address(
            streets=self.streets,
            city=self.city,
            region=self.region,
            postal=self.postal,
            country=self.country,
        )
        return None if made == Address() else made

    @property
    def party(self) -> Party:
        """The facts as a Party, without `registration`."""
        return Party(
            id=self.id,
            name=self.name,
            company=self.company,
            vat_number=self.vat_number,
            address=self.address,
            email=self.email,
            phone=self.phone,
            einvoice_id=self.einvoice_id,
            einvoice_scheme=self.einvoice_scheme,
        )


class TaxCategory(Struct, frozen=True, kw_only=True):
    """The category of a tax class (BT-151): S for the standard rate, E for exempt, and so on.

    It is the category of a tax with this `code` and `rate` in percent, which are both optional.
    `exemption` is the reason why no tax is due (BT-120), which the categories E, AE, K, G and O
    need in an e-invoice.
    """

    category: Category
    code: str | None = None
    rate: Decimal | None = None
    exemption: str | None = None

    def __post_init__(self) -> None:
        if self.category not in get_args(Category):
            known = ", ".join(get_args(Category))
            raise AccountError(
                f"tax_categories: a category must be one of {known}, not {self.category!r}"
            )
        if not isinstance(self.rate, Decimal) and self.rate is not None:
            raise AccountError(f"tax_categories: a rate must be a number, not {self.rate!r}")
        for text in (self.code, self.exemption):
            if not isinstance(text, str) and text is not None:
                raise AccountError(f"tax_categories: {text!r} must be a text")

    def fits(self, code: str | None, rate: Decimal | None) -> bool:
        """Return whether a tax has this category."""
        return self.code in (None, code) and self.rate in (None, rate)


SellerFacts: TypeAlias = Seller | Mapping[str, Any]
TaxFacts: TypeAlias = Iterable[TaxCategory | Mapping[str, Any]]


def read_seller(given: object) -> Seller | None:
    """Convert a table of a file to a Seller. Raises AccountError if it is invalid."""
    if given is None or isinstance(given, Seller):
        return given
    if isinstance(given, Mapping):
        given = dict(given)
        if isinstance(given.get("streets"), str):
            given["streets"] = [given["streets"]]
        if isinstance(given.get("streets"), list):
            given["streets"] = tuple(given["streets"])
    seller: Seller = _make("seller", Seller, given)
    return seller


def read_categories(given: object) -> tuple[TaxCategory, ...]:
    """Convert tables of a file to categories. Raises AccountError if they are invalid."""
    if isinstance(given, (str, Mapping)) or not isinstance(given, Iterable):
        raise AccountError(f"tax_categories must be a list of tables, not {given!r}")
    found = []
    for one in given:
        if isinstance(one, TaxCategory):
            found.append(one)
            continue
        table = dict(one) if isinstance(one, Mapping) else one
        if isinstance(table, dict) and type(table.get("rate")) is int:
            table["rate"] = Decimal(table["rate"])
        found.append(_make("tax_categories", TaxCategory, table))
    places = [(one.code, one.rate) for one in found]
    for code, rate in places:
        if places.count((code, rate)) > 1:
            raise AccountError(
                f"tax_categories: two are for code {code} and rate {rate}: remove one"
            )
    return tuple(found)


def _make(place: str, kind: type[Any], table: object) -> Any:
    names = [each.name for each in structs.fields(kind)]
    if not isinstance(table, Mapping):
        raise AccountError(f"{place} must be a table with {', '.join(names)}, not {table!r}")
    for name in table:
        if name not in names:
            raise AccountError(
                f"{place} has no field {name!r}; it has {', '.join(names)}{suggest(name, names)}"
            )
    try:
        return kind(**table)
    except TypeError:
        raise AccountError(f"{place} needs {names[0]}") from None


def check_code(name: str, value: object) -> None:
    """Raise AccountError if a code is invalid. None is valid."""
    pattern, wanted = CODES[name]
    if value is not None and not (isinstance(value, str) and re.fullmatch(pattern, value)):
        raise AccountError(f"{name} must be {wanted}, not {value!r}")


def check_choice(name: str, value: object, choices: tuple[str, ...]) -> None:
    """Raise AccountError if a value is not one of several. None is valid."""
    if value is not None and value not in choices:
        raise AccountError(f"{name} must be {' or '.join(choices)}, not {value!r}")
