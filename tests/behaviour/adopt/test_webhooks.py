"""Adopting webhooks: OpenAPI 3.1's, and `x-webhooks` of older documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .documents import Adopted, document

Adopt = Callable[..., Adopted]

JSON = "application/json"


def body(schema: dict[str, Any], media: str = JSON) -> dict[str, Any]:
    return {"requestBody": {"content": {media: {"schema": schema}}}}


@pytest.mark.parametrize("word", ["webhooks", "x-webhooks"])
def test_a_webhook_is_kept_with_its_schema(adopted: Adopt, word: str) -> None:
    paid = {"type": "object", "properties": {"id": {"type": "string", "nullable": True}}}
    hooks = {
        "invoice.paid": {"post": {"summary": "Paid", **body({"$ref": "#/components/schemas/x"})}},
        "invoice.sent": {"post": body(paid)},
    }

    result = adopted(document(components={"schemas": {"x": paid}}, **{word: hooks}))

    made = result.root["webhooks"]
    assert list(made) == ["invoice.paid", "invoice.sent"]
    content = made["invoice.paid"]["post"]["requestBody"]["content"][JSON]
    assert content["schema"]["$ref"] == "#/components/schemas/X"
    assert made["invoice.paid"]["post"]["summary"] == "Paid"
    hoisted = made["invoice.sent"]["post"]["requestBody"]["content"][JSON]["schema"]["$ref"]
    schema = result.schemas[hoisted.rpartition("/")[2]]
    assert schema["properties"]["id"]["type"] == ["string", "null"]


def test_webhooks_that_cannot_be_read_are_left_out_by_name(adopted: Adopt) -> None:
    alone = {"$ref": "#/components/schemas/Alone"}
    hooks = {
        "xml": {"post": body({"type": "string"}, "application/xml")},
        "empty": {"post": {}},
        "alone": {"post": body(alone)},
        "one.name": {"post": body({"type": "object"})},
        "one_name": {"post": body({"type": "object"})},
        "broken": None,
    }

    loop = {"$ref": "#/components/schemas/Alone"}
    result = adopted(document(schemas={"Alone": loop}, webhooks=hooks))

    assert list(result.root["webhooks"]) == ["one.name"]
    assert result.left_out("webhook") == {
        "xml": "it has no body of JSON",
        "empty": "it has no body of JSON",
        "broken": "it has no body of JSON",
        "one_name": "another webhook has the same name in Python",
        "alone": "the schema only refers to itself",
    }


def test_a_selection_of_operations_has_no_webhooks(adopted: Adopt) -> None:
    root = document(webhooks={"paid": {"post": body({"type": "object"})}})

    result = adopted(root, only=("/things",))

    assert "webhooks" not in result.root
    assert result.left_out("webhook") == {}
