"""Every limit that a spec documents for requests is in the table that the client checks them by."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import structs

from tests.behaviour.clients.packages import apis, description, document, operations, settings

WORDS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
    "minLength": "min_length",
    "maxLength": "max_length",
    "maxItems": "max_items",
    "pattern": "pattern",
}
METHODS = ("get", "put", "post", "patch", "delete")


def reached(root: dict[str, Any], node: Any, found: set[str]) -> set[str]:
    """The schemas that a node leads to."""
    for child in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        reached(root, child, found)
    name = (
        node.get("$ref", "").rpartition("/")[2]
        if isinstance(node, dict) and isinstance(node.get("$ref"), str)
        else ""
    )
    if name and name not in found:
        found.add(name)
        reached(root, root["components"]["schemas"][name], found)
    return found


def operation_parts(root: dict[str, Any], word: str) -> list[Any]:
    return [
        item[method].get(word, {})
        for item in root["paths"].values()
        for method in METHODS
        if method in item
    ]


def sent_schemas(root: dict[str, Any]) -> set[str]:
    return reached(root, operation_parts(root, "requestBody"), set())


def model_name(root: dict[str, Any], schema: str) -> str:
    """The model by which a schema is sent: one of its own if responses hold the schema too."""
    is_read = schema in reached(root, operation_parts(root, "responses"), set())
    return f"{schema}Input" if is_read else schema


def documented_fields(api: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    root = document(api)
    for name in sorted(sent_schemas(root)):
        for wire, schema in root["components"]["schemas"][name].get("properties", {}).items():
            yield model_name(root, name), wire, schema


FIELDS = [(api, *field) for api in apis() for field in documented_fields(api)]
LIMITED = [
    field
    for field in FIELDS
    if {*WORDS, "x-decimal"} & field[3].keys() and field[3].get("format") != "naive-date-time"
]


@pytest.mark.parametrize(
    ("api", "model", "wire", "schema"),
    LIMITED,
    ids=[f"{one[0]} {one[1]}.{one[2]}" for one in LIMITED],
)
def test_a_documented_limit_of_a_field_is_checked(
    api: str, model: str, wire: str, schema: dict[str, Any]
) -> None:
    cls = getattr(importlib.import_module(settings(api)["import"]), model)
    name = next(field.name for field in structs.fields(cls) if field.encode_name == wire)

    bound = description(api).constraints()[model].fields[name]

    assert {word: getattr(bound, name) for word, name in WORDS.items() if word in schema} == {
        word: schema[word] for word in WORDS if word in schema
    }
    shape = schema.get("x-decimal", {})
    assert bound.digits == shape.get("digits")
    assert bound.places == shape.get("places")


PARAMETERS = [
    (api, operation, parameter, documented)
    for api in apis()
    for operation in operations(api).values()
    for parameter in operation.parameters
    for item in [document(api)["paths"][operation.path]]
    for documented in [
        *item.get("parameters", []),
        *item[operation.method.lower()].get("parameters", []),
    ]
    if documented["name"] == parameter.wire and WORDS.keys() & documented["schema"].keys()
]


@pytest.mark.parametrize(
    ("api", "operation", "parameter", "documented"),
    PARAMETERS,
    ids=[f"{one[0]} {one[1].name} {one[2].name}" for one in PARAMETERS],
)
def test_a_documented_limit_of_a_parameter_is_checked(
    api: str, operation: Any, parameter: Any, documented: dict[str, Any]
) -> None:
    schema = documented["schema"]

    assert {
        word: getattr(parameter.constraints, WORDS[word]) for word in WORDS if word in schema
    } == {word: schema[word] for word in WORDS if word in schema}


def test_there_are_limits_to_look_at() -> None:
    assert len(LIMITED) > 80
    assert len(PARAMETERS) > 5
