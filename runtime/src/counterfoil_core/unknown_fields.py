"""Fields of a response that its models do not declare: added by the API or never documented."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin

import msgspec
from msgspec import Raw, Struct

from .exact_decode import (
    Tags,
    find_model,
    is_struct,
    is_union,
    list_fields,
    list_one_ofs,
    list_parts,
)
from .one_of import OneOf
from .type_information import decode


class UnknownField(Struct, frozen=True):
    """A field that its model does not declare: its JSON pointer and its raw JSON."""

    pointer: str
    model: str
    name: str
    raw: bytes


_CONTAINERS = {b"{": dict, b"[": list}  # by the first byte of their JSON


def find_unknown(content: bytes, kind: Any, tags: Tags) -> Iterator[UnknownField]:
    """Yield the undeclared fields of a response that was decoded to `kind`, in document order.

    Fields within an undeclared field are not listed separately.
    """
    if list_one_ofs(kind) or any(map(is_struct, list_parts(kind))):
        yield from _walk(content.removeprefix(b"\xef\xbb\xbf"), kind, tags, "")


def _walk(content: bytes, kind: Any, tags: Tags, pointer: str) -> Iterator[UnknownField]:
    if is_struct(kind):
        yield from _walk_model(content, kind, tags, pointer)
    elif isinstance(kind, OneOf):
        member = kind.find_member(content)
        if member is not None:
            yield from _walk(content, member, tags, pointer)
    elif is_union(kind):
        member = _choose(content, kind, tags)
        if member is not None:
            yield from _walk(content, member, tags, pointer)
    elif get_origin(kind) is list:
        for index, part in enumerate(decode(content, list[Raw])):
            yield from _walk(bytes(part), get_args(kind)[0], tags, f"{pointer}/{index}")
    elif get_origin(kind) is dict:
        _, value_kind = get_args(kind)
        for name, part in decode(content, dict[str, Raw]).items():
            place = pointer + _escape(name)
            yield from _walk(bytes(part), value_kind, tags, place)


def _walk_model(
    content: bytes, model: type[Struct], tags: Tags, pointer: str
) -> Iterator[UnknownField]:
    known = {field.encode_name: field.type for field in list_fields(model)}
    tag = model.__struct_config__.tag_field
    for name, part in decode(content, dict[str, Raw]).items():
        place = pointer + _escape(name)
        if name in known:
            yield from _walk(bytes(part), known[name], tags, place)
        elif name != tag:
            yield UnknownField(place, model.__name__, name, bytes(part))


def _choose(content: bytes, kind: Any, tags: Tags) -> Any:
    """Return the union member that a value was decoded to, or None if it has no fields."""
    members = get_args(kind)
    first = content.lstrip()[:1]
    models = [member for member in members if is_struct(member)]
    if first == b"{" and models:
        name = models[0].__struct_config__.tag_field or ""
        tag = decode(content, dict[str, Raw]).get(name)
        found = {} if tag is None else {name: msgspec.json.decode(tag)}
        return find_model(kind, found, tags)
    container = _CONTAINERS.get(first)
    for member in members:
        if container is not None and get_origin(member) is container:
            return member
    return None


def _escape(name: str) -> str:
    """Return a name as a step of a JSON pointer (RFC 6901)."""
    return "/" + name.replace("~", "~0").replace("/", "~1")
