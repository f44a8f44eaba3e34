"""Docstrings, from the descriptions of a spec."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ...openapi.document import Document, Node, RawOperation
from ..ir import Argument
from .names import field_name, parameter_name
from .source import wrap

QUOTED = re.compile(r"`[^`]+`")
RETRIES = {
    "safe": "Retries: it only reads, so it is sent again after a transport error, a 429 or a 5xx.",
    "keyed": "Retries: repeating it has the same effect, so it is sent again after a transport "
    "error, a 429 or a 5xx.",
    "never": "Retries: it is never sent twice. Raises `OutcomeUnknown` if it may have arrived "
    "although no response came.",
}


KEYED_BY_HEADER = (
    "Retries: each call sends a new key in the header {}, by which the vendor recognizes a "
    "repeated request, so it is sent again after a transport error, a 429 or a 5xx."
)
OPTIONS_DOC = "    **request_options: Options of this call; see `counterfoil_core.RequestOptions`."


def describe(node: dict[str, object]) -> str:
    return str(node.get("description") or node.get("summary") or "").strip()


def first_sentence(text: str) -> str:
    """Return the first sentence, for a table or a one-line docstring."""
    line = " ".join(text.split("\n\n")[0].split())
    head, dot, rest = line.partition(". ")
    return f"{head}." if dot and rest else line


def method_doc(
    document: Document, operation: RawOperation, arguments: Iterable[Argument], returns: str
) -> tuple[str, ...]:
    """Return a method's docstring: summary, arguments, result, errors and the vendor's page."""
    node = operation.node
    extension = operation.extension
    text = [_sentence(str(node.get("summary", ""))), "", *wrap(describe(node))]
    if extension.get("beyond-documents"):
        text += ["", "Beyond the documents that this package follows."]
    text += [
        "",
        *_method_arguments_doc(arguments),
        *wrap(f"Returns: {returns}"),
        "",
        *_raises(operation),
        "",
    ]
    retries = RETRIES[extension["retry"]]
    if "idempotency-header" in extension:
        retries = KEYED_BY_HEADER.format(extension["idempotency-header"])
    text += [*wrap(retries), "", *_source(document, operation)]
    names = list_names(document, operation)
    return escape_lines([in_python_names(line, names) for line in text])


def in_python_names(text: str, names: Mapping[str, str]) -> str:
    """Replace wire names of arguments by Python names: `createdAfter` -> `created_after`."""
    return QUOTED.sub(lambda found: names.get(found[0], found[0]), text)


def list_names(document: Document, operation: RawOperation) -> dict[str, str]:
    """Return the Python name of each argument's wire name, both quoted as texts quote them."""
    named: list[tuple[str, Node]] = []
    body = document.resolve(operation.node.get("requestBody", {})).get("content", {})
    for content in body.values():
        schema = document.resolve(content.get("schema", {}))
        named += schema.get("properties", {}).items()
    names = {f"`{wire}`": f"`{field_name(wire, node)}`" for wire, node in named}
    for one in document.parameters(operation):
        names[f"`{one['name']}`"] = f"`{parameter_name(one)}`"
    return names


def variant_doc(first: str, arguments: Iterable[Argument] = ()) -> tuple[str, ...]:
    """Return the docstring of a method that is a variant of another one."""
    return escape_lines([*wrap(first), "", *_method_arguments_doc(arguments)])


def _method_arguments_doc(arguments: Iterable[Argument]) -> list[str]:
    lines = [line for argument in arguments for line in _argument_doc(argument)]
    return ["Args:", *lines, OPTIONS_DOC, ""]


def arguments_doc(arguments: Iterable[Argument]) -> list[str]:
    lines = [line for argument in arguments for line in _argument_doc(argument)]
    return ["Args:", *lines, ""] if lines else []


def _argument_doc(argument: Argument) -> list[str]:
    doc = " ".join(argument.doc.split())
    folded = wrap(f"{argument.name}: {doc}", indent="    ")
    return [folded[0], *(f"    {line}" for line in folded[1:])]


def _raises(operation: RawOperation) -> list[str]:
    """Return the section about errors, with the reasons that the vendor documents."""
    lines = [
        "Raises:",
        "    InvalidRequest: An argument violates a documented limit (then nothing is sent), or",
        "        the vendor rejects the request.",
        "    CounterfoilError: The base class of all errors; see `counterfoil_core.errors`.",
    ]
    rows = operation.extension.get("errors", [])
    if rows:
        lines += ["", "Documented reasons for rejecting it (field, type: message):", ""]
        lines += [f"- {row['field']}, {row['type']}: {row['message']}" for row in rows]
    return lines


def _source(document: Document, operation: RawOperation) -> list[str]:
    source = operation.node.get("externalDocs", {}).get("url", document.package.documentation)
    request = f"{operation.method.upper()} {operation.path}"
    return [f"Vendor's name: `{operation.node['operationId']}`, {request}", f"Source: {source}"]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) or not text else f"{text}."


def escape_lines(lines: list[str]) -> tuple[str, ...]:
    """Escape each line and drop blank ones at the end."""
    while lines and not lines[-1]:
        lines.pop()
    return tuple(line.replace("\\", "\\\\").replace('"""', '\\"\\"\\"') for line in lines)
