"""Models of every shape become dicts and JSON and return, unions of each kind included."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pydantic
import pytest
from counterfoil_core.models import Model
from counterfoil_core.one_of import OneOf, StructWithUnions
from counterfoil_core.types import NaiveDateTime, OpenStrEnum, Secret, Unknown
from counterfoil_core.variants import Variant


class Color(OpenStrEnum):
    RED = "red"


class Card(Model, omit_defaults=True, kw_only=True):
    number: str
    limit: Decimal | None = None


class Transfer(Model, kw_only=True):
    iban: str


class Circle(Model, tag_field="shape", tag="circle", kw_only=True):
    radius: Decimal


class Square(Model, tag_field="shape", tag="square", kw_only=True):
    side: Decimal


Payment = OneOf(
    Card | Transfer | str,
    Variant(Card, required=("number",)),
    Variant(Transfer, required=("iban",)),
)


class Order(Model, StructWithUnions, omit_defaults=True, kw_only=True):
    payment: Payment  # type: ignore[valid-type]
    payments: list[Payment] | None = None  # type: ignore[valid-type]
    shapes: list[Circle | Square] | None = None
    cards: dict[str, Card] | None = None
    child: Order | None = None
    free: Any = None
    ratio: float | None = None
    color: Color | None = None
    at: NaiveDateTime | None = None
    password: Secret | None = None


TEXTS = {
    "a union's object": '{"payment":{"number":"1","limit":10.330}}',
    "a union's text": '{"payment":"cash"}',
    "an unknown object": '{"payment":{"who":1.10}}',
    "a list of unions": '{"payment":"x","payments":["y",{"iban":"I"},{"z":[]}]}',
    "tagged": '{"payment":"x","shapes":[{"shape":"circle","radius":1.50}]}',
    "an unknown tag": '{"payment":"x","shapes":[{"shape":"star","points":5.0}]}',
    "a map": '{"payment":"x","cards":{"a b":{"number":"2","limit":0.00}}}',
    "itself": '{"payment":"x","child":{"payment":{"number":"3"}}}',
    "free": '{"payment":"x","free":{"a":[1,null,"t"]},"ratio":0.5}',
    "an enum": '{"payment":"x","color":"red"}',
    "an unlisted value": '{"payment":"x","color":"mauve"}',
    "a time without a zone": '{"payment":"x","at":"2026-02-03 14:05:09"}',
    "a secret": '{"payment":"x","password":"p4ss"}',
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_json_and_dict_return_unchanged(text: str) -> None:
    order = Order.from_json(text)

    assert order.to_json().decode() == text
    assert order.to_dict() == json.loads(text, parse_float=Decimal)
    assert Order.from_dict(order.to_dict()) == order
    assert Order.from_dict(json.loads(text, parse_float=Decimal)) == order


def test_a_dict_can_contain_models_and_python_values() -> None:
    made = Order.from_dict(
        {
            "payment": Card(number="1", limit=Decimal("2.50")),
            "color": Color.RED,
            "at": NaiveDateTime(2026, 2, 3, 14, 5, 9),
        }
    )

    assert made == Order.from_json(
        '{"payment":{"number":"1","limit":2.50},"color":"red","at":"2026-02-03 14:05:09"}'
    )


def test_unknown_members_and_secrets_stay_what_they_are() -> None:
    assert Order.from_dict({"payment": {"who": Decimal("1.10")}}).payment == Unknown(
        b'{"who":1.10}'
    )
    order = Order.from_dict({"payment": "x", "password": "p4ss"})
    assert "p4ss" not in repr(order)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"payment": {"number": 5}}, r"Expected `str`, got `int` - at `\$.payment.number`"),
        ({"payment": 5}, r"at `\$.payment`"),
        ({"payment": "x", "cards": {"k": {"number": "1", "limit": 0.5}}}, r"at `\$.cards"),
        ({"payment": "x", "shapes": [{"shape": "square"}]}, "missing required field `side`"),
        ({}, "missing required field `payment`"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(values: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Order.from_dict(values)


def test_the_json_schema_of_a_model_within_itself_ends() -> None:
    schema = pydantic.TypeAdapter(Order).json_schema()

    assert schema["properties"]["cards"]["anyOf"][0]["additionalProperties"]["title"] == "Card"
    assert {"type": "object", "title": "Order"} in schema["properties"]["child"]["anyOf"]
    assert schema["required"] == ["payment"]


def test_an_amount_that_is_not_finite_is_refused() -> None:
    with pytest.raises(ValueError, match="NaN"):
        Card(number="1", limit=Decimal("NaN")).to_json()


def test_models_are_imported_for_type_hints_without_decoders() -> None:
    program = "import sys, counterfoil_flow.models; print('counterfoil_core.decode' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert (ran.stdout, ran.stderr) == ("False\n", "")
