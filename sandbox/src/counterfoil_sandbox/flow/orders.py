"""Invented orders of a shop at Flow: the same order for the same seed and name, with what its invoices say."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from .. import exact_json
from ..exact_json import Raw
from ..invention import PRODUCTS, Inventor
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
    "address": {"streets": ["8 Dockside Way"], "city": "Rotterdam", "postal": "3011 AA", "country": "NLD"},
}


@dataclass(frozen=True, slots=True)
class Market:
    """A country that the shop sells to: its currency, what a euro is there, its tax and duty."""

    country: str
    city: str
    postal: str
    currency: str
    worth: Decimal
    tax: Decimal
    duty: Decimal = Decimal(0)


MARKETS = (
    Market("GBR", "Leeds", "LS1 4XX", "GBP", Decimal("0.86"), Decimal("0.2"), Decimal("0.05")),
    Market("DEU", "Lübeck", "23552", "EUR", Decimal(1), Decimal("0.19")),
    Market("FRA", "Dijon", "21000", "EUR", Decimal(1), Decimal("0.2")),
    Market("CAN", "Guelph", "N1H 3A1", "CAD", Decimal("1.48"), Decimal("0.13"), Decimal("0.065")),
    Market("USA", "Dayton", "45402", "USD", Decimal("1.09"), Decimal("0.0725")),
    Market("JPN", "Nara", "630-8001", "JPY", Decimal(163), Decimal("0.1"), Decimal("0.03")),
)


@dataclass(frozen=True)
class Order:
    """What an order's invoices have in common, and the lines of each."""

    currency: str
    parts: tuple[tuple[dict[str, Any], ...], ...]
    payment: str
    shown: dict[str, Raw]
    shown_lines: tuple[Raw, ...]


def invent_order(inventor: Inventor, parts: int) -> Order:
    """Invent an order that is fulfilled in so many parts."""
    market, business = inventor.pick(MARKETS), inventor.happens(0.25)
    lines = tuple(_invent_lines(inventor, market, last=part == parts) for part in range(1, parts + 1))
    return Order(
        currency=market.currency,
        parts=lines,
        payment=f"{inventor.pick(('Visa', 'Mastercard'))} ending in {inventor.code('0123456789', 4)}",
        shown={name: _write(value) for name, value in _invent_consumer(inventor, market, business).items()},
        shown_lines=tuple(_write(list(each)) for each in lines),
    )


def total_lines(lines: tuple[dict[str, Any], ...]) -> Decimal:
    """What lines come to, taxes and duties included."""
    with localcontext(EXACT):
        return sum((_total_line(each) for each in lines), Decimal(0))


def _total_line(line: dict[str, Any]) -> Decimal:
    prefix = "unit_" if line["discriminator"] == "item" else ""
    levies = [line[f"{prefix}{name}"]["value"] for name in ("tax", "duty") if f"{prefix}{name}" in line]
    prices = [line[name] for name in (f"{prefix}price", f"{prefix}discount") if name in line]
    return sum((Decimal(each["amount"]) for each in [*prices, *levies]), Decimal(0)) * Decimal(line.get("quantity", 1))


def _invent_lines(inventor: Inventor, market: Market, *, last: bool) -> tuple[dict[str, Any], ...]:
    lines = [_invent_item(inventor, market) for _ in range(inventor.number(1, 3))]
    if last and inventor.happens(0.2):
        price = round_price(-5 * market.worth, market.currency)
        lines.append({"discriminator": "discount", "price": show_price(price, market.currency)})
    if last:
        price = round_price(inventor.number(4, 19) * market.worth / 2, market.currency)
        lines.append(
            {"discriminator": "shipping", "price": show_price(price, market.currency), **_levy(market, "", price, False)}
        )
    return tuple(lines)


def _invent_item(inventor: Inventor, market: Market) -> dict[str, Any]:
    product = inventor.pick(PRODUCTS)
    price = round_price(product.price * market.worth, market.currency)
    discount = round_price(price / -10, market.currency) if inventor.happens(0.3) else Decimal(0)
    return {
        "discriminator": "item",
        "item": {"number": product.sku},
        "description": product.name,
        "quantity": inventor.number(1, 4),
        "unit_price": show_price(price, market.currency),
        **({"unit_discount": show_price(discount, market.currency)} if discount else {}),
        **_levy(market, "unit_", price + discount, True),
    }


def _levy(market: Market, prefix: str, price: Decimal, dutiable: bool) -> dict[str, Any]:
    rates = {"tax": market.tax, **({"duty": market.duty} if market.duty and dutiable else {})}
    return {
        f"{prefix}{name}": show_levy(rate, round_price(price * rate, market.currency), market.currency)
        for name, rate in rates.items()
    }


def _invent_consumer(inventor: Inventor, market: Market, business: bool) -> dict[str, Any]:
    first, last = inventor.person()
    address = {"streets": [inventor.street()], "city": market.city, "postal": market.postal, "country": market.country}
    company = {"company": f"Studio {last}"} if business else {}
    name = {"first": first, "last": last}
    contact = {"name": name, **company, "email": f"{first}@{last}.example".lower()}
    verified = {"result": "valid", "company_name": company.get("company")}
    number = f"{market.country[:2]}{inventor.code('0123456789', 9)}"
    lookup = {"id": f"trg-{number[2:]}", "key": f"vat-{number}", "number": number, "timestamp": "2026-01-05T08:00:00.000Z"}
    return {
        "entity": ENTITY,
        "center": CENTER,
        "destination": {**address, "contact": contact},
        "billing_address": {"name": name, **address, **company},
        "customer_type": "business_non_verified" if business else "individual",
        **({"tax_registration": {**lookup, **verified}} if business else {}),
    }


def _write(value: Any) -> Raw:
    return Raw(exact_json.encode(value))
