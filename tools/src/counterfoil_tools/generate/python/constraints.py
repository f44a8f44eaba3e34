"""Documented limits of schemas. The runtime checks them before sending, never while decoding."""

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
    """Return the limits of one value as source, None if it has none."""
    schema = split_nullable(schema)[0]
    if "const" in schema:
        return call("Constraints", keywords(equals=schema["const"]))
    found: dict[str, Any] = {}
    for word, name in WORDS.items():
        if word in schema:
            found[name] = schema[word]
    if schema.get("format") in IMPLIED:
        found.pop("pattern", None)
    if "pattern" in found:
        found["pattern"] = to_python(found["pattern"])
    shape = schema.get("x-decimal", {})
    found |= {word: shape[word] for word in ("digits", "places") if word in shape}
    items = schema.get("items")
    inner = constraints(items) if isinstance(items, dict) else None
    if inner:
        found["items"] = inner
    return call("Constraints", keywords(**found)) if found else None


def model_constraints(document: Document) -> Mapping[str, Keywords]:
    """Return the limits of every model that requests contain, by model name."""
    bodies = [operation.node.get("requestBody") for operation in document.operations()]
    bundle = [document.resolve(body) for body in bodies if body]
    names = sorted(reachable(document, [body.get("content") for body in bundle]))
    tags = tag_properties(document)
    limits = {}
    for name in names:
        found = _model_constraints(document, document.schemas[name], tags.get(name))
        if found:
            limits[name] = found
    return limits


def _model_constraints(document: Document, schema: Node, tag: str | None) -> Keywords:
    properties = schema.get("properties", {})
    fields = {}
    for wire, child in properties.items():
        found = _property_constraints(document, child) if wire != tag else None
        if found:
            fields[field_name(wire, child)] = found
    one_of = tuple(field_name(wire, properties.get(wire, {})) for wire in alternatives(schema))
    return keywords(fields=fields, dependent=tuple(_rules(schema)), one_of=one_of)


def _property_constraints(document: Document, schema: Node) -> Source | None:
    """Return the limits of a property; those of an alias are the property's."""
    target = core(document, schema)
    is_component = reference_name(split_nullable(schema)[0]) is not None
    if is_component and (target.get("properties") or union_members(target)):
        return None  # a model or a union, whose fields have limits of their own
    return constraints(target)


def _rules(schema: Node) -> list[Source]:
    """Return the rules `if {properties: {a: {const: x}}} then {properties: {b: ...}}`.

    They are in the schema itself or in its `allOf`.
    """
    properties = schema.get("properties", {})
    rules = []
    for branch in [schema, *schema.get("allOf", [])]:
        rule = _rule(branch, properties) if "if" in branch and "then" in branch else None
        if rule:
            rules.append(rule)
    return rules


def _rule(branch: Node, properties: Node) -> Source | None:
    tests = branch["if"].get("properties", {})
    dependent = {}
    for wire, child in branch["then"].get("properties", {}).items():
        if found := constraints(child):
            dependent[field_name(wire, properties.get(wire, {}))] = found
    if len(tests) != 1 or not dependent:
        return None
    [(wire, test)] = tests.items()
    spelled = keywords(
        field=field_name(wire, properties.get(wire, {})),
        equals=test.get("const"),
        constraints=dependent,
    )
    return call("DependentConstraints", spelled)
