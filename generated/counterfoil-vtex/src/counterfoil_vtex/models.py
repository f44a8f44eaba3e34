# Generated from specs/vtex/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of VTEX order invoices."""

from __future__ import annotations

from builtins import list as list_aliased
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from counterfoil_core.types import OpenStrEnum
from msgspec import UNSET, UnsetType, field

from ._model import ApiModel


class InvoicedItem(ApiModel, gc=False, kw_only=True):
    """An item of the order that an invoice covers."""

    id: str
    """Identifier of the SKU."""

    price: int
    """Price in cents. Not verified: whether of one unit or of all units. VTEX's page of today
    says of one unit, earlier ones of all units, and its own example contradicts both.
    """

    quantity: int
    """How many units are invoiced."""

    description: str | UnsetType = UNSET
    """A note on the item. Left out when there is none."""


class InvoiceType(OpenStrEnum):
    """Kind of invoice. Output is a sale. Input is a return, for which the shopper is refunded
    automatically, but only if the order had been invoiced in full.
    """

    OUTPUT = "Output"
    INPUT = "Input"


if TYPE_CHECKING:
    InvoiceTypeInput: TypeAlias = InvoiceType | Literal["Output", "Input"] | str
    """`InvoiceType`, or its value."""
else:
    InvoiceTypeInput = InvoiceType


class InvoiceReceipt(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """What VTEX answers when it has taken an invoice in. Any part may be absent."""

    date: datetime | None = None
    """Moment VTEX took the invoice in, with up to seven digits of a second's fraction."""

    order_id: str | None = field(name="orderId", default=None)
    """Identifier of the order."""

    receipt: str | None = None
    """VTEX's receipt for the invoice, a token. Null has been documented."""


class InvoiceTracking(ApiModel, gc=False, kw_only=True):
    """Tracking to be added to an invoice. All four fields must be sent, null included."""

    tracking_number: str = field(name="trackingNumber")
    """The carrier's tracking number. It must not be null."""

    tracking_url: str | None = field(name="trackingUrl")
    """Link to the carrier's tracking. Null when there is none."""

    courier: str | None
    """Carrier of the parcel. Null when it is not known."""

    dispatched_date: datetime | None = field(name="dispatchedDate")
    """Moment the parcel was handed over for transport. Null when it is not known."""


class TrackingReceipt(ApiModel, gc=False, kw_only=True):
    """What VTEX answers when it has added tracking to an invoice."""

    date: datetime
    """Moment VTEX added the tracking, with up to seven digits of a second's fraction."""

    order_id: str = field(name="orderId")
    """Identifier of the order."""

    receipt: str
    """VTEX's receipt for the tracking, a token."""


class OrderOrigin(OpenStrEnum):
    """Where an account stands in a chain: the one that sold the order (Marketplace), the one
    that fulfils it (Fulfillment), or one in between (Chain).
    """

    MARKETPLACE = "Marketplace"
    FULFILLMENT = "Fulfillment"
    CHAIN = "Chain"


class OrderTotalType(OpenStrEnum):
    """Part of an order's total. The items, the discounts on them, shipping and taxes."""

    ITEMS = "Items"
    DISCOUNTS = "Discounts"
    SHIPPING = "Shipping"
    TAX = "Tax"


class AlternativeTotal(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A further part within one part of an order's total."""

    id: str | None = None
    """Which part it is."""

    name: str | None = None
    """The part's name, for people."""

    value: int | None = None
    """The part in cents."""


class OrderItem(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """An item of an order."""

    unique_id: str | None = field(name="uniqueId", default=None)
    """Identifier of this item in the order."""

    id: str | None = None
    """Identifier of the SKU."""

    product_id: str | None = field(name="productId", default=None)
    """Identifier of the product."""

    ean: str | None = None
    """Bar code of the SKU. Null when there is none."""

    quantity: int | None = None
    """How many units were ordered."""

    seller: str | None = None
    """Identifier of the seller."""

    name: str | None = None
    """Name of the item."""

    ref_id: str | None = field(name="refId", default=None)
    """The merchant's own reference of the SKU."""

    price: int | None = None
    """Price of one unit in cents, before discounts."""

    list_price: int | None = field(name="listPrice", default=None)
    """List price of one unit in cents."""

    selling_price: int | None = field(name="sellingPrice", default=None)
    """Price of one unit in cents that the shopper pays."""

    tax: int | None = None
    """Tax on the item in cents."""

    unit_multiplier: Decimal | None = field(name="unitMultiplier", default=None)
    """How much of `measurementUnit` one unit is, such as 0.5 for half a kilogram."""

    measurement_unit: str | None = field(name="measurementUnit", default=None)
    """Unit of measurement, such as un or kg."""


class PackageItem(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """What an invoice covers of one item of the order."""

    item_index: int | None = field(name="itemIndex", default=None)
    """Position of the item in the order's items, counting from 0."""

    quantity: int | None = None
    """How many units are invoiced."""

    price: int | None = None
    """Price in cents, as it was notified. Not verified: whether of one unit or of all units."""

    description: str | None = None
    """A note on the item. Null when there is none."""

    unit_multiplier: Decimal | None = field(name="unitMultiplier", default=None)
    """How much of the item's unit of measurement one unit is. Null when it was not said."""


class CourierEvent(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Something that happened to a parcel. Its times are text as the carrier gave it."""

    last_change: str | None = field(name="lastChange", default=None)
    """Moment the entry was last changed, as text."""

    city: str | None = None
    """City where it happened."""

    state: str | None = None
    """State or province where it happened."""

    description: str | None = None
    """What happened, in words."""

    create_date: str | None = field(name="createDate", default=None)
    """Moment the entry was made, as text."""


class RefundItem(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """An item that was paid back."""

    use_freight: bool | None = field(name="useFreight", default=None)
    """Whether shipping was paid back as well. Null when it was not said."""

    is_compensation: bool | None = field(name="isCompensation", default=None)
    """Whether it is a compensation, without the item coming back."""

    compensation_value: int | None = field(name="compensationValue", default=None)
    """The compensation in cents, 0 when it is none."""

    id: str | None = None
    """Identifier of the SKU."""

    quantity: int | None = None
    """How many units were paid back."""

    price: int | None = None
    """Price in cents. Not verified: whether of one unit or of all units."""

    description: str | None = None
    """Why the item came back, in words."""


class Seller(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A seller that takes part in an order."""

    id: str | None = None
    """Identifier of the seller, 1 for the shop itself."""

    name: str | None = None
    """Name of the seller."""

    logo: str | None = None
    """Link to the seller's logo. Null when there is none."""

    fulfillment_endpoint: str | None = field(name="fulfillmentEndpoint", default=None)
    """Where the seller is told about orders."""


class AddressType(OpenStrEnum):
    """Kind of address, a home or a place where parcels are picked up."""

    RESIDENTIAL = "residential"
    PICKUP = "pickup"


class InvoiceSubject(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Person that the invoice is made out to. Personal data."""

    id: str | None = None
    """Identifier of the person."""

    email: str | None = None
    """Email address of the person."""

    first_name: str | None = field(name="firstName", default=None)
    """First name of the person."""

    last_name: str | None = field(name="lastName", default=None)
    """Last name of the person."""

    phone: str | None = None
    """Phone number of the person."""


class CurrencyFormat(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """How amounts of a currency are written for people."""

    currency_decimal_digits: int | None = field(name="CurrencyDecimalDigits", default=None)
    """Number of digits after the separator."""

    currency_decimal_separator: str | None = field(name="CurrencyDecimalSeparator", default=None)
    """What separates the fraction."""

    currency_group_separator: str | None = field(name="CurrencyGroupSeparator", default=None)
    """What separates groups of digits."""

    currency_group_size: int | None = field(name="CurrencyGroupSize", default=None)
    """Number of digits in a group."""

    starts_with_currency_symbol: bool | None = field(name="StartsWithCurrencySymbol", default=None)
    """Whether the currency's sign stands before the amount."""


class Paging(ApiModel, gc=False, kw_only=True):
    """Where in all pages one page stands."""

    total: int
    """Number of orders that meet the filters, which may be more than 30 pages can hold."""

    pages: int
    """Number of pages, which may be more than the 30 that can be asked for."""

    current_page: int = field(name="currentPage")
    """Number of this page, counting from 1."""

    per_page: int = field(name="perPage")
    """Most orders that a page holds."""


class OrderSummary(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """An order in short, as a list has it. Any field but the identifier may be absent. A list
    has no items: that field of the wire is always null, and left out here.
    """

    order_id: str = field(name="orderId")
    """Identifier of the order."""

    creation_date: datetime | None = field(name="creationDate", default=None)
    """Moment the order was placed."""

    client_name: str | None = field(name="clientName", default=None)
    """Name of the shopper. Personal data."""

    total_value: int | None = field(name="totalValue", default=None)
    """Total of the order in cents."""

    payment_names: str | None = field(name="paymentNames", default=None)
    """How the order was paid, by name."""

    status: str | None = None
    """Where the order is in its flow, such as invoiced."""

    status_description: str | None = field(name="statusDescription", default=None)
    """The status in words, in the shop's language."""

    market_place_order_id: str | None = field(name="marketPlaceOrderId", default=None)
    """Identifier of the order at the marketplace. Null for an order of the shop's own."""

    sequence: str | None = None
    """Sequence of the order in the account."""

    sales_channel: str | None = field(name="salesChannel", default=None)
    """Identifier of the sales channel (trade policy)."""

    affiliate_id: str | None = field(name="affiliateId", default=None)
    """Identifier of the affiliate the order came through. Empty when there is none."""

    origin: str | None = None
    """Where in a chain of marketplace and sellers the account stands."""

    workflow_in_error_state: bool | None = field(name="workflowInErrorState", default=None)
    """Whether the order's flow has stopped for an error."""

    workflow_in_retry: bool | None = field(name="workflowInRetry", default=None)
    """Whether a step of the order's flow is being tried again."""

    last_message_unread: str | None = field(name="lastMessageUnread", default=None)
    """The last message about the order that nobody read. Null when there is none."""

    shipping_estimated_date: datetime | None = field(name="ShippingEstimatedDate", default=None)
    """Moment the order is expected to arrive. Null when it is not known."""

    shipping_estimated_date_max: datetime | None = field(
        name="ShippingEstimatedDateMax", default=None
    )
    """Latest moment the order is expected to arrive. Null when it is not known."""

    shipping_estimated_date_min: datetime | None = field(
        name="ShippingEstimatedDateMin", default=None
    )
    """Earliest moment the order is expected to arrive. Null when it is not known."""

    order_is_complete: bool | None = field(name="orderIsComplete", default=None)
    """Whether the order was completed by the shopper."""

    list_id: str | None = field(name="listId", default=None)
    """Identifier of a gift list. Null when there is none."""

    list_type: str | None = field(name="listType", default=None)
    """Kind of the gift list. Null when there is none."""

    authorized_date: datetime | None = field(name="authorizedDate", default=None)
    """Moment the payment was approved. Null until then."""

    call_center_operator_name: str | None = field(name="callCenterOperatorName", default=None)
    """Name of the call center operator who took the order. Null when nobody did."""

    total_items: int | None = field(name="totalItems", default=None)
    """Number of items in the order."""

    currency_code: str | None = field(name="currencyCode", default=None)
    """Currency of the order as an ISO 4217 code, such as BRL."""


class Error(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """One reason why a request failed."""

    code: str | None = None
    """Kind of error, such as 1 for a missing authorization or OMS003 for the wrong status of
    an order.
    """

    message: str | None = None
    """What went wrong, in words."""

    exception: str | None = None
    """The server's own report of the error. Usually null."""


class InvoiceNotification(ApiModel, gc=False, kw_only=True):
    """An invoice to be entered in an order."""

    type: InvoiceTypeInput
    """Output for a sale, Input for a return."""

    issuance_date: datetime = field(name="issuanceDate")
    """Moment the merchant issued the invoice, which may differ from the moment VTEX takes the
    order as invoiced. It is sent as the same moment in UTC, which may be another day.
    """

    invoice_number: str | None = field(name="invoiceNumber")
    """Number of the invoice, not to be used in a second request. Leading zeros count. Null is
    allowed. Not verified: what a null does.
    """

    invoice_value: str = field(name="invoiceValue")
    """Total of the invoice in cents, as a string of digits without a separator or leading
    zeros, such as 10000 for 100.00. It must be greater than zero.
    """

    items: list_aliased[InvoicedItem]
    """The items that are invoiced. Always send them, for otherwise amounts may be rounded
    wrongly. Not verified: whether the list may be empty.
    """

    invoice_key: str | None | UnsetType = field(name="invoiceKey", default=UNSET)
    """Fiscal key of the invoice, such as the access key of a Brazilian NF-e. Null or left out
    when there is none.
    """

    invoice_url: str | None | UnsetType = field(name="invoiceUrl", default=UNSET)
    """Link to the invoice, perhaps as XML. Null or left out when there is none."""

    embedded_invoice: str | None | UnsetType = field(name="embeddedInvoice", default=UNSET)
    """The invoice itself as XML text, which marketplaces outside of VTEX may need. Null or
    left out when there is none.
    """

    courier: str | None | UnsetType = UNSET
    """Carrier of the parcel. Null or left out while there is none. Leave it out rather than
    send null.
    """

    tracking_number: str | None | UnsetType = field(name="trackingNumber", default=UNSET)
    """The carrier's tracking number. Null or left out while the order is only invoiced; sent
    in a separate moment.
    """

    tracking_url: str | None | UnsetType = field(name="trackingUrl", default=UNSET)
    """Link to the carrier's tracking. Null or left out while the order is only invoiced; sent
    in a separate moment.
    """

    dispatched_date: datetime | None | UnsetType = field(name="dispatchedDate", default=UNSET)
    """Moment the parcel was handed over for transport, sent in UTC. Null or left out while it
    was not.
    """


class OrderTotal(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """One part of an order's total."""

    id: OrderTotalType | None = None
    """Which part it is."""

    name: str | None = None
    """The part's name, for people."""

    value: int | None = None
    """The part in cents, negative for discounts."""

    alternative_totals: list_aliased[AlternativeTotal] | None = field(
        name="alternativeTotals", default=None
    )
    """Further parts of this part. Null when there are none."""


class CourierStatus(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Where a parcel is."""

    status: str | None = None
    """State of the transport, in the carrier's words. Null while there is none."""

    finished: bool | None = None
    """Whether the transport has ended."""

    delivered_date: str | None = field(name="deliveredDate", default=None)
    """Moment of the delivery as text, such as 2026-10-09T16:42:00.0000000+00:00. Null or empty
    while there was none.
    """

    data: list_aliased[CourierEvent] | None = None
    """What happened to the parcel so far. Null while nothing did."""


class Refund(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """A refund to the shopper."""

    value: int | None = None
    """What was paid back, in cents."""

    gift_card_data: str | None = field(name="giftCardData", default=None)
    """Gift card that the shopper got instead. Null when there is none."""

    items: list_aliased[RefundItem] | None = None
    """The items that were paid back. Null when they were not named."""


class InvoiceAddress(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Address for the invoice. Personal data. Any field may be absent."""

    address_type: AddressType | None = field(name="addressType", default=None)
    """Kind of address. Null when it was not said."""

    receiver_name: str | None = field(name="receiverName", default=None)
    """Name of the recipient. Null when it was not given."""

    address_id: str | None = field(name="addressId", default=None)
    """Identifier of the address. Null when there is none."""

    version_id: str | None = field(name="versionId", default=None)
    """Version of the address. Null when there is none."""

    entity_id: str | None = field(name="entityId", default=None)
    """Identifier of the record that the address belongs to. Null when there is none."""

    postal_code: str | None = field(name="postalCode", default=None)
    """Postal code of the address."""

    city: str | None = None
    """City or town of the address."""

    state: str | None = None
    """State or province of the address."""

    country: str | None = None
    """Country as an ISO 3166-1 code of three letters, such as BRA."""

    street: str | None = None
    """Street of the address, without the number."""

    number: str | None = None
    """Number of the house."""

    neighborhood: str | None = None
    """Part of the city."""

    complement: str | None = None
    """What else is needed to find the address, such as the flat. Null when nothing is."""

    reference: str | None = None
    """Something near that helps to find the address. Null when nothing was given."""

    contact_id: str | None = field(name="contactId", default=None)
    """Identifier of a contact at the address. Null when there is none."""


class StorePreferences(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Currency, country and time zone of the shop that an order was placed in."""

    country_code: str | None = field(name="countryCode", default=None)
    """Country as an ISO 3166-1 code of three letters, such as BRA."""

    currency_code: str | None = field(name="currencyCode", default=None)
    """Currency of the order's amounts as an ISO 4217 code, such as BRL."""

    currency_format_info: CurrencyFormat | None = field(name="currencyFormatInfo", default=None)
    """How amounts are written for people. Absent or null when nothing was set."""

    currency_locale: int | None = field(name="currencyLocale", default=None)
    """Number of the locale, such as 1046 for Brazil."""

    currency_symbol: str | None = field(name="currencySymbol", default=None)
    """Sign of the currency, such as R$."""

    time_zone: str | None = field(name="timeZone", default=None)
    """Time zone of the shop, by its name in Windows."""


class OrderList(ApiModel, gc=False, kw_only=True):
    """A page of orders in short."""

    list: list_aliased[OrderSummary]
    """The orders of this page. Empty when none meets the filters."""

    paging: Paging
    """Where in all pages this one stands."""


class ErrorAnswer(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Body of a failed request, in one of two forms: an `error` in it, or a problem
    description. Nothing of it is sure to come.
    """

    error: Error | None = None
    """What went wrong, as the order management puts it. Absent in a problem description."""

    type: str | None = None
    """Link that names the kind of problem. Only in a problem description."""

    title: str | None = None
    """The problem in words. Only in a problem description."""

    status: int | None = None
    """The HTTP status. Only in a problem description."""

    trace_id: str | None = field(name="traceId", default=None)
    """VTEX's identifier of the request, to be quoted to its support. Only in a problem
    description.
    """


class Restitutions(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """What was paid back because of an invoice."""

    refund: Refund | None = field(name="Refund", default=None)
    """The refund. Absent where nothing was paid back."""


class InvoiceData(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Who is to be named on the invoice. Personal data."""

    address: InvoiceAddress | None = None
    """Address for the invoice. Null when none was given."""

    invoice_subject: InvoiceSubject | None = field(name="invoiceSubject", default=None)
    """Person that the invoice is made out to. Null when none was given."""


class Package(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """An invoice of an order, with the parcel that goes with it. Any field may be absent."""

    items: list_aliased[PackageItem] | None = None
    """What the invoice covers, by position in the order's items."""

    courier: str | None = None
    """Carrier of the parcel. Null while there is none."""

    invoice_number: str | None = field(name="invoiceNumber", default=None)
    """Number of the invoice, as it was notified. Null if it was notified so."""

    invoice_value: int | None = field(name="invoiceValue", default=None)
    """Total of the invoice in cents. It is an integer here, and a string when it is notified."""

    invoice_url: str | None = field(name="invoiceUrl", default=None)
    """Link to the invoice. Null when there is none."""

    issuance_date: datetime | None = field(name="issuanceDate", default=None)
    """Moment the merchant issued the invoice, with up to seven digits of a second's fraction."""

    tracking_number: str | None = field(name="trackingNumber", default=None)
    """The carrier's tracking number. Null while there is none."""

    invoice_key: str | None = field(name="invoiceKey", default=None)
    """Fiscal key of the invoice. Null when there is none."""

    tracking_url: str | None = field(name="trackingUrl", default=None)
    """Link to the carrier's tracking. Null while there is none."""

    embedded_invoice: str | None = field(name="embeddedInvoice", default=None)
    """The invoice itself as XML text. Empty or null when there is none."""

    type: InvoiceType | None = None
    """Output for a sale, Input for a return."""

    courier_status: CourierStatus | None = field(name="courierStatus", default=None)
    """Where the parcel is. Null while there is no tracking."""

    cfop: str | None = None
    """Brazilian code of the fiscal operation. Null when there is none."""

    restitutions: Restitutions | None = None
    """What was paid back because of the invoice. Absent where nothing was."""

    volumes: int | None = None
    """Number of parcels."""

    enable_infer_items: bool | None = field(name="EnableInferItems", default=None)
    """Whether VTEX may work out the items by itself. Null when it was not said."""


class PackageAttachment(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """The invoices and parcels of an order."""

    packages: list_aliased[Package] | None = None
    """One entry for each invoice that was notified."""


class Order(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """An order as VTEX returns it, as far as it bears on invoices. Any field may be absent.
    Amounts are whole cents of the currency in `storePreferencesData`.
    """

    order_id: str | None = field(name="orderId", default=None)
    """Identifier of the order."""

    sequence: str | None = None
    """Sequence of the order in the account, which can take the identifier's place after the
    letters seq.
    """

    marketplace_order_id: str | None = field(name="marketplaceOrderId", default=None)
    """Identifier of the order at the marketplace. Empty for an order of the shop's own."""

    marketplace_services_endpoint: str | None = field(
        name="marketplaceServicesEndpoint", default=None
    )
    """Where the marketplace is told about the order."""

    seller_order_id: str | None = field(name="sellerOrderId", default=None)
    """Identifier of the order at the seller."""

    origin: OrderOrigin | None = None
    """Where in a chain of marketplace and sellers this account stands."""

    affiliate_id: str | None = field(name="affiliateId", default=None)
    """Identifier of the affiliate the order came through. Empty when there is none."""

    sales_channel: str | None = field(name="salesChannel", default=None)
    """Identifier of the sales channel (trade policy)."""

    merchant_name: str | None = field(name="merchantName", default=None)
    """Name of the merchant. Null when there is none."""

    status: str | None = None
    """Where the order is in its flow, such as handling or invoiced."""

    workflow_is_in_error: bool | None = field(name="workflowIsInError", default=None)
    """Whether the order's flow has stopped for an error."""

    value: int | None = None
    """Total of the order in cents. An invoice updates it."""

    creation_date: datetime | None = field(name="creationDate", default=None)
    """Moment the order was placed."""

    last_change: datetime | None = field(name="lastChange", default=None)
    """Moment the order was last changed."""

    order_group: str | None = field(name="orderGroup", default=None)
    """Identifier of the orders that one purchase was split into."""

    totals: list_aliased[OrderTotal] | None = None
    """What makes up the order's total."""

    items: list_aliased[OrderItem] | None = None
    """Items of the order. A package refers to them by their position here."""

    package_attachment: PackageAttachment | None = field(name="packageAttachment", default=None)
    """The order's invoices and parcels. Null until the first invoice was notified."""

    sellers: list_aliased[Seller] | None = None
    """Sellers that take part in the order."""

    hostname: str | None = None
    """Name of the account that the order was placed in."""

    invoice_data: InvoiceData | None = field(name="invoiceData", default=None)
    """Who is to be named on the invoice. Null when nothing was given. Personal data."""

    invoiced_date: datetime | None = field(name="invoicedDate", default=None)
    """Moment VTEX took the order as invoiced. Null until then."""

    authorized_date: datetime | None = field(name="authorizedDate", default=None)
    """Moment the payment was approved. Null until then."""

    cancel_reason: str | None = field(name="cancelReason", default=None)
    """Why the order was cancelled. Null when it was not."""

    is_completed: bool | None = field(name="isCompleted", default=None)
    """Whether the order was completed by the shopper."""

    store_preferences_data: StorePreferences | None = field(
        name="storePreferencesData", default=None
    )
    """Currency, country and time zone of the shop."""
