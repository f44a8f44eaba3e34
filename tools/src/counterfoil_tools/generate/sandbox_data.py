"""An API as the sandbox decodes it: merged parameters, resolved references, seconds."""

from __future__ import annotations

import re
from typing import Any

from ..openapi.bundle import bundle, to_json
from ..openapi.document import Document, Node, RawOperation, unescape
from ..openapi.durations import seconds
from .python.names import python_name

FOLDER = "sandbox/src/counterfoil_sandbox/specs"
# What a request can violate: an operation, a parameter, a body, a component or a property.
SHOWN_LINES = re.compile(
    r"/paths/[^/]+/(parameters/\d+|[a-z]+(/parameters/\d+|/requestBody|/security|/x-counterfoil/(rate-limit|errors))?)"
    r"|/components/(schemas|parameters|requestBodies)/[^/]+"
    r"|.*/properties/[^/]+"
)
PASSWORD = "password"  # noqa: S105 -- the format of a schema
SCHEMA_MAPS = {"properties", "patternProperties", "$defs"}
LITERALS = {"enum", "const"}
ANNOTATIONS = {
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "examples",
    "externalDocs",
    "readOnly",
    "title",
    "writeOnly",
}


def sandbox_files(document: Document) -> dict[str, str]:
    """Return the files that the sandbox needs for an API, by path from the repository's root.

    `<api>.json` is the OpenAPI document, which the sandbox's explorer shows.
    `<api>.operations.json` is the data that counterfoil_sandbox/specification.py decodes; each key
    is a field of a class there.
    """
    return {
        f"{FOLDER}/{document.api}.json": bundle(document),
        f"{FOLDER}/{document.api}.operations.json": write_operations(document),
    }


def write_operations(document: Document) -> str:
    """Return the JSON that the sandbox decodes."""
    info = document.root["info"]
    components = document.root.get("components", {})
    schemes = components.get("securitySchemes") or {}
    described = {
        "name": document.api,
        "title": info["title"],
        "summary": info.get("summary", ""),
        "rate_limit": _rate_limit(document.extension),
        "security_schemes": [_security_scheme(wire, node) for wire, node in schemes.items()],
        "operations": [_operation(document, raw) for raw in document.operations()],
        "package": document.package.import_name,
        "client": document.package.client,
        "lines": _lines(document),
        "schemas": {name: strip_annotations(node) for name, node in document.schemas.items()},
    }
    return to_json(described, indent=1) + "\n"


def _lines(document: Document) -> Node:
    """Return the line in openapi.yaml of each node that a request can violate, by pointer."""
    text = next((one for name, one in document.texts.items() if document.file.endswith(name)), b"")
    lines = ["", *text.decode().splitlines()]
    found = {}
    for pointer, location in document.locations.items():
        if location.file == document.file and SHOWN_LINES.fullmatch(pointer):
            found[pointer] = _find_key(lines, pointer, location.line)
    return found


def _find_key(lines: list[str], pointer: str, line: int) -> int:
    """Return the line of a node's name if it is the one above the node, else the node's line."""
    name = unescape(pointer.rpartition("/")[2])
    above = lines[line - 1].strip() if line <= len(lines) else ""
    return line - 1 if above.startswith((f"{name}:", f'"{name}":', f"'{name}':")) else line


def _security_scheme(wire: str, scheme: Node) -> Node:
    headers = list(scheme.get("x-counterfoil", {}).get("headers", []))
    if scheme.get("in") == "header":
        headers.append(scheme["name"])
    return {
        "id": wire,
        "credential": python_name(wire),
        "headers": sorted({name.lower() for name in headers}),
        "parameters": [scheme["name"]] if scheme.get("in") == "query" else [],
    }


def _operation(document: Document, raw: RawOperation) -> Node:
    node = raw.node
    extension = raw.extension
    security: list[Node] = node.get("security", document.root.get("security")) or []
    return {
        "id": node["operationId"],
        "method": raw.method.upper(),
        "path": raw.path,
        "resource": extension["resource"],
        "security": [list(alternative) for alternative in security],
        "parameters": [_parameter(one) for one in document.parameters(raw)],
        "body": _body(document, node["requestBody"]) if "requestBody" in node else None,
        "responses": _responses(document, node["responses"]),
        "rate_limit": _rate_limit(extension),
        "items": _items(extension.get("pagination")),
        "window": _window(extension.get("window")),
        "errors": [_error_row(row) for row in extension.get("errors", [])],
    }


def _parameter(parameter: Node) -> Node:
    return {
        "name": parameter["name"],
        "place": parameter["in"],
        "required": parameter.get("required", False),
        "schema": strip_annotations(parameter["schema"]),
    }


def _body(document: Document, node: Any) -> Node:
    body = document.resolve(node)
    [(media_type, content)] = body["content"].items()
    properties = document.resolve(content["schema"]).get("properties", {})
    return {
        "media_type": media_type,
        "required": body.get("required", False),
        "schema": strip_annotations(content["schema"]),
        "secret_fields": [
            name
            for name, node in properties.items()
            if document.resolve(node).get("format") == PASSWORD
        ],
    }


def _responses(document: Document, responses: Node) -> Node:
    """Return the schema of each status's body; None for a status without a body."""
    found: Node = {}
    for status, node in responses.items():
        if not status.isdigit():  # a range of errors, which the sandbox does not send
            continue
        contents = document.resolve(node).get("content", {}).values()
        schemas = [strip_annotations(content["schema"]) for content in contents]
        found[status] = schemas[0] if schemas else None
    return found


def _rate_limit(extension: Node) -> Node | None:
    limit = extension.get("rate-limit")
    if not limit:
        return None
    requests = limit["requests"]
    return {
        "requests": requests,
        "seconds": seconds(limit["per"]),
        "burst": limit.get("burst", requests),
    }


def _items(pagination: Node | None) -> list[str] | None:
    """Return the path to a page's items in a response; None if the operation does not page."""
    if pagination is None:
        return None
    return [unescape(part) for part in pagination["items"].split("/") if part]


def _window(window: Node | None) -> Node | None:
    """Return the names of the two parameters that bound a span of time."""
    if window is None:
        return None
    return {"start": window["from"], "end": window["to"]}


def _error_row(row: Node) -> Node:
    return {word: row[word] for word in ("field", "type", "message")}


def strip_annotations(schema: Any) -> Any:
    """Copy a schema without the keywords that no validator reads; x-decimal is kept."""
    if isinstance(schema, list):
        return [strip_annotations(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {}
    for word, value in schema.items():
        if word in ANNOTATIONS or (word.startswith("x-") and word != "x-decimal"):
            continue
        if word in SCHEMA_MAPS:
            kept[word] = {name: strip_annotations(child) for name, child in value.items()}
        elif word in LITERALS:
            kept[word] = value
        else:
            kept[word] = strip_annotations(value)
    return kept
