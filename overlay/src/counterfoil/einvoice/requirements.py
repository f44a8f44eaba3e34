"""The terms that an e-invoice must have, and where each can come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Terms = Mapping[str, Any]
SELLER = "the account's `seller`"
RECORD = "the platform's record"
OF_INVOICE = {
    "BT-1": f"the number, from {RECORD}",
    "BT-2": f"the date of issue, from {RECORD}",
    "BT-5": "the currency, from the account's `currency`",
    "BG-23": f"the taxes, from {RECORD}",
    "BG-25": f"the lines, from {RECORD}",
}
OF_LINES = {
    "BT-129": f"the quantity, from {RECORD}",
    "BT-130": "the unit, from the account's `unit`, or Facts(unit=...)",
    "BT-131": f"the net amount, from {RECORD}",
    "BT-146": f"the price, from {RECORD}",
    "BT-151": "the tax category, from the account's `tax_categories`",
    "BT-153": f"the name, from {RECORD}",
}
MOST_SHOWN = 5  # numbers of lines
TRANSFERS = frozenset({"30", "58"})
NEED_REASON = frozenset({"E", "AE", "K", "G", "O"})
NEED_BUYERS_VAT = frozenset({"AE", "K"})


def find_missing(terms: Terms) -> dict[str, str]:
    """Return the required terms that are not there, each with where it can come from."""
    return dict(_list_missing(terms))


def _list_missing(terms: Terms) -> Iterator[tuple[str, str]]:
    for term, source in OF_INVOICE.items():
        if term not in terms:
            yield term, source
    yield from _check_parties(terms)
    lines = terms.get("BG-25", ())
    for term, source in OF_LINES.items():
        numbers = [str(index) for index, line in enumerate(lines, 1) if term not in line]
        if numbers:
            word = "line" if len(numbers) == 1 else "lines"
            shown = ", ".join(numbers[:MOST_SHOWN]) + (" ..." if numbers[MOST_SHOWN:] else "")
            yield f"{term} of {word} {shown}", source
    for charge in terms.get("BG-21", ()):
        if "BT-102" not in charge:
            yield f"BT-102 of {charge['BT-104']}", OF_LINES["BT-151"]
    yield from _check_taxes(terms)
    yield from _check_payment(terms)


def _check_parties(terms: Terms) -> Iterator[tuple[str, str]]:
    seller = terms.get("BG-4", {})
    buyer = terms.get("BG-7", {})
    if "BT-27" not in seller:
        yield "BT-27", f"the seller's name, from {SELLER}"
    if "BT-40" not in seller.get("BG-5", {}):
        yield "BT-40", f"the seller's country, from {SELLER}"
    if not any(term in seller for term in ("BT-29", "BT-30", "BT-31")):
        yield "BT-31", f"the seller's VAT number, registration or id, from {SELLER}"
    if "BT-44" not in buyer:
        yield "BT-44", f"the buyer's name, from {RECORD}"
    if "BT-40" not in buyer.get("BG-8", {}):
        yield "BT-55", f"the buyer's country, from {RECORD}"


def _check_taxes(terms: Terms) -> Iterator[tuple[str, str]]:
    seller = terms.get("BG-4", {})
    buyer = terms.get("BG-7", {})
    categories = {tax.get("BT-118") for tax in terms.get("BG-23", ())}
    is_outside = categories == {"O"}
    if not is_outside and not any(term in seller for term in ("BT-31", "BT-32")):
        yield "BT-31", f"the seller's VAT number, from {SELLER}"
    for tax in terms.get("BG-23", ()):
        category = tax.get("BT-118")
        if category is None:
            rate = tax.get("BT-119", "unknown")
            yield f"BT-118 of the rate {rate}", OF_LINES["BT-151"]
        elif category in NEED_REASON and not ("BT-120" in tax or "BT-121" in tax):
            source = "`exemption` of the account's `tax_categories`"
            yield f"BT-120 of the category {category}", f"why no tax is due, from {source}"
        if category in NEED_BUYERS_VAT and "BT-48" not in buyer:
            yield "BT-48", f"the buyer's VAT number, from the account's `vat_code` or {RECORD}"
        if category == "K":
            yield from _check_delivery(terms)


def _check_delivery(terms: Terms) -> Iterator[tuple[str, str]]:
    if "BT-72" not in terms:
        yield "BT-72", "the date of delivery, from the account's `delivery_date`"
    if "BG-13" not in terms:
        yield "BT-80", f"the country that goods go to, from {RECORD}"


def _check_payment(terms: Terms) -> Iterator[tuple[str, str]]:
    if terms.get("BT-81") in TRANSFERS and "BT-84" not in terms:
        yield "BT-84", "the IBAN to pay to, from Facts(iban=...)"
    is_due = terms.get("BT-115", 0) > 0 and terms.get("BT-3") == "380"
    if is_due and "BT-9" not in terms and "BT-20" not in terms:
        yield "BT-9", "the due date or terms of payment, from the account's `terms`"
