"""Sending a request over a transport, and reading the response within deadline and size limit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import NoReturn

from msgspec import structs

from ..deadline import Deadline
from ..errors import CounterfoilError, DeadlineExceeded, DecodeError, TransportError
from ..multipart import BodyStream
from ..response import RawResponse
from .protocol import (
    MOST_BYTES,
    AsyncStreamedResponse,
    AsyncTransport,
    Request,
    StreamedResponse,
    Transport,
)

# Seconds for the transport's own timeout to come first, because it knows whether anything was sent.
_GRACE = 0.1


def exchange(transport: Transport, request: Request) -> RawResponse:
    """Send a request and read its response to the end.

    Raises TransportError for every error of the transport, and DecodeError if the body is too big.
    """
    _require_time(request.deadline)
    try:
        return _read_rest(transport.send(request), request)
    except Exception as fault:
        _raise_translated(fault, request)


def _read_rest(response: StreamedResponse, request: Request) -> RawResponse:
    try:
        body = _Body(request.deadline)
        for chunk in response.body:
            body.add(chunk)
    finally:
        response.close()
    return RawResponse(status=response.status, headers=response.headers, content=body.join())


async def exchange_async(transport: AsyncTransport, request: Request) -> RawResponse:
    """`exchange` for asyncio. Cancelling it closes the response."""
    import asyncio  # here, because sync clients do not need it

    _require_time(request.deadline)
    try:
        async with asyncio.timeout(request.deadline.remaining() + _GRACE):
            return await _read_rest_async(await transport.asend(request), request)
    except Exception as fault:
        _raise_translated(fault, request)


async def _read_rest_async(response: AsyncStreamedResponse, request: Request) -> RawResponse:
    try:
        body = _Body(request.deadline)
        async for chunk in response.body:
            body.add(chunk)
    finally:
        await response.close()
    return RawResponse(status=response.status, headers=response.headers, content=body.join())


def open_exchange(transport: Transport, request: Request) -> RawResponse:
    """`exchange`, but the body of a success is left to be read, as `RawResponse.stream`."""
    _require_time(request.deadline)
    request = structs.replace(request, max_bytes=None)
    try:
        response = transport.send(request)
        if not 200 <= response.status < 300:
            return _read_rest(response, request)
    except Exception as fault:
        _raise_translated(fault, request)
    return RawResponse(
        status=response.status,
        headers=response.headers,
        content=b"",
        stream=OpenBody(response, request),
    )


async def open_exchange_async(transport: AsyncTransport, request: Request) -> RawResponse:
    """`open_exchange` for asyncio."""
    import asyncio

    _require_time(request.deadline)
    request = structs.replace(request, max_bytes=None)
    try:
        async with asyncio.timeout(request.deadline.remaining() + _GRACE):
            response = await transport.asend(request)
            if not 200 <= response.status < 300:
                return await _read_rest_async(response, request)
    except Exception as fault:
        _raise_translated(fault, request)
    return RawResponse(
        status=response.status,
        headers=response.headers,
        content=b"",
        stream=AsyncOpenBody(response, request),
    )


class OpenBody:
    """The body of an open response, within the deadline."""

    def __init__(self, response: StreamedResponse, request: Request) -> None:
        self._response = response
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        try:
            for chunk in self._response.body:
                _require_time_to_read(self._request.deadline)
                yield chunk
        except Exception as fault:
            _raise_translated(fault, self._request)

    def close(self) -> None:
        self._response.close()


class AsyncOpenBody:
    """`OpenBody` for asyncio."""

    def __init__(self, response: AsyncStreamedResponse, request: Request) -> None:
        self._response = response
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        import asyncio

        deadline = self._request.deadline
        try:
            chunks = aiter(self._response.body)
            while True:
                async with asyncio.timeout(deadline.remaining() + _GRACE):
                    chunk = await anext(chunks, None)
                if chunk is None:
                    return
                _require_time_to_read(deadline)
                yield chunk
        except Exception as fault:
            _raise_translated(fault, self._request)

    async def aclose(self) -> None:
        await self._response.close()


class _Body:
    """The chunks of a body, within the deadline and the size limit."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._chunks: list[bytes] = []
        self._size = 0

    def add(self, chunk: bytes) -> None:
        if chunk:
            self._chunks.append(chunk)
        self._size += len(chunk)
        if self._size > MOST_BYTES:
            beginning = self.join()[:200].decode("utf-8", "replace")
            raise DecodeError(
                f"the answer is longer than {MOST_BYTES >> 20} MiB, decompressed. Ask for less.",
                body=beginning,
            )
        _require_time_to_read(self._deadline)

    def join(self) -> bytes:
        if len(self._chunks) == 1:
            return self._chunks[0]
        return b"".join(self._chunks)


def _require_time(deadline: Deadline) -> None:
    if deadline.remaining() <= 0:
        raise DeadlineExceeded("the time was up before the request could be sent", sent=False)


def _require_time_to_read(deadline: Deadline) -> None:
    if deadline.remaining() <= 0:
        raise DeadlineExceeded("the time was up while the answer was being read")


def _raise_translated(fault: Exception, request: Request) -> NoReturn:
    """Raise an error of a transport as a TransportError.

    If the request's file cannot be read, that is the error, whatever the transport makes of it.
    """
    if isinstance(request.body, BodyStream) and request.body.failure is not None:
        raise request.body.failure from None
    if isinstance(fault, CounterfoilError):
        raise fault
    if isinstance(fault, TimeoutError):
        problem = f"the time was up: {fault or 'no answer came'}"
        raise DeadlineExceeded(problem) from fault
    problem = f"the transport failed: {type(fault).__name__}: {fault}"
    raise TransportError(problem) from fault
