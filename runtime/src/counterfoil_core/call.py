"""One call, from arguments to response, without I/O (sans-I/O).

A call is a generator: it yields effects (see `effects`) and receives their results. The sync and
the async client perform the effects; all decisions are made here, once for both.
"""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from msgspec import UNSET, structs

from .addresses import remove_parameters, replace_target
from .api import Api, Operation
from .auth import REFUSALS, Authenticator, Credentials
from .codec import PreparedRequest, find_codec
from .deadline import Deadline
from .effects import CallEffects, Send, Sleep
from .encode import write_query
from .errors import (
    ApiError,
    CounterfoilError,
    DecodeError,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    ServerError,
    TransportError,
)
from .hooks import Attempt, Hooks
from .log import log_attempt, log_unknown_fields, log_wait
from .multipart import BodyStream
from .options import CallOptions, check_extra_headers, write_extra_query
from .rate_limits import RateLimiter, TokenBucket, read_rate
from .response import RawResponse, Response, find_request_id
from .retry import RetryQuota, may_repeat, read_date, wait_before_retry
from .settings import Settings
from .transports.protocol import Headers, Request
from .types import Secret

ResultT = TypeVar("ResultT")


class ClientState:
    """State shared by the calls of one client.

    It includes the clocks and the random source, which tests replace.
    """

    def __init__(
        self,
        settings: Settings,
        rate_limiter: RateLimiter,
        default_headers: Mapping[str, str],
        app_info: str | None,
    ) -> None:
        self.settings = settings
        self.headers = Headers({name.lower(): text for name, text in default_headers.items()})
        self.app_info = app_info
        self.rate_limiter = rate_limiter
        self.quota = RetryQuota()
        self.hooks = Hooks()
        self.authenticator = Authenticator(settings, lambda: self.clock())
        self.clock: Callable[[], float] = time.monotonic
        self.wall_clock: Callable[[], float] = time.time
        self.chance: Callable[[], float] = random.random
        self.make_key: Callable[[], str] = _make_key
        self.sleep: Callable[[float], object] = time.sleep
        self.sleep_async: Callable[[float], Awaitable[object]] = _sleep_async


def perform_call(
    state: ClientState,
    options: CallOptions,
    operation: Operation[ResultT],
    arguments: Mapping[str, Any],
    deadline: Deadline | None = None,
    target: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> CallEffects[Response[ResultT]]:
    """Perform one call and return its response.

    `target` is the path and query to request instead of those made from the arguments: the next
    page, as the server named it. `headers` are the credentials of a call that obtains a token.

    Raises CounterfoilError with `provider` and `operation` set. Exchanging a credential for a
    token is a nested call, which has the deadline of the call that needs the token.
    """
    if deadline is None:
        deadline = Deadline(options.timeout, state.clock)
    try:
        return (
            yield from _perform_call(
                state, options, operation, arguments, deadline, target, headers or {}
            )
        )
    except CounterfoilError as error:
        if isinstance(error, NotFound) and error.operation is None:  # not of a nested call
            _name_target(error, operation, _fill_in(state, arguments))
        name_error(state, operation, error)
        raise


def _fill_in(state: ClientState, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments, with the client's own for those that the call leaves out."""
    given = {name: value for name, value in arguments.items() if value is not UNSET}
    return {**state.settings.values, **given}


def _name_target(error: NotFound, operation: Operation[Any], arguments: Mapping[str, Any]) -> None:
    """Add to an error what was requested: method, path, and the values of its parameters."""
    names = [each.name for each in operation.parameters if each.location == "path"]
    values = [f"{name}={arguments[name]!r}" for name in names if name in arguments]
    given = f" with {', '.join(values)}" if values else ""
    error.message += f" The request was {operation.method} {operation.path}{given}."
    error.args = (error.message,)


def _perform_call(
    state: ClientState,
    options: CallOptions,
    operation: Operation[ResultT],
    arguments: Mapping[str, Any],
    deadline: Deadline,
    target: str | None,
    headers: Mapping[str, str],
) -> CallEffects[Response[ResultT]]:
    codec = find_codec(state.settings.api, operation)
    prepared = codec.write(arguments, state.settings, validate=options.validate)
    prepared = _add_extras(state, options, operation, prepared)
    url = prepared.url if target is None else replace_target(prepared.url, target)
    bucket = state.rate_limiter.find_bucket(operation)
    call = partial(perform_call, state, options.without_extras(), deadline=deadline)
    attempt = 0
    paid = 0
    while True:
        attempt += 1
        credentials = yield from state.authenticator.sign(operation, deadline, call)
        request = Request(
            method=operation.method,
            url=_sign_url(url, credentials, state.settings),
            headers=_sign_headers({**prepared.headers, **headers}, credentials),
            body=prepared.body,
            deadline=deadline,
        )
        try:
            response = yield from _attempt(state, operation, request, bucket, attempt)
        except REFUSALS:
            is_last = attempt >= options.max_attempts or not _can_send_again(prepared)
            if is_last or not state.authenticator.refresh(credentials):
                raise
        except (ApiError, TransportError, DecodeError) as failure:
            wait = wait_before_retry(failure, attempt, state.chance())
            paid = 0
            has_attempt = attempt < options.max_attempts and _can_send_again(prepared)
            if has_attempt and wait <= deadline.remaining():
                paid = _pay_for_retry(state, operation, failure)
            if not paid:
                error = _conclude(operation, failure, attempt)
                raise error  # noqa: B904 -- it has its cause, or is the failure
            log_wait(f"{state.settings.api.name} {operation.name}", wait, failure.message)
            yield from _wait(wait, partial(state.quota.return_unused, paid))
        else:
            state.quota.give_back(paid)
            state.authenticator.mark_accepted(credentials)
            return response


def _add_extras(
    state: ClientState,
    options: CallOptions,
    operation: Operation[Any],
    prepared: PreparedRequest,
) -> PreparedRequest:
    """Return a request with the client's default headers and what the call adds."""
    extras = options.extras
    idempotency_header = operation.idempotency_header
    is_plain = extras is None and idempotency_header is None
    if is_plain and not state.headers and state.app_info is None:
        return prepared
    # What the caller passes to a method comes before what holds for all calls.
    headers = {**state.headers, **prepared.headers}
    if "user-agent" in state.headers:
        headers["user-agent"] = state.headers["user-agent"]
    if state.app_info is not None:
        headers["user-agent"] += f" {state.app_info}"
    url = prepared.url
    key = None
    if extras is not None:
        check_extra_headers(extras, state.settings.list_credential_headers())
        headers |= extras.headers
        url = _add_query(url, write_extra_query(extras))
        key = extras.idempotency_key
    if idempotency_header is not None:
        # One key for all attempts: by it the API recognizes a request that arrives twice.
        headers[idempotency_header.lower()] = key or state.make_key()
    return structs.replace(prepared, url=url, headers=Headers(headers))


def _sign_headers(headers: dict[str, str], credentials: Credentials) -> Headers:
    signed = Headers({**headers, **credentials.headers})
    if credentials.cookies:
        own = [signed["cookie"]] if "cookie" in signed else []
        signed["cookie"] = "; ".join([*own, *credentials.cookies])
    return signed


def _sign_url(url: str, credentials: Credentials, settings: Settings) -> str:
    """Return a URL with the credentials that are sent in its query.

    The URL of a next page may contain those of the request before.
    """
    if not credentials.query:
        return url
    bare = remove_parameters(url, settings.list_credential_parameters())
    return _add_query(bare, write_query(list(credentials.query)))


def _add_query(url: str, query: str) -> str:
    if not query:
        return url
    separator = "&" if "?" in url else "?"
    return f"{url}{separator}{query}"


def _make_key() -> str:
    from uuid import uuid4  # here, because few operations need it

    return str(uuid4())


def _can_send_again(prepared: PreparedRequest) -> bool:
    """Whether the body can be sent once more: an open file may be readable only once."""
    return not isinstance(prepared.body, BodyStream) or prepared.body.can_be_sent


def _pay_for_retry(state: ClientState, operation: Operation[Any], failure: CounterfoilError) -> int:
    """Return the quota tokens taken for a retry; 0 if it is unsafe or the quota is used up."""
    return state.quota.take(failure) if may_repeat(operation.retry, failure) else 0


def _attempt(
    state: ClientState,
    operation: Operation[ResultT],
    request: Request,
    bucket: TokenBucket | None,
    attempt: int,
) -> CallEffects[Response[ResultT]]:
    settings = state.settings
    codec = find_codec(settings.api, operation)
    if bucket is not None:
        yield from _take_turn(state, operation, bucket, request.deadline)
    try:
        raw_response = yield from _send(state, operation, request, attempt)
    except TransportError as failure:
        if bucket is not None and not failure.sent:
            bucket.give_back()
        raise
    try:
        value = codec.read(raw_response, settings, state.wall_clock())
    except RateLimited:
        if bucket is not None:
            bucket.slow_down()
        raise
    if bucket is not None:
        bucket.speed_up(read_rate(raw_response.headers, settings.api.rate_limit_header))
    response = Response(
        value=value,
        status=raw_response.status,
        headers=_clean_headers(raw_response.headers, settings.api.secret_headers),
        request_id=raw_response.request_id,
        attempts=attempt,
        elapsed=timedelta(seconds=request.deadline.elapsed()),
        raw=raw_response.content,
        kind=None if raw_response.stream else codec.find_kind(raw_response.status),
        tags=settings.api.tags,
    )
    log_unknown_fields(settings.api.name, response)
    return response


def name_error(state: ClientState, operation: Operation[Any], error: CounterfoilError) -> None:
    """Set where an error comes from, and remove credentials from it."""
    error.provider = state.settings.api.name
    error.operation = error.operation or operation.name
    state.settings.clean(error)


def _take_turn(
    state: ClientState, operation: Operation[Any], bucket: TokenBucket, deadline: Deadline
) -> CallEffects[None]:
    """Wait until the rate limit allows a request. Raises RateLimited if that takes too long."""
    longest = deadline.remaining()
    wait = bucket.reserve(longest)
    if wait > longest:
        problem = f"the rate limit allows a request in {wait:.1f} s, after this call's timeout"
        raise RateLimited(f"not sent: {problem}. {RateLimited.advice}", retry_after=wait)
    if wait > 0:
        log_wait(f"{state.settings.api.name} {operation.name}", wait, "rate limit")
        yield from _wait(wait, bucket.give_back)


def _wait(seconds: float, give_back: Callable[[], None]) -> CallEffects[None]:
    """Wait, and call `give_back` if the call is cancelled or abandoned meanwhile."""
    try:
        yield Sleep(seconds)
    except BaseException:
        give_back()
        raise


def _send(
    state: ClientState, operation: Operation[Any], request: Request, attempt: int
) -> CallEffects[RawResponse]:
    watched = Attempt(
        state.settings.api.name,
        operation.name,
        attempt,
        request.method,
        request.url.partition("?")[0],
    )
    raw_response = None
    began = state.clock()
    state.hooks.tell(state.hooks.before_request, watched)
    try:
        raw_response = yield Send(request)
        assert raw_response is not None  # noqa: S101 -- drivers answer Send with a RawResponse
        raw_response = _identify(raw_response, state.settings.api)
        watched.status = raw_response.status
        watched.request_id = raw_response.request_id
        if state.hooks.are_set():  # only they see it, and reading a date takes long
            watched.server_time = read_date(raw_response.headers.get("date", ""))
    except CounterfoilError as fault:
        state.settings.clean(fault)
        watched.fault = fault
        raise
    finally:  # also if the call is cancelled
        watched.seconds = state.clock() - began
        log_attempt(watched, raw_response, state.settings)
        state.hooks.tell(state.hooks.after_response, watched)
    return raw_response


def _identify(raw_response: RawResponse, api: Api) -> RawResponse:
    """Return the response with its `request_id` set, if the API sent one."""
    request_id = find_request_id(raw_response.headers, api.request_id_headers)
    if request_id is None:
        return raw_response
    return structs.replace(raw_response, request_id=request_id)


def _conclude(
    operation: Operation[Any], failure: CounterfoilError, attempt: int
) -> CounterfoilError:
    """Return the error to raise after the last attempt, with advice added to its message."""
    if isinstance(failure, TransportError):
        failure.message = failure.message.rstrip(": .")
        if operation.retry == "never" and failure.sent:
            return _make_outcome_unknown(failure)
        failure.message += f". {failure.advice}"
    elif operation.retry == "never" and isinstance(failure, (ServerError, DecodeError)):
        failure.message += (
            " The request may have been carried out nevertheless: read the record back first."
        )
    elif operation.method == "DELETE" and isinstance(failure, NotFound) and attempt > 1:
        failure.message += (
            " An earlier attempt of this call, whose response was lost, may have deleted it."
        )
    return failure


def _make_outcome_unknown(failure: TransportError) -> OutcomeUnknown:
    problem = f"the request was sent, but no response was received ({failure.message})"
    unknown = OutcomeUnknown(
        f"{problem}: it may or may not have been carried out. {OutcomeUnknown.advice}"
    )
    unknown.__cause__ = failure
    return unknown


def _clean_headers(headers: Mapping[str, str], secret: tuple[str, ...]) -> dict[str, str]:
    """Return the headers without cookies, and with secret values wrapped in Secret."""
    cleaned = dict(headers)
    cleaned.pop("set-cookie", None)
    for name in secret:
        if name.lower() in cleaned:
            cleaned[name.lower()] = Secret(cleaned[name.lower()])
    return cleaned


async def _sleep_async(seconds: float) -> None:
    from asyncio import sleep

    await sleep(seconds)
