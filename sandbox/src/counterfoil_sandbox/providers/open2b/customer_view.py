"""Converts an invoice of the administration to the form of the storefront."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .drafts import fix
from .totals import Arithmetic

HIDDEN = frozenset(
    {
        "creationTime",
        "updateTime",
        "customer",
        "taxArea",
        "invoiceRecipient",
        "shippingCost",
        "paymentCost",
    }
)


def show_to_customer(view: Mapping[str, Any]) -> dict[str, Any]:
    """Remove the fields that customers do not see, and convert lines and costs."""
    store = Arithmetic(**view["rounding"], taxed=True)
    shown = {name: value for name, value in view.items() if name not in HIDDEN}
    shown["items"] = [_show_item(each, store) for each in view["items"]]
    for name in ("shippingMethod", "paymentMethod"):
        shown[name] = _show_cost(view[name])
    return shown


def _show_item(item: Mapping[str, Any], store: Arithmetic) -> dict[str, Any]:
    rate = Fraction(item["taxRate"]) / 100
    taxed = Fraction(item["price"]) * (1 + rate)
    tax = {"code": item["taxCode"], "rate": item["taxRate"], "amount": item["taxAmount"]}
    return {
        "sku": item["sku"],
        "name": item["name"],
        "quantity": item["quantity"],
        "prices": {
            "price": item["price"],
            "totalPrice": item["totalPrice"],
            "taxedPrice": store.round(taxed),
            "taxedTotalPrice": item["totalPrice"] + item["taxAmount"],
        },
        "tax": tax if item["taxCode"] else None,
        "weight": item["weight"],
        "requests": item["requests"],
    }


def _show_cost(method: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if method is None:
        return None
    # The administration has three places, the storefront two; the rounding is not documented.
    return {"name": method["name"], "cost": fix(method["cost"], 2)}
