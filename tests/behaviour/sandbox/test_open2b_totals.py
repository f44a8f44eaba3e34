"""Totals of invoices, compared with figures worked out by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from counterfoil_sandbox import Sandbox

from .conftest import BILLING_ADDRESS, Clock, Open2b

LAMPS = {
    "sku": "LMP-204",
    "name": "Brass desk lamp",
    "quantity": 3,
    "price": 56.33,
    "weight": 1.25,
    "taxClass": 2,
}
BULBS = {
    "sku": "BLB-011",
    "name": "LED bulb",
    "quantity": 4,
    "price": 6.25,
    "weight": 0.05,
    "taxClass": 2,
}


@pytest.fixture
def box(clock: Clock) -> Sandbox:
    """A store without invoices."""
    return Sandbox(["open2b-admin"], invoices=0, clock=clock)


def show(open2b: Open2b, **invoice: Any) -> Any:
    return open2b.get(open2b.create(**invoice))


def pick(invoice: Any, *names: str) -> list[str]:
    return [str(invoice[name]) for name in names]


def test_an_invoice_with_a_discount_and_costs(open2b: Open2b) -> None:
    ten_off = {"type": "PercentOff", "value": 10}
    shown = show(
        open2b,
        items=[LAMPS, BULBS],
        discounts=[ten_off],
        shippingMethod=3,
        shippingCost=8.2,
        paymentMethod=8,
        paymentCost=0,
    )
    assert [pick(each, "totalPrice", "taxAmount") for each in shown["items"]] == [
        ["168.99", "37.18"],
        ["25.00", "5.50"],
    ]
    assert pick(shown, "prediscountSubtotal", "taxedPrediscountSubtotal") == ["193.99", "236.67"]
    assert pick(shown, "subtotal", "taxedSubtotal") == ["174.59", "213.00"]
    assert pick(shown["shippingMethod"], "cost", "taxCode", "taxRate", "taxAmount") == [
        "8.200",
        "IVA22",
        "22.00",
        "1.80",
    ]
    assert pick(shown, "total", "taxAmount", "taxedTotal") == ["182.79", "40.21", "223.00"]
    assert [pick(each, "code", "rate", "taxableTotal", "amount") for each in shown["taxes"]] == [
        ["IVA22", "22.00", "182.79", "40.21"]
    ]
    assert pick(shown, "quantity", "weight") == ["7.00", "3.950"]


def test_a_cost_of_null_is_the_methods_own(open2b: Open2b) -> None:
    chairs = {"quantity": 2, "price": 89.5, "weight": 4.2, "taxClass": 2}
    shown = show(open2b, items=[chairs], shippingMethod=3, shippingCost=None, paymentMethod=5)
    assert shown["shippingMethod"]["cost"] == Decimal("15.000")
    assert pick(shown["paymentMethod"], "name", "cost", "taxAmount") == ["Card", "1.000", "0.22"]
    assert pick(shown, "total", "taxAmount", "taxedTotal") == ["195.00", "42.90", "237.90"]


# One line: 3 of 0.125 with 22 % tax, which is exactly 0.375 and 0.0825.
@pytest.mark.parametrize(
    ("mode", "rule", "net", "tax"),
    [
        ("Down", "PerLine", "0.37", "0.08"),
        ("HalfDown", "PerLine", "0.37", "0.08"),
        ("HalfEven", "PerLine", "0.38", "0.08"),
        ("HalfUp", "PerLine", "0.38", "0.08"),
        ("Down", "PerItem", "0.36", "0.06"),
        ("HalfDown", "PerItem", "0.36", "0.09"),
        ("HalfEven", "PerItem", "0.36", "0.09"),
        ("HalfUp", "PerItem", "0.39", "0.09"),
        ("HalfUp", "Total", "0.38", "0.08"),
    ],
)
def test_rounding_of_a_line(open2b: Open2b, mode: str, rule: str, net: str, tax: str) -> None:
    line = {"quantity": 3, "price": 0.125, "taxClass": 2}
    [item] = show(open2b, items=[line], rounding={"mode": mode, "rule": rule})["items"]
    assert pick(item, "totalPrice", "taxAmount") == [net, tax]


@pytest.mark.parametrize(
    ("rule", "subtotal"), [("PerItem", "0.03"), ("PerLine", "0.03"), ("Total", "0.01")]
)
def test_lines_are_rounded_before_they_are_added_unless_the_rule_says_total(
    open2b: Open2b, rule: str, subtotal: str
) -> None:
    lines = [{"quantity": 1, "price": 0.005}] * 3  # 0.015 in all, which half down makes 0.01
    mode = "HalfDown" if rule == "Total" else "HalfUp"
    assert pick(show(open2b, items=lines, rounding={"mode": mode, "rule": rule}), "subtotal") == [
        subtotal
    ]


def test_amounts_below_zero_are_rounded_like_those_above(open2b: Open2b) -> None:
    line = {"quantity": 1, "price": -0.125, "taxClass": 2}
    assert pick(show(open2b, items=[line], rounding={"mode": "HalfUp"}), "total") == ["-0.13"]
    assert pick(show(open2b, items=[line], rounding={"mode": "Down"}), "total") == ["-0.12"]


def test_discounts_follow_each_other(open2b: Open2b) -> None:
    line = {"quantity": 1, "price": 100, "taxClass": 2}
    ten = {"type": "AmountOff", "value": 10}
    half = {"type": "PercentOff", "value": 50}
    assert pick(show(open2b, items=[line], discounts=[ten, half]), "subtotal") == ["45.00"]
    assert pick(show(open2b, items=[line], discounts=[half, ten]), "subtotal") == ["40.00"]


def test_discounts_can_be_taken_from_amounts_with_taxes(open2b: Open2b) -> None:
    line = {"quantity": 1, "price": 100, "taxClass": 2}
    shown = show(
        open2b,
        items=[line],
        discounts=[{"type": "AmountOff", "value": 61}],
        discountsIncludeTaxes=True,
    )
    assert pick(shown, "subtotal", "taxedSubtotal", "taxAmount", "taxedTotal") == [
        "50.00",
        "61.00",
        "11.00",
        "61.00",
    ]


def test_taxes_are_levied_by_class_and_add_up(open2b: Open2b) -> None:
    lines = [{"quantity": 1, "price": 10.05, "taxClass": tax_class} for tax_class in (2, 3)]
    shown = show(open2b, items=lines, discounts=[{"type": "PercentOff", "value": 10}])
    assert pick(shown, "subtotal", "total") == ["18.09", "18.09"]
    assert [pick(each, "code", "taxableTotal", "amount") for each in shown["taxes"]] == [
        ["IVA22", "9.05", "1.99"],
        ["IVA10", "9.04", "0.90"],
    ]
    assert pick(shown, "taxAmount", "taxedTotal") == ["2.89", "20.98"]


def test_a_line_without_tax_class_bears_no_tax(open2b: Open2b) -> None:
    shown = show(open2b, items=[{"quantity": 1, "price": 10}])
    assert pick(shown["items"][0], "taxCode", "taxRate", "taxAmount") == ["", "0.00", "0.00"]
    assert shown["taxes"] == []
    assert pick(shown, "total", "taxAmount", "taxedTotal") == ["10.00", "0.00", "10.00"]


def test_no_tax_is_levied_where_the_goods_leave_the_tax_area(open2b: Open2b) -> None:
    abroad = {
        "name": "Ivo Dalverti",
        "street1": "Via 1",
        "city": "Chur",
        "postalCode": "7000",
        "country": "CH",
    }
    shown = show(open2b, items=[LAMPS], shippingAddress=abroad)
    assert pick(shown, "taxArea", "total", "taxedTotal") == ["5", "168.99", "168.99"]


def test_an_invoice_without_lines_comes_to_zero(open2b: Open2b) -> None:
    shown = show(open2b, billingAddress=BILLING_ADDRESS)
    names = ("subtotal", "total", "taxAmount", "taxedTotal", "quantity", "weight")
    assert pick(shown, *names) == ["0.00", "0.00", "0.00", "0.00", "0.00", "0.000"]


def test_money_comes_back_digit_for_digit(open2b: Open2b) -> None:
    body = (
        b'{"invoice":{"billingAddress":%b,'
        b'"items":[{"quantity":1.00,"price":1234567.891,"weight":0.100}]}}'
    )
    open2b.send("create", body % json.dumps(BILLING_ADDRESS).encode())
    text = open2b.send("get", b'{"id":1}').text
    assert '"quantity":1.00,"price":1234567.891,"totalPrice":1234567.89,"weight":0.100' in text
