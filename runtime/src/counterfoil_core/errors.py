"""The exceptions of a client, under one root.

    CounterfoilError
    ├── ConfigurationError        an argument of the client is missing or invalid
    ├── TransportError            no response was received
    │   ├── ConnectFailed         nothing was sent: no connection could be made
    │   ├── DeadlineExceeded      the time of the call was up
    │   └── OutcomeUnknown        a write was sent, and whether it happened is unknown
    ├── DecodeError               a response that does not match the API's documentation
    ├── PaginationLoop            the server repeated a cursor
    └── ApiError                  the server, or the client before sending, rejected the request
        ├── AuthenticationFailed  401: the credentials are missing, wrong or expired
        ├── PermissionDenied      403: the credentials are valid, but not for this
        ├── NotFound              404, 410
        ├── Conflict              409, 412
        ├── InvalidRequest        400, 415, 422 and the other 4xx; also requests that are not sent
        ├── RateLimited           429: too many requests
        └── ServerError           408, 5xx: an error of the server

The meaning of a status can differ by API: see `Api.statuses` and `ErrorResponse.raises`.
All of them can be pickled and copied; none contains a credential.
"""

from __future__ import annotations

from typing import Any

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class CounterfoilError(Exception):
    """The root of all errors of a Counterfoil client.

    `provider` is the name of the API, `operation` the method ("invoices.list"); both are None if
    the error does not belong to a call. `message` is the text without them.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.provider: str | None = None
        self.operation: str | None = None

    def __str__(self) -> str:
        place = " ".join(part for part in (self.provider, self.operation) if part)
        return f"{place}: {self.message}" if place else self.message


class ConfigurationError(CounterfoilError):
    """An argument of the client is missing or invalid.

    The message names it and its environment variable.
    """


class TransportError(CounterfoilError):
    """No response was received.

    `sent` is False only if it is proven that nothing reached the server. A custom transport raises
    `ConnectFailed` in that case, and this class in all others.
    """

    sent = True
    advice = "Try again later."


class ConnectFailed(TransportError):
    """No connection could be made. Nothing was sent, so calling again is safe."""

    sent = False
    advice = (
        "Check the network, the host's name and any proxy. "
        "Nothing was sent, so calling again is safe."
    )


class DeadlineExceeded(TransportError):
    """The `timeout` of the call was up, with connecting, waiting, retrying and reading."""

    advice = "Try again later, or with a longer `timeout`."

    def __init__(self, message: str, *, sent: bool = True) -> None:
        super().__init__(message)
        self.sent = sent


class OutcomeUnknown(TransportError):
    """A write was sent and no response came, so it may or may not have happened.

    Read the record back before calling again, because a second call could create a second invoice.
    `__cause__` is the error of the transport.
    """

    advice = "Read the record back before sending it again."


class DecodeError(CounterfoilError):
    """The response does not match the API's documentation.

    A required field is missing, a type differs, or it is not JSON. `path` is the place in the
    response ("$.invoices[0].id"), `body` its beginning. `content` is all of it, decompressed, and
    `link` its Link header; both are empty after pickling.
    """

    content: bytes = b""
    link: str = ""

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        status: int | None = None,
        request_id: str | None = None,
        body: str = "",
    ) -> None:
        super().__init__(message)
        self.path = path
        self.status = status
        self.request_id = request_id
        self.body = body

    def __reduce__(self) -> tuple[object, ...]:
        state = dict(vars(self))
        state.pop("content", None)
        state.pop("link", None)
        return type(self), self.args, state


class PaginationLoop(CounterfoilError):
    """The server repeated a cursor or a page, so that paging would never end."""

    advice = "Try again from the start, with a narrower request; the items so far are valid."


class ApiError(CounterfoilError):
    """The server answered with an error, or the request was rejected before sending.

    `status` is the HTTP status, None if the request was not sent. `code`, `field` and `detail` are
    from the server, `body` is the beginning of its response and `headers` those that are safe to
    show. The vendor's support may ask for `request_id`. `retry_after` is the number of seconds to
    wait, according to the server or the rate limit. `model` is the decoded body, if the API
    documents one for this status, and the body matches it and repeats no credential.
    """

    model: Any = None
    advice = "See the vendor's documentation for this response."

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        code: str | None = None,
        field: str | None = None,
        detail: str | None = None,
        request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        body: str = "",
        retry_after: float | None = None,
        violations: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.field = field
        self.detail = detail
        self.request_id = request_id
        self.headers = dict(headers or {})
        self.body = body
        self.retry_after = retry_after
        self.violations = violations


class AuthenticationFailed(ApiError):
    """The credentials are missing, wrong or expired."""

    advice = "Check the credentials: they are missing, wrong, expired or for another host."


class PermissionDenied(ApiError):
    """The credentials are good, but do not allow this."""

    advice = "Ask for the permission or role that this operation needs."


class NotFound(ApiError):
    """The requested object does not exist, or is not visible with these credentials."""

    advice = "Check the identifiers, and that they belong to this account."


class Conflict(ApiError):
    """The request conflicts with the current state: a duplicate, or a concurrent change."""

    advice = "Read the record back, then decide whether the change is still wanted."


class InvalidRequest(ApiError):
    """The request violates a rule of the API.

    If `status` is None, it was not sent, and `violations` lists every violation
    ("invoice.discounts[2].value: 120 is above the maximum 100").
    """

    advice = "Correct the request; sending it again as it is will fail again."


class RateLimited(ApiError):
    """Too many requests. `retry_after` is the wait in seconds, if it is known."""

    advice = "Wait before the next call, or give the client a lower `rate_limit`."


class ServerError(ApiError):
    """An error of the server. A write may have happened nevertheless."""

    advice = "Try again later; the vendor's support can look the request id up."
