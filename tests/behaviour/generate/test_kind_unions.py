"""Unions without a discriminator, whose members differ in their JSON kind."""

from __future__ import annotations

import inspect
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.behaviour.generate.packages import (
    Wire,
    answer_with,
    call,
    describe,
    fields,
    make_package,
    parcels,
    refer,
    refusal,
    schemas,
)

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
DECIMAL = {"type": "number", "format": "decimal"}
FLAG = {"type": "boolean"}
LIST = {"type": "array", "items": {"type": "string"}}
MAP = {"type": "object", "additionalProperties": {"type": "string"}}
NULL = {"type": "null"}


def document(*members: Any) -> Any:
    made = parcels()
    fields(made)["weight"] = describe(oneOf=list(members))
    return made


@pytest.mark.parametrize(
    ("members", "content", "value"),
    [
        ((NUMBER, TEXT), b'{"weight": 5}', 5),
        ((NUMBER, TEXT), b'{"weight": "5"}', "5"),
        ((NUMBER, TEXT, NULL), b'{"weight": null}', None),
        ((FLAG, DECIMAL), b'{"weight": true}', True),
        ((DECIMAL, TEXT), b'{"weight": 5.10}', Decimal("5.10")),
        ((DECIMAL, TEXT), b'{"weight": "5.10"}', "5.10"),
        ((DECIMAL, TEXT, NULL), b'{"weight": null}', None),
        ((TEXT, LIST), b'{"weight": ["a"]}', ["a"]),
        ((TEXT, LIST), b'{"weight": "a"}', "a"),
        ((LIST, MAP, FLAG), b'{"weight": {"a": "b"}}', {"a": "b"}),
    ],
)
def test_the_kind_tells_the_member(
    members: Any, content: bytes, value: Any, tmp_path: Path
) -> None:
    package = make_package(tmp_path, document(*members))
    found = call(package, Wire(content)).weight
    assert (found, type(found)) == (value, type(value))


def test_a_list_of_such_unions_keeps_every_digit(tmp_path: Path) -> None:
    made = parcels()
    fields(made)["weight"] = describe(type="array", items={"oneOf": [DECIMAL, FLAG]})
    found = call(make_package(tmp_path, made), Wire(b'{"weight": [0.10, true]}')).weight
    assert [str(one) for one in found] == ["0.10", "True"]


def test_an_object_beside_a_text_is_its_model(tmp_path: Path) -> None:
    made = document(refer("Shop"), TEXT)
    schemas(made)["Shop"] = describe(type="object", properties={"id": describe(type="integer")})
    package = make_package(tmp_path, made)
    assert call(package, Wire(b'{"weight": {"id": 7}}')).weight.id == 7
    assert call(package, Wire(b'{"weight": "7"}')).weight == "7"


def test_a_component_that_is_such_a_union_is_an_alias(tmp_path: Path) -> None:
    made = parcels()
    fields(made)["weight"] = describe(**refer("Weight"))
    schemas(made)["Weight"] = describe(oneOf=[NUMBER, TEXT])
    package = make_package(tmp_path, made)
    assert call(package, Wire(b'{"weight": "7"}')).weight == "7"
    assert not inspect.isclass(package.Weight)


@pytest.mark.parametrize(
    "members",
    [
        (NUMBER, DECIMAL),
        (TEXT, {"type": "string", "format": "date"}),
        (MAP, MAP),
        (TEXT, {}),
    ],
)
def test_members_of_one_kind_are_refused(members: Any, tmp_path: Path) -> None:
    assert "untagged-union" in refusal(tmp_path, document(*members))


@pytest.mark.parametrize("values", [TEXT, LIST, MAP, refer("Parcel")])
def test_a_map_that_may_be_null_keeps_the_type_of_its_values(values: Any, tmp_path: Path) -> None:
    made = parcels()
    fields(made)["weight"] = describe(type=["object", "null"], additionalProperties=values)
    package = make_package(tmp_path, made)  # the trial compares the class with the IR
    assert call(package, Wire(b'{"weight": null}')).weight is None


def test_a_field_may_be_nothing_but_null(tmp_path: Path) -> None:
    made = parcels()
    fields(made)["weight"] = describe(**NULL)
    schemas(made)["Parcel"]["required"] = ["weight"]
    answer_with(made, "application/json", refer("Parcel"), {"weight": None})
    assert call(make_package(tmp_path, made), Wire(b'{"weight": null}')).weight is None
