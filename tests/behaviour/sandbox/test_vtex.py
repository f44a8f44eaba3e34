"""The sandbox's VTEX: orders, the invoices entered in them, and the effects of both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx2
import jsonschema_rs
import pytest
from counterfoil_sandbox import Sandbox

from tests.behaviour.clients.packages import document

ORDERS = "/api/oms/pvt/orders"


class Shop:
    """The API as a caller without our client meets it; every answer is held against the spec."""

    def __init__(self, box: Sandbox, url: str) -> None:
        given = box.client_arguments("vtex")
        keys = {"X-VTEX-API-AppKey": given["app_key"], "X-VTEX-API-AppToken": given["app_token"]}
        self.http = httpx2.Client(base_url=f"{url}/vtex", headers=keys)
        self.root = document("vtex")

    def call(self, method: str, path: str, body: Any = None, **options: Any) -> httpx2.Response:
        response = self.http.request(method, path, json=body, **options)
        self.hold(method, path, response)
        return response

    def hold(self, method: str, path: str, response: httpx2.Response) -> None:
        parts = path.removeprefix(ORDERS).partition("?")[0].strip("/").split("/")
        names = ["{orderId}", "invoice", "{invoiceNumber}"][: len([part for part in parts if part])]
        operations = self.root["paths"]["/".join([ORDERS, *names])]
        answers = operations[method.lower()]["responses"]
        schema = answers[str(response.status_code)]["content"]["application/json"]["schema"]
        validator = jsonschema_rs.Draft202012Validator(
            {"components": self.root["components"], **schema}
        )
        assert [error.message for error in validator.iter_errors(response.json())] == []

    def order(self, number: int = 0) -> Any:
        """An order that nobody has invoiced yet."""
        listed = self.call("GET", f"{ORDERS}?per_page=50&orderBy=creationDate,asc").json()["list"]
        listed = [one for one in listed if one["status"] != "invoiced"]
        return self.call("GET", f"{ORDERS}/{listed[number]['orderId']}").json()

    def notify(self, order: Any, **fields: Any) -> httpx2.Response:
        return self.call(
            "POST", f"{ORDERS}/{order['orderId']}/invoice", {**invoice(order), **fields}
        )


def invoice(order: Any) -> dict[str, Any]:
    return {
        "type": "Output",
        "issuanceDate": "2026-10-06T12:30:00Z",
        "invoiceNumber": "000030711",
        "invoiceValue": str(order["value"]),
        "items": [
            {"id": item["id"], "price": item["price"], "quantity": item["quantity"]}
            for item in order["items"]
        ],
    }


@contextmanager
def open_shop(**options: bool) -> Iterator[Shop]:
    with (
        Sandbox(apis=["vtex"], seed=1, invoices=40, options={"vtex": options}) as box,
        box.serve() as url,
    ):
        shop = Shop(box, url)
        with shop.http:
            yield shop


@pytest.fixture
def shop() -> Iterator[Shop]:
    with open_shop() as shop:
        yield shop


def test_the_same_seed_gives_the_same_orders(shop: Shop) -> None:
    with open_shop() as again:
        other = again.order()

    assert other["orderId"] == shop.order()["orderId"]
    assert other["items"] == shop.order()["items"]


def test_without_both_keys_nobody_gets_in(shop: Shop) -> None:
    del shop.http.headers["X-VTEX-API-AppToken"]

    refused = shop.call("GET", ORDERS)

    assert refused.status_code == 401
    assert refused.json()["error"]["message"] == "Unauthorized access"


def test_an_invoice_of_all_items_makes_the_order_invoiced(shop: Shop) -> None:
    order = shop.order()

    receipt = shop.notify(order, invoiceValue="9900")

    assert receipt.status_code == 200
    assert receipt.json()["orderId"] == order["orderId"]
    after = shop.call("GET", f"{ORDERS}/{order['orderId']}").json()
    assert (after["status"], after["value"]) == ("invoiced", 9900)
    [package] = after["packageAttachment"]["packages"]
    assert (package["invoiceNumber"], package["invoiceValue"], package["type"]) == (
        "000030711",
        9900,
        "Output",
    )


def test_a_partial_invoice_changes_the_total_and_not_the_status(shop: Shop) -> None:
    orders = map(shop.order, range(20))
    order = next(one for one in orders if len({item["id"] for item in one["items"]}) > 1)

    shop.notify(order, items=invoice(order)["items"][:1], invoiceValue="100")

    after = shop.call("GET", f"{ORDERS}/{order['orderId']}").json()
    assert (after["status"], after["value"]) == (order["status"], 100)


def test_a_number_is_taken_once(shop: Shop) -> None:
    order = shop.order()
    shop.notify(order)

    again = shop.notify(order)

    assert again.status_code == 400
    assert "000030711 has been entered in this order before" in again.json()["error"]["message"]
    assert (
        len(
            shop.call("GET", f"{ORDERS}/{order['orderId']}").json()["packageAttachment"]["packages"]
        )
        == 1
    )


def test_a_number_is_taken_again_where_the_other_reading_is_chosen() -> None:
    with open_shop(repeated_numbers=True) as shop:
        order = shop.order()
        first = shop.notify(order)
        again = shop.notify(order, courier="Aro")

        assert [each.status_code for each in (first, again)] == [200, 200]
        assert again.json()["receipt"] != first.json()["receipt"]
        [package] = shop.call("GET", f"{ORDERS}/{order['orderId']}").json()["packageAttachment"][
            "packages"
        ]
        assert (package["invoiceNumber"], package["courier"]) == ("000030711", "Aro")
        assert shop.notify(order, invoiceNumber="2").status_code == 400


def test_orders_are_found_by_text_invoice_date_and_return(shop: Shop) -> None:
    order = shop.order(7)
    shop.notify(order)
    shop.notify(order, type="Input", invoiceNumber="R-1")
    listed = shop.call("GET", f"{ORDERS}?per_page=50").json()["list"]
    name = listed[0]["clientName"]

    def find(query: str) -> set[str]:
        return {
            each["orderId"]
            for each in shop.call("GET", f"{ORDERS}?per_page=50&{query}").json()["list"]
        }

    assert find(f"q={order['orderId']}") == find("f_hasInputInvoice=true") == {order["orderId"]}
    assert find(f"q={quote(name[:4].lower())}") >= {
        each["orderId"] for each in listed if each["clientName"] == name
    }
    minute = (datetime.now(UTC) - timedelta(minutes=1)).isoformat().replace("+00:00", "Z")
    assert find(f"f_invoicedDate={quote(f'invoicedDate:[{minute} TO 2099-01-01T00:00:00Z]')}") == {
        order["orderId"]
    }
    assert len(find("f_hasInputInvoice=false&salesChannelId=1")) == 39
    assert find("f_UtmSource=summer") == find("f_salesChannel=2") == set()


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("creationDate", "creationDate"),
        ("orderId", "orderId"),
        ("totalValue", "totalValue"),
        ("items", "totalItems"),
    ],
)
def test_orders_are_sorted_both_ways(shop: Shop, field: str, name: str) -> None:
    rising, falling = (
        [
            each[name]
            for each in shop.call("GET", f"{ORDERS}?per_page=50&orderBy={field},{way}").json()[
                "list"
            ]
        ]
        for way in ("asc", "desc")
    )

    assert rising == sorted(rising) == falling[::-1]
    assert rising != falling


def test_a_return_is_an_input_invoice_of_an_order_that_stays_invoiced(shop: Shop) -> None:
    order = shop.order()
    shop.notify(order)

    assert shop.notify(order, type="Input", invoiceNumber="R-1").status_code == 200
    assert shop.notify(order, invoiceNumber="2").status_code == 400

    after = shop.call("GET", f"{ORDERS}/{order['orderId']}").json()
    assert [each["type"] for each in after["packageAttachment"]["packages"]] == ["Output", "Input"]
    assert after["status"] == "invoiced"


def test_tracking_goes_to_the_invoice_whose_number_may_hold_a_slash(shop: Shop) -> None:
    order = shop.order()
    shop.notify(order, invoiceNumber="2026/7 a")
    tracking = {
        "courier": "Aro",
        "trackingNumber": "A1",
        "trackingUrl": None,
        "dispatchedDate": None,
    }

    done = shop.http.patch(
        f"{ORDERS}/{order['orderId']}/invoice/{quote('2026/7 a', safe='')}", json=tracking
    )
    missing = shop.call("PATCH", f"{ORDERS}/{order['orderId']}/invoice/8", tracking)

    assert done.status_code == 200
    [package] = shop.call("GET", f"{ORDERS}/{order['orderId']}").json()["packageAttachment"][
        "packages"
    ]
    assert (package["courier"], package["trackingNumber"]) == ("Aro", "A1")
    assert missing.status_code == 404


def test_orders_are_listed_by_page_status_and_time(shop: Shop) -> None:
    every = [
        one
        for page in (1, 2, 3)
        for one in shop.call("GET", f"{ORDERS}?page={page}").json()["list"]
    ]
    handling = shop.call("GET", f"{ORDERS}?per_page=50&f_status=handling").json()
    times = sorted(one["creationDate"] for one in every)
    span = quote(f"creationDate:[{times[5]} TO {times[9]}]")
    some = shop.call("GET", f"{ORDERS}?f_creationDate={span}").json()

    assert len({one["orderId"] for one in every}) == 40
    assert [one["creationDate"] for one in every] == sorted(times, reverse=True)
    assert handling["paging"]["total"] == sum(one["status"] == "handling" for one in every)
    assert some["paging"]["total"] == 5


WRONG = {
    "cents with a point": {"invoiceValue": "99.00"},
    "no such kind": {"type": "Sideways"},
    "no items": {"items": None},
    "no number": {"invoiceNumber": 30711},
}


@pytest.mark.parametrize("case", WRONG)
def test_what_the_spec_forbids_is_refused_in_the_platforms_envelope(case: str, shop: Shop) -> None:
    refused = shop.notify(shop.order(), **WRONG[case])

    assert refused.status_code == 400
    assert next(iter(WRONG[case])) in refused.json()["error"]["message"]


def test_an_unknown_order_is_not_found(shop: Shop) -> None:
    assert shop.call("GET", f"{ORDERS}/1-01").json()["error"] == {
        "code": "OMS001",
        "message": "Order not found",
        "exception": None,
    }
    assert (
        shop.call("POST", f"{ORDERS}/1-01/invoice", invoice({"value": 1, "items": []})).status_code
        == 404
    )


def test_a_broken_body_is_refused(shop: Shop) -> None:
    path = f"{ORDERS}/{shop.order()['orderId']}/invoice"

    refused = shop.http.post(path, content=b"{", headers={"content-type": "application/json"})

    assert refused.status_code == 400
    assert json.loads(refused.content)["error"]["code"] == "OMS002"


@pytest.mark.parametrize("value", ["313061068686422932028", "9" * 5000])
def test_a_value_that_no_order_can_hold_is_refused_and_changes_nothing(
    shop: Shop, value: str
) -> None:
    before = shop.order()

    assert shop.notify(before, invoiceValue=value).status_code == 400
    assert shop.order() == before


def test_invoices_that_are_too_large_together_are_refused(shop: Shop) -> None:
    order = shop.order()
    first = {**invoice(order)["items"][0], "id": "nothing-of-this-order"}
    assert shop.notify(order, invoiceValue="9" * 18, items=[first]).status_code == 200
    for number in range(9):
        answer = shop.notify(
            order, invoiceValue="9" * 18, invoiceNumber=f"B{number}", items=[first]
        )

    assert answer.status_code == 400


def test_some_orders_were_invoiced_before_anybody_looked(shop: Shop) -> None:
    listed = shop.call("GET", f"{ORDERS}?per_page=50&f_status=invoiced").json()["list"]
    order = shop.call("GET", f"{ORDERS}/{listed[0]['orderId']}").json()
    [package] = order["packageAttachment"]["packages"]

    assert 5 < len(listed) < 25
    assert package["invoiceValue"] == order["value"]
    indexes = {item["itemIndex"] for item in package["items"]}
    assert indexes == set(range(len(order["items"])))
    assert order["creationDate"] < package["issuanceDate"] == order["invoicedDate"]
