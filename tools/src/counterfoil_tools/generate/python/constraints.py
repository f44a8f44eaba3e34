"""Documented limits of schemas, as the runtime checks them before a request leaves (decoding never does)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...openapi.document import Document, Node, reference_name
from ...openapi.patterns import to_python
from ..ir import Keywords
from .names import field_name
from .source import Source, call, keywords
from .types import alternatives, core, reachable, split_nullable, tag_properties, union_members

WORDS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
    "minLength": "min_length",
    "maxLength": "max_length",
    "pattern": "pattern",
    "minItems": "min_items",
    "maxItems": "max_items",
}
IMPLIED = {"naive-date-time", "date", "date-time"}  # formats whose type sees to the pattern


def constraints(schema: Node) -> Source | None:
    """Spell the limits of one value, None if it has none."""
    schema = split_nullable(schema)[0]
    if "const" in schema:
        return call("Constraints", keywords(equals=schema["const"]))
    found: dict[str, Any] = {name: schema[word] for word, name in WORDS.items() if word in schema}
    if schema.get("format") in IMPLIED:
        found.pop("pattern", None)
    if "pattern" in found:
        found["pattern"] = to_python(found["pattern"])
    shape = schema.get("x-decimal", {})
    found |= {word: shape[word] for word in ("digits", "places") if word in shape}
    if isinstance(schema.get("items"), dict) and (inner := constraints(schema["items"])):
        found["items"] = inner
    return call("Constraints", keywords(**found)) if found else None


def model_constraints(document: Document) -> Mapping[str, Keywords]:
    """Spell the limits of every model that a request reaches, by model name."""
    bodies = [operation.node.get("requestBody") for operation in document.operations()]
    bundle = [document.resolve(body) for body in bodies if body]
    names = sorted(reachable(document, [body.get("content") for body in bundle]))
    tags = tag_properties(document)
    made = {
        name: _model_constraints(document, document.schemas[name], tags.get(name)) for name in names
    }
    return {name: found for name, found in made.items() if found}


def _model_constraints(document: Document, schema: Node, tag: str | None) -> Keywords:
    properties = {
        wire: child for wire, child in schema.get("properties", {}).items() if wire != tag
    }
    dependent = {
        field_name(wire, child): _property_constraints(document, child)
        for wire, child in properties.items()
    }
    one_of = tuple(field_name(wire, properties.get(wire, {})) for wire in alternatives(schema))
    found = {name: found for name, found in dependent.items() if found}
    return keywords(fields=found, dependent=tuple(_rules(schema)), one_of=one_of)


def _property_constraints(document: Document, schema: Node) -> Source | None:
    """The limits of a property; an alias component lends its own."""
    target = core(document, schema)
    is_component = reference_name(split_nullable(schema)[0])
    return (
        None
        if is_component and (target.get("properties") or union_members(target))
        else constraints(target)
    )


def _rules(schema: Node) -> list[Source]:
    """Spell `if {properties: {a: {const: x}}} then {properties: {b: ...}}`, alone or in `allOf`."""
    conditions = [
        branch
        for branch in [schema, *schema.get("allOf", [])]
        if "if" in branch and "then" in branch
    ]
    properties = schema.get("properties", {})
    return [rule for branch in conditions if (rule := _rule(branch, properties))]


def _rule(branch: Node, properties: Node) -> Source | None:
    tests = branch["if"].get("properties", {})
    then = {
        wire: constraints(child) for wire, child in branch["then"].get("properties", {}).items()
    }
    dependent = {
        field_name(wire, properties.get(wire, {})): found for wire, found in then.items() if found
    }
    if len(tests) != 1 or not dependent:
        return None
    (wire, test), *_ = tests.items()
    return call(
        "DependentConstraints",
        keywords(
            field=field_name(wire, properties.get(wire, {})),
            equals=test.get("const"),
            constraints=dependent,
        ),
    )
