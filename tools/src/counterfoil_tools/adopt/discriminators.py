"""Discriminators: their values become constants of the members, and the tag of a union if possible.

OpenAPI identifies a member by a mapping, or by the name of its component. Both are written into the
members as a `const`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ..openapi.distinguish import find_tag
from ..openapi.document import Node, unescape
from .state import ORIGIN, SCHEMAS, Adoption, origin
from .upgrade import text_of
from .walk import members_but_null, nested, roots


def write_constants(adoption: Adoption, discriminator: object, members: list[Node]) -> None:
    """Write the values of a discriminator into the members of its union."""
    tag = text_of(discriminator, "propertyName")
    mapped = _read_mapping(discriminator)
    for member in members if tag else []:
        name = member.get("$ref", "").removeprefix(SCHEMAS)
        target = adoption.target(member)
        if name and "properties" in target:
            values = mapped.get(name) or _find_implicit(adoption, target, tag, name)
            if values:
                _write_constant(adoption, target, tag, values)


def tags(adoption: Adoption) -> None:
    """Add a discriminator to each union whose members have a string constant as their tag.

    Such unions are decoded in one pass. A member of several unions has the same tag in all of them;
    otherwise the union is distinguished by the properties of its members.
    """
    chosen: dict[str, str] = {}
    for union in _list_unions(adoption):
        preferred = text_of(union.pop("discriminator", None), "propertyName")
        members = members_but_null(union)
        targets = [adoption.target(one) for one in members]
        if not all("$ref" in one for one in members):
            continue
        tag = find_tag(targets, adoption.target, preferred)
        names = [one["$ref"].removeprefix(SCHEMAS) for one in members]
        if tag and all(chosen.get(name, tag) == tag for name in names):
            mapping = {}
            for member, target in zip(members, targets, strict=True):
                [value] = _read_values(adoption, target, tag)
                mapping[value] = member["$ref"]
            # Without a mapping, OpenAPI takes the names of the components for the values.
            union["discriminator"] = {"propertyName": tag, "mapping": mapping}
            chosen |= dict.fromkeys(names, tag)


def _list_unions(adoption: Adoption) -> Iterator[Node]:
    """Yield every union of several members; others lose their discriminator."""
    for holder, key in list(roots(adoption)):
        for schema in nested(holder[key]):
            if len(members_but_null(schema)) > 1:
                yield schema
            else:
                schema.pop("discriminator", None)


def _read_mapping(discriminator: object) -> dict[str, list[str]]:
    """Return the values of each component, by its name."""
    mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    found: dict[str, list[str]] = defaultdict(list)
    for value, target in (mapping if isinstance(mapping, dict) else {}).items():
        if value != ORIGIN:
            found[unescape(str(target).rpartition("/")[2])].append(str(value))
    return found


def _find_implicit(adoption: Adoption, target: Node, tag: str, name: str) -> list[str]:
    """Return the component's name as the value, unless the member lists other values."""
    values = _read_values(adoption, target, tag)
    if len(values) == 1:
        return values
    return [name] if not values or name in values else []


def _read_values(adoption: Adoption, target: Node, tag: str) -> list[Any]:
    found = adoption.target(target["properties"].get(tag, {}))
    values: list[Any] = found.get("enum", [found["const"]] if "const" in found else [])
    return values


def _write_constant(adoption: Adoption, target: Node, tag: str, values: list[str]) -> None:
    """Limit a member's tag to some values, unless it is already limited to one."""
    declared = _read_values(adoption, target, tag)
    if len(declared) != 1:
        known = origin(target["properties"].get(tag)) or origin(target)
        limit: Node = {"const": values[0]} if len(values) == 1 else {"enum": values}
        target["properties"][tag] = {"type": "string", **limit, ORIGIN: known}
        adoption.note("a discriminator's value is written into the member", origin(target))
    required = target.setdefault("required", [])
    if tag not in required:
        required.append(tag)
