"""An invoice as a bookkeeper knows it, drawn with the terms of EN 16931."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.columns import Columns
from rich.console import RenderableType
from rich.rule import Rule
from rich.table import Column, Table
from rich.text import Text

from ..invoice import Address, Invoice, Party, Shipment
from .screen import clean, make_table, write

UNKNOWN = Party(name="not given")
MARKS = {"computed": "*", "assumed": "°"}
LEGEND = "* computed, not given by the provider   ° assumed: account or documents"
TOTALS = {
    "lines_net": "Sum of line net amounts", "discount": "Sum of allowances", "charges": "Sum of charges",
    "net": "Total without tax", "tax": "Total tax", "duty": "Customs duty", "gross": Text("Total with tax", "bold"),
    "prepaid": "Paid amount", "rounding": "Rounding amount", "due": Text("Amount due for payment", "bold"),
}  # fmt: skip
PARTS = {
    "lines": {
        "name": "item", "sku": "sku", "note": "note", "quantity": "qty", "unit_price": "price", "net": "net", "tax_rate": "tax %",
        "tax_amount": "tax", "discount": "allow.", "gross": "gross", "unit_price_gross": "price incl.", "duty_amount": "duty",
    },
    "discounts": {"kind": "allowance", "value": "value", "amount": "amount"},
    "charges": {"kind": "charge", "name": "name", "tax_rate": "tax %", "net": "amount"},
    "taxes": {"name": "tax", "code": "code", "taxable": "taxable", "rate": "tax %", "amount": "amount"},
    "payments": {"description": "payment", "at": "at", "currency": "currency", "amount": "amount"},
}  # fmt: skip


def draw(invoice: Invoice, *, narrow: bool) -> Iterator[RenderableType]:
    """The parts of the invoice, from the top; on a narrow screen they have seven columns at most."""
    ref = invoice.ref
    parties = {"SELLER": invoice.seller or UNKNOWN, "BUYER": invoice.buyer or UNKNOWN}
    parties |= {title: party for title, party in (("SHIP TO", invoice.ship_to), ("SHIP FROM", invoice.ship_from)) if party}
    head = Table.grid(Column(), Column(justify="right"), expand=True)
    title = f"{ref.kind.replace('_', ' ').upper()} {invoice.number or ''}{_mark(invoice, 'number')}"
    head.add_row(Text(clean(title), "bold"), Text(clean(f"{ref.account} ({ref.provider}) {ref.key}"), "dim"))
    yield from (head, Rule(style="dim", characters="─"))
    yield Columns(map(_draw_party, parties, parties.values()), padding=(0, 3, 0, 0), equal=True)
    yield from (Columns(_label(_tell_facts(invoice)), padding=(0, 3, 0, 0)), Text())
    for name, titles in PARTS.items():
        parts = getattr(invoice, name) or ()
        there = [field for field in titles if any(getattr(part, field) is not None for part in parts)]
        shown = {field: titles[field] + _mark(invoice, f"{name}[].{field}") for field in there[: 7 if narrow else None]}
        if shown:
            rows = [{title: getattr(part, field) for field, title in shown.items()} for part in parts]
            yield from (make_table(rows, filling=shown[there[0]], aligned=True), Text())
    given = {name: amount for name in TOTALS if (amount := getattr(invoice.totals, name, None)) is not None}
    sums = [{"total": TOTALS[name], "amount": amount, " ": _mark(invoice, f"totals.{name}")} for name, amount in given.items()]
    yield make_table(sums, filling="total", aligned=True) if sums else Text("totals not given")
    if invoice.provenance:
        yield Text(LEGEND, "dim")
    yield from _label(_tell_rest(invoice))
    yield from (Text(f"Warning: {clean(sentence)}", "yellow") for sentence in invoice.warnings)


def _mark(invoice: Invoice, path: str) -> str:
    """The mark of a field, empty for what the provider gave."""
    return MARKS.get(invoice.provenance.get(path, ""), "")


def _label(facts: dict[str, str]) -> Iterator[Text]:
    yield from (Text.assemble((f"{name} ", "dim"), clean(text)) for name, text in facts.items() if text)


def _join(*words: Any, by: str = " ") -> str:
    return by.join(str(word) for word in words if word)


def _draw_party(title: str, party: Party) -> Text:
    place = party.address or Address()
    person = party.name or _join(party.first_name, party.last_name)
    lines = [*dict.fromkeys((party.company, person)), *(place.streets or ()), _join(place.postal, place.city, place.region)]
    lines += [place.country or place.country_raw, party.vat_number and f"VAT {party.vat_number}"]
    lines += [*(f"{one.scheme} {one.value}" for one in party.tax_ids or ()), party.email, party.phone, party.einvoice_id]
    return Text("\n").join([Text(title, "bold"), *(write(line) for line in lines if line), Text()])


def _tell_facts(invoice: Invoice) -> dict[str, str]:
    facts = {
        "Issued": ("issue_date", invoice.issue_date or invoice.issued_at),
        "Due": ("due_date", invoice.due_date),
        "Status": ("status", invoice.status or invoice.status_raw),
        "Paid": ("paid", invoice.paid),
        "Currency": ("currency", invoice.currency or "not given"),
        "Prices with tax": ("prices_include_tax", invoice.prices_include_tax),
    }
    return {name: f"{write(value)}{_mark(invoice, path)}" for name, (path, value) in facts.items() if value is not None}


def _tell_rest(invoice: Invoice) -> dict[str, str]:
    shipment = invoice.shipment or Shipment()
    references = [_join(one.type.replace("_", " "), one.number or one.key) for one in invoice.references or ()]
    files = [one.url or f"a file of {len(one.content_b64 or '') * 3 // 4:,} bytes" for one in invoice.documents or ()]
    return {
        "References:": _join(*references, by="; "),
        "Documents:": _join(*files, by="; "),
        "Shipment:": _join(shipment.carrier, shipment.tracking_number, shipment.tracking_url),
        "Notes:": _join(*(invoice.notes or ()), by="; "),
    }
