"""An app developer's calls of counterfoil-open2b-admin, and what they put on the wire."""

from __future__ import annotations

import asyncio
import datetime
import json
from decimal import Decimal
from typing import Any

import pytest
from counterfoil_core import AuthenticationFailed, InvalidRequest, NotFound
from counterfoil_core.types import NaiveDateTime
from counterfoil_open2b_admin import (
    AsyncOpen2bAdminClient,
    BillingAddressForm,
    DiscountInput,
    DiscountType,
    InvoiceConditions,
    InvoiceField,
    InvoiceForm,
    InvoiceItemForm,
    InvoiceStatus,
    InvoiceUpdateForm,
    Open2bAdminClient,
)
from counterfoil_sandbox import Sandbox

from tests.behaviour.clients.wire import Wire, answer

API = "open2b-admin"


def address() -> BillingAddressForm:
    return BillingAddressForm(
        first_name="Ada",
        last_name="Ruscelli",
        street1="Via del Mulino 1",
        city="Lodi",
        postal_code="26900",
        country="IT",
        email="ada@example.com",
    )


@pytest.fixture
def shop(box: Sandbox) -> Any:
    with Open2bAdminClient(**box.client_arguments(API)) as client:
        yield client


def last_body(box: Sandbox) -> bytes:
    return bytes(box.requests[-1].body)


def test_money_travels_digit_for_digit_in_both_directions(
    box: Sandbox, shop: Open2bAdminClient
) -> None:
    line = InvoiceItemForm(
        name="Mug", quantity=Decimal("3.00"), price=Decimal("56.330"), tax_class=1
    )

    made = shop.invoices.create(InvoiceForm(billing_address=address(), items=[line]))

    assert b'"quantity":3.00,"price":56.330' in last_body(box)
    invoice = shop.invoices.get(made)
    assert invoice is not None
    assert isinstance(invoice.items, list)
    assert str(invoice.items[0].price) == "56.330"
    assert str(invoice.items[0].total_price) == "168.99"


def test_a_dict_in_the_place_of_a_model_sends_the_same(
    box: Sandbox, shop: Open2bAdminClient
) -> None:
    line = InvoiceItemForm(name="Mug", quantity=Decimal("3.00"), price=Decimal("56.330"))
    shop.invoices.create(
        InvoiceForm(billing_address=address(), items=[line], status=InvoiceStatus.SENT)
    )
    with_models = last_body(box)

    shop.invoices.create(
        {
            "billing_address": address(),
            "items": [{"name": "Mug", "quantity": Decimal("3.00"), "price": Decimal("56.330")}],
            "status": "Sent",
        }
    )
    found = list(shop.invoices.iterate(conditions={"status": "Sent"}, limit=7))

    assert box.requests[1].body == with_models
    assert {invoice.status for invoice in found} == {InvoiceStatus.SENT}


def test_a_decimal_with_an_exponent_is_written_out(box: Sandbox, shop: Open2bAdminClient) -> None:
    shop.invoices.create(
        InvoiceForm(
            billing_address=address(),
            items=[InvoiceItemForm(quantity=Decimal("1E+2"), price=Decimal(1))],
        )
    )

    assert b'"quantity":100,' in last_body(box)


def test_absent_null_and_value_are_three_things(box: Sandbox, shop: Open2bAdminClient) -> None:
    made = shop.invoices.create(
        InvoiceForm(billing_address=address(), due_date=datetime.date(2026, 12, 1))
    )

    shop.invoices.update(id=made, invoice=InvoiceUpdateForm(number="2026/7"))
    assert json.loads(last_body(box)) == {"id": made, "invoice": {"number": "2026/7"}}
    kept = shop.invoices.get(made)

    shop.invoices.update(id=made, invoice=InvoiceUpdateForm(due_date=None))
    assert json.loads(last_body(box)) == {"id": made, "invoice": {"dueDate": None}}
    cleared = shop.invoices.get(made)

    assert kept is not None
    assert cleared is not None
    assert kept.due_date == datetime.date(2026, 12, 1)
    assert cleared.due_date is None


def test_fields_that_were_not_asked_for_are_none(shop: Open2bAdminClient) -> None:
    first = shop.invoices.list(fields=[InvoiceField.NUMBER], limit=1).invoices[0]

    assert isinstance(first.number, str)
    assert first.taxed_total is None


def test_a_time_without_a_zone_is_sent_and_read_in_the_stores_form(
    box: Sandbox, shop: Open2bAdminClient
) -> None:
    made = shop.invoices.create(
        InvoiceForm(billing_address=address(), creation_time=NaiveDateTime(2026, 3, 1, 9, 5))
    )

    assert b'"creationTime":"2026-03-01 09:05:00"' in last_body(box)
    invoice = shop.invoices.get(made)
    assert invoice is not None
    assert invoice.creation_time == NaiveDateTime(2026, 3, 1, 9, 5)
    assert invoice.creation_time.tzinfo is None


def test_iterate_goes_by_identifier_and_adds_it_to_the_fields(
    box: Sandbox, shop: Open2bAdminClient
) -> None:
    found = list(shop.invoices.iterate(fields=[InvoiceField.NUMBER], limit=15))

    sent = [json.loads(one.body) for one in box.requests]
    assert len(found) == 40
    assert len({invoice.number for invoice in found}) == 40
    assert [one["order"] for one in sent] == [["id"]] * len(sent)
    assert all(one["fields"] == ["number", "id"] for one in sent)
    assert sent[0].get("conditions") is None
    assert sent[1].get("conditions") == {"after": found[14].id}


def test_a_stored_cursor_goes_on_where_it_was(shop: Open2bAdminClient) -> None:
    first = next(shop.invoices.pages(limit=15))

    rest = [
        invoice.id
        for page in shop.invoices.pages(limit=15, cursor=first.cursor)
        for invoice in page.items
    ]

    assert len(rest) == 25
    assert not {invoice.id for invoice in first.items} & set(rest)


def test_an_unknown_identifier_is_none(shop: Open2bAdminClient) -> None:
    assert shop.invoices.get(7_000_000) is None


def test_a_failure_with_status_200_is_a_typed_error(shop: Open2bAdminClient) -> None:
    with pytest.raises(InvalidRequest) as refused:
        shop.invoices.create(InvoiceForm(billing_address=address(), locale="IT_it"))
    with pytest.raises(NotFound) as missing:
        shop.invoices.create(InvoiceForm(billing_address=address(), customer=99))

    assert (refused.value.status, refused.value.field, refused.value.code) == (
        200,
        "locale",
        "Malformed",
    )
    assert refused.value.detail == "'IT_it' is not a valid locale code"
    assert (missing.value.field, missing.value.detail) == ("customer", "Customer 99 does not exist")


def test_a_wrong_key_is_an_authentication_failure_and_stands_nowhere(box: Sandbox) -> None:
    with (
        Open2bAdminClient(**{**box.client_arguments(API), "key": "not-the-key-at-all"}) as shop,
        pytest.raises(AuthenticationFailed) as caught,
    ):
        shop.invoices.count()

    assert (
        "not-the-key-at-all"
        not in f"{caught.value!r} {caught.value} {shop!r} {caught.value.__dict__}"
    )


def test_the_keys_header_can_be_chosen(box: Sandbox) -> None:
    with Open2bAdminClient(**box.client_arguments(API), key_header="X-Secret-Key") as shop:
        assert shop.invoices.count() == 40

    headers = {name.lower() for name in box.requests[-1].headers}
    assert "x-secret-key" in headers
    assert "x-key" not in headers


TOO_LONG = "x" * 33
TOO_FINE = Decimal("1.2345")
BREACHES = {
    "invoice.number": InvoiceForm(billing_address=address(), number=TOO_LONG),
    "invoice.items[1].price": InvoiceForm(
        billing_address=address(), items=[InvoiceItemForm(), InvoiceItemForm(price=TOO_FINE)]
    ),
    "invoice.discounts": InvoiceForm(
        billing_address=address(),
        discounts=[DiscountInput(type=DiscountType.AMOUNT_OFF, value=Decimal(1))] * 6,
    ),
    "invoice.discounts[0].value": InvoiceForm(
        billing_address=address(),
        discounts=[DiscountInput(type=DiscountType.PERCENT_OFF, value=Decimal("100.5"))],
    ),
}


@pytest.mark.parametrize("place", BREACHES)
def test_what_breaks_a_documented_limit_is_not_sent(
    place: str, box: Sandbox, shop: Open2bAdminClient
) -> None:
    with pytest.raises(InvalidRequest, match="not sent") as caught:
        shop.invoices.create(BREACHES[place])

    assert place in str(caught.value)
    assert not box.requests


def test_without_validation_it_is_sent_as_it_is(box: Sandbox, shop: Open2bAdminClient) -> None:
    with pytest.raises(InvalidRequest) as caught:
        shop.with_options(validate=False).invoices.create(
            InvoiceForm(billing_address=address(), number=TOO_LONG)
        )

    assert caught.value.status == 200
    assert TOO_LONG.encode() in last_body(box)


def test_money_is_no_float(box: Sandbox, shop: Open2bAdminClient) -> None:
    with pytest.raises(InvalidRequest, match=r"items\[0\]\.price"):
        shop.invoices.create(
            InvoiceForm(billing_address=address(), items=[InvoiceItemForm(price=1.1)])
        )  # type: ignore[arg-type]

    assert not box.requests


def test_the_async_client_does_the_same(box: Sandbox) -> None:
    async def use() -> tuple[int, list[Any], Any]:
        async with AsyncOpen2bAdminClient(**box.client_arguments(API)) as shop:
            made = await shop.invoices.create(
                InvoiceForm(billing_address=address(), status=InvoiceStatus.SENT)
            )
            await shop.invoices.update(id=made, invoice=InvoiceUpdateForm(number="2026/8"))
            conditions = InvoiceConditions(after=made - 1)
            found = [
                invoice async for invoice in shop.invoices.iterate(conditions=conditions, limit=1)
            ]
            response = await shop.with_response.invoices.get(made)
            await shop.invoices.delete([made])
            return made, found, response

    made, found, response = asyncio.run(use())

    assert [(invoice.id, invoice.number, invoice.status) for invoice in found] == [
        (made, "2026/8", InvoiceStatus.SENT)
    ]
    assert response.value == found[0]
    assert response.status == 200
    assert b'"2026/8"' in response.raw


def test_what_the_store_sends_out_of_its_bounds_is_shown() -> None:
    invoice = {
        "number": "x" * 99,
        "locale": "",
        "discounts": [{"type": "PercentOff", "value": 250}] * 9,
        "status": "Lost",
    }
    wire = Wire(answer({"status": "ok", "invoices": [invoice]}))

    with Open2bAdminClient(
        store="shop.example.com", key="key-4711", transport=wire.transport
    ) as shop:
        found = shop.invoices.list().invoices[0]

    assert (found.number, found.locale, found.status) == ("x" * 99, "", "Lost")
    assert isinstance(found.discounts, list)
    assert [one.value for one in found.discounts] == [Decimal(250)] * 9
