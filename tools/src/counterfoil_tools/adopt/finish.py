"""The last step before writing: provisional marks become `x-counterfoil: {origin: ...}`, and keys
are sorted.
"""

from __future__ import annotations

from typing import Any

from ..openapi.document import Node
from .speaks import JSON_STYLE
from .state import ORIGIN, Adoption, origin
from .upgrade import text_of

ROOT = ("openapi", "info", "externalDocs", "servers", "security", "tags", "paths", "components")
OPERATION = (
    *(
        "operationId",
        "summary",
        "description",
        "externalDocs",
        "tags",
        "deprecated",
        "x-counterfoil",
        "parameters",
    ),
    *("requestBody", "responses", "security", "servers"),
)
PARAMETER = ("name", "in", "required", "deprecated", "description", "x-counterfoil", "schema")
SCHEMA = (
    *(
        "$ref",
        "title",
        "description",
        "type",
        "format",
        "enum",
        "const",
        "default",
        "oneOf",
        "anyOf",
        "discriminator",
    ),
    *("required", "properties", "additionalProperties", "items"),
)
DATA = {"example", "examples", "default", "enum", "const"}
MAPS = {"properties", "responses", "content", "headers", "variables"}


def finish(adoption: Adoption) -> Node:
    """Return the document as it is written."""
    root = adoption.root
    made: Node = {"openapi": root["openapi"], "info": root["info"]}
    docs = root.get("externalDocs")
    url = text_of(docs, "url")
    if url.startswith(("https://", "http://")):
        made["externalDocs"] = {"url": url}
    if adoption.request_id_headers:
        made["x-counterfoil"] = {"request-id-headers": adoption.request_id_headers}
    made["servers"] = _clean(root["servers"])
    if root.get("security"):
        made["security"] = root["security"]
    made["paths"] = {path: _path(item) for path, item in root["paths"].items()}
    if adoption.webhooks:
        made["webhooks"] = {}
        for name, webhook in adoption.webhooks.items():
            made["webhooks"][name] = _webhook(webhook)
    schemes = {
        name: _with_origin(one) for name, one in root["components"]["securitySchemes"].items()
    }
    schemas = {
        name: _with_origin(adoption.schemas[name], SCHEMA) for name in sorted(adoption.schemas)
    }
    made["components"] = {
        word: one for word, one in (("securitySchemes", schemes), ("schemas", schemas)) if one
    }
    return made


def _webhook(webhook: Node) -> Node:
    content = {"application/json": {"schema": _clean(webhook["schema"])}}
    operation: Node = {}
    for word in ("summary", "description"):
        if webhook[word]:
            operation[word] = webhook[word]
    operation["x-counterfoil"] = {"origin": origin(webhook)}
    operation["requestBody"] = {"required": True, "content": content}
    return {"post": operation}


def _path(item: Node) -> Node:
    made: Node = {}
    for word, one in item.items():
        if word in ("summary", "description"):
            made[word] = str(one)
        elif isinstance(one, dict):
            made[word] = _with_origin(one, OPERATION)
    return made


def _with_origin(node: Node, order: tuple[str, ...] = ()) -> Node:
    """Return a node with its origin under x-counterfoil."""
    place = {"origin": origin(node)} if origin(node) else {}
    extension = {**node.get("x-counterfoil", {}), **place}
    made: Node = _clean({**node, **({"x-counterfoil": extension} if extension else {})})
    return _sort(made, order) if order else made


def _sort(node: Node, order: tuple[str, ...]) -> Node:
    first = {word: node[word] for word in order if word in node}
    return {**first, **{word: one for word, one in node.items() if word not in first}}


def _clean(node: Any) -> Any:
    """Return a copy without provisional words."""
    if isinstance(node, list):
        return [_clean(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {word: _clean_word(word, one) for word, one in node.items() if word != ORIGIN}
    if "in" in made and "schema" in made:
        if made.get("style") == JSON_STYLE:
            del made["style"]
            made["content"] = {"application/json": {"schema": made.pop("schema")}}
        return _sort(made, PARAMETER)
    return _sort(made, SCHEMA) if "type" in made or "$ref" in made else made


def _clean_word(word: str, one: Any) -> Any:
    if word in DATA:
        return one
    if word in MAPS and isinstance(one, dict):
        return {name: _clean(child) for name, child in one.items() if name != ORIGIN}
    return _clean(one)
