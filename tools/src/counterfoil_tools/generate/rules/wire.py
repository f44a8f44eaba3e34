"""Rules for paths, parameters, bodies and responses: clients can write and read each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...openapi.document import Document, Node, RawOperation, escape, list_successes
from ...openapi.json_schema import Finding
from ...openapi.media_types import (
    CHARSET,
    FORM_OF_NAME,
    UTF8,
    charset,
    is_events,
    is_form,
    is_json,
    is_multipart,
    is_text,
)
from ...openapi.walk import walk
from ..python.types import core, split_nullable, typed, union_members

STYLES = {  # by place; the first is the default
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}
JSON_STYLE = "json"  # a parameter with `content`
DELIMITED = {"spaceDelimited", "pipeDelimited"}
BINARY = "binary"
SCALARS = {"string", "integer", "number", "boolean"}
LATER = "Leave the operation out until clients can send it"
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
OWN_HEADERS = {
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "accept-encoding",
    "user-agent",
    "cookie",
    "expect",
}


def paths(document: Document) -> Iterator[Finding]:
    """A path is a path: its query is described by parameters, and no part of it leads elsewhere."""
    for path in document.root["paths"]:
        location = f"/paths/{escape(path)}"
        bare = re.sub(r"\{[^{}]*\}", "x", path)
        if "?" in bare:
            query = bare.partition("?")[2].partition("=")[0]
            message = f"the path {path} holds a query"
            yield (
                location,
                message,
                f"Describe it as a parameter: `{{name: {query or 'kind'}, in: query, ...}}`, "
                "with a const if it must be",
            )
        if "#" in bare:
            yield (
                location,
                f"the path {path} holds a fragment, which is never sent",
                "Leave it out; tell operations apart by their paths",
            )
        if {"{", "}"} & set(bare):
            yield (
                location,
                f"a brace of the path {path} has no other",
                "Write a hole as `{parcelId}`",
            )
        if {".", ".."} & set(bare.split("/")) or "\\" in bare:
            yield (
                location,
                f"the path {path} leads elsewhere: `.` and `..` are gone before it is sent",
                "Write where it leads",
            )


def parameters(document: Document) -> Iterator[Finding]:
    """A parameter has a style of its place, and a value that the style can express."""
    for location, parameter in _parameters(document):
        name = parameter["name"]
        place = parameter["in"]
        styles = STYLES[place]
        style = parameter.get("style", styles[0])
        if style not in (*styles, JSON_STYLE):
            message = f"the parameter {name!r} has the style {style}, which a {place} does not have"
            yield location, message, f"Write `style: {styles[0]}`" + _list_others(styles[1:])
        elif style != JSON_STYLE:
            yield from _check_value(document, location, parameter, style)
        if place == "path" and split_nullable(core_of(document, parameter))[1]:
            message = f"the path parameter {name!r} may be null, and a path cannot express that"
            yield location, message, 'Take "null" out of its type'
        if place in ("header", "cookie"):
            yield from _check_name(location, place, str(name))
        if parameter.get("allowReserved") and place != "query":
            message = f"the parameter {name!r} has `allowReserved`, which is for a query"
            yield location, message, "Leave it out"


def _list_others(styles: tuple[str, ...]) -> str:
    return f", or one of {', '.join(styles)}" if styles else ""


def core_of(document: Document, parameter: Node) -> Node:
    return document.resolve(parameter["schema"])


def _check_value(
    document: Document, location: str, parameter: Node, style: str
) -> Iterator[Finding]:
    name = parameter["name"]
    value = typed(core(document, parameter["schema"]))
    kind = value.get("type")
    if style == "deepObject" and _is_object_or_scalar(document, value):
        return
    if union_members(value):
        message = f"the parameter {name!r} is one of several schemas"
        yield location, message, f"Describe the one that a caller needs. {LATER}"
    elif style == "deepObject" and kind not in ("object", "array"):
        message = f"the parameter {name!r} has the style deepObject, and is {_kind(value)}"
        yield location, message, "Describe an object, or write another style"
    elif kind == "array" and style != "deepObject":
        yield from _check_items(document, location, name, value.get("items", {}))
    elif kind == "object" and style != "deepObject":
        yield from _check_members(document, location, name, value)
    elif kind not in ("object", "array") and not _is_scalar(value):
        message = (
            f"the parameter {name!r} is {_kind(value)}, which cannot be written into a "
            f"{parameter['in']}"
        )
        yield location, message, f"Describe its type. {LATER}"


def _is_object_or_scalar(document: Document, value: Node) -> bool:
    """Return whether a union has one object and scalars, which deepObject tells apart."""
    members = [typed(core(document, member)) for member in union_members(value)]
    objects = [member for member in members if member.get("type") == "object"]
    scalars = [member for member in members if _is_scalar(member)]
    return len(objects) == 1 and 0 < len(scalars) == len(members) - 1


def _check_members(document: Document, location: str, name: str, value: Node) -> Iterator[Finding]:
    """The members of an object are scalars: in a URL, a comma cannot separate two levels."""
    extra = value.get("additionalProperties")
    members = dict(value.get("properties", {}))
    if isinstance(extra, dict):
        members["additionalProperties"] = extra
    for member, schema in members.items():
        target = typed(core(document, schema))
        if not _is_scalar(target) or union_members(target):
            message = (
                f"the member {member!r} of the parameter {name!r} is no text, number or boolean"
            )
            yield (
                location,
                message,
                "Write `style: deepObject` if the vendor takes it, or describe a scalar",
            )


def _check_items(document: Document, location: str, name: str, items: Node) -> Iterator[Finding]:
    if not _is_scalar(typed(core(document, items))) or union_members(core(document, items)):
        message = f"the parameter {name!r} is an array of what is no text, number or boolean"
        remedy = f"Describe its items as one of these: `items: {{type: string}}`. {LATER}"
        yield location, message, remedy
    elif split_nullable(document.resolve(items))[1]:
        message = (
            f"the parameter {name!r} is an array whose items may be null, which a URL cannot "
            "express"
        )
        yield location, message, 'Take "null" out of the type of its items'


def _check_name(location: str, place: str, name: str) -> Iterator[Finding]:
    if not HEADER_NAME.fullmatch(name):
        message = f"no {place} can be called {name!r}"
        yield location, message, "Write its name as it is sent, such as X-Request-Id"
    if place == "header" and name.lower() in OWN_HEADERS:
        message = f"the header {name} is the transport's own"
        yield location, message, "Leave it out: a caller must not set it"


def _is_scalar(schema: Node) -> bool:
    kind = schema.get("type")
    kinds = set(kind if isinstance(kind, list) else [kind]) - {"null"}
    return bool(kinds) and kinds <= SCALARS


def _kind(schema: Node) -> str:
    kinds = {"object": "an object", "array": "an array", "null": "nothing but null"}
    if _is_scalar(schema):
        return "a scalar"
    return kinds.get(str(schema.get("type")), "a value of any shape")


def bodies(document: Document) -> Iterator[Finding]:
    """A request's body is JSON, a form, a text or a file; the fields of a form can be written."""
    for operation in document.operations():
        location = f"{operation.pointer}/requestBody"
        body = document.resolve(operation.node.get("requestBody", {}))
        for media, content in body.get("content", {}).items():
            here = f"{location}/content/{escape(media)}"
            yield from _check_media(here, media)
            has_fields = is_form(media) or is_multipart(media)
            if "encoding" in content and not has_fields:
                yield (
                    f"{here}/encoding",
                    f"`encoding` is for forms, and this is {media}",
                    "Leave it out",
                )
            elif has_fields:
                yield from _check_form(document, here, media, content)
            elif not is_json(media):
                yield from _check_whole(document, here, media, content.get("schema", {}))


def _check_form(document: Document, location: str, media: str, content: Node) -> Iterator[Finding]:
    schema = content.get("schema", {})
    target = core(document, schema)
    if target.get("type") != "object":
        yield (
            location,
            "the form is no object",
            "Describe an object, whose properties are the form's fields",
        )
    fields = target.get("properties", {})
    encoding = content.get("encoding", {})
    for name in sorted(encoding.keys() - fields.keys()):
        yield f"{location}/encoding", f"the form has no field {name!r}", "Correct the name"
    for name, child in fields.items():
        style = encoding.get(name, {}).get("style")
        value = typed(core(document, child))
        items = typed(core(document, value.get("items", {})))
        is_file = BINARY in (value.get("format"), items.get("format"))
        if is_file and is_form(media):
            message = f"the field {name!r} is a file, and a form of this kind has none"
            yield location, message, "Write multipart/form-data if the vendor takes it"
        if style in DELIMITED and value.get("type") != "array":
            message = f"the field {name!r} has the style {style}, and is no array"
            yield f"{location}/encoding", message, "Leave the style out"


def _check_whole(document: Document, location: str, media: str, schema: Node) -> Iterator[Finding]:
    target = core(document, schema)
    if target and (target.get("type") != "string" or "enum" in target):
        kind = "a text" if is_text(media) else "a file"
        message = f"a request of {media} is sent as {kind}"
        yield f"{location}/schema", message, "Write `schema: {type: string}`"


def files(document: Document) -> Iterator[Finding]:
    """A field with the format `binary` is a file, which only multipart forms contain."""
    allowed = set()
    for operation in document.operations():
        body = document.resolve(operation.node.get("requestBody", {}))
        for media, content in body.get("content", {}).items():
            if is_multipart(media):
                target = core(document, content.get("schema", {}))
                for child in target.get("properties", {}).values():
                    allowed |= {id(child), id(child.get("items"))}
            elif not is_json(media):
                allowed.add(id(content.get("schema")))
    for node, pointer, is_named in walk(document.root):
        is_file = not is_named and node.get("format") == BINARY
        if is_file and id(node) not in allowed:
            message = "a file is part of what is no multipart form"
            yield pointer, message, "Leave `format: binary` out, if it is a text"


def responses(document: Document) -> Iterator[Finding]:
    """A successful response is JSON, text or bytes."""
    for operation in document.operations():
        successes = list_successes(operation.node["responses"])
        for status, answer in operation.node["responses"].items():
            for media, content in document.resolve(answer).get("content", {}).items():
                here = f"{operation.pointer}/responses/{status}/content/{escape(media)}"
                yield from _check_media(here, media)
                if status in successes and is_events(media):
                    yield from _check_events(operation, here)
                elif status in successes and not is_json(media):
                    yield from _check_plain_answer(
                        document, operation, here, media, content.get("schema", {})
                    )


def _check_plain_answer(
    document: Document, operation: RawOperation, location: str, media: str, schema: Node
) -> Iterator[Finding]:
    target = core(document, schema)
    if target and (target.get("type") != "string" or {"enum", "format"} & target.keys()):
        kind = "a text" if is_text(media) else "bytes"
        yield (
            f"{location}/schema",
            f"an answer of {media} is read as {kind}",
            "Write `schema: {type: string}`",
        )
    for word in ("result", "pagination"):
        if word in operation.extension:
            message = f"`{word}` points into a response of {media}, which has no parts"
            yield (
                f"{operation.pointer}/x-counterfoil/{word}",
                message,
                "Leave it out, or describe the answer as JSON",
            )


def _check_events(operation: RawOperation, location: str) -> Iterator[Finding]:
    """A stream of events is no page, and a method returns all of an event's data."""
    for word in ("result", "result-header", "pagination"):
        if word in operation.extension:
            message = f"`{word}` is for a response that is read whole, and this is a stream"
            yield location, message, f"Leave `{word}` out"
    if len(list_successes(operation.node["responses"])) > 1:
        message = "a stream of events is the only success of its operation"
        yield location, message, "Describe the other responses as operations of their own"


def _check_media(location: str, media: str) -> Iterator[Finding]:
    if not FORM_OF_NAME.fullmatch(media):
        yield location, f"{media!r} is no media type", "Write `application/json`"
    elif CHARSET.search(media) and charset(media) not in UTF8:
        yield (
            location,
            f"{media} is not UTF-8, and nothing else is read or sent",
            f"Write `{CHARSET.sub('', media)}` if the vendor takes it",
        )


def _parameters(document: Document) -> Iterator[tuple[str, Node]]:
    """Yield every parameter of every operation with its place in the operation or the path."""
    for operation in document.operations():
        path = operation.pointer.rpartition("/")[0]
        own = operation.node.get("parameters") or []
        locations = {}
        for holder, listed in ((path, operation.shared), (operation.pointer, own)):
            for index, raw in enumerate(listed):
                found = document.resolve(raw)
                locations[found["in"], found["name"]] = f"{holder}/parameters/{index}"
        for parameter in document.parameters(operation):
            yield locations[parameter["in"], parameter["name"]], parameter


WIRE_RULES = {
    "path": paths,
    "parameter-value": parameters,
    "media-type": bodies,
    "file": files,
    "answer": responses,
}
