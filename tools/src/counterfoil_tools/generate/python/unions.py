"""Unions that the runtime decodes, because msgspec cannot: see counterfoil_core/one_of.py."""

from __future__ import annotations

from collections.abc import Iterator

from ...openapi.distinguish import Conditions, distinguish
from ...openapi.document import Document, Node, reference_name
from .source import to_source
from .types import (
    DECIMAL_OR_TEXT,
    annotate,
    core,
    is_decimal_or_text,
    split_nullable,
    typed,
    union_members,
)


def is_decoded_by_runtime(document: Document, schema: Node) -> bool:
    """Whether msgspec cannot decode a union: of untagged objects, or of a decimal and a string."""
    members = union_members(schema)
    if len(members) < 2 or "discriminator" in schema or is_decimal_or_text(schema):
        return False
    kinds = [kind for one in members for kind in _list_types(document, one)]
    return kinds.count("object") > 1 or set(kinds) >= DECIMAL_OR_TEXT


def is_read_by_need(document: Document, schema: Node) -> bool:
    """Whether a component is a union whose objects are imported when one of them is decoded."""
    members = union_members(schema)
    if not document.is_large or len(members) < 2 or "discriminator" in schema:
        return False
    return bool(list_objects(document, schema))


def list_objects(document: Document, schema: Node) -> list[Node]:
    """Return the members of a union that are objects."""
    return [one for one in union_members(schema) if "object" in _list_types(document, one)]


def spell_variants(document: Document, schema: Node) -> tuple[str, ...]:
    """Return the conditions of a union's objects as source: `Variant(Card, required=("number",))`.

    Raises ValueError if lint would reject the union: its objects cannot be distinguished.
    """
    members = list_objects(document, schema)
    by_need = is_read_by_need(document, schema)
    if len(members) < 2:
        return tuple(f"Variant({annotate(one)})" for one in members) if by_need else ()
    conditions = distinguish(members, lambda node: core(document, node))
    if conditions is None:
        raise ValueError("the union's members cannot be distinguished")
    spelled = []
    for member, found in zip(members, conditions, strict=True):
        name = annotate(member) if by_need else annotate(member).replace("models.", "")
        spelled.append(f"Variant({', '.join([name, *_spell(found)])})")
    return tuple(spelled)


def contains_union(document: Document, schema: Node) -> bool:
    """Whether a value of a schema contains a union that the runtime decodes, outside of objects."""
    found = False
    waiting = [schema]
    seen: set[str] = set()
    while waiting and not found:
        node = split_nullable(waiting.pop())[0]
        name = reference_name(node)
        if name:
            target = document.schemas[name]
            found = is_read_by_need(document, target)
            if name not in seen and "properties" not in target:
                waiting.append(target)
            seen.add(name)
            continue
        found = is_decoded_by_runtime(document, node) or is_decimal_or_text(node)
        waiting += union_members(node)
        inner = [node.get("items"), node.get("additionalProperties")]
        waiting += [one for one in inner if isinstance(one, dict)]
    return found


def _list_types(document: Document, member: Node) -> list[str]:
    kind = typed(core(document, member)).get("type")
    kinds = kind if isinstance(kind, list) else [kind]
    return [str(one) for one in kinds if one != "null"]


def _spell(found: Conditions) -> Iterator[str]:
    if found.required:
        yield f"required={to_source(tuple(found.required))}"
    if found.absent:
        yield f"absent={to_source(tuple(found.absent))}"
    if found.values:
        yield f"values={to_source(found.values)}"
    if found.types:
        yield f"types={to_source(found.types)}"
