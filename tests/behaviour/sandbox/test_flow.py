"""The sandbox's Flow: invoices for orders, and credit memos; every response fits the spec."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from counterfoil_sandbox import Sandbox

from .conftest import Clock, assert_documented

ROOT = "/{organization}/consumer/invoices"
ONE = f"{ROOT}/{{key}}"
ORDER = f"{ROOT}/order/{{number}}"
MEMOS = f"{ROOT}/{{invoice_key}}/credit/memos"
MEMO = f"{MEMOS}/{{key}}"
EXPORTS = f"{ROOT}/exports"


class Shop:
    """The API as a caller without our client meets it."""

    def __init__(self, box: Sandbox) -> None:
        account = box.client_arguments("flow")
        self.names = {"organization": account["organization"]}
        self.http = httpx2.Client(
            transport=box.transport("flow"),
            base_url=account["base_url"],
            auth=(account["token"], ""),
        )

    def call(
        self, method: str, path: str, body: Any = None, *, documented: bool = True, **values: Any
    ) -> httpx2.Response:
        names = {
            **self.names,
            **{name: value for name, value in values.items() if f"{{{name}}}" in path},
        }
        url = path.format(**{name: quote(value, safe="") for name, value in names.items()})
        query = {name: value for name, value in values.items() if name not in names}
        answer = self.http.request(method, url, json=body, params=query)
        if documented:
            assert_documented("flow", path, method.lower(), answer)
        return answer

    def list(self, **query: Any) -> Any:
        return self.call("GET", ROOT, **query).json()

    def put(self, number: str, **attributes: str) -> Any:
        return self.call("PUT", ORDER, {"attributes": attributes}, number=number).json()


@pytest.fixture
def shop(box: Sandbox) -> Iterator[Shop]:
    shop = Shop(box)
    with shop.http:
        yield shop


def test_an_invoice_put_for_an_order_comes_back_by_its_key(shop: Shop) -> None:
    created = shop.call("PUT", ORDER, {"attributes": {"channel": "web"}}, number="W-9/é 1")
    [invoice] = created.json()

    assert created.status_code == 201
    assert (invoice["key"], invoice["order"]["number"], invoice["attributes"]) == (
        "W-9/é 1/1",
        "W-9/é 1",
        {"channel": "web"},
    )
    assert shop.call("GET", ONE, key="W-9/é 1/1").json() == invoice
    assert shop.list(order_number="W-9/é 1") == [invoice]


def test_putting_an_order_again_replaces_its_attributes_and_says_200(shop: Shop) -> None:
    [first] = shop.put("W-9", channel="web")
    again = shop.call("PUT", ORDER, {"attributes": {"channel": "app"}}, number="W-9")

    assert again.status_code == 200
    assert again.json() == [{**first, "attributes": {"channel": "app"}}]


def test_an_order_fulfilled_in_parts_has_an_invoice_for_each(shop: Shop) -> None:
    invoices = shop.put("W-9-parts")

    assert [each["key"] for each in invoices] == ["W-9-parts/1", "W-9-parts/2"]
    assert len({each["id"] for each in invoices}) == 2
    assert len({each["order"]["id"] for each in invoices}) == 1


def test_an_invoice_is_put_under_a_key_of_the_callers_own(shop: Shop) -> None:
    created = shop.call("PUT", ONE, {"order_number": "W-9", "attributes": {"a": "b"}}, key="mine/1")
    again = shop.call("PUT", ONE, {"order_number": "W-9"}, key="mine/1")
    moved = shop.call("PUT", ONE, {"order_number": "W-10"}, key="mine/1")

    assert [each.status_code for each in (created, again, moved)] == [201, 200, 200]
    assert again.json() == {**created.json(), "attributes": {}}
    assert moved.json()["id"] == created.json()["id"]
    assert moved.json()["order"]["number"] == "W-10"


def test_prices_have_amount_currency_and_label_and_add_up(shop: Shop) -> None:
    symbols = {"GBP": "£", "EUR": "€", "USD": "US$", "CAD": "CA$", "JPY": "¥"}
    for invoice in shop.list(limit=60):
        total = 0.0
        for line in invoice["lines"]:
            price = line.get("unit_price") or line["price"]
            digits = f"{abs(price['amount']):,.{0 if price['currency'] == 'JPY' else 2}f}"
            assert (
                price["label"]
                == f"{'-' if price['amount'] < 0 else ''}{symbols[price['currency']]}{digits}"
            )
            parts = [
                line[name]["value"] for name in ("unit_tax", "unit_duty", "tax") if name in line
            ]
            parts += [line[name] for name in ("unit_discount",) if name in line]
            amount = price["amount"] + sum(each["amount"] for each in parts)
            total += amount * line.get("quantity", 1)
        assert invoice["payments"][0]["value"]["amount"] == pytest.approx(total)


def test_a_new_invoice_is_pending_until_it_was_checked(shop: Shop, clock: Clock) -> None:
    [new] = shop.put("W-9")
    clock.advance(seconds=5)
    checked = shop.call("GET", ONE, key="W-9/1").json()

    assert (new["status"], new["documents"]) == ("pending", [])
    assert checked["status"] == "available"
    assert [each["type"] for each in checked["documents"]] == ["pdf"]


@pytest.mark.parametrize("sort", ["created_at", "key", "id"])
def test_pages_go_through_all_invoices_once_in_order(shop: Shop, sort: str) -> None:
    pages = [shop.list(sort=sort, limit=25, offset=offset) for offset in (0, 25, 50)]
    names = [each["date" if sort == "created_at" else sort] for page in pages for each in page]

    assert [len(page) for page in pages] == [25, 25, 10]
    assert names == sorted(names)
    assert len(set(names)) == 60
    assert [each["id"] for each in shop.list(sort=f"-{sort}", limit=60)] == [
        each["id"] for p in pages for each in p
    ][::-1]


def test_a_page_holds_25_the_newest_first(shop: Shop) -> None:
    assert shop.list() == shop.list(sort="-created_at", limit=25, offset=0)


def test_filters_are_combined(shop: Shop) -> None:
    first, second, *_ = shop.list()
    number = first["order"]["number"]

    assert shop.list(id=[first["id"], second["id"], "cin-00000fffff", "' OR 1=1 --"]) == [
        first,
        second,
    ]
    assert shop.list(key=second["key"]) == [second]
    assert {each["order"]["number"] for each in shop.list(order_number=number)} == {number}
    assert shop.list(key=second["key"], id=first["id"]) == []


ITEM = {
    "discriminator": "item",
    "quantity": 1,
    "unit_price": "40.00",
    "unit_tax": {"rate": "0.20", "amount": "8.00"},
}


def item(invoice: Any, **fields: Any) -> dict[str, Any]:
    return {**ITEM, "item_number": invoice["lines"][0]["item"]["number"], **fields}


def test_a_credit_memo_says_what_was_refunded_of_which_invoice(shop: Shop, clock: Clock) -> None:
    invoice = shop.list()[0]
    lines = [item(invoice, unit_discount="-4"), {"discriminator": "discount", "price": "-5.00"}]
    form = {"refund_key": "R-1", "lines": lines, "attributes": {"reason": "late"}}
    created = shop.call("PUT", MEMO, form, invoice_key=invoice["key"], key="R-77")
    clock.advance(seconds=6)
    again = shop.call("PUT", MEMO, form, invoice_key=invoice["key"], key="R-77")

    memo = created.json()
    currency = invoice["lines"][0]["unit_price"]["currency"]
    assert (created.status_code, again.status_code) == (201, 200)
    assert memo["invoice"] == {name: invoice[name] for name in ("id", "key", "number")}
    assert [line["discriminator"] for line in memo["lines"]] == ["item", "discount"]
    assert memo["lines"][0]["description"] == invoice["lines"][0]["description"]
    assert memo["lines"][0]["unit_price"]["amount"] == 40
    assert memo["lines"][0]["unit_tax"]["rate"] == 0.2
    assert memo["lines"][1]["price"]["amount"] == -5
    assert memo["lines"][1]["price"]["currency"] == currency
    assert memo["status"] == "pending"
    assert "number" not in memo
    assert memo["payments"] == []
    assert again.json()["id"] == memo["id"]
    assert again.json()["status"] == "available"
    assert again.json()["payments"][0]["value"]["amount"] == 40 - 4 + 8 - 5


def test_digits_of_a_memo_come_back_as_they_were_given(shop: Shop) -> None:
    invoice = shop.list()[0]
    price = "1234567890123456789.0123456789"
    form = {"refund_id": "rfd-1", "lines": [{"discriminator": "shipping", "price": price}]}
    answer = shop.call("POST", MEMOS, form, invoice_key=invoice["key"])

    assert f'"amount":{price},' in answer.text


def test_memos_without_a_key_get_one_each(shop: Shop) -> None:
    invoice = shop.list()[0]
    form = {"refund_identifier": "4471", "lines": [item(invoice)]}
    made = [shop.call("POST", MEMOS, form, invoice_key=invoice["key"]) for _ in range(2)]
    keys = [response.json()["key"] for response in made]

    assert len(set(keys)) == 2


def test_a_memo_is_deleted_while_it_is_pending_and_its_invoice_after_it(
    shop: Shop, clock: Clock
) -> None:
    invoice = shop.list()[0]
    names = {"invoice_key": invoice["key"], "key": "R-1"}
    form = {"refund_key": "R", "lines": [item(invoice)]}
    shop.call("PUT", MEMO, form, **names)
    refused = shop.call("DELETE", ONE, key=invoice["key"])
    gone = shop.call("DELETE", MEMO, **names)
    missing = shop.call("DELETE", MEMO, **names)
    shop.call("PUT", MEMO, form, **names)
    clock.advance(seconds=5)
    late = shop.call("DELETE", MEMO, **names)

    assert (refused.status_code, refused.json()["messages"]) == (
        422,
        [f"Invoice {invoice['key']} has credit memos"],
    )
    assert [(each.status_code, each.content) for each in (gone, missing)] == [
        (204, b""),
        (404, b""),
    ]
    assert (late.status_code, late.json()["messages"]) == (
        422,
        ["Credit memo R-1 is available to the consumer"],
    )


def test_a_deleted_invoice_is_gone(shop: Shop) -> None:
    key = shop.list()[0]["key"]
    answers = [shop.call(method, ONE, key=key) for method in ("DELETE", "DELETE", "GET")]

    assert [(each.status_code, each.content) for each in answers] == [
        (204, b""),
        (404, b""),
        (404, b""),
    ]


def test_an_export_is_started_each_time(shop: Shop) -> None:
    period = {"date_from": "2026-10-01", "date_to": "2026-10-31"}
    started = [shop.call("POST", EXPORTS, body) for body in (period, period, {})]

    assert {each.status_code for each in started} == {201}
    assert len({each.json()["id"] for each in started}) == 3


REFUSED = [
    ("PUT", ONE, {"order_number": ""}, "order_number must not be empty"),
    ("PUT", ONE, {}, 'order_number: "order_number" is a required property'),
    ("PUT", ONE, {"order_number": "W-9-open"}, "Order W-9-open has not been fulfilled"),
    (
        "POST",
        EXPORTS,
        {"date_from": "2026-10-31", "date_to": "2026-10-01"},
        "date_to must not be before date_from",
    ),
    ("POST", EXPORTS, {"date_from": "2026-02-30"}, 'date_from: "2026-02-30" is not a "date"'),
    ("POST", MEMOS, {"refund_id": "rfd-0000", "lines": []}, "There is no refund rfd-0000"),
    ("POST", MEMOS, {"lines": []}, "is not valid under any of the schemas"),
    (
        "POST",
        MEMOS,
        {"refund_key": "R", "lines": [{"discriminator": "discount", "price": "5.00"}]},
        "Line 1: discount price must be negative",
    ),
    (
        "POST",
        MEMOS,
        {"refund_key": "R", "lines": [{**ITEM, "item_number": "NO-1", "unit_discount": "0"}]},
        "Line 1: unit discount must be negative",
    ),
    (
        "POST",
        MEMOS,
        {"refund_key": "R", "lines": [{**ITEM, "item_number": "NO-1"}]},
        "Line 1: there is no item NO-1 in invoice",
    ),
    (
        "POST",
        MEMOS,
        {"refund_key": "R", "lines": [{"discriminator": "shipping", "price": "much"}]},
        "is not valid under",
    ),
]


@pytest.mark.parametrize(
    ("method", "path", "body", "message"), REFUSED, ids=lambda value: str(value)[:40]
)
def test_a_form_is_refused_with_messages(
    shop: Shop, method: str, path: str, body: Any, message: str
) -> None:
    refused = shop.call(method, path, body, invoice_key=shop.list()[0]["key"], key="mine")

    assert refused.status_code == 422
    assert refused.json()["code"] == "generic_error"
    assert message in refused.json()["messages"][0]


def test_what_is_unknown_is_404_or_422_where_no_404_is_documented(shop: Shop) -> None:
    memo = shop.call("POST", MEMOS, {"refund_key": "R", "lines": []}, invoice_key="no such")
    shop.names = {"organization": "elsewhere"}
    lists = shop.call("GET", ROOT)
    put = shop.call("PUT", ORDER, {}, number="W-9")

    assert memo.json()["messages"] == ["There is no invoice no such"]
    assert (lists.status_code, lists.content) == (404, b"")
    assert put.json()["messages"] == ["There is no organization elsewhere"]


@pytest.mark.parametrize("auth", [None, ("wrong", ""), ("sandbox-flow-token", "password")])
def test_without_the_token_nobody_gets_in(box: Sandbox, auth: tuple[str, str] | None) -> None:
    with httpx2.Client(
        transport=box.transport("flow"), base_url="http://sandbox/flow", auth=auth
    ) as http:
        answer = http.get("/lantern-house/consumer/invoices")

    assert (answer.status_code, answer.content, "content-type" in answer.headers) == (
        401,
        b"",
        False,
    )
