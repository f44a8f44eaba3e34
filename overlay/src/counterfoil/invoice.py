"""One invoice for every platform. Totals have the names and meaning of EN 16931, whose terms (BT-...) the docstrings give.

Every field of a business is optional: `None` means that the provider did not give it, `()` that it gave an empty list. No zero
and no currency is invented. Amounts are `Decimal` in major units (19.90, not 1990), rates are percent (19, not 0.19), amounts of
credit notes are positive, for `ref.kind` has the meaning; moments know their offset.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode
from binascii import Error as Base64Error
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, field, structs

from .errors import DocumentError

Kind = Literal["invoice", "credit_note", "proforma", "shipping_invoice", "return_invoice", "unknown"]
Status = Literal["pending", "available", "invalid", "open", "sent", "disputed", "archived", "cancelled"]
Mode = Literal["down", "half_down", "half_even", "half_up"]
Rule = Literal["per_item", "per_line", "total"]
Completeness = Literal["document", "partial", "full"]
Origin = Literal["computed", "assumed"]
Moment = Annotated[datetime, Meta(tz=True)]


class InvoiceRef(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """What an invoice is known by everywhere: hashable, and the same in every pull.

    `key` is the provider's: Flow's key, Open2b's id, Amazon's purchase order number, VTEX's orderId/invoiceNumber. It is None
    only where somebody selected fields without it: such an invoice cannot be stored.
    """

    provider: str
    account: str
    kind: Kind
    key: str | None


class TaxId(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A registration (BT-29 to BT-32, BT-46 to BT-48) under the provider's own name for it, such as companyCode or ioss."""

    scheme: str
    value: str
    country: str | None = None


class Address(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A postal address (BG-5, BG-8, BG-15).

    `country` is ISO 3166-1 alpha-2 (BT-40, BT-55, BT-80), None where `country_raw`, which is as the provider wrote it, is none.
    """

    streets: tuple[str, ...] | None = None
    city: str | None = None
    region: str | None = None
    postal: str | None = None
    country: str | None = None
    country_raw: str | None = None


class Party(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A seller (BG-4), buyer (BG-7), or who the goods come from or go to (BG-13).

    `vat_number` (BT-31, BT-48) is only what the provider calls so; all other numbers are `tax_ids`. `einvoice_id` is the
    electronic address (BT-34, BT-49).
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
        """What to call it: the company, the name, or first and last name."""
        return self.company or self.name or " ".join(filter(None, (self.first_name, self.last_name))) or None


class Line(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A line (BG-25). Amounts but the unit prices are those of the whole line.

    `quantity` BT-129, `unit_price` BT-146 without tax, `unit_price_gross` with it, `net` BT-131, `discount` BT-136,
    `tax_code` BT-151 as the provider spells it, `tax_rate` BT-152 in percent, `sku` BT-155, `name` BT-153, `note` BT-127.
    `weight` is in the provider's unit.
    """

    sku: str | None = None
    name: str | None = None
    quantity: Decimal | None = None
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
    """A discount on the whole invoice (BG-20): `value` in percent (BT-94) or as an amount (BT-92), positive.

    `before_tax` tells whether it is taken from amounts without tax; `position` counts from 1, for discounts follow each other.
    """

    kind: Literal["percent", "amount"]
    value: Decimal | None = None
    amount: Decimal | None = None
    before_tax: bool | None = None
    position: int | None = None


class Charge(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """What is charged beside the lines (BG-21): `net` BT-99, `tax_code` BT-102, `tax_rate` BT-103 in percent."""

    kind: Literal["shipping", "payment"]
    name: str | None = None
    net: Decimal | None = None
    tax_code: str | None = None
    tax_rate: Decimal | None = None
    tax_amount: Decimal | None = None
    duty_amount: Decimal | None = None


class TaxTotal(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A tax by its class and rate (BG-23): `taxable` BT-116, `amount` BT-117, `rate` BT-119 in percent."""

    code: str | None = None
    name: str | None = None
    rate: Decimal | None = None
    taxable: Decimal | None = None
    amount: Decimal | None = None


class Totals(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """The totals of a document (BG-22).

    `lines_net` BT-106, `discount` BT-107, `charges` BT-108, `net` BT-109, `tax` BT-110, `gross` BT-112, `prepaid` BT-113,
    `rounding` BT-114, `due` BT-115. Customs `duty`, which EN 16931 has no term for, is in `gross` and not in `net`.
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
    """How the provider rounded: ties (mode), and what is rounded (rule). What the rules do in detail, no provider documents."""

    mode: Mode | None = None
    rule: Rule | None = None


class Payment(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A payment, or in a credit note a refund; positive in both."""

    at: Moment | None = None
    description: str | None = None
    amount: Decimal | None = None
    currency: str | None = None


class Reference(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """Another record: an order (BT-13), the invoice that a credit note is about (BT-25), a customer (BT-46), in snake_case."""

    type: str
    number: str | None = None
    key: str | None = None


class Shipment(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """How the goods went out. `packages` is their number, `weight` in the provider's unit, `carriage` who pays, as given."""

    carrier: str | None = None
    tracking_number: str | None = None
    tracking_url: str | None = None
    dispatched_at: Moment | None = None
    packages: int | None = None
    weight: Decimal | None = None
    goods: str | None = None
    reason: str | None = None
    carriage: str | None = None


class Document(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """The invoice as a file (BG-24): a link (BT-124) or the file itself in base64 (BT-125), and its language."""

    url: str | None = None
    content_b64: str | None = None
    language: str | None = None

    def bytes(self) -> bytes:
        """Decode the file. Raises DocumentError where it is not base64, or where there is only a link."""
        if self.content_b64 is None:
            link = "this document is a link: `save_documents` fetches it"
            raise DocumentError(link if self.url else "the document has neither content nor a link")
        try:
            return b64decode(self.content_b64, validate=True)
        except (Base64Error, ValueError) as error:
            shown = self.content_b64[:20]
            raise DocumentError(f"the document is not base64, it begins with {shown!r}: ask the provider for it again") from error

    def media_type(self) -> str:
        """Tell what the file is by its first bytes. Raises DocumentError as `bytes` does."""
        return sniff(self.bytes()[:512])

    def sha256(self) -> str:
        """The file's SHA-256 in hexadecimal. Raises DocumentError as `bytes` does."""
        return hashlib.sha256(self.bytes()).hexdigest()


class Invoice(Struct, frozen=True, kw_only=True, eq=False, omit_defaults=True):
    """An invoice or credit note of any platform. Fields that the provider did not give are None.

    `number` BT-1, `issue_date` BT-2, `due_date` BT-9, `currency` BT-5 (ISO 4217). `status_raw` is the provider's word for
    `status`. `paid` is only what the provider says; it is never worked out from payments.

    `provenance` names the fields that the provider did not give, by path ("totals.gross", "lines[].net" for all lines):
    "computed" from what it gave, or "assumed" from the account's configuration or the provider's documentation. What is there
    and not named is the provider's own. `completeness` is "document" where there is a file and no data, "partial" where amounts
    of lines or totals are missing, else "full". `warnings` are sentences on what looked wrong while reading.

    `raw` is the provider's own object, for all that has no place here. It is no part of equality, hash and JSON.
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
    warnings: tuple[str, ...] = ()
    raw: Any = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Invoice):
            return NotImplemented
        return structs.astuple(self)[:-1] == structs.astuple(other)[:-1]

    def __hash__(self) -> int:
        return hash(self.ref)

    def to_json(self) -> bytes:
        """Write JSON: amounts as strings, digits and all; what was not given, and `raw`, are left out.

        The same content gives the same bytes.
        """
        return _ENCODER.encode(structs.replace(self, raw=UNSET))

    @classmethod
    def from_json(cls, text: bytes | str) -> Invoice:
        """Read what `to_json` wrote. Raises msgspec.ValidationError, which names the field, where it is something else."""
        return _DECODER.decode(text)

    def content_hash(self) -> str:
        """The SHA-256 of `to_json` in hexadecimal: it changes when anything but `raw` does."""
        return hashlib.sha256(self.to_json()).hexdigest()


_ENCODER = msgspec.json.Encoder(order="deterministic", decimal_format="string")
_DECODER = msgspec.json.Decoder(Invoice)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `Invoice.to_json` writes."""
    schema = msgspec.json.schema(Invoice)
    del schema["$defs"]["Invoice"]["properties"]["raw"]
    return schema


_SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"PK\x03\x04": "application/zip",
    b"\xef\xbb\xbf<?xml": "application/xml",
}


def sniff(beginning: bytes) -> str:
    """Tell the media type of a file by its first bytes: PDF, PNG, JPEG, ZIP, XML, HTML, else application/octet-stream."""
    for signature, media_type in _SIGNATURES.items():
        if beginning.startswith(signature):
            return media_type
    start = beginning.lstrip()[:14].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    return "application/xml" if start.startswith(b"<") else "application/octet-stream"
