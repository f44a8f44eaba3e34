"""The `Invoice` of every platform. Docstrings refer to the terms of EN 16931 (BT-..., BG-...).

All business fields are optional: `None` if the provider did not send the field, `()` if it sent an
empty list. Missing amounts and currencies are never filled in with defaults. Amounts are `Decimal`
in major units (19.90, not 1990). Rates are percent (19, not 0.19). Amounts of credit notes are
positive; `ref.kind` distinguishes them. Datetimes have an offset.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from counterfoil_core.type_information import make_decoder
from msgspec import UNSET, Meta, Struct, field, structs

# Both are part of this module's interface, hence the aliases.
from .invoice_document import Document as Document
from .invoice_document import sniff as sniff

Kind = Literal[
    "invoice", "credit_note", "proforma", "shipping_invoice", "return_invoice", "unknown"
]
Status = Literal[
    "pending", "available", "invalid", "open", "sent", "disputed", "archived", "cancelled"
]
Mode = Literal["down", "half_down", "half_even", "half_up"]
Rule = Literal["per_item", "per_line", "total"]
Completeness = Literal["document", "partial", "full"]
Origin = Literal["computed", "assumed"]
Moment = Annotated[datetime, Meta(tz=True)]


class InvoiceRef(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """The identity of an invoice: hashable, and the same in every pull.

    `key` is the provider's own identifier: a key, an id, or an order with the number of one of its
    invoices. It is None only if the key was not among the selected fields; such an invoice cannot
    be stored.
    """

    provider: str
    account: str
    kind: Kind
    key: str | None


class TaxId(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
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


class Address(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
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


class Party(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A seller (BG-4), a buyer (BG-7), or the sender or recipient of the goods (BG-13).

    `vat_number` (BT-31, BT-48) is only set if the provider calls the number a VAT number; all other
    numbers are `tax_ids`. `einvoice_id` is the electronic address (BT-34, BT-49).
    """

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

    @property
    def display_name(self) -> str | None:
        """The company, or else the name, or else first and last name."""
        if self.company or self.name:
            return self.company or self.name
        names = [name for name in (self.first_name, self.last_name) if name]
        return " ".join(names) or None


class Line(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A line (BG-25). Amounts except the unit prices are for the whole line.

    `quantity` BT-129, in `unit` (BT-130) in the provider's spelling, such as kg. `unit_price`
    BT-146 is without tax and never negative (BR-27): a reversed line has a negative quantity.
    `unit_price_gross` is with tax. `net` BT-131, `discount` BT-136, `tax_code` BT-151 in the
    provider's spelling, `tax_rate` BT-152 in percent, `sku` BT-155, `name` BT-153, `note` BT-127.
    `weight` is in the provider's unit.
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
    tax_rate: Decimal | None = None
    tax_amount: Decimal | None = None
    duty_rate: Decimal | None = None
    duty_amount: Decimal | None = None
    weight: Decimal | None = None
    note: str | None = None


class Discount(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A discount on the whole invoice (BG-20), positive.

    `value` is the provider's value: percent (BT-94), or an amount, which includes tax unless
    `before_tax` is true. `amount` is BT-92, without tax, or None if it cannot be determined.

    `before_tax` is true if the discount applies to amounts without tax. `position` counts from 1;
    discounts are applied in this order.
    """

    kind: Literal["percent", "amount"]
    value: Decimal | None = None
    amount: Decimal | None = None
    before_tax: bool | None = None
    position: int | None = None


class Charge(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A charge on the whole invoice (BG-21), such as shipping.

    `net` BT-99, `tax_code` BT-102, `tax_rate` BT-103 in percent.
    """

    kind: Literal["shipping", "payment"]
    name: str | None = None
    net: Decimal | None = None
    tax_code: str | None = None
    tax_rate: Decimal | None = None
    tax_amount: Decimal | None = None
    duty_amount: Decimal | None = None


class TaxTotal(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """The tax of one tax class and rate (BG-23).

    `taxable` BT-116, `amount` BT-117, `rate` BT-119 in percent.
    """

    code: str | None = None
    name: str | None = None
    rate: Decimal | None = None
    taxable: Decimal | None = None
    amount: Decimal | None = None


class Totals(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
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


class Rounding(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """How the provider rounded: the treatment of ties (mode), and the rounded amounts (rule).

    Providers do not document the rules in detail.
    """

    mode: Mode | None = None
    rule: Rule | None = None


class Payment(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A payment, or a refund in a credit note. Both are positive."""

    at: Moment | None = None
    description: str | None = None
    amount: Decimal | None = None
    currency: str | None = None


class Reference(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
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


class Shipment(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
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


class InvoiceWarning(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A problem with an invoice: a value that looks wrong, or that could not be mapped.

    `code` is stable, in kebab-case; docs/warnings.md lists all codes. `path` is the field of the
    invoice, such as "lines[2].net", or "lines[].unit_price" for all lines. It is None if the
    warning is not about a single field. `text` is for people; it may change between versions.
    """

    code: str
    path: str | None = None
    text: str

    def __str__(self) -> str:
        return self.text


class Invoice(Struct, frozen=True, kw_only=True, eq=False, omit_defaults=True):
    """An invoice or credit note of any platform. Fields that the provider did not send are None.

    `number` BT-1, `issue_date` BT-2, `due_date` BT-9, `currency` BT-5 (ISO 4217). `status_raw` is
    the provider's own `status`. `paid` is only set if the provider sends it; it is not computed
    from payments.

    `provenance` lists the fields that the provider did not send, by path: "totals.gross", or
    "lines[].net" for all lines. Their values were "computed" from other fields, or "assumed" from
    the account's settings or the provider's documentation. All other values are the provider's.

    `completeness` is "document" if there is only a file without data, "partial" if amounts of lines
    or totals are missing, and otherwise "full". `warnings` lists problems found while reading; see
    `InvoiceWarning`.

    `raw` is the record that the provider sent, with fields that an Invoice does not have. It is not
    compared, hashed or written to JSON.
    """

    ref: InvoiceRef
    completeness: Completeness
    number: str | None = None
    status: Status | None = None
    status_raw: str | None = None
    issue_date: date | None = None
    issued_at: Moment | None = None
    due_date: date | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None
    currency: str | None = None
    prices_include_tax: bool | None = None
    rounding: Rounding | None = None
    seller: Party | None = None
    buyer: Party | None = None
    ship_to: Party | None = None
    ship_from: Party | None = None
    lines: tuple[Line, ...] | None = None
    discounts: tuple[Discount, ...] | None = None
    charges: tuple[Charge, ...] | None = None
    taxes: tuple[TaxTotal, ...] | None = None
    totals: Totals | None = None
    payments: tuple[Payment, ...] | None = None
    paid: bool | None = None
    references: tuple[Reference, ...] | None = None
    documents: tuple[Document, ...] | None = None
    shipment: Shipment | None = None
    locale: str | None = None
    notes: tuple[str, ...] | None = None
    attributes: dict[str, str] | None = None
    provenance: dict[str, Origin] = field(default_factory=dict)
    warnings: tuple[InvoiceWarning, ...] = ()
    raw: Any = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Invoice):
            return NotImplemented
        own = structs.astuple(self)
        others = structs.astuple(other)
        return own[:-1] == others[:-1]  # `raw`, the last field, is not compared

    def __ne__(self, other: object) -> bool:
        # Without it, Struct's own would compare `raw`, and an invoice could be both == and !=.
        return not self == other

    def __hash__(self) -> int:
        return hash(self.ref)

    def to_json(self) -> bytes:
        """Return the invoice as JSON. Amounts are strings with all their digits.

        `raw` and fields with their default are omitted. Equal invoices have the same JSON.
        """
        return _ENCODER.encode(structs.replace(self, raw=UNSET))

    @classmethod
    def from_json(cls, text: bytes | str) -> Invoice:
        """Read the JSON of `to_json`.

        Raises msgspec.ValidationError, with the field's name, if the JSON is something else.
        """
        return _DECODER.decode(text)

    def content_hash(self) -> str:
        """Return the SHA-256 of `to_json` in hexadecimal. It does not depend on `raw`."""
        return hashlib.sha256(self.to_json()).hexdigest()


_ENCODER = msgspec.json.Encoder(order="deterministic", decimal_format="string")
_DECODER: msgspec.json.Decoder[Invoice] = make_decoder(Invoice)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `Invoice.to_json`."""
    schema = msgspec.json.schema(Invoice)
    del schema["$defs"]["Invoice"]["properties"]["raw"]
    return schema
