"""Pass 11, unions: the members of every union can be distinguished.

One member and null is that member, nullable. Several texts, or several numbers, are one text or
number; several arrays are one array of a union. Members of different JSON types are
distinguished by their type, and objects by a tag or by their properties, see
openapi/distinguish.py. Ambiguous objects become one with the properties of all.
"""

from __future__ import annotations

from typing import Any

from ..openapi.document import Node
from .ambiguous import merge_ambiguous
from .discriminators import write_constants
from .state import LEFT_OUT, ORIGIN, SCHEMAS, Adoption, mark, origin, unsayable
from .walk import is_demand, members_but_null, rewrite, rewrite_schemas

ANNOTATIONS = {"description", "title", "deprecated", "readOnly", "writeOnly", ORIGIN}
SCALARS = {"string", "number", "boolean"}
DEEPEST = 20  # unions within unions


def unions(adoption: Adoption) -> None:
    """Rewrite every `oneOf` and `anyOf`."""
    simplifier = _Unions(adoption)
    rewrite_schemas(adoption, simplifier.read)
    merge_ambiguous(adoption, lambda schema: rewrite(schema, simplifier.read))


class _Unions:
    def __init__(self, adoption: Adoption) -> None:
        self.adoption = adoption

    def read(self, schema: object, place: str) -> Node:
        node = schema if isinstance(schema, dict) else {}
        word = next((one for one in ("oneOf", "anyOf") if one in node), None)
        if word is None:
            node.pop("discriminator", None)
            return node
        if "oneOf" in node and "anyOf" in node:
            mark(node, "`oneOf` and `anyOf` together", place)
            return node
        beside = {key: one for key, one in node.items() if key in ANNOTATIONS}
        if LEFT_OUT in node:
            return {**beside, LEFT_OUT: node[LEFT_OUT]}
        if all(is_demand(one) for one in node[word]):
            self.adoption.note(
                "a union that only requires one of several properties is dropped", place
            )
            return {key: one for key, one in node.items() if key not in (word, "discriminator")}
        members, nullable = self.flatten(node[word])
        if "properties" in node:
            return {**beside, **self.give_up(node, "a union beside properties")}
        if len(members) > 1:
            members, has_null = self.flatten(members, follow=True)
            nullable |= has_null
        made = self.choose(node, members, place)
        return self.finish(made, beside, nullable)

    def flatten(
        self, members: list[Node], *, follow: bool = False, depth: int = 0
    ) -> tuple[list[Node], bool]:
        """Return the members of a union and of unions in it, each once, and whether null is one.

        With `follow`, components that are unions are taken apart as well.
        """
        found: list[Node] = []
        bare: list[Any] = []
        nullable = False
        for one in members:
            inner = self.list_inner(one, follow=follow and depth < DEEPEST)
            parts, has_null = ([one], False)
            if inner:
                parts, has_null = self.flatten(inner, follow=follow, depth=depth + 1)
            nullable |= has_null
            for part in parts:
                target = self.adoption.target(part) if follow else part
                found_type = target.get("type")
                kinds = found_type if isinstance(found_type, list) else [found_type]
                nullable |= "null" in kinds
                if kinds == ["null"]:
                    continue
                part = _without_null(part)
                words = {key: one for key, one in part.items() if key not in ANNOTATIONS}
                if words not in bare:
                    bare.append(words)
                    found.append(part)
        return found, nullable

    def list_inner(self, member: Node, *, follow: bool) -> list[Node]:
        """Return the members of a member that is itself a union, [] if it is none."""
        target = self.adoption.target(member) if follow else member
        if "properties" in target or LEFT_OUT in target:
            return []
        return [*target.get("oneOf", []), *target.get("anyOf", [])]

    def choose(self, node: Node, members: list[Node], place: str) -> Node:
        """Return one schema, a union, or a mark in place of the members."""
        if not members:
            return {"type": "null"}
        if len(members) == 1:
            return members[0]
        groups = self.group(members)
        if "any" in groups:
            self.adoption.note("a union with an untyped member allows any value", place)
            return {}
        made: list[Node] = []
        for kind, group in groups.items():
            one = self.widen(node, kind, group, place)
            if LEFT_OUT in one:
                return one
            made.append(one)
        if len(made) == 1:
            return made[0]
        flat = [part for one in made for part in one.get("oneOf", [one])]
        tag = next((one["discriminator"] for one in made if "discriminator" in one), None)
        return {"oneOf": flat, **({"discriminator": tag} if tag else {})}

    def group(self, members: list[Node]) -> dict[str, list[Node]]:
        """Return the members by JSON kind; integers are numbers."""
        found: dict[str, list[Node]] = {}
        for one in members:
            kinds = self.adoption.target(one).get("type", "any")
            if isinstance(kinds, list):
                [kind, *_] = [each for each in kinds if each != "null"]
            else:
                kind = str(kinds)
            found.setdefault("number" if kind == "integer" else kind, []).append(one)
        return found

    def widen(self, node: Node, kind: str, group: list[Node], place: str) -> Node:
        """Return one schema for all members of a JSON kind."""
        if len(group) == 1:
            return group[0]
        targets = [self.adoption.target(one) for one in group]
        if kind in SCALARS:
            self.adoption.note(f"a union of several forms of {kind} is one {kind}", place)
            return self.widen_scalars(kind, targets)
        if kind == "object":
            return self.read_objects(node, group, targets, place)
        self.adoption.note("a union of several arrays is an array of a union", place)
        items = [one.get("items", {}) for one in targets]
        return {"type": "array", "items": self.read({"oneOf": items, ORIGIN: origin(node)}, place)}

    def widen_scalars(self, kind: str, targets: list[Node]) -> Node:
        kinds = {str(one.get("type")) for one in targets}
        if all("enum" in one for one in targets) and len(kinds) == 1:
            values = dict.fromkeys(value for one in targets for value in one["enum"])
            return {"type": kinds.pop(), "enum": list(values)}
        if kind == "number":
            is_whole = all(one.get("type") == "integer" for one in targets)
            return {"type": "integer"} if is_whole else {"type": "number", "format": "decimal"}
        return {"type": kind}

    def read_objects(self, node: Node, group: list[Node], targets: list[Node], place: str) -> Node:
        """Return the union of the objects, with the vendor's discriminator as a preference."""
        if all("properties" not in one for one in targets):
            self.adoption.note("a union of several maps is a map of any values", place)
            return {"type": "object", "additionalProperties": {}}
        made: Node = {"oneOf": group}
        if isinstance(node.get("discriminator"), dict):
            write_constants(self.adoption, node["discriminator"], group)
            made["discriminator"] = node["discriminator"]
        return made

    def give_up(self, node: Node, reason: str) -> Node:
        made: Node = {}
        mark(made, reason, origin(node))
        return made

    def finish(self, made: Node, beside: Node, nullable: bool) -> Node:
        """Add null and the union's own words."""
        if nullable and LEFT_OUT not in made:
            made = _add_null(made)
        return {**made, **beside}


def _without_null(node: Node) -> Node:
    kinds = node.get("type")
    if not isinstance(kinds, list):
        return node
    rest = [kind for kind in kinds if kind != "null"]
    return {**node, "type": rest[0] if len(rest) == 1 else rest}


def _add_null(node: Node) -> Node:
    if "$ref" in node:
        return {"oneOf": [{"$ref": node["$ref"]}, {"type": "null"}]}
    if "oneOf" in node:
        return {**node, "oneOf": [*node["oneOf"], {"type": "null"}]}
    kind = node.get("type")
    return {**node, "type": [kind, "null"]} if isinstance(kind, str) and kind != "null" else node


def lift_nulls(adoption: Adoption) -> None:
    """Let uses of a component say that it may be null, not the component: a class is never None.

    A component that is nothing but another is replaced by that one.
    """
    renamed = _find_aliases(adoption)
    nullable = {name for name, schema in adoption.schemas.items() if _is_nullable_class(schema)}
    for name in nullable:
        adoption.schemas[name] = _without_null(adoption.schemas[name])
    for name in renamed:
        del adoption.schemas[name]

    def change(schema: object, place: str) -> Node:
        node = schema if isinstance(schema, dict) else {}
        if "$ref" not in node:
            return node
        name = node["$ref"].removeprefix(SCHEMAS)
        target, has_null = renamed.get(name, (name, False))
        node = {**node, "$ref": SCHEMAS + target}
        if not has_null and target not in nullable:
            return node
        beside = {key: one for key, one in node.items() if key in ANNOTATIONS}
        return {**beside, **_add_null(node)}

    rewrite_schemas(adoption, change)
    rewrite_schemas(adoption, _drop_double_null)


def _drop_double_null(schema: object, place: str) -> Node:
    """A nullable component within a nullable union is nullable once."""
    node = schema if isinstance(schema, dict) else {}
    members = node.get("oneOf", [])
    if not any("oneOf" in one for one in members):
        return node
    flat: list[Node] = []
    for one in members:
        parts = one["oneOf"] if "oneOf" in one and "discriminator" not in one else [one]
        flat += [part for part in parts if part not in flat]
    return {**node, "oneOf": flat}


def _is_nullable_class(schema: Node) -> bool:
    kinds = schema.get("type")
    is_class = "properties" in schema or "enum" in schema
    return is_class and isinstance(kinds, list) and "null" in kinds


def _find_aliases(adoption: Adoption) -> dict[str, tuple[str, bool]]:
    """Return the components that only refer to another, with its name and nullability."""
    steps: dict[str, tuple[str, bool]] = {}
    for name, schema in adoption.schemas.items():
        members = members_but_null(schema)
        if "$ref" in schema:
            steps[name] = (schema["$ref"].removeprefix(SCHEMAS), False)
        elif len(members) == 1 and "$ref" in members[0]:
            steps[name] = (members[0]["$ref"].removeprefix(SCHEMAS), True)
    for name in [name for name in steps if not _ends(steps, name)]:
        place = origin(adoption.schemas[name])
        fault = "the schema only refers to itself"
        adoption.schemas[name] = unsayable(fault, place, fault=True)
        del steps[name]
    return {name: _follow(adoption, steps, name) for name in list(steps)}


def _ends(steps: dict[str, tuple[str, bool]], name: str) -> bool:
    seen = set()
    while name in steps and name not in seen:
        seen.add(name)
        name = steps[name][0]
    return name not in steps


def _follow(adoption: Adoption, steps: dict[str, tuple[str, bool]], name: str) -> tuple[str, bool]:
    has_null = False
    adoption.note(
        "a component that only refers to another is replaced by it", origin(adoption.schemas[name])
    )
    while name in steps:
        name, null = steps[name]
        has_null |= null
    return name, has_null
