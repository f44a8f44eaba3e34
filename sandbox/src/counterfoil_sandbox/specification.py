"""The resolved OpenAPI documents, as the sandbox needs them: which operations there are and what they accept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Schema = Mapping[str, Any]

FORM = "application/x-www-form-urlencoded"
PLACES = ("path", "query", "header")
METHODS = ("get", "put", "post", "delete", "patch")
SECONDS = {"s": 1, "m": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that stands in the path, the query or a header."""

    name: str
    place: str
    required: bool
    schema: Schema


@dataclass(frozen=True, slots=True)
class RequestBody:
    """What an operation takes in a request's body."""

    media_type: str
    required: bool
    schema: Schema


@dataclass(frozen=True, slots=True)
class RateLimit:
    """So many requests in so many seconds, and so many at once."""

    requests: int
    seconds: int
    burst: int


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """A documented error: the message has places for values, such as <customer>."""

    field: str
    type: str
    message: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an API."""

    id: str
    method: str
    path: str
    secured: bool
    parameters: tuple[Parameter, ...]
    body: RequestBody | None
    rate_limit: RateLimit | None
    errors: tuple[ErrorRow, ...]
    statuses: frozenset[int]
    items: tuple[str, ...] | None  # the way to a page's items in an answer, None where there are no pages


@dataclass(frozen=True, slots=True)
class Specification:
    """One API."""

    name: str
    title: str
    operations: tuple[Operation, ...]
    schemas: Mapping[str, Schema]
    rate_limit: RateLimit | None
    secret_headers: frozenset[str]


def load_document(name: str) -> Any:
    """Load the document of an API from the package's data."""
    return json.loads((files(__package__) / "specs" / f"{name}.json").read_bytes())


@cache
def load_specification(name: str) -> Specification:
    """Read the document of an API."""
    document = load_document(name)
    schemes = document["components"].get("securitySchemes", {}).values()
    return Specification(
        name=name,
        title=document["info"]["title"],
        operations=tuple(_read_operations(document)),
        schemas=document["components"]["schemas"],
        rate_limit=_read_rate_limit(document),
        secret_headers=frozenset(header.lower() for scheme in schemes for header in _name_headers(scheme)),
    )


def _read_operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield _read_operation(document, path, method, item)


def _read_operation(document: Mapping[str, Any], path: str, method: str, item: Mapping[str, Any]) -> Operation:
    raw = item[method]
    extension = raw.get("x-counterfoil", {})
    items = extension.get("pagination", {}).get("items")
    security = raw.get("security", document.get("security", []))
    return Operation(
        id=raw["operationId"],
        method=method.upper(),
        path=path,
        secured=bool(security) and {} not in security,
        parameters=tuple(map(_read_parameter, [*item.get("parameters", []), *raw.get("parameters", [])])),
        body=_read_body(raw["requestBody"]) if "requestBody" in raw else None,
        rate_limit=_read_rate_limit(raw),
        errors=tuple(ErrorRow(**row) for row in extension.get("errors", [])),
        statuses=frozenset(map(int, raw["responses"])),
        items=None if items is None else tuple(filter(None, items.split("/"))),
    )


def _read_parameter(raw: Mapping[str, Any]) -> Parameter:
    return Parameter(raw["name"], raw["in"], raw.get("required", False), raw["schema"])


def _read_body(raw: Mapping[str, Any]) -> RequestBody:
    [(media_type, content)] = raw["content"].items()
    return RequestBody(media_type, raw.get("required", False), content["schema"])


def _read_rate_limit(raw: Mapping[str, Any]) -> RateLimit | None:
    limit = raw.get("x-counterfoil", {}).get("rate-limit")
    if not limit:
        return None
    seconds = int(limit["per"][:-1]) * SECONDS[limit["per"][-1]]
    return RateLimit(limit["requests"], seconds, limit.get("burst", limit["requests"]))


def _name_headers(scheme: Mapping[str, Any]) -> list[str]:
    named = scheme.get("x-counterfoil", {}).get("headers", [])
    return [*named, scheme["name"]] if scheme.get("in") == "header" else named
