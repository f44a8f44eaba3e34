"""The store's arithmetic: lines, discounts, costs, taxes and totals, exact until it is rounded.

Open2b documents the fields, the rounding modes and the rules by name only. The sandbox assumes:

- PerItem rounds the price and the tax of one unit, PerLine those of the line, Total neither.
- Discounts apply one after the other. An amount off cannot make the subtotal negative.
- The total is the discounted subtotal with the costs of shipping and payment.
- The tax of a class is computed once, from its share of the total. The last class has the
  remainder, so that the shares add up.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import (
    ROUND_DOWN,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Decimal,
    localcontext,
)
from fractions import Fraction
from typing import Any

from .drafts import Draft, name_country
from .store import (
    NO_TAX,
    PAYMENT_METHODS,
    SHIPPING_METHODS,
    TAX_AREAS,
    TAX_CLASSES,
    Method,
    TaxClass,
)

MODES = {
    "Down": ROUND_DOWN,
    "HalfDown": ROUND_HALF_DOWN,
    "HalfEven": ROUND_HALF_EVEN,
    "HalfUp": ROUND_HALF_UP,
}
LARGEST = Decimal(10) ** 8  # too large for decimal[10,2]
HEAVIEST = Decimal(10) ** 5  # too large for decimal[8,3]


class ZeroSubtotal(Exception):
    """An amount off is applied to a subtotal of zero."""


class TooLarge(Exception):
    """A total has more digits than its field allows."""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The rounding and taxation of one invoice."""

    mode: str
    rule: str
    taxed: bool

    def round(self, amount: Fraction, places: int = 2) -> Decimal:
        """Round an exact amount."""
        with localcontext(prec=60):
            quotient = Decimal(amount.numerator) / amount.denominator
            unit = Decimal(1).scaleb(-places)
            return quotient.quantize(unit, MODES[self.mode]) + 0  # + 0 turns -0 into 0

    def round_if(self, rule: str, amount: Fraction) -> Fraction:
        """Round an exact amount if the invoice has this rule."""
        return Fraction(self.round(amount)) if self.rule == rule else amount

    def find_tax(self, tax_class: int | None) -> tuple[TaxClass, Decimal]:
        """Return a tax class and its rate in percent."""
        found = TAX_CLASSES[tax_class] if tax_class else NO_TAX
        return found, found.rate if self.taxed else NO_TAX.rate


@dataclass(frozen=True, slots=True)
class Line:
    """The net amount and the tax of one line."""

    tax_class: int | None
    net: Fraction
    tax: Fraction


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of shipping or payment."""

    id: int
    method: Method
    amount: Decimal


def total_invoice(draft: Draft) -> dict[str, Any]:
    """Compute all fields of an invoice that follow from its draft.

    Raises:
        ZeroSubtotal: an amount off is applied to a subtotal of zero.
        TooLarge: a total does not fit its field.
    """
    store = Arithmetic(**draft["rounding"], taxed=TAX_AREAS[name_country(draft)].taxed)
    lines = [_reckon_line(each, store) for each in draft["items"]]
    items = []
    for item, line in zip(draft["items"], lines, strict=True):
        items.append(_show_item(item, line, store))
    result = {
        "items": items,
        **_total_lines(draft, lines, store),
        **_measure(draft["items"], store),
    }
    _check_size(result)
    return result


def _total_lines(draft: Draft, lines: list[Line], store: Arithmetic) -> dict[str, Any]:
    net = sum((each.net for each in lines), Fraction())
    gross = net + sum((each.tax for each in lines), Fraction())
    kept = _apply_discounts(draft, gross if draft["discountsIncludeTaxes"] else net)
    subtotals = {
        "prediscountSubtotal": store.round(net),
        "taxedPrediscountSubtotal": store.round(gross),
        "subtotal": store.round(net * kept),
        "taxedSubtotal": store.round(gross * kept),
    }
    return subtotals | _total_taxes(draft, lines, kept, subtotals["subtotal"], store)


def _total_taxes(
    draft: Draft, lines: list[Line], kept: Fraction, subtotal: Decimal, store: Arithmetic
) -> dict[str, Any]:
    shipping, payment = find_costs(draft)
    costs = [each for each in (shipping, payment) if each]
    total = subtotal
    for cost in costs:
        total += store.round(Fraction(cost.amount))
    shares = _share(lines, kept, costs, total, store)
    taxes = [_levy(tax_class, share, store) for tax_class, share in shares.items() if tax_class]
    tax_amount = sum((each["amount"] for each in taxes), Decimal("0.00"))
    methods = {
        "shippingMethod": shipping and _show_cost(shipping, store),
        "paymentMethod": payment and _show_cost(payment, store),
    }
    return {
        **methods,
        "taxes": taxes,
        "taxAmount": tax_amount,
        "total": total,
        "taxedTotal": total + tax_amount,
    }


def _measure(items: list[Draft], store: Arithmetic) -> dict[str, Decimal]:
    weight = Fraction()
    quantity = Decimal("0.00")
    for item in items:
        weight += Fraction(item["weight"]) * Fraction(item["quantity"])
        quantity += item["quantity"]
    return {"quantity": quantity, "weight": store.round(weight, 3)}


def find_costs(draft: Draft) -> tuple[Cost | None, Cost | None]:
    """Return the costs of shipping and payment: the caller's, or else those of the methods."""
    return (
        _find_cost(SHIPPING_METHODS, draft["shippingMethod"], draft["shippingCost"]),
        _find_cost(PAYMENT_METHODS, draft["paymentMethod"], draft["paymentCost"]),
    )


def _find_cost(
    methods: dict[int, Method], number: int | None, given: Decimal | None
) -> Cost | None:
    if not number:
        return None
    method = methods[number]
    amount = method.cost if given is None else given
    return Cost(number, method, amount)


def _reckon_line(item: Draft, store: Arithmetic) -> Line:
    quantity = Fraction(item["quantity"])
    _, percent = store.find_tax(item["taxClass"])
    rate = Fraction(percent) / 100
    price = store.round_if("PerItem", Fraction(item["price"]))
    net = _round_line(price * quantity, store)
    if store.rule == "PerItem":
        tax = store.round_if("PerItem", price * rate) * quantity
    else:
        tax = net * rate
    return Line(item["taxClass"], net, _round_line(tax, store))


def _round_line(amount: Fraction, store: Arithmetic) -> Fraction:
    """Round an amount of a line, unless the rule is Total."""
    return store.round_if("PerLine", store.round_if("PerItem", amount))


def _apply_discounts(draft: Draft, amount: Fraction) -> Fraction:
    """Return the share of the subtotal that remains after discounts."""
    left = amount
    for discount in draft["discounts"]:
        value = Fraction(discount["value"])
        if discount["type"] == "AmountOff" and left <= 0:
            raise ZeroSubtotal
        if discount["type"] == "PercentOff":
            left *= 1 - value / 100
        else:
            left = max(left - value, Fraction())
    return left / amount if amount else Fraction(1)


def _share(
    lines: list[Line], kept: Fraction, costs: list[Cost], total: Decimal, store: Arithmetic
) -> dict[int | None, Decimal]:
    """Divide the total among tax classes, in the order in which they occur."""
    exact: defaultdict[int | None, Fraction] = defaultdict(Fraction)
    for line in lines:
        exact[line.tax_class] += line.net * kept
    for cost in costs:
        exact[cost.method.tax_class] += Fraction(cost.amount)
    shares = {tax_class: store.round(amount) for tax_class, amount in exact.items()}
    if shares:
        *_, last = shares
        shares[last] += total - sum(shares.values())
    return shares


def _levy(number: int, share: Decimal, store: Arithmetic) -> dict[str, Any]:
    tax_class, rate = store.find_tax(number)
    amount = store.round(Fraction(share) * Fraction(rate) / 100)
    return {
        "code": tax_class.code,
        "name": tax_class.name,
        "rate": rate,
        "taxableTotal": share,
        "amount": amount,
    }


def _show_item(item: Draft, line: Line, store: Arithmetic) -> dict[str, Any]:
    tax_class, rate = store.find_tax(item["taxClass"])
    return {
        **{name: item[name] for name in ("sku", "name", "quantity", "price")},
        "totalPrice": store.round(line.net),
        "weight": item["weight"],
        "taxCode": tax_class.code,
        "taxRate": rate,
        "taxAmount": store.round(line.tax),
        "requests": item["requests"],
    }


def _show_cost(cost: Cost, store: Arithmetic) -> dict[str, Any]:
    tax_class, rate = store.find_tax(cost.method.tax_class)
    tax = store.round(Fraction(cost.amount) * Fraction(rate) / 100)
    shown = {"id": cost.id, "name": cost.method.name, "cost": cost.amount}
    return {**shown, "taxCode": tax_class.code, "taxRate": rate, "taxAmount": tax}


def _check_size(totals: dict[str, Any]) -> None:
    if totals["weight"] >= HEAVIEST:
        raise TooLarge
    for shown in (totals, *totals["items"]):
        for value in shown.values():
            if isinstance(value, Decimal) and abs(value) >= LARGEST:
                raise TooLarge
