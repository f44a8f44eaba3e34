"""Documented limits of schemas, as the runtime checks them before a request leaves (decoding never does)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .annotations import alternatives, reachable, split_nullable, union_members
from .document import Document, Node, reference_name
from .ir import Keywords
from .naming import python_name
from .spelling import Expression, call, keywords

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
IMPLIED = {"naive-date-time": ("pattern",), "date": ("pattern",), "date-time": ("pattern",)}  # the type sees to it


def bound(schema: Node) -> Expression | None:
    """Spell the limits of one value, None if it has none."""
    schema = split_nullable(schema)[0]
    implied = IMPLIED.get(schema.get("format", ""), ())
    found: dict[str, Any] = {name: schema[word] for word, name in WORDS.items() if word in schema and word not in implied}
    shape = schema.get("x-decimal", {})
    found |= {word: shape[word] for word in ("digits", "places") if word in shape}
    if isinstance(schema.get("items"), dict) and (inner := bound(schema["items"])):
        found["items"] = inner
    return call("Bound", keywords(**found)) if found else None


def limits(document: Document) -> Mapping[str, Keywords]:
    """Spell the limits of every model that a request reaches, by model name."""
    bodies = [operation.node.get("requestBody") for operation in document.operations()]
    resolved = [document.resolve(body) for body in bodies if body]
    names = sorted(reachable(document, [body.get("content") for body in resolved]))
    return {name: found for name in names if (found := _model_limits(document, document.schemas[name]))}


def _model_limits(document: Document, schema: Node) -> Keywords:
    fields = {
        python_name(wire): found for wire, child in schema.get("properties", {}).items() if (found := _bound_of(document, child))
    }
    return keywords(fields=fields, rules=tuple(_rules(schema)), one_of=tuple(map(python_name, alternatives(schema))))


def _bound_of(document: Document, schema: Node) -> Expression | None:
    """The limits of a property; an alias component lends its own."""
    name = reference_name(split_nullable(schema)[0])
    target = document.schemas.get(name, {}) if name else schema
    return None if name and (target.get("properties") or union_members(target)) else bound(target)


def _rules(schema: Node) -> list[Expression]:
    """Spell `if {properties: {a: {const: x}}} then {properties: {b: ...}}`, alone or in `allOf`."""
    conditions = [branch for branch in [schema, *schema.get("allOf", [])] if "if" in branch and "then" in branch]
    return [rule for branch in conditions if (rule := _rule(branch))]


def _rule(branch: Node) -> Expression | None:
    tests = branch["if"].get("properties", {})
    bounds = {python_name(wire): found for wire, child in branch["then"].get("properties", {}).items() if (found := bound(child))}
    if len(tests) != 1 or not bounds:
        return None
    (wire, test), *_ = tests.items()
    return call("Rule", keywords(field=python_name(wire), equals=test.get("const"), bounds=bounds))
