"""Rules for `pagination`: each style has the keys that it needs, and they have usable types."""

from __future__ import annotations

from collections.abc import Iterator

from ...openapi.document import Document, Node, RawOperation
from ...openapi.json_schema import Finding
from ..python.paging import LINK_HEADER, read_paging
from ..python.types import annotate, core, follow, split_nullable
from .names import body_schema
from .operations import first_success, leads, page_item

NEEDED = {"token": ("next",), "keyset": ("next",), "offset": (), "page": (), "next-url": ("next",)}
ENDS = {  # how an iteration may end, by style; the rest would be ignored
    "token": ("no-next", "has-more"),
    "keyset": ("empty-page", "has-more"),
    "offset": ("empty-page", "total", "has-more"),
    "page": ("empty-page", "total", "has-more"),
    "next-url": ("no-next",),
}
USELESS = {
    "token": ("total",),
    "keyset": ("total",),
    "offset": ("next",),
    "page": ("next",),
    "next-url": ("cursor", "total", "has-more", "order", "select"),
}
SAID = {"next": "next: /next", "total": "total: /total", "has-more": "has-more: /has_more"}


def paging(document: Document) -> Iterator[Finding]:
    for operation in document.operations():
        if "pagination" in operation.extension:
            location = f"{operation.pointer}/x-counterfoil/pagination"
            yield from _check_words(operation, location)
            yield from _check_types(document, operation, location)


def _check_words(operation: RawOperation, location: str) -> Iterator[Finding]:
    extension = read_paging(operation)
    style = extension["style"]
    end = extension["end"]
    for word in NEEDED[style]:
        if word not in extension:
            yield (
                location,
                f"{style} paging does not say where the next page's {word} is",
                f"Add `{SAID[word]}`, where the answer has it",
            )
    if end not in ENDS[style]:
        message = f"{style} paging does not end by {end}"
        yield (
            f"{location}/end",
            message,
            f"Write `end: {ENDS[style][0]}`" + _others(ENDS[style][1:]),
        )
    for word in ("total", "has-more"):
        if end == word and word not in extension:
            yield location, f"`end: {word}` needs `{word}`", f"Add `{SAID[word]}`"
    if "has-more" in extension and end != "has-more":
        message = f"`has-more` is not used with `end: {end}`"
        yield f"{location}/has-more", message, "Write `end: has-more`, or leave it out"
    if extension.get("next") == LINK_HEADER and style != "next-url":
        message = f"{style} paging does not go by the header Link"
        yield f"{location}/next", message, "Write `style: next-url`"
    if style == "next-url" and operation.method != "get":
        message = "the next page's URL is requested with GET, and the operation is another"
        yield f"{location}/style", message, "Write another style"
    for word in USELESS[style]:
        if word in extension:
            yield (
                f"{location}/{word}",
                f"{style} paging does not go by `{word}`",
                "Leave it out, or write another style",
            )


def _others(extension: tuple[str, ...]) -> str:
    return f", or one of {', '.join(extension)}" if extension else ""


def _check_types(document: Document, operation: RawOperation, location: str) -> Iterator[Finding]:
    """Check that the cursor accepts the response's value, and that counts are integers."""
    extension = read_paging(operation)
    answer = first_success(document, operation)
    cursor = _argument(document, operation, extension.get("cursor", ""))
    style = extension["style"]
    if style in ("offset", "page") and cursor and _type(document, cursor) != "int":
        message = f"the cursor {extension['cursor']} is no whole number, and {style} paging counts"
        yield (
            f"{location}/cursor",
            message,
            "Name the parameter that takes the position: `type: integer`",
        )
    begin = page_item(document, operation) if style == "keyset" else answer
    found = _find(document, begin or {}, extension.get("next", ""))
    if style in ("token", "keyset") and cursor and found is not None:
        given = _type(document, found)
        taken = _type(document, cursor)
        if given != taken or given not in ("str", "int"):
            message = (
                f"{extension['next']} is {given}, and the cursor {extension['cursor']} takes "
                f"{taken}"
            )
            yield f"{location}/next", message, "Let both be texts, or both whole numbers"
    if style == "next-url" and found is not None and _type(document, found) != "str":
        message = f"{extension['next']} is {_type(document, found)}, and a URL is a text"
        yield f"{location}/next", message, "Point to the text with the URL of the next page"
    more = _find(document, answer, extension.get("has-more", ""))
    if more is not None and _type(document, more) != "bool":
        message = f"{extension['has-more']} is not a boolean"
        yield f"{location}/has-more", message, "Point to one: `type: boolean`"
    counts = {
        "total": _find(document, answer, extension.get("total", "")),
        "size": _argument(document, operation, extension.get("size", "")),
    }
    for word, schema in counts.items():
        if schema and _type(document, schema) != "int":
            yield (
                f"{location}/{word}",
                f"{extension[word]} is no whole number",
                "Point to one: `type: integer`",
            )


def _find(document: Document, schema: Node, pointer: str) -> Node | None:
    if not pointer or not leads(document, schema, pointer):
        return None
    return follow(document, schema, pointer)


def _argument(document: Document, operation: RawOperation, name: str) -> Node | None:
    """Return the schema of a parameter or of a field of the body, by its name or pointer."""
    for one in document.parameters(operation):
        if one["name"] == name:
            schema: Node = one["schema"]
            return schema
    if not name:
        return None
    pointer = name if name.startswith("/") else f"/{name}"
    return _find(document, body_schema(document, operation), pointer)


def _type(document: Document, schema: Node) -> str:
    return annotate(split_nullable(core(document, schema))[0])
