"""The APIs as data, decoded from specs/<api>.operations.json, which `nox -s generate` writes.

The platforms of other distributions bring files of the same kind.

The fields of each class are the keys of one JSON object. Decoding raises TypeError for a key that
is unknown or missing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from .platforms import load_platform

Schema = Mapping[str, Any]
Data = dict[str, Any]

FORM = "application/x-www-form-urlencoded"
PLACES = ("path", "query", "header")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityScheme:
    """One way to log in: its name in the OpenAPI document, and the credential that it takes."""

    id: str
    credential: str  # the key in `Provider.credentials`
    headers: tuple[str, ...]  # in lower case
    parameters: tuple[str, ...] = ()  # of the query


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value in the path, the query or a header."""

    name: str
    place: str
    required: bool
    schema: Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBody:
    """The body that an operation takes."""

    media_type: str
    required: bool
    schema: Schema
    secret_fields: tuple[str, ...]  # members that the log must not show


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """A number of requests per number of seconds, and how many of them may come at once."""

    requests: int
    seconds: int
    burst: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The two parameters that bound a span of time."""

    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRow:
    """A documented error. Its message has placeholders, such as <customer>."""

    field: str
    type: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of an API."""

    id: str
    method: str
    path: str
    resource: str
    security: tuple[tuple[str, ...], ...]  # alternatives; each names the schemes that go together
    parameters: tuple[Parameter, ...]
    body: RequestBody | None
    responses: Mapping[int, Schema | None]  # the body's schema by status; None without a body
    rate_limit: RateLimit | None
    items: tuple[str, ...] | None  # path to a page's items in a response; None without pages
    window: Window | None
    errors: tuple[ErrorRow, ...]

    @property
    def secured(self) -> bool:
        """Whether a caller needs credentials."""
        return bool(self.security) and () not in self.security


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """One API."""

    name: str
    title: str
    summary: str
    rate_limit: RateLimit | None  # for all operations together
    security_schemes: tuple[SecurityScheme, ...]
    operations: tuple[Operation, ...]
    schemas: Mapping[str, Schema]
    package: str = ""  # the import name of its client's package; "" if none is known
    client: str = ""
    # The line of a node in the spec's openapi.yaml, by JSON pointer; {} if nobody knows.
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def secret_parameters(self) -> frozenset[str]:
        """Query parameters that carry credentials."""
        return frozenset(name for one in self.security_schemes for name in one.parameters)

    @property
    def secret_headers(self) -> frozenset[str]:
        """Headers that carry credentials, in lower case."""
        return frozenset(name for scheme in self.security_schemes for name in scheme.headers)


def load_document(name: str) -> Any:
    """Load the OpenAPI document of an API: of this package, or of another distribution."""
    own = files(__package__) / "specs" / f"{name}.json"
    source = own if own.is_file() else load_platform(name).document
    return json.loads(source.read_bytes())


@cache
def load_specification(name: str) -> Specification:
    """Load the specification of an API: of this package, or of another distribution."""
    own = files(__package__) / "specs" / f"{name}.operations.json"
    source = own if own.is_file() else load_platform(name).operations
    return decode_specification(source.read_bytes())


def decode_specification(text: str | bytes) -> Specification:
    """Decode a specification from JSON.

    Raises:
        TypeError: a key is unknown or missing.
    """
    data: Data = json.loads(text)
    data["rate_limit"] = _decode_rate_limit(data["rate_limit"])
    data["security_schemes"] = tuple(map(_decode_scheme, data["security_schemes"]))
    data["operations"] = tuple(map(_decode_operation, data["operations"]))
    return Specification(**data)


def _decode_scheme(data: Data) -> SecurityScheme:
    names = {word: tuple(data[word]) for word in ("headers", "parameters")}
    return SecurityScheme(**data | names)


def _decode_operation(data: Data) -> Operation:
    items = data["items"]
    window = data["window"]
    decoded = {
        "security": tuple(map(tuple, data["security"])),
        "parameters": tuple(Parameter(**each) for each in data["parameters"]),
        "body": _decode_body(data["body"]),
        "responses": {int(status): schema for status, schema in data["responses"].items()},
        "rate_limit": _decode_rate_limit(data["rate_limit"]),
        "items": None if items is None else tuple(items),
        "window": None if window is None else Window(**window),
        "errors": tuple(ErrorRow(**each) for each in data["errors"]),
    }
    return Operation(**data | decoded)


def _decode_body(data: Data | None) -> RequestBody | None:
    if data is None:
        return None
    return RequestBody(**data | {"secret_fields": tuple(data["secret_fields"])})


def _decode_rate_limit(data: Data | None) -> RateLimit | None:
    return None if data is None else RateLimit(**data)
