"""The arguments of a method: its operation's parameters and the fields of its body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...openapi.document import Document, Node
from ..ir import Argument
from .argument_types import annotate_argument
from .docstrings import describe
from .names import field_name, parameter_name


def is_clients(parameter: Node) -> bool:
    """Return whether a client's argument provides a parameter that a call leaves out."""
    return bool(parameter.get("x-counterfoil", {}).get("client"))


def parameter_argument(document: Document, node: Node) -> Argument:
    """Return the argument for a parameter."""
    doc = describe(node)
    required = bool(node.get("required"))
    if is_clients(node):
        doc = f"{doc} Left out, it is the client's."
        required = False
    return make_argument(document, parameter_name(node), node["schema"], doc, required)


def field_arguments(document: Document, schema: Node, is_required: bool) -> list[Argument]:
    """Return an argument for each field of a body's schema; without a body none is required."""
    target = document.resolve(schema)
    required = target.get("required", []) if is_required else []
    found = []
    for wire, child in target["properties"].items():
        doc = describe(child) or describe(document.resolve(child))
        found.append(make_argument(document, field_name(wire, child), child, doc, wire in required))
    return found


def make_argument(
    document: Document, name: str, schema: Node, doc: str, required: bool
) -> Argument:
    """Return an argument of a schema's type; UNSET is the default of an optional one."""
    annotation = annotate_argument(document, schema)
    secret = schema.get("format") == "password"
    if required:
        return Argument(name=name, annotation=annotation, doc=doc, secret=secret)
    optional = f"{annotation} | UnsetType"
    return Argument(name=name, annotation=optional, doc=doc, default="UNSET", secret=secret)


def place(arguments: Iterable[Argument], by_position: set[str]) -> tuple[Argument, ...]:
    """Return the arguments in a method's order: by position first, then required, then optional."""
    placed = []
    for one in arguments:
        placed.append(replace(one, by_position=True) if one.name in by_position else one)
    return tuple(sorted(placed, key=lambda one: (not one.by_position, one.default is not None)))
