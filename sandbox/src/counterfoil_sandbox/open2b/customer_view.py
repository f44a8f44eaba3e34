"""An invoice as its customer sees it in the storefront, made of what the administration shows."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .drafts import fix
from .totals import Arithmetic

HIDDEN = frozenset({"creationTime", "updateTime", "customer", "taxArea", "invoiceRecipient", "shippingCost", "paymentCost"})


def show_to_customer(view: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is the store's own, and show lines and costs in the storefront's form."""
    store = Arithmetic(**view["rounding"], taxed=True)
    return {
        **{name: value for name, value in view.items() if name not in HIDDEN},
        "items": [_show_item(each, store) for each in view["items"]],
        **{name: _show_cost(view[name]) for name in ("shippingMethod", "paymentMethod")},
    }


def _show_item(item: Mapping[str, Any], store: Arithmetic) -> dict[str, Any]:
    taxed = Fraction(item["price"]) * (1 + Fraction(item["taxRate"]) / 100)
    return {
        **{name: item[name] for name in ("sku", "name", "quantity")},
        "prices": {
            "price": item["price"],
            "totalPrice": item["totalPrice"],
            "taxedPrice": store.round(taxed),
            "taxedTotalPrice": item["totalPrice"] + item["taxAmount"],
        },
        "tax": {"code": item["taxCode"], "rate": item["taxRate"], "amount": item["taxAmount"]} if item["taxCode"] else None,
        **{name: item[name] for name in ("weight", "requests")},
    }


def _show_cost(method: Mapping[str, Any] | None) -> dict[str, Any] | None:
    # Three places in the administration, two here; neither page says how they are rounded.
    return {"name": method["name"], "cost": fix(method["cost"], 2)} if method else None
