# Generated from specs/flow/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Flow Commerce consumer invoices."""

from __future__ import annotations

from datetime import date as date_aliased
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from counterfoil_core.types import OpenStrEnum, Unknown
from msgspec import UNSET, UnsetType

from ._model import ApiModel


class ConsumerInvoiceStatus(OpenStrEnum):
    """State of an invoice or a credit memo. pending: it was created and is being checked, for
    instance until a refund is confirmed. available: it was checked, and the consumer can
    have it. invalid: it could not be checked in several attempts. Flow words these for
    credit memos; not verified: that they mean the same for invoices.
    """

    PENDING = "pending"
    AVAILABLE = "available"
    INVALID = "invalid"


class ConsumerInvoiceSort(OpenStrEnum):
    """What invoices are sorted by; a leading hyphen reverses the direction, the greatest or
    newest first.
    """

    CREATED_AT = "created_at"
    CREATED_AT_DESCENDING = "-created_at"
    KEY = "key"
    KEY_DESCENDING = "-key"
    ID = "id"
    ID_DESCENDING = "-id"


if TYPE_CHECKING:
    ConsumerInvoiceSortInput: TypeAlias = (
        ConsumerInvoiceSort | Literal["created_at", "-created_at", "key", "-key", "id", "-id"] | str
    )
    """`ConsumerInvoiceSort`, or its value."""
else:
    ConsumerInvoiceSortInput = ConsumerInvoiceSort


class ConsumerInvoiceCustomerType(OpenStrEnum):
    """Kind of consumer. business_eu_verified: a business whose registration was verified in
    the European Union. business_non_verified: a business without any further verification.
    individual: a private person.
    """

    BUSINESS_EU_VERIFIED = "business_eu_verified"
    BUSINESS_NON_VERIFIED = "business_non_verified"
    INDIVIDUAL = "individual"


class ConsumerInvoiceOrderSummary(ApiModel, gc=False, kw_only=True):
    """The order that an invoice belongs to, in short."""

    id: str
    """Identifier of the order, unique in all of Flow."""

    number: str
    """The organization's own number of the order."""

    submitted_at: datetime
    """Moment the order was submitted."""


class ConsumerInvoiceReference(ApiModel, gc=False, kw_only=True):
    """The invoice that a credit memo is issued against."""

    id: str
    """Identifier of the invoice, unique in all of Flow."""

    key: str
    """The caller's own identifier of the invoice."""

    number: str
    """Number of the invoice."""


class ConsumerInvoiceDocumentType(OpenStrEnum):
    """Format of the file that a link leads to. So far there are PDF files only."""

    PDF = "pdf"


class ItemLineTag(OpenStrEnum):
    """What marks a line as one for an item. The first is documented; the other, the type's
    name, is read as well.
    """

    ITEM = "item"
    CONSUMER_INVOICE_LINE_ITEM = "consumer_invoice_line_item"


class DiscountLineTag(OpenStrEnum):
    """What marks a line as a discount. The first is documented; the other, the type's name, is
    read as well.
    """

    DISCOUNT = "discount"
    CONSUMER_INVOICE_LINE_DISCOUNT = "consumer_invoice_line_discount"


class ShippingLineTag(OpenStrEnum):
    """What marks a line as one for shipping. The first is documented; the other, the type's
    name, is read as well.
    """

    SHIPPING = "shipping"
    CONSUMER_INVOICE_LINE_SHIPPING = "consumer_invoice_line_shipping"


class ItemReference(ApiModel, gc=False, kw_only=True):
    """The item that a line is about."""

    number: str
    """The organization's own number of the item, such as its SKU."""


class Price(ApiModel, gc=False, kw_only=True):
    """An amount of money in a currency."""

    amount: Decimal
    """The amount, in units of the currency, negative for a discount. Whole amounts are written
    without a fraction.
    """

    currency: str
    """Currency as an ISO 4217 code of three letters, such as CAD."""

    label: str
    """The amount as text for people, such as CA$100.00."""


class ConsumerInvoiceForm(ApiModel, gc=False, kw_only=True):
    """What is needed to have an invoice issued under a key. Flow has deprecated its use."""

    order_number: str
    """Number of the order to be invoiced."""

    attributes: dict[str, str] | UnsetType = UNSET
    """Whatever is to be attached to the invoice, text by name. Left out, nothing is."""


class ConsumerInvoiceFormByOrder(ApiModel, gc=False, kw_only=True):
    """What may be said when the invoices of an order are to be issued. An empty form is
    allowed.
    """

    attributes: dict[str, str] | UnsetType = UNSET
    """Whatever is to be attached to the invoices, text by name. Left out, nothing is."""


class ConsumerInvoiceLineDiscountForm(
    ApiModel, gc=False, tag_field="discriminator", tag="discount", kw_only=True
):
    """A line that takes something off the whole, to be written."""

    price: Decimal
    """The discount, which must be negative, such as -10. It bears no currency."""


class ConsumerInvoiceLevyForm(ApiModel, gc=False, kw_only=True):
    """A tax or customs duty to be written, its rate and what it comes to."""

    rate: Decimal
    """Rate as a fraction, 0.2 for 20 percent."""

    amount: Decimal
    """What the levy comes to, for one unit in a line for an item. It bears no currency."""


class InvoiceExportForm(ApiModel, gc=False, kw_only=True):
    """The period whose invoices are to be exported. An empty form is allowed."""

    date_from: date_aliased | UnsetType = UNSET
    """First day of the period. Left out, the period has no beginning. Not verified that it has
    none.
    """

    date_to: date_aliased | UnsetType = UNSET
    """Last day of the period. Left out, the period has no end. Not verified that the day
    itself belongs to it.
    """


class InvoiceExport(ApiModel, gc=False, kw_only=True):
    """An export that was started."""

    id: str
    """Identifier of the export, unique in all of Flow."""


class MerchantOfRecordEntityRegistration(ApiModel, gc=False, kw_only=True):
    """The registration of a company with a tax authority."""

    number: str
    """Number of the registration, the VAT number in Europe, the EIN in the United States."""

    country: str
    """Country of the registration as an ISO 3166-1 code of three letters in either case, such
    as CAN.
    """


class EntityIdentifierType(OpenStrEnum):
    """Scheme of a tax identifier for imported goods. ioss: the Import One-Stop Shop of the
    European Union. voec: VAT on electronic commerce, in Norway. zaz: the centralized
    customs account, in Switzerland.
    """

    IOSS = "ioss"
    VOEC = "voec"
    ZAZ = "zaz"


class OrganizationReference(ApiModel, gc=False, kw_only=True):
    """An organization at Flow."""

    id: str
    """The organization's account identifier."""


class TaxVerificationResult(OpenStrEnum):
    """What looking up a tax registration number gave: it is valid, it is not, or it could not
    be told.
    """

    VALID = "valid"
    INVALID = "invalid"
    UNABLE_TO_VALIDATE = "unable_to_validate"


class Address(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """An address, either as one text or in its parts. One of both is present. Personal data."""

    text: str | None = None
    """The whole address as one text. Absent when it is given in parts."""

    streets: list[str] | None = None
    """Lines of the street address, in order. Absent when the address is one text."""

    street_number: str | None = None
    """Number of the house. Absent when it is not known apart."""

    city: str | None = None
    """City or town. Absent when it is not known."""

    province: str | None = None
    """State, province or region. Absent when there is none."""

    postal: str | None = None
    """Postal code. Absent when there is none."""

    country: str | None = None
    """Country as an ISO 3166-1 code of three letters in either case, such as CAN. Absent when
    it is not known.
    """

    latitude: str | None = None
    """Latitude in degrees, as text. Absent when it is not known."""

    longitude: str | None = None
    """Longitude in degrees, as text. Absent when it is not known."""


class Name(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Name of a person. Personal data."""

    first: str | None = None
    """First name. Absent when it is not known."""

    last: str | None = None
    """Last name. Absent when it is not known."""


class GenericErrorCode(OpenStrEnum):
    """Kind of error. generic_error: the messages say what is wrong, the usual case.
    client_error: the client is set up wrongly. server_error: Flow failed, and its staff is
    told automatically.
    """

    GENERIC_ERROR = "generic_error"
    CLIENT_ERROR = "client_error"
    SERVER_ERROR = "server_error"


class ConsumerInvoiceDocument(ApiModel, gc=False, kw_only=True):
    """An invoice or credit memo as a file in one language."""

    type: ConsumerInvoiceDocumentType
    """Format of the file."""

    language: str
    """Language of the file as an ISO 639 code of two letters, such as en. Flow writes ISO 639
    2.
    """

    url: str
    """Link to the file, which holds personal data. Not verified: how long the link is valid,
    and who may follow it.
    """


class ConsumerInvoiceCenterReference(ApiModel, gc=False, kw_only=True):
    """A fulfilment centre, where goods are shipped from."""

    id: str
    """Identifier of the centre, unique in all of Flow."""

    key: str
    """The organization's own identifier of the centre."""

    name: str
    """Name of the centre."""

    address: Address
    """Where the centre is."""


class ConsumerInvoiceLineDiscount(
    ApiModel, gc=False, tag_field="discriminator", tag="discount", kw_only=True
):
    """A line that takes something off the whole invoice."""

    price: Price
    """The discount, a negative amount."""


class ConsumerInvoiceLevy(ApiModel, gc=False, kw_only=True):
    """A tax or customs duty, its rate and what it comes to."""

    rate: Decimal
    """Rate as a fraction, 0.2 for 20 percent. Not verified: whether Flow writes it as a number
    or a string; both are read.
    """

    value: Price
    """What the levy comes to, for one unit in a line for an item."""


class ConsumerInvoiceLineItemForm(
    ApiModel, gc=False, tag_field="discriminator", tag="item", kw_only=True
):
    """A line for an item, to be written. Its amounts are those of one unit, and bear no
    currency.
    """

    item_number: str
    """The organization's own number of the item, such as its SKU."""

    quantity: int
    """How many units, 1 or more."""

    unit_price: Decimal
    """Price of one unit, before discount, tax and duty. Not verified that it is before tax."""

    unit_discount: Decimal | UnsetType = UNSET
    """Discount on one unit, which must be negative, such as -10. Leave it out when there is
    none.
    """

    unit_tax: ConsumerInvoiceLevyForm | UnsetType = UNSET
    """Tax on one unit. Leave it out when none is levied."""

    unit_duty: ConsumerInvoiceLevyForm | UnsetType = UNSET
    """Customs duty on one unit. Leave it out when none is levied."""


class ConsumerInvoiceLineShippingForm(
    ApiModel, gc=False, tag_field="discriminator", tag="shipping", kw_only=True
):
    """A line for shipping, to be written. Its amounts bear no currency."""

    price: Decimal
    """Price of shipping, before discount, tax and duty. Not verified that it is before tax."""

    discount: Decimal | UnsetType = UNSET
    """Discount on shipping, which must be negative, such as -10. Leave it out when there is
    none.
    """

    tax: ConsumerInvoiceLevyForm | UnsetType = UNSET
    """Tax on shipping. Leave it out when none is levied."""

    duty: ConsumerInvoiceLevyForm | UnsetType = UNSET
    """Customs duty on shipping. Leave it out when none is levied."""


class EntityIdentifier(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A further tax identifier of the merchant of record."""

    name: EntityIdentifierType
    """The scheme that the identifier belongs to."""

    number: str
    """The identifier itself."""

    issuing_country: str | None = None
    """Country that issued it, as an ISO 3166-1 code of three letters. Absent when it is not
    known.
    """


class TaxRegistration(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """What looking up a tax registration number gave: whether it is valid in its country and,
    if so, whose it is.
    """

    id: str
    """Identifier of the lookup, unique in all of Flow."""

    key: str
    """The caller's own identifier of the lookup."""

    number: str
    """The tax registration number that was looked up."""

    timestamp: datetime
    """Moment of the lookup."""

    result: TaxVerificationResult
    """What the lookup gave."""

    result_reason: str | None = None
    """Why the number was found so, for instance why it is not valid. Absent when nothing is
    said.
    """

    name: str | None = None
    """Name that the number is registered for. Absent when it is not known."""

    address: str | None = None
    """Address that the number is registered for, as text. Absent when it is not known."""

    company_name: str | None = None
    """Name of the company that the number is registered for. Absent when it is not known."""


class BillingAddress(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Address of the consumer who is billed. Personal data."""

    name: Name | None = None
    """Name of the consumer. Absent when it is not known."""

    streets: list[str] | None = None
    """Lines of the street address, in order. Absent when they are not known."""

    city: str | None = None
    """City or town. Absent when it is not known."""

    province: str | None = None
    """State, province or region. Absent when there is none."""

    postal: str | None = None
    """Postal code. Absent when there is none."""

    country: str | None = None
    """Country as an ISO 3166-1 code of three letters in either case, such as CAN. Absent when
    it is not known.
    """

    company: str | None = None
    """Name of the consumer's company. Absent for a private person."""


class Contact(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A person to turn to about an order. Personal data."""

    name: Name
    """Name of the person."""

    company: str | None = None
    """Company or organization of the person. Absent when there is none."""

    email: str | None = None
    """Email address of the person. Absent when it is not known."""

    phone: str | None = None
    """Phone number of the person. Absent when it is not known."""


class GenericError(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Why a request failed, most often because its form is not valid. Flow's Node SDK speaks
    of a list of errors with details instead. Not verified: that such a list is ever sent.
    """

    messages: list[str]
    """What is wrong, in words, one message at least."""

    code: GenericErrorCode | None = None
    """Kind of error. Absent, it is generic_error."""


class ConsumerInvoicePayment(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A payment towards an invoice or, in a credit memo, of a refund. Personal data."""

    date: datetime
    """Moment of the payment."""

    description: str
    """How it was paid, in words for the consumer."""

    value: Price
    """How much was paid. Not verified: its sign in a credit memo."""

    billing_address: BillingAddress | None = None
    """Address of whoever paid. Absent when there is none."""


class ConsumerInvoiceLineItem(
    ApiModel, gc=False, omit_defaults=True, tag_field="discriminator", tag="item", kw_only=True
):
    """A line for an item of the order. Its prices, taxes and duties are those of one unit."""

    item: ItemReference
    """The item that was sold."""

    description: str
    """The item in words, as it stands on the invoice."""

    quantity: int
    """How many units, 1 or more."""

    unit_price: Price
    """Price of one unit, before discount, tax and duty. Not verified that it is before tax."""

    unit_discount: Price | None = None
    """Discount on one unit, a negative amount. Absent when there is none."""

    unit_tax: ConsumerInvoiceLevy | None = None
    """Tax on one unit. Absent when none is levied."""

    unit_duty: ConsumerInvoiceLevy | None = None
    """Customs duty on one unit. Absent when none is levied."""


class ConsumerInvoiceLineShipping(
    ApiModel, gc=False, omit_defaults=True, tag_field="discriminator", tag="shipping", kw_only=True
):
    """A line for shipping."""

    price: Price
    """Price of shipping, before discount, tax and duty. Not verified that it is before tax."""

    discount: Price | None = None
    """Discount on shipping, a negative amount. Absent when there is none."""

    tax: ConsumerInvoiceLevy | None = None
    """Tax on shipping. Absent when none is levied."""

    duty: ConsumerInvoiceLevy | None = None
    """Customs duty on shipping. Absent when none is levied."""


ConsumerInvoiceLineForm: TypeAlias = (
    ConsumerInvoiceLineItemForm | ConsumerInvoiceLineDiscountForm | ConsumerInvoiceLineShippingForm
)
"""A line to be written, an item, a discount or shipping; `discriminator` tells which."""


class MerchantOfRecordEntity(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """The company of Flow that sells to the consumer as the merchant of record, its legal name
    and address.
    """

    organization: OrganizationReference
    """The organization it belongs to, such as flow."""

    name: str
    """Legal name of the company, such as Flow Commerce Limited."""

    streets: list[str]
    """Lines of the street address, in order."""

    city: str
    """City or town of the company."""

    country: str
    """Country as an ISO 3166-1 code of three letters in either case, such as IRL."""

    vat: MerchantOfRecordEntityRegistration | None = None
    """Registration of the company for value added tax. Absent when there is none."""

    identifiers: list[EntityIdentifier] | None = None
    """Further tax identifiers of the company. Absent when there are none."""

    province: str | None = None
    """State, province or region. Absent when there is none."""

    postal: str | None = None
    """Postal code. Absent when there is none."""

    phone: str | None = None
    """Phone number of the company's customer service. Absent when there is none."""

    email: str | None = None
    """Email address of the company's customer service. Absent when there is none."""


class OrderAddress(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Address that an order goes to, either as one text or in its parts. Personal data."""

    text: str | None = None
    """The whole address as one text. Absent when it is given in parts."""

    streets: list[str] | None = None
    """Lines of the street address, in order. Absent when the address is one text."""

    city: str | None = None
    """City or town. Absent when it is not known."""

    province: str | None = None
    """State, province or region. Absent when there is none."""

    postal: str | None = None
    """Postal code. Absent when there is none."""

    country: str | None = None
    """Country as an ISO 3166-1 code of three letters in either case, such as CAN. Absent when
    it is not known.
    """

    latitude: str | None = None
    """Latitude in degrees, as text. Absent when it is not known."""

    longitude: str | None = None
    """Longitude in degrees, as text. Absent when it is not known."""

    contact: Contact | None = None
    """Who receives the order. Absent when it is not known."""


if TYPE_CHECKING:
    ConsumerInvoiceLine: TypeAlias = (
        ConsumerInvoiceLineItem
        | ConsumerInvoiceLineDiscount
        | ConsumerInvoiceLineShipping
        | Unknown
    )
else:
    ConsumerInvoiceLine: TypeAlias = (
        ConsumerInvoiceLineItem | ConsumerInvoiceLineDiscount | ConsumerInvoiceLineShipping
    )
"""A line of an invoice or a credit memo, an item, a discount or shipping; `discriminator`
tells which.
"""


class CreditMemo(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A credit memo, which says what was refunded of an invoice, and why."""

    id: str
    """Identifier of the credit memo, unique in all of Flow."""

    status: ConsumerInvoiceStatus
    """Whether the credit memo has been checked and can be shown to the consumer."""

    date: datetime
    """Moment the credit memo is dated."""

    key: str
    """The caller's own identifier of the memo, or the one that Flow chose when it was created
    without.
    """

    invoice: ConsumerInvoiceReference
    """The invoice against which the refund was issued."""

    entity: MerchantOfRecordEntity
    """The company that issues the credit memo, as the seller of record."""

    payments: list[ConsumerInvoicePayment]
    """What was paid back. May be empty. Personal data."""

    lines: list[ConsumerInvoiceLine]
    """What is refunded. Items, discounts and shipping are lines of their own kinds."""

    documents: list[ConsumerInvoiceDocument]
    """The credit memo as files for the consumer. Empty until there is one. Personal data."""

    attributes: dict[str, str]
    """Whatever the caller attached to the memo, text by name. Empty when nothing."""

    number: str | None = None
    """Number of the credit memo, one of a sequence, unique only together with the organization
    and the name of the merchant of record. Absent until it is given one.
    """

    tax_registration: TaxRegistration | None = None
    """The consumer's tax registration and whether it was found valid. Absent when none was
    given.
    """


class CreditMemoForm(ApiModel, gc=False, kw_only=True):
    """What is needed to issue a credit memo. The refund that was issued must be identified: by
    id, by key or by identifier.
    """

    lines: list[ConsumerInvoiceLineForm]
    """What is refunded. Not verified: whether the list may be empty."""

    refund_id: str | UnsetType = UNSET
    """Flow's identifier of the refund. Left out, `refund_key` or `refund_identifier` is
    required.
    """

    refund_key: str | UnsetType = UNSET
    """The caller's own identifier of the refund. Left out, `refund_id` or `refund_identifier`
    is required.
    """

    refund_identifier: str | UnsetType = UNSET
    """Another identifier of the refund. Left out, `refund_id` or `refund_key` is required. Not
    verified: which identifiers are meant.
    """

    attributes: dict[str, str] | UnsetType = UNSET
    """Whatever is to be attached to the memo, text by name. Left out, nothing is."""


class ConsumerInvoice(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """An invoice for a set of items of one order: the full order, or a partial fulfilment of
    it. Flow issues it as the merchant of record. There are no totals; they follow from the
    lines.
    """

    id: str
    """Identifier of the invoice, unique in all of Flow."""

    number: str
    """Number of the invoice, one of a sequence. It is unique only together with the
    organization and the name of the merchant of record.
    """

    status: ConsumerInvoiceStatus
    """Whether the invoice has been checked and can be shown to the consumer."""

    date: datetime
    """Moment the invoice is dated."""

    key: str
    """The caller's own identifier of the invoice, by which it is read and deleted."""

    order: ConsumerInvoiceOrderSummary
    """The order whose items are invoiced."""

    entity: MerchantOfRecordEntity
    """The company that issues the invoice, as the seller of record."""

    payments: list[ConsumerInvoicePayment]
    """What the consumer paid towards the invoice. May be empty. Personal data."""

    destination: OrderAddress
    """Address the goods go to. Personal data."""

    lines: list[ConsumerInvoiceLine]
    """What is invoiced. Items, discounts and shipping are lines of their own kinds."""

    documents: list[ConsumerInvoiceDocument]
    """The invoice as files for the consumer. Empty until there is one. Personal data."""

    attributes: dict[str, str]
    """Whatever the caller attached to the invoice, text by name. Empty when nothing."""

    center: ConsumerInvoiceCenterReference | None = None
    """Fulfilment centre the goods come from. Absent for digital goods."""

    billing_address: BillingAddress | None = None
    """Address of the consumer who is billed. Absent when there is none. Personal data."""

    tax_registration: TaxRegistration | None = None
    """The consumer's tax registration and whether it was found valid. Absent when none was
    given.
    """

    customer_type: ConsumerInvoiceCustomerType | None = None
    """Whether the consumer is a person or a business. Absent when it is not known."""

    estimated_delivery_date: datetime | None = None
    """Moment the order is expected to ship. Absent when there is no estimate."""
