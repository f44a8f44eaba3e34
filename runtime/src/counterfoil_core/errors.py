"""Everything that can come out of a client, under one root.

    CounterfoilError
    ├── ConfigurationError        an argument of the client is missing or makes no sense
    ├── TransportError            no answer was received
    │   ├── ConnectFailed         nothing was sent: no connection could be made
    │   ├── DeadlineExceeded      the call's time was up
    │   └── OutcomeUnknown        a write was sent, and whether it happened is not known
    ├── DecodeError               an answer that is not what the API documents
    ├── PaginationLoop            the server handed out a cursor that it had handed out before
    └── ApiError                  the server refused (or we did, for it, before sending)
        ├── AuthenticationFailed  401: the credentials are missing, wrong or expired
        ├── PermissionDenied      403: the credentials are good, but not for this
        ├── NotFound              404, 410
        ├── Conflict              409, 412
        ├── InvalidRequest        400, 415, 422 and the other 4xx; also what we refuse to send
        ├── RateLimited           429: too many requests
        └── ServerError           408, 5xx: trouble on the server's side

Which status means what can differ by API: `Api.statuses` and `ErrorAnswer.raises` say where.
All of them pickle and copy; none of them holds a credential.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class CounterfoilError(Exception):
    """The root of all errors of a Counterfoil client.

    `provider` is the API ("open2b-admin"), `operation` the method ("invoices.list"); both are None where
    the error belongs to no call. `message` is the text without them.
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
    """An argument of the client is missing or makes no sense; the message names it and its environment variable."""


class TransportError(CounterfoilError):
    """No answer was received.

    `sent` is False only where it is proven that nothing reached the server; a transport of your own raises
    `ConnectFailed` for that, and this class for the rest.
    """

    sent = True
    advice = "Try again later."


class ConnectFailed(TransportError):
    """No connection could be made: nothing was sent, so calling again is safe."""

    sent = False
    advice = "Check the network, the host's name and any proxy. Nothing was sent, so calling again is safe."


class DeadlineExceeded(TransportError):
    """The call's `timeout` was up, over connecting, waiting, retrying and reading together."""

    advice = "Try again later, or with a longer `timeout`."

    def __init__(self, message: str, *, sent: bool = True) -> None:
        super().__init__(message)
        self.sent = sent


class OutcomeUnknown(TransportError):
    """A write was sent and no answer came: it may or may not have happened.

    Read the record back before calling again: a second call could make a second invoice. `__cause__` says
    what went wrong.
    """

    advice = "Read the record back before sending it again."


class DecodeError(CounterfoilError):
    """The answer is not what the API documents: a required field is missing, a type differs, it is not JSON.

    `path` leads to the place ("$.invoices[0].id"), `body` holds the beginning of what was received.
    """

    def __init__(
        self, message: str, *, path: str | None = None, status: int | None = None, request_id: str | None = None, body: str = ""
    ) -> None:
        super().__init__(message)
        self.path = path
        self.status = status
        self.request_id = request_id
        self.body = body


class PaginationLoop(CounterfoilError):
    """The server handed out a cursor that it had handed out before: paging on would never end."""

    advice = "Try again from the start, with a narrower request; what has been given is good."


class ApiError(CounterfoilError):
    """The server answered with an error.

    `status` is the HTTP status, None where the request was refused before it was sent. `code`, `field` and
    `detail` are the server's own words, `body` the beginning of what it sent, `headers` those that are safe
    to show, `request_id` the one that the vendor's support asks for, `retry_after` the seconds that the
    server (or our own rate limit) asks to wait.
    """

    advice = "See the vendor's documentation for this answer."

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
    """What the request names does not exist, or not for these credentials."""

    advice = "Check the identifiers, and that they belong to this account."


class Conflict(ApiError):
    """The request collides with the present state: a duplicate, or a change in between."""

    advice = "Read the record back, then decide whether the change is still wanted."


class InvalidRequest(ApiError):
    """The request breaks a rule of the API.

    With `status` None we refused it before sending; `violations` then names every breach at once
    ("invoice.discounts[2].value: 120 is above the maximum 100").
    """

    advice = "Correct the request; sending it again as it is will fail again."


class RateLimited(ApiError):
    """Too many requests; `retry_after` is the wait in seconds, where it is known."""

    advice = "Wait before the next call, or give the client a lower `rate_limit`."


class ServerError(ApiError):
    """Trouble on the server's side; a write may have happened all the same."""

    advice = "Try again later; the vendor's support can look the request id up."
