"""HTTP messages: the requests that reach the sandbox, and the responses that leave it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qs, unquote

from . import exact_json

LARGEST_BODY = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came, over a port or in process. Header names are in lower case."""

    method: str
    path: str  # still percent-encoded
    query: str
    headers: Mapping[str, str]
    body: bytes | None  # None if it exceeds 1 MiB

    @property
    def segments(self) -> list[str]:
        """The parts of the path, decoded. An encoded slash is part of a value, such as a number."""
        return [unquote(each) for each in self.path.removeprefix("/").split("/")]

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies by name, decoded."""
        found = {}
        for pair in self.headers.get("cookie", "").split("; "):
            name, mark, value = pair.partition("=")
            if mark:
                found[name] = unquote(value)
        return found

    def find_parameter(self, name: str) -> str | None:
        """Return the first value of a query parameter, such as a key; None if it is absent."""
        values = parse_qs(self.query, keep_blank_values=True).get(name)
        return values[0] if values else None


@dataclass(frozen=True, slots=True)
class Response:
    """A response to the client.

    `delay` is in seconds. `breaks` resets the connection before the response or within its body.
    `refusal` is why the platform refuses a call, for the log.
    """

    status: int
    body: bytes = b""
    media_type: str = "application/json"  # "" where there is no body
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    breaks: Literal["", "before", "within"] = ""
    refusal: str = ""

    def list_headers(self) -> list[tuple[str, str]]:
        """Return all headers, including length and media type."""
        charset = "; charset=utf-8" if self.media_type.startswith("text/") else ""
        found = []
        if self.status != 204:
            found.append(("content-length", str(len(self.body))))
        if self.media_type:
            found.append(("content-type", self.media_type + charset))
        for name, value in self.headers.items():
            found.append((name.lower(), value))
        return found


def answer_json(
    value: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with a value as JSON."""
    return Response(status, exact_json.encode(value).encode(), headers=headers or {})


def answer_text(text: str, status: int) -> Response:
    """Answer with plain text."""
    return Response(status, text.encode(), "text/plain")
