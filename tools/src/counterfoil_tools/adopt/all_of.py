"""Pass 10, allOf: a schema that is composed of others becomes one with all their properties.

One reference with words beside it stays that reference. Of two bounds the tighter holds, of two
texts the outer one. Properties beside a union become properties of each of its members.
"""

from __future__ import annotations

from typing import Any

from ..openapi.document import Node
from .discriminators import write_constants
from .state import LEFT_OUT, ORIGIN, SCHEMAS, Adoption, mark, origin
from .walk import copy_node, is_demand, nested, rewrite, rewrite_schemas, roots, strip_prose

ANNOTATIONS = {
    "description",
    "title",
    "deprecated",
    "readOnly",
    "writeOnly",
    "example",
    "examples",
    "default",
    ORIGIN,
}
UPPER = {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}
LOWER = {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"}
ROUNDS = 2
DEEPEST = 40  # schemas within schemas that merging one may make
MOST_MEMBERS = 64  # of a union that several unions in one schema make
UNIONS = ("oneOf", "anyOf")


def all_of(adoption: Adoption) -> None:
    """Merge every `allOf`, and let no two schemas share a node."""
    merger = _Merger(adoption)
    for name in adoption.schemas:
        merger.component(name)
    for _ in range(
        ROUNDS
    ):  # what was taken out of a component before its parts were merged is merged then
        rewrite_schemas(adoption, merger.merge)
    for holder, key in roots(adoption):
        holder[key] = copy_node(holder[key])  # what was merged into several is shared by them
        for schema in nested(holder[key]):
            _finish(schema)


class _Merger:
    def __init__(self, adoption: Adoption) -> None:
        self.adoption = adoption
        self.level = 0
        self.done: set[str] = set()
        self.merging: list[str] = []  # components that are being merged, the outermost first

    def merge(self, schema: object, place: str) -> Node:
        """Return a schema without `allOf`; its nested schemas are merged already."""
        node = schema if isinstance(schema, dict) else {}
        if "allOf" not in node:
            return self.distribute(node, place)
        rest = {word: one for word, one in node.items() if word != "allOf"}
        members = [one for one in node["allOf"] if one.keys() - {ORIGIN}]
        telling = [one for one in members if one.keys() - ANNOTATIONS]
        if (
            len(telling) == 1
            and not rest.keys() - ANNOTATIONS - {"type"}
            and _stands_alone(telling[0])
        ):
            return self.keep_reference(telling[0], members, rest)
        self.adoption.note("`allOf` is written out: all properties in one schema", place)
        made: Node = {}
        for member in [*members, rest]:
            made = self.join(made, self.flatten(member, place), place)
        made[ORIGIN] = origin(node)
        return self.distribute(made, place)

    def distribute(self, node: Node, place: str) -> Node:
        """Return a union whose members have the properties that stand beside it."""
        if "properties" in node:
            _drop_demands(node)
        unions = [word for word in UNIONS if word in node]
        if not unions or ("properties" not in node and len(unions) == 1):
            return node
        discriminator = node.get("discriminator")
        beside = {word: one for word, one in node.items() if word in ANNOTATIONS}
        base = {word: one for word, one in node.items() if word not in {*unions, *beside}}
        base.pop("discriminator", None)
        members: list[Node] = [{}]
        for word in unions:
            listed = [one for one in node[word] if one.get("type") != "null"]
            for one in listed:
                self.flatten(one, place)
            write_constants(self.adoption, discriminator, listed)
            if len(members) * len(listed) > MOST_MEMBERS:
                return node
            members = [self.join_member(one, other, place) for one in members for other in listed]
        made = [self.join_member(base, one, place) for one in members]
        if any(one.get("type", "object") != "object" for one in map(self.adoption.target, made)):
            return node
        self.adoption.note("properties beside a union are properties of its members", place)
        tag = {"discriminator": discriminator} if discriminator else {}
        return {**beside, "oneOf": made, **tag}

    def join_member(self, left: Node, right: Node, place: str) -> Node:
        """Return a member with what stands beside its union; a component that has it all stays."""
        if not left:
            return right
        flat = self.flatten(right, place)
        made = self.join(self.flatten(left, place), flat, place)
        if "$ref" in right and strip_prose(made) == strip_prose(flat):
            return right
        made["title"] = " ".join(filter(None, [_name(left), _name(right)]))
        made[ORIGIN] = origin(right) or origin(left)
        return self.distribute(made, place)

    def keep_reference(self, member: Node, members: list[Node], rest: Node) -> Node:
        annotations: Node = {}
        for one in [*members, rest]:
            annotations |= {
                word: text for word, text in one.items() if word in ANNOTATIONS and word != ORIGIN
            }
        words = {"description", "title", "deprecated", "readOnly", "writeOnly"}
        return {**member, **{word: one for word, one in annotations.items() if word in words}}

    def flatten(self, node: Node, place: str) -> Node:
        """Return a member with its references followed and its own `allOf` merged."""
        chain = 0
        beside: Node = {}
        while "$ref" in node:
            name = node["$ref"].removeprefix(SCHEMAS)
            beside = {**_without_reference(node), **beside}
            node = self.base(name) or self.component(name)
            chain += 1
            if "allOf" in node or chain > DEEPEST:
                self.adoption.note("a composition drops itself as a member", place)
                return beside
        return {**node, **beside}

    def component(self, name: str) -> Node:
        """Return a component, merged; one that is being merged above comes back as it is."""
        if name not in self.done:
            self.done.add(name)
            self.merging.append(name)
            self.adoption.schemas[name] = rewrite(self.adoption.schemas[name], self.merge)
            self.merging.pop()
        return self.adoption.schemas[name]

    def base(self, name: str) -> Node | None:
        """Return a component without its union, None if no member of it is being merged.

        A member that is composed of a base takes the base's properties, not the union.
        """
        node = self.adoption.schemas[name]
        members = [one.get("$ref") for word in UNIONS for one in node.get(word, ())]
        if not any(SCHEMAS + one in members for one in self.merging):
            return None
        rest = {word: one for word, one in node.items() if word not in UNIONS}
        return rewrite(copy_node(rest), self.merge)

    # two schemas that hold together

    def join(self, left: Node, right: Node, place: str) -> Node:
        made = dict(left)
        for word, value in right.items():
            if word in made:
                value = self.join_word(word, made[word], value, place)
            made[word] = value
        self.join_types(left, right, made, place)
        made.pop("discriminator", None)
        return made

    def join_word(self, word: str, left: Any, right: Any, place: str) -> Any:
        match word:
            case "properties":
                return self.join_properties(left, right, place)
            case "required":
                return list(dict.fromkeys([*left, *right]))
            case "enum":
                common = [one for one in left if one in right]
                return common or right
            case "readOnly" | "writeOnly" | "deprecated":
                return left or right
            case "additionalProperties":
                return left if right is False else right
            case "oneOf" | "anyOf" if left != right:
                return self.join_unions(left, right, place)
        if word in UPPER:
            return min(left, right)
        return max(left, right) if word in LOWER else right

    def join_unions(self, left: list[Node], right: list[Node], place: str) -> list[Node]:
        """Return one member for each pair of two unions that hold at once."""
        if len(left) * len(right) <= MOST_MEMBERS:
            return [self.join_member(one, other, place) for one in left for other in right]
        made: Node = {}
        mark(made, f"two unions in one `allOf` with more than {MOST_MEMBERS} pairs", place)
        return [made]

    def join_properties(self, left: Node, right: Node, place: str) -> Node:
        made = dict(left)
        for name, child in right.items():
            if name in made:
                child = self.join_property(made[name], child, place)
            made[name] = child
        return made

    def join_property(self, left: Node, right: Node, place: str) -> Node:
        """A property that two members describe: the same, or both at once."""
        bare_left = _bare(left)
        bare_right = _bare(right)
        if bare_left == bare_right or not bare_right or self.level > DEEPEST:
            return {**left, **{word: one for word, one in right.items() if word in ANNOTATIONS}}
        if not bare_left:
            return right
        for one, other in ((left, right), (right, left)):
            if "$ref" not in one:
                continue
            target = self.adoption.target(one)
            if strip_prose(target) == strip_prose(other):
                return one  # a reference, and the same written out
        if ("$ref" in left and "$ref" in right) or _is_union(left) or _is_union(right):
            return right  # the later and, as vendors write them, the narrower one
        self.level += 1
        first = self.flatten(left, place)
        second = self.flatten(right, place)
        made = self.join(first, second, place)
        self.level -= 1
        made[ORIGIN] = origin(right) or origin(left)  # not that of a component that was merged
        return made

    def join_types(self, left: Node, right: Node, made: Node, place: str) -> None:
        """Of two types the common ones hold; where there is none, the later is taken."""
        if "type" not in left or "type" not in right or left["type"] == right["type"]:
            return
        first = _kinds(left)
        second = _kinds(right)
        common = [kind for kind in second if kind in first]
        if common and common != ["null"]:
            made["type"] = common[0] if len(common) == 1 else common
            return
        self.adoption.note("two members of `allOf` have different types: the last one wins", place)
        for word in left.keys() - right.keys() - ANNOTATIONS - {LEFT_OUT}:
            made.pop(word, None)


def _name(member: Node) -> str:
    """Return the name of the component that a member is, or its title."""
    return str(member.get("$ref", "")).removeprefix(SCHEMAS) or str(member.get("title", ""))


def _stands_alone(member: Node) -> bool:
    """Tell whether a member can take the place of the whole: it is a reference, or a union."""
    return "$ref" in member or _is_union(member)


def _is_union(node: Node) -> bool:
    return "oneOf" in node or "anyOf" in node


def _bare(node: Node) -> Node:
    return {word: one for word, one in node.items() if word not in ANNOTATIONS}


def _kinds(node: Node) -> list[str]:
    return node["type"] if isinstance(node["type"], list) else [node["type"]]


def _drop_demands(node: Node) -> None:
    """Drop unions that only ask for one of several properties: `anyOf: [{required: [a]}, {required:
    [b]}]`.
    """
    for word in ("oneOf", "anyOf"):
        members = node.get(word)
        if members and all(is_demand(one) for one in members):
            del node[word]


def _without_reference(node: Node) -> Node:
    return {word: one for word, one in node.items() if word not in ("$ref", ORIGIN)}


def _finish(schema: Node) -> None:
    """Mark a composition that holds itself; type no values beside named properties."""
    if "allOf" in schema:
        mark(schema, "the schema is composed of itself", origin(schema), fault=True)
        del schema["allOf"]
    if "properties" in schema and isinstance(schema.get("additionalProperties"), dict):
        schema["additionalProperties"] = True


def match_required(adoption: Adoption) -> None:
    """Drop required names that no property describes. Unions use such names, so it runs later."""
    for holder, key in roots(adoption):
        for schema in nested(holder[key]):
            if "required" in schema:
                _match_required(adoption, schema)


def _match_required(adoption: Adoption, schema: Node) -> None:
    described = schema.get("properties", {})
    kept = [name for name in schema["required"] if name in described]
    if len(kept) != len(schema["required"]):
        adoption.note("required names without a property are dropped", origin(schema))
    schema["required"] = kept
    if not kept:
        del schema["required"]
