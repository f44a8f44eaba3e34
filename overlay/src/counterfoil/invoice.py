"""The `Invoice` of every platform. Docstrings refer to the terms of EN 16931 (BT-..., BG-...).

All business fields are optional: `None` if the provider did not send the field, `()` if it sent an
empty list. Missing amounts and currencies are never filled in with defaults. Amounts are `Decimal`
in major units (19.90, not 1990). Rates are percent (19, not 0.19). Amounts of credit notes are
positive; `sign` and `signed_gross` are what is added up. Datetimes have an offset.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Self

import msgspec
from counterfoil_core.type_information import make_decoder
from msgspec import UNSET, field, structs

from .decimals import negate

# These are part of this module's interface, hence the aliases.
from .invoice_document import Document as Document
from .invoice_document import sniff as sniff
from .invoice_parts import Address as Address
from .invoice_parts import Charge as Charge
from .invoice_parts import Discount as Discount
from .invoice_parts import InvoiceModel
from .invoice_parts import InvoiceRef as InvoiceRef
from .invoice_parts import Kind as Kind
from .invoice_parts import Line as Line
from .invoice_parts import Mode as Mode
from .invoice_parts import Moment as Moment
from .invoice_parts import Party as Party
from .invoice_parts import Payment as Payment
from .invoice_parts import Record as Record
from .invoice_parts import Reference as Reference
from .invoice_parts import Rounding as Rounding
from .invoice_parts import Rule as Rule
from .invoice_parts import Shipment as Shipment
from .invoice_parts import TaxId as TaxId
from .invoice_parts import TaxTotal as TaxTotal
from .invoice_parts import Totals as Totals

Status = Literal[
    "pending", "available", "invalid", "open", "sent", "disputed", "archived", "cancelled"
]
Completeness = Literal["document", "partial", "full"]
Origin = Literal["computed", "assumed"]
SIGNS: dict[str, int] = {
    "invoice": 1,
    "shipping_invoice": 1,
    "credit_note": -1,
    "return_invoice": -1,
}
"""The sign of each fiscal kind. Proformas and unknown kinds are not in it."""


class InvoiceWarning(InvoiceModel, frozen=True, gc=False, kw_only=True, omit_defaults=True):
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


class Invoice(InvoiceModel, frozen=True, kw_only=True, eq=False, omit_defaults=True):
    """An invoice or credit note of any platform. Fields that the provider did not send are None.

        invoice.gross, invoice.currency, invoice.buyer_name
        sum(one.signed_gross for one in invoices)   # of one currency; credit notes are subtracted
        invoice.origin("lines[0].net")              # given, computed, assumed, absent
        Invoice.from_json(invoice.to_json()) == invoice

    ref:                 provider, account, kind and key: the identity, the same in every pull
    completeness:        "document": only a file without data; "partial": amounts of lines or totals
                         are missing; otherwise "full"
    number:              the number on the document (BT-1)
    status, status_raw:  the status, and the provider's own word for it
    issue_date:          the date on the document (BT-2)
    issued_at:           the same as a moment
    due_date:            the date until which it is to be paid (BT-9)
    created_at:          when the provider created its record
    updated_at:          when the provider changed its record
    delivery_date:       when the goods were delivered (BT-72)
    currency:            the code of ISO 4217 (BT-5)
    prices_include_tax:  whether unit prices and line amounts include tax
    rounding:            how the provider rounds
    seller, buyer:       the parties (BG-4, BG-7)
    ship_to, ship_from:  where the goods go to (BG-13) and come from
    lines:               the lines (BG-25)
    discounts, charges:  those of the whole document (BG-20, BG-21)
    taxes:               the amounts by tax category and rate (BG-23)
    totals:              the totals (BG-22)
    payments:            what was paid, and how
    paid:                set only if the provider sends it; it is not computed from payments
    terms:               the terms of payment, as text (BT-20)
    payment_means:       a code of UNCL4461, such as 30 (BT-81)
    references:          orders and other documents (BT-13, BT-25)
    documents:           the invoice as files, embedded or behind links (BG-24)
    shipment:            how the goods were carried
    locale:              the language of its texts
    notes:               texts for the reader (BT-22)
    attributes:          further values of the provider, by their names there
    provenance:          fields that the provider did not send, by path, such as "totals.gross", or
                         "lines[].net" for all lines: "computed" from other fields, or "assumed"
                         from the account's settings or the documentation; see `origin`
    warnings:            problems found while reading; see `InvoiceWarning`
    deleted_at:          set by a store: when the invoice was found to be gone at the provider
    record:              the bytes of the record that the provider sent
    raw:                 the record itself, with the fields that an Invoice does not have

    The last three are not compared or hashed.
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
    delivery_date: date | None = None
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
    terms: str | None = None
    payment_means: str | None = None
    references: tuple[Reference, ...] | None = None
    documents: tuple[Document, ...] | None = None
    shipment: Shipment | None = None
    locale: str | None = None
    notes: tuple[str, ...] | None = None
    attributes: dict[str, str] | None = None
    provenance: dict[str, Origin] = field(default_factory=dict)
    warnings: tuple[InvoiceWarning, ...] = ()
    deleted_at: Moment | None = None
    record: Record | None = None
    raw: Any = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Invoice):
            return NotImplemented
        own = structs.astuple(self)
        others = structs.astuple(other)
        return own[:-3] == others[:-3]  # the last three fields are not compared

    def __ne__(self, other: object) -> bool:
        # Without it, Struct's own would compare `raw`, and an invoice could be both == and !=.
        return not self == other

    def __hash__(self) -> int:
        return hash(self.ref)

    @property
    def net(self) -> Decimal | None:
        """The total without tax (BT-109), or None if it is unknown."""
        return None if self.totals is None else self.totals.net

    @property
    def tax(self) -> Decimal | None:
        """The total tax (BT-110), or None if it is unknown."""
        return None if self.totals is None else self.totals.tax

    @property
    def gross(self) -> Decimal | None:
        """The total with tax and customs duty, or None if it is unknown; see `Totals`."""
        return None if self.totals is None else self.totals.gross

    @property
    def due(self) -> Decimal | None:
        """The amount that is still to be paid (BT-115), or None if it is unknown."""
        return None if self.totals is None else self.totals.due

    @property
    def sign(self) -> int:
        """1 for a sale, -1 for a credit note or return, 0 for a proforma or unknown kind."""
        return SIGNS.get(self.ref.kind, 0)

    @property
    def is_fiscal(self) -> bool:
        """Whether the document counts as revenue: False for a proforma or unknown kind."""
        return self.ref.kind in SIGNS

    @property
    def signed_net(self) -> Decimal | None:
        """`net` to be added up: negative in a credit note, zero in a proforma."""
        return give_sign(self.net, self.sign)

    @property
    def signed_tax(self) -> Decimal | None:
        """`tax` to be added up: negative in a credit note, zero in a proforma."""
        return give_sign(self.tax, self.sign)

    @property
    def signed_gross(self) -> Decimal | None:
        """`gross` to be added up: negative in a credit note, zero in a proforma."""
        return give_sign(self.gross, self.sign)

    @property
    def signed_due(self) -> Decimal | None:
        """`due` to be added up: negative in a credit note, zero in a proforma."""
        return give_sign(self.due, self.sign)

    @property
    def seller_name(self) -> str | None:
        """The seller's company, or else name (BT-27); None if it is unknown."""
        return None if self.seller is None else self.seller.display_name

    @property
    def buyer_name(self) -> str | None:
        """The buyer's company, or else name (BT-44); None if it is unknown."""
        return None if self.buyer is None else self.buyer.display_name

    @property
    def day(self) -> date | None:
        """The day of issue, or else of creation; None if both are unknown."""
        if self.issue_date is not None:
            return self.issue_date
        moment = self.issued_at or self.created_at
        return None if moment is None else moment.date()

    def origin(self, path: str) -> Literal["given", "computed", "assumed", "absent"]:
        """Return where a value is from: given by the provider, computed, assumed or absent.

        `path` is a field, such as "totals.gross" or "lines[2].net". A part, such as "seller", is
        given if the provider sent any of its fields. Raises KeyError if there is no such field.
        """
        value = _follow(self, path)
        if value is None:
            return "absent"
        of_all_lines = re.sub(r"\[\d+\]", "[]", path)
        return self.provenance.get(path) or self.provenance.get(of_all_lines) or "given"

    def to_json(self, *, with_record: bool = False) -> bytes:
        """Return the invoice as JSON. Amounts are strings with all their digits.

        `raw` and fields with their default are omitted. `record` is only written if asked for, in
        base64. Equal invoices have the same JSON.
        """
        if with_record:
            return _ENCODER.encode(structs.replace(self, raw=UNSET))
        return _ENCODER.encode(structs.replace(self, raw=UNSET, record=None, deleted_at=None))

    def to_dict(self) -> dict[str, Any]:
        """Return the values of `to_json` with a Decimal for each amount."""
        plain = structs.replace(self, raw=UNSET, record=None, deleted_at=None)
        return InvoiceModel.to_dict(plain)

    @classmethod
    def from_json(cls, content: bytes | str) -> Self:
        """Read the JSON of `to_json`.

        Raises msgspec.ValidationError, with the field's name, if the JSON is something else.
        """
        invoice: Self = _DECODER.decode(content)
        return invoice

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        """Return the JSON Schema without the fields that `to_json` omits."""
        found = super().__get_pydantic_json_schema__(schema, handler)
        for name in ("raw", "record", "deleted_at"):
            del found["properties"][name]
        return found

    def content_hash(self) -> str:
        """Return the SHA-256 of `to_json` in hexadecimal. It does not depend on the record."""
        return hashlib.sha256(self.to_json()).hexdigest()


def give_sign(amount: Decimal | None, sign: int) -> Decimal | None:
    """Return an amount to be added up, with the sign of its document."""
    if amount is None or sign == 1:
        return amount
    return negate(amount) if sign else Decimal(0)


def _follow(invoice: Invoice, path: str) -> Any:
    """Return the value at a path, or None if a part of it is missing."""
    value: Any = invoice
    for name, index in re.findall(r"([^.\[\]]+)|\[(\d*)\]", path):
        if value is None:
            return None
        try:
            value = getattr(value, name) if name else _choose(value, index)
        except (AttributeError, TypeError, ValueError):
            raise KeyError(f"an invoice has no field {path!r}") from None
    return value


def _choose(parts: tuple[Any, ...], index: str) -> Any:
    """Return a part, or the first one for an empty index; None if there is no such part."""
    number = int(index or 0)
    return parts[number] if number < len(parts) else None


_ENCODER = msgspec.json.Encoder(order="deterministic", decimal_format="string")
_DECODER: msgspec.json.Decoder[Any] = make_decoder(Invoice)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `Invoice.to_json`."""
    schema = msgspec.json.schema(Invoice)
    del schema["$defs"]["Invoice"]["properties"]["raw"]
    return schema
