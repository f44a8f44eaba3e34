"""Makes the terms of an e-invoice, by their numbers in EN 16931, of an Invoice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from ..decimals import count_decimals, wide
from ..errors import EInvoiceError
from ..invoice import SIGNS, Invoice
from ..invoice_parts import Address, Line, Party
from .amounts import Adjustment, Amounts, TaxPart, count_parts, find_class, work_out
from .facts import Facts
from .invoice_of_terms import REFERENCES, REGISTRATION, TAX_NUMBER
from .requirements import find_missing

Terms: TypeAlias = dict[str, Any]
"""Values by the numbers of their terms; groups are such dicts, or lists of them."""

INVOICE, CREDIT_NOTE = "380", "381"
UNIT = re.compile(r"[A-Z0-9]{1,3}")
ATTRIBUTE = re.compile(r"BT-\d+")
DATES = frozenset({"BT-7", "BT-73", "BT-74"})
OF_DISCOUNTS = ("BT-92", "BT-97", "BT-95", "BT-96")
OF_CHARGES = ("BT-99", "BT-104", "BT-102", "BT-103")
NUMBERED_NOTE = re.compile(r"#([A-Z]{3})#(.*)", re.DOTALL)


class MissingTerms(EInvoiceError):
    """An invoice lacks terms of the standard. `terms` maps each to where it can come from."""

    def __init__(self, invoice: Invoice, terms: dict[str, str]) -> None:
        shown = "; ".join(f"{term}: {source}" for term, source in terms.items())
        super().__init__(f"{invoice.number or invoice.ref.key} lacks {len(terms)} terms: {shown}")
        self.terms = terms


def to_terms(invoice: Invoice, facts: Facts | None = None) -> Terms:
    """Return the terms of an invoice: {"BT-1": "2026/118", "BG-25": [{"BT-131": ...}], ...}.

    Amounts are Decimals with the decimals of the currency, dates are dates.

    Raises MissingTerms with all terms that are required and unknown, and EInvoiceError for a
    document that is no fiscal one, such as a proforma, or whose totals do not add up.
    """
    facts = facts or Facts()
    if invoice.ref.kind not in SIGNS:
        kind = invoice.ref.kind.replace("_", " ")
        raise EInvoiceError(f"{_name(invoice)} is of the kind {kind}, which is no e-invoice")
    with wide():
        amounts = work_out(invoice, facts)
    terms = {term: value for term, value in _list_terms(invoice, facts, amounts) if value}
    terms |= {term: value for term, value in _list_totals(amounts) if value is not None}
    if missing := find_missing(terms):
        raise MissingTerms(invoice, missing)
    unit = Decimal(1).scaleb(-min(count_decimals(invoice.currency or ""), 2))
    if abs(amounts.difference) > unit * max(count_parts(invoice), 1):
        raise EInvoiceError(
            f"{_name(invoice)}: lines, discounts, charges and taxes add up to "
            f"{amounts.totals.gross}, and its gross is {invoice.gross}: see `counterfoil verify`"
        )
    return terms


def _name(invoice: Invoice) -> str:
    return invoice.number or invoice.ref.key or "the invoice"


def _list_terms(invoice: Invoice, facts: Facts, amounts: Amounts) -> Iterator[tuple[str, Any]]:
    for name, text in (invoice.attributes or {}).items():
        if ATTRIBUTE.fullmatch(name):
            yield name, date.fromisoformat(text) if name in DATES else text
    yield "BT-1", invoice.number
    yield "BT-2", invoice.issue_date
    yield "BT-3", CREDIT_NOTE if invoice.sign < 0 else INVOICE
    yield "BT-5", invoice.currency
    yield "BT-9", invoice.due_date
    if facts.buyer_reference:
        yield "BT-10", facts.buyer_reference
    references = invoice.references or ()
    for kind, term in REFERENCES.items():
        yield term, next((one.number for one in references if one.type == kind), None)
    yield "BT-20", invoice.terms or facts.terms
    yield "BG-1", [_split_note(note) for note in invoice.notes or ()]
    corrected = [one.number for one in references if one.type == "invoice" and one.number]
    yield "BG-3", [{"BT-25": number} for number in corrected]
    yield "BG-4", _list_party(invoice.seller, "seller")
    yield "BG-7", _list_party(invoice.buyer, "buyer")
    yield "BT-72", invoice.delivery_date
    yield "BG-13", _list_delivery(invoice.ship_to)
    yield from _list_payment(invoice, facts)
    yield "BG-20", [_list_adjustment(one, OF_DISCOUNTS) for one in amounts.discounts]
    yield "BG-21", [_list_adjustment(one, OF_CHARGES) for one in amounts.charges]
    yield "BG-23", [_list_tax(one) for one in amounts.taxes]
    yield "BG-24", _list_documents(invoice)
    lines = enumerate(zip(invoice.lines or (), amounts.lines, strict=True), 1)
    yield "BG-25", [_list_line(index, line, net, facts) for index, (line, net) in lines]


def _list_totals(amounts: Amounts) -> Iterator[tuple[str, Decimal | None]]:
    totals = amounts.totals
    yield "BT-106", totals.lines_net
    yield "BT-107", totals.discount
    yield "BT-108", totals.charges
    yield "BT-109", totals.net
    yield "BT-110", totals.tax
    yield "BT-112", totals.gross
    yield "BT-113", totals.prepaid
    yield "BT-114", totals.rounding
    yield "BT-115", totals.due


def _split_note(note: str) -> Terms:
    found = NUMBERED_NOTE.fullmatch(note)
    return {"BT-21": found[1], "BT-22": found[2]} if found else {"BT-22": note}


PARTY_TERMS = {
    "seller": {
        "name": "BT-27",
        "trading_name": "BT-28",
        "id": "BT-29",
        "registration": "BT-30",
        "vat_number": "BT-31",
        "tax_number": "BT-32",
        "einvoice_id": "BT-34",
        "phone": "BT-42",
        "email": "BT-43",
        "address": "BG-5",
    },
    "buyer": {
        "name": "BT-44",
        "trading_name": "BT-45",
        "id": "BT-46",
        "registration": "BT-47",
        "vat_number": "BT-48",
        "tax_number": "",
        "einvoice_id": "BT-49",
        "phone": "BT-57",
        "email": "BT-58",
        "address": "BG-8",
    },
}
"""The terms of a party by role. The numbers of its address are those of BG-5."""


def _list_party(party: Party | None, role: str) -> Terms:
    if party is None:
        return {}
    terms = PARTY_TERMS[role]
    legal = party.company or party.display_name
    values: Terms = {
        terms["name"]: legal,
        terms["trading_name"]: party.name if party.name != legal else None,
        terms["id"]: _list_ids(party),
        terms["vat_number"]: party.vat_number,
        terms["phone"]: party.phone,
        terms["email"]: party.email,
        terms["address"]: _list_address(party.address),
    }
    if party.einvoice_id and party.einvoice_scheme:
        values[terms["einvoice_id"]] = {party.einvoice_scheme: party.einvoice_id}
    for one in party.tax_ids or ():
        name, _, scheme = one.scheme.partition(":")
        if name == REGISTRATION:
            values[terms["registration"]] = {scheme or None: one.value}
        elif name == TAX_NUMBER and terms["tax_number"]:
            values[terms["tax_number"]] = one.value
    return {term: value for term, value in values.items() if value}


def _list_ids(party: Party) -> dict[str | None, str]:
    """Return the identifiers of a party by their schemes."""
    found: dict[str | None, str] = {None: party.id} if party.id else {}
    for one in party.tax_ids or ():
        name, _, scheme = one.scheme.partition(":")
        if name == "id" and scheme:
            found[scheme] = one.value
    return found


def _list_address(address: Address | None) -> Terms:
    if address is None:
        return {}
    streets = [*(address.streets or ()), "", "", ""]
    values = {
        "BT-35": streets[0],
        "BT-36": streets[1],
        "BT-162": ", ".join(filter(None, streets[2:])),
        "BT-37": address.city,
        "BT-38": address.postal,
        "BT-39": address.region,
        "BT-40": address.country,
    }
    return {term: value for term, value in values.items() if value}


def _list_delivery(party: Party | None) -> Terms:
    """Return where the goods go to. An address needs its country, or it is left out."""
    address = _list_address(party.address if party else None)
    if party is None or "BT-40" not in address:
        return {}
    name = party.company or party.display_name
    return {"BT-70": name, "BG-15": address} if name else {"BG-15": address}


def _list_payment(invoice: Invoice, facts: Facts) -> Iterator[tuple[str, str | None]]:
    means = invoice.payment_means or facts.payment_means
    yield "BT-81", means
    if means is None:
        return
    values = {
        "BT-83": facts.payment_reference,
        "BT-84": facts.iban,
        "BT-85": facts.account_holder,
        "BT-86": facts.bic,
    }
    for term, value in values.items():
        if value:
            yield term, value


def _list_adjustment(one: Adjustment, names: tuple[str, str, str, str]) -> Terms:
    values = (one.amount, one.reason, one.category, one.rate)
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


def _list_tax(one: TaxPart) -> Terms:
    values = {
        "BT-116": one.taxable,
        "BT-117": one.amount,
        "BT-118": one.category,
        "BT-119": one.rate,
        "BT-120": one.exemption,
        "BT-121": one.exemption_code,
    }
    return {term: value for term, value in values.items() if value is not None}


def _list_documents(invoice: Invoice) -> list[Terms]:
    found = []
    for index, document in enumerate(invoice.documents or (), 1):
        if document.url:
            found.append({"BT-122": f"document {index}", "BT-124": document.url})
    return found


def _list_line(index: int, line: Line, net: Decimal | None, facts: Facts) -> Terms:
    category, rate = find_class(line)
    unit = line.unit if line.unit and UNIT.fullmatch(line.unit) else facts.unit
    values = {
        "BT-126": str(index),
        "BT-127": line.note,
        "BT-129": line.quantity,
        "BT-130": unit,
        "BT-131": net,
        "BT-136": line.discount or None,
        "BT-146": line.unit_price,
        "BT-151": category,
        "BT-152": rate,
        "BT-153": line.name or line.sku,
        "BT-155": line.sku,
    }
    return {term: value for term, value in values.items() if value is not None}
