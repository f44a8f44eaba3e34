"""The latest thousand requests, kept in memory without their secrets."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote_plus

from .http import Request
from .specification import FORM, Operation, Specification

SIZE = 1000
HIDDEN = "***"
ALWAYS_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})
SHORTEST_KEY = 8  # characters; a shorter text may be a part of ordinary words
_SECRET_WORD = re.compile(
    "key|token|secret|passw|auth|credential|cookie|session|signature", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """A request with its secrets replaced, and the status of its response."""

    api: str
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    status: int


RequestLog = deque[LoggedRequest]


def make_request_log() -> RequestLog:
    """Make an empty log that forgets the oldest request when it is full."""
    return deque(maxlen=SIZE)


class Censor:
    """Replaces secrets in the requests of one API, also in places where the API expects none.

    A header or a parameter that is named like a secret counts as one, unless the operation
    documents it. The sandbox's own keys, and the values of headers that carry credentials, are
    replaced everywhere in the request.
    """

    def __init__(self, specification: Specification, credentials: Mapping[str, str]) -> None:
        self._headers = specification.secret_headers | ALWAYS_SECRET
        self._parameters = specification.secret_parameters
        self._keys = {value for name, value in credentials.items() if _SECRET_WORD.search(name)}

    def log(
        self, api: str, request: Request, operation: Operation | None, status: int
    ) -> LoggedRequest:
        """Return the request without its secrets."""
        documented: set[str] = set()
        if operation:
            documented = {each.name.lower() for each in operation.parameters}
        secret_headers = {name for name in request.headers if self._is_secret(name, documented)}
        keys = self._keys | _find_keys(request.headers[name] for name in secret_headers)
        shown_headers = {}
        for name, value in request.headers.items():
            shown_headers[name] = HIDDEN if name in secret_headers else _hide_keys(value, keys)
        return LoggedRequest(
            api=api,
            method=request.method,
            path="/".join(_hide_keys(each, keys) for each in request.path.split("/")),
            query=_hide_parameters(request.query, keys, documented, self._parameters),
            headers=shown_headers,
            body=self._hide_body(operation, request, keys),
            status=status,
        )

    def _is_secret(self, header: str, documented: set[str]) -> bool:
        return header in self._headers or _is_called_secret(header, documented)

    def _hide_body(self, operation: Operation | None, request: Request, keys: set[str]) -> bytes:
        """Replace the values of secret fields in a form or in JSON, and keys in any other body."""
        body = request.body or b""
        documented = operation.body if operation else None
        fields = documented.secret_fields if documented else ()
        is_form = FORM in request.headers.get("content-type", "")
        if is_form or (documented and documented.media_type == FORM):
            return _hide_fields(body, keys, fields)
        if fields:
            body = _hide_members(fields, body)
        for key in keys:
            body = body.replace(key.encode(), HIDDEN.encode())
        return body


def _is_called_secret(name: str, documented: Collection[str]) -> bool:
    return name.lower() not in documented and _SECRET_WORD.search(name) is not None


def _find_keys(values: Iterable[str]) -> set[str]:
    """Return the keys in headers: each value, and the part after Bearer or Basic, unless short."""
    found = set()
    for value in values:
        scheme, _, token = value.partition(" ")
        found |= {value, token}
        if scheme.lower() == "basic":
            found |= set(_decode_basic(token))
    return {key for key in found if len(key) >= SHORTEST_KEY}


def _decode_basic(token: str) -> list[str]:
    try:
        return b64decode(token).decode().split(":")
    except ValueError:
        return []


def _hide_keys(text: str, keys: set[str]) -> str:
    decoded = unquote_plus(text)
    for key in keys:
        if key in text or key in decoded:
            return HIDDEN
    return text


def _hide_parameters(
    query: str, keys: set[str], documented: Collection[str], secret: Collection[str] = ()
) -> str:
    """Replace the values of parameters that are secrets or named like one; keep all other bytes."""
    return "&".join(_hide_parameter(each, keys, documented, secret) for each in query.split("&"))


def _hide_parameter(
    pair: str, keys: set[str], documented: Collection[str], secret: Collection[str]
) -> str:
    name, equals, value = pair.partition("=")
    shown = _hide_keys(value, keys)
    plain = unquote_plus(name)
    if value and (plain in secret or _is_called_secret(plain, documented)):
        shown = HIDDEN
    return _hide_keys(name, keys) + equals + shown


def _hide_fields(body: bytes, keys: set[str], secret: Collection[str]) -> bytes:
    """Replace the values of a form's secret fields."""
    shown = []
    for pair in body.decode("latin-1").split("&"):
        name, equals, value = pair.partition("=")
        if unquote_plus(name) in secret:
            value = HIDDEN
        shown.append(name + equals + value)
    # () because the fields of a form are not documented as parameters
    return _hide_parameters("&".join(shown), keys, ()).encode("latin-1")


def _hide_members(fields: tuple[str, ...], body: bytes) -> bytes:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        return HIDDEN.encode()  # the secret could be anywhere
    for name in fields:
        if name in document:
            document[name] = HIDDEN
    return json.dumps(document).encode()
