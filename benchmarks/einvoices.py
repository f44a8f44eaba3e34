"""Writing, reading and checking an e-invoice of ten lines, once the schemas are loaded.

`nox -s bench -- einvoices` prints the rows. The peer is the library alone,
from its own terms, without schema and rules.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import facturx
from counterfoil import Address, Invoice, InvoiceRef, Line, Party, TaxTotal, Totals, verify
from counterfoil.einvoice import Facts, read_einvoice, write_einvoice
from counterfoil.einvoice.terms import to_terms
from counterfoil.einvoice.writing import spell_terms
from pypdf import PdfWriter

from .timing import Row, medians, milliseconds

LINES = 10
PARTY = Party(
    company="Bottega Lucerna S.r.l.",
    vat_number="IT01234567890",
    address=Address(streets=("Via dei Vetrai 8",), city="Faenza", postal="48018", country="IT"),
)
FACTS = Facts(iban="DE02120300000000202051")


def make_invoice() -> Invoice:
    """Return an invoice of ten lines."""
    line = Line(
        name="Stoneware mug",
        quantity=Decimal(3),
        unit="C62",
        unit_price=Decimal("10.24"),
        net=Decimal("30.72"),
        tax_category="S",
        tax_rate=Decimal(22),
    )
    net = line.net * LINES if line.net else Decimal(0)
    tax = TaxTotal(category="S", rate=Decimal(22), taxable=net, amount=Decimal("67.58"))
    return Invoice(
        ref=InvoiceRef(provider="flow", account="mine", kind="invoice", key="W-1"),
        completeness="full",
        number="2026/7",
        issue_date=date(2026, 11, 2),
        due_date=date(2026, 12, 2),
        currency="EUR",
        seller=PARTY,
        buyer=PARTY,
        lines=(line,) * LINES,
        taxes=(tax,),
        totals=Totals(lines_net=net, net=net, tax=tax.amount, gross=net + Decimal("67.58")),
        payment_means="58",
    )


def make_pdf() -> bytes:
    """Return a PDF with one empty page."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def report() -> Iterator[Row]:
    """Yield the rows."""
    invoice = make_invoice()
    values = spell_terms(to_terms(invoice, FACTS))
    pdf = make_pdf()
    ubl = write_einvoice(invoice, "ubl", FACTS)
    cii = write_einvoice(invoice, "cii", FACTS)
    times = medians(
        {
            "factur-x alone, UBL": lambda: generate(values),
            "write UBL": lambda: write_einvoice(invoice, "ubl", FACTS),
            "write CII": lambda: write_einvoice(invoice, "cii", FACTS),
            "write Factur-X": lambda: write_einvoice(invoice, "facturx", FACTS, pdf=pdf),
            "read UBL": lambda: read_einvoice(ubl),
            "read CII": lambda: read_einvoice(cii),
            'verify(..., "en16931")': lambda: verify(invoice, "en16931"),
        },
        rounds=50,
    )
    alone = times["factur-x alone, UBL"]
    for name, seconds in times.items():
        ratio = seconds / alone if name == "write UBL" else None
        yield Row(f"{name}, {LINES} lines", show(seconds), ratio, "factur-x alone")


def show(seconds: float) -> str:
    """Return a time in milliseconds, or in microseconds if it is short."""
    return f"{seconds * 1e6:.0f} us" if seconds < 0.001 else milliseconds(seconds)


def generate(values: dict[str, Any]) -> bytes:
    """Write UBL without checks, as the library does."""
    made = facturx.generate_xml(
        copy.deepcopy(values),
        flavor="ubl-2.1",
        level="en16931",
        check_xsd=False,
        check_schematron=False,
    )
    return bytes(made)
