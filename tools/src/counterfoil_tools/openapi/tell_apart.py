"""How the objects of a union are told apart without a tag, by what they must contain.

Of each two members, one of these tells:

1. a property whose `const` or `enum` has different values in both, if both require it;
2. a required property of each that the other does not describe;
3. a property that both require, of different JSON types;
4. a required property of one that the other does not describe: the other must lack it;
5. a property as in 1 that is not required: an object without it fits neither.

A property that may be null tells nothing by its presence. Nothing else is a reason to choose a
member: which optional properties an object has does not tell what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from .document import Node

Resolve = Callable[[Node], Node]
"""Takes a schema; returns the one that it refers to, without its null."""

MOST_TRIED = 8  # properties of one member that are compared with those of another

Test = tuple[str, str]  # what is compared (value, both, type, one, optional), and the property


@dataclass
class Conditions:
    """What an object must contain to be one member of a union."""

    has: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    equals: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    types: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Property:
    is_required: bool
    is_nullable: bool
    types: frozenset[str]
    values: tuple[Any, ...]  # () if any value is possible

    @property
    def tells_by_presence(self) -> bool:
        return self.is_required and not self.is_nullable


Properties = Mapping[str, _Property]


def tell_apart(members: Sequence[Node], resolve: Resolve) -> list[Conditions] | None:
    """Return the conditions of each member; None if two of them cannot be told apart."""
    described = [_describe(resolve(member), resolve) for member in members]
    conditions = [Conditions() for _ in members]
    tag = _find_tag(described)
    if tag is not None:
        for one, properties in zip(conditions, described, strict=True):
            one.equals[tag] = properties[tag].values
        return conditions
    tests = _choose_tests(described)
    if tests is None:
        return None
    for (left, right), (kind, name) in tests.items():
        _apply(kind, name, (described[left], described[right]), conditions[left], conditions[right])
    return conditions


def find_tag(members: Sequence[Node], resolve: Resolve, preferred: str = "") -> str | None:
    """Return the property that every member requires with a text of its own, None without one."""
    described = [_describe(resolve(member), resolve) for member in members]
    first = described[0] if described else {}
    for name in sorted(first, key=lambda name: name != preferred):
        owners = [one.get(name) for one in described]
        if all(map(_is_one_text, owners)) and _are_distinct(described, name):
            return name
    return None


def _is_one_text(found: _Property | None) -> bool:
    is_one = found is not None and found.tells_by_presence and len(found.values) == 1
    return is_one and found is not None and isinstance(found.values[0], str)


def _find_tag(described: Sequence[Properties]) -> str | None:
    """Return the property by whose values alone all members are told apart."""
    first = described[0] if described else {}
    for name in first:
        owners = [one[name] for one in described if name in one]
        is_tag = len(owners) == len(described) and all(one.is_required for one in owners)
        if is_tag and all(one.values for one in owners) and _are_distinct(described, name):
            return name
    return None


def _are_distinct(described: Sequence[Properties], name: str) -> bool:
    values = [(type(value), value) for one in described for value in one[name].values]
    return len(set(values)) == len(values)


def find_alike(members: Sequence[Node], resolve: Resolve) -> tuple[int, int] | None:
    """Return the first two members that cannot be told apart, None if all can."""
    described = [_describe(resolve(member), resolve) for member in members]
    if _find_tag(described) is not None:
        return None
    for left, right in combinations(range(len(members)), 2):
        if not any(_list_tests(described[left], described[right])):
            return left, right
    return None


def _describe(schema: Node, resolve: Resolve) -> Properties:
    required = schema.get("required", [])
    found = {}
    for name, child in schema.get("properties", {}).items():
        target = resolve(child)
        types = _list_types(target, resolve)
        is_nullable = _is_nullable(child) or _is_nullable(target) or "null" in types
        found[name] = _Property(name in required, is_nullable, types, _list_values(target))
    return found


def _is_nullable(schema: Node) -> bool:
    kinds = schema.get("type")
    members = [*(schema.get("oneOf") or []), *(schema.get("anyOf") or [])]
    return (isinstance(kinds, list) and "null" in kinds) or {"type": "null"} in [
        {"type": one.get("type")} for one in members
    ]


def _list_types(schema: Node, resolve: Resolve, depth: int = 0) -> frozenset[str]:
    """Return the JSON types of a schema's values; an empty set if any are possible."""
    members = [*(schema.get("oneOf") or []), *(schema.get("anyOf") or [])]
    if members:
        found = [_list_types(resolve(one), resolve, depth + 1) for one in members if depth < 5]
        return frozenset().union(*found) if found and all(found) else frozenset()
    kinds = schema.get("type")
    listed = kinds if isinstance(kinds, list) else [kinds] if kinds else []
    if not listed and "const" in schema:
        listed = [_JSON_TYPES.get(type(schema["const"]), "string")]
    return frozenset("number" if kind == "integer" else str(kind) for kind in listed)


_JSON_TYPES: Mapping[type, str] = {str: "string", bool: "boolean", int: "number"}


def _list_values(schema: Node) -> tuple[Any, ...]:
    values = [schema["const"]] if "const" in schema else schema.get("enum", [])
    is_plain = all(isinstance(value, (str, int)) for value in values if value is not None)
    return tuple(value for value in values if value is not None) if is_plain else ()


def _choose_tests(described: Sequence[Properties]) -> dict[tuple[int, int], Test] | None:
    """Return one test for each two members, with as few properties as it takes."""
    pairs = list(combinations(range(len(described)), 2))
    possible = {}
    for left, right in pairs:
        possible[left, right] = list(_list_tests(described[left], described[right]))
        if not possible[left, right]:
            return None
    chosen: dict[tuple[int, int], Test] = {}
    while len(chosen) < len(pairs):
        open_pairs = [pair for pair in pairs if pair not in chosen]
        best = _find_best([possible[pair] for pair in open_pairs])
        for pair in open_pairs:
            if best in possible[pair]:
                chosen[pair] = best
    return chosen


def _find_best(possible: list[list[Test]]) -> Test:
    """Return the strongest test of the first pair; of equally strong ones the most useful."""
    strength = possible[0][0][0]
    candidates = [test for test in possible[0] if test[0] == strength]
    return max(candidates, key=lambda test: sum(test in tests for tests in possible))


def _list_tests(left: Properties, right: Properties) -> Iterator[Test]:
    """Yield what tells two members apart, the strongest first."""
    shared = [name for name in left if name in right]
    by_value = [name for name in shared if _differ_in_value(left[name], right[name])]
    for name in by_value:
        if left[name].is_required and right[name].is_required:
            yield "value", name
    of_left = [name for name in left if name not in right and left[name].tells_by_presence]
    of_right = [name for name in right if name not in left and right[name].tells_by_presence]
    for one in of_left[:MOST_TRIED]:
        for other in of_right[:MOST_TRIED]:
            yield "both", f"{one}\0{other}"
    for name in shared:
        if _differ_in_type(left[name], right[name]):
            yield "type", name
    for name in [*of_left, *of_right]:
        yield "one", name
    for name in by_value:
        yield "optional", name


def _differ_in_value(left: _Property, right: _Property) -> bool:
    if not left.values or not right.values:
        return False
    return not {(type(one), one) for one in left.values} & {
        (type(one), one) for one in right.values
    }


def _differ_in_type(left: _Property, right: _Property) -> bool:
    are_required = left.is_required and right.is_required
    return bool(are_required and left.types and right.types and not left.types & right.types)


def _apply(
    kind: str,
    name: str,
    properties: tuple[Properties, Properties],
    left: Conditions,
    right: Conditions,
) -> None:
    if kind == "both":
        one, other = name.split("\0")
        _add(left.has, one)
        _add(right.has, other)
    elif kind == "one":
        owner, other_member = (left, right) if name in properties[0] else (right, left)
        _add(owner.has, name)
        _add(other_member.lacks, name)
    elif kind == "type":
        left.types[name] = tuple(sorted(properties[0][name].types))
        right.types[name] = tuple(sorted(properties[1][name].types))
    else:
        left.equals[name] = properties[0][name].values
        right.equals[name] = properties[1][name].values


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)
