"""Models for reading and models for sending.

A component that responses contain is read: absent and null are both None. One that requests contain
is sent: UNSET tells absent from null. A component that both contain becomes two: `Parcel` is read,
`ParcelInput` is sent. Enums are shared: they have no fields.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ...openapi.document import METHODS, Document, Node
from ...openapi.walk import references, walk
from .argument_types import free_name
from .types import reachable

SCHEMAS = "#/components/schemas/"
SUFFIX = "Input"


def split_models(document: Document) -> Document:
    """Return the document with a component for reading and one for sending where it needs both."""
    names = name_inputs(document)
    if not names:
        return document
    made = replace(document, root=copy.deepcopy(document.root))
    read = reachable(made, list(_responses(made)))
    schemas: dict[str, Node] = {}
    for name, schema in made.schemas.items():
        schemas[name] = schema
        if name in names:
            schemas[names[name]] = _rename(copy.deepcopy(schema), names)
        elif name not in read:
            _rename(schema, names)
    made.root["components"]["schemas"] = schemas
    for node in _requests(made):
        _rename(node, names)
    return made


def find_enum_inputs(document: Document) -> set[str]:
    """Return the enums that requests contain."""
    requests = reachable(document, list(_requests(document)))
    return {name for name in requests if "enum" in document.schemas[name]}


def find_sent(document: Document) -> set[str]:
    """Return the components that requests contain, and responses do not."""
    requests = reachable(document, list(_requests(document)))
    return requests - reachable(document, list(_responses(document)))


def name_inputs(document: Document) -> dict[str, str]:
    """Return the name of the sent form of each component that needs one."""
    requests = reachable(document, list(_requests(document)))
    responses = reachable(document, list(_responses(document)))
    names: dict[str, str] = {}
    taken = set(document.schemas)
    for name in document.schemas:
        if name in requests and name in responses and _contains_object(document, name):
            names[name] = free_name(f"{name}{SUFFIX}", taken)
            taken.add(names[name])
    return names


def _contains_object(document: Document, name: str) -> bool:
    """Return whether a component is, or contains, an object with fields."""
    names = {name} | reachable(document, document.schemas[name])
    return any("properties" in document.schemas[one] for one in names)


def _requests(document: Document) -> Iterator[Any]:
    """Yield the nodes of every request: bodies and parameters, shared ones included."""
    components = document.root.get("components", {})
    yield components.get("requestBodies", {})
    yield components.get("parameters", {})
    for item in document.root.get("paths", {}).values():
        yield item.get("parameters", [])
        for method in METHODS:
            operation = item.get(method, {})
            yield operation.get("parameters", [])
            yield operation.get("requestBody", {})


def _responses(document: Document) -> Iterator[Any]:
    """Yield the nodes of every response, shared ones included, and of webhooks, which are read."""
    yield document.root.get("webhooks") or {}
    yield document.root.get("components", {}).get("responses", {})
    for operation in document.operations():
        yield operation.node.get("responses", {})


def _rename(root: Any, names: dict[str, str]) -> Any:
    """Point the references within a node to the sent forms."""
    for visit in references(root):
        name = visit.node["$ref"].removeprefix(SCHEMAS)
        if name in names:
            visit.node["$ref"] = SCHEMAS + names[name]
    for visit in walk(root):
        discriminator = None if visit.is_named else visit.node.get("discriminator")
        mapping = discriminator.get("mapping", {}) if isinstance(discriminator, dict) else {}
        for value, target in mapping.items():
            prefix, _, name = str(target).rpartition("/")
            if name in names:
                mapping[value] = f"{prefix}/{names[name]}" if prefix else names[name]
    return root
