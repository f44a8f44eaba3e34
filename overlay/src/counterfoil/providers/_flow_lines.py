"""The lines of Flow's invoices, and the totals computed from them."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from .. import invoice as to
from ..decimals import ZERO, to_percent
from ._mapping import Notes

if TYPE_CHECKING:
    import counterfoil_flow as flow

WITH_TAX = (
    "discounts on the whole invoice include tax, and the record does not name its rate: the total "
    "without tax is left out"
)
TOO_LONG = "numbers with too many digits to be exact"
COMPUTED_TAXES: dict[str, to.Origin] = dict.fromkeys(
    ("taxes[].rate", "taxes[].taxable", "taxes[].amount"), "computed"
)
COMPUTED_TOTALS: dict[str, to.Origin] = dict.fromkeys(
    [f"totals.{name}" for name in to.Totals.__struct_fields__[:7]], "computed"
)


class Lines(Struct):
    """The lines of a document, by kind. A line that cannot be mapped is in `raw` only.

    Must be used within `with exact():`.
    """

    notes: Notes
    prices_include_tax: bool = False
    items: list[to.Line] = field(default_factory=list)
    charges: list[to.Charge] = field(default_factory=list)
    discounts: list[to.Discount] = field(default_factory=list)
    currencies: set[str] = field(default_factory=set)
    reductions: list[str] = field(default_factory=list)
    surcharges: list[str] = field(default_factory=list)

    def take(self, line: Any) -> None:
        """Map a line, and add it to the lines of its kind."""
        import counterfoil_flow as flow

        try:
            if isinstance(line, flow.ConsumerInvoiceLineItem):
                self.items.append(self._map_item(line))
            elif isinstance(line, flow.ConsumerInvoiceLineShipping):
                self.charges.append(self._map_shipping(line))
            elif isinstance(line, flow.ConsumerInvoiceLineDiscount):
                self.discounts.append(self._map_discount(line))
            else:
                text = "a line is of an unknown kind: it is in raw only, and totals are left out"
                self.notes.warn("unknown-line", "lines", text)
        except ArithmeticError:
            text = f"a line has {TOO_LONG}: it is in raw only, and totals are left out"
            self.notes.warn("too-many-digits", "lines", text)

    def _map_item(self, line: flow.ConsumerInvoiceLineItem) -> to.Line:
        prices = (line.unit_price, line.unit_discount, line.unit_tax, line.unit_duty)
        path = f"lines[{len(self.items)}].discount"
        return self._map_units(
            prices,
            Decimal(line.quantity),
            path,
            sku=line.item.number or None,
            name=line.description or None,
        )

    def _map_units(
        self,
        prices: tuple[Any, ...],
        quantity: Decimal,
        path: str,
        *,
        sku: str | None = None,
        name: str | None = None,
    ) -> to.Line:
        """Map the price, discount, tax and duty of one unit to a line of several units."""
        price, discount, tax, duty = prices
        self._add_currency(price)
        if tax:
            self._add_currency(tax.value)
        if duty:
            self._add_currency(duty.value)
        unit_net = price.amount
        unit_discount = None
        if discount:
            unit_discount = self._map_reduction(discount, path)
            unit_net -= unit_discount
        unit_tax = tax.value.amount if tax else ZERO
        gross = None
        unit_price = price.amount
        unit_price_gross = None
        if self.prices_include_tax:
            gross = unit_net * quantity
            unit_net -= unit_tax
            unit_price_gross = price.amount
            # What a discount is without tax is unknown, and so is the price before it.
            unit_price = None if unit_discount else price.amount - unit_tax
        return to.Line(
            sku=sku,
            name=name,
            quantity=quantity,
            unit_price=unit_price,
            unit_price_gross=unit_price_gross,
            net=unit_net * quantity,
            gross=gross,
            discount=None if unit_discount is None else unit_discount * quantity,
            tax_rate=to_percent(tax.rate) if tax else None,
            tax_amount=tax.value.amount * quantity if tax else None,
            duty_rate=to_percent(duty.rate) if duty else None,
            duty_amount=duty.value.amount * quantity if duty else None,
        )

    def _map_shipping(self, line: flow.ConsumerInvoiceLineShipping) -> to.Charge:
        prices = (line.price, line.discount, line.tax, line.duty)
        one = self._map_units(prices, Decimal(1), f"charges[{len(self.charges)}].net")
        if one.discount is not None:
            self.notes.provenance["charges[].net"] = "computed"
        return to.Charge(
            kind="shipping",
            net=one.net,
            tax_rate=one.tax_rate,
            tax_amount=one.tax_amount,
            duty_amount=one.duty_amount,
        )

    def _map_discount(self, line: flow.ConsumerInvoiceLineDiscount) -> to.Discount:
        count = len(self.discounts)
        amount = self._map_reduction(line.price, f"discounts[{count}].amount")
        return to.Discount(kind="amount", value=amount, amount=amount, position=count + 1)

    def _map_reduction(self, price: flow.Price, path: str) -> Decimal:
        """Return a discount, which is negative in Flow, as a positive amount."""
        self._add_currency(price)
        if price.amount > 0:
            self.surcharges.append(path)
        elif price.amount < 0:
            self.reductions.append(path)
        return -price.amount or ZERO  # not a negative zero

    def _add_currency(self, price: flow.Price) -> None:
        self.currencies.add(price.currency.strip().upper())

    def total(self, count: int, currency: str | None) -> to.Totals | None:
        """Return the totals of a document with `count` lines, assuming prices without tax.

        Return None if there are no lines, a line could not be mapped, or there is no currency.
        """
        mapped = len(self.items) + len(self.charges) + len(self.discounts)
        if not count or not currency or mapped < count:
            return None
        try:
            lines, *taxes_of_lines = _add_parts(self.items)
            charges, *taxes_of_charges = _add_parts(self.charges)
            tax, duty = map(operator.add, taxes_of_lines, taxes_of_charges)
            reduction = sum([one.amount for one in self.discounts if one.amount], ZERO)
            discount: Decimal | None = reduction
            net: Decimal | None = lines + charges - reduction
            gross = lines + charges - reduction + tax + duty
            if self.prices_include_tax and self.discounts:
                # These discounts include a part of the tax, which the record does not name.
                self.notes.warn("discount-with-tax", "totals.net", WITH_TAX)
                net = discount = None
        except ArithmeticError:
            text = f"the sums of the lines are {TOO_LONG}: totals are left out"
            self.notes.warn("too-many-digits", "totals", text)
            return None
        self.notes.provenance |= COMPUTED_TOTALS
        return to.Totals(
            lines_net=lines,
            discount=discount,
            charges=charges,
            net=net,
            tax=tax,
            duty=duty,
            gross=gross,
        )

    def divide_taxes(self, totals: to.Totals) -> tuple[to.TaxTotal, ...] | None:
        """Return the tax of each rate (BG-23), or None if discounts belong to an unknown one."""
        parts: dict[Decimal, list[Any]] = {}
        both: list[Any] = [*self.items, *self.charges]
        for part in both:
            parts.setdefault(part.tax_rate or ZERO, []).append(part)
        if self.discounts and (len(parts) > 1 or totals.net is None):
            return None
        self.notes.provenance |= COMPUTED_TAXES
        if len(parts) == 1:
            [rate] = parts
            return (to.TaxTotal(rate=rate, taxable=totals.net, amount=totals.tax),)
        taxes = []
        for rate, of_rate in parts.items():
            taxable, amount, _ = _add_parts(of_rate)
            taxes.append(to.TaxTotal(rate=rate, taxable=taxable, amount=amount))
        return tuple(taxes)

    def agree(self, count: int) -> str | None:
        """Return the currency of a document with `count` lines, if all prices have the same one."""
        if not count:
            self.notes.warn(
                "missing-lines", "lines", "the document has no lines: totals are left out"
            )
        if len(self.currencies) == 1 and "" not in self.currencies:
            self.notes.provenance["currency"] = "computed"
            [currency] = self.currencies
            return currency
        if "" in self.currencies or not self.currencies:
            text = "a line has no currency: the invoice has neither currency nor totals"
            self.notes.warn("missing-currency", "currency", text)
            return None
        listed = ", ".join(sorted(self.currencies))
        text = f"lines are in {listed}: the invoice has neither currency nor totals"
        self.notes.warn("mixed-currencies", "currency", text)
        return None


def _add_parts(parts: Iterable[Any]) -> tuple[Decimal, Decimal, Decimal]:
    """Return the sums of net, tax and duty of lines or charges. None counts as zero."""
    net = tax = duty = ZERO
    for part in parts:
        net += part.net
        tax += part.tax_amount or ZERO
        duty += part.duty_amount or ZERO
    return net, tax, duty
