"""Invented invoices to begin with: the same for the same seed, whatever the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from ..invention import PLACES, PRODUCTS, Inventor
from .drafts import DATE_TIME

BEGINNING = datetime(2024, 1, 8, 9, 0)
PERIOD = timedelta(days=540)
TYPES = ("Invoice", "Invoice", "Invoice", "Proforma", "ShippingInvoice", "CreditNote")
STATUSES = ("Open", "Sent", "Sent", "Archived", "Disputed", "Cancelled")
MODES = ("HalfUp", "HalfUp", "HalfEven", "HalfDown", "Down")
RULES = ("PerLine", "PerLine", "PerItem", "Total")


def invent_forms(seed: int, count: int) -> Iterator[tuple[dict[str, Any], list[int]]]:
    """Invent the forms of invoices, oldest first, with the labels that the store put on them."""
    inventor = Inventor(seed, "open2b")
    for position in range(count):
        moment = BEGINNING + PERIOD * ((position + inventor.chance()) / count)
        labels = [number for number in (1, 2, 3) if inventor.happens(0.15)]
        yield _invent_form(inventor, position + 1, moment), labels


def _invent_form(inventor: Inventor, number: int, moment: datetime) -> dict[str, Any]:
    kind, place = inventor.pick(TYPES), inventor.pick(PLACES)
    items = [_invent_item(inventor) for _ in range(inventor.number(1, 5))]
    return {
        "type": kind,
        "number": f"{moment.year}/{number:05}",
        "status": inventor.pick(STATUSES),
        "creationTime": moment.strftime(DATE_TIME),
        "dueDate": (moment + timedelta(days=30)).strftime("%Y-%m-%d") if inventor.happens(0.7) else None,
        "customer": inventor.pick((None, 812, 813, 814, 815)),
        "rounding": {"mode": inventor.pick(MODES), "rule": inventor.pick(RULES)},
        "items": items,
        "discounts": [{"type": "PercentOff", "value": inventor.number(1, 4) * 5}] if inventor.happens(0.3) else [],
        "isPaidFor": inventor.happens(0.5),
        "billingAddress": _invent_address(inventor, place.city, place.postal_code, place.state, place.country),
        **({} if kind == "CreditNote" else {"shippingMethod": 3, "paymentMethod": inventor.pick((5, 8))}),
        **(_invent_transport(inventor, moment) if kind == "ShippingInvoice" else {}),
        **({"referenceType": "Invoice", "referenceNumber": f"{moment.year}/{number // 2:05}"} if kind == "CreditNote" else {}),
    }


def _invent_item(inventor: Inventor) -> dict[str, Any]:
    product = inventor.pick(PRODUCTS)
    shown = {"sku": product.sku, "name": product.name, "price": product.price, "weight": product.weight}
    return {**shown, "quantity": inventor.number(1, 6), "taxClass": inventor.pick((2, 2, 2, 1, 3))}


def _invent_address(inventor: Inventor, city: str, postal_code: str, state: str, country: str) -> dict[str, str]:
    first, last = inventor.person()
    company = f"Studio {last}" if inventor.happens(0.3) else ""
    return {
        "firstName": first,
        "lastName": last,
        "companyName": company,
        "street1": inventor.street(),
        "city": city,
        "postalCode": postal_code,
        "stateProv": state,
        "country": country,
        "email": f"{first}@{last}.example".lower(),
    }


def _invent_transport(inventor: Inventor, moment: datetime) -> dict[str, Any]:
    return {
        "numberOfPackages": inventor.number(1, 4),
        "porto": inventor.pick(("Franco", "Assegnato", None)),
        "goodsAppearance": "Cartons",
        "shippingTime": (moment + timedelta(hours=6)).strftime(DATE_TIME),
        "trackingNumber": "LC-" + inventor.code("0123456789", 6),
        "transportReason": "Sale",
    }
