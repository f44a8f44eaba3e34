"""The amounts of an e-invoice: made consistent as the standard asks, from those of an Invoice.

The standard adds exactly: lines, discounts and charges of a tax category make its taxable amount,
and these the totals. Platforms round at other places. So

- taxes of one category and rate are merged, because each may be there only once;
- the discount of a category is what its lines and charges have more than its taxable amount, which
  is how platforms divide a discount; if they have less, the difference is a charge, "Rounding";
- customs duty, for which the standard has no term, is a charge;
- a discount that taxes were not reduced by is one of the category E, with its reason;
- a tax that is the sum of rounded ones can differ by a whole unit if a currency has no cents, which
  BR-CO-17 forbids: then it is the rate of the taxable amount;
- what then remains between the totals and the platform's own is rounding (BT-114).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct, structs

from ..decimals import ZERO, count_decimals, round_to
from ..invoice import Invoice, Totals
from ..invoice_parts import Charge, Line
from .charge_classes import Class, find_classes
from .facts import Facts

MOST_DECIMALS = 2
CHARGE_NAMES = {"shipping": "Shipping", "payment": "Payment"}
UNTAXED = "E"
UNTAXED_REASON = "Discount that does not reduce the tax"
NO_RATE = "O"  # the category that has no rate


class Adjustment(Struct, frozen=True):
    """A discount (BG-20) or charge (BG-21) of one tax category."""

    amount: Decimal
    reason: str
    category: str | None
    rate: Decimal | None


class TaxPart(Struct, frozen=True):
    """The tax of one category and rate (BG-23)."""

    category: str | None
    rate: Decimal | None
    taxable: Decimal
    amount: Decimal
    exemption: str | None
    exemption_code: str | None


class Amounts(Struct, frozen=True):
    """All amounts of an e-invoice. `difference` is what no term can contain."""

    lines: tuple[Decimal | None, ...]
    discounts: tuple[Adjustment, ...]
    charges: tuple[Adjustment, ...]
    taxes: tuple[TaxPart, ...]
    totals: Totals
    difference: Decimal


def work_out(invoice: Invoice, facts: Facts) -> Amounts:
    """Return the amounts of an e-invoice. An unknown one of a line is None."""
    decimals = min(count_decimals(invoice.currency or ""), MOST_DECIMALS)
    rounder = Rounder(decimals)
    lines = tuple(rounder.round(line.net) for line in invoice.lines or ())
    taxes = _merge_taxes(invoice, rounder)
    tolerance = rounder.unit * max(1, count_parts(invoice))
    untaxed = _find_untaxed_discount(invoice, taxes, tolerance)
    if untaxed:
        taxes = [structs.replace(taxes[0], taxable=taxes[0].taxable + untaxed)]
    taxes = [_fit_rate(one, rounder, tolerance) for one in taxes]
    charges = list(_list_charges(invoice, taxes, lines, rounder, tolerance))
    discounts, surplus = _divide_discounts(invoice, lines, charges, taxes, rounder)
    charges += surplus
    if untaxed:
        discounts.append(Adjustment(untaxed, "Discount", UNTAXED, ZERO))
        zero = untaxed - untaxed
        taxes.append(TaxPart(UNTAXED, ZERO, -untaxed, zero, UNTAXED_REASON, None))
    duties = list(_list_duties(invoice, facts, rounder))
    charges += duties
    taxes = _merge_parts([*taxes, *(_make_duty_tax(duty, facts) for duty in duties)])
    totals, difference = _add_up(invoice, lines, discounts, charges, taxes, rounder)
    return Amounts(lines, tuple(discounts), tuple(charges), tuple(taxes), totals, difference)


class Rounder(Struct, frozen=True):
    """Rounds amounts to the decimals of their currency."""

    decimals: int

    @property
    def unit(self) -> Decimal:
        """The smallest amount of the currency."""
        return Decimal(1).scaleb(-self.decimals)

    def round(self, amount: Decimal | None) -> Decimal | None:
        """Return the amount with just these decimals; None stays None."""
        return None if amount is None else self.fix(amount)

    def fix(self, amount: Decimal) -> Decimal:
        """Return the amount with just these decimals, a half rounded up."""
        rounded = round_to(amount, self.decimals, ROUND_HALF_UP)
        return rounded.quantize(self.unit)


def count_parts(invoice: Invoice) -> int:
    """Return how many parts may have been rounded: lines, charges and taxes."""
    parts = (invoice.lines, invoice.charges, invoice.taxes)
    return sum(len(one or ()) for one in parts)


def find_class(part: Line | Charge) -> Class:
    """Return the category and rate of a part; the rate of a category without one is None."""
    return normalise(part.tax_category, part.tax_rate)


def normalise(category: str | None, rate: Decimal | None) -> Class:
    """Return a category with its rate as it is compared: without zeros at its end."""
    if category == NO_RATE:
        return category, None
    return category, None if rate is None else _shorten(rate)


def _shorten(rate: Decimal) -> Decimal:
    """Return a rate without zeros at the end of its decimals: 22.00 is 22, and 10 stays 10."""
    short = rate.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short


def _list_charges(
    invoice: Invoice,
    taxes: list[TaxPart],
    lines: tuple[Decimal | None, ...],
    rounder: Rounder,
    tolerance: Decimal,
) -> Iterator[Adjustment]:
    """Yield the charges. Those without a category have that of the class that has them."""
    charges = [one for one in invoice.charges or () if one.net]
    places = [find_class(one) for one in charges]
    amounts = [rounder.fix(one.net or ZERO) for one in charges]
    of_lines: dict[Class, Decimal] = {}
    for line, net in zip(invoice.lines or (), lines, strict=True):
        place = find_class(line)
        of_lines[place] = of_lines.get(place, ZERO) + (net or ZERO)
    known: dict[Class, Decimal] = {}
    for place, amount in zip(places, amounts, strict=True):
        known[place] = known.get(place, ZERO) + amount
    open_ones = [index for index, (category, _) in enumerate(places) if category is None]
    taxable = {(one.category, one.rate): one.taxable for one in taxes}
    found = find_classes(
        [amounts[index] for index in open_ones], of_lines, known, taxable, tolerance
    )
    for index, place in zip(open_ones, found or (), strict=False):
        places[index] = place
    for charge, amount, place in zip(charges, amounts, places, strict=True):
        yield Adjustment(amount, charge.name or CHARGE_NAMES[charge.kind], *place)


def _list_duties(invoice: Invoice, facts: Facts, rounder: Rounder) -> list[Adjustment]:
    """Return customs duty as a charge. Its tax, if any, is in the amounts of the other taxes."""
    duty = invoice.totals.duty if invoice.totals else None
    if not duty:
        return []
    rate = None if facts.duty_category == NO_RATE else ZERO
    return [Adjustment(rounder.fix(duty), "Customs duty", facts.duty_category, rate)]


def _make_duty_tax(duty: Adjustment, facts: Facts) -> TaxPart:
    zero = duty.amount - duty.amount
    return TaxPart(duty.category, duty.rate, duty.amount, zero, facts.duty_reason, None)


def _merge_taxes(invoice: Invoice, rounder: Rounder) -> list[TaxPart]:
    """Return one tax for each category and rate, in the order of the invoice."""
    parts = []
    for tax in invoice.taxes or ():
        taxable = rounder.fix(tax.taxable or ZERO)
        amount = rounder.fix(tax.amount or ZERO)
        place = normalise(tax.category, tax.rate)
        parts.append(TaxPart(*place, taxable, amount, tax.exemption, tax.exemption_code))
    return _merge_parts(parts)


def _merge_parts(parts: list[TaxPart]) -> list[TaxPart]:
    merged: dict[Class, TaxPart] = {}
    for one in parts:
        place = (one.category, one.rate)
        before = merged.get(place)
        if before is not None:
            one = structs.replace(
                before,
                taxable=before.taxable + one.taxable,
                amount=before.amount + one.amount,
                exemption=before.exemption or one.exemption,
                exemption_code=before.exemption_code or one.exemption_code,
            )
        merged[place] = one
    return list(merged.values())


def _find_untaxed_discount(
    invoice: Invoice, taxes: list[TaxPart], tolerance: Decimal
) -> Decimal | None:
    """Return the discount if the tax is that of the amount before it; None otherwise.

    This can be told if there is a single tax class.
    """
    discount = invoice.totals.discount if invoice.totals else None
    if not discount or len(taxes) != 1:
        return None
    [tax] = taxes
    if _differ(tax, tax.taxable) <= tolerance:
        return None
    return discount if _differ(tax, tax.taxable + discount) <= tolerance else None


def _differ(tax: TaxPart, taxable: Decimal) -> Decimal:
    return abs(tax.amount - taxable * (tax.rate or ZERO).scaleb(-2))


def _fit_rate(tax: TaxPart, rounder: Rounder, tolerance: Decimal) -> TaxPart:
    """Return a tax that BR-CO-17 accepts, if only rounding makes the difference."""
    difference = _differ(tax, tax.taxable)
    if difference < 1 or difference > tolerance:
        return tax
    return structs.replace(tax, amount=rounder.fix(tax.taxable * (tax.rate or ZERO).scaleb(-2)))


def _divide_discounts(
    invoice: Invoice,
    lines: tuple[Decimal | None, ...],
    charges: list[Adjustment],
    taxes: list[TaxPart],
    rounder: Rounder,
) -> tuple[list[Adjustment], list[Adjustment]]:
    """Return the discount of each tax class, and what a class has too little, as charges."""
    bases: dict[Class, Decimal] = {}
    for line, net in zip(invoice.lines or (), lines, strict=True):
        place = find_class(line)
        bases[place] = bases.get(place, ZERO) + (net or ZERO)
    for charge in charges:
        place = (charge.category, charge.rate)
        bases[place] = bases.get(place, ZERO) + charge.amount
    discounts: list[Adjustment] = []
    surplus: list[Adjustment] = []
    reason = "Discount" if invoice.discounts else "Rounding"
    for tax in taxes:
        place = (tax.category, tax.rate)
        difference = rounder.fix(bases.get(place, ZERO) - tax.taxable)
        if difference > 0:
            discounts.append(Adjustment(difference, reason, *place))
        elif difference < 0:
            surplus.append(Adjustment(-difference, "Rounding", *place))
    return discounts, surplus


def _add_up(
    invoice: Invoice,
    lines: tuple[Decimal | None, ...],
    discounts: list[Adjustment],
    charges: list[Adjustment],
    taxes: list[TaxPart],
    rounder: Rounder,
) -> tuple[Totals, Decimal]:
    given = invoice.totals or Totals()
    lines_net = rounder.fix(sum((net or ZERO for net in lines), ZERO))
    discount = rounder.fix(sum((one.amount for one in discounts), ZERO))
    charged = rounder.fix(sum((one.amount for one in charges), ZERO))
    net = lines_net - discount + charged
    tax = rounder.fix(sum((one.amount for one in taxes), ZERO))
    gross = net + tax
    difference = ZERO if given.gross is None else rounder.fix(given.gross) - gross
    prepaid = rounder.fix(_find_prepaid(invoice))
    totals = Totals(
        lines_net=lines_net,
        discount=discount if discounts else None,
        charges=charged if charges else None,
        net=net,
        tax=tax,
        gross=gross,
        prepaid=prepaid if prepaid else None,
        rounding=difference if difference else None,
        due=gross + difference - prepaid,
    )
    return totals, difference


def _find_prepaid(invoice: Invoice) -> Decimal:
    """Return what was paid: as the platform sends it, or all if it says that it was paid."""
    totals = invoice.totals or Totals()
    if totals.prepaid is not None:
        return totals.prepaid
    if invoice.paid and totals.gross is not None:
        return totals.gross
    return ZERO
