"""What the pages say about an API, from its document and the generator's IR."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..generate.ir import Argument, Field, Method, Model, Operation, Package
from ..generate.python.docstrings import (
    KEYED_BY_HEADER,
    RETRIES,
    describe,
    in_python_names,
    list_names,
)
from ..generate.python.names import field_name, parameter_name
from ..generate.python.operations import OperationLowering
from ..openapi.bundle import to_json
from ..openapi.document import Document, Node, reference_name
from .bounds import describe_bounds
from .calls import Call, write_call

EXCEPTIONS = {  # the runtime's, by status; a document may say otherwise
    401: "AuthenticationFailed",
    403: "PermissionDenied",
    404: "NotFound",
    408: "ServerError",
    409: "Conflict",
    410: "NotFound",
    412: "Conflict",
    429: "RateLimited",
}
LONGEST = 60  # lines of an example


@dataclass(frozen=True, kw_only=True)
class Row:
    """One argument of a method, or one field of a model."""

    name: str
    annotation: str
    meaning: str
    bounds: str
    required: bool
    wire: str = ""


@dataclass(frozen=True, kw_only=True)
class ErrorRow:
    """One documented failure of an operation."""

    status: str
    exception: str
    meaning: str
    model: str


@dataclass(frozen=True, kw_only=True)
class MethodPage:
    """One operation, as its section of a page has it."""

    name: str
    path: str  # client.invoices.get
    operation: Operation
    method: Method
    variants: tuple[Method, ...]  # iterate and pages
    description: str
    arguments: tuple[Row, ...]
    returns: str
    call: Call
    answer: str
    errors: tuple[ErrorRow, ...]
    reasons: tuple[Node, ...]
    limits: tuple[str, ...]
    doubts: tuple[str, ...]
    source: str
    successor: str


@dataclass(frozen=True, kw_only=True)
class ResourcePage:
    """The methods of one resource."""

    name: str
    methods: tuple[MethodPage, ...]


@dataclass(frozen=True, kw_only=True)
class ModelPage:
    """One model with its fields."""

    model: Model
    rows: tuple[Row, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Everything that the pages of an API say."""

    package: Package
    resources: tuple[ResourcePage, ...]
    models: tuple[ModelPage, ...]
    limits: tuple[str, ...]
    doubts: tuple[tuple[str, str], ...] = field(default=())  # the place, and what is not known
    left_out: str = ""  # from ADOPTED.md


def read_reference(document: Document, package: Package, folder: Path) -> Reference:
    """Return what the pages of an API say; `document` is the prepared one."""
    pages: dict[str, list[MethodPage]] = {}
    by_id = {one.operation_id: one for one in package.operations}
    classes = {one.name: one.classes[0] for one in package.resources}
    for raw in document.operations():
        lowering = OperationLowering(document, raw)
        resource = str(lowering.extension["resource"])
        operation = by_id[raw.node["operationId"]]
        methods = {one.name: one for one in classes[resource].methods}
        page = _read_method(document, lowering, operation, methods)
        pages.setdefault(resource, []).append(page)
    return Reference(
        package=package,
        resources=tuple(ResourcePage(name=name, methods=tuple(p)) for name, p in pages.items()),
        models=tuple(_read_model(document, model) for model in package.models),
        limits=tuple(_spell_limits(document.extension)),
        doubts=tuple(_list_doubts(document, pages)),
        left_out=_read_left_out(folder),
    )


# methods


def _read_method(
    document: Document,
    lowering: OperationLowering,
    operation: Operation,
    methods: dict[str, Method],
) -> MethodPage:
    method = methods[operation.method]
    variants = [methods[name] for name in ("iterate", "pages") if operation.pages]
    names = list_names(document, lowering.raw)
    node = lowering.raw.node
    return MethodPage(
        name=operation.method,
        path=f"client.{lowering.name}",
        operation=operation,
        method=method,
        variants=tuple(variants),
        description=in_python_names(_demote(describe(node)), names),
        arguments=tuple(_read_arguments(document, lowering, method)),
        returns=method.returns,
        call=write_call(lowering, method, "client"),
        answer=_read_answer(lowering),
        errors=tuple(_read_errors(document, lowering)),
        reasons=tuple(lowering.extension.get("errors", [])),
        limits=tuple(_list_limits(lowering)),
        doubts=tuple(dict.fromkeys(text for _, text in find_doubts(document, node))),
        source=str(node.get("externalDocs", {}).get("url", document.package.documentation)),
        successor=str(lowering.extension.get("successor", "")),
    )


def _read_arguments(
    document: Document, lowering: OperationLowering, method: Method
) -> Iterator[Row]:
    schemas = {parameter_name(one): one["schema"] for one in lowering.parameters}
    wires = {parameter_name(one): str(one["name"]) for one in lowering.parameters}
    body = lowering.body
    if body and body.is_whole:
        schemas[body.argument] = body.schema
    elif body:
        for wire, child in document.resolve(body.schema).get("properties", {}).items():
            schemas[field_name(wire, child)] = child
            wires[field_name(wire, child)] = wire
    for argument in method.arguments:
        yield _read_argument(document, argument, schemas, wires)


def _read_argument(
    document: Document, argument: Argument, schemas: dict[str, Node], wires: dict[str, str]
) -> Row:
    return Row(
        name=argument.name,
        annotation=argument.annotation.removesuffix(" | UnsetType"),
        meaning=argument.doc,
        bounds=describe_bounds(document, schemas.get(argument.name, {})),
        required=argument.default is None,
        wire=wires.get(argument.name, ""),
    )


def _read_answer(lowering: OperationLowering) -> str:
    """Return the first example of a success as JSON, with its digits; "" without one."""
    for status in lowering.responses:
        node = lowering.document.resolve(lowering.raw.node["responses"][str(status)])
        for media, content in node.get("content", {}).items():
            for example in (content.get("examples") or {}).values():
                value = lowering.document.resolve(example).get("value")
                if "json" in media and value is not None:
                    return _shorten(to_json(value, indent=2))
    return ""


def _shorten(text: str) -> str:
    lines = text.splitlines()
    if len(lines) <= LONGEST:
        return text
    return "\n".join([*lines[:LONGEST], "..."])


def _read_errors(document: Document, lowering: OperationLowering) -> Iterator[ErrorRow]:
    statuses = document.extension.get("statuses", {})
    for status, raw in lowering.raw.node.get("responses", {}).items():
        if status.startswith(("2", "3")):
            continue
        node = document.resolve(raw)
        schemas = [one.get("schema", {}) for one in node.get("content", {}).values()]
        names = [reference_name(schema) for schema in schemas]
        yield ErrorRow(
            status=status,
            exception=statuses.get(status) or name_exception(status),
            meaning=describe(node),
            model=next(filter(None, names), ""),
        )


def name_exception(status: str) -> str:
    """Return the name of the runtime's exception for a status, a range or `default`."""
    if not status.isdigit():
        return {"4XX": "InvalidRequest", "5XX": "ServerError"}.get(status.upper(), "ApiError")
    code = int(status)
    if code in EXCEPTIONS:
        return EXCEPTIONS[code]
    return "ServerError" if code >= 500 else "InvalidRequest"


def _list_limits(lowering: OperationLowering) -> Iterator[str]:
    extension = lowering.extension
    yield from _spell_limits(extension)
    window = extension.get("window", {})
    if "longest" in window:
        first, last = lowering.argument_name(window["from"]), lowering.argument_name(window["to"])
        yield f"From `{first}` to `{last}` at most {_spell_span(window['longest'])}."
    if "history" in window:
        first = lowering.argument_name(window["from"])
        yield f"`{first}` at most {_spell_span(window['history'])} ago."
    pages = extension.get("pagination", {})
    if "max-pages" in pages:
        yield f"The API returns at most {pages['max-pages']} pages."
    if "idempotency-header" in extension:
        yield KEYED_BY_HEADER.format(f"`{extension['idempotency-header']}`")
    else:
        yield RETRIES[extension["retry"]]


def _spell_limits(extension: Node) -> Iterator[str]:
    limit = extension.get("rate-limit")
    if not limit:
        return
    text = f"At most {limit['requests']} requests in {_spell_span(limit['per'])}"
    if "burst" in limit:
        text += f", {limit['burst']} of them at once"
    scope = {"operation": "for this operation alone", "account": "for all operations together"}
    if limit.get("scope") in scope:
        text += f", {scope[limit['scope']]}"
    yield f"{text}. The client keeps to it."


def _spell_span(text: str) -> str:
    units = {"s": "second", "m": "minute", "h": "hour", "d": "day", "D": "day", "M": "month"}
    found = re.fullmatch(r"P?(\d+)([smhdDM])", str(text))
    if not found:
        return str(text)
    number, unit = int(found[1]), units[found[2]]
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


# models


def _read_model(document: Document, model: Model) -> ModelPage:
    schema = document.schemas.get(model.name, {})
    children = {
        field_name(wire, child): (wire, child)
        for wire, child in schema.get("properties", {}).items()
    }
    rows = tuple(_read_field(document, one, children) for one in model.fields)
    doubts = tuple(text for _, text in find_doubts(document, schema))
    return ModelPage(model=model, rows=rows, doubts=doubts)


def _read_field(document: Document, one: Field, children: dict[str, Any]) -> Row:
    wire, child = children.get(one.name, (one.wire, {}))
    return Row(
        name=one.name,
        annotation=one.annotation.removesuffix(" | UnsetType"),
        meaning=one.doc,
        bounds=describe_bounds(document, child),
        required=one.required,
        wire=wire,
    )


# what is not known


def find_doubts(document: Document, node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield what is `unverified` in a node, each with its place; references are not followed.

    Parameters are an exception: shared ones belong to the operations that have them.
    """
    if isinstance(node, list):
        for one in node:
            yield from find_doubts(document, one, place)
        return
    if not isinstance(node, dict):
        return
    if str(node.get("$ref", "")).startswith("#/components/parameters/"):
        node = document.resolve(node)
    name = str(node.get("name", "")) if "in" in node else ""
    here = f"{place} `{name}`".strip() if name else place
    extension = node.get("x-counterfoil")
    if isinstance(extension, dict) and "unverified" in extension:
        yield here, str(extension["unverified"])
    for key, child in node.items():
        if key in ("x-counterfoil", "example", "examples", "enum"):
            continue
        if key == "properties" and isinstance(child, dict):
            for wire, one in child.items():
                yield from find_doubts(document, one, f"{here} `{wire}`".strip())
        else:
            yield from find_doubts(document, child, here)


def _list_doubts(
    document: Document, pages: dict[str, list[MethodPage]]
) -> Iterator[tuple[str, str]]:
    if "unverified" in document.extension:
        yield "the whole API", str(document.extension["unverified"])
    for name, scheme in (document.root.get("components", {}).get("securitySchemes") or {}).items():
        for _, text in find_doubts(document, scheme):
            yield f"credential `{name}`", text
    for found in pages.values():
        for page in found:
            for text in page.doubts:
                yield f"`{page.path.removeprefix('client.')}`", text
    for name, schema in document.schemas.items():
        for place, text in find_doubts(document, schema):
            yield f"`{name}` {place}".strip(), text


def _read_left_out(folder: Path) -> str:
    """Return the section of ADOPTED.md about what was left out, its headings one level deeper."""
    path = folder / "ADOPTED.md"
    if not path.is_file():
        return ""
    text = path.read_text(encoding="utf-8")
    found = re.search(r"^## Left out\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def _demote(text: str) -> str:
    """Return Markdown whose headings do not interfere with those of the page."""
    return re.sub(r"^(#+) (.*)$", r"**\2**", text, flags=re.MULTILINE)
