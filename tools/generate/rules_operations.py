"""Rules for operations: what a method needs to be named, documented, paged and called."""

from __future__ import annotations

from collections.abc import Iterator

from .annotations import core, follow, union_members
from .document import Document, Node, RawOperation
from .forms import Finding
from .rules_names import arguments, body_schema
from .rules_schemas import LONG_ENOUGH

HTTP_HEADERS = {"accept", "content-type", "authorization"}


def documented(document: Document) -> Iterator[Finding]:
    """Every operation has its vendor's name, a summary, a description and a link; every parameter a description."""
    for operation in document.operations():
        for word in ("operationId", "summary", "description"):
            if not operation.node.get(word):
                yield operation.pointer, f"{operation.method.upper()} {operation.path} has no {word}", "Give it one"
        if not operation.node.get("externalDocs", {}).get("url"):
            yield (
                operation.pointer,
                f"{operation.method.upper()} {operation.path} links to no page of the vendor",
                "Add `externalDocs: {url: ...}`",
            )
        for parameter in document.parameters(operation):
            if len(str(parameter.get("description", ""))) <= LONG_ENOUGH:
                message = f"the parameter {parameter['name']!r} has no description"
                yield operation.pointer, message, "Say meaning, unit and bounds"


def parameter_form(document: Document) -> Iterator[Finding]:
    """Parameters have a schema; what HTTP sends by itself is none; a path's holes and its parameters agree."""
    for operation in document.operations():
        holes = {part.partition("}")[0] for part in operation.path.split("{")[1:]}
        declared = {one["name"] for one in document.parameters(operation) if one["in"] == "path"}
        for name in sorted(holes ^ declared):
            yield (
                operation.pointer,
                f"the path parameter {name!r} stands only in {'the path' if name in holes else 'the list'}",
                "Declare it in both",
            )
        for parameter in document.parameters(operation):
            if parameter["in"] == "header" and str(parameter["name"]).lower() in HTTP_HEADERS:
                message = f"{parameter['name']} is no parameter: the client sends it by itself"
                yield operation.pointer, message, "Leave it out"


def examples(document: Document) -> Iterator[Finding]:
    """Every operation shows at least one answer, and its request where it has a body."""
    for operation in document.operations():
        body = document.resolve(operation.node.get("requestBody", {}))
        if body and not _has_example(body):
            yield f"{operation.pointer}/requestBody", "the request has no example", "Add one under `examples`"
        answers = {status: document.resolve(node) for status, node in operation.node.get("responses", {}).items()}
        with_body = {status: node for status, node in answers.items() if str(status).startswith("2") and node.get("content")}
        for status, node in with_body.items():
            if not _has_example(node):
                place = f"{operation.pointer}/responses/{status}"
                yield place, f"the answer {status} has no example", "Add one under `examples`"


def pointers(document: Document) -> Iterator[Finding]:
    """What `result`, `pagination`, `window` and an error's words point to is there."""
    for place, schema, pointer in _pointers(document):
        if not leads(document, schema, pointer):
            yield place, f"{pointer} leads nowhere in the answer", "Correct it, or describe what it names"
    for operation in document.operations():
        answers, words, place = successes(document, operation), operation.words, f"{operation.pointer}/x-counterfoil"
        if "pagination" in words and _item(document, operation) is None:
            message = f"{words['pagination']['items']} leads to no list in the answer"
            yield f"{place}/pagination/items", message, "Point to the array of a page's items"
        for word, name in _named_arguments(words):
            if not _is_argument(document, operation, name):
                message, remedy = f"{name!r} is no argument of the operation", "Name a parameter, or point into the body"
                yield f"{place}/{word}", message, remedy
        if words.get("result") and len(answers) > 1:
            message = "the answer is one of several schemas, and `result` points into one"
            yield f"{place}/result", message, "Return the answer whole"


def _pointers(document: Document) -> Iterator[tuple[str, Node, str]]:
    """Yield every pointer into an answer: its place, the schema where it begins, and itself."""
    for operation in document.operations():
        place, paging = f"{operation.pointer}/x-counterfoil", operation.words.get("pagination", {})
        answer, item = next(iter(successes(document, operation)), {}), _item(document, operation) or {}
        next_in = item if paging.get("style") == "keyset" else answer
        ways = [("pagination/total", answer, "total"), ("pagination/next", next_in, "next"), ("pagination/key", item, "key")]
        yield from ((f"{place}/{word}", schema, paging[name]) for word, schema, name in ways if name in paging)
        if "result" in operation.words:
            yield f"{place}/result", answer, operation.words["result"]
    for name, schema in document.schemas.items():
        place, words = f"/components/schemas/{name}/x-counterfoil", schema.get("x-counterfoil", {})
        yield from ((f"{place}/{word}", schema, words[word]) for word in ("code", "message", "field") if word in words)


def _item(document: Document, operation: RawOperation) -> Node | None:
    """Return the schema of one item of a page, None if no list is where the pages should have theirs."""
    answer, pointer = next(iter(successes(document, operation)), {}), operation.words.get("pagination", {}).get("items", "")
    there = leads(document, answer, pointer)
    return core(document, follow(document, answer, pointer)).get("items") if there else None


def _named_arguments(words: Node) -> Iterator[tuple[str, str]]:
    """Yield the arguments that the words of an operation name, each with its place there."""
    paging, window = words.get("pagination", {}), words.get("window", {})
    yield from ((f"pagination/{word}", paging[word]) for word in ("cursor", "size") if word in paging)
    yield from ((f"pagination/{word}", paging[word]["parameter"]) for word in ("order", "select") if word in paging)
    yield from ((f"pagination/excludes/{index}", name) for index, name in enumerate(paging.get("excludes", [])))
    yield from ((f"window/{word}", window[word]) for word in ("from", "to") if word in window)


def known_names(document: Document) -> Iterator[Finding]:
    """Security schemes and successors that an operation names exist."""
    schemes = document.root.get("components", {}).get("securitySchemes", {})
    methods = {f"{one.words['resource']}.{one.words['method']}" for one in document.operations()}
    secured = [("/security", document.root), *((f"{one.pointer}/security", one.node) for one in document.operations())]
    for place, node in secured:
        for name in sorted({name for alternative in node.get("security", []) for name in alternative} - schemes.keys()):
            yield place, f"there is no security scheme {name!r}", "Describe it under `components/securitySchemes`"
    for operation in document.operations():
        if (successor := operation.words.get("successor")) and successor not in methods:
            place = f"{operation.pointer}/x-counterfoil/successor"
            yield place, f"there is no method {successor}", "Name another: resource.method"


def servers(document: Document) -> Iterator[Finding]:
    """The holes of an operation's own server are filled by the client's arguments, hence by the document's variables."""
    known = document.root["servers"][0].get("variables", {})
    for operation in document.operations():
        for index, server in enumerate(operation.node.get("servers", [])):
            for name in sorted(part.partition("}")[0] for part in server["url"].split("{")[1:]):
                if name not in known:
                    place = f"{operation.pointer}/servers/{index}/url"
                    message = f"the document's server has no variable {name!r}"
                    yield place, message, "Use one of its variables, or write the host out"


def result_header(document: Document) -> Iterator[Finding]:
    """A header that a method returns is a documented one of each success."""
    for operation in document.operations():
        wanted = str(operation.words.get("result-header", ""))
        for status, node in operation.node.get("responses", {}).items() if wanted else ():
            headers = document.resolve(node).get("headers", {})
            if status.startswith("2") and wanted.lower() not in map(str.lower, headers):
                place = f"{operation.pointer}/x-counterfoil/result-header"
                yield place, f"the answer {status} has no header {wanted}", "Describe it there, or correct the name"


def successes(document: Document, operation: RawOperation) -> list[Node]:
    """The schemas of the answers that mean success, those of a union one by one."""
    answers = [node for status, node in operation.node["responses"].items() if status.startswith("2")]
    whole = [one["schema"] for answer in answers for one in document.resolve(answer).get("content", {}).values()]
    members = [member for schema in whole for member in union_members(schema) or [schema]]
    found = [one for one in map(document.resolve, members) if not one.get("x-counterfoil", {}).get("error")]
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


def _has_example(node: Node) -> bool:
    return any(content.get("examples") for content in node.get("content", {}).values())


OPERATION_RULES = {
    "documentation": documented,
    "parameter": parameter_form,
    "example": examples,
    "pointer": pointers,
    "known-names": known_names,
    "result-header": result_header,
    "server": servers,
}
