"""Rules for operations: what a method needs to be named, documented, paged and called."""

from __future__ import annotations

from collections.abc import Iterator

from .annotations import follow, union_members
from .document import Document, Node, RawOperation
from .naming import PAGING_ARGUMENTS, python_name
from .rules_schemas import LONG_ENOUGH

Finding = tuple[str, str, str]
HTTP_HEADERS = {"accept", "content-type", "authorization"}


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
                yield (
                    operation.pointer,
                    f"the parameter {parameter['name']!r} has no description",
                    "Say meaning, unit and bounds",
                )


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
            if "content" in parameter or "schema" not in parameter:
                yield (
                    operation.pointer,
                    f"the parameter {parameter['name']!r} has no schema of its own",
                    "Describe it by `schema`, not `content`",
                )
            if parameter["in"] == "header" and str(parameter["name"]).lower() in HTTP_HEADERS:
                yield (
                    operation.pointer,
                    f"{parameter['name']} is no parameter: the client sends it by itself",
                    "Leave it out",
                )
            if parameter["in"] == "cookie":
                yield (
                    operation.pointer,
                    f"the parameter {parameter['name']!r} is a cookie, which clients here do not keep",
                    "Leave it out",
                )


def argument_names(document: Document) -> Iterator[Finding]:
    """What a method takes can be told apart by name."""
    for operation in document.operations():
        seen: dict[str, str] = {}
        reserved = PAGING_ARGUMENTS if "pagination" in operation.words else set()
        for wire in _arguments(document, operation):
            name = python_name(wire)
            if seen.setdefault(name, wire) != wire or name in reserved or list(_arguments(document, operation)).count(wire) > 1:
                message = f"{operation.words['resource']}.{operation.words['method']} would take the argument {name} twice"
                yield operation.pointer, message, "Pass the body whole: `x-counterfoil: {body: NAME}`"


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
                yield (
                    f"{operation.pointer}/responses/{status}",
                    f"the answer {status} has no example",
                    "Add one under `examples`",
                )


def pointers(document: Document) -> Iterator[Finding]:
    """The pointers of `result` and `pagination` lead somewhere."""
    for operation in document.operations():
        answer = _success(document, operation)
        words, paging = operation.words, operation.words.get("pagination", {})
        into_answer = {
            "result": words.get("result"),
            "pagination/items": paging.get("items"),
            "pagination/total": paging.get("total"),
        }
        if paging.get("style") == "token":
            into_answer["pagination/next"] = paging.get("next")
        for word, pointer in into_answer.items():
            if pointer and not _leads(document, answer, pointer):
                yield (
                    f"{operation.pointer}/x-counterfoil/{word}",
                    f"{pointer} leads nowhere in the answer",
                    "Correct it, or describe what it names",
                )
        for word in ("cursor", "size"):
            if word in paging and not _is_argument(document, operation, paging[word]):
                yield (
                    f"{operation.pointer}/x-counterfoil/pagination/{word}",
                    f"{paging[word]!r} is no argument of the operation",
                    "Name a parameter, or point into the body",
                )


def result_header(document: Document) -> Iterator[Finding]:
    """A header that a method returns is a documented one of each success."""
    for operation in document.operations():
        wanted = str(operation.words.get("result-header", ""))
        for status, node in operation.node.get("responses", {}).items() if wanted else ():
            headers = document.resolve(node).get("headers", {})
            if status.startswith("2") and wanted.lower() not in map(str.lower, headers):
                place = f"{operation.pointer}/x-counterfoil/result-header"
                yield place, f"the answer {status} has no header {wanted}", "Describe it there, or correct the name"


def _arguments(document: Document, operation: RawOperation) -> Iterator[str]:
    yield from (one["name"] for one in document.parameters(operation))
    schema = _body(document, operation)
    if "body" in operation.words:
        yield operation.words["body"]
    else:
        yield from schema.get("properties", {})


def _body(document: Document, operation: RawOperation) -> Node:
    content = document.resolve(operation.node.get("requestBody", {})).get("content", {})
    return next((document.resolve(one.get("schema", {})) for one in content.values()), {})


def _success(document: Document, operation: RawOperation) -> Node:
    for status, node in operation.node.get("responses", {}).items():
        for content in document.resolve(node).get("content", {}).values() if str(status).startswith("2") else ():
            members = union_members(content.get("schema", {})) or [content.get("schema", {})]
            good = [one for one in map(document.resolve, members) if not one.get("x-counterfoil", {}).get("error")]
            return good[0] if good else {}
    return {}


def _leads(document: Document, node: Node, pointer: str) -> bool:
    try:
        follow(document, node, pointer)
    except KeyError:
        return False
    return True


def _is_argument(document: Document, operation: RawOperation, pointer: str) -> bool:
    if pointer.startswith("/"):
        return _leads(document, _body(document, operation), pointer)
    return pointer in set(_arguments(document, operation))


def _has_example(node: Node) -> bool:
    return any(content.get("examples") for content in node.get("content", {}).values())


OPERATION_RULES = {
    "unique-names": unique_names,
    "documentation": documented,
    "parameter": parameter_form,
    "argument-names": argument_names,
    "example": examples,
    "pointer": pointers,
    "result-header": result_header,
}
