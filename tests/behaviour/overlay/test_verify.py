"""Findings of `verify`, and invoices without findings."""

from __future__ import annotations

import json
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
    Payment,
    Rounding,
    TaxTotal,
    Totals,
    verify,
)

from tests.behaviour.overlay.reading import DOCUMENTED, map_one
from tests.schema_strategies import Digits


def make(**fields: Any) -> Invoice:
    ref = InvoiceRef(provider="open2b-admin", account="mine", kind="invoice", key="1")
    return Invoice(ref=ref, completeness="full", **fields)


def found(invoice: Invoice) -> list[tuple[str, str, str, str]]:
    findings = verify(invoice)
    return [(each.severity, each.path, str(each.expected), str(each.found)) for each in findings]


def test_the_documents_sample_is_illustrative_and_does_not_add_up() -> None:
    text = (DOCUMENTED / "open2b-admin.invoices.get.response.json").read_text()
    sample = map_one(
        "open2b-admin", "Invoice", json.loads(text, parse_float=Digits)["invoice"], currency="EUR"
    )

    said = found(sample)

    assert ("info", "lines[0].tax_amount", "32.108100", "112.66") in said
    assert ("info", "totals.lines_net", "168.99", "69.54") in said
    assert ("info", "taxes[0].amount", "16.953700", "31.25") in said
    assert not [each for each in said if each[0] == "error"]


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        (
            {
                "totals": Totals(tax=Decimal(5)),
                "taxes": (TaxTotal(amount=Decimal(2)), TaxTotal(amount=Decimal("2.99"))),
            },
            "totals.tax",
        ),
        (
            {"totals": Totals(net=Decimal(10), tax=Decimal(2), gross=Decimal("12.01"))},
            "totals.gross",
        ),
        (
            {
                "lines": (
                    Line(unit_price=Decimal("1.005"), quantity=Decimal(3), net=Decimal("3.04")),
                )
            },
            "lines[0].net",
        ),
    ],
)
def test_a_documented_identity_that_does_not_hold_is_an_error(
    fields: dict[str, Any], path: str
) -> None:
    [finding] = verify(make(**fields))

    assert (finding.severity, finding.path, finding.tolerance) == ("error", path, 0)


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
def test_a_lines_net_may_be_rounded_in_each_way_that_the_rule_can_be_meant(
    mode: Any, rule: Any, net: str
) -> None:
    line = Line(unit_price=Decimal("4.125"), quantity=Decimal(3), net=Decimal(net))

    assert verify(make(lines=(line,), rounding=Rounding(mode=mode, rule=rule))) == []


def test_a_finding_reads_as_a_sentence_and_names_what_was_expected() -> None:
    totals = Totals(net=Decimal(10), tax=Decimal(2), gross=Decimal(13))
    [finding] = verify(make(totals=totals))

    assert finding == Finding(
        code="gross-total",
        path="totals.gross",
        text="totals.gross is 13, expected 12 (net + tax, tolerance 0)",
        rule="net + tax",
        expected=Decimal(12),
        found=Decimal(13),
        tolerance=Decimal(0),
        severity="error",
    )
    assert str(finding) == "error: totals.gross is 13, expected 12 (net + tax, tolerance 0)"


def test_payments_that_differ_from_the_gross_are_reported_and_nothing_is_repaired() -> None:
    invoice = make(
        currency="EUR",
        totals=Totals(gross=Decimal(50)),
        payments=(
            Payment(amount=Decimal(20), currency="EUR"),
            Payment(amount=Decimal(99), currency="USD"),
        ),
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
    line = Line(
        quantity=Decimal(1), net=Decimal(1755), tax_rate=Decimal(10), tax_amount=Decimal(176)
    )

    assert verify(make(lines=(line,))) == []
    wrong = Line(**{**_fields(line), "net": Decimal("1755.00")})
    assert len(verify(make(lines=(wrong,)))) == 1


def _fields(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in line.__struct_fields__}


def test_amounts_that_cannot_be_reckoned_with_are_found_and_hide_nothing_else() -> None:
    absurd = TaxTotal(amount=Decimal("1e90"))
    wrong_line = Line(unit_price=Decimal(1), quantity=Decimal(2), net=Decimal(3))
    said = found(
        make(
            totals=Totals(tax=Decimal("0.01")),
            taxes=(absurd, TaxTotal(amount=Decimal("0.01"))),
            lines=(wrong_line,),
        )
    )

    assert ("error", "digits of totals", "80", "81") in said
    assert ("error", "lines[0].net", "2", "3") in said


@pytest.mark.parametrize(
    ("currency", "price", "net", "severity"),
    [
        ("EUR", "1.2345", "3.70", None),  # 3.7035
        ("EUR", "1.2345", "3.69", None),  # by the item: 3 x 1.23
        ("EUR", "1.2345", "3.71", "error"),
        ("EUR", "1.2345", "3.704", "error"),
        ("EUR", "33.4", "100", "error"),
        ("JPY", "33.4", "100", None),  # 100.2
        ("JPY", "33.4", "99", None),  # 3 x 33
        ("JPY", "33.4", "101", "error"),
        ("CLP", "33.5", "101", None),  # 100.5
        ("KWD", "1.2345", "3.704", None),
        ("KWD", "1.2345", "3.70", "info"),  # a platform that writes two decimals only
        ("KWD", "1.2345", "3.71", "error"),
        ("CLF", "1.23456", "3.7037", None),
        (None, "33.4", "100", "info"),  # right if it is of a currency without decimals
        (None, "1.2345", "3.70", None),
        (None, "1.2345", "3.8", "error"),
    ],
)
def test_a_line_is_rounded_to_the_decimals_of_its_currency(
    currency: str | None, price: str, net: str, severity: str | None
) -> None:
    line = Line(quantity=Decimal(3), unit_price=Decimal(price), net=Decimal(net))
    rounding = Rounding(mode="half_up", rule="per_line")

    said = [
        finding.severity
        for finding in verify(make(currency=currency, lines=(line,), rounding=rounding))
    ]

    assert said == ([severity] if severity else [])


@pytest.mark.parametrize("rounding", [None, Rounding(), Rounding(rule="per_line")])
@pytest.mark.parametrize("net", ["12.37", "12.38", "12.36", "12.39", "12.375"])
def test_without_a_mode_a_line_may_be_rounded_in_any(rounding: Rounding | None, net: str) -> None:
    line = Line(unit_price=Decimal("4.125"), quantity=Decimal(3), net=Decimal(net))

    assert verify(make(currency="EUR", lines=(line,), rounding=rounding)) == []
    wrong = Line(unit_price=Decimal("4.125"), quantity=Decimal(3), net=Decimal("12.40"))
    assert [
        one.severity for one in verify(make(currency="EUR", lines=(wrong,), rounding=rounding))
    ] == ["error"]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (
            {"totals": Totals(lines_net=Decimal(100), net=Decimal(95))},
            "totals.net was not checked: the charges are unknown",
        ),
        (
            {
                "totals": Totals(lines_net=Decimal(100), net=Decimal(95)),
                "charges": (Charge(kind="shipping"),),
            },
            "totals.net was not checked: the charges are unknown",
        ),
        (
            {
                "totals": Totals(lines_net=Decimal(100), net=Decimal(95)),
                "charges": (),
                "discounts": (Discount(kind="percent", value=Decimal(5)),),
            },
            "totals.net was not checked: the sum of the discounts is unknown",
        ),
        (
            {"totals": Totals(lines_net=Decimal(100)), "lines": (Line(net=Decimal(100)), Line())},
            "totals.lines_net was not checked: a line has no net",
        ),
    ],
)
def test_a_check_that_cannot_be_made_is_told(fields: dict[str, Any], text: str) -> None:
    [finding] = verify(make(**fields))

    assert (finding.code, finding.severity, finding.text) == ("not-checked", "info", text)
    assert (finding.expected, str(finding)) == (None, f"info: {text}")


def test_tolerances_are_those_of_the_currency() -> None:
    line = Line(
        quantity=Decimal(1), net=Decimal("1755.00"), tax_rate=Decimal(10), tax_amount=Decimal(176)
    )

    assert verify(make(currency="JPY", lines=(line,))) == []  # 175.5
    assert [one.code for one in verify(make(currency="EUR", lines=(line,)))] == ["line-tax"]
    fils = Line(
        quantity=Decimal(1), net=Decimal("1.250"), tax_rate=Decimal(5), tax_amount=Decimal("0.06")
    )
    # The tax is 0.0625.
    assert [one.code for one in verify(make(currency="KWD", lines=(fils,)))] == ["line-tax"]
    assert verify(make(currency="EUR", lines=(fils,))) == []
