"""Rules for the parts of OpenAPI that specs may use, and for `x-counterfoil`, by JSON schemas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...openapi.document import Document
from ...openapi.durations import seconds
from ...openapi.json_schema import Finding, faults
from ...openapi.walk import walk

NEEDED = {"resource": "resource: parcels", "method": "method: list", "retry": "retry: safe"}


OPENAPI = Path(__file__).with_name("openapi-subset.schema.json")
EXTENSION = Path(__file__).with_name("x-counterfoil.schema.json")


def frame(document: Document) -> Iterator[Finding]:
    """The document uses only those parts of OpenAPI that the generators understand."""
    yield from faults(OPENAPI, "document", document.root)


def extension(document: Document) -> Iterator[Finding]:
    """Every `x-counterfoil` has known keys with valid values; operations have those they need."""
    for node, pointer, is_named in walk(document.root):
        if is_named or "x-counterfoil" not in node:
            continue
        extension = node["x-counterfoil"]
        for location, message, remedy in faults(
            EXTENSION, _kind(pointer), extension, f"{pointer}/x-counterfoil"
        ):
            yield location, f"x-counterfoil: {message}", remedy
    for operation in document.operations():
        for word, sample in NEEDED.items():
            if word not in operation.extension:
                yield (
                    operation.pointer,
                    f"x-counterfoil says no {word}",
                    f"Every operation has one: `{sample}`",
                )


def variables(document: Document) -> Iterator[Finding]:
    """A server's variable begins as one of its values, and every hole of its URL has a variable."""
    for index, server in enumerate(document.root["servers"]):
        known = server.get("variables", {})
        location = f"/servers/{index}"
        for name, variable in known.items():
            values = variable.get("enum", [variable["default"]])
            if variable["default"] not in values:
                default = variable["default"]
                message = (
                    f"the variable {name!r} begins as {default!r}, which is none of its values"
                )
                remedy = f"Write one of them: `default: {values[0]}`"
                yield f"{location}/variables/{name}/default", message, remedy
        for name in sorted(find_holes(server["url"]) - known.keys()):
            message = f"the server has no variable {name!r}"
            remedy = f"Add it: `variables: {{{name}: {{default: ...}}}}`"
            yield f"{location}/url", message, remedy


def find_holes(text: str) -> set[str]:
    """Return the names between braces in a URL or a path."""
    return {part.partition("}")[0] for part in text.split("{")[1:]}


SPANS = (
    ("rate-limit", "per"),
    ("window", "longest"),
    ("window", "history"),
    ("webhook", "tolerance"),
)


def spans(document: Document) -> Iterator[Finding]:
    """Spans of time can be read."""
    extensions = [("", document.extension)]
    extensions += [(one.pointer, one.extension) for one in document.operations()]
    for pointer, extension in extensions:
        for block, name in SPANS:
            span = extension.get(block, {}).get(name, "1s")
            if not _is_span(span):
                location = f"{pointer}/x-counterfoil/{block}/{name}"
                yield location, f"{span!r} is no span of time", "Write 1s, 5m, 2h, 7d, or P7D, P6M"


SHOWN_HEADERS = ("request-id-headers", "safe-headers", "rate-limit-header")
SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})


def shown_headers(document: Document) -> Iterator[Finding]:
    """No header that may be shown in an error or in the log carries a credential."""
    secret = SECRET_HEADERS | {name.lower() for name in _credential_headers(document)}
    for word in SHOWN_HEADERS:
        value = document.extension.get(word, [])
        for name in [value] if isinstance(value, str) else value:
            if name.lower() in secret:
                message = (
                    f"the header {name!r} carries a credential, and errors and the log show what "
                    f"{word} names"
                )
                yield f"/x-counterfoil/{word}", message, "Leave it out"


def _credential_headers(document: Document) -> Iterator[str]:
    schemes = document.root.get("components", {}).get("securitySchemes") or {}
    for scheme in schemes.values():
        if scheme.get("in") == "header":
            yield scheme["name"]
        yield from scheme.get("x-counterfoil", {}).get("headers", [])
    for operation in document.operations():
        if "result-header" in operation.extension:
            yield operation.extension["result-header"]


def _is_span(text: Any) -> bool:
    try:
        return seconds(str(text)) > 0
    except ValueError:
        return False


def _kind(pointer: str) -> str:
    """Return the definition of the schema for an `x-counterfoil`, by its place."""
    parts = pointer.split("/")
    if not pointer:
        return "root"
    if len(parts) == 4 and parts[1] == "paths":
        return "operation"
    if pointer.startswith("/components/securitySchemes/"):
        return "scheme"
    if pointer.startswith("/webhooks/"):
        return "node"
    return "variable" if parts[1] == "servers" else "node"


EXTENSION_RULES = {"span": spans, "variable": variables, "shown-header": shown_headers}
