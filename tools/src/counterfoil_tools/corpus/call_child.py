"""Call every operation of a generated package once, and print the requests as JSON lines.

Runs as a script in a process of its own: `call_child.py SOURCES PACKAGE CLIENT DOCUMENT`, where
SOURCES are folders separated by colons. The
arguments are made from the schemas of the document (JSON), one value for each property, three
objects deep. Nothing is sent: the transport keeps the request.
"""

from __future__ import annotations

import importlib
import json
import sys
from base64 import b64encode
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

Node = dict[str, Any]
DEEPEST = 3  # objects within each other; below, only what is required
TEXTS = {
    "date": "2026-02-03",
    "date-time": "2026-02-03T14:05:09Z",
    "naive-date-time": "2026-02-03 14:05:09",
}
NUMBER = 7
AMOUNT = Decimal("1.50")
TEXT = "a b/é&=,"  # characters that have to be encoded
HEADER_TEXT = "a b/"


class Kept(Exception):
    """The request was made."""


class Transport:
    """Keeps the request in the place of sending it."""

    def __init__(self) -> None:
        self.request: Any = None

    def send(self, request: Any) -> Any:
        self.request = request
        raise Kept

    def close(self) -> None:
        pass


class Values:
    """Makes a value of a schema, as JSON."""

    def __init__(self, document: Node, text: str = TEXT) -> None:
        self.text = text
        self.schemas = document.get("components", {}).get("schemas", {})

    def resolve(self, schema: Node) -> Node:
        while "$ref" in schema:
            schema = self.schemas[schema["$ref"].rpartition("/")[2]]
        return schema

    def make(self, schema: Node, depth: int = 0) -> Any:
        """Return a value. Unions have that of their first member that is not null."""
        schema = self.resolve(schema)
        for word in ("oneOf", "anyOf"):
            members = [one for one in schema.get(word, []) if one.get("type") != "null"]
            if members and "properties" not in schema:
                return self._add_tag(schema, members[0], self.make(members[0], depth))
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return next(value for value in schema["enum"] if value is not None)
        kinds = schema.get("type")
        listed = kinds if isinstance(kinds, list) else [kinds]
        kind = next((one for one in listed if one != "null"), None)
        return self._make_kind(schema, kind, depth)

    def _make_kind(self, schema: Node, kind: str | None, depth: int) -> Any:
        match kind:
            case "object":
                return self._make_object(schema, depth)
            case "array":
                items = schema.get("items", {})
                count = max(1, schema.get("minItems", 1))
                item = self.make(items, depth + 1)
                return [item] * min(count, 5)
            case "integer":
                return NUMBER
            case "number":
                return AMOUNT
            case "boolean":
                return True
            case "string" if schema.get("format") == "decimal":
                return str(AMOUNT)
            case "string":
                return TEXTS.get(schema.get("format", ""), self.text)
        return self.text

    def _make_object(self, schema: Node, depth: int) -> Any:
        made = {}
        required = schema.get("required", [])
        for name, child in schema.get("properties", {}).items():
            if depth < DEEPEST or name in required:
                made[name] = self.make(child, depth + 1)
        extra = schema.get("additionalProperties")
        if not made and isinstance(extra, dict) and depth < DEEPEST:
            made["key"] = self.make(extra, depth + 1)
        return made

    def _add_tag(self, union: Node, member: Node, value: Any) -> Any:
        discriminator = union.get("discriminator")
        if discriminator is None or not isinstance(value, dict):
            return value
        target = member.get("$ref", "")
        for tag, reference in discriminator.get("mapping", {}).items():
            if target.endswith(reference.rpartition("/")[2]):
                value[discriminator["propertyName"]] = tag
                break
        return value


def main(sources: str, name: str, client_name: str, document: Node) -> None:
    sys.path[:0] = sources.split(":")
    package = importlib.import_module(name)
    api = importlib.import_module(f"{name}._api").API
    values = Values(document)
    runtime = importlib.import_module("counterfoil_core.operations")
    for operation in runtime.import_operations(name).values():
        if type(operation).__name__ != "Operation":
            continue
        found: Node = {"operation": operation.name}
        try:
            found |= call(package, client_name, api, operation, document, values)
        except Exception as error:
            found["error"] = f"{type(error).__name__}: {error}"
        print(json.dumps(found))


def call(
    package: Any, client_name: str, api: Any, operation: Any, document: Node, values: Values
) -> Node:
    """Call one operation, and return its request."""
    transport = Transport()
    names = {
        variable.name: variable.enum[0] if variable.enum else "host" for variable in api.variables
    }
    names |= dict.fromkeys(api.defaults, "mine")
    for scheme in api.security:
        names[scheme.name] = "name:word" if scheme.kind == "password" else "key123"
    client = getattr(package, client_name)(transport=transport, max_attempts=1, **names)
    client = client.with_options(validate=False)
    arguments = make_arguments(operation, document, values)
    resource, method = operation.name.split(".")
    made = getattr(getattr(client, resource), method)
    try:
        result = made(**arguments)
        if hasattr(result, "__enter__"):
            result.__enter__()
    except Exception as error:
        if transport.request is None:
            raise error
    request = transport.request
    body = request.body
    content = body
    if body is not None and not isinstance(body, bytes):  # a file, which is streamed
        content = b"".join(body)
    return {
        "method": request.method,
        "url": request.url,
        "headers": dict(request.headers),
        "body": None if content is None else b64encode(content).decode(),
    }


def make_arguments(operation: Any, document: Node, values: Values) -> Node:
    node = document["paths"][operation.path][operation.method.lower()]
    arguments = {}
    header_values = Values(document, HEADER_TEXT)
    described = {}
    for one in node.get("parameters", []):
        described[one["in"], one["name"]] = one
    for parameter in operation.parameters:
        one = described[parameter.location, parameter.wire]
        holder = one
        if "schema" not in one:  # a parameter of JSON
            [holder] = one["content"].values()
        schema = holder["schema"]
        maker = header_values if parameter.location == "header" else values
        arguments[parameter.name] = convert(maker.make(schema), parameter.type)
    if operation.body is not None:
        content = next(iter(node["requestBody"]["content"].values()))
        made = read_body(operation.body, values, content.get("schema", {}))
        if operation.body.argument is not None:
            arguments[operation.body.argument] = made
        else:
            for field in msgspec.structs.fields(type(made)):
                value = getattr(made, field.name)
                if value is not msgspec.UNSET:
                    arguments[field.name] = value
    return arguments


def read_body(body: Any, values: Values, schema: Node) -> Any:
    if getattr(body.type, "__name__", "") == "FileInput":
        return b"\x00file\xff"
    return convert(values.make(schema), body.type)


def convert(value: Any, kind: Any) -> Any:
    """Return a JSON value as a type, as a user would pass it: with the members of unions."""
    content = msgspec.json.Encoder(decimal_format="number").encode(value)
    decode_unions = importlib.import_module("counterfoil_core.one_of").make_union_decoder(kind)
    try:
        made = msgspec.json.decode(content, type=kind, dec_hook=read_custom)
    except msgspec.ValidationError:  # a header's number, for example, is made as a string
        made = msgspec.json.decode(content, type=kind, dec_hook=read_custom, strict=False)
    return made if decode_unions is None else decode_unions(made)


def read_custom(kind: type, value: Any) -> Any:
    if kind.__name__ == "FileInput":
        return b"\x00file\xff"
    return kind.parse(value) if hasattr(kind, "parse") else kind(value)


if __name__ == "__main__":
    _, folder, package_name, client_class, path = sys.argv
    main(folder, package_name, client_class, json.loads(Path(path).read_text(encoding="utf-8")))
