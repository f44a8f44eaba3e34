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
    waiting = [(node, pointer, is_named)]
    while waiting:  # no recursion, which takes three times as long
        node, pointer, is_named = waiting.pop()
        children = []
        if isinstance(node, list):
            children = [(child, f"{pointer}/{index}", False) for index, child in enumerate(node)]
        elif isinstance(node, dict):
            yield Visit(node, pointer, is_named)
            for key, child in node.items():  # after the caller may have changed it
                if not isinstance(child, (dict, list)) or (not is_named and is_data(key, child)):
                    continue
                below = not is_named and key in NAMED
                children.append((child, f"{pointer}/{escape(str(key))}", below))
        waiting += reversed(children)


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
