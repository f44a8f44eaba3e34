"""What adopting makes of values that a URL, a form or Python's patterns cannot hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .documents import Adopted, bare, document, swagger

Adopt = Callable[..., Adopted]
TEXT = {"type": "string"}
PATTERN = {"type": "object", "properties": {"code": {"type": "string", "pattern": "(?i)^a$"}}}
KIND = {"type": "string", "enum": ["a", None], "nullable": True}


def query(schema: Any, name: str = "q", where: str = "query") -> dict[str, Any]:
    return {
        "parameters": [{"name": name, "in": where, "required": where == "path", "schema": schema}]
    }


def find_schema(result: Adopted, name: str) -> Any:
    return next(
        bare(one["schema"]) for one in result.operation()["parameters"] if one["name"] == name
    )


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"oneOf": [TEXT, {"type": "integer"}]}, TEXT),
        ({"oneOf": [{"type": "boolean"}, {"type": "integer"}], "nullable": True}, TEXT),
        ({}, TEXT),
        (
            {"type": "array", "items": {"anyOf": [TEXT, {"type": "integer"}]}},
            {"type": "array", "items": TEXT},
        ),
        ({"type": "array", "items": {}}, {"type": "array", "items": TEXT}),
        (
            {"type": "array", "items": {"type": "string", "nullable": True}},
            {"type": "array", "items": TEXT},
        ),
        ({"type": "integer", "nullable": True}, {"type": ["integer", "null"]}),
    ],
)
def test_a_parameter_is_a_scalar_or_an_array_of_them(
    adopted: Adopt, schema: Any, expected: Any
) -> None:
    assert find_schema(adopted(document(operation=query(schema))), "q") == expected


@pytest.mark.parametrize(
    "schema",
    [{"type": "integer", "nullable": True}, {"oneOf": [{"type": "integer"}, {"type": "null"}]}],
)
def test_a_path_holds_no_null(adopted: Adopt, schema: Any) -> None:
    result = adopted(document(operation=query(schema, "id", "path")))

    assert find_schema(result, "id") == {"type": "integer"}
    assert "a null in a path" in (result.folder / "ADOPTED.md").read_text()


def test_a_component_in_a_path_loses_its_null_there_alone(adopted: Adopt) -> None:
    operation = query({"$ref": "#/components/schemas/Kind"}, "id", "path")
    holder = {"type": "object", "properties": {"kind": {"$ref": "#/components/schemas/Kind"}}}

    result = adopted(document(holder, {"Kind": KIND}, operation))

    assert "null" not in str(find_schema(result, "id"))
    assert "null" in str(
        next(schema for schema in result.schemas.values() if "properties" in schema)
    )


def test_a_pattern_that_python_cannot_match_is_dropped_and_noted(adopted: Adopt) -> None:
    result = adopted(document(PATTERN))

    assert "pattern" not in result.text
    assert "a pattern is dropped" in (result.folder / "ADOPTED.md").read_text()


@pytest.mark.parametrize("is_required", [False, True])
def test_a_form_without_fields_is_dropped_if_it_may_be(adopted: Adopt, is_required: bool) -> None:
    content = {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}}
    operation = {"requestBody": {"required": is_required, "content": content}}

    result = adopted(document(operation=operation))

    reasons = [one.reason for one in result.adoption.left_out]
    assert reasons == (["the form has no named fields"] if is_required else [])
    assert is_required or "requestBody" not in result.operation()


def test_every_node_without_an_origin_of_its_own_says_none(adopted: Adopt) -> None:
    result = adopted(
        swagger(
            {"parameters": [{"name": "a", "in": "formData", "type": "string", "enum": ["x", ""]}]}
        )
    )
    assert "origin: ''" not in result.text
