"""The store as its customers see it: their own invoices, which are those of the administration."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from counterfoil_sandbox import Sandbox
from httpx2 import Response
from starlette.testclient import TestClient

from .conftest import BILLING_ADDRESS, Open2b, assert_documented

INVOICES = "/api/v10/storefront.invoices"
LOGIN = "/api/v10/storefront.login"


class Storefront:
    """Calls methods as a customer, and holds every answer against the specification."""

    def __init__(self, box: Sandbox, http: TestClient) -> None:
        self.http = http
        self.key = box.credentials("open2b-storefront")["customer_key"]

    def send(self, path: str, body: Any, key: str | None) -> Response:
        headers = {} if key is None else {"X-Customer-Key": key}
        answer = self.http.post(f"/open2b-storefront{path}", json=body, headers=headers)
        if path == INVOICES:
            assert_documented("open2b-storefront", path, "post", answer)
        return answer

    def list(self, **body: Any) -> Any:
        answer = json.loads(self.send(INVOICES, body, self.key).content, parse_float=Decimal)
        assert answer["status"] == "ok", answer
        return answer

    def log_in(self, email: str, password: str) -> Response:
        return self.send(LOGIN, {"email": email, "password": password}, None)


@pytest.fixture
def storefront(box: Sandbox, http: TestClient) -> Storefront:
    return Storefront(box, http)


LAMP = {
    "sku": "LMP-204",
    "name": "Brass desk lamp",
    "quantity": 3,
    "price": 56.33,
    "weight": 1.25,
    "taxClass": 2,
}
VOUCHER = {"sku": "GFT-20", "name": "Gift voucher", "quantity": 1, "price": 20}


def test_what_the_administration_creates_the_customer_sees_in_the_storefronts_form(
    open2b: Open2b, storefront: Storefront
) -> None:
    number = open2b.create(
        customer=812, number="2026/141", items=[LAMP, VOUCHER], shippingMethod=3, shippingCost=8.256
    )
    [invoice] = storefront.list(conditions={"ids": [number]})["invoices"]

    lamp, voucher = invoice["items"]
    assert lamp["prices"] == {
        "price": Decimal("56.330"),
        "totalPrice": Decimal("168.99"),
        "taxedPrice": Decimal("68.72"),
        "taxedTotalPrice": Decimal("206.17"),
    }
    assert lamp["tax"] == {"code": "IVA22", "rate": Decimal("22.00"), "amount": Decimal("37.18")}
    assert voucher["tax"] is None
    assert invoice["shippingMethod"] == {"name": "Courier", "cost": Decimal("8.26")}
    assert (invoice["number"], invoice["paymentMethod"], str(invoice["subtotal"])) == (
        "2026/141",
        None,
        "188.99",
    )
    assert (
        not {"customer", "creationTime", "updateTime", "taxArea", "invoiceRecipient"}
        & invoice.keys()
    )


def test_an_invented_invoice_is_the_same_on_both_sides(
    open2b: Open2b, storefront: Storefront
) -> None:
    seen = storefront.list()
    known = {
        each["id"]: each for each in open2b.call("find", conditions={"customer": 812})["invoices"]
    }

    assert seen["count"] == len(known) > 5
    assert [each["id"] for each in seen["invoices"]] == sorted(known)
    for each in seen["invoices"]:
        same = each.keys() - {"items", "shippingMethod", "paymentMethod"}
        assert {name: each[name] for name in same} == {
            name: known[each["id"]][name] for name in same
        }
        assert len(each) == 37


def test_a_customer_sees_nobody_elses_invoices(open2b: Open2b, storefront: Storefront) -> None:
    other = open2b.create(customer=813)

    assert storefront.list(conditions={"ids": [other]}) == {
        "status": "ok",
        "invoices": [],
        "count": 0,
    }


def test_logging_in_gives_a_key_in_a_header(box: Sandbox, storefront: Storefront) -> None:
    login = box.credentials("open2b-storefront")
    answer = storefront.log_in(login["email"], login["password"])
    other = storefront.log_in("lager@dalverti.example", "Rahmen-7")

    assert answer.json() == {"status": "ok"}
    assert_documented("open2b-storefront", LOGIN, "post", answer)
    ready_made = storefront.list()
    storefront.key = answer.headers["X-Customer-Key"]
    assert storefront.list() == ready_made
    storefront.key = other.headers["X-Customer-Key"]
    assert not {each["id"] for each in storefront.list()["invoices"]} & {
        each["id"] for each in ready_made["invoices"]
    }


@pytest.mark.parametrize(
    ("email", "password", "kind", "description"),
    [
        (
            "studio@tarabelli.example",
            "wrong",
            "InvalidCombination",
            "email or password is incorrect",
        ),
        (
            "nobody@tarabelli.example",
            "Vetro-41b",
            "InvalidCombination",
            "email or password is incorrect",
        ),
        ("studio", "Vetro-41b", "InvalidValue", "'studio' is not a well formed email address"),
    ],
)
def test_a_login_is_refused(
    storefront: Storefront, email: str, password: str, kind: str, description: str
) -> None:
    answer = storefront.log_in(email, password)

    assert answer.json() == {
        "status": "error",
        "error": {"field": "email", "type": kind, "description": description},
    }
    assert "X-Customer-Key" not in answer.headers


@pytest.mark.parametrize(
    ("key", "text"),
    [(None, "403 Forbidden, missing key"), ("wrong", "403 Forbidden, malformed key")],
)
def test_there_are_no_invoices_without_a_customer(
    storefront: Storefront, key: str | None, text: str
) -> None:
    answer = storefront.send(INVOICES, {}, key)

    assert (answer.status_code, answer.text) == (403, text)


def test_pages_are_counted_by_position_and_count_is_of_all(storefront: Storefront) -> None:
    every = [each["id"] for each in storefront.list(fields=["id"])["invoices"]]
    page = storefront.list(first=2, limit=3, fields=["id"])

    assert [each["id"] for each in page["invoices"]] == every[2:5]
    assert page["count"] == len(every)


def test_conditions_and_fields_select(storefront: Storefront) -> None:
    kinds = {each["id"]: each["type"] for each in storefront.list()["invoices"]}
    middle = sorted(kinds)[3]
    found = storefront.list(
        conditions={"type": "Invoice", "after": middle}, fields=["taxedTotal", "id"]
    )

    assert [each["id"] for each in found["invoices"]] == [
        one for one in kinds if kinds[one] == "Invoice" and one > middle
    ]
    assert len(found["invoices"]) == found["count"]
    assert all(list(each) == ["id", "taxedTotal"] for each in found["invoices"])


@pytest.mark.parametrize(
    ("body", "field", "kind"),
    [
        ({"order": ["id"]}, "unknown", "UnknownField"),
        ({"conditions": {"status": "Sent"}}, "unknown", "UnknownField"),
        ({"limit": 0}, "limit", "InvalidValue"),
        ({"first": -1}, "first", "InvalidValue"),
        ({"fields": ["creationTime"]}, "fields", "InvalidValue"),
        ({"conditions": {"ids": [0]}}, "ids", "InvalidValue"),
        ({"conditions": None}, "conditions", "Malformed"),
    ],
)
def test_a_request_that_breaks_the_specification_is_refused(
    storefront: Storefront, body: Any, field: str, kind: str
) -> None:
    error = storefront.send(INVOICES, body, storefront.key).json()["error"]

    assert (error["field"], error["type"]) == (field, kind)


def test_an_updated_invoice_is_seen_changed(open2b: Open2b, storefront: Storefront) -> None:
    number = storefront.list(fields=["id"])["invoices"][0]["id"]
    open2b.call(
        "update", id=number, invoice={"billingAddress": BILLING_ADDRESS, "terms": "Thirty days."}
    )
    [seen] = storefront.list(conditions={"ids": [number]})["invoices"]

    assert (seen["terms"], seen["customerName"]) == ("Thirty days.", "Tarabelli Nives")


def test_a_password_is_not_in_the_log(box: Sandbox, storefront: Storefront) -> None:
    storefront.log_in("studio@tarabelli.example", "Vetro-41b")

    assert json.loads(box.requests[-1].body) == {
        "email": "studio@tarabelli.example",
        "password": "***",
    }
    assert "Vetro-41b" not in repr(box.requests)
