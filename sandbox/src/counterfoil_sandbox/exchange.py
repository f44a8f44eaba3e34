"""What passes between the generic part and a provider: requests, valid calls, problems with invalid ones, answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import Any, ClassVar, Literal, Protocol
from urllib.parse import unquote

from . import exact_json
from .limits import Limiter
from .specification import Operation, RateLimit

LARGEST_BODY = 1024 * 1024

Clock = Callable[[], datetime]
"""Says what time it is, with a time zone."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came, over a port or in process: header names in lower case, no body where it exceeds 1 MiB."""

    method: str
    path: str  # still percent-encoded
    query: str
    headers: Mapping[str, str]
    body: bytes | None

    @property
    def segments(self) -> list[str]:
        """The parts of the path, each decoded: an encoded slash belongs to a value, such as an invoice's number."""
        return [unquote(each) for each in self.path.removeprefix("/").split("/")]


@dataclass(frozen=True, slots=True)
class Call:
    """A request that the specification allows, its values converted."""

    operation: Operation
    path: str
    headers: Mapping[str, str]
    parameters: Mapping[str, Any]
    body: Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the client, after how many seconds, and whether the connection breaks on the way."""

    status: int
    body: bytes = b""
    media_type: str = "application/json"  # "" where there is no body
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    breaks: Literal["", "before", "within"] = ""

    def list_headers(self) -> list[tuple[str, str]]:
        """Every header of the answer, its length and media type included."""
        charset = "; charset=utf-8" if self.media_type.startswith("text/") else ""
        named = [("content-type", self.media_type + charset)] if self.media_type else []
        sized = [("content-length", str(len(self.body)))] if self.status != 204 else []
        return [*sized, *named, *((name.lower(), value) for name, value in self.headers.items())]


class Fault(Enum):
    """Why a request does not reach its operation."""

    UNKNOWN_ROUTE = auto()
    WRONG_METHOD = auto()
    TOO_LARGE = auto()
    TOO_MANY = auto()
    WRONG_MEDIA_TYPE = auto()
    BROKEN_BODY = auto()
    INVALID = auto()
    FAILURE = auto()


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which a request breaks the specification."""

    place: str  # path, query, header or body
    field: str  # name of the field, "" for the body as a whole
    keyword: str  # of JSON Schema, such as maxLength
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a request; the provider puts it in its own form."""

    fault: Fault
    operation: Operation | None = None
    violations: tuple[Violation, ...] = ()

    @property
    def explanation(self) -> str:
        """Every violation, with the name of its field."""
        return "; ".join(f"{each.field}: {each.message}" for each in self.violations)


class Refused(Exception):
    """A valid call that a provider turns down."""

    def __init__(self, status: int, code: str, message: str, details: str = "") -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.details = status, code, message, details


class Provider(Protocol):
    """One commerce platform's behaviour, beyond what its specification says."""

    refuses_unknown_fields: ClassVar[bool]
    account: ClassVar[Mapping[str, str]]  # what a client of the API is made with
    credentials: ClassVar[Mapping[str, str]]  # everything there is to log in with

    @property
    def limiter(self) -> Callable[[RateLimit], Limiter]:
        """How calls are counted against a documented limit."""

    def authenticate(self, operation: Operation, path: str, headers: Mapping[str, str]) -> Answer | None:
        """Return the refusal for a caller who may not call the operation, or None."""

    def refuse(self, problem: Problem) -> Answer:
        """Put a problem in the provider's own error form."""

    def answer(self, call: Call) -> Answer:
        """Carry out a valid call."""

    def revoke(self) -> None:
        """Refuse from now on every token and key that was issued."""

    def close(self) -> None:
        """Give back what the provider holds."""


def answer_json(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """Answer with a value as JSON."""
    return Answer(status, exact_json.encode(value).encode(), headers=headers or {})


def answer_text(text: str, status: int) -> Answer:
    """Answer with plain text."""
    return Answer(status, text.encode(), "text/plain")
