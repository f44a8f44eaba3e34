"""The parts of an `Invoice`. Docstrings refer to the terms of EN 16931 (BT-..., BG-...).

All fields are optional: `None` if the provider did not send the field. See `Invoice` for the units
of amounts, rates and times.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from counterfoil_core.models import Convertible
from msgspec import Meta, Struct

Kind = Literal[
    "invoice", "credit_note", "proforma", "shipping_invoice", "return_invoice", "unknown"
]
Mode = Literal["down", "half_down", "half_even", "half_up"]
Rule = Literal["per_item", "per_line", "total"]
Moment = Annotated[datetime, Meta(tz=True)]


class InvoiceModel(Convertible, Struct, frozen=True, repr_omit_defaults=True):
    """The base of an invoice and its parts. Amounts are texts in JSON, with all their digits."""

    _decimals = "string"


class InvoiceRef(InvoiceModel, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """The identity of an invoice: hashable, and the same in every pull.

    `key` is the provider's own identifier: a key, an id, or an order with the number of one of its
    invoices. It is None only if the key was not among the selected fields; such an invoice cannot
    be stored.
    """

    provider: str
    account: str
    kind: Kind
    key: str | None


class TaxId(InvoiceModel, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A registration (BT-29 to BT-32, BT-46 to BT-48).

    `scheme` is the provider's name of the registry, such as companyCode or ioss. `verdict` is the
    result of the provider's validation, such as valid, invalid or unable_to_validate, and
    `verdict_reason` explains it. Both are None if the provider does not validate numbers.
    """

    scheme: str
    value: str
    country: str | None = None
    verdict: str | None = None
    verdict_reason: str | None = None


class Address(InvoiceModel, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A postal address (BG-5, BG-8, BG-15).

    `country` is an ISO 3166-1 alpha-2 code (BT-40, BT-55, BT-80). It is None if `country_raw`, the
    provider's own text, is not a known country.
    """

    streets: tuple[str, ...] | None = None
    city: str | None = None
    region: str | None = None
    postal: str | None = None
    country: str | None = None
    country_raw: str | None = None


class Party(InvoiceModel, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A seller (BG-4), a buyer (BG-7), or the sender or recipient of the goods (BG-13).

    `id` is the number that the other party gave it, such as a customer number (BT-29, BT-46).
    `vat_number` (BT-31, BT-48) is only set if the provider, or the account, calls the number a VAT
    number; all other numbers are `tax_ids`. `einvoice_id` is the electronic address (BT-34, BT-49),
    `einvoice_scheme` its scheme by the code list EAS, such as 0088.
    """

    id: str | None = None
    name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    company: str | None = None
    vat_number: str | None = None
    tax_ids: tuple[TaxId, ...] | None = None
    address: Address | None = None
    email: str | None = None
    phone: str | None = None
    einvoice_id: str | None = None
    einvoice_scheme: str | None = None

    @property
    def display_name(self) -> str | None:
        """The company, or else the name, or else first and last name."""
        if self.company or self.name:
            return self.company or self.name
        names = [name for name in (self.first_name, self.last_name) if name]
        return " ".join(names) or None


class Line(InvoiceModel, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A line (BG-25). Amounts except the unit prices are for the whole line.

    `quantity` BT-129, in `unit` (BT-130) in the provider's spelling, such as kg, or as the
    account's code of UN/ECE Recommendation 20, such as C62. `unit_price` BT-146 is without tax and
    never negative (BR-27): a reversed line has a negative quantity. `unit_price_gross` is with tax.
    `net` BT-131, `discount` BT-136, `tax_rate` BT-152 in percent, `sku` BT-155, `name` BT-153,
    `note` BT-127. `weight` is in the provider's unit.

    `tax_code` is the provider's name of the tax, `tax_category` its code in UNCL5305, such as S for
    the standard rate (BT-151).
    """

    sku: str | None = None
    name: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    unit_price: Decimal | None = None
    unit_price_gross: Decimal | None = None
    net: Decimal | None = None
    gross: Decimal | None = None
    discount: Decimal | None = None
    tax_code: str | None = None
    tax_category: str | None = None
    tax_rate: Decimal | None = None
    tax_amount: Decimal | None = None
    duty_rate: Decimal | None = None
    duty_amount: Decimal | None = None
    weight: Decimal | None = None
    note: str | None = None


class Discount(InvoiceModel, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A discount on the whole invoice (BG-20), positive.

    `value` is the provider's value: percent (BT-94), or an amount, which includes tax unless
    `before_tax` is true. `amount` is BT-92, without tax, or None if it cannot be determined.

    `before_tax` is true if the discount applies to amounts without tax. `position` counts from 1;
    discounts are applied in this order. `tax_category` BT-95 and `tax_rate` BT-96 are only set if
    the discount concerns a single tax class.
    """

    kind: Literal["percent", "amount"]
    value: Decimal | None = None
    amount: Decimal | None = None
    before_tax: bool | None = None
    position: int | None = None
    tax_category: str | None = None
    tax_rate: Decimal | None = None


class Charge(InvoiceModel, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A charge on the whole invoice (BG-21), such as shipping.

    `net` BT-99, `tax_category` BT-102, `tax_rate` BT-103 in percent. See `Line` for `tax_code`.
    """

    kind: Literal["shipping", "payment"]
    name: str | None = None
    net: Decimal | None = None
    tax_code: str | None = None
    tax_category: str | None = None
    tax_rate: Decimal | None = None
    tax_amount: Decimal | None = None
    duty_amount: Decimal | None = None


class TaxTotal(InvoiceModel, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """The tax of one tax class and rate (BG-23).

    `taxable` BT-116, `amount` BT-117, `category` BT-118 (see `Line.tax_category`), `rate` BT-119 in
    percent, `exemption` BT-120, the reason why no tax is due, `exemption_code` BT-121, its code of
    the list VATEX.
    """

    code: str | None = None
    category: str | None = None
    name: str | None = None
    rate: Decimal | None = None
    taxable: Decimal | None = None
    amount: Decimal | None = None
    exemption: str | None = None
    exemption_code: str | None = None


class Totals(InvoiceModel, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """The totals of a document (BG-22).

    `lines_net` BT-106, `discount` BT-107, `charges` BT-108, `net` BT-109, `tax` BT-110, `gross`
    BT-112, `prepaid` BT-113, `rounding` BT-114, `due` BT-115.

    EN 16931 has no term for customs `duty`. It is included in `gross`, but not in `net`. So with
    duty, `gross` is not BT-112; in an e-invoice, duty is a charge (BG-21) and part of BT-109.
    """

    lines_net: Decimal | None = None
    discount: Decimal | None = None
    charges: Decimal | None = None
    net: Decimal | None = None
    tax: Decimal | None = None
    duty: Decimal | None = None
    gross: Decimal | None = None
    prepaid: Decimal | None = None
    rounding: Decimal | None = None
    due: Decimal | None = None


class Rounding(InvoiceModel, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """How the provider rounded: the treatment of ties (mode), and the rounded amounts (rule).

    Providers do not document the rules in detail.
    """

    mode: Mode | None = None
    rule: Rule | None = None


class Payment(InvoiceModel, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A payment, or a refund in a credit note. Both are positive."""

    at: Moment | None = None
    description: str | None = None
    amount: Decimal | None = None
    currency: str | None = None


class Reference(InvoiceModel, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """Another record that the invoice refers to.

    `type` is in snake_case: `order` is the seller's order (BT-14), `purchase_order` the buyer's
    (BT-13), `invoice` the invoice that a credit note corrects (BT-25), `customer` the buyer
    (BT-46).
    """

    type: str
    number: str | None = None
    key: str | None = None

    @property
    def term(self) -> str | None:
        """The term of EN 16931, such as "BT-14"; None for other types."""
        return _REFERENCE_TERMS.get(self.type)


_REFERENCE_TERMS = {
    "purchase_order": "BT-13",
    "order": "BT-14",
    "packing_slip": "BT-16",
    "invoice": "BT-25",
    "customer": "BT-46",
}


class Shipment(InvoiceModel, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """The shipment of the goods.

    `packages` is the number of packages, `weight` is in the provider's unit, and `carriage` is the
    provider's text for the party that pays.
    """

    carrier: str | None = None
    tracking_number: str | None = None
    tracking_url: str | None = None
    dispatched_at: Moment | None = None
    packages: int | None = None
    weight: Decimal | None = None
    goods: str | None = None
    reason: str | None = None
    carriage: str | None = None


class Record(InvoiceModel, frozen=True, gc=False, kw_only=True):
    """The record of the provider that an invoice was read from.

    `content` is its JSON as the provider sent it, `model` the name of the client's class that
    decodes it, and `key` the provider's identifier. A record may contain several invoices.
    """

    model: str
    key: str
    content: bytes
