"""Unions that the runtime reads, because msgspec does not: see counterfoil_core/one_of.py."""

from __future__ import annotations

from collections.abc import Iterator

from ...openapi.document import Document, Node, reference_name
from ...openapi.tell_apart import Conditions, tell_apart
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


def is_read_by_runtime(document: Document, schema: Node) -> bool:
    """Whether msgspec cannot read a union: of objects without a tag, of a decimal and a text."""
    members = union_members(schema)
    if len(members) < 2 or "discriminator" in schema or is_decimal_or_text(schema):
        return False
    kinds = [kind for one in members for kind in _list_types(document, one)]
    return kinds.count("object") > 1 or set(kinds) >= DECIMAL_OR_TEXT


def list_objects(document: Document, schema: Node) -> list[Node]:
    """Return the members of a union that are objects."""
    return [one for one in union_members(schema) if "object" in _list_types(document, one)]


def spell_told(document: Document, schema: Node) -> tuple[str, ...]:
    """Return how the objects of a union are told apart, as source: `Told(Card, has=("number",))`.

    Raises ValueError if they cannot be told apart, which lint rejects.
    """
    members = list_objects(document, schema)
    if len(members) < 2:
        return ()
    conditions = tell_apart(members, lambda node: core(document, node))
    if conditions is None:
        raise ValueError("the union's members cannot be told apart")
    spelled = []
    for member, found in zip(members, conditions, strict=True):
        name = annotate(member).replace("models.", "")
        spelled.append(f"Told({', '.join([name, *_spell(found)])})")
    return tuple(spelled)


def holds_union(document: Document, schema: Node) -> bool:
    """Whether a value of a schema contains a union that the runtime reads, outside of objects."""
    found = False
    waiting = [schema]
    seen: set[str] = set()
    while waiting and not found:
        node = split_nullable(waiting.pop())[0]
        name = reference_name(node)
        if name:
            target = document.schemas[name]
            if name not in seen and "properties" not in target:
                waiting.append(target)
            seen.add(name)
            continue
        found = is_read_by_runtime(document, node) or is_decimal_or_text(node)
        waiting += union_members(node)
        inner = [node.get("items"), node.get("additionalProperties")]
        waiting += [one for one in inner if isinstance(one, dict)]
    return found


def _list_types(document: Document, member: Node) -> list[str]:
    kind = typed(core(document, member)).get("type")
    kinds = kind if isinstance(kind, list) else [kind]
    return [str(one) for one in kinds if one != "null"]


def _spell(found: Conditions) -> Iterator[str]:
    if found.has:
        yield f"has={to_source(tuple(found.has))}"
    if found.lacks:
        yield f"lacks={to_source(tuple(found.lacks))}"
    if found.equals:
        yield f"equals={to_source(found.equals)}"
    if found.types:
        yield f"types={to_source(found.types)}"
