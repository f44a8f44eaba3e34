"""E-invoices in: what is read, and what is refused with a sentence."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from counterfoil import (
    Charge,
    DocumentError,
    Totals,
)
from counterfoil.einvoice import (
    read_einvoice,
    write_einvoice,
)
from msgspec import structs

from .einvoices import (
    FACTS,
    INVOICE,
    blank_pdf,
    change,
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"no xml", "is no XML"),
        (b"<a><b></a>", "is no XML"),
        (b"<order/>", "no UBL or CII invoice"),
        (b"%PDF-1.7 broken", "damaged PDF"),
        (
            b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;&x;">]><a>&z;</a>',
            "document type declaration",
        ),
        (
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
            "document type declaration",
        ),
        (b'<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a/>', "document type declaration"),
    ],
)
def test_what_is_no_e_invoice_is_refused_with_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        read_einvoice(content)


def test_a_pdf_without_an_invoice_is_refused() -> None:
    with pytest.raises(DocumentError, match="PDF without an e-invoice"):
        read_einvoice(blank_pdf())


def test_a_bomb_is_refused_without_being_filled() -> None:
    names = [f"x{number}" for number in range(40)]
    entities = '<!ENTITY x0 "ha">' + "".join(
        f'<!ENTITY {name} "&{before};&{before};&{before};">' for before, name in pairwise(names)
    )
    bomb = f"<!DOCTYPE a [{entities}]><a>&x39;</a>".encode()

    with pytest.raises(DocumentError, match=r"document type declaration|is no XML"):
        read_einvoice(bomb)


def test_a_file_of_ten_thousand_lines_is_refused_with_a_sentence() -> None:
    xml = write_einvoice(INVOICE, "ubl", FACTS)
    [line] = re.findall(rb"<cac:InvoiceLine>.*?</cac:InvoiceLine>", xml, re.DOTALL)

    with pytest.raises(DocumentError, match="has 10000 lines"):
        read_einvoice(xml.replace(line, line * 10_000))


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read: No such file"):
        read_einvoice(tmp_path / "none.xml")


def test_truth_values_and_white_space_are_read_in_each_form() -> None:
    invoice = change(
        charges=(Charge(kind="shipping", net=Decimal(10), tax_category="S", tax_rate=Decimal(22)),),
        taxes=(
            structs.replace(INVOICE.taxes[0], taxable=Decimal("40.72"), amount=Decimal("8.96")),
        ),
        totals=Totals(gross=Decimal("49.68")),
    )
    xml = write_einvoice(invoice, "ubl", FACTS)
    other = xml.replace(b">true<", b"> 1 <").replace(b">S<", b">\n S <")

    assert other != xml
    assert read_einvoice(other) == read_einvoice(xml)
    assert read_einvoice(xml).charges[0].net == Decimal("10.00")


def test_terms_without_a_field_are_kept_or_named() -> None:
    xml = write_einvoice(INVOICE, "ubl", FACTS)
    more = xml.replace(
        b"<cbc:BuyerReference>",
        b"<cbc:AccountingCost>4711</cbc:AccountingCost><cbc:BuyerReference>",
    )

    found = read_einvoice(more)

    assert found.attributes["BT-19"] == "4711"
    assert found.warnings == ()
    assert write_einvoice(found, "ubl").count(b"4711") == 1  # and travels on


def test_terms_of_lines_without_a_field_are_named_in_a_warning() -> None:
    xml = write_einvoice(INVOICE, "ubl", FACTS)
    more = xml.replace(
        b"<cac:Item>",
        b"<cac:DocumentReference><cbc:ID>7</cbc:ID>"
        b"<cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:DocumentReference><cac:Item>",
    )

    [warning] = read_einvoice(more).warnings

    assert warning.code == "terms-not-read"
    assert "BT-128 of lines" in warning.text


def test_without_the_extra_its_name_is_told(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['facturx'] = None\n"
        "from counterfoil.einvoice import read_einvoice\n"
        "try: read_einvoice(b'<a/>')\n"
        "except Exception as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert 'pip install "counterfoil[einvoice]"' in done.stdout, done.stderr
