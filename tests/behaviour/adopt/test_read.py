"""How a vendor's file is read: YAML 1.2, exact numbers, texts as they were meant."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from counterfoil_tools.adopt.places import find_place
from counterfoil_tools.adopt.read import read

from .documents import BILLING, Adopted, document

Adopt = Callable[..., Adopted]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: on\nb: yes\nc: no\n", {"a": "on", "b": "yes", "c": "no"}),
        ("a: 2026-11-26\nb: 1:30\n", {"a": "2026-11-26", "b": "1:30"}),
        ("a: 010\nb: 0o10\nc: 0x10\n", {"a": 10, "b": 8, "c": 16}),
        (
            "a: 1.10\nb: 1e3\nc: .5\n",
            {"a": Decimal("1.10"), "b": Decimal("1e3"), "c": Decimal("0.5")},
        ),
        ("a: true\nb: ~\nc:\nd: Null\n", {"a": True, "b": None, "c": None, "d": None}),
        ("a: '1'\nb: !!str 1\n", {"a": "1", "b": "1"}),
        ("x: &x {a: 1, b: 1}\ny: {<<: *x, b: 2}\n", {"x": {"a": 1, "b": 1}, "y": {"a": 1, "b": 2}}),
        ('a: "\\ud83d\\ude00"\n', {"a": "\U0001f600"}),
        ("200: a\ntrue: b\n", {"200": "a", "true": "b"}),
        ('{"a": 12345678901234567.89}', {"a": Decimal("12345678901234567.89")}),
        ('\ufeff{"a": 1}', {"a": 1}),
        ("{a: 1, b: [x]}", {"a": 1, "b": ["x"]}),
    ],
)
def test_values(text: str, expected: Any, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(text)

    assert read(tmp_path / "a.yaml") == expected


def test_line_ends_are_folded_and_invisible_characters_dropped(adopted: Adopt) -> None:
    operation = {"summary": "A\u202eB", "description": "One.\r\nTwo.\rThree."}

    result = adopted(document(operation=operation))

    assert result.operation()["summary"] == "AB"
    assert result.operation()["description"] == "One.\nTwo.\nThree."
    assert "invisible characters are dropped from texts" in result.topics


def test_a_reference_within_an_example_is_data(adopted: Adopt) -> None:
    value = {"$ref": "#/nowhere", "properties": {"type": 5}}
    media = {"schema": {"type": "object"}, "example": value}

    result = adopted(
        document(operation={"responses": {"200": {"content": {"application/json": media}}}})
    )

    [content] = result.operation()["responses"]["200"]["content"].values()
    assert content["examples"] == {"typical": {"value": value}}
    assert result.left_out() == {}


def test_properties_may_be_called_as_words_of_openapi(adopted: Adopt) -> None:
    names = (
        "properties",
        "enum",
        "example",
        "examples",
        "default",
        "value",
        "$ref",
        "items",
        "x-y",
        "content",
    )
    thing = {
        "type": "object",
        "properties": {name: {"type": "string", "enum": ["a"]} for name in names},
    }

    result = adopted(document({"$ref": "#/components/schemas/A"}, {"A": thing}))

    assert list(result.schemas["A"]["properties"]) == list(names)
    assert all("$ref" in one for one in result.schemas["A"]["properties"].values())


def test_a_schema_outside_the_components_becomes_one(adopted: Adopt) -> None:
    thing = {
        "type": "object",
        "properties": {"part": {"type": "object", "properties": {"n": {"type": "integer"}}}},
    }
    pointer = "#/components/schemas/A/properties/part"

    result = adopted(document({"$ref": pointer}, {"A": thing}))

    assert result.schemas["Part"] == {"type": "object", "properties": {"n": {"type": "integer"}}}
    assert "schemas outside the components are moved there" in result.topics


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("#/info/title", "  title: Ledgerline Billing API"),
        ("#/paths/~1customers~1{customer_id}/get", "    get:"),
        ("#/components/schemas/invoice/allOf/1", "        - type: object"),
    ],
)
def test_places_are_found_in_the_vendors_file(pointer: str, line: str) -> None:
    file, number, column = find_place(BILLING, pointer).split(":")

    found = BILLING.read_text().splitlines()[int(number) - 1]
    assert (file, found) == ("billing.yaml", line)
    assert found[: int(column) - 1].strip(" -") == ""


def test_places_in_json(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"a": [1, {"b/c": {\n  "d": [[], {"e": 5}]}}]}')

    assert find_place(tmp_path / "a.json", "#/a/1/b~1c/d/1/e") == "a.json:2:14"
    assert find_place(tmp_path / "a.json", "#/a/1/b~1c/gone") == "a.json:1:12"
