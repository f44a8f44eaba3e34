"""Flow's invoices and credit memos as invoices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from counterfoil import Address, Charge, Discount, Invoice, Line, Reference, TaxId, Totals

from tests.behaviour.overlay.reading import example, map_one
from tests.schema_strategies import Digits


def read(name: str = "consumer_invoices.get.typical.200", **changes: Any) -> Invoice:
    model = "CreditMemo" if name.startswith("credit") else "ConsumerInvoice"
    return map_one("flow", model, example("flow", name) | changes)


def lines(**changes: Any) -> list[Any]:
    [item, *others] = example("flow", "consumer_invoices.get.typical.200")["lines"]
    return [item | changes, *others]


def test_an_invoice_is_known_by_its_key() -> None:
    assert (read().ref.key, read().ref.kind, read().number) == (
        "W-3081/1",
        "invoice",
        "IE-2026-000418",
    )


def test_a_line_multiplies_what_flow_says_of_one_unit() -> None:
    assert read().lines == (
        Line(
            sku="LMP-204",
            name="Brass desk lamp",
            quantity=Decimal(2),
            unit_price=Decimal(40),
            net=Decimal(72),
            discount=Decimal(8),
            tax_rate=Decimal(20),
            tax_amount=Decimal("14.4"),
            duty_rate=Decimal(5),
            duty_amount=Decimal("3.6"),
        ),
    )


def test_totals_follow_from_the_lines_and_say_so() -> None:
    invoice = read()

    assert invoice.totals == Totals(
        lines_net=Decimal(72),
        discount=Decimal(5),
        charges=Decimal("9.5"),
        net=Decimal("76.5"),
        tax=Decimal("16.3"),
        duty=Decimal("3.6"),
        gross=Decimal("96.4"),
        prepaid=Decimal("96.4"),  # the payment
        due=Decimal(0),
    )
    assert {
        f"totals.{name}"
        for name in ("lines_net", "discount", "charges", "net", "tax", "duty", "gross")
    } <= {path for path, origin in invoice.provenance.items() if origin == "computed"}
    assert invoice.provenance["prices_include_tax"] == "assumed"


def test_lines_for_shipping_and_discounts_are_charges_and_positive_discounts() -> None:
    invoice = read()

    assert invoice.charges == (
        Charge(
            kind="shipping", net=Decimal("9.5"), tax_rate=Decimal(20), tax_amount=Decimal("1.9")
        ),
    )
    assert invoice.discounts == (
        Discount(kind="amount", value=Decimal(5), amount=Decimal(5), position=1),
    )


@pytest.mark.parametrize(
    ("rate", "percent"),
    [("0.2", "20"), ("0.075", "7.5"), ("0", "0"), ("1", "100"), ("0.0725", "7.25")],
)
def test_a_rate_is_told_in_percent(rate: str, percent: str) -> None:
    tax = {"rate": Digits(rate), "value": {"amount": 1, "currency": "GBP", "label": ""}}

    assert str(read(lines=lines(unit_tax=tax)).lines[0].tax_rate) in (
        percent,
        f"{percent}.0",
        f"{percent}.00",
    )


def test_an_amount_keeps_every_digit_and_its_label_is_never_read() -> None:
    price = {"amount": Digits("1234567890123456.789"), "currency": "GBP", "label": "£1.00"}

    line = read(lines=lines(unit_price=price, quantity=3, unit_discount=None)).lines[0]

    assert (line.unit_price, line.net) == (
        Decimal("1234567890123456.789"),
        Decimal("3703703670370370.367"),
    )


def test_lines_in_two_currencies_leave_the_invoice_without_one() -> None:
    price = {"amount": 40, "currency": "EUR", "label": ""}

    invoice = read(lines=lines(unit_price=price))

    assert invoice.currency is None
    assert "lines are in EUR, GBP: the invoice has neither currency nor totals" in [
        one.text for one in invoice.warnings
    ]


def test_the_currency_of_all_lines_is_the_invoices() -> None:
    assert (read().currency, read().provenance["currency"]) == ("GBP", "computed")


def test_an_unknown_line_stays_raw_and_totals_are_left_out() -> None:
    found = [
        *lines(),
        {"discriminator": "gift_wrap", "price": {"amount": 3, "currency": "GBP", "label": ""}},
    ]

    invoice = read(lines=found)

    assert invoice.totals is None
    assert invoice.completeness == "partial"
    assert len(invoice.raw.lines) == 4
    assert [(one.code, one.path) for one in invoice.warnings] == [("unknown-line", "lines")]


def test_numbers_beyond_reckoning_are_left_out_and_the_invoice_is_read() -> None:
    price = {"amount": Digits("9" * 60 + "." + "9" * 30), "currency": "GBP", "label": ""}

    invoice = read(lines=lines(unit_price=price))

    assert invoice.totals is None
    assert "numbers with too many digits to be exact" in invoice.warnings[0].text


def test_sums_beyond_reckoning_are_left_out_and_the_lines_are_read() -> None:
    price = {"amount": Digits("9" * 59 + "." + "9" * 20), "currency": "GBP", "label": ""}

    tax = {"rate": 0, "value": {"amount": Digits("1e-25"), "currency": "GBP", "label": ""}}

    invoice = read(lines=lines(unit_price=price, unit_discount=None, unit_tax=tax))

    assert invoice.totals is None
    assert invoice.completeness == "partial"
    assert len(invoice.lines or ()) == 1
    assert any(
        "the sums of the lines are numbers with too many digits to be exact" in one.text
        for one in invoice.warnings
    )


def test_parties_are_the_company_that_sells_who_is_billed_and_where_it_goes() -> None:
    invoice = read()

    assert invoice.seller is not None
    assert (invoice.seller.name, invoice.seller.vat_number) == (
        "Flow Commerce Limited",
        "GB000111222",
    )
    assert invoice.seller.tax_ids == (TaxId(scheme="ioss", value="IM3720000001", country="IRL"),)
    assert invoice.buyer is not None
    assert (invoice.buyer.company, invoice.buyer.vat_number) == ("Thornby Prints Ltd", None)
    assert invoice.buyer.tax_ids == (
        TaxId(scheme="tax_registration", value="GB123000456", verdict="valid"),
    )
    assert invoice.ship_to is not None
    assert (invoice.ship_to.last_name, invoice.ship_to.email) == ("Thornby", "ada@thornby.example")
    assert invoice.ship_from is not None
    assert invoice.ship_from.address == Address(
        streets=("8 Dockside Way",),
        city="Rotterdam",
        region="Zuid-Holland",
        postal="3011 AA",
        country="NL",
        country_raw="NLD",
    )


def test_where_it_goes_is_no_substitute_for_who_is_billed() -> None:
    assert read(billing_address=None, tax_registration=None).buyer is None


def test_an_address_in_one_text_is_kept() -> None:
    invoice = read("consumer_invoices.get.other-forms.200")

    assert invoice.ship_to is not None
    assert invoice.ship_to.address is not None
    assert invoice.ship_to.address.streets == ("Rua da Rosa 7, 1200-001 Lisboa, Portugal",)


def test_a_country_that_does_not_exist_is_kept_raw_with_a_warning() -> None:
    invoice = read(destination={"country": "ZZZ"})

    assert invoice.ship_to is not None
    assert invoice.ship_to.address == Address(country_raw="ZZZ")
    assert "country 'ZZZ' is not in ISO 3166-1: only country_raw has it" in [
        one.text for one in invoice.warnings
    ]


def test_an_unknown_status_is_kept_raw_with_a_warning() -> None:
    invoice = read(status="queued")

    assert (invoice.status, invoice.status_raw) == (None, "queued")
    assert "status 'queued' is unknown: only status_raw has it" in [
        one.text for one in invoice.warnings
    ]


def test_the_day_of_issue_is_that_of_the_accounts_zone() -> None:
    found = example("flow", "consumer_invoices.get.typical.200") | {
        "date": "2026-10-05T22:30:00.000Z"
    }

    assert map_one("flow", "ConsumerInvoice", found).issue_date == date(2026, 10, 5)
    assert map_one("flow", "ConsumerInvoice", found, time_zone="Europe/Rome").issue_date == date(
        2026, 10, 6
    )


def test_nothing_is_said_to_be_paid_for_payments_alone() -> None:
    assert read().paid is None
    assert [payment.amount for payment in read().payments or ()] == [Decimal("96.4")]


def test_a_credit_memo_is_a_credit_note_about_its_invoice_with_positive_amounts() -> None:
    payment = {
        "date": "2026-10-21T00:00:00Z",
        "description": "Visa",
        "value": {"amount": -45, "currency": "GBP", "label": ""},
    }

    memo = read("credit_memos.create.typical.201", payments=[payment])

    assert (memo.ref.kind, memo.number) == ("credit_note", None)
    assert memo.references == (Reference(type="invoice", number="IE-2026-000418", key="W-3081/1"),)
    assert memo.totals is not None
    assert memo.totals.gross == Decimal(45)
    assert [paid.amount for paid in memo.payments or ()] == [Decimal(45)]


def test_documents_are_links_with_their_language() -> None:
    [document] = read().documents or ()

    assert (document.url, document.language) == (
        "https://documents.flow.example/cin-4d1b7a2e90/en.pdf",
        "en",
    )
