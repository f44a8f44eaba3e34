"""Part of pass 11, forms: how the fields of a form are written, and which of them are files.

A field with the format `binary` is a file in a multipart form. A component that other parts of the
document use as well is copied for the form; everywhere else the format is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..openapi.document import Node
from .speaks import FORM, MULTIPART
from .state import ORIGIN, SCHEMAS, Adoption, mark, origin
from .upgrade import mapping
from .walk import copy_node, nested, operation_roots, roots

BINARY = "binary"
STYLES = {"form", "spaceDelimited", "pipeDelimited", "deepObject"}
DELIMITED = {"spaceDelimited", "pipeDelimited"}


def forms(adoption: Adoption) -> None:
    """Settle the fields of every form, and drop the format of files that are in none."""
    shared = _find_shared(adoption)
    files: set[int] = set()
    for _path, _method, operation in adoption.operations():
        body = operation.get("requestBody") or {}
        content = body.get("content", {})
        media = content.get(FORM) or content.get(MULTIPART)
        if media is None:
            continue
        target = adoption.target(media["schema"])
        if not target.get("properties"):
            _leave_out_nameless(adoption, operation)
            continue
        if MULTIPART in content:
            name = media["schema"].get("$ref", "").removeprefix(SCHEMAS)
            if name in shared:
                target = media["schema"] = copy_node(target)
            files |= set(_find_files(adoption, target))
        _settle_encoding(adoption, operation, media, target)
    _drop_files(adoption, files)


def _find_shared(adoption: Adoption) -> set[str]:
    """Return the components that something else than a multipart form reaches."""
    waiting: list[object] = []
    for _path, _method, operation in adoption.operations():
        for holder, key in operation_roots(operation):
            if holder is not _multipart(operation):
                waiting.append(holder[key])
    for schema in adoption.schemas.values():
        waiting += [one for one in nested(schema) if one is not schema]
    waiting += [webhook["schema"] for webhook in adoption.webhooks.values()]
    found: set[str] = set()
    while waiting:
        for one in nested(waiting.pop()):
            name = str(one.get("$ref", "")).removeprefix(SCHEMAS)
            if name in adoption.schemas and name not in found:
                found.add(name)
                waiting.append(adoption.schemas[name])
    return found


def _multipart(operation: Node) -> Node | None:
    body = operation.get("requestBody") or {}
    found: Node | None = body.get("content", {}).get(MULTIPART)
    return found


def _find_files(adoption: Adoption, target: Node) -> Iterator[int]:
    """Yield the ids of the schemas of files: a form's fields, and the items of its lists."""
    for holder, key in _fields(target):
        child = adoption.target(holder[key])
        if child.get("format") == BINARY:
            holder[key] = copy_node(child)
            yield id(holder[key])
        elif isinstance(child.get("items"), dict):
            items = adoption.target(child["items"])
            if items.get("format") == BINARY:
                holder[key] = {**copy_node(child), "items": copy_node(items)}
                yield id(holder[key]["items"])


def _fields(target: Node) -> Iterator[tuple[Node, str]]:
    properties = target["properties"]
    for name in list(properties):
        yield properties, name


def _drop_files(adoption: Adoption, files: set[int]) -> None:
    """Drop the format of files that are in no multipart form: there, they are texts."""
    for holder, key in roots(adoption):
        for one in nested(holder[key]):
            if one.get("format") == BINARY and id(one) not in files:
                del one["format"]
                topic = "the format `binary` is dropped: only multipart forms contain files"
                adoption.note(topic, origin(one))


def _settle_encoding(adoption: Adoption, operation: Node, media: Node, target: Node) -> None:
    """Keep what is known of how fields are written."""
    kept = {}
    for field, given in mapping(media.pop("encoding", None)).items():
        if field == ORIGIN:
            continue
        place = origin(given) or origin(operation)
        if field not in target["properties"]:
            adoption.note("the encoding of a field that a form does not have is dropped", place)
            continue
        known = _read_encoding(adoption, mapping(given), target["properties"][field], place)
        if known:
            kept[field] = known
    if kept:
        media["encoding"] = kept


def _read_encoding(adoption: Adoption, given: Node, schema: Node, place: str) -> Node:
    known: Node = {}
    style = given.get("style")
    is_list = adoption.target(schema).get("type") == "array"
    if style in STYLES and (is_list or style not in DELIMITED):
        known["style"] = style
        if isinstance(given.get("explode"), bool):
            known["explode"] = given["explode"]
    elif style is not None:
        adoption.note(f"the style {style!r} of a form's field is dropped", place)
    content_type = given.get("contentType")
    if isinstance(content_type, str) and "/" in content_type:
        known["contentType"] = content_type.strip()
    if mapping(given.get("headers")).keys() - {ORIGIN}:
        adoption.note("headers of a form's field are not sent", place)
    return known


def _leave_out_nameless(adoption: Adoption, operation: Node) -> None:
    """A form without named fields is dropped where it is optional."""
    body = operation["requestBody"]
    if body.get("required") is True:
        mark(operation, "the form has no named fields", origin(body) or origin(operation))
        return
    topic = "an optional form without named fields is dropped"
    adoption.note(topic, origin(body) or origin(operation))
    del operation["requestBody"]
