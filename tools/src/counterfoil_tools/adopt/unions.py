"""Pass 11, unions: supported unions become simple, the others are marked with a reason.

One member and null is that member, nullable. Several texts, or several numbers, are one text or
number. Members of different JSON kinds stay a union, which is read by the kind. Objects stay one
where a declared discriminator is a constant text in each. The rest waits for unions by structure.
"""

from __future__ import annotations

from typing import Any

from ..openapi.document import Node
from .state import LEFT_OUT, ORIGIN, SCHEMAS, Adoption, mark, origin, unsayable
from .upgrade import text_of
from .walk import is_demand, members_but_null, rewrite_schemas

ANNOTATIONS = {"description", "title", "deprecated", "readOnly", "writeOnly", ORIGIN}
SCALARS = {"string", "number", "boolean"}
# msgspec reads a Decimal from a string too, so it cannot tell the two apart.
DECIMAL_OR_TEXT = "a union of a decimal number and a string"
SEVERAL_OBJECTS = "a union of objects without a declared tag"


def unions(adoption: Adoption) -> None:
    """Rewrite every `oneOf` and `anyOf`."""
    rewrite_schemas(adoption, _Unions(adoption).read)


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
        made = self.choose(node, members, place)
        return self.finish(made, beside, nullable)

    def flatten(self, members: list[Node]) -> tuple[list[Node], bool]:
        """Return the members of a union and of unions in it, each once, and whether null is one."""
        found: list[Node] = []
        bare: list[Any] = []
        nullable = False
        for one in members:
            inner = one.get("oneOf") if "discriminator" not in one else None
            parts, has_null = self.flatten(inner) if inner else ([one], False)
            nullable |= has_null
            for part in parts:
                found_type = part.get("type")
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
        if "string" in groups and self.is_decimal(groups.get("number", [])):
            return self.give_up(node, DECIMAL_OR_TEXT)
        if any(one.get("discriminator") for one in made):
            return self.give_up(node, "tagged objects and other kinds in one union")
        return {"oneOf": made}

    def is_decimal(self, members: list[Node]) -> bool:
        return any(self.adoption.target(one).get("format") == "decimal" for one in members)

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
            return self.read_objects(node, group, targets)
        return self.give_up(node, "a union of several arrays")

    def widen_scalars(self, kind: str, targets: list[Node]) -> Node:
        kinds = {str(one.get("type")) for one in targets}
        if all("enum" in one for one in targets) and len(kinds) == 1:
            values = dict.fromkeys(value for one in targets for value in one["enum"])
            return {"type": kinds.pop(), "enum": list(values)}
        if kind == "number":
            is_whole = all(one.get("type") == "integer" for one in targets)
            return {"type": "integer"} if is_whole else {"type": "number", "format": "decimal"}
        return {"type": kind}

    def read_objects(self, node: Node, group: list[Node], targets: list[Node]) -> Node:
        """Return a tagged union if each member declares a tag of its own for the discriminator."""
        found = node.get("discriminator")
        tag = text_of(found, "propertyName")
        declared = [self.tags(one, tag) for one in targets]
        every = [value for values in declared for value in values]
        is_distinct = len(set(every)) == len(every)
        is_tagged = tag and is_distinct and all(declared)
        if is_tagged and all("$ref" in one for one in group):
            return {"oneOf": group, "discriminator": {"propertyName": tag}}
        if all("properties" not in one for one in targets):
            return {"type": "object", "additionalProperties": {}}
        return self.give_up(node, SEVERAL_OBJECTS)

    def tags(self, target: Node, tag: str) -> list[str]:
        """Return the values by which a member declares the tag, [] if it does not."""
        declared = self.adoption.target(target.get("properties", {}).get(tag, {}))
        values = declared.get("enum", [declared["const"]] if "const" in declared else [])
        return values if all(isinstance(one, str) for one in values) else []

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
