"""What was asked of the sandbox, and what it answered: kept in memory, the latest thousand requests."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from .specification import FORM, Operation, Specification

SIZE = 1000
HIDDEN = "***"
ALWAYS_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """A request as it came, but for its secrets, and the status of its answer."""

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
    """Replaces the secrets of one API's requests."""

    def __init__(self, specification: Specification) -> None:
        self._headers = specification.secret_headers | ALWAYS_SECRET
        self._fields = {each.id: _find_secret_fields(specification, each) for each in specification.operations}

    def hide_headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Replace the value of every header that logs somebody in."""
        return {name: HIDDEN if name in self._headers else value for name, value in headers.items()}

    def hide_body(self, operation: Operation | None, body: bytes) -> bytes:
        """Replace the values of fields that are passwords, in a form or in JSON."""
        fields = self._fields[operation.id] if operation else ()
        if not fields or operation is None or operation.body is None:
            return body
        if operation.body.media_type == FORM:
            names = "|".join(map(re.escape, fields)).encode()
            return re.sub(rb"\b(%b)=[^&]*" % names, rb"\1=" + HIDDEN.encode(), body)
        return _hide_members(fields, body)


def _hide_members(fields: tuple[str, ...], body: bytes) -> bytes:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        return HIDDEN.encode()  # nobody can tell where the secret is
    return json.dumps({name: HIDDEN if name in fields else value for name, value in document.items()}).encode()


def _find_secret_fields(specification: Specification, operation: Operation) -> tuple[str, ...]:
    if not operation.body or "$ref" not in operation.body.schema:
        return ()
    schema = specification.schemas[operation.body.schema["$ref"].rpartition("/")[2]]
    return tuple(name for name, each in schema.get("properties", {}).items() if each.get("format") == "password")
