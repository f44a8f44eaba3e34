"""How the objects of a union are distinguished without a discriminator.

Two members are distinguished by the first of these that applies:

1. a property whose `const` or `enum` has different values in both;
2. a required property of each that the other does not describe;
3. a property of different JSON types;
4. a required property of one that the other does not describe: the other must not have it;
5. a property as in 1 that is optional or nullable: an object without it matches neither.

In 1 to 4 the property is required and not nullable. Nothing else is used: optional properties of
an object do not identify its member.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from .document import Node

Resolve = Callable[[Node], Node]
"""Takes a schema; returns the schema that it refers to."""

DEEPEST = 5  # unions within unions whose JSON types are listed
JSON_TYPES: dict[type, str] = {str: "string", bool: "boolean", int: "number"}


@dataclass
class Conditions:
    """What an object must contain to be one member of a union."""

    required: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    values: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    types: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Property:
    is_required: bool  # and not nullable
    types: frozenset[str]  # the JSON types; empty if any is possible
    values: frozenset[tuple[type, Any]]  # with their types, as 1 == True; empty if any is possible

    @property
    def is_string_constant(self) -> bool:
        """Whether the property is always present and has one value, a string."""
        return self.is_required and [kind for kind, _ in self.values] == [str]


_Member = dict[str, _Property]  # by name


def distinguish(members: Sequence[Node], resolve: Resolve) -> list[Conditions] | None:
    """Return the conditions of each member; None if two of them cannot be distinguished."""
    described = [_describe(resolve(member), resolve) for member in members]
    conditions = [Conditions() for _ in members]
    tag = _find_tag(described)
    if tag is not None:
        for one, properties in zip(conditions, described, strict=True):
            one.values[tag] = _list_values(properties[tag])
        return conditions
    preference = _rank(described)
    for left, right in combinations(range(len(members)), 2):
        pair = (described[left], described[right])
        if not _separate(pair, preference, conditions[left], conditions[right]):
            return None
    return conditions


def find_ambiguous(members: Sequence[Node], resolve: Resolve) -> tuple[int, int] | None:
    """Return the first two members that cannot be distinguished, None if all can."""
    described = [_describe(resolve(member), resolve) for member in members]
    if _find_tag(described) is not None:
        return None
    preference = _rank(described)
    for left, right in combinations(range(len(members)), 2):
        pair = (described[left], described[right])
        if not _separate(pair, preference, Conditions(), Conditions()):
            return left, right
    return None


def find_tag(members: Sequence[Node], resolve: Resolve, preferred: str = "") -> str | None:
    """Return a property that in every member is a string constant of its own, None without one."""
    described = [_describe(resolve(member), resolve) for member in members]
    for name in sorted(_list_shared(described), key=lambda name: name != preferred):
        owners = [one[name] for one in described]
        if all(one.is_string_constant for one in owners) and _are_disjoint(owners):
            return name
    return None


def _find_tag(described: Sequence[_Member]) -> str | None:
    """Return a property that every member requires, with values of its own."""
    for name in _list_shared(described):
        owners = [one[name] for one in described]
        if all(one.is_required and one.values for one in owners) and _are_disjoint(owners):
            return name
    return None


def _list_shared(described: Sequence[_Member]) -> list[str]:
    """Return the properties that all members have."""
    first = described[0] if described else {}
    return [name for name in first if all(name in one for one in described)]


def _are_disjoint(owners: Sequence[_Property]) -> bool:
    return len(frozenset().union(*(one.values for one in owners))) == sum(
        len(one.values) for one in owners
    )


# one member


def _describe(schema: Node, resolve: Resolve) -> _Member:
    required = schema.get("required", [])
    found = {}
    for name, child in schema.get("properties", {}).items():
        target = resolve(child)
        types = _list_types(child, resolve) | _list_types(target, resolve)
        # Without a type, null is possible too.
        is_required = name in required and bool(types) and "null" not in types
        found[name] = _Property(is_required, types - {"null"}, _read_values(target))
    return found


def _list_types(schema: Node, resolve: Resolve, depth: int = 0) -> frozenset[str]:
    """Return the JSON types of a schema's values; an empty set if any is possible."""
    members = [*(schema.get("oneOf") or []), *(schema.get("anyOf") or [])]
    if members and depth == DEEPEST:
        return frozenset()
    if members:
        found = [_list_types(resolve(one), resolve, depth + 1) for one in members]
        return frozenset().union(*found) if all(found) else frozenset()
    kinds = schema.get("type", [])
    listed = kinds if isinstance(kinds, list) else [kinds]
    if not listed and type(schema.get("const")) in JSON_TYPES:
        listed = [JSON_TYPES[type(schema["const"])]]
    return frozenset("number" if kind == "integer" else str(kind) for kind in listed)


def _read_values(schema: Node) -> frozenset[tuple[type, Any]]:
    """Return the values of a `const` or `enum` of strings, integers or booleans."""
    values = [schema["const"]] if "const" in schema else schema.get("enum", [])
    given = [value for value in values if value is not None]
    if not all(isinstance(value, (str, int)) for value in given):
        return frozenset()
    return frozenset((type(value), value) for value in given)


def _list_values(found: _Property) -> tuple[Any, ...]:
    return tuple(sorted((value for _, value in found.values), key=str))


# two members


def _rank(described: Sequence[_Member]) -> Callable[[str], tuple[int, str]]:
    """Return a sort key for names: properties that fewer members have come first.

    The same property then distinguishes a member from as many others as possible.
    """
    counts = Counter(name for properties in described for name in properties)
    return lambda name: (counts[name], name)


def _separate(
    pair: tuple[_Member, _Member],
    preference: Callable[[str], tuple[int, str]],
    left: Conditions,
    right: Conditions,
) -> bool:
    """Add the conditions that distinguish two members. Return False if nothing does."""
    first, second = pair
    shared = sorted(set(first) & set(second), key=preference, reverse=True)
    firm = [name for name in shared if first[name].is_required and second[name].is_required]
    by_value = [name for name in shared if _differ_in_values(first[name], second[name])]
    firm_values = [name for name in by_value if name in firm]
    of_first = _find_own(first, second, preference)
    of_second = _find_own(second, first, preference)
    by_type = [name for name in firm if _differ_in_types(first[name], second[name])]
    if firm_values:
        _require_values(firm_values[0], pair, left, right)
    elif of_first and of_second:
        _add(left.required, of_first)
        _add(right.required, of_second)
    elif by_type:
        left.types[by_type[0]] = tuple(sorted(first[by_type[0]].types))
        right.types[by_type[0]] = tuple(sorted(second[by_type[0]].types))
    elif of_first:
        _add(left.required, of_first)
        _add(right.absent, of_first)
    elif of_second:
        _add(right.required, of_second)
        _add(left.absent, of_second)
    elif by_value:
        _require_values(by_value[0], pair, left, right)
    else:
        return False
    return True


def _find_own(
    properties: _Member, others: _Member, preference: Callable[[str], tuple[int, str]]
) -> str:
    """Return a property that one member requires and another does not have, "" without one."""
    own = [name for name, one in properties.items() if one.is_required and name not in others]
    return min(own, key=preference, default="")


def _differ_in_values(left: _Property, right: _Property) -> bool:
    return bool(left.values and right.values and not left.values & right.values)


def _differ_in_types(left: _Property, right: _Property) -> bool:
    return bool(left.types and right.types and not left.types & right.types)


def _require_values(
    name: str, pair: tuple[_Member, _Member], left: Conditions, right: Conditions
) -> None:
    left.values[name] = _list_values(pair[0][name])
    right.values[name] = _list_values(pair[1][name])


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)
