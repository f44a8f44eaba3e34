"""Rules for unions: a tag that all its descriptions agree on identifies the member of a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...openapi.distinguish import find_ambiguous
from ...openapi.document import Document, Node, escape, reference_name
from ...openapi.json_schema import Finding
from ...openapi.walk import walk
from ..python.types import core, typed, union_members
from ..python.unions import is_decoded_by_runtime, list_objects
from .schemas import every_schema

COMPONENT = re.compile(r"/components/schemas/[^/]+")


def composition(document: Document) -> Iterator[Finding]:
    """`allOf` is only for conditions, `anyOf` only for null: a class could not express more."""
    for pointer, schema in every_schema(document):
        if any("if" not in branch for branch in schema.get("allOf", [])):
            remedy = "Write the properties out; only if/then conditions may stand here"
            yield f"{pointer}/allOf", "`allOf` composes schemas", remedy
        if "anyOf" in schema and len(union_members(schema)) > 1:
            yield (
                f"{pointer}/anyOf",
                "`anyOf` leaves open which member holds",
                "Use `oneOf` with a discriminator",
            )


def untagged_union(document: Document) -> Iterator[Finding]:
    """A union has a discriminator, which every member declares with its values.

    Members of distinct JSON types need none, and objects need none if what they must contain tells
    them apart.
    """
    for pointer, schema in _unions(document):
        tag = _tag(schema)
        if not tag:
            yield from _check_untagged(document, pointer, schema)
            continue
        for index, member in enumerate(union_members(schema)):
            declared = _declared(document, member, tag)
            name = reference_name(member) or index
            if "const" not in declared and "enum" not in declared:
                message = f"the union's member {name} does not declare the tag {tag!r}"
                yield pointer, message, "Declare it there with `const`, or an enum of its tags"
            elif (
                not isinstance(declared.get("const", ""), str)
                or declared.get("type", "string") != "string"
            ):
                message = f"the tag {tag!r} of the union's member {name} is no text"
                yield pointer, message, "Only texts can tell the members apart"


def _check_untagged(document: Document, pointer: str, schema: Node) -> Iterator[Finding]:
    members = union_members(schema)
    seen: set[str | None] = {None}
    for member in members:
        kinds = _kinds(document, member)
        if not kinds or kinds & (seen - {"object"}):
            message = "the union has several members of one JSON type that is not an object"
            yield pointer, message, "Describe one member for each JSON type"
            return
        seen |= kinds
    objects = list_objects(document, schema)
    ambiguous = find_ambiguous(objects, lambda node: core(document, node))
    if ambiguous:
        first, second = [reference_name(objects[index]) or f"member {index}" for index in ambiguous]
        message = (
            f"the union has no discriminator, and no required property "
            f"distinguishes {first} from {second}"
        )
        remedy = "Add one, on a property with a const: `discriminator: {propertyName: type}`"
        yield pointer, message, remedy
    elif is_decoded_by_runtime(document, schema) and not COMPONENT.fullmatch(pointer):
        message = "a union of several objects, or of a decimal and a string, is inline"
        yield pointer, message, "Make it a component schema and refer to it: it becomes a type"


def _kinds(document: Document, member: Node) -> set[str | None]:
    """Return the JSON types of a member's values without null; None means any."""
    kind = typed(core(document, member)).get("type")
    kinds = kind if isinstance(kind, list) else [kind]
    return {"number" if one == "integer" else one for one in kinds} - {"null"}


def contradiction(document: Document) -> Iterator[Finding]:
    """The mapping of a discriminator agrees with the members, and no two members have one tag."""
    for pointer, schema in _unions(document):
        tag = _tag(schema)
        owners: dict[str, str] = {}
        for member in union_members(schema):
            name = reference_name(member) or ""
            for value in _values(document, member, tag) if name and tag else []:
                other = owners.setdefault(value, name)
                if other != name:
                    message = (
                        f"{other} and {name} both have the tag {value!r}, so that neither can be "
                        "told from the other"
                    )
                    yield pointer, message, f"Give each a `const` of its own for {tag!r}"
        mapping = schema.get("discriminator", {}).get("mapping", {})
        for value, target in mapping.items():
            location = f"{pointer}/discriminator/mapping/{escape(value)}"
            yield from _check_mapping(location, tag, value, str(target).rpartition("/")[2], owners)


def _check_mapping(
    location: str, tag: str, value: str, name: str, owners: dict[str, str]
) -> Iterator[Finding]:
    if name not in owners.values():
        yield (
            location,
            f"the mapping names {name}, which is no member of the union",
            "Name one of `oneOf`, or leave it out",
        )
    elif owners.get(value) != name:
        values = sorted(one for one, owner in owners.items() if owner == name)
        known = " or ".join(map(repr, values))
        message = f"the mapping says that {value!r} is {name}, whose {tag!r} is {known}"
        yield location, message, f"Write `{values[0]}: ...` here, or `const: {value}` there"


def one_tag(document: Document) -> Iterator[Finding]:
    """A member of several unions has one tag in all of them: a class has one."""
    found: dict[str, str] = {}
    for node, pointer, is_named in walk(document.root):
        has_tag = not is_named and isinstance(node.get("discriminator"), dict)
        tag = _tag(node) if has_tag else ""
        members = union_members(node) if tag else []
        for name in filter(None, map(reference_name, members)):
            other = found.setdefault(name, tag)
            if other != tag:
                message = f"{name} is told by {tag!r} here, and by {other!r} in another union"
                yield (
                    f"{pointer}/discriminator",
                    message,
                    f"Tell it by {other!r} in both, or make two schemas of it",
                )


def _unions(document: Document) -> Iterator[tuple[str, Node]]:
    for pointer, schema in every_schema(document):
        if "oneOf" in schema and len(union_members(schema)) > 1:
            yield pointer, schema


def _tag(schema: Node) -> str:
    return str(schema.get("discriminator", {}).get("propertyName", ""))


def _declared(document: Document, member: Node, tag: str) -> Node:
    return document.resolve(document.resolve(member).get("properties", {}).get(tag, {}))


def _values(document: Document, member: Node, tag: str) -> list[str]:
    declared = _declared(document, member, tag)
    values = declared.get("enum", [declared["const"]] if "const" in declared else [])
    return [str(value) for value in values]


UNION_RULES = {
    "composition": composition,
    "untagged-union": untagged_union,
    "discriminator": contradiction,
    "one-tag": one_tag,
}
