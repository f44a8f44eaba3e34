"""Rules for schemas: what the generators and a reader can rely on."""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from typing import Any

from .annotations import split_nullable, union_members
from .document import Document, Node, escape, reference_name
from .forms import Finding
from .naming import PASCAL_CASE, RESERVED_CLASSES, member_names, python_name

LONG_ENOUGH = 10  # characters of a description that says something


def schema_name(document: Document) -> Iterator[Finding]:
    """A component's name becomes a class: PascalCase, and not one that Python or the models' imports have."""
    for name in document.schemas:
        place = f"/components/schemas/{escape(name)}"
        if keyword.iskeyword(name) or name in RESERVED_CLASSES:
            yield (
                place,
                f"a schema cannot be called {name}: Python, or the models' module, has that name",
                "Give it another",
            )
        elif not PASCAL_CASE.fullmatch(name):
            yield (
                place,
                f"the schema's name {name!r} is not PascalCase",
                "Call it by what it describes, such as CustomerInvoice",
            )


def inline_schema(document: Document) -> Iterator[Finding]:
    """Objects and enums are components: a class needs a name that somebody chose."""
    for pointer, schema in every_use(document):
        core = split_nullable(schema)[0]
        if "properties" in core or (core.get("type") == "object" and not isinstance(core.get("additionalProperties"), dict)):
            yield pointer, "an object is described inline", "Make it a component schema and refer to it"
        if "enum" in core:
            yield pointer, "an enum is described inline", "Make it a component schema and refer to it"


def composition(document: Document) -> Iterator[Finding]:
    """`allOf` only carries conditions, `anyOf` only a null: anything else would be lost on the way to a class."""
    for pointer, schema in every_schema(document):
        branches = schema.get("allOf", [])
        if any("if" not in branch for branch in branches):
            yield (
                f"{pointer}/allOf",
                "`allOf` composes schemas",
                "Write the properties out; only if/then conditions may stand here",
            )
        if "anyOf" in schema and len(union_members(schema)) > 1:
            yield f"{pointer}/anyOf", "`anyOf` leaves open which member holds", "Use `oneOf` with a discriminator"


def untagged_union(document: Document) -> Iterator[Finding]:
    """A union has a discriminator, which every member declares with the values that it stands for."""
    for pointer, schema in every_schema(document):
        members = union_members(schema)
        if len(members) < 2 or "oneOf" not in schema:
            continue
        tag = schema.get("discriminator", {}).get("propertyName")
        if not tag:
            yield (
                pointer,
                "the union has no discriminator, so its members cannot be told apart",
                "Add one, on a property with a const",
            )
            continue
        for index, member in enumerate(members):
            declared = document.resolve(document.resolve(member).get("properties", {}).get(tag, {}))
            if "const" not in declared and "enum" not in declared:
                message = f"the union's member {reference_name(member) or index} does not declare the tag {tag!r}"
                yield pointer, message, "Declare it there with `const`, or an enum of its tags"
            elif not isinstance(declared.get("const", ""), str) or declared.get("type", "string") != "string":
                message = f"the tag {tag!r} of the union's member {reference_name(member) or index} is no text"
                yield pointer, message, "Only texts can tell the members apart"


def enum_members(document: Document) -> Iterator[Finding]:
    """An enum's values have a type, are distinct and make distinct Python names."""
    for name, schema in document.schemas.items():
        place = f"/components/schemas/{escape(name)}"
        values = [value for value in schema.get("enum", []) if value is not None]
        names = member_names(values)
        for index, member in enumerate(names):
            if member in names[:index]:
                other = values[names.index(member)]
                message = f"the values {other!r} and {values[index]!r} would both be called {member}"
                yield f"{place}/enum/{index}", message, "Drop one, or describe the property as a plain string"


def money(document: Document) -> Iterator[Finding]:
    """No number is a float: it is an integer, or a decimal."""
    for pointer, schema in every_schema(document):
        kinds = schema.get("type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if "number" in kinds and schema.get("format") != "decimal":
            yield pointer, "a number without `format: decimal` would be a float", "Add it, or make it an integer"
        if "x-decimal" in schema and schema.get("format") != "decimal":
            yield pointer, "`x-decimal` stands on a schema that is no decimal", "Add `format: decimal`, or drop it"


def field_names(document: Document) -> Iterator[Finding]:
    """Two properties of one schema do not become one field; required ones exist."""
    for name, schema in document.schemas.items():
        place = f"/components/schemas/{escape(name)}"
        seen: dict[str, str] = {}
        for wire in schema.get("properties", {}):
            other = seen.setdefault(python_name(wire), wire)
            if other != wire:
                yield (
                    f"{place}/properties/{escape(wire)}",
                    f"{other!r} and {wire!r} would both be called {python_name(wire)}",
                    "One name must be told from the other: see naming.py",
                )
        for wire in schema.get("required", []):
            if wire not in schema.get("properties", {}):
                yield f"{place}/required", f"{wire!r} is required but not described", "Describe it under `properties`"


def described(document: Document) -> Iterator[Finding]:
    """Every schema and property says what it means."""
    for name, schema in document.schemas.items():
        place = f"/components/schemas/{escape(name)}"
        if len(str(schema.get("description", ""))) <= LONG_ENOUGH:
            yield place, f"the schema {name} has no description", "Say what it is, in a sentence"
        for wire, child in schema.get("properties", {}).items():
            said = child.get("description") or document.resolve(split_nullable(child)[0]).get("description") or ""
            if len(str(said)) <= LONG_ENOUGH:
                yield (
                    f"{place}/properties/{escape(wire)}",
                    f"the property {wire!r} has no description",
                    "Say meaning, unit, bounds, and when it is absent",
                )


def every_schema(document: Document) -> Iterator[tuple[str, Node]]:
    """Yield every schema of the document with its pointer: components, what they hold, and uses."""
    for name, schema in document.schemas.items():
        yield from _nested(f"/components/schemas/{escape(name)}", schema)
    for pointer, schema in _operation_schemas(document):
        yield from _nested(pointer, schema)


def every_use(document: Document) -> Iterator[tuple[str, Node]]:
    """Yield every schema that is not itself a component."""
    for pointer, schema in every_schema(document):
        if pointer.count("/") > 3 or not pointer.startswith("/components/schemas/"):
            yield pointer, schema


def _nested(pointer: str, schema: Any) -> Iterator[tuple[str, Node]]:
    if not isinstance(schema, dict):
        return
    yield pointer, schema
    for wire, child in schema.get("properties", {}).items():
        yield from _nested(f"{pointer}/properties/{escape(wire)}", child)
    for word in ("items", "additionalProperties"):
        yield from _nested(f"{pointer}/{word}", schema.get(word))
    for word in ("oneOf", "anyOf"):
        for index, member in enumerate(schema.get(word, [])):
            yield from _nested(f"{pointer}/{word}/{index}", member)


def _operation_schemas(document: Document) -> Iterator[tuple[str, Any]]:
    for operation in document.operations():
        for index, parameter in enumerate(operation.node.get("parameters", [])):
            yield f"{operation.pointer}/parameters/{index}/schema", document.resolve(parameter).get("schema")
        body = document.resolve(operation.node.get("requestBody", {}))
        yield from _content(f"{operation.pointer}/requestBody", body)
        for status, answer in operation.node.get("responses", {}).items():
            yield from _content(f"{operation.pointer}/responses/{status}", document.resolve(answer))


def _content(pointer: str, node: Node) -> Iterator[tuple[str, Any]]:
    for media, content in node.get("content", {}).items():
        yield f"{pointer}/content/{escape(media)}/schema", content.get("schema")


SCHEMA_RULES = {
    "schema-name": schema_name,
    "inline": inline_schema,
    "composition": composition,
    "untagged-union": untagged_union,
    "enum-members": enum_members,
    "float": money,
    "field-names": field_names,
    "description": described,
}
