"""An app developer's calls of counterfoil-flow, and what they put on the wire."""

from __future__ import annotations

import json
from base64 import b64encode
from decimal import Decimal
from typing import Any

import httpx2
import pytest
from counterfoil_core import (
    ConfigurationError,
    InvalidRequest,
    NotFound,
    OutcomeUnknown,
    ServerError,
)
from counterfoil_core.types import Unknown
from counterfoil_flow import (
    ConsumerInvoiceFormByOrder,
    ConsumerInvoiceLevyForm,
    ConsumerInvoiceLineDiscountForm,
    ConsumerInvoiceLineItem,
    ConsumerInvoiceLineItemForm,
    CreditMemoForm,
    FlowClient,
)

from tests.behaviour.clients.packages import raw_examples, to_source
from tests.behaviour.clients.wire import Wire, answer


def documented(operation: str, name: str = "typical") -> Any:
    rows = [row for row in raw_examples("flow") if row["operation"] == operation]
    row = next(row for row in rows if row["name"] == name)
    return json.loads(to_source(row["body"]))


def connect(wire: Wire, **options: Any) -> FlowClient:
    return FlowClient(
        organization="lantern-house", token="t0ken-4711", transport=wire.transport, **options
    )


def memo(**fields: Any) -> CreditMemoForm:
    line = ConsumerInvoiceLineItemForm(
        item_number="LMP-204", quantity=1, unit_price=Decimal("40.00")
    )
    return CreditMemoForm(**{"lines": [line], "refund_id": "rfd-1", **fields})


def test_the_token_is_the_user_and_the_password_is_empty_with_the_colon() -> None:
    wire = Wire(answer([]))

    connect(wire).consumer_invoices.list()

    assert wire.last.headers["authorization"] == f"Basic {b64encode(b't0ken-4711:').decode()}"


def test_the_organization_is_the_clients_unless_a_call_names_another() -> None:
    wire = Wire(answer([]))

    connect(wire).consumer_invoices.list()
    connect(wire).consumer_invoices.list(organization="night market")

    paths = [request.url.raw_path for request in wire.sent]
    assert paths == [b"/lantern-house/consumer/invoices", b"/night%20market/consumer/invoices"]


def test_without_an_organization_the_error_says_where_to_give_it() -> None:
    wire = Wire(answer([]))

    with pytest.raises(ConfigurationError, match=r"`organization` .*COUNTERFOIL_FLOW_ORGANIZATION"):
        FlowClient(token="t0ken-4711", transport=wire.transport).consumer_invoices.list()

    assert not wire.sent


def test_several_ids_are_a_repeated_parameter() -> None:
    wire = Wire(answer([]))

    connect(wire).consumer_invoices.list(id=["cin-1", "cin-2"], limit=2)

    assert wire.last.url.query == b"id=cin-1&id=cin-2&limit=2"


def test_more_than_a_hundred_ids_are_not_sent() -> None:
    wire = Wire(answer([]))

    with pytest.raises(InvalidRequest, match=r"id: .*100"):
        connect(wire).consumer_invoices.list(id=["cin"] * 101)

    assert not wire.sent


def test_an_order_number_with_a_slash_is_one_segment_of_the_path() -> None:
    wire = Wire(answer([documented("consumer_invoices.get")], status=201))

    made = connect(wire).consumer_invoices.replace_for_order(
        "2026/7 ü", ConsumerInvoiceFormByOrder()
    )

    assert wire.last.url.raw_path == b"/lantern-house/consumer/invoices/order/2026%2F7%20%C3%BC"
    assert wire.last.content == b"{}"
    assert isinstance(made, list)


def test_decimals_are_sent_as_text_and_unions_with_their_tag() -> None:
    wire = Wire(answer(documented("credit_memos.create"), status=201))
    levy = ConsumerInvoiceLevyForm(rate=Decimal("0.20"), amount=Decimal("7.20"))
    item = ConsumerInvoiceLineItemForm(
        item_number="LMP-204", quantity=1, unit_price=Decimal("40.00"), unit_tax=levy
    )
    discount = ConsumerInvoiceLineDiscountForm(price=Decimal("-4.00"))

    connect(wire).credit_memos.create("cin-1", memo(lines=[item, discount]))

    assert json.loads(wire.last.content)["lines"] == [
        {
            "discriminator": "item",
            "item_number": "LMP-204",
            "quantity": 1,
            "unit_price": "40.00",
            "unit_tax": {"rate": "0.20", "amount": "7.20"},
        },
        {"discriminator": "discount", "price": "-4.00"},
    ]


BREACHES = {
    "lines[0].price": memo(lines=[ConsumerInvoiceLineDiscountForm(price=Decimal("4.00"))]),
    "refund_id, refund_key, refund_identifier": CreditMemoForm(lines=[]),
    "lines[0].quantity": memo(
        lines=[ConsumerInvoiceLineItemForm(item_number="L", quantity=0, unit_price=Decimal(1))]
    ),
}


@pytest.mark.parametrize("place", BREACHES)
def test_a_memo_that_breaks_a_documented_rule_is_not_sent(place: str) -> None:
    """Discounts are negative; the refund must be identified; a quantity is one or more."""
    wire = Wire(answer({}))

    with pytest.raises(InvalidRequest, match="not sent") as caught:
        connect(wire).credit_memos.create("cin-1", BREACHES[place])

    assert place in str(caught.value)
    assert not wire.sent


def test_a_price_is_exact_and_its_label_is_not_parsed() -> None:
    body = documented("consumer_invoices.get")
    body["lines"] = [
        {
            **body["lines"][0],
            "unit_price": {"amount": "DIGITS", "currency": "EUR", "label": "about nine"},
        }
    ]
    content = json.dumps(body).replace('"DIGITS"', "1234567890123456.780")

    invoice = connect(Wire(httpx2.Response(200, text=content))).consumer_invoices.get("k")

    [line] = invoice.lines
    assert isinstance(line, ConsumerInvoiceLineItem)
    assert (str(line.unit_price.amount), line.unit_price.label) == (
        "1234567890123456.780",
        "about nine",
    )


def test_lines_are_told_by_either_tag_and_a_new_kind_is_kept_raw() -> None:
    body = documented("consumer_invoices.get")
    first = {**body["lines"][0], "discriminator": "consumer_invoice_line_item"}
    body["lines"] = [first, {"discriminator": "gift_wrap", "price": 3}]

    invoice = connect(Wire(answer(body))).consumer_invoices.get("k")

    assert isinstance(invoice.lines[0], ConsumerInvoiceLineItem)
    assert invoice.lines[1] == Unknown(b'{"discriminator":"gift_wrap","price":3}')


def test_iterate_goes_by_offset_oldest_first_and_drops_what_it_has_seen() -> None:
    invoice = documented("consumer_invoices.get")
    pages = [
        [{**invoice, "id": f"cin-{number}"} for number in numbers]
        for numbers in ((1, 2), (2, 3), (4,), ())
    ]
    wire = Wire(*map(answer, pages))

    found = [one.id for one in connect(wire).consumer_invoices.iterate(limit=2)]

    assert found == ["cin-1", "cin-2", "cin-3", "cin-4"]
    assert [dict(request.url.params) for request in wire.sent] == [
        {"limit": "2", "sort": "created_at"},
        {"limit": "2", "sort": "created_at", "offset": "2"},
        {"limit": "2", "sort": "created_at", "offset": "4"},
        {"limit": "2", "sort": "created_at", "offset": "5"},
    ]


def test_an_empty_404_is_not_found() -> None:
    with pytest.raises(NotFound) as caught:
        connect(Wire(answer(status=404))).consumer_invoices.get("nothing")

    assert caught.value.status == 404


def test_a_422_carries_flows_messages() -> None:
    body = {"code": "generic_error", "messages": ["Order not found", "Refund not found"]}

    with pytest.raises(InvalidRequest) as caught:
        connect(Wire(answer(body, status=422))).consumer_invoices.replace_for_order(
            "R-1", ConsumerInvoiceFormByOrder()
        )

    assert caught.value.code == "generic_error"
    assert caught.value.detail == "Order not found; Refund not found"


def test_creating_a_memo_is_never_sent_twice_and_replacing_one_is() -> None:
    failing = answer({"code": "server_error", "messages": ["try later"]}, status=503)
    created = Wire(failing)
    replaced = Wire(failing, answer(documented("credit_memos.create"), status=200))

    with pytest.raises((ServerError, OutcomeUnknown)):
        connect(created).credit_memos.create("cin-1", memo())
    connect(replaced).credit_memos.replace("cin-1", "memo-1", memo())

    assert len(created.sent) == 1
    assert len(replaced.sent) == 2


def test_deleting_answers_nothing() -> None:
    wire = Wire(answer(status=204))

    connect(wire).consumer_invoices.delete("k/1")

    assert (wire.last.method, wire.last.url.raw_path) == (
        "DELETE",
        b"/lantern-house/consumer/invoices/k%2F1",
    )


def test_putting_by_key_warns_and_names_its_successor() -> None:
    from counterfoil_flow import ConsumerInvoiceForm

    wire = Wire(answer(documented("consumer_invoices.get")))

    with pytest.warns(DeprecationWarning, match=r"consumer_invoices\.replace_for_order") as warned:
        connect(wire).consumer_invoices.replace("k", ConsumerInvoiceForm(order_number="R-1"))

    assert warned[0].filename == __file__


def test_a_repeated_delete_that_finds_nothing_says_that_it_may_have_been_itself() -> None:
    answers = [httpx2.ReadError("reset"), httpx2.Response(404)]

    def answer(request: httpx2.Request) -> httpx2.Response:
        given = answers.pop(0)
        if isinstance(given, Exception):
            raise given
        return given

    with FlowClient(
        organization="acme", token="t-12345", transport=httpx2.MockTransport(answer)
    ) as flow:
        flow._state.sleep = lambda seconds: None
        with pytest.raises(
            NotFound,
            match="An earlier attempt of this call, whose response was lost, may have deleted it",
        ):
            flow.consumer_invoices.delete("W-1/1")
        answers.append(httpx2.Response(404))
        with pytest.raises(NotFound) as caught:
            flow.consumer_invoices.delete("W-1/1")

    assert "earlier attempt" not in str(caught.value)
