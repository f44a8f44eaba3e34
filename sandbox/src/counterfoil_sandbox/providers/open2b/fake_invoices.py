"""The invented invoices of a new store. The same seed makes the same invoices on any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from ...fake_data import PLACES, PRODUCTS, FakeData, Place
from .drafts import Draft, draft_invoice

# Invoices that differ in everything. Beyond this number they differ in number, dates, status and
# labels only.
MOULDS = 500
BEGINNING = datetime(2024, 1, 8, 9, 0)
PERIOD = timedelta(days=540)
TYPES = ("Invoice", "Invoice", "Invoice", "Proforma", "ShippingInvoice", "CreditNote")
STATUSES = ("Open", "Sent", "Sent", "Archived", "Disputed", "Cancelled")
MODES = ("HalfUp", "HalfUp", "HalfEven", "HalfDown", "Down")
RULES = ("PerLine", "PerLine", "PerItem", "Total")


def invent_mould(seed: int, number: int) -> Draft:
    """Invent the fields that an invoice shares with others."""
    return draft_invoice(_invent_form(FakeData(seed, f"open2b {number}")), BEGINNING)


def invent_own(seed: int, count: int) -> Iterator[tuple[dict[str, Any], int]]:
    """Invent each invoice's own fields, oldest first, with its labels as bits."""
    inventor = FakeData(seed, "open2b")
    for position in range(count):
        moment = BEGINNING + PERIOD * ((position + inventor.chance()) / count)
        labels = 0
        for bit in range(3):
            if inventor.happens(0.15):
                labels |= 1 << bit
        yield _invent_own(inventor, position + 1, moment), labels


def _invent_own(inventor: FakeData, number: int, moment: datetime) -> dict[str, Any]:
    written = moment.isoformat(" ", "seconds")
    due = moment + timedelta(days=30)
    return {
        "number": f"{moment.year}/{number:05}",
        "status": inventor.pick(STATUSES),
        "creationTime": written,
        "updateTime": written,
        "issueDate": written[:10],
        "dueDate": due.date().isoformat() if inventor.happens(0.7) else None,
        "shippingTime": (moment + timedelta(hours=6)).isoformat(" ", "seconds"),
        "referenceNumber": f"{moment.year}/{number // 2:05}",
        "isPaidFor": inventor.happens(0.5),
    }


def _invent_form(inventor: FakeData) -> dict[str, Any]:
    # The order of these draws decides which invoices a seed makes.
    kind = inventor.pick(TYPES)
    place = inventor.pick(PLACES)
    form: dict[str, Any] = {"type": kind}
    count = inventor.number(1, 5)
    form["items"] = [_invent_item(inventor) for _ in range(count)]
    form["customer"] = inventor.pick((None, 812, 813, 814, 815))
    form["rounding"] = {"mode": inventor.pick(MODES), "rule": inventor.pick(RULES)}
    if inventor.happens(0.3):
        percent = inventor.number(1, 4) * 5
        form["discounts"] = [{"type": "PercentOff", "value": percent}]
    form["billingAddress"] = _invent_address(inventor, place)
    if kind == "CreditNote":
        form["referenceType"] = "Invoice"
    else:
        form["shippingMethod"] = 3
        form["paymentMethod"] = inventor.pick((5, 8))
    if kind == "ShippingInvoice":
        form.update(_invent_transport(inventor))
    return form


def _invent_item(inventor: FakeData) -> dict[str, Any]:
    product = inventor.pick(PRODUCTS)
    return {
        "sku": product.sku,
        "name": product.name,
        "price": product.price,
        "weight": product.weight,
        "quantity": inventor.number(1, 6),
        "taxClass": inventor.pick((2, 2, 2, 1, 3)),
    }


def _invent_address(inventor: FakeData, place: Place) -> dict[str, str]:
    first, last = inventor.person()
    company = f"Studio {last}" if inventor.happens(0.3) else ""
    return {
        "firstName": first,
        "lastName": last,
        "companyName": company,
        "street1": inventor.street(),
        "city": place.city,
        "postalCode": place.postal_code,
        "stateProv": place.state,
        "country": place.country,
        "email": f"{first}@{last}.example".lower(),
    }


def _invent_transport(inventor: FakeData) -> dict[str, Any]:
    return {
        "numberOfPackages": inventor.number(1, 4),
        "porto": inventor.pick(("Franco", "Assegnato", None)),
        "goodsAppearance": "Cartons",
        "trackingNumber": "LC-" + inventor.code("0123456789", 6),
        "transportReason": "Sale",
    }
