"""API Builder's service.json -> OpenAPI 3. https://www.apibuilder.io/doc/types"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs

from .facts import InputError, Node

SCALARS: dict[str, Node] = {
    "string": {"type": "string"},
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "long": {"type": "integer"},
    "double": {"type": "number", "format": "decimal"},
    "decimal": {"type": "number", "format": "decimal"},
    "uuid": {"type": "string"},
    "date-iso8601": {"type": "string", "format": "date"},
    "date-time-iso8601": {"type": "string", "format": "date-time"},
    "object": {"type": "object"},
    "json": {},
}
PLACES = {"Path": "path", "Query": "query", "Header": "header"}


def convert(root: Node) -> Node:
    """Return the service as an OpenAPI document. Raises InputError where it is not formed like one."""
    schema = json.loads(Path(__file__).with_name("service.schema.json").read_text())
    if fault := next(jsonschema_rs.Draft202012Validator(schema).iter_errors(root), None):
        where = "/".join(map(str, fault.instance_path))
        raise InputError(f"this is no service of API Builder: at {where or 'its root'}: {fault.message[-200:]}")
    paths: dict[str, Node] = {}
    for operation in (one for resource in root["resources"] for one in resource.get("operations", ())):
        path = re.sub(r":(\w+)", r"{\1}", operation["path"])
        paths.setdefault(path, {})[operation["method"].lower()] = _convert_operation(operation)
    return {"openapi": "3.1.0", "paths": paths, "components": {"schemas": dict(_convert_types(root))}}


def _convert_types(root: Node) -> Iterator[tuple[str, Node]]:
    for enum in root.get("enums", ()):
        yield enum["name"], {"type": "string", "enum": [one.get("value", one["name"]) for one in enum["values"]]}
    for model in root["models"]:
        fields = {field["name"]: _convert_field(field) for field in model["fields"]}
        required = [field["name"] for field in model["fields"] if field["required"]]
        yield model["name"], {"type": "object", "properties": fields, "required": required}
    for union in root.get("unions", ()):
        tag = union.get("discriminator")
        yield union["name"], {"oneOf": [_tag(member, tag) for member in union["types"]]}


def _tag(member: Node, tag: str | None) -> Node:
    """A member of a union. That the tag is always there is said nowhere, nor which member lacks what."""
    value = member.get("discriminator_value", member["type"])
    tagged: Node = {"type": "object", "x-required-unknown": True}
    if tag:
        tagged["properties"] = {tag: {"type": "string", "enum": [value]}}
    return {"allOf": [_convert_type(member["type"]), tagged]}


def _convert_field(field: Node) -> Node:
    schema = _convert_type(field["type"])
    bounds: Node = {word: field[word] for word in ("minimum", "maximum") if field.get(word) is not None}
    if schema.get("type") == "array":
        bounds = {f"{word[:3]}Items": value for word, value in bounds.items()}
    unknown = {"x-required-unknown": True} if "default" in field else {}  # may be left out, and always comes
    return {**schema, **bounds, **unknown}


def _convert_type(name: str) -> Node:
    if name.startswith("map["):
        return {"type": "object", "additionalProperties": _convert_type(name[4:-1])}
    if name.startswith("["):
        return {"type": "array", "items": _convert_type(name[1:-1])}
    return dict(SCALARS[name]) if name in SCALARS else {"$ref": f"#/components/schemas/{name}"}


def _convert_operation(operation: Node) -> Node:
    order: Node = next((one["value"] for one in operation.get("attributes", ()) if one["name"] == "sort"), {})
    keys = [one["value"] for one in order.get("values", ())]
    parameters = []
    for one in (one for one in operation.get("parameters", ()) if one["location"] in PLACES):
        schema = _convert_field({key: value for key, value in one.items() if key != "default"})
        if one["name"] == "sort" and keys:
            schema["enum"] = [f"{sign}{key}" for key in keys for sign in ("", "-")]
        required = bool(one["required"]) and "default" not in one
        parameters.append({"name": one["name"], "in": PLACES[one["location"]], "required": required, "schema": schema})
    converted: Node = {"parameters": parameters, "responses": {}}
    if body := operation.get("body"):
        converted["requestBody"] = _content(body["type"])
    for answer in operation["responses"]:
        status = answer["code"].get("integer", {}).get("value", "default")
        converted["responses"][str(status)] = _content(answer["type"]) if answer["type"] != "unit" else {}
    return converted


def _content(kind: str) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": _convert_type(kind)}}}
