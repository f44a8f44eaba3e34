"""Rules for names: what becomes a class, a method or an argument has a name of its own, which Python leaves free."""

from __future__ import annotations

import keyword
from collections.abc import Iterator

from .document import Document, Node, RawOperation
from .forms import Finding
from .naming import CLIENT_ARGUMENTS, CLIENT_METHODS, PAGING_ARGUMENTS, RESOURCE_MODULE, class_name, constant_name, python_name


def unique_names(document: Document) -> Iterator[Finding]:
    """No two operations share an operationId, or a method of a resource."""
    seen: dict[str, str] = {}
    for operation in document.operations():
        names = {
            "operationId": f"operationId {operation.node.get('operationId', '')}",
            "x-counterfoil": f"method {operation.words.get('resource')}.{operation.words.get('method')}",
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
        seen: dict[str, str] = {}
        reserved = PAGING_ARGUMENTS if "pagination" in operation.words else set()
        for wire in arguments(document, operation):
            name = python_name(wire)
            if seen.setdefault(name, wire) != wire or name in reserved or list(arguments(document, operation)).count(wire) > 1:
                message = f"{operation.words['resource']}.{operation.words['method']} would take the argument {name} twice"
                yield operation.pointer, message, "Pass the body whole: `x-counterfoil: {body: NAME}`"


def method_names(document: Document) -> Iterator[Finding]:
    """Resources and methods have names that Python and the generated modules leave free."""
    constants: dict[str, str] = {}
    classes: dict[str, str] = {}
    paged = [operation.words["resource"] for operation in document.operations() if "pagination" in operation.words]
    for operation in document.operations():
        resource, method = operation.words["resource"], operation.words["method"]
        place, name = f"{operation.pointer}/x-counterfoil", f"{resource}.{method}"
        if _is_taken(resource, CLIENT_METHODS) or resource.startswith("async_") or class_name(resource) in RESOURCE_MODULE:
            yield f"{place}/resource", f"a resource cannot be called {resource}: that name is taken", "Give it another"
        if _is_taken(method, RESOURCE_MODULE) or (method in ("iterate", "pages") and resource in paged):
            yield f"{place}/method", f"a method cannot be called {method}: that name is taken", "Give it another"
        if "pagination" in operation.words and paged.count(resource) > 1:
            yield f"{place}/pagination", f"two methods of {resource} page, and both would be iterated", "Part the resource"
        for word, other in (
            ("method", constants.setdefault(constant_name(resource, method), name) != name),
            ("resource", classes.setdefault(class_name(resource).lower(), resource) != resource),
        ):
            if other:
                yield f"{place}/{word}", f"{name} could not be told from another by name", "Give one of them another name"


def client_arguments(document: Document) -> Iterator[Finding]:
    """What a client takes can be told apart by name."""
    seen = set(CLIENT_ARGUMENTS)
    for pointer, name in _client_arguments(document):
        if name in seen:
            yield pointer, f"the client would take the argument {name} twice", "Give it another name"
        seen.add(name)


def _client_arguments(document: Document) -> Iterator[tuple[str, str]]:
    yield from (("/servers/0/variables", python_name(wire)) for wire in document.root["servers"][0].get("variables", {}))
    for wire, scheme in document.root.get("components", {}).get("securitySchemes", {}).items():
        yield "/components/securitySchemes", python_name(wire)
        if scheme.get("x-counterfoil", {}).get("headers"):
            yield "/components/securitySchemes", f"{python_name(wire)}_header"
        place = f"/components/securitySchemes/{wire}/x-counterfoil/token-exchange/credentials"
        credentials = scheme.get("x-counterfoil", {}).get("token-exchange", {}).get("credentials", {})
        yield from ((place, name) for name in credentials)
    every = [one for operation in document.operations() for one in document.parameters(operation)]
    clients = dict.fromkeys(one["name"] for one in every if one.get("x-counterfoil", {}).get("client"))
    yield from (("/paths", python_name(wire)) for wire in clients)


def _is_taken(name: str, taken: set[str]) -> bool:
    return keyword.iskeyword(name) or name in taken


def arguments(document: Document, operation: RawOperation) -> Iterator[str]:
    yield from (one["name"] for one in document.parameters(operation))
    schema = body_schema(document, operation)
    if "body" in operation.words:
        yield operation.words["body"]
    else:
        yield from schema.get("properties", {})


def body_schema(document: Document, operation: RawOperation) -> Node:
    content = document.resolve(operation.node.get("requestBody", {})).get("content", {})
    return next((document.resolve(one.get("schema", {})) for one in content.values()), {})


NAME_RULES = {
    "unique-names": unique_names,
    "argument-names": argument_names,
    "method-names": method_names,
    "client-arguments": client_arguments,
}
