"""The rules of EN 16931 about amounts, as its official validation checks them.

Each finding has the code of its rule. Tolerances are those of the official Schematron: it compares
sums exactly, and taxes with a difference of less than one unit of the currency. An amount that a
rule needs and that is unknown is a finding `not-checked`.

Customs duty, for which the standard has no term, counts as a charge; see `Totals`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal

from .decimals import ZERO, add_amounts, count_decimals
from .finding import Finding, compare, make_unchecked
from .invoice import Invoice, Line, TaxTotal, Totals

ONE = Decimal(1)
HALF = Decimal("0.5")
MOST_DECIMALS = 2
# The official names of the categories in the codes of their rules.
NAMES = {
    "S": "S",
    "Z": "Z",
    "E": "E",
    "AE": "AE",
    "K": "IC",
    "G": "G",
    "O": "O",
    "L": "AF",
    "M": "AG",
}
TAXED = frozenset({"S", "L", "M"})  # the categories whose taxes are by rate; all others have none
UNREASONED = frozenset({"S", "Z", "L", "M"})  # those that must not have a reason for an exemption
RULES = {
    "BR-CO-03": "the tax point date and its code exclude each other",
    "BR-CO-04": "each line has a tax category",
    "BR-CO-10": "the sum of the lines' net amounts",
    "BR-CO-11": "the sum of the discounts",
    "BR-CO-12": "the sum of the charges",
    "BR-CO-13": "lines - discounts + charges",
    "BR-CO-14": "the sum of the taxes",
    "BR-CO-15": "net + tax",
    "BR-CO-16": "gross - prepaid + rounding",
    "BR-CO-17": "taxable amount x rate",
    "BR-CO-18": "there is an amount for each tax category",
    "BR-CO-25": "a positive amount due has a due date or terms of payment",
    "BR-CO-26": "the seller has an identifier, a registration or a VAT number",
}
# The rules about decimals: parts of an invoice, field, rule.
DECIMALS_OF_TOTALS = {
    "lines_net": "BR-DEC-09",
    "discount": "BR-DEC-10",
    "charges": "BR-DEC-11",
    "net": "BR-DEC-12",
    "tax": "BR-DEC-13",
    "gross": "BR-DEC-14",
    "prepaid": "BR-DEC-16",
    "rounding": "BR-DEC-17",
    "due": "BR-DEC-18",
}
DECIMALS_OF_PARTS = (
    ("discounts", "amount", "BR-DEC-01"),
    ("charges", "net", "BR-DEC-05"),
    ("taxes", "taxable", "BR-DEC-19"),
    ("taxes", "amount", "BR-DEC-20"),
    ("lines", "net", "BR-DEC-23"),
    ("lines", "discount", "BR-DEC-24"),
)
Class = tuple[str | None, Decimal | None]


def check_totals(invoice: Invoice) -> Iterator[Finding]:
    """Check the totals: BR-CO-10 to BR-CO-16."""
    totals = invoice.totals or Totals()
    duty = totals.duty or ZERO
    yield from _check_sum("BR-CO-10", "lines_net", totals, add_amounts(invoice.lines, "net"))
    if totals.discount is not None or invoice.discounts:
        discounts = add_amounts(invoice.discounts or (), "amount")
        yield from _check_sum("BR-CO-11", "discount", totals, discounts)
    if totals.charges is not None or invoice.charges:
        charges = add_amounts(invoice.charges or (), "net")
        yield from _check_sum("BR-CO-12", "charges", totals, charges)
    if totals.net is not None and totals.lines_net is not None:
        net = totals.lines_net - (totals.discount or ZERO) + (totals.charges or ZERO)
        yield from _compare("BR-CO-13", "totals.net", _round(net), totals.net)
    if invoice.taxes:
        yield from _check_sum("BR-CO-14", "tax", totals, add_amounts(invoice.taxes, "amount"))
    if totals.net is not None and totals.gross is not None:
        if totals.tax is None:
            yield make_unchecked("totals.gross", totals.gross, "the tax is unknown")
        else:
            gross = _round(totals.net + duty + totals.tax)
            yield from _compare("BR-CO-15", "totals.gross", gross, totals.gross)
    if totals.due is not None and totals.gross is not None:
        due = totals.gross - (totals.prepaid or ZERO) + (totals.rounding or ZERO)
        yield from _compare("BR-CO-16", "totals.due", _round(due), totals.due)


def _check_sum(rule: str, name: str, totals: Totals, parts: Decimal | None) -> Iterator[Finding]:
    """Compare a total with the sum of its parts. A total that is missing cannot be their sum."""
    total: Decimal | None = getattr(totals, name)
    path = f"totals.{name}"
    if parts is None:
        if total is not None:
            yield make_unchecked(path, total, "a part of the sum is unknown")
    elif total is None:
        yield _break(rule, path, f"{path} is missing, expected {parts}", parts)
    else:
        yield from _compare(rule, path, _round(parts), total)


def check_taxes(invoice: Invoice) -> Iterator[Finding]:
    """Check the taxes: BR-CO-17, BR-CO-18, and -08, -09, -10 of each category."""
    if not invoice.taxes:
        yield _break("BR-CO-18", "taxes", "taxes is missing: each tax category has an amount")
        return
    bases = _find_bases(invoice)
    for index, tax in enumerate(invoice.taxes):
        path = f"taxes[{index}]"
        yield from _check_amount(tax, path)
        name = NAMES.get(tax.category or "")
        if name is not None:
            yield from _check_base(f"BR-{name}-08", tax, path, bases)
            yield from _check_reason(f"BR-{name}-10", tax, path)


def _check_amount(tax: TaxTotal, path: str) -> Iterator[Finding]:
    """Check the amount of a tax: BR-CO-17, and -09 of its category."""
    if tax.amount is None or tax.taxable is None:
        return
    name = NAMES.get(tax.category or "")
    place = f"{path}.amount"
    rate = tax.rate or ZERO
    expected = _round(abs(tax.taxable) * rate.scaleb(-2))
    is_close = abs(abs(tax.amount) - expected) < ONE
    is_zero = _round(tax.amount, 0) == 0
    if not (is_close if _round(rate, 0) else is_zero):
        yield _break("BR-CO-17", place, _expect(place, tax.amount, expected), expected, tax.amount)
    if name is None:
        return
    if tax.category in TAXED:
        if not is_close:
            text = _expect(place, tax.amount, expected)
            yield _break(f"BR-{name}-09", place, text, expected, tax.amount)
    elif tax.amount:
        text = _expect(place, tax.amount, ZERO)
        yield _break(f"BR-{name}-09", place, text, ZERO, tax.amount)


def _check_base(
    rule: str, tax: TaxTotal, path: str, bases: dict[Class, Decimal] | None
) -> Iterator[Finding]:
    """Check the taxable amount: the sum of lines, discounts and charges of its category."""
    if tax.taxable is None:
        return
    place = f"{path}.taxable"
    if bases is None:
        yield make_unchecked(place, tax.taxable, "a line, discount or charge has no category")
        return
    if tax.category in TAXED:
        base = bases.get((tax.category, tax.rate))
        is_right = _is_near(tax.taxable, base)
        if base is None and tax.category != "S":
            is_right = _is_near(tax.taxable, ZERO)
    else:
        base = sum((one for (name, _), one in bases.items() if name == tax.category), ZERO)
        is_right = tax.taxable == base
    if not is_right:
        expected = base or ZERO
        yield _break(rule, place, _expect(place, tax.taxable, expected), expected, tax.taxable)


def _is_near(taxable: Decimal, base: Decimal | None) -> bool:
    """Return whether a taxable amount differs by less than one from the sum of its parts.

    The official Schematron adds and subtracts the one in floats. This decides about differences of
    exactly one, so it is done here, too.
    """
    if base is None:
        return False
    number = float(taxable)
    return Decimal(number - 1) < base < Decimal(number + 1)


def _find_bases(invoice: Invoice) -> dict[Class, Decimal] | None:
    """Return the sums of lines, charges and discounts by category and rate.

    Returns None if one of them has no category or amount.
    """
    bases: dict[Class, Decimal] = {}
    for line in invoice.lines or ():
        if line.net is None or line.tax_category is None:
            return None
        place = (line.tax_category, line.tax_rate)
        bases[place] = bases.get(place, ZERO) + line.net + (line.duty_amount or ZERO)
    for charge in invoice.charges or ():
        if charge.net is None or charge.tax_category is None:
            return None
        place = (charge.tax_category, charge.tax_rate)
        bases[place] = bases.get(place, ZERO) + charge.net + (charge.duty_amount or ZERO)
    for discount in invoice.discounts or ():
        if discount.amount is None or discount.tax_category is None:
            return None
        place = (discount.tax_category, discount.tax_rate)
        bases[place] = bases.get(place, ZERO) - discount.amount
    return bases


def _check_reason(rule: str, tax: TaxTotal, path: str) -> Iterator[Finding]:
    has_reason = bool(tax.exemption or tax.exemption_code)
    place = f"{path}.exemption"
    if has_reason and tax.category in UNREASONED:
        yield _break(rule, place, f"{place} is given, and the category {tax.category} has none")
    if not has_reason and tax.category not in UNREASONED:
        yield _break(rule, place, f"{place} is missing: the category {tax.category} needs one")


def check_parts(invoice: Invoice) -> Iterator[Finding]:
    """Check what must be there: BR-CO-03, -04, -25 and -26."""
    attributes = invoice.attributes or {}
    if "BT-7" in attributes and "BT-8" in attributes:
        text = "attributes has BT-7 and BT-8: the tax point date and its code exclude each other"
        yield _break("BR-CO-03", "attributes", text)
    for index, line in enumerate(invoice.lines or ()):
        if line.tax_category is None:
            path = f"lines[{index}].tax_category"
            yield _break("BR-CO-04", path, f"{path} is missing")
        yield from _check_line_gross(line, index, invoice)
    due = invoice.due
    is_due = due is not None and due > 0 and invoice.sign > 0
    if is_due and invoice.due_date is None and not invoice.terms:
        text = "due_date is missing: a positive amount due has one, or terms of payment"
        # The official Schematron does not check it, although the standard has the rule.
        yield _break("BR-CO-25", "due_date", text, severity="info")
    seller = invoice.seller
    ids = (seller.id, seller.vat_number, seller.tax_ids) if seller else ()
    if not any(ids):
        text = "seller has no identifier (BT-29), registration (BT-30) or VAT number (BT-31)"
        yield _break("BR-CO-26", "seller", text)


def _check_line_gross(line: Line, index: int, invoice: Invoice) -> Iterator[Finding]:
    """Compare the gross of a line with net, tax and duty; each of them may have been rounded."""
    if line.gross is None or line.net is None or line.tax_amount is None:
        return
    expected = line.net + line.tax_amount + (line.duty_amount or ZERO)
    unit = ONE.scaleb(-count_decimals(invoice.currency or ""))
    yield from compare(
        "net + tax of the line",
        f"lines[{index}].gross",
        expected,
        line.gross,
        tolerance=unit,
    )


def check_decimals(invoice: Invoice) -> Iterator[Finding]:
    """Check the decimals: BR-DEC allows two; a currency such as JPY allows less (info)."""
    own = count_decimals(invoice.currency or "")
    totals = invoice.totals or Totals()
    for name, rule in DECIMALS_OF_TOTALS.items():
        yield from _check_decimals(rule, f"totals.{name}", getattr(totals, name), own)
    for parts, name, rule in DECIMALS_OF_PARTS:
        for index, part in enumerate(getattr(invoice, parts) or ()):
            amount = getattr(part, name)
            if amount is not None:
                yield from _check_decimals(rule, f"{parts}[{index}].{name}", amount, own)


def _check_decimals(rule: str, path: str, amount: Decimal | None, own: int) -> Iterator[Finding]:
    if amount is None:
        return
    exponent = amount.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    if decimals <= min(own, MOST_DECIMALS):
        return
    if decimals > MOST_DECIMALS:
        text = f"{path} is {amount}, with more than {MOST_DECIMALS} decimals"
        yield _break(rule, path, text, None, amount)
    elif amount != _round(amount, own):
        text = f"{path} is {amount}, and the currency has {own} decimals"
        yield _break("currency-decimals", path, text, _round(amount, own), amount, "info")


def _compare(rule: str, path: str, expected: Decimal, found: Decimal) -> Iterator[Finding]:
    if expected != found:
        yield _break(rule, path, _expect(path, found, expected), expected, found)


def _expect(path: str, found: Decimal, expected: Decimal) -> str:
    return f"{path} is {found}, expected {expected}"


def _break(
    rule: str,
    path: str,
    text: str,
    expected: Decimal | None = None,
    found: Decimal | None = None,
    severity: str = "error",
) -> Finding:
    meaning = RULES.get(rule)
    return Finding(
        code=rule,
        path=path,
        text=f"{text} ({rule}{f': {meaning}' if meaning else ''})",
        rule=rule,
        expected=expected,
        found=found,
        tolerance=ZERO,
        severity="info" if severity == "info" else "error",
    )


def _round(amount: Decimal, decimals: int = MOST_DECIMALS) -> Decimal:
    """Round as XPath does: a half goes up, towards positive infinity."""
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -decimals:
        return amount
    shifted = amount.scaleb(decimals) + HALF
    return shifted.to_integral_value(ROUND_FLOOR).scaleb(-decimals)
