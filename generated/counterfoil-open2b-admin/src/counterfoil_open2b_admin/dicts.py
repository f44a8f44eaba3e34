# Generated from specs/open2b-admin/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The dicts that methods of Open2b administration invoices take in the place of models.

The keys are the names of the model's fields in Python. At runtime these are plain dicts.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NotRequired, TypedDict

from counterfoil_core.types import NaiveDateTime, SequenceNotStr

from . import models


class BillingAddressFormDict(TypedDict):
    """`BillingAddressForm` as a dict."""

    first_name: str
    last_name: str
    personal_code: NotRequired[str]
    company_name: NotRequired[str]
    company_code: NotRequired[str]
    company_code2: NotRequired[str]
    street1: str
    street2: NotRequired[str]
    city: str
    postal_code: str
    state_prov: NotRequired[str]
    country: str
    phone_number: NotRequired[str]
    mobile_number: NotRequired[str]
    fax_number: NotRequired[str]
    email: str


class DiscountInputDict(TypedDict):
    """`DiscountInput` as a dict."""

    type: NotRequired[models.DiscountTypeInput]
    value: NotRequired[Decimal]


class InvoiceConditionsDict(TypedDict):
    """`InvoiceConditions` as a dict."""

    ids: NotRequired[SequenceNotStr[int]]
    type: NotRequired[models.InvoiceTypeInput]
    status: NotRequired[models.InvoiceStatusInput]
    is_paid_for: NotRequired[bool]
    from_number: NotRequired[str]
    to_number: NotRequired[str]
    from_creation_time: NotRequired[NaiveDateTime]
    to_creation_time: NotRequired[NaiveDateTime]
    from_update_time: NotRequired[NaiveDateTime]
    to_update_time: NotRequired[NaiveDateTime]
    from_issue_date: NotRequired[datetime.date]
    to_issue_date: NotRequired[datetime.date]
    from_due_date: NotRequired[datetime.date]
    to_due_date: NotRequired[datetime.date]
    customer: NotRequired[int]
    address: NotRequired[str]
    labels: NotRequired[SequenceNotStr[int]]
    after: NotRequired[int]


class InvoiceFormDict(TypedDict):
    """`InvoiceForm` as a dict."""

    type: NotRequired[models.InvoiceTypeInput]
    number: NotRequired[str]
    status: NotRequired[models.InvoiceStatusInput]
    creation_time: NotRequired[NaiveDateTime]
    issue_date: NotRequired[datetime.date]
    due_date: NotRequired[datetime.date | None]
    reference_type: NotRequired[models.ReferenceTypeInput | None]
    reference_number: NotRequired[str]
    customer: NotRequired[int | None]
    rounding: NotRequired[models.RoundingInput | RoundingInputDict]
    locale: NotRequired[str]
    items: NotRequired[SequenceNotStr[models.InvoiceItemForm | InvoiceItemFormDict]]
    discounts: NotRequired[SequenceNotStr[models.DiscountInput | DiscountInputDict]]
    discounts_include_taxes: NotRequired[bool]
    shipping_method: NotRequired[int | None]
    shipping_cost: NotRequired[Decimal | None]
    payment_method: NotRequired[int | None]
    payment_cost: NotRequired[Decimal | None]
    is_paid_for: NotRequired[bool]
    invoice_recipient: NotRequired[str]
    billing_address: models.BillingAddressForm | BillingAddressFormDict
    shipping_address: NotRequired[models.ShippingAddressForm | ShippingAddressFormDict | None]
    seller_address: NotRequired[models.SellerAddressInput | SellerAddressInputDict]
    number_of_packages: NotRequired[int | None]
    porto: NotRequired[models.PortoInput | None]
    goods_appearance: NotRequired[str | None]
    shipping_time: NotRequired[NaiveDateTime | None]
    tracking_number: NotRequired[str | None]
    transport_reason: NotRequired[str | None]
    terms: NotRequired[str]


class InvoiceItemFormDict(TypedDict):
    """`InvoiceItemForm` as a dict."""

    sku: NotRequired[str]
    name: NotRequired[str]
    quantity: NotRequired[Decimal]
    price: NotRequired[Decimal]
    weight: NotRequired[Decimal]
    tax_class: NotRequired[int | None]
    requests: NotRequired[str]


class InvoiceUpdateFormDict(TypedDict):
    """`InvoiceUpdateForm` as a dict."""

    number: NotRequired[str]
    status: NotRequired[models.InvoiceStatusInput]
    creation_time: NotRequired[NaiveDateTime]
    issue_date: NotRequired[datetime.date]
    due_date: NotRequired[datetime.date | None]
    reference_type: NotRequired[models.ReferenceTypeInput | None]
    reference_number: NotRequired[str]
    customer: NotRequired[int | None]
    rounding: NotRequired[models.RoundingInput | RoundingInputDict]
    locale: NotRequired[str]
    items: NotRequired[SequenceNotStr[models.InvoiceItemForm | InvoiceItemFormDict]]
    discounts: NotRequired[SequenceNotStr[models.DiscountInput | DiscountInputDict]]
    discounts_include_taxes: NotRequired[bool]
    shipping_method: NotRequired[int | None]
    shipping_cost: NotRequired[Decimal | None]
    payment_method: NotRequired[int | None]
    payment_cost: NotRequired[Decimal | None]
    is_paid_for: NotRequired[bool]
    invoice_recipient: NotRequired[str]
    billing_address: NotRequired[models.BillingAddressForm | BillingAddressFormDict]
    shipping_address: NotRequired[models.ShippingAddressForm | ShippingAddressFormDict | None]
    seller_address: NotRequired[models.SellerAddressInput | SellerAddressInputDict]
    number_of_packages: NotRequired[int | None]
    porto: NotRequired[models.PortoInput | None]
    goods_appearance: NotRequired[str | None]
    shipping_time: NotRequired[NaiveDateTime | None]
    tracking_number: NotRequired[str | None]
    transport_reason: NotRequired[str | None]
    terms: NotRequired[str]


class RoundingInputDict(TypedDict):
    """`RoundingInput` as a dict."""

    mode: NotRequired[models.RoundingModeInput]
    rule: NotRequired[models.RoundingRuleInput]


class SellerAddressInputDict(TypedDict):
    """`SellerAddressInput` as a dict."""

    company_name: NotRequired[str]
    company_code: NotRequired[str]
    personal_code: NotRequired[str]
    street1: NotRequired[str]
    street2: NotRequired[str]
    city: NotRequired[str]
    postal_code: NotRequired[str]
    state_prov: NotRequired[str]
    country: NotRequired[str]
    phone_number: NotRequired[str]
    mobile_number: NotRequired[str]
    fax_number: NotRequired[str]
    email: NotRequired[str]


class ShippingAddressFormDict(TypedDict):
    """`ShippingAddressForm` as a dict."""

    name: str
    street1: str
    street2: NotRequired[str]
    city: str
    postal_code: str
    state_prov: NotRequired[str]
    country: str
