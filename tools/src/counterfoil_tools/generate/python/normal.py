"""The document as models are made of it: a component is never null itself, each use of it says whether it may be.

`Kind: {type: [string, "null"], enum: [a, null]}` becomes an enum without null, and every reference to it a union with
null: so a class stands for values alone, and all that asks whether a value may be null finds the answer at its use.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from ...openapi.document import Document, Node, reference_name
from ...openapi.walk import references, walk

NULL = {"type": "null"}


def normalise(document: Document) -> Document:
    """Return the document without nullable components; the same one if it has none."""
    nullable = find_nullable(document)
    if not nullable:
        return document
    root = copy.deepcopy(document.root)
    made = replace(document, root=root)
    for name in nullable:
        made.schemas[name] = _without_null(made.schemas[name])
    unions = [
        node
        for node, _, is_named in walk(root)
        if not is_named and isinstance(node.get("oneOf"), list)
    ]
    members = {id(member) for union in unions for member in union["oneOf"]}
    for union in unions:
        if (
            any(reference_name(member) in nullable for member in union["oneOf"])
            and NULL not in union["oneOf"]
        ):
            union["oneOf"].append(dict(NULL))
    for node, _, _ in list(references(root)):
        if reference_name(node) in nullable and id(node) not in members and _is_schema(node):
            node["oneOf"] = [{"$ref": node.pop("$ref")}, dict(NULL)]
    for name in nullable:
        made.schemas[name] = _without_null(made.schemas[name])
    return made


def find_nullable(document: Document) -> set[str]:
    """Return the components that may be null: by their own words, or because they are nothing but a nullable other."""
    found = {name for name, schema in document.schemas.items() if _says_null(schema)}
    users: dict[str, list[str]] = {}
    for name, schema in document.schemas.items():
        for other in _stands_for(schema):
            users.setdefault(other, []).append(name)
    waiting = list(found)
    while waiting:
        for name in users.get(waiting.pop(), []):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _stands_for(schema: Any) -> list[str]:
    """The components that a component is a mere name or a union of."""
    members = [schema, *(schema.get("oneOf") or [])] if isinstance(schema, dict) else []
    return [name for name in map(reference_name, members) if name]


def _says_null(schema: Any) -> bool:
    if not isinstance(schema, dict):
        return False
    kinds = schema.get("type")
    if isinstance(kinds, list) and "null" in kinds and kinds != ["null"]:
        return True
    return NULL in (schema.get("oneOf") or []) or NULL in (schema.get("anyOf") or [])


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
            made = {**{key: value for key, value in made.items() if key != word}, **members[0]}
        elif word in made:
            made[word] = members
    if "enum" in made:
        made["enum"] = [value for value in made["enum"] if value is not None]
    return made
