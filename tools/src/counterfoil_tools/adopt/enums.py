"""Enums and constants: values of one type, texts or whole numbers, whose Python names differ."""

from __future__ import annotations

from typing import Any

from ..generate.python.names import member_names
from ..openapi.document import Node
from .origins import UNSEEN
from .state import Adoption


def read_enum(adoption: Adoption, node: Node, place: str) -> bool:
    """Rewrite `enum` and `const` of a schema, and return whether null is among the values."""
    _read_const(adoption, node, place)
    if "enum" not in node:
        return False
    found = node.pop("enum")
    values = found if isinstance(found, list) else []
    nullable = any(value is None for value in values)
    kept = _of_type(node.get("type"), [value for value in values if value is not None])
    if not kept:
        if nullable and "type" not in node:
            node["type"] = "null"
            return False
        adoption.note(
            "an enum of neither strings nor integers is dropped: any value is allowed",
            place,
        )
        return nullable
    if len(set(member_names(kept))) != len(kept):
        adoption.note(
            "an enum with clashing Python names is dropped: any value is allowed",
            place,
        )
        return nullable
    node["enum"] = kept
    node.pop("const", None)
    return nullable


def _of_type(kind: Any, values: list[Any]) -> list[Any]:
    """Return the values in the form of the type, each once; [] if they have no common one."""
    if kind == "string":
        found: dict[Any, None] = {}
        for text in map(_text, values):
            if text is not None and not UNSEEN.search(text):
                found[text] = None
        return list(found)
    if kind == "integer":
        numbers = [_whole(value) for value in values]
        return [] if None in numbers else list(dict.fromkeys(numbers))
    return []


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if isinstance(value, (dict, list)) else str(value)


def _whole(value: Any) -> int | None:
    """Return a whole number, which some documents quote."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    text = str(value).strip()
    return int(text) if text.removeprefix("-").isdecimal() and len(text) < 20 else None


def _read_const(adoption: Adoption, node: Node, place: str) -> None:
    if "const" not in node:
        return
    value = node["const"]
    if value is None or not isinstance(value, (str, int)):
        adoption.note("a constant that is not a string, integer or boolean is dropped", place)
        del node["const"]
