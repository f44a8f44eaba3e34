"""Drafts: everything about an invoice that a caller decides, complete, before the store works out its totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from .store import CUSTOMERS, SELLER, Customer

Draft = dict[str, Any]

DATE_TIME = "%Y-%m-%d %H:%M:%S"
SHIPPING_ONLY = ("numberOfPackages", "porto", "goodsAppearance", "shippingTime", "trackingNumber", "transportReason")
ADDRESS = ("street1", "street2", "city", "postalCode", "stateProv", "country")
CONTACT = ("phoneNumber", "mobileNumber", "faxNumber", "email")
BILLING_ADDRESS = (
    *("firstName", "lastName", "personalCode", "companyName", "companyCode", "companyCode2"),
    *(*ADDRESS, *CONTACT),
)
SHIPPING_ADDRESS = ("name", *ADDRESS)
SELLER_ADDRESS = ("companyName", "companyCode", "personalCode", *ADDRESS, *CONTACT)

# What a field is that was left out. Open2b documents none of it, the creation time excepted.
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
ITEM_DEFAULTS = {"sku": "", "name": "", "quantity": 1, "price": 0, "weight": 0, "taxClass": None, "requests": ""}
ITEM_PLACES = {"quantity": 2, "price": 3, "weight": 3}


def draft_invoice(form: Mapping[str, Any], now: datetime) -> Draft:
    """Complete the form of a new invoice with what was left out."""
    customer = CUSTOMERS.get(form.get("customer") or 0, Customer("it"))
    moment = form.get("creationTime", now.strftime(DATE_TIME))
    given = {"creationTime": moment, "issueDate": moment[:10], "locale": customer.locale}
    return _settle({**DEFAULTS, **given, "invoiceRecipient": customer.recipient, **form}, form)


def change_draft(draft: Draft, changes: Mapping[str, Any]) -> Draft:
    """Apply changes to a draft; a method that is replaced takes its cost along."""
    dropped = {cost: None for cost, method in COSTS.items() if changes.get(method, draft[method]) != draft[method]}
    return _settle({**draft, **dropped, **changes}, changes, draft["rounding"])


COSTS = {"shippingCost": "shippingMethod", "paymentCost": "paymentMethod"}


def name_country(draft: Draft) -> str:
    """The country whose taxes apply: where the goods go, else where the customer is."""
    return str((draft["shippingAddress"] or draft["billingAddress"])["country"])


def name_customer(draft: Draft) -> str:
    """The company, or last and first name."""
    address = draft["billingAddress"]
    return str(address["companyName"] or f"{address['lastName']} {address['firstName']}")


def fix(number: Any, places: int) -> Decimal:
    """Give a number its documented places; it has no more than those."""
    return Decimal(number).quantize(Decimal(1).scaleb(-places)) + 0


def _settle(draft: Draft, given: Mapping[str, Any], rounding: Mapping[str, str] = DEFAULTS["rounding"]) -> Draft:
    draft["rounding"] = {**rounding, **given.get("rounding", {})}
    draft["items"] = [_settle_item(each) for each in draft["items"]]
    draft["discounts"] = [_settle_discount(each) for each in draft["discounts"]]
    draft["customer"] = draft["customer"] or None  # an update may say 0
    for cost in COSTS:
        draft[cost] = None if draft[cost] is None else fix(draft[cost], 3)
    draft["billingAddress"] = _complete(draft["billingAddress"], BILLING_ADDRESS)
    draft["sellerAddress"] = _complete(draft["sellerAddress"], SELLER_ADDRESS)
    draft["shippingAddress"] = draft["shippingAddress"] and _complete(draft["shippingAddress"], SHIPPING_ADDRESS)
    return draft


def _settle_item(item: Mapping[str, Any]) -> Draft:
    whole = {**ITEM_DEFAULTS, **item}
    return whole | {name: fix(whole[name], places) for name, places in ITEM_PLACES.items()}


def _settle_discount(discount: Mapping[str, Any]) -> Draft:
    return {"type": discount["type"], "value": fix(discount["value"], 3)}


def _complete(address: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    return {name: address.get(name, "") for name in names}
