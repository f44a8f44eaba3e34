# Generated from specs/open2b-admin/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Open2b administration invoices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from counterfoil_core.types import NaiveDateTime, OpenStrEnum, SequenceNotStr
from msgspec import UNSET, UnsetType, field

from ._model import ApiModel


class InvoiceOrder(OpenStrEnum):
    """What invoices are sorted by; a leading hyphen reverses the direction."""

    ID = "id"
    ID_DESCENDING = "-id"
    TYPE = "type"
    TYPE_DESCENDING = "-type"
    NUMBER = "number"
    NUMBER_DESCENDING = "-number"
    STATUS = "status"
    STATUS_DESCENDING = "-status"
    CREATION_TIME = "creationTime"
    CREATION_TIME_DESCENDING = "-creationTime"
    UPDATE_TIME = "updateTime"
    UPDATE_TIME_DESCENDING = "-updateTime"
    ISSUE_DATE = "issueDate"
    ISSUE_DATE_DESCENDING = "-issueDate"
    DUE_DATE = "dueDate"
    DUE_DATE_DESCENDING = "-dueDate"
    TOTAL = "total"
    TOTAL_DESCENDING = "-total"
    TAXED_TOTAL = "taxedTotal"
    TAXED_TOTAL_DESCENDING = "-taxedTotal"
    IS_PAID_FOR = "isPaidFor"
    IS_PAID_FOR_DESCENDING = "-isPaidFor"
    CUSTOMER_NAME = "customerName"
    CUSTOMER_NAME_DESCENDING = "-customerName"


if TYPE_CHECKING:
    InvoiceOrderInput: TypeAlias = (
        InvoiceOrder
        | Literal[
            "id",
            "-id",
            "type",
            "-type",
            "number",
            "-number",
            "status",
            "-status",
            "creationTime",
            "-creationTime",
            "updateTime",
            "-updateTime",
            "issueDate",
            "-issueDate",
            "dueDate",
            "-dueDate",
            "total",
            "-total",
            "taxedTotal",
            "-taxedTotal",
            "isPaidFor",
            "-isPaidFor",
            "customerName",
            "-customerName",
        ]
        | str
    )
    """`InvoiceOrder`, or its value."""
else:
    InvoiceOrderInput = InvoiceOrder


class InvoiceField(OpenStrEnum):
    """A field of an invoice that a request can select."""

    ID = "id"
    TYPE = "type"
    NUMBER = "number"
    STATUS = "status"
    CREATION_TIME = "creationTime"
    UPDATE_TIME = "updateTime"
    ISSUE_DATE = "issueDate"
    DUE_DATE = "dueDate"
    REFERENCE_TYPE = "referenceType"
    REFERENCE_NUMBER = "referenceNumber"
    CUSTOMER = "customer"
    ROUNDING = "rounding"
    LOCALE = "locale"
    TAX_AREA = "taxArea"
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
    IS_PAID_FOR = "isPaidFor"
    QUANTITY = "quantity"
    WEIGHT = "weight"
    CUSTOMER_NAME = "customerName"
    INVOICE_RECIPIENT = "invoiceRecipient"
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
            "creationTime",
            "updateTime",
            "issueDate",
            "dueDate",
            "referenceType",
            "referenceNumber",
            "customer",
            "rounding",
            "locale",
            "taxArea",
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
            "isPaidFor",
            "quantity",
            "weight",
            "customerName",
            "invoiceRecipient",
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


class GetInvoice(ApiModel, gc=False, kw_only=True):
    """Request for one invoice."""

    id: int
    """Identifier of the invoice, 1 or more."""

    fields: SequenceNotStr[InvoiceFieldInput] | UnsetType = UNSET
    """Fields of the invoice to return. Left out, all are returned."""


class InvoiceCount(ApiModel, gc=False, tag_field="status", tag="ok", kw_only=True):
    """Number of invoices that meet the conditions of a request."""

    count: int
    """Number of invoices, 0 or more."""


class InvoiceCreated(ApiModel, gc=False, tag_field="status", tag="ok", kw_only=True):
    """News that an invoice was created."""

    id: int
    """Identifier of the new invoice, 1 or more."""


class InvoiceUpdated(ApiModel, gc=False, tag_field="status", tag="ok", kw_only=True):
    """News that an invoice was changed."""


class DeleteInvoices(ApiModel, gc=False, kw_only=True):
    """Request to delete invoices."""

    ids: list[int]
    """Identifiers of the invoices to delete, each 1 or more."""


class InvoicesDeleted(ApiModel, gc=False, tag_field="status", tag="ok", kw_only=True):
    """News that invoices were deleted."""


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


class InvoiceItem(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A line of an invoice as the store returns it."""

    sku: str | None = None
    """Stock keeping unit of the product, up to 40 characters, of which only 32 can be set.
    Empty when there is none.
    """

    name: str | None = None
    """Name of the product, up to 255 characters."""

    quantity: Decimal | None = None
    """Quantity, 0 or more, with 2 decimals."""

    price: Decimal | None = None
    """Price of one unit before taxes, with 3 decimals."""

    total_price: Decimal | None = field(name="totalPrice", default=None)
    """Price of the line before taxes, with 2 decimals."""

    weight: Decimal | None = None
    """Weight, 0 or more, with 3 decimals, in the store's unit. Not verified: whether of one
    unit or of the line.
    """

    tax_code: str | None = field(name="taxCode", default=None)
    """Code of the tax class, up to 32 characters."""

    tax_rate: Decimal | None = field(name="taxRate", default=None)
    """Rate of the tax in percent, 0 or more, with 2 decimals."""

    tax_amount: Decimal | None = field(name="taxAmount", default=None)
    """Tax on the line, with 2 decimals."""

    requests: str | None = None
    """What the customer asked for with this line, up to 255 characters; empty when nothing."""


class ShippingMethod(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """How the goods are shipped."""

    id: int | None = None
    """Identifier of the shipping method, 1 or more. May be null. Not verified: when it is."""

    name: str | None = None
    """Name of the shipping method, up to 80 characters."""

    cost: Decimal | None = None
    """Cost of shipping before taxes, 0 or more, with 3 decimals."""

    tax_code: str | None = field(name="taxCode", default=None)
    """Code of the tax class, up to 32 characters."""

    tax_rate: Decimal | None = field(name="taxRate", default=None)
    """Rate of the tax in percent, 0 or more, with 2 decimals."""

    tax_amount: Decimal | None = field(name="taxAmount", default=None)
    """Tax on the cost, 0 or more, with 2 decimals."""


class PaymentMethod(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """How the invoice is paid."""

    id: int | None = None
    """Identifier of the payment method, 1 or more. May be null. Not verified: when it is."""

    name: str | None = None
    """Name of the payment method, 1 to 80 characters."""

    cost: Decimal | None = None
    """Fee for the payment before taxes, 0 or more, with 3 decimals."""

    tax_code: str | None = field(name="taxCode", default=None)
    """Code of the tax class, up to 32 characters."""

    tax_rate: Decimal | None = field(name="taxRate", default=None)
    """Rate of the tax in percent, 0 or more, with 2 decimals."""

    tax_amount: Decimal | None = field(name="taxAmount", default=None)
    """Tax on the fee, 0 or more, with 2 decimals."""


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


class InvoiceItemForm(ApiModel, gc=False, kw_only=True):
    """A line of an invoice to create or change. The store works out its totals and taxes."""

    sku: str | UnsetType = UNSET
    """Stock keeping unit of the product, up to 32 characters."""

    name: str | UnsetType = UNSET
    """Name of the product, up to 255 characters."""

    quantity: Decimal | UnsetType = UNSET
    """Quantity, 0 or more, with up to 2 decimals."""

    price: Decimal | UnsetType = UNSET
    """Price of one unit before taxes, with up to 3 decimals."""

    weight: Decimal | UnsetType = UNSET
    """Weight, 0 or more, with up to 3 decimals, in the store's unit. Not verified: whether of
    one unit or of the line.
    """

    tax_class: int | None | UnsetType = field(name="taxClass", default=UNSET)
    """Identifier of the tax class, 1 or more, which must exist. Null for none."""

    requests: str | UnsetType = UNSET
    """What the customer asked for with this line, up to 255 characters."""


class BillingAddressForm(ApiModel, gc=False, kw_only=True):
    """Address of the customer who is billed, to be set."""

    first_name: str = field(name="firstName")
    """First name of the person billed, 1 to 25 characters."""

    last_name: str = field(name="lastName")
    """Last name of the person billed, 1 to 25 characters."""

    street1: str
    """First line of the street address, 1 to 60 characters."""

    city: str
    """City or town, 1 to 25 characters."""

    postal_code: str = field(name="postalCode")
    """Postal code, 1 to 20 characters."""

    country: str
    """Country as an ISO 3166 code of two letters. The store must have a tax area for it."""

    email: str
    """Email address, 3 to 120 characters."""

    personal_code: str | UnsetType = field(name="personalCode", default=UNSET)
    """Personal tax code, such as the Italian codice fiscale; up to 20 characters, empty when
    there is none.
    """

    company_name: str | UnsetType = field(name="companyName", default=UNSET)
    """Name of the company billed, up to 100 characters; empty for a private person."""

    company_code: str | UnsetType = field(name="companyCode", default=UNSET)
    """Registration or VAT number of the company, up to 20 characters; empty when there is
    none.
    """

    company_code2: str | UnsetType = field(name="companyCode2", default=UNSET)
    """Second number of the company, where its country has two; up to 20 characters."""

    street2: str | UnsetType = UNSET
    """Second line of the street address, up to 60 characters; empty when there is none."""

    state_prov: str | UnsetType = field(name="stateProv", default=UNSET)
    """Code of the state, province or county, up to 3 characters; empty when there is none."""

    phone_number: str | UnsetType = field(name="phoneNumber", default=UNSET)
    """Phone number, up to 15 characters; empty when there is none."""

    mobile_number: str | UnsetType = field(name="mobileNumber", default=UNSET)
    """Mobile phone number, up to 15 characters; empty when there is none."""

    fax_number: str | UnsetType = field(name="faxNumber", default=UNSET)
    """Fax number, up to 15 characters; empty when there is none."""


class ShippingAddressForm(ApiModel, gc=False, kw_only=True):
    """Address the goods go to, to be set."""

    name: str
    """Name of the recipient, 1 to 100 characters."""

    street1: str
    """First line of the street address, 1 to 60 characters."""

    city: str
    """City or town, 1 to 25 characters."""

    postal_code: str = field(name="postalCode")
    """Postal code, 1 to 20 characters."""

    country: str
    """Country as an ISO 3166 code of two letters. The store must have a tax area for it."""

    street2: str | UnsetType = UNSET
    """Second line of the street address, up to 60 characters; empty when there is none."""

    state_prov: str | UnsetType = field(name="stateProv", default=UNSET)
    """Code of the state, province or county, up to 3 characters; empty when there is none."""


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
    """Code of the state, province or county, up to 3 characters. It demands a country beside
    it.
    """

    country: str | None = None
    """Country as an ISO 3166 code of two letters, or empty. Required when a `stateProv` is
    given.
    """

    phone_number: str | None = field(name="phoneNumber", default=None)
    """Phone number, up to 15 characters."""

    mobile_number: str | None = field(name="mobileNumber", default=None)
    """Mobile phone number, up to 15 characters."""

    fax_number: str | None = field(name="faxNumber", default=None)
    """Fax number, up to 15 characters."""

    email: str | None = None
    """Email address, up to 120 characters."""


class SellerAddressInput(ApiModel, gc=False, kw_only=True):
    """Address of the seller. Any field may be empty."""

    company_name: str | UnsetType = field(name="companyName", default=UNSET)
    """Name of the selling company, up to 100 characters."""

    company_code: str | UnsetType = field(name="companyCode", default=UNSET)
    """Registration or VAT number of the company, up to 20 characters."""

    personal_code: str | UnsetType = field(name="personalCode", default=UNSET)
    """Personal tax code of the seller, up to 20 characters."""

    street1: str | UnsetType = UNSET
    """First line of the street address, up to 60 characters."""

    street2: str | UnsetType = UNSET
    """Second line of the street address, up to 60 characters; empty when there is none."""

    city: str | UnsetType = UNSET
    """City or town, up to 25 characters."""

    postal_code: str | UnsetType = field(name="postalCode", default=UNSET)
    """Postal code, up to 20 characters."""

    state_prov: str | UnsetType = field(name="stateProv", default=UNSET)
    """Code of the state, province or county, up to 3 characters. It demands a country beside
    it.
    """

    country: str | UnsetType = UNSET
    """Country as an ISO 3166 code of two letters, or empty. Required when a `stateProv` is
    given.
    """

    phone_number: str | UnsetType = field(name="phoneNumber", default=UNSET)
    """Phone number, up to 15 characters."""

    mobile_number: str | UnsetType = field(name="mobileNumber", default=UNSET)
    """Mobile phone number, up to 15 characters."""

    fax_number: str | UnsetType = field(name="faxNumber", default=UNSET)
    """Fax number, up to 15 characters."""

    email: str | UnsetType = UNSET
    """Email address, up to 120 characters."""


class DiscountType(OpenStrEnum):
    """Kind of discount: a percentage or an amount taken off."""

    PERCENT_OFF = "PercentOff"
    AMOUNT_OFF = "AmountOff"


if TYPE_CHECKING:
    DiscountTypeInput: TypeAlias = DiscountType | Literal["PercentOff", "AmountOff"] | str
    """`DiscountType`, or its value."""
else:
    DiscountTypeInput = DiscountType


class RoundingMode(OpenStrEnum):
    """Which way amounts are rounded: towards zero (Down), or to the nearest, a half going
    down, to the even digit, or up.
    """

    DOWN = "Down"
    HALF_DOWN = "HalfDown"
    HALF_EVEN = "HalfEven"
    HALF_UP = "HalfUp"


if TYPE_CHECKING:
    RoundingModeInput: TypeAlias = (
        RoundingMode | Literal["Down", "HalfDown", "HalfEven", "HalfUp"] | str
    )
    """`RoundingMode`, or its value."""
else:
    RoundingModeInput = RoundingMode


class RoundingRule(OpenStrEnum):
    """At which step amounts are rounded: for each single item, for each line, or in the total
    only.
    """

    PER_ITEM = "PerItem"
    PER_LINE = "PerLine"
    TOTAL = "Total"


if TYPE_CHECKING:
    RoundingRuleInput: TypeAlias = RoundingRule | Literal["PerItem", "PerLine", "Total"] | str
    """`RoundingRule`, or its value."""
else:
    RoundingRuleInput = RoundingRule


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


if TYPE_CHECKING:
    InvoiceStatusInput: TypeAlias = (
        InvoiceStatus | Literal["Open", "Sent", "Disputed", "Archived", "Cancelled"] | str
    )
    """`InvoiceStatus`, or its value."""
else:
    InvoiceStatusInput = InvoiceStatus


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


if TYPE_CHECKING:
    ReferenceTypeInput: TypeAlias = (
        ReferenceType
        | Literal[
            "Order",
            "Quote",
            "Invoice",
            "ShippingInvoice",
            "Proforma",
            "CreditNote",
            "Receipt",
            "PackingSlip",
        ]
        | str
    )
    """`ReferenceType`, or its value."""
else:
    ReferenceTypeInput = ReferenceType


class Porto(OpenStrEnum):
    """Who pays the carrier: the sender (Franco) or the recipient (Assegnato)."""

    FRANCO = "Franco"
    ASSEGNATO = "Assegnato"


if TYPE_CHECKING:
    PortoInput: TypeAlias = Porto | Literal["Franco", "Assegnato"] | str
    """`Porto`, or its value."""
else:
    PortoInput = Porto


class InvoiceConditions(ApiModel, gc=False, kw_only=True):
    """Conditions that invoices must meet, all of those that are given. What begins with from
    or to includes the value itself.
    """

    ids: list[int] | UnsetType = UNSET
    """Invoices with one of these identifiers, each 1 or more."""

    type: InvoiceTypeInput | UnsetType = UNSET
    """Invoices of this kind."""

    status: InvoiceStatusInput | UnsetType = UNSET
    """Invoices in this state, one only; later versions of the API take several."""

    is_paid_for: bool | UnsetType = field(name="isPaidFor", default=UNSET)
    """Invoices that are paid, or that are not."""

    from_number: str | UnsetType = field(name="fromNumber", default=UNSET)
    """Invoices with this number or a greater one, 1 to 32 characters. Not verified: whether
    numbers compare as text.
    """

    to_number: str | UnsetType = field(name="toNumber", default=UNSET)
    """Invoices with this number or a lower one, 1 to 32 characters. Not verified: whether
    numbers compare as text.
    """

    from_creation_time: NaiveDateTime | UnsetType = field(name="fromCreationTime", default=UNSET)
    """Invoices created at this moment or later, in the form yyyy-mm-dd hh:mm:ss without a time
    zone.
    """

    to_creation_time: NaiveDateTime | UnsetType = field(name="toCreationTime", default=UNSET)
    """Invoices created at this moment or earlier, in the form yyyy-mm-dd hh:mm:ss without a
    time zone.
    """

    from_update_time: NaiveDateTime | UnsetType = field(name="fromUpdateTime", default=UNSET)
    """Invoices last changed at this moment or later, in the form yyyy-mm-dd hh:mm:ss without a
    time zone.
    """

    to_update_time: NaiveDateTime | UnsetType = field(name="toUpdateTime", default=UNSET)
    """Invoices last changed at this moment or earlier, in the form yyyy-mm-dd hh:mm:ss without
    a time zone.
    """

    from_issue_date: date | UnsetType = field(name="fromIssueDate", default=UNSET)
    """Invoices issued on this day or later."""

    to_issue_date: date | UnsetType = field(name="toIssueDate", default=UNSET)
    """Invoices issued on this day or earlier."""

    from_due_date: date | UnsetType = field(name="fromDueDate", default=UNSET)
    """Invoices to be paid by this day or later."""

    to_due_date: date | UnsetType = field(name="toDueDate", default=UNSET)
    """Invoices to be paid by this day or earlier."""

    customer: int | UnsetType = UNSET
    """Invoices of the customer with this identifier, 1 or more."""

    address: str | UnsetType = UNSET
    """Invoices that have exactly this phrase in the address, 1 to 30 characters. Not verified:
    in which of the addresses.
    """

    labels: list[int] | UnsetType = UNSET
    """Invoices with these labels, each 1 to 64. Answers do not show labels. Not verified:
    whether one label is enough.
    """

    after: int | UnsetType = UNSET
    """Invoices with an identifier greater than this, 0 or more. It is how pages follow each
    other.
    """


class CountInvoices(ApiModel, gc=False, kw_only=True):
    """Request for the number of invoices that meet conditions."""

    conditions: InvoiceConditions | UnsetType = UNSET
    """What an invoice must meet to be counted. Left out, every invoice does."""


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


class Discount(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A discount on a whole invoice."""

    type: DiscountType | None = None
    """Whether a percentage or an amount is taken off."""

    value: Decimal | None = None
    """The percentage, up to 100, or the amount; greater than 0, with up to 3 decimals."""


class DiscountInput(ApiModel, gc=False, kw_only=True):
    """A discount on a whole invoice."""

    type: DiscountTypeInput | UnsetType = UNSET
    """Whether a percentage or an amount is taken off."""

    value: Decimal | UnsetType = UNSET
    """The percentage, up to 100, or the amount; greater than 0, with up to 3 decimals."""


class Rounding(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """How amounts are rounded."""

    mode: RoundingMode | None = None
    """Which way amounts are rounded."""

    rule: RoundingRule | None = None
    """At which step amounts are rounded."""


class RoundingInput(ApiModel, gc=False, kw_only=True):
    """How amounts are rounded."""

    mode: RoundingModeInput | UnsetType = UNSET
    """Which way amounts are rounded."""

    rule: RoundingRuleInput | UnsetType = UNSET
    """At which step amounts are rounded."""


class FindInvoices(ApiModel, gc=False, kw_only=True):
    """Request for the invoices that meet conditions."""

    conditions: InvoiceConditions | UnsetType = UNSET
    """What an invoice must meet. Left out, every invoice does."""

    fields: SequenceNotStr[InvoiceFieldInput] | UnsetType = UNSET
    """Fields of each invoice to return. Left out, all are returned."""

    order: SequenceNotStr[InvoiceOrderInput] | UnsetType = UNSET
    """How the invoices are sorted, the first name counting most. The default is not
    documented.
    """

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
    """An invoice as the store returns it. Any field may be absent, for a request selects the
    fields it wants. Amounts bear no currency, because the API has none.
    """

    id: int | None = None
    """Identifier of the invoice in this store, 1 or more."""

    type: InvoiceType | None = None
    """Kind of document."""

    number: str | None = None
    """Number of the invoice as printed on it, up to 32 characters; empty when it has none yet."""

    status: InvoiceStatus | None = None
    """Where the invoice is in its life."""

    creation_time: NaiveDateTime | None = field(name="creationTime", default=None)
    """Moment the invoice was created, in the form yyyy-mm-dd hh:mm:ss without a time zone."""

    update_time: NaiveDateTime | None = field(name="updateTime", default=None)
    """Moment the invoice was last changed, in the form yyyy-mm-dd hh:mm:ss without a time
    zone.
    """

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

    customer: int | None = None
    """Identifier of the customer, 1 or more. Null when the invoice is bound to no registered
    customer.
    """

    rounding: Rounding | None = None
    """How amounts were rounded."""

    locale: str | None = None
    """The customer's language, with or without a region, such as it or en-GB; 2 to 5
    characters.
    """

    tax_area: int | None = field(name="taxArea", default=None)
    """Identifier of the tax area the taxes were calculated for, 1 or more."""

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

    is_paid_for: bool | None = field(name="isPaidFor", default=None)
    """Whether the invoice is paid."""

    quantity: Decimal | None = None
    """Quantities of all lines together, 0 or more, with 2 decimals."""

    weight: Decimal | None = None
    """Weight of all lines together, 0 or more, with 3 decimals. The unit is the store's; the
    API does not name it.
    """

    customer_name: str | None = field(name="customerName", default=None)
    """Name of the customer, the company or last and first name; 1 to 100 characters."""

    invoice_recipient: str | None = field(name="invoiceRecipient", default=None)
    """Where an electronic invoice is delivered, a recipient code or a certified (PEC) email
    address; up to 256 characters.
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


class InvoiceForm(ApiModel, gc=False, kw_only=True):
    """An invoice to create. Only the billing address is required."""

    billing_address: BillingAddressForm = field(name="billingAddress")
    """Address of the customer who is billed."""

    type: InvoiceTypeInput | UnsetType = UNSET
    """Kind of document. It cannot be changed later. The default is not documented."""

    number: str | UnsetType = UNSET
    """Number of the invoice as printed on it, up to 32 characters. The default is not
    documented.
    """

    status: InvoiceStatusInput | UnsetType = UNSET
    """Where the invoice is in its life. The default is not documented."""

    creation_time: NaiveDateTime | UnsetType = field(name="creationTime", default=UNSET)
    """Moment the invoice was created, in the form yyyy-mm-dd hh:mm:ss without a time zone, not
    in the future. Left out, it is the current time.
    """

    issue_date: date | UnsetType = field(name="issueDate", default=UNSET)
    """Day the invoice is issued. The default is not documented."""

    due_date: date | None | UnsetType = field(name="dueDate", default=UNSET)
    """Day the invoice is to be paid by. Null for none."""

    reference_type: ReferenceTypeInput | None | UnsetType = field(
        name="referenceType", default=UNSET
    )
    """Kind of document this invoice refers to. Null for none."""

    reference_number: str | UnsetType = field(name="referenceNumber", default=UNSET)
    """Number of the document this invoice refers to, up to 32 characters."""

    customer: int | None | UnsetType = UNSET
    """Identifier of the customer, 1 or more, who must exist. Null for none."""

    rounding: RoundingInput | UnsetType = UNSET
    """How amounts are rounded. The default is not documented."""

    locale: str | UnsetType = UNSET
    """The customer's language as an ISO code, with or without a region, such as it or en-GB; 2
    to 5 characters.
    """

    items: list[InvoiceItemForm] | UnsetType = UNSET
    """Lines of the invoice."""

    discounts: list[DiscountInput] | UnsetType = UNSET
    """Discounts on the whole invoice, at most 5. An amount cannot be taken off a subtotal of
    zero.
    """

    discounts_include_taxes: bool | UnsetType = field(name="discountsIncludeTaxes", default=UNSET)
    """Whether the discounts are taken from the amounts with taxes."""

    shipping_method: int | None | UnsetType = field(name="shippingMethod", default=UNSET)
    """Identifier of the shipping method, 1 or more, which must exist and suit the invoice.
    Null for none; a payment method on delivery requires one.
    """

    shipping_cost: Decimal | None | UnsetType = field(name="shippingCost", default=UNSET)
    """Cost of shipping, 0 or more, with up to 3 decimals. Null lets the shipping method
    calculate it. Given, it requires a shipping method.
    """

    payment_method: int | None | UnsetType = field(name="paymentMethod", default=UNSET)
    """Identifier of the payment method, 1 or more, which must exist, suit the invoice and go
    with the shipping method. Null for none; refused when the total is zero or negative.
    """

    payment_cost: Decimal | None | UnsetType = field(name="paymentCost", default=UNSET)
    """Cost of payment, 0 or more, with up to 3 decimals. Null lets the payment method
    calculate it. Given, it requires a payment method.
    """

    is_paid_for: bool | UnsetType = field(name="isPaidFor", default=UNSET)
    """Whether the invoice is paid."""

    invoice_recipient: str | UnsetType = field(name="invoiceRecipient", default=UNSET)
    """Where an electronic invoice is delivered, a recipient code or a certified (PEC) email
    address; up to 256 characters.
    """

    shipping_address: ShippingAddressForm | None | UnsetType = field(
        name="shippingAddress", default=UNSET
    )
    """Address the goods go to. Null for none."""

    seller_address: SellerAddressInput | UnsetType = field(name="sellerAddress", default=UNSET)
    """Address of the seller. A `stateProv` in it requires a country."""

    number_of_packages: int | None | UnsetType = field(name="numberOfPackages", default=UNSET)
    """Number of packages, 1 to 100. A ShippingInvoice must have it, any other type must not."""

    porto: PortoInput | None | UnsetType = UNSET
    """Who pays the carrier. Only a ShippingInvoice may have it."""

    goods_appearance: str | None | UnsetType = field(name="goodsAppearance", default=UNSET)
    """How the goods look from outside, such as "cartons on a pallet", up to 255 characters. A
    ShippingInvoice must have it, any other type must not.
    """

    shipping_time: NaiveDateTime | None | UnsetType = field(name="shippingTime", default=UNSET)
    """Moment the goods are handed over for transport, in the form yyyy-mm-dd hh:mm:ss without
    a time zone. A ShippingInvoice must have it, any other type must not.
    """

    tracking_number: str | None | UnsetType = field(name="trackingNumber", default=UNSET)
    """The carrier's tracking number, up to 64 characters. A ShippingInvoice must have it, any
    other type must not.
    """

    transport_reason: str | None | UnsetType = field(name="transportReason", default=UNSET)
    """Why the goods travel, such as "sale", up to 255 characters. A ShippingInvoice must have
    it, any other type must not.
    """

    terms: str | UnsetType = UNSET
    """Terms and conditions printed on the invoice, up to 65535 characters."""


class InvoiceUpdateForm(ApiModel, gc=False, kw_only=True):
    """Fields of an invoice to change. Every field may be left out, and then stays as it is;
    the type cannot be changed.
    """

    number: str | UnsetType = UNSET
    """Number of the invoice as printed on it, up to 32 characters."""

    status: InvoiceStatusInput | UnsetType = UNSET
    """Where the invoice is in its life."""

    creation_time: NaiveDateTime | UnsetType = field(name="creationTime", default=UNSET)
    """Moment the invoice was created, in the form yyyy-mm-dd hh:mm:ss without a time zone, not
    in the future.
    """

    issue_date: date | UnsetType = field(name="issueDate", default=UNSET)
    """Day the invoice is issued."""

    due_date: date | None | UnsetType = field(name="dueDate", default=UNSET)
    """Day the invoice is to be paid by. Null for none."""

    reference_type: ReferenceTypeInput | None | UnsetType = field(
        name="referenceType", default=UNSET
    )
    """Kind of document this invoice refers to. Null for none."""

    reference_number: str | UnsetType = field(name="referenceNumber", default=UNSET)
    """Number of the document this invoice refers to, up to 32 characters."""

    customer: int | None | UnsetType = UNSET
    """Identifier of the customer, who must exist. Null for none. Not verified: what 0 means,
    which the documentation allows.
    """

    rounding: RoundingInput | UnsetType = UNSET
    """How amounts are rounded."""

    locale: str | UnsetType = UNSET
    """The customer's language as an ISO code, with or without a region, such as it or en-GB; 2
    to 5 characters.
    """

    items: list[InvoiceItemForm] | UnsetType = UNSET
    """Lines of the invoice. Not verified: whether they replace all lines, and whether lines
    have identifiers, which error messages mention and no field shows.
    """

    discounts: list[DiscountInput] | UnsetType = UNSET
    """Discounts on the whole invoice, at most 5. An amount cannot be taken off a subtotal of
    zero.
    """

    discounts_include_taxes: bool | UnsetType = field(name="discountsIncludeTaxes", default=UNSET)
    """Whether the discounts are taken from the amounts with taxes."""

    shipping_method: int | None | UnsetType = field(name="shippingMethod", default=UNSET)
    """Identifier of the shipping method, 1 or more, which must exist and suit the invoice.
    Null for none; a payment method on delivery requires one.
    """

    shipping_cost: Decimal | None | UnsetType = field(name="shippingCost", default=UNSET)
    """Cost of shipping, 0 or more, with up to 3 decimals. Null lets the shipping method
    calculate it. An invoice without a shipping method must not have it.
    """

    payment_method: int | None | UnsetType = field(name="paymentMethod", default=UNSET)
    """Identifier of the payment method, 1 or more, which must exist, suit the invoice and go
    with the shipping method. Null for none; refused when the total is zero or negative.
    """

    payment_cost: Decimal | None | UnsetType = field(name="paymentCost", default=UNSET)
    """Cost of payment, 0 or more, with up to 3 decimals. Null lets the payment method
    calculate it. An invoice without a payment method must not have it.
    """

    is_paid_for: bool | UnsetType = field(name="isPaidFor", default=UNSET)
    """Whether the invoice is paid."""

    invoice_recipient: str | UnsetType = field(name="invoiceRecipient", default=UNSET)
    """Where an electronic invoice is delivered, a recipient code or a certified (PEC) email
    address; up to 256 characters.
    """

    billing_address: BillingAddressForm | UnsetType = field(name="billingAddress", default=UNSET)
    """Address of the customer who is billed. Given, it must be complete."""

    shipping_address: ShippingAddressForm | None | UnsetType = field(
        name="shippingAddress", default=UNSET
    )
    """Address the goods go to. Null for none."""

    seller_address: SellerAddressInput | UnsetType = field(name="sellerAddress", default=UNSET)
    """Address of the seller. A `stateProv` in it requires a country."""

    number_of_packages: int | None | UnsetType = field(name="numberOfPackages", default=UNSET)
    """Number of packages, 1 to 100. A ShippingInvoice must have it, any other type must not."""

    porto: PortoInput | None | UnsetType = UNSET
    """Who pays the carrier. Only a ShippingInvoice may have it."""

    goods_appearance: str | None | UnsetType = field(name="goodsAppearance", default=UNSET)
    """How the goods look from outside, such as "cartons on a pallet", up to 255 characters. A
    ShippingInvoice must have it, any other type must not.
    """

    shipping_time: NaiveDateTime | None | UnsetType = field(name="shippingTime", default=UNSET)
    """Moment the goods are handed over for transport, in the form yyyy-mm-dd hh:mm:ss without
    a time zone. A ShippingInvoice must have it, any other type must not.
    """

    tracking_number: str | None | UnsetType = field(name="trackingNumber", default=UNSET)
    """The carrier's tracking number, up to 64 characters. A ShippingInvoice must have it, any
    other type must not.
    """

    transport_reason: str | None | UnsetType = field(name="transportReason", default=UNSET)
    """Why the goods travel, such as "sale", up to 255 characters. A ShippingInvoice must have
    it, any other type must not.
    """

    terms: str | UnsetType = UNSET
    """Terms and conditions printed on the invoice, up to 65535 characters."""


class InvoicesFound(ApiModel, gc=False, tag_field="status", tag="ok", kw_only=True):
    """The invoices that meet the conditions of a request."""

    invoices: list[Invoice]
    """The invoices, with the fields asked for. Empty when none meets the conditions."""


class InvoiceAnswer(ApiModel, gc=False, tag_field="status", tag="ok", kw_only=True):
    """One invoice, or the news that there is none."""

    invoice: Invoice | None
    """The invoice, with the fields asked for. Null when no invoice has the identifier."""


class CreateInvoice(ApiModel, gc=False, kw_only=True):
    """Request to create an invoice."""

    invoice: InvoiceForm
    """The invoice to create."""


class UpdateInvoice(ApiModel, gc=False, kw_only=True):
    """Request to change fields of an invoice."""

    id: int
    """Identifier of the invoice to change, 1 or more."""

    invoice: InvoiceUpdateForm
    """The fields to change. What is left out stays as it is."""
