"""Ambiguous members of a union are merged: one object with the properties of all.

Choosing the member that fits best would be a guess. An object that shares only optional properties
with a member would be decoded to that member, without its other properties. The merged object
requires what all members require, and has the properties of each.
"""

from __future__ import annotations

from collections.abc import Callable

from ..openapi.distinguish import find_ambiguous
from ..openapi.document import Node
from .state import LEFT_OUT, ORIGIN, SCHEMAS, Adoption, Hoisted, origin
from .walk import copy_node, members_but_null, rewrite, rewrite_schemas, strip_prose

Simplify = Callable[[Node], Node]
"""Takes a schema with new unions; returns it with simple ones."""

MERGED = "@merged"  # how the provisional names of merged components begin


def merge_ambiguous(adoption: Adoption, simplify: Simplify) -> None:
    """Merge the members of every union that cannot be distinguished."""
    merger = _Merger(adoption, simplify)
    rewrite_schemas(adoption, merger.separate)


class _Merger:
    def __init__(self, adoption: Adoption, simplify: Simplify) -> None:
        self.adoption = adoption
        self.simplify = simplify
        self.made: dict[frozenset[str], Node] = {}  # by the members that were merged
        self.atoms: dict[str, frozenset[str]] = {}  # the members of each merged component

    def separate(self, schema: object, place: str) -> Node:
        """Return a schema whose members can be distinguished; nested unions are done already."""
        node = schema if isinstance(schema, dict) else {}
        if len(members_but_null(node)) < 2:
            return node
        objects = [one for one in members_but_null(node) if self.is_object(one)]
        if find_ambiguous(objects, self.adoption.target) is None:
            return node
        others = [one for one in node["oneOf"] if one not in objects]
        while (pair := find_ambiguous(objects, self.adoption.target)) is not None:
            left, right = [objects[index] for index in pair]
            merged = self.merge(left, right, origin(node) or place)
            rest = [one for one in objects if one is not left and one is not right]
            objects = [merged, *[one for one in rest if one.get("$ref") != merged.get("$ref", "")]]
        made = {word: one for word, one in node.items() if word != "oneOf"}
        members = [*objects, *others]
        if len(members) > 1:
            return {**made, "oneOf": members}
        made.pop("discriminator", None)
        return {**members[0], **made}

    def is_object(self, member: Node) -> bool:
        kinds = self.adoption.target(member).get("type")
        return "object" in (kinds if isinstance(kinds, list) else [kinds])

    def merge(self, left: Node, right: Node, place: str) -> Node:
        """Return one member in place of two."""
        first = self.adoption.target(left)
        second = self.adoption.target(right)
        for one in (first, second):
            if LEFT_OUT in one:
                return one
        if _without_type(first) == _without_type(second):
            return left
        self.adoption.note("ambiguous members of a union become one object", place)
        if "properties" not in first or "properties" not in second:
            return {"type": "object", "additionalProperties": {}, ORIGIN: place}
        key = self.find_atoms(left) | self.find_atoms(right)
        if key not in self.made:
            self.made[key] = self.make(key, left, right, place)
        return dict(self.made[key])

    def find_atoms(self, member: Node) -> frozenset[str]:
        name = member.get("$ref", "").removeprefix(SCHEMAS)
        if name:
            return self.atoms.get(name, frozenset({name}))
        return frozenset({str(strip_prose(member))})

    def make(self, key: frozenset[str], left: Node, right: Node, place: str) -> Node:
        """Make the component that has the properties of both, and return a reference to it."""
        name = f"{MERGED}{len(self.made) + 1}"
        reference: Node = {"$ref": SCHEMAS + name, ORIGIN: place}
        self.made[key] = reference  # known before its properties, which may contain it
        self.atoms[name] = key
        first = self.adoption.target(left)
        second = self.adoption.target(right)
        self.adoption.hoisted[name] = self.name_use(left, right, place)
        schema: Node = {"type": "object", "properties": {}, ORIGIN: place}
        self.adoption.schemas[name] = schema
        required = [one for one in first.get("required", []) if one in second.get("required", [])]
        if required:
            schema["required"] = required
        if any(one.get("additionalProperties") for one in (first, second)):
            schema["additionalProperties"] = True
        properties = schema["properties"]
        for wire in dict.fromkeys([*first["properties"], *second["properties"]]):
            children = [one["properties"].get(wire) for one in (first, second)]
            properties[wire] = self.join([one for one in children if one is not None], place)
        return reference

    def join(self, children: list[Node], place: str) -> Node:
        """Return the schema of a property that one member has, or both."""
        first = copy_node(children[0])
        if len(children) == 1 or strip_prose(children[0]) == strip_prose(children[1]):
            return rewrite(first, self.separate, place)
        union = {"oneOf": [first, copy_node(children[1])], ORIGIN: origin(first) or place}
        return rewrite(self.simplify(union), self.separate, place)

    def name_use(self, left: Node, right: Node, place: str) -> Hoisted:
        """Return the words for the component's name: the names of the members, or its place."""
        names = [one.get("$ref", "").removeprefix(SCHEMAS) for one in (left, right)]
        if all(names) and not any(name.startswith("@") for name in names):
            return Hoisted("", [(names[0], f"or_{names[1]}")], [place])
        words = [word for word in place.split("/") if word.isidentifier()]
        return Hoisted("", [tuple(words[-2:]) or ("merged", "object")], [place])


def _without_type(schema: Node) -> Node:
    """Return the structure of an object, whether or not it may be null."""
    found: Node = strip_prose({word: one for word, one in schema.items() if word != "type"})
    return found
