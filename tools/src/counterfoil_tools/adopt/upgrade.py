"""Pass 3, upgrade: Swagger 2.0 and OpenAPI 3.0 to the frame of 3.1. (Words within schemas are
`types`' task.)
"""

from __future__ import annotations

from typing import Any

from ..generate.python.names import python_name
from ..openapi.document import METHODS, Node
from .speaks import is_json
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
WEBHOOKS = ("webhooks", "x-webhooks")
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
    _read_webhooks(adoption)
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


def _read_webhooks(adoption: Adoption) -> None:
    """Take the webhooks out of the root: OpenAPI 3.1's, and `x-webhooks` of older versions."""
    taken: set[str] = set()
    for word in WEBHOOKS:
        for name, item in mapping(adoption.root.pop(word, None)).items():
            schema = _find_json_body(mapping(item))
            if schema is None:
                reason = "it has no body of JSON"
                adoption.leave_out("webhook", str(name), reason, origin(item))
            elif python_name(str(name)) in taken:
                reason = "another webhook has the same name in Python"
                adoption.leave_out("webhook", str(name), reason, origin(item))
            else:
                operation = mapping(next(one for one in map(item.get, METHODS) if one))
                adoption.webhooks[str(name)] = {
                    "summary": text_of(operation, "summary").strip(),
                    "description": text_of(operation, "description").strip(),
                    "schema": schema,
                    ORIGIN: origin(item),
                }
                taken.add(python_name(str(name)))


def _find_json_body(item: Node) -> Any:
    """Return the schema of a webhook's body; None if it has none that is JSON."""
    for method in METHODS:
        body = mapping(mapping(item.get(method)).get("requestBody"))
        for media, content in mapping(body.get("content")).items():
            if is_json(str(media)):
                return mapping(content).get("schema", {})
    return None


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
