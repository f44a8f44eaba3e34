"""The limits of a value in words, from its schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..generate.python.types import split_nullable
from ..openapi.document import Document, Node

PLAIN = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "pattern": "pattern `{}`",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "minProperties": "at least {} entries",
    "maxProperties": "at most {} entries",
}
SHOWN = 12  # values of an enum


def describe_bounds(document: Document, schema: Node) -> str:
    """Return the limits of a value in words, such as `1 to 100; default 20`; "" if it has none."""
    plain, _nullable = split_nullable(schema)
    node = document.resolve(plain)
    return "; ".join(_list_bounds(node, schema))


def _list_bounds(node: Node, outer: Node) -> Iterator[str]:
    left = dict(node)
    for low, high, unit in (
        ("minimum", "maximum", ""),
        ("minLength", "maxLength", " characters"),
        ("minItems", "maxItems", " items"),
    ):
        if low in left and high in left:
            least, most = left.pop(low), left.pop(high)
            yield f"{least}{unit}" if least == most else f"{least} to {most}{unit}"
    for word, text in PLAIN.items():
        if word in left:
            spelled = text.format(_spell(left[word]))
            yield re.sub(r"\b1 (character|item|entrie)s", _singular, spelled)
    if node.get("uniqueItems"):
        yield "no item twice"
    if "const" in node:
        yield f"always `{_spell(node['const'])}`"
    elif "enum" in node:
        yield _spell_values([value for value in node["enum"] if value is not None])
    default = outer.get("default", node.get("default"))
    if default is not None:
        yield f"default `{_spell(default)}`"


def _singular(found: re.Match[str]) -> str:
    return f"1 {found[1].replace('entrie', 'entry')}"


def _spell_values(values: list[Any]) -> str:
    shown = ", ".join(f"`{_spell(value)}`" for value in values[:SHOWN])
    more = len(values) - SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _spell(value: Any) -> str:
    """Return a value as it is on the wire, in one line."""
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(str(value).split())
