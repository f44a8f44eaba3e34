"""The latest thousand requests, kept in memory without their secrets."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote_plus

from .http import Request, Response
from .reasons import Reason
from .specification import FORM, Operation, Specification

SIZE = 1000
HIDDEN = "***"
ALWAYS_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})
OUTCOMES = ("answered", "refused", "limited", "failed", "broken")
MOST_SHOWN = 16 * 1024  # bytes of a response
SHORTEST_KEY = 8  # characters; a shorter text may be a part of ordinary words
_SECRET_WORD = re.compile(
    "key|token|secret|passw|auth|credential|cookie|session|signature", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """A request and its response, with their secrets replaced."""

    api: str
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    status: int
    number: int  # counts all requests since the start or the last reset
    at: datetime  # when it came, by the clock of the machine
    seconds: float  # until the response was there, delays by faults included
    outcome: str  # answered, refused, limited, failed or broken
    reasons: tuple[Reason, ...]  # why it was not simply answered
    response_headers: Mapping[str, str]
    response_body: bytes  # its beginning, at most 16 KiB
    response_size: int


_ISSUED_WORDS = ("token", "secret", "passw", "credential", "cookie", "session")
_MEMBER = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:\s*)"(?:[^"\\]|\\.)*("|$)')


class RequestLog:
    """The latest requests. The oldest one is forgotten when the log is full."""

    def __init__(self) -> None:
        self.count = 0  # of all requests, the forgotten ones included
        self.latest: deque[LoggedRequest] = deque(maxlen=SIZE)

    def add(self, make: Callable[[int], LoggedRequest]) -> None:
        """Number a request, and keep it."""
        self.count += 1
        self.latest.append(make(self.count))


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
        self,
        api: str,
        request: Request,
        operation: Operation | None,
        answer: Response,
        reasons: Iterable[Reason],
        *,
        number: int,
        at: datetime,
        seconds: float,
    ) -> LoggedRequest:
        """Return the request and its response without their secrets."""
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
            status=answer.status,
            number=number,
            at=at,
            seconds=seconds,
            outcome=name_outcome(answer),
            reasons=tuple(self._hide_values(each, operation, keys) for each in reasons),
            response_headers={
                name: HIDDEN if self._is_secret(name, set()) else _hide_keys(value, keys)
                for name, value in answer.list_headers()
            },
            response_body=_hide_response(answer.body[:MOST_SHOWN], keys),
            response_size=len(answer.body),
        )

    def _hide_values(self, reason: Reason, operation: Operation | None, keys: set[str]) -> Reason:
        """Return a reason without values that can be secrets."""
        body = operation.body if operation else None
        secret = {*(body.secret_fields if body else ()), *self._parameters, *self._headers}
        message = reason.message
        if any(name in secret or _SECRET_WORD.search(name) for name in reason.fields):
            message = f"{message.partition(': ')[0]}: is wrong (value not shown)"
        for key in keys:
            message = message.replace(key, HIDDEN)
        return replace(reason, message=message)

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


def name_outcome(answer: Response) -> str:
    """Return what became of a request, in one word."""
    if answer.breaks:
        return "broken"
    if answer.status == 429:
        return "limited"
    if answer.status >= 500:
        return "failed"
    return "refused" if answer.status >= 400 or answer.refusal else "answered"


def _hide_response(body: bytes, keys: set[str]) -> bytes:
    """Replace keys, and the texts of JSON members that are called like a secret."""
    text = body.decode("latin-1")
    if _is_issued_word(text):
        text = _MEMBER.sub(
            lambda found: found[0] if _is_shown(found[1]) else _hide_text(found), text
        )
    for key in keys:
        text = text.replace(key, HIDDEN)
    return text.encode("latin-1")


def _is_shown(name: str) -> bool:
    return not _is_issued_word(name) or name.lower().startswith(("next", "page"))


def _is_issued_word(text: str) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in _ISSUED_WORDS)


def _hide_text(member: re.Match[str]) -> str:
    return f'"{member[1]}"{member[2]}"{HIDDEN}{member[3]}'


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
