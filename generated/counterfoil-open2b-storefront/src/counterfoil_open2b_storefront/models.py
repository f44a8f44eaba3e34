# Generated from specs/open2b-storefront/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Open2b storefront invoices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from counterfoil_core.types import NaiveDateTime, OpenStrEnum, Secret, SequenceNotStr
from msgspec import UNSET, UnsetType, field

from ._model import ApiModel


class InvoiceField(OpenStrEnum):
    """A field of an invoice that a request can select."""

    ID = "id"
    TYPE = "type"
    NUMBER = "number"
    STATUS = "status"
    ISSUE_DATE = "issueDate"
    DUE_DATE = "dueDate"
    REFERENCE_TYPE = "referenceType"
    REFERENCE_NUMBER = "referenceNumber"
    ROUNDING = "rounding"
    LOCALE = "locale"
    ITEMS = "items"
    PREDISCOUNT_SUBTOTAL = "prediscountSubtotal"
    TAXED_PREDISCOUNT_SUBTOTAL = "taxedPrediscountSubtotal"
    DISCOUNTS = "discounts"
    DISCOUNTS_INCLUDE_TAXES = "discountsIncludeTaxes"
    SUBTOTAL = "subtotal"
    TAXED_SUBTOTAL = "taxedSubtotal"
    SHIPPING_METHOD = "shippingMethod"
    PAYMENT_METHOD = "paymentMethod"
    TAXES = "taxes"
    TAX_AMOUNT = "taxAmount"
    TOTAL = "total"
    TAXED_TOTAL = "taxedTotal"
    QUANTITY = "quantity"
    WEIGHT = "weight"
    CUSTOMER_NAME = "customerName"
    BILLING_ADDRESS = "billingAddress"
    SHIPPING_ADDRESS = "shippingAddress"
    SELLER_ADDRESS = "sellerAddress"
    NUMBER_OF_PACKAGES = "numberOfPackages"
    PORTO = "porto"
    GOODS_APPEARANCE = "goodsAppearance"
    SHIPPING_TIME = "shippingTime"
    TRACKING_NUMBER = "trackingNumber"
    TRANSPORT_REASON = "transportReason"
    TERMS = "terms"


if TYPE_CHECKING:
    InvoiceFieldInput: TypeAlias = (
        InvoiceField
        | Literal[
            "id",
            "type",
            "number",
            "status",
            "issueDate",
            "dueDate",
            "referenceType",
            "referenceNumber",
            "rounding",
            "locale",
            "items",
            "prediscountSubtotal",
            "taxedPrediscountSubtotal",
            "discounts",
            "discountsIncludeTaxes",
            "subtotal",
            "taxedSubtotal",
            "shippingMethod",
            "paymentMethod",
            "taxes",
            "taxAmount",
            "total",
            "taxedTotal",
            "quantity",
            "weight",
            "customerName",
            "billingAddress",
            "shippingAddress",
            "sellerAddress",
            "numberOfPackages",
            "porto",
            "goodsAppearance",
            "shippingTime",
            "trackingNumber",
            "transportReason",
            "terms",
        ]
        | str
    )
    """`InvoiceField`, or its value."""
else:
    InvoiceFieldInput = InvoiceField


class Login(ApiModel, gc=False, kw_only=True):
    """Request to log a customer in."""

    email: str
    """Email address of the customer, 3 to 120 characters."""

    password: Secret
    """Password of the customer, 4 to 16 characters."""


class LoggedIn(ApiModel, gc=False, tag_field="status", tag="ok", kw_only=True):
    """News that a customer is logged in. The key is in the header `X-Customer-Key`."""


class ErrorType(OpenStrEnum):
    """Kind of error. UnknownField is a field that the method does not have; AccessDenied a key
    without the permission; Missing a required field that is absent; MissingCombination a
    field that another one requires; Malformed a value of the wrong form; InvalidValue a
    value that is not allowed; InvalidCombination fields that do not go together; NotFound
    an identifier that nothing bears.
    """

    UNKNOWN_FIELD = "UnknownField"
    ACCESS_DENIED = "AccessDenied"
    MISSING = "Missing"
    MISSING_COMBINATION = "MissingCombination"
    MALFORMED = "Malformed"
    INVALID_VALUE = "InvalidValue"
    INVALID_COMBINATION = "InvalidCombination"
    NOT_FOUND = "NotFound"


class ItemPrices(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Prices of a line of an invoice."""

    price: Decimal | None = None
    """Price of one unit before taxes, with 3 decimals."""

    total_price: Decimal | None = field(name="totalPrice", default=None)
    """Price of the line before taxes, with 2 decimals."""

    taxed_price: Decimal | None = field(name="taxedPrice", default=None)
    """Price of one unit, tax included, with 2 decimals."""

    taxed_total_price: Decimal | None = field(name="taxedTotalPrice", default=None)
    """Price of the line, tax included, with 2 decimals."""


class ItemTax(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Tax on a line of an invoice."""

    code: str | None = None
    """Code of the tax class, 1 to 32 characters."""

    rate: Decimal | None = None
    """Rate of the tax in percent, 0 or more, with 2 decimals."""

    amount: Decimal | None = None
    """Amount of the tax, with 2 decimals. Not verified: whether of one unit or of the line."""


class ShippingMethod(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """How the goods are shipped."""

    name: str | None = None
    """Name of the shipping method, up to 80 characters."""

    cost: Decimal | None = None
    """Cost of shipping, 0 or more, with 2 decimals. Not verified: whether before taxes."""


class PaymentMethod(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """How the invoice is paid."""

    name: str | None = None
    """Name of the payment method, up to 80 characters."""

    cost: Decimal | None = None
    """Fee for the payment, 0 or more, with 2 decimals. Not verified: whether before taxes."""


class Tax(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """What one tax class adds to an invoice."""

    code: str | None = None
    """Code of the tax class, up to 32 characters."""

    name: str | None = None
    """Name of the tax class, up to 60 characters."""

    rate: Decimal | None = None
    """Rate of the tax in percent, 0 or more, with 2 decimals."""

    taxable_total: Decimal | None = field(name="taxableTotal", default=None)
    """Amount that the tax is levied on, with 2 decimals."""

    amount: Decimal | None = None
    """Amount of the tax, with 2 decimals."""


class BillingAddress(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Address of the customer who is billed, as the store returns it."""

    first_name: str | None = field(name="firstName", default=None)
    """First name of the person billed, 1 to 25 characters."""

    last_name: str | None = field(name="lastName", default=None)
    """Last name of the person billed, 1 to 25 characters."""

    personal_code: str | None = field(name="personalCode", default=None)
    """Personal tax code, such as the Italian codice fiscale; up to 20 characters, empty when
    there is none.
    """

    company_name: str | None = field(name="companyName", default=None)
    """Name of the company billed, up to 100 characters; empty for a private person."""

    company_code: str | None = field(name="companyCode", default=None)
    """Registration or VAT number of the company, up to 20 characters; empty when there is
    none.
    """

    company_code2: str | None = field(name="companyCode2", default=None)
    """Second number of the company, where its country has two; up to 20 characters."""

    street1: str | None = None
    """First line of the street address, 1 to 60 characters."""

    street2: str | None = None
    """Second line of the street address, up to 60 characters; empty when there is none."""

    city: str | None = None
    """City or town, 1 to 25 characters."""

    postal_code: str | None = field(name="postalCode", default=None)
    """Postal code, 1 to 20 characters."""

    state_prov: str | None = field(name="stateProv", default=None)
    """Code of the state, province or county, up to 3 characters; empty when there is none."""

    country: str | None = None
    """Country as an ISO 3166 code of two letters."""

    phone_number: str | None = field(name="phoneNumber", default=None)
    """Phone number, up to 15 characters; empty when there is none."""

    mobile_number: str | None = field(name="mobileNumber", default=None)
    """Mobile phone number, up to 15 characters; empty when there is none."""

    fax_number: str | None = field(name="faxNumber", default=None)
    """Fax number, up to 15 characters; empty when there is none."""

    email: str | None = None
    """Email address, 3 to 120 characters."""


class ShippingAddress(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Address the goods go to, as the store returns it."""

    name: str | None = None
    """Name of the recipient, 1 to 100 characters."""

    street1: str | None = None
    """First line of the street address, 1 to 60 characters."""

    street2: str | None = None
    """Second line of the street address, up to 60 characters; empty when there is none."""

    city: str | None = None
    """City or town, 1 to 25 characters."""

    postal_code: str | None = field(name="postalCode", default=None)
    """Postal code, 1 to 20 characters."""

    state_prov: str | None = field(name="stateProv", default=None)
    """Code of the state, province or county, up to 3 characters; empty when there is none."""

    country: str | None = None
    """Country as an ISO 3166 code of two letters."""


class SellerAddress(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Address of the seller. Any field may be empty."""

    company_name: str | None = field(name="companyName", default=None)
    """Name of the selling company, up to 100 characters."""

    company_code: str | None = field(name="companyCode", default=None)
    """Registration or VAT number of the company, up to 20 characters."""

    personal_code: str | None = field(name="personalCode", default=None)
    """Personal tax code of the seller, up to 20 characters."""

    street1: str | None = None
    """First line of the street address, up to 60 characters."""

    street2: str | None = None
    """Second line of the street address, up to 60 characters; empty when there is none."""

    city: str | None = None
    """City or town, up to 25 characters."""

    postal_code: str | None = field(name="postalCode", default=None)
    """Postal code, up to 20 characters."""

    state_prov: str | None = field(name="stateProv", default=None)
    """Code of the state, province or county, up to 3 characters; empty when there is none."""

    country: str | None = None
    """Country as an ISO 3166 code of two letters, or empty."""

    phone_number: str | None = field(name="phoneNumber", default=None)
    """Phone number, up to 15 characters."""

    mobile_number: str | None = field(name="mobileNumber", default=None)
    """Mobile phone number, up to 15 characters."""

    fax_number: str | None = field(name="faxNumber", default=None)
    """Fax number, up to 15 characters."""

    email: str | None = None
    """Email address, up to 120 characters."""


class DiscountType(OpenStrEnum):
    """Kind of discount: a percentage or an amount taken off."""

    PERCENT_OFF = "PercentOff"
    AMOUNT_OFF = "AmountOff"


class RoundingMode(OpenStrEnum):
    """Which way amounts are rounded: towards zero (Down), or to the nearest, a half going
    down, to the even digit, or up.
    """

    DOWN = "Down"
    HALF_DOWN = "HalfDown"
    HALF_EVEN = "HalfEven"
    HALF_UP = "HalfUp"


class RoundingRule(OpenStrEnum):
    """At which step amounts are rounded: for each single item, for each line, or in the total
    only.
    """

    PER_ITEM = "PerItem"
    PER_LINE = "PerLine"
    TOTAL = "Total"


class InvoiceType(OpenStrEnum):
    """Kind of document: a proforma invoice, an invoice, a shipping invoice, which goes with
    the goods and says how they travel, or a credit note. Not verified: whether the amounts
    of a credit note are positive.
    """

    PROFORMA = "Proforma"
    INVOICE = "Invoice"
    SHIPPING_INVOICE = "ShippingInvoice"
    CREDIT_NOTE = "CreditNote"


if TYPE_CHECKING:
    InvoiceTypeInput: TypeAlias = (
        InvoiceType | Literal["Proforma", "Invoice", "ShippingInvoice", "CreditNote"] | str
    )
    """`InvoiceType`, or its value."""
else:
    InvoiceTypeInput = InvoiceType


class InvoiceStatus(OpenStrEnum):
    """Where an invoice is in its life."""

    OPEN = "Open"
    SENT = "Sent"
    DISPUTED = "Disputed"
    ARCHIVED = "Archived"
    CANCELLED = "Cancelled"


class ReferenceType(OpenStrEnum):
    """Kind of document that an invoice refers to."""

    ORDER = "Order"
    QUOTE = "Quote"
    INVOICE = "Invoice"
    SHIPPING_INVOICE = "ShippingInvoice"
    PROFORMA = "Proforma"
    CREDIT_NOTE = "CreditNote"
    RECEIPT = "Receipt"
    PACKING_SLIP = "PackingSlip"


class Porto(OpenStrEnum):
    """Who pays the carrier: the sender (Franco) or the recipient (Assegnato)."""

    FRANCO = "Franco"
    ASSEGNATO = "Assegnato"


class InvoiceConditions(ApiModel, gc=False, kw_only=True):
    """Conditions that invoices must meet, all of those that are given."""

    ids: list[int] | UnsetType = UNSET
    """Invoices with one of these identifiers, each 1 or more."""

    type: InvoiceTypeInput | UnsetType = UNSET
    """Invoices of this kind."""

    after: int | UnsetType = UNSET
    """Invoices with an identifier greater than this, 0 or more. Not verified: whether invoices
    come sorted by identifier, so that pages could follow each other by it.
    """


class ErrorDetail(ApiModel, gc=False, kw_only=True):
    """What is wrong with a request."""

    field_: str = field(name="field")
    """Name of the field that is wrong; "unknown" for a field the method does not have, and the
    name of the method itself where this store does not offer it.
    """

    type: ErrorType
    """Kind of error."""

    description: str
    """What is wrong, in words, with the offending value."""


class InvoiceItem(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A line of an invoice."""

    sku: str | None = None
    """Stock keeping unit of the product, up to 40 characters; empty when there is none."""

    name: str | None = None
    """Name of the product, up to 255 characters."""

    quantity: Decimal | None = None
    """Quantity, 0 or more, with 2 decimals."""

    prices: ItemPrices | None = None
    """Prices of one unit and of the line, without and with tax."""

    tax: ItemTax | None = None
    """Tax on the line. Null when it bears none."""

    weight: Decimal | None = None
    """Weight, 0 or more, with 3 decimals, in the store's unit. Not verified: whether of one
    unit or of the line.
    """

    requests: str | None = None
    """What the customer asked for with this line, up to 255 characters; empty when nothing."""


class Discount(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A discount on a whole invoice."""

    type: DiscountType | None = None
    """Whether a percentage or an amount is taken off."""

    value: Decimal | None = None
    """The percentage, up to 100, or the amount; greater than 0, with up to 3 decimals."""


class Rounding(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """How amounts are rounded."""

    mode: RoundingMode | None = None
    """Which way amounts are rounded."""

    rule: RoundingRule | None = None
    """At which step amounts are rounded."""


class FindInvoices(ApiModel, gc=False, kw_only=True):
    """Request for the customer's invoices that meet conditions."""

    conditions: InvoiceConditions | UnsetType = UNSET
    """What an invoice must meet. Left out, every invoice of the customer does."""

    fields: SequenceNotStr[InvoiceFieldInput] | UnsetType = UNSET
    """Fields of each invoice to return. Left out, all are returned."""

    limit: int | UnsetType = UNSET
    """Most invoices to return, 1 or more. Default and maximum are not documented."""

    first: int | UnsetType = UNSET
    """Position of the first invoice to return among all that meet the conditions, counting
    from 0.
    """


class ErrorAnswer(ApiModel, gc=False, tag_field="status", tag="error", kw_only=True):
    """News that a request failed. It comes with status 200."""

    error: ErrorDetail
    """What went wrong. There is one error only, even where a request is wrong in several ways."""


class Invoice(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """An invoice as the store shows it to its customer. Any field may be absent, for a request
    selects the fields it wants. Amounts bear no currency, because the API has none.
    """

    id: int | None = None
    """Identifier of the invoice in this store, 1 or more."""

    type: InvoiceType | None = None
    """Kind of document."""

    number: str | None = None
    """Number of the invoice as printed on it, up to 32 characters; empty when it has none yet."""

    status: InvoiceStatus | None = None
    """Where the invoice is in its life."""

    issue_date: date | None = field(name="issueDate", default=None)
    """Day the invoice was issued."""

    due_date: date | None = field(name="dueDate", default=None)
    """Day the invoice is to be paid by. Null when there is none."""

    reference_type: ReferenceType | None = field(name="referenceType", default=None)
    """Kind of document this invoice refers to. Null when it refers to none."""

    reference_number: str | None = field(name="referenceNumber", default=None)
    """Number of the document this invoice refers to, up to 32 characters; empty when it refers
    to none.
    """

    rounding: Rounding | None = None
    """How amounts were rounded."""

    locale: str | None = None
    """The customer's language, with or without a region, such as it or en-GB; 2 to 5
    characters.
    """

    items: list[InvoiceItem] | None = None
    """Lines of the invoice."""

    prediscount_subtotal: Decimal | None = field(name="prediscountSubtotal", default=None)
    """Sum of the lines before discounts and taxes, with 2 decimals."""

    taxed_prediscount_subtotal: Decimal | None = field(
        name="taxedPrediscountSubtotal", default=None
    )
    """Sum of the lines before discounts, taxes included, with 2 decimals."""

    discounts: list[Discount] | None = None
    """Discounts on the whole invoice, at most 5."""

    discounts_include_taxes: bool | None = field(name="discountsIncludeTaxes", default=None)
    """Whether the discounts are taken from the amounts with taxes."""

    subtotal: Decimal | None = None
    """Sum of the lines after discounts and before taxes, with 2 decimals."""

    taxed_subtotal: Decimal | None = field(name="taxedSubtotal", default=None)
    """Sum of the lines after discounts, taxes included, with 2 decimals."""

    shipping_method: ShippingMethod | None = field(name="shippingMethod", default=None)
    """How the goods are shipped, and at what cost. Null when there is no shipping."""

    payment_method: PaymentMethod | None = field(name="paymentMethod", default=None)
    """How the invoice is paid, and at what cost. Null when none is set."""

    taxes: list[Tax] | None = None
    """Taxes, one entry for each tax class."""

    tax_amount: Decimal | None = field(name="taxAmount", default=None)
    """All taxes together, with 2 decimals."""

    total: Decimal | None = None
    """Total before taxes, with 2 decimals. Not verified: that it is the subtotal with the
    costs of shipping and payment.
    """

    taxed_total: Decimal | None = field(name="taxedTotal", default=None)
    """Total with taxes, the amount to be paid, with 2 decimals."""

    quantity: Decimal | None = None
    """Quantities of all lines together, 0 or more, with 2 decimals."""

    weight: Decimal | None = None
    """Weight of all lines together, 0 or more, with 3 decimals. The unit is the store's; the
    API does not name it.
    """

    customer_name: str | None = field(name="customerName", default=None)
    """Name of the customer, 1 to 100 characters. Not verified that it is derived, as in the
    administration.
    """

    billing_address: BillingAddress | None = field(name="billingAddress", default=None)
    """Address of the customer who is billed."""

    shipping_address: ShippingAddress | None = field(name="shippingAddress", default=None)
    """Address the goods go to. Null when there is none."""

    seller_address: SellerAddress | None = field(name="sellerAddress", default=None)
    """Address of the seller."""

    number_of_packages: int | None = field(name="numberOfPackages", default=None)
    """Number of packages, 1 to 100. Only for shipping invoices; may be null."""

    porto: Porto | None = None
    """Who pays the carrier. Only for shipping invoices; may be null."""

    goods_appearance: str | None = field(name="goodsAppearance", default=None)
    """How the goods look from outside, such as "cartons on a pallet", up to 255 characters.
    Only for shipping invoices; may be null.
    """

    shipping_time: NaiveDateTime | None = field(name="shippingTime", default=None)
    """Moment the goods were handed over for transport, in the form yyyy-mm-dd hh:mm:ss without
    a time zone. Only for shipping invoices; may be null.
    """

    tracking_number: str | None = field(name="trackingNumber", default=None)
    """The carrier's tracking number, up to 64 characters. Only for shipping invoices; may be
    null.
    """

    transport_reason: str | None = field(name="transportReason", default=None)
    """Why the goods travel, such as "sale", up to 255 characters. Only for shipping invoices;
    may be null.
    """

    terms: str | None = None
    """Terms and conditions printed on the invoice, up to 65535 characters."""


class InvoicesFound(ApiModel, gc=False, tag_field="status", tag="ok", kw_only=True):
    """The customer's invoices that meet the conditions of a request."""

    invoices: list[Invoice]
    """The invoices, with the fields asked for. Empty when none meets the conditions."""

    count: int
    """Number of all invoices that meet the conditions, 0 or more, not only of those returned."""
