"""Rules for `token-exchange`: the token can be requested, and is in the response."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...openapi.document import Document, Node, RawOperation
from ...openapi.json_schema import Finding
from ..python.names import python_name
from .names import body_schema
from .operations import first_success, leads

REQUESTED = {"method", "path"}  # what an exchange may know of the operation that needs the token


def exchanges(document: Document) -> Iterator[Finding]:
    """An exchange names an operation, sends its body, uses its credentials, and ends."""
    operations = {
        one.node["operationId"]: one for one in document.operations() if one.node.get("operationId")
    }
    for wire, extension in _exchanges(document).items():
        location = f"/components/securitySchemes/{wire}/x-counterfoil/token-exchange"
        operation = operations.get(extension["operation"])
        if operation is None:
            message = f"there is no operation {extension['operation']!r}"
            yield f"{location}/operation", message, "Name another by its operationId"
            continue
        yield from _check_body(document, operation, extension, location)
        yield from _check_answer(document, operation, extension, location)
        if _comes_back(document, operations, wire, {wire}):
            yield (
                f"{location}/operation",
                "the exchange needs its own token",
                "Secure that operation by another scheme",
            )


def _check_body(
    document: Document, operation: RawOperation, extension: Node, location: str
) -> Iterator[Finding]:
    schema = body_schema(document, operation)
    for name in sorted(extension["body"].keys() - schema.get("properties", {}).keys()):
        yield (
            f"{location}/body/{name}",
            f"the operation's body has no {name!r}",
            "Correct it, or describe it there",
        )
    for name in sorted(set(schema.get("required", [])) - extension["body"].keys()):
        yield f"{location}/body", f"the operation's body needs {name!r}", "Add it"
    holes = set(_holes(extension["body"]))
    credentials = set(extension.get("credentials", {}))
    for name in sorted(holes - credentials - REQUESTED):
        yield (
            f"{location}/body",
            f"nothing fills {{{name}}}",
            "Add it to `credentials`, or write {method} or {path}",
        )
    for name in sorted(credentials - holes):
        yield (
            f"{location}/credentials/{name}",
            f"the body does not use {{{name}}}",
            "Use it, or leave it out",
        )


def _check_answer(
    document: Document, operation: RawOperation, extension: Node, location: str
) -> Iterator[Finding]:
    answer = first_success(document, operation)
    for word in ("token", "lifetime"):
        if word in extension and not leads(document, answer, extension[word]):
            yield (
                f"{location}/{word}",
                f"{extension[word]} leads nowhere in the answer",
                "Correct it, or describe what it names",
            )
    if ("token" in extension) == ("result-header" in operation.extension):
        yield (
            location,
            "the token is in the answer's body, or in the header that the method returns",
            "Name its place in the body",
        )


def _comes_back(
    document: Document, operations: dict[str, RawOperation], wire: str, seen: set[str]
) -> bool:
    """Return whether an exchange needs, directly or not, the token that it is for."""
    exchanges_by_scheme = _exchanges(document)
    operation = operations.get(exchanges_by_scheme[wire]["operation"])
    if operation is None:
        return False
    security = operation.node.get("security", document.root.get("security")) or []
    names = {name for alternative in security for name in alternative}
    needed = names & exchanges_by_scheme.keys()
    if needed & seen:
        return True
    return any(_comes_back(document, operations, name, seen | {name}) for name in needed)


def _exchanges(document: Document) -> dict[str, Node]:
    schemes = document.root.get("components", {}).get("securitySchemes", {})
    found = {}
    for wire, scheme in schemes.items():
        extension = scheme.get("x-counterfoil", {}).get("token-exchange")
        if extension:
            found[wire] = extension
    return found


def _holes(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from _holes([*node.values()])
    elif isinstance(node, list):
        for part in node:
            yield from _holes(part)
    elif isinstance(node, str) and node[:1] + node[-1:] == "{}":
        yield python_name(node[1:-1])
