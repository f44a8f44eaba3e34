"""Record the origin of every node in the vendor's file, before anything moves.

The copy that is made here is a tree: aliases are written out, so that passes can change what they
hold. Text that people read is cleaned on the way (line ends, characters that cannot be seen), and
vendors' own extensions (`x-...`) are dropped.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any

from ..openapi.document import Node, escape
from .state import ORIGIN, Adoption

UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
MAPS = {  # what holds nodes by name, so that its keys are no words of OpenAPI
    *(
        "paths",
        "webhooks",
        "x-webhooks",
        "definitions",
        "$defs",
        "schemas",
        "responses",
        "headers",
        "requestBodies",
        "callbacks",
    ),
    *(
        "securitySchemes",
        "securityDefinitions",
        "content",
        "properties",
        "patternProperties",
        "variables",
        "encoding",
    ),
    *("dependentSchemas", "links", "pathItems", "parameters"),
}
DATA = {"example", "examples", "default", "enum", "const", "security", "mapping", "scopes", "flows"}
PROSE = {"description", "summary", "title", "termsOfService"}
KEPT_EXTENSIONS = {"x-nullable", "x-webhooks"}


def stamp(adoption: Adoption, tree: Any, base: str = "") -> Node:
    """Return a copy of a document whose nodes know their origin; `base` is the file's name if it is
    not the main one.
    """
    stamped: Node = _Stamper(adoption, base).node(tree, "#")
    return stamped


class _Stamper:
    def __init__(self, adoption: Adoption, base: str) -> None:
        self.adoption = adoption
        self.base = base

    def node(self, node: Any, pointer: str) -> Any:
        """Copy a node of OpenAPI or JSON Schema."""
        if isinstance(node, list):
            return [self.node(child, f"{pointer}/{index}") for index, child in enumerate(node)]
        if isinstance(node, str):
            return self.text(node, pointer)
        if not isinstance(node, dict):
            return node
        made: Node = {ORIGIN: f"{self.base}{pointer}"}
        for key, child in node.items():
            where = f"{pointer}/{escape(key)}"
            if key.startswith("x-") and key not in KEPT_EXTENSIONS:
                self.adoption.note(
                    "extensions of the vendor's own (`x-...`) are dropped", f"{self.base}{where}"
                )
            elif key == "$ref" and isinstance(child, str):
                made[key] = self.reference(child)
            else:
                made[key] = self.child(key, child, where)
        return made

    def reference(self, reference: str) -> str:
        """Return a reference as the main file would spell it, always with a `#`."""
        file, _, pointer = reference.partition("#")
        if not file:
            return f"{self.base}#{pointer}"
        if ":" not in file and not file.startswith("/"):  # relative to the file that it is in
            file = posixpath.normpath(posixpath.join(posixpath.dirname(self.base), file))
        return f"{file}#{pointer}"

    def child(self, key: str, child: Any, pointer: str) -> Any:
        if _is_named_examples(key, child):
            return {
                name: self.example(one, f"{pointer}/{escape(name)}") for name, one in child.items()
            }
        if key in DATA:
            return self.data(child)
        if key in MAPS and isinstance(child, dict):
            return self.named(child, pointer)
        return self.node(child, pointer)

    def example(self, node: Node, pointer: str) -> Node:
        """Copy a named example; its value is data, a reference is not."""
        made: Node = self.node(node, pointer) if "$ref" in node else self.data(node)
        return made

    def named(self, nodes: Node, pointer: str) -> Node:
        """Copy a mapping of named nodes; names with invisible characters are left out."""
        made: Node = {}
        for name, one in nodes.items():
            where = f"{pointer}/{escape(name)}"
            if UNSEEN.search(name):
                reason = "its name has invisible characters"
                self.adoption.leave_out("name", repr(name), reason, f"{self.base}{pointer}")
            else:
                made[name] = self.node(one, where)
        return made

    def data(self, node: Any) -> Any:
        """Copy a value, such as an example: a `$ref` in it is data."""
        if isinstance(node, dict):
            return {key: self.data(child) for key, child in node.items()}
        return [self.data(child) for child in node] if isinstance(node, list) else node

    def text(self, text: str, pointer: str) -> str:
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if UNSEEN.search(text) is None:
            return text
        self.adoption.note("invisible characters are dropped from texts", f"{self.base}{pointer}")
        return UNSEEN.sub("", text)


def _is_named_examples(key: str, child: Any) -> bool:
    """Tell media types' and components' `examples` by name, where a `$ref` is one."""
    if key != "examples" or not isinstance(child, dict):
        return False
    return bool(child) and all(_is_named_example(one) for one in child.values())


def _is_named_example(node: Any) -> bool:
    return isinstance(node, dict) and bool(node.keys() & {"value", "$ref", "externalValue"})
