"""State shared by the passes: the document, the notes, and the previous names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..openapi.document import METHODS, Node, escape

ORIGIN = "x-origin"  # where a node stands in the vendor's file; in the end x-counterfoil's origin
LEFT_OUT = (
    "x-left-out"  # why a node cannot be said in house style: what reaches it is left out by name
)
SCHEMAS = "#/components/schemas/"
PARAMETER_INDEX = re.compile(r"/parameters/\d+(?=/schema)")


class AdoptError(Exception):
    """Why a document is not adopted. Every line is a sentence that begins with its place."""


@dataclass(frozen=True, slots=True)
class Note:
    """One change: a topic, and the place in the vendor's file."""

    topic: str
    place: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One operation, parameter or schema that is not in the result."""

    kind: str  # operation | parameter | answer | schema | webhook
    name: str
    reason: str
    place: str
    is_fault: bool = False  # the document is broken there; nobody could say it


@dataclass
class Hoisted:
    """A schema that was inline, with its uses, from which its name is made."""

    title: str
    uses: list[
        tuple[str, ...]
    ]  # the words that lead to each use: component or operation, then property by property
    origins: list[str]


@dataclass
class Previous:
    """The names that the result had before, by origin: they stay."""

    schemas: dict[str, str] = field(default_factory=dict)
    methods: dict[str, tuple[str, str]] = field(default_factory=dict)  # resource and method
    operation_ids: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Choices:
    """The choices of a person in adopt.toml."""

    only: tuple[str, ...] = ()  # tags, path prefixes and operationIds; () takes all
    left_out: tuple[str, ...] = ()  # operationIds, or `GET /path`
    floats: bool = False  # whether `format: double` is a float; without it, it is an exact decimal
    retry: dict[str, str] = field(default_factory=dict)  # by origin: safe, keyed, never


@dataclass
class Adoption:
    """A document on its way from a vendor's form to house style; each pass changes `root`."""

    name: str
    root: Node
    file: str = "openapi.yaml"  # the vendor's, for messages
    others: dict[str, Any] = field(default_factory=dict)  # files given with --ref, by name
    choices: Choices = field(default_factory=Choices)
    previous: Previous = field(default_factory=Previous)
    hoisted: dict[str, Hoisted] = field(default_factory=dict)  # by provisional name
    notes: list[Note] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    suggestions: list[tuple[str, str, Node]] = field(
        default_factory=list
    )  # path, method, pagination
    request_id_headers: list[str] = field(default_factory=list)
    webhooks: dict[str, Node] = field(default_factory=dict)  # by name: summary and schema
    total: int = 0  # operations that the vendor's document has

    def note(self, topic: str, place: object) -> None:
        self.notes.append(Note(topic, str(place)))

    def leave_out(
        self, kind: str, name: str, reason: str, place: object, *, fault: bool = False
    ) -> None:
        self.left_out.append(LeftOut(kind, name, reason, str(place), fault))

    @property
    def schemas(self) -> dict[str, Node]:
        """The component schemas, which passes may change."""
        components = self.root.setdefault("components", {})
        found: dict[str, Node] = components.setdefault("schemas", {})
        return found

    def operations(self) -> Iterator[tuple[str, str, Node]]:
        """Yield path, method and node of every operation."""
        for path, item in self.root["paths"].items():
            for method in METHODS:
                if method in item:
                    yield path, method, item[method]

    def target(self, schema: Node) -> Node:
        """Follow references to components; {} where they lead nowhere or in a circle."""
        seen: set[str] = set()
        while "$ref" in schema:
            reference = schema["$ref"]
            if reference in seen:
                return {}
            seen.add(reference)
            schema = self.schemas.get(reference.removeprefix(SCHEMAS), {})
        return schema


def origin(node: Any) -> str:
    """Return the origin of a node: a JSON pointer into the vendor's file."""
    return str(node.get(ORIGIN, "")) if isinstance(node, dict) else ""


def by_parameter_name(place: str, parameter: Node) -> str:
    """Return the origin of a parameter's schema with the parameter's name in place of its index,
    which changes when a vendor sorts the parameters.
    """
    named = f"/parameters/{parameter['in']}:{escape(str(parameter['name']))}"
    return PARAMETER_INDEX.sub(lambda _: named, place)


def mark(node: Node, reason: str, place: object = "", *, fault: bool = False) -> None:
    """Mark a node, and all that reaches it, as unsupported. The first reason is kept."""
    node.setdefault(
        LEFT_OUT, {"reason": reason, "place": str(place) or origin(node), "fault": fault}
    )


def unsayable(reason: str, place: object, *, fault: bool = False) -> Node:
    """Return a marked schema in place of an unsupported one."""
    node: Node = {ORIGIN: str(place)}
    mark(node, reason, place, fault=fault)
    return node
