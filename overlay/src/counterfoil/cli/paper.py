"""An invoice as a bookkeeper knows it, drawn with the terms of EN 16931."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Column, Table
from rich.text import Text

from ..invoice import Address, Invoice, Party
from ..sinks.rows import name_party
from .screen import add_row, clean, make_table

MARKS = {"computed": "*", "assumed": "°"}
MEANINGS = {"computed": "* computed, not given by the provider", "assumed": "° assumed: account or documents"}
TOTALS = {
    "lines_net": "Sum of line net amounts",
    "discount": "Sum of allowances",
    "charges": "Sum of charges",
    "net": "Total without tax",
    "tax": "Total tax",
    "duty": "Customs duty",
    "gross": "Total with tax",
    "prepaid": "Paid amount",
    "rounding": "Rounding amount",
    "due": "Amount due for payment",
}
COLUMNS = {
    "quantity": "qty", "unit_price": "price", "unit_price_gross": "price incl.", "discount": "allow.", "tax_rate": "tax %",
    "tax_amount": "tax", "duty_amount": "duty", "net": "net", "gross": "gross",
}  # fmt: skip
DROPPED = ("unit_price_gross", "duty_amount", "discount", "tax_amount", "gross")  # first, where the screen is narrow


def draw(invoice: Invoice, width: int) -> RenderableType:
    """The invoice for a screen of so many columns."""
    return Group(*_draw_parts(_Marked(invoice), width))


class _Marked:
    """An invoice whose amounts are written with a mark where they are not the provider's own."""

    def __init__(self, invoice: Invoice) -> None:
        self.invoice = invoice

    def write(self, value: Any, path: str, places: int | None = None) -> str:
        """A value, empty where there is none; amounts without an exponent, with zeros up to so many places."""
        if value is None:
            return ""
        text = clean(str(value))
        if isinstance(value, Decimal):
            text = f"{value:f}" if places is None else f"{value:.{places}f}"
        return text + self.mark(path)

    def mark(self, path: str) -> str:
        """The mark of a field, empty for what the provider gave."""
        return MARKS.get(self.invoice.provenance.get(path, ""), "")


def _draw_parts(marked: _Marked, width: int) -> Iterator[RenderableType]:
    invoice = marked.invoice
    yield _draw_head(marked)
    yield Rule(style="dim", characters="─")
    yield _draw_parties(invoice, width)
    yield Text()
    yield _draw_facts(marked)
    yield Text()
    if invoice.lines is not None:
        yield _draw_lines(marked, width)
        yield Text()
    yield from _draw_sums(marked)
    yield from _draw_rest(invoice)


def _draw_head(marked: _Marked) -> Table:
    ref = marked.invoice.ref
    head = Table.grid(Column(), Column(justify="right"), expand=True)
    title = f"{ref.kind.replace('_', ' ').upper()} {marked.write(marked.invoice.number, 'number')}".strip()
    add_row(head, (Text(title, "bold"), Text(clean(f"{ref.account} ({ref.provider}) {ref.key}"), "dim")))
    return head


def _draw_parties(invoice: Invoice, width: int) -> Table:
    named = {"SELLER": invoice.seller, "BUYER": invoice.buyer, "SHIP TO": invoice.ship_to, "SHIP FROM": invoice.ship_from}
    there = {title: party for title, party in named.items() if party is not None or title in ("SELLER", "BUYER")}
    per_row = 2 if width < 100 else 4
    grid = Table.grid(*(Column(ratio=1, overflow="fold") for _ in range(per_row)), expand=True, padding=(0, 2, 0, 0))
    blocks = [Text("\n").join([Text(title, "bold"), *map(Text, _describe(party))]) for title, party in there.items()]
    for start in range(0, len(blocks), per_row):
        if start:
            grid.add_row()
        grid.add_row(*blocks[start : start + per_row])
    return grid


def _describe(party: Party | None) -> Iterator[str]:
    if party is None:
        yield "not given"
        return
    person = party.name or " ".join(filter(None, (party.first_name, party.last_name)))
    lines = [name_party(party), person if person != name_party(party) else None, *_describe_place(party.address)]
    lines += [party.vat_number and f"VAT {party.vat_number}", *(f"{one.scheme} {one.value}" for one in party.tax_ids or ())]
    lines += [party.email, party.phone, party.einvoice_id]
    yield from (clean(line) for line in lines if line)


def _describe_place(place: Address | None) -> Iterator[str | None]:
    if place is not None:
        yield from place.streets or ()
        yield " ".join(filter(None, (place.postal, place.city, place.region)))
        yield place.country or place.country_raw


def _draw_facts(marked: _Marked) -> Text:
    invoice = marked.invoice
    facts = {
        "Issued": marked.write(invoice.issue_date or invoice.issued_at, "issue_date"),
        "Due": marked.write(invoice.due_date, "due_date"),
        "Status": marked.write(invoice.status or invoice.status_raw, "status"),
        "Paid": "" if invoice.paid is None else ("yes" if invoice.paid else "no"),
        "Currency": marked.write(invoice.currency, "currency") or "not given",
        "Prices": _tell_prices(marked),
    }
    shown = (Text.assemble((f"{name} ", "dim"), value) for name, value in facts.items() if value)
    return Text("   ").join(shown)


def _tell_prices(marked: _Marked) -> str:
    included = marked.invoice.prices_include_tax
    return "" if included is None else marked.write("with tax" if included else "without tax", "prices_include_tax")


def _draw_lines(marked: _Marked, width: int) -> Table:
    lines = marked.invoice.lines or ()
    there = [name for name in COLUMNS if any(getattr(line, name) is not None for line in lines)]
    for name in DROPPED:
        if name in there and len(there) > (5 if width < 100 else 9):
            there.remove(name)
    names = ("#", "item", *(COLUMNS[name] for name in there))
    table = make_table(*names, right=("#", *COLUMNS.values()), folding=("item",), filling="item")
    places = {name: _count_places(getattr(line, name) for line in lines) for name in there}
    for number, line in enumerate(lines, 1):
        item = Text(clean(line.name or line.note or line.sku or ""))
        if line.sku and line.sku != item.plain:
            item.append(f"  {clean(line.sku)}", "dim")
        add_row(table, (number, item, *(marked.write(getattr(line, name), f"lines[].{name}", places[name]) for name in there)))
    return table


def _count_places(amounts: Iterable[Decimal | None]) -> int:
    """The most digits behind the point."""
    return max((-int(amount.as_tuple().exponent) for amount in amounts if amount is not None), default=0)


def _draw_sums(marked: _Marked) -> Iterator[RenderableType]:
    """Allowances, charges and taxes to the left, the totals to the right."""
    invoice = marked.invoice
    sides = Table.grid(Column(ratio=1), Column(justify="right"), expand=True, padding=(0, 2, 0, 0))
    sides.add_row(Text("\n").join(map(Text, _describe_sums(marked))), _draw_totals(marked))
    yield sides
    if used := [meaning for origin, meaning in MEANINGS.items() if origin in invoice.provenance.values()]:
        yield Text("   ".join(used), "dim")


def _describe_sums(marked: _Marked) -> Iterator[str]:
    invoice, write = marked.invoice, marked.write
    for discount in invoice.discounts or ():
        percent = f"{write(discount.value, '')} %" if discount.kind == "percent" else None
        yield _join("Allowance", percent, write(discount.amount, ""))
    for charge in invoice.charges or ():
        rate = charge.tax_rate is not None and f"tax {write(charge.tax_rate, '')} %"
        yield _join(f"Charge, {charge.kind}:", charge.name, write(charge.net, "charges[].net"), rate)
    for tax in invoice.taxes or ():
        rate = tax.rate is not None and f"{write(tax.rate, '')} %"
        yield _join("Tax", tax.name or tax.code, rate, f"on {write(tax.taxable, '') or '?'} = {write(tax.amount, '') or '?'}")
    for payment in invoice.payments or ():
        paid = f"{payment.at:%Y-%m-%d}" if payment.at else None
        yield _join("Payment", paid, write(payment.amount, ""), payment.currency, payment.description)


def _join(*words: Any) -> str:
    return clean(" ".join(str(word) for word in words if word))


def _draw_totals(marked: _Marked) -> Table:
    columns = Column(justify="right"), Column(justify="right", no_wrap=True, min_width=9), Column(min_width=1)
    grid = Table.grid(*columns)
    totals = marked.invoice.totals
    places = _count_places(getattr(totals, name, None) for name in TOTALS)
    for name, title in TOTALS.items() if totals else ():
        if (amount := getattr(totals, name)) is not None:
            cells = (title, f"{amount:.{places}f}", marked.mark(f"totals.{name}"))
            add_row(grid, cells, "bold" if name in ("gross", "due") else "")
    if not grid.rows:
        add_row(grid, ("totals not given"))
    return grid


def _draw_rest(invoice: Invoice) -> Iterator[Text]:
    shipment = invoice.shipment
    references = [_join(one.type.replace("_", " "), one.number or one.key) for one in invoice.references or ()]
    documents = [one.url or f"a file of {len(one.content_b64 or '') * 3 // 4:,} bytes" for one in invoice.documents or ()]
    yield from _draw_list("References", references)
    yield from _draw_list("Documents", documents)
    if shipment:
        yield from _draw_list("Shipment", [_join(shipment.carrier, shipment.tracking_number, shipment.tracking_url)])
    yield from _draw_list("Notes", invoice.notes or ())
    for sentence in invoice.warnings:
        yield Text(f"Warning: {clean(sentence)}", "yellow")


def _draw_list(title: str, texts: Iterable[str]) -> Iterator[Text]:
    if there := [clean(text) for text in texts if text]:
        yield Text.assemble((f"{title}: ", "dim"), "; ".join(there))
