"""The protocol of a provider, and the calls and problems that it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any, ClassVar, Protocol

from .http import Request, Response
from .rate_limits import Limiter
from .specification import Operation, RateLimit

Clock = Callable[[], datetime]
"""Returns the time, with a time zone."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request that matches the specification, with its values converted."""

    operation: Operation
    path: str
    headers: Mapping[str, str]
    parameters: Mapping[str, Any]
    body: Any


class Rejection(Enum):
    """The reason why a request does not reach its operation."""

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
    path: tuple[str, ...] = ()  # from the place to the field, with the positions in arrays


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem with a request. The provider answers it in its own error format."""

    fault: Rejection
    operation: Operation | None = None
    violations: tuple[Violation, ...] = ()

    @property
    def explanation(self) -> str:
        """All violations as text, each with the name of its field."""
        return "; ".join(f"{each.field}: {each.message}" for each in self.violations)


class Refused(Exception):
    """A provider rejects a valid call."""

    def __init__(self, status: int, code: str, message: str, details: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details


class Provider(Protocol):
    """The behavior of one commerce platform, beyond its specification."""

    refuses_unknown_fields: ClassVar[bool]
    account: ClassVar[Mapping[str, str]]  # arguments of the client
    facts: ClassVar[Mapping[str, str]]  # settings of an account that the API does not send
    secrets: ClassVar[tuple[str, ...]]  # the names of those that no file may contain
    credentials: ClassVar[Mapping[str, str]]  # all keys and logins that it accepts

    @property
    def limiter(self) -> Callable[[RateLimit], Limiter]:
        """Makes the limiter for a documented rate limit."""

    def authenticate(self, operation: Operation, path: str, request: Request) -> Response | None:
        """Check credentials; return the refusal, or None if the caller may call the operation."""

    def refuse(self, problem: Problem) -> Response:
        """Answer a problem in the provider's own error format."""

    def answer(self, call: Call) -> Response:
        """Carry out a valid call."""

    def revoke(self) -> None:
        """Reject all tokens and keys issued so far."""

    def close(self) -> None:
        """Release the provider's data."""
