"""The store's arithmetic: lines, discounts, costs, taxes and totals, exact until it is rounded.

Open2b documents the fields, the rounding modes and the rules by name alone; how they work together is our reading:

- PerItem rounds the price of one unit and its tax, PerLine the line and its tax, Total neither.
- Discounts follow each other. An amount off takes at most what is left.
- The total is the discounted subtotal with the costs of shipping and payment.
- The tax of a class is levied once, on its share of the total; the last class has what is left, so that shares add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

from .drafts import Draft, name_country
from .store import NO_TAX, PAYMENT_METHODS, SHIPPING_METHODS, TAX_AREAS, TAX_CLASSES, Method, TaxClass

MODES = {"Down": ROUND_DOWN, "HalfDown": ROUND_HALF_DOWN, "HalfEven": ROUND_HALF_EVEN, "HalfUp": ROUND_HALF_UP}
LARGEST = Decimal(10) ** 8  # what decimal[10,2] cannot hold
HEAVIEST = Decimal(10) ** 5  # what decimal[8,3] cannot hold


class ZeroSubtotal(Exception):
    """An amount off meets a subtotal of zero."""


class TooLarge(Exception):
    """A total has more digits than its field holds."""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How amounts are rounded and taxed in one invoice."""

    mode: str
    rule: str
    taxed: bool

    def round(self, amount: Fraction, places: int = 2) -> Decimal:
        """Round an exact amount."""
        with localcontext(prec=60):
            quotient = Decimal(amount.numerator) / amount.denominator
            return quotient.quantize(Decimal(1).scaleb(-places), MODES[self.mode]) + 0

    def round_if(self, rule: str, amount: Fraction) -> Fraction:
        """Round an exact amount if the invoice's rule is this one."""
        return Fraction(self.round(amount)) if self.rule == rule else amount

    def find_tax(self, tax_class: int | None) -> tuple[TaxClass, Decimal]:
        """Return a tax class and its rate in percent."""
        found = TAX_CLASSES[tax_class] if tax_class else NO_TAX
        return found, found.rate if self.taxed else NO_TAX.rate


@dataclass(frozen=True, slots=True)
class Line:
    """What one line comes to."""

    tax_class: int | None
    net: Fraction
    tax: Fraction


@dataclass(frozen=True, slots=True)
class Cost:
    """What shipping or payment costs."""

    id: int
    method: Method
    amount: Decimal


def total_invoice(draft: Draft) -> dict[str, Any]:
    """Work out everything about an invoice that follows from its draft.

    Raises:
        ZeroSubtotal: an amount off meets a subtotal of zero.
        TooLarge: a total does not fit its field.
    """
    store = Arithmetic(**draft["rounding"], taxed=TAX_AREAS[name_country(draft)].taxed)
    lines = [_reckon_line(each, store) for each in draft["items"]]
    result = {
        "items": [_show_item(item, line, store) for item, line in zip(draft["items"], lines, strict=True)],
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


def _total_taxes(draft: Draft, lines: list[Line], kept: Fraction, subtotal: Decimal, store: Arithmetic) -> dict[str, Any]:
    shipping, payment = find_costs(draft)
    costs = [each for each in (shipping, payment) if each]
    total = subtotal + sum((store.round(Fraction(each.amount)) for each in costs), Decimal(0))
    shares = _share(lines, kept, costs, total, store)
    taxes = [_levy(tax_class, share, store) for tax_class, share in shares.items() if tax_class]
    tax_amount = sum((each["amount"] for each in taxes), Decimal("0.00"))
    methods = {
        "shippingMethod": shipping and _show_cost(shipping, store),
        "paymentMethod": payment and _show_cost(payment, store),
    }
    return {**methods, "taxes": taxes, "taxAmount": tax_amount, "total": total, "taxedTotal": total + tax_amount}


def _measure(items: list[Draft], store: Arithmetic) -> dict[str, Decimal]:
    weight = sum((Fraction(each["weight"]) * Fraction(each["quantity"]) for each in items), Fraction())
    quantity = sum((each["quantity"] for each in items), Decimal("0.00"))
    return {"quantity": quantity, "weight": store.round(weight, 3)}


def find_costs(draft: Draft) -> tuple[Cost | None, Cost | None]:
    """What shipping and payment cost: what the caller says, or else the method."""
    return (
        _find_cost(SHIPPING_METHODS, draft["shippingMethod"], draft["shippingCost"]),
        _find_cost(PAYMENT_METHODS, draft["paymentMethod"], draft["paymentCost"]),
    )


def _find_cost(methods: dict[int, Method], number: int | None, given: Decimal | None) -> Cost | None:
    return Cost(number, methods[number], methods[number].cost if given is None else given) if number else None


def _reckon_line(item: Draft, store: Arithmetic) -> Line:
    quantity, rate = Fraction(item["quantity"]), Fraction(store.find_tax(item["taxClass"])[1]) / 100
    price = store.round_if("PerItem", Fraction(item["price"]))
    net = store.round_if("PerLine", store.round_if("PerItem", price * quantity))
    tax = store.round_if("PerItem", price * rate) * quantity if store.rule == "PerItem" else net * rate
    return Line(item["taxClass"], net, store.round_if("PerLine", store.round_if("PerItem", tax)))


def _apply_discounts(draft: Draft, amount: Fraction) -> Fraction:
    """Return the part of the subtotal that discounts leave."""
    left = amount
    for discount in draft["discounts"]:
        value = Fraction(discount["value"])
        if discount["type"] == "AmountOff" and left <= 0:
            raise ZeroSubtotal
        left = left * (1 - value / 100) if discount["type"] == "PercentOff" else max(left - value, Fraction())
    return left / amount if amount else Fraction(1)


def _share(lines: list[Line], kept: Fraction, costs: list[Cost], total: Decimal, store: Arithmetic) -> dict[int | None, Decimal]:
    """Divide the total among tax classes, in the order in which they occur."""
    exact: dict[int | None, Fraction] = {}
    for line in lines:
        exact[line.tax_class] = exact.get(line.tax_class, Fraction()) + line.net * kept
    for cost in costs:
        exact[cost.method.tax_class] = exact.get(cost.method.tax_class, Fraction()) + Fraction(cost.amount)
    shares = {tax_class: store.round(amount) for tax_class, amount in exact.items()}
    if shares:
        shares[list(shares)[-1]] += total - sum(shares.values())
    return shares


def _levy(number: int, share: Decimal, store: Arithmetic) -> dict[str, Any]:
    tax_class, rate = store.find_tax(number)
    amount = store.round(Fraction(share) * Fraction(rate) / 100)
    return {"code": tax_class.code, "name": tax_class.name, "rate": rate, "taxableTotal": share, "amount": amount}


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
    amounts = [each[name] for each in [totals, *totals["items"]] for name in each if isinstance(each[name], Decimal)]
    if max(map(abs, amounts)) >= LARGEST or totals["weight"] >= HEAVIEST:
        raise TooLarge
