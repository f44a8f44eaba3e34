"""Pass 7, servers: one address for the client, whose holes are its arguments; operations may have
one of their own.
"""

from __future__ import annotations

import re
from typing import Any

from ..generate.python.names import python_name
from ..openapi.document import METHODS, Node
from .security import list_arguments
from .state import Adoption, mark, origin
from .upgrade import mapping

HOLE = re.compile(r"{([^{}]*)}")
ABSOLUTE = re.compile(r"(https?:)?//", re.IGNORECASE)
LOCAL = re.compile(r"https?://(localhost|127\.|0\.0\.0\.0|\[::1\])", re.IGNORECASE)
HOST = {
    "default": "api.example.com",
    "description": "Host of the API; the vendor's document has none.",
    "x-counterfoil": {"required": True},
}


def servers(adoption: Adoption) -> None:
    """Rewrite the servers of the document, of its paths and of its operations."""
    root = adoption.root
    taken = list_arguments(root["components"]["securitySchemes"])
    found = [_server(adoption, one, taken) for one in _listed(root.get("servers"))]
    found = sorted(found, key=lambda one: LOCAL.match(one["url"]) is not None)
    if not found:
        adoption.note("no server is given: the client takes `host`", "#/servers")
        found = [_server(adoption, {"url": "/"}, taken)]
    root["servers"] = found
    known = found[0].get("variables", {})
    for path, item in root["paths"].items():
        shared = _listed(item.pop("servers", None))
        for method in METHODS:
            if method in item:
                _own_server(adoption, f"{method.upper()} {path}", item[method], shared, known)


def _listed(node: Any) -> list[Node]:
    found = node if isinstance(node, list) else []
    servers = []
    for one in found:
        url = one.get("url") if isinstance(one, dict) else None
        if isinstance(url, str) and url.strip():
            servers.append(one)
    return servers


def _server(adoption: Adoption, node: Node, taken: set[str]) -> Node:
    url = node["url"].strip()
    variables = {}
    for name, one in mapping(node.get("variables")).items():
        variables[str(name)] = _variable(one)
    if not ABSOLUTE.match(url) and not url.startswith("{"):
        adoption.note(
            "a server without a host gets the variable `host`", origin(node) or "#/servers"
        )
        url = f"https://{{host}}/{url.lstrip('/')}".rstrip("/")
        variables["host"] = dict(HOST)
    if url.startswith("//"):
        url = f"https:{url}"
    kept: Node = {}
    for hole in dict.fromkeys(HOLE.findall(url)):
        name = _variable_name(hole, taken | {python_name(one) for one in kept})
        url = url.replace(f"{{{hole}}}", f"{{{name}}}")
        kept[name] = variables.get(hole) or _unknown(hole)
    made: Node = {"url": url}
    if node.get("description"):
        made["description"] = str(node["description"]).strip()
    if kept:
        made["variables"] = kept
    return made


def _unknown(hole: str) -> Node:
    said = f"The part {hole!r} of the API's address; the vendor's document does not describe it."
    return {"default": "x", "description": said, "x-counterfoil": {"required": True}}


def _variable_name(hole: str, taken: set[str]) -> str:
    name = hole if re.search("[A-Za-z]", hole) else f"server{hole}"
    while python_name(name) in taken:
        name = f"server_{name}"
    return name


def _variable(node: Any) -> Node:
    found = mapping(node)
    default = str(found.get("default") if found.get("default") is not None else "")
    made: Node = {
        "default": default,
        "description": str(found.get("description") or "Part of the API's address.").strip(),
    }
    values = found.get("enum")
    if isinstance(values, list) and values:
        texts = dict.fromkeys(str(one) for one in values)
        made["enum"] = list(texts if default in texts else {default: None, **texts})
    if not default:
        made |= {"default": "x", "x-counterfoil": {"required": True}}
        made.pop("enum", None)
    return made


def _own_server(
    adoption: Adoption, name: str, operation: Node, shared: list[Node], known: Node
) -> None:
    """Write an operation's own server out: its holes are the client's, or get their default."""
    own = _listed(operation.pop("servers", None)) or shared
    if not own:
        return
    node = own[0]
    url = node["url"].strip()
    variables = mapping(node.get("variables"))
    for hole in HOLE.findall(url):
        if hole not in known:
            default = str(mapping(variables.get(hole)).get("default") or "")
            if not default:
                mark(
                    operation,
                    f"its server {url} has the part {hole!r}, without a default",
                    origin(node),
                )
                return
            url = url.replace(f"{{{hole}}}", default)
    if not ABSOLUTE.match(url):
        mark(operation, f"its server {url} has no host", origin(node))
        return
    if url.rstrip("/") != adoption.root["servers"][0]["url"].rstrip("/"):
        adoption.note("an operation has a server of its own", origin(operation))
        operation["servers"] = [{"url": url}]
