"""Open2b's invoices, as the administration and as a customer sees them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from counterfoil import Charge, Discount, Invoice, Reference, Rounding, TaxId, Totals

from tests.behaviour.overlay.reading import DOCUMENTED, example, map_one
from tests.schema_strategies import Digits

ABOUT = {"currency": "EUR", "time_zone": "Europe/Rome"}


def admin(
    name: str = "get.typical", about: dict[str, Any] | None = None, **changes: Any
) -> Invoice:
    found = example("open2b-admin", f"invoices.{name}.200")["invoice"] | changes
    return map_one("open2b-admin", "Invoice", found, **ABOUT if about is None else about)


def storefront(position: int = 0, **changes: Any) -> Invoice:
    found = example("open2b-storefront", "invoices.list.first-page.200")["invoices"][position]
    return map_one("open2b-storefront", "Invoice", found | changes, **ABOUT)


def test_totals_taxes_and_payment_are_as_given() -> None:
    invoice = admin(
        total=Digits("89.23"),
        taxAmount=Digits("31.25"),
        taxedTotal=Digits("120.48"),
        isPaidFor=True,
    )

    assert invoice.totals is not None
    assert (invoice.totals.net, invoice.totals.tax, invoice.totals.gross) == (
        Decimal("89.23"),
        Decimal("31.25"),
        Decimal("120.48"),
    )
    assert invoice.paid is True
    assert not {"totals.net", "totals.tax", "totals.gross", "paid"} & set(invoice.provenance)


def test_the_sum_of_discounts_is_the_difference_of_the_subtotals() -> None:
    invoice = admin("get.credit-note")

    assert invoice.totals is not None
    assert (invoice.totals.lines_net, invoice.totals.discount) == (
        Decimal("56.33"),
        Decimal("5.63"),
    )
    assert invoice.provenance["totals.discount"] == "computed"


def test_costs_of_shipping_and_payment_are_charges_with_their_tax() -> None:
    method = {
        "id": 14,
        "name": "Courier",
        "cost": Digits("8.572"),
        "taxCode": "IVA22",
        "taxRate": Digits("19.00"),
        "taxAmount": 1,
    }

    assert admin(shippingMethod=method, paymentMethod=None).charges == (
        Charge(
            kind="shipping",
            name="Courier",
            net=Decimal("8.572"),
            tax_code="IVA22",
            tax_rate=Decimal("19.00"),
            tax_amount=Decimal(1),
        ),
    )
    assert admin(shippingMethod=None, paymentMethod=None).charges == ()
    assert admin("get.sparse").charges is None


def test_currency_and_zone_are_the_accounts_and_named_as_assumed() -> None:
    invoice = admin(creationTime="2026-02-03 14:05:09")

    assert invoice.currency == "EUR"
    assert invoice.created_at == datetime(2026, 2, 3, 13, 5, 9, tzinfo=UTC)
    assert invoice.created_at is not None
    assert invoice.created_at.utcoffset() == timedelta(hours=1)
    assert (invoice.provenance["currency"], invoice.provenance["created_at"]) == (
        "assumed",
        "assumed",
    )


def test_a_time_from_before_the_railways_has_an_offset_that_json_can_write() -> None:
    # The clocks of Rome were 49 minutes and 56 seconds ahead.
    invoice = admin(creationTime="1850-02-03 14:05:09")

    assert Invoice.from_json(invoice.to_json()).created_at == datetime(
        1850, 2, 3, 13, 15, 13, tzinfo=UTC
    )


def test_without_them_there_is_neither_currency_nor_moment_and_a_warning_for_each() -> None:
    invoice = admin(about={})

    assert (invoice.currency, invoice.created_at, invoice.updated_at) == (None, None, None)
    assert [one for one in invoice.warnings if "set the account's currency" in one.text]
    assert [one for one in invoice.warnings if "set the account's time_zone" in one.text]
    assert "currency" not in invoice.provenance


def test_an_empty_text_is_none_and_an_empty_list_is_empty() -> None:
    invoice = admin(number="", terms="", discounts=[], items=[], taxes=[])

    assert (invoice.number, invoice.notes, invoice.discounts, invoice.lines, invoice.taxes) == (
        None,
        (),
        (),
        (),
        (),
    )


def test_a_field_that_was_not_selected_and_null_are_both_none() -> None:
    selected = map_one("open2b-admin", "Invoice", {"id": 7, "dueDate": None}, **ABOUT)
    left_out = map_one("open2b-admin", "Invoice", {"id": 7}, **ABOUT)

    assert (selected.due_date, left_out.due_date) == (None, None)
    assert (left_out.lines, left_out.totals, left_out.completeness) == (None, None, "partial")


def test_an_invoice_without_its_id_has_no_key_and_says_so() -> None:
    invoice = map_one("open2b-admin", "Invoice", {"number": "2026/7"}, **ABOUT)

    assert invoice.ref.key is None
    assert "the id was not selected, so this invoice cannot be identified" in [
        one.text for one in invoice.warnings
    ]


def test_codes_are_tax_ids_under_their_own_names_for_none_is_documented_as_the_vat_number() -> None:
    address = example("open2b-admin", "invoices.get.typical.200")["invoice"]["billingAddress"]
    codes = {"companyCode": "INV1", "companyCode2": "J2", "personalCode": "P3"}

    buyer = admin(
        billingAddress=address | codes, invoiceRecipient="X0Y1Z2W", customerName="Studio"
    ).buyer

    assert buyer is not None
    assert buyer.tax_ids == tuple(
        TaxId(scheme=scheme, value=value) for scheme, value in codes.items()
    )
    assert (buyer.vat_number, buyer.einvoice_id, buyer.name) == (None, "X0Y1Z2W", "Studio")


def test_kinds_states_and_rounding_are_words_of_ours() -> None:
    invoice = admin(
        type="ShippingInvoice", status="Disputed", rounding={"mode": "HalfEven", "rule": "PerItem"}
    )

    assert (invoice.ref.kind, invoice.status, invoice.status_raw) == (
        "shipping_invoice",
        "disputed",
        "Disputed",
    )
    assert invoice.rounding == Rounding(mode="half_even", rule="per_item")


def test_words_that_are_not_known_are_kept_raw_with_a_warning() -> None:
    invoice = admin(type="Memo", status="Lost", discounts=[{"type": "BuyTwo", "value": 3}])

    assert (invoice.ref.kind, invoice.status, invoice.status_raw, invoice.discounts) == (
        "unknown",
        None,
        "Lost",
        (),
    )
    assert [one for one in invoice.warnings if "'Memo'" in one.text]
    assert [one for one in invoice.warnings if "'Lost'" in one.text]
    assert [one for one in invoice.warnings if "'BuyTwo'" in one.text]


def test_discounts_keep_their_order_and_what_they_are_taken_from() -> None:
    off = [
        {"type": "PercentOff", "value": Digits("20.000")},
        {"type": "AmountOff", "value": Digits("10.450")},
    ]

    assert admin(discounts=off, discountsIncludeTaxes=True).discounts == (
        Discount(kind="percent", value=Decimal("20.000"), before_tax=False, position=1),
        Discount(
            kind="amount",
            value=Decimal("10.450"),
            amount=Decimal("8.57"),
            before_tax=False,
            position=2,
        ),
    )


def test_a_credit_note_with_negative_amounts_is_turned_and_says_so() -> None:
    note = admin(
        "get.credit-note",
        total=Digits("-50.70"),
        taxAmount=Digits("-11.15"),
        taxedTotal=Digits("-61.85"),
    )

    assert note.totals is not None
    assert (note.totals.net, note.totals.tax, note.totals.gross) == (
        Decimal("50.70"),
        Decimal("11.15"),
        Decimal("61.85"),
    )
    assert any("negative" in one.text for one in note.warnings)
    assert not any("negative" in one.text for one in admin("get.credit-note").warnings)


def test_an_invoice_that_is_negative_stays_so() -> None:
    invoice = admin(total=Digits("-1.00"), taxedTotal=Digits("-1.22"))

    assert invoice.totals is not None
    assert invoice.totals.gross == Decimal("-1.22")


def test_what_it_refers_to_and_the_customer_are_references() -> None:
    assert admin(
        referenceType="PackingSlip", referenceNumber="2026/9", customer=812
    ).references == (
        Reference(type="packing_slip", number="2026/9"),
        Reference(type="customer", key="812"),
    )


def test_a_shipping_invoice_says_how_the_goods_went_out() -> None:
    fields = {
        "numberOfPackages": 2,
        "porto": "Franco",
        "shippingTime": "2026-07-01 10:00:00",
        "trackingNumber": "T-1",
    }

    shipment = admin(**fields).shipment

    assert shipment is not None
    assert (shipment.packages, shipment.carriage, shipment.tracking_number) == (2, "Franco", "T-1")
    assert shipment.dispatched_at == datetime(2026, 7, 1, 8, 0, tzinfo=UTC)


def test_the_documents_own_sample_is_read_whole() -> None:
    import json

    found = json.loads(
        (DOCUMENTED / "open2b-admin.invoices.get.response.json").read_text(), parse_float=Digits
    )["invoice"]

    invoice = map_one("open2b-admin", "Invoice", found, **ABOUT)

    assert (invoice.ref.kind, invoice.ref.key, invoice.completeness) == (
        "proforma",
        "662705500",
        "full",
    )
    assert invoice.issue_date == date(2013, 8, 28)
    assert invoice.due_date == date(2013, 9, 28)
    assert invoice.totals == Totals(
        lines_net=Decimal("69.54"),
        discount=Decimal(0),
        charges=Decimal("9.772"),  # the costs of shipping
        net=Decimal("89.23"),
        tax=Decimal("31.25"),
        gross=Decimal("120.48"),
    )


def test_a_customer_sees_prices_with_and_without_tax_and_neither_payment_nor_times() -> None:
    prices = {
        "price": Digits("4.125"),
        "totalPrice": Digits("24.75"),
        "taxedPrice": 5,
        "taxedTotalPrice": Digits("30.20"),
    }

    invoice = storefront(items=[{"sku": "TEA-508", "prices": prices, "tax": None}])

    [line] = invoice.lines or ()
    assert (line.unit_price, line.unit_price_gross) == (Decimal("4.125"), Decimal(5))
    assert (line.net, line.gross, line.tax_amount, line.tax_rate) == (
        Decimal("24.75"),
        Decimal("30.20"),
        None,
        None,
    )
    assert (invoice.paid, invoice.created_at, invoice.updated_at, invoice.ref.provider) == (
        None,
        None,
        None,
        "open2b-storefront",
    )


@pytest.mark.parametrize("field", ["shippingMethod", "paymentMethod"])
def test_a_customers_costs_are_taken_to_be_without_tax(field: str) -> None:
    costs = {
        "shippingMethod": None,
        "paymentMethod": None,
        field: {"name": "Courier", "cost": Digits("8.57")},
    }

    invoice = storefront(**costs)

    assert [(charge.net, charge.tax_amount) for charge in invoice.charges or ()] == [
        (Decimal("8.57"), None)
    ]
    assert invoice.provenance["charges[].net"] == "assumed"
