"""The two loops that carry a conversation's steps out, one blocking and one async, and the reading of bodies."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from concurrent.futures import wait
from contextlib import contextmanager
from typing import TypeVar

from .deadline import Deadline
from .errors import CounterfoilError, DeadlineExceeded, DecodeError, TransportError
from .response import Reply
from .steps import Conversation, Join, Send, Wait
from .transport import AsyncTransport, Request, Transport

ResultT = TypeVar("ResultT")

MOST_BYTES = 64 * 1024 * 1024  # of a decompressed body
_GRACE = 0.1  # seconds: the transport's own timeout comes first, for it knows whether anything was sent


def hold(conversation: Conversation[ResultT], send: Callable[[Request], Reply], sleep: Callable[[float], object]) -> ResultT:
    """Hold a conversation to its end."""
    try:
        step = next(conversation)
        while True:
            reply = None
            try:
                if isinstance(step, Send):
                    reply = send(step.request)
                elif isinstance(step, Wait):
                    sleep(step.seconds)
                else:
                    wait([step.done], step.seconds)
            except CounterfoilError as fault:
                step = conversation.throw(fault)
            else:
                step = conversation.send(reply)
    except StopIteration as end:
        result: ResultT = end.value
        return result
    finally:  # also where the caller gives up: others may wait for what this one was doing
        conversation.close()


async def hold_async(
    conversation: Conversation[ResultT], send: Callable[[Request], Awaitable[Reply]], sleep: Callable[[float], Awaitable[object]]
) -> ResultT:
    """Hold a conversation to its end, as a task."""
    try:
        step = next(conversation)
        while True:
            reply = None
            try:
                if isinstance(step, Send):
                    reply = await send(step.request)
                elif isinstance(step, Wait):
                    await sleep(step.seconds)
                else:
                    await _join(step)
            except CounterfoilError as fault:
                step = conversation.throw(fault)
            else:
                step = conversation.send(reply)
    except StopIteration as end:
        result: ResultT = end.value
        return result
    finally:  # also where the task is cancelled: others may wait for what this one was doing
        conversation.close()


async def _join(step: Join) -> None:
    from asyncio import wait, wrap_future

    await wait([wrap_future(step.done)], timeout=step.seconds)  # neither its end nor a cancellation touches the other


def exchange(transport: Transport, request: Request) -> Reply:
    """Send a request and read its answer to the end.

    Raises TransportError, whatever the transport itself raises, and DecodeError where the body is too big.
    """
    _require_time(request.deadline)
    with _translate_faults():
        answer = transport.send(request)
        try:
            body = _Body(request.deadline)
            for chunk in answer.body:
                body.add(chunk)
        finally:
            answer.close()
    return Reply(status=answer.status, headers=answer.headers, content=body.join())


async def exchange_async(transport: AsyncTransport, request: Request) -> Reply:
    """`exchange`, as a task; cancelling it closes the answer."""
    from asyncio import timeout  # only who is async pays for it

    _require_time(request.deadline)
    with _translate_faults():
        async with timeout(request.deadline.remaining() + _GRACE):
            answer = await transport.asend(request)
            try:
                body = _Body(request.deadline)
                async for chunk in answer.body:
                    body.add(chunk)
            finally:
                await answer.close()
    return Reply(status=answer.status, headers=answer.headers, content=body.join())


class _Body:
    """Gathers a body, within the deadline and the size that a client takes."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._chunks: list[bytes] = []
        self._size = 0

    def add(self, chunk: bytes) -> None:
        self._chunks.append(chunk)
        self._size += len(chunk)
        if self._size > MOST_BYTES:
            beginning = b"".join(self._chunks)[:200].decode("utf-8", "replace")
            raise DecodeError(f"the answer is longer than {MOST_BYTES >> 20} MiB, decompressed. Ask for less.", body=beginning)
        if self._deadline.remaining() <= 0:
            raise DeadlineExceeded("the time was up while the answer was being read")

    def join(self) -> bytes:
        return self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)


def _require_time(deadline: Deadline) -> None:
    if deadline.remaining() <= 0:
        raise DeadlineExceeded("the time was up before the request could be sent", sent=False)


@contextmanager
def _translate_faults() -> Generator[None]:
    """Whatever a transport raises becomes an error of ours; cancellation passes."""
    try:
        yield
    except CounterfoilError:
        raise
    except TimeoutError as fault:
        raise DeadlineExceeded(f"the time was up: {fault or 'no answer came'}") from fault
    except Exception as fault:
        raise TransportError(f"the transport failed: {type(fault).__name__}: {fault}") from fault
