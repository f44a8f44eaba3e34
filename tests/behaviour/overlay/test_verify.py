"""What verifying finds, and what it leaves alone."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from counterfoil import Charge, Finding, Invoice, InvoiceRef, Line, Payment, Rounding, TaxTotal, Totals, verify

from tests.behaviour.overlay.reading import DOCUMENTED, map_one
from tests.schema_made import Digits


def make(**fields: Any) -> Invoice:
    ref = InvoiceRef(provider="open2b-admin", account="mine", kind="invoice", key="1")
    return Invoice(ref=ref, completeness="full", **fields)


def found(invoice: Invoice) -> list[tuple[str, str, str, str]]:
    return [(each.severity, each.place, str(each.expected), str(each.found)) for each in verify(invoice)]


def test_the_documents_sample_is_illustrative_and_does_not_add_up() -> None:
    text = (DOCUMENTED / "open2b-admin.invoices.get.response.json").read_text()
    sample = map_one("open2b-admin", "Invoice", json.loads(text, parse_float=Digits)["invoice"], currency="EUR")

    said = found(sample)

    assert ("info", "lines[0].tax_amount", "32.108100", "112.66") in said
    assert ("info", "totals.lines_net", "168.99", "69.54") in said
    assert ("info", "taxes[0].amount", "16.953700", "31.25") in said
    assert not [each for each in said if each[0] == "error"]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        (
            {"totals": Totals(tax=Decimal(5)), "taxes": (TaxTotal(amount=Decimal(2)), TaxTotal(amount=Decimal("2.99")))},
            "totals.tax",
        ),
        ({"totals": Totals(net=Decimal(10), tax=Decimal(2), gross=Decimal("12.01"))}, "totals.gross"),
        ({"lines": (Line(unit_price=Decimal("1.005"), quantity=Decimal(3), net=Decimal("3.04")),)}, "lines[0].net"),
    ],
)
def test_a_documented_identity_that_does_not_hold_is_an_error(fields: dict[str, Any], place: str) -> None:
    [finding] = verify(make(**fields))

    assert (finding.severity, finding.place, finding.tolerance) == ("error", place, 0)


@pytest.mark.parametrize(
    "fields",
    [
        {"totals": Totals(tax=Decimal(5)), "taxes": (TaxTotal(amount=Decimal(5)),)},
        {"totals": Totals(tax=Decimal(5)), "taxes": (TaxTotal(amount=None),)},
        {"totals": Totals(net=Decimal(10), tax=Decimal(2), duty=Decimal(1), gross=Decimal(13))},
        {"totals": Totals(net=Decimal(10), tax=None, gross=Decimal(13))},
        {},
    ],
)
def test_what_holds_or_was_not_given_is_left_alone(fields: dict[str, Any]) -> None:
    assert verify(make(**fields)) == []


@pytest.mark.parametrize(
    ("mode", "rule", "net"),
    [
        ("half_up", "per_line", "12.38"),
        ("half_down", "per_line", "12.37"),
        ("half_even", "per_line", "12.38"),
        ("down", "per_line", "12.37"),
        ("half_up", "per_item", "12.39"),
        ("down", "per_item", "12.36"),
        ("half_up", "total", "12.375"),
    ],
)
def test_a_lines_net_may_be_rounded_in_each_way_that_the_rule_can_be_meant(mode: Any, rule: Any, net: str) -> None:
    line = Line(unit_price=Decimal("4.125"), quantity=Decimal(3), net=Decimal(net))

    assert verify(make(lines=(line,), rounding=Rounding(mode=mode, rule=rule))) == []


def test_a_finding_reads_as_a_sentence_and_names_what_was_expected() -> None:
    [finding] = verify(make(totals=Totals(net=Decimal(10), tax=Decimal(2), gross=Decimal(13))))

    assert finding == Finding(
        rule="net + tax", place="totals.gross", expected=Decimal(12), found=Decimal(13), tolerance=Decimal(0), severity="error"
    )
    assert str(finding) == "error: totals.gross is 13, expected 12 (net + tax, tolerance 0)"


def test_payments_that_differ_from_the_gross_are_reported_and_nothing_is_repaired() -> None:
    invoice = make(
        currency="EUR",
        totals=Totals(gross=Decimal(50)),
        payments=(Payment(amount=Decimal(20), currency="EUR"), Payment(amount=Decimal(99), currency="USD")),
    )

    assert found(invoice) == [("info", "totals.gross", "20", "50")]
    assert invoice.totals == Totals(gross=Decimal(50))


def test_lines_discount_and_charges_make_the_net() -> None:
    invoice = make(
        lines=(Line(net=Decimal(100)),),
        charges=(Charge(kind="shipping", net=Decimal(10)),),
        totals=Totals(lines_net=Decimal(100), discount=Decimal(20), net=Decimal(95)),
    )

    assert found(invoice) == [("info", "totals.net", "90", "95")]


def test_yen_have_no_cents_to_be_rounded_to() -> None:
    line = Line(quantity=Decimal(1), net=Decimal(1755), tax_rate=Decimal(10), tax_amount=Decimal(176))

    assert verify(make(lines=(line,))) == []
    assert len(verify(make(lines=(Line(**{**_fields(line), "net": Decimal("1755.00")}),)))) == 1


def _fields(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in line.__struct_fields__}


def test_amounts_that_cannot_be_reckoned_with_are_found_and_hide_nothing_else() -> None:
    absurd = TaxTotal(amount=Decimal("1e90"))
    wrong_line = Line(unit_price=Decimal(1), quantity=Decimal(2), net=Decimal(3))
    said = found(make(totals=Totals(tax=Decimal("0.01")), taxes=(absurd, TaxTotal(amount=Decimal("0.01"))), lines=(wrong_line,)))

    assert ("error", "digits of totals", "80", "81") in said
    assert ("error", "lines[0].net", "2", "3") in said
