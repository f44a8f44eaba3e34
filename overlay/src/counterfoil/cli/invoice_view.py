"""A view of one invoice in the terminal, with the terms of EN 16931."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from rich.columns import Columns
from rich.console import RenderableType
from rich.rule import Rule
from rich.table import Column, Table
from rich.text import Text

from ..invoice import Address, Invoice, Party, Shipment, TaxId, Totals
from .output import Row, clean, make_table, write

Titles: TypeAlias = dict[str, str]
"""Titles of fields by their names."""

UNKNOWN = Party(name="not given")
MARKS = {"computed": "*", "assumed": "°"}
LEGEND = "* computed, not given by the provider   ° assumed: account or documents"
TOTALS: dict[str, str | Text] = {
    "lines_net": "Sum of line net amounts",
    "discount": "Sum of allowances",
    "charges": "Sum of charges",
    "net": "Total without tax",
    "tax": "Total tax",
    "duty": "Customs duty",
    "gross": Text("Total with tax", "bold"),
    "prepaid": "Paid amount",
    "rounding": "Rounding amount",
    "due": Text("Amount due for payment", "bold"),
}
TOTALS_WITH_DUTY = {**TOTALS, "gross": Text("Total with tax and duty", "bold")}
LINE_TITLES: Titles = {
    "name": "item",
    "sku": "sku",
    "note": "note",
    "quantity": "qty",
    "unit": "unit",
    "unit_price": "price",
    "net": "net",
    "tax_rate": "tax %",
    "tax_category": "cat.",
    "tax_amount": "tax",
    "discount": "allow.",
    "gross": "gross",
    "unit_price_gross": "price incl.",
    "duty_amount": "duty",
}
DISCOUNT_TITLES: Titles = {"kind": "allowance", "value": "value", "amount": "amount"}
CHARGE_TITLES: Titles = {"kind": "charge", "name": "name", "tax_rate": "tax %", "net": "amount"}
TAX_TITLES: Titles = {
    "name": "tax",
    "code": "code",
    "taxable": "taxable",
    "rate": "tax %",
    "category": "cat.",
    "amount": "amount",
}
PAYMENT_TITLES: Titles = {
    "description": "payment",
    "at": "at",
    "currency": "currency",
    "amount": "amount",
}
PARTS = {
    "lines": LINE_TITLES,
    "discounts": DISCOUNT_TITLES,
    "charges": CHARGE_TITLES,
    "taxes": TAX_TITLES,
    "payments": PAYMENT_TITLES,
}


def draw(invoice: Invoice, *, narrow: bool) -> Iterator[RenderableType]:
    """Yield the parts of the view, from the top. If `narrow`, tables have at most seven columns."""
    yield _draw_head(invoice)
    yield Rule(style="dim", characters="─")
    yield _draw_parties(invoice)
    yield Columns(_label(_list_facts(invoice)), padding=(0, 3, 0, 0))
    yield Text()
    for name, titles in PARTS.items():
        table = _draw_part(invoice, name, titles, most_columns=7 if narrow else len(titles))
        if table is not None:
            yield table
            yield Text()
    yield _draw_totals(invoice)
    if invoice.provenance:
        yield Text(LEGEND, "dim")
    yield from _label(_list_other_facts(invoice))
    for warning in invoice.warnings:
        yield Text(f"Warning: {clean(warning.text)}", "yellow")


def _draw_head(invoice: Invoice) -> Table:
    ref = invoice.ref
    kind = ref.kind.replace("_", " ").upper()
    title = f"{kind} {invoice.number or ''}{_mark(invoice, 'number')}"
    origin = f"{ref.account} ({ref.provider}) {ref.key}"
    head = Table.grid(Column(), Column(justify="right"), expand=True)
    head.add_row(Text(clean(title), "bold"), Text(clean(origin), "dim"))
    return head


def _draw_parties(invoice: Invoice) -> Columns:
    drawn = [
        _draw_party("SELLER", invoice.seller or UNKNOWN),
        _draw_party("BUYER", invoice.buyer or UNKNOWN),
    ]
    if invoice.ship_to:
        drawn.append(_draw_party("SHIP TO", invoice.ship_to))
    if invoice.ship_from:
        drawn.append(_draw_party("SHIP FROM", invoice.ship_from))
    return Columns(drawn, padding=(0, 3, 0, 0), equal=True)


def _draw_party(title: str, party: Party) -> Text:
    place = party.address or Address()
    person = party.name or _join(party.first_name, party.last_name)
    facts = [party.company]
    if person != party.company:
        facts.append(person)
    facts += place.streets or ()
    facts.append(_join(place.postal, place.city, place.region))
    facts.append(place.country or place.country_raw)
    if party.vat_number:
        facts.append(f"VAT {party.vat_number}")
    facts += [_describe_tax_id(one) for one in party.tax_ids or ()]
    facts += [party.email, party.phone, _join(party.einvoice_scheme, party.einvoice_id)]
    if party.id:
        facts.append(f"No. {party.id}")
    lines = [Text(title, "bold")]
    for fact in facts:
        if fact:
            lines.append(write(fact))
    return Text("\n").join([*lines, Text()])


def _describe_tax_id(one: TaxId) -> str:
    verdict = f" ({one.verdict})" if one.verdict else ""
    return f"{one.scheme} {one.value}{verdict}"


def _draw_part(invoice: Invoice, name: str, titles: Titles, *, most_columns: int) -> Table | None:
    """Return a table of the lines or other parts of an invoice, or None if all are empty."""
    parts = getattr(invoice, name) or ()
    fields = []
    for field in titles:
        if any(getattr(part, field) is not None for part in parts):
            fields.append(field)
    if not fields:
        return None
    shown = {}
    for field in fields[:most_columns]:
        shown[field] = titles[field] + _mark(invoice, f"{name}[].{field}")
    rows: list[Row] = []
    for part in parts:
        rows.append({title: getattr(part, field) for field, title in shown.items()})
    return make_table(rows, filling=shown[fields[0]], aligned=True)


def _draw_totals(invoice: Invoice) -> RenderableType:
    totals = invoice.totals or Totals()
    titles = TOTALS_WITH_DUTY if totals.duty else TOTALS
    rows: list[Row] = []
    for name, title in titles.items():
        amount = getattr(totals, name)
        if amount is not None:
            mark = _mark(invoice, f"totals.{name}")
            rows.append({"total": title, "amount": amount, " ": mark})
    if not rows:
        return Text("totals not given")
    return make_table(rows, filling="total", aligned=True)


def _mark(invoice: Invoice, path: str) -> str:
    """Return the mark of a field, which is empty if the provider sent it."""
    return MARKS.get(invoice.provenance.get(path, ""), "")


def _label(facts: dict[str, str]) -> Iterator[Text]:
    for name, text in facts.items():
        if text:
            yield Text.assemble((f"{name} ", "dim"), clean(text))


def _join(*words: str | None) -> str:
    return _join_with(" ", words)


def _join_with(separator: str, words: Iterable[str | None]) -> str:
    return separator.join(word for word in words if word)


def _list_facts(invoice: Invoice) -> dict[str, str]:
    """Return the facts below the parties by their titles, each with its mark."""
    facts = {
        "Issued": ("issue_date", invoice.issue_date or invoice.issued_at),
        "Due": ("due_date", invoice.due_date),
        "Status": ("status", invoice.status or invoice.status_raw),
        "Delivered": ("delivery_date", invoice.delivery_date),
        "Paid": ("paid", invoice.paid),
        "Terms": ("terms", invoice.terms),
        "Means": ("payment_means", invoice.payment_means),
        "Deleted": ("deleted_at", invoice.deleted_at),
        "Currency": ("currency", invoice.currency or "not given"),
        "Prices with tax": ("prices_include_tax", invoice.prices_include_tax),
    }
    texts: dict[str, str] = {}
    for name, (path, value) in facts.items():
        if value is not None:
            texts[name] = f"{write(value)}{_mark(invoice, path)}"
    return texts


def _list_other_facts(invoice: Invoice) -> dict[str, str]:
    """Return the facts below the totals by their titles."""
    shipment = invoice.shipment or Shipment()
    references = []
    for one in invoice.references or ():
        references.append(_join(one.type.replace("_", " "), one.number or one.key))
    files = []
    for document in invoice.documents or ():
        size = len(document.content_b64 or "") * 3 // 4
        files.append(document.url or f"a file of {size:,} bytes")
    return {
        "References:": _join_with("; ", references),
        "Documents:": _join_with("; ", files),
        "Shipment:": _join(shipment.carrier, shipment.tracking_number, shipment.tracking_url),
        "Notes:": _join_with("; ", invoice.notes or ()),
    }
