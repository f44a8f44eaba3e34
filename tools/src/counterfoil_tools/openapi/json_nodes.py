"""Parse JSON into PyYAML nodes, so that each node has its line and column.

A YAML parser is not enough for JSON: it rejects surrogate pairs and reads 1e5 as text.
"""

from __future__ import annotations

import re
from bisect import bisect_right

# Not documented, but part of every CPython since 2.6.
from json.decoder import scanstring  # type: ignore[attr-defined]

import yaml

SPACE = re.compile(r"[ \t\n\r]*")
LITERAL = re.compile(
    r"(?P<float>-?(?:0|[1-9]\d*)(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+))"
    r"|(?P<int>-?(?:0|[1-9]\d*))"
    r"|(?P<bool>true|false)"
    r"|(?P<null>null)",
    re.ASCII,
)


def compose_json(text: str) -> yaml.Node | None:
    """Return the node tree of a JSON text, or None if it is not JSON (it may be YAML)."""
    if not text.lstrip(" \t\n\r").startswith(("{", "[")):
        return None
    try:
        return _Reader(text).read_document()
    except ValueError:
        return None


class _Reader:
    """Reads a JSON text once. Raises ValueError if the text is not JSON."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines = [0, *(found.end() for found in re.finditer("\n", text))]

    def read_document(self) -> yaml.Node:
        node = self.read_value()
        if self.skip() != "":
            raise ValueError("something follows the document")
        return node

    def skip(self) -> str:
        """Skip white space and return the next character, or "" at the end."""
        found = SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def take(self, sign: str) -> None:
        if self.skip() != sign:
            raise ValueError(f"{sign!r} was expected")
        self.at += 1

    def read_value(self) -> yaml.Node:
        sign = self.skip()
        if sign == "{":
            return self.read_object()
        if sign == "[":
            return self.read_array()
        return self.read_text() if sign == '"' else self.read_literal()

    def read_object(self) -> yaml.Node:
        node = yaml.MappingNode("tag:yaml.org,2002:map", [], self.mark())
        self.take("{")
        while self.skip() != "}":
            if node.value:
                self.take(",")
                self.skip()
            key = self.read_text()
            self.take(":")
            node.value.append((key, self.read_value()))
        self.at += 1
        return node

    def read_array(self) -> yaml.Node:
        node = yaml.SequenceNode("tag:yaml.org,2002:seq", [], self.mark())
        self.take("[")
        while self.skip() != "]":
            if node.value:
                self.take(",")
            node.value.append(self.read_value())
        self.at += 1
        return node

    def read_text(self) -> yaml.Node:
        mark = self.mark()
        self.take('"')
        value, self.at = scanstring(self.text, self.at, True)
        return yaml.ScalarNode("tag:yaml.org,2002:str", value, mark)

    def read_literal(self) -> yaml.Node:
        mark = self.mark()
        found = LITERAL.match(self.text, self.at)
        if not found:
            raise ValueError("a value was expected")
        self.at = found.end()
        return yaml.ScalarNode(f"tag:yaml.org,2002:{found.lastgroup}", found[0], mark)

    def mark(self) -> yaml.Mark:
        line = bisect_right(self.lines, self.at) - 1
        return yaml.Mark("openapi.yaml", self.at, line, self.at - self.lines[line], None, 0)
