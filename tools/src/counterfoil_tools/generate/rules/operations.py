"""Rules for operations: what a method needs to be named, documented, paged and called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...openapi.document import Document, Node, RawOperation
from ...openapi.json_schema import Finding
from ..python.paging import LINK_HEADER, read_paging
from ..python.types import core, follow, tag_properties, union_members
from .names import arguments, body_schema
from .schemas import lacks_description

ADDRESS = re.compile(r"https?://[^/?#\s{}\\]+(/[^?#{}\\]*)?", re.IGNORECASE)
WORDS = {
    "operationId": "operationId: getParcel",
    "summary": "summary: Get a parcel",
    "description": "description: Returns a parcel with its place on the way.",
}


def identified(document: Document) -> Iterator[Finding]:
    """Every operation has its vendor's name."""
    for operation in document.operations():
        yield from _find_absent(operation, "operationId")


def _find_absent(operation: RawOperation, word: str) -> Iterator[Finding]:
    if not operation.node.get(word):
        message = f"{operation.method.upper()} {operation.path} has no {word}"
        yield operation.pointer, message, f"Give it one: `{WORDS[word]}`"


def documented(document: Document) -> Iterator[Finding]:
    """Every operation has a summary, a description and a link; every parameter a description."""
    for operation in document.operations():
        yield from _find_absent(operation, "summary")
        yield from _find_absent(operation, "description")
        if not operation.node.get("externalDocs", {}).get("url"):
            yield (
                operation.pointer,
                f"{operation.method.upper()} {operation.path} links to no page of the vendor",
                'Add `externalDocs: {url: "https://..."}`',
            )
        for parameter in document.parameters(operation):
            if missing := lacks_description(
                f"the parameter {parameter['name']!r}", parameter.get("description")
            ):
                yield (
                    operation.pointer,
                    missing,
                    "Say meaning, unit and bounds: `description: Parcels of a page; 100 at most.`",
                )


def parameter_form(document: Document) -> Iterator[Finding]:
    """A path's holes and its parameters agree."""
    for operation in document.operations():
        holes = {part.partition("}")[0] for part in operation.path.split("{")[1:]}
        declared = {one["name"] for one in document.parameters(operation) if one["in"] == "path"}
        for name in sorted(holes ^ declared):
            yield (
                operation.pointer,
                f"the path parameter {name!r} stands only in {'the path' if name in holes else 'the list'}",
                f"Write {{{name}}} in the path, and `{{name: {name}, in: path, required: true, ...}}` among its parameters",
            )


def pointers(document: Document) -> Iterator[Finding]:
    """What `result`, `pagination`, `window` and an error's words point to is there."""
    tags = _tags(document)
    for location, schema, pointer in _pointers(document):
        if leads(document, schema, pointer) and _meets_tag(document, schema, pointer, tags):
            message = f"{pointer} leads to the tag by which a union's members are told, and no model holds that"
            yield location, message, "Point to another property, such as /code"
        if not leads(document, schema, pointer):
            message = f"{pointer} leads nowhere in the answer"
            yield (
                location,
                message,
                "Write a JSON pointer to what is described there, such as /parcels, or describe what it names",
            )
    for operation in document.operations():
        responses, extension, location = (
            successes(document, operation),
            operation.extension,
            f"{operation.pointer}/x-counterfoil",
        )
        if "pagination" in extension and page_item(document, operation) is None:
            message = (
                f"{extension['pagination'].get('items', 'nothing')} leads to no list in the answer"
            )
            yield (
                f"{location}/pagination/items",
                message,
                "Point to the array of a page's items: `items: /parcels`",
            )
        for word, name in _named_arguments(extension):
            if not _is_argument(document, operation, name):
                message, remedy = (
                    f"{name!r} is no argument of the operation",
                    "Name a parameter, or point into the body",
                )
                yield f"{location}/{word}", message, remedy
        if extension.get("result") and len(responses) > 1:
            message = "the answer is one of several schemas, and `result` points into one"
            yield f"{location}/result", message, "Return the answer whole"


def _pointers(document: Document) -> Iterator[tuple[str, Node, str]]:
    """Yield every pointer into an answer: its place, the schema where it begins, and itself."""
    for operation in document.operations():
        location = f"{operation.pointer}/x-counterfoil"
        paging = read_paging(operation)
        if paging.get("next") == LINK_HEADER:
            del paging["next"]
        answer, item = (
            next(iter(successes(document, operation)), {}),
            page_item(document, operation) or {},
        )
        next_in = item if paging.get("style") == "keyset" else answer
        ways = [
            ("pagination/total", answer, "total"),
            ("pagination/has-more", answer, "has-more"),
            ("pagination/next", next_in, "next"),
            ("pagination/key", item, "key"),
        ]
        yield from (
            (f"{location}/{word}", schema, paging[name])
            for word, schema, name in ways
            if name in paging
        )
        if "result" in operation.extension:
            yield f"{location}/result", answer, operation.extension["result"]
    for name, schema in document.schemas.items():
        location, extension = (
            f"/components/schemas/{name}/x-counterfoil",
            schema.get("x-counterfoil", {}),
        )
        yield from (
            (f"{location}/{word}", schema, extension[word])
            for word in ("code", "message", "field")
            if word in extension
        )


def _tags(document: Document) -> dict[int, str]:
    """The property that is a tag, by the identity of the properties that it is one of: resolving copies what is around them."""
    named = tag_properties(document).items()
    return {
        id(document.schemas[name].get("properties")): tag
        for name, tag in named
        if name in document.schemas
    }


def _meets_tag(document: Document, schema: Node, pointer: str, tags: dict[int, str]) -> bool:
    for part in filter(None, pointer.split("/")):
        properties = core(document, schema)["properties"]
        if tags.get(id(properties)) == part:
            return True
        schema = properties[part]
    return False


def page_item(document: Document, operation: RawOperation) -> Node | None:
    """Return the schema of one item of a page, None if no list is where the pages should have theirs."""
    answer, pointer = (
        next(iter(successes(document, operation)), {}),
        operation.extension.get("pagination", {}).get("items", ""),
    )
    there = leads(document, answer, pointer)
    return core(document, follow(document, answer, pointer)).get("items") if there else None


def _named_arguments(extension: Node) -> Iterator[tuple[str, str]]:
    """Yield the arguments that the words of an operation name, each with its place there."""
    paging, window = extension.get("pagination", {}), extension.get("window", {})
    yield from (
        (f"pagination/{word}", paging[word]) for word in ("cursor", "size") if word in paging
    )
    yield from (
        (f"pagination/{word}", paging[word]["parameter"])
        for word in ("order", "select")
        if word in paging
    )
    yield from (
        (f"pagination/excludes/{index}", name)
        for index, name in enumerate(paging.get("excludes", []))
    )
    yield from ((f"window/{word}", window[word]) for word in ("from", "to") if word in window)


def known_names(document: Document) -> Iterator[Finding]:
    """Security schemes and successors that an operation names exist."""
    schemes = document.root.get("components", {}).get("securitySchemes", {})
    methods = {
        f"{one.extension['resource']}.{one.extension['method']}" for one in document.operations()
    }
    secured = [
        ("/security", document.root),
        *((f"{one.pointer}/security", one.node) for one in document.operations()),
    ]
    for location, node in secured:
        for name in sorted(
            {name for alternative in node.get("security", []) for name in alternative}
            - schemes.keys()
        ):
            yield (
                location,
                f"there is no security scheme {name!r}",
                "Describe it under `components/securitySchemes`",
            )
    for operation in document.operations():
        if (successor := operation.extension.get("successor")) and successor not in methods:
            location = f"{operation.pointer}/x-counterfoil/successor"
            yield location, f"there is no method {successor}", "Name another: resource.method"


def servers(document: Document) -> Iterator[Finding]:
    """A server is an address, and the holes of an operation's own are filled by the document's variables."""
    for index, server in enumerate(document.root["servers"]):
        yield from _check_address(f"/servers/{index}/url", server["url"])
    known = document.root["servers"][0].get("variables", {})
    for operation in document.operations():
        for index, server in enumerate(operation.node.get("servers", [])):
            location = f"{operation.pointer}/servers/{index}/url"
            yield from _check_address(location, server["url"])
            for name in sorted(part.partition("}")[0] for part in server["url"].split("{")[1:]):
                if name not in known:
                    message = f"the document's server has no variable {name!r}"
                    yield location, message, "Use one of its variables, or write the host out"


def _check_address(location: str, url: str) -> Iterator[Finding]:
    if not ADDRESS.fullmatch(re.sub(r"\{[^{}]*\}", "x", url)):
        message = f"the server {url!r} is no address to send requests to"
        yield (
            location,
            message,
            "Write scheme and host, without a query: `url: https://api.parcels.example/v1`",
        )


def result_header(document: Document) -> Iterator[Finding]:
    """A header that a method returns is a documented one of each success."""
    for operation in document.operations():
        wanted = str(operation.extension.get("result-header", ""))
        for status, node in operation.node.get("responses", {}).items() if wanted else ():
            headers = document.resolve(node).get("headers", {})
            if status.startswith("2") and wanted.lower() not in map(str.lower, headers):
                location = f"{operation.pointer}/x-counterfoil/result-header"
                yield (
                    location,
                    f"the answer {status} has no header {wanted}",
                    "Describe it there, or correct the name",
                )


def successes(document: Document, operation: RawOperation) -> list[Node]:
    """The schemas of the answers that mean success, those of a union one by one."""
    responses = [
        node for status, node in operation.node["responses"].items() if status.startswith("2")
    ]
    whole = [
        one["schema"]
        for answer in responses
        for one in document.resolve(answer).get("content", {}).values()
    ]
    members = [member for schema in whole for member in union_members(schema) or [schema]]
    found = [
        one
        for one in map(document.resolve, members)
        if not one.get("x-counterfoil", {}).get("error")
    ]
    return [one for index, one in enumerate(found) if one not in found[:index]]


def leads(document: Document, node: Node, pointer: str) -> bool:
    try:
        follow(document, node, pointer)
    except KeyError:
        return False
    return True


def _is_argument(document: Document, operation: RawOperation, pointer: str) -> bool:
    if pointer.startswith("/"):
        return leads(document, body_schema(document, operation), pointer)
    return pointer in set(arguments(document, operation))


OPERATION_RULES = {
    "operation-id": identified,
    "documentation": documented,
    "parameter": parameter_form,
    "pointer": pointers,
    "known-names": known_names,
    "result-header": result_header,
    "server": servers,
}
