"""Invoices of the store: created, found, counted, read, changed, deleted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from counterfoil_sandbox import Sandbox
from starlette.testclient import TestClient

from .conftest import BILLING_ADDRESS, Clock, Open2b

LINE = {"quantity": 1, "price": 10, "taxClass": 2}


def find(open2b: Open2b, **request: Any) -> list[Any]:
    return list(open2b.call("find", **request)["invoices"])


def ids(open2b: Open2b, **conditions: Any) -> list[int]:
    return [each["id"] for each in find(open2b, conditions=conditions, fields=["id"])]


def test_a_created_invoice_comes_back(open2b: Open2b) -> None:
    number = open2b.create(
        number="2026/118", items=[LINE], customer=812, terms="Payment within 30 days."
    )
    shown = open2b.get(number)
    assert shown["id"] == 61
    assert shown["number"] == "2026/118"
    assert shown["customer"] == 812
    assert shown["terms"] == "Payment within 30 days."
    assert {name: shown["billingAddress"][name] for name in BILLING_ADDRESS} == BILLING_ADDRESS


def test_what_is_left_out_has_a_default(open2b: Open2b) -> None:
    shown = open2b.get(open2b.create())
    assert shown["type"] == "Invoice"
    assert shown["status"] == "Open"
    assert shown["number"] == ""
    assert shown["locale"] == "it"
    assert shown["rounding"] == {"mode": "HalfUp", "rule": "PerLine"}
    assert shown["creationTime"] == shown["updateTime"]
    assert shown["issueDate"] == shown["creationTime"][:10]
    assert (
        shown["dueDate"]
        is shown["customer"]
        is shown["shippingAddress"]
        is shown["paymentMethod"]
        is None
    )
    assert shown["sellerAddress"]["companyName"] == "Bottega Lucerna S.r.l."


def test_a_customers_own_language_and_recipient_are_filled_in(open2b: Open2b) -> None:
    shown = open2b.get(open2b.create(customer=812))
    assert (shown["locale"], shown["invoiceRecipient"]) == ("it-IT", "X0Y1Z2W")


@pytest.mark.parametrize(
    ("company", "name"), [("", "Tarabelli Nives"), ("Studio Tarabelli", "Studio Tarabelli")]
)
def test_the_customers_name_is_the_company_or_the_person(
    open2b: Open2b, company: str, name: str
) -> None:
    shown = open2b.get(open2b.create(billingAddress={**BILLING_ADDRESS, "companyName": company}))
    assert shown["customerName"] == name


def test_an_unknown_id_is_null(open2b: Open2b) -> None:
    assert open2b.get(4711) is None


def test_fields_select(open2b: Open2b) -> None:
    [shown] = find(open2b, conditions={"ids": [3]}, fields=["taxedTotal", "id"])
    assert list(shown) == ["id", "taxedTotal"]
    assert list(open2b.call("get", id=3, fields=["number"])["invoice"]) == ["number"]


def test_all_fields_come_unless_some_are_selected(open2b: Open2b) -> None:
    assert len(open2b.get(1)) == 42


def test_an_update_leaves_alone_what_it_does_not_name(open2b: Open2b, clock: Clock) -> None:
    number = open2b.create(items=[LINE], dueDate="2026-06-01", shippingMethod=3, shippingCost=2)
    before = open2b.get(number)
    clock.advance(hours=1)
    assert open2b.call("update", id=number, invoice={"status": "Sent", "dueDate": None}) == {
        "status": "ok"
    }
    after = open2b.get(number)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"status", "dueDate", "updateTime"}
    assert after["dueDate"] is None


def test_an_update_works_the_totals_out_again(open2b: Open2b) -> None:
    number = open2b.create(items=[LINE])
    open2b.call("update", id=number, invoice={"items": [LINE, LINE]})
    assert open2b.get(number)["taxedTotal"] == Decimal("24.40")
    assert ids(open2b, ids=[number], type="Invoice") == [number]


def test_another_method_brings_its_own_cost(open2b: Open2b) -> None:
    number = open2b.create(items=[LINE], shippingMethod=3, shippingCost=2)
    open2b.call("update", id=number, invoice={"shippingMethod": 6})
    assert open2b.get(number)["shippingMethod"]["cost"] == Decimal("7.400")
    open2b.call("update", id=number, invoice={"shippingMethod": None})
    assert open2b.get(number)["shippingMethod"] is None


def test_part_of_the_rounding_can_be_changed(open2b: Open2b) -> None:
    number = open2b.create(rounding={"mode": "Down", "rule": "Total"})
    open2b.call("update", id=number, invoice={"rounding": {"mode": "HalfEven"}})
    assert open2b.get(number)["rounding"] == {"mode": "HalfEven", "rule": "Total"}


def test_an_update_can_unbind_the_customer(open2b: Open2b) -> None:
    number = open2b.create(customer=812)
    open2b.call("update", id=number, invoice={"customer": 0})
    assert open2b.get(number)["customer"] is None


def test_deleted_invoices_are_gone_and_their_ids_are_not_used_again(open2b: Open2b) -> None:
    number = open2b.create()
    assert open2b.call("delete", ids=[number, 1, 4711]) == {"status": "ok"}
    assert open2b.get(number) is open2b.get(1) is None
    assert open2b.call("count")["count"] == 59
    assert open2b.create() == number + 1


def test_keyset_pages_go_through_all_invoices_once(open2b: Open2b) -> None:
    seen: list[int] = []
    while page := find(
        open2b, conditions={"after": seen[-1] if seen else 0}, order=["id"], limit=25, fields=["id"]
    ):
        seen += [each["id"] for each in page]
    assert seen == list(range(1, 61))


def test_first_counts_positions(open2b: Open2b) -> None:
    assert [
        each["id"] for each in find(open2b, order=["-id"], first=2, limit=3, fields=["id"])
    ] == [58, 57, 56]


NAMES = [
    "id",
    "type",
    "number",
    "status",
    "creationTime",
    "updateTime",
    "issueDate",
    "dueDate",
    "total",
    "taxedTotal",
]


@pytest.mark.parametrize("name", [*NAMES, "isPaidFor", "customerName"])
def test_order_sorts_both_ways(open2b: Open2b, name: str) -> None:
    def key(invoice: Any) -> tuple[bool, Any]:
        return invoice[name] is not None, invoice[name]  # null comes first

    rising = find(open2b, order=[name])
    falling = find(open2b, order=[f"-{name}"])
    values = [each[name] for each in rising]
    assert values == [each[name] for each in sorted(rising, key=key)]
    assert [each[name] for each in falling] == values[::-1]
    assert rising != falling


def test_the_first_name_of_order_counts_most(open2b: Open2b) -> None:
    invoices = find(open2b, order=["status", "-id"], fields=["status", "id"])
    found = [(each["status"], each["id"]) for each in invoices]
    assert found == sorted(found, key=lambda each: (each[0], -each[1]))


@pytest.fixture
def two(open2b: Open2b) -> tuple[int, int]:
    """Two invoices after those that were there, which differ in everything."""
    other = {**BILLING_ADDRESS, "street1": "Piazza del Telaio 9", "country": "DE"}
    first = open2b.create(
        type="Proforma", status="Disputed", isPaidFor=True, number="ZA", customer=813,
        creationTime="2026-05-01 08:00:00", issueDate="2026-05-02", dueDate="2026-06-01",
    )  # fmt: skip
    second = open2b.create(
        type="CreditNote", status="Archived", number="ZB", customer=814, billingAddress=other,
        creationTime="2026-05-03 08:00:00", issueDate="2026-05-04", dueDate="2026-06-03",
    )  # fmt: skip
    return first, second


@pytest.mark.parametrize(
    ("condition", "finds_first", "finds_second"),
    [
        ({"type": "Proforma"}, True, False),
        ({"status": "Archived"}, False, True),
        ({"isPaidFor": True}, True, False),
        ({"isPaidFor": False}, False, True),
        ({"fromNumber": "ZB"}, False, True),
        ({"toNumber": "ZA"}, True, False),
        ({"fromCreationTime": "2026-05-03 08:00:00"}, False, True),
        ({"toCreationTime": "2026-05-03 07:59:59"}, True, False),
        ({"fromUpdateTime": "2025-01-01 00:00:00"}, True, True),
        ({"toUpdateTime": "2025-01-01 00:00:00"}, False, False),
        ({"fromIssueDate": "2026-05-04"}, False, True),
        ({"toIssueDate": "2026-05-03"}, True, False),
        ({"fromDueDate": "2026-06-03"}, False, True),
        ({"toDueDate": "2026-06-01"}, True, False),
        ({"customer": 813}, True, False),
        ({"address": "Piazza del Telaio 9"}, False, True),
        ({"address": "piazza"}, False, False),
        ({"address": "' OR 1=1 --"}, False, False),
        ({"labels": [1, 64]}, False, False),
        ({"after": 61}, False, True),
        ({"ids": [61, 4711]}, True, False),
        ({"ids": []}, False, False),
        ({"type": "Proforma", "customer": 814}, False, False),
        ({}, True, True),
    ],
)
def test_conditions(
    open2b: Open2b,
    two: tuple[int, int],
    condition: dict[str, Any],
    finds_first: bool,
    finds_second: bool,
) -> None:
    found = ids(open2b, **condition)
    assert [each in found for each in two] == [finds_first, finds_second]
    assert open2b.call("count", conditions=condition)["count"] == len(found)


def test_some_of_the_invented_invoices_bear_labels(open2b: Open2b) -> None:
    one = ids(open2b, labels=[1])
    either = ids(open2b, labels=[1, 2])
    assert 0 < len(one) < len(either) < 60
    assert set(one) < set(either)


def test_whole_numbers_may_be_written_with_a_point(open2b: Open2b) -> None:
    assert '"id":3,' in open2b.send("get", b'{"id": 3.0}').text
    assert (
        open2b.send("find", b'{"conditions": {"ids": [3.0]}, "fields": ["id"]}').text.count('"id"')
        == 1
    )


def test_the_same_seed_gives_the_same_invoices(clock: Clock) -> None:
    def view(seed: int) -> Any:
        box = Sandbox(["open2b-admin"], seed, 5, clock=clock)
        return (
            Open2b(TestClient(box.app), box.client_arguments("open2b-admin")["key"])
            .send("find", b"{}")
            .content
        )

    assert view(1) == view(1) != view(2)
