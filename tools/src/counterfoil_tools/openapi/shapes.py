"""The content of an API description in any format: operations, parameters and shapes of values.

Readers convert each format to OpenAPI 3.1, which this module interprets. Shapes are made on demand
and once per node, so that cycles and repeated aliases cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from .document import METHODS, escape, unescape

Node = dict[str, Any]
Member = tuple[Node, str]  # a schema and the JSON pointer that leads to it
# The formats that have a Python type of their own.
TYPED = ("date", "date-time", "naive-date-time", "decimal", "byte")
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
SELF_EVIDENT = {  # bounds that restrict nothing, which some vendors' tools write
    ("maximum", 2**31 - 1),
    ("minimum", -(2**31)),
    ("maximum", 2**63 - 1),
    ("minimum", -(2**63)),
    ("minLength", 0),
}
NUMBERS = (int, float, Decimal)
MOST_ALTERNATIVES = 500


class InputError(Exception):
    """An input file cannot be used. The message names the remedy."""


@dataclass(eq=False)
class Shape:
    """The values that one place accepts: alternatives, each a list of schemas that all apply."""

    described: ApiDescription
    alternatives: list[list[Member]]

    @property
    def pointer(self) -> str:
        """The JSON pointer of the first schema."""
        pointers = [pointer for _, pointer in self.members]
        return pointers[0] if pointers else ""

    @cached_property
    def types(self) -> frozenset[str]:
        """The JSON types, without null."""
        found: set[str] = set()
        for parts in self.alternatives:
            found |= _kinds(parts)
        return frozenset(found - {"null"})

    @cached_property
    def nullable(self) -> bool:
        """Whether null is accepted."""
        if any("null" in _kinds(parts) for parts in self.alternatives):
            return True
        return any(_is_nullable(node) for node in self.nodes)

    @cached_property
    def format(self) -> str:
        """The first format that has a Python type of its own, or ""."""
        formats = [node.get("format") for node in self.nodes]
        typed = [str(one) for one in formats if one in TYPED]
        return typed[0] if typed else ""

    @cached_property
    def values(self) -> frozenset[str]:
        """The values of all enums among the alternatives; empty without an enum."""
        found: set[str] = set()
        for node in self.nodes:
            if "enum" in node or "const" in node:
                found.update(_enum(node))
        return frozenset(found)

    @cached_property
    def bounds(self) -> Mapping[str, Any]:
        """The bounds by keyword. Each end of a range is one bound, see `_join_limits`."""
        stated: dict[str, Any] = {}
        for node in reversed(list(self.nodes)):  # the first node wins
            stated |= {word: node[word] for word in BOUNDS if word in node}
        for node in self.nodes:
            decimal = mapping(node.get("x-decimal"))
            stated |= {word: decimal[word] for word in ("digits", "places") if word in decimal}
        found = {}
        for word, value in stated.items():
            if not isinstance(value, str if word == "pattern" else NUMBERS):
                continue
            bound = _number(value)
            if (word, bound) not in SELF_EVIDENT:
                found[word] = bound
        return _join_limits(found)

    @cached_property
    def fields(self) -> Mapping[str, Shape]:
        """The shape of each property, by name."""
        found: dict[str, list[Member]] = {}
        for node, pointer in self.members:
            for name, child in mapping(node.get("properties")).items():
                member = (child, f"{pointer}/properties/{escape(str(name))}")
                found.setdefault(str(name), []).append(member)
        return {name: self.described.shape(children) for name, children in found.items()}

    @cached_property
    def items(self) -> Shape | None:
        return self._below("items")

    @cached_property
    def extra(self) -> Shape | None:
        return self._below("additionalProperties")

    def requires(self, name: str) -> bool | None:
        """Return whether a field is always present; None if the description leaves it open."""
        if name not in self.fields:
            return None
        described = [*self.nodes, *self.fields[name].nodes]
        if any(node.get("x-required-unknown") for node in described):
            return None
        objects = [parts for parts in self.alternatives if _kinds(parts) != {"null"}]
        return all(_requires(parts, name) for parts in objects)

    @cached_property
    def is_beyond(self) -> bool:
        """Whether the spec describes it although the vendor's documents do not."""
        extensions = [mapping(node.get("x-counterfoil")) for node in self.nodes]
        return any(extension.get("beyond-documents") for extension in extensions)

    @property
    def members(self) -> Iterator[Member]:
        """All schemas of all alternatives, with their pointers."""
        for parts in self.alternatives:
            yield from parts

    @property
    def nodes(self) -> Iterator[Node]:
        """All schemas of all alternatives."""
        for node, _ in self.members:
            yield node

    def _below(self, word: str) -> Shape | None:
        below = [
            (node[word], f"{pointer}/{word}")
            for node, pointer in self.members
            if isinstance(node.get(word), dict)
        ]
        return self.described.shape(below) if below else None


def _requires(parts: list[Member], name: str) -> bool:
    return any(name in listed(node.get("required")) for node, _ in parts)


@dataclass(frozen=True)
class Parameter:
    shape: Shape
    required: bool | None
    pointer: str


@dataclass(frozen=True)
class Operation:
    """One operation: parameters by location and name, request body, and responses by status."""

    pointer: str
    is_beyond: bool
    parameters: Mapping[str, Parameter]
    request: Shape | None
    responses: Mapping[str, Shape | None]


@dataclass
class ApiDescription:
    """An API described in OpenAPI 3.1, or in 3.0 with its keywords for null and bounds."""

    root: Node
    others: Mapping[str, Any] = field(default_factory=dict)  # files that references name
    says_null: bool = True  # whether the format can declare that a value may be null
    shapes: dict[tuple[int, ...], Shape] = field(default_factory=dict)

    def shape(self, members: list[Member]) -> Shape:
        """Return the shape of schemas that are alternatives of each other."""
        resolved = [
            member if _says_more(member[0]) else self.resolve(*member) for member in members
        ]
        key = tuple(id(node) for node, _ in resolved)
        if key not in self.shapes:
            alternatives: list[list[Member]] = []
            for member in resolved:
                alternatives += self._spread(member, ())
            self.shapes[key] = Shape(self, alternatives)
        return self.shapes[key]

    def resolve(self, node: Any, pointer: str) -> Member:
        """Follow references. Keywords beside a `$ref` override the target's.

        Raises InputError if a reference has no target.
        """
        beside: Node = {}
        seen = set()
        while isinstance(node, dict) and isinstance(reference := node.get("$ref"), str):
            if reference in seen:
                raise InputError(f"the reference {reference!r} leads only to itself")
            seen.add(reference)
            siblings = {
                key: value for key, value in node.items() if key not in ("$ref", "description")
            }
            beside = {**siblings, **beside}
            node = self._find(reference)
            pointer = reference.partition("#")[2]
        if not isinstance(node, dict):
            return {}, pointer
        # Without siblings the node itself is returned: shapes are cached by its identity.
        return ({**node, **beside} if beside else node), pointer

    @cached_property
    def operations(self) -> Mapping[str, Operation]:
        """All operations by method and path, with path parameters unnamed: GET /orders/{}."""
        found = {}
        for path, raw in mapping(self.root.get("paths")).items():
            item, pointer = self.resolve(raw, f"/paths/{escape(str(path))}")
            anonymous = re.sub(r"{[^}]*}", "{}", str(path)).rstrip("/")
            for method in METHODS:
                if isinstance(item.get(method), dict):
                    key = f"{method.upper()} {anonymous}"
                    found[key] = self._operation(str(path), item, method, f"{pointer}/{method}")
        return found

    def _operation(self, path: str, item: Node, method: str, pointer: str) -> Operation:
        node = item[method]
        parameters: dict[str, Parameter] = {}
        # An operation's own parameters come last, so that they override those of the path.
        item_pointer = pointer.rpartition("/")[0]
        for holder, at in ((item, item_pointer), (node, pointer)):
            for index, raw in enumerate(listed(holder.get("parameters"))):
                key, parameter = self._parameter(path, raw, f"{at}/parameters/{index}")
                parameters[key] = parameter
        body, at = self.resolve(node.get("requestBody"), f"{pointer}/requestBody")
        responses = {}
        for status, answer in mapping(node.get("responses")).items():
            found, where = self.resolve(answer, f"{pointer}/responses/{status}")
            responses[str(status)] = self._body(found, where)
        beyond = bool(mapping(node.get("x-counterfoil")).get("beyond-documents"))
        return Operation(pointer, beyond, parameters, self._body(body, at), responses)

    def _parameter(self, path: str, raw: Any, pointer: str) -> tuple[str, Parameter]:
        node, pointer = self.resolve(raw, pointer)
        name = str(node.get("name"))
        where = str(node.get("in"))
        if where == "header":
            name = name.lower()
        order = re.findall(r"{([^}]*)}", path)
        if where == "path" and name in order:
            name = str(order.index(name) + 1)  # a path parameter's name is not sent
        required = None if node.get("x-required-unknown") else node.get("required", False)
        shape = self.shape([(node.get("schema", {}), f"{pointer}/schema")])
        return f"{where} {name}", Parameter(shape, required, pointer)

    def _body(self, node: Node, pointer: str) -> Shape | None:
        """Return the shape of a body: of its JSON if it has any, else of its first media type."""
        contents = mapping(node.get("content"))
        if not contents:
            return None
        json_types = [media for media in contents if "json" in media]
        media = json_types[0] if json_types else next(iter(contents))
        if "schema" not in mapping(contents[media]):
            return None
        schema = contents[media]["schema"]
        return self.shape([(schema, f"{pointer}/content/{escape(media)}/schema")])

    def _find(self, reference: str) -> Any:
        """Return the target of a reference. Raises InputError if it has none."""
        file, _, pointer = reference.partition("#")
        name = file.rpartition("/")[2]
        if file and name not in self.others:
            raise InputError(
                f"the reference {reference!r} points to another file: "
                "pass that file with --ref; nothing is fetched"
            )
        node = self.others[name] if file else self.root
        try:
            for part in filter(None, pointer.split("/")):
                node = node[int(part)] if isinstance(node, list) else node[unescape(part)]
        except (KeyError, IndexError, ValueError, TypeError):
            message = f"the reference {reference!r} has no target: is the file complete?"
            raise InputError(message) from None
        return node

    def _spread(self, member: Member, above: tuple[int, ...]) -> list[list[Member]]:
        """Return the alternatives of a schema, with its compositions multiplied out."""
        if id(member[0]) in above:
            raise InputError(f"the schema at {member[1]} is composed of itself")
        above = (*above, id(member[0]))
        node, pointer = self.resolve(*member)
        found = [[(node, pointer)]]
        for group in self._groups(node, pointer, above):
            found = [[*left, *right] for left in found for right in group]
            if len(found) > MOST_ALTERNATIVES:
                message = f"the schema at {pointer} has more than {MOST_ALTERNATIVES} alternatives"
                raise InputError(message)
        return found

    def _groups(
        self, node: Node, pointer: str, above: tuple[int, ...]
    ) -> Iterator[list[list[Member]]]:
        """Yield the lists of alternatives of which one each applies."""
        for word in ("allOf", "oneOf", "anyOf"):
            spread = []
            for index, branch in enumerate(listed(node.get(word))):
                if not _is_demand(branch) and not self._is_error(branch):
                    spread.append(self._spread((branch, f"{pointer}/{word}/{index}"), above))
            if word == "allOf":
                yield from spread  # each member applies
            elif spread:
                yield [parts for alternatives in spread for parts in alternatives]  # one applies

    def _is_error(self, node: Any) -> bool:
        """Return whether a member of a union is an error body, which clients raise."""
        target, _ = self.resolve(node, "")
        return bool(mapping(target.get("x-counterfoil")).get("error"))


def _join_limits(found: dict[str, Any]) -> dict[str, Any]:
    """Replace each end of a range by its value and a rank, so that > 0 is tighter than >= 0."""
    for word, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        value = found.pop(word, None)
        open_value = found.pop(exclusive, None)
        if isinstance(open_value, bool):  # OpenAPI 3.0 and Swagger: a flag beside the bound
            is_open = open_value
            open_value = value if is_open else None
            value = None if is_open else value
        if open_value is not None:
            found[word] = (open_value, int(word == "minimum"))
        elif value is not None:
            found[word] = (value, int(word != "minimum"))
    return found


def _number(value: Any) -> Any:
    """Return a bound as an exact number: 0.1 is equal to Decimal("0.1")."""
    return Decimal(str(value)) if isinstance(value, float) else value


def _kinds(parts: list[Member]) -> set[str]:
    """Return the values of `type` of some schemas."""
    found: set[str] = set()
    for node, _ in parts:
        kind = node.get("type")
        if isinstance(kind, list):
            found.update(map(str, kind))
        elif kind:
            found.add(str(kind))
    return found


def _is_nullable(node: Node) -> bool:
    return node.get("nullable") is True or node.get("x-nullable") is True


def _enum(node: Node) -> list[str]:
    values = node.get("enum", [node.get("const")])
    return [str(value) for value in listed(values) if value is not None]


def _says_more(node: Any) -> bool:
    """Return whether a node is more than a reference: then its target alone is not its shape."""
    if not isinstance(node, dict) or "$ref" not in node:
        return True
    return bool(node.keys() - {"$ref", "description"})


def _is_demand(node: Any) -> bool:
    return isinstance(node, dict) and set(node) == {"required"}


def mapping(node: Any) -> Mapping[Any, Any]:
    """Return a node if it is a mapping, else an empty one: a vendor's file may be malformed."""
    return node if isinstance(node, dict) else {}


def listed(node: Any) -> list[Any]:
    """Return a node if it is a list, else an empty one: a vendor's file may be malformed."""
    return node if isinstance(node, list) else []
