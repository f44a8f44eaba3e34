"""Pass 3, upgrade: Swagger 2.0 and OpenAPI 3.0 to the frame of 3.1. (Words within schemas are
`types`' task.)
"""

from __future__ import annotations

from typing import Any

from ..openapi.document import METHODS, Node
from .state import ORIGIN, Adoption, origin
from .swagger import Swagger

ROOT_WORDS = {
    "openapi",
    "info",
    "externalDocs",
    "servers",
    "security",
    "tags",
    "paths",
    "components",
    ORIGIN,
}
PATH_WORDS = {"summary", "description", "parameters", "servers", ORIGIN, *METHODS}


def upgrade(adoption: Adoption) -> None:
    """Make an OpenAPI 3.1 document of the root; note what has no place there."""
    root = adoption.root
    if "swagger" in root:
        Swagger(adoption).upgrade()
    root["openapi"] = "3.1.0"
    root["info"] = make_info(root.get("info"))
    components = root["components"]
    root["components"] = {
        "schemas": components["schemas"],
        "securitySchemes": mapping(components.get("securitySchemes")),
    }
    _leave_out_webhooks(adoption)
    for word in sorted(root.keys() - ROOT_WORDS):
        adoption.note(f"`{word}` is dropped from the document", f"#/{word}")
        del root[word]
    root["paths"] = _paths(adoption)


def make_info(info: Any) -> Node:
    """Return the info object, with the required fields."""
    info = mapping(info)
    made = {
        "title": str(info.get("title") or "API").strip(),
        "version": str(info.get("version") or "1"),
    }
    for word in ("summary", "description"):
        if info.get(word):
            made[word] = str(info[word]).strip()
    return made


def _leave_out_webhooks(adoption: Adoption) -> None:
    for name, item in mapping(adoption.root.pop("webhooks", None)).items():
        adoption.leave_out("webhook", str(name), "webhooks are not supported yet", origin(item))


def _paths(adoption: Adoption) -> Node:
    made: Node = {}
    for path, item in adoption.root["paths"].items():
        for word in sorted(item.keys() - PATH_WORDS):
            adoption.note(f"`{word}` is dropped from a path", f"{origin(item)}/{word}")
        kept = {word: one for word, one in item.items() if word in PATH_WORDS}
        if path.startswith("x-"):
            continue
        for method in METHODS:
            adoption.total += method in kept
        made[path if path.startswith("/") else f"/{path}"] = kept
    return made


def mapping(node: Any) -> Node:
    """Return what should be a mapping and may be anything, without its origin."""
    if not isinstance(node, dict):
        return {}
    return {key: one for key, one in node.items() if key != ORIGIN}


def text_of(node: Any, key: str) -> str:
    """Return a text of what should be a mapping, "" if it is missing."""
    return str(node.get(key) or "") if isinstance(node, dict) else ""
