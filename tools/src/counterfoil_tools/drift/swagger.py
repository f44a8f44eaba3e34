"""Convert Swagger 2.0 operations to OpenAPI 3. Definitions stay, so that references still work."""

from __future__ import annotations

from typing import Any

from ..openapi.document import METHODS
from ..openapi.shapes import ApiDescription, Node, listed, mapping

OWN = ("name", "in", "required", "description", "x-example")


def convert(root: Node) -> Node:
    """Return the document with OpenAPI 3 operations."""
    resolve = ApiDescription(root).resolve
    base = str(root.get("basePath") or "").rstrip("/")
    paths = {}
    for path, raw in mapping(root.get("paths")).items():
        item, _ = resolve(raw, "")
        shared = listed(item.get("parameters"))
        methods = [method for method in METHODS if isinstance(item.get(method), dict)]
        converted = {method: _convert(root, item[method], shared) for method in methods}
        paths[f"{base}{path}"] = converted
    return {**root, "paths": paths}


def _convert(root: Node, operation: Node, shared: list[Any]) -> Node:
    resolve = ApiDescription(root).resolve
    parameters = []
    bodies = []
    form = []
    for raw in [*shared, *listed(operation.get("parameters"))]:
        node, _ = resolve(raw, "")
        if node.get("in") == "body":
            bodies.append(node)
        elif node.get("in") == "formData":
            form.append(node)
        else:
            parameters.append(_convert_parameter(node))
    converted = {**operation, "parameters": parameters, "responses": {}}
    if bodies:
        converted["requestBody"] = _content(bodies[0].get("schema", {}))
    elif form:
        converted["requestBody"] = _content(_form_schema(form))
    for status, answer in mapping(operation.get("responses")).items():
        found, _ = resolve(answer, "")
        has_body = "schema" in found
        converted["responses"][str(status)] = _content(found["schema"]) if has_body else {}
    return converted


def _form_schema(fields: list[Node]) -> Node:
    """Return the schema of a form as an object with one property per field."""
    properties = {}
    required = []
    for field in fields:
        name = str(field.get("name"))
        properties[name] = _convert_parameter(field)["schema"]
        if field.get("required"):
            required.append(name)
    return {"type": "object", "properties": properties, "required": required}


def _convert_parameter(node: Node) -> Node:
    schema = {key: value for key, value in node.items() if key not in OWN}
    return {**node, "schema": schema}


def _content(schema: Any) -> Node:
    return {"content": {"application/json": {"schema": schema}}}
