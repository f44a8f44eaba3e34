"""The packages of a VTEX order as invoices."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from counterfoil import Invoice, Line, Totals, to_invoices

from tests.behaviour.overlay.reading import decode, example, make_account
from tests.schema_strategies import spell


def read(
    name: str = "orders.get.typical.200", about: dict[str, Any] | None = None, **changes: Any
) -> tuple[Invoice, ...]:
    order = example("vtex", name) | changes
    return to_invoices(decode("vtex", "Order", spell(order)), make_account("vtex", **about or {}))


def packages(**changes: Any) -> dict[str, Any]:
    [package, *_] = example("vtex", "orders.get.typical.200")["packageAttachment"]["packages"]
    return {"packages": [package | changes]}


def test_an_order_has_an_invoice_for_each_package() -> None:
    assert [invoice.ref.key for invoice in read()] == [
        "1172452900788-01/000030711",
        "1172452900788-01/NF/2026-118",
    ]
    assert read("orders.get.not-invoiced.200") == ()


def test_cents_become_major_units_by_the_accounts_setting_and_not_by_the_currencys() -> None:
    assert read()[0].totals == Totals(gross=Decimal("104.50"))
    assert read(about={"minor_digits": 0})[0].totals == Totals(gross=Decimal("10450"))
    assert read(storePreferencesData={"currencyCode": "JPY"})[0].totals == Totals(
        gross=Decimal("104.50")
    )


def test_a_return_is_a_return_and_no_credit_note() -> None:
    assert [invoice.ref.kind for invoice in read("orders.get.returned.200")] == [
        "invoice",
        "invoice",
        "return_invoice",
    ]


def test_a_type_that_is_not_known_is_said() -> None:
    [invoice] = read(packageAttachment=packages(type="Sideways"))

    assert invoice.ref.kind == "unknown"
    assert any("is neither a sale nor a return" in one.text for one in invoice.warnings)


def test_lines_name_the_orders_items_and_have_no_amount_for_the_documents_contradict_each_other():
    [first, second] = read()

    assert first.lines == (Line(sku="310118", name="Luminária de latão", quantity=Decimal(1)),)
    assert second.lines == (
        Line(
            sku="310204",
            name="Cadeira dobrável",
            quantity=Decimal(2),
            note="Two chairs, price of one",
        ),
    )
    assert (first.completeness, first.totals and first.totals.lines_net) == ("partial", None)
    assert any("item prices are in raw only" in one.text for one in first.warnings)


@pytest.mark.parametrize("index", [-1, 7])
def test_an_item_that_the_order_lacks_is_said(index: int) -> None:
    [invoice] = read(packageAttachment=packages(items=[{"itemIndex": index, "quantity": 1}]))

    assert invoice.lines == (Line(quantity=Decimal(1)),)
    assert any(f"item {index} that the order does not have" in one.text for one in invoice.warnings)


def test_an_invoice_without_a_number_is_known_by_its_position() -> None:
    [invoice] = read(packageAttachment=packages(invoiceNumber=None))

    assert (invoice.ref.key, invoice.number) == ("1172452900788-01/#1", None)


def test_two_invoices_of_one_number_stay_two() -> None:
    [package] = packages()["packages"]

    found = read(packageAttachment={"packages": [package, package]})

    assert len({invoice.ref for invoice in found}) == 2
    assert any("more than once" in one.text for one in found[1].warnings)


@pytest.mark.parametrize("value", [0, -4500])
def test_a_value_that_is_not_above_zero_is_kept_and_said(value: int) -> None:
    [invoice] = read(packageAttachment=packages(invoiceValue=value))

    assert invoice.totals == Totals(gross=Decimal(value).scaleb(-2))
    assert any("above zero" in one.text for one in invoice.warnings)


def test_seven_digits_of_a_second_are_read() -> None:
    [invoice] = read(packageAttachment=packages(issuanceDate="2026-10-06T12:30:00.4617653+00:00"))

    assert invoice.issued_at == datetime(2026, 10, 6, 12, 30, 0, 461765, tzinfo=UTC)


def test_the_day_of_issue_is_that_of_the_accounts_zone() -> None:
    late = packages(issuanceDate="2026-10-07T01:00:00Z")

    assert [invoice.issue_date for invoice in read(packageAttachment=late)] == [date(2026, 10, 7)]
    assert [
        one.issue_date
        for one in read(about={"time_zone": "America/Sao_Paulo"}, packageAttachment=late)
    ] == [date(2026, 10, 6)]


def test_the_currency_is_the_orders_else_the_accounts_else_none() -> None:
    assert read()[0].currency == "BRL"
    assert "currency" not in read()[0].provenance

    own = read(about={"currency": "BRL"}, storePreferencesData={})[0]
    assert (own.currency, own.provenance["currency"]) == ("BRL", "assumed")
    assert read(storePreferencesData={})[0].currency is None


def test_the_invoice_as_xml_is_a_document() -> None:
    link, embedded = read()[1].documents or ()

    assert link.url == "https://notas.lanterna.example/118.xml"
    assert embedded.bytes().startswith(b"<NFe>")
    assert embedded.media_type() == "application/xml"


def test_buyer_and_seller_are_those_of_the_order() -> None:
    [first, _] = read()

    assert first.buyer is not None
    assert (first.buyer.name, first.buyer.email) == ("Nair Valença", "nair@valenca.example")
    assert first.buyer.address is not None
    assert (first.buyer.address.streets, first.buyer.address.country) == (
        ("Rua das Laranjeiras", "41", "Centro"),
        "BR",
    )
    assert first.seller is not None
    assert first.seller.name == "Lanterna"
    assert read(sellers=[{"name": "One"}, {"name": "Two"}])[0].seller is None


def test_a_fiscal_key_and_the_order_are_references() -> None:
    assert [(one.type, one.key) for one in read()[1].references or ()] == [
        ("order", "1172452900788-01"),
        ("fiscal_key", "35261000000000000000550010000001181000001180"),
    ]
    assert read()[1].attributes == {"cfop": "5100"}
