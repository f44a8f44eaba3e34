"""Rules for names: classes, methods and arguments have distinct names that Python allows."""

from __future__ import annotations

import keyword
from collections.abc import Iterator

from ...openapi.document import Document, Node, RawOperation, escape
from ...openapi.json_schema import Finding
from ..python.names import (
    CLIENT_ARGUMENTS,
    CLIENT_METHODS,
    PAGING_ARGUMENTS,
    REQUEST_OPTIONS,
    RESOURCE_MODULE,
    class_name,
    constant_name,
    field_name,
    parameter_name,
    python_name,
)
from ..python.parameters import list_parameters
from ..python.security import list_argument_names


def unique_names(document: Document) -> Iterator[Finding]:
    """No two operations share an operationId, or a method of a resource."""
    seen: dict[str, str] = {}
    for operation in document.operations():
        resource = operation.extension.get("resource")
        method = operation.extension.get("method")
        names = {
            "operationId": f"operationId {operation.node.get('operationId', '')}",
            "x-counterfoil": f"method {resource}.{method}",
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
    """The arguments of a method have distinct names."""
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
        resource = operation.extension["resource"]
        method = operation.extension["method"]
        location = f"{operation.pointer}/x-counterfoil"
        is_class_taken = class_name(resource) in RESOURCE_MODULE or resource.startswith("async_")
        if is_class_taken or _is_taken(resource, CLIENT_METHODS):
            message = f"a resource cannot be called {resource}: that name is taken"
            remedy = f"Give it another: `resource: {resource}_of_shop`"
            yield f"{location}/resource", message, remedy
        is_paging_method = method in ("iterate", "pages") and resource in paged
        if is_paging_method or _is_taken(method, RESOURCE_MODULE):
            message = f"a method cannot be called {method}: that name is taken"
            yield f"{location}/method", message, f"Give it another: `method: {method}_all`"
        if "pagination" in operation.extension and paged.count(resource) > 1:
            yield (
                f"{location}/pagination",
                f"two methods of {resource} page, and both would be iterated",
                "Part the resource",
            )


def made_names(document: Document) -> Iterator[Finding]:
    """The constants of methods and the classes of resources have distinct names."""
    owners: dict[str, str] = {}
    for operation in document.operations():
        resource = operation.extension["resource"]
        method = operation.extension["method"]
        location = f"{operation.pointer}/x-counterfoil"
        constants = [constant_name(resource, method)]
        if "pagination" in operation.extension:
            constants.append(f"{constants[0]}_PAGES")
        plain = class_name(resource).lower()
        classes = []
        for variant in (plain, f"async{plain}"):
            classes += [variant, f"{variant}withresponse", f"{variant}withstreaming"]
        made = [("method", f"{resource}.{method}", constants), ("resource", resource, classes)]
        for word, owner, names in made:
            others = {owners.setdefault(one, owner) for one in names} - {owner}
            if others:
                message = (
                    f"{owner} could not be told from {', '.join(sorted(others))} in the generated "
                    "code"
                )
                yield f"{location}/{word}", message, "Give one of them another name"


def webhook_names(document: Document) -> Iterator[Finding]:
    """Webhooks have distinct names in Python."""
    seen: dict[str, str] = {}
    for wire, _operation, _schema in document.webhooks():
        other = seen.setdefault(python_name(wire), wire)
        if other != wire:
            message = f"the webhook {wire!r} would have the name of {other!r}"
            yield f"/webhooks/{escape(wire)}", message, "Leave one of them out"


def client_arguments(document: Document) -> Iterator[Finding]:
    """The arguments of a client have distinct names."""
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
    for wire in document.root["servers"][0].get("variables", {}):
        yield "/servers/0/variables", python_name(wire)
    schemes = "/components/securitySchemes"
    oauth2: set[str] = set()  # arguments that all schemes of OAuth 2.0 share
    for wire, scheme in document.root.get("components", {}).get("securitySchemes", {}).items():
        yield schemes, python_name(wire)
        extension = scheme.get("x-counterfoil", {})
        if extension.get("headers"):
            yield schemes, f"{python_name(wire)}_header"
        for name in list_argument_names(scheme):
            if name not in oauth2:
                yield schemes, name
        oauth2 |= set(list_argument_names(scheme))
        for name in extension.get("token-exchange", {}).get("credentials", {}):
            yield f"{schemes}/{wire}/x-counterfoil/token-exchange/credentials", name
    shared = set()
    for operation in document.operations():
        for one in document.parameters(operation):
            if one.get("x-counterfoil", {}).get("client"):
                shared.add(parameter_name(one))
    for name in sorted(shared):
        yield "/paths", name


def _is_taken(name: str, taken: set[str]) -> bool:
    return keyword.iskeyword(name) or name in taken


def arguments(document: Document, operation: RawOperation) -> Iterator[str]:
    """Yield the arguments of a method by their names on the wire."""
    yield from (wire for wire, _ in named_arguments(document, operation))


def named_arguments(document: Document, operation: RawOperation) -> Iterator[tuple[str, str]]:
    """Yield the arguments of a method, each by its name on the wire and in Python."""
    for one in list_parameters(document, operation):
        yield one["name"], parameter_name(one)
    properties = body_schema(document, operation).get("properties", {})
    names = {field_name(wire, child) for wire, child in properties.items()}
    is_whole = not names or bool(names & REQUEST_OPTIONS)
    if "body" in operation.extension or (is_whole and "requestBody" in operation.node):
        name = str(operation.extension.get("body", "body"))
        yield name, python_name(name)
        return
    for wire, child in properties.items():
        yield wire, field_name(wire, child)


def body_schema(document: Document, operation: RawOperation) -> Node:
    content = document.resolve(operation.node.get("requestBody", {})).get("content", {})
    for one in content.values():
        return document.resolve(one.get("schema", {}))
    return {}


NAME_RULES = {
    "unique-names": unique_names,
    "argument-names": argument_names,
    "method-names": method_names,
    "made-names": made_names,
    "client-arguments": client_arguments,
    "webhook-names": webhook_names,
}
