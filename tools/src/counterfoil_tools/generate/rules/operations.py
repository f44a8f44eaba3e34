"""Rules for operations: names, documentation, pointers, servers and references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...openapi.document import Document, Node, RawOperation, list_successes
from ...openapi.json_schema import Finding
from ..python.paging import LINK_HEADER, read_paging
from ..python.types import core, follow, tag_properties, union_members
from .extension import find_holes
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
        holes = find_holes(operation.path)
        declared = {one["name"] for one in document.parameters(operation) if one["in"] == "path"}
        for name in sorted(holes ^ declared):
            place = "the path" if name in holes else "the list"
            message = f"the path parameter {name!r} stands only in {place}"
            remedy = (
                f"Write {{{name}}} in the path, and `{{name: {name}, in: path, required: true, "
                "...}` among its parameters"
            )
            yield operation.pointer, message, remedy


def pointers(document: Document) -> Iterator[Finding]:
    """The pointers of `result`, `pagination`, `window` and errors lead to described values."""
    tags = _tags(document)
    for location, schema, pointer in _pointers(document):
        if leads(document, schema, pointer) and _meets_tag(document, schema, pointer, tags):
            message = (
                f"{pointer} leads to the tag by which a union's members are told, and no model "
                "holds that"
            )
            yield location, message, "Point to another property, such as /code"
        if not leads(document, schema, pointer):
            message = f"{pointer} leads nowhere in the answer"
            remedy = (
                "Write a JSON pointer to what is described there, such as /parcels, or describe "
                "what it names"
            )
            yield location, message, remedy
    for operation in document.operations():
        yield from _check_pointers(document, operation)


def _check_pointers(document: Document, operation: RawOperation) -> Iterator[Finding]:
    extension = operation.extension
    location = f"{operation.pointer}/x-counterfoil"
    if "pagination" in extension and page_item(document, operation) is None:
        items = extension["pagination"].get("items", "nothing")
        message = f"{items} leads to no list in the answer"
        remedy = "Point to the array of a page's items: `items: /parcels`"
        yield f"{location}/pagination/items", message, remedy
    for word, name in _named_arguments(extension):
        if not _is_argument(document, operation, name):
            message = f"{name!r} is no argument of the operation"
            yield f"{location}/{word}", message, "Name a parameter, or point into the body"
    if extension.get("result") and len(successes(document, operation)) > 1:
        message = "the answer is one of several schemas, and `result` points into one"
        yield f"{location}/result", message, "Return the answer whole"


def _pointers(document: Document) -> Iterator[tuple[str, Node, str]]:
    """Yield every pointer into a response: its place, the schema where it begins, and itself."""
    for operation in document.operations():
        location = f"{operation.pointer}/x-counterfoil"
        paging = read_paging(operation)
        if paging.get("next") == LINK_HEADER:
            del paging["next"]
        answer = first_success(document, operation)
        item = page_item(document, operation) or {}
        begins = {"total": answer, "has-more": answer, "next": answer, "key": item}
        if paging.get("style") == "keyset":
            begins["next"] = item
        for word, schema in begins.items():
            if word in paging:
                yield f"{location}/pagination/{word}", schema, paging[word]
        if "result" in operation.extension:
            yield f"{location}/result", answer, operation.extension["result"]
    for name, schema in document.schemas.items():
        extension = schema.get("x-counterfoil", {})
        for word in ("code", "message", "field"):
            if word in extension:
                yield f"/components/schemas/{name}/x-counterfoil/{word}", schema, extension[word]


def _tags(document: Document) -> dict[int, str]:
    """Return the property that is a tag, by the id of the `properties` that contain it.

    The schema around them has another id each time, since resolving copies it.
    """
    found = {}
    for name, tag in tag_properties(document).items():
        if name in document.schemas:
            found[id(document.schemas[name].get("properties"))] = tag
    return found


def _meets_tag(document: Document, schema: Node, pointer: str, tags: dict[int, str]) -> bool:
    for part in filter(None, pointer.split("/")):
        properties = core(document, schema)["properties"]
        if tags.get(id(properties)) == part:
            return True
        schema = properties[part]
    return False


def page_item(document: Document, operation: RawOperation) -> Node | None:
    """Return the schema of one item of a page, None if `items` does not lead to a list."""
    answer = first_success(document, operation)
    pointer = operation.extension.get("pagination", {}).get("items", "")
    if not leads(document, answer, pointer):
        return None
    item: Node | None = core(document, follow(document, answer, pointer)).get("items")
    return item


def _named_arguments(extension: Node) -> Iterator[tuple[str, str]]:
    """Yield the arguments that an operation's extension names, each with its place there."""
    paging = extension.get("pagination", {})
    window = extension.get("window", {})
    for word in ("cursor", "size"):
        if word in paging:
            yield f"pagination/{word}", paging[word]
    for word in ("order", "select"):
        if word in paging:
            yield f"pagination/{word}", paging[word]["parameter"]
    for index, name in enumerate(paging.get("excludes", [])):
        yield f"pagination/excludes/{index}", name
    for word in ("from", "to"):
        if word in window:
            yield f"window/{word}", window[word]


def known_names(document: Document) -> Iterator[Finding]:
    """Security schemes and successors that an operation names exist."""
    schemes = document.root.get("components", {}).get("securitySchemes", {})
    methods = set()
    secured = [("/security", document.root)]
    for operation in document.operations():
        methods.add(f"{operation.extension['resource']}.{operation.extension['method']}")
        secured.append((f"{operation.pointer}/security", operation.node))
    for location, node in secured:
        named = {name for alternative in node.get("security", []) for name in alternative}
        for name in sorted(named - schemes.keys()):
            yield (
                location,
                f"there is no security scheme {name!r}",
                "Describe it under `components/securitySchemes`",
            )
    for operation in document.operations():
        successor = operation.extension.get("successor")
        if successor and successor not in methods:
            location = f"{operation.pointer}/x-counterfoil/successor"
            yield location, f"there is no method {successor}", "Name another: resource.method"


def servers(document: Document) -> Iterator[Finding]:
    """A server is an address; those of operations use only the document's variables."""
    for index, server in enumerate(document.root["servers"]):
        yield from _check_address(f"/servers/{index}/url", server["url"])
    known = document.root["servers"][0].get("variables", {})
    for operation in document.operations():
        for index, server in enumerate(operation.node.get("servers", [])):
            location = f"{operation.pointer}/servers/{index}/url"
            yield from _check_address(location, server["url"])
            for name in sorted(find_holes(server["url"])):
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
        responses = operation.node.get("responses", {})
        for status in list_successes(responses) if wanted else ():
            headers = document.resolve(responses[status]).get("headers", {})
            if wanted.lower() not in map(str.lower, headers):
                location = f"{operation.pointer}/x-counterfoil/result-header"
                yield (
                    location,
                    f"the answer {status} has no header {wanted}",
                    "Describe it there, or correct the name",
                )


def successes(document: Document, operation: RawOperation) -> list[Node]:
    """Return the schemas of the responses that mean success, those of a union one by one."""
    found: list[Node] = []
    responses = operation.node["responses"]
    for status in list_successes(responses):
        contents = document.resolve(responses[status]).get("content", {})
        for content in contents.values():
            for member in union_members(content["schema"]) or [content["schema"]]:
                schema = document.resolve(member)
                is_error = schema.get("x-counterfoil", {}).get("error")
                if not is_error and schema not in found:
                    found.append(schema)
    return found


def first_success(document: Document, operation: RawOperation) -> Node:
    """Return the first schema that means success, {} if there is none."""
    found = successes(document, operation)
    return found[0] if found else {}


def leads(document: Document, node: Node, pointer: str) -> bool:
    """Return whether a JSON pointer leads to a described property of a schema."""
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
