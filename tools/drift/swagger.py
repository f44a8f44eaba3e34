"""Swagger 2.0 -> OpenAPI 3: bodies and schemas where they stand there; definitions stay where references find them."""

from __future__ import annotations

from typing import Any

from tools.generate.document import METHODS

from .facts import Described, Node, listed, mapping

OWN = ("name", "in", "required", "description", "x-example")


def convert(root: Node) -> Node:
    """Return the document with its operations in the form of OpenAPI 3."""
    resolve = Described(root).resolve
    base = str(root.get("basePath") or "").rstrip("/")
    paths = {}
    for path, raw in mapping(root.get("paths")).items():
        item, _ = resolve(raw, "")
        shared = listed(item.get("parameters"))
        paths[f"{base}{path}"] = {
            method: _convert(root, item[method], shared) for method in METHODS if isinstance(item.get(method), dict)
        }
    return {**root, "paths": paths}


def _convert(root: Node, operation: Node, shared: list[Any]) -> Node:
    resolve = Described(root).resolve
    raw = [resolve(one, "")[0] for one in [*shared, *listed(operation.get("parameters"))]]
    parameters = [_convert_parameter(one) for one in raw if one.get("in") not in ("body", "formData")]
    converted = {**operation, "parameters": parameters, "responses": {}}
    if body := next((one for one in raw if one.get("in") == "body"), None):
        converted["requestBody"] = _content(body.get("schema", {}))
    elif form := [one for one in raw if one.get("in") == "formData"]:
        fields = {str(one.get("name")): _convert_parameter(one)["schema"] for one in form}
        required = [str(one.get("name")) for one in form if one.get("required")]
        converted["requestBody"] = _content({"type": "object", "properties": fields, "required": required})
    for status, answer in mapping(operation.get("responses")).items():
        found, _ = resolve(answer, "")
        converted["responses"][str(status)] = _content(found["schema"]) if "schema" in found else {}
    return converted


def _convert_parameter(node: Node) -> Node:
    return {**node, "schema": {key: value for key, value in node.items() if key not in OWN}}


def _content(schema: Any) -> Node:
    return {"content": {"application/json": {"schema": schema}}}
