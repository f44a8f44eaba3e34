"""Decoding of a page record by record, after it could not be decoded as a whole. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any, get_args

import msgspec
from msgspec import Raw, Struct, structs

from .api import Api, Operation, Pagination
from .decode import make_reader
from .errors import DecodeError
from .exact_decode import list_members
from .response import RawResponse
from .type_information import decode

_JSON = {"content-type": "application/json"}


class UnreadableRecord(Struct, frozen=True):
    """A record that cannot be decoded: its raw JSON and the error.

    The error's path starts at the record.
    """

    raw: bytes
    error: DecodeError


class PageRecords(Struct, frozen=True):
    """A page without its unreadable records.

    `content` is the JSON of the page with the readable records only. `records` lists all records in
    order; unreadable ones are replaced with placeholders that have only the pagination key.
    """

    content: bytes
    records: Sequence[Any]
    unreadable: tuple[UnreadableRecord, ...]


def split_page(
    content: bytes,
    api: Api,
    operation: Operation[Any],
    pagination: Pagination[Any, Any],
    redact: Callable[[str], str] = str,
) -> PageRecords | None:
    """Decode each record of a page separately.

    Returns None if the page contains no list of records, or if all records can be decoded, because
    the error is then elsewhere in the page. `redact` removes credentials from error messages.
    """
    names = list(_find_wire_names(operation, (*operation.result, *pagination.items)))
    try:
        objects = _open_objects(content, names)
        raws = decode(objects.pop(), list[Raw])
    except (msgspec.MsgspecError, KeyError, UnicodeDecodeError):
        return None
    readable: list[bytes] = []
    records: list[Any] = []
    unreadable: list[UnreadableRecord] = []
    read = make_reader(pagination.item, api.tags)
    for raw in map(bytes, raws):
        try:
            records.append(read(RawResponse(status=200, headers=_JSON, content=raw), redact))
            readable.append(raw)
        except DecodeError as error:
            records.append(_make_stand_in(raw, pagination))
            unreadable.append(UnreadableRecord(raw, error))
    if not unreadable:
        return None
    return PageRecords(_close_objects(objects, names, readable), records, tuple(unreadable))


def list_raws(
    content: bytes, operation: Operation[Any], pagination: Pagination[Any, Any]
) -> tuple[bytes, ...]:
    """Return the JSON of each item of a page; () if the list is absent or null."""
    names = list(_find_wire_names(operation, (*operation.result, *pagination.items)))
    try:
        items = _open_objects(content, names)[-1]
    except KeyError:
        return ()
    return tuple(map(bytes, decode(items, list[Raw] | None) or ()))


def _find_wire_names(operation: Operation[Any], path: tuple[str, ...]) -> Iterator[str]:
    """Yield the wire names of a path of Python names into an operation's response."""
    responses = operation.responses
    status = 200 if 200 in responses else min(responses, default=0)
    kind = responses.get(status)
    for name in path:
        field = _find_field(kind, name)
        yield field.encode_name if field else name
        kind = field.type if field else None


def _find_field(kind: Any, name: str) -> structs.FieldInfo | None:
    """Return the field of a model, or of a union's members, with this name."""
    for member in list_members(kind):
        if isinstance(member, type) and issubclass(member, Struct):
            for field in structs.fields(member):
                if field.name == name:
                    return field
    return None


def _open_objects(content: bytes, names: list[str]) -> list[Any]:
    """Return the object around each name, from the outside in, and then the list."""
    opened: list[Any] = []
    inner: Any = content.removeprefix(b"\xef\xbb\xbf")
    for name in names:
        opened.append(decode(inner, dict[str, Raw]))
        inner = opened[-1][name]
    return [*opened, inner]


def _close_objects(objects: list[Any], names: list[str], records: list[bytes]) -> bytes:
    """Return the JSON of the page with `records` in place of its own list."""
    content = b"[" + b",".join(records) + b"]"
    for fields, name in zip(reversed(objects), reversed(names), strict=True):
        content = msgspec.json.encode({**fields, name: Raw(content)})
    return content


def _make_stand_in(raw: bytes, pagination: Pagination[Any, Any]) -> Any:
    """Return an object with only the key of the next page, or None if the record lacks it."""
    if pagination.style != "keyset":
        return None
    kind: Any = pagination.item
    value = _read_object(raw)
    for name in pagination.next:
        field = _find_field(kind, name)
        wire = field.encode_name if field else name
        kind = field.type if field else None
        value = value.get(wire) if isinstance(value, dict) else None
    key_types = {int, str}.intersection((kind, *get_args(kind)))
    if type(value) not in key_types:
        return None
    for name in reversed(pagination.next):
        value = SimpleNamespace(**{name: value})
    return value


def _read_object(raw: bytes) -> Any:
    try:
        return msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
