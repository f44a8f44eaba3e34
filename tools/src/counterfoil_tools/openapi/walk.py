"""Walk the mappings of a document, except data: a `$ref` in an example is not a reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from .document import escape

NAMED = {  # mappings whose keys are names chosen by the author, not keywords of OpenAPI
    "callbacks",
    "content",
    "encoding",
    "examples",
    "headers",
    "links",
    "mapping",
    "parameters",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
    "variables",
}
DATA = {"example", "default", "const", "enum", "value"}  # keywords whose values are any JSON


class Visit(NamedTuple):
    """A mapping of the document, its JSON pointer, and whether its keys are names."""

    node: dict[str, Any]
    pointer: str
    is_named: bool


def walk(node: Any, pointer: str = "", is_named: bool = False) -> Iterator[Visit]:
    """Yield every mapping outside data and extensions, parents first."""
    if isinstance(node, list):
        for index, child in enumerate(node):
            yield from walk(child, f"{pointer}/{index}")
    if not isinstance(node, dict):
        return
    yield Visit(node, pointer, is_named)
    for key, child in list(node.items()):  # a copy: the caller may change the mapping
        if is_named:
            yield from walk(child, f"{pointer}/{escape(str(key))}")
        elif not is_data(key, child):
            yield from walk(child, f"{pointer}/{escape(str(key))}", key in NAMED)


def is_data(word: str, value: Any) -> bool:
    """Return whether a keyword's value is data or an extension, rather than OpenAPI."""
    if word == "examples":
        return isinstance(value, list)  # a list in a schema; a mapping of objects elsewhere
    return word in DATA or word.startswith("x-")


def references(root: Any) -> Iterator[Visit]:
    """Yield the mappings that have a `$ref`."""
    for visit in walk(root):
        if not visit.is_named and isinstance(visit.node.get("$ref"), str):
            yield visit
