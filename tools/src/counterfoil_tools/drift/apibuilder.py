"""Convert API Builder's service.json to OpenAPI 3. https://www.apibuilder.io/doc/types"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs

from ..openapi.shapes import InputError, Node

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
    """Return the service as an OpenAPI document. Raises InputError if it is malformed."""
    schema = json.loads(Path(__file__).with_name("service.schema.json").read_text())
    for fault in jsonschema_rs.Draft202012Validator(schema).iter_errors(root):
        where = "/".join(map(str, fault.instance_path)) or "its root"
        raise InputError(f"this is not an API Builder service: at {where}: {fault.message[-200:]}")
    paths: dict[str, Node] = {}
    for resource in root["resources"]:
        for operation in resource.get("operations", ()):
            path = re.sub(r":(\w+)", r"{\1}", operation["path"])
            paths.setdefault(path, {})[operation["method"].lower()] = _convert_operation(operation)
    schemas = dict(_convert_types(root))
    return {"openapi": "3.1.0", "paths": paths, "components": {"schemas": schemas}}


def _convert_types(root: Node) -> Iterator[tuple[str, Node]]:
    for enum in root.get("enums", ()):
        values = [one.get("value", one["name"]) for one in enum["values"]]
        yield enum["name"], {"type": "string", "enum": values}
    for model in root["models"]:
        fields = {field["name"]: _convert_field(field) for field in model["fields"]}
        required = [field["name"] for field in model["fields"] if field["required"]]
        yield model["name"], {"type": "object", "properties": fields, "required": required}
    for union in root.get("unions", ()):
        tag = union.get("discriminator")
        members = [_tag(member, tag) for member in union["types"]]
        yield union["name"], {"oneOf": members}


def _tag(member: Node, tag: str | None) -> Node:
    """Return a member of a union. API Builder does not specify whether the tag is required."""
    value = member.get("discriminator_value", member["type"])
    tagged: Node = {"type": "object", "x-required-unknown": True}
    if tag:
        tagged["properties"] = {tag: {"type": "string", "enum": [value]}}
    return {"allOf": [_convert_type(member["type"]), tagged]}


def _convert_field(field: Node) -> Node:
    schema = _convert_type(field["type"])
    bounds: Node = {
        word: field[word] for word in ("minimum", "maximum") if field.get(word) is not None
    }
    if schema.get("type") == "array":
        bounds = {f"{word[:3]}Items": value for word, value in bounds.items()}
    # A field with a default is optional in requests, and always present in responses.
    unknown = {"x-required-unknown": True} if "default" in field else {}
    return {**schema, **bounds, **unknown}


def _convert_type(name: str) -> Node:
    if name.startswith("map["):
        return {"type": "object", "additionalProperties": _convert_type(name[4:-1])}
    if name.startswith("["):
        return {"type": "array", "items": _convert_type(name[1:-1])}
    return dict(SCALARS[name]) if name in SCALARS else {"$ref": f"#/components/schemas/{name}"}


def _convert_operation(operation: Node) -> Node:
    keys = _sort_keys(operation)
    parameters = [
        _convert_parameter(one, keys)
        for one in operation.get("parameters", ())
        if one["location"] in PLACES
    ]
    converted: Node = {"parameters": parameters, "responses": {}}
    if body := operation.get("body"):
        converted["requestBody"] = _content(body["type"])
    for answer in operation["responses"]:
        status = answer["code"].get("integer", {}).get("value", "default")
        kind = answer["type"]
        converted["responses"][str(status)] = {} if kind == "unit" else _content(kind)
    return converted


def _sort_keys(operation: Node) -> list[str]:
    """Return the keys of an operation's attribute `sort`, [] without one."""
    for attribute in operation.get("attributes", ()):
        if attribute["name"] == "sort":
            return [one["value"] for one in attribute["value"].get("values", ())]
    return []


def _convert_parameter(parameter: Node, sort_keys: list[str]) -> Node:
    field = {key: value for key, value in parameter.items() if key != "default"}
    schema = _convert_field(field)
    if parameter["name"] == "sort" and sort_keys:
        schema["enum"] = [f"{sign}{key}" for key in sort_keys for sign in ("", "-")]
    return {
        "name": parameter["name"],
        "in": PLACES[parameter["location"]],
        "required": bool(parameter["required"]) and "default" not in parameter,
        "schema": schema,
    }


def _content(kind: str) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": _convert_type(kind)}}}
