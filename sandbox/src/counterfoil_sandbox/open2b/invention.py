"""Invented invoices to begin with: the same for the same seed, whatever the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from ..invention import PLACES, PRODUCTS, Inventor
from .drafts import Draft, draft_invoice

MOULDS = 500  # invoices that differ in everything; beyond so many, they differ in number, dates, status and labels
BEGINNING = datetime(2024, 1, 8, 9, 0)
PERIOD = timedelta(days=540)
TYPES = ("Invoice", "Invoice", "Invoice", "Proforma", "ShippingInvoice", "CreditNote")
STATUSES = ("Open", "Sent", "Sent", "Archived", "Disputed", "Cancelled")
MODES = ("HalfUp", "HalfUp", "HalfEven", "HalfDown", "Down")
RULES = ("PerLine", "PerLine", "PerItem", "Total")


def invent_mould(seed: int, number: int) -> Draft:
    """Invent an invoice, but for what it has of its own."""
    return draft_invoice(_invent_form(Inventor(seed, f"open2b {number}")), BEGINNING)


def invent_own(seed: int, count: int) -> Iterator[tuple[dict[str, Any], int]]:
    """Invent what each invoice has of its own, oldest first, with a bit for each label that the store put on it."""
    inventor = Inventor(seed, "open2b")
    for position in range(count):
        moment = BEGINNING + PERIOD * ((position + inventor.chance()) / count)
        labels = sum(1 << bit for bit in range(3) if inventor.happens(0.15))
        yield _invent_own(inventor, position + 1, moment), labels


def _invent_own(inventor: Inventor, number: int, moment: datetime) -> dict[str, Any]:
    written = moment.isoformat(" ", "seconds")
    return {
        "number": f"{moment.year}/{number:05}",
        "status": inventor.pick(STATUSES),
        "creationTime": written,
        "updateTime": written,
        "issueDate": written[:10],
        "dueDate": (moment + timedelta(days=30)).isoformat()[:10] if inventor.happens(0.7) else None,
        "shippingTime": (moment + timedelta(hours=6)).isoformat(" ", "seconds"),
        "referenceNumber": f"{moment.year}/{number // 2:05}",
        "isPaidFor": inventor.happens(0.5),
    }


def _invent_form(inventor: Inventor) -> dict[str, Any]:
    kind, place = inventor.pick(TYPES), inventor.pick(PLACES)
    items = [_invent_item(inventor) for _ in range(inventor.number(1, 5))]
    return {
        "type": kind,
        "customer": inventor.pick((None, 812, 813, 814, 815)),
        "rounding": {"mode": inventor.pick(MODES), "rule": inventor.pick(RULES)},
        "items": items,
        "discounts": [{"type": "PercentOff", "value": inventor.number(1, 4) * 5}] if inventor.happens(0.3) else [],
        "billingAddress": _invent_address(inventor, place.city, place.postal_code, place.state, place.country),
        **({} if kind == "CreditNote" else {"shippingMethod": 3, "paymentMethod": inventor.pick((5, 8))}),
        **(_invent_transport(inventor) if kind == "ShippingInvoice" else {}),
        **({"referenceType": "Invoice"} if kind == "CreditNote" else {}),
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


def _invent_transport(inventor: Inventor) -> dict[str, Any]:
    return {
        "numberOfPackages": inventor.number(1, 4),
        "porto": inventor.pick(("Franco", "Assegnato", None)),
        "goodsAppearance": "Cartons",
        "trackingNumber": "LC-" + inventor.code("0123456789", 6),
        "transportReason": "Sale",
    }
