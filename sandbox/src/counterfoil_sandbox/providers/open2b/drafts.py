"""Drafts: the fields of an invoice that a caller sets, before the store computes the totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from .store import CUSTOMERS, SELLER, Customer

Draft = dict[str, Any]

DATE_TIME = "%Y-%m-%d %H:%M:%S"
SHIPPING_ONLY = (
    "numberOfPackages",
    "porto",
    "goodsAppearance",
    "shippingTime",
    "trackingNumber",
    "transportReason",
)
ADDRESS = ("street1", "street2", "city", "postalCode", "stateProv", "country")
CONTACT = ("phoneNumber", "mobileNumber", "faxNumber", "email")
BILLING_ADDRESS = (
    *("firstName", "lastName", "personalCode", "companyName", "companyCode", "companyCode2"),
    *(*ADDRESS, *CONTACT),
)
SHIPPING_ADDRESS = ("name", *ADDRESS)
SELLER_ADDRESS = ("companyName", "companyCode", "personalCode", *ADDRESS, *CONTACT)

# Values of fields that are left out. Open2b documents only that of the creation time.
DEFAULTS: Draft = {
    "type": "Invoice",
    "number": "",
    "status": "Open",
    "dueDate": None,
    "referenceType": None,
    "referenceNumber": "",
    "customer": None,
    "rounding": {"mode": "HalfUp", "rule": "PerLine"},
    "items": [],
    "discounts": [],
    "discountsIncludeTaxes": False,
    "shippingMethod": None,
    "shippingCost": None,
    "paymentMethod": None,
    "paymentCost": None,
    "isPaidFor": False,
    "shippingAddress": None,
    "sellerAddress": SELLER,
    **dict.fromkeys(SHIPPING_ONLY),
    "terms": "",
}
ITEM_DEFAULTS = {
    "sku": "",
    "name": "",
    "quantity": 1,
    "price": 0,
    "weight": 0,
    "taxClass": None,
    "requests": "",
}
ITEM_PLACES = {"quantity": 2, "price": 3, "weight": 3}


def draft_invoice(form: Mapping[str, Any], now: datetime) -> Draft:
    """Return the draft of a new invoice: the caller's fields and defaults for the others."""
    customer = CUSTOMERS.get(form.get("customer") or 0, Customer("it"))
    moment = form.get("creationTime", now.strftime(DATE_TIME))
    given = {"creationTime": moment, "issueDate": moment[:10], "locale": customer.locale}
    return _settle({**DEFAULTS, **given, "invoiceRecipient": customer.recipient, **form}, form)


def change_draft(draft: Draft, changes: Mapping[str, Any]) -> Draft:
    """Apply changes to a draft. Replacing a method drops its cost."""
    dropped: dict[str, None] = {}
    for cost, method in COSTS.items():
        if changes.get(method, draft[method]) != draft[method]:
            dropped[cost] = None
    return _settle({**draft, **dropped, **changes}, changes, draft["rounding"])


COSTS = {"shippingCost": "shippingMethod", "paymentCost": "paymentMethod"}


def name_country(draft: Draft) -> str:
    """Return the country whose taxes apply: that of the delivery, or else of the customer."""
    address = draft["shippingAddress"] or draft["billingAddress"]
    return str(address["country"])


def name_customer(draft: Draft) -> str:
    """Return the company, or last and first name."""
    address = draft["billingAddress"]
    return str(address["companyName"] or f"{address['lastName']} {address['firstName']}")


def fix(number: Any, places: int) -> Decimal:
    """Pad a number to its documented places. It must not have more."""
    return Decimal(number).quantize(Decimal(1).scaleb(-places)) + 0


def _settle(
    draft: Draft, given: Mapping[str, Any], rounding: Mapping[str, str] = DEFAULTS["rounding"]
) -> Draft:
    draft["rounding"] = {**rounding, **given.get("rounding", {})}
    draft["items"] = [_settle_item(each) for each in draft["items"]]
    draft["discounts"] = [_settle_discount(each) for each in draft["discounts"]]
    draft["customer"] = draft["customer"] or None  # an update may send 0
    for cost in COSTS:
        if draft[cost] is not None:
            draft[cost] = fix(draft[cost], 3)
    draft["billingAddress"] = _complete(draft["billingAddress"], BILLING_ADDRESS)
    draft["sellerAddress"] = _complete(draft["sellerAddress"], SELLER_ADDRESS)
    if draft["shippingAddress"]:
        draft["shippingAddress"] = _complete(draft["shippingAddress"], SHIPPING_ADDRESS)
    return draft


def _settle_item(item: Mapping[str, Any]) -> Draft:
    whole = {**ITEM_DEFAULTS, **item}
    for name, places in ITEM_PLACES.items():
        whole[name] = fix(whole[name], places)
    return whole


def _settle_discount(discount: Mapping[str, Any]) -> Draft:
    return {"type": discount["type"], "value": fix(discount["value"], 3)}


def _complete(address: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    return {name: address.get(name, "") for name in names}
