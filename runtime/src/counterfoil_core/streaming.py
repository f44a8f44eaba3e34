"""Responses whose body is read while it arrives: downloads, and streams of events."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import IO, Any, Generic, Protocol, TypeVar

from msgspec import Struct

from .decode import make_reader
from .errors import ConfigurationError, CounterfoilError, DecodeError
from .response import RawResponse, Response
from .server_sent_events import EventDecoder, ServerSentEvent

DataT = TypeVar("DataT")

MOST_IN_MEMORY = 64 * 1024 * 1024  # bytes
_END = "[DONE]"  # with which some APIs end a stream of JSON


class OpenBody(Protocol):
    """The body of a response that is still open, for a sync client."""

    def __iter__(self) -> Iterator[bytes]: ...

    def close(self) -> None: ...


class AsyncOpenBody(Protocol):
    """`OpenBody` for an async client."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def aclose(self) -> None: ...


class _Opened:
    """What all streamed responses have: status, headers and the request id."""

    def __init__(
        self, response: Response[Any], name_error: Callable[[CounterfoilError], None]
    ) -> None:
        self.status = response.status
        self.headers: Mapping[str, str] = response.headers
        self.request_id = response.request_id
        self._name_error = name_error
        self._was_read = False

    @property
    def length(self) -> int | None:
        """The number of bytes that will arrive; None if the server does not tell."""
        text = self.headers.get("content-length", "")
        is_known = text.isascii() and text.isdigit() and "content-encoding" not in self.headers
        return int(text) if is_known else None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.status} length={self.length}>"

    def _begin(self) -> None:
        if self._was_read:
            raise ConfigurationError("the body was read already: it arrives only once")
        self._was_read = True

    @contextmanager
    def _naming_errors(self) -> Generator[None]:
        try:
            yield
        except CounterfoilError as error:
            self._name_error(error)
            raise


class Download(_Opened):
    """A file that arrives. It can be read once: as chunks, whole, or into a file.

    Reading it takes part in the call's `timeout`. The body is decompressed. `max_bytes` is the
    largest size that is accepted; DecodeError is raised for a larger one. If the connection breaks,
    TransportError is raised.
    """

    def __init__(
        self,
        response: Response[Any],
        body: OpenBody,
        name_error: Callable[[CounterfoilError], None],
    ) -> None:
        super().__init__(response, name_error)
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        return self.chunks()

    def chunks(self, max_bytes: int | None = None) -> Iterator[bytes]:
        """Yield the body in pieces as they arrive."""
        self._begin()
        size = 0
        with self._naming_errors():
            for chunk in self._body:
                size += len(chunk)
                _check_size(size, max_bytes)
                yield chunk

    def read(self, max_bytes: int = MOST_IN_MEMORY) -> bytes:
        """Return the whole body, 64 MiB at most unless `max_bytes` says otherwise."""
        return b"".join(self.chunks(max_bytes))

    def save(self, path: str | os.PathLike[str], max_bytes: int | None = None) -> int:
        """Write the body to a file, and return its size in bytes.

        The file appears when it is complete, and replaces an existing one only then.
        """
        with _writing(path) as file:
            return sum(map(file.write, self.chunks(max_bytes)))


class AsyncDownload(_Opened):
    """`Download` for an async client. Files are written in a thread."""

    def __init__(
        self,
        response: Response[Any],
        body: AsyncOpenBody,
        name_error: Callable[[CounterfoilError], None],
    ) -> None:
        super().__init__(response, name_error)
        self._body = body

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.chunks()

    async def chunks(self, max_bytes: int | None = None) -> AsyncIterator[bytes]:
        """Yield the body in pieces as they arrive."""
        self._begin()
        size = 0
        with self._naming_errors():
            async for chunk in self._body:
                size += len(chunk)
                _check_size(size, max_bytes)
                yield chunk

    async def read(self, max_bytes: int = MOST_IN_MEMORY) -> bytes:
        """Return the whole body, 64 MiB at most unless `max_bytes` says otherwise."""
        return b"".join([chunk async for chunk in self.chunks(max_bytes)])

    async def save(self, path: str | os.PathLike[str], max_bytes: int | None = None) -> int:
        """Write the body to a file, and return its size in bytes; see `Download.save`."""
        from asyncio import to_thread

        size = 0
        with _writing(path) as file:
            async for chunk in self.chunks(max_bytes):
                size += await to_thread(file.write, chunk)
        return size


class StreamEvent(Struct, Generic[DataT], frozen=True):
    """One event of a stream: its decoded data, its type, and the last identifier that was sent.

    `retry` is the time in milliseconds after which the server asks to reconnect.
    """

    data: DataT
    event: str = "message"
    id: str = ""
    retry: int | None = None


class EventStream(_Opened, Generic[DataT]):
    """Server-sent events, as they arrive. It is iterated once, for the call's `timeout` at most.

    An event that does not match the API's description raises DecodeError. A stream that breaks is
    not continued: request it again, from the last event's `id` if the API takes one.
    """

    def __init__(
        self,
        response: Response[Any],
        body: OpenBody,
        kind: Any,
        name_error: Callable[[CounterfoilError], None],
    ) -> None:
        super().__init__(response, name_error)
        self._body = body
        self._decode: Callable[[ServerSentEvent], Any] = _make_event_reader(kind, response)

    def __iter__(self) -> Iterator[StreamEvent[DataT]]:
        self._begin()
        decoder = EventDecoder()
        with self._naming_errors():
            for chunk in self._body:
                for event in decoder.feed(chunk):
                    if event.data == _END:
                        return
                    yield self._decode(event)


class AsyncEventStream(_Opened, Generic[DataT]):
    """`EventStream` for an async client."""

    def __init__(
        self,
        response: Response[Any],
        body: AsyncOpenBody,
        kind: Any,
        name_error: Callable[[CounterfoilError], None],
    ) -> None:
        super().__init__(response, name_error)
        self._body = body
        self._decode: Callable[[ServerSentEvent], Any] = _make_event_reader(kind, response)

    async def __aiter__(self) -> AsyncIterator[StreamEvent[DataT]]:
        self._begin()
        decoder = EventDecoder()
        with self._naming_errors():
            async for chunk in self._body:
                for event in decoder.feed(chunk):
                    if event.data == _END:
                        return
                    yield self._decode(event)


def _make_event_reader(
    kind: Any, response: Response[Any]
) -> Callable[[ServerSentEvent], StreamEvent[Any]]:
    reader = None if kind is str else make_reader(kind, response.tags)

    def read(event: ServerSentEvent) -> StreamEvent[Any]:
        data: Any = event.data
        if reader is not None:
            raw_response = RawResponse(
                status=response.status,
                headers={"content-type": "application/json"},
                content=event.data.encode(),
                request_id=response.request_id,
            )
            data = reader(raw_response)
        return StreamEvent(data, event.event, event.id, event.retry)

    return read


def _check_size(size: int, max_bytes: int | None) -> None:
    if max_bytes is not None and size > max_bytes:
        raise DecodeError(f"the body is longer than {max_bytes} bytes; pass a larger `max_bytes`")


@contextmanager
def _writing(path: str | os.PathLike[str]) -> Generator[IO[bytes]]:
    """Open a file that appears under its name only if it is written to its end."""
    folder, name = os.path.split(os.fspath(path))
    partial = os.path.join(folder, f".{name}.{os.urandom(4).hex()}.part")
    try:
        with open(partial, "xb") as file:
            yield file
        os.replace(partial, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(partial)
        raise
