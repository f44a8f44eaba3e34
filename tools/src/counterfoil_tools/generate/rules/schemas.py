"""Rules for schemas: names, types, constants, patterns and descriptions."""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from typing import Any

from ...openapi.document import Document, Node, escape
from ...openapi.json_schema import Finding
from ...openapi.patterns import PatternError, to_python
from ...openapi.walk import walk
from ..python.names import PASCAL_CASE, RESERVED_CLASSES, field_name, is_taken, member_names
from ..python.types import CONSTANTS, find_cycles, referred, split_nullable

LONG_ENOUGH = 10  # characters of a description that says something


def schema_name(document: Document) -> Iterator[Finding]:
    """A component's name is PascalCase, and not used by Python, models.py or the client."""
    clients = {document.package.client, document.package.async_client}
    for name in document.schemas:
        location = f"/components/schemas/{escape(name)}"
        if keyword.iskeyword(name) or name in RESERVED_CLASSES:
            message = (
                f"a schema cannot be called {name}: Python, or the models' module, has that name"
            )
            yield location, message, f"Call it by what it describes, such as Parcel{name}"
        elif name in clients:
            message = (
                f"a schema cannot be called {name}: that is the client, and both are imported from "
                "the package"
            )
            yield location, message, "Give it another name, or the client, in package.toml"
        elif not PASCAL_CASE.fullmatch(name):
            message = f"the schema's name {name!r} is not PascalCase"
            yield location, message, "Call it by what it describes, such as CustomerInvoice"


def inline_schema(document: Document) -> Iterator[Finding]:
    """Objects and enums are components: a class needs a name that somebody chose."""
    for pointer, schema in every_use(document):
        core = split_nullable(schema)[0]
        is_map = isinstance(core.get("additionalProperties"), dict)
        remedy = "Make it a component schema and refer to it"
        if "properties" in core or (core.get("type") == "object" and not is_map):
            yield pointer, "an object is described inline", remedy
        if "enum" in core:
            yield pointer, "an enum is described inline", remedy


def enum_members(document: Document) -> Iterator[Finding]:
    """An enum's values have a type, are distinct and make distinct Python names."""
    for name, schema in document.schemas.items():
        location = f"/components/schemas/{escape(name)}"
        if "enum" not in schema:
            continue
        values = [(index, value) for index, value in enumerate(schema["enum"]) if value is not None]
        if not values:
            yield (
                f"{location}/enum",
                "the enum holds nothing but null",
                "List its values, or make it a plain string",
            )
        chosen = schema.get("x-counterfoil", {}).get("names", {})
        for value in sorted(chosen.keys() - {str(value) for _, value in values}):
            message = f"the enum has no value {value!r}"
            yield (
                f"{location}/x-counterfoil/names/{escape(value)}",
                message,
                "Correct it, or leave it out",
            )
        seen: dict[str, object] = {}
        members = member_names([value for _, value in values], chosen)
        for member, (index, value) in zip(members, values, strict=True):
            if member in seen and seen[member] != value:
                message = f"the values {seen[member]!r} and {value!r} would both be called {member}"
                yield (
                    f"{location}/enum/{index}",
                    message,
                    f"Name one: `x-counterfoil: {{names: {{{value!r}: OTHER_{member}}}}}`",
                )
            seen.setdefault(member, value)


def constants(document: Document) -> Iterator[Finding]:
    """A constant is of the type beside it."""
    for pointer, schema in every_schema(document):
        kind = schema.get("type")
        kinds = kind if isinstance(kind, list) else [kind]
        fitting = CONSTANTS.get(type(schema.get("const")))
        if fitting and kind is not None and fitting not in kinds:
            message = f"the constant {schema['const']!r} is no {kind}"
            remedy = f"Write `type: {fitting}` beside it, or another constant"
            yield f"{pointer}/const", message, remedy


def endless(document: Document) -> Iterator[Finding]:
    """A recursive map or list refers to itself through an object: only a class can be recursive."""
    names = set()
    for name, schema in document.schemas.items():
        is_class = schema.get("type") == "object" and "properties" in schema
        if not is_class and "enum" not in schema:
            names.add(name)
    graph = {name: sorted(referred(document.schemas[name]) & names) for name in sorted(names)}
    for name in sorted(find_cycles(graph)):
        message = (
            f"{name} is made of nothing but itself, and no object with properties is on the way"
        )
        yield (
            f"/components/schemas/{escape(name)}",
            message,
            "Let an object hold it: `properties: {children: {$ref: ...}}`",
        )


def patterns(document: Document) -> Iterator[Finding]:
    """A pattern means the same to ECMAScript and to Python, and cannot backtrack without end."""
    for pointer, schema in every_schema(document):
        if "pattern" not in schema:
            continue
        try:
            to_python(schema["pattern"])
        except PatternError as error:
            yield f"{pointer}/pattern", f"the pattern {schema['pattern']}: {error}", error.remedy


def money(document: Document) -> Iterator[Finding]:
    """No number is a float: it is an integer, or a decimal."""
    for pointer, schema in every_schema(document):
        kinds = schema.get("type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if "number" in kinds and schema.get("format") != "decimal":
            yield (
                pointer,
                "a number without `format: decimal` would be a float",
                "Add it, or make it an integer",
            )
        if "x-decimal" in schema and schema.get("format") != "decimal":
            yield (
                pointer,
                "`x-decimal` stands on a schema that is no decimal",
                "Add `format: decimal`, or drop it",
            )


def field_names(document: Document) -> Iterator[Finding]:
    """Two properties of one schema do not become one field; required ones exist."""
    for name, schema in document.schemas.items():
        location = f"/components/schemas/{escape(name)}"
        seen: dict[str, str] = {}
        for wire, child in schema.get("properties", {}).items():
            name_of_field = field_name(wire, child)
            other = seen.setdefault(name_of_field, wire)
            if other != wire:
                message = f"{other!r} and {wire!r} would both be called {name_of_field}"
                remedy = f"Name one yourself: `x-counterfoil: {{name: other_{name_of_field}}}`"
                yield f"{location}/properties/{escape(wire)}", message, remedy
        for wire in schema.get("required", []):
            if wire not in schema.get("properties", {}):
                yield (
                    f"{location}/required",
                    f"{wire!r} is required but not described",
                    "Describe it under `properties`",
                )


def described(document: Document) -> Iterator[Finding]:
    """Every schema and property has a description."""
    for name, schema in document.schemas.items():
        location = f"/components/schemas/{escape(name)}"
        if missing := lacks_description(f"the schema {name}", schema.get("description")):
            yield (
                location,
                missing,
                "Say what it is, in a sentence: `description: A parcel on its way.`",
            )
        for wire, child in schema.get("properties", {}).items():
            target = document.resolve(split_nullable(child)[0])
            text = child.get("description") or target.get("description")
            if missing := lacks_description(f"the property {wire!r}", text):
                yield (
                    f"{location}/properties/{escape(wire)}",
                    missing,
                    "Say meaning, unit, bounds, and when it is absent",
                )


def lacks_description(subject: str, text: object) -> str:
    """Return why a description is not sufficient, "" if it is."""
    length = len(str(text or "").strip())
    if not length:
        return f"{subject} has no description"
    if length <= LONG_ENOUGH:
        needed = LONG_ENOUGH + 1
        return f"the description of {subject} has {length} characters, and {needed} are asked for"
    return ""


def chosen_names(document: Document) -> Iterator[Finding]:
    """`name` is for properties and parameters, `names` for enums; their values are valid names."""
    for node, pointer, is_named in walk(document.root):
        extension = node.get("x-counterfoil") if not is_named else None
        if not isinstance(extension, dict):
            continue
        location = f"{pointer}/x-counterfoil"
        above = pointer.split("/")
        is_parameter = "in" in node and "name" in node
        is_property = len(above) > 1 and above[-2] == "properties"
        if "name" in extension and not is_parameter and not is_property:
            yield (
                f"{location}/name",
                "`name` names a property or a parameter, and this is neither",
                "Put it there",
            )
        if "names" in extension and "enum" not in node:
            yield (
                f"{location}/names",
                "`names` names the values of an enum, and this is none",
                "Put it beside `enum`",
            )
        name = str(extension.get("name", ""))
        if is_taken(name):
            message = (
                f"nothing can be called {name}: Python, or the generated module, has that name"
            )
            yield f"{location}/name", message, f"Write `name: {name}_of_it`, or another"


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
            yield (
                f"{operation.pointer}/parameters/{index}/schema",
                document.resolve(parameter).get("schema"),
            )
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
    "enum-members": enum_members,
    "constant": constants,
    "endless": endless,
    "pattern": patterns,
    "name": chosen_names,
    "float": money,
    "field-names": field_names,
    "description": described,
}
