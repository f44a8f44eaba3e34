"""One call, from its arguments to its response, without doing any I/O itself.

A conversation is a generator: it yields what is to be done (see `steps`) and is told how that went. The sync and
the async client carry the steps out; every decision is made here, once.
"""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct

from .configuration import Settings
from .deadline import Deadline
from .errors import ApiError, CounterfoilError, DecodeError, NotFound, OutcomeUnknown, RateLimited, ServerError, TransportError
from .hooks import Attempt, Hooks
from .log import log_attempt, log_wait
from .operation import Operation
from .plan import find_plan
from .response import Reply, Response, find_request_id
from .retry import RetryQuota, may_repeat, wait_before_retry
from .steps import Conversation, Send, Wait
from .throttle import Bucket, Throttle, read_rate
from .tokens import REFUSALS, Wallet
from .transport import Request
from .types import Secret

ResultT = TypeVar("ResultT")


class Options(Struct, frozen=True):
    """What can be changed for a call: seconds in total, requests at most, whether limits are checked."""

    timeout: float
    max_attempts: int
    validate: bool = True


class Desk:
    """What the calls of one client share: settings, quota, buckets; and time and chance, which tests replace."""

    def __init__(self, settings: Settings, throttle: Throttle) -> None:
        self.settings = settings
        self.throttle = throttle
        self.quota = RetryQuota()
        self.hooks = Hooks()
        self.wallet = Wallet(settings, lambda: self.clock())
        self.clock: Callable[[], float] = time.monotonic
        self.wall_clock: Callable[[], float] = time.time
        self.chance: Callable[[], float] = random.random
        self.sleep: Callable[[float], object] = time.sleep
        self.sleep_async: Callable[[float], Awaitable[object]] = _sleep_async


def converse(
    desk: Desk,
    options: Options,
    operation: Operation[ResultT],
    arguments: Mapping[str, Any],
    deadline: Deadline | None = None,
) -> Conversation[Response[ResultT]]:
    """Hold one call. Returns its response; raises a CounterfoilError that knows its provider and operation.

    Trading a credential for a token is a call of its own within the one that needs it, and within its deadline.
    """
    try:
        return (yield from _converse(desk, options, operation, arguments, deadline or Deadline(options.timeout, desk.clock)))
    except CounterfoilError as error:
        error.provider, error.operation = desk.settings.api.name, error.operation or operation.name
        desk.settings.clean(error)
        raise


def _converse(
    desk: Desk, options: Options, operation: Operation[ResultT], arguments: Mapping[str, Any], deadline: Deadline
) -> Conversation[Response[ResultT]]:
    draft = find_plan(desk.settings.api, operation).write(arguments, desk.settings, validate=options.validate)
    bucket = desk.throttle.find_bucket(operation)
    attempt = paid = 0
    while True:
        attempt += 1
        signature = yield from desk.wallet.sign(operation, deadline, partial(converse, desk, options, deadline=deadline))
        headers = {**draft.headers, **signature.headers}
        request = Request(method=operation.method, url=draft.url, headers=headers, body=draft.body, deadline=deadline)
        try:
            response = yield from _attempt(desk, operation, request, bucket, attempt)
        except REFUSALS:
            if attempt >= options.max_attempts or not desk.wallet.renew(signature):
                raise
        except (ApiError, TransportError, DecodeError) as failure:
            wait = wait_before_retry(failure, attempt, desk.chance())
            last = attempt >= options.max_attempts or wait > deadline.remaining() or not may_repeat(operation.retry, failure)
            if last or not (paid := desk.quota.take(failure)):
                raise _conclude(operation, failure, attempt)  # noqa: B904 -- it has its cause, or is the failure
            log_wait(f"{desk.settings.api.name} {operation.name}", wait, desk.settings.redact(failure.message))
            yield Wait(wait)
        else:
            desk.quota.give_back(paid)
            desk.wallet.prove(signature)
            return response


def _attempt(
    desk: Desk, operation: Operation[ResultT], request: Request, bucket: Bucket | None, attempt: int
) -> Conversation[Response[ResultT]]:
    if bucket is not None:
        yield from _take_turn(desk, operation, bucket, request.deadline)
    reply = yield from _send(desk, operation, request, attempt)
    try:
        value = find_plan(desk.settings.api, operation).read(reply, desk.settings, desk.wall_clock())
    except RateLimited:
        if bucket is not None:
            bucket.slow_down()
        raise
    if bucket is not None:
        bucket.speed_up(read_rate(reply.headers))
    return Response(
        value=value,
        status=reply.status,
        headers=_clean_headers(reply.headers, desk.settings.api.secret_headers),
        request_id=find_request_id(reply.headers),
        attempts=attempt,
        elapsed=timedelta(seconds=request.deadline.elapsed()),
        raw=reply.content,
    )


def _take_turn(desk: Desk, operation: Operation[Any], bucket: Bucket, deadline: Deadline) -> Conversation[None]:
    longest = deadline.remaining()
    wait = bucket.reserve(longest)
    if wait > longest:
        raise RateLimited(
            f"not sent: the usage plan leaves room in {wait:.1f} s, which is beyond this call's timeout. " + RateLimited.advice,
            retry_after=wait,
        )
    if wait > 0:
        log_wait(f"{desk.settings.api.name} {operation.name}", wait, "the usage plan")
        yield Wait(wait)


def _send(desk: Desk, operation: Operation[Any], request: Request, attempt: int) -> Conversation[Reply]:
    watched = Attempt(desk.settings.api.name, operation.name, attempt, request.method, request.url.partition("?")[0])
    began, reply = desk.clock(), None
    desk.hooks.tell(desk.hooks.before_request, watched)
    try:
        reply = yield Send(request)
        assert reply is not None, "a Send is answered with a Reply"  # noqa: S101 -- for the type checker
        watched.status, watched.request_id = reply.status, find_request_id(reply.headers)
    except CounterfoilError as fault:
        desk.settings.clean(fault)
        watched.fault = fault
        raise
    finally:  # also where the call is cancelled
        watched.seconds = desk.clock() - began
        log_attempt(watched, reply, desk.settings)
        desk.hooks.tell(desk.hooks.after_response, watched)
    return reply


def _conclude(operation: Operation[Any], failure: CounterfoilError, attempt: int) -> CounterfoilError:
    """The error to raise when no further attempt is made, with what to do about it."""
    if isinstance(failure, TransportError):
        failure.message = failure.message.rstrip(": .")
        if operation.retry == "never" and failure.sent:
            doubt = f"the request was sent, but no answer came ({failure.message}): it may or may not have been carried out."
            unknown = OutcomeUnknown(f"{doubt} {OutcomeUnknown.advice}")
            unknown.__cause__ = failure
            return unknown
        failure.message += f". {failure.advice}"
    elif operation.retry == "never" and isinstance(failure, (ServerError, DecodeError)):
        failure.message += " The request may have been carried out all the same: read the record back first."
    elif operation.method == "DELETE" and isinstance(failure, NotFound) and attempt > 1:
        failure.message += " An earlier attempt of this call, whose answer was lost, may have deleted it."
    return failure


def _clean_headers(headers: Mapping[str, str], secret: tuple[str, ...]) -> dict[str, str]:
    hidden = {name.lower() for name in secret}
    return {name: Secret(value) if name in hidden else value for name, value in headers.items() if name != "set-cookie"}


async def _sleep_async(seconds: float) -> None:
    from asyncio import sleep

    await sleep(seconds)
