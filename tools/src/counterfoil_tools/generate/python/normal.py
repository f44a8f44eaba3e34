"""The document in the form that models are made from: no component is nullable, its uses are.

`Kind: {type: [string, "null"], enum: [a, null]}` becomes an enum without null, and every reference
to it becomes a union with null. A class then represents values alone, and each use shows whether
null is allowed there.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from ...openapi.document import Document, Node, reference_name
from ...openapi.walk import references, walk
from .input_models import split_models

NULL = {"type": "null"}


def prepare(document: Document) -> Document:
    """Return the document that models are made from."""
    return split_models(normalise(document))


def normalise(document: Document) -> Document:
    """Return the document without nullable components; the same one if it has none."""
    nullable = find_nullable(document)
    if not nullable:
        return document
    root = copy.deepcopy(document.root)
    made = replace(document, root=root)
    for name in nullable:
        made.schemas[name] = _without_null(made.schemas[name])
    members = _add_null_to_unions(root, nullable)
    for node, _, _ in list(references(root)):
        if reference_name(node) in nullable and id(node) not in members and _is_schema(node):
            node["oneOf"] = [{"$ref": node.pop("$ref")}, dict(NULL)]
    for name in nullable:
        made.schemas[name] = _without_null(made.schemas[name])
    return made


def _add_null_to_unions(root: Node, nullable: set[str]) -> set[int]:
    """Add null to unions with a nullable member. Return the ids of the members of all unions."""
    members: set[int] = set()
    for node, _, is_named in walk(root):
        union = node.get("oneOf")
        if is_named or not isinstance(union, list):
            continue
        members.update(map(id, union))
        has_nullable = any(reference_name(member) in nullable for member in union)
        if has_nullable and NULL not in union:
            union.append(dict(NULL))
    return members


def find_nullable(document: Document) -> set[str]:
    """Return the components that may be null.

    They are nullable themselves, or they are another name for a nullable one.
    """
    found = {name for name, schema in document.schemas.items() if _says_null(schema)}
    users: dict[str, list[str]] = {}
    for name, schema in document.schemas.items():
        for other in _names_of(schema):
            users.setdefault(other, []).append(name)
    waiting = list(found)
    while waiting:
        for name in users.get(waiting.pop(), []):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _names_of(schema: Any) -> list[str]:
    """Return the components that a component is another name for, or a union of."""
    if not isinstance(schema, dict):
        return []
    members = [schema, *(schema.get("oneOf") or [])]
    return [name for name in map(reference_name, members) if name]


def _says_null(schema: Any) -> bool:
    if not isinstance(schema, dict):
        return False
    kinds = schema.get("type")
    if isinstance(kinds, list) and "null" in kinds and kinds != ["null"]:
        return True
    members = [*(schema.get("oneOf") or []), *(schema.get("anyOf") or [])]
    return NULL in members


def _is_schema(node: Node) -> bool:
    return str(node["$ref"]).startswith("#/components/schemas/")


def _without_null(schema: Node) -> Node:
    made = dict(schema)
    kinds = made.get("type")
    if isinstance(kinds, list):
        rest = [kind for kind in kinds if kind != "null"]
        made["type"] = rest[0] if len(rest) == 1 else rest
    for word in ("oneOf", "anyOf"):
        members = [member for member in made.get(word, []) if member != NULL]
        if word in made and len(members) == 1:
            del made[word]
            made.update(members[0])
        elif word in made:
            made[word] = members
    if "enum" in made:
        made["enum"] = [value for value in made["enum"] if value is not None]
    return made
