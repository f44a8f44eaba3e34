"""Ways through the schemas of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..openapi.document import Node
from .state import ORIGIN, Adoption, origin

Change = Callable[[object, str], Node]  # a schema and its place -> what stands there instead
Holder = tuple[Node, str]  # a node and the key of the schema that it holds

LISTS = ("allOf", "oneOf", "anyOf")
DEMANDS = {"required", "type", "description", "title", "additionalProperties", ORIGIN}
PROSE = {
    "description",
    "title",
    "example",
    "examples",
    "externalDocs",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    ORIGIN,
}
SINGLE = ("items", "additionalProperties")


def rewrite_schemas(adoption: Adoption, change: Change) -> None:
    """Replace every schema by what `change` returns, innermost first."""
    for holder, key in list(roots(adoption)):
        place = f"{origin(holder)}/{key}" if origin(holder) else ""
        holder[key] = rewrite(holder[key], change, place)


def rewrite(schema: object, change: Change, place: str = "") -> Node:
    """Replace a schema and all that it holds, innermost first."""
    if isinstance(schema, dict):
        for holder, key in children(schema):
            holder[key] = rewrite(holder[key], change, f"{origin(schema) or place}/{key}")
        for word in LISTS:
            members = schema.get(word)
            if isinstance(members, list):
                schema[word] = [rewrite(one, change, f"{origin(schema)}/{word}") for one in members]
    return change(schema, origin(schema) or place)


def roots(adoption: Adoption) -> Iterator[Holder]:
    """Yield the holder of every outermost schema: components first, then operations."""
    for name in adoption.schemas:
        yield adoption.schemas, name
    for _, _, operation in adoption.operations():
        yield from operation_roots(operation)
    for webhook in adoption.webhooks.values():
        yield webhook, "schema"


def operation_roots(operation: Node) -> Iterator[Holder]:
    """Yield the holders of an operation's outermost schemas: the request's first."""
    for parameter in operation.get("parameters", ()):
        if "schema" in parameter:
            yield parameter, "schema"
    yield from _content(operation.get("requestBody"))
    for answer in operation.get("responses", {}).values():
        yield from _content(answer)
        for header in answer.get("headers", {}).values():
            yield header, "schema"


def _content(node: object) -> Iterator[Holder]:
    for media in node.get("content", {}).values() if isinstance(node, dict) else ():
        yield media, "schema"


def children(schema: Node) -> Iterator[Holder]:
    """Yield the holders of nested schemas, except the members of compositions."""
    properties = schema.get("properties")
    if isinstance(properties, dict):
        for name in list(properties):
            yield properties, name
    for word in SINGLE:
        if isinstance(schema.get(word), dict):
            yield schema, word


def nested(schema: object) -> Iterator[Node]:
    """Yield a schema and all schemas in it, references not followed."""
    waiting = [schema]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, dict):
            continue
        yield one
        waiting += [holder[key] for holder, key in children(one)]
        for word in LISTS:
            members = one.get(word)
            waiting += members if isinstance(members, list) else []


def is_demand(schema: Node) -> bool:
    """Tell whether a member of a union only asks for properties, as `{required: [a]}` does."""
    is_plain = schema.get("type", "object") == "object"
    return is_plain and "required" in schema and not schema.keys() - DEMANDS


def copy_node(node: object) -> Any:
    """Return a copy that shares nothing, so that a pass can change it."""
    if isinstance(node, dict):
        return {key: copy_node(child) for key, child in node.items()}
    return [copy_node(child) for child in node] if isinstance(node, list) else node


def members_but_null(schema: Node) -> list[Node]:
    """Return the members of a schema's `oneOf`, without null."""
    return [one for one in schema.get("oneOf", []) if one.get("type") != "null"]


def strip_prose(node: Any, in_properties: bool = False) -> Any:
    """Return a schema without its texts: equal ones have the same structure."""
    if isinstance(node, list):
        return [strip_prose(one) for one in node]
    if not isinstance(node, dict):
        return node
    if in_properties:
        return {name: strip_prose(one) for name, one in node.items()}
    kept = {
        word: strip_prose(one, word == "properties")
        for word, one in node.items()
        if word not in PROSE
    }
    if "required" in kept:
        kept["required"] = sorted(kept["required"])
    return kept
