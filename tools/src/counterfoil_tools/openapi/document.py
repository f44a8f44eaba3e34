"""A spec as it was read: the raw OpenAPI document, with the location of every node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import Location, SpecError

Node = dict[str, Any]
# OpenAPI requires that tools ignore header parameters with these names.
IGNORED_HEADERS = {"accept", "content-type", "authorization"}
LARGE = 150  # components, above which a package has modules by resource
METHODS = ("get", "put", "post", "patch", "delete", "head", "options", "trace")


@dataclass(frozen=True, slots=True)
class PackageSettings:
    """The settings of package.toml: the package's names, version and texts."""

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
    grade: str = ""  # "adopted": missing prose and examples are warnings, not errors


@dataclass(frozen=True, slots=True)
class AdoptionCounts:
    """The operations of a vendor's document, and those of them that were left out."""

    operations: int
    left_out: int


@dataclass(frozen=True, slots=True)
class RawOperation:
    """One operation of the document, with its JSON pointer."""

    path: str
    method: str
    node: Node
    shared: list[Node]  # the path item's own parameters
    pointer: str

    @property
    def extension(self) -> Node:
        """The operation's `x-counterfoil`."""
        extension = self.node.get("x-counterfoil")
        return extension if isinstance(extension, dict) else {}


@dataclass(frozen=True, slots=True)
class Document:
    """An OpenAPI document of specs/, and the files beside it."""

    api: str
    root: Node
    locations: Mapping[str, Location]
    package: PackageSettings
    changelog: str = ""
    texts: Mapping[str, bytes] = field(default_factory=dict)  # every file read, for the provenance
    faults: tuple[SpecError, ...] = ()  # errors found while reading; lint reports them with its own
    broken: frozenset[str] = frozenset()  # pointers to reported nodes, so that lint skips them
    warnings: tuple[SpecError, ...] = ()  # lint findings that an adopted document may have
    adoption: AdoptionCounts | None = None  # None for a hand-written document

    @property
    def file(self) -> str:
        return f"specs/{self.api}/openapi.yaml"

    @property
    def extension(self) -> Node:
        extension = self.root.get("x-counterfoil")
        return extension if isinstance(extension, dict) else {}

    @property
    def is_large(self) -> bool:
        """Whether the package has modules by resource, imported by need."""
        return len(self.schemas) > LARGE

    @property
    def schemas(self) -> dict[str, Node]:
        components = self.root.get("components")
        if not isinstance(components, dict):
            return {}
        schemas: dict[str, Node] = components.get("schemas") or {}
        return schemas

    def resolve(self, node: Any) -> Node:
        """Return the target of a reference. Keywords beside `$ref` override the target's."""
        while isinstance(node, dict) and isinstance(node.get("$ref"), str):
            target = self.find(node["$ref"].removeprefix("#"))
            siblings = {key: value for key, value in node.items() if key != "$ref"}
            node = {**target, **siblings}
        return node if isinstance(node, dict) else {}

    def find(self, pointer: str) -> Any:
        """Return the node at a JSON pointer. Raises KeyError or IndexError if there is none."""
        node: Any = self.root
        for part in filter(None, pointer.split("/")):
            name = unescape(part)
            node = node[int(name)] if isinstance(node, list) else node[name]
        return node

    def location(self, pointer: str) -> Location:
        """Return a node's location, or that of its nearest ancestor if the node is missing."""
        while pointer and pointer not in self.locations:
            pointer = pointer.rpartition("/")[0]
        return self.locations.get(pointer, Location(self.file))

    def operations(self) -> Iterator[RawOperation]:
        """Yield every operation, in the document's order of paths."""
        paths = self.root.get("paths") or {}
        for path, item in paths.items():
            for method in METHODS:
                if isinstance(item, dict) and isinstance(item.get(method), dict):
                    shared = list(item.get("parameters") or [])
                    pointer = f"/paths/{escape(path)}/{method}"
                    yield RawOperation(path, method, item[method], shared, pointer)

    def webhooks(self) -> Iterator[tuple[str, Node, Node]]:
        """Yield every webhook: its name, its operation, and the schema of its body."""
        for name, item in (self.root.get("webhooks") or {}).items():
            operation = item["post"]
            body = self.resolve(operation["requestBody"])
            [content] = body["content"].values()
            yield name, operation, content["schema"]

    def parameters(self, operation: RawOperation) -> list[Node]:
        """Return an operation's parameters, resolved. Its own override those of its path.

        The headers in IGNORED_HEADERS are left out: the client sends them itself.
        """
        own = operation.node.get("parameters") or []
        found = {}
        for raw in [*operation.shared, *own]:
            parameter = _read_content(self.resolve(raw))
            where = parameter["in"]
            name = parameter["name"]
            if where == "header" and str(name).lower() in IGNORED_HEADERS:
                continue
            found[where, name] = parameter
        return list(found.values())


def _read_content(parameter: Node) -> Node:
    """Return a parameter with `content` in the form of all others: a schema and a style, `json`."""
    if "content" not in parameter:
        return parameter
    [media] = parameter["content"].values()
    kept = {word: value for word, value in parameter.items() if word != "content"}
    return {**kept, "schema": media["schema"], "style": "json"}


def list_successes(responses: Node) -> list[str]:
    """Return the statuses that mean success: 2xx; where there is none, the redirects."""
    for first in "23":
        found = [status for status in responses if status.startswith(first)]
        if found:
            return found
    return []


def reference_name(node: Any) -> str | None:
    """Return the name of the component that a schema refers to, or None."""
    reference = node.get("$ref") if isinstance(node, dict) else None
    return reference.rpartition("/")[2] if isinstance(reference, str) else None


def escape(part: str) -> str:
    """Escape a name for use in a JSON pointer (RFC 6901)."""
    return part.replace("~", "~0").replace("/", "~1")


def unescape(part: str) -> str:
    """Return the name that was escaped for a JSON pointer (RFC 6901)."""
    return part.replace("~1", "/").replace("~0", "~")
