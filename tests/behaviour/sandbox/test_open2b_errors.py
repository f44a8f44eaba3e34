"""Every documented error of create and update, with the message written out.

Two of update's 32 rows concern identifiers of lines. Requests have no field for these, so that no
request can cause the errors:
items/Malformed "An item id is repeated" and items/NotFound "Invoice <id> does not have item <id>".
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from counterfoil_sandbox import Sandbox

from .conftest import BILLING_ADDRESS, Clock, Open2b, load_document

UNREACHABLE = {
    ("items", "Malformed", "An item id is repeated"),
    ("items", "NotFound", "Invoice <id> does not have item <id>"),
}
LAMP = {"quantity": 1, "price": 10, "taxClass": 2}
SHIPPING = {
    "numberOfPackages": 2,
    "goodsAppearance": "Cartons",
    "shippingTime": "2026-05-01 10:00:00",
    "trackingNumber": "LC-1",
    "transportReason": "Sale",
}
ONLY = "can be defined only for shipping invoices"
MUST = "must be defined for shipping invoices"
ONLY_TYPE = 'can be defined only for type "ShippingInvoice"'
MUST_TYPE = 'must be defined for type "ShippingInvoice"'
PERCENT = {"type": "PercentOff", "value": 1}

Row = tuple[str, str, str, dict[str, Any]]

# Field, type, message, and the part of an invoice that causes it when creating and when updating.
SHARED: list[Row] = [
    (
        "country",
        "InvalidValue",
        "No tax areas for country 'BR'",
        {"billingAddress": {**BILLING_ADDRESS, "country": "BR"}},
    ),
    (
        "country",
        "MissingCombination",
        "Country of seller address is required if 'stateProv' is provided",
        {"sellerAddress": {"stateProv": "RA"}},
    ),
    (
        "creationTime",
        "InvalidValue",
        "Creation time '2031-01-01 00:00:00' is in the future",
        {"creationTime": "2031-01-01 00:00:00"},
    ),
    ("customer", "NotFound", "Customer 990001 does not exist", {"customer": 990001}),
    (
        "discounts",
        "InvalidValue",
        "Amount off discount can not be applied to a zero subtotal",
        {"items": [], "discounts": [{"type": "AmountOff", "value": 1}]},
    ),
    (
        "discounts",
        "Malformed",
        "There can be no more than 5 discounts",
        {"discounts": [PERCENT] * 6},
    ),
    (
        "invoiceRecipient",
        "Malformed",
        "'no recipient' is not a recipient code or email address",
        {"invoiceRecipient": "no recipient"},
    ),
    ("locale", "Malformed", "'IT_it' is not a valid locale code", {"locale": "IT_it"}),
    (
        "paymentMethod",
        "InvalidValue",
        "No payment methods can be used if total is zero or negative",
        {"items": [], "paymentMethod": 5},
    ),
    (
        "paymentMethod",
        "InvalidValue",
        "Payment method 7 can not be used in combination with shipping method 4",
        {"paymentMethod": 7, "shippingMethod": 4},
    ),
    (
        "paymentMethod",
        "InvalidValue",
        "Payment method 7 is not suitable for this invoice",
        {
            "paymentMethod": 7,
            "shippingMethod": 3,
            "billingAddress": {**BILLING_ADDRESS, "country": "DE"},
        },
    ),
    ("paymentMethod", "NotFound", "Payment method 99 does not exist", {"paymentMethod": 99}),
    (
        "shippingMethod",
        "InvalidValue",
        "Shipping method 4 is not suitable for this invoice",
        {"shippingMethod": 4, "billingAddress": {**BILLING_ADDRESS, "country": "FR"}},
    ),
    (
        "shippingMethod",
        "MissingCombination",
        "Shipping method is required because the payment method is on delivery",
        {"paymentMethod": 7},
    ),
    ("shippingMethod", "NotFound", "Shipping method 99 does not exist", {"shippingMethod": 99}),
    ("taxClass", "NotFound", "Tax class 99 does not exist", {"items": [{**LAMP, "taxClass": 99}]}),
    ("goodsAppearance", "InvalidValue", f"Goods appearance {ONLY}", {"goodsAppearance": "Cartons"}),
    ("numberOfPackages", "InvalidValue", f"Number of packages {ONLY}", {"numberOfPackages": 1}),
    ("porto", "InvalidValue", f"Porto {ONLY}", {"porto": "Franco"}),
    (
        "shippingTime",
        "InvalidValue",
        f"Shipping time {ONLY}",
        {"shippingTime": "2026-05-01 10:00:00"},
    ),
    ("trackingNumber", "InvalidValue", f"Tracking number {ONLY_TYPE}", {"trackingNumber": "LC-1"}),
    (
        "transportReason",
        "InvalidValue",
        f"Transport reason {ONLY_TYPE}",
        {"transportReason": "Sale"},
    ),
]
# The same for shipping invoices that lack a field.
LACKING: list[Row] = [
    ("goodsAppearance", "InvalidValue", f"Goods appearance {MUST}", {"goodsAppearance": None}),
    ("numberOfPackages", "InvalidValue", f"Number of packages {MUST}", {"numberOfPackages": None}),
    ("shippingTime", "InvalidValue", f"Shipping time {MUST}", {"shippingTime": None}),
    ("trackingNumber", "InvalidValue", f"Tracking number {MUST_TYPE}", {"trackingNumber": None}),
    ("transportReason", "InvalidValue", f"Transport reason {MUST_TYPE}", {"transportReason": None}),
]
CREATE_ONLY: list[Row] = [
    (
        "paymentMethod",
        "InvalidCombination",
        "Payment method is required if payment cost is provided",
        {"paymentCost": 1},
    ),
    (
        "shippingMethod",
        "InvalidCombination",
        "Shipping method is required if shipping cost is provided",
        {"shippingCost": 1},
    ),
]
UPDATE_ONLY: list[Row] = [
    ("paymentCost", "InvalidValue", "Invoice 1 has not a payment method", {"paymentCost": 1}),
    ("shippingCost", "InvalidValue", "Invoice 1 has not a shipping method", {"shippingCost": 1}),
]


def name(row: object) -> str:
    return "-".join(row[:3]) if isinstance(row, tuple) else str(row)


@pytest.fixture
def box(clock: Clock) -> Sandbox:
    """A store without invoices."""
    return Sandbox(["open2b-admin"], invoices=0, clock=clock)


@pytest.mark.parametrize("row", [*SHARED, *CREATE_ONLY], ids=name)
def test_create_refuses(open2b: Open2b, row: Row) -> None:
    invoice = {"billingAddress": BILLING_ADDRESS, "items": [LAMP], **row[3]}
    assert open2b.refused("create", invoice=invoice) == row[:3]
    assert open2b.call("count")["count"] == 0


@pytest.mark.parametrize("row", LACKING, ids=name)
def test_create_refuses_a_shipping_invoice_that_lacks(open2b: Open2b, row: Row) -> None:
    invoice = {"billingAddress": BILLING_ADDRESS, "type": "ShippingInvoice", **SHIPPING, **row[3]}
    assert open2b.refused("create", invoice=invoice) == row[:3]


@pytest.mark.parametrize("row", [*SHARED, *UPDATE_ONLY], ids=name)
def test_update_refuses(open2b: Open2b, row: Row) -> None:
    number = open2b.create(items=[LAMP])
    before = open2b.get(number)
    assert open2b.refused("update", id=number, invoice=row[3]) == row[:3]
    assert open2b.get(number) == before


@pytest.mark.parametrize("row", LACKING, ids=name)
def test_update_refuses_to_take_from_a_shipping_invoice(open2b: Open2b, row: Row) -> None:
    number = open2b.create(type="ShippingInvoice", **SHIPPING)
    assert open2b.refused("update", id=number, invoice=row[3]) == row[:3]


def test_update_refuses_an_unknown_id(open2b: Open2b) -> None:
    assert open2b.refused("update", id=4711, invoice={}) == (
        "id",
        "NotFound",
        "Invoice 4711 does not exist",
    )


def test_every_row_that_the_specification_lists_is_tested_but_for_two() -> None:
    known_id = ("id", "NotFound", "Invoice 4711 does not exist", {})
    assert count_rows("create") == len([*SHARED, *LACKING, *CREATE_ONLY]) == 29
    assert (
        count_rows("update") - len(UNREACHABLE)
        == len([*SHARED, *LACKING, *UPDATE_ONLY, known_id])
        == 30
    )
    assert {row for row in list_rows("update") if row[0] == "items"} == UNREACHABLE


def list_rows(method: str) -> list[tuple[str, str, str]]:
    rows = load_document("open2b-admin")["paths"][f"/api/v6/commerce.invoices.{method}"]["post"][
        "x-counterfoil"
    ]["errors"]
    return [(row["field"], row["type"], row["message"]) for row in rows]


def count_rows(method: str) -> int:
    return len(list_rows(method))


def test_the_id_of_a_line_is_an_unknown_field(open2b: Open2b) -> None:
    refusal = open2b.refused(
        "create", invoice={"billingAddress": BILLING_ADDRESS, "items": [{"id": 1}]}
    )
    assert refusal[:2] == ("unknown", "UnknownField")


@pytest.mark.parametrize(
    ("method", "body", "field", "kind"),
    [
        ("find", {"colour": 1}, "unknown", "UnknownField"),
        ("find", {"conditions": {"id; DROP TABLE invoice": 1}}, "unknown", "UnknownField"),
        ("find", {"order": ["id; DROP TABLE invoice"]}, "order", "InvalidValue"),
        ("find", {"fields": ["colour"]}, "fields", "InvalidValue"),
        ("find", {"limit": 0}, "limit", "InvalidValue"),
        ("find", {"limit": "1"}, "limit", "Malformed"),
        (
            "find",
            {"conditions": {"fromCreationTime": "2026-02-30 00:00:00"}},
            "fromCreationTime",
            "Malformed",
        ),
        ("find", {"conditions": {"fromIssueDate": "2026-02-30"}}, "fromIssueDate", "Malformed"),
        ("find", {"conditions": {"labels": [65]}}, "labels", "InvalidValue"),
        ("find", [], "commerce.invoices.find", "Malformed"),
        ("get", {}, "id", "Missing"),
        ("get", {"id": 2147483648}, "id", "InvalidValue"),
        ("delete", {"ids": [0]}, "ids", "InvalidValue"),
        ("create", {}, "invoice", "Missing"),
        ("create", {"invoice": {}}, "billingAddress", "Missing"),
        (
            "create",
            {"invoice": {"billingAddress": {**BILLING_ADDRESS, "city": ""}}},
            "city",
            "Malformed",
        ),
        (
            "create",
            {"invoice": {"billingAddress": BILLING_ADDRESS, "shippingAddress": {}}},
            "name",
            "Missing",
        ),
        (
            "create",
            {"invoice": {"billingAddress": BILLING_ADDRESS, "rounding": {"way": 1}}},
            "unknown",
            "UnknownField",
        ),
        (
            "create",
            {"invoice": {"billingAddress": BILLING_ADDRESS, "discounts": [{"value": 1}]}},
            "type",
            "Missing",
        ),
        (
            "create",
            {"invoice": {"billingAddress": BILLING_ADDRESS, "items": [{"price": 1.2345}]}},
            "price",
            "Malformed",
        ),
        (
            "create",
            {"invoice": {"billingAddress": BILLING_ADDRESS, "items": [{"price": 1e300}]}},
            "price",
            "Malformed",
        ),
        (
            "create",
            {"invoice": {"billingAddress": BILLING_ADDRESS, "items": [{"quantity": -1}]}},
            "quantity",
            "InvalidValue",
        ),
        (
            "create",
            {"invoice": {"billingAddress": BILLING_ADDRESS, "items": [{"quantity": True}]}},
            "quantity",
            "Malformed",
        ),
        (
            "create",
            {"invoice": {"billingAddress": BILLING_ADDRESS, "status": "Lost"}},
            "status",
            "InvalidValue",
        ),
        (
            "create",
            {"invoice": {"billingAddress": BILLING_ADDRESS, "referenceType": "Lost"}},
            "referenceType",
            "InvalidValue",
        ),
        ("update", {"id": 1, "invoice": {"type": "Invoice"}}, "unknown", "UnknownField"),
        ("update", {"id": 1, "invoice": {"shippingAddress": {"city": "Parma"}}}, "name", "Missing"),
    ],
)
def test_a_request_that_breaks_the_specification_is_refused(
    open2b: Open2b, method: str, body: Any, field: str, kind: str
) -> None:
    response = open2b.send(method, json.dumps(body).encode())
    error = json.loads(response.content)["error"]
    assert (error["field"], error["type"]) == (field, kind)


def test_a_total_that_its_field_cannot_hold_is_refused(open2b: Open2b) -> None:
    line = {"quantity": 999999.99, "price": 9999999.999}
    refusal = open2b.refused("create", invoice={"billingAddress": BILLING_ADDRESS, "items": [line]})
    assert refusal[:2] == ("items", "InvalidValue")
