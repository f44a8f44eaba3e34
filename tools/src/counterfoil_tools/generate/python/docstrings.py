"""Docstrings, from what a spec says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...openapi.document import Document, RawOperation
from ..ir import Argument
from .names import field_name
from .source import wrap

RETRIES = {
    "safe": "Retries: safe, so it is sent again after a transport fault, a 429 or a 5xx.",
    "keyed": "Retries: repeating it has the same effect, so it is sent again after a transport fault, a 429 or a 5xx.",
    "never": "Retries: never sent twice. If it may have arrived although no answer came, `OutcomeUnknown` says so.",
}


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
    """Write a method's docstring: what it does, its arguments, what it returns and raises, and where that is written."""
    node, extension = operation.node, operation.extension
    text = [_sentence(str(node.get("summary", ""))), "", *wrap(describe(node))]
    if extension.get("beyond-documents"):
        text += ["", "Beyond the documents that this package follows."]
    text += [
        "",
        *arguments_doc(arguments),
        *wrap(f"Returns: {returns}"),
        "",
        *_raises(operation),
        "",
    ]
    text += [*wrap(RETRIES[extension["retry"]]), "", *_source(document, operation)]
    return escape_lines([in_python_names(line, document, operation) for line in text])


def in_python_names(text: str, document: Document, operation: RawOperation) -> str:
    """Call the arguments by the names that a caller writes: `createdAfter` -> `created_after`."""
    body = document.resolve(operation.node.get("requestBody", {})).get("content", {})
    schemas = [document.resolve(one.get("schema", {})) for one in body.values()]
    fields = [item for schema in schemas for item in schema.get("properties", {}).items()]
    named = [*fields, *((one["name"], one) for one in document.parameters(operation))]
    names = {f"`{wire}`": f"`{field_name(wire, node)}`" for wire, node in named}
    return re.sub(r"`[^`]+`", lambda found: names.get(found[0], found[0]), text)


def variant_doc(first: str, arguments: Iterable[Argument] = ()) -> tuple[str, ...]:
    """Write the docstring of a method that is another one in a different form."""
    return escape_lines([*wrap(first), "", *arguments_doc(arguments)])


def arguments_doc(arguments: Iterable[Argument]) -> list[str]:
    lines = [line for argument in arguments for line in _argument_doc(argument)]
    return ["Args:", *lines, ""] if lines else []


def _argument_doc(argument: Argument) -> list[str]:
    folded = wrap(f"{argument.name}: {' '.join(argument.doc.split())}", indent="    ")
    return [folded[0], *(f"    {line}" for line in folded[1:])]


def _raises(operation: RawOperation) -> list[str]:
    """Say what is raised, with the reasons that the vendor documents."""
    rows = [
        f"- {row['field']}, {row['type']}: {row['message']}"
        for row in operation.extension.get("errors", [])
    ]
    lines = [
        "Raises:",
        "    InvalidRequest: an argument breaks a documented limit (then nothing was sent), or the vendor refuses it.",
        "    CounterfoilError: the root of every other error; `counterfoil_core.errors` draws the tree.",
    ]
    return (
        [*lines, "", "Documented reasons for refusing it (field, type: message):", "", *rows]
        if rows
        else lines
    )


def _source(document: Document, operation: RawOperation) -> list[str]:
    source = operation.node.get("externalDocs", {}).get("url", document.package.documentation)
    return [
        f"Vendor's name: `{operation.node['operationId']}`, {operation.method.upper()} {operation.path}",
        f"Source: {source}",
    ]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) or not text else f"{text}."


def escape_lines(lines: list[str]) -> tuple[str, ...]:
    """Escape each line, and drop blank ones at the end; the closing quotes get a line of their own."""
    while lines and not lines[-1]:
        lines.pop()
    return tuple(line.replace("\\", "\\\\").replace('"""', '\\"\\"\\"') for line in lines)
