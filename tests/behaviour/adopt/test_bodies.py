"""Adopting bodies of every kind: forms, files, texts, and parameters of JSON."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .documents import Adopted, document

Adopt = Callable[..., Adopted]

FORM = "application/x-www-form-urlencoded"


def test_fields_of_forms_keep_how_they_are_written(adopted: Adopt) -> None:
    properties = {
        "name": {"type": "string"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "expand": {"type": "array", "items": {"type": "string"}},
        "address": {"type": "object", "properties": {"city": {"type": "string"}}},
    }
    media = {
        "schema": {"type": "object", "properties": properties},
        "encoding": {"expand": {"style": "deepObject", "explode": True}},
    }
    body = {"content": {"application/x-www-form-urlencoded": media}}

    result = adopted(document(operation={"requestBody": body}))

    assert result.left_out("property") == {}
    assert set(result.schemas["GetThingRequest"]["properties"]) == set(properties)
    [content] = result.operation("/things/{id}", "get")["requestBody"]["content"].values()
    assert content["encoding"] == {"expand": {"style": "deepObject", "explode": True}}


def test_files_are_kept_in_multipart_forms_alone(adopted: Adopt) -> None:
    upload = {
        "type": "object",
        "properties": {
            "file": {"type": "string", "format": "binary"},
            "pages": {"type": "array", "items": {"$ref": "#/components/schemas/Page"}},
            "scan": {"contentMediaType": "image/png"},
        },
    }
    components = {
        "schemas": {
            "Upload": upload,
            "Page": {"type": "string", "format": "binary"},
            "Stored": {"type": "object", "properties": {"data": {"format": "binary"}}},
        }
    }
    refer = {"$ref": "#/components/schemas/Upload"}
    body = {"content": {"multipart/form-data": {"schema": refer}}}
    stored = {"schema": {"$ref": "#/components/schemas/Stored"}}
    ok = {"200": {"description": "It.", "content": {"application/json": stored}}}

    result = adopted(
        document(components=components, operation={"requestBody": body, "responses": ok})
    )

    made = result.schemas["Upload"]["properties"]
    assert made["file"]["format"] == "binary"
    assert made["pages"]["items"]["format"] == "binary"
    assert made["scan"]["format"] == "binary"
    assert "format" not in result.schemas["Stored"]["properties"]["data"]


def test_a_component_of_other_parts_is_copied_for_a_multipart_form(adopted: Adopt) -> None:
    upload = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
    schema = {"schema": {"$ref": "#/components/schemas/Upload"}}
    body = {"content": {"multipart/form-data": schema}}
    ok = {"200": {"description": "It.", "content": {"application/json": schema}}}

    result = adopted(
        document(
            components={"schemas": {"Upload": upload}},
            operation={"requestBody": body, "responses": ok},
        )
    )

    assert "format" not in result.schemas["Upload"]["properties"]["file"]
    others = [one for name, one in result.schemas.items() if name != "Upload"]
    assert [one["properties"]["file"].get("format") for one in others] == ["binary"]


@pytest.mark.parametrize(
    ("media", "chosen"),
    [
        (["application/octet-stream"], "application/octet-stream"),
        (["text/plain"], "text/plain"),
        (["application/xml", "application/json"], "application/json"),
        (["image/*"], "image/*"),
        (["application/pdf", "application/x-www-form-urlencoded"], FORM),
    ],
)
def test_one_media_type_of_a_body_is_kept(adopted: Adopt, media: list[str], chosen: str) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    body = {"content": {name: {"schema": schema} for name in media}}

    result = adopted(document(operation={"requestBody": body}))

    [found] = result.operation("/things/{id}", "get")["requestBody"]["content"]
    assert found == chosen
    assert result.left_out() == {}


def test_a_body_of_several_parts_that_is_no_form_is_left_out(adopted: Adopt) -> None:
    body = {"required": True, "content": {"multipart/mixed": {"schema": {"type": "string"}}}}

    result = adopted(document(operation={"requestBody": body}))

    assert result.left_out() == {"GET /things/{id}": "the request body is `multipart/mixed`"}


def test_a_parameter_of_json_is_kept(adopted: Adopt) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    one = {"name": "f", "in": "query", "content": {"application/json": {"schema": schema}}}

    result = adopted(document(operation={"parameters": [one]}))

    [made] = [
        each
        for each in result.operation("/things/{id}", "get")["parameters"]
        if each["name"] == "f"
    ]
    assert list(made["content"]) == ["application/json"]
    assert "schema" not in made
    assert "style" not in made


def test_an_idempotency_header_is_used(adopted: Adopt) -> None:
    one = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}}
    root = document(operation={"parameters": [one]})
    item = root["paths"]["/things/{id}"]
    item["post"] = item.pop("get")

    result = adopted(root)

    extension = result.operation("/things/{id}", "post")["x-counterfoil"]
    assert extension["idempotency-header"] == "Idempotency-Key"
    assert extension["retry"] == "never"


def test_a_filter_that_is_a_value_or_a_range_is_kept(adopted: Adopt) -> None:
    span = {"type": "object", "properties": {"gt": {"type": "integer"}}}
    schema = {"anyOf": [span, {"type": "integer"}]}
    one = {"name": "created", "in": "query", "style": "deepObject", "schema": schema}
    others = {**one, "name": "either", "schema": {"anyOf": [span, {"type": "object"}]}}

    result = adopted(document(operation={"parameters": [one, others]}))

    parameters = result.operation("/things/{id}", "get")["parameters"]
    [made] = [each for each in parameters if each["name"] == "created"]
    assert made["style"] == "deepObject"
    assert {"type": "integer"} in made["schema"]["oneOf"]
    reason = "it is one of several schemas in a query"
    assert result.left_out("parameter") == {"GET /things/{id}: either (query)": reason}


def test_a_parameter_of_json_keeps_its_shape(adopted: Adopt) -> None:
    schema = {"oneOf": [{"type": "string"}, {"type": "integer"}]}
    one = {"name": "f", "in": "query", "content": {"application/json": {"schema": schema}}}

    result = adopted(document(operation={"parameters": [one]}))

    parameters = result.operation("/things/{id}", "get")["parameters"]
    [made] = [each for each in parameters if each["name"] == "f"]
    assert len(made["content"]["application/json"]["schema"]["oneOf"]) == 2
