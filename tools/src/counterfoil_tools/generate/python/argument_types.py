"""The types of arguments, which are wider than those of the models.

    an enum    also its values as texts or numbers: `StatusInput`
    an object  also a dict with the names of its fields in Python: `Parcel | ParcelDict`
    an array   every sequence of these; a list would have to be one of exactly this type
    a map      every mapping of these

A union of several objects takes models only: a dict could be any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...openapi.document import Document, Node, reference_name
from ..ir import Argument, Dict, Field
from .names import RESERVED_CLASSES, field_name
from .types import (
    MODEL_FORMATS,
    REQUEST_FORMATS,
    annotate,
    is_decimal_or_text,
    split_nullable,
    union_members,
)

INPUT = "Input"
DICT = "Dict"
DICTS = re.compile(r"\bdicts\.(\w+)")
# A field with such a name would hide what the annotations of its class mean.
HIDDEN = {"bool", "bytes", "datetime", "int", "models", "str"}


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return a name, or a variant if a component or an import of models.py has it."""
    candidate = name
    number = 2
    while candidate in taken or candidate in RESERVED_CLASSES:
        candidate = f"{name}{number}"
        number += 1
    return candidate


def name_enum_input(document: Document, name: str) -> str:
    """Return the name of an enum's alias that includes its values."""
    return free_name(f"{name}{INPUT}", document.schemas)


def annotate_argument(document: Document, schema: Node, *, takes_dicts: bool = True) -> str:
    """Return the type of an argument as source; components are `models.Name`."""
    schema, nullable = split_nullable(schema)
    members = _list_members(document, schema, takes_dicts)
    return " | ".join(dict.fromkeys([*members, "None"] if nullable else members))


def annotate_field(document: Document, schema: Node) -> str:
    """Return the type of a field of a model that is sent.

    Its enums are like those of arguments. Its objects are models, and its lists stay lists, to
    which items can be added, unless they are of enums.
    """
    plain, nullable = split_nullable(schema)
    name = reference_name(plain)
    if name and _is_enum(document.schemas[name]):
        found = f"models.{name_enum_input(document, name)}"
    elif plain.get("type") == "array" and _is_enum_reference(document, plain.get("items", {})):
        found = f"SequenceNotStr[{annotate_field(document, plain['items'])}]"
    else:
        return annotate(schema, MODEL_FORMATS)
    return f"{found} | None" if nullable else found


def list_dicts(document: Document, arguments: Iterable[Argument]) -> tuple[Dict, ...]:
    """Return the dicts that arguments can contain, by name."""
    found: dict[str, Dict] = {}
    names = {f"{name}{DICT}": name for name in document.schemas}
    waiting = [name for one in arguments for name in DICTS.findall(one.annotation)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            fields = tuple(_list_fields(document, document.schemas[names[name]]))
            found[name] = Dict(
                name=name,
                model=names[name],
                fields=fields,
                hides=any(field.name in HIDDEN for field in fields),
            )
            waiting += [inner for field in fields for inner in DICTS.findall(field.annotation)]
    return tuple(found[name] for name in sorted(found))


def _list_fields(document: Document, schema: Node) -> Iterator[Field]:
    for wire, child in schema["properties"].items():
        yield Field(
            name=field_name(wire, child),
            wire=wire,
            annotation=annotate_argument(document, child),
            doc="",
            required=wire in schema.get("required", []),
        )


def _list_members(document: Document, schema: Node, takes_dicts: bool) -> list[str]:
    if name := reference_name(schema):
        return _list_reference(document, name, takes_dicts)
    members = [] if is_decimal_or_text(schema) else union_members(schema)
    if members:
        takes_dicts = takes_dicts and sum(_is_object(document, one) for one in members) < 2
        return [annotate_argument(document, one, takes_dicts=takes_dicts) for one in members]
    if schema.get("type") == "array":
        items = schema.get("items", {})
        return [f"SequenceNotStr[{annotate_argument(document, items, takes_dicts=takes_dicts)}]"]
    if schema.get("type") == "object":
        extra = schema.get("additionalProperties")
        value = "Any"
        if isinstance(extra, dict):
            value = annotate_argument(document, extra, takes_dicts=takes_dicts)
        return [f"Mapping[str, {value}]"]
    return [annotate(schema, REQUEST_FORMATS)]


def _list_reference(document: Document, name: str, takes_dicts: bool) -> list[str]:
    target = document.schemas[name]
    if _is_enum(target):
        return [f"models.{name_enum_input(document, name)}"]
    if "properties" in target:
        dicts = [f"dicts.{name}{DICT}"] if takes_dicts else []
        return [f"models.{name}", *dicts]
    # An alias of a list is no list of dicts; its meaning is.
    if target.get("type") in ("array", "object"):
        return _list_members(document, target, takes_dicts)
    return [f"models.{name}"]


def _is_enum(schema: Node) -> bool:
    return "enum" in schema


def _is_enum_reference(document: Document, schema: Node) -> bool:
    name = reference_name(split_nullable(schema)[0])
    return bool(name) and _is_enum(document.schemas[str(name)])


def _is_object(document: Document, schema: Node) -> bool:
    """Return whether a dict could be meant for a member of a union."""
    target = document.resolve(schema)
    return target.get("type") == "object" or "properties" in target or bool(union_members(target))
