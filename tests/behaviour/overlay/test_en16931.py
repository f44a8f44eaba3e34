"""`verify(invoice, "en16931")`: each rule by its code, and the verdicts of the official rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from counterfoil import (
    Charge,
    Discount,
    Finding,
    Invoice,
    InvoiceRef,
    Line,
    Party,
    TaxTotal,
    Totals,
    verify,
)
from counterfoil.cli import main
from counterfoil.einvoice import EInvoiceError, read_einvoice, write_einvoice
from counterfoil.sinks import open_sink
from msgspec import structs

from .einvoices import FACTS, judge, read_invoices

AMOUNT = re.compile(r"<cbc:\w*Amount\s[^>]*>(-?[0-9.]+)<")


def d(text: str) -> Decimal:
    return Decimal(text)


INVOICE = Invoice(
    ref=InvoiceRef(provider="flow", account="mine", kind="invoice", key="W-1"),
    completeness="full",
    number="2026/7",
    issue_date=date(2026, 11, 2),
    due_date=date(2026, 12, 2),
    currency="EUR",
    seller=Party(company="Bottega Lucerna", vat_number="IT01234567890"),
    lines=(
        Line(net=d("80.00"), tax_category="S", tax_rate=d("20")),
        Line(net=d("20.00"), tax_category="S", tax_rate=d("10.0")),
        Line(net=d("5.00"), tax_category="E", tax_rate=d("0")),
    ),
    discounts=(Discount(kind="amount", amount=d("10.00"), tax_category="S", tax_rate=d("20")),),
    charges=(Charge(kind="shipping", net=d("4.00"), tax_category="S", tax_rate=d("20.00")),),
    taxes=(
        TaxTotal(category="S", rate=d("20"), taxable=d("74.00"), amount=d("14.80")),
        TaxTotal(category="S", rate=d("10"), taxable=d("20.00"), amount=d("2.00")),
        TaxTotal(category="E", rate=d("0"), taxable=d("5.00"), amount=d("0.00"), exemption="Books"),
    ),
    totals=Totals(
        lines_net=d("105.00"),
        discount=d("10.00"),
        charges=d("4.00"),
        net=d("99.00"),
        tax=d("16.80"),
        gross=d("115.80"),
        prepaid=d("15.00"),
        rounding=d("0.20"),
        due=d("101.00"),
    ),
)


def codes(invoice: Invoice, severity: str = "error") -> list[str]:
    return [one.code for one in verify(invoice, "en16931") if one.severity == severity]


def with_totals(**totals: Decimal | None) -> Invoice:
    return structs.replace(INVOICE, totals=structs.replace(INVOICE.totals, **totals))


def with_tax(index: int, **fields: Any) -> Invoice:
    taxes = list(INVOICE.taxes or ())
    taxes[index] = structs.replace(taxes[index], **fields)
    return structs.replace(INVOICE, taxes=tuple(taxes))


def with_line(**fields: Any) -> Invoice:
    first, *others = INVOICE.lines or ()
    return structs.replace(INVOICE, lines=(structs.replace(first, **fields), *others))


def test_a_consistent_invoice_has_no_finding() -> None:
    assert verify(INVOICE, "en16931") == []


BROKEN: dict[str, tuple[Invoice, set[str]]] = {
    "lines": (with_totals(lines_net=d("105.01")), {"BR-CO-10", "BR-CO-13"}),
    "no sum of lines": (with_totals(lines_net=None), {"BR-CO-10"}),
    "discounts": (with_totals(discount=d("10.01")), {"BR-CO-11", "BR-CO-13"}),
    "no sum of discounts": (with_totals(discount=None), {"BR-CO-11", "BR-CO-13"}),
    "charges": (with_totals(charges=d("3.99")), {"BR-CO-12", "BR-CO-13"}),
    "net": (with_totals(net=d("99.01")), {"BR-CO-13", "BR-CO-15"}),
    "tax": (with_totals(tax=d("16.81")), {"BR-CO-14", "BR-CO-15"}),
    "gross": (with_totals(gross=d("115.81")), {"BR-CO-15", "BR-CO-16"}),
    "due": (with_totals(due=d("101.01")), {"BR-CO-16"}),
    "rounding": (with_totals(rounding=None), {"BR-CO-16"}),
    "tax of a rate": (with_tax(0, amount=d("15.80")), {"BR-CO-14", "BR-CO-17", "BR-S-09"}),
    "tax of a rate, nearly": (with_tax(0, amount=d("15.79")), {"BR-CO-14"}),
    "tax of an exempt class": (with_tax(2, amount=d("0.40")), {"BR-CO-14", "BR-E-09"}),
    "base of a rate": (with_tax(1, taxable=d("21.01")), {"BR-S-08"}),
    "base of a rate, nearly": (with_tax(1, taxable=d("20.99")), set()),
    "base of an exempt class": (with_tax(2, taxable=d("5.01")), {"BR-E-08"}),
    "reason that is not needed": (with_tax(0, exemption="Books"), {"BR-S-10"}),
    "code that is not needed": (with_tax(0, exemption_code="VATEX-EU-O"), {"BR-S-10"}),
    "reason that is missing": (with_tax(2, exemption=None), {"BR-E-10"}),
    "no taxes": (structs.replace(INVOICE, taxes=()), {"BR-CO-18"}),
    "line without a category": (with_line(tax_category=None), {"BR-CO-04"}),
    "seller without a number": (structs.replace(INVOICE, seller=Party(name="A")), {"BR-CO-26"}),
    "no seller": (structs.replace(INVOICE, seller=None), {"BR-CO-26"}),
    "two tax points": (
        structs.replace(INVOICE, attributes={"BT-7": "2026-11-01", "BT-8": "35"}),
        {"BR-CO-03"},
    ),
    "decimals of a total": (with_totals(prepaid=d("15.000"), due=d("101.00")), {"BR-DEC-16"}),
    "decimals of a line": (with_line(net=d("80.000")), {"BR-DEC-23"}),
    "decimals of a tax": (
        with_tax(1, taxable=d("20.000"), amount=d("2.000")),
        {"BR-DEC-19", "BR-DEC-20"},
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_rule_is_found_by_its_code(name: str) -> None:
    invoice, broken = BROKEN[name]

    assert set(codes(invoice)) == broken


@pytest.mark.parametrize(
    ("category", "code"),
    [("Z", "Z"), ("AE", "AE"), ("K", "IC"), ("G", "G"), ("O", "O")],
)
def test_categories_without_tax_have_their_own_rules(category: str, code: str) -> None:
    line = Line(net=d("5.00"), tax_category=category, tax_rate=d("0"))
    reason = None if category == "Z" else "None is due"
    right = TaxTotal(category=category, taxable=d("5.00"), amount=d("0"), exemption=reason)
    totals = Totals(lines_net=d("5"), net=d("5"), tax=d("0"), gross=d("5"), due=d("5"))
    invoice = structs.replace(
        INVOICE, lines=(line,), taxes=(right,), totals=totals, discounts=None, charges=None
    )
    wrong = structs.replace(
        right,
        taxable=d("5.01"),
        amount=d("0.01"),
        exemption="None is due" if category == "Z" else None,
    )

    assert codes(invoice) == []
    found = set(codes(structs.replace(invoice, taxes=(wrong,))))
    assert found >= {f"BR-{code}-08", f"BR-{code}-09", f"BR-{code}-10"}


@pytest.mark.parametrize(("category", "code"), [("L", "AF"), ("M", "AG")])
def test_canary_islands_and_ceuta_are_taxed_by_rate(category: str, code: str) -> None:
    line = Line(net=d("100.00"), tax_category=category, tax_rate=d("7"))
    tax = TaxTotal(category=category, rate=d("7"), taxable=d("102.00"), amount=d("9.00"))
    totals = Totals(lines_net=d("100"), net=d("100"), tax=d("9"), gross=d("109"), due=d("109"))
    invoice = structs.replace(
        INVOICE, lines=(line,), taxes=(tax,), totals=totals, discounts=None, charges=None
    )

    assert set(codes(invoice)) == {f"BR-{code}-08", f"BR-{code}-09", "BR-CO-17"}


def test_duty_counts_as_a_charge() -> None:
    line = Line(net=d("5.00"), duty_amount=d("1.00"), tax_category="Z", tax_rate=d("0"))
    tax = TaxTotal(category="Z", rate=d("0"), taxable=d("6.00"), amount=d("0"))
    totals = Totals(lines_net=d("5"), net=d("5"), tax=d("0"), duty=d("1"), gross=d("6"), due=d("6"))
    invoice = structs.replace(
        INVOICE, lines=(line,), taxes=(tax,), totals=totals, discounts=None, charges=None
    )

    assert codes(invoice) == []


def test_what_is_due_without_a_date_is_an_info() -> None:
    late = structs.replace(INVOICE, due_date=None)

    assert codes(late) == []
    assert codes(late, "info") == ["BR-CO-25"]
    assert codes(structs.replace(late, terms="30 days"), "info") == []


def test_the_gross_of_a_line_and_the_decimals_of_a_currency_are_infos() -> None:
    gross = with_line(tax_amount=d("16.00"), gross=d("99.00"))
    yen = structs.replace(INVOICE, currency="JPY")

    assert codes(gross, "info") == ["line-gross"]
    assert set(codes(yen, "info")) == {"currency-decimals"}
    assert codes(yen) == []


def test_an_amount_that_is_unknown_is_told() -> None:
    unknown = with_line(net=None)

    found = [one for one in verify(unknown, "en16931") if one.code == "not-checked"]

    assert [one.path for one in found] == [
        "totals.lines_net",
        *(f"taxes[{n}].taxable" for n in range(3)),
    ]
    assert codes(unknown) == []


def test_a_finding_names_its_rule_and_both_amounts() -> None:
    [finding, _] = verify(with_totals(gross=d("115.81")), "en16931")

    assert finding == Finding(
        code="BR-CO-15",
        path="totals.gross",
        text="totals.gross is 115.81, expected 115.80 (BR-CO-15: net + tax)",
        rule="BR-CO-15",
        expected=d("115.80"),
        found=d("115.81"),
        tolerance=d("0"),
        severity="error",
    )


def test_other_rules_do_not_exist() -> None:
    with pytest.raises(ValueError, match="documented or en16931"):
        verify(INVOICE, "peppol")  # type: ignore[arg-type]


def list_mutants(xml: bytes) -> Iterator[bytes]:
    """Yield the document with each of its amounts raised by 0.01, 1 and 100."""
    text = xml.decode()
    for found in AMOUNT.finditer(text):
        for more in ("0.01", "1", "100"):
            amount = Decimal(found[1]) + Decimal(more)
            yield f"{text[: found.start(1)]}{amount}{text[found.end(1) :]}".encode()


def test_the_verdicts_are_those_of_the_official_rules() -> None:
    invoices = [one for one in read_invoices(12) if one.is_fiscal][::3]
    compared = 0
    for invoice in [complete(INVOICE, invoices[0]), *invoices]:
        try:
            xml = write_einvoice(invoice, "ubl", FACTS)
        except EInvoiceError:
            continue
        for mutant in list_mutants(xml):
            official = judge(mutant, "ubl")
            assert set(codes(read_einvoice(mutant))) == official
            compared += len(official)

    assert compared > 500


def complete(invoice: Invoice, other: Invoice) -> Invoice:
    """Return the invoice with all that is not an amount, in part from another one."""
    lines = []
    for line in invoice.lines or ():
        fields = {"name": "Mug", "quantity": d("1"), "unit": "C62", "unit_price": line.net}
        lines.append(structs.replace(line, **fields))
    return structs.replace(
        invoice, seller=other.seller, buyer=other.buyer, lines=tuple(lines), payment_means=None
    )


def test_the_command_checks_the_rules(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_sink("invoices.db") as sink:
        sink.store("mine", [with_totals(due=d("1.00"))], b"")

    assert main(["verify", "--rules", "en16931"]) == 1
    assert "BR-CO-16" in capfd.readouterr().out
    assert main(["verify"]) == 0
