"""Invented orders of a shop at Flow. The same seed and name make the same order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from ... import exact_json
from ...exact_json import Raw
from ...fake_data import PRODUCTS, FakeData
from .prices import EXACT, round_price, show_levy, show_price

ENTITY = {
    "organization": {"id": "flow"},
    "name": "Flow Commerce Limited",
    "vat": {"number": "GB000111222", "country": "GBR"},
    "identifiers": [{"name": "ioss", "number": "IM3720000001", "issuing_country": "IRL"}],
    "streets": ["2 Quayside Row"],
    "city": "Dublin",
    "postal": "D02 X285",
    "country": "IRL",
    "phone": "+353 1 555 0100",
    "email": "care@flow.example",
}
CENTER = {
    "id": "cen-51e0aa73c8",
    "key": "north",
    "name": "Northern warehouse",
    "address": {
        "streets": ["8 Dockside Way"],
        "city": "Rotterdam",
        "postal": "3011 AA",
        "country": "NLD",
    },
}


@dataclass(frozen=True, slots=True)
class Market:
    """A country that the shop sells to. `worth` is one euro in its currency."""

    country: str
    city: str
    postal: str
    currency: str
    worth: Decimal
    tax: Decimal
    duty: Decimal


def _make_market(
    country: str, city: str, postal: str, currency: str, worth: str, tax: str, duty: str = "0"
) -> Market:
    return Market(country, city, postal, currency, Decimal(worth), Decimal(tax), Decimal(duty))


MARKETS = (
    _make_market("GBR", "Leeds", "LS1 4XX", "GBP", worth="0.86", tax="0.2", duty="0.05"),
    _make_market("DEU", "Lübeck", "23552", "EUR", worth="1", tax="0.19"),
    _make_market("FRA", "Dijon", "21000", "EUR", worth="1", tax="0.2"),
    _make_market("CAN", "Guelph", "N1H 3A1", "CAD", worth="1.48", tax="0.13", duty="0.065"),
    _make_market("USA", "Dayton", "45402", "USD", worth="1.09", tax="0.0725"),
    _make_market("JPN", "Nara", "630-8001", "JPY", worth="163", tax="0.1", duty="0.03"),
)


@dataclass(frozen=True)
class Order:
    """An order: the data that its invoices share, and the lines of each."""

    currency: str
    parts: tuple[tuple[dict[str, Any], ...], ...]
    payment: str
    shown: dict[str, Raw]
    shown_lines: tuple[Raw, ...]


def invent_order(inventor: FakeData, parts: int) -> Order:
    """Invent an order that is fulfilled in a number of parts."""
    market = inventor.pick(MARKETS)
    business = inventor.happens(0.25)
    lines = []
    for part in range(1, parts + 1):
        lines.append(_invent_lines(inventor, market, last=part == parts))
    card = inventor.pick(("Visa", "Mastercard"))
    digits = inventor.code("0123456789", 4)
    consumer = _invent_consumer(inventor, market, business)
    return Order(
        currency=market.currency,
        parts=tuple(lines),
        payment=f"{card} ending in {digits}",
        shown={name: _write(value) for name, value in consumer.items()},
        shown_lines=tuple(_write(list(each)) for each in lines),
    )


def total_lines(lines: tuple[dict[str, Any], ...]) -> Decimal:
    """Return the total of lines, including taxes and duties."""
    with localcontext(EXACT):
        return sum((_total_line(each) for each in lines), Decimal(0))


def _total_line(line: dict[str, Any]) -> Decimal:
    prefix = "unit_" if line["discriminator"] == "item" else ""
    total = Decimal(0)
    for name in (f"{prefix}price", f"{prefix}discount"):
        if name in line:
            total += Decimal(line[name]["amount"])
    for name in (f"{prefix}tax", f"{prefix}duty"):
        if name in line:
            total += Decimal(line[name]["value"]["amount"])
    return total * Decimal(line.get("quantity", 1))


def _invent_lines(inventor: FakeData, market: Market, *, last: bool) -> tuple[dict[str, Any], ...]:
    lines = [_invent_item(inventor, market) for _ in range(inventor.number(1, 3))]
    if last and inventor.happens(0.2):
        price = round_price(-5 * market.worth, market.currency)
        lines.append({"discriminator": "discount", "price": show_price(price, market.currency)})
    if last:
        euros = inventor.number(4, 19)
        price = round_price(euros * market.worth / 2, market.currency)
        shipping = {"discriminator": "shipping", "price": show_price(price, market.currency)}
        lines.append({**shipping, **_levy(market, "", price, dutiable=False)})
    return tuple(lines)


def _invent_item(inventor: FakeData, market: Market) -> dict[str, Any]:
    product = inventor.pick(PRODUCTS)
    price = round_price(product.price * market.worth, market.currency)
    discount = Decimal(0)
    if inventor.happens(0.3):
        discount = round_price(price / -10, market.currency)
    shown = {
        "discriminator": "item",
        "item": {"number": product.sku},
        "description": product.name,
        "quantity": inventor.number(1, 4),
        "unit_price": show_price(price, market.currency),
    }
    if discount:
        shown["unit_discount"] = show_price(discount, market.currency)
    return {**shown, **_levy(market, "unit_", price + discount, dutiable=True)}


def _levy(market: Market, prefix: str, price: Decimal, *, dutiable: bool) -> dict[str, Any]:
    """Return the tax on a price, and the duty if there is one."""
    rates = {"tax": market.tax}
    if market.duty and dutiable:
        rates["duty"] = market.duty
    levies = {}
    for name, rate in rates.items():
        amount = round_price(price * rate, market.currency)
        levies[f"{prefix}{name}"] = show_levy(rate, amount, market.currency)
    return levies


def _invent_consumer(inventor: FakeData, market: Market, business: bool) -> dict[str, Any]:
    first, last = inventor.person()
    address = {
        "streets": [inventor.street()],
        "city": market.city,
        "postal": market.postal,
        "country": market.country,
    }
    company = {"company": f"Studio {last}"} if business else {}
    name = {"first": first, "last": last}
    contact = {"name": name, **company, "email": f"{first}@{last}.example".lower()}
    verified = {"result": "valid", "company_name": company.get("company")}
    number = f"{market.country[:2]}{inventor.code('0123456789', 9)}"
    lookup = {
        "id": f"trg-{number[2:]}",
        "key": f"vat-{number}",
        "number": number,
        "timestamp": "2026-01-05T08:00:00.000Z",
    }
    consumer = {
        "entity": ENTITY,
        "center": CENTER,
        "destination": {**address, "contact": contact},
        "billing_address": {"name": name, **address, **company},
        "customer_type": "business_non_verified" if business else "individual",
    }
    if business:
        consumer["tax_registration"] = {**lookup, **verified}
    return consumer


def _write(value: Any) -> Raw:
    return Raw(exact_json.encode(value))
