"""The class of a difference depends on whether the value is sent or received."""

from __future__ import annotations

from typing import Any

import pytest
from counterfoil_tools.drift.compare import CLASSES, compare
from counterfoil_tools.openapi.shapes import ApiDescription

TEXT = {"type": "string"}


def describe(schema: Any, required: bool = False) -> ApiDescription:
    """An operation that sends and answers an object with one field."""
    body = {
        "type": "object",
        "properties": {"x": schema} if schema else {"y": TEXT},
        "required": ["x"] if required else [],
    }
    body["properties"]["kept"] = TEXT
    content = {"content": {"application/json": {"schema": body}}}
    return ApiDescription(
        {"paths": {"/things": {"post": {"requestBody": content, "responses": {"200": content}}}}}
    )


@pytest.mark.parametrize(
    ("before", "after", "change", "sent", "answered"),
    [
        (TEXT, {"type": ["string", "null"]}, "now nullable", "addition", "breaking"),
        (TEXT, {"type": "string", "nullable": True}, "now nullable", "addition", "breaking"),
        (TEXT, {"oneOf": [TEXT, {"type": "null"}]}, "now nullable", "addition", "breaking"),
        ({"type": ["string", "null"]}, TEXT, "no longer nullable", "breaking", "fix"),
        (TEXT, {"type": ["string", "integer"]}, "type widened", "addition", "breaking"),
        ({"type": ["string", "integer"]}, TEXT, "type narrowed", "breaking", "fix"),
        (TEXT, {"type": "integer"}, "type changed", "breaking", "breaking"),
        (TEXT, {"type": "string", "format": "date"}, "format changed", "breaking", "breaking"),
        ({"enum": ["a"]}, {"enum": ["a", "b"]}, "value added", "addition", "addition"),
        ({"enum": ["a", "b"]}, {"enum": ["a"]}, "value removed", "breaking", "breaking"),
        ({"enum": ["a"]}, TEXT, "values no longer listed", "addition", "breaking"),
        (TEXT, {"type": "string", "enum": ["a"]}, "values now listed", "breaking", "breaking"),
        ({"maximum": 5}, {"maximum": 6}, "bound widened", "addition", "fix"),
        ({"maximum": 5}, {"maximum": 4.5}, "bound tightened", "breaking", "fix"),
        ({"minimum": 5}, {"minimum": 4}, "bound widened", "addition", "fix"),
        ({"minimum": 0}, {"exclusiveMinimum": 0}, "bound tightened", "breaking", "fix"),
        (
            {"minimum": 0},
            {"minimum": 0, "exclusiveMinimum": True},
            "bound tightened",
            "breaking",
            "fix",
        ),
        ({"maximum": 0}, {"exclusiveMaximum": 0}, "bound tightened", "breaking", "fix"),
        (TEXT, {"type": "string", "maxLength": 9}, "bound tightened", "breaking", "fix"),
        ({"pattern": "^a"}, {"pattern": "^b"}, "bound changed", "breaking", "fix"),
        (None, TEXT, "field added", "addition", "addition"),
        (TEXT, None, "field removed", "breaking", "breaking"),
    ],
)
def test_a_change_is_classed_by_direction(
    before: Any, after: Any, change: str, sent: str, answered: str
) -> None:
    found = {
        (one.place, one.change): one.kind
        for one in compare(describe(before).operations, describe(after).operations)
    }

    assert found["POST /things request /x", change] == sent
    assert found["POST /things answer 200 /x", change] == answered


@pytest.mark.parametrize(
    ("before", "after", "change", "sent", "answered"),
    [
        (describe(TEXT), describe(TEXT, required=True), "now required", "breaking", "fix"),
        (
            describe(TEXT, required=True),
            describe(TEXT),
            "no longer required",
            "addition",
            "breaking",
        ),
        (
            describe(None),
            describe(TEXT, required=True),
            "required field added",
            "breaking",
            "addition",
        ),
    ],
)
def test_what_is_required_breaks_whom_it_surprises(
    before: ApiDescription, after: ApiDescription, change: str, sent: str, answered: str
) -> None:
    found = {
        (one.place, one.change): one.kind for one in compare(before.operations, after.operations)
    }

    assert found["POST /things request /x", change] == sent
    assert found["POST /things answer 200 /x", change] == answered


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
        {"allOf": [{"type": "integer"}, {"minimum": 1}]},
        {"type": "integer", "minimum": 1, "description": "in other words", "title": "X"},
    ],
)
def test_another_spelling_is_no_difference(schema: Any) -> None:
    assert (
        compare(describe({"type": "integer", "minimum": 1}).operations, describe(schema).operations)
        == []
    )


def test_statuses_bodies_and_operations_count() -> None:
    def answering(**answers: Any) -> ApiDescription:
        return ApiDescription({"paths": {"/things/{id}": {"get": {"responses": answers}}}})

    body = {"content": {"application/json": {"schema": TEXT}}}
    before = answering(**{"200": body, "201": {}, "404": {}})
    after = answering(**{"200": {}, "202": {}, "404": {}, "429": {}})
    found = compare(before.operations, after.operations)

    assert [(one.kind, one.place.removeprefix("GET /things/{} "), one.change) for one in found] == [
        ("breaking", "answer 200", "body removed"),
        ("breaking", "answer 201", "success removed"),
        ("addition", "answer 202", "status added"),
        ("addition", "answer 429", "status added"),
    ]


def test_one_schema_in_many_places_is_told_once_and_counted() -> None:
    def using(field: Any) -> ApiDescription:
        thing = {"type": "object", "properties": {"x": field}}
        answer = {
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
        }
        paths = {f"/{name}": {"get": {"responses": {"200": answer}}} for name in "abc"}
        return ApiDescription({"paths": paths, "components": {"schemas": {"Thing": thing}}})

    (found,) = compare(using(TEXT).operations, using({"type": "integer"}).operations)

    assert (found.place, found.change, found.also) == ("GET /a answer 200 /x", "type changed", 2)


def test_schemas_that_hold_themselves_are_compared() -> None:
    def tree(leaf: Any) -> ApiDescription:
        itself = {"$ref": "#/components/schemas/Tree"}
        schema = {
            "type": "object",
            "properties": {"below": {"type": "array", "items": itself}, "leaf": leaf},
        }
        answer = {"content": {"application/json": {"schema": itself}}}
        paths = {"/": {"get": {"responses": {"200": answer}}}}
        return ApiDescription({"paths": paths, "components": {"schemas": {"Tree": schema}}})

    (found,) = compare(tree(TEXT).operations, tree({"type": "boolean"}).operations)

    assert found.sentence == "type changed: string -> boolean"


def test_a_path_parameters_name_is_nobodys_concern() -> None:
    def named(name: str, schema: Any) -> ApiDescription:
        parameter = {"name": name, "in": "path", "required": True, "schema": schema}
        return ApiDescription(
            {
                "paths": {
                    f"/things/{{{name}}}": {"parameters": [parameter], "get": {"responses": {}}}
                }
            }
        )

    assert compare(named("id", TEXT).operations, named("key", TEXT).operations) == []
    before = named("id", TEXT)
    after = named("key", {"type": "integer"})
    (found,) = compare(before.operations, after.operations)
    assert (found.place, found.change) == ("GET /things/{} path 1", "type changed")


def test_beyond_the_documents_we_may_promise_less_than_the_vendor_but_not_more() -> None:
    def orders(schema: Any, **words: Any) -> ApiDescription:
        body = {"type": "object", "properties": {"x": schema}}
        answer = {"content": {"application/json": {"schema": body}}}
        return ApiDescription(
            {"paths": {"/orders": {"get": {"responses": {"200": answer}, **words}}}}
        )

    maybe = {"type": ["string", "null"]}
    beyond = {"x-counterfoil": {"beyond-documents": True}}

    assert compare(orders(maybe, **beyond).operations, orders(TEXT).operations, vendor=True) == []
    assert len(compare(orders(maybe).operations, orders(TEXT).operations, vendor=True)) == 1
    (found,) = compare(orders(TEXT, **beyond).operations, orders(maybe).operations, vendor=True)
    assert (found.change, found.kind) == ("now nullable", "breaking")
    assert compare(orders(TEXT, **beyond).operations, {}, vendor=True) == []


def test_every_change_has_a_class_in_both_directions() -> None:
    assert {kind for kinds in CLASSES.values() for kind in kinds} == {"breaking", "addition", "fix"}
