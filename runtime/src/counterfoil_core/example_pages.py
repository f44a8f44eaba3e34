"""The page after the example of a list, because specs have no example of every page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

from .addresses import resolve_link
from .api import Operation, Pagination
from .exact_decode import is_struct, list_fields, list_members
from .multipart import read_body
from .operations import import_operations
from .transports.protocol import Request

_DECODER = msgspec.json.Decoder(float_hook=Decimal)
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_FIRST = {"offset": "0", "page": "1"}


class ExamplePages:
    """The paged operations of a package, by name."""

    def __init__(self, package: str) -> None:
        members = import_operations(package)
        self._paged: dict[str, tuple[Operation[Any], Pagination[Any, Any]]] = {}
        for name, value in members.items():
            pagination = members.get(f"{name}_PAGES")
            if isinstance(value, Operation) and isinstance(pagination, Pagination):
                self._paged[value.name] = (value, pagination)

    def write_end(self, name: str, request: Request, body: bytes) -> bytes | None:
        """Return an example's body without items if the request is for a later page, else None."""
        operation, pagination = self._paged.get(name, (None, None))
        if operation is None or pagination is None:
            return None
        kind = operation.responses[min(operation.responses)]
        answer = _DECODER.decode(body)
        # The token or the URL of the next page; keyset paging takes the key from the last item.
        has_next = pagination.style in ("token", "next-url")
        path = (*operation.result, *pagination.next) if has_next else ()
        next_page = _spell_path(kind, path)
        if pagination.style == "next-url":
            goes_on = _leads_to(_find(answer, next_page), request)
        else:
            goes_on = _goes_on(operation, pagination, request)
        if not goes_on:
            return None
        items = _spell_path(kind, (*operation.result, *pagination.items))
        answer = _place(answer, items, [])
        if has_next:
            answer = _place(answer, next_page, "")
        if pagination.more:
            more = _spell_path(kind, (*operation.result, *pagination.more))
            answer = _place(answer, more, False)
        return _ENCODER.encode(answer)


def _goes_on(operation: Operation[Any], pagination: Pagination[Any, Any], request: Request) -> bool:
    """Return whether a request has a cursor."""
    name, *_ = pagination.cursor
    wires = [each.wire for each in operation.parameters if each.name == name]
    if wires:
        query = parse_qs(urlsplit(request.url).query)
        values = query.get(wires[0], [None])
        given = values[0]
    else:
        kind = None if operation.body is None else operation.body.type
        given = msgspec.json.decode(read_body(request.body) or b"{}")
        for step in _spell_path(kind, pagination.cursor):
            given = given.get(step) if isinstance(given, dict) else None
    return given is not None and str(given) != _FIRST.get(pagination.style)


def _leads_to(link: object, request: Request) -> bool:
    """Return whether a link of an example is the URL that is requested."""
    if not isinstance(link, str) or not link:
        return False
    return resolve_link(link, request.url) == resolve_link(request.url, request.url)


def _find(node: Any, path: list[str]) -> Any:
    """Follow a path into a JSON value. Returns None if it leads nowhere."""
    for name in path:
        node = node.get(name) if isinstance(node, dict) else None
    return node


def _spell_path(kind: Any, path: tuple[str, ...]) -> list[str]:
    """Return the wire names of a path of Python names through models."""
    names = []
    for name in path:
        members = list_members(kind)
        models = [member for member in members if is_struct(member)]
        fields = [field for model in models for field in list_fields(model)]
        found = next(field for field in fields if field.name == name)
        names.append(found.encode_name)
        kind = found.type
    return names


def _place(node: Any, path: list[str], value: Any) -> Any:
    """Return a copy of a JSON value with another one at a path, if the path exists."""
    if not path:
        return value
    name, *rest = path
    if not isinstance(node, dict) or name not in node:
        return node
    return {**node, name: _place(node[name], rest, value)}
