"""A spec as it was read: the raw OpenAPI document, with the place of every node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import Place

Node = dict[str, Any]
METHODS = ("get", "put", "post", "patch", "delete", "head", "options", "trace")


@dataclass(frozen=True, slots=True)
class PackageSettings:
    """What package.toml says: how the package is called and what it stands on."""

    dist: str
    import_name: str
    client: str
    async_client: str
    version: str
    runtime_floor: str
    api_version: str
    title: str
    summary: str
    documentation: str
    example: str


@dataclass(frozen=True, slots=True)
class RawOperation:
    """One operation of the document, with the JSON pointer that leads to it."""

    path: str
    method: str
    node: Node
    shared: list[Node]  # the path item's own parameters
    pointer: str

    @property
    def words(self) -> Node:
        """The operation's `x-counterfoil`."""
        words = self.node.get("x-counterfoil")
        return words if isinstance(words, dict) else {}


@dataclass(frozen=True, slots=True)
class Document:
    """An OpenAPI document of specs/, and the files that lie beside it."""

    api: str
    root: Node
    places: Mapping[str, Place]
    package: PackageSettings
    changelog: str = ""
    texts: Mapping[str, bytes] = field(default_factory=dict)  # every file read, for the provenance

    @property
    def file(self) -> str:
        return f"specs/{self.api}/openapi.yaml"

    @property
    def words(self) -> Node:
        words = self.root.get("x-counterfoil")
        return words if isinstance(words, dict) else {}

    @property
    def schemas(self) -> dict[str, Node]:
        return dict(self.root.get("components", {}).get("schemas") or {})

    def resolve(self, node: Any) -> Node:
        """Follow a reference; words beside it replace the target's."""
        while isinstance(node, dict) and "$ref" in node:
            target = self.find(node["$ref"].removeprefix("#"))
            node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
        return node if isinstance(node, dict) else {}

    def find(self, pointer: str) -> Any:
        """Return the node at a JSON pointer; KeyError if there is none."""
        node: Any = self.root
        for part in filter(None, pointer.split("/")):
            name = unescape(part)
            node = node[int(name)] if isinstance(node, list) else node[name]
        return node

    def place(self, pointer: str) -> Place:
        """Return where a node stands in the file; for one that is missing, where its nearest ancestor stands."""
        while pointer and pointer not in self.places:
            pointer = pointer.rpartition("/")[0]
        return self.places.get(pointer, Place(self.file))

    def operations(self) -> Iterator[RawOperation]:
        for path, item in (self.root.get("paths") or {}).items():
            for method in METHODS:
                if isinstance(item, dict) and isinstance(item.get(method), dict):
                    pointer = f"/paths/{escape(path)}/{method}"
                    yield RawOperation(path, method, item[method], list(item.get("parameters") or []), pointer)

    def parameters(self, operation: RawOperation) -> list[Node]:
        """Return an operation's parameters, resolved; its own take the place of its path's."""
        found = {}
        for raw in [*operation.shared, *(operation.node.get("parameters") or [])]:
            parameter = self.resolve(raw)
            found[parameter["in"], parameter["name"]] = parameter
        return list(found.values())


def reference_name(node: Any) -> str | None:
    """Return the component that a schema refers to by name, if it does."""
    reference = node.get("$ref") if isinstance(node, dict) else None
    return reference.rpartition("/")[2] if isinstance(reference, str) else None


def escape(part: str) -> str:
    """Spell a name as a part of a JSON pointer (RFC 6901)."""
    return part.replace("~", "~0").replace("/", "~1")


def unescape(part: str) -> str:
    return part.replace("~1", "/").replace("~0", "~")
