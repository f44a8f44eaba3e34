"""Rules for names: what becomes a class, a method or an argument has a name of its own, which Python leaves free."""

from __future__ import annotations

import keyword
from collections.abc import Iterator

from ...openapi.document import Document, Node, RawOperation
from ...openapi.json_schema import Finding
from ..python.names import (
    CLIENT_ARGUMENTS,
    CLIENT_METHODS,
    PAGING_ARGUMENTS,
    RESOURCE_MODULE,
    class_name,
    constant_name,
    field_name,
    python_name,
)


def unique_names(document: Document) -> Iterator[Finding]:
    """No two operations share an operationId, or a method of a resource."""
    seen: dict[str, str] = {}
    for operation in document.operations():
        names = {
            "operationId": f"operationId {operation.node.get('operationId', '')}",
            "x-counterfoil": f"method {operation.extension.get('resource')}.{operation.extension.get('method')}",
        }
        for word, name in names.items():
            other = seen.setdefault(name, operation.pointer)
            if other != operation.pointer:
                where = f"{operation.method.upper()} {operation.path}"
                yield (
                    f"{operation.pointer}/{word}",
                    f"two operations have the {name}; the second is {where}",
                    "Give one of them another name",
                )


def argument_names(document: Document) -> Iterator[Finding]:
    """What a method takes can be told apart by name."""
    for operation in document.operations():
        paging = operation.extension.get("pagination")
        reserved = PAGING_ARGUMENTS if paging else set()
        cursor = (paging or {}).get("cursor")  # not an argument of pages() and iterate()
        seen: set[str] = set()
        for wire, name in named_arguments(document, operation):
            if name in seen or (name in reserved and wire != cursor):
                method = f"{operation.extension['resource']}.{operation.extension['method']}"
                remedy = (
                    f"Name {wire!r} yourself, `x-counterfoil: {{name: other_{name}}}`, "
                    "or pass the body whole: `x-counterfoil: {body: NAME}`"
                )
                yield operation.pointer, f"{method} would take the argument {name} twice", remedy
            seen.add(name)


def method_names(document: Document) -> Iterator[Finding]:
    """Resources and methods have names that Python and the generated modules leave free."""
    paged = [
        operation.extension["resource"]
        for operation in document.operations()
        if "pagination" in operation.extension
    ]
    for operation in document.operations():
        resource, method = operation.extension["resource"], operation.extension["method"]
        location = f"{operation.pointer}/x-counterfoil"
        if (
            _is_taken(resource, CLIENT_METHODS)
            or resource.startswith("async_")
            or class_name(resource) in RESOURCE_MODULE
        ):
            message = f"a resource cannot be called {resource}: that name is taken"
            yield (
                f"{location}/resource",
                message,
                f"Give it another: `resource: {resource}_of_shop`",
            )
        if _is_taken(method, RESOURCE_MODULE) or (
            method in ("iterate", "pages") and resource in paged
        ):
            message = f"a method cannot be called {method}: that name is taken"
            yield f"{location}/method", message, f"Give it another: `method: {method}_all`"
        if "pagination" in operation.extension and paged.count(resource) > 1:
            yield (
                f"{location}/pagination",
                f"two methods of {resource} page, and both would be iterated",
                "Part the resource",
            )


def made_names(document: Document) -> Iterator[Finding]:
    """The constants and classes that resources and methods become are told apart."""
    owners: dict[str, str] = {}
    for operation in document.operations():
        resource, method = operation.extension["resource"], operation.extension["method"]
        location, name = f"{operation.pointer}/x-counterfoil", f"{resource}.{method}"
        constant = constant_name(resource, method)
        constants = (
            [constant, f"{constant}_PAGES"] if "pagination" in operation.extension else [constant]
        )
        plain = class_name(resource).lower()
        for word, owner, made in (
            ("method", name, constants),
            (
                "resource",
                resource,
                [plain, f"async{plain}", f"{plain}withresponse", f"async{plain}withresponse"],
            ),
        ):
            others = {owners.setdefault(one, owner) for one in made} - {owner}
            if others:
                message = f"{owner} could not be told from {', '.join(sorted(others))} in the generated code"
                yield f"{location}/{word}", message, "Give one of them another name"


def client_arguments(document: Document) -> Iterator[Finding]:
    """What a client takes can be told apart by name."""
    seen = set(CLIENT_ARGUMENTS)
    for pointer, name in _client_arguments(document):
        if name in seen:
            yield (
                pointer,
                f"the client would take the argument {name} twice",
                "Give it another name",
            )
        seen.add(name)


def _client_arguments(document: Document) -> Iterator[tuple[str, str]]:
    yield from (
        ("/servers/0/variables", python_name(wire))
        for wire in document.root["servers"][0].get("variables", {})
    )
    for wire, scheme in document.root.get("components", {}).get("securitySchemes", {}).items():
        yield "/components/securitySchemes", python_name(wire)
        if scheme.get("x-counterfoil", {}).get("headers"):
            yield "/components/securitySchemes", f"{python_name(wire)}_header"
        location = f"/components/securitySchemes/{wire}/x-counterfoil/token-exchange/credentials"
        credentials = (
            scheme.get("x-counterfoil", {}).get("token-exchange", {}).get("credentials", {})
        )
        yield from ((location, name) for name in credentials)
    every = [one for operation in document.operations() for one in document.parameters(operation)]
    clients = dict.fromkeys(
        field_name(one["name"], one) for one in every if one.get("x-counterfoil", {}).get("client")
    )
    yield from (("/paths", name) for name in clients)


def _is_taken(name: str, taken: set[str]) -> bool:
    return keyword.iskeyword(name) or name in taken


def arguments(document: Document, operation: RawOperation) -> Iterator[str]:
    """Yield the arguments of a method by their names on the wire."""
    yield from (wire for wire, _ in named_arguments(document, operation))


def named_arguments(document: Document, operation: RawOperation) -> Iterator[tuple[str, str]]:
    """Yield the arguments of a method, each by its name on the wire and in Python."""
    yield from (
        (one["name"], field_name(one["name"], one)) for one in document.parameters(operation)
    )
    properties = body_schema(document, operation).get("properties", {})
    if "body" in operation.extension or (not properties and "requestBody" in operation.node):
        name = str(operation.extension.get("body", "body"))
        yield name, python_name(name)
    else:
        yield from ((wire, field_name(wire, child)) for wire, child in properties.items())


def body_schema(document: Document, operation: RawOperation) -> Node:
    content = document.resolve(operation.node.get("requestBody", {})).get("content", {})
    return next((document.resolve(one.get("schema", {})) for one in content.values()), {})


NAME_RULES = {
    "unique-names": unique_names,
    "argument-names": argument_names,
    "method-names": method_names,
    "made-names": made_names,
    "client-arguments": client_arguments,
}
