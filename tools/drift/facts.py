"""What a description of an API says, whatever its format: operations, parameters, and the shapes of what travels.

Readers make OpenAPI 3.1 of what they read; here it is looked at. A shape is made on demand and once for each node, so that
cycles, and aliases that multiply, cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from tools.generate.document import METHODS, escape, unescape

Node = dict[str, Any]
Member = tuple[Node, str]  # a schema and the JSON pointer that leads to it
TYPED = ("date", "date-time", "naive-date-time", "decimal", "byte")  # formats by which a value has another type in Python
BOUNDS = (
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "pattern",
)
SELF_EVIDENT = {("maximum", 2**31 - 1), ("minimum", -(2**31)), ("maximum", 2**63 - 1), ("minimum", -(2**63)), ("minLength", 0)}
NUMBERS = (int, float, Decimal)
MOST_ALTERNATIVES = 500


class InputError(Exception):
    """What is wrong with a file that was given, and what to do about it."""


@dataclass(eq=False)
class Shape:
    """What may stand in one place: the alternatives of a schema, each made of the parts that hold together."""

    described: Described
    alternatives: list[list[Member]]

    @property
    def pointer(self) -> str:
        return next((pointer for parts in self.alternatives for _, pointer in parts), "")

    @cached_property
    def types(self) -> frozenset[str]:
        return frozenset(kind for parts in self.alternatives for kind in _kinds(parts)) - {"null"}

    @cached_property
    def nullable(self) -> bool:
        return any("null" in _kinds(parts) or any(_is_nullable(node) for node, _ in parts) for parts in self.alternatives)

    @cached_property
    def format(self) -> str:
        return next((node["format"] for node in self.nodes if node.get("format") in TYPED), "")

    @cached_property
    def values(self) -> frozenset[str]:
        """The values of an enum, or of all enums among the alternatives; empty where there is none."""
        lists = [_enum(node) for node in self.nodes if "enum" in node or "const" in node]
        return frozenset(value for one in lists for value in one)

    @cached_property
    def bounds(self) -> Mapping[str, Any]:
        found = {word: node[word] for node in reversed(list(self.nodes)) for word in BOUNDS if word in node}
        for node in self.nodes:
            found |= {word: value for word, value in mapping(node.get("x-decimal")).items() if word in ("digits", "places")}
        found = {
            word: _number(value) for word, value in found.items() if isinstance(value, str if word == "pattern" else NUMBERS)
        }
        found = {word: value for word, value in found.items() if (word, value) not in SELF_EVIDENT}
        return _join_limits(found)

    @cached_property
    def fields(self) -> Mapping[str, Shape]:
        found: dict[str, list[Member]] = {}
        for node, pointer in self.members:
            for name, child in mapping(node.get("properties")).items():
                found.setdefault(str(name), []).append((child, f"{pointer}/properties/{escape(str(name))}"))
        return {name: self.described.shape(children) for name, children in found.items()}

    @cached_property
    def items(self) -> Shape | None:
        return self._below("items")

    @cached_property
    def extra(self) -> Shape | None:
        return self._below("additionalProperties")

    def requires(self, name: str) -> bool | None:
        """Whether a field always stands there; None where nobody says."""
        if name not in self.fields or any(node.get("x-required-unknown") for node in (*self.nodes, *self.fields[name].nodes)):
            return None
        objects = [parts for parts in self.alternatives if _kinds(parts) != {"null"}]
        return all(any(name in listed(node.get("required")) for node, _ in parts) for parts in objects)

    @cached_property
    def is_beyond(self) -> bool:
        """Whether it is described here beyond what the vendor documents."""
        return any(mapping(node.get("x-counterfoil")).get("beyond-documents") for node in self.nodes)

    @property
    def members(self) -> Iterator[Member]:
        return (member for parts in self.alternatives for member in parts)

    @property
    def nodes(self) -> Iterator[Node]:
        return (node for node, _ in self.members)

    def _below(self, word: str) -> Shape | None:
        below = [(node[word], f"{pointer}/{word}") for node, pointer in self.members if isinstance(node.get(word), dict)]
        return self.described.shape(below) if below else None


@dataclass(frozen=True)
class Parameter:
    shape: Shape
    required: bool | None
    pointer: str


@dataclass(frozen=True)
class Operation:
    """One operation: its parameters by place and name, what is sent, and what is answered by status."""

    pointer: str
    is_beyond: bool
    parameters: Mapping[str, Parameter]
    request: Shape | None
    answers: Mapping[str, Shape | None]


@dataclass
class Described:
    """A description of an API as OpenAPI 3.1, or 3.0 with its words for null and bounds."""

    root: Node
    others: Mapping[str, Any] = field(default_factory=dict)  # files that references may lead to, by name
    says_null: bool = True  # whether its format can say that a value may be null
    shapes: dict[tuple[int, ...], Shape] = field(default_factory=dict)

    def shape(self, members: list[Member]) -> Shape:
        members = [member if _says_more(member[0]) else self.resolve(*member) for member in members]
        key = tuple(id(node) for node, _ in members)
        if key not in self.shapes:
            alternatives = [parts for member in members for parts in self._spread(member, ())]
            self.shapes[key] = Shape(self, alternatives)
        return self.shapes[key]

    def resolve(self, node: Any, pointer: str) -> Member:
        """Follow references; words beside one replace the target's. Raises InputError where one leads nowhere."""
        beside: Node = {}
        seen = set()
        while isinstance(node, dict) and isinstance(reference := node.get("$ref"), str):
            if reference in seen:
                raise InputError(f"the reference {reference!r} leads to nothing but itself")
            seen.add(reference)
            beside = {**{key: value for key, value in node.items() if key not in ("$ref", "description")}, **beside}
            node, pointer = self._find(reference), reference.partition("#")[2]
        return ({**node, **beside} if beside else node) if isinstance(node, dict) else {}, pointer

    @cached_property
    def operations(self) -> Mapping[str, Operation]:
        """All operations by method and path, whose parameters have no name: GET /orders/{}."""
        found = {}
        for path, raw in mapping(self.root.get("paths")).items():
            item, pointer = self.resolve(raw, f"/paths/{escape(str(path))}")
            for method in METHODS:
                if isinstance(item.get(method), dict):
                    key = f"{method.upper()} {re.sub(r'{[^}]*}', '{}', str(path)).rstrip('/')}"
                    found[key] = self._operation(str(path), item, method, f"{pointer}/{method}")
        return found

    def _operation(self, path: str, item: Node, method: str, pointer: str) -> Operation:
        node = item[method]
        lists = ((item, pointer.rpartition("/")[0]), (node, pointer))
        raw = [
            (one, f"{at}/parameters/{place}")
            for holder, at in lists
            for place, one in enumerate(listed(holder.get("parameters")))
        ]
        parameters = dict(self._parameter(path, one, at) for one, at in raw)
        body, at = self.resolve(node.get("requestBody"), f"{pointer}/requestBody")
        answers = {}
        for status, answer in mapping(node.get("responses")).items():
            found, where = self.resolve(answer, f"{pointer}/responses/{status}")
            answers[str(status)] = self._body(found, where)
        beyond = bool(mapping(node.get("x-counterfoil")).get("beyond-documents"))
        return Operation(pointer, beyond, parameters, self._body(body, at), answers)

    def _parameter(self, path: str, raw: Any, pointer: str) -> tuple[str, Parameter]:
        node, pointer = self.resolve(raw, pointer)
        name, where = str(node.get("name")), str(node.get("in"))
        order = re.findall(r"{([^}]*)}", path)
        if where == "path" and name in order:
            name = str(order.index(name) + 1)  # what it is called, nobody sends
        required = node.get("required", False) if not node.get("x-required-unknown") else None
        key = f"{where} {name.lower() if where == 'header' else name}"
        return key, Parameter(self.shape([(node.get("schema", {}), f"{pointer}/schema")]), required, pointer)

    def _body(self, node: Node, pointer: str) -> Shape | None:
        contents = mapping(node.get("content"))
        media = next((one for one in contents if "json" in one), next(iter(contents), None))
        if media is None or "schema" not in mapping(contents[media]):
            return None
        return self.shape([(contents[media]["schema"], f"{pointer}/content/{escape(media)}/schema")])

    def _find(self, reference: str) -> Any:
        file, _, pointer = reference.partition("#")
        if file and file.rpartition("/")[2] not in self.others:
            raise InputError(f"the reference {reference!r} leads to another file: give that with --ref; nothing is fetched")
        node = self.others[file.rpartition("/")[2]] if file else self.root
        try:
            for part in filter(None, pointer.split("/")):
                node = node[int(part)] if isinstance(node, list) else node[unescape(part)]
        except (KeyError, IndexError, ValueError, TypeError):
            raise InputError(f"the reference {reference!r} leads nowhere: is the file whole?") from None
        return node

    def _spread(self, member: Member, above: tuple[int, ...]) -> list[list[Member]]:
        """The alternatives of a schema, compositions taken apart."""
        if id(member[0]) in above:
            raise InputError(f"the schema at {member[1]} is composed of itself")
        above = (*above, id(member[0]))
        node, pointer = self.resolve(*member)
        found = [[(node, pointer)]]
        for word in ("allOf", "oneOf", "anyOf"):
            branches = [(one, f"{pointer}/{word}/{place}") for place, one in enumerate(listed(node.get(word)))]
            spread = [self._spread(one, above) for one in branches if not _is_demand(one[0]) and not self._is_error(one[0])]
            groups = spread if word == "allOf" else [[parts for one in spread for parts in one]] if spread else []
            for group in groups:
                found = [[*left, *right] for left in found for right in group]
                if len(found) > MOST_ALTERNATIVES:
                    raise InputError(f"the schema at {pointer} has more than {MOST_ALTERNATIVES} alternatives")
        return found

    def _is_error(self, node: Any) -> bool:
        """Whether a member of a union is an error that comes in the place of an answer, which is raised."""
        return bool(mapping(self.resolve(node, "")[0].get("x-counterfoil")).get("error"))


def _join_limits(found: dict[str, Any]) -> dict[str, Any]:
    """Each end of a range as one bound: its value, and a rank by which > 0 is tighter than >= 0."""
    for word, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        flag, value = found.pop(exclusive, None), found.pop(word, None)
        if isinstance(flag, bool):  # OpenAPI 3.0 and Swagger: a flag beside the bound
            flag, value = (value, None) if flag else (None, value)
        if flag is not None or value is not None:
            is_open = flag is not None
            found[word] = (flag if is_open else value, int(is_open == (word == "minimum")))
    return found


def _number(value: Any) -> Any:
    """A bound, so that 0.1 is 0.1 however it was read."""
    return Decimal(str(value)) if isinstance(value, float) else value


def _kinds(parts: list[Member]) -> set[str]:
    found: set[str] = set()
    for node, _ in parts:
        kind = node.get("type")
        found |= set(map(str, kind)) if isinstance(kind, list) else {str(kind)} if kind else set()
    return found


def _is_nullable(node: Node) -> bool:
    return node.get("nullable") is True or node.get("x-nullable") is True


def _enum(node: Node) -> list[str]:
    values = node.get("enum", [node.get("const")])
    return [str(value) for value in listed(values) if value is not None]


def _says_more(node: Any) -> bool:
    """Whether words stand beside a reference, so that what it leads to is not all there is."""
    return not isinstance(node, dict) or "$ref" not in node or bool(node.keys() - {"$ref", "description"})


def _is_demand(node: Any) -> bool:
    return isinstance(node, dict) and set(node) == {"required"}


def mapping(node: Any) -> Mapping[Any, Any]:
    """What should be a mapping and may be anything, in a stranger's file."""
    return node if isinstance(node, dict) else {}


def listed(node: Any) -> list[Any]:
    return node if isinstance(node, list) else []
