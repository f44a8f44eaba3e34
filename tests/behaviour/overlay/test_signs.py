"""The signs of amounts: one rule for all providers, whatever was selected."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from counterfoil import Invoice

from tests.behaviour.overlay.reading import map_one
from tests.schema_strategies import Digits

ITEM = {
    "sku": "A",
    "name": "Lamp",
    "quantity": Digits("2.00"),
    "price": Digits("-10.000"),
    "totalPrice": Digits("-20.00"),
    "taxRate": Digits("22.00"),
    "taxAmount": Digits("-4.40"),
}
SHIPPING = {
    "id": 1,
    "name": "Courier",
    "cost": Digits("5.000"),
    "taxCode": "V",
    "taxRate": Digits("22.00"),
    "taxAmount": Digits("1.10"),
}
TAX = {
    "code": "V",
    "name": "VAT",
    "rate": Digits("22.00"),
    "taxableTotal": Digits("-25.00"),
    "amount": Digits("-5.50"),
}
NOTE: dict[str, Any] = {
    "items": [ITEM],
    "prediscountSubtotal": Digits("-20.00"),
    "taxes": [TAX],
    "total": Digits("-25.00"),
    "taxAmount": Digits("-5.50"),
    "taxedTotal": Digits("-30.50"),
}


def select(*fields: str, kind: str = "CreditNote") -> Invoice:
    chosen = {name: NOTE[name] for name in fields}
    record = {"id": 1, "type": kind, "shippingMethod": SHIPPING, **chosen}
    return map_one("open2b-admin", "Invoice", record, currency="EUR")


def list_amounts(invoice: Invoice) -> list[Any]:
    parts = [*(invoice.lines or ()), *(invoice.charges or ()), *(invoice.taxes or ())]
    if invoice.totals:
        parts.append(invoice.totals)  # type: ignore[arg-type]
    names = (
        "unit_price",
        "quantity",
        "net",
        "gross",
        "tax_amount",
        "amount",
        "taxable",
        "tax",
        "lines_net",
    )
    found = [getattr(part, name, None) for part in parts for name in names]
    return [amount for amount in found if amount is not None]


@pytest.mark.parametrize(
    "fields", [*combinations(NOTE, 1), *combinations(NOTE, 2), tuple(NOTE)], ids="+".join
)
def test_a_negative_credit_note_is_positive_whatever_was_selected(fields: tuple[str, ...]) -> None:
    note = select(*fields)

    assert [amount for amount in list_amounts(note) if amount < 0] == []
    assert [one.code for one in note.warnings] == ["negative-amounts"]
    assert note.charges is not None
    assert str(note.charges[0].net) == "5.000"


@pytest.mark.parametrize("kind", ["Invoice", "Proforma", "ShippingInvoice"])
def test_a_negative_document_of_another_kind_stays_negative(kind: str) -> None:
    invoice = select(*NOTE, kind=kind)

    assert invoice.totals is not None
    assert str(invoice.totals.gross) == "-30.50"
    assert invoice.lines is not None
    [line, *_] = invoice.lines
    assert str(line.unit_price) == "10.000"
    assert str(line.quantity) == "-2.00"
    assert [one.code for one in invoice.warnings] == ["line-sign"]


@pytest.mark.parametrize(
    ("quantity", "price", "total"),
    [
        ("2", "-10", "-20"),
        ("-2", "10", "-20"),
        ("-2", "-10", "-20"),
        ("2", "10", "-20"),
        ("-2", "10", "20"),
    ],
)
def test_price_and_quantity_of_a_credited_line_are_positive(
    quantity: str, price: str, total: str
) -> None:
    item = ITEM | {
        "quantity": Digits(quantity),
        "price": Digits(price),
        "totalPrice": Digits(total),
    }
    item["taxAmount"] = Digits(total)
    record = {"id": 1, "type": "CreditNote", "items": [item]}

    [line] = map_one("open2b-admin", "Invoice", record, currency="EUR").lines or ()

    assert str(line.unit_price) == "10"
    assert str(line.quantity) == "2"
    assert str(line.net) == "20"


def test_a_zero_has_no_sign() -> None:
    item = ITEM | {"taxAmount": Digits("-0.00")}
    record = {
        "id": 1,
        "type": "CreditNote",
        "items": [item],
        "total": Digits("-20.00"),
        "taxAmount": Digits("0.00"),
    }

    note = map_one("open2b-admin", "Invoice", record, currency="EUR")

    assert note.totals is not None
    assert [str(note.totals.net), str(note.totals.tax)] == ["20.00", "0.00"]
    assert note.lines is not None
    assert str(note.lines[0].tax_amount) == "0.00"


@pytest.mark.parametrize("value", [-4500, 4500, None])
@pytest.mark.parametrize("quantities", [(1, 2), (-1, -2), (-1, -2, 0)])
def test_a_return_without_amounts_of_lines_has_positive_quantities(
    value: int | None, quantities: tuple[int, ...]
) -> None:
    items = [{"itemIndex": 0, "quantity": quantity} for quantity in quantities]
    package = {"items": items, "invoiceNumber": "R-1", "type": "Input"}
    if value is not None:
        package["invoiceValue"] = value
    order = {
        "orderId": "1-01",
        "items": [{"id": "7", "name": "Lamp"}],
        "storePreferencesData": {"currencyCode": "BRL"},
        "packageAttachment": {"packages": [package]},
    }

    invoice = map_one("vtex", "Order", order)

    assert [int(line.quantity or 0) for line in invoice.lines or ()] == [
        abs(quantity) for quantity in quantities
    ]
    assert invoice.totals is None or str(invoice.totals.gross) == "45.00"
