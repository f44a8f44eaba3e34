"""What a discriminator says becomes a constant in each member, and in the end a tag or nothing.

OpenAPI names a member by a mapping, or by the name of its component. Both are written into the
members as a `const`, so that each member says by itself what it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..openapi.document import Node
from ..openapi.tell_apart import find_tag
from .state import ORIGIN, SCHEMAS, Adoption, origin
from .upgrade import text_of
from .walk import members_but_null, nested, roots


def write_tags(adoption: Adoption) -> None:
    """Write the values of each discriminator into the members of its union."""
    for union in list(_list_unions(adoption)):
        tag = text_of(union.get("discriminator"), "propertyName")
        if tag:
            _write_values(adoption, union, tag)


def tags(adoption: Adoption) -> None:
    """Keep, or add, a discriminator where each member has one text as its tag.

    Such unions are read in one pass. A member of several unions has the same tag in all of them;
    a union for which that does not hold is told apart by what its members must contain.
    """
    chosen: dict[str, str] = {}
    for union in _list_unions(adoption):
        preferred = text_of(union.pop("discriminator", None), "propertyName")
        members = members_but_null(union)
        targets = [adoption.target(one) for one in members]
        if not all("$ref" in one for one in members) or not all(map(_has_properties, targets)):
            continue
        tag = find_tag(targets, adoption.target, preferred)
        names = [one["$ref"].removeprefix(SCHEMAS) for one in members]
        if tag and all(chosen.get(name, tag) == tag for name in names):
            union["discriminator"] = {"propertyName": tag}
            chosen |= dict.fromkeys(names, tag)


def _list_unions(adoption: Adoption) -> Iterator[Node]:
    """Yield every union of several members."""
    for holder, key in list(roots(adoption)):
        for schema in nested(holder[key]):
            if len(members_but_null(schema)) > 1:
                yield schema
            else:
                schema.pop("discriminator", None)


def _has_properties(schema: Node) -> bool:
    return "properties" in schema


def _write_values(adoption: Adoption, union: Node, tag: str) -> None:
    mapped = _read_mapping(union["discriminator"])
    for member in members_but_null(union):
        name = member.get("$ref", "").removeprefix(SCHEMAS)
        target = adoption.target(member)
        properties = target.get("properties")
        if not name or properties is None or _says_one(adoption, properties.get(tag)):
            continue
        values = mapped.get(name, [])
        declared = adoption.target(properties.get(tag, {})).get("enum", [])
        if not values and declared and _is_own(adoption, union, tag, declared):
            continue
        values = values or [name]
        known: Node = {"type": "string", ORIGIN: origin(properties.get(tag)) or origin(target)}
        says = {"const": values[0]} if len(values) == 1 else {"enum": values}
        properties[tag] = {**known, **says}
        required = target.setdefault("required", [])
        if tag not in required:
            required.append(tag)
        adoption.note("a discriminator's value is written into the member", origin(target))


def _read_mapping(discriminator: Node) -> dict[str, list[str]]:
    """Return the values of each component, by its name."""
    mapping = discriminator.get("mapping")
    found: dict[str, list[str]] = defaultdict(list)
    for value, target in (mapping if isinstance(mapping, dict) else {}).items():
        found[str(target).removeprefix(SCHEMAS)].append(str(value))
    return found


def _says_one(adoption: Adoption, schema: Node | None) -> bool:
    """Whether a property has one value."""
    found = adoption.target(schema or {})
    return "const" in found or len(found.get("enum", [])) == 1


def _is_own(adoption: Adoption, union: Node, tag: str, values: list[object]) -> bool:
    """Whether no two members of a union have these values of the tag."""
    owners = 0
    for member in members_but_null(union):
        child = adoption.target(member).get("properties", {}).get(tag, {})
        found = adoption.target(child)
        declared = found.get("enum", [found["const"]] if "const" in found else [])
        owners += any(value in declared for value in values)
    return owners == 1
