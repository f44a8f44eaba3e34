"""Models become dicts and JSON and return unchanged, by themselves and within other libraries."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal
from typing import Any

import msgspec
import pydantic
import pytest
from counterfoil_amazon.models import CustomerInvoice
from counterfoil_core.decode import make_reader
from counterfoil_core.models import Model
from counterfoil_core.response import RawResponse
from counterfoil_core.types import Unknown
from counterfoil_flow.models import ConsumerInvoice, ConsumerInvoiceStatus
from counterfoil_open2b_admin.models import Invoice, InvoiceConditions
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.behaviour.clients.packages import (
    Example,
    apis,
    description,
    examples,
    operations,
    package,
)

SUCCESSES = [one for one in examples() if 200 <= one.status < 300 and "json" in one.media_type]
TEXT = b"""{
    "id": 41, "number": "7/2026", "creationTime": "2026-10-05 08:14:25", "isPaidFor": true,
    "discounts": [], "discountsIncludeTaxes": false, "subtotal": 1234567890123456.7890,
    "items": [{"sku": "LMP-1", "name": "Lamp", "quantity": 1.50, "price": 10.330}]
}"""


def list_models(value: Any) -> list[Model]:
    """Return the outermost models of a decoded answer."""
    if isinstance(value, Model):
        return [value]
    return [model for one in value for model in list_models(one)] if isinstance(value, list) else []


def read(example: Example) -> Any:
    kind = operations(example.api)[example.operation].responses.get(example.status)
    raw_response = RawResponse(
        status=example.status,
        headers={"content-type": example.media_type},
        content=example.body.encode(),
    )
    return make_reader(kind, description(example.api).tags)(raw_response)


@pytest.mark.parametrize("example", SUCCESSES, ids=str)
def test_a_model_returns_unchanged_from_json_and_from_its_dict(example: Example) -> None:
    for model in list_models(read(example)):
        kind = type(model)

        assert kind.from_json(model.to_json()) == model
        assert kind.from_json(model.to_json().decode()) == model
        assert kind.from_dict(model.to_dict()) == model
        assert kind.from_json(json.dumps(model.to_dict(), default=str)) == model
        assert pickle.loads(pickle.dumps(model)) == model


def test_every_class_of_every_package_has_the_methods() -> None:
    for api in apis():
        models = package(api).models
        for name in dir(models):
            found = getattr(models, name)
            if isinstance(found, type) and issubclass(found, msgspec.Struct):
                assert issubclass(found, Model), f"{api}: {name}"
                assert pydantic.TypeAdapter(found).json_schema()["type"] == "object"


def test_a_dict_has_the_names_of_the_api_and_exact_amounts() -> None:
    values = Invoice.from_json(TEXT).to_dict()

    assert str(values["subtotal"]) == "1234567890123456.7890"
    assert values["isPaidFor"] is True
    assert values["creationTime"] == "2026-10-05 08:14:25"
    assert values["items"][0]["name"] == "Lamp"
    assert str(values["items"][0]["quantity"]) == "1.50"
    assert "taxedTotal" not in values, "what is absent is left out"


def test_json_has_every_digit_as_the_api_spells_it() -> None:
    assert b'"subtotal":1234567890123456.7890,' in Invoice.from_json(TEXT).to_json()
    price = '{"amount": "10.330", "currency": "EUR", "label": ""}'
    flow = package("flow").models.Price.from_json(price)
    assert json.loads(flow.to_json())["amount"] == "10.330"


def test_a_float_is_refused_as_an_amount_with_its_place() -> None:
    with pytest.raises(
        ValueError, match=r"Decimal, int or text, got `float` - at `\$.items\[0\].quantity`"
    ):
        Invoice.from_dict(json.loads(TEXT))

    exact = json.loads(TEXT, parse_float=Decimal)
    assert Invoice.from_dict(exact) == Invoice.from_json(TEXT)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"id": "41"}, r"Expected `int( \| null)?`, got `str` - at `\$.id`"),
        ({"items": [{"quantity": "many"}]}, r"at `\$.items\[0\].quantity`"),
        ([], "Expected `object`, got `array`"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(values: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Invoice.from_dict(values)
    with pytest.raises(ValueError, match=problem):
        Invoice.from_json(json.dumps(values))


def test_broken_json_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="truncated"):
        Invoice.from_json('{"id": 4')


def test_members_of_unions_that_are_unknown_stay_as_they_are() -> None:
    text = """{"id": "1", "number": "1", "status": "new-word", "date": "2026-10-01T10:00:00Z",
        "key": "k", "order": {"id": "o", "number": "1", "submitted_at": "2026-10-01T10:00:00Z"},
        "entity": {"organization": {"id": "flow"}, "name": "Flow", "streets": [],
            "city": "Dublin", "country": "IRL"},
        "payments": [], "destination": {}, "documents": [], "attributes": {},
        "lines": [{"discriminator": "gift_wrap", "price": 1.10}]}"""
    invoice = ConsumerInvoice.from_json(text)

    assert isinstance(invoice.lines[0], Unknown)
    values = invoice.to_dict()
    assert values["status"] == "new-word"
    assert values["lines"] == [{"discriminator": "gift_wrap", "price": Decimal("1.10")}]
    assert ConsumerInvoice.from_dict(values).to_json() == invoice.to_json()
    assert json.loads(invoice.to_json())["lines"][0]["price"] == 1.10


def test_the_repr_shows_what_is_set() -> None:
    conditions = InvoiceConditions(ids=[3])

    assert repr(conditions) == "InvoiceConditions(ids=[3])"
    assert repr(CustomerInvoice(purchase_order_number="PO", content="JVBERi0=")) == (
        "CustomerInvoice(purchase_order_number='PO', content='JVBERi0=')"
    )


# other libraries


class Answer(pydantic.BaseModel):
    invoice: Invoice
    status: ConsumerInvoiceStatus | None = None


def test_pydantic_validates_and_writes_models() -> None:
    answer = Answer(invoice=Invoice.from_json(TEXT))
    written = answer.model_dump_json()

    assert json.loads(written)["invoice"]["subtotal"] == "1234567890123456.7890"
    assert Answer.model_validate_json(written) == answer
    assert answer.model_dump()["invoice"]["subtotal"] == Decimal("1234567890123456.7890")
    with pytest.raises(pydantic.ValidationError, match="got `float`"):
        Answer.model_validate({"invoice": {"subtotal": 1.5}})


def test_fastapi_returns_and_takes_models() -> None:
    app = FastAPI()

    @app.get("/invoice", response_model=Invoice)
    def show() -> Invoice:
        return Invoice.from_json(TEXT)

    @app.post("/invoices")
    def take(invoices: list[Invoice]) -> list[Invoice]:
        return invoices

    with TestClient(app) as client:
        shown = client.get("/invoice").json()
        taken = client.post("/invoices", json=[shown])
        refused = client.post("/invoices", json=[{"subtotal": 1.5}])
        described = client.get("/openapi.json").json()

    assert shown["subtotal"] == "1234567890123456.7890"
    assert shown["items"][0]["price"] == "10.330"
    assert taken.json() == [shown]
    assert refused.status_code == 422
    assert "got `float`" in refused.text
    answer = described["paths"]["/invoice"]["get"]["responses"]["200"]["content"]
    schema = json.dumps(answer["application/json"]["schema"])
    assert '"creationTime"' in json.dumps(described)
    assert "$defs" not in schema


def test_django_answers_with_models() -> None:
    from django.conf import settings
    from django.http import JsonResponse

    if not settings.configured:
        settings.configure(DEFAULT_CHARSET="utf-8")
    answer = JsonResponse(Invoice.from_json(TEXT).to_dict())

    assert json.loads(answer.content)["subtotal"] == "1234567890123456.7890"


def test_pandas_keeps_the_digits() -> None:
    import pandas

    frame = pandas.DataFrame([Invoice.from_json(TEXT).to_dict()] * 2)

    assert frame["subtotal"].sum() == Decimal("2469135780246913.5780")
    assert list(frame["number"]) == ["7/2026"] * 2
