"""An app developer's calls of counterfoil-open2b-storefront, and what they put on the wire."""

from __future__ import annotations

import json
from typing import Any

import pytest
from counterfoil_core import ConfigurationError, InvalidRequest
from counterfoil_open2b_storefront import (
    InvoiceConditions,
    InvoiceField,
    InvoiceType,
    Open2bStorefrontClient,
)

from tests.behaviour.clients.packages import raw_examples, to_source
from tests.behaviour.clients.wire import Wire, answer


def connect(wire: Wire, **options: Any) -> Open2bStorefrontClient:
    return Open2bStorefrontClient(
        **{"store": "shop.example.com", "customer_key": "customer-4711", **options},
        transport=wire.transport,
    )


def found(*numbers: int, count: int) -> dict[str, Any]:
    return {"status": "ok", "invoices": [{"id": number} for number in numbers], "count": count}


def test_the_customer_key_is_required() -> None:
    wire = Wire(answer(found(count=0)))

    connect(wire).invoices.list()
    with pytest.raises(ConfigurationError, match="customer_key"):
        connect(wire, customer_key=None).invoices.list()

    assert [request.headers["x-customer-key"] for request in wire.sent] == ["customer-4711"]


def test_logging_in_returns_the_key_of_the_header_and_shows_it_nowhere() -> None:
    wire = Wire(answer({"status": "ok"}, X_Customer_Key="customer-9000"))
    shop = connect(wire, customer_key=None)

    key = shop.session.login(email="studio@tarabelli.example", password="Vetro-41b")

    assert key == "customer-9000"
    assert "customer-9000" not in f"{key!r} {shop!r}"
    assert json.loads(wire.last.content) == {
        "email": "studio@tarabelli.example",
        "password": "Vetro-41b",
    }
    assert "x-customer-key" not in wire.last.headers


def test_a_login_that_fails_says_why() -> None:
    body = {
        "status": "error",
        "error": {"field": "email", "type": "InvalidCombination", "description": "wrong pair"},
    }

    with pytest.raises(InvalidRequest) as caught:
        connect(Wire(answer(body))).session.login(
            email="studio@tarabelli.example", password="Vetro-41b"
        )

    assert (caught.value.field, caught.value.code, caught.value.detail) == (
        "email",
        "InvalidCombination",
        "wrong pair",
    )


def test_a_password_out_of_its_bounds_is_not_sent_and_not_shown() -> None:
    wire = Wire(answer({"status": "ok"}))

    with pytest.raises(InvalidRequest, match="password") as caught:
        connect(wire).session.login(
            email="studio@tarabelli.example", password="a-password-of-more-than-16"
        )

    assert "a-password" not in f"{caught.value} {caught.value!r} {caught.value.violations}"
    assert not wire.sent


def test_pages_go_by_position_until_the_count_is_reached() -> None:
    wire = Wire(answer(found(1, 2, count=3)), answer(found(3, count=3)))
    conditions = InvoiceConditions(type=InvoiceType.INVOICE)

    ids = [
        one.id
        for one in connect(wire).invoices.iterate(
            conditions=conditions, fields=[InvoiceField.NUMBER], limit=2
        )
    ]

    assert ids == [1, 2, 3]
    assert [json.loads(request.content) for request in wire.sent] == [
        {"conditions": {"type": "Invoice"}, "fields": ["number", "id"], "limit": 2},
        {"conditions": {"type": "Invoice"}, "fields": ["number", "id"], "limit": 2, "first": 2},
    ]


def test_a_tax_may_be_null() -> None:
    rows = [
        row
        for row in raw_examples("open2b-storefront")
        if row["operation"] == "invoices.list" and row["status"] == 200
    ]
    bodies = [to_source(row["body"]) for row in rows]
    body = next(body for body in bodies if '"tax":null' in body)

    invoices = connect(Wire(answer(json.loads(body)))).invoices.list().invoices

    items = [item for invoice in invoices if invoice.items is not None for item in invoice.items]
    assert None in [item.tax for item in items]
