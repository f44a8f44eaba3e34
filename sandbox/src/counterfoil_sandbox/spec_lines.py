"""The nodes of an OpenAPI document that a request violates, and their lines in the spec."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from .specification import Operation, load_document, load_specification

Node = Any
BODY = "body"


class SpecLines:
    """Finds the nodes of one API's document."""

    def __init__(self, document: Node, lines: Mapping[str, int]) -> None:
        self._document = document
        self._lines = lines

    def find_line(self, pointer: str) -> int | None:
        """Return the line of a node, or of the nearest one around it; None if nobody knows."""
        while pointer and pointer not in self._lines:
            pointer = pointer.rpartition("/")[0]
        return self._lines.get(pointer)

    def find_field(self, operation: Operation, place: str, path: Sequence[str]) -> str:
        """Return the pointer to the field of a request, as near as the document has it."""
        pointer = point_to(operation)
        if place == BODY:
            return self._descend(f"{pointer}/requestBody", path)
        for candidate in self._list_parameters(operation):
            found = self._resolve(candidate)
            node = self._find(found)
            names = {str(node["name"]), str(node["name"]).lower()}
            if node["in"] == place and path and path[0] in names:
                return found
        return pointer

    def _list_parameters(self, operation: Operation) -> Iterator[str]:
        own = point_to(operation)
        for holder in (own, own.rpartition("/")[0]):
            parameters = self._find(holder).get("parameters", [])
            for index in range(len(parameters)):
                yield f"{holder}/parameters/{index}"

    def _descend(self, pointer: str, path: Sequence[str]) -> str:
        """Follow a path of field names and positions into a body's schema."""
        body = self._resolve(pointer)
        contents = self._find(body).get("content", {})
        if not contents:
            return body
        schema = f"{body}/content/{_escape(next(iter(contents)))}/schema"
        found = body
        for step in path:
            following = next(self._list_members(schema, step), None)
            if following is None:
                break
            schema = following
            if not step.isdigit():
                found = following
        return found

    def _list_members(self, pointer: str, step: str) -> Iterator[str]:
        """Yield the schemas of a member, through references and unions."""
        pointer = self._resolve(pointer)
        schema = self._find(pointer)
        if step.isdigit() and "items" in schema:
            yield f"{pointer}/items"
        if step in schema.get("properties", {}):
            yield f"{pointer}/properties/{_escape(step)}"
        for word in ("oneOf", "anyOf"):
            for index in range(len(schema.get(word, []))):
                yield from self._list_members(f"{pointer}/{word}/{index}", step)

    def _resolve(self, pointer: str) -> str:
        """Return the pointer to the target of a reference, or the pointer itself."""
        node = self._find(pointer)
        while isinstance(node, dict) and isinstance(node.get("$ref"), str):
            pointer = node["$ref"].removeprefix("#")
            node = self._find(pointer)
        return pointer

    def _find(self, pointer: str) -> Node:
        node = self._document
        for part in filter(None, pointer.split("/")):
            name = part.replace("~1", "/").replace("~0", "~")
            try:
                node = node[int(name)] if isinstance(node, list) else node[name]
            except (KeyError, IndexError):
                return {}
        return node


@cache
def load_lines(api: str) -> SpecLines:
    """Return the lines of an API's spec."""
    return SpecLines(load_document(api), load_specification(api).lines)


def point_to(operation: Operation) -> str:
    """Return the JSON pointer to an operation."""
    return f"/paths/{_escape(operation.path)}/{operation.method.lower()}"


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
